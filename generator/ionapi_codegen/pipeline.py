"""From documents to packages on the disk: the only module that knows the order of the stages."""

from __future__ import annotations

import enum
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Protocol

from ionapi_codegen import __version__, chosen_pages, corrections, naming, pinned_names, provenance
from ionapi_codegen.changes import package_model
from ionapi_codegen.changes.model import Change, Described
from ionapi_codegen.collector import resting
from ionapi_codegen.config import PackageSettings
from ionapi_codegen.diagnostics import Diagnostics, Place, Severity, Stopped
from ionapi_codegen.dialects import gateway as infor_gateway
from ionapi_codegen.dialects import registry as dialects
from ionapi_codegen.documents import Document, refuse_equal_names, without_older
from ionapi_codegen.ionapi import defaults
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import Record
from ionapi_codegen.orders import Order
from ionapi_codegen.orders import orders as packages_of
from ionapi_codegen.output import copies, writer
from ionapi_codegen.output.manifest import FILE as MANIFEST
from ionapi_codegen.output.manifest import Manifest, is_relative, sha256
from ionapi_codegen.output.survey import Outcome, survey
from ionapi_codegen.recall import Made, Memory, Question, cache_folder, recall, remember
from ionapi_codegen.regeneration import FailOn, News, is_too_much, news
from ionapi_codegen.sources import Source, find
from ionapi_codegen.spec.validate import findings
from ionapi_codegen.targets import registry as targets
from ionapi_codegen.targets.base import GatewayDefaults, NamedApi, Options, Package, Rendered, Target
from ionapi_codegen.understanding import MANY, Understood, meaning, understand_apart, understood
from ionapi_codegen.understanding import understand as understand_document
from ionapi_codegen.validation import Validation


class Mode(enum.Enum):
    """What becomes of the files."""

    WRITE = "write"
    CHECK = "check"  # compared with what is on the disk, whoever changed it
    DRY_RUN = "dry run"  # surveyed as for writing, refusals included


@dataclass(frozen=True, slots=True)
class Job:
    """What one run is to do. `strict` makes a warning as bad as an error; `format_all` has the formatter of
    the language print all text, where it prints otherwise what templates of the user's own have laid out.
    `fail_on` are changes of the API with which nothing is written."""

    packages: tuple[PackageSettings, ...]
    mode: Mode = Mode.WRITE
    force: bool = False
    strict: bool = False
    format_all: bool = False
    fail_on: FailOn | None = None


@dataclass(frozen=True, slots=True)
class Generated:
    """One package as it came out; in other modes than `WRITE`, or where the changes are too much for the job,
    as it would have."""

    name: str
    folder: Path
    operations: int
    models: int
    outcome: Outcome
    changes: tuple[Change, ...] = ()


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
    format_all: bool
    read: dict[str, str] = field(default_factory=dict)


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
    news: News
    copies: tuple[copies.Copy, ...]


def generate(job: Job, target: Target, diagnostics: Diagnostics, progress: Progress) -> tuple[Generated, ...]:
    """Makes the packages of a job: all of them, or none where anything is wrong; `Stopped` then.

    Nothing is written before everything has been read, rendered and compared with what is on the disk.
    """
    with resting():
        return _generated(job, target, diagnostics, progress)


def _generated(
    job: Job, target: Target, diagnostics: Diagnostics, progress: Progress
) -> tuple[Generated, ...]:
    known = frozenset(diagnostics.sorted())
    orders = [order for settings in job.packages for order in packages_of(settings, diagnostics)]
    question = _question(orders, target, job.format_all)
    if question is not None and (answer := recall(question)) is not None:
        return _as_before(*answer, job, diagnostics)
    progress.plan(sum(len(order.sources) + 1 for order in orders))
    with Validation(diagnostics) as validation:
        run = _Run(target, validation, diagnostics, progress, job.format_all)
        built = list(_all_built(orders, run))
        _refuse_shared_folders(built, diagnostics)
        if not diagnostics.count(Severity.ERROR):
            validation.close()
    _stop_where_wrong(job, diagnostics)

    force = job.force or job.mode is Mode.CHECK
    for one in built:
        copies.check(one.copies, one.folder, force, diagnostics)
    outcomes: Sequence[Outcome] = ()
    writes = job.mode is Mode.WRITE and not any(is_too_much(one.news.changes, job.fail_on) for one in built)
    if not writes:
        outcomes = [
            survey(one.folder, one.files, one.manifest, force, diagnostics, one.news.section).outcome
            for one in built
        ]
    _stop_where_wrong(job, diagnostics)
    said = tuple(one for one in diagnostics.sorted() if one not in known)
    if writes:
        deliveries = [writer.Delivery(one.folder, one.files, one.manifest, one.news.section) for one in built]
        fetched = [copy for one in built for copy in one.copies]
        outcomes = writer.write(
            deliveries, force, diagnostics, then=lambda: copies.write(fetched, diagnostics)
        )
    if question is not None and (writes or not any(one.changes for one in outcomes)):
        made = tuple(
            Made(one.name, str(one.folder), one.operations, one.models, sha256(one.manifest.to_bytes()))
            for one in built
        )
        remember(question, Memory(made, run.read, said))
    return tuple(
        Generated(one.name, one.folder, one.operations, one.models, outcome, one.news.changes)
        for one, outcome in zip(built, outcomes, strict=True)
    )


def _question(orders: Sequence[Order], target: Target, format_all: bool) -> Question | None:
    """What is asked of the memory of the last run; None where a document must be fetched, or something that
    the answer depends on cannot be read."""
    if any(source.content is not None for order in orders for source in order.sources):
        return None
    if any(
        order.settings.target != targets.DEFAULT or order.settings.dialect not in dialects.CHOICES
        for order in orders
    ):
        return None  # The plug-in may have changed.
    said = Diagnostics()
    try:
        addresses = [
            defaults.load(order.settings.ionapi, said) if order.settings.ionapi else None for order in orders
        ]
        templates = [order.settings.templates for order in orders if order.settings.templates is not None]
        return Question.of((type(target), orders), (addresses, said.sorted(), format_all), templates)
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
    for order in packages_of(settings, diagnostics):
        source = order.sources[0]
        _, api = understand_document(source, dialects.AUTO, diagnostics)
        found.append(replace(order.settings, name=_name(source, api), documents=(source.name,)))
    return found


def _name(source: Source, api: Api) -> str:
    return naming.from_title(api.title.raw, PurePath(source.file_name).stem)


def _all_built(orders: Iterable[Order], run: _Run) -> Iterator[_Built]:
    """The packages that can be built. Why another cannot has been said; the rest may have something to say,
    too."""
    for order in orders:
        with suppress(Stopped):
            yield _built(order, run)


def _built(order: Order, run: _Run) -> _Built:
    settings = order.settings
    gateway = defaults.load(settings.ionapi, run.diagnostics) if settings.ionapi else None
    found = sorted(_documents(order, gateway, run), key=lambda one: (one.named.name, one.source.name))
    corrections.report_unused(settings.overlays, [one.overlays for one in found], run.diagnostics)
    for path in settings.overlays:
        run.read.setdefault(str(path), "")  # Of what was applied to no document nobody knows the content.
    documents = without_older(found, run.diagnostics)
    refuse_equal_names(documents, run.diagnostics)
    if run.diagnostics.count(Severity.ERROR):
        raise Stopped
    apis = dialects.together({one.named.name: one.named.api for one in documents})
    apis = chosen_pages.apply(apis, settings.pagination, run.diagnostics)
    pinned_names.report_unknown(apis.values(), settings.pins, run.diagnostics)
    if run.diagnostics.count(Severity.ERROR):
        raise Stopped
    package = Package(
        settings.name or documents[0].named.name,
        tuple(NamedApi(name, api) for name, api in sorted(apis.items())),
        gateway,
    )
    run.progress.step(f"writing {package.name}")
    formatting = _formatter_cache()
    options = Options(settings.names, settings.templates, __version__, run.format_all, formatting)
    target = targets.chosen(settings.target, run.target, run.diagnostics)
    rendered = target.render(package, options, run.diagnostics)
    _refuse_paths(settings.target, rendered, run.diagnostics)
    entries = tuple(entry for one in documents for entry in one.entries)
    folder = settings.output / package.name
    last = package_model.last(folder)
    model = package_model.encode(package.apis, settings.names, last, names_servers=gateway is None)
    described = Described(package.apis, package.name, settings.names)
    return _Built(
        name=package.name,
        folder=folder,
        sources=order.sources,
        operations=sum(len(one.api.operations) for one in package.apis),
        models=sum(isinstance(schema, Record) for one in package.apis for schema in one.api.schemas.values()),
        files=rendered.files,
        manifest=Manifest.of(__version__, entries, rendered.files, rendered.operations, model),
        news=news(folder, model, described, run.diagnostics),
        copies=tuple(
            copies.Copy(copies.path(one.named.name, one.source.content), one.source.content, one.source.name)
            for one in documents
            if one.source.content is not None
        ),
    )


def _refuse_paths(target: str, rendered: Rendered, diagnostics: Diagnostics) -> None:
    """Targets of others are as free in what they write as ours, but below the package's folder only."""
    for path in rendered.files:
        if not is_relative(path) or path == MANIFEST:
            message = f"the target {target!r} wants to write {path!r}, which is no file of a package"
            raise diagnostics.stop("plugin-broken", message)


def _formatter_cache() -> Path | None:
    try:
        return cache_folder() / "formatted"
    except RuntimeError:
        return None


def _documents(order: Order, gateway: GatewayDefaults | None, run: _Run) -> Iterator[Document]:
    """The documents of a package that can be read, each below the tenant where an `.ionapi` file says that it
    is behind the gateway."""
    for source, found in _understood(order, run):
        api = found.api
        tenant = gateway.tenant if gateway is not None else ""
        if order.settings.suite is not None:
            api = infor_gateway.in_suite(api, order.settings.suite, tenant)
        elif gateway is not None and api.gateway_path is None:
            api = replace(api, gateway_path=infor_gateway.below_tenant(api, gateway.tenant))
        named = NamedApi(_name(source, api), api)
        run.read.update({file.name: file.sha256 for file in found.files})
        run.read.update(dict.fromkeys(found.unread, ""))
        run.read.update({overlay.name: overlay.sha256 for overlay in found.overlays})
        yield Document(source, named, tuple(provenance.entries(source, named.name, found)), found.overlays)


def _understood(order: Order, run: _Run) -> Iterator[tuple[Source, Understood]]:
    """What can be read. The first documents are validated as well; of hundreds, most are not."""
    dialect = order.settings.dialect
    for source in order.sources[:MANY]:
        run.progress.step(f"reading {source.file_name}")
        with suppress(Stopped):
            document = source.load(run.diagnostics)
            validates = not dialects.knows_shape(document.address, dialect)
            if validates:
                run.validation.expect()
            api = meaning(document, dialect, run.diagnostics)
            # Where something is wrong nothing is written, whatever else is found.
            if validates and not run.diagnostics.count(Severity.ERROR):
                run.validation.of(document)
            yield source, understood(document, api)
    others = order.sources[MANY:]
    if others:
        for source, found in understand_apart(others, dialect, run.diagnostics):
            run.progress.step(f"reading {source.file_name}")
            if found is not None:
                servers = found.api.servers
                if not dialects.knows_shape(servers[0].url.raw if servers else "", dialect):
                    run.validation.leave_out(1)
                yield source, found


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
