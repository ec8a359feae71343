"""The fields of a model class in the forms in which their codec goes through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from .fields import Field

Reading: TypeAlias = tuple[str, Callable[[object, object], bool]]
"""What a field is called on the wire, and its codec's `reads_as`."""

Table: TypeAlias = "tuple[tuple[str, str, Field], ...]"
"""Fields with their names in Python and on the wire."""


class Tables:
    """The fields of a class, for writing.

    Attributes:
        all: all of them.
        sent: those that are not left out of requests.
        withheld: the names on the wire of those that are.
    """

    __slots__ = ("all", "sent", "withheld")

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.all: Table = tuple(
            (name, field.wire, field) for name, field in fields.items()
        )
        self.sent: Table = tuple(row for row in self.all if not row[2].read_only)
        self.withheld = frozenset(
            wire for _, wire, field in self.all if field.read_only
        )
