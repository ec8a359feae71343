"""The copies of fetched documents: kept in `specs/`, so that a repository holds what its clients were made
from."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.output import manifest as manifests
from ionapi_codegen.output import obstacles
from ionapi_codegen.output.lock import locked
from ionapi_codegen.output.manifest import sha256
from ionapi_codegen.output.transaction import Transaction

FOLDER = Path("specs")

_STAGING = ".ionapi-codegen-"
_LOCK = ".ionapi-codegen.copies.lock"
_SECONDS_FOR_LOCK = 30.0


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


def check(
    copies: Iterable[Copy],
    package: Path | None,
    force: bool,
    diagnostics: Diagnostics,
    known: Collection[str] = (),
) -> None:
    """An error for each copy that would overwrite something else than the copy that an earlier run has kept;
    which that is, the manifest of the package remembers. `known` are more SHA-256 of what was fetched."""
    for copy in copies:
        try:
            current = sha256(copy.path.read_bytes())
        except OSError:
            continue
        kept = _kept(package, copy.origin) if package is not None else set()
        if not force and current not in {sha256(copy.content), *kept, *known}:
            diagnostics.error(
                "copy-foreign",
                "the copy of a fetched document is to lie here, but there is another file",
                Place(str(copy.path)),
                "move it away, or use --force to overwrite it",
            )


def write(copies: Iterable[Copy], diagnostics: Diagnostics) -> None:
    """Puts the copies in place that are not there already: all of them, or none and `Stopped` where the file
    system fails."""
    changed = [copy for copy in copies if _is_changed(copy)]
    with ExitStack() as stack:
        staged: list[tuple[Copy, Path]] = []
        for folder in sorted({copy.path.parent for copy in changed}):
            with _failing_for(folder, diagnostics):
                _prepare(folder, stack, diagnostics)
        for copy in changed:
            with _failing_for(copy.path, diagnostics):
                staged.append((copy, _staged(copy, stack)))
        transaction = stack.enter_context(Transaction())
        for copy, staging in staged:
            with _failing_for(copy.path, diagnostics):
                transaction.replace(staging / "new", copy.path, staging / "old")


@contextmanager
def _failing_for(path: Path, diagnostics: Diagnostics) -> Iterator[None]:
    """What fails in the file system is said of a copy, or of the folder for it."""
    try:
        yield
    except OSError as failure:
        raise diagnostics.stop(
            "output-failed",
            f"the copy of a fetched document cannot be kept: {obstacles.reason(failure)}",
            Place(str(path)),
            obstacles.advice(failure),
        ) from None


def _is_changed(copy: Copy) -> bool:
    try:
        return copy.path.read_bytes() != copy.content or bool(_leftovers(copy.path.parent))
    except OSError:
        return True


def _prepare(folder: Path, stack: ExitStack, diagnostics: Diagnostics) -> None:
    """The folder is there, this run's alone, and without what killed runs have left."""
    folder.mkdir(parents=True, exist_ok=True)
    stack.enter_context(locked(folder, _SECONDS_FOR_LOCK, diagnostics, _LOCK))
    for leftover in _leftovers(folder):
        shutil.rmtree(leftover, ignore_errors=True)


def _leftovers(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.name.startswith(_STAGING)]


def _staged(copy: Copy, stack: ExitStack) -> Path:
    """A folder on the same file system that holds the copy as `new`."""
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=copy.path.parent))
    stack.callback(shutil.rmtree, staging, ignore_errors=True)
    (staging / "new").write_bytes(copy.content)
    return staging


def _kept(package: Path, origin: str) -> set[str]:
    try:
        manifest = manifests.parse((package / manifests.FILE).read_bytes())
    except (OSError, ValueError):
        return set()
    return {one.sha256 for one in manifest.documents if one.origin == origin}
