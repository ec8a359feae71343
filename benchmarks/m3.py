"""What the documents of all programs of M3 become, and at what cost.

    python benchmarks/m3.py FOLDER

FOLDER holds documents of MI programs as an administrator downloads them; IONAPI_M3_DOCUMENTS may name it as well. The
901 documents that the figures in docs/benchmarks.md are about come with the wheel inforion 2.26.2.4, in its folder
inforion/excelexport/api-files. All of them go into one package, and the largest into one of its own. Each figure is
printed with the limit that the project sets itself, where it has one; exits 1 where a figure is over it.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from running import Cost, cost, size

from ionapi_codegen.dialects.m3.fields import described
from ionapi_codegen.ir.text import Text

RUNS = 15
VARIABLE = "IONAPI_M3_DOCUMENTS"

START = """
import time, httpx2
cpu = time.process_time
def answer(request):
    return httpx2.Response(200, json={"results": [{"transaction": "T", "records": [{"ORNO": "1"}]}]})
transport = httpx2.MockTransport(answer)
httpx2.Client(transport=transport).get("https://synthetic.example/v1/x").json()
began = cpu()
import m3
client = m3.Client(auth=None, base_url="https://synthetic.example", transport=transport)
made = cpu()
CALL
called = cpu()
print(made - began, called - made)
"""
"""Beside the same work of the HTTP library, which has been done once."""


@dataclass(slots=True)
class Told:
    """What the documents say."""

    programs: set[str] = field(default_factory=set)
    transactions: Counter[str] = field(default_factory=Counter)
    described: set[str] = field(default_factory=set)
    entries: int = 0
    parsed: int = 0


@dataclass(slots=True)
class Table:
    """The figures, printed as they come."""

    over: int = 0

    def line(self, what: str, value: float | str, unit: str = "", limit: float | None = None) -> None:
        shown = value if isinstance(value, str) else f"{value:,.1f}".removesuffix(".0")
        bound = "" if limit is None else f"  (limit {limit:,g})"
        if limit is not None and not isinstance(value, str) and value > limit:
            self.over += 1
            bound += "  OVER"
        sys.stdout.write(f"{what:<58}{shown:>18} {unit:<4}{bound}".rstrip() + "\n")
        sys.stdout.flush()


def main() -> int:
    """Prints the table."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get(VARIABLE, "")
    files = sorted(Path(given).glob("*.json")) if given else []
    if not files:
        where = f"{given} holds no .json file" if given else "no folder was named"
        sys.stderr.write(f"{where}: give the folder of M3 documents as an argument, or in {VARIABLE}\n")
        return 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once counts once
    table = Table()
    told = Told()
    for file in files:
        read(json.loads(file.read_bytes()), told)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        everything = generate([Path(given).resolve()], folder / "all", ["--package", "m3"])
        package = folder / "all" / "m3"
        content(table, told, package, len(files))
        spent(table, everything, 60, 1024)
        count, text = size(package)
        python = sum(path.stat().st_size for path in package.rglob("*.py"))
        table.line("text of all modules", python / 1e6, "MB", 12)
        table.line("all files, manifest included", text / 1e6, "MB")
        table.line("files", count)
        calls(table, package)
        largest = max(files, key=lambda path: path.stat().st_size)
        table.line("the largest document", json.loads(largest.read_bytes())["info"]["title"].split(" ")[0])
        alone = generate([largest.resolve()], folder / "one", [])
        spent(table, alone, 1, 1024)
        (one,) = (folder / "one").iterdir()
        own = [path for path in one.rglob("*") if path.is_file() and "_runtime" not in path.parts]
        lines = sum(len(path.read_bytes().splitlines()) for path in own if path.suffix == ".py")
        table.line("  files beside the runtime", len(own), "", 10)
        table.line("  lines beside the runtime, for both clients", lines, "", 9000)
    return 1 if table.over else 0


def read(document: dict[str, Any], told: Told) -> None:
    """Adds what a document tells."""
    program = document["basePath"].rpartition("/")[2]
    told.programs.add(program)
    for path, item in document["paths"].items():
        told.transactions[path] += 1
        answer = item["get"]["responses"]["200"]["schema"]["properties"]["results"]["items"]["properties"]
        records = answer.get("records", {}).get("items", {}).get("example", {})
        told.entries += len(records)
        told.parsed += sum(described(Text(said))[1] is not None for said in records.values())
        if records:
            told.described.add(f"{program}{path}")


def generate(documents: list[Path], output: Path, options: list[str]) -> Cost:
    """Runs the generator, with no memory of earlier runs."""
    command = [sys.executable, "-m", "ionapi_codegen", "generate", *map(str, documents), *options]
    with tempfile.TemporaryDirectory() as cache:
        found = cost([*command, "--output", str(output)], Path.cwd(), {"XDG_CACHE_HOME": cache})
    if found.status:
        raise SystemExit(f"the generator ended with {found.status}:\n{found.output}")
    return found


def content(table: Table, told: Told, package: Path, documents: int) -> None:
    """What became of the documents."""
    operations = json.loads((package / ".ionapi-codegen.json").read_text("utf-8"))["operations"]
    calls = [each["call"] for each in operations]
    shared = {f"/{name}" for name in general(calls, operations)}
    own = sum(count for path, count in told.transactions.items() if path not in shared)
    described_once = {
        each.rpartition("/")[2] if f"/{each.rpartition('/')[2]}" in shared else each
        for each in told.described
    }
    classes = sum(
        len(re.findall(r"^class \w+\(MIRecord", path.read_text("utf-8"), re.MULTILINE))
        for path in package.rglob("models*.py")
    )
    lost = sum(len(set(map(str.lower, each["parameters"]))) != len(each["parameters"]) for each in operations)
    table.line("documents", documents)
    table.line("programs", len(told.programs))
    table.line("transactions in the documents", sum(told.transactions.values()))
    table.line("own transactions, each once", f"{len(calls) - len(shared):,} of {own:,}")
    table.line("transactions of GENERAL, each once", len(shared))
    table.line("collisions of calls or fields", len(calls) - len(set(calls)) + lost, "", 0)
    table.line("records typed, of those with an example", f"{classes:,} of {len(described_once):,}")
    table.line("entries of field lists parsed", f"{told.parsed:,} of {told.entries:,}")


def general(calls: list[str], operations: list[dict[str, Any]]) -> Iterator[str]:
    """The transactions that all programs repeat, and that are there once."""
    for call, each in zip(calls, operations, strict=True):
        if call.startswith("general."):
            yield each["path"].strip("/;")


def spent(table: Table, found: Cost, seconds: float, mebibytes: float) -> None:
    """What a run of the generator cost."""
    table.line("  generated, by the clock on the wall", found.wall, "s", seconds)
    table.line("  generated, processor time of all processes", found.cpu, "s")
    table.line("  most memory at a time, of all processes", found.peak, "MiB", mebibytes)


def calls(table: Table, package: Path) -> None:
    """What the client costs, in fresh processes whose modules have been compiled."""
    program, call = first_call(package)
    script = START.replace("CALL", call)
    rows: list[tuple[float, ...]] = []
    for _ in range(RUNS + 1):
        said = subprocess.run(
            [sys.executable, "-c", script],
            cwd=package.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        rows.append(tuple(1000 * float(each) for each in said.split()))
    for what, column, limit in (
        ("import and Client(), beside the HTTP library's", 0, 12),
        (f"first call, into {program}", 1, 10),
    ):
        times = [row[column] for row in rows[1:]]
        table.line(f"{what}: least", min(times), "ms", limit)
        table.line(f"{what}: median", statistics.median(times), "ms")


def first_call(package: Path) -> tuple[str, str]:
    """A read of the program with the most transactions, and the statement that calls it."""
    operations = json.loads((package / ".ionapi-codegen.json").read_text("utf-8"))["operations"]
    programs = Counter(each["call"].partition(".")[0] for each in operations)
    largest = programs.most_common(1)[0][0]
    for each in operations:
        if each["call"].startswith(f"{largest}.get"):
            fields = ", ".join(f'{name}="1"' for name in each["parameters"])
            return largest.upper(), f"client.{each['call']}({fields})"
    raise SystemExit(f"{largest} has no transaction that gets something")


if __name__ == "__main__":
    raise SystemExit(main())
