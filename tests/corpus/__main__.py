"""`python -m corpus`: measures the generator over a corpus of documents; exit code 1 where anything is below the line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from corpus import documents, downloads, measure, table
from corpus.checkers import Findings, check
from corpus.documents import Document
from corpus.judgement import below_the_line
from corpus.measure import Measured

ROOT = Path(__file__).parents[2]


@click.command()
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    envvar="IONAPI_CORPUS",
    help="The folder of the documents, with an INDEX.tsv.  [default: $IONAPI_CORPUS]",
)
@click.option("--sample", is_flag=True, help="Only the documents of sample.txt.")
@click.option("--only", multiple=True, metavar="GLOB", help="Only documents whose name matches.")
@click.option(
    "--downloads/--no-downloads", "fetches", default=True, help="GitHub's document and those of M3."
)
@click.option("--jobs", default=1, show_default=True, help="Documents at a time.")
@click.option("--no-checkers", is_flag=True, help="Without mypy, pyright, ruff and black.")
@click.option("--resume", is_flag=True, help="Take what an earlier run has measured.")
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=ROOT / "build" / "corpus",
    help="Where packages and results are kept.  [default: build/corpus]",
)
@click.option("-v", "--verbose", is_flag=True, help="Every finding, every example that is lost or misfits.")
def main(
    corpus: Path | None,
    sample: bool,
    only: tuple[str, ...],
    fetches: bool,
    jobs: int,
    no_checkers: bool,
    resume: bool,
    work: Path,
    verbose: bool,
) -> None:
    """Generate a client for each document, import it, send its examples through it, check it; print a table."""
    if corpus is None or not (corpus / "INDEX.tsv").is_file():
        click.echo("skipped: IONAPI_CORPUS names no folder with an INDEX.tsv")
        return
    work = work.resolve()
    patterns = (*only, *(documents.sample() if sample else ()))
    everything = documents.listed(corpus.resolve())
    if fetches and not sample:
        everything += _fetched(work / "downloads")
    try:
        chosen = documents.chosen(everything, patterns)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    results = list(_results(chosen, work, jobs, resume))
    findings = None if no_checkers else _findings(results, work)
    for line in table.lines(results, findings):
        click.echo(line)
    _explain(results, findings, verbose)
    below = list(below_the_line(results, findings))
    for line in below:
        click.echo(f"below the line: {line}")
    click.echo(f"{len(below)} below the line")
    sys.exit(1 if below else 0)


def _fetched(folder: Path) -> list[Document]:
    try:
        return list(downloads.fetched(folder))
    except (OSError, subprocess.SubprocessError) as error:
        raise click.ClickException(
            f"the downloads failed: {error}; --no-downloads does without them"
        ) from None


def _results(chosen: Sequence[Document], work: Path, jobs: int, resume: bool) -> Iterator[Measured]:
    results, packages = work / "results", work / "packages"

    def one(document: Document) -> Measured:
        known = measure.read(document, results) if resume else None
        if known is None:
            known = measure.measured(document, packages)
            measure.write(known, results)
        return known

    with ThreadPoolExecutor(jobs) as pool:
        for count, result in enumerate(pool.map(one, chosen), 1):
            if sys.stderr.isatty():
                click.echo(f"\r{count}/{len(chosen)} {result.name:.60}\033[K", nl=False, err=True)
            yield result


def _findings(results: Sequence[Measured], work: Path) -> Findings:
    """Of the packages that can be checked at all; of the others it has been said why not."""
    sizes = {one.package: one.lines for one in results if one.has_client}
    return check(work / "packages", sizes, work)


def _explain(results: Sequence[Measured], findings: Findings | None, verbose: bool) -> None:
    for one in results:
        if one.refusal:
            click.echo(f"no client: {one.name}: {one.refusal[1]} [{one.refusal[0]}]")
        for line in one.details:
            if verbose or (one.real and line.startswith("lost")):
                click.echo(f"{one.name}: {line}")
    shown = findings.shown if findings is not None else ()
    for line in shown if verbose else shown[:100]:
        click.echo(line)


if __name__ == "__main__":
    main()
