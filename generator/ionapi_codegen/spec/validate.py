"""What openapi-spec-validator says of a document, as warnings at their places.

A quarter of real public documents do not pass it, so it never decides whether a client is generated. It runs
in a process of its own (`validate_worker`) whatever the size of the document: its import costs 0.4 s here or
there, a process adds 0.03 s, and for that it can be ended in the middle, cannot reach the network, and takes
nobody with it when it recurses too deeply.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urljoin

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.validate_worker import VALIDATORS, Finding, Outcome, Request, outcome

MOST_FINDINGS = 50
"""Per document; how many more there are is said."""

_BASE = "https://document.invalid/"
_WORKER = "ionapi_codegen.spec.validate_worker"
_OUT_OF_TIME = -getattr(signal, "SIGPROF", 0)
"""Exit status of a worker that its timer has ended."""


def findings(document: SpecDocument, budget_seconds: float | None, diagnostics: Diagnostics) -> None:
    """Adds a warning for whatever breaks the rules of OpenAPI, at most `MOST_FINDINGS`.

    The validator sees the files that were loaded, as they were written, and nothing else. It has
    `budget_seconds` of processor time after its start; None lets it finish. Where it was cut short or
    failed, a notice says so.
    """
    file = document.sources[0].name
    version = ".".join(document.version.split(".")[:2])
    if version not in VALIDATORS:
        return
    try:
        request = json.dumps(_request(version, document.contents))
    except (ValueError, RecursionError) as failure:  # an integer of thousands of digits, for one
        result = Outcome((), failed=type(failure).__name__)
    else:
        result = _run(request, budget_seconds)
    for finding in result.findings:
        diagnostics.warning("invalid-document", finding["message"], Place(file, _pointer(finding)))
    if result.more:
        message = f"the validator found {result.more} more things like these"
        diagnostics.notice("validation-shortened", message, Place(file))
    if result.failed:
        message = f"the validator itself failed ({result.failed}): what it would have found is not known"
        diagnostics.notice("validation-failed", message, Place(file))
    if result.cut_short:
        message = f"the validator was stopped after {budget_seconds:g} s: it may not have found everything"
        diagnostics.notice(
            "validation-cut-short", message, Place(file), help="`ionapi validate` lets it finish"
        )


def _run(request: str, budget_seconds: float | None) -> Outcome:
    """The worker's outcome. Processor time is watched by the worker itself; the clock on the wall, which a
    busy machine makes run fast, ends it only where that did not work."""
    command = [
        sys.executable,
        "-P",
        "-W",
        "ignore",
        "-m",
        _WORKER,
        str(MOST_FINDINGS),
        str(budget_seconds or 0),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    patience = None if budget_seconds is None else 10 * budget_seconds + 10
    try:
        done = subprocess.run(
            command,
            input=request.encode(),
            capture_output=True,
            env=environment,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        return outcome(expired.stdout or b"")
    result = outcome(done.stdout)
    if result.cut_short and done.returncode != _OUT_OF_TIME:
        return replace(result, cut_short=False, failed=f"exit status {done.returncode}")
    return result


def _request(version: str, contents: Mapping[str, object]) -> Request:
    """The files below a host that does not exist, as far from each other as on the disk, so that relative
    references lead from one to another."""
    folder = _BASE + "folder/" * max(path.count("../") for path in contents)
    documents = {urljoin(folder, quote(path)): content for path, content in contents.items()}
    if version == "2.0":
        documents = {address: _without_files(content) for address, content in documents.items()}
    return Request(version=version, root=next(iter(documents)), documents=documents)


def _without_files(content: object) -> object:
    """Answers of `type: file`, which Swagger 2.0 allows (Response Object) and the validator does not, as
    strings."""
    if isinstance(content, list):
        return [_without_files(value) for value in content]
    if not isinstance(content, dict):
        return content
    copy = {key: _without_files(value) for key, value in content.items()}
    schema = copy.get("schema")
    if "description" in copy and isinstance(schema, dict) and schema.get("type") == "file":
        copy["schema"] = {**schema, "type": "string"}
    return copy


def _pointer(finding: Finding) -> str:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in finding["path"])
    return "".join(f"/{step}" for step in steps)
