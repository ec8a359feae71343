"""What the generator makes of one document: in a process of its own, and looked at in another."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus import counting
from corpus.children import Bounds, Ended, run
from corpus.documents import Document

GENERATING = Bounds(seconds=300, mebibytes=4096)
PROBING = Bounds(seconds=300, mebibytes=4096)


@dataclass(frozen=True, slots=True)
class Measured:
    """One document. `faults` are the things that must not happen, each in one sentence.

    `declared` and `made` count the operations in the document and in the client. `refusal` is what the generator
    says, with its code and place, where it makes no client. `misfits` are examples of another shape than the
    document gives them: mistakes of the document, or of its reading; for people to look at.
    """

    name: str
    real: bool
    package: str
    declared: int = 0
    made: int = 0
    files: int = 0
    lines: int = 0
    seconds: float = 0.0
    peak: float = 0.0
    import_seconds: float = 0.0
    warnings: int = 0
    examples: int = 0
    lost: int = 0
    misfits: int = 0
    refusal: tuple[str, str] | None = None
    faults: tuple[str, ...] = ()
    details: tuple[str, ...] = ()

    @property
    def has_client(self) -> bool:
        return self.lines > 0


def measured(document: Document, packages: Path) -> Measured:
    """Generates the package into a folder of that name below `packages`, and looks at it."""
    shutil.rmtree(packages / document.package, ignore_errors=True)
    try:
        declared: set[tuple[str, str]] | None = counting.operations(document.file)
    except (ValueError, OSError):
        declared = None
    ended = run(_generate(document, packages), GENERATING)
    one = Measured(
        document.name,
        document.real,
        document.package,
        declared=len(declared or ()),
        seconds=round(ended.seconds, 2),
        peak=round(ended.peak, 1),
    )
    if ended.code != 0:
        refusal, faults = _refused(ended)
        return replace(one, refusal=refusal, faults=faults)
    modules = [path for path in (packages / one.package).rglob("*.py") if "_runtime" not in path.parts]
    one = replace(
        one,
        files=len(modules),
        lines=sum(path.read_bytes().count(b"\n") for path in modules),
        warnings=sum(finding["severity"] == "warning" for finding in json.loads(ended.out or "[]")),
    )
    return _probed(one, document, packages, declared)


def _generate(document: Document, packages: Path) -> Sequence[str]:
    options = ["--output", str(packages), "--package", document.package, "--diagnostics", "json"]
    return [sys.executable, "-m", "ionapi_codegen", "generate", document.spec, *options]


def _refused(ended: Ended) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """What the generator said, and what must not be in how it ended."""
    if ended.late:
        return None, (f"did not end within {GENERATING.seconds:.0f} seconds",)
    if "Traceback (most recent call last)" in ended.err or ended.code != 1:
        last = ended.err.strip().splitlines()[-1:] or [""]
        return None, (f"ended with {ended.code}: {last[0][:300]}",)
    errors = [finding for finding in json.loads(ended.out or "[]") if finding["severity"] == "error"]
    if not errors or not errors[0]["file"]:
        return None, ("ended with 1 and names no place",)
    first = errors[0]
    at = f"{Path(first['file']).name}#{first['pointer']}"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return (first["code"], f"{first['message']} at {at}{more}"), ()


def _probed(
    one: Measured, document: Document, packages: Path, declared: set[tuple[str, str]] | None
) -> Measured:
    command = [sys.executable, "-W", "error::SyntaxWarning", "-m", "corpus.probe"]
    ended = run([*command, document.spec, document.package], PROBING, packages)
    if ended.code != 0:
        last = ended.err.strip().splitlines()[-1:] or [""]
        late = f"did not end within {PROBING.seconds:.0f} seconds" if ended.late else last[0][:300]
        return replace(one, faults=(f"its client cannot be looked at: {late}",))
    told = json.loads(ended.out)
    made = {(method, path) for method, path in told["operations"]}
    faults: list[str] = list(told["broken"])
    if declared is not None:
        faults += _missing(declared, made)
    return replace(
        one,
        made=len(made),
        import_seconds=round(told["import_seconds"], 3),
        examples=told["examples"],
        lost=told["lost_count"],
        misfits=told["misfit_count"],
        faults=tuple(faults),
        details=(
            *(f"lost: {line}" for line in told["lost"]),
            *(f"misfit: {line}" for line in told["misfits"]),
        ),
    )


def _missing(declared: set[tuple[str, str]], made: set[tuple[str, str]]) -> list[str]:
    """What one side has and the other has not. What stands in the braces of a path does not count: a client
    may write `{.ids*}` as `{ids}`."""
    before, after = (
        Counter((m, re.sub(r"\{[^}]*\}", "{}", path)) for m, path in of) for of in (declared, made)
    )
    return [
        *(f"not in the client: {method} {path}" for method, path in sorted((before - after).elements())[:5]),
        *(f"only in the client: {method} {path}" for method, path in sorted((after - before).elements())[:5]),
    ]


def write(one: Measured, folder: Path) -> None:
    """Keeps a result, so that a run that was stopped can go on."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{one.package}.json").write_text(json.dumps(asdict(one), indent=1), "utf-8")


def read(document: Document, folder: Path) -> Measured | None:
    """A result that was kept; None where there is none."""
    file = folder / f"{document.package}.json"
    if not file.exists():
        return None
    kept = json.loads(file.read_text("utf-8"))
    kept |= {key: tuple(kept[key]) for key in ("faults", "details")}
    kept["refusal"] = tuple(kept["refusal"]) if kept["refusal"] else None
    return Measured(**kept)
