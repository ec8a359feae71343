"""What servers have called the state of documents that were fetched: their ETag and date.

Kept in the user's cache and not beside the documents, where it would be noise: it says nothing about them,
and without it they are fetched in full.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from ionapi_codegen.output.manifest import sha256
from ionapi_codegen.recall import cache_folder
from ionapi_codegen.spec.download import Known
from ionapi_codegen.spec.fetch import FetchedDocument


def known(url: str, file: Path) -> Known | None:
    """What to ask a server about a document, where the file still is what it sent."""
    entry = _entry(url, file)
    try:
        current = sha256(file.read_bytes())
    except OSError:
        return None
    match entry:
        case {"sha256": last, "url": str(address), "etag": etag, "last_modified": date} if last == current:
            return Known(
                address,
                etag if isinstance(etag, str) else None,
                date if isinstance(date, str) else None,
            )
        case _:
            return None


def digest(url: str, file: Path) -> str | None:
    """The SHA-256 of what was last fetched into a file."""
    found = _entry(url, file).get("sha256")
    return found if isinstance(found, str) else None


def remember(url: str, file: Path, fetched: FetchedDocument) -> None:
    """Keeps what the server has said; nowhere, where there is no cache that can be written."""
    entry = {
        "sha256": sha256(fetched.content),
        "url": sha256(fetched.url.encode()),
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
    }
    with suppress(OSError, RuntimeError):
        place = _place(url, file)
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_suffix(".new")
        new.write_text(json.dumps(entry), "utf-8")
        new.replace(place)


def _entry(url: str, file: Path) -> dict[str, object]:
    try:
        entry: object = json.loads(_place(url, file).read_bytes())
    except (OSError, ValueError, RuntimeError):
        return {}
    return entry if isinstance(entry, dict) else {}


def _place(url: str, file: Path) -> Path:
    """URLs may hold keys: neither the name nor the content of an entry shows one."""
    key = sha256("\n".join((url, str(file.absolute()))).encode())
    return cache_folder() / "fetched" / f"{key}.json"
