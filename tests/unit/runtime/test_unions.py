"""Unions: which of several types a value is read as."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

import pytest
from ionapi_runtime.codecs import codec, encode_json
from ionapi_runtime.errors import DecodeError
from ionapi_runtime.fields import wire
from ionapi_runtime.model import Model
from ionapi_runtime.unions import Discriminator
from ionapi_runtime.unset import UNSET, Unset


class Card(Model):
    kind: Literal["card"] = "card"
    digits: str


class Invoice(Model):
    kind: Literal["invoice"] = "invoice"
    due_days: int = wire("dueDays")


class Person(Model):
    name: str
    born: dt.date


class Firm(Model):
    name: str
    number: int
    note: str | Unset = UNSET


class Place(Model):
    number: str | Unset = UNSET
    name: str | Unset = UNSET


class Text(Model):
    value: str


class Number(Model):
    value: int


Payment: TypeAlias = Annotated[Card | Invoice, Discriminator("kind", {"card": Card, "invoice": "Invoice"})]


class Order(Model):
    payment: Payment | Unset | None = UNSET
    owner: Person | Firm | str | Unset = UNSET


def owner(data: object, strict: bool = False) -> object:
    return codec(Person | Firm).decode(data, strict)


def test_a_discriminator_names_the_model() -> None:
    """A class, or the name of one, looked up where the model is."""
    assert Card(digits="1") == Order.from_dict({"payment": {"kind": "card", "digits": "1"}}).payment
    assert Invoice(due_days=3) == Order.from_dict({"payment": {"kind": "invoice", "dueDays": 3}}).payment
    assert None is Order.from_dict({"payment": None}).payment


@pytest.mark.parametrize("payment", [{"kind": "coin"}, {}, {"kind": None}, {"kind": ["card"]}, 3, "card"])
def test_what_the_discriminator_does_not_name_stays(payment: object) -> None:
    order = Order.from_dict({"payment": payment})
    assert payment == order.payment
    assert {"payment": payment} == order.to_dict()
    with pytest.raises(DecodeError, match=r"\$\.payment"):
        Order.from_dict({"payment": payment}, strict=True)


def test_a_strict_reading_says_which_values_there_are() -> None:
    with pytest.raises(DecodeError) as caught:
        Order.from_dict({"payment": {"kind": "coin"}}, strict=True)
    assert "$.payment.kind: expected 'card' or 'invoice', found another value" == str(caught.value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"name": "n", "born": "2000-01-01"}, Person),
        ({"name": "n", "number": 1}, Firm),
        ({"name": "n", "number": 1, "born": "2000-01-01"}, Person),  # a tie in numbers: the first
        ({"name": "n", "number": 1, "note": "", "born": "2000-01-01"}, Firm),
        ({"name": "n", "born": "2000-01-01", "x": 1}, Person),
        ({"name": "n"}, dict),
        ({}, dict),
    ],
)
def test_among_models_the_best_match_wins(data: dict[str, object], kind: type) -> None:
    """All required properties, then fewest left over, then most found, then the first."""
    assert kind is type(owner(data))


def test_constants_tell_models_apart() -> None:
    read = codec(Card | Invoice).decode
    assert isinstance(read({"kind": "invoice", "dueDays": 3, "digits": "1"}), Invoice)
    assert {"kind": "coin", "dueDays": 3, "digits": "1"} == read(
        {"kind": "coin", "dueDays": 3, "digits": "1"}
    )


def test_models_of_the_same_names_are_told_apart_by_their_values() -> None:
    """The first that a strict reading takes; the first where none does."""
    read = codec(Text | Number).decode
    assert Number(value=3) == read({"value": 3})
    assert Text(value="3") == read({"value": "3"})
    assert isinstance(read({"value": None}), Text)


def test_one_model_among_other_kinds_needs_no_match() -> None:
    """`Firm | str`: an object is a firm, even one that lacks something."""
    assert isinstance(codec(Firm | str | None).decode({}), Firm)
    assert "x" == codec(Firm | str | None).decode("x")


def test_a_model_that_fits_is_preferred_to_a_dict() -> None:
    read = codec(Firm | dict[str, int]).decode
    assert isinstance(read({"name": "n", "number": 1}), Firm)
    assert {"a": 1} == read({"a": 1})


def test_strings_of_several_formats_are_what_they_parse_as() -> None:
    """In the order of declaration; a plain string takes all that come after it."""
    read = codec(dt.date | UUID | str).decode
    assert dt.date(2026, 1, 2) == read("2026-01-02")
    assert UUID(int=7) == read(str(UUID(int=7)))
    assert "x" == read("x")
    assert "2026-01-02" == codec(str | dt.date).decode("2026-01-02")


def test_arrays_of_several_types_are_read_as_the_first_that_takes_all() -> None:
    read = codec(list[int] | list[Firm]).decode
    assert [1, 2] == read([1, 2])
    assert [Firm(name="n", number=1)] == read([{"name": "n", "number": 1}])
    assert [1, "x"] == read([1, "x"])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name": "n", "number": "1"}, "$.number: expected an integer, found a string"),
        ({"name": "n"}, "$: expected an object, found an object of none of these types"),
        (3, "$: expected an object, found an integer"),
    ],
)
def test_a_strict_reading_says_what_is_wrong(data: object, message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        owner(data, strict=True)
    assert message == str(caught.value)


def test_members_write_their_own_values() -> None:
    """Text is kept inside a union, too; a mapping is written as the first model."""
    assert [{"payment": None, "owner": "n"}] == codec(list[Order]).encode([Order(payment=None, owner="n")])
    read = codec(dt.datetime | None)
    text = "2026-01-02T03:04:05.000Z"
    assert text == read.write(read.read(text), text)
    body: dict[str, object] = {"name": "n", "number": 1}
    assert encode_json(body) == encode_json(body, codec(Firm | str))


def test_optional_properties_do_not_decide() -> None:
    assert isinstance(codec(Place | Person).decode({"name": "n", "born": "2000-01-01"}), Person)
    assert isinstance(codec(Place | Person).decode({}), Place)


def test_a_mapping_is_written_as_the_model_that_it_stands_for() -> None:
    """By its discriminator, or as the best match."""
    due = {"kind": "invoice", "dueDays": 3}
    assert due == codec("Payment", globals()).encode(due)
    assert {"name": "n", "born": "2000-01-01"} == codec(Firm | Person).encode(
        {"name": "n", "born": dt.date(2000, 1, 1)}
    )
