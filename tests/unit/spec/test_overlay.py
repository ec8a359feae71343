"""Overlays change a document in the order of their actions, as the Overlay Specification says, and leave
every message with the place that was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

from ionapi_codegen.diagnostics import Diagnostic, Diagnostics, Place, Stopped
from ionapi_codegen.lower.document import lower
from ionapi_codegen.spec.document import LoadOptions, SpecDocument, load
from ionapi_codegen.spec.overlay import read_overlay
from ionapi_codegen.spec.validate import findings

Actions: TypeAlias = Sequence[object]

DOCUMENT = """
openapi: 3.1.0
info: {title: T, version: '1'}
list: [a, b, c]
paths:
  /a:
    get:
      tags: [one, two]
      parameters: [{name: x, in: query}, {name: y, in: query}, {name: z, in: query}]
      responses: {'200': {description: OK}}
  /b:
    get: &shared
      summary: same
      responses: {'200': {description: OK}}
    put: *shared
"""
HEAD = {"overlay": "1.0.0", "info": {"title": "O", "version": "1"}}


def update(target: str, value: object) -> dict[str, object]:
    return {"target": target, "update": value}


def remove(target: str) -> dict[str, object]:
    return {"target": target, "remove": True}


def copy(target: str, source: str) -> dict[str, object]:
    return {"target": target, "copy": source}


class Folder:
    """A document and overlays beside each other."""

    def __init__(self) -> None:
        self.diagnostics = Diagnostics()

    def load(self, *overlays: Actions, version: str = "1.0.0", document: str = DOCUMENT) -> SpecDocument:
        """The document after overlays, each given by its actions."""
        Path("api.yaml").write_text(document, "utf-8")
        paths = []
        for number, actions in enumerate(overlays, 1):
            paths.append(Path(f"overlay{number}.json"))
            paths[-1].write_text(json.dumps({**HEAD, "overlay": version, "actions": actions}), "utf-8")
        return load(Path("api.yaml"), LoadOptions(overlays=tuple(paths)), self.diagnostics)

    def value(self, *overlays: Actions, version: str = "1.0.0") -> object:
        return self.load(*overlays, version=version).root.value

    def refusal(self, *overlays: Actions, version: str = "1.0.0") -> Diagnostic:
        with pytest.raises(Stopped):
            self.load(*overlays, version=version)
        (found,) = self.diagnostics.sorted()
        return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder()


def changed(path: str, value: str) -> object:
    """The document of the tests with the value of YAML at a path."""
    tree = json.loads(json.dumps(yaml.safe_load(DOCUMENT)))  # without aliases
    *above, last = path.split(" ")
    target = tree
    for key in above:
        target = target[key]
    target[last] = yaml.safe_load(value)
    return tree


@pytest.mark.parametrize(
    ("actions", "path", "value"),
    [
        ([update("$", {"x-new": {"a": 1}})], "x-new", "{a: 1}"),
        ([update("$.info", {"title": "New"})], "info", "{title: New, version: '1'}"),
        ([update("$.list", "d")], "list", "[a, b, c, d]"),
        ([update("$.list", ["d"])], "list", "[a, b, c, [d]]"),
        ([update("$", {"list": ["d", "e"]})], "list", "[a, b, c, d, e]"),
        ([remove("$.list"), update("$", {"list": "n"})], "list", "n"),
        ([update("$.paths['/b'].get", {"summary": "other"})], "paths /b get summary", "other"),
        ([update("$..responses['200']", {}), update("$.paths['/b'].put", {"x": 1})], "paths /b put x", "1"),
        (
            [remove("$.paths[*].get.parameters[?@.name != 'y']")],
            "paths /a get parameters",
            "[{name: y, in: query}]",
        ),
    ],
)  # fmt: skip
def test_overlay_1_0(folder: Folder, actions: Actions, path: str, value: str) -> None:
    """Objects are merged, arrays inside of them extended, an array that is selected gets one element, and what
    is removed is gone. An alias of YAML is changed only where the target selects it."""
    assert changed(path, value) == folder.value(actions)


@pytest.mark.parametrize(
    ("action", "path", "value"),
    [
        (update("$.info.title", "New"), "info title", "New"),
        (update("$.paths.*.get.tags", ["three"]), "paths /a get tags", "[one, two, three]"),
        (remove("$.paths.*.get.tags[?@ == 'one']"), "paths /a get tags", "[two]"),
        (remove("$.list[*]"), "list", "[]"),
        (copy("$.info", "$.paths['/a'].get.responses"), "info", "{title: T, version: '1', '200': {description: OK}}"),
    ],
)  # fmt: skip
def test_overlay_1_1(folder: Folder, action: object, path: str, value: str) -> None:
    """Any value can be replaced and removed, arrays are joined, values of the document are copied."""
    assert changed(path, value) == folder.value([action], version="1.1.0")


def test_copies_go_their_own_ways(folder: Folder) -> None:
    """What was copied is changed without the original."""
    actions = [
        update("$.paths['/a'].get", {"x-kept": {"n": 1}}),
        copy("$.paths['/b'].get", "$.paths['/a'].get"),
        update("$.paths['/b'].get['x-kept']", {"n": 2}),
    ]
    value = folder.value(actions, version="1.1.0")
    assert isinstance(value, dict)
    assert {"n": 1} == value["paths"]["/a"]["get"]["x-kept"]
    assert {"n": 2} == value["paths"]["/b"]["get"]["x-kept"]


def test_overlays_in_their_order(folder: Folder) -> None:
    """The second overlay sees what the first one has left."""
    value = folder.value(
        [update("$.paths", {"/c": {"get": {"x": 1}}})], [update("$.paths['/c'].get", {"x": 2})]
    )
    assert changed("paths /c", "{get: {x: 2}}") == value


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/paths/~1a/get/parameters/0", ("api.yaml", "/paths/~1a/get/parameters/1")),
        ("/paths/~1a/get/parameters/1/name", ("api.yaml", "/paths/~1a/get/parameters/2/name")),
        ("/paths/~1a/get/parameters/2/schema", ("overlay2.json", "/actions/0/update/schema")),
        ("/paths/~1a/get/parameters/2/name", ("overlay1.json", "/actions/1/update/parameters/0/name")),
        ("/paths/~1a/get/summary", ("overlay1.json", "/actions/1/update/summary")),
        ("/paths/~1a/get/responses/200", ("api.yaml", "/paths/~1a/get/responses/200")),
        ("/paths/~1b/put/responses", ("api.yaml", "/paths/~1b/put/responses")),
        ("/nowhere/at/0", ("api.yaml", "/nowhere/at/0")),
    ],
)
def test_places(folder: Folder, pointer: str, place: tuple[str, str]) -> None:
    """What comes from an overlay points into it; what moved up in an array points to where it stands."""
    document = folder.load(
        [
            remove("$.paths['/a'].get.parameters[0]"),
            update("$.paths['/a'].get", {"summary": "s", "parameters": [{"name": "n", "in": "query"}]}),
        ],
        [update("$..parameters[?@.name == 'n']", {"schema": {"type": "string"}})],
    )
    assert Place(*place) == document.root.tree.place(pointer)


def test_a_wrong_reference_in_an_overlay(folder: Folder) -> None:
    """It is reported where the overlay has it, by whichever stage finds it."""
    schema = {"schema": {"$ref": "#/components/schemas/No"}}
    document = folder.load([update("$.paths['/a'].get.parameters[0]", schema)])
    lower(document, folder.diagnostics)
    found = [one.place for one in folder.diagnostics.sorted() if one.code == "ref-not-found"]
    assert [Place("overlay1.json", "/actions/0/update/schema/$ref")] == found


def test_the_validator_sees_the_patched_document(folder: Folder) -> None:
    """What an overlay has mended is no finding, what it breaks is one, at its place."""
    broken = DOCUMENT.replace("list: [a, b, c]\n", "").replace("{description: OK}", "{}", 1)
    broken = broken.replace("{name: x, in: query}, {name: y, in: query}, {name: z, in: query}", "")
    mending = update("$.paths['/a'].get.responses['200']", {"description": "OK"})
    document = folder.load([mending, update("$.info", {"version": 3})], document=broken)
    findings(document, None, folder.diagnostics)
    places = {one.place for one in folder.diagnostics.sorted() if one.code == "invalid-document"}
    assert {Place("overlay1.json", "/actions/1/update/version")} == places


def test_an_action_without_effect(folder: Folder) -> None:
    """The document knows which actions have found nothing; the others are applied."""
    document = folder.load([remove("$.nothing"), update("$.info", {"x-a": 1})])
    assert [("/actions/0",)] == [one.unmatched for one in document.overlays]


@pytest.mark.parametrize(
    ("action", "pointer", "message"),
    [
        (remove("$.paths./a"), "/actions/0/target", "cannot be read as a JSONPath: unexpected"),
        (remove("$[?foo(@.a)]"), "/actions/0/target", "function 'foo' is not defined"),
        (remove("$.a | $.b"), "/actions/0/target", "cannot be read as a JSONPath"),
        (remove("$"), "/actions/0/target", "the whole document cannot be removed"),
        (update("$.info.title", "N"), "/actions/0/target", "$.info.title is a text"),
        (remove("$.info.title"), "/actions/0/target", "$.info.title is a text"),
        (update("$.info", "N"), "/actions/0/update", "$.info is an object, with which a text"),
        (update("$", {"info": []}), "/actions/0/update/info", "$.info is an object, with which an array"),
        (copy("$.info", "$.paths"), "/actions/0/copy", "an overlay has no 'copy' here"),
        ({"target": "$", "updat": {}}, "/actions/0/updat", "an overlay has no 'updat' here"),
        ({"target": "$.info"}, "/actions/0", "the action does nothing"),
        ({"update": {}}, "/actions/0/target", "the action has no target"),
        ({"target": "$.info", "remove": 1}, "/actions/0/remove", "remove is true or false"),
        ("text", "/actions/0", "an action is an object"),
    ],
)
def test_wrong_actions(folder: Folder, action: object, pointer: str, message: str) -> None:
    """One error, in the overlay, at what is wrong; the document is not read any further."""
    found = folder.refusal([action])
    assert Place("overlay1.json", pointer) == found.place
    assert message in found.message
    assert found.help


@pytest.mark.parametrize("source", ["$.nothing", "$.paths.*"])
def test_copy_needs_one_value(folder: Folder, source: str) -> None:
    """It says how many there are otherwise."""
    found = folder.refusal([copy("$.info", source)], version="1.1.0")
    assert Place("overlay1.json", "/actions/0/copy") == found.place
    assert f"{source!r} selects" in found.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("openapi: 3.1.0", "this is no overlay"),
        ("[]", "this is no overlay"),
        ("overlay: 2.0.0", "version '2.0.0' of the Overlay Specification is not read"),
        ("overlay: 1", "version '1' of the Overlay Specification is not read"),
        ("overlay: 1.0.0\nactions: []", "the overlay has no info"),
        ("overlay: 1.0.0\ninfo: {title: T, version: '1'}", "the overlay has no list of actions"),
        ("overlay: 1.0.0\ninfo: {title: T, version: '1'}\nextends: 3", "extends must be a text"),
        ("overlay: [", "this is not valid YAML"),
        ('{"cs": "secret", "saak": ""}', "this is an .ionapi file"),
        ("", "the file is empty"),
    ],
)
def test_wrong_overlays(tmp_path: Path, text: str, message: str) -> None:
    """What is no overlay is one error."""
    file = tmp_path / "overlay.yaml"
    file.write_text(text, "utf-8")
    diagnostics = Diagnostics()
    with pytest.raises(Stopped):
        read_overlay(file, diagnostics)
    (found,) = diagnostics.sorted()
    assert message in found.message


@pytest.mark.parametrize(
    ("extends", "document", "expected"),
    [
        ("api.yaml", "specs/api.yaml", True),
        ("../specs/api.yaml#x", "specs/api.yaml", True),
        ("other.yaml", "specs/api.yaml", False),
        ("https://example.com/api.json?v=2", "https://example.com/api.json", True),
        ("https://example.com/api.json", "specs/api.yaml", False),
    ],
)
def test_extends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extends: str, document: str, expected: bool
) -> None:
    """An overlay that names a document, relative to itself or by address, is for that one."""
    monkeypatch.chdir(tmp_path)
    file = Path("specs/overlay.json")
    file.parent.mkdir()
    file.write_text(json.dumps({**HEAD, "extends": extends, "actions": [update("$", {})]}), "utf-8")
    assert expected == read_overlay(file, Diagnostics()).is_for(document)
