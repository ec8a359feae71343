"""How M3 answers transactions: records made of what the documents say of fields, in M3's envelope."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import ByLastItem, Operation, Parameter
from ionapi_codegen.ir.schema import Array, Kind, Property, Record, Ref, Scalar, Type
from ionapi_codegen.sandbox import m3_version1 as version1
from ionapi_codegen.sandbox.arguments import Call

_LISTED = 3
"""So many records a transaction has that lists them."""

_IN_ORDER = 5
"""So many a list has that starts at a field."""

_SAMPLES = {Kind.DATE: ("20240229",), Kind.DECIMAL_STRING: ("12.50", "1")}
"""What a field of a kind holds: the first that fits."""


@dataclass(slots=True)
class Refusals:
    """The next `times` transactions fail with a business error."""

    times: int = 0
    kind: str = "ServerReturnedNOK"
    message: str = "The sandbox refuses"

    def take(self) -> Mapping[str, object] | None:
        """What the result of a transaction says that fails now."""
        if self.times <= 0:
            return None
        self.times -= 1
        return _failure(self.kind, self.message, "", "SBX0001")


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, and the JSON that goes with it."""

    status: int
    answer: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Program:
    """The transactions of one program, by name."""

    name: str
    api: Api
    transactions: Mapping[str, Operation] = field(repr=False)


def program(api: Api) -> Program | None:
    """The program that a document describes; None where it describes something else."""
    if api.protocol is not Protocol.M3 or api.gateway_path is None:
        return None
    name = api.gateway_path.raw.rpartition("/")[2]
    return Program(name, api, {_name(each): each for each in api.operations})


def templates(operation: Operation) -> Iterable[str]:
    """The paths of a transaction: one of version 1 may have `options` behind its semicolon."""
    path = operation.path.raw
    return (path[:-1], f"{path}{{options}}") if path.endswith(";") else (path,)


def transact(program: Program, operation: Operation, call: Call, refusals: Refusals) -> Reply:
    """The answer of a transaction that was called by itself."""
    is_version1 = operation.path.raw.endswith(";")
    options = call.variables.get("options", "").split(";") if is_version1 else []
    given = dict(parse_qsl("&".join([*options, call.query])))
    wrong = _wrong(operation, given)
    result = wrong if wrong is not None else _result(program, operation, given, refusals)
    if is_version1:
        return Reply(200, version1.answer(program.name, _name(operation), result))
    return Reply(400, result) if wrong is not None else Reply(200, _envelope([result]))


def execute(programs: Mapping[str, Program], body: bytes, refusals: Refusals) -> Reply:
    """The answer of transactions in bulk: each has its own result, whatever became of the others."""
    try:
        asked = json.loads(body)
        program = programs[asked["program"]]
        listed = [(str(each["transaction"]), dict(each["record"])) for each in asked["transactions"]]
    except (ValueError, KeyError, TypeError):
        return Reply(400, _failure("BadRequest", "program and transactions are needed", "", ""))
    options = {
        "maxrecs": str(asked.get("maxReturnedRecords", "")),
        "righttrim": str(asked.get("rightTrim", True)).lower(),
    }
    results: list[Mapping[str, object]] = []
    for name, record in listed:
        operation = program.transactions.get(name)
        if operation is None:
            failure = _failure("TransactionNotFound", f"{program.name} has no transaction {name}", "", "")
            results.append({"transaction": name, "records": [], **failure})
        elif (wrong := _wrong(operation, record)) is not None:
            results.append({"transaction": name, "records": [], **wrong})
        else:
            results.append(_result(program, operation, {**options, **record}, refusals))
    return Reply(200, _envelope(results))


def _name(operation: Operation) -> str:
    return operation.path.raw.strip("/;")


def _wrong(operation: Operation, given: Mapping[str, str]) -> Mapping[str, object] | None:
    """What M3 says of the first field that is missing or too long."""
    for parameter in operation.parameters:
        text = given.get(parameter.name.raw, "")
        if parameter.required and not text.strip():
            said = f"The field {parameter.name.raw} must be given"
            return _failure("MandatoryInputFieldNotFound", said, parameter.name.raw, "")
        length = _length(parameter.type)
        if length is not None and len(text.rstrip()) > length:
            said = f"The field {parameter.name.raw} holds {length} characters"
            return _failure("InputFieldTooLong", said, parameter.name.raw, "")
    return None


def _result(
    program: Program, operation: Operation, given: Mapping[str, str], refusals: Refusals
) -> Mapping[str, object]:
    name = _name(operation)
    failure = refusals.take()
    if failure is not None:
        return {"transaction": name, "records": [], **failure}
    listed = not name.startswith("Get")
    most = int(given["maxrecs"]) if given.get("maxrecs", "").isdecimal() else 0
    begins = _begins(operation)
    series: Sequence[Mapping[str, str]]
    if begins is not None:
        keys = _keys(begins, given.get(begins.name.raw, "").strip())
        series = [{**given, begins.name.raw: key} for key in keys][: most or None]
    else:
        series = [given] * (min(_LISTED, most or _LISTED) if listed else 1)
    wanted = {each for each in given.get("returncols", "").split(",") if each}
    padded = given.get("righttrim") == "false"
    fields = [each for each in _fields(program.api, operation) if not wanted or each.name.raw in wanted]
    records = [{each.name.raw: _text(each, values, padded) for each in fields} for values in series]
    result: dict[str, object] = {"transaction": name, "records": records if fields else []}
    if given.get("extendedresult") == "true":
        sent = {each.name.raw for each in operation.parameters}
        result["parameters"] = {key: text for key, text in given.items() if key in sent}
    return result


def _begins(operation: Operation) -> Parameter | None:
    """The field from which a transaction lists, if its list has an order that we know."""
    step = operation.pages.step if operation.pages is not None else None
    if not isinstance(step, ByLastItem):
        return None
    return next((each for each in operation.parameters if each.name == step.parameter), None)


def _keys(begins: Parameter, start: str) -> list[str]:
    """The values of that field, in order: what was asked for first, then what comes after it."""
    kind = begins.type.kind if isinstance(begins.type, Scalar) else Kind.STRING
    numbers = range(1, _IN_ORDER + 1)
    if kind is Kind.DATE:
        return [key for key in (f"202402{number:02}" for number in numbers) if key >= start]
    if kind is Kind.DECIMAL_STRING:
        return [str(number) for number in numbers if not start.isdecimal() or number >= int(start)]
    keys = [f"{number:0{min(_length(begins.type) or 1, 4)}}" for number in numbers]
    return [*([start] if start and start not in keys else []), *(key for key in keys if key >= start)]


def _fields(api: Api, operation: Operation) -> Iterable[Property]:
    for response in operation.responses:
        for content in response.contents:
            if isinstance(content.type, Array) and isinstance(content.type.items, Ref):
                record = api.schemas[content.type.items.target]
                return record.properties if isinstance(record, Record) else ()
    return ()


def _text(found: Property, given: Mapping[str, str], padded: bool) -> str:
    """What was asked for comes back; else something that fits into the field."""
    kind = found.type.kind if isinstance(found.type, Scalar) else Kind.STRING
    described = found.docs.description.raw if found.docs.description else found.name.raw
    length = _length(found.type)
    samples = [each for each in _SAMPLES.get(kind, ()) if length is None or len(each) <= length]
    text = (given.get(found.name.raw) or next(iter(samples), described))[:length].rstrip()
    return text.ljust(length or 0) if padded else text


def _length(type: Type) -> int | None:
    return type.constraints.max_length if isinstance(type, Scalar) else None


def _failure(kind: str, message: str, blamed: str, code: str) -> Mapping[str, object]:
    return {"errorMessage": message, "errorCode": code, "errorField": blamed, "errorType": kind}


def _envelope(results: list[Mapping[str, object]]) -> Mapping[str, object]:
    failed = sum("errorMessage" in each for each in results)
    return {
        "results": results,
        "wasTerminated": False,
        "nrOfSuccessfullTransactions": len(results) - failed,
        "nrOfFailedTransactions": failed,
        "nrOfNotProcessedTransactions": 0,
    }
