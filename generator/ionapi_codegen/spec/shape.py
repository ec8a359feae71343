"""What a value of a document is in OpenAPI's terms, and what becomes of it on its way to the shape of 3.1.

The grammar is a table of roles (`grammar.py`). Upgrades (`upgrade.py`, `swagger.py`) are functions of one
object, called when the node of that object is made: what nobody looks at is never upgraded, and what does
not change is never copied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeAlias

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.overlay_origins import Patched
from ionapi_codegen.spec.source import SourceFile

Object: TypeAlias = dict[str, object]

_NAMING = re.compile(r"\$(?:id|self|anchor|dynamicAnchor)")


class Library(Protocol):
    """Opens the files that references name."""

    def open(self, path: str, seen_from: Tree) -> Tree:
        """The file at a relative path. Raises Dangling."""
        ...


class Dangling(Exception):
    """A reference leads nowhere. What it says becomes one diagnostic at the reference.

    `lacking` is the pointer of the component that is not there, where that is a schema of the same document
    and no misspelt name of another one: nobody but the author of the document could say what it is. `place`
    is where the mistake is, if not at the reference. Of what is `reported` nothing more needs to be said.
    """

    def __init__(
        self,
        code: str,
        message: str,
        help: str | None = None,
        *,
        lacking: str | None = None,
        place: Place | None = None,
        reported: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help
        self.lacking = lacking
        self.place = place
        self.reported = reported


@dataclass(frozen=True, eq=False)
class Tree:
    """The value of one file as it was written, or as overlays have left it. `path` is None for what came from
    elsewhere than the disk.

    `role` is that of the whole value where the file is a document of its own, None where it holds pieces.
    `head` is the value of the document whose version and defaults count: of this file, or of the one that
    refers to it. `patched` is where the value says of its parts which file they were written in, where
    overlays have changed it.
    """

    source: SourceFile
    value: object
    path: Path | None
    role: Role | None
    head: Object
    library: Library
    diagnostics: Diagnostics
    patched: Patched | None = None

    @cached_property
    def has_names(self) -> bool:
        """Whether the file may name anything by URI or anchor: a quick look at its text."""
        texts = self.patched.texts if self.patched is not None else [self.source]
        return any(_NAMING.search(source.text) is not None for source in texts)

    def place(self, pointer: str) -> Place:
        """Where in the text a value of the file was written."""
        return self.patched.place(pointer) if self.patched is not None else Place(self.source.name, pointer)


class Site(Protocol):
    """Where an object stands: its file and its place in the original text."""

    @property
    def tree(self) -> Tree: ...
    @property
    def pointer(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a member stands that an upgrade has moved or made.

    `pointer` is its place in the text, in `tree` where it was taken out of another file. It is identified by
    that place or, where the place is that of something else, by `suffix` behind what identifies its parent.
    `members` are those of its own members that do not stand below it.
    """

    pointer: str
    suffix: str | None = None
    members: Mapping[str, Origin] | None = None
    tree: Tree | None = None


@dataclass(frozen=True, slots=True)
class Shaped:
    """An object in 3.1's shape; `members` are those that stood elsewhere."""

    value: Object
    members: Mapping[str, Origin] | None = None


Upgrade: TypeAlias = Callable[[Object, Site], Shaped | None]
"""None for an object that is in 3.1's shape as it is."""


@dataclass(slots=True, eq=False)
class Role:
    """What stands where.

    `fields` are the members with a meaning of their own, `others` is the role of all the rest, `elements`
    that of an array's; None is plain data. `kinds` are the Python types that a value may have: one of
    another kind counts as absent, or as `instead`. Members `x-…` are data, unless the names of the
    members are the author's.
    """

    expected: str
    kinds: tuple[type, ...]
    fields: dict[str, Role] = field(default_factory=dict)
    others: Role | None = None
    elements: Role | None = None
    named_by_author: bool = False
    instead: Object | None = None
    upgrade: Upgrade | None = None

    @property
    def is_collection(self) -> bool:
        """Whether this is no object of its own, but many of one role: `properties`, `content`,
        `parameters`."""
        return not self.fields and (self.others is not None or self.elements is not None)

    def member(self, key: str) -> Role | None:
        """The role of a member, None for data."""
        role = self.fields.get(key)
        if role is not None or self.others is None:
            return role
        return self.others if self.named_by_author or not key.startswith("x-") else None
