"""What is below the line: what a run must not find in any document."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.checkers import TOOLS, Findings
from corpus.measure import Measured

LEAST_EXAMPLES = 0.999
"""The share of the examples of real documents that come back as they were."""


def impossible() -> Mapping[str, Mapping[str, str]]:
    """The documents of which no client can be made: by name the `code` of the error, and `why`."""
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (Path(__file__).parent / "impossible.toml").read_text("utf-8")
    )
    return table


def below_the_line(results: Sequence[Measured], findings: Findings | None) -> Iterator[str]:
    """A sentence for each thing that is not as it must be."""
    table = impossible()
    for one in results:
        yield from (f"{one.name}: {fault}" for fault in one.faults)
        yield from _refusal(one, table.get(one.name))
        if one.has_client and one.made != one.declared and not one.faults:
            yield f"{one.name}: {one.declared} operations in the document, {one.made} in the client"
        for tool in TOOLS:
            if findings is not None and (count := findings.counts.get((one.package, tool))):
                yield f"{one.name}: {count} findings of {tool}"
    if findings is not None:
        shared = sum(count for (package, _), count in findings.counts.items() if package == "_runtime")
        if shared:
            yield f"the runtime: {shared} findings"
    examples = sum(one.examples for one in results if one.real)
    lost = sum(one.lost for one in results if one.real)
    if examples and 1 - lost / examples < LEAST_EXAMPLES:
        yield f"{lost} of {examples} examples of real documents do not come back as they were"


def _refusal(one: Measured, known: Mapping[str, str] | None) -> Iterator[str]:
    if one.refusal is None:
        if known is not None and not one.faults:
            yield f"{one.name}: it is listed as impossible, and there is a client"
        return
    code, said = one.refusal
    if known is None:
        yield f"{one.name}: no client [{code}]: {said}"
    elif known["code"] != code:
        yield f"{one.name}: refused as {code} and not as {known['code']}: {said}"
