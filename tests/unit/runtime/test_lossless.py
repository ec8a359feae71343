"""Whatever a server sends comes back as it came, whatever of it was read, and in whatever order."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from ionapi_runtime.codecs import EXACT, codec, decode_json, encode_json
from ionapi_runtime.errors import DecodeError
from ionapi_runtime.fields import wire
from ionapi_runtime.model import Model, OpenModel
from ionapi_runtime.unions import Discriminator
from ionapi_runtime.unset import UNSET, Unset

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class Leaf(Model):
    kind: Literal["leaf"] = "leaf"
    at: dt.datetime | Unset = UNSET


class Branch(OpenModel["Leaf | list[str]"]):
    kind: Literal["branch"] = "branch"
    leaves: list[Leaf | Branch] | Unset = UNSET


class Tree(Model):
    text: str
    number: int | Unset = UNSET
    ratio: float | Unset | None = UNSET
    on: dt.date | Unset = wire("wantedOn", default=UNSET)
    at: dt.datetime | Unset | None = UNSET
    price: Decimal | Unset = UNSET
    key: UUID | Unset = UNSET
    data: bytes | Unset = UNSET
    leaf: Annotated[Leaf | Branch, Discriminator("kind", {"leaf": Leaf, "branch": "Branch"})] | Unset = UNSET
    best: Leaf | Branch | dt.date | str | Unset | None = UNSET
    pair: tuple[int, dt.date] | Unset = UNSET
    texts: list[dt.time] | Unset = UNSET
    table: dict[str, Leaf | None] | Unset = UNSET
    anything: object = UNSET
    nested: Json | Unset = UNSET
    parent: Tree | Unset = UNSET


class Sum(Model, exact=True):
    total: Annotated[Decimal, EXACT]
    ratio: float | Unset = UNSET
    parts: list[Sum] | Unset = UNSET


NAMES = [field.wire for field in Tree.__record__.fields.values()]

texts = st.one_of(
    st.text(max_size=8),
    st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=2))])).map(str),
    st.sampled_from(
        [
            "2026-03-01T08:30:00.000Z",
            "2026-03-01t08:30:00.1234567z",
            "2026-03-01",
            "08:30",
            "08:30:00.50Z",
            "1.50",
            "1e3",
            "-0",
            "aGk=",
            "aGk",
            "_-8=",
            "12345678-1234-5678-1234-56781234567F",
        ]
    ),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts
)
keys = st.sampled_from([*NAMES, "kind", "leaves", "to_dict", "__class__", "extra", "other", ""])
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(keys, inner, max_size=5),
        st.fixed_dictionaries(
            {"kind": st.sampled_from(["leaf", "branch"])}, optional={"leaves": st.lists(inner, max_size=2)}
        ),
    ),
    max_leaves=12,
)
objects = st.dictionaries(keys, values, max_size=10)


def read(value: object) -> None:
    """Look at everything, as `repr` does."""
    repr(value)


@settings(deadline=None, max_examples=150)
@given(objects, st.lists(st.sampled_from(list(Tree.__record__.fields)), max_size=5))
def test_what_came_goes_back(received: dict[str, object], looked_at: list[str]) -> None:
    """Values and order, of objects of every shape, right and wrong, read in part and in full."""
    text = json.dumps(received)
    tree = Tree.from_dict(received)
    assert received == tree.to_dict()
    for name in looked_at:
        read(getattr(tree, name, None))
    assert json.loads(text) == tree.to_dict()
    read(tree)
    assert text == json.dumps(tree.to_dict())
    assert text == json.dumps(received)
    assert received == json.loads(encode_json(tree))
    assert tree == Tree.from_json(tree.to_json())


@settings(deadline=None, max_examples=80)
@given(objects)
def test_what_reads_strictly_reads_the_same(received: dict[str, object]) -> None:
    """A strict reading either fails with a DecodeError, or equals the lenient one and loses nothing."""
    lenient = Tree.from_dict(received)
    with contextlib.suppress(DecodeError):
        strict = Tree.from_dict(received, strict=True)
        assert lenient == strict
        assert json.dumps(received) == json.dumps(strict.to_dict())


models = st.builds(
    Tree,
    text=st.text(max_size=8),
    number=st.integers() | st.just(UNSET),
    ratio=st.floats(allow_nan=False, allow_infinity=False) | st.none() | st.just(UNSET),
    on=st.dates() | st.just(UNSET),
    at=st.datetimes(timezones=st.just(dt.UTC)) | st.none() | st.just(UNSET),
    price=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)
    | st.just(UNSET),
    key=st.uuids() | st.just(UNSET),
    data=st.binary(max_size=8) | st.just(UNSET),
    leaf=st.builds(Leaf, at=st.datetimes(timezones=st.just(dt.UTC))) | st.just(UNSET),
    best=st.builds(Branch, leaves=st.lists(st.builds(Leaf), max_size=2)) | st.dates() | st.none(),
    pair=st.tuples(st.integers(), st.dates()) | st.just(UNSET),
    texts=st.lists(st.times(), max_size=2) | st.just(UNSET),
    table=st.dictionaries(st.text(max_size=3), st.builds(Leaf) | st.none(), max_size=2) | st.just(UNSET),
)


@settings(deadline=None, max_examples=80)
@given(models)
def test_what_was_built_reads_the_same(tree: Tree) -> None:
    """Through JSON and back, strictly: an equal model."""
    assert tree == Tree.from_json(tree.to_json(), strict=True)
    assert [tree] == decode_json(encode_json([tree]), codec(list[Tree]), strict=True)
    compact = json.dumps(tree.to_dict(), ensure_ascii=False, separators=(",", ":"))
    assert compact == tree.to_json()
    assert compact.encode(errors="backslashreplace") == encode_json(tree) == encode_json([tree])[1:-1]


digits = st.decimals(allow_nan=False, allow_infinity=False, places=12)


@settings(deadline=None, max_examples=50)
@given(digits, st.lists(digits, max_size=3))
def test_every_digit_of_a_number_survives(total: Decimal, parts: list[Decimal]) -> None:
    """Of exact models: built or received, read or not."""
    built = Sum(total=total, parts=[Sum(total=part, ratio=0.5) for part in parts])
    text = built.to_json()
    received = Sum.from_json(text)
    assert text == received.to_json()
    assert built == received
    assert text == received.to_json()
    assert str(total) in text
