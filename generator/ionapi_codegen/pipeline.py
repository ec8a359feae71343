"""From documents to packages on the disk: the only module that knows the order of the stages."""

from __future__ import annotations

import enum
import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Protocol

from ionapi_codegen import __version__, chosen_pages, naming
from ionapi_codegen.config import PackageSettings
from ionapi_codegen.diagnostics import Diagnostics, Place, Severity, Stopped
from ionapi_codegen.dialects import gateway as infor_gateway
from ionapi_codegen.dialects import registry as dialects
from ionapi_codegen.ionapi import defaults
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import Record
from ionapi_codegen.output import copies, writer
from ionapi_codegen.output.manifest import DocumentEntry, Manifest, sha256
from ionapi_codegen.output.survey import Outcome, survey
from ionapi_codegen.recall import Made, Memory, Question, recall, remember
from ionapi_codegen.sources import Source, find
from ionapi_codegen.spec.validate import findings
from ionapi_codegen.targets.base import GatewayDefaults, NamedApi, Options, Package, Target
from ionapi_codegen.understanding import MANY, File, Understood, understand_apart, understood
from ionapi_codegen.understanding import understand as understand_document
from ionapi_codegen.validation import Validation


class Mode(enum.Enum):
    """What becomes of the files."""

    WRITE = "write"
    CHECK = "check"  # compared with what is on the disk, whoever changed it
    DRY_RUN = "dry run"  # surveyed as for writing, refusals included


@dataclass(frozen=True, slots=True)
class Job:
    """What one run is to do. `strict` makes a warning as bad as an error."""

    packages: tuple[PackageSettings, ...]
    mode: Mode = Mode.WRITE
    force: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Generated:
    """One package as it came out; in other modes than `WRITE`, as it would have."""

    name: str
    folder: Path
    operations: int
    models: int
    outcome: Outcome


class Progress(Protocol):
    """Told what is being worked on; may show it or not."""

    def plan(self, steps: int) -> None: ...
    def step(self, what: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Run:
    """What serves every package of a job. `read` collects the files that were read with their SHA-256, empty
    for one that could not be."""

    target: Target
    validation: Validation
    diagnostics: Diagnostics
    progress: Progress
    read: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Order:
    """One package to be made, its documents found but not yet read."""

    settings: PackageSettings
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """A document of a package, and its files as the manifest names them."""

    source: Source
    named: NamedApi
    entries: tuple[DocumentEntry, ...]


@dataclass(frozen=True, slots=True)
class _Built:
    """A package in memory."""

    name: str
    folder: Path
    sources: tuple[Source, ...]
    operations: int
    models: int
    files: Mapping[str, bytes]
    manifest: Manifest
    copies: tuple[copies.Copy, ...]


def generate(job: Job, target: Target, diagnostics: Diagnostics, progress: Progress) -> tuple[Generated, ...]:
    """Makes the packages of a job: all of them, or none where anything is wrong; `Stopped` then.

    Nothing is written before everything has been read, rendered and compared with what is on the disk.
    """
    known = frozenset(diagnostics.sorted())
    orders = [order for settings in job.packages for order in _orders(settings, diagnostics)]
    question = _question(orders, target)
    if question is not None and (answer := recall(question)) is not None:
        return _as_before(*answer, job, diagnostics)
    progress.plan(sum(len(order.sources) + 1 for order in orders))
    with _nothing_collected(), Validation(diagnostics) as validation:
        run = _Run(target, validation, diagnostics, progress)
        built = list(_all_built(orders, run))
        _refuse_shared_folders(built, diagnostics)
        if not diagnostics.count(Severity.ERROR):
            validation.close()
    _stop_where_wrong(job, diagnostics)

    force = job.force or job.mode is Mode.CHECK
    outcomes = [survey(one.folder, one.files, one.manifest, force, diagnostics).outcome for one in built]
    for one in built:
        copies.check(one.copies, one.folder, force, diagnostics)
    _stop_where_wrong(job, diagnostics)

    if job.mode is Mode.WRITE:
        outcomes = [writer.write(one.folder, one.files, one.manifest, force, diagnostics) for one in built]
        for one in built:
            copies.write(one.copies, diagnostics)
    if question is not None and (job.mode is Mode.WRITE or not any(one.changes for one in outcomes)):
        made = tuple(
            Made(one.name, str(one.folder), one.operations, one.models, sha256(one.manifest.to_bytes()))
            for one in built
        )
        said = tuple(one for one in diagnostics.sorted() if one not in known)
        remember(question, Memory(made, run.read, said))
    return tuple(
        Generated(one.name, one.folder, one.operations, one.models, outcome)
        for one, outcome in zip(built, outcomes, strict=True)
    )


def _question(orders: Sequence[_Order], target: Target) -> Question | None:
    """What is asked of the memory of the last run; None where a document must be fetched, or something that
    the answer depends on cannot be read."""
    if any(source.content is not None for order in orders for source in order.sources):
        return None
    said = Diagnostics()
    try:
        addresses = [
            defaults.load(order.settings.ionapi, said) if order.settings.ionapi else None for order in orders
        ]
        templates = [order.settings.templates for order in orders if order.settings.templates is not None]
        return Question.of((type(target), orders), (addresses, said.sorted()), templates)
    except (OSError, Stopped):
        return None


def _as_before(
    memory: Memory, outcomes: Iterable[Outcome], job: Job, diagnostics: Diagnostics
) -> tuple[Generated, ...]:
    """The answer of a run that would do and say what the last one did."""
    for one in memory.findings:
        diagnostics.add(one.code, one.severity, one.message, one.place, one.help)
    _stop_where_wrong(job, diagnostics)
    return tuple(
        Generated(one.name, Path(one.folder), one.operations, one.models, outcome)
        for one, outcome in zip(memory.made, outcomes, strict=True)
    )


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without the collector of circles, which would look through the model of a document, hundreds of
    thousands of objects that are all needed, again and again. What is not needed any more forms no circles.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def understand(spec: str, dialect: str, diagnostics: Diagnostics) -> tuple[Api, ...]:
    """What the documents mean that a SPEC names; `Stopped` where one cannot be read."""
    return tuple(understand_document(source, dialect, diagnostics)[1] for source in find(spec, diagnostics))


def validate(spec: str, diagnostics: Diagnostics) -> int:
    """Reports all that is wrong with the documents that a SPEC names; says how many could be read."""
    count = 0
    for source in find(spec, diagnostics):
        try:
            document, _ = understand_document(source, dialects.AUTO, diagnostics)
        except Stopped:
            continue
        findings(document, None, diagnostics)
        count += 1
    return count


def named(settings: PackageSettings, diagnostics: Diagnostics) -> list[PackageSettings]:
    """A package for each document of the settings, named after its title; `Stopped` where one cannot be
    read."""
    found: list[PackageSettings] = []
    for order in _orders(settings, diagnostics):
        source = order.sources[0]
        _, api = understand_document(source, dialects.AUTO, diagnostics)
        found.append(replace(order.settings, name=_name(source, api), documents=(source.name,)))
    return found


def _name(source: Source, api: Api) -> str:
    return naming.from_title(api.title.raw, PurePath(source.file_name).stem)


def _orders(settings: PackageSettings, diagnostics: Diagnostics) -> list[_Order]:
    sources = tuple(dict.fromkeys(one for spec in settings.documents for one in find(spec, diagnostics)))
    if settings.name is not None:
        return [_Order(settings, sources)]
    return [_Order(settings, (source,)) for source in sources]


def _all_built(orders: Iterable[_Order], run: _Run) -> Iterator[_Built]:
    """The packages that can be built. Why another cannot has been said; the rest may have something to say,
    too."""
    for order in orders:
        with suppress(Stopped):
            yield _built(order, run)


def _built(order: _Order, run: _Run) -> _Built:
    settings = order.settings
    gateway = defaults.load(settings.ionapi, run.diagnostics) if settings.ionapi else None
    found = sorted(_documents(order, gateway, run), key=lambda one: (one.named.name, one.source.name))
    documents = _without_older(found, run.diagnostics)
    _refuse_equal_names(documents, run.diagnostics)
    if run.diagnostics.count(Severity.ERROR):
        raise Stopped
    apis = dialects.together({one.named.name: one.named.api for one in documents})
    apis = chosen_pages.apply(apis, settings.pagination, run.diagnostics)
    if run.diagnostics.count(Severity.ERROR):
        raise Stopped
    package = Package(
        settings.name or documents[0].named.name,
        tuple(NamedApi(name, api) for name, api in sorted(apis.items())),
        gateway,
    )
    run.progress.step(f"writing {package.name}")
    options = Options(settings.names, settings.templates, __version__)
    rendered = run.target.render(package, options, run.diagnostics)
    entries = tuple(entry for one in documents for entry in one.entries)
    return _Built(
        name=package.name,
        folder=settings.output / package.name,
        sources=order.sources,
        operations=sum(len(one.api.operations) for one in package.apis),
        models=sum(isinstance(schema, Record) for one in package.apis for schema in one.api.schemas.values()),
        files=rendered.files,
        manifest=Manifest.of(__version__, entries, rendered.files, rendered.operations),
        copies=tuple(
            copies.Copy(copies.path(one.named.name, one.source.content), one.source.content, one.source.name)
            for one in documents
            if one.source.content is not None
        ),
    )


def _documents(order: _Order, gateway: GatewayDefaults | None, run: _Run) -> Iterator[_Document]:
    """The documents of a package that can be read, each below the tenant where an `.ionapi` file says that it
    is behind the gateway."""
    for source, found in _understood(order, run):
        api = found.api
        if gateway is not None and api.gateway_path is None:
            api = replace(api, gateway_path=infor_gateway.below_tenant(api, gateway.tenant))
        named = NamedApi(_name(source, api), api)
        run.read.update({file.name: file.sha256 for file in found.files})
        run.read.update(dict.fromkeys(found.unread, ""))
        yield _Document(source, named, tuple(_entries(source, named.name, found.files)))


def _understood(order: _Order, run: _Run) -> Iterator[tuple[Source, Understood]]:
    """What can be read. The first documents are validated as well; of hundreds, most are not."""
    dialect = order.settings.dialect
    for source in order.sources[:MANY]:
        run.progress.step(f"reading {source.file_name}")
        with suppress(Stopped):
            document, api = understand_document(source, dialect, run.diagnostics)
            if not run.diagnostics.count(Severity.ERROR):  # nothing is written then, whatever else is found
                run.validation.of(document)
            yield source, understood(document, api)
    others = order.sources[MANY:]
    if others:
        run.validation.leave_out(len(others))
        for source, found in understand_apart(others, dialect, run.diagnostics):
            run.progress.step(f"reading {source.file_name}")
            if found is not None:
                yield source, found


def _entries(source: Source, name: str, files: Sequence[File]) -> Iterator[DocumentEntry]:
    """As seen from the folder of the first file, so that it does not matter where the generator was run."""
    folder = PurePath(files[0].name).parent
    for file in files:
        if source.content is not None:
            yield DocumentEntry(copies.path(name, source.content).name, file.sha256, source.origin)
        else:
            relative = os.path.relpath(file.name, folder)
            yield DocumentEntry(PurePath(relative).as_posix(), file.sha256)


def _without_older(documents: Iterable[_Document], diagnostics: Diagnostics) -> list[_Document]:
    """The documents, sorted by name, without older downloads of the same one."""
    kept: list[_Document] = []
    for one in documents:
        last = kept[-1] if kept and kept[-1].named.name == one.named.name else None
        newer = dialects.newer(last.named.api, one.named.api) if last is not None else None
        if last is None or newer is None:
            kept.append(one)
            continue
        older, kept[-1] = (one, last) if newer is last.named.api else (last, one)
        diagnostics.notice(
            "older-download",
            f"{older.source.name} was left out: {kept[-1].source.name} describes {one.named.name}, too, and "
            "is not older",
            Place(older.source.name, "/info/version"),
            "delete the one that you do not need",
        )
    return kept


def _refuse_equal_names(documents: Iterable[_Document], diagnostics: Diagnostics) -> None:
    taken: dict[str, Source] = {}
    for one in documents:
        other = taken.setdefault(one.named.name, one.source)
        if other is not one.source:
            diagnostics.error(
                "same-api",
                f"{other.name} and {one.source.name} would both be called {one.named.name} in the package",
                Place(one.source.name, "/info/title"),
                "give them different titles, or a package each",
            )


def _refuse_shared_folders(built: Iterable[_Built], diagnostics: Diagnostics) -> None:
    taken: dict[str, _Built] = {}
    for one in built:
        other = taken.setdefault(os.path.realpath(one.folder).casefold(), one)
        if other is not one:
            diagnostics.error(
                "same-package",
                f"{other.sources[0].name} and {one.sources[0].name} would both be written to {one.folder}",
                Place(one.sources[0].name, "/info/title"),
                "make them one at a time, each with a --package of its own",
            )


def _stop_where_wrong(job: Job, diagnostics: Diagnostics) -> None:
    if diagnostics.count(Severity.ERROR):
        raise Stopped
    if job.strict and diagnostics.count(Severity.WARNING):
        raise diagnostics.stop(
            "strict", "there are warnings, which --strict makes errors: nothing was written"
        )
