"""What an `.ionapi` file holds: its JSON read with the place of every key, no secret ever shown.

Infor's files are one JSON object. A byte order mark, keys in any case and unknown keys are accepted; a key
that occurs twice is not, since nobody can tell which of two secrets is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.ionapi.members import Malformed, Member, members

LARGEST_FILE = 1 << 20
"""Bytes. Real files have about 1,000."""

DOWNLOAD = "download it again: API Gateway > Authorized Apps > the app > Download Credentials"


@dataclass(frozen=True, slots=True)
class IonApiFile:
    """A file that was read. `values` are by lower-case key and are not shown by `repr`.

    Infor's keys: `ti` tenant, `ci` and `cs` client id and secret, `iu` gateway, `pu` authorization server,
    `ot`, `or` and `oa` its paths for tokens, revocation and authorization, `saak` and `sask` the service
    account, `sc` scopes.
    """

    name: str
    values: Mapping[str, object] = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)

    def text(self, key: str) -> str | None:
        """The value of a key as text; None where it is absent, null, empty, or not text."""
        value = self.values.get(key)
        return value if isinstance(value, str) and value else None

    def place(self, key: str) -> Place:
        """Where the key stands; the file itself for a key that it lacks."""
        return self.places.get(key, Place(self.name))


def read(path: Path, diagnostics: Diagnostics) -> IonApiFile:
    """Reads and parses a file; what its values are worth, `check.check` says.

    Raises `Stopped` where there is no such file, or it is no JSON object, or has a key twice.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = f"the .ionapi file cannot be read: {reason}"
        raise diagnostics.stop("ionapi-unreadable", message, Place(str(path)), help=DOWNLOAD) from None
    return parse(str(path), content, diagnostics)


def parse(name: str, content: bytes, diagnostics: Diagnostics) -> IonApiFile:
    """As `read`, of bytes that are in memory; `name` is what messages call them."""
    if len(content) > LARGEST_FILE:
        message = f"this is no .ionapi file: it is larger than {LARGEST_FILE:,} bytes"
        raise diagnostics.stop("ionapi-unreadable", message, Place(name), help=DOWNLOAD)
    try:
        found = members(content)
    except Malformed as error:
        message = f"the .ionapi file is no JSON object: {error.reason}"
        place = Place(name, line=error.line, column=error.column, secret=True)
        raise diagnostics.stop("ionapi-not-json", message, place, help=DOWNLOAD) from None
    return _file(name, found, diagnostics)


def _file(name: str, found: tuple[Member, ...], diagnostics: Diagnostics) -> IonApiFile:
    values: dict[str, object] = {}
    places: dict[str, Place] = {}
    for member in found:
        key = member.key.lower()
        place = Place(name, line=member.line, column=member.column, secret=True)
        if key in values:
            first = f"first in line {places[key].line}, column {places[key].column}"
            message = f'the key "{printable(key)}" is there twice, {first}'
            advice = "keep one of the two; keys that differ by case only are the same"
            raise diagnostics.stop("ionapi-duplicate-key", message, place, advice)
        values[key] = member.value
        places[key] = place
    return IonApiFile(name, values, places)


def printable(text: str) -> str:
    """At most 80 characters of a text that is no secret, for a message; what a terminal would obey is
    replaced."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text)
    return shown if len(shown) <= 80 else shown[:79] + "…"
