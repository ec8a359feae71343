"""Which schemas are written alike and therefore are of one type: those of single values.

Nine of ten schemas of a large document are strings, numbers and booleans, written in a few dozen ways, or
enumerations that are written out again and again. A `const` is another matter: its title is its name.
"""

from __future__ import annotations

from typing import TypeGuard

_TYPES = frozenset(("string", "integer", "number", "boolean", "null"))
_TELLING = frozenset(
    (
        *("type", "enum", "format", "contentEncoding", "contentMediaType"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minLength", "maxLength", "pattern"),
    )
)
_SILENT = frozenset(
    (
        *("title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly"),
        *("externalDocs", "xml", "$comment"),
    )
)
_KNOWN = _TELLING | _SILENT


def spelling(schema: object) -> str | None:
    """What a schema says of the type of a single value, the same for all that are written alike; None for a
    schema that says more, or has a keyword that is not known to say nothing."""
    if not _is_single(schema):
        return None
    # As text, since 1, 1.0 and True are equal and are not the same limit.
    return repr([(key, value) for key, value in schema.items() if key in _TELLING])


def whole_spelling(schema: object) -> str | None:
    """As `spelling`, of all that the schema says: descriptions, examples, a default."""
    return repr(schema) if _is_single(schema) else None


def _is_single(schema: object) -> TypeGuard[dict[str, object]]:
    if not isinstance(schema, dict) or not _KNOWN.issuperset(schema):
        return False
    declared = schema.get("type")
    if isinstance(declared, str):
        return declared in _TYPES
    return isinstance(declared, list) and bool(declared) and all(map(_is_type, declared))


def _is_type(name: object) -> bool:
    return isinstance(name, str) and name in _TYPES
