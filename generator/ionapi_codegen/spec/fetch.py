"""Documents from the network: the document at a URL, or the one that the page at that URL shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec import pages
from ionapi_codegen.spec.download import (
    LOGIN,
    Answer,
    DownloadFailed,
    Known,
    Limits,
    NotModified,
    Session,
    printable,
    shown,
)
from ionapi_codegen.spec.pages import Choice, Page

_SIGNED_IN = "look at the address, and at what the app and its service account may do on the gateway"
_LARGEST_PAGE = 4 << 20
_MOST_SETTINGS = 4
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """A document and where it came from: `url` after redirects and through pages, `name` for a file."""

    url: str
    name: str
    content: bytes
    etag: str | None = None
    last_modified: str | None = None


def fetch(
    url: str,
    diagnostics: Diagnostics,
    *,
    limits: Limits = _DEFAULT_LIMITS,
    headers: Mapping[str, str] | None = None,
) -> FetchedDocument:
    """The document at a URL, or the document that the page at that URL shows.

    https only; http is for this machine. Where a page shows several documents, the fragment of the URL
    chooses one by its name, and without a fragment the message lists the names. `headers` go to the origin
    of `url` and to no other. Raises `Stopped`; no message holds a password or the query of a URL.
    """
    try:
        return _fetch(url, limits, headers or {}, None)
    except DownloadFailed as failed:
        raise diagnostics.stop(failed.code, failed.message, help=failed.advice) from None


def fetch_if_changed(
    url: str,
    known: Known | None,
    diagnostics: Diagnostics,
    *,
    limits: Limits = _DEFAULT_LIMITS,
    headers: Mapping[str, str] | None = None,
) -> FetchedDocument | None:
    """As `fetch`; None where the server says that the document is still the known one."""
    try:
        return _fetch(url, limits, headers or {}, known)
    except NotModified:
        return None
    except DownloadFailed as failed:
        advice = _SIGNED_IN if headers and failed.advice == LOGIN else failed.advice
        raise diagnostics.stop(failed.code, failed.message, help=advice) from None


def _fetch(url: str, limits: Limits, headers: Mapping[str, str], known: Known | None) -> FetchedDocument:
    address, _, wanted = url.partition("#")
    session = Session(address, limits, headers, known)
    answer = session.get(address, limits.size)
    if not pages.is_page(answer.content, answer.media_type):
        return _document(answer)
    page = _explore(session, answer)
    if page.embedded and not page.documents:
        name = file_name(answer.url, "application/json")
        return FetchedDocument(answer.url, name, page.embedded[0].encode(), answer.etag, answer.last_modified)
    return _document(session.get(_choose(answer.url, page.documents, unquote(wanted)).url, limits.size))


def _explore(session: Session, answer: Answer) -> Page:
    """What a page shows, the scripts and configurations beside it that it names included."""
    if len(answer.content) > _LARGEST_PAGE:
        raise DownloadFailed(
            "fetch-page", f"{shown(answer.url)} is a web page too large to find a document in", LOGIN
        )
    page = pages.of_html(answer.text, answer.url)
    followed = 0
    while followed < min(len(page.settings), _MOST_SETTINGS):
        source = page.settings[followed]
        followed += 1
        text = session.get(source, _LARGEST_PAGE).text
        read = pages.of_script if urlsplit(source).path.endswith(".js") else pages.of_configuration
        page += read(text, answer.url)
    return page


def _choose(page: str, documents: tuple[Choice, ...], wanted: str) -> Choice:
    if not documents:
        raise DownloadFailed(
            "fetch-page", f"{shown(page)} is a web page, and names no document that could be found", LOGIN
        )
    if len(documents) == 1:
        return documents[0]
    for choice in documents:
        if wanted.lower() in ((choice.name or "").lower(), choice.url.lower()) and wanted:
            return choice
    names = [choice.name or choice.url for choice in documents]
    raise DownloadFailed(
        "fetch-several-documents",
        f"the page {shown(page)} shows {len(names)} documents: {', '.join(map(printable, names))}",
        f"say which one behind a #: '{shown(page)}#{printable(names[0])}'",
    )


def _document(answer: Answer) -> FetchedDocument:
    if pages.is_page(answer.content, answer.media_type):
        raise DownloadFailed("fetch-page", f"{shown(answer.url)} is a web page and no document", LOGIN)
    return FetchedDocument(
        answer.url,
        file_name(answer.url, answer.media_type),
        answer.content,
        answer.etag,
        answer.last_modified,
    )


def file_name(url: str, media_type: str) -> str:
    """A name for a file on the disk, from the last part of the path: letters, digits, `.`, `-` and `_`
    only."""
    split = urlsplit(url)
    last = PurePosixPath(unquote(split.path)).name or (split.hostname or "document")
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip(".-")[:80] or "document"
    if re.search(r"\.(json|ya?ml)$", name, re.IGNORECASE):
        return name
    return f"{name}.{'yaml' if 'yaml' in media_type else 'json'}"
