"""The last look at generated modules."""

from __future__ import annotations

import pytest

from ionapi_codegen.targets.python.gate import GateError, check


@pytest.mark.parametrize(
    "text",
    [
        'class A(Model):\n    x: str = wire("y")\n',
        '@operation("GET", "/x")\ndef f(self) -> None:\n    raise Declared\n',
        "def g(self) -> object:\n    return Customers(self)\n",
    ],
)
def test_what_templates_write_passes(text: str) -> None:
    """Declarations, and calls of known names."""
    check("a.py", text, frozenset({"Customers"}))


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.system('x')\n",
        "__import__('os')\n",
        "x = [y for y in z]\n",
        "eval('1')\n",
        "while True: pass\n",
        "x = 1 +\n",
        "x = '\x00'\n",
    ],
)
def test_anything_else_does_not(text: str) -> None:
    """It is a bug, and says where."""
    with pytest.raises(GateError, match=r"^a\.py"):
        check("a.py", text, frozenset())
