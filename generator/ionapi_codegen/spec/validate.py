"""What openapi-spec-validator says of a document, as warnings at their places.

A quarter of real public documents do not pass it, so it never decides whether a client is generated. It runs
in a process of its own (`validate_worker`) whatever the size of the document: that can be ended in the
middle, cannot reach the network, takes nobody with it when it recurses too deeply, and uses a second
processor.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote, urljoin

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.parse import is_json
from ionapi_codegen.spec.source import SourceFile
from ionapi_codegen.spec.validate_process import Question, Worker
from ionapi_codegen.spec.validate_worker import VALIDATORS, Finding, Header, Outcome

MOST_FINDINGS = 50
"""Per document; how many more there are is said."""

_BASE = "https://document.invalid/"


def findings(document: SpecDocument, budget_seconds: float | None, diagnostics: Diagnostics) -> None:
    """Adds a warning for whatever breaks the rules of OpenAPI, at most `MOST_FINDINGS`.

    The validator sees the files that were loaded, as they were written, and nothing else. It has
    `budget_seconds` of processor time, its start included; None lets it finish. Where it was cut short or
    failed, a notice says so.
    """
    asked = question(document, budget_seconds)
    if isinstance(asked, Question):
        with Worker() as worker:
            asked = worker.ask(asked)
    report(document.root.tree.place, asked, budget_seconds, diagnostics)


def question(document: SpecDocument, budget_seconds: float | None) -> Question | Outcome:
    """What a worker is asked; an outcome where that is known without one.

    The files lie below a host that does not exist, as far from each other as on the disk, so that relative
    references lead from one to another.
    """
    version = ".".join(document.version.split(".")[:2])
    if version not in VALIDATORS:
        return Outcome(())
    contents = document.contents
    sources = dict(zip(contents, document.sources, strict=True))
    folder = _BASE + "folder/" * max(path.count("../") for path in contents)
    try:
        patched = document.root.tree.patched is not None
        texts = tuple(
            _text(sources[path], value, as_written=index > 0 or not patched)
            for index, (path, value) in enumerate(contents.items())
        )
    except (ValueError, RecursionError) as failure:  # an integer of thousands of digits, for one
        return Outcome((), failed=type(failure).__name__)
    addresses = [urljoin(folder, quote(path)) for path in contents]
    header = Header(
        version=version,
        files=list(zip(addresses, map(len, texts), strict=True)),
        most=MOST_FINDINGS,
        seconds=budget_seconds or 0,
    )
    return Question(json.dumps(header).encode() + b"\n", texts, budget_seconds or 0)


def report(
    place: Callable[[str], Place], result: Outcome, budget_seconds: float | None, diagnostics: Diagnostics
) -> None:
    """Adds what was found in a document as `findings` does; `place` is where a pointer leads in its text."""
    file = place("")
    for finding in result.findings:
        diagnostics.warning("invalid-document", finding["message"], place(_pointer(finding)))
    if result.more:
        message = f"the validator found {result.more} more things like these"
        diagnostics.notice("validation-shortened", message, file)
    if result.failed:
        message = f"the validator itself failed ({result.failed}): what it would have found is not known"
        diagnostics.notice("validation-failed", message, file)
    if result.cut_short:
        message = f"the validator was stopped after {budget_seconds:g} s: it may not have found everything"
        diagnostics.notice("validation-cut-short", message, file, help="`ionapi validate` lets it finish")


def _text(source: SourceFile, value: object, *, as_written: bool) -> bytes:
    """The value as JSON: the file's own text where it is that."""
    return (source.text if as_written and is_json(source) else json.dumps(value)).encode()


def _pointer(finding: Finding) -> str:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in finding["path"])
    return "".join(f"/{step}" for step in steps)
