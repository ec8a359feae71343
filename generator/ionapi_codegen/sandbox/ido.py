"""How a Mongoose application answers IDO requests: collections in bookmarked pages, failures with status 200,
downloads that fail without a body.

A call that names no configuration fails, and so do the next ones that `refuse` is asked for. Records are made
up, 25 in each collection; filters and orders count for nothing. Beside the operations of the documents there
are those of `sandbox.ido_documents`, which also says how documents of IDOs are listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import ByBookmark, Location, Operation
from ionapi_codegen.ir.schema import Property, Record, Ref, Type
from ionapi_codegen.sandbox.answers import Answer, Answers
from ionapi_codegen.sandbox.arguments import Call
from ionapi_codegen.sandbox.ido_documents import COLLECTION, IDOS, Ido, document, listed
from ionapi_codegen.sandbox.m3 import Refusals
from ionapi_codegen.sandbox.samples import Plain

_CONFIG = "x-infor-mongooseconfig"
_NO_CONFIG = "The configuration is missing: X-Infor-MongooseConfig names one"
_TOTAL = 25
"""So many records each collection has."""

_USUAL = 200
"""Records of a page that is not asked for a number, or for -1."""

_NAMES = ("Name", "Description", "RowPointer", "_ItemId")
"""Properties of a collection that nobody has described."""

_SERVICE = re.compile(r".*/idorequestservice/ido", re.IGNORECASE)
_BOOKMARK = re.compile(r"<F><v>(\d+)</v></F><L><v>(\d+)</v></L>")
_PASSWORD = re.compile(r"(/token/[^/]+/[^/]+/).+$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Service:
    """The operations of one document, and what they answer by themselves."""

    api: Api
    answers: Answers = field(repr=False)


def service(api: Api, answers: Answers) -> Service | None:
    """The service that a document describes; None where it describes something else."""
    return Service(api, answers) if api.protocol is Protocol.IDO else None


def root(base: str) -> str | None:
    """Where the IDO service lies, from where a document's operations do; None where that is elsewhere."""
    found = _SERVICE.match(base)
    return found[0] if found else None


def masked(path: str) -> str:
    """A path as it may be kept, without the password that `/token/{config}/{username}/{password}` has."""
    return _PASSWORD.sub(r"\1[…]", path)


def transact(service: Service, operation: Operation, call: Call, refusals: Refusals) -> Answer:
    """The answer of an operation of the document."""
    answer = service.answers.of(operation, call.headers.get("accept", "*/*"))
    sample = _object(answer.content) if "json" in answer.headers.get("Content-Type", "") else None
    takes_config = any(
        each.location is Location.HEADER and each.name.raw.lower() == _CONFIG for each in operation.parameters
    )
    message = _failure(call.headers, refusals) if takes_config else None
    if message is not None:
        return _failed(sample, message)
    if sample is None:
        return answer
    if operation.pages is not None and isinstance(operation.pages.step, ByBookmark):
        name = next(iter(call.variables.values()), service.api.title.raw)
        return _page(sample, name, _properties(service.api, operation.pages.item, name), call.query)
    return _json(200, _done(sample, call.body))


def dynamic(service: str, path: str, method: str, call: Call, refusals: Refusals) -> Answer | None:
    """The answer of what Mongoose adds to its documents below `service`; None where that is nothing."""
    if not f"{path}/".startswith(f"{service}{COLLECTION}/"):
        return None
    names = path.removeprefix(f"{service}{COLLECTION}").strip("/").split("/")
    ido = IDOS.get(names[0])
    match method, names:
        case "GET", [""]:
            return _json(200, listed(call.query))
        case "GET", [_] if ido is not None:
            return _json(200, document(ido, service))
        case "GET" | "POST", [_, called] if ido is not None:
            return _executed(ido, f"{method} {called}", call, refusals)
        case _:
            return None


def _executed(ido: Ido, called: str, call: Call, refusals: Refusals) -> Answer | None:
    """The answer of an operation of a made-up document."""
    noun = ido.name.removeprefix("SL")
    sample: dict[str, Plain] = {"Success": True, "Message": None}
    if called not in (f"GET Get{noun}", f"POST Update{noun}"):
        return None
    message = _failure(call.headers, refusals)
    if message is not None:
        return _failed(sample, message)
    if called.startswith("GET"):
        return _page({**sample, "MoreRowsExist": False}, ido.name, ido.properties, call.query)
    return _json(200, {**sample, "RefreshItems": None})


def _failure(headers: Mapping[str, str], refusals: Refusals) -> str | None:
    """Why a call fails, if it does."""
    if not headers.get(_CONFIG, "").strip():
        return _NO_CONFIG
    refusal = refusals.take()
    return None if refusal is None else str(refusal["errorMessage"])


def _failed(sample: Mapping[str, Plain] | None, message: str) -> Answer:
    """A failure: an object without anything else in it, or an empty file."""
    if sample is None:
        return Answer(200, {"X-Message": message}, b"")
    return _json(200, {**dict.fromkeys(sample), "Success": False, "Message": message})


def _done(sample: Mapping[str, Plain], body: bytes) -> dict[str, Plain]:
    """The sample, with what a call that succeeds says of itself. The arguments of a method come back."""
    said: dict[str, Plain] = {"Success": True, "Message": None, "ReturnValue": "0"}
    try:
        arguments: object = json.loads(body) if body else None
    except ValueError:
        arguments = None
    if isinstance(arguments, list):
        said["Parameters"] = arguments
    return {name: said.get(name, value) for name, value in sample.items()}


def _page(sample: Mapping[str, Plain], ido: str, names: Iterable[str], query: str) -> Answer:
    """The page that a query asks for."""
    asked = {name.lower(): value for name, value in parse_qsl(query)}
    wanted = [name for name in asked.get("properties", "").split(",") if name and name != "*"]
    found = _BOOKMARK.search(asked.get("bookmark", ""))
    way = asked.get("loadtype", "FIRST").upper()
    if "bookmark" in asked and found is None:
        return _failed(sample, "The bookmark is none")
    cap = asked.get("recordcap", "-1")
    size = {"-1": _USUAL, "0": _TOTAL}.get(cap, int(cap) if cap.isdecimal() else _USUAL)
    first, last = (int(found[1]), int(found[2])) if found else (1, 0)
    match way:
        case "NEXT":
            start = last + 1
        case "PREV" | "PREVIOUS":
            start = max(1, first - size)
        case "LAST":
            start = max(1, _TOTAL + 1 - size)
        case "FIRST":
            start = 1
        case _:
            return _failed(sample, f"{way} is no load type")
    end = first - 1 if way.startswith("PREV") else min(start + size - 1, _TOTAL)
    items: list[Plain] = [_record(ido, wanted or names, number) for number in range(start, end + 1)]
    mark = f"<B><P><p>RowNo</p></P><D><f>false</f></D><F><v>{start}</v></F><L><v>{end}</v></L></B>"
    page: dict[str, Plain] = {"Success": True, "Message": None, "Items": items, "Bookmark": mark}
    if "MoreRowsExist" in sample:
        page["MoreRowsExist"] = end < _TOTAL
    return _json(200, {**dict.fromkeys(sample), **page})


def _record(ido: str, names: Iterable[str], number: int) -> dict[str, Plain]:
    key = f"00000000-0000-4000-8000-{number:012}"
    made = {"RowPointer": key, "_ItemId": f"PBT=[{ido}] {ido}.ID=[{key}]"}
    return {name: made.get(name, f"{name} {number}") for name in names}


def _properties(api: Api, item: Type, ido: str) -> tuple[str, ...]:
    """What records of a collection hold: what the document says, or else what it is known for."""
    schema = api.schemas.get(item.target) if isinstance(item, Ref) else None
    if isinstance(schema, Record) and schema.properties:
        return tuple(each.name.raw for each in _all(api, schema))
    return IDOS[ido].properties if ido in IDOS else _NAMES


def _all(api: Api, record: Record) -> Iterable[Property]:
    for base in record.bases:
        above = api.schemas.get(base.target)
        if isinstance(above, Record):
            yield from _all(api, above)
    yield from record.properties


def _object(content: bytes) -> dict[str, Plain] | None:
    value: object = json.loads(content) if content else None
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else None


def _json(status: int, value: Mapping[str, Plain]) -> Answer:
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(value).encode())
