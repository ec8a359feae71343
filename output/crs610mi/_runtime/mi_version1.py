"""Answers of version 1 of M3's REST service, told in the words of version 2."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from .mi_errors import said
from .values import is_array, is_object

_TYPE = "@type"
_RECORD = re.compile(r'\{\s*"(?:RowIndex|NameValue)"')
_FAILURE = re.compile(r'\{\s*"@type"')
_TRANSACTION = re.compile(r'"Transaction"\s*:\s*("[^"]*")')


def translated(answer: Mapping[str, object]) -> Mapping[str, object]:
    """An answer of version 1 as version 2 would have given it; one of something else as
    it is. A failure may stand in place of the answer, beside its records, or after the
    last of them."""
    if _TYPE not in answer and "Program" not in answer:
        return answer
    found = _listed(answer.get("MIRecord"))
    failures = [each for each in [answer, *found] if _TYPE in each]
    records = [each for each in found if _TYPE not in each]
    return _answer(said(answer, "Transaction"), records, failures)


def salvaged(content: bytes) -> Mapping[str, object] | None:
    """The same of a body that is no JSON since a failure has interrupted it: its
    records, and the failure behind them. None where there is none."""
    text = content.decode("utf-8", "replace")
    failures = list(_objects(_FAILURE, text))
    if not failures:
        return None
    named = _TRANSACTION.search(text)
    transaction: object = json.loads(named[1]) if named else None
    return _answer(transaction, list(_objects(_RECORD, text)), failures)


def _answer(
    transaction: object,
    records: list[Mapping[str, object]],
    failures: list[Mapping[str, object]],
) -> Mapping[str, object]:
    failure: dict[str, object] = {}
    for each in failures[:1]:
        failure = {
            "errorType": each.get(_TYPE),
            "errorCode": each.get("@code"),
            "errorField": each.get("@field"),
            "errorMessage": each.get("Message"),
        }
    result = {
        "transaction": transaction,
        "records": [_fields(each) for each in records],
        **failure,
    }
    return {"results": [result], **failure}


def _fields(record: Mapping[str, object]) -> dict[str, object]:
    pairs = _listed(record.get("NameValue"))
    return {str(pair["Name"]): pair.get("Value") for pair in pairs if "Name" in pair}


def _listed(value: object) -> list[Mapping[str, object]]:
    """The objects of a list; a list of one may be written without its brackets."""
    values = value if is_array(value) else [value]
    return [each for each in values if is_object(each)]


def _objects(start: re.Pattern[str], text: str) -> Iterator[Mapping[str, object]]:
    """The objects that begin so and are whole."""
    decoder = json.JSONDecoder()
    for found in start.finditer(text):
        try:
            value: object = decoder.raw_decode(text, found.start())[0]
        except (ValueError, RecursionError):
            continue
        if is_object(value):
            yield value
