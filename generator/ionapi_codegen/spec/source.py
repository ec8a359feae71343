"""What a file holds as text: its bytes read within a limit, its encoding, its lines."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place

MOST_BYTES = 64 * 1024 * 1024
"""Size of the largest file that is read unless an option says otherwise: five times that of the largest
public API."""

_FILE = "give a file in it"
_READABLE = "let the user who runs ionapi read it (chmod, chown), or correct the path"

_CREDENTIALS = re.compile(r"""["'](?:cs|saak|sask)["']\s*:""", re.IGNORECASE)
"""The keys of the secrets in an `.ionapi` file, whatever the file is called and whatever it was given as."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class SourceFile:
    """One file that was read.

    `name` is what messages call it: as the user named it, or relative like that. `text` has no byte order
    mark and its line ends are `\\n`. `sha256` is that of the bytes, in hexadecimal.
    """

    name: str
    text: str = field(repr=False)
    sha256: str

    @property
    def holds_secrets(self) -> bool:
        """Whether this is an `.ionapi` file: nothing of it belongs into a message or into a document."""
        return self.name.lower().endswith(".ionapi") or _CREDENTIALS.search(self.text) is not None

    def lines(self, first: int, last: int) -> tuple[tuple[int, str], ...]:
        """Line numbers (from 1) with their text, `first` to `last`, as far as the file has them."""
        first = max(first, 1)
        return tuple(enumerate(self.text.split("\n", last)[first - 1 : last], first))


def read(path: Path, name: str, most_bytes: int, diagnostics: Diagnostics) -> SourceFile:
    """The file at the path. `Stopped` where it cannot be read, is too large, or is no text."""
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise diagnostics.stop(
            "file-not-found", "there is no such file", Place(name), "correct the path"
        ) from None
    except IsADirectoryError:
        raise diagnostics.stop(
            "file-unreadable", "this is a folder, not a file", Place(name), _FILE
        ) from None
    except (OSError, ValueError) as failure:
        reason = (
            failure.strerror if isinstance(failure, OSError) and failure.strerror else "the name is not valid"
        )
        raise diagnostics.stop(
            "file-unreadable", f"the file cannot be read: {reason.lower()}", Place(name), _READABLE
        ) from None
    return decode(name, content, most_bytes, diagnostics)


def decode(name: str, content: bytes, most_bytes: int, diagnostics: Diagnostics) -> SourceFile:
    """The text of the bytes: UTF-8, or what a byte order mark says. `Stopped` where they are too many or no
    text."""
    if len(content) > most_bytes:
        raise diagnostics.stop(
            "file-too-large",
            f"the file is larger than {most_bytes:,} bytes",
            Place(name),
            "split it into several that refer to each other",
        )
    mark, encoding = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as failure:
        before = content[: failure.start].decode("latin-1") if encoding == "utf-8" else ""
        raise diagnostics.stop(
            "file-encoding",
            f"the file is not {encoding.upper()} text",
            Place(name, "", before.count("\n") + 1, failure.start - (before.rfind("\n") + 1) + 1),
            "save it as UTF-8",
        ) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceFile(name, text, hashlib.sha256(content).hexdigest())
