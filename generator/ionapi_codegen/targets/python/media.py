"""What a media type means for a client: which body of the runtime carries it, what a response of it is."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from ionapi_codegen.ir.operation import Content
from ionapi_codegen.ir.schema import Kind, Nullable, Scalar, Type


class Family(enum.Enum):
    """How content is written on the wire. The order is the order of preference among several responses."""

    JSON = "Json"
    EVENTS = "Stream"
    JSON_LINES = "JsonLines"
    TEXT = "Text"
    FORM = "Form"
    MULTIPART = "Multipart"
    BINARY = "Binary"


_LINES = frozenset(
    {
        "application/jsonl",
        "application/x-ndjson",
        "application/x-jsonlines",
        "application/json-seq",
        "application/jsonlines",
        "application/ndjson",
        "application/stream+json",
        "application/x-jsonl",
    }
)
_TEXTS = frozenset({"application/xml", "application/yaml", "application/x-yaml", "application/javascript"})
PREFERENCE = tuple(Family)
STREAMS = frozenset({Family.EVENTS, Family.JSON_LINES})
"""What is read item by item."""


def family(content: Content) -> Family:
    """Where a media type belongs; a wildcard with a schema is taken for JSON, unless that describes bytes."""
    media = content.media_type.partition(";")[0].strip().lower()
    if media in _LINES or media.endswith("+json-seq"):
        return Family.JSON_LINES
    if media in ("application/json", "text/json") or media.endswith("+json"):
        return Family.JSON
    if "*" in media and not media.startswith(("image/", "audio/", "video/", "text/")):
        return Family.BINARY if content.type is None or is_binary(content.type) else Family.JSON
    if media == "text/event-stream":
        return Family.EVENTS
    if media == "application/x-www-form-urlencoded":
        return Family.FORM
    if media.startswith("multipart/"):
        return Family.MULTIPART
    if media.startswith("text/") or media in _TEXTS or media.endswith(("+xml", "+yaml")):
        return Family.TEXT
    return Family.BINARY


def is_binary(type: Type | None) -> bool:
    """Whether the type is bytes as they are."""
    found = type.of if isinstance(type, Nullable) else type
    return isinstance(found, Scalar) and found.kind is Kind.BINARY


def preferred(contents: Iterable[Content]) -> Content | None:
    """What a response is taken from where the document offers several: the first of the best family. What is
    read as bytes counts as binary, whatever it is called."""
    return min(contents, key=_rank, default=None)


def _rank(content: Content) -> int:
    found = family(content)
    as_bytes = found is Family.TEXT and is_binary(content.type)
    return PREFERENCE.index(Family.BINARY if as_bytes else found)
