"""`ionapi sandbox`: documents answer calls on this machine, behind a gateway that behaves like Infor's."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_codegen.cli import findings
from ionapi_codegen.cli.findings import counted
from ionapi_codegen.cli.spec import spec
from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.sandbox.credentials import is_fake

if TYPE_CHECKING:
    from ionapi_codegen.sandbox.server import Sandbox


@click.command("sandbox")
@click.argument("specs", type=spec, metavar="SPEC...", nargs=-1, required=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8700, show_default=True, help="0 takes a free one."
)
@click.option(
    "--ttl",
    type=click.FloatRange(min=0),
    default=7200,
    show_default=True,
    help="Seconds that access tokens live.",
)
@click.option(
    "--throttle", type=click.IntRange(min=1), metavar="N", help="Answer 429 to more than N calls a second."
)
@click.option(
    "--write-ionapi",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write an .ionapi file for this sandbox. Only a file that a sandbox wrote is replaced.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show every finding, however many are alike.")
def command(
    specs: tuple[str, ...],
    port: int,
    ttl: float,
    throttle: int | None,
    write_ionapi: Path | None,
    verbose: bool,
) -> None:
    """Serve documents as a local ION API gateway, to try a client without a tenant.

    Tokens are obtained, refreshed, revoked and demanded as on the real gateway; calls are answered with the
    examples of the document, or values made from its schemas. The credentials are fake. Listens on 127.0.0.1
    until interrupted.

    \b
      ionapi sandbox orders.yaml --write-ionapi sandbox.ionapi
      IONAPI_FILE=sandbox.ionapi python use_orders.py

    \b
    While it runs (curl -X POST URL/_sandbox/...):
      expire-access-tokens                 the next call of each client gets 401
      end-refresh-tokens, end-grants       a refresh is refused; everything is
      fail-token-endpoint?times=2&status=503
      fail-calls?times=2&status=503
      delay-token-endpoint?seconds=2       0 ends it
      lose-answers?times=1&status=504      executed, but answered so
      refuse?times=1&type=ServerReturnedNOK  M3, Mongoose, LN, Compass: a refusal
      throttle?per_second=5                0 ends it
      reset
    GET URL/_sandbox/stats counts token requests and calls, GET URL/_sandbox/journal lists the calls.
    """
    from ionapi_codegen.sandbox.server import Sandbox

    diagnostics = Diagnostics()
    try:
        box = Sandbox(specs, port=port, ttl=ttl, throttle=throttle, diagnostics=diagnostics)
    except Stopped:
        findings.show(diagnostics, "text", verbose)
        raise click.exceptions.Exit(1) from None
    findings.show(diagnostics, "text", verbose)
    try:
        with box:
            _announce(box)
            if write_ionapi is not None:
                _write_private(write_ionapi, box.ionapi_text())
                click.echo(f"credentials: {write_ionapi}")
            click.echo("Press Ctrl-C to stop.")
            _wait()
    except KeyboardInterrupt:
        click.echo("stopped")
    except OSError as failure:
        place = failure.filename or f"port {port} of 127.0.0.1"
        raise click.ClickException(f"{place}: {failure.strerror or failure}") from None


def _wait() -> None:
    """Until Ctrl-C."""
    threading.Event().wait()


def _announce(box: Sandbox) -> None:
    click.echo(f"ION API sandbox for the tenant {box.credentials.tenant} at {box.url}")
    for api, base in box.mounted():
        title = "".join(letter if letter.isprintable() else " " for letter in api.title.raw)
        click.echo(f"  {box.url}{base}  {title}, {counted(len(api.operations), 'operation')}")


def _write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read. Credentials that are not a sandbox's are never replaced."""
    if path.exists() and not is_fake(path.read_text("utf-8", "replace")):
        raise FileExistsError(errno.EEXIST, "the file is not a sandbox's, and is left alone", str(path))
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(
        os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    temporary.replace(path)
