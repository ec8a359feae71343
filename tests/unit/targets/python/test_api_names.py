"""What the APIs of a package of several are called: nothing that the client or the package has itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import NamedApi, Options, Package
from ionapi_codegen.targets.python.scopes import api_names
from ionapi_codegen.targets.python.target import PythonTarget

RUNTIME = Path(__file__).parents[4] / "templates" / "python" / "runtime"
CLIENTS = {"SyncClientBase", "AsyncClientBase", "SyncMIClient", "AsyncMIClient"}


def members_of_clients() -> set[str]:
    """Every public method and property of what the clients of a package extend."""
    return {
        member.name
        for file in ("client.py", "async_client.py", "mi_client.py")
        for cls in ast.parse((RUNTIME / file).read_text("utf-8")).body
        if isinstance(cls, ast.ClassDef) and cls.name in CLIENTS
        for member in cls.body
        if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not member.name.startswith("_")
    }


def test_no_api_hides_a_member_of_the_client() -> None:
    """`client.close` stays what closes the client, whatever a document's title is."""
    members = members_of_clients()
    assert {"auth", "close", "response", "stream", "with_options"} <= members
    assert {name: f"{name}_" for name in members} == api_names(members)


def test_no_api_hides_a_module_of_the_package() -> None:
    """Beside the APIs lie `client.py`, and what their own folders hold."""
    modules = ("client", "groups", "models")
    assert {name: f"{name}_" for name in modules} == api_names(modules)


@pytest.mark.parametrize("name", ["client", "models", "close", "cached_property"])
def test_an_api_with_a_name_that_is_taken(name: str) -> None:
    """It has an underscore behind its name, as folder, as property and in the manifest; others keep theirs."""
    operation = Operation("GET", Text("/things"), id=Text("getThings"))
    apis = tuple(
        NamedApi(each, Api(Text(each), Text("1"), (operation,), {})) for each in sorted([name, "orders"])
    )
    found = PythonTarget().render(Package("shop", apis, None), Options({}, None, "1"), Diagnostics())
    assert {"client.py", "orders/api.py", f"{name}_/api.py"} <= found.files.keys()
    assert f"{name}/api.py" not in found.files
    assert {f"{name}_.get_things", "orders.get_things"} == {entry.call for entry in found.operations}
    client = found.files["client.py"].decode()
    assert f"    {name}_: " in client
    assert f"from .{name}_.api import" in client
