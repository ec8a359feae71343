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
        "from __future__ import annotations\nimport datetime as dt\nfrom ..models import os\nfrom . import x\n",
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
        "import os\n",
        "import datetime, os.path\n",
        "from subprocess import run\n",
        "from subprocess import *\n",
        "class A:\n    from os import getcwd\n",
        "def f(x=open('a')) -> None: ...\n",
        "@app.route('/')\ndef f() -> None: ...\n",
        "x: eval('1')\n",
        "async def f() -> None: ...\n",
        "def f() -> None:\n    yield 1\n",
        "del x\n",
        "x = y if z else w\n",
        "(x := 1)\n",
        "try:\n    x\nexcept: y\n",
        "with x: y\n",
        "global x\n",
        "assert x\n",
    ],
)
def test_anything_else_does_not(text: str) -> None:
    """It is a bug, and says where."""
    with pytest.raises(GateError, match=r"^a\.py"):
        check("a.py", text, frozenset())


def test_templates_of_users_may_import_more() -> None:
    """But call no more than ours."""
    check("a.py", "import logging\n", frozenset(), any_import=True)
    with pytest.raises(GateError, match=r"unexpected call of logging\.basicConfig"):
        check("a.py", "import logging\nlogging.basicConfig()\n", frozenset(), any_import=True)
