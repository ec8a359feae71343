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
assert not loaded, loaded
assert "httpx2" not in sys.modules
from orders import Client
client = Client(auth=None)
late = ("orders.groups.", "orders._runtime.plan", "orders._runtime.streams")
assert not [name for name in sys.modules if name.startswith(late)]
client.customers
assert "orders.groups.customers" in sys.modules and "orders.groups.orders" not in sys.modules
assert set(orders.__all__) <= set(dir(orders))
try:
    orders.nonsense
except AttributeError as error:
    assert "nonsense" in str(error)
else:
    raise AssertionError
for name in orders.__all__:
    assert getattr(orders, name) is getattr(orders, name), name
"""


def test_importing_the_package_loads_nothing() -> None:
    """Names resolve on first use, a group when it is asked for, the rest with the first call."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=OUTPUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
