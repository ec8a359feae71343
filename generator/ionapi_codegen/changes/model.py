"""What a change of an API is: how much it weighs, whom it breaks, where it stands on both sides."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.targets.base import NamedApi


class Level(enum.Enum):
    """How much a change weighs for callers, the heaviest first."""

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    DOCUMENTATION = "documentation"


class Breaks(enum.Enum):
    """What stops working."""

    SOURCE = "source"  # code written for the old client no longer type-checks against the new one
    WIRE = "wire"  # the old client, not yet regenerated, fails against a server of the new document


@dataclass(frozen=True, slots=True)
class Side:
    """The thing that changed as one side has it.

    `value` is what it is there, in a few words (`str`, `required`, `at most 5`); None where a word would only
    repeat the message. `place` is `file:line:column` in that side's document, None where the side is a
    package, which knows the model but not the document's lines, and until `places.with_lines` has looked.
    `pointer` is the JSON pointer of the thing in the document, empty where it has none. `written` is where
    to look.
    """

    value: str | None = None
    place: str | None = None
    pointer: str = ""
    written: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in the words of the generated client.

    `kind` is stable and documented (`parameter-required`), `where` the caller's name of what changed
    (`customers.list_customers`, `Order.total`), `message` what happened to it without repeating the name.
    `old` is None for what was added, `new` for what was removed.
    """

    level: Level
    breaks: tuple[Breaks, ...]
    kind: str
    where: str
    message: str
    old: Side | None
    new: Side | None


@dataclass(frozen=True, slots=True)
class Described:
    """One side of a comparison: the documents of a package, named as its client names them.

    `package` is the import name where it is known; it stands before the names of a package of several
    documents (`m3.crs610mi.add`). `pinned` are the names that the user has fixed, as in
    `targets.base.Options`. `names_servers` is whether it is known what the functions are called that give the
    addresses of a document, and a package of that document has them.
    """

    apis: tuple[NamedApi, ...]
    package: str | None = None
    pinned: Mapping[str, str] = field(default_factory=dict)
    names_servers: bool = True
