"""Lists of M3 that are read page by page: every record once and in order, whatever the start field means."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from ionapi_codegen.sandbox.server import Sandbox

SPECS = Path(__file__).parents[2] / "specs"
BASE = "https://gateway.example/ACME_TST/M3/m3api-rest/v2/execute/CRS610MI"

Customer: TypeAlias = tuple[str, str]
"""Number and name."""

Meaning: TypeAlias = Callable[[Customer, str], bool]


@pytest.fixture(scope="module")
def crs610mi(generate: Callable[..., ModuleType]) -> ModuleType:
    return generate((SPECS / "crs610mi.json").read_text("utf-8"))


def at_least(customer: Customer, start: str) -> bool:
    return customer[0] >= start


def at_most(customer: Customer, start: str) -> bool:
    return customer[0] <= start or not start


def after(customer: Customer, start: str) -> bool:
    return customer[0] > start or not start


def equal(customer: Customer, start: str) -> bool:
    return customer[0] == start or not start


class Program:
    """Lists customers; `meaning` is what the field CUNO does."""

    def __init__(self, customers: Iterable[Customer], meaning: Meaning = at_least) -> None:
        self.customers = list(customers)
        self.meaning = meaning
        self.asked: list[dict[str, str]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        query = dict(parse_qsl(urlsplit(str(request.url)).query))
        self.asked.append(query)
        found = [each for each in self.customers if self.meaning(each, query.get("CUNO", ""))]
        most = int(query.get("maxrecs", "100")) or len(found)
        columns = query.get("returncols", "CUNO,CUNM").split(",")
        records = [
            {key: text for key, text in (("CUNO", number), ("CUNM", name)) if key in columns}
            for number, name in found[:most]
        ]
        return httpx2.Response(200, json={"results": [{"transaction": "LstByNumber", "records": records}]})


def read(module: ModuleType, program: Program, **arguments: Any) -> list[Customer]:
    client = module.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(program))
    return [(each.cuno, each.cunm) for each in client.lst_by_number.iterate(**arguments)]


def numbered(*numbers: int) -> list[Customer]:
    return [(f"{number:04}", f"name {index}") for index, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("numbers", "pages"),
    [
        ([], 1),
        ([1], 1),
        ([1, 2], 1),
        ([1, 2, 3], 2),
        ([1, 2, 3, 4, 5], 3),
        ([1, 2, 3, 4], 2),
    ],
)
def test_a_page_starts_where_the_one_before_ended(
    crs610mi: ModuleType, numbers: list[int], pages: int
) -> None:
    """What it repeats is left out; a page that is not full is the last one."""
    program = Program(numbered(*numbers))
    assert numbered(*numbers) == read(crs610mi, program, maxrecs=3)
    assert pages <= len(program.asked) <= pages + 1
    assert all(int(each["maxrecs"]) for each in program.asked[: len(numbers) // 3 + 1])


def test_most_lists_need_a_page_for_each_hundred(crs610mi: ModuleType) -> None:
    """A long list is read without ever asking for all of it, in whatever company."""
    program = Program(numbered(*range(1000)))
    assert numbered(*range(1000)) == read(crs610mi, program, cono=100)
    assert 11 == len(program.asked)
    assert {"100", None} == {each.get("maxrecs") for each in program.asked}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_small_pages_of_a_list_in_order(crs610mi: ModuleType, size: int) -> None:
    """Also where more records have one key than a page has room for."""
    for numbers in ([1] * 9, [1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3, 4], [1, 2, 2], [5, 4, 4, 1]):
        for meaning in (at_least, equal) if numbers[0] < 5 else (at_most, equal):
            customers = numbered(*numbers)
            assert customers == read(crs610mi, Program(customers, meaning), maxrecs=size)


@pytest.mark.parametrize("meaning", [at_least, after, equal])
@pytest.mark.parametrize("size", [7, 12, 50])
def test_no_record_is_lost_or_doubled(crs610mi: ModuleType, meaning: Meaning, size: int) -> None:
    """Whether the field is where the list starts, what it comes after or what it chooses; with keys that
    repeat, and in whatever order."""
    chance = random.Random(size)
    for repeated in (1, 2, 9):
        for mixed in (False, True):
            numbers = sorted(chance.choices(range(30 // repeated), k=30))
            if mixed:
                chance.shuffle(numbers)
            customers = numbered(*numbers)
            assert customers == read(crs610mi, Program(customers, meaning), maxrecs=size)


def test_where_the_caller_starts(crs610mi: ModuleType) -> None:
    customers = numbered(1, 2, 3, 4, 5, 6)
    assert customers[2:] == read(crs610mi, Program(customers), cuno="0003", maxrecs=2)
    assert customers[2:3] == read(crs610mi, Program(customers, equal), cuno="0003", maxrecs=1)


def test_columns_that_the_walk_needs_are_asked_for(crs610mi: ModuleType) -> None:
    customers = numbered(1, 2, 3, 4, 5)
    program = Program(customers)
    assert customers == read(crs610mi, program, maxrecs=2, returncols="CUNM")
    assert {"CUNM,CUNO"} == {each["returncols"] for each in program.asked}


def test_all_at_once_where_the_caller_says_so(crs610mi: ModuleType) -> None:
    program = Program(numbered(*range(300)))
    assert 300 == len(read(crs610mi, program, maxrecs=0))
    assert ["0"] == [each["maxrecs"] for each in program.asked]


def test_only_lists_in_the_order_of_a_field_go_on(crs610mi: ModuleType) -> None:
    """The name of a customer is not where the record begins, and a sum has no next page."""
    client = crs610mi.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(Program([])))
    assert hasattr(client.lst_by_number, "iterate")
    assert not any(hasattr(each, "iterate") for each in (client.get_basic_data, client.lst_balances_sum))


def test_lists_of_the_sandbox(crs610mi: ModuleType, tmp_path: Path) -> None:
    """To the last page, waiting and awaited, and in the middle of a program's bulk and plain calls."""
    path = tmp_path / "demo.ionapi"

    async def awaited() -> list[str]:
        async with crs610mi.AsyncClient.from_ionapi(path) as m3:
            return [each.cuno async for each in m3.lst_by_number.iterate(maxrecs=2)]

    with Sandbox([SPECS / "crs610mi.json"]) as box:
        path.write_text(box.ionapi_text(), "utf-8")
        path.chmod(0o600)
        with crs610mi.Client.from_ionapi(path) as m3:
            expected = [each.cuno for each in m3.lst_by_number(maxrecs=0)]
            assert 5 == len(set(expected))
            assert expected == [each.cuno for each in m3.lst_by_number.iterate(maxrecs=2)]
            assert expected[3:] == [each.cuno for each in m3.lst_by_number.iterate(cuno=expected[3])]
            box.control.refusals.times = 1
            with pytest.raises(crs610mi.TransactionRefusedError):
                next(m3.lst_by_number.iterate())
        assert expected == asyncio.run(awaited())
