"""A package's folder after a run: what was generated, nothing lost, old or new and never between."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.output import exchange, lock, writer
from ionapi_codegen.output.manifest import FILE, DocumentEntry, Manifest
from ionapi_codegen.output.survey import Outcome, Survey
from ionapi_codegen.output.writer import Delivery

OLD = {"__init__.py": b"old\n", "models/order.py": b"order\n", "models/item.py": b"item\n"}
NEW = {"__init__.py": b"new\n", "models/order.py": b"order\n", "client.py": b"client\n"}


def write(folder: Path, files: Mapping[str, bytes], force: bool = False) -> Outcome:
    (outcome,) = writer.write([delivery(folder, files)], force, Diagnostics())
    return outcome


def delivery(folder: Path, files: Mapping[str, bytes]) -> Delivery:
    return Delivery(folder, files, manifest(files))


def manifest(files: Mapping[str, bytes]) -> Manifest:
    return Manifest.of("1.0", (DocumentEntry("orders.yaml", "0" * 64),), files, ())


def refusal(folder: Path, files: Mapping[str, bytes]) -> str:
    """The one message with which writing is refused."""
    diagnostics = Diagnostics()
    with pytest.raises(Stopped):
        writer.write([delivery(folder, files)], False, diagnostics)
    (found,) = diagnostics.sorted()
    return f"{found.code}: {found.message}"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest, hidden ones and those beside the package included."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != FILE
    }


def test_the_first_run_writes_all_files_and_nothing_beside_them(tmp_path: Path) -> None:
    outcome = write(tmp_path / "out" / "orders", OLD)

    assert tuple(sorted([*OLD, FILE])) == outcome.written
    assert {f"orders/{path}": content for path, content in OLD.items()} == tree(tmp_path / "out")


def test_the_next_run_replaces_keeps_and_deletes(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)

    outcome = write(tmp_path / "orders", NEW)

    assert Outcome((FILE, "__init__.py", "client.py"), ("models/order.py",), ("models/item.py",)) == outcome
    assert tree(tmp_path / "orders") == NEW


def test_a_file_that_stays_the_same_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    kept = tmp_path / "orders" / "models" / "order.py"
    os.utime(kept, ns=(1, 1))
    identity = kept.stat().st_ino

    write(tmp_path / "orders", NEW)

    assert kept.stat().st_mtime_ns == 1
    assert kept.stat().st_ino == identity


def test_the_same_run_again_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    assert not write(tmp_path / "orders", OLD).changes


def test_a_folder_goes_with_its_last_generated_file_unless_somebody_else_uses_it(tmp_path: Path) -> None:
    write(tmp_path / "a", OLD)
    write(tmp_path / "b", OLD)
    (tmp_path / "b" / "models" / "mine.py").write_bytes(b"mine")

    write(tmp_path / "a", {"__init__.py": b""})
    write(tmp_path / "b", {"__init__.py": b""})

    assert not (tmp_path / "a" / "models").exists()
    assert ["mine.py"] == [file.name for file in (tmp_path / "b" / "models").iterdir()]


def test_files_of_others_beside_ours_survive(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    (tmp_path / "orders" / "extras.py").write_bytes(b"mine")

    write(tmp_path / "orders", NEW)

    assert (tmp_path / "orders" / "extras.py").read_bytes() == b"mine"


def test_an_edited_file_is_refused_by_name_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    (tmp_path / "orders" / "__init__.py").write_bytes(b"edited")
    before = tree(tmp_path)

    assert refusal(tmp_path / "orders", NEW) == "output-edited: edited since they were generated: __init__.py"
    assert tree(tmp_path) == before


def test_an_edited_file_that_would_be_deleted_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    (tmp_path / "orders" / "models" / "item.py").write_bytes(b"edited")

    assert "models/item.py" in refusal(tmp_path / "orders", NEW)


def test_an_edit_that_says_what_we_would_write_is_no_conflict(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    (tmp_path / "orders" / "__init__.py").write_bytes(NEW["__init__.py"])

    assert "__init__.py" in write(tmp_path / "orders", NEW).unchanged


def test_force_overwrites_an_edited_file(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    (tmp_path / "orders" / "__init__.py").write_bytes(b"edited")

    write(tmp_path / "orders", NEW, force=True)

    assert tree(tmp_path / "orders") == NEW


def test_a_file_in_the_way_that_we_did_not_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "client.py").write_bytes(b"mine")

    message = refusal(tmp_path / "orders", NEW)

    assert message == "output-foreign: files in the way that ionapi-codegen did not write: client.py"
    assert tree(tmp_path) == {"orders/client.py": b"mine"}


def test_a_folder_in_a_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "orders" / "client.py").mkdir(parents=True)
    assert (
        refusal(tmp_path / "orders", NEW)
        == "output-blocked: something else is where the file client.py must be"
    )


def test_a_file_in_a_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "models").write_bytes(b"mine")
    assert (
        refusal(tmp_path / "orders", OLD)
        == "output-blocked: something else is where the folder models must be"
    )


def test_a_link_that_leads_out_of_the_output_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out" / "orders").mkdir(parents=True)
    (tmp_path / "out" / "orders" / "models").symlink_to(elsewhere)

    assert refusal(tmp_path / "out" / "orders", {"models/order.py": b""}).startswith("output-link")
    assert list(elsewhere.iterdir()) == []


def test_a_broken_manifest_is_refused_and_force_replaces_it(tmp_path: Path) -> None:
    write(tmp_path / "orders", OLD)
    (tmp_path / "orders" / FILE).write_bytes(b"{")
    diagnostics = Diagnostics()

    with pytest.raises(Stopped):
        writer.write([delivery(tmp_path / "orders", NEW)], False, diagnostics)
    assert "manifest-broken" in {found.code for found in diagnostics.sorted()}

    write(tmp_path / "orders", NEW, force=True)
    assert manifest(NEW).to_bytes() == (tmp_path / "orders" / FILE).read_bytes()


@pytest.mark.parametrize(
    "paths", [("models/A.py", "models/a.py"), ("../x.py",), ("/x.py",), (FILE,), ("a\\b.py",)]
)
def test_a_set_of_files_that_not_every_system_can_hold_is_a_bug(
    tmp_path: Path, paths: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=r"path for a generated file|are one file"):
        write(tmp_path / "orders", dict.fromkeys(paths, b""))
    assert tree(tmp_path) == {}


@pytest.fixture(params=["in one step", "file by file"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With and without a system that lets two folders change places."""
    if request.param == "file by file":
        monkeypatch.setattr(exchange, "_system_call", lambda: None)
    return str(request.param)


@pytest.mark.parametrize("when", range(6))
def test_a_failure_at_any_step_leaves_the_old_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    """Where files are replaced one by one: each that was is put back."""
    write(tmp_path / "orders", OLD)
    before = tree(tmp_path)
    steps = iter(range(100))
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if next(steps) == when:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(exchange, "_system_call", lambda: None)
    monkeypatch.setattr(os, "replace", full)
    if when < 4:  # one deletion, then __init__.py, client.py and the manifest
        assert refusal(tmp_path / "orders", NEW) == (
            "output-failed: the files cannot be written: no space left on device; the folder is as it was"
        )
        assert tree(tmp_path) == before
    else:
        write(tmp_path / "orders", NEW)


def test_a_failure_of_what_follows_leaves_all_packages_as_they_were(tmp_path: Path, way: str) -> None:
    """Also the second one of two, and the one that was not there."""
    write(tmp_path / "orders", OLD)
    (tmp_path / "orders" / "mine.py").write_bytes(b"mine")
    before = tree(tmp_path)

    def fails() -> None:
        assert tree(tmp_path / "items" / "stock") == NEW
        assert (tmp_path / "orders" / "__init__.py").read_bytes() == NEW["__init__.py"]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(Stopped):
        writer.write(
            [delivery(tmp_path / "orders", NEW), delivery(tmp_path / "items" / "stock", NEW)],
            False,
            Diagnostics(),
            then=fails,
        )

    assert tree(tmp_path) == before
    assert ["orders"] == [one.name for one in tmp_path.iterdir()]


def test_a_full_disk_while_staging_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(staging: Path, found: Survey) -> NoReturn:
        (staging / "half").write_bytes(b"")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "_fill", full)

    assert refusal(tmp_path / "out" / "orders", NEW).startswith("output-failed")
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_while_the_new_tree_is_made_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor replaces one file of the team and makes another at the worst moment."""
    folder = tmp_path / "orders"
    write(folder, OLD)
    (folder / "mine.py").write_bytes(b"mine")
    swap = exchange.exchange

    def late(one: Path, other: Path) -> None:
        (tmp_path / "editors").write_bytes(b"mine, saved")
        (tmp_path / "editors").replace(folder / "mine.py")
        (folder / "more").mkdir()
        (folder / "more" / "mine.py").write_bytes(b"more")
        swap(one, other)

    monkeypatch.setattr("ionapi_codegen.output.transaction.exchange", late)
    write(folder, NEW)

    assert tree(folder) == NEW | {"mine.py": b"mine, saved", "more/mine.py": b"more"}


def test_files_of_the_team_keep_identity_and_times(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "orders"
    write(folder, OLD)
    (folder / "models" / "mine.py").write_bytes(b"mine")
    (folder / "link").symlink_to("models/mine.py")
    (folder / "empty").mkdir()
    folder.chmod(0o750)
    before = (folder / "models" / "mine.py").stat()

    write(folder, NEW)

    after = (folder / "models" / "mine.py").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (folder / "link").readlink() == Path("models/mine.py")
    assert (folder / "empty").is_dir()
    assert folder.stat().st_mode & 0o777 == 0o750


def test_a_folder_that_a_shell_is_in_stays_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the generator from inside the package does not lose the ground under his feet."""
    folder = tmp_path / "orders"
    write(folder, OLD)
    identity = folder.stat().st_ino
    monkeypatch.chdir(folder / "models")

    write(folder, NEW)

    assert (folder.stat().st_ino, NEW) == (identity, tree(folder))


def test_a_link_inside_the_output_is_written_through(tmp_path: Path) -> None:
    """The package is a link to its neighbour: the neighbour is what changes, and the link stays."""
    (tmp_path / "orders").symlink_to("v2")
    write(tmp_path / "v2", OLD)

    write(tmp_path / "orders", NEW)

    assert (tmp_path / "orders").is_symlink()
    assert tree(tmp_path / "v2") == NEW


KILLED = """
import os, signal, sys
from pathlib import Path
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.output import exchange, writer
from ionapi_codegen.output.manifest import Manifest

left = int(sys.argv[2])
replace = os.replace

def dying(source, target):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    replace(source, target)

os.replace = dying
exchange._system_call = lambda: None
files = {"__init__.py": b"killed", "client.py": b"killed", "models/order.py": b"order"}
package = writer.Delivery(Path(sys.argv[1]), files, Manifest.of("1.0", (), files, ()))
writer.write([package], False, Diagnostics())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("steps", [0, 2, 3])
def test_the_run_after_a_killed_one_puts_everything_right(tmp_path: Path, steps: int) -> None:
    """Where files are replaced one by one: whatever the killed run had put in place is known as ours, not
    taken for an edit, and the next run says what it does."""
    write(tmp_path / "orders", OLD)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "orders"), str(steps)],
        env={**os.environ, "PYTHONPATH": str(Path(writer.__file__).parents[2])},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    left = {path: content for path, content in tree(tmp_path / "orders").items() if path[0] != "."}
    for path, content in left.items():
        assert content in (OLD.get(path), b"killed")
    diagnostics = Diagnostics()

    writer.write([delivery(tmp_path / "orders", NEW)], False, diagnostics)

    assert {f"orders/{path}": content for path, content in NEW.items()} == tree(tmp_path)
    assert ["run-interrupted"] == [found.code for found in diagnostics.sorted()]


def test_a_file_whose_name_changes_its_case(tmp_path: Path, way: str) -> None:
    """On a disk that has one file under both names it is ours, is not taken for somebody else's, and ends under
    its new name."""
    folder = tmp_path / "orders"
    write(folder, {"Orders.py": b"orders", "Items.py": b"items"})
    for old in ("Orders.py", "Items.py"):
        os.link(folder / old, folder / old.lower())  # how such a disk looks to this program

    outcome = write(folder, {"orders.py": b"orders", "items.py": b"more items"})

    assert ("Items.py", "Orders.py") == outcome.deleted
    assert tree(folder) == {"items.py": b"more items", "orders.py": b"orders"}


def test_an_edit_of_a_file_whose_name_changes_its_case_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "orders"
    write(folder, {"Orders.py": b"orders"})
    (folder / "Orders.py").write_bytes(b"edited")
    os.link(folder / "Orders.py", folder / "orders.py")

    assert refusal(folder, {"orders.py": b"orders"}).startswith(
        "output-edited: edited since they were generated"
    )


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    done = threading.Event()

    def second() -> None:
        write(tmp_path / "orders", NEW)
        done.set()

    with lock.locked(tmp_path, 1, Diagnostics()):
        threading.Thread(target=second).start()
        assert not done.wait(0.2)
    assert done.wait(10)


def test_a_run_that_waits_too_long_says_so(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    with lock.locked(tmp_path, 1, Diagnostics()), pytest.raises(Stopped):
        writer.write([delivery(tmp_path / "orders", NEW)], False, diagnostics, seconds_for_lock=0.1)
    assert ["output-locked"] == [found.code for found in diagnostics.sorted()]
    assert not (tmp_path / "orders").exists()
