"""The module of addresses: laid out as black lays it out, whatever the document says."""

from __future__ import annotations

import re

import black
import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Server, ServerVariable
from ionapi_codegen.ir.schema import Docs
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import NamedApi, Options, Package
from ionapi_codegen.targets.python.target import PythonTarget

HOSTILE = '"""\r\nimport os; os.system("x")\n# coding: rot13\n\\'


def module(*servers: Server) -> str:
    package = Package(
        "shop", (NamedApi("shop", Api(Text("Shop"), Text("1"), (), {}, servers=servers)),), None
    )
    files = PythonTarget().render(package, Options({}, None, "1"), Diagnostics()).files
    return files["servers.py"].decode()


def server(url: str, *variables: ServerVariable, description: str = "") -> Server:
    return Server(Text(url), variables, Docs(description=Text(description) if description else None))


def variable(name: str, default: str, *values: str, description: str = "") -> ServerVariable:
    said = Docs(description=Text(description) if description else None)
    return ServerVariable(Text(name), Text(default), tuple(map(Text, values)), said)


@pytest.mark.parametrize("count", [1, 2, 4, 9])
@pytest.mark.parametrize("values", [0, 1, 3, 20])
def test_the_layout_is_black_s(count: int, values: int) -> None:
    """Few and many variables with few and many values."""
    listed = [f"value-{n}.example" for n in range(values)]
    variables = [variable(f"var{n}", "value-0.example", *listed, description="x" * n) for n in range(count)]
    url = "https://" + ".".join(f"{{var{n}}}" for n in range(count))
    text = module(server(url, *variables), server("https://other.example", description="Another one."))
    assert black.format_str(text, mode=black.Mode()) == text


def test_text_of_a_document_stays_text() -> None:
    """It is quoted, and named by the allocator."""
    hostile = variable(HOSTILE.replace("{", ""), HOSTILE, HOSTILE, "ok", description=HOSTILE)
    text = module(server(f"https://{{{hostile.name.raw}}}", hostile, description=HOSTILE))
    assert black.format_str(text, mode=black.Mode()) == text
    assert "\nimport os" not in text


def test_names_tell_servers_apart() -> None:
    """By name or short description, else by host; two of one name by their hosts."""
    text = module(
        server("https://a.example", description="Test"),
        server("https://b.example", description="Test"),
        server("https://c.example/v1"),
        server("https://c.example/v1"),
    )
    assert ["test", "test_b_example", "c_example"] == [
        line.partition(" ")[2].partition("(")[0] for line in text.splitlines() if line.startswith("def ")
    ]


def test_addresses_without_a_scheme_are_https() -> None:
    """As the client takes them; paths alone are no addresses."""
    text = module(server("//a.example/v1"), server("//b.example/v1"), server("/v1"))
    assert ['"https://a.example/v1"', '"https://b.example/v1"'] == re.findall(r'@server\((".*")\)', text)
