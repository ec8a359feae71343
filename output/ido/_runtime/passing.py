"""Which refusals of an authorization server may be over in a moment."""

from __future__ import annotations

_STATUSES = frozenset({408, 425, 429})


def is_passing(status: int) -> bool:
    """Whether the same request may fare better in a moment: the server is busy, or
    fails."""
    return status in _STATUSES or status >= 500
