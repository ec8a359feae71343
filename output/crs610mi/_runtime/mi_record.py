"""What an M3 transaction returns: records of named fields, all of them texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from .mi_dates import read_date

if TYPE_CHECKING:
    from decimal import Decimal

Read: TypeAlias = Callable[[str, str], str]
"""Makes the value of a field of its text and of the date format of the call."""


class NumberText(str):
    """The text of a field that holds a number, as M3 sent it.

    >>> NumberText("12.500000").decimal
    Decimal('12.500000')
    """

    __slots__ = ()

    @property
    def decimal(self) -> Decimal | None:
        """The number with all its digits; None for a blank field.

        Raises:
            ValueError: the text is no number.
        """
        from decimal import Decimal, InvalidOperation  # late: not every record is read

        text = self.strip()
        if not text:
            return None
        # A report writes the sign of a number behind it.
        signed = f"-{text[:-1]}" if text.endswith("-") else text
        try:
            number = Decimal(signed)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValueError(f"{text!r} is no number")
        return number

    @property
    def int(self) -> int | None:
        """The number, if it is whole; None for a blank field.

        Raises:
            ValueError: the text is no whole number.
        """
        number = self.decimal
        if number is None:
            return None
        whole = int(number)
        if whole != number:
            raise ValueError(f"{self.strip()!r} is no whole number")
        return whole


class DateText(str):
    """The text of a field that holds a date, as M3 sent it.

    >>> DateText("20261124").date
    datetime.date(2026, 11, 24)
    """

    __slots__ = ("_format",)

    _format: str

    def __new__(cls, text: str, dateformat: str = "YMD8") -> Self:
        date = super().__new__(cls, text)
        date._format = dateformat
        return date

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self._format)

    @property
    def date(self) -> dt.date | None:
        """The date, read in the date format of the call that returned it; None for a
        blank field and for zero.

        Raises:
            ValueError: the text is no date.
        """
        return read_date(self.strip(), self._format)


class MIField:
    """Reads one field of a record; of the class it is the field's name in M3.

    >>> class Customer(MIRecord):
    ...     cuno: str
    >>> Customer.cuno
    'CUNO'
    """

    __slots__ = ("_read", "wire")

    def __init__(self, wire: str, annotation: str) -> None:
        self.wire = wire
        self._read = _READERS.get(annotation)

    def __get__(self, record: MIRecord | None, owner: type[MIRecord]) -> str:
        if record is None:
            return self.wire
        text = record.text(self.wire)
        return text if self._read is None else self._read(text, record.dateformat)


class MIRecord:
    """A record: its fields are attributes in lower case, texts without the blanks that
    M3 pads them with. A field that M3 left out is blank.

    Args:
        values: the texts by the names that the fields have in M3, as they came.
        dateformat: how the call had dates written.
        stripped: whether blanks at the end are left away.
        wires: a class argument: the names in M3 of fields that are called otherwise.

    Attributes:
        dateformat: how dates are written in it.
    """

    __slots__ = ("_stripped", "_values", "dateformat")

    fields: ClassVar[Mapping[str, MIField]] = {}
    """The fields by their names in Python."""

    def __init_subclass__(cls, *, wires: Mapping[str, str] | None = None) -> None:
        super().__init_subclass__()
        named = wires or {}
        own: dict[str, MIField] = {}
        for key in cls.__annotations__.items():
            name, annotation = key
            if name in named:
                field = MIField(named[name], annotation)
            elif (known := _KNOWN.get(key)) is not None:
                field = known
            else:
                field = _KNOWN[key] = MIField(wire_name(name), annotation)
            own[name] = field
            setattr(cls, name, field)
        cls.fields = {**cls.fields, **own}

    def __init__(
        self,
        values: Mapping[str, str],
        *,
        dateformat: str = "YMD8",
        stripped: bool = True,
    ) -> None:
        self._values = values
        self._stripped = stripped
        self.dateformat = dateformat

    def text(self, field: str) -> str:
        """A field by its name in M3; blank where M3 did not send it."""
        text = self._values.get(field, "")
        return text.rstrip() if self._stripped else text

    @property
    def extra(self) -> dict[str, str]:
        """The fields that the document does not know, by their names in M3."""
        known = {field.wire for field in self.fields.values()}
        return {name: self.text(name) for name in self._values if name not in known}

    def to_dict(self) -> dict[str, str]:
        """All that came, by the names in M3, as it came."""
        return dict(self._values)

    def __repr__(self) -> str:
        known = {field.wire: name for name, field in self.fields.items()}
        shown = [
            f"{known.get(field, field)}={self.text(field)!r}" for field in self._values
        ]
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MIRecord) or type(other) is not type(self):
            return NotImplemented
        return self._texts() == other._texts()

    def _texts(self) -> dict[str, str]:
        return {name: text for name in self._values if (text := self.text(name))}


_KNOWN: dict[tuple[str, str], MIField] = {}
"""Fields by their names and annotations: records of a program have most in common."""


def wire_name(name: str) -> str:
    """What a field is called in M3: `field_1lay` is `1LAY`, `from_` is `FROM`.

    Fields of M3 are capitals and digits, so their names follow from those in Python.
    """
    bare = name.removeprefix("field_")
    return (bare if bare[:1].isdigit() else name).rstrip("_").upper()


_READERS: Mapping[str, Read] = {
    "DateText": DateText,
    "NumberText": lambda text, dateformat: NumberText(text),
}
