"""How the Data Lake runs queries: submitted, queued, running, finished; then their rows come in pages.

A query has as many rows as its LIMIT says, or else 25, with the columns that it selects. One that does not
select anything fails, and so do the next ones that `refuse` is asked for. A page holds 1,000 rows at most, as
a real one ends at 10 MB.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.sandbox.answers import Answer, Answers
from ionapi_codegen.sandbox.arguments import Call
from ionapi_codegen.sandbox.m3 import Refusals
from ionapi_codegen.sandbox.samples import Plain

_LOOKS = ("QUEUED", "RUNNING")
"""The status of a query at the first looks at it."""

_ROWS = 25
_LONGEST_PAGE = 1_000
_SELECT = re.compile(
    r"\s*(?:with\b.*?\)\s*)?select\s+(?:distinct\s+)?(.*?)\s+from\b", re.IGNORECASE | re.DOTALL
)
_LIMIT = re.compile(r"\blimit\s+(\d+)", re.IGNORECASE)
_NAME = re.compile(r"(\w+)\W*$")


@dataclass(slots=True)
class _Job:
    sql: str
    status: str = "QUEUED"
    looks: int = 0
    message: str = ""


@dataclass(slots=True)
class Service:
    """The queries of one service."""

    api: Api
    answers: Answers = field(repr=False)
    jobs: dict[str, _Job] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def transact(self, operation: Operation, call: Call, refusals: Refusals) -> Answer:
        """The answer of an operation of the document."""
        jobs = self.api.queries.raw if self.api.queries else ""
        if operation.method == "POST" and operation.path.raw == jobs:
            return self._submitted(call, refusals)
        if not operation.path.raw.startswith(f"{jobs.rstrip('/')}/"):
            return self.answers.of(operation, call.headers.get("accept", "*/*"))
        query_id = next(iter(call.variables.values()), "")
        job = self.jobs.get(query_id)
        if job is None:
            return _json(404, {"code": 404, "message": f"There is no query {query_id}"})
        match operation.path.raw.rstrip("/").rpartition("/")[2]:
            case "status":
                return self._looked(query_id, job)
            case "cancel":
                if job.status in _LOOKS:
                    job.status = "CANCELED"
                return _json(200, {"queryId": query_id, "status": job.status})
            case _:
                return _page(job, call)

    def _submitted(self, call: Call, refusals: Refusals) -> Answer:
        job = _Job(call.body.decode("utf-8", "replace"))
        refusal = refusals.take()
        if refusal is not None:
            job.message = str(refusal["errorMessage"])
        elif _SELECT.match(job.sql) is None:
            job.message = "Only SELECT is understood"
        query_id = f"00000000-0000-4000-8000-{next(self.numbers):012}"
        self.jobs[query_id] = job
        return _json(
            202, {"queryId": query_id, "status": job.status, "location": f"/jobs/{query_id}/status/"}
        )

    def _looked(self, query_id: str, job: _Job) -> Answer:
        said: dict[str, Plain] = {"queryId": query_id, "location": f"/jobs/{query_id}/status/"}
        if job.status in _LOOKS:
            job.status = _LOOKS[job.looks] if job.looks < len(_LOOKS) else "FINISHED"
            if job.status == "FINISHED" and job.message:
                job.status = "FAILED"
            job.looks += 1
        said["status"] = job.status
        if job.status == "FAILED":
            said |= {"code": 400, "message": job.message}
        if job.status == "FINISHED":
            said |= {"rowCount": _count(job), "location": f"/jobs/{query_id}/result/"}
        return _json(202 if job.status in _LOOKS else 201, said)


def service(api: Api, answers: Answers) -> Service | None:
    """The service that a document describes; None where it describes something else."""
    return Service(api, answers) if api.protocol is Protocol.COMPASS else None


def _page(job: _Job, call: Call) -> Answer:
    if job.status != "FINISHED":
        return _json(400, {"code": 400, "message": f"The query is {job.status}"})
    asked = dict(parse_qsl(call.query))
    offset, limit = _int(asked.get("offset")), _int(asked.get("limit"))
    end = min(offset + min(limit or _LONGEST_PAGE, _LONGEST_PAGE), _count(job))
    found = _SELECT.match(job.sql)
    names = [_name(each) for each in (found[1] if found else "*").split(",")]
    return _json(200, [{name: f"{name} {number}" for name in names} for number in range(offset + 1, end + 1)])


def _count(job: _Job) -> int:
    limit = _LIMIT.search(job.sql)
    return int(limit[1]) if limit else _ROWS


def _int(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0


def _name(column: str) -> str:
    """What a column is called: its alias, or the last part of its name."""
    found = _NAME.search(column)
    return found[1] if found else "ID"


def _json(status: int, value: Mapping[str, Plain] | list[Mapping[str, str]]) -> Answer:
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(value).encode())
