"""What mypy, pyright, ruff and black find in generated packages, many packages in one process of each.

The runtime is the same in every package and the bulk of a small one. ruff and black, which look at one file at a time,
skip it; mypy and pyright get copies of the packages that import one runtime beside them, and check that
one, too. Nothing else in the text changes.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.children import Bounds, run

BOUNDS = Bounds(seconds=3000, mebibytes=64 * 1024)
TOOLS = ("mypy", "pyright", "ruff", "black")
_MOST_LINES = 120_000
"""Lines of a batch for the type checkers, which keep all of it in memory."""
_MOST_PACKAGES = 400
_RUNTIME_IMPORT = re.compile(r"^(\s*from \.+)(_runtime\b)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Findings:
    """By package and tool how many findings; some of them in words."""

    counts: Mapping[tuple[str, str], int]
    shown: tuple[str, ...]


def check(packages: Path, sizes: Mapping[str, int], work: Path) -> Findings:
    """Runs the four tools over packages below one folder, named with their lines."""
    found: list[tuple[str, str, str]] = []
    for batch in _batches(sizes):
        stage = work / "checked"
        _stage(packages, batch, stage)
        found += _mypy(stage, batch, work)
        found += _pyright(stage, batch)
    names = sorted(sizes)
    for first in range(0, len(names), _MOST_PACKAGES):
        some = names[first : first + _MOST_PACKAGES]
        found += _ruff(packages, some)
        found += _black(packages, some)
    once = tuple(dict.fromkeys(found))  # those of the runtime come with every batch
    counts = Counter((package, tool) for package, tool, _ in once)
    return Findings(counts, tuple(f"{tool}: {package}: {said}" for package, tool, said in once))


def _batches(sizes: Mapping[str, int]) -> Iterator[Sequence[str]]:
    batch: list[str] = []
    lines = 0
    for package in sorted(sizes):
        if batch and lines + sizes[package] > _MOST_LINES:
            yield batch
            batch, lines = [], 0
        batch.append(package)
        lines += sizes[package]
    if batch:
        yield batch


def _stage(packages: Path, batch: Iterable[str], stage: Path) -> None:
    """A package `stage` of packages that share a runtime: `from .._runtime` in place of `from ._runtime`."""
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    (stage / "__init__.py").touch()
    (stage / "py.typed").touch()
    for package in batch:
        for source in (packages / package).rglob("*.py"):
            within = source.relative_to(packages)
            if within.parts[1] == "_runtime":
                continue
            target = stage / within
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_RUNTIME_IMPORT.sub(r"\1.\2", source.read_text("utf-8")), "utf-8")
    for package in batch:  # each has the parts of the runtime that it needs
        shutil.copytree(packages / package / "_runtime", stage / "_runtime", dirs_exist_ok=True)


def _mypy(stage: Path, batch: Sequence[str], work: Path) -> Iterator[tuple[str, str, str]]:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"]
    ended = run(
        [*command, f"--cache-dir={work / 'mypy'}", "--hide-error-context", stage.name],
        BOUNDS,
        folder=stage.parent,
    )
    lines = [line for line in ended.out.splitlines() if ": error:" in line]
    if ended.code not in (0, 1):
        lines.append(f"{stage.name}/{batch[0]}/…: mypy ended with {ended.code}: {ended.err.strip()[-300:]}")
    for line in lines:
        yield _package(line, stage.name), "mypy", line.partition("/")[2]


def _pyright(stage: Path, batch: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    settings = stage.parent / "pyrightconfig.json"
    settings.write_text(json.dumps({"include": [stage.name], "typeCheckingMode": "strict"}), "utf-8")
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson"]
    ended = run(command, BOUNDS, folder=stage.parent)
    try:
        told = json.loads(ended.out)["generalDiagnostics"]
    except (ValueError, KeyError):
        yield batch[0], "pyright", f"ended with {ended.code}: {ended.err.strip()[-300:]}"
        return
    for one in told:
        if one["severity"] == "information":
            continue
        file = Path(one["file"]).relative_to(stage.parent).as_posix()
        said = f"{one['message'].splitlines()[0]} [{one.get('rule', '')}]"
        yield _package(
            file, stage.name
        ), "pyright", f"{file.partition('/')[2]}:{one['range']['start']['line'] + 1}: {said}"


def _ruff(packages: Path, batch: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--output-format=concise"]
    ended = run([*command, "--exclude=_runtime", *batch], BOUNDS, folder=packages)
    lines = [line for line in ended.out.splitlines() if re.match(r"[^:]+:\d+:\d+: ", line)]
    if ended.code not in (0, 1):
        lines.append(f"{batch[0]}/…: ruff ended with {ended.code}: {ended.err.strip()[-300:]}")
    for line in lines:
        yield line.partition("/")[0], "ruff", line


def _black(packages: Path, batch: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    command = [sys.executable, "-m", "black", "--check", "--config=/dev/null", "--extend-exclude=/_runtime/"]
    ended = run([*command, *batch], BOUNDS, folder=packages)
    for line in ended.err.splitlines():
        if line.startswith(("would reformat ", "error: ")):
            path = re.sub(r"^(would reformat|error: cannot format) ", "", line)
            within = path.removeprefix(f"{packages}/")
            yield within.partition("/")[0], "black", within


def _package(line: str, stage: str) -> str:
    return line.removeprefix(f"{stage}/").partition("/")[0]
