"""What a media type names: itself in lower case, and whether it is a sequence of values."""

from __future__ import annotations

import re

from ionapi_codegen.spec.node import Node

_TYPE = re.compile(
    r"[A-Za-z0-9!#$&^_.+*-]{1,127}/[A-Za-z0-9!#$&^_.+*-]{1,127}"
)  # RFC 6838, and `*` for ranges
_SEQUENCES = frozenset(
    (
        "application/jsonl",
        "application/jsonlines",
        "application/json-seq",
        "application/ndjson",
        "application/stream+json",
        "application/x-jsonl",
        "application/x-jsonlines",
        "application/x-ndjson",
        "text/event-stream",
    )
)


def media_type(written: str) -> str:
    """Lower case and without parameters where it is a media type or range; as written where it is neither.
    Of several, or of parameters after a comma, the first counts.

    >>> media_type("Application/JSON; charset=utf-8")
    'application/json'
    """
    name = re.split("[;,]", written, maxsplit=1)[0].strip()
    return name.lower() if _TYPE.fullmatch(name) else written


def is_media_type(written: str) -> bool:
    """Whether it is one, or a range, in the form that `media_type` gives it."""
    return _TYPE.fullmatch(written) is not None


def only_media(node: Node) -> tuple[str, Node] | None:
    """The one media type, as written, of a parameter or header with `content`; None where it has none."""
    content = node.get("content")
    return next(content.items(), None) if content is not None else None


def is_sequence(name: str) -> bool:
    """Whether a document of this type is a sequence of values: JSON Lines, server-sent events."""
    return name in _SEQUENCES or name.endswith("+json-seq")
