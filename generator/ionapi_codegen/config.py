"""What a user wants made of which documents: the command line and `ionapi.toml`, merged and frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ionapi_codegen.diagnostics import Place

FILE = "ionapi.toml"
PYPROJECT = "pyproject.toml"
DEFAULT_OUTPUT = Path("output")


@dataclass(frozen=True, slots=True)
class PagesSettings:
    """How one operation answers page by page, in the words of the file, complete for its kind; `kind` is None
    where it is not to. `place` is where the file says so."""

    kind: str | None
    place: Place = field(compare=False)
    parameter: str | None = None
    first: int | None = None
    items: tuple[str, ...] | None = None
    next: tuple[str, ...] | None = None
    key: tuple[str, ...] | None = None
    count: tuple[str, ...] | None = None
    more: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """A document that `ionapi fetch` brings to a file. `url` may be a path below the tenant where that goes
    `through_gateway`. `place` is where the configuration says so."""

    url: str
    file: Path
    through_gateway: bool
    place: Place = field(compare=False)

    @property
    def origin(self) -> str:
        """The URL without its query, which may hold a key, and without a fragment."""
        return self.url.partition("#")[0].partition("?")[0]


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """What is to be made. Paths are as the current directory sees them.

    `name` is None where the documents' titles are to name the packages, one each; with a name, all documents
    go into one package. `documents` are files, folders and URLs as given; `fetched` are those that an earlier
    `ionapi fetch` has brought, or a later one can. `names` maps an operationId or a
    JSON pointer to the name that its user has pinned, `pins` to where the file does so, `pagination` to how
    the operation answers page by page. `overlays` change the documents before anything else looks at them, in
    this order. `dialect` and `target` may be those of plug-ins. `suite` is where behind the gateway the APIs
    are, whatever the documents say.
    """

    name: str | None
    documents: tuple[str, ...]
    ionapi: Path | None = None
    output: Path = DEFAULT_OUTPUT
    dialect: str = "auto"
    names: Mapping[str, str] = field(default_factory=dict)
    pagination: Mapping[str, PagesSettings] = field(default_factory=dict)
    templates: Path | None = None
    overlays: tuple[Path, ...] = ()
    fetched: tuple[FetchSettings, ...] = ()
    target: str = "python"
    suite: str | None = None
    pins: Mapping[str, Place] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Config:
    """A repository's packages, in the order of the file."""

    file: Path
    packages: tuple[PackageSettings, ...]


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says of every package of a run; None where it is silent."""

    package: str | None = None
    ionapi: Path | None = None
    output: Path | None = None
    dialect: str | None = None
    suite: str | None = None


def merge(specs: tuple[str, ...], given: Overrides, config: Config | None) -> tuple[PackageSettings, ...]:
    """What a run is to make: the documents of the command line, or else the packages of the configuration.

    A package of the configuration that has the name of `--package` gives the settings that the command line
    does not. Empty where nothing was named, or no package of the configuration has that name.
    """
    configured = config.packages if config else ()
    if given.package is not None:
        configured = tuple(one for one in configured if one.name == given.package)
    if specs:
        named = configured if given.package is not None else ()
        base = named[0] if named else PackageSettings(given.package, specs)
        configured = (replace(base, documents=specs),)
    return tuple(
        replace(
            one,
            ionapi=given.ionapi or one.ionapi,
            output=given.output or one.output,
            dialect=given.dialect or one.dialect,
            suite=given.suite or one.suite,
        )
        for one in configured
    )


def to_toml(package: PackageSettings) -> str:
    """The lines of `ionapi.toml` for one package."""
    lines = [
        f"[packages.{package.name}]",
        f"documents = [{', '.join(map(_quoted, package.documents))}]",
    ]
    if package.ionapi is not None:
        lines.append(f"ionapi = {_quoted(package.ionapi.as_posix())}")
    if package.output != DEFAULT_OUTPUT:
        lines.append(f"output = {_quoted(package.output.as_posix())}")
    if package.dialect != "auto":
        lines.append(f"dialect = {_quoted(package.dialect)}")
    if package.suite is not None:
        lines.append(f"suite = {_quoted(package.suite)}")
    return "\n".join(lines) + "\n"


def locate(start: Path) -> Path | None:
    """The configuration that holds for a directory: the nearest upwards. An `ionapi.toml` wins over a
    `pyproject.toml` beside it; a `pyproject.toml` counts where it has `[tool.ionapi-codegen]`."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
        pyproject = folder / PYPROJECT
        if pyproject.is_file() and _is_ours(pyproject):
            return pyproject
    return None


def _is_ours(pyproject: Path) -> bool:
    """One that cannot be read is somebody else's, as far as anybody can tell."""
    try:
        return b"[tool.ionapi-codegen" in pyproject.read_bytes()
    except OSError:
        return False


def _quoted(text: str) -> str:
    """A basic string of TOML, which is one of JSON as long as DEL is escaped, too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def is_url(text: str) -> bool:
    """Whether a SPEC is to be fetched; anything else is a path."""
    return text.lower().startswith(("https://", "http://"))
