"""What stands for "absent": a value of its own, different from null."""

from __future__ import annotations

import enum
from typing import Final, Literal


class Unset(enum.Enum):
    """The type of `UNSET`.

    It is an enumeration of one member, so that type checkers narrow `str | Unset` both by
    `if value:` and by `if value is not UNSET:`.
    """

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""A field that the server did not send, or that is not to be sent. It is false."""
