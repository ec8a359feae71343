"""What a generated package was made from and consists of: `.ionapi-codegen.json`, in the package's folder.

It is how a later run knows which files are the generator's, and which of them somebody has edited; and how
tools find an operation's method without reading Python.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ionapi_codegen.targets.base import OperationEntry

FILE = ".ionapi-codegen.json"


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One file of a specification. `name` is relative to the folder of the document's first file; `origin` is
    the URL of what was fetched; `is_overlay` is whether it changes the documents before it."""

    name: str
    sha256: str
    origin: str | None = None
    is_overlay: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` maps the path of every generated file, in the package's folder, to its SHA-256. `model` is what
    the package was made from, for later comparisons: one word without quotes or backslashes."""

    generator: str
    documents: tuple[DocumentEntry, ...]
    files: Mapping[str, str]
    operations: tuple[OperationEntry, ...] = ()
    model: str | None = None

    @classmethod
    def of(
        cls,
        generator: str,
        documents: tuple[DocumentEntry, ...],
        files: Mapping[str, bytes],
        operations: tuple[OperationEntry, ...],
        model: str | None = None,
    ) -> Manifest:
        digests = {path: sha256(files[path]) for path in sorted(files)}
        return cls(generator, documents, digests, operations, model)

    def to_bytes(self) -> bytes:
        """JSON: sorted, a line for each document, file and operation, with a newline at its end; the same for
        the same package on every machine."""
        documents = [
            {"name": one.name, "sha256": one.sha256}
            | ({"origin": one.origin} if one.origin else {})
            | ({"overlay": True} if one.is_overlay else {})
            for one in sorted(set(self.documents), key=lambda one: (one.name, one.sha256))
        ]
        operations = [
            {
                "id": one.id,
                "method": one.method,
                "path": one.path,
                "call": one.call,
                "parameters": {name: list(place) for name, place in one.parameters.items()},
                "body": one.body,
                "effect": one.effect,
            }
            for one in sorted(self.operations, key=lambda one: (one.call, one.method, one.path))
        ]
        members = [
            f'"generator": {json.dumps(self.generator)}',
            f'"documents": {_a_line_each(documents)}',
            f'"files": {json.dumps(dict(sorted(self.files.items())), indent=4)[:-1]}  }}',
            f'"operations": {_a_line_each(operations)}',
        ]
        if self.model is not None:
            members.append(f'"model": {json.dumps(self.model)}')
        return ("{\n  " + ",\n  ".join(members) + "\n}\n").encode("ascii")


def _a_line_each(entries: Sequence[Mapping[str, object]]) -> str:
    """An array of which each element has a line to itself, so that a difference shows what changed."""
    lines = ",".join(f"\n    {json.dumps(entry)}" for entry in entries)
    return f"[{lines}\n  ]" if lines else "[]"


def parse(content: bytes) -> Manifest:
    """The manifest as far as a later run needs it, without the operations; `ValueError` where it is none."""
    try:
        tree: object = json.loads(content)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(tree, dict):
        raise ValueError("not an object")
    files, documents, generator = tree.get("files"), tree.get("documents"), tree.get("generator")
    if not (isinstance(files, dict) and isinstance(documents, list) and isinstance(generator, str)):
        raise ValueError("not a manifest")
    if not all(isinstance(digest, str) and is_relative(path) for path, digest in files.items()):
        raise ValueError("a path that leads out of the folder")
    model = tree.get("model")
    if not isinstance(model, str | None):
        raise ValueError("a model that is none")
    return Manifest(generator, tuple(map(_document, documents)), files, model=model)


def is_relative(path: str) -> bool:
    """Whether a path is a plain one below a folder: `models/order.py`, not `../x`, `/x`, `C:x`, `a//b`,
    `a\\b`."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or "\\" in part or ":" in part or "\0" in part for part in parts)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _document(tree: object) -> DocumentEntry:
    match tree:
        case {"name": str(name), "sha256": str(digest), "origin": str(origin)}:
            return DocumentEntry(name, digest, origin)
        case {"name": str(name), "sha256": str(digest), "overlay": True}:
            return DocumentEntry(name, digest, is_overlay=True)
        case {"name": str(name), "sha256": str(digest)}:
            return DocumentEntry(name, digest)
        case _:
            raise ValueError("not a document")
