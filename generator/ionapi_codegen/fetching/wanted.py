"""Which documents the packages of a configuration have fetched, and where from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ionapi_codegen.config import FetchSettings, PackageSettings
from ionapi_codegen.diagnostics import Diagnostics, Severity, Stopped


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to be fetched into a file. `ionapi` is the file to sign in with, None where the document is
    there for everybody; `package` the folder whose manifest knows the last copy, None where there is none."""

    url: str
    origin: str
    file: Path
    ionapi: Path | None
    package: Path | None


def wanted(
    packages: Iterable[PackageSettings], ionapi: Path | None, diagnostics: Diagnostics
) -> tuple[Wanted, ...]:
    """The documents of the packages that have a URL, each once; `ionapi` is given for all of them. `Stopped`
    where it is not known how to fetch one."""
    found: dict[Path, Wanted] = {}
    for package in packages:
        for one in package.fetched:
            document = _wanted(package, one, ionapi, diagnostics)
            other = found.setdefault(one.file, document)
            if other.url != document.url:
                diagnostics.error(
                    "fetch-same-file",
                    f"documents of two addresses would be kept in {one.file}",
                    one.place,
                    'give each a file: documents = [{ file = "specs/FILE", url = "https://…" }]',
                )
    if diagnostics.count(Severity.ERROR):
        raise Stopped
    return tuple(found.values())


def _wanted(
    package: PackageSettings, one: FetchSettings, given: Path | None, diagnostics: Diagnostics
) -> Wanted:
    ionapi = (given or package.ionapi) if one.through_gateway else None
    if one.through_gateway and ionapi is None:
        diagnostics.error(
            "fetch-no-ionapi",
            f"{one.file} is fetched through the gateway, and there is no .ionapi file to sign in with",
            one.place,
            f'add ionapi = "FILE.ionapi" to the package {package.name}, or use --ionapi',
        )
    folder = package.output / package.name if package.name else None
    return Wanted(one.url, one.origin, one.file, ionapi, folder)
