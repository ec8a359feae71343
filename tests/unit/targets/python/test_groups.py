"""Which operations stand together."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ionapi_codegen.ir.api import Api, Tag
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.groups import grouped


def get(path: str, *tags: str) -> Operation:
    return Operation("GET", Text(path), tags=tuple(map(Text, tags)))


def groups(operations: Iterable[Operation], *tags: str) -> dict[str | None, list[str]]:
    """The paths of each group."""
    api = Api(Text("API"), Text("1"), tuple(operations), {}, tags=tuple(Tag(Text(tag)) for tag in tags))
    return {
        group.tag.raw if group.tag else None: [operation.path.raw for operation in group.operations]
        for group in grouped(api)
    }


def paths(pattern: str, count: int) -> list[Operation]:
    return [get(pattern.replace("%", str(n))) for n in range(count)]


PROCEDURES = paths("/#Action=DescribeThings&%", 201)


def test_tags_come_first_and_a_few_operations_without_stand_on_the_client() -> None:
    """Groups are the document's tags in its order; what has none is the client's own."""
    found = groups([get("/a", "Users"), get("/b", "Orders"), get("/c")], "Orders", "Unused")
    assert [(None, ["/c"]), ("Orders", ["/b"]), ("Users", ["/a"])] == list(found.items())


def test_tags_that_are_read_alike_are_one() -> None:
    """The declared one names the group, else the first; other signs tell tags apart."""
    found = groups(
        [get("/a", "account"), get("/b", "Account"), get("/c", "Time-entries"), get("/d", "TimeEntries")],
        "Account",
    )
    assert {"Account": ["/a", "/b"], "Time-entries": ["/c", "/d"]} == found
    assert {"C", "C++", "C#"} == groups([get("/a", "C"), get("/b", "C++"), get("/c", "C#")]).keys()


def test_many_operations_without_tags_stand_by_the_first_segment_that_names_something() -> None:
    """Versions and variables name nothing, nor does what stands behind a # or ?."""
    found = groups(
        [
            *paths("/api/v2/orders/%", 41),
            get("/{shop}/orders#new"),
            get("/orders?old"),
            get("/{shop}"),
        ]
    )
    assert {"orders": 43, None: 1} == {tag: len(some) for tag, some in found.items()}


def test_a_group_by_path_that_is_too_large_is_divided_by_what_follows() -> None:
    """Only that group: as few more segments as are needed."""
    found = groups(
        [*paths("/apis/core/pods/%", 60), *paths("/apis/v1/batch/%", 60), get("/apis"), get("/health/live")]
    )
    assert {"apis/core": 60, "apis/batch": 60, "apis": 1, "health": 1} == {
        tag: len(some) for tag, some in found.items()
    }


def test_two_hundred_procedures_stand_on_the_client() -> None:
    """What is called by its name is looked up by its name."""
    assert [None] == list(groups(PROCEDURES[1:]))


@pytest.mark.parametrize(
    ("subject", "path"),
    [
        ("instance", "/#Action=RunInstances"),
        ("vpc", "/?Action=DescribeVpcs&Version=2016"),
        ("aws", "/EnableAwsNetworkMetrics"),
        ("dns", "/getDNS"),
        ("address", "/releaseAddresses"),
        ("user", "/users.list"),
        ("user", "/user-create"),
        ("login", "/Login"),
        (None, "/{proxy}"),
        (None, "/"),
    ],
)
def test_more_procedures_stand_by_what_they_are_about(subject: str | None, path: str) -> None:
    """The word behind the verb of a name in one piece, otherwise the first; in the singular."""
    assert [path] == groups([*PROCEDURES, get(path)])[subject]


def test_an_operation_moves_nothing_that_it_has_nothing_to_do_with() -> None:
    """Groups count what begins alike, and nothing else."""
    before = groups([*PROCEDURES, *paths("/CreateTransitGateway%", 60)])
    after = groups([*PROCEDURES, *paths("/CreateTransitGateway%", 60), *paths("/MakeTea%", 150)])
    assert ["transit"] == [tag for tag, some in before.items() if "/CreateTransitGateway7" in some]
    assert before.items() <= after.items()


def test_what_nothing_tells_apart_stays_together() -> None:
    """A group is divided only where something follows in the names of its operations."""
    assert 201 == len(groups(PROCEDURES)["thing"])
