"""What happens to 1,000 calls when their token ends under them.

    python benchmarks/tokens.py [--ttl SECONDS]

makes a client of specs/orders.yaml and lets 100 threads, then 100 tasks, make 1,000 calls against a local gateway whose tokens
live five seconds, whose refresh tokens rotate and whose authorization server revokes a grant when a refresh token is used
twice. Each wave begins when the token has just ended in another way. A line says how many calls were answered with 200 and how many
requests the token endpoint got; exits 1 where a call failed or a token was asked for more often than needed. On a machine that
takes longer for a wave than a token lives, give the tokens a longer life: a wave that crosses a second expiry needs a second token.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from ionapi_codegen.cli import main as ionapi
from ionapi_codegen.sandbox.server import Sandbox

CALLS, WORKERS = 1_000, 100
DOCUMENT = Path(__file__).parents[1] / "specs" / "orders.yaml"


@dataclass(frozen=True, slots=True)
class Gateway:
    """A sandbox in a process of its own, so that it does not share the clients' interpreter."""

    url: str
    base_url: str
    ionapi: str

    def command(self, words: str) -> None:
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/_sandbox/{words}", method="POST")).close()

    def token_requests(self) -> int:
        with urllib.request.urlopen(f"{self.url}/_sandbox/stats") as answer:
            return sum(json.load(answer)["token_requests"].values())


@contextmanager
def gateway(ttl: float) -> Iterator[Gateway]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(ttl, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("stop")
        process.join()


def serve(ttl: float, parent: Connection) -> None:
    with Sandbox([DOCUMENT], ttl=ttl) as box:
        ((_, base),) = box.mounted()
        parent.send(Gateway(box.url, box.url + base, box.ionapi_text()))
        parent.recv()


WAVES: list[tuple[str, tuple[str, ...], int]] = [
    ("the token has expired", (), 1),
    ("the server has killed the access tokens", ("expire-access-tokens",), 1),
    ("and the refresh tokens, too", ("end-refresh-tokens", "expire-access-tokens"), 2),
    ("the token endpoint answers 503 twice", ("expire-access-tokens", "fail-token-endpoint?times=2"), 3),
    ("the token endpoint answers after 2 s", ("expire-access-tokens", "delay-token-endpoint?seconds=2"), 1),
]
"""What ends the token before a wave (nothing: time does), and the requests to the token endpoint that it takes: a
refused refresh and a repeated one count as well."""


def where(package: ModuleType, box: Gateway) -> dict[str, object]:
    """What a client of this gateway is made with."""
    return {"credentials": package.Credentials.from_text(box.ionapi), "base_url": box.base_url}


def threads(package: ModuleType, box: Gateway, prepare: Callable[[], None]) -> tuple[int, float]:
    client = package.Client(**where(package, box))
    with client, ThreadPoolExecutor(WORKERS) as pool:
        client.get_status()
        prepare()
        start = time.perf_counter()
        answers = [pool.submit(client.get_status) for _ in range(CALLS)]
        good = sum(answer.exception() is None for answer in answers)
        return good, time.perf_counter() - start


def tasks(package: ModuleType, box: Gateway, prepare: Callable[[], None]) -> tuple[int, float]:
    async def wave() -> tuple[int, float]:
        client: Any = package.AsyncClient(**where(package, box))
        async with client:
            await client.get_status()
            prepare()
            start = time.perf_counter()
            waiting = iter(range(CALLS))

            async def work() -> int:
                good = 0
                for _ in waiting:
                    try:
                        await client.get_status()
                    except package.IonApiError:
                        continue
                    good += 1
                return good

            good = sum(await asyncio.gather(*(work() for _ in range(WORKERS))))
            return good, time.perf_counter() - start

    return asyncio.run(wave())


def main() -> int:
    parser = argparse.ArgumentParser(description="1,000 calls whose token ends under them")
    parser.add_argument("--ttl", type=float, default=5.0, help="seconds that a token lives")
    ttl = parser.parse_args().ttl
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        ionapi(["generate", str(DOCUMENT), "--output", folder], standalone_mode=False)
        sys.path.insert(0, folder)
        package = importlib.import_module("orders")
        for title, commands, needed in WAVES:
            for workers in (threads, tasks):
                with gateway(ttl) as box:

                    def prepare(box: Gateway = box, commands: tuple[str, ...] = commands) -> None:
                        if not commands:
                            time.sleep(ttl + 0.1)
                        for command in ("reset", *commands):
                            box.command(command)

                    good, seconds = workers(package, box, prepare)
                    asked = box.token_requests()
                fine = good == CALLS and asked == needed
                wrong += not fine
                sys.stdout.write(
                    f"{title:42} {workers.__name__:8} {good:5} of {CALLS} answered, {asked} token requests "
                    f"({needed} needed), {seconds:5.2f} s{'' if fine else '  WRONG'}\n"
                )
                sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
