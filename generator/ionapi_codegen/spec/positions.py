"""Where in a file a value stands: line and column of a JSON pointer, looked up only when a message needs
them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from ionapi_codegen.spec.load_json import locate_all_json, locate_json
from ionapi_codegen.spec.parse import is_json
from ionapi_codegen.spec.pointers import tokens
from ionapi_codegen.spec.source import SourceFile
from ionapi_codegen.spec.syntax import Spot, SyntaxFault

if TYPE_CHECKING:
    from ionapi_codegen.spec.load_yaml import YamlPlaces


def locate(source: SourceFile, pointer: str) -> Spot:
    """Line and column, from 1, of a member's key, or of an array's element.

    Of a pointer that leads nowhere (what is missing cannot be pointed at), the place of the nearest parent
    that there is; the first line of a text that cannot be parsed.
    """
    path = tokens(pointer)
    try:
        if is_json(source):
            return locate_json(source.text, path)
        return _places(source.text).locate(path)
    except (SyntaxFault, ValueError, IndexError, RecursionError):
        return Spot(1, 1)


def locate_all(source: SourceFile, pointers: Iterable[str]) -> dict[str, Spot]:
    """The same for many pointers at once."""
    paths = {pointer: tuple(tokens(pointer)) for pointer in pointers}
    located = locate_all_json if is_json(source) else _locate_all_yaml
    try:
        found = located(source.text, paths.values())
    except (SyntaxFault, ValueError, IndexError, RecursionError):
        return dict.fromkeys(paths, Spot(1, 1))
    return {pointer: found[path] for pointer, path in paths.items()}


@lru_cache(maxsize=2)
def _places(text: str) -> YamlPlaces:
    from ionapi_codegen.spec.load_yaml import YamlPlaces  # late: most documents are JSON

    return YamlPlaces(text)


def _locate_all_yaml(text: str, paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Spot]:
    from ionapi_codegen.spec.yaml_places import locate_all_yaml  # late, for the same reason

    return locate_all_yaml(text, paths)
