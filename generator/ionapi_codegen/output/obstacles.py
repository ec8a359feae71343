"""What lies where a package's files are to lie and cannot make way for them: a link that leads out, something
else than a file or a folder, what may not be read."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place

_LINK = "remove the link, or give the folder it leads to as --output"
_MOVE = "move it away, or choose another --output or --package"
_READ = "let the user who runs ionapi read it, or choose another --output or --package"


def content(folder: Path, path: str, diagnostics: Diagnostics) -> bytes | None:
    """The content of a file in a package's folder, None where there is none.

    An error, and None, where none of ours could lie there: one for whatever is in the way, however many files
    it concerns.
    """
    file = folder / path
    failure: OSError | None = None
    try:
        if _real(file).is_relative_to(_real(folder.parent)):
            return file.read_bytes()
    except OSError as raised:
        failure = raised
    steps = (*reversed(folder.parents), folder, *_between(folder, file), file)
    if link := _bad_link(folder.parent, steps):
        message = f"this link {link[1]}, and was left alone"
        diagnostics.error("output-link", message, Place(str(link[0])), _LINK)
    elif isinstance(failure, IsADirectoryError | NotADirectoryError):
        blocking = next((one for one in steps[:-1] if _is_no_folder(one)), file)
        needed = "file" if blocking == file else "folder"
        message = f"something else is where the {needed} {blocking.name} must be"
        diagnostics.error("output-blocked", message, Place(str(blocking)), _MOVE)
    elif failure is not None and not isinstance(failure, FileNotFoundError):
        closed = next((one for one in steps[:-1] if _is_closed(one)), file)
        message = f"what lies where the package is to lie cannot be read: {reason(failure)}"
        diagnostics.error("output-unreadable", message, Place(str(closed)), _READ)
    return None


def reason(failure: OSError) -> str:
    """What the operating system says, as the end of a sentence."""
    return (failure.strerror or type(failure).__name__).lower()


def advice(failure: OSError) -> str:
    """What helps when files could not be written."""
    match failure.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "make room on that disk, or choose another --output; then run it again"
        case errno.EFBIG:
            return "raise the limit for the size of files (ulimit -f), then run it again"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "let the user who runs ionapi write there, or choose another --output"
        case _:
            return "choose another --output, or set that right and run it again"


def _between(folder: Path, file: Path) -> Iterator[Path]:
    """The folders below the package's own that lead to a file, the outermost first."""
    for parent in reversed(file.parents):
        if parent != folder and parent.is_relative_to(folder):
            yield parent


def _bad_link(output: Path, steps: tuple[Path, ...]) -> tuple[Path, str] | None:
    """The first link on the way that nothing can be written through, and why."""
    for one in steps:
        if not stat.S_ISLNK(_mode(one)):
            continue
        if not _mode(one, follow=True):
            return one, "leads nowhere"
        if one != output and one.is_relative_to(output) and not _real(one).is_relative_to(_real(output)):
            return one, f"leads out of {output}"
    return None


def _real(path: Path) -> Path:
    """As `Path.resolve`, which raises on links that lead in a circle."""
    return Path(os.path.realpath(path))


def _is_closed(folder: Path) -> bool:
    return stat.S_ISDIR(_mode(folder, follow=True)) and not _may_look(folder)


def _may_look(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


def _is_no_folder(path: Path) -> bool:
    return os.path.lexists(path) and not stat.S_ISDIR(_mode(path, follow=True))


def _mode(path: Path, follow: bool = False) -> int:
    """What lies there; 0 for nothing, and for what this user may not see, of which `Path.exists` raises."""
    try:
        return path.stat(follow_symlinks=follow).st_mode
    except OSError:
        return 0
