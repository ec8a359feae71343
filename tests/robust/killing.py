"""Kills runs of `ionapi generate` and looks at what is left: a program of its own, because it forks.

    python tests/robust/killing.py FOLDER KILLS SEED MANNER

A quarter of the runs die at a random moment of the clock, the others at a random one of the steps with which
they write, the first and the last among them.
MANNER is `step` (the system lets two folders change places) or `files` (it does not). Prints a JSON object:
how many died before, during and after the change, and every state that nobody was promised.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from ionapi_codegen.cli import main
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.output import exchange, writer
from ionapi_codegen.output.writer import Delivery

GROUPS = 60
_CHANGES = ("os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree")


def document(version: int) -> str:
    """Sixty groups with a call and a model each; the second version changes every one, drops some and adds
    others."""
    paths: dict[str, object] = {}
    schemas: dict[str, object] = {}
    for number in range(version * 5, GROUPS + version * 5):
        schemas[f"Thing{number}"] = {"type": "object", "properties": {f"v{version}": {"type": "string"}}}
        answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/Thing{number}"}}}
        paths[f"/things{number}"] = {
            "get": {
                "operationId": f"getThing{number}",
                "tags": [f"group{number}"],
                "summary": f"As of version {version}.",
                "responses": {"200": {"description": "OK", "content": answer}},
            }
        }
    info = {"title": "Things", "version": str(version)}
    return json.dumps(
        {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}, indent=1
    )


def run(dies_after: float | None = None) -> tuple[int, str]:
    """Generates in a child, which is killed after so many seconds: its status as `os.waitpid` gives it, and what
    it said."""
    child = os.fork()
    if child == 0:
        _say_to_file()
        try:
            main(["generate", "api.json", "--package", "things"])
        except SystemExit as end:
            os._exit(int(end.code or 0))
        os._exit(99)
    if dies_after is not None:
        time.sleep(dies_after)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return status, Path("said.txt").read_text("utf-8")


def deliver(delivery: Delivery, dies_at: int | None = None) -> tuple[int, str]:
    """As `run`, from where everything is rendered; killed ahead of a step, counted from 1, that changes
    something in the file system."""
    child = os.fork()
    if child == 0:
        _say_to_file()
        steps = _die_at(dies_at or 0)
        diagnostics = Diagnostics()
        writer.write([delivery], False, diagnostics)
        Path("steps.txt").write_text(str(steps[0]), "utf-8")
        os.write(1, "".join(found.message for found in diagnostics.sorted()).encode())
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    return status, Path("said.txt").read_text("utf-8")


def _say_to_file() -> None:
    descriptor = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)


def _die_at(step: int) -> list[int]:
    """Counts the steps that change something, and dies ahead of one of them."""
    steps = [0]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2]
            if not (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
                return
        elif event not in _CHANGES:
            return
        steps[0] += 1
        if steps[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return steps


def delivered() -> Delivery:
    """What a run would write now."""
    found: list[Delivery] = []

    class Enough(Exception):
        """Nothing is to be written."""

    def caught(deliveries: Sequence[Delivery], *_: object, **__: object) -> NoReturn:
        found.extend(deliveries)
        raise Enough

    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Enough):
        patch.setattr(writer, "write", caught)
        main(["generate", "api.json", "--package", "things"])
    return found[0]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def package(content: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: text for path, text in content.items() if path.startswith("things/")}


def imports() -> str:
    """Loads every module of the package in a child; empty where that works, else why it does not."""
    child = os.fork()
    if child == 0:
        sys.path.insert(0, "output")
        sys.dont_write_bytecode = True
        with Path("said.txt").open("w", encoding="utf-8") as said:
            try:
                for file in sorted(Path("output/things").rglob("*.py")):
                    importlib.import_module(".".join(file.relative_to("output").with_suffix("").parts))
            except BaseException as error:
                said.write(f"{type(error).__name__}: {error}")
                said.flush()
                os._exit(1)
        os._exit(0)
    return "" if os.waitpid(child, 0)[1] == 0 else Path("said.txt").read_text("utf-8")


def restore(content: Mapping[str, bytes]) -> None:
    shutil.rmtree("output", ignore_errors=True)
    shutil.rmtree("cache", ignore_errors=True)
    for path, text in content.items():
        file = Path("output", path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)


def session(kills: int, seed: int, manner: str) -> dict[str, object]:
    """What became of so many kills."""
    chance = random.Random(seed)
    os.environ["XDG_CACHE_HOME"] = str(Path("cache").resolve())
    Path("api.json").write_text(document(1), "utf-8")
    deliver(delivered())
    Path("output/things/by_hand.py").write_text("OURS = 1\n", "utf-8")
    old = tree(Path("output"))
    assert imports() == ""
    if manner == "files":
        pytest.MonkeyPatch().setattr(exchange, "_system_call", lambda: None)
    Path("api.json").write_text(document(2), "utf-8")
    delivery = delivered()
    assert deliver(delivery)[0] == 0
    steps = int(Path("steps.txt").read_text("utf-8"))
    new = tree(Path("output"))
    assert imports() == ""
    assert new != old
    restore(old)
    started = time.monotonic()
    assert run()[0] == 0
    duration = time.monotonic() - started
    assert new == tree(Path("output"))

    found: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(kills):
        restore(old)
        if number % 4 == 0:
            moment = chance.uniform(0, duration)
            where = f"kill {number}, after {moment} s"
            run(moment)
        else:
            step = {1: 1, 2: steps}.get(number) or chance.randint(1, steps)
            where = f"kill {number}, at step {step}"
            if not os.WIFSIGNALED(deliver(delivery, step)[0]):
                wrong.append(f"{where}: was not killed")
        left = tree(Path("output"))
        state = _state(package(left), package(old), package(new))
        found[state] += 1
        if state == "mixed" and (manner == "step" or not _is_old_or_new(left, old, new)):
            wrong.append(f"{where}: the package is neither old nor new")
        if manner == "step" and (why := imports()):
            wrong.append(f"{where}: the package does not import: {why}")
        left_behind = any(Path("output").rglob(".things.ionapi-codegen-*"))
        status, said = run() if number % 4 == 0 else deliver(delivery)
        if status or tree(Path("output")) != new:
            wrong.append(f"{where}: the next run did not put it right: {said}")
        if left_behind:
            found["cleared"] += 1
        if left_behind != ("an earlier run was killed" in said):
            wrong.append(f"{where}: the next run said {said!r} of it")
        if strange := [one.name for one in Path("cache").rglob("*.new")]:
            wrong.append(f"{where}: left in the cache: {strange}")
        if "earlier run was killed" in (run() if number % 4 == 0 else deliver(delivery))[1]:
            wrong.append(f"{where}: the run after the next one spoke of it again")
    return {"found": found, "steps": steps, "wrong": wrong}


def _state(left: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    return "old" if left == old else "new" if left == new else "mixed"


def _is_old_or_new(left: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> bool:
    """Each file for itself."""
    return all(
        text in (old.get(path), new.get(path))
        for path, text in package(left).items()
        if "/.things.ionapi-codegen-" not in path
    )


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    json.dump(session(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]), sys.stdout)
