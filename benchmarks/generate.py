"""What `ionapi generate` costs, black's and the validator's part included.

    python benchmarks/generate.py [DOCUMENT ...] [--runs 3] [--curve 10,100,1000,10000]

prints a line for each document, and for made-up ones of so many operations: processor time of all its processes, the clock,
the most memory that they had at one moment, the files and bytes of the client, and the processor time of a second run that
has nothing to do. Figures are medians of the runs. A DOCUMENT may be a folder: every document in it is a line then.
`IONAPI_BENCHMARK_DOCUMENTS`, paths separated as in PATH, is what is measured without arguments.
The last column of the curve is milliseconds for each operation: it falls until the fixed costs are spread, and then stays.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from running import Cost, cost, size
from synthetic import document

_SUFFIXES = frozenset({".json", ".yaml", ".yml"})
_OPERATIONS_A_GROUP = 16
_HEAD = f"{'document':36} {'CPU s':>7} {'wall s':>7} {'MiB':>6} {'files':>6} {'kB':>8} {'again s':>8}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--curve", default="10,100,1000,10000", help="numbers of operations; empty for none")
    given = parser.parse_args()
    named = os.environ.get("IONAPI_BENCHMARK_DOCUMENTS", "")
    documents = given.documents or [Path(path) for path in named.split(os.pathsep) if path]
    sizes = [int(number) for number in given.curve.split(",") if number]
    failed = 0
    sys.stdout.write(_HEAD + "\n")
    with tempfile.TemporaryDirectory() as folder:
        for path in (one for each in documents for one in _files(each)):
            failed += measured(path.resolve(), path.name, given.runs, Path(folder), None)
        for operations in sizes:
            path = Path(folder) / "synthetic.json"
            path.write_text(json.dumps(document(operations, operations // _OPERATIONS_A_GROUP + 1)), "utf-8")
            failed += measured(
                path, f"made up, {operations:,} operations", given.runs, Path(folder), operations
            )
    return 1 if failed else 0


def measured(path: Path, name: str, runs: int, folder: Path, operations: int | None) -> bool:
    """Prints the line of one document; whether it could not be generated."""
    firsts: list[Cost] = []
    seconds: list[Cost] = []
    for number in range(runs):
        output = folder / f"{path.stem}-{number}"
        command = [sys.executable, "-m", "ionapi_codegen", "generate", str(path), "--output", str(output)]
        environment = {"XDG_CACHE_HOME": str(folder / "cache")}
        firsts.append(cost(command, folder, environment))
        seconds.append(cost(command, folder, environment))
        if firsts[-1].status:
            sys.stdout.write(f"{name[:36]:36} failed: {firsts[-1].output.strip().splitlines()[0][:100]}\n")
            return True
    files, written = size(output)
    cpu, wall, peak, again = (
        statistics.median(figures)
        for figures in (
            [one.cpu for one in firsts],
            [one.wall for one in firsts],
            [one.peak for one in firsts],
            [one.cpu for one in seconds],
        )
    )
    each = f" {cpu / operations * 1e3:8.2f} ms" if operations else ""
    sys.stdout.write(
        f"{name[:36]:36} {cpu:7.2f} {wall:7.2f} {peak:6.0f} {files:6} {written / 1e3:8.0f} {again:8.2f}{each}\n"
    )
    sys.stdout.flush()
    return False


def _files(path: Path) -> list[Path]:
    return sorted(one for one in path.rglob("*") if one.suffix in _SUFFIXES) if path.is_dir() else [path]


if __name__ == "__main__":
    sys.exit(main())
