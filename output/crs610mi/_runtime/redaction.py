"""What of a server's answer may be shown in a message: little, and nothing that looks
like a secret."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 300
"""Characters of an excerpt."""

_BEGINNING = 4_000
"""Bytes of an answer that are looked at."""

# As text: `re` compiles them when the first error is shown, and not at import.
_WORD = r"[A-Za-z0-9_\-.~+/=#%]{20,}"
_UUID = r"(?i:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
_PROSE = r"[A-Za-z]*(?:[_\-./][A-Za-z]+)*[_\-./]?"


def excerpt(body: bytes | str, secrets: Iterable[str] = ()) -> str:
    """The beginning of an answer on one line, at most 300 characters.

    Each of `secrets`, and each long run of letters and digits as tokens and keys are,
    is replaced by `[…]`; UUIDs, which name failures in logs, and plain words stay. What
    a terminal would obey is taken out.

    >>> excerpt(b'{"token": "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ"}')
    '{"token": "[…]"}'
    """
    text = body if isinstance(body, str) else _text(body[:_BEGINNING])
    for secret in secrets:
        if secret:
            text = text.replace(secret, "[…]")
    text = re.sub(_WORD, _masked, " ".join(text.split()))
    shown = "".join(letter if letter.isprintable() else "?" for letter in text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _masked(found: re.Match[str]) -> str:
    word = found[0]
    prose = len(word) < 80 and re.fullmatch(_PROSE, word)
    return word if prose or re.fullmatch(_UUID, word) else "[…]"


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")
