"""Documents that are not in the corpus, because two packages hold them: GitHub's API and 901 programs of M3."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from corpus.documents import Document

_GITHUB = "@octokit/openapi@23.0.2"
_M3 = "inforion==2.26.2.4"
_SECONDS = 300


def fetched(folder: Path) -> Iterator[Document]:
    """The documents, downloaded into the folder unless they are there.

    Raises:
        OSError: npm or pip cannot be run.
        subprocess.SubprocessError: they did not get the package.
    """
    yield _github(folder / "github")
    yield from _m3(folder / "m3")


def _github(folder: Path) -> Document:
    file = folder / "api.github.com.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _run(folder, "npm", "pack", "--silent", _GITHUB)
        (packed,) = folder.glob("*.tgz")
        with tarfile.open(packed) as archive:
            member = archive.extractfile(f"package/generated/{file.name}")
            assert member is not None
            file.write_bytes(member.read())
    return Document("github/api.github.com.json", file, real=True)


def _m3(folder: Path) -> Iterator[Document]:
    if not folder.exists():
        wheels = folder.parent / "wheels"
        wheels.mkdir(parents=True, exist_ok=True)
        _run(wheels, sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", _M3)
        (wheel,) = wheels.glob("inforion-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.startswith("inforion/excelexport/api-files/") and name.endswith(".json"):
                    target = folder / Path(name).name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(name))
    for file in sorted(folder.glob("*.json")):
        yield Document(f"m3/{file.name}", file, real=True)


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_SECONDS)
