"""Disks as they are in the field: full, limited, closed, shared by two runs, of several file systems."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen.cli import main
from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.output import writer
from ionapi_codegen.output.manifest import Manifest
from ionapi_codegen.output.writer import Delivery

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits as Linux has them")

OLD = """
openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things: {get: {operationId: listThings, tags: [things], responses: {'204': {description: None}}}}
"""
NEW = OLD.replace("listThings", "findThings").replace("things: {get", "finds: {get") + "".join(
    f"  /more{n}: {{get: {{operationId: more{n}, tags: [more{n}], responses: {{'204': {{description: None}}}}}}}}\n"
    for n in range(40)
)


def generate(folder: Path, document: str, *options: str) -> Result:
    """A run whose output lies in a folder, with the document somewhere else."""
    with tempfile.TemporaryDirectory() as elsewhere:
        source = Path(elsewhere, "api.yaml")
        source.write_text(document, "utf-8")
        arguments = ["generate", str(source), "--output", str(folder), "--package", "things", *options]
        return CliRunner().invoke(main, arguments, catch_exceptions=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@contextlib.contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """A file system of its own; skips where this user may not mount."""
    place.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["mount", *options, str(place)], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """One message, exit 1, and the old package as it was; with room again, the new one."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=4m", "things"):
        assert generate(tmp_path / "disk" / "out", OLD).exit_code == 0
        before = tree(tmp_path / "disk")
        filler = tmp_path / "disk" / "filler"
        with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
            while True:
                stream.write(bytes(1 << 12))
        with filler.open("r+b") as stream:
            stream.truncate(filler.stat().st_size - (16 << 12))

        result = generate(tmp_path / "disk" / "out", NEW)

        assert result.exit_code == 1
        assert result.output.count("error") == 1
        assert (
            "the files cannot be written: no space left on device; the folder is as it was" in result.output
        )
        assert "make room on that disk, or choose another --output; then run it again" in result.output
        filler.unlink()
        assert before == tree(tmp_path / "disk")
        assert generate(tmp_path / "disk" / "out", NEW).exit_code == 0
        assert generate(tmp_path / "disk" / "out", NEW, "--check").exit_code == 0


def test_a_disk_that_is_full_from_the_start(tmp_path: Path) -> None:
    """Not even the folder for the package stays."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=64k", "things"):
        result = generate(tmp_path / "disk" / "out", NEW)
        assert (result.exit_code, {}) == (1, tree(tmp_path / "disk"))
        assert "no space left on device" in result.output
        assert [] == list((tmp_path / "disk").iterdir())


def test_a_file_system_that_may_only_be_read(tmp_path: Path) -> None:
    """What is up to date already is a success; anything else one message."""
    out = tmp_path / "out"
    assert generate(out, OLD).exit_code == 0
    before = tree(out)
    with mounted(out, "--bind", str(out)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(out)], check=True)
        same, other = generate(out, OLD), generate(out, NEW)
    assert (0, 1, before) == (same.exit_code, other.exit_code, tree(out))
    assert "read-only file system; the folder is as it was" in other.output
    assert "let the user who runs ionapi write there" in other.output


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users reach."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    for inner in (folder, *(one for one in folder.rglob("*") if one.is_dir())):
        inner.chmod(0o755)
    shutil.rmtree(folder)


@contextlib.contextmanager
def somebody_else() -> Iterator[None]:
    """Root may do everything, so it becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def message(folder: Path) -> str:
    """What is said when one file more is to be written."""
    files = {"__init__.py": b"", "more.py": b""}
    diagnostics = Diagnostics()
    with somebody_else(), pytest.raises(Stopped):
        writer.write([Delivery(folder, files, Manifest.of("1", (), files, ()))], False, diagnostics)
    (found,) = diagnostics.sorted()
    return f"{found.message} | {found.help}"


def test_a_folder_of_somebody_else(open_folder: Path) -> None:
    """Where this user may read and not write."""
    files = {"__init__.py": b""}
    package = Delivery(open_folder / "things", files, Manifest.of("1", (), files, ()))
    writer.write([package], False, Diagnostics())
    before = tree(open_folder)
    for folder in (open_folder, open_folder / "things"):
        folder.chmod(0o555)

    assert message(open_folder / "things") == (
        "the files cannot be written: permission denied; the folder is as it was | "
        "let the user who runs ionapi write there, or choose another --output"
    )
    assert before == tree(open_folder)
    with somebody_else():
        assert not writer.write([package], False, Diagnostics())[0].changes


def test_a_package_on_a_file_system_of_its_own(tmp_path: Path) -> None:
    """A mount point cannot change places: the files are replaced one by one, and nothing is left over."""
    with mounted(tmp_path / "out" / "things", "-t", "tmpfs", "things"):
        assert generate(tmp_path / "out", OLD).exit_code == 0
        result = generate(tmp_path / "out", NEW)
        assert result.exit_code == 0, result.output
        assert generate(tmp_path / "out", NEW, "--check").exit_code == 0
        assert [] == [path for path in tree(tmp_path / "out") if ".ionapi-codegen-" in path]


def test_a_file_system_inside_the_package(tmp_path: Path) -> None:
    """Somebody's data mounted below the package stays where it is."""
    assert generate(tmp_path, OLD).exit_code == 0
    with mounted(tmp_path / "things" / "data", "-t", "tmpfs", "things"):
        (tmp_path / "things" / "data" / "mine.txt").write_bytes(b"mine")
        assert generate(tmp_path, NEW).exit_code == 0
        assert (tmp_path / "things" / "data" / "mine.txt").read_bytes() == b"mine"
        assert generate(tmp_path, NEW, "--check").exit_code == 0


def test_two_runs_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """Both succeed, whichever comes first, and the package is entirely of one of them."""
    results: dict[str, subprocess.CompletedProcess[str]] = {}

    def run(name: str, document: str) -> None:
        source = tmp_path / name / "api.yaml"
        source.parent.mkdir()
        source.write_text(document, "utf-8")
        command = [sys.executable, "-m", "ionapi_codegen", "generate", str(source)]
        command += ["--output", str(tmp_path / "out"), "--package", "things"]
        results[name] = subprocess.run(command, capture_output=True, text=True, check=False)

    threads = [threading.Thread(target=run, args=one) for one in (("old", OLD), ("new", NEW))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [0, 0] == [one.returncode for one in results.values()], results
    assert ["things"] == sorted(one.name for one in (tmp_path / "out").iterdir())
    checks = [generate(tmp_path / "out", document, "--check").exit_code for document in (OLD, NEW)]
    assert [0, 1] == sorted(checks)
