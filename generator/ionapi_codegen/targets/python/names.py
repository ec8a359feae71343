"""Which identifier each thing of one scope gets.

A scope sees all of its names at once. The result does not depend on their order, a name that is
added changes no other unless both want the same identifier, and what tells two apart is something of
their own: a location, a spelling, at last a digest, never a number that counts neighbours.
"""

from __future__ import annotations

import builtins
import enum
import hashlib
import keyword
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.words import pascal, snake, words, words_with_signs

_LONGEST = 60
"""Characters of an identifier, so that one fits on a line of its own wherever it stands."""

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))]
)
_KEYWORDS = frozenset(keyword.kwlist)
# `match`, `case`, `type` and `_` are names like any other where no statement can begin.
_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))


class Case(enum.Enum):
    """How the words of an identifier are put together."""

    SNAKE = "snake"
    PASCAL = "pascal"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where identifiers must differ: how they are spelled, and what they must not be.

    `noun` is what an identifier starts with where the document's name has no letter to start with
    (`parameter_1lay`). `folded` scopes hold names of files: unique without regard to case.
    """

    case: Case
    noun: str
    reserved: frozenset[str] = frozenset()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that needs a name.

    `key` identifies it, within the scope, for ever. `words` are the name's own; `spelling` is the name as
    written, which tells apart what the words do not. `qualifiers` are tried in order where another has a
    better claim (`("header",)` makes `id_header`); `rank` is the claim, the lowest wins.
    """

    key: str
    words: tuple[str, ...]
    spelling: Text
    qualifiers: tuple[tuple[str, ...], ...] = ()
    rank: int = 0


def wanted(key: str, name: Text, qualifiers: tuple[tuple[str, ...], ...] = (), rank: int = 0) -> Wanted:
    """A thing that is called by one name of the document."""
    return Wanted(key, words(name), name, qualifiers, rank)


def allocate(
    scope: Scope, things: Iterable[Wanted], pinned: Mapping[str, str] | None = None
) -> dict[str, str]:
    """An identifier for each thing, by its key. `pinned` maps keys to identifiers that the user has fixed."""
    fixed = pinned or {}
    entries = sorted(things, key=lambda thing: thing.key)
    names = {thing.key: fixed[thing.key] for thing in entries if thing.key in fixed}
    natural = {thing.key: spelled(scope, thing) for thing in entries if thing.key not in names}
    rivals: dict[str, list[Wanted]] = {}
    for thing in entries:
        if thing.key in natural:
            rivals.setdefault(_folded(scope, natural[thing.key]), []).append(thing)
    taken = {_folded(scope, name) for name in names.values()}
    losers: list[tuple[Wanted, Wanted | None]] = []
    for identifier, rival in rivals.items():
        rival.sort(key=lambda thing: (thing.rank, natural[thing.key] != thing.spelling.raw, thing.key))
        winner = None if identifier in taken else rival[0]
        if winner is not None:
            names[winner.key] = natural[winner.key]
        losers += [(thing, winner) for thing in rival if thing is not winner]
    taken |= rivals.keys()
    for thing, winner in losers:
        others = _others(scope, thing, winner.qualifiers if winner else ())
        names[thing.key] = next(name for name in others if _folded(scope, name) not in taken)
        taken.add(_folded(scope, names[thing.key]))
    return names


def spelled(scope: Scope, thing: Wanted) -> str:
    """The identifier that a thing gets when nothing else in the scope wants it."""
    parts = thing.words
    if not parts or not parts[0][0].isalpha():
        parts = (*_signs_in_front(thing.spelling.raw), *parts)
    return _identifier(scope, parts)


def _signs_in_front(name: str) -> tuple[str, ...]:
    """The signs before the first letter or digit: the `plus` of `+1`."""
    end = next((at for at, char in enumerate(name) if char.isalnum()), len(name))
    return words_with_signs(Text(name[:end]))


def identifier(scope: Scope, name: Text) -> str:
    """The identifier of a name that is alone in its scope."""
    return spelled(scope, wanted("", name))


def _identifier(scope: Scope, parts: tuple[str, ...]) -> str:
    if not parts or not parts[0][0].isalpha():
        parts = (scope.noun, *parts)
    name = pascal(parts) if scope.case is Case.PASCAL else snake(parts)
    if len(name) > _LONGEST:
        name = name[:_LONGEST].rstrip("_") + "_" + _digest(name)[:6]
    unusable = name in _KEYWORDS or name in scope.reserved or (scope.folded and name.lower() in _DEVICES)
    return name + "_" if unusable else name


def _others(scope: Scope, thing: Wanted, shared: Collection[tuple[str, ...]]) -> Iterable[str]:
    """What else a thing may be called, the best first; a qualifier that is shared tells nothing apart."""
    for qualifier in thing.qualifiers:
        if qualifier not in shared:
            yield _identifier(scope, (*thing.words, *qualifier))
    raw = thing.spelling.raw.lower() if scope.folded else thing.spelling.raw
    if _usable(scope, raw):
        yield raw
    yield _identifier(scope, words_with_signs(thing.spelling))
    digest = _digest(thing.key)
    for length in range(4, len(digest)):
        yield _identifier(scope, (*thing.words, digest[:length]))


def _usable(scope: Scope, name: str) -> bool:
    """Whether a name of the document is good as it is: `CONO` beside `cono`."""
    return (
        scope.case is Case.SNAKE
        and name.isascii()
        and name.isidentifier()
        and not name.startswith("_")
        and len(name) <= _LONGEST
        and name not in scope.reserved
        and name not in _KEYWORDS
    )


def _folded(scope: Scope, name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold() if scope.folded else name


def _digest(key: str) -> str:
    """Letters only, so that an identifier stays one word, sorted alike by everybody."""
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return "".join(chr(ord("a") + half) for byte in digest for half in divmod(byte, 16))


BUILTINS = _BUILTINS
"""Names that annotations may need, and that a class or a module should therefore not redefine."""
