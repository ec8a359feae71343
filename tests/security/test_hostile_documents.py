"""Attacks at the places of a document that are no text: methods, media types, status codes, URLs, file names.

Whatever stands there, the outcome is a client in which it is data, or one message; never a traceback, and never
anything that runs.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import main
from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.sources import Source
from ionapi_codegen.targets.base import NamedApi, Options, Package
from ionapi_codegen.targets.python.target import PythonTarget
from ionapi_codegen.understanding import understand
from security.trees import comments
from security.twins import ATTACKS

AT_EACH_PLACE = min(int(os.environ.get("IONAPI_ATTACKS", "5")), len(ATTACKS))

Tree = dict[str, object]


def document(operation: Tree | None = None, **members: object) -> Tree:
    answer: Tree = {"responses": {"200": {"description": "OK"}}}
    return {
        "openapi": "3.2.0",
        "info": {"title": "Orders", "version": "1"},
        "paths": {"/orders": {"get": {**answer, **(operation or {})}}},
        **members,
    }


def _answer(media_type: str) -> Tree:
    return {
        "responses": {"200": {"description": "OK", "content": {media_type: {"schema": {"type": "object"}}}}}
    }


def _parameter(name: str, **members: object) -> Tree:
    return {"parameters": [{"name": name, "in": "query", "schema": {"type": "string"}, **members}]}


PLACES: dict[str, Callable[[str], Tree]] = {
    "method": lambda x: document(
        paths={"/a": {"additionalOperations": {x: {"responses": {"200": {"description": "OK"}}}}}}
    ),
    "path": lambda x: document(paths={f"/{x}": {"get": {"responses": {"200": {"description": "OK"}}}}}),
    "variable": lambda x: document(
        paths={f"/{{{x}}}": {"get": {"responses": {"200": {"description": "OK"}}}}}
    ),
    "media type of an answer": lambda x: document(_answer(x)),
    "parameter of a media type": lambda x: document(_answer(f"application/json; charset={x}")),
    "media type of a body": lambda x: document(
        {"requestBody": {"content": {x: {"schema": {"type": "object"}}}}}
    ),
    "media type of a part": lambda x: document(
        {
            "requestBody": {
                "content": {
                    "multipart/form-data": {
                        "schema": {"type": "object", "properties": {"a": {"type": "string"}}},
                        "encoding": {"a": {"contentType": x, "headers": {x: {"schema": {"type": "string"}}}}},
                    }
                }
            }
        }
    ),
    "status": lambda x: document({"responses": {x: {"description": "OK"}}}),
    "style": lambda x: document(_parameter("a", style=x)),
    "parameter": lambda x: document(_parameter(x)),
    "cookie": lambda x: document(_parameter(x, **{"in": "cookie"})),
    "header": lambda x: document(_parameter(x, **{"in": "header"})),
    "header of an answer": lambda x: document(
        {"responses": {"200": {"description": "OK", "headers": {x: {"schema": {"type": "string"}}}}}}
    ),
    "operationId": lambda x: document({"operationId": x}),
    "tag": lambda x: document({"tags": [x]}),
    "title": lambda x: document(info={"title": x, "version": "1"}),
    "version": lambda x: document(info={"title": "Orders", "version": x}),
    "description of a server": lambda x: document(
        servers=[{"url": "https://a.example", "description": x}, {"url": "https://b.example", "name": x}]
    ),
    "server": lambda x: document(servers=[{"url": f"https://example.com/{x}"}]),
    "host of a server": lambda x: document(servers=[{"url": f"https://{x}/"}]),
    "server of an operation": lambda x: document({"servers": [{"url": x, "name": x}]}),
    "variable of a server": lambda x: document(
        servers=[
            {
                "url": f"https://{{{x}}}.example.com",
                "variables": {x: {"default": x, "enum": [x], "description": x}},
            }
        ]
    ),
    "key of a scheme": lambda x: document(
        security=[{x: []}], components={"securitySchemes": {x: {"type": "apiKey", "in": "header", "name": x}}}
    ),
    "scheme": lambda x: document(
        security=[{"a": []}], components={"securitySchemes": {"a": {"type": "http", "scheme": x}}}
    ),
    "schema": lambda x: document(
        {
            "responses": {
                "200": {
                    "description": x,
                    "content": {
                        "application/json": {
                            "schema": {
                                "title": x,
                                "description": x,
                                "type": "object",
                                "required": [x],
                                "properties": {
                                    x: {"enum": [x, x + x, 1], "x-enum-varnames": [x, x, x], "default": x},
                                    "a": {
                                        "type": "string",
                                        "pattern": x,
                                        "format": x,
                                        "examples": [x, {x: x}],
                                    },
                                    "b": {"const": x},
                                },
                            },
                            "examples": {x: {"value": {x: x}}},
                        }
                    },
                    "links": {x: {"operationId": x, "parameters": {x: x}, "description": x}},
                }
            }
        }
    ),
    "component": lambda x: document(
        {
            "responses": {
                "200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": _ref(x)}}}}
            }
        },
        components={
            "schemas": {
                x: {
                    "oneOf": [{"$ref": "#/components/schemas/B"}],
                    "discriminator": {"propertyName": x, "mapping": {x: "B"}},
                },
                "B": {"type": "object", "properties": {x: {"type": "string"}}, "required": [x]},
            }
        },
    ),
    "extension": lambda x: document(
        {"x-python-type": x, "x-python-import": x, "x-group": x, "x-codegen": {x: x}}
    ),
    "links out": lambda x: document(
        {"externalDocs": {"url": x, "description": x}}, tags=[{"name": "a", "externalDocs": {"url": x}}]
    ),
}


def _ref(name: str) -> str:
    pointer = name.replace("~", "~0").replace("/", "~1")
    return "#/components/schemas/" + "".join(
        f"%{byte:02X}" for byte in pointer.encode("utf-8", "surrogatepass")
    )


@pytest.mark.parametrize("place", PLACES)
def test_an_attack_is_data_or_an_error(place: str) -> None:
    """Some at each place, all of them with `make robust`. Names of files are plain, comments ours, and every
    character can be seen."""
    first = [*PLACES].index(place)
    for attack in ("x", *islice(cycle(ATTACKS), first, first + AT_EACH_PLACE)):
        tree = PLACES[place](attack[:2000])
        diagnostics = Diagnostics()
        content = json.dumps(tree).encode("ascii")
        try:
            _, api = understand(Source("a.json", "a.json", content), "auto", diagnostics)
            package = Package("client", (NamedApi("client", api),), None)
            files = PythonTarget().render(package, Options({}, None, "1"), diagnostics).files
        except Stopped:
            assert diagnostics.sorted()
            continue
        for path, text in files.items():
            assert (
                path.isascii()
                and path.replace("/", "").replace(".", "").replace("_", "").replace("-", "").isalnum()
            ), path
            if path.startswith("_runtime/") or path == "py.typed":
                continue
            decoded = text.decode("utf-8")
            assert all(char == "\n" or char.isprintable() for char in decoded), (place, attack, path)
            if path.endswith(".py"):
                compile(ast.parse(decoded), path, "exec", dont_inherit=True)
                noted = set(comments(decoded))
                assert noted <= {"# Code generated by ionapi-codegen. DO NOT EDIT."}


@pytest.mark.parametrize("attack", ATTACKS[:8])
def test_messages_about_an_attack_stay_on_the_terminal(
    attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a message quotes is printable: no escape sequence, no line of its own, no mark that turns text round."""
    monkeypatch.chdir(tmp_path)
    tree = document(
        {
            "operationId": attack,
            "tags": [attack],
            "parameters": [{"$ref": f"#/components/parameters/{attack}"}],
        },
        info={"title": attack, "version": attack},
    )
    Path("api.json").write_text(json.dumps(tree), "ascii")

    result = CliRunner().invoke(main, ["generate", "api.json", "--package", "orders"])

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert all(char == "\n" or char.isprintable() for char in result.output)
    assert not Path("output").exists()


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "..", "CON", "nul.txt", "a/b", "import", "__init__", "C:\\x"]
)
def test_no_title_leads_out_of_the_output(
    title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are named after identifiers, and identifiers are no devices."""
    monkeypatch.chdir(tmp_path)
    tree = document({"tags": [title], "operationId": title}, info={"title": title, "version": "1"})
    Path("api.json").write_text(json.dumps(tree), "ascii")
    result = CliRunner().invoke(main, ["generate", "api.json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert {"api.json", "output"} == {one.name for one in tmp_path.iterdir()}
    for made in (tmp_path / "output").iterdir():
        assert made.name.isidentifier()
        assert made.name.lower() not in ("con", "nul", "import", "__init__")
