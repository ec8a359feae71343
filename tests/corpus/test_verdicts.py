"""What the mock server's answers are taken for."""

from __future__ import annotations

import json

import httpx2
import pytest

from corpus.calling.verdicts import verdict
from ionapi_codegen.ir.operation import Content

JSON, XML = Content("application/json", None), Content("application/xml", None)
FORM, PARTS = Content("application/x-www-form-urlencoded", None), Content("multipart/form-data", None)


def in_header(*violations: tuple[str, str]) -> httpx2.Response:
    listed = [
        {"location": place.split("."), "severity": "Error", "code": "x", "message": message}
        for place, message in violations
    ]
    return httpx2.Response(200, headers={"sl-violations": json.dumps(listed)}, json={})


def problem(kind: str, **more: object) -> httpx2.Response:
    return httpx2.Response(
        500, json={"type": f"https://stoplight.io/prism/errors#{kind}", "detail": "no", **more}
    )


def test_nothing_is_wrong() -> None:
    """An answer of the document, without violations."""
    assert ([], True) == verdict(httpx2.Response(200, json={"type": "dog"}), JSON)
    assert ([], True) == verdict(httpx2.Response(204), None)


def test_violations() -> None:
    """They stand in a header; where the document has no answer for wrong requests, in the body."""
    assert (["request.query.a: no"], True) == verdict(
        in_header(("request.query.a", "no"), ("response.body", "x")), None
    )
    listed = [{"location": ["query", "a"], "severity": "Error", "message": "no"}]
    assert (["request.query.a: no"], True) == verdict(
        problem("UNPROCESSABLE_ENTITY", validation=listed), None
    )
    wrong, _ = verdict(httpx2.Response(200, headers={"sl-violations": "Too many violations! [{"}), None)
    assert 1 == len(wrong)


@pytest.mark.parametrize(
    "kind",
    ["UNKNOWN", "UNAUTHORIZED", "NO_RESPONSE_RESPONSE_DEFINED", "SCHEMA_TOO_COMPLEX", "INVALID_CONTENT_TYPE"],
)
def test_a_server_that_cannot_answer_has_judged_nothing(kind: str) -> None:
    """For it keeps to itself what it has found."""
    assert ([], False) == verdict(problem(kind), JSON)


def test_a_request_that_leads_nowhere() -> None:
    """Is wrong."""
    assert (["request: NO_PATH_MATCHED_ERROR: no"], True) == verdict(problem("NO_PATH_MATCHED_ERROR"), None)


@pytest.mark.parametrize(
    ("content", "place", "message", "reads"),
    [
        (JSON, "request.body", "Request body must be object", True),
        (XML, "request.body", "Request body must be object", False),
        (XML, "request.query.a", "Request query parameter a must be array", True),
        (FORM, "request.body.a", "Request body property a must be array", False),
        (FORM, "request.body.a", "Request body property a must be integer", True),
        (PARTS, "request.body.a", "Reserved characters used in request body", False),
        (FORM, "request.body.a", "Reserved characters used in request body", True),
        (JSON, "request", "No supported content types, but request included a non-empty body", False),
    ],
)
def test_bodies_that_the_server_cannot_read(content: Content, place: str, message: str, reads: bool) -> None:
    """What it holds against those is its own fault, and they are not judged."""
    wrong = [f"{place}: {message}"] if reads else []
    assert (wrong, reads) == verdict(in_header((place, message)), content)
