"""What the mock server says of a request, and whether it has looked at all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2

from ionapi_codegen.ir.operation import Content

_UNABLE = frozenset(
    (
        *("NO_RESPONSE_RESPONSE_DEFINED", "UNKNOWN", "SCHEMA_TOO_COMPLEX", "NO_COMPLEX_OBJECT_TEXT"),
        *("UNAUTHORIZED", "INVALID_CONTENT_TYPE"),
    )
)
"""What the server says of a call that it cannot answer: it then keeps to itself what it found in the request."""

_INVALID = "UNPROCESSABLE_ENTITY"
"""What it says of a call whose violations stand in the answer's body."""

_NEGOTIATED = [("header", name) for name in ("accept", "accept-encoding", "authorization", "content-type")]
"""Headers whose description OpenAPI ignores ("Parameter Object"), and what the HTTP library negotiates."""

_FORMS = ("multipart/", "application/x-www-form-urlencoded")


def verdict(answer: httpx2.Response, content: Content | None) -> tuple[list[str], bool]:
    """What is wrong with the request, and whether the server judged all of it; `content` is what its body is
    of."""
    violations = list(_violations(answer))
    unread = [each for each in violations if _is_unread(content, each)]
    wrong = [each.said for each in violations if each not in unread]
    return wrong, not unread and _kind(answer) not in _UNABLE


@dataclass(frozen=True, slots=True)
class Violation:
    """What the server has against a request; `location` begins with `body`, `query` and so on."""

    location: tuple[str, ...]
    message: str

    @property
    def said(self) -> str:
        return f"{'.'.join(('request', *self.location))}: {self.message}"


def _violations(answer: httpx2.Response) -> Iterator[Violation]:
    """What the answer says, in its header or, where the document has no answer for such requests, in its
    body."""
    listed = [each for each in _listed(answer) if each["location"][:1] == ["request"]]
    problem, kind = _problem(answer), _kind(answer)
    listed += [
        {**each, "location": ["request", *each.get("location", ())]} for each in problem.get("validation", ())
    ]
    for each in listed:
        location = tuple(map(str, each["location"][1:]))
        if each.get("severity") != "Warning" and location not in _NEGOTIATED:
            yield Violation(location, each["message"])
    if kind and kind != _INVALID and kind not in _UNABLE:
        yield Violation((), f"{kind}: {problem.get('detail')}")


def _problem(answer: httpx2.Response) -> dict[str, Any]:
    """What the server says of its own; nothing where it answered what the document says."""
    try:
        said = answer.json() if "json" in answer.headers.get("content-type", "") else None
    except ValueError:
        return {}
    if not isinstance(said, dict) or "prism/errors#" not in str(said.get("type", "")):
        return {}
    return said


def _kind(answer: httpx2.Response) -> str:
    return str(_problem(answer).get("type", "")).partition("#")[2]


def _listed(answer: httpx2.Response) -> list[dict[str, Any]]:
    """The violations in the header: JSON, unless it was too long for a header and left out."""
    header = answer.headers.get("sl-violations", "[]")
    try:
        found: list[dict[str, Any]] = json.loads(header)
    except ValueError:
        return [{"location": ["request"], "message": f"violations that cannot be read: {header[:300]!r}"}]
    return found


def _is_unread(content: Content | None, violation: Violation) -> bool:
    """Whether the server holds against a body that it cannot read it: XML and JSON under other names; the
    arrays and objects of forms, of which it knows the last field only; parts, in which nothing is to be
    percent-encoded; and bodies of 2.0 in documents without `consumes`, which it takes for none."""
    if violation.message.startswith("No supported content types"):
        return True
    if content is None or violation.location[:1] != ("body",):
        return False
    if content.media_type.startswith("multipart/") and violation.message.startswith("Reserved characters"):
        return True
    if content.media_type.startswith(_FORMS):
        return violation.message.endswith(("must be array", "must be object"))
    return not content.media_type.endswith(("application/json", "+json"))
