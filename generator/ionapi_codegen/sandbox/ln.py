"""How LN answers OData requests: entities of a company, in pages with links, changed under the condition of
their ETag, and failures in OData's words.

Each set has 25 entities in each company, made up when it is first asked for. They can be created, changed and
deleted; `$filter` and `$orderby` count for nothing. A company that is no number fails, and so do the next
calls that `refuse` is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import ByLink, Operation
from ionapi_codegen.sandbox.answers import Answer, Answers
from ionapi_codegen.sandbox.arguments import Call
from ionapi_codegen.sandbox.m3 import Refusals
from ionapi_codegen.sandbox.samples import Plain

_COMPANY = "x-infor-lncompany"
_USUAL_COMPANY = "1000"
"""That of the caller, where a call names none."""

_TOTAL = 25
_PAGE = 10
"""Entities of a set, and of a page that is not asked for fewer."""

_KEY = re.compile(r"\(([^()]*)\)$")
_NAMED = re.compile(r"(?:(\w+)\s*=\s*)?'?\{(\w+)\}'?")

Entity = dict[str, Plain]


@dataclass(slots=True)
class _Stored:
    entity: Entity
    version: int = 1


@dataclass(slots=True)
class Service:
    """The entities of one service, by company and set, and in each by key."""

    api: Api
    answers: Answers = field(repr=False)
    sets: dict[tuple[str, str], dict[str, _Stored]] = field(default_factory=dict)

    def transact(self, operation: Operation, call: Call, refusals: Refusals) -> Answer:
        """The answer of an operation of the document."""
        company = call.headers.get(_COMPANY, "").strip() or _USUAL_COMPANY
        if not company.isdecimal():
            return _failed(400, "LN0001", f"The company {company} does not exist", _COMPANY)
        refusal = refusals.take()
        if refusal is not None:
            return _failed(400, "SBX0001", str(refusal["errorMessage"]), "")
        answer = self.answers.of(operation, call.headers.get("accept", "*/*"))
        if operation.pages is not None and isinstance(operation.pages.step, ByLink):
            sample = _object(answer.content)
            return self._page(company, operation.path.raw, sample, call)
        return self._changed(company, operation, call, answer)

    def _changed(self, company: str, operation: Operation, call: Call, answer: Answer) -> Answer:
        """The answer of an operation on one entity; the document's sample for any other operation."""
        template = operation.path.raw
        lists = [each.path.raw for each in self.api.operations if each.pages is not None]
        if operation.method == "POST" and template in lists:
            return self._created(company, template, call)
        keyed = _KEY.search(template)
        if keyed is None or template[: keyed.start()] not in lists or not _NAMED.search(keyed[1]):
            return answer
        found = self._set(company, template[: keyed.start()])
        key = "|".join(call.variables[name].replace("''", "'") for _, name in _NAMED.findall(keyed[1]))
        if key not in found:
            where = f"{template[: keyed.start()].strip('/')}({key})"
            return _failed(404, "LN0404", f"{where} does not exist in company {company}", "")
        stored = found[key]
        if operation.method == "GET":
            return _json(200, stored.entity)
        condition = call.headers.get("if-match")
        if condition is None:
            return _failed(428, "LN0428", "If-Match is missing", "If-Match")
        if condition.strip() not in ("*", stored.entity["@odata.etag"]):
            return _failed(412, "LN0412", "Somebody else has changed it meanwhile", "If-Match")
        if operation.method == "DELETE":
            del found[key]
        else:
            stored.version += 1
            etag = _etag(company, key, stored.version)
            stored.entity |= (_object(call.body) or {}) | {"@odata.etag": etag}
        return _json(200, stored.entity) if answer.content else Answer(204, {}, b"")

    def _created(self, company: str, template: str, call: Call) -> Answer:
        entity = _object(call.body)
        if entity is None:
            return _failed(400, "LN0002", "The body is no entity", "")
        found = self._set(company, template)
        names = self._keys(template)
        for name in names:
            if not entity.get(name):
                entity[name] = _number(company, len(found) + 1)
        key = "|".join(str(entity[name]) for name in names)
        if key in found:
            return _failed(409, "LN0409", f"{key} exists already", names[0] if names else "")
        entity["@odata.etag"] = _etag(company, key, 1)
        found[key] = _Stored(entity)
        return _json(201, entity)

    def _page(self, company: str, template: str, sample: Entity | None, call: Call) -> Answer:
        asked = dict(parse_qsl(call.query))
        start = _int(asked.get("$skiptoken") or asked.get("$skip"), 0)
        wanted = _int(asked.get("$top"), _TOTAL * _TOTAL)
        every = [stored.entity for stored in self._set(company, template).values()]
        page = every[start : start + min(_PAGE, wanted)]
        left = min(wanted, len(every) - start) - len(page)
        columns = [name for name in asked.get("$select", "").split(",") if name]
        items: list[Plain] = [
            {name: each[name] for name in each if not columns or name in columns or name.startswith("@")}
            for each in page
        ]
        answer: Entity = {**(sample or {}), "@odata.count": len(every), "value": items}
        answer.pop("@odata.nextLink", None)
        if left > 0 and page:
            onward = {name: value for name, value in asked.items() if name not in ("$skip", "$top")}
            onward["$skiptoken"] = str(start + len(page))
            if "$top" in asked:
                onward["$top"] = str(left)
            answer["@odata.nextLink"] = f"{template.rpartition('/')[2]}?{urlencode(onward)}"
        return _json(200, answer)

    def _set(self, company: str, template: str) -> dict[str, _Stored]:
        """The entities of a set, made at its first use."""
        found = self.sets.get((company, template))
        if found is None:
            found = self.sets[company, template] = {}
            names = self._keys(template)
            for number in range(1, _TOTAL + 1):
                entity = dict(self._sample(template))
                for name in names:
                    is_number = isinstance(entity.get(name), int)
                    entity[name] = number if is_number else _number(company, number)
                key = "|".join(str(entity[name]) for name in names) or str(number)
                entity["@odata.etag"] = _etag(company, key, 1)
                found[key] = _Stored(entity)
        return found

    def _sample(self, template: str) -> Entity:
        for operation in self.api.operations:
            if operation.path.raw == template and operation.pages is not None:
                answer = _object(self.answers.of(operation).content) or {}
                items = answer.get("value")
                if isinstance(items, list) and items and isinstance(items[0], dict):
                    return {str(name): value for name, value in items[0].items()}
        return {}

    def _keys(self, template: str) -> list[str]:
        """The properties that are the key of a set, from the path of one of its entities."""
        for operation in self.api.operations:
            keyed = _KEY.search(operation.path.raw)
            if keyed is not None and operation.path.raw[: keyed.start()] == template:
                return [named or variable for named, variable in _NAMED.findall(keyed[1])]
        return []


def service(api: Api, answers: Answers) -> Service | None:
    """The service that a document describes; None where it describes something else."""
    return Service(api, answers) if api.protocol is Protocol.LN else None


def _number(company: str, number: int) -> str:
    return f"{company}{number:05}"


def _etag(company: str, key: str, version: int) -> str:
    return f'W/"{company}-{key}-{version}"'


def _int(text: str | None, usual: int) -> int:
    return int(text) if text is not None and text.isdecimal() else usual


def _object(content: bytes) -> Entity | None:
    try:
        value: object = json.loads(content) if content else None
    except ValueError:
        return None
    return {str(name): item for name, item in value.items()} if isinstance(value, dict) else None


def _failed(status: int, code: str, message: str, target: str) -> Answer:
    """A failure in OData's words (OData JSON 4.01, "Error Response")."""
    detail: dict[str, Plain] = {"code": code, "message": message, "target": target}
    error: dict[str, Plain] = {"code": code, "message": message, "details": [detail]}
    return _json(status, {"error": error})


def _json(status: int, value: Mapping[str, Plain]) -> Answer:
    return Answer(
        status, {"Content-Type": "application/json;odata.metadata=minimal"}, json.dumps(value).encode()
    )
