"""What importing a client does not do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OUTPUT = Path(__file__).parents[2] / "output"

PROGRAM = """
import sys
import orders
loaded = sorted(name for name in sys.modules if name.startswith("orders."))
assert not [name for name in loaded if name.startswith(("orders.models", "orders.groups", "orders.client"))], loaded
assert "asyncio" not in sys.modules or "httpx2" in sys.modules
from orders import Client
client = Client(auth=None)
assert not [name for name in sys.modules if name.startswith("orders.groups.")]
client.customers
assert "orders.groups.customers" in sys.modules and "orders.groups.orders" not in sys.modules
assert set(orders.__all__) <= set(dir(orders))
try:
    orders.nonsense
except AttributeError as error:
    assert "nonsense" in str(error)
else:
    raise AssertionError
"""


def test_importing_the_package_loads_no_model_and_no_group() -> None:
    """Names resolve on first use, a group when it is asked for."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=OUTPUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
