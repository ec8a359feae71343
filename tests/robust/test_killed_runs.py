"""Runs that are killed with SIGKILL, at seeded random moments and steps, over a package that is there already.

`make robust` kills a hundred in each manner; the suite a few.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ionapi_codegen

KILLS = int(os.environ.get("IONAPI_KILLS", "10"))


@pytest.mark.skipif(sys.platform != "linux", reason="forks, and looks at steps as they are on Linux")
@pytest.mark.parametrize(("manner", "share"), [("step", 1.0), ("files", 0.5)])
def test_a_killed_run_leaves_the_old_package_or_the_new_one(
    tmp_path: Path, manner: str, share: float
) -> None:
    """Whole and importable at every moment; the run after it has the new one, clears away what was left and says
    so, once. Where two folders cannot change places, each file is old or new until that next run."""
    command = [sys.executable, str(Path(__file__).with_name("killing.py")), str(tmp_path)]
    command += [str(int(KILLS * share)), "20261124", manner]
    paths = [str(Path(ionapi_codegen.__file__).parents[1]), str(Path(__file__).parents[1])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert [] == result["wrong"]
    assert result["found"]["old"]
    assert result["found"]["new"]
    assert manner == "files" or "mixed" not in result["found"]
    print(result)  # noqa: T201  # for `make robust`, which shows it
