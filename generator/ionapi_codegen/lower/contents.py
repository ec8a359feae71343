"""What a request or a response carries: media types with their schemas, parts of forms, headers."""

from __future__ import annotations

from collections.abc import Iterator

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.operation import Body, Content, Header, Part, Response
from ionapi_codegen.ir.schema import Array, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import docs
from ionapi_codegen.lower.links import links
from ionapi_codegen.lower.media import is_media_type, is_sequence, media_type, only_media
from ionapi_codegen.lower.references import Hint, hint, reference
from ionapi_codegen.lower.schemas import Schemas
from ionapi_codegen.spec.node import Node

_RESPONSE = Text("response")
_ANY = "*/*"
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
_FORMS = ("multipart/", _FORM)


class Contents:
    """Reads request bodies and responses; one that several operations refer to is read once."""

    def __init__(self, schemas: Schemas, diagnostics: Diagnostics) -> None:
        self._schemas = schemas
        self._diagnostics = diagnostics
        self._shared: dict[str, tuple[Content, ...]] = {}
        self._shared_headers: dict[str, tuple[Header, ...]] = {}

    def body(self, node: Node, name: Hint) -> Body | None:
        """The request body; None where it names no media type. Raises Unresolvable."""
        resolved = self._schemas.references.resolved(node)
        contents = self._contents(node, resolved, (*name, Text("body")))
        if not contents:
            return None
        required = isinstance(resolved.value, dict) and resolved.value.get("required") is True
        return Body(contents, required, docs.docs(resolved), resolved.place)

    def responses(self, node: Node | None, name: Hint) -> tuple[Response, ...]:
        """The responses in document order; what is no status, range or `default` is not one. Raises
        Unresolvable."""
        found: list[Response] = []
        succeeded = False
        for written, each in node.items() if node is not None else ():
            status = _status(written)
            if status is None:
                continue
            first = status.startswith("2") and not succeeded
            succeeded = succeeded or first
            resolved = self._schemas.references.resolved(each)
            contents = self._contents(
                each, resolved, (*name, _RESPONSE) if first else (*name, Text(status), _RESPONSE)
            )
            headers = self._headers_of(each, resolved, name)
            following = tuple(links(resolved.get("links"), self._schemas.references))
            said = docs.docs(resolved)
            found.append(Response(status, contents, headers, following, said, resolved.place))
        return tuple(found)

    def _contents(self, node: Node, resolved: Node, name: Hint) -> tuple[Content, ...]:
        """The media types of a body or response; a shared one names its schemas after itself, not its first
        user."""
        if reference(node) is None:
            return tuple(self._read(resolved.get("content"), name))
        if resolved.identity not in self._shared:
            own = (*hint(resolved.identity), name[-1])
            self._shared[resolved.identity] = tuple(self._read(resolved.get("content"), own))
        return self._shared[resolved.identity]

    def _read(self, content: Node | None, name: Hint) -> Iterator[Content]:
        read: list[tuple[object, Type]] = []
        for kind, media in self._named(content).items() if content is not None else ():
            media = self._schemas.references.resolved(media)
            schema = media.get("schema")
            value = self._type(schema, name, read) if schema is not None else None
            yield Content(
                kind,
                value,
                self._item(media, kind, value, name),
                self._parts(media, kind, name),
                docs.media_examples(media),
            )

    def _named(self, content: Node) -> dict[str, Node]:
        """What stands under each media type. Where nothing else is there, a name that is none means any."""
        named: dict[str, Node] = {}
        nameless: dict[str, Node] = {}
        for written, media in content.items():
            kind = media_type(written)
            if is_media_type(kind):
                named.setdefault(kind, media)
            elif not written.startswith("x-"):
                nameless[written] = media
        if not nameless:
            return named
        (first, media), *others = nameless.items()
        more = f", like {len(others)} more here" if others else ""
        taken = "it is left out" if named else f"it is taken for any, `{_ANY}`"
        self._diagnostics.warning(
            "media-type",
            f"{first!r} is no media type{more}; {taken}.",
            media.place,
            "Write a media type such as `application/json`, or remove it.",
        )
        return named or {_ANY: media}

    def _type(self, schema: Node, name: Hint, read: list[tuple[object, Type]]) -> Type:
        """One schema written under several media types is one type."""
        for value, known in read:
            if value is schema.value or value == schema.value:
                return known
        new = self._schemas.type_of(schema, name)
        read.append((schema.value, new))
        return new

    def _item(self, media: Node, kind: str, type: Type | None, name: Hint) -> Type | None:
        schema = media.get("itemSchema")
        if schema is not None and kind == "text/event-stream":
            return self._data(schema, (*name, Text("item")))
        if schema is not None:
            return self._schemas.type_of(schema, (*name, Text("item")))
        if not is_sequence(kind):
            return None
        return type.items if isinstance(type, Array) else type

    def _data(self, schema: Node, name: Hint) -> Type | None:
        """The type of an event's data. An `itemSchema` with a property `data` describes the event around it
        (OpenAPI 3.2, "Server-Sent Events"), and its data may be JSON of a type; None where they are not."""
        properties = self._schemas.references.resolved(schema).get("properties")
        data = properties.get("data") if properties is not None else None
        if data is None:
            return self._schemas.type_of(schema, name)
        content = data.get("contentSchema")
        return self._schemas.type_of(content, name) if content is not None else None

    def _parts(self, media: Node, kind: str, name: Hint) -> tuple[Part, ...]:
        encoding = media.get("encoding") if kind.startswith(_FORMS) else None
        since_3_1 = not self._schemas.references.version.startswith("3.0")
        has_styles = kind == _FORM or (kind == _PARTS and since_3_1)
        return tuple(
            self._part(part, each, name, has_styles)
            for part, each in (encoding.items() if encoding is not None else ())
        )

    def _part(self, part: str, node: Node, name: Hint, has_styles: bool) -> Part:
        """What is said of one part; its style counts in forms and, since 3.1, in `multipart/form-data`."""
        value = node.value if isinstance(node.value, dict) else {}
        kinds, style, explode = value.get("contentType"), value.get("style"), value.get("explode")
        return Part(
            Text(part),
            tuple(media_type(kind.strip()) for kind in kinds.split(",")) if isinstance(kinds, str) else (),
            style if has_styles and isinstance(style, str) else None,
            explode if has_styles and isinstance(explode, bool) else None,
            has_styles and value.get("allowReserved") is True,
            tuple(self._headers(node.get("headers"), name)),
        )

    def _headers_of(self, node: Node, resolved: Node, name: Hint) -> tuple[Header, ...]:
        if reference(node) is None:
            return tuple(self._headers(resolved.get("headers"), name))
        if resolved.identity not in self._shared_headers:
            self._shared_headers[resolved.identity] = tuple(
                self._headers(resolved.get("headers"), hint(resolved.identity))
            )
        return self._shared_headers[resolved.identity]

    def _headers(self, headers: Node | None, name: Hint) -> Iterator[Header]:
        for written, node in headers.items() if headers is not None else ():
            if written.lower() == "content-type":  # OpenAPI, "Response Object" and "Encoding Object"
                continue
            header = self._schemas.references.resolved(node)
            value = header.value if isinstance(header.value, dict) else {}
            content = only_media(header)
            schema = content[1].get("schema") if content is not None else header.get("schema")
            yield Header(
                Text(written),
                self._schemas.type_of(schema, (*name, Text(written))),
                value.get("required") is True,
                value.get("explode") is True,
                docs.docs(header),
            )


def _status(written: str) -> str | None:
    """`200`, `4XX` whatever its case, `default`; None for anything else, extensions among them."""
    status = written.strip()
    if status.lower() == "default":
        return "default"
    ranged = len(status) == 3 and status[0] in "12345" and status[1:].upper() == "XX"
    numbered = len(status) == 3 and status.isascii() and status.isdigit()
    return status.upper() if ranged or numbered else None
