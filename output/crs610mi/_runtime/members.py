"""The members of a JSON object that may be no such thing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast


def members_of(text: str | bytes) -> Mapping[str, object]:
    """The members; none where the text is not a JSON object.

    It returns, and does not raise, so that no traceback shows the text, which may hold
    a token.
    """
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast(Mapping[str, object], value) if isinstance(value, dict) else {}
