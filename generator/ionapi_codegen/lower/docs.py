"""What a document says to people: descriptions, examples, defaults, deprecation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ionapi_codegen.ir.schema import NO_DEFAULT, NO_DOCS, Docs, Json, NoDefault
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower.markup import markdown
from ionapi_codegen.spec.node import Node

EXAMPLES = 3
"""So many examples of one thing are kept."""

EXAMPLE_VALUES = 2_000
"""An example of more values than this illustrates nothing and is not kept."""

_SAYING_NOTHING = " \t\r\n\v\f\u00a0.,:;!?\"'`~*_-\u2013\u2014\u2026"
"""Signs that are no text where nothing else is there. `%` and `€` say something: a unit."""

_DEPTH = 60
_SILENT = frozenset(
    ("summary", "title", "description", "deprecated", "externalDocs", "example", "examples", "x-example")
)


def freeze(value: object) -> Json:
    """The JSON value with every string wrapped and every container immutable.

    Raises ValueError for a value that is too large or too deep to be worth keeping.
    """
    return _frozen(value, [EXAMPLE_VALUES], _DEPTH)


def _frozen(value: object, budget: list[int], depth: int) -> Json:
    budget[0] -= 1
    if budget[0] < 0 or depth < 0:
        raise ValueError("too large to be kept")
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return Text(value)
        case list():
            return tuple([_frozen(item, budget, depth - 1) for item in value])
        case dict():
            return {Text(str(key)): _frozen(item, budget, depth - 1) for key, item in value.items()}
        case _:
            return Text(str(value))


def default(node: Node) -> Json | NoDefault:
    """The `default` beside a schema; one too large to be written into a signature counts as none."""
    if not isinstance(node.value, dict) or "default" not in node.value:
        return NO_DEFAULT
    try:
        return freeze(_spelled(node.value["default"], node.value.get("type")))
    except ValueError:
        return NO_DEFAULT


def _spelled(value: object, declared: object) -> object:
    """The text of a number where the schema wants a string: YAML's unquoted `1.10`."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number and declared in ("string", ["string", "null"]) else value


def schema_examples(node: Node) -> tuple[Json, ...]:
    """Examples of a schema: its own, or one made of those of its items."""
    found = _own_examples(node)
    items = node.get("items") if not found else None
    if items is not None:
        return tuple((example,) for example in _own_examples(items))
    return found


def _own_examples(node: Node) -> tuple[Json, ...]:
    value = node.value
    if not isinstance(value, dict):
        return ()
    several = value.get("examples")
    written = list(several) if isinstance(several, list) else []
    if isinstance(several, dict):
        written = [each["value"] for each in several.values() if isinstance(each, dict) and "value" in each]
    written += [value[key] for key in ("example", "x-example") if key in value]
    return _kept([_spelled(each, value.get("type")) for each in written])


def media_examples(holder: Node) -> tuple[Json, ...]:
    """Examples of a media type: `example`, or the values of `examples`."""
    value = holder.value
    if not isinstance(value, dict):
        return ()
    named = value.get("examples")
    written = [value["example"]] if "example" in value else []
    if isinstance(named, dict):
        written += [each["value"] for each in named.values() if isinstance(each, dict) and "value" in each]
    return _kept(written)


def _kept(written: Iterable[object]) -> tuple[Json, ...]:
    kept: list[Json] = []
    for value in written:
        if len(kept) == EXAMPLES:
            break
        try:
            frozen = freeze(value)
        except ValueError:
            continue
        if frozen not in kept:
            kept.append(frozen)
    return tuple(kept)


def text(value: object) -> Text | None:
    """The string as text of the document; None for one that says nothing (empty, `...`, `~`), and for
    anything else."""
    return Text(value) if isinstance(value, str) and value.strip(_SAYING_NOTHING) else None


def _prose(value: object) -> Text | None:
    """The same of a description, which may hold markup."""
    return text(markdown(value)) if isinstance(value, str) else None


def external_url(node: Node) -> Text | None:
    """The address of `externalDocs`."""
    external = node.get("externalDocs")
    value = external.value if external is not None else None
    return text(value.get("url")) if isinstance(value, dict) else None


def docs(node: Node, examples: tuple[Json, ...] = ()) -> Docs:
    """What an object of the document (operation, parameter, response, tag …) says of itself."""
    value = node.value
    if not isinstance(value, dict) or (not examples and _SILENT.isdisjoint(value)):
        return NO_DOCS
    return Docs(
        summary=text(value.get("summary")) or text(value.get("title")),
        description=_prose(value.get("description")),
        deprecated=value.get("deprecated") is True,
        examples=examples,
        external_url=external_url(node) if "externalDocs" in value else None,
    )


def schema_docs(nodes: Iterable[Node]) -> Docs:
    """What a schema says of itself: each fact from the first of the nodes that states it, since an `allOf` or
    the siblings of a `$ref` may say what the schema beside them leaves out."""
    summary: Text | None = None
    description: Text | None = None
    deprecated = False
    examples: tuple[Json, ...] = ()
    url: Text | None = None
    for node in nodes:
        value = node.value
        if not isinstance(value, Mapping):
            continue
        summary = summary or text(value.get("title"))
        description = description or _prose(value.get("description"))
        deprecated = deprecated or value.get("deprecated") is True
        examples = examples or schema_examples(node)
        url = url or (external_url(node) if "externalDocs" in value else None)
    if summary is None and description is None and not deprecated and not examples and url is None:
        return NO_DOCS
    return Docs(summary, description, deprecated, examples, url)
