"""A real browser for pages, where the machine has one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOW = "for the tests in a browser: pip install playwright, and apt-get install chromium or playwright install chromium"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window: the machine's, or else the one that playwright has downloaded. Skips the test
    where there is none."""
    library = pytest.importorskip("playwright.sync_api", reason=HOW)
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    with library.sync_playwright() as playwright:
        try:
            # Containers have no user namespaces; the pages are our own.
            started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except library.Error as failure:
            pytest.skip(f"{HOW} ({str(failure).splitlines()[0]})")
        yield started
        started.close()
