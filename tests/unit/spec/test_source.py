"""What is read as a document, and what is said of everything else."""

from __future__ import annotations

import codecs
import hashlib

import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec.document import LoadOptions, load_bytes
from ionapi_codegen.spec.source import SourceFile

from .conftest import Loader, Refusal

TINY = '{"openapi": "3.1.0",\r\n "info": {"title": "Größe", "version": "1"}, "paths": {}}'


@pytest.mark.parametrize(
    "content",
    [
        TINY.encode(),
        codecs.BOM_UTF8 + TINY.encode(),
        codecs.BOM_UTF16_LE + TINY.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TINY.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TINY.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "utf-32-le"],
)
def test_encodings(content: bytes) -> None:
    """A byte order mark says how the file is encoded, and is no part of its text; the hash is that of the bytes."""
    document = load_bytes("api.json", content, LoadOptions(), Diagnostics())
    info = document.root.get("info")
    assert info is not None
    assert "Größe" == info.text("title")
    assert (hashlib.sha256(content).hexdigest(), "\r" in document.sources[0].text) == (
        document.sources[0].sha256,
        False,
    )


def test_lines_of_a_file() -> None:
    """Lines are counted from 1, and asking beyond the file is no error."""
    source = SourceFile("a", "one\ntwo\nthree", "")
    assert ((1, "one"), (2, "two")) == source.lines(0, 2)
    assert ((3, "three"),) == source.lines(3, 9)
    assert () == source.lines(7, 9)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "file-empty the file is empty"),
        (b" \n\n", "file-empty the file is empty"),
        (b"# nothing\n", "file-empty the file holds no value"),
        (
            b"\n<!DOCTYPE html><html><body>Sign in</body></html>",
            "file-is-html 1:1 this is a web page, not an OpenAPI document",
        ),
        (b"<?xml version='1.0'?><wsdl/>", "file-is-xml 1:1 this is XML, not an OpenAPI document"),
        (b"ok: \xff", "file-encoding 1:5 the file is not UTF-8 text"),
        (b"[1, 2]", "not-openapi 1:1 an OpenAPI document is an object, and this file holds a list"),
        (b"hello", "not-openapi 1:1 an OpenAPI document is an object, and this file holds a single value"),
        (
            b"info: {}",
            "not-openapi 1:1 this is no OpenAPI document: it has neither `openapi` nor `swagger` at its top",
        ),
        (b'{"openapi": "4.0"}', "unsupported-version version '4.0' of OpenAPI cannot be read"),
        (b'{"swagger": "1.2"}', "unsupported-version version '1.2' of Swagger cannot be read"),
        (b'{"swagger": "3.0.0"}', "unsupported-version version '3.0.0' of Swagger cannot be read"),
        (b"openapi: 3.10", "unsupported-version version '3.10' of OpenAPI cannot be read"),
        (b"openapi: [3]", "unsupported-version version '[3]' of OpenAPI cannot be read"),
        (b"x" * 100_001, "file-too-large the file is larger than 100,000 bytes"),
    ],
)
def test_what_is_no_document(refusal: Refusal, content: bytes, said: str) -> None:
    """Each kind of wrong file has a message of its own."""
    assert said == refusal(content)


@pytest.mark.parametrize(
    ("text", "version", "warned"),
    [
        ("swagger: '2.0'", "2.0", False),
        ("swagger: 2.0", "2.0", True),
        ("openapi: 3.0", "3.0", True),
        ("openapi: 3.1.0", "3.1.0", False),
        ("openapi: 3.2.0", "3.2.0", False),
        ('{"openapi": "3.0.3-rc"}', "3.0.3-rc", False),
    ],
)
def test_versions(loaded: Loader, text: str, version: str, warned: bool) -> None:
    """The version stays as it was written; a number is read as its text, with a warning."""
    read = loaded(text)
    assert version == read.document.version
    key = text.split(":")[0]
    assert ([("version-not-text", f"/{key}")] if warned else []) == read.found()
