"""Models: what users build, read, change, compare and send back."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import json
import pickle
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

import pytest
from ionapi_runtime.codecs import EXACT, codec, encode_json
from ionapi_runtime.errors import DecodeError
from ionapi_runtime.fields import wire
from ionapi_runtime.model import Model, OpenModel
from ionapi_runtime.unions import Discriminator
from ionapi_runtime.unset import UNSET, Unset

Status: TypeAlias = Literal["ACTIVE", "BLOCKED"] | str


class Address(Model):
    city: str
    since: dt.date | Unset = wire("validFrom", default=UNSET)
    checked_by: str | Unset = wire("checkedBy", default=UNSET, read_only=True)


class Customer(Model):
    kinds: ClassVar[int] = 3

    customer_id: str = wire("customerId")
    status: Status
    email: str | Unset | None = UNSET
    address: Address | Unset = UNSET
    branches: list[Address] | Unset = UNSET
    tags: list[str] | Unset = UNSET
    changed_at: dt.datetime | Unset = wire("changedAt", default=UNSET, read_only=True)
    parent: Customer | Unset | None = UNSET


class Supplier(Customer):
    rating: int | Unset = UNSET
    kind: Literal["supplier"] = "supplier"


class Metrics(OpenModel["list[Address]"]):
    name: str


class Counts(OpenModel[int]):
    pass


class Pet(Model, discriminator=Discriminator("petType", {"cat": "Cat", "pet": "Pet", "odd": "Address"})):
    pet_type: str = wire("petType")


class Cat(Pet):
    lives: int


class Invoice(Model, exact=True):
    total: Annotated[Decimal, EXACT]
    rate: float | Unset = UNSET
    discount: Decimal | Unset = UNSET


RECEIVED = {
    "zone": 7,
    "customerId": "Y30000",
    "status": "NEW",
    "address": {"city": "Oslo", "validFrom": "2026-01-02", "extra": [1]},
    "branches": [{"city": "Bergen"}, {"city": "Voss", "to_dict": None}],
    "tags": ["a"],
    "changedAt": "2026-03-01T08:30:00.000Z",
    "email": None,
}


def read_everything(model: Model) -> None:
    repr(model)


# -- building ----------------------------------------------------------------------------------------


def test_what_was_built_is_written_in_the_order_of_the_fields() -> None:
    """Wire names; what is UNSET is left out; null stays."""
    customer = Customer(
        tags=["a"], status="ACTIVE", customer_id="Y1", email=None, address=Address(city="Oslo")
    )
    expected = {
        "customerId": "Y1",
        "status": "ACTIVE",
        "email": None,
        "address": {"city": "Oslo"},
        "tags": ["a"],
    }
    assert expected == customer.to_dict()
    assert list(expected) == list(customer.to_dict())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"status": "X"}, "Customer.__init__() missing 1 required keyword-only argument: 'customer_id'"),
        ({}, "Customer.__init__() missing 2 required keyword-only arguments: 'customer_id' and 'status'"),
        (
            {"customer_id": "", "status": "", "customerId": ""},
            "Customer.__init__() got an unexpected keyword argument 'customerId'",
        ),
    ],
)
def test_the_constructor_complains_like_python(arguments: dict[str, str], message: str) -> None:
    """TypeError, in the words of a function with keyword-only parameters."""
    with pytest.raises(TypeError) as caught:
        Customer(**arguments)  # type: ignore[arg-type]
    assert message == str(caught.value)


def test_the_constructor_takes_no_positional_argument() -> None:
    with pytest.raises(TypeError):
        Address("Oslo")  # type: ignore[misc]


def test_defaults_are_not_shared() -> None:
    """A list that is a default belongs to one instance."""

    class Listing(Model):
        items: list[int] = wire(default=[1])

    first, second = Listing(), Listing()
    first.items.append(2)
    assert ([1, 2], [1]) == (first.items, second.items)


def test_fields_are_inherited() -> None:
    """A class adds to the fields of its base, and sends its constant."""
    supplier = Supplier(customer_id="S", status="ACTIVE", rating=3)
    assert {"customerId": "S", "status": "ACTIVE", "rating": 3, "kind": "supplier"} == supplier.to_dict()


# -- reading -----------------------------------------------------------------------------------------


def test_fields_are_read_as_python_s_own_types() -> None:
    customer = Customer.from_dict(RECEIVED)
    assert "Y30000" == customer.customer_id
    assert dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC) == customer.changed_at
    assert isinstance(customer.address, Address)
    assert dt.date(2026, 1, 2) == customer.address.since
    assert ["Bergen", "Voss"] == [branch.city for branch in customer.branches or []]
    assert None is customer.email
    assert UNSET is customer.parent


def test_a_field_is_read_once() -> None:
    """The same object at every access, so that changes inside it stay."""
    customer = Customer.from_dict(RECEIVED)
    assert customer.address is customer.address
    assert customer.tags is customer.tags


def test_threads_that_read_at_once_get_one_object() -> None:
    customers = [Customer.from_dict(RECEIVED) for _ in range(200)]
    found: list[list[object]] = [[], []]
    barrier = threading.Barrier(2)

    def read(into: list[object]) -> None:
        barrier.wait()
        into.extend(customer.address for customer in customers)

    threads = [threading.Thread(target=read, args=(into,)) for into in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one is other for one, other in zip(*found, strict=True))


def test_what_was_given_is_never_changed() -> None:
    """Neither reading nor changing a model touches the mapping it was made of."""
    given = copy.deepcopy(RECEIVED)
    customer = Customer.from_dict(given)
    read_everything(customer)
    assert customer.tags
    customer.tags.append("b")
    customer.address = UNSET
    customer.to_dict()["branches"][0]["city"] = "changed"  # type: ignore[index]
    customer.extra["zone"] = 8  # type: ignore[index]
    assert RECEIVED == given


def test_a_missing_required_field_fails_when_it_is_read() -> None:
    """Not before, and `getattr` with a default works."""
    customer = Customer.from_dict({"customerId": "Y"})
    assert "Y" == customer.customer_id
    with pytest.raises(AttributeError) as caught:
        _ = customer.status
    assert "Customer.status is required, but the server did not send it" == str(caught.value)
    assert None is getattr(customer, "status", None)
    assert {"customerId": "Y"} == customer.to_dict()


def test_a_required_field_that_only_the_server_sets_must_come() -> None:
    """The constructor does without it; read, it is an AttributeError where the server left it out."""

    class Order(Model):
        number: int = wire("orderNumber", default=UNSET, read_only=True)
        kind: Literal["Unset"] = wire(default=UNSET, read_only=True)
        note: str | Unset = wire(default=UNSET, read_only=True)
        other: str | Unset | None = wire(default=UNSET, read_only=True)

    assert (7, UNSET, UNSET) == (lambda it: (it.number, it.note, it.other))(
        Order.from_dict({"orderNumber": 7})
    )
    for order in (Order.from_dict({"x": 1}), Order()):
        for name, called in (("number", "Order.number"), ("kind", "Order.kind")):
            with pytest.raises(
                AttributeError, match=f"^{called} is required, but the server did not send it$"
            ):
                getattr(order, name)
    assert repr(Order()).endswith(".Order()")
    assert Order() == Order.from_dict({})
    assert b"{}" == encode_json(Order(number=3))
    with pytest.raises(DecodeError, match=r"^\$\.orderNumber: expected a value, found nothing"):
        Order.from_dict({"kind": "Unset"}, strict=True)


def test_a_constant_is_a_default_of_the_constructor_only() -> None:
    assert "supplier" == Supplier(customer_id="", status="").kind
    with pytest.raises(AttributeError):
        _ = Supplier.from_dict({}).kind


@pytest.mark.parametrize("data", [[], "text", 3, None])
def test_only_objects_are_models(data: object) -> None:
    with pytest.raises(DecodeError, match=r"\$: expected an object, found "):
        Customer.from_dict(data)  # type: ignore[arg-type]


def test_any_mapping_will_do() -> None:
    from types import MappingProxyType

    customer = Customer.from_dict(
        MappingProxyType({"customerId": "Y", "address": MappingProxyType({"city": "x"})})
    )
    assert isinstance(customer.address, Address)
    assert {"customerId": "Y", "address": {"city": "x"}} == customer.to_dict()


def test_names_in_the_data_reach_no_attribute() -> None:
    """`to_dict`, `__class__` and the like are unknown keys like any other."""
    hostile = {"to_dict": 1, "__class__": 2, "__init__": 3, "__source__": 4, "__dict__": 5, "extra": 6}
    address = Address.from_dict({"city": "Oslo", **hostile})
    assert Address is type(address)
    assert {"city": "Oslo", **hostile} == address.to_dict()
    assert hostile == address.extra


def test_wrong_shapes_stay_as_they_came() -> None:
    """A string where an integer is due, an object where an array is: at any depth."""
    received = {
        "customerId": 7,
        "status": None,
        "tags": {"a": 1},
        "changedAt": "yesterday",
        "branches": [{"city": ["Oslo"]}, 5],
        "address": "Oslo",
        "parent": [],
    }
    customer = Customer.from_dict(received)
    assert 7 == customer.customer_id
    assert "yesterday" == customer.changed_at
    assert {"a": 1} == customer.tags
    assert "Oslo" == customer.address
    assert isinstance(customer.branches, list)
    assert ["Oslo"] == customer.branches[0].city
    assert 5 == customer.branches[1]
    assert received == customer.to_dict()


# -- strict ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"customerId": 7}, "$.customerId: expected a string, found an integer"),
        ({"email": False}, "$.email: expected a string or null, found a boolean"),
        ({"tags": ["a", None]}, "$.tags[1]: expected a string, found null"),
        ({"changedAt": "yesterday"}, "$.changedAt: expected a date-time, found another string"),
        ({"branches": [{"city": "x"}, {}]}, "$.branches[1].city: expected a value, found nothing"),
        ({"address": []}, "$.address: expected an object, found an array"),
        ({"parent": {"customerId": "x"}}, "$.parent.status: expected a value, found nothing"),
    ],
)
def test_strict_reading_names_the_place(wrong: dict[str, object], message: str) -> None:
    """The path on the wire, what was expected, what was found, and nothing of the value; the same for the
    first object and for one after many, for which the reading of the class is compiled."""
    right = {"customerId": "Y", "status": "A"}
    with pytest.raises(DecodeError) as caught:
        Customer.from_dict({**right, **wrong}, strict=True)
    assert message == str(caught.value)
    with pytest.raises(DecodeError) as caught:
        codec(list[Customer]).decode([*[right] * 70, {**right, **wrong}], strict=True)
    assert message.replace("$", "$[70]", 1) == str(caught.value)


def test_strict_reading_reads_all_alike() -> None:
    """The objects read by the compiled reading are those that the first ones are."""
    received = [
        {**RECEIVED, "customerId": f"Y{number}", "branches": [{"city": "x"}] * (number % 3)}
        for number in range(150)
    ]
    read = codec(list[Customer]).decode(received, strict=True)
    assert isinstance(read, list)
    assert [Customer.from_dict(one) for one in received] == read
    assert received == [one.to_dict() for one in read]


def test_strict_reading_takes_what_is_right() -> None:
    """Unknown keys and unheard-of values of an open enumeration are no mistake."""
    customer = Customer.from_dict(RECEIVED, strict=True)
    assert RECEIVED == customer.to_dict()
    assert Customer.from_dict(RECEIVED) == customer


# -- writing -----------------------------------------------------------------------------------------


def test_what_came_goes_back() -> None:
    """Unknown keys, null, absence, order and the text of values, read or not."""
    customer = Customer.from_dict(RECEIVED)
    assert RECEIVED == customer.to_dict()
    read_everything(customer)
    assert RECEIVED == customer.to_dict()
    assert list(RECEIVED) == list(customer.to_dict())


def test_what_was_changed_is_written() -> None:
    """In place, and what is new after what came, in the order of the fields."""
    customer = Customer.from_dict({"status": "A", "customerId": "Y", "x": 1})
    customer.tags = ["new"]
    customer.email = "a@b.example"
    customer.status = "B"
    assert '{"status":"B","customerId":"Y","x":1,"email":"a@b.example","tags":["new"]}' == customer.to_json()


def test_a_changed_value_is_written_anew_and_an_equal_one_as_it_came() -> None:
    customer = Customer.from_dict(RECEIVED)
    customer.changed_at = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
    assert "2026-03-01T08:30:00.000Z" == customer.to_dict()["changedAt"]
    customer.changed_at = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert "2026-03-01T09:30:00+01:00" == customer.to_dict()["changedAt"]


def test_unset_and_deleted_fields_are_left_out() -> None:
    customer = Customer.from_dict(RECEIVED)
    customer.email = UNSET
    del customer.tags
    assert {"email", "tags"} == RECEIVED.keys() - customer.to_dict().keys()
    assert UNSET is customer.tags
    with pytest.raises(AttributeError, match=r"Customer\.tags is not set"):
        del customer.tags


def test_changes_inside_lists_and_models_are_written() -> None:
    customer = Customer.from_dict(RECEIVED)
    assert customer.branches
    customer.branches[1].city = "Geilo"
    customer.branches.append(Address(city="Røros"))
    del customer.branches[0]
    assert [{"city": "Geilo", "to_dict": None}, {"city": "Røros"}] == customer.to_dict()["branches"]


def test_requests_leave_read_only_fields_out() -> None:
    """At any depth, whether they were read or not; `to_dict` keeps them."""
    address = {"city": "Oslo", "checkedBy": "me", "more": 1}
    received = {
        "customerId": "Y",
        "changedAt": "2026-03-01T08:30:00Z",
        "address": address,
        "branches": [address],
    }
    sent = {"city": "Oslo", "more": 1}
    expected = {"customerId": "Y", "address": sent, "branches": [sent]}
    customer = Customer.from_dict(received)
    assert expected == codec(Customer).decode(codec(Customer).encode(customer, request=True)).to_dict()  # type: ignore[attr-defined]
    assert encode_json(expected) == encode_json(customer)
    assert received == customer.to_dict()
    built = Customer(customer_id="Y", status="A", address=Address(city="Oslo", checked_by="me"))
    assert b'{"customerId":"Y","status":"A","address":{"city":"Oslo"}}' == encode_json(built)


def test_a_mapping_may_stand_for_a_model_in_a_request() -> None:
    """With the names of the wire, and Python's values."""
    body = {"customerId": "Y", "changedAt": dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "email": UNSET}
    expected = b'{"customerId":"Y","changedAt":"2026-01-02T00:00:00Z"}'
    assert expected == encode_json(body)
    assert expected == encode_json(body, codec(Customer))


def test_values_that_nobody_foresaw_are_written_from_built_models() -> None:
    """Enumerations, decimals, sets, mappings with UNSET, models in mappings: as `to_dict` has them."""
    branch = Address(city="Oslo", since="2026-01-02", checked_by=Decimal("1.50"))  # type: ignore[arg-type]
    customer = Customer(
        customer_id=enum.StrEnum("Color", {"RED": 'r"d'})["RED"],  # type: ignore[misc]
        status=True,  # type: ignore[arg-type]
        email={"a": branch, "b": UNSET, 3: 1.5},  # type: ignore[arg-type]
        address=UNSET,
        branches=(branch, None, {"city": dt.date(2026, 1, 2)}),  # type: ignore[arg-type]
        tags=[{"x"}, b"hi", [branch]],  # type: ignore[list-item]
        changed_at=dt.time(3, 4),  # type: ignore[arg-type]
    )
    oslo = {"city": "Oslo", "validFrom": "2026-01-02", "checkedBy": "1.50"}
    expected = {
        "customerId": 'r"d',
        "status": True,
        "email": {"a": oslo, "3": 1.5},
        "branches": [oslo, None, {"city": "2026-01-02"}],
        "tags": [["x"], "aGk=", [oslo]],
        "changedAt": "03:04:00",
    }
    assert list(expected.items()) == list(json.loads(customer.to_json()).items())
    del expected["changedAt"], oslo["checkedBy"]
    assert expected == json.loads(encode_json(customer))
    customer.status = UNSET  # type: ignore[assignment]
    del customer.email, customer.tags
    assert {"customerId", "branches"} == json.loads(encode_json(customer)).keys()


@pytest.mark.parametrize("name", ["ä", 'quote"', "{brace}", "back\\slash", "line\n", "'", "", "%s"])
def test_names_on_the_wire_may_be_any_text(name: str) -> None:
    """They are data wherever a model is written, in a class with required fields or without."""

    class Named(Model):
        first: int | Unset = wire(name, default=UNSET)
        second: int | Unset = wire(name + "2", default=UNSET)

    class Required(Model):
        first: int | Unset = wire(name, default=UNSET)
        second: int = wire(name + "2")

    for model in (Named(), Named(second=2), Named(first=1, second=2), Required(second=2)):
        assert json.dumps(model.to_dict(), ensure_ascii=False, separators=(",", ":")) == model.to_json()
    assert {name: 1, name + "2": 2} == json.loads(encode_json([Required(second=2, first=1)]))[0]


def test_built_and_received_models_may_be_mixed() -> None:
    """In lists and inside one another, whatever comes first."""
    received = Address.from_dict({"city": "Oslo", "more": 1, "checkedBy": "me"})
    built = Address(city="Voss")
    inside = Customer(customer_id="Y", status="A", branches=[built, received])
    voss, oslo = {"city": "Voss"}, {"city": "Oslo", "more": 1}
    whole = {"customerId": "Y", "status": "A", "branches": [voss, oslo]}
    assert [voss, oslo, whole] == json.loads(encode_json([built, received, inside]))
    assert [oslo, whole, voss] == json.loads(encode_json([received, inside, built]))
    assert [whole, None, oslo] == json.loads(encode_json([inside, None, received]))


def test_what_json_lacks_in_a_built_model_is_refused_in_plain_words() -> None:
    """The place of the number, or the type; and no other error behind the error."""
    customer = Customer(customer_id="Y", status="A", branches=[Address(city=float("inf"))])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^\$\.branches\[0\]\.city: JSON has no NaN"):
        customer.to_json()
    customer.branches = [object()]  # type: ignore[list-item]
    with pytest.raises(TypeError, match="a value of type object cannot be sent as JSON") as caught:
        customer.to_json()
    assert None is caught.value.__context__


def test_a_class_of_many_fields_is_written_like_any_other() -> None:
    names = [f"field_{number}" for number in range(100)]
    members = {"__annotations__": dict.fromkeys(names, "int | Unset"), "__module__": __name__}
    many: type[Model] = type("Many", (Model,), members | dict.fromkeys(names, UNSET))
    assert '{"field_7":1,"field_99":2}' == many(field_99=2, field_7=1).to_json()


@pytest.mark.parametrize(
    "change",
    [
        lambda customer: customer.branches.append(None),
        lambda customer: customer.branches.pop(),
        lambda customer: customer.branches.reverse(),
        lambda customer: setattr(customer.branches[1], "city", "Geilo"),
        lambda customer: customer.tags.append(None),
        lambda customer: customer.tags.__setitem__(0, "b"),
        lambda customer: setattr(customer.address, "since", dt.date(2026, 1, 3)),
        lambda customer: setattr(customer, "branches", tuple(customer.branches[::-1])),
    ],
)
def test_a_change_at_any_place_is_seen(change: Callable[[Customer], object]) -> None:
    """Of everything else the received text goes back."""
    customer, twin = Customer.from_dict(RECEIVED), Customer.from_dict(RECEIVED)
    for one in (customer, twin):
        change(one)
        assert RECEIVED != one.to_dict()
    read_everything(twin)
    assert customer.to_dict() == twin.to_dict() == json.loads(twin.to_json())
    changed = [key for key, value in twin.to_dict().items() if value != RECEIVED[key]]
    assert 1 == len(changed)
    assert list(RECEIVED) == list(twin.to_dict())


# -- further properties ------------------------------------------------------------------------------


def test_extra_holds_what_the_document_does_not_name() -> None:
    assert {"zone": 7} == Customer.from_dict(RECEIVED).extra
    assert {} == Address(city="x").extra


def test_further_properties_of_one_type() -> None:
    """`OpenModel[X]`: read as X, changed in place, written back."""
    metrics = Metrics.from_dict({"name": "x", "a": [{"city": "Oslo", "u": 1}], "b": 5, "c": []})
    assert "Oslo" == metrics.extra["a"][0].city
    assert 5 == metrics.extra["b"]
    metrics.extra["a"][0].city = "Voss"
    metrics.extra["d"] = [Address(city="Moss")]
    del metrics.extra["c"]
    assert {
        "name": "x",
        "a": [{"city": "Voss", "u": 1}],
        "b": 5,
        "d": [{"city": "Moss"}],
    } == metrics.to_dict()
    with pytest.raises(DecodeError, match=r"\$\.b: expected an array, found an integer"):
        Metrics.from_dict({"name": "x", "b": 5}, strict=True)


def test_further_properties_can_be_given() -> None:
    counts = Counts()
    counts.extra["hits"] = 3
    assert {"hits": 3} == counts.to_dict()
    assert "Counts(extra={'hits': 3})" == repr(counts)


# -- inheritance by discriminator --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"petType": "cat", "lives": 9}, Cat),
        ({"petType": "pet"}, Pet),
        ({"petType": "unheard of"}, Pet),
        ({"petType": "odd"}, Pet),
        ({"petType": 3}, Pet),
        ({}, Pet),
    ],
)
def test_a_discriminator_of_a_class_chooses_the_subclass(data: dict[str, object], kind: type) -> None:
    """Wherever the base is read; what names no subclass is the base itself."""
    assert kind is type(Pet.from_dict(data))
    listed = codec(list[Pet]).decode([data])
    assert [kind] == [type(pet) for pet in listed]  # type: ignore[attr-defined]


def test_strict_reading_checks_the_subclass() -> None:
    with pytest.raises(DecodeError, match=r"\$\.lives: expected a value, found nothing"):
        Pet.from_dict({"petType": "cat"}, strict=True)


# -- like a dataclass --------------------------------------------------------------------------------


def test_repr_shows_what_is_set() -> None:
    address = Address.from_dict({"validFrom": "2026-01-02", "city": "Oslo", "x": None})
    assert "Address(city='Oslo', since=datetime.date(2026, 1, 2), extra={'x': None})" == repr(address)


def test_repr_of_a_model_that_holds_itself_ends() -> None:
    customer = Customer(customer_id="Y", status="A")
    customer.parent = customer
    assert "Customer(customer_id='Y', status='A', parent=...)" == repr(customer)
    with pytest.raises(ValueError, match="something holds itself"):
        customer.to_json()


def test_equality_is_of_class_and_values() -> None:
    """What was built equals what was received; unknown properties count."""
    built = Address(city="Oslo", since=dt.date(2026, 1, 2))
    received = {"city": "Oslo", "validFrom": "2026-01-02"}
    assert built == Address.from_dict(received)
    assert built != Address.from_dict({**received, "x": 1})
    assert built != Address(city="Oslo")
    assert built != received
    assert Pet(pet_type="cat") != Cat(pet_type="cat", lives=9)
    with pytest.raises(TypeError, match="unhashable"):
        hash(built)


@pytest.mark.parametrize("read", [False, True])
def test_copies_and_pickles_are_equal_and_complete(read: bool) -> None:
    customer = Customer.from_dict(RECEIVED)
    if read:
        read_everything(customer)
    for twin in (copy.copy(customer), copy.deepcopy(customer), pickle.loads(pickle.dumps(customer))):
        assert customer == twin
        assert RECEIVED == twin.to_dict()
    deep = copy.deepcopy(customer)
    assert deep.address
    deep.address.city = "changed"
    assert customer.address
    assert "Oslo" == customer.address.city


def test_models_can_be_matched() -> None:
    match Customer.from_dict(RECEIVED):
        case Customer(customer_id=number, address=Address(city="Oslo")):
            assert "Y30000" == number
        case _:
            pytest.fail("no match")


def test_an_empty_name_on_the_wire_is_a_name() -> None:
    class Odd(Model):
        empty: int = wire("")

    assert {"": 3} == Odd(empty=3).to_dict()
    assert 3 == Odd.from_dict({"": 3}).empty


# -- numbers -----------------------------------------------------------------------------------------


def test_decimal_numbers_keep_their_digits() -> None:
    """`exact=True` with `Annotated[Decimal, EXACT]`: as numbers, both ways, read or not."""
    text = '{"total":12345678901234567890.10,"rate":0.10,"more":[1.50]}'
    invoice = Invoice.from_json(text)
    assert text == invoice.to_json()
    assert Decimal("12345678901234567890.10") == invoice.total
    assert 0.1 == invoice.rate
    assert float is type(invoice.rate)
    assert text == invoice.to_json()
    invoice.rate = 0.25
    assert '{"total":12345678901234567890.10,"rate":0.25,"more":[1.50]}' == invoice.to_json()
    built = Invoice(total=Decimal("1.10"), discount=Decimal("2.50"))
    assert '{"total":1.10,"discount":"2.50"}' == built.to_json()
    assert b'[{"total":1.10,"discount":"2.50"}]' == encode_json([built])
