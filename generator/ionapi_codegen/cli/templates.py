"""`ionapi templates`: what can be replaced, and how to begin."""

from __future__ import annotations

from pathlib import Path

import click

from ionapi_codegen import config as configuration
from ionapi_codegen import config_file
from ionapi_codegen.cli import findings
from ionapi_codegen.diagnostics import Diagnostics, Stopped

DEFAULT_FOLDER = Path("templates")


def _names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from ionapi_codegen.targets.python import contract

    return [name for name in (*contract.TEMPLATES, *contract.PARTS) if name.startswith(incomplete)]


@click.group("templates", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the templates that clients are made from, with the fields of their views.

    A template of your own replaces ours of the same name: put it into a folder, and name the folder in
    ionapi.toml. What it makes passes the same checks, and black. The fields are a contract with a version.

    \b
      ionapi templates copy group.py.jinja --to templates
      [packages.orders]
      templates = "templates"
    """
    if ctx.invoked_subcommand is None:
        from ionapi_codegen.targets.python import contract

        click.echo(contract.listing(), nl=False)


@command.command("show")
@click.argument("name", shell_complete=_names)
def show(name: str) -> None:
    """Print a template of ours."""
    click.echo(_text(name), nl=False)


@command.command("copy")
@click.argument("name", shell_complete=_names)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder of your own templates.  [default: the one in ionapi.toml, else templates]",
)
@click.option("--force", is_flag=True, help="Overwrite a template of your own.")
def copy(name: str, folder: Path | None, force: bool) -> None:
    """Begin a template of your own with ours."""
    from ionapi_codegen.targets.python import contract

    text = contract.mark() + _text(name)
    configured = _configured()
    folder = folder or next(iter(configured), DEFAULT_FOLDER)
    file = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file} exists: edit it, or use --force to overwrite it") from None
    except OSError as failure:
        reason = (failure.strerror or type(failure).__name__).lower()
        raise click.ClickException(f"{file} cannot be written: {reason}") from None
    click.echo(f"{file} written")
    if folder not in configured:
        click.echo(f'name the folder in ionapi.toml: templates = "{folder.as_posix()}"')


def _text(name: str) -> str:
    from ionapi_codegen.targets.python import contract, templates

    known = (*contract.TEMPLATES, *contract.PARTS)
    if name not in known:
        raise click.UsageError(f"there is no template {name!r}; there are {', '.join(known)}")
    return (templates.folder() / "python" / "package" / name).read_text("utf-8")


def _configured() -> list[Path]:
    """The folders of templates that the configuration names."""
    file = configuration.locate(Path.cwd())
    if file is None:
        return []
    diagnostics = Diagnostics()
    try:
        packages = config_file.read(file, diagnostics).packages
    except Stopped:
        findings.show(diagnostics, "text", verbose=False)
        raise click.exceptions.Exit(1) from None
    return list(dict.fromkeys(one.templates for one in packages if one.templates is not None))
