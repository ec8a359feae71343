"""Which version of OpenAPI a value claims to be a document of, and what is said of one that is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec import grammar, swagger
from ionapi_codegen.spec.shape import Object, Role
from ionapi_codegen.spec.source import SourceFile
from ionapi_codegen.spec.syntax import quoted

_READ = re.compile(r"2\.0|3\.[012](?:\.\d.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Version:
    """`text` is the version as the document writes it, `role` what such a document consists of."""

    text: str
    role: Role


def role_of(value: object) -> Role | None:
    """What a file consists of that a document refers to; None for one that is no document itself."""
    if not isinstance(value, dict):
        return None
    if "openapi" in value:
        return grammar.DOCUMENT
    return swagger.DOCUMENT if "swagger" in value else None


def read_version(value: object, source: SourceFile, diagnostics: Diagnostics) -> tuple[Object, Version]:
    """The document and its version. `Stopped` for a value that is no document, or of a version that is not
    read."""
    top = Place(source.name, "", 1, 1)
    if not isinstance(value, dict):
        found = "a list" if isinstance(value, list) else "a single value"
        raise diagnostics.stop(
            "not-openapi",
            f"an OpenAPI document is an object, and this file holds {found}",
            top,
            "give the file that has `openapi` or `swagger` at its top",
        )
    key = "openapi" if "openapi" in value else "swagger"
    if key not in value:
        raise diagnostics.stop(
            "not-openapi",
            "this is no OpenAPI document: it has neither `openapi` nor `swagger` at its top",
            top,
            "give the document itself, not a file that it refers to",
        )
    place = Place(source.name, f"/{key}")
    written = value[key]
    text = written.strip() if isinstance(written, str) else _as_written(key, written, source)
    if not _READ.fullmatch(text) or (key == "swagger") is not (text == "2.0"):
        raise diagnostics.stop(
            "unsupported-version",
            f"version {quoted(text)} of {'OpenAPI' if key == 'openapi' else 'Swagger'} cannot be read",
            place,
            "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 can",
        )
    if not isinstance(written, str):
        diagnostics.warning(
            "version-not-text",
            f"the version is a number here; it is read as {quoted(text)}",
            place,
            "put it in quotes",
        )
    return value, Version(text, swagger.DOCUMENT if key == "swagger" else grammar.DOCUMENT)


def _as_written(key: str, value: object, source: SourceFile) -> str:
    """The digits in the text, where 3.10 and 3.1 are two things; 2 is 2.0."""
    found = re.search(rf"""["']?{key}["']?\s*:\s*([0-9.]+)""", source.text)
    text = found.group(1) if found is not None and isinstance(value, (int, float)) else str(value)
    return "2.0" if text == "2" else text
