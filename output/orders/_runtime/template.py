"""The path of an operation, `/items/{itemId}`, with arguments put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from . import quoting
from .texts import is_absent

_PLACE = re.compile(r"\{([^{}/]+)\}")


def names(template: str) -> list[str]:
    """The names of the variables, in order.

    >>> names("/orders/{orderId}/lines/{line}")
    ['orderId', 'line']
    """
    return _PLACE.findall(template)


class PathTemplate:
    """A path, taken apart at its slashes: an argument never changes another segment.

    A fragment, by which some documents tell operations of one path apart, is not sent.

    Args:
        template: the path as the document has it.
        writers: for each variable the argument's name, and what writes its value.
    """

    __slots__ = ("_segments",)

    def __init__(
        self,
        template: str,
        writers: Mapping[str, tuple[str, Callable[[object], str]]],
    ) -> None:
        path = template.partition("#")[0]
        self._segments = [_Segment(segment, writers) for segment in path.split("/")]

    def expand(self, arguments: Mapping[str, object]) -> str:
        """The path as it is sent.

        Raises:
            ValueError: an argument is None or empty, or makes a segment `.` or `..`,
                which servers and proxies take for a step through the path, encoded or
                not; the message names the argument.
        """
        return "/".join([segment.expand(arguments) for segment in self._segments])


class _Segment:
    __slots__ = ("_literal", "_pieces", "_quoted")

    def __init__(
        self,
        segment: str,
        writers: Mapping[str, tuple[str, Callable[[object], str]]],
    ) -> None:
        # Literals and names of variables take turns.
        parts = _PLACE.split(segment)
        self._quoted = {
            writers[parts[place]][0]
            for place in range(1, len(parts), 2)
            if parts[place - 1].endswith("'") and parts[place + 1].startswith("'")
        }
        self._literal = quoting.literal(segment) if len(parts) == 1 else None
        self._pieces: list[str | tuple[str, Callable[[object], str]]] = []
        for place, part in enumerate(parts):
            if place % 2:
                self._pieces.append(writers[part])
            elif part:
                self._pieces.append(quoting.literal(part))

    def expand(self, arguments: Mapping[str, object]) -> str:
        if self._literal is not None:
            return self._literal
        expanded = ""
        name = ""
        for piece in self._pieces:
            if isinstance(piece, str):
                expanded += piece
                continue
            name, write = piece
            value = arguments.get(name)
            written = "" if is_absent(value) else write(value)
            if not written:
                raise ValueError(f"{name}: a part of the path cannot be empty")
            if name in self._quoted:
                # A text in quotes, `Items('{item}')`: OData doubles those inside.
                written = written.replace("%27", "%27%27").replace("'", "''")
            expanded += written
        if "." in expanded or "%2" in expanded:
            for step in unquote(expanded).split("/"):
                if step in (".", ".."):
                    raise ValueError(
                        f"{name}: a part of the path cannot be {step!r}, which stands "
                        "for another path"
                    )
        return expanded
