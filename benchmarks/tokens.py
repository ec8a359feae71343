"""What happens to 1,000 calls when their token ends under them.

    python benchmarks/tokens.py [--ttl SECONDS]

makes a client of specs/orders.yaml and lets 100 threads, then 100 tasks, make 1,000 calls against a local gateway whose tokens
live five seconds, whose refresh tokens rotate and whose authorization server revokes a grant when a refresh token is used
twice. Each wave begins when the token has just ended in another way. A line says how many calls were answered with 200 and how many
requests the token endpoint got; exits 1 where a call failed or a token was asked for more often than needed.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from ionapi_codegen.cli import main as ionapi
from ionapi_codegen.sandbox.server import Sandbox

CALLS, WORKERS = 1_000, 100
DOCUMENT = Path(__file__).parents[1] / "specs" / "orders.yaml"


def expire(box: Sandbox, ttl: float) -> None:
    time.sleep(ttl + 0.1)


def kill_access_tokens(box: Sandbox, ttl: float) -> None:
    box.book.end_access_tokens()


def kill_refresh_tokens_too(box: Sandbox, ttl: float) -> None:
    box.book.end_access_tokens()
    box.book.end_refresh_tokens()


def fail_twice(box: Sandbox, ttl: float) -> None:
    box.book.end_access_tokens()
    box.control.token_failures.times = 2


def answer_late(box: Sandbox, ttl: float) -> None:
    box.book.end_access_tokens()
    box.control.token_delay = 2.0


WAVES: list[tuple[str, Callable[[Sandbox, float], None], int]] = [
    ("the token has expired", expire, 1),
    ("the server has killed the access tokens", kill_access_tokens, 1),
    ("and the refresh tokens, too", kill_refresh_tokens_too, 2),
    ("the token endpoint answers 503 twice", fail_twice, 3),
    ("the token endpoint answers after 2 s", answer_late, 1),
]
"""What ends the token before a wave, and the requests to the token endpoint that it takes: a refused refresh and
a repeated one count as well."""


def where(package: ModuleType, box: Sandbox) -> dict[str, object]:
    """What a client of this sandbox is made with."""
    ((_, base),) = box.mounted()
    credentials = package.Credentials.from_text(box.ionapi_text())
    return {"credentials": credentials, "base_url": box.url + base}


def threads(package: ModuleType, box: Sandbox, ttl: float, prepare: Callable[[], None]) -> tuple[int, float]:
    client = package.Client(**where(package, box))
    with client, ThreadPoolExecutor(WORKERS) as pool:
        client.get_status()
        prepare()
        start = time.perf_counter()
        answers = [pool.submit(client.get_status) for _ in range(CALLS)]
        good = sum(answer.exception() is None for answer in answers)
        return good, time.perf_counter() - start


def tasks(package: ModuleType, box: Sandbox, ttl: float, prepare: Callable[[], None]) -> tuple[int, float]:
    async def wave() -> tuple[int, float]:
        client: Any = package.AsyncClient(**where(package, box))
        async with client:
            await client.get_status()
            prepare()
            start = time.perf_counter()
            gate = asyncio.Semaphore(WORKERS)

            async def call() -> bool:
                async with gate:
                    try:
                        await client.get_status()
                    except package.IonApiError:
                        return False
                    return True

            good = sum(await asyncio.gather(*(call() for _ in range(CALLS))))
            return good, time.perf_counter() - start

    return asyncio.run(wave())


def main() -> int:
    parser = argparse.ArgumentParser(description="1,000 calls whose token ends under them")
    parser.add_argument("--ttl", type=float, default=5.0, help="seconds that a token lives")
    ttl = parser.parse_args().ttl
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        ionapi(["generate", str(DOCUMENT), "--output", folder], standalone_mode=False)
        sys.path.insert(0, folder)
        package = importlib.import_module("orders")
        for title, end, needed in WAVES:
            for workers in (threads, tasks):
                with Sandbox([DOCUMENT], ttl=ttl) as box:

                    def prepare(box: Sandbox = box, end: Callable[[Sandbox, float], None] = end) -> None:
                        box.control.reset()
                        end(box, ttl)

                    good, seconds = workers(package, box, ttl, prepare)
                    asked = sum(box.control.token_requests.values())
                fine = good == CALLS and asked == needed
                wrong += not fine
                sys.stdout.write(
                    f"{title:42} {workers.__name__:8} {good:5} of {CALLS} answered, {asked} token requests "
                    f"({needed} needed), {seconds:5.2f} s{'' if fine else '  WRONG'}\n"
                )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
