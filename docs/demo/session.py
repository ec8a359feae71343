"""A session against a local gateway, step by step: generate, obtain a token, call, renew, revoke.

    make demo

Nothing leaves this machine: the gateway and its authorization server listen on 127.0.0.1, and the
credentials are made up.
"""

from __future__ import annotations

import importlib
import itertools
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path

import click
import httpx2

from ionapi_codegen.cli import main as ionapi
from ionapi_codegen.sandbox.server import Sandbox

SPECS = Path(__file__).parents[2] / "specs"
DOCUMENT = SPECS / "crs610mi.json"
LIFETIME = 3.0
"""Seconds that a token of the demo's gateway lives."""

STEPS = itertools.count(1)


def main() -> None:
    warnings.simplefilter("ignore")  # the sandbox's dependencies announce changes of their own
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        step("Generate a client from specs/crs610mi.json")
        ionapi(
            ["generate", str(DOCUMENT), "--ionapi", str(fake_credentials(work)), "--output", folder],
            standalone_mode=False,
        )

        step(f"Start a local ION gateway whose tokens live {LIFETIME:g} seconds")
        with Sandbox([DOCUMENT], ttl=LIFETIME) as box:
            say(f"listening at {box.url}")
            credentials = work / "sandbox.ionapi"
            write_private(credentials, box.ionapi_text())
            session(box, credentials, work)
    step("The gateway is stopped; nothing is left behind")


def session(box: Sandbox, credentials: Path, work: Path) -> None:
    """What a program does with the client that was just made."""
    sys.path.insert(0, str(work))
    crs610mi = importlib.import_module("crs610mi")
    with crs610mi.Client.from_ionapi(credentials) as m3:
        step("Obtain a token with the service account of the .ionapi file")
        token = m3.auth.token()
        say(f"the client holds {token!r}")
        say(f"requests to the token endpoint so far: {token_requests(box)}")

        step("Read: get_basic_data(cuno='Y30000')")
        answer = m3.get_basic_data(cuno="Y30000")
        say(f"record: {answer.record}")

        step("Read: lst_by_number(maxrecs=2)")
        response = m3.response(m3.lst_by_number, maxrecs=2)
        say(f"status {response.status}, {len(response.content)} bytes, {type(response.value).__name__}")

        step("Write: chg_financial(cuno='Y30000', blcd=0)")
        written = m3.chg_financial(cuno="Y30000", blcd=0)
        say(f"successful transactions: {written.successful}")

        step("Let the token expire, and call again")
        time.sleep(LIFETIME + 0.2)
        m3.get_basic_data(cuno="Y30000")
        renewed = m3.auth.token()
        say(f"renewed without a word: {renewed is not token}")
        say(f"requests to the token endpoint so far: {token_requests(box)}")

        step("Revoke the tokens")
        m3.auth.revoke()
        say(f"revocations seen by the gateway: {box.control.revocations}")

        step("Show that the revoked token is dead")
        ((_, base),) = box.mounted()
        url = f"{box.url}{base}/GetBasicData?CUNO=Y30000"
        status = httpx2.get(url, headers={"Authorization": renewed.authorization}).status_code
        say(f"a call with it is answered with {status}")
        if status != 401:
            raise SystemExit("the revoked token was accepted")


def token_requests(box: Sandbox) -> dict[str, int]:
    return dict(box.control.token_requests)


def fake_credentials(work: Path) -> Path:
    """The sample of specs/ as a file that only its owner can read, as a real one should be."""
    path = work / "demo.ionapi"
    write_private(path, (SPECS / "demo.ionapi").read_text("utf-8"))
    return path


def write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def step(title: str) -> None:
    click.secho(f"\n{next(STEPS)}. {title}", bold=True)


def say(text: str) -> None:
    click.echo(f"   {text}")


if __name__ == "__main__":
    main()
