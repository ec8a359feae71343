"""A sample of the corpus, where there is one: nothing in it is below the line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.children import SOURCES


@pytest.mark.skipif("IONAPI_CORPUS" not in os.environ, reason="IONAPI_CORPUS names no corpus of documents")
def test_nothing_in_the_sample_is_below_the_line(tmp_path: Path) -> None:
    """Every operation, module and example of 40 documents, and no finding of any tool."""
    done = subprocess.run(
        [sys.executable, "-m", "corpus", "--sample", "--jobs", "2", "--work", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, SOURCES))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "0 below the line" in done.stdout, done.stdout
