"""`ionapi fetch`: the documents of ionapi.toml, or of a Mongoose application, brought into the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_codegen import config as configuration
from ionapi_codegen import config_file
from ionapi_codegen.cli import findings
from ionapi_codegen.cli.findings import counted
from ionapi_codegen.config import PackageSettings
from ionapi_codegen.diagnostics import Diagnostics, Stopped

if TYPE_CHECKING:
    from ionapi_codegen.fetching.bring import Brought

IDO = "ido"


def package_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """What a shell completes the name of a package to: those of the configuration, if it can be read."""
    file = configuration.locate(Path.cwd())
    try:
        packages = config_file.read(file, Diagnostics()).packages if file is not None else ()
    except Stopped:
        return []
    return [str(one.name) for one in packages if str(one.name).startswith(incomplete)]


@click.command("fetch")
@click.argument("packages", metavar="[PACKAGE]...", nargs=-1, shell_complete=package_names)
@click.option(
    "--ionapi",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=False),
    metavar="FILE",
    help="The .ionapi file to sign in with.  [default: the package's; for ido the file in IONAPI_FILE]",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=False),
    metavar="FILE",
    help="Instead of the ionapi.toml found from here upwards.",
)
@click.option("--force", is_flag=True, help="Overwrite files that were edited, and files in the way.")
@click.option("--search", metavar="TEXT", help="ido: the documents whose name or description has this text.")
@click.option("--list", "only_list", is_flag=True, help="ido: say what is found, and fetch nothing.")
@click.option("--suite", default="CSI", show_default=True, help="ido: the application's path on the gateway.")
@click.option("--mongoose-config", metavar="NAME", help="ido: the configuration to log into.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=Path("specs"),
    show_default=True,
    help="ido: where the documents go.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show every finding, however many are alike.")
def command(
    packages: tuple[str, ...],
    ionapi: Path | None,
    config: Path | None,
    force: bool,
    search: str | None,
    only_list: bool,
    suite: str,
    mongoose_config: str | None,
    output: Path,
    verbose: bool,
) -> None:
    """Bring documents from the network into the repository.

    Fetches what ionapi.toml names by URL, for all packages or the named ones, into the files that it names,
    all of them or none. Afterwards `ionapi generate` needs no network. What the server says has not changed
    is not sent again.

    \b
      [packages.orders]
      documents = [{ file = "specs/orders.json", url = "https://api.example.com/openapi.json" }]
      [packages.crm]
      ionapi = "acme.ionapi"
      documents = [{ file = "specs/crm.json", url = "CRM/docs/openapi.json", through = "gateway" }]

    `ionapi fetch ido --search TEXT` looks into the documents that a Mongoose application (SyteLine, CSI)
    makes of its IDOs, and brings those that it finds. The token is revoked at the end.
    """
    diagnostics = Diagnostics()
    try:
        if search is not None:
            if packages != (IDO,):
                raise click.UsageError("--search goes with `ionapi fetch ido`")
            said = _ido(
                search, ionapi, suite, mongoose_config, None if only_list else output, force, diagnostics
            )
        else:
            if only_list or mongoose_config:
                raise click.UsageError(
                    "--list and --mongoose-config go with `ionapi fetch ido --search TEXT`"
                )
            said = _configured(packages, ionapi, config, force, diagnostics)
    except Stopped:
        findings.show(diagnostics, "text", verbose)
        raise click.exceptions.Exit(1) from None
    findings.show(diagnostics, "text", verbose)
    for line in said:
        click.echo(line)


def chosen(
    names: Sequence[str], config: Path | None, diagnostics: Diagnostics
) -> tuple[PackageSettings, ...]:
    """The packages of the configuration that were named, or all of them."""
    file = config or configuration.locate(Path.cwd())
    if file is None:
        raise click.UsageError("there is no ionapi.toml here or above (see `ionapi init`)")
    packages = {str(one.name): one for one in config_file.read(file, diagnostics).packages}
    for name in names:
        if name not in packages:
            raise click.UsageError(f"{file.name} names no package {name!r}; it has {', '.join(packages)}")
    return tuple(packages[name] for name in dict.fromkeys(names)) or tuple(packages.values())


def lines(brought: Sequence[Brought]) -> Iterator[str]:
    """What has become of each file."""
    from ionapi_codegen.fetching.bring import State

    for one in brought:
        size = (
            f", {len(one.fetched.content):,} bytes"
            if one.fetched and one.state is not State.UNCHANGED
            else ""
        )
        yield f"{one.wanted.file}: {one.state.value}{size}"


def _configured(
    names: Sequence[str], ionapi: Path | None, config: Path | None, force: bool, diagnostics: Diagnostics
) -> list[str]:
    from ionapi_codegen.fetching.bring import bring
    from ionapi_codegen.fetching.wanted import wanted

    documents = wanted(chosen(names, config, diagnostics), ionapi, diagnostics)
    if not documents:
        return ["nothing to fetch: no document of these packages has a URL"]
    return list(lines(bring(documents, force, diagnostics)))


def _ido(
    text: str,
    ionapi: Path | None,
    suite: str,
    config: str | None,
    output: Path | None,
    force: bool,
    diagnostics: Diagnostics,
) -> list[str]:
    from ionapi_codegen.fetching import ido
    from ionapi_codegen.fetching.bring import bring
    from ionapi_codegen.fetching.login import Login

    file = ionapi or (Path(os.environ["IONAPI_FILE"]) if os.environ.get("IONAPI_FILE") else None)
    if file is None:
        raise click.UsageError("give the .ionapi file to sign in with: --ionapi FILE")
    with Login(file, diagnostics) as login:
        found = ido.search(login, suite, text, config, diagnostics)
        if output is None or not found:
            said = [f"{entry.name}  {entry.about}".rstrip() for entry in found]
            return [*said, f"{counted(len(found), 'document')} found"]
        headers = ido.headers(login, config)
        brought = bring(ido.wanted(found, output, file), force, diagnostics, headers)
    files = " ".join(str(one.wanted.file) for one in brought)
    return [*lines(brought), f"next: ionapi generate {files} --package {IDO} --ionapi {file}"]
