"""What an operation answers: one of its declared responses, written in one of its media types, the same
every time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Content, Header, Operation, Pagination, Response
from ionapi_codegen.ir.schema import Kind, Scalar
from ionapi_codegen.sandbox.last_page import last_page
from ionapi_codegen.sandbox.samples import BINARY, Plain, Sampler, plain

_SEQUENCES = {
    "text/event-stream": ("data: ", "\n\n"),
    "application/json-seq": ("\x1e", "\n"),
    "application/jsonl": ("", "\n"),
    "application/x-ndjson": ("", "\n"),
    "application/x-jsonlines": ("", "\n"),
}
"""Media types of sequences: what stands before and after each item."""

_SEQUENCE_LENGTH = 3
_BOUNDARY = "sandbox-boundary"
_CONCRETE = {"*/*": "application/json", "application/*": "application/json", "text/*": "text/plain"}
_WITHOUT_CONTENT = frozenset({204, 205, 304})
_OWN_HEADERS = frozenset({"content-type", "content-length", "transfer-encoding", "connection"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A response ready to be sent."""

    status: int
    headers: dict[str, str]
    content: bytes


class Answers:
    """The answers of one API, each made at its first use."""

    def __init__(self, api: Api) -> None:
        self._sampler = Sampler(api)
        self._made: dict[tuple[int, int | None, str], Answer] = {}

    def of(self, operation: Operation, accept: str = "*/*", status: int | None = None) -> Answer:
        """The declared response of that status, or the first that means success; in the first media type that
        `accept` names, or else in JSON where the document has it."""
        key = (id(operation), status, accept)
        if key not in self._made:
            self._made[key] = self._make(operation, accept, status)
        return self._made[key]

    def _make(self, operation: Operation, accept: str, wanted: int | None) -> Answer:
        found = _response(operation, wanted)
        if found is None:
            return Answer(wanted or 200, {}, b"")
        status, response = found
        headers = dict(self._headers(response))
        content = _content(response, accept)
        if content is None or status in _WITHOUT_CONTENT:
            return Answer(status, headers, b"")
        media_type, body = self._body(content, operation.pages if status < 300 else None)
        return Answer(status, headers | {"Content-Type": media_type}, body)

    def _headers(self, response: Response) -> Iterator[tuple[str, str]]:
        for header in response.headers:
            if header.name.raw.lower() not in _OWN_HEADERS:
                value = self._header(header)
                if value.isascii() and value.isprintable():
                    yield header.name.raw, value

    def _header(self, header: Header) -> str:
        value = plain(header.docs.examples[0]) if header.docs.examples else self._sampler.of(header.type)
        return value if isinstance(value, str) else json.dumps(value)

    def _body(self, content: Content, pages: Pagination | None) -> tuple[str, bytes]:
        media_type = _CONCRETE.get(content.media_type, content.media_type)
        if content.media_type in _SEQUENCES or content.item is not None:
            before, after = _SEQUENCES.get(content.media_type, ("", "\n"))
            item = json.dumps(self._sampler.of(content.item or content.type or Scalar(Kind.STRING)))
            return media_type, (f"{before}{item}{after}" * _SEQUENCE_LENGTH).encode()
        if _is_binary(content):
            known = "*" not in content.media_type
            return content.media_type if known else "application/octet-stream", BINARY
        if content.examples:
            value = plain(content.examples[0])
        else:
            value = None if content.type is None else self._sampler.of(content.type)
        return _encoded(media_type, value if pages is None else last_page(value, pages))


def _encoded(media_type: str, value: Plain) -> tuple[str, bytes]:
    if media_type == "application/json" or media_type.endswith("+json"):
        return media_type, json.dumps(value).encode()
    if media_type == "application/x-www-form-urlencoded" and isinstance(value, dict):
        return media_type, urlencode({key: _text(item) for key, item in value.items()}).encode()
    if media_type.startswith("multipart/") and isinstance(value, dict):
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{_text(item)}\r\n'
            for name, item in value.items()
        ]
        return f"{media_type}; boundary={_BOUNDARY}", f"{''.join(parts)}--{_BOUNDARY}--\r\n".encode()
    if media_type.endswith(("/xml", "+xml")) and not isinstance(value, str):
        return media_type, b"<sandbox/>"
    return media_type, _text(value).encode("utf-8", "replace")


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _is_binary(content: Content) -> bool:
    return (isinstance(content.type, Scalar) and content.type.kind is Kind.BINARY) or (
        content.type is None and not content.examples and "json" not in content.media_type
    )


def _response(operation: Operation, wanted: int | None) -> tuple[int, Response] | None:
    """The response with the status it is sent with."""
    declared = {response.status.upper(): response for response in operation.responses}
    if wanted is not None:
        for status in (str(wanted), f"{wanted // 100}XX", "DEFAULT"):
            if status in declared:
                return wanted, declared[status]
        return None
    for status in sorted(declared):
        if status.isdecimal() and status.startswith("2"):
            return int(status), declared[status]
    for status in ("2XX", "DEFAULT"):
        if status in declared:
            return 200, declared[status]
    return None


def _content(response: Response, accept: str) -> Content | None:
    """The content that the caller asks for; one in JSON, or the first, where it does not mind."""
    preferred = sorted(response.contents, key=lambda content: "json" not in content.media_type)
    for pattern in accept.lower().split(","):
        wanted = pattern.partition(";")[0].strip()
        for content in preferred:
            if wanted in ("*/*", content.media_type) or (
                wanted.endswith("/*") and content.media_type.startswith(wanted[:-1])
            ):
                return content
    return preferred[0] if preferred else None
