"""Codecs: what each annotation reads from JSON, and writes to JSON and to text."""

from __future__ import annotations

import datetime as dt
import enum
import sys
import types
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

import pytest
from ionapi_runtime.codecs import EXACT, codec, decode_json, encode_json, evaluate, to_wire, write
from ionapi_runtime.errors import DecodeError
from ionapi_runtime.files import File
from ionapi_runtime.model import Model
from ionapi_runtime.unset import UNSET, Unset

WEST = dt.timezone(-dt.timedelta(hours=5, minutes=30))
KEY = UUID("12345678-1234-5678-1234-567812345678")

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Tree: TypeAlias = "dict[str, dt.date | list[Tree]]"


class Node(Model):
    label: str
    children: list[Node] | Unset = UNSET
    payload: Json | Unset = UNSET


SCALARS: list[tuple[object, object, object]] = [
    (str, "x", "x"),
    (int, 3, 3),
    (float, 1.5, 1.5),
    (float, 2, 2),
    (bool, True, True),
    (None, None, None),
    (Literal["a", 1, None], "a", "a"),
    (dt.date, "2026-01-02", dt.date(2026, 1, 2)),
    (dt.datetime, "2026-01-02T03:04:05Z", dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
    (dt.time, "03:04:05", dt.time(3, 4, 5)),
    (dt.time, "03:04:05Z", dt.time(3, 4, 5, tzinfo=dt.UTC)),
    (UUID, str(KEY), KEY),
    (bytes, "aGk=", b"hi"),
    (Decimal, "1.50", Decimal("1.50")),
    (Annotated[Decimal, EXACT], 3, Decimal(3)),
]


@pytest.mark.parametrize(("annotation", "received", "value"), SCALARS)
def test_scalars_are_read_and_written(annotation: object, received: object, value: object) -> None:
    """Leniently or strictly, alone or in arrays and objects; and back."""
    made = codec(annotation)
    assert value == made.decode(received) == made.decode(received, strict=True)
    assert received == made.encode(value)
    assert [value] == codec(list[annotation]).decode([received], strict=True)  # type: ignore[valid-type]
    assert {"k": received} == codec(dict[str, annotation]).encode({"k": value})  # type: ignore[valid-type]


WRONG: list[tuple[object, object]] = [
    (str, 3),
    (int, 1.0),
    (int, True),
    (int, "3"),
    (float, "1.5"),
    (float, True),
    (bool, 1),
    (bool, "true"),
    (None, 0),
    (Literal["a"], "b"),
    (Literal[1], True),
    (dt.date, "2026-1-2"),
    (dt.date, "20260102"),
    (dt.date, "2026-02-30"),
    (dt.date, "2026-W01-1"),
    (dt.datetime, "2026-01-02"),
    (dt.datetime, "2026-01-02T03:04:60Z"),
    (dt.datetime, "20260102T030405Z"),
    (dt.datetime, "yesterday, all day long"),
    (dt.datetime, 1767323045),
    (dt.time, "3:04"),
    (dt.time, "030405"),
    (UUID, "{12345678-1234-5678-1234-567812345678}"),
    (UUID, "12345678123456781234567812345678"),
    (UUID, ""),
    (bytes, "a"),
    (bytes, "aGk=\n"),
    (bytes, "häh!"),
    (Decimal, "NaN"),
    (Decimal, "1_000"),
    (Decimal, " 1"),
    (Decimal, "٣"),
    (Decimal, True),
    (list[int], {}),
    (list[int], "12"),
    (dict[str, int], []),
    (tuple[int, str], [1]),
    (Node, []),
]


@pytest.mark.parametrize(("annotation", "received"), WRONG)
def test_values_of_another_shape_stay_as_they_came(annotation: object, received: object) -> None:
    """And are refused by a strict reading."""
    made = codec(annotation)
    assert received == made.decode(received)
    assert type(received) is type(made.decode(received))
    assert received == made.encode(made.decode(received))
    with pytest.raises(DecodeError, match=r"^\$: expected .*, found "):
        made.decode(received, strict=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-02T03:04:05.123456789Z", dt.datetime(2026, 1, 2, 3, 4, 5, 123456, dt.UTC)),
        ("2026-01-02T03:04:05.1Z", dt.datetime(2026, 1, 2, 3, 4, 5, 100000, dt.UTC)),
        ("2026-01-02t03:04:05z", dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
        ("2026-01-02 03:04:05+00:00", dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
        ("2026-01-02T03:04:05-05:30", dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=WEST)),
        ("2026-01-02T03:04:05", dt.datetime(2026, 1, 2, 3, 4, 5)),  # noqa: DTZ001
    ],
)
def test_date_times_of_every_spelling_are_read(text: str, value: dt.datetime) -> None:
    """RFC 3339 in either case, any number of digits; and without a zone. The text is kept."""
    made = codec(dt.datetime)
    assert value == made.decode(text)
    assert text == made.write(made.decode(text), text)


@pytest.mark.parametrize("text", ["aGk", "aGk=", "-_-_", "+/+/", ""])
def test_both_alphabets_of_base64_are_read(text: str) -> None:
    """With or without padding; the text is kept."""
    made = codec(bytes)
    value = made.decode(text, strict=True)
    assert isinstance(value, bytes)
    assert text == made.write(value, text)


@pytest.mark.parametrize("received", ["1.50", "1.5E+2", 3, 1.5, "-0"])
def test_decimals_are_read_from_strings_and_numbers(received: str | float) -> None:
    """With all their digits; the text is kept while the value says the same."""
    made = codec(Decimal)
    value = made.decode(received, strict=True)
    assert Decimal(str(received)) == value
    assert received == made.write(value, received)
    assert "1.5" == made.write(Decimal("1.5"), "1.50")


def test_containers() -> None:
    """Lists and dicts are new ones; tuples are tuples."""
    given: list[object] = [{"a": [1]}]
    read = codec(list[dict[str, list[int]]]).decode(given)
    assert given == read
    assert given is not read
    assert (1, "a") == codec(tuple[int, str]).decode([1, "a"], strict=True)
    assert [1, "a"] == codec(tuple[int, str]).encode((1, "a"))
    assert (1, 2) == codec(tuple[int, ...]).decode([1, 2], strict=True)
    assert (dt.date(2026, 1, 2),) == codec(tuple[dt.date, ...]).decode(["2026-01-02"])
    assert [1] == codec(Sequence[int]).decode([1])
    assert {"a": 1} == codec(Mapping[str, object]).decode({"a": 1})


def test_any_json_is_a_copy() -> None:
    """`object`: as it came, and changing it changes nothing else."""
    given = {"a": [{"b": None}], "c": 1}
    read = codec(object).decode(given)
    assert given == read
    read["a"][0]["b"] = 2  # type: ignore[index]
    assert {"a": [{"b": None}], "c": 1} == given


@pytest.mark.parametrize(
    ("annotation", "received", "message"),
    [
        (
            dict[str, list[int]],
            {"a": [1], "b c": [1, "x"]},
            "$['b c'][1]: expected an integer, found a string",
        ),
        (tuple[int, str], [1], "$: expected an array of 2, found one of 1"),
        (Literal["a", "b"], "c", "$: expected 'a' or 'b', found another value"),
        (Literal["a", "b", "c", "d"], 3, "$: expected one of 4 values, found an integer"),
        (dict[str, int], {"a b" * 99: ""}, f"$['{'a b' * 13}a…']: expected an integer, found a string"),
    ],
)
def test_a_strict_reading_names_the_place(annotation: object, received: object, message: str) -> None:
    """The path, what was expected and found; long keys are cut."""
    with pytest.raises(DecodeError) as caught:
        codec(annotation).decode(received, strict=True)
    assert message == str(caught.value)


# -- annotations -------------------------------------------------------------------------------------


def test_texts_of_annotations_are_read_in_their_module() -> None:
    made = codec("list[Node | None]", globals())
    assert [Node(label="x"), None] == made.decode([{"label": "x"}, None])
    assert list[Node] == evaluate("list[Node]", globals())
    with pytest.raises(NameError, match="Nonsense"):
        codec("Nonsense", globals())


def test_models_are_found_in_the_package_that_loads_them_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of models need not import the others; a model may be called like an exception of Python."""
    package = types.ModuleType("shop.models")
    asked: list[str] = []

    def load(name: str) -> object:
        if name != "Warning":
            raise AttributeError(name)
        asked.append(name)
        return Node

    package.__getattr__ = load  # type: ignore[method-assign]
    monkeypatch.setitem(sys.modules, "shop.models", package)
    names = {"__name__": "shop.models.order"}
    assert isinstance(codec("list[Warning]", names).decode([{"label": "x"}])[0], Node)  # type: ignore[index]
    assert ["Warning"] == asked
    group = types.ModuleType("shop.group")
    group.models = package  # type: ignore[attr-defined]
    assert Node is evaluate("models.Warning", vars(group))


def test_aliases_may_name_themselves() -> None:
    """Written as strings; used with `|`, from other modules, and inside one another."""
    deep = [1, {"a": [None, {"b": [True, "x", 1.5]}]}]
    assert deep == codec("Json", globals()).decode(deep, strict=True)
    assert deep == codec("Json | Unset", globals()).decode(deep, strict=True)
    module = types.ModuleType("aliases")
    vars(module).update({"Tree": Tree, "Json": Json})
    read = codec("models.Tree | None", {"models": module}).decode(
        {"a": "2026-01-02", "b": [{"c": "2026-01-03"}]}
    )
    assert {"a": dt.date(2026, 1, 2), "b": [{"c": dt.date(2026, 1, 3)}]} == read
    node = Node.from_dict({"label": "x", "payload": deep, "children": [{"label": "y"}]})
    assert deep == node.payload
    assert [Node(label="y")] == node.children
    with pytest.raises(DecodeError, match=r"^\$\.b\[0\]\.c"):
        codec("models.Tree | None", {"models": module}).decode({"b": [{"c": 3}]}, strict=True)


@pytest.mark.parametrize("annotation", [complex, set[int], type, "complex"])
def test_other_types_are_refused(annotation: object) -> None:
    with pytest.raises(TypeError, match="cannot be read from JSON"):
        codec(annotation, {})


# -- JSON texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ['{"a": [1, "é"]}', b'\xef\xbb\xbf{"a": [1, "\xc3\xa9"]}', '{"a": [1, "é"]}'.encode("utf-16")],
)
def test_json_of_every_encoding_is_read(text: str | bytes) -> None:
    assert {"a": [1, "é"]} == decode_json(text, codec(object))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "$: not JSON: Expecting value at line 1 column 1"),
        (
            b'{"a": 1,\n x}',
            "$: not JSON: Expecting property name enclosed in double quotes at line 2 column 2",
        ),
        (b'"\xff"', "$: not JSON: byte 1 is not utf-8"),
        ("[" * 100_000, "$: nested too deeply to be read"),
        ("1" * 5_000, "$: a number has too many digits to be read"),
    ],
)
def test_what_is_not_json_is_refused(text: str | bytes, message: str) -> None:
    """With the place, without the text, not even in the error behind the error."""
    with pytest.raises(DecodeError) as caught:
        decode_json(text, codec(object))
    assert message == str(caught.value)
    assert None is caught.value.__context__


def test_bodies_are_compact_utf_8() -> None:
    """Mappings, sequences, models and scalars of every type; UNSET is left out."""
    body = {
        "t": (1, True, None, 1.5, "é"),
        "u": UNSET,
        "d": dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
        "k": KEY,
        "n": Decimal("1E+2"),
        "b": b"hi",
        "m": Node(label="x", children=[]),
        "s": {"b", "a"},
        "e": enum.Enum("Color", {"RED": "red"})["RED"],
    }
    expected = (
        '{"t":[1,true,null,1.5,"é"],"d":"2026-01-02T03:04:05Z","k":"12345678-1234-5678-1234-567812345678",'
        '"n":"100","b":"aGk=","m":{"label":"x","children":[]},"s":["a","b"],"e":"red"}'
    )
    assert expected.encode() == encode_json(body)
    assert write(body)["m"] == {"label": "x", "children": []}  # type: ignore[index]


def test_surrogates_survive() -> None:
    """What UTF-8 cannot say is escaped."""
    assert b'["\\ud800"]' == encode_json(["\ud800"])
    assert ["\ud800"] == decode_json(b'["\\ud800"]', codec(list[str]))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_json_lacks_are_refused_with_their_place(number: float) -> None:
    with pytest.raises(ValueError, match=r"^\$\.a\[1\]\.label: JSON has no NaN"):
        encode_json({"a": [1, Node.from_dict({"label": number})]})


@pytest.mark.parametrize("value", [object(), File(b""), {"a": [UNSET]}, Node])
def test_what_json_lacks_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be sent as JSON"):
        encode_json(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a b", "a b"),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (10**30, "1" + "0" * 30),
        (1.5, "1.5"),
        (1e16, "1e+16"),
        (None, "null"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.datetime(2026, 1, 2, 3, 4, 5, 6000, dt.UTC), "2026-01-02T03:04:05.006000Z"),
        (dt.datetime(2026, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=1))), "2026-01-02T00:00:00+01:00"),
        (dt.datetime(2026, 1, 2, tzinfo=dt.timezone(dt.timedelta(0))), "2026-01-02T00:00:00Z"),
        (dt.datetime(2026, 1, 2), "2026-01-02T00:00:00"),  # noqa: DTZ001
        (dt.time(3, 4, tzinfo=dt.UTC), "03:04:00Z"),
        (KEY, str(KEY)),
        (b"hi", "aGk="),
        (enum.StrEnum("Color", {"RED": "red"})["RED"], "red"),  # type: ignore[misc]
        (enum.IntEnum("Size", {"S": 3})["S"], "3"),  # type: ignore[misc]
    ],
)
def test_scalars_as_text(value: object, text: str) -> None:
    """What a path, a query or a header shows."""
    assert text == to_wire(value)
    assert type(text) is type(to_wire(value))


@pytest.mark.parametrize("value", [[], {}, object(), UNSET, Node(label="x")])
def test_only_scalars_have_a_text(value: object) -> None:
    with pytest.raises(TypeError):
        to_wire(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_numbers_without_a_text_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="no spelling"):
        to_wire(value)
