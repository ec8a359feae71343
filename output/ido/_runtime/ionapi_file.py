"""What an `.ionapi` file says: its keys read and typed, its secrets never shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Never, cast

from .errors import CredentialsError

LARGEST = 1 << 20
"""Bytes of a file. Real ones have about 1,000."""

DOWNLOAD = (
    "download it again: API Gateway > Authorized Apps > the app > Download Credentials"
)

_MEANINGS = {
    "ti": "the tenant",
    "ci": "the client id",
    "cs": "the client secret",
    "iu": "the gateway's URL",
    "pu": "the authorization server's URL",
    "ot": "the path of the token endpoint",
    "or": "the path of the revocation endpoint",
    "oa": "the path of the authorization endpoint",
    "saak": "the access key of the service account",
    "sask": "the secret key of the service account",
    "sc": "the scopes",
    "cn": "the name of the application",
}

_READ = frozenset(_MEANINGS)


class IonApiFile:
    """One JSON object, with keys in any case, from a file or a text.

    `name` is what messages call it. Neither `repr` nor an exception shows a value, and
    making one raises nothing: whoever does so holds the text in a variable, which the
    traceback of an error would show.
    """

    __slots__ = ("_found", "name")

    def __init__(self, name: str, content: bytes | str) -> None:
        self.name = name
        self._found = _read(content)

    def __repr__(self) -> str:
        return f"<IonApiFile {self.name}>"

    @property
    def _values(self) -> Mapping[str, object]:
        if isinstance(self._found, _Malformed):
            raise CredentialsError(f"{self.name} {self._found.reason}; {DOWNLOAD}")
        return self._found

    def text(self, key: str) -> str | None:
        """The value of a key; None where it is absent, null or empty.

        Raises `CredentialsError` where it is something other than text.
        """
        if not isinstance(self._values.get(key), str | None):
            self.refuse(key, f"must be text in double quotes; {DOWNLOAD}")
        return self._value(key) or None

    def required(self, key: str) -> str:
        """As `text`, of a key that must be there. Raises `CredentialsError`."""
        if self.text(key) is None:
            self.lacks(key, DOWNLOAD)
        return self._value(key)

    def refuse_space(self, key: str) -> None:
        """Raises `CredentialsError` where there is white space in a value, which no id
        and no key has."""
        if not _is_one_word(self.text(key) or ""):
            self.refuse(
                key,
                "has white space or a control character in it, a copying error; "
                + DOWNLOAD,
            )

    def scopes(self) -> tuple[str, ...]:
        """The scopes (`sc`), from a list or from one text with spaces."""
        value = self._values.get("sc")
        if isinstance(value, str):
            return tuple(value.split())
        if value is None:
            return ()
        if isinstance(value, list):
            listed = cast(list[object], value)
            scopes = tuple(one for one in listed if isinstance(one, str))
            if len(scopes) == len(listed):
                return scopes
        self.refuse("sc", f"must be a text or a list of texts; {DOWNLOAD}")

    def is_of_backend_service(self) -> bool:
        """Whether the file is of an app that needs no service account (`dt` is 12)."""
        return self._values.get("dt") in ("12", 12)

    def extra(self) -> Mapping[str, object]:
        """The keys that nothing here asks for, in lower case."""
        return {key: self._values[key] for key in self._values if key not in _READ}

    def lacks(self, key: str, advice: str) -> Never:
        """Raises the error for a key that is not there."""
        message = f'{self.name} lacks "{key}" ({_MEANINGS[key]}); {advice}'
        raise CredentialsError(message)

    def refuse(self, key: str, why: str) -> Never:
        """Raises the error for a key whose value will not do."""
        raise CredentialsError(f'{self.name}: "{key}" ({_MEANINGS[key]}) {why}')

    def _value(self, key: str) -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else ""


class _Malformed:
    def __init__(self, reason: str) -> None:
        self.reason = reason


def _read(content: bytes | str) -> Mapping[str, object] | _Malformed:
    """The object by lower-case key. Raises nothing: an error of `json` would keep the
    whole text."""
    if len(content) > LARGEST:
        return _Malformed(f"is no .ionapi file: it has more than {LARGEST:,} bytes")
    try:
        text = content if isinstance(content, str) else _decoded(content)
        value: object = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_Members
        )
    except UnicodeDecodeError:
        return _Malformed("is no .ionapi file: its text is not UTF-8")
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        return _Malformed(f"is not JSON: {error.msg}, {place}")
    except (RecursionError, ValueError):
        return _Malformed("is no .ionapi file: its JSON cannot be read")
    if not isinstance(value, _Members):
        return _Malformed("is no .ionapi file: it is not a JSON object")
    return value.by_lower_case_key()


def _decoded(content: bytes) -> str:
    return content.decode(json.detect_encoding(content))


class _Members(dict[str, object]):
    """A JSON object that remembers a key which came twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        keys = [key.lower() for key, _ in pairs]
        self.repeated = sorted({key for key in keys if keys.count(key) > 1})

    def by_lower_case_key(self) -> Mapping[str, object] | _Malformed:
        """Nobody can tell which of two secrets is meant, so none may come twice."""
        if self.repeated:
            key = "".join(c if c.isprintable() else "?" for c in self.repeated[0])
            return _Malformed(f'has the key "{key[:80]}" twice')
        return {key.lower(): value for key, value in self.items()}


def _is_one_word(value: str) -> bool:
    return all(letter.isprintable() and not letter.isspace() for letter in value)
