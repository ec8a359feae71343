"""Names that are one name on some disks: Windows and macOS do not tell `Orders.py` from `orders.py`."""

from __future__ import annotations

import unicodedata


def folded(path: str) -> str:
    """The same for two paths exactly where some disk takes them for one."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFKC", path).casefold()
