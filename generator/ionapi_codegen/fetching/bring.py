"""Fetching documents and keeping them: all of them, or none where anything is wrong."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Severity, Stopped
from ionapi_codegen.fetching import memory
from ionapi_codegen.fetching.login import Login
from ionapi_codegen.fetching.wanted import Wanted
from ionapi_codegen.output import copies
from ionapi_codegen.output.copies import Copy
from ionapi_codegen.output.manifest import sha256
from ionapi_codegen.spec.document import LoadOptions, load_bytes
from ionapi_codegen.spec.fetch import FetchedDocument, fetch_if_changed


class State(enum.Enum):
    """What fetching has changed about a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Brought:
    """A document as it was fetched. `before` is what its file held, `last` the SHA-256 of what was fetched
    into it before; `fetched` is None where the server has said that it is the same."""

    wanted: Wanted
    before: bytes | None
    last: str | None
    fetched: FetchedDocument | None

    @property
    def state(self) -> State:
        if self.fetched is None or self.fetched.content == self.before:
            return State.UNCHANGED
        return State.NEW if self.before is None else State.CHANGED


def bring(
    wanted: Sequence[Wanted],
    force: bool,
    diagnostics: Diagnostics,
    headers: Mapping[str, str] | None = None,
) -> tuple[Brought, ...]:
    """Fetches the documents and puts them where they belong; `headers` go with the requests to the gateway of
    somebody who has signed in already.

    What does not come, or is no OpenAPI document, is an error, and `Stopped` then: no file has changed. So is
    a file that somebody has edited since it was fetched, unless `force`.
    """
    brought: list[Brought] = []
    with ExitStack() as stack:
        logins: dict[Path, Login] = {}
        for one in wanted:
            with suppress(Stopped):
                url, own = one.url, headers or {}
                if one.ionapi is not None and headers is None:
                    if one.ionapi not in logins:
                        logins[one.ionapi] = stack.enter_context(Login(one.ionapi, diagnostics))
                    url, own = logins[one.ionapi].address(url), logins[one.ionapi].headers()
                brought.append(_fetched(one, url, own, diagnostics))
    if diagnostics.count(Severity.ERROR):
        raise Stopped
    keep(brought, force, diagnostics)
    return tuple(brought)


def keep(brought: Iterable[Brought], force: bool, diagnostics: Diagnostics) -> None:
    """Writes what was fetched, each file in one step; `Stopped` where one must not be overwritten."""
    changed = [(one, one.fetched) for one in brought if one.fetched is not None]
    found = [Copy(one.wanted.file, fetched.content, one.wanted.origin) for one, fetched in changed]
    for copy, (one, _) in zip(found, changed, strict=True):
        copies.check([copy], one.wanted.package, force, diagnostics, {one.last} if one.last else set())
    if diagnostics.count(Severity.ERROR):
        raise Stopped
    copies.write(found, diagnostics)
    for one, fetched in changed:
        memory.remember(one.wanted.url, one.wanted.file, fetched)


def restore(brought: Iterable[Brought], diagnostics: Diagnostics) -> None:
    """Undoes `bring`: the files are what they were before. `Stopped` where one cannot be written."""
    for one in brought:
        if one.state is State.CHANGED and one.before is not None:
            copies.write([Copy(one.wanted.file, one.before, one.wanted.origin)], diagnostics)
            if sha256(one.before) == one.last:  # and not what somebody had made of it
                memory.remember(one.wanted.url, one.wanted.file, FetchedDocument("", "", one.before))
        elif one.state is State.NEW:
            one.wanted.file.unlink(missing_ok=True)


def _fetched(one: Wanted, url: str, headers: Mapping[str, str], diagnostics: Diagnostics) -> Brought:
    before = None
    with suppress(OSError):
        before = one.file.read_bytes()
    fetched = fetch_if_changed(url, memory.known(one.url, one.file), diagnostics, headers=headers)
    if fetched is not None and fetched.content != before:
        load_bytes(fetched.url.partition("?")[0], fetched.content, LoadOptions(), diagnostics)
    return Brought(one, before, memory.digest(one.url, one.file), fetched)
