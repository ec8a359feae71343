"""The validator's findings are warnings at their places, in bounded time, and its failures are nobody's
problem."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostic, Diagnostics, Severity
from ionapi_codegen.spec.document import LoadOptions, load, load_bytes
from ionapi_codegen.spec.validate import MOST_FINDINGS, findings, question
from ionapi_codegen.spec.validate_process import Question, Worker
from ionapi_codegen.spec.validate_worker import (
    LONGEST_MESSAGE,
    Finding,
    Outcome,
    Request,
    leads_elsewhere,
    outcome,
    validate,
)

INFO = {"title": "T", "version": "1"}


def reported(document: Mapping[str, object], budget_seconds: float | None = None) -> tuple[Diagnostic, ...]:
    """What the whole stage says, its process included."""
    version = {} if "swagger" in document else {"openapi": "3.0.3"}
    content = json.dumps({**version, "info": INFO, "paths": {}, **document}).encode()
    loaded = load_bytes("api.json", content, LoadOptions(), Diagnostics())
    diagnostics = Diagnostics()
    findings(loaded, budget_seconds, diagnostics)
    return diagnostics.sorted()


def found(version: str = "3.0", **document: object) -> list[Finding]:
    """What the validator finds, without a process around it."""
    content = {"openapi": f"{version}.0", "info": INFO, "paths": {}, **document}
    return list(validate(Request(version=version, root="x:/api", documents={"x:/api": content})))


@pytest.mark.parametrize(
    ("expected", "document"),
    [
        (False, {"components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}}}}),
        (True, {"components": {"schemas": {"A": {"$ref": "b.yaml"}}}}),
        (True, {"components": {"schemas": {"A": {"$id": "https://evil.example/a"}}}}),
        (True, {"components": {"schemas": {"example": {"$id": "https://evil.example/a"}}}}),
        (
            True,
            {"components": {"schemas": {"A": {"properties": {"default": {"$schema": "https://x.example"}}}}}},
        ),
        (True, {"components": {"schemas": {"properties": {"properties": {"enum": {"$id": "a"}}}}}}),
        (False, {"components": {"schemas": {"A": {"example": {"$id": "27335", "b": [{"$schema": "x"}]}}}}}),
        (False, {"components": {"schemas": {"A": {"properties": {"$id": {"default": {"$id": "1"}}}}}}}),
        (True, {"components": {"schemas": {"A": {"example": [{"$ref": "https://evil.example"}]}}}}),
    ],
)
def test_what_leads_to_another_document(expected: bool, document: object) -> None:
    """The fast validator gets only what names nothing outside; an `$id` in an example is data, and under a name
    that the author chose it is not."""
    assert expected is leads_elsewhere(document)


def operation(**members: object) -> dict[str, object]:
    return {"/a/{b}": {"get": {"responses": {"200": {"description": "OK"}}, **members}}}


def test_warnings_have_their_place() -> None:
    """The pointer leads to the value that is wrong, also through keys with slashes; nothing else is said."""
    wrong = {"name": "b", "in": "path", "required": True, "schema": {"type": "string", "nullable": "yes"}}
    everything = reported({"paths": operation(parameters=[wrong])})
    expected = [("invalid-document", Severity.WARNING, "/paths/~1a~1{b}/get/parameters/0/schema/nullable")]
    assert expected == [(one.code, one.severity, one.place.pointer) for one in everything if one.place]
    assert ["'yes' is not of type 'boolean'"] == [one.message for one in everything]


def test_many_findings_are_counted() -> None:
    """The first ones are shown, and how many more there are."""
    schemas = {f"S{number}": {"minimum": "wrong"} for number in range(MOST_FINDINGS + 7)}
    everything = reported({"components": {"schemas": schemas}})
    assert MOST_FINDINGS == sum(one.code == "invalid-document" for one in everything)
    assert "validation-shortened" in [one.code for one in everything]


def test_the_time_is_bounded() -> None:
    """A document that takes longer than its budget gives a notice that names the command which finishes."""
    schemas = {f"S{number}": {"type": "object"} for number in range(2000)}
    (notice,) = reported({"components": {"schemas": schemas}}, budget_seconds=0.05)
    assert ("validation-cut-short", Severity.NOTICE) == (notice.code, notice.severity)
    assert "ionapi validate" in str(notice.help)


def test_a_failing_validator_is_a_notice_and_nothing_is_fetched(tmp_path: Path) -> None:
    """A reference to a file that was not loaded ends the validator, which cannot read it; generation goes
    on."""
    secret = tmp_path / "secret.json"
    secret.write_text('{"type": "secret"}')
    everything = reported(
        {"components": {"schemas": {"A": {"properties": {"a": {"$ref": secret.as_uri()}}}}}}
    )
    assert {("validation-failed", Severity.NOTICE)} == {(one.code, one.severity) for one in everything}


def test_several_files(tmp_path: Path) -> None:
    """What is wrong in the second file is found there, through its reference."""
    (tmp_path / "api").mkdir()
    (tmp_path / "a.json").write_text('{"A": {"type": "string", "default": 1}}')
    root = {
        "openapi": "3.0.3",
        "info": INFO,
        "paths": {},
        "components": {"schemas": {"A": {"$ref": "../a.json#/A"}}},
    }
    (tmp_path / "api" / "api.json").write_text(json.dumps(root))
    document = load(tmp_path / "api" / "api.json", LoadOptions(folder=tmp_path), Diagnostics())
    schemas = document.root.get("components")
    assert schemas is not None
    for _, node in (schemas.get("schemas") or schemas).items():
        document.resolve(node, Diagnostics())
    diagnostics = Diagnostics()
    findings(document, None, diagnostics)
    assert ["1 is not of type 'string'"] == [one.message for one in diagnostics.sorted()]


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2"])
def test_every_version_is_known(version: str) -> None:
    """A document without a title is wrong in each."""
    assert [["info"]] == [one["path"] for one in found(version, info={"version": "1"})]


def test_swagger() -> None:
    """So it is in 2.0."""
    document = {"swagger": "2.0", "info": {"version": "1"}, "paths": {}}
    everything = validate(Request(version="2.0", root="x:/api", documents={"x:/api": document}))
    assert ["'title' is a required property"] == [one["message"] for one in everything]


def test_a_file_is_an_answer_of_swagger() -> None:
    """`type: file` is right where an answer is described."""
    answer = {"200": {"description": "The file.", "schema": {"type": "file"}}}
    document = {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": answer}}},
    }
    assert () == reported(document)


def test_a_choice_tells_what_is_wrong_with_the_branch_that_is_meant() -> None:
    """Not that "no schema fits", nor that it is no reference, but what this parameter lacks."""
    messages = [
        one["message"] for one in found(paths=operation(parameters=[{"name": "b", "in": "query", "x": 1}]))
    ]
    assert not [message for message in messages if "$ref" in message or "given schemas" in message]


def test_findings_about_operations_lead_to_them() -> None:
    """Where the library tells the operation only in words, the place is made from them."""
    both = operation(operationId="same")["/a/{b}"]
    paths = dict.fromkeys(("/a", "/b"), both)
    assert [["paths", "/b", "get"]] == [one["path"] for one in found(paths=paths)]


def test_findings_about_defaults_lead_to_them() -> None:
    """Each to its own, where several are wrong alike; what is right elsewhere is not taken for it."""
    wrong = {"type": "integer", "default": "1"}
    right = {"type": "string", "default": "1"}
    inside = {"type": "array", "items": {"type": "integer"}, "default": [1, "2"]}
    named = {"properties": {"default": {**wrong}}}
    schemas = {"A": right, "B": wrong, "C": {**wrong}, "D": inside, "E": named}
    at = ["components", "schemas"]
    assert {
        (*at, "B", "default"): "'1' is not of type 'integer'",
        (*at, "C", "default"): "'1' is not of type 'integer'",
        (*at, "D", "default", 1): "'2' is not of type 'integer'",
        (*at, "E", "properties", "default", "default"): "'1' is not of type 'integer'",
    } == {tuple(each["path"]): each["message"] for each in found(components={"schemas": schemas})}


def test_all_that_is_said_of_a_default_leads_to_it() -> None:
    """The validator says two things of a null that must not be one."""
    wrong = {"type": "string", "default": None}
    told = found(components={"schemas": {"A": wrong, "B": {**wrong}}})
    assert [("A", 2), ("B", 2)] == sorted(Counter(each["path"][2] for each in told).items())
    assert 4 == len({(each["path"][2], each["message"]) for each in told})


def test_messages_are_bounded() -> None:
    """One printable sentence, however large or strange the value."""
    schemas = {"A": {"type": "x" * 10_000 + "\u001b[31m"}, "B": {"required": {"\u202e" * 1000: 1}}}
    everything = found(components={"schemas": schemas})
    assert everything
    assert all(one["message"].isprintable() and len(one["message"]) <= LONGEST_MESSAGE for one in everything)


def test_output_that_breaks_off() -> None:
    """A worker that was ended while it wrote has still found what it had written."""
    line = b'{"path": [], "message": "m"}\n'
    assert Outcome(({"path": [], "message": "m"},), cut_short=True) == outcome([line, b'{"path": [1'])
    assert Outcome((), cut_short=True) == outcome([])
    assert Outcome((), more=3, seconds=0.5) == outcome([b'{"more": 3, "seconds": 0.5}\n', line])


def test_a_worker_answers_for_one_document_after_another() -> None:
    """Also after one that was cut short: that ends the process, and the next document gets another."""
    schemas = {f"S{number}": {"type": "object"} for number in range(2000)}
    large = json.dumps({"openapi": "3.0.3", "info": INFO, "paths": {}, "components": {"schemas": schemas}})
    wrong = json.dumps({"openapi": "3.0.3", "info": {"version": "1"}, "paths": {}})

    def asked(text: str, seconds: float) -> Outcome:
        document = load_bytes("api.json", text.encode(), LoadOptions(), Diagnostics())
        made = question(document, seconds)
        assert isinstance(made, Question)
        return worker.ask(made)

    with Worker() as worker:
        outcomes = [asked(wrong, 0), asked(large, 0.05), asked(wrong, 0)]

    assert [(1, False), (0, True), (1, False)] == [(len(one.findings), one.cut_short) for one in outcomes]


def test_a_worker_that_was_killed_answers() -> None:
    """Whoever waits for it is told that it has no answer, and no other process is started."""
    document = load_bytes("api.json", b'{"openapi": "3.0.3"}', LoadOptions(), Diagnostics())
    made = question(document, None)
    assert isinstance(made, Question)
    with Worker() as worker:
        worker.start()
        worker.kill()
        first, second = worker.ask(made), worker.ask(made)
    assert [True, True] == [bool(one.failed) for one in (first, second)]
