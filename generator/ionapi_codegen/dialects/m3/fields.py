"""What a field of a transaction is, read off the text that M3 has for it: `Authorized(5)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ionapi_codegen.ir.schema import NO_CONSTRAINTS, Constraints, Docs, Json, Kind, Property, Scalar
from ionapi_codegen.ir.text import Text

_FIELD = re.compile(r"(.*)\((\d+)\)\s*", re.DOTALL)
"""96,609 of 96,609 entries of the 901 documents of the wheel inforion 2.26.2.4 are written so."""

_DATE = re.compile(r"\bdate\b", re.IGNORECASE)
_DATE_LENGTHS = frozenset({6, 8, 10})
"""Of a date in any of the formats that M3 knows."""


def described(said: Text | None) -> tuple[Docs, int | None]:
    """Description and greatest length of a field: `Authorized(5)` is "Authorized", 5 characters at most.

    Text of any other form is the description.
    """
    found = _FIELD.fullmatch(said.raw) if said else None
    if found is None:
        return Docs(description=said), None
    return Docs(description=Text(found[1].strip()) if found[1].strip() else None), int(found[2])


def kind(docs: Docs, length: int | None, *, counts: bool) -> Kind:
    """What the text of a field can be read as; `counts` where the document declares it a number."""
    if length in _DATE_LENGTHS and docs.description and _DATE.search(docs.description.raw):
        return Kind.DATE
    return Kind.DECIMAL_STRING if counts else Kind.STRING


def limits(length: int | None) -> Constraints:
    """At most so many characters."""
    return NO_CONSTRAINTS if length is None else Constraints(max_length=length)


def fields(example: Mapping[Text, Json], numbers: Iterable[Text]) -> tuple[Property, ...]:
    """The fields of a record, from the example that stands in for its schema; `numbers` are the fields that
    the program's parameters declare numbers."""
    counted = frozenset(numbers)
    return tuple(_field(name, said, name in counted) for name, said in example.items())


def _field(name: Text, said: Json, counts: bool) -> Property:
    docs, length = described(said if isinstance(said, Text) else None)
    return Property(name, Scalar(kind(docs, length, counts=counts), None, limits(length)), True, docs=docs)
