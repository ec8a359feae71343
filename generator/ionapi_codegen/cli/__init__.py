"""The command `ionapi`. Commands are loaded when they are called, so that `--help` answers at once."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click

from ionapi_codegen import __version__


class _Lazy(NamedTuple):
    module: str
    summary: str


COMMANDS: Mapping[str, _Lazy] = {
    "generate": _Lazy("ionapi_codegen.cli.generate", "Write the Python client for one or more documents."),
    "init": _Lazy(
        "ionapi_codegen.cli.init", "Write ionapi.toml, so that `ionapi generate` needs no arguments."
    ),
    "fetch": _Lazy("ionapi_codegen.cli.fetch", "Bring documents from the network into the repository."),
    "update": _Lazy("ionapi_codegen.cli.update", "Fetch, say what changed, and generate, in one."),
    "diff": _Lazy("ionapi_codegen.cli.diff", "Say what changed between two documents, and what it breaks."),
    "report": _Lazy("ionapi_codegen.cli.report", "Show what an API holds, on one page for a browser."),
    "validate": _Lazy("ionapi_codegen.cli.validate", "Say everything that is wrong with a document."),
    "sandbox": _Lazy(
        "ionapi_codegen.cli.sandbox", "Serve documents as a local ION API gateway, to try a client."
    ),
    "templates": _Lazy(
        "ionapi_codegen.cli.templates", "List the templates that you can replace by your own."
    ),
    "completion": _Lazy(
        "ionapi_codegen.cli.completion", "Print what makes your shell complete the commands."
    ),
    "dump-ir": _Lazy("ionapi_codegen.cli.dump_ir", "Print what a document was understood to mean, as JSON."),
}

_EXTRA_OF_MODULE = {"httpx2": "gateway", "authlib": "sandbox", "starlette": "sandbox", "uvicorn": "sandbox"}

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_MANUAL: Mapping[str, Mapping[str, str]] = {
    "Exit codes": {
        "0": "Done, or nothing to do.",
        "1": "A document, an .ionapi file or ionapi.toml is wrong; or files cannot be written; or --check "
        "has found that they are not up to date, or --fail-on that the API has changed.",
        "2": "The command line is wrong.",
    },
    "Files": {
        "ionapi.toml": "The packages of a repository; looked for upwards from the current folder. "
        "[tool.ionapi-codegen] in pyproject.toml does as well.",
        "*.ionapi": "Credentials, from API Gateway > Authorized Apps. Addresses are read from it; secrets "
        "are not copied.",
        "specs/": "Copies of documents that were fetched from a URL.",
        "output/NAME/": "The generated package, unless --output says otherwise.",
        "output/NAME/CHANGELOG.md": "What has changed in the API, newest first; yours to edit.",
        ".ionapi-codegen.json": "In each package: what it was made from, its files, its operations. Belongs "
        "under version control with the rest.",
    },
    "Environment": {
        "XDG_CACHE_HOME": "Where ionapi remembers what it has made of which files, so that a run without "
        "changes takes no time; ~/.cache without it. The folder may be deleted.",
        "IONAPI_FILE": "The .ionapi file that `ionapi fetch ido` signs in with, without --ionapi.",
        "NO_COLOR": "No colours.",
        "HTTPS_PROXY, NO_PROXY": "Honoured when a document is fetched.",
    },
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name].module).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.summary) for name, lazy in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, entries in _MANUAL.items():
            with formatter.section(title):
                formatter.write_dl(list(entries.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as missing:
            extra = _EXTRA_OF_MODULE.get((missing.name or "").partition(".")[0])
            if extra is None:
                raise
            raise click.ClickException(
                f'this command needs more packages: pip install "ionapi-codegen[{extra}]"'
            ) from None
        except OSError as failure:
            if failure.filename is not None or failure.errno not in _FULL:
                raise
            _close_output()
            raise click.ClickException(
                f"standard output cannot be written to: {os.strerror(failure.errno).lower()}; make room there"
            ) from None


def _close_output() -> None:
    """So that Python does not try again, at its end, what has just failed."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="ionapi")
def main() -> None:
    """Make typed Python clients from OpenAPI documents, with ION API sign-in built in.

    Reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2, as JSON or YAML, and writes a Python package that is made
    to be read: small modules, one model a class, synchronous and asynchronous clients. For APIs behind
    Infor's gateway the client takes its tenant, addresses and credentials from an .ionapi file and obtains,
    renews and revokes its tokens by itself.

    \b
    A first client:
      $ ionapi generate specs/CRS610MI.json --ionapi acme.ionapi
      $ python
      >>> from output.crs610mi import Client
      >>> with Client.from_ionapi("acme.ionapi") as m3:
      ...     customer = m3.get_basic_data(cuno="Y30000")

    \b
    The same again whenever a document has changed, and in CI:
      $ ionapi init specs/CRS610MI.json --ionapi acme.ionapi
      $ ionapi generate
      $ ionapi generate --check
    """
