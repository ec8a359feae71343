"""The documents that a Mongoose application makes of its IDOs: found by a text, and fetched.

Infor's `api-docs-collection` lists them in pages, below `{tenant}/{suite}/IDORequestService/ido/dynamic`:

    {"paging": {"total": 12, "pageNumber": 1, "pageSize": 10},
     "swaggerCollection": {"swagger": [{"entity": "SLCustomers", "desc": "Customers",
                                        "swaggerEndpoint": "../api-docs-collection/SLCustomers"}]}}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.fetching.login import Login
from ionapi_codegen.fetching.wanted import Wanted
from ionapi_codegen.spec.download import DownloadFailed, Limits, Session, printable, shown

MOST = 200
"""Documents that one search may bring; who wants more searches more narrowly."""

_PAGE = 50
_LARGEST_PAGE = 4 << 20
_ADVICE = "look at --suite, and whether the application has dynamic documents"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the list: the name of the IDO, what it is said to be, and the document's URL."""

    name: str
    about: str
    url: str


def search(
    login: Login, suite: str, text: str, config: str | None, diagnostics: Diagnostics
) -> tuple[Entry, ...]:
    """The documents whose list entry holds a text, by name. `Stopped` where the list cannot be read, or is
    longer than `MOST`."""
    collection = f"{login.base}/{quote(suite)}/IDORequestService/ido/dynamic/api-docs-collection"
    try:
        found = {entry.url: entry for entry in _pages(collection, text, headers(login, config))}
    except DownloadFailed as failed:
        raise diagnostics.stop(failed.code, failed.message, help=failed.advice or _ADVICE) from None
    return tuple(sorted(found.values(), key=lambda entry: (entry.name, entry.url)))


def headers(login: Login, config: str | None) -> dict[str, str]:
    """What each request needs; `config` is the Mongoose configuration to log into, where one is asked for."""
    return login.headers() | ({"X-Infor-MongooseConfig": config} if config else {})


def wanted(entries: Sequence[Entry], folder: Path, ionapi: Path) -> list[Wanted]:
    """The documents of the list, each with a file of its own: `specs/SLCustomers.json`."""
    found: list[Wanted] = []
    taken: set[str] = set()
    for entry in entries:
        name = first = re.sub(r"[^A-Za-z0-9._-]+", "-", entry.name).strip(".-")[:80] or "ido"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{first}-{number}"
        taken.add(name.casefold())
        found.append(Wanted(entry.url, entry.url, folder / f"{name}.json", ionapi, None))
    return found


def _pages(collection: str, text: str, headers: Mapping[str, str]) -> Iterator[Entry]:
    session = Session(collection, Limits(), headers)
    seen = total = 0
    number = 1
    while number == 1 or seen < total:
        query = urlencode({"search": text, "pageNumber": number, "pageSize": _PAGE})
        answer = session.get(f"{collection}?{query}", _LARGEST_PAGE)
        entries, total = _page(answer.content, collection)
        if total > MOST:
            raise DownloadFailed(
                "fetch-too-many", f"the search finds {total:,} documents, more than {MOST}", "search for less"
            )
        if not entries:
            return
        yield from entries
        seen += len(entries)
        number += 1


def _page(content: bytes, collection: str) -> tuple[list[Entry], int]:
    try:
        tree: object = json.loads(content)
    except (ValueError, RecursionError):
        tree = None
    match tree:
        case {"paging": {"total": int(total)}, "swaggerCollection": {"swagger": list(listed)}}:
            return [_entry(each, collection) for each in listed], total
        case _:
            message = f"{shown(collection)} answers something else than a list of documents"
            raise DownloadFailed("fetch-ido-list", message, _ADVICE)


def _entry(listed: object, collection: str) -> Entry:
    """What is listed must lie below the list: the token is sent there."""
    match listed:
        case {"entity": str(name), "swaggerEndpoint": str(endpoint)}:
            url = urljoin(f"{collection}/", endpoint)
            below = url.removeprefix(f"{collection}/")
            if below != url and re.fullmatch(r"[^/?#]+", below) and below not in (".", ".."):
                about = listed.get("desc") if isinstance(listed, dict) else None
                return Entry(printable(name), printable(about) if isinstance(about, str) else "", url)
    raise DownloadFailed(
        "fetch-ido-list", f"an entry of {shown(collection)} does not name a document of that list", _ADVICE
    )
