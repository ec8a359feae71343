"""`CHANGELOG.md` in a generated package: new sections are put in, and what stands there is the team's.

The file is not in the manifest: it may be edited, moved about in or deleted without a word of ours. Bytes go
in and come out, so that nothing of it is read wrongly.
"""

from __future__ import annotations

import re

FILE = "CHANGELOG.md"

_INTRODUCTION = b"""# Changelog

What changed in the API that this client was generated from, the newest first. `ionapi generate` puts a
section above the others when the API has changed, and leaves everything else in this file alone: write
into it what you like.

"""
_HEADING = re.compile(rb"^## ", re.MULTILINE)
_FENCE = re.compile(rb"^(```|~~~)", re.MULTILINE)
_PROPOSAL = re.compile(rb"^Proposed version:.*$", re.MULTILINE)
_PROPOSED = re.compile(rb"^Proposed version: \**(\d{1,9})\.(\d{1,9})\.(\d{1,9})\b", re.MULTILINE)


def with_section(existing: bytes | None, section: str) -> bytes:
    """The file with a section, `## ...`, above its first one. None is a file that is not there.

    It stays as it is where its first section is that one already, whatever version is proposed, as after a
    run that was killed before it ended: the same change cannot come twice without another in between.
    """
    if existing is None or not existing.strip():
        return _INTRODUCTION + section.encode("utf-8")
    end = b"\r\n" if b"\r\n" in existing else b"\n"
    new = section.encode("utf-8").replace(b"\n", end)
    place = _first_section(existing)
    before, after = existing[:place], existing[place:]
    if _PROPOSAL.sub(b"", after).startswith(_PROPOSAL.sub(b"", new)):
        return existing
    if not after:
        while not before.endswith(end * 2):
            before += end
        return before + new
    return before + new + end + after


def proposed_version(existing: bytes | None) -> tuple[int, int, int] | None:
    """The version that the newest section proposes, or what a person has made of it."""
    found = _PROPOSED.search(existing or b"")
    if found is None:
        return None
    major, minor, patch = map(int, found.groups())
    return major, minor, patch


def _first_section(existing: bytes) -> int:
    """Where the first heading of the second level is that does not stand in a block of code; the end without
    one."""
    for heading in _HEADING.finditer(existing):
        if len(_FENCE.findall(existing, 0, heading.start())) % 2 == 0:
            return heading.start()
    return len(existing)
