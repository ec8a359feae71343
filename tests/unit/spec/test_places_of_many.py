"""Many places of a text at once are those that are found one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec.parse import parse
from ionapi_codegen.spec.pointers import escape
from ionapi_codegen.spec.positions import locate, locate_all
from ionapi_codegen.spec.source import decode

SPECS = Path(__file__).parents[3] / "specs"
NOT_THERE = ("/paths/x", "/info/title/x", "/servers/7/url", "/x")
WITH_ALIASES = """\
base: &base
  a: {b: 1}
  c: [1, {d: 2}]
other: *base
merged:
  <<: *base
  e: 1
"""


def pointers(value: object, above: str = "") -> Iterator[str]:
    yield above
    if isinstance(value, dict):
        for key, member in value.items():
            yield from pointers(member, f"{above}/{escape(str(key))}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from pointers(member, f"{above}/{index}")


@pytest.mark.parametrize("name", ["orders.yaml", "datalake.yaml", "ido.json", "with aliases"])
def test_places_of_many_are_those_of_each(name: str) -> None:
    """Keys, elements of arrays, what is not there; also where aliases stand for what is asked for."""
    text = WITH_ALIASES.encode() if name == "with aliases" else (SPECS / name).read_bytes()
    source = decode(name.replace(" ", ".") + ("" if "." in name else ".yaml"), text, 1 << 24, Diagnostics())
    value = parse(source, Diagnostics())
    wanted = [*pointers(value), *NOT_THERE]
    wanted = wanted[:: max(1, len(wanted) // 150)]
    assert {pointer: locate(source, pointer) for pointer in wanted} == locate_all(source, wanted)


def test_a_few_places_are_found_without_reading_on() -> None:
    """What stands behind the last of them is not looked at, broken as it may be."""
    text = yaml.safe_dump({"a": 1, "b": {"c": 2}}) + "d: [\n"
    source = decode("x.yaml", text.encode(), 1 << 20, Diagnostics())
    assert {"/b/c": (3, 3)} == locate_all(source, ["/b/c"])
