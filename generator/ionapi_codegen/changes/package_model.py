"""The model that a generated package carries in its manifest, as one printable word.

A later comparison reads it, which so needs neither the old documents nor the generator of then.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from ionapi_codegen.changes.model import Described
from ionapi_codegen.changes.packing import Plain, packed
from ionapi_codegen.changes.servers import has_functions
from ionapi_codegen.changes.unpacking import unpacked
from ionapi_codegen.output.manifest import FILE, parse
from ionapi_codegen.targets.base import NamedApi

_FORMAT = 1
_LARGEST = 1 << 30
"""Bytes that a model may have: far more than any, and few enough to be held."""


def encode(
    apis: Sequence[NamedApi], pinned: Mapping[str, str], last: str | None, *, names_servers: bool = True
) -> str:
    """The model of a package. `last` is what the package carries now: the word stays as it is while the model
    does, for compressors differ from machine to machine in what they make of the same bytes."""
    listed: list[Plain] = [[one.name, packed(one.api)] for one in apis]
    tree: dict[str, Plain] = {"format": _FORMAT, "pinned": dict(sorted(pinned.items())), "apis": listed}
    if names_servers and len(apis) == 1 and has_functions(apis[0].api):
        tree["servers"] = True
    content = json.dumps(tree, separators=(",", ":")).encode("ascii")
    if last is not None:
        try:
            if _decompressed(last) == content:
                return last
        except ValueError:
            return _compressed(content)
    return _compressed(content)


def decode(word: str, package: str) -> Described:
    """The side of a comparison that a package is. `ValueError` for what is no such model, or that of a later
    generator."""
    tree: object = json.loads(_decompressed(word))
    match tree:
        case {"format": int(number), "pinned": dict(pinned), "apis": list(apis), **rest} if number == _FORMAT:
            try:
                named = tuple(NamedApi(str(name), unpacked(values)) for name, values in apis)
            except (IndexError, KeyError, TypeError) as fault:
                raise ValueError("not a model") from fault
            pins = {str(key): str(name) for key, name in pinned.items()}
            return Described(named, package, pins, "servers" in rest)
        case _:
            raise ValueError("a model of another generator")


def carried(folder: Path) -> str | None:
    """The word that the package in a folder carries; None where there is no package, or one that has none.
    `OSError` and `ValueError` for a manifest that cannot be read."""
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return None
    return parse(content).model


def last(folder: Path) -> str | None:
    """The same for a package that is about to be made anew; None where it cannot be read, too."""
    try:
        return carried(folder)
    except (OSError, ValueError):
        return None


def _compressed(content: bytes) -> str:
    return base64.b85encode(zlib.compress(content, 6)).decode("ascii")


def _decompressed(word: str) -> bytes:
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(base64.b85decode(word), _LARGEST)
    except zlib.error as fault:
        raise ValueError("not compressed") from fault
    if not inflater.eof:
        raise ValueError("a model that is not whole, or too large")
    return content
