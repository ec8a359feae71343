"""What generating costs beside other generators, and how many operations each of them brings across.

    python benchmarks/peers.py DOCUMENT ... --cache FOLDER [--peers NAME,NAME]

installs each peer into an environment of its own below the cache folder (once; needs a package index, and Java for OpenAPI
Generator), runs each on each document with its default settings, and prints processor time, the clock and memory with their ratio
to ours, the size of what was written, and the operations in it. A peer that fails, or leaves operations out, is shown so.
The package datamodel-code-generator makes models; since it can make a client, too, it is measured both ways.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from running import Cost, cost, size

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.pipeline import understand

MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Generator:
    """`package` is what pip installs, None for ours; `arguments` are those for a document and an output folder;
    `operations` counts what was written, None where it is not a client."""

    name: str
    package: str | None
    command: str
    arguments: Callable[[str, str], list[str]]
    operations: Callable[[Path], int] | None


def _found(folder: Path, pattern: str, files: str) -> int:
    """How many matches the files of a folder have."""
    return sum(len(re.findall(pattern, path.read_text("utf-8"))) for path in folder.rglob(files))


def _named(folder: Path, pattern: str, files: str) -> int:
    """As `_found`, of names that a file has several times."""
    return sum(len(set(re.findall(pattern, path.read_text("utf-8")))) for path in folder.rglob(files))


def _datamodel(document: str, output: str) -> list[str]:
    return [
        *("--input", document, "--input-file-type", "openapi", "--output", f"{output}/models"),
        *("--output-model-type", "pydantic_v2.BaseModel"),
    ]


GENERATORS = (
    Generator(
        "ionapi",
        None,
        "ionapi_codegen",
        lambda document, output: ["generate", document, "--output", output],
        lambda folder: _found(folder, r"(?m)^    @(?:operation|paged)\(", "*.py"),
    ),
    Generator(
        "openapi-python-client",
        "openapi-python-client==0.29.*",
        "openapi-python-client",
        lambda document, output: ["generate", "--path", document, "--output-path", output, "--overwrite"],
        lambda folder: _found(folder, r"(?m)^def sync_detailed\(", "*.py"),
    ),
    Generator(
        "datamodel-codegen, models",
        "datamodel-code-generator[http]",
        "datamodel-codegen",
        _datamodel,
        None,
    ),
    Generator(
        "datamodel-codegen, client",
        "datamodel-code-generator[http]",
        "datamodel-codegen",
        lambda document, output: [
            *_datamodel(document, output),
            *("--openapi-scopes", "schemas", "paths", "api", "--generate-client", "httpx2"),
            *("--client-output", f"{output}/client", "--client-package", "client"),
            *("--client-model-package", "models"),
        ],
        lambda folder: _named(folder / "client" / "resources", r"(?m)^    async def ([a-z]\w*)", "_async.py"),
    ),
    Generator(
        "OpenAPI Generator",
        "openapi-generator-cli",
        "openapi-generator-cli",
        lambda document, output: ["generate", "-g", "python", "-i", document, "-o", output],
        lambda folder: _found(folder, r"(?m)^    def [a-z]\w*_with_http_info\(", "*.py"),
    ),
)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="where the peers' environments are kept")
    parser.add_argument("--peers", default="", help="commands of those to run; all of them otherwise")
    given = parser.parse_args()
    wanted = set(given.peers.split(",")) - {""}
    chosen = [one for one in GENERATORS if one.package is None or not wanted or one.command in wanted]
    programs = {one.name: _program(one, given.cache) for one in chosen}
    for document in given.documents:
        for line in _compared(document.resolve(), chosen, programs):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 0


def _program(generator: Generator, cache: Path) -> list[str]:
    """What runs a generator; its environment is made where it is missing."""
    if generator.package is None:
        return [sys.executable, "-m", generator.command]
    folder = (cache / generator.command).resolve()
    if not (folder / "bin" / generator.command).exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [folder / "bin" / "pip", "install", "--quiet", generator.package],
            check=True,
            timeout=MOST_SECONDS,
        )
    return [str(folder / "bin" / generator.command)]


def _compared(document: Path, chosen: list[Generator], programs: dict[str, list[str]]) -> Iterator[str]:
    operations = sum(len(api.operations) for api in understand(str(document), "auto", Diagnostics()))
    yield f"{document.name}, {operations:,} operations"
    ours: Cost | None = None
    for generator in chosen:
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "output"
            output.mkdir()
            command = [*programs[generator.name], *generator.arguments(str(document), str(output))]
            environment = {
                "PATH": f"{Path(command[0]).parent}:/usr/local/bin:/usr/bin:/bin",
                "XDG_CACHE_HOME": f"{folder}/cache",
            }
            used = cost(command, Path(folder), environment, MOST_SECONDS)
            ours = ours or used
            yield f"  {generator.name:26} {_line(used, ours, output, generator, operations)}"


def _line(used: Cost, ours: Cost, output: Path, generator: Generator, operations: int) -> str:
    ratios = f"{used.cpu:7.1f} s CPU ({used.cpu / ours.cpu:4.1f}×)  {used.wall:6.1f} s ({used.wall / ours.wall:4.1f}×)"
    figures = f"{ratios}  {used.peak:6.0f} MiB"
    files, written = size(output)
    if used.status or not files:
        said = next((line for line in reversed(used.output.splitlines()) if line.strip()), "")
        return f"{figures}  FAILED ({'out of time' if used.status < 0 else said.strip()[:80]})"
    figures += f"  {files:5} files {written / 1e6:5.1f} MB"
    if generator.operations is None:
        return f"{figures}  models only"
    made = generator.operations(output)
    return f"{figures}  {made:,} operations" + (f", {operations - made:,} LOST" if made < operations else "")


if __name__ == "__main__":
    sys.exit(main())
