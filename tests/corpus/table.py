"""The result as people read it: a line for each document, totals, and what must not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.checkers import TOOLS, Findings
from corpus.measure import Measured

_HEADINGS = (
    "document",
    "declared",
    "made",
    "files",
    "lines",
    "s",
    "MiB",
    "import s",
    *TOOLS,
    "examples",
    "lost",
    "misfit",
    "",
)


def lines(results: Sequence[Measured], findings: Findings | None) -> Iterator[str]:
    """Aligned; documents in the order given."""
    rows = [_HEADINGS, *(_row(one, findings) for one in results), _totals(results, findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS) - 1)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:], strict=True)]
        yield "  ".join([*cells, row[-1]]).rstrip()


def _row(one: Measured, findings: Findings | None) -> tuple[str, ...]:
    said = (
        f"no client [{one.refusal[0]}]" if one.refusal else f"{len(one.faults)} faults" if one.faults else ""
    )
    return (
        one.name,
        str(one.declared),
        str(one.made),
        str(one.files),
        str(one.lines),
        f"{one.seconds:.1f}",
        f"{one.peak:.0f}",
        f"{one.import_seconds:.2f}",
        *(_count(findings, [one], tool) for tool in TOOLS),
        str(one.examples),
        str(one.lost),
        str(one.misfits),
        said,
    )


def _totals(results: Sequence[Measured], findings: Findings | None) -> tuple[str, ...]:
    clients = sum(one.has_client for one in results)
    return (
        f"{len(results)} documents, {clients} clients",
        str(sum(one.declared for one in results if one.has_client)),
        str(sum(one.made for one in results)),
        str(sum(one.files for one in results)),
        str(sum(one.lines for one in results)),
        f"{sum(one.seconds for one in results):.1f}",
        f"{max((one.peak for one in results), default=0):.0f}",
        f"{max((one.import_seconds for one in results), default=0):.2f}",
        *(_count(findings, results, tool) for tool in TOOLS),
        str(sum(one.examples for one in results)),
        str(sum(one.lost for one in results)),
        str(sum(one.misfits for one in results)),
        "sums; MiB and import s are maxima",
    )


def _count(findings: Findings | None, of: Sequence[Measured], tool: str) -> str:
    if findings is None or not any(one.has_client for one in of):
        return "-"
    return str(sum(findings.counts.get((one.package, tool), 0) for one in of if one.has_client))
