"""The copies of fetched documents: kept in `specs/`, so that a repository holds what its clients were made
from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.output import manifest as manifests
from ionapi_codegen.output import obstacles
from ionapi_codegen.output.manifest import sha256

FOLDER = Path("specs")


@dataclass(frozen=True, slots=True)
class Copy:
    """Where what was fetched from a URL is to lie."""

    path: Path
    content: bytes
    origin: str


def path(name: str, content: bytes) -> Path:
    """`specs/orders.json` or `specs/orders.yaml`, after what the text looks like."""
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    return FOLDER / f"{name}.{'json' if is_json else 'yaml'}"


def check(copies: Iterable[Copy], package: Path, force: bool, diagnostics: Diagnostics) -> None:
    """An error for each copy that would overwrite something else than the copy that an earlier run has kept;
    which that is, the manifest of the package remembers."""
    for copy in copies:
        try:
            current = sha256(copy.path.read_bytes())
        except OSError:
            continue
        if not force and current not in {sha256(copy.content), *_kept(package, copy.origin)}:
            diagnostics.error(
                "copy-foreign",
                "the copy of a fetched document is to lie here, but there is another file",
                Place(str(copy.path)),
                "move it away, or use --force to overwrite it",
            )


def write(copies: Iterable[Copy], diagnostics: Diagnostics) -> None:
    """Puts each copy in place in one step, unless it is there already; `Stopped` where the file system
    fails."""
    for copy in copies:
        try:
            _put(copy)
        except OSError as failure:
            raise diagnostics.stop(
                "output-failed",
                f"the copy of a fetched document cannot be kept: {obstacles.reason(failure)}",
                Place(str(copy.path)),
                obstacles.advice(failure),
            ) from None


def _put(copy: Copy) -> None:
    with suppress(FileNotFoundError):
        if copy.path.read_bytes() == copy.content:
            return
    copy.path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".ionapi-codegen-", dir=copy.path.parent) as staging:
        new = Path(staging) / copy.path.name
        new.write_bytes(copy.content)
        new.replace(copy.path)


def _kept(package: Path, origin: str) -> set[str]:
    try:
        manifest = manifests.parse((package / manifests.FILE).read_bytes())
    except (OSError, ValueError):
        return set()
    return {one.sha256 for one in manifest.documents if one.origin == origin}
