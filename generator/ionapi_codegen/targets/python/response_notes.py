"""What a docstring says of an answer beside its type: headers, other media types, links to follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ionapi_codegen.ir.operation import Header, Link, Response
from ionapi_codegen.ir.schema import Array, Kind, Scalar, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.media import STREAMS, family, preferred
from ionapi_codegen.targets.python.responses import successful
from ionapi_codegen.targets.python.text import Prose, comment

_KINDS = {
    Kind.INTEGER: "int",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "bool",
    Kind.DATE: "dt.date",
    Kind.DATE_TIME: "dt.datetime",
    Kind.UUID: "UUID",
    Kind.DECIMAL: "Decimal",
    Kind.DECIMAL_STRING: "Decimal",
}


def answer_notes(responses: Sequence[Response]) -> Iterator[Prose]:
    """A paragraph for each of them that the document mentions."""
    successes = successful(responses)
    headers = {header.name: header for response in successes for header in response.headers}
    if headers:
        yield _listed("Response headers: ", map(_header, headers.values()))
    if others := list(dict.fromkeys(_others(successes))):
        yield _listed("Other media types: ", ([Text(other)] for other in others))
    for response in successes:
        for link in response.links:
            yield _link(link)


def _header(header: Header) -> Prose:
    kind = _kind(header.type)
    return [header.name] if kind is None else [header.name, f" ({kind})"]


def _kind(type: Type) -> str | None:
    """What `response.header` reads it as; None for a text."""
    match type:
        case Scalar(kind):
            return _KINDS.get(kind)
        case Array(items):
            return f"list[{_kind(items) or 'str'}]"
        case _:
            return None


def _others(successes: Iterable[Response]) -> Iterator[str]:
    """Media types whose content is something else than what is returned; no other spelling of it."""
    for response in successes:
        main = preferred(response.contents)
        for content in response.contents:
            differs = main is not None and content.type != main.type and family(content) != family(main)
            if differs and family(content) not in STREAMS:
                yield content.media_type


def _link(link: Link) -> Prose:
    """`Link GetUser: getUser with userId=$response.body#/id.`"""
    said: list[Text | str] = ["Link ", link.name]
    if link.operation is not None:
        said += [": ", link.operation]
    for place, (name, value) in enumerate(link.arguments):
        said += [", " if place else " with ", name, "=", value]
    said.append(".")
    if link.docs.description is not None:
        said += [" ", Text(comment(link.docs.description, 200))]
    return said


def _listed(start: str, items: Iterable[Prose]) -> Prose:
    said: list[Text | str] = [start]
    for place, item in enumerate(items):
        said += [*([", "] if place else []), *item]
    return [*said, "."]
