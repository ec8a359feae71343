"""What a forked child must not inherit, and how it is dropped."""

from __future__ import annotations

import os
import weakref
from typing import Protocol


class Inherited(Protocol):
    """Something with locks, connections or tokens that belong to one process."""

    def after_fork(self) -> None:
        """Drops them; runs in the child before anything else does."""


_KNOWN: weakref.WeakSet[Inherited] = weakref.WeakSet()


def drop_in_child(inherited: Inherited) -> None:
    """Has `inherited.after_fork` called in each child that is forked while it lives."""
    _KNOWN.add(inherited)


def _drop_all() -> None:
    for inherited in list(_KNOWN):
        inherited.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drop_all)
