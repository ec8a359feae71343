"""Our own reader of requests, which judges what no server judges: it reads each style back, and sees what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.calling.described import Document
from corpus.calling.requested import Given, Sent, complaints

VALUES: dict[str, object] = {"one": "blue", "list": ["blue", "black"], "object": {"R": "100", "G": "200"}}

# -- the tables of 3.0.4, 3.1.1 and 3.2, "Style Examples" ---------------------------------------------
TABLE = [
    ("path", "simple", False, ("blue", "blue,black", "R,100,G,200")),
    ("path", "simple", True, ("blue", "blue,black", "R=100,G=200")),
    ("path", "label", False, (".blue", ".blue,black", ".R,100,G,200")),
    ("path", "label", True, (".blue", ".blue.black", ".R=100.G=200")),
    ("path", "matrix", False, (";one=blue", ";list=blue,black", ";object=R,100,G,200")),
    ("path", "matrix", True, (";one=blue", ";list=blue;list=black", ";R=100;G=200")),
    ("query", "form", False, ("one=blue", "list=blue,black", "object=R,100,G,200")),
    ("query", "form", True, ("one=blue", "list=blue&list=black", "R=100&G=200")),
    ("query", "spaceDelimited", False, (None, "list=blue%20black", "object=R%20100%20G%20200")),
    ("query", "pipeDelimited", False, (None, "list=blue%7Cblack", "object=R%7C100%7CG%7C200")),
    ("query", "deepObject", True, (None, None, "object%5BR%5D=100&object%5BG%5D=200")),
    ("header", "simple", False, ("blue", "blue,black", "R,100,G,200")),
    ("header", "simple", True, ("blue", "blue,black", "R=100,G=200")),
    ("cookie", "form", False, ("one=blue", "list=blue,black", "object=R,100,G,200")),
    ("cookie", "form", True, ("one=blue", "list=blue; list=black", "R=100; G=200")),
]
ROWS = [
    (place, style, explode, name, text)
    for place, style, explode, texts in TABLE
    for name, text in zip(VALUES, texts, strict=True)
    if text is not None
]


def document(folder: Path, version: str, operation: object, path: str = "/a") -> Document:
    file = folder / "api.json"
    file.write_text(
        json.dumps(
            {version: "2.0" if version == "swagger" else "3.0.3", "paths": {path: {"post": operation}}}
        )
    )
    return Document(file)


def parameter(folder: Path, place: str, style: str, explode: bool, name: str) -> tuple[Document, str]:
    """A document with one parameter, and the path of its operation."""
    types = {"one": {"type": "string"}, "list": {"type": "array", "items": {"type": "string"}}}
    number = {"type": "integer", "maximum": 200}
    types["object"] = {
        "type": "object",
        "properties": {"R": {"type": "string"}, "G": number},
        "required": ["R"],
    }
    stated = {"name": name, "in": place, "style": style, "explode": explode, "schema": types[name]}
    path = f"/a/{{{name}}}" if place == "path" else "/a"
    return document(folder, "openapi", {"parameters": [{**stated, "required": True}]}, path), path


def sent(place: str, name: str, text: str) -> Sent:
    match place:
        case "path":
            return Sent(f"/a/{text}", {}, b"")
        case "query":
            return Sent(f"/a?{text}", {}, b"")
        case "header":
            return Sent("/a", {name: text}, b"")
        case _:
            return Sent("/a", {"cookie": text}, b"")


@pytest.mark.parametrize(("place", "style", "explode", "name", "text"), ROWS)
def test_styles(tmp_path: Path, place: str, style: str, explode: bool, name: str, text: str) -> None:
    """The rows of OpenAPI's tables are read; with another value, without it, and in a row's neighbour they are wrong."""
    read, path = parameter(tmp_path, place, style, explode, name)
    given = Given({(place, name): VALUES[name]}, None)
    assert [] == list(complaints(read, "POST", path, sent(place, name, text), given))
    wrong = text.replace("blue", "red").replace("100", "300")
    assert [] != list(complaints(read, "POST", path, sent(place, name, wrong), given)), wrong
    if place != "path":
        absent = list(complaints(read, "POST", path, Sent("/a", {}, b""), given))
        assert [f"{place} {name}: {VALUES[name]!r} is not sent"] == absent
        assert [f"{place} {name}: it is required"] == list(
            complaints(read, "POST", path, Sent("/a", {}, b""), Given({}, None))
        )
    assert [] != list(complaints(read, "POST", path, sent(place, name, text), Given({}, None)))
    for other in {one[4] for one in ROWS if one[0] == place and one[3] == name and one[4] != text}:
        assert [] != list(complaints(read, "POST", path, sent(place, name, other), given)), other


def test_what_the_schema_says_counts(tmp_path: Path) -> None:
    """A value that arrives as it was given may still be none that the schema allows."""
    read, path = parameter(tmp_path, "query", "form", True, "object")
    given = Given({("query", "object"): {"R": "1", "G": 300}}, None)
    assert ["query object: $.G: 300 is greater than the maximum of 200"] == list(
        complaints(read, "POST", path, Sent("/a?R=1&G=300", {}, b""), given)
    )
    given = Given({("query", "object"): {"G": 3}}, None)
    assert ["query object: $: 'R' is a required property"] == list(
        complaints(read, "POST", path, Sent("/a?G=3", {}, b""), given)
    )


@pytest.mark.parametrize("target", ["/a?one=a b", "/a?one=a|b", "/a?one=[a]", "/a?one=%zz", "/a?one=a+b"])
def test_characters_that_must_be_encoded(tmp_path: Path, target: str) -> None:
    """In a target stands what RFC 3986 allows there, and a value's own reserved characters are percent-encoded."""
    read, path = parameter(tmp_path, "query", "form", True, "one")
    value = target.partition("=")[2].replace("+", " ")
    assert [] != list(
        complaints(read, "POST", path, Sent(target, {}, b""), Given({("query", "one"): value}, None))
    )


@pytest.mark.parametrize(
    ("collection", "place", "good", "bad"),
    [
        (None, "query", "ids=a,b", "ids=a&ids=b"),
        ("csv", "query", "ids=a,b", "ids=a%2Cb"),
        ("ssv", "query", "ids=a%20b", "ids=a,b"),
        ("tsv", "query", "ids=a%09b", "ids=a%20b"),
        ("pipes", "query", "ids=a%7Cb", "ids=a,b"),
        ("multi", "query", "ids=a&ids=b", "ids=a,b"),
        ("pipes", "header", "a|b", "a,b"),
    ],
)
def test_collection_formats(tmp_path: Path, collection: str | None, place: str, good: str, bad: str) -> None:
    """Those of Swagger 2.0."""
    stated = {"name": "ids", "in": place, "type": "array", "items": {"type": "string"}}
    operation = {"parameters": [stated if collection is None else {**stated, "collectionFormat": collection}]}
    read = document(tmp_path, "swagger", operation)
    given = Given({(place, "ids"): ["a", "b"]}, None)
    assert [] == list(complaints(read, "POST", "/a", sent(place, "ids", good), given))
    assert [] != list(complaints(read, "POST", "/a", sent(place, "ids", bad), given))


FORM = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "deep": {"type": "object", "properties": {"n": {"type": "integer"}}},
        "file": {"type": "string", "format": "binary"},
        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
    },
}


def part(name: str, content: str, rest: str = "", kind: str | None = None) -> str:
    kind = "" if kind is None else f"Content-Type: {kind}\r\n"
    return f'--B\r\nContent-Disposition: form-data; name="{name}"{rest}\r\n{kind}\r\n{content}\r\n'


FILE = part("file", "x", '; filename="a.bin"', "image/png")
FILES = FILE.replace('name="file"', 'name="files"')
ID, DEEP = part("id", "1"), part("deep", '{"n": 1}', kind="application/json")
LINES = "application/jsonl"
BODIES = [
    ("application/json", {"id": 1}, '{"id": 1}', ['{"id": 2}', "{}", "{", '{"id": 1, "x": 2}']),
    (
        "application/x-www-form-urlencoded",
        {"id": 1, "tags": ["a", "b&"], "deep": {"n": 1}},
        "id=1&tags=a&tags=b%26&deep=%7B%22n%22%3A1%7D",
        [
            "id=1&tags=a&deep=%7B%22n%22%3A1%7D",
            "id=1&tags=a,b%26&deep=%7B%22n%22%3A1%7D",
            "id=1",
            "id=1&x=2",
            "id=1&id=1&tags=a&tags=b%26&deep=%7B%22n%22%3A1%7D",
        ],
    ),
    (
        "multipart/form-data",
        {"id": 1},
        ID,
        [part("id", "2"), ID + ID, ID + part("x", "1"), part("id", "1", kind="text/css") + "x"],
    ),
    (
        "multipart/form-data",
        {"id": 1, "tags": ["a", "b"]},
        ID + part("tags", "a") + part("tags", "b"),
        [ID + part("tags", "a,b")],
    ),
    (
        "multipart/form-data",
        {"id": 1, "deep": {"n": 1}},
        ID + DEEP,
        [ID + part("deep", '{"n": 1}'), ID + part("n", "1")],
    ),
    (
        "multipart/form-data",
        {"id": 1, "file": b"x"},
        ID + FILE,
        [ID + part("file", "x"), ID + FILE.replace("png", "gif"), ID],
    ),
    (
        "multipart/form-data",
        {"id": 1, "files": [b"x", b"x"]},
        ID + FILES + FILES,
        [ID + FILES, ID + FILES + FILE],
    ),
    ("text/plain", "é", "é", ["e"]),
    ("application/xml", "<a/>", "<a/>", ["<b/>", "<a>"]),
    ("application/octet-stream", b"\x01", "\x01", ["\x02"]),
    (
        LINES,
        [{"id": 1}, {"id": 2}],
        '{"id": 1}\n{"id": 2}\n',
        ['{"id": 1}\n', '[{"id": 1}, {"id": 2}]', '{"id": 1} {"id": 2}'],
    ),
]


@pytest.mark.parametrize(("kind", "given", "good", "bad"), BODIES)
def test_bodies(tmp_path: Path, kind: str, given: object, good: str, bad: list[str]) -> None:
    """Every kind of body is read and compared: a field, a part, a line too few or too many is seen."""
    schemas = {"text/plain": {"type": "string"}, LINES: {"type": "array", "items": FORM}}
    media = {"schema": schemas.get(kind, FORM), "encoding": {"file": {"contentType": "image/png"}}}
    read = document(tmp_path, "openapi", {"requestBody": {"required": True, "content": {kind: media}}})

    def found(text: str) -> list[str]:
        multipart = kind.startswith("multipart/")
        headers = {"content-type": f"{kind}; boundary=B" if multipart else kind}
        body = f"{text}--B--\r\n" if multipart else text
        return list(
            complaints(read, "POST", "/a", Sent("/a", headers, body.encode()), Given({}, kind, given))
        )

    assert [] == found(good)
    for each in bad:
        assert [] != found(each), each


def test_a_body_that_nobody_gave(tmp_path: Path) -> None:
    """Neither a body, nor a media type without one; and none where one is required."""
    read = document(tmp_path, "openapi", {"requestBody": {"required": True, "content": {"text/plain": {}}}})
    nothing = Given({}, None)
    assert ["body: it is required"] == list(complaints(read, "POST", "/a", Sent("/a", {}, b""), nothing))
    assert "body: nobody gave one" in list(complaints(read, "POST", "/a", Sent("/a", {}, b"x"), nothing))
    css = Sent("/a", {"content-type": "text/css"}, b"x")
    given = Given({}, "text/plain", "x")
    assert ["body: text/css is none of ['text/plain']"] == list(complaints(read, "POST", "/a", css, given))
