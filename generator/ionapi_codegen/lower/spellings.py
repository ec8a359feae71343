"""Which schemas are written alike and therefore are of one type: those of single values.

Nine of ten schemas of a large document are strings, numbers and booleans, written in a few dozen ways.
"""

from __future__ import annotations

_TYPES = frozenset(("string", "integer", "number", "boolean", "null"))
_TELLING = frozenset(
    (
        *("type", "format", "contentEncoding", "contentMediaType"),
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
    """What a schema says of a single value, the same for all that are written alike; None for a schema that
    says more, or has a keyword that is not known to say nothing."""
    if not isinstance(schema, dict) or not _KNOWN.issuperset(schema):
        return None
    declared = schema.get("type")
    names = declared if isinstance(declared, list) else [declared]
    if not names or not all(isinstance(name, str) and name in _TYPES for name in names):
        return None
    # As text, since 1, 1.0 and True are equal and are not the same limit.
    return repr([(key, value) for key, value in schema.items() if key in _TELLING])
