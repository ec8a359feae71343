"""What the actions of an overlay change in a document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.spec.overlay import Action, Applied, Copy, Overlay, Remove, Update
from ionapi_codegen.spec.overlay_origins import Patched, Path, Written
from ionapi_codegen.spec.syntax import MOST_DEPTH, quoted

if TYPE_CHECKING:
    from jsonpath import JSONPathEnvironment

_HOW = "https://www.rfc-editor.org/rfc/rfc9535 says how; keys with / or - go in brackets: $.paths['/orders']"
_CONTAINER = (
    "select the object around it, and update that: Overlay 1.0 changes objects and arrays only "
    "(1.1, `overlay: 1.1.0`, changes any value)"
)


def apply(overlay: Overlay, patched: Patched, diagnostics: Diagnostics) -> Applied:
    """Changes the document as the overlay says, action by action.

    `Stopped` for a target that is no JSONPath, or selects what the action cannot be applied to; `patched` is
    of no use then.
    """
    patched.texts.append(overlay.source)
    run = _Run(overlay, patched, diagnostics)
    unmatched = tuple(action.pointer for action in overlay.actions if not run.apply(action))
    return Applied(overlay.source.name, overlay.source.sha256, unmatched)


class _Run:
    """One overlay on one document."""

    def __init__(self, overlay: Overlay, patched: Patched, diagnostics: Diagnostics) -> None:
        self._overlay = overlay
        self._patched = patched
        self._diagnostics = diagnostics

    def apply(self, action: Action) -> bool:
        """Whether the action had anything to change."""
        found = self._select(action.target, f"{action.pointer}/target")
        if not found:
            return False
        match action:
            case Remove():
                self._remove(found, action)
            case Update(value=value):
                written = Written(self._overlay.source.name, f"{action.pointer}/update")
                for path in found:
                    self._update(path, value, written, action)
            case Copy():
                value, written = self._copied(action)
                for path in found:
                    self._update(path, value, written, action)
        return True

    def _select(self, query: str, pointer: str) -> list[Path]:
        """What a JSONPath selects, in the order of the document, each once."""
        from jsonpath import JSONPathError, JSONPathSyntaxError

        reason = ""
        try:
            top = self._patched.value
            matches = _environment().finditer(query, top if isinstance(top, (dict, list)) else {})
            return list(dict.fromkeys(match.parts for match in matches))
        except RecursionError:
            reason = "the document is nested too deeply for it"
        except JSONPathSyntaxError as failure:
            reason = str(failure.message)
            if failure.token is not None and 0 <= failure.token.index < len(query):
                reason = f"{reason}, at character {failure.token.index + 1}"
        except JSONPathError as failure:
            reason = str(failure.message)
        raise self._stop(pointer, f"{quoted(query)} cannot be read as a JSONPath: {_words(reason)}", _HOW)

    def _remove(self, found: list[Path], action: Remove) -> None:
        for path in found:
            value, _ = self._patched.at(path)
            if self._overlay.is_1_0 and not isinstance(value, (dict, list)):
                raise self._stop(
                    f"{action.pointer}/target", f"{_spelled(path)} is {_kind(value)}", _CONTAINER
                )
            if not path:
                message = "the whole document cannot be removed"
                raise self._stop(f"{action.pointer}/target", message, "select what is inside: $.paths…")
        # From the end: no element moves before its turn, and what is inside goes before what is around it.
        for path in sorted(found, reverse=True):
            self._patched.remove(path)

    def _copied(self, action: Copy) -> tuple[object, Written]:
        pointer = f"{action.pointer}/copy"
        found = self._select(action.source, pointer)
        if len(found) != 1:
            message = f"{quoted(action.source)} selects {len(found) or 'no'} values, and one is copied"
            raise self._stop(pointer, message, "select exactly one")
        return self._patched.at(found[0])

    def _update(self, path: Path, value: object, written: Written, action: Action) -> None:
        target, _ = self._patched.at(path)
        match target:
            case dict():
                if not isinstance(value, dict):
                    raise self._incompatible(path, target, value, written, action)
                self._merge(path, target, value, written, action)
            case list():
                if not self._overlay.is_1_0 and isinstance(value, list):
                    self._extend(path, value, written)
                else:
                    self._patched.append(path, value, written)
            case _ if self._overlay.is_1_0:
                raise self._stop(
                    f"{action.pointer}/target", f"{_spelled(path)} is {_kind(target)}", _CONTAINER
                )
            case _:
                if isinstance(value, (dict, list)):
                    raise self._incompatible(path, target, value, written, action)
                self._patched.set(path, value, written)

    def _merge(
        self,
        path: Path,
        target: dict[str, object],
        value: dict[str, object],
        written: Written,
        action: Action,
    ) -> None:
        for key, member in value.items():
            place = (*path, key)
            at = written.member(key)
            if key not in target:
                self._patched.set(place, member, at)
                continue
            match target[key], member:
                case dict() as inner, dict():
                    self._merge(place, inner, member, at, action)
                case list(), list():
                    self._extend(place, member, at)
                case (dict() | list(), _) | (_, dict() | list()):
                    raise self._incompatible(place, target[key], member, at, action)
                case _:
                    self._patched.set(place, member, at)

    def _extend(self, path: Path, values: list[object], written: Written) -> None:
        for index, value in enumerate(values):
            self._patched.append(path, value, written.member(index))

    def _incompatible(
        self, path: Path, target: object, value: object, written: Written, action: Action
    ) -> Stopped:
        own = written.file == self._overlay.source.name
        return self._stop(
            written.pointer if own else f"{action.pointer}/copy",
            f"{_spelled(path)} is {_kind(target)}, with which {_kind(value)} cannot be merged",
            "to replace it, remove it in an action before this one",
        )

    def _stop(self, pointer: str, message: str, help: str) -> Stopped:
        return self._diagnostics.stop("overlay-target", message, self._overlay.place(pointer), help)


@cache
def _environment() -> JSONPathEnvironment:
    """RFC 9535 to the letter, for documents as deep as any that is read."""
    from jsonpath import JSONPathEnvironment

    class Environment(JSONPathEnvironment):
        max_recursion_depth = MOST_DEPTH + 10

    return Environment(strict=True)


def _words(text: str) -> str:
    """What a library says about a text of the user's: one printable line."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= 200 else line[:199] + "…"


def _spelled(path: Path) -> str:
    """`$.paths['/orders'].get`, for a message."""
    steps = (
        f"[{key}]" if isinstance(key, int) else f".{key}" if key.isidentifier() else f"[{key!r}]"
        for key in path
    )
    return _words("$" + "".join(steps))


def _kind(value: object) -> str:
    match value:
        case dict():
            return "an object"
        case list():
            return "an array"
        case str():
            return "a text"
        case bool():
            return "true or false"
        case None:
            return "null"
        case _:
            return "a number"
