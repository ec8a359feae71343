"""What models keep, tell apart and forgive."""

from __future__ import annotations

import copy
import datetime as dt
import decimal
import pickle
import uuid
from typing import Any

import pytest

SHAPES = """
openapi: 3.0.3
info: {title: Shapes, version: "1"}
paths:
  /things:
    get:
      operationId: getThing
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
components:
  schemas:
    Thing:
      type: object
      required: [id, state]
      properties:
        id: {type: integer, format: int64}
        state: {type: string, enum: [NEW, DONE]}
        at: {type: string, format: date-time}
        price: {type: string, format: decimal}
        key: {type: string, format: uuid}
        data: {type: string, format: byte}
        note: {type: string, nullable: true}
        to_dict: {type: string}
        class: {type: string}
        parts: {type: array, items: {$ref: "#/components/schemas/Part"}}
        shape: {$ref: "#/components/schemas/Shape"}
        owner: {$ref: "#/components/schemas/Owner"}
        parent: {$ref: "#/components/schemas/Thing"}
        receipt: {$ref: "#/components/schemas/Receipt"}
    Receipt:
      type: object
      required: [number]
      properties:
        number: {type: integer, readOnly: true}
        stamp: {type: string, readOnly: true}
        note: {type: string}
    Part:
      type: object
      required: [price]
      properties: {price: {type: number}, n: {type: integer}}
    Shape:
      oneOf: [{$ref: "#/components/schemas/Circle"}, {$ref: "#/components/schemas/Square"}]
      discriminator: {propertyName: kind, mapping: {circle: "#/components/schemas/Circle", square: Square}}
    Circle:
      type: object
      required: [kind, radius]
      properties: {kind: {type: string}, radius: {type: number}}
    Square:
      type: object
      required: [kind, side]
      properties: {kind: {type: string}, side: {type: number}}
    Owner:
      anyOf: [{$ref: "#/components/schemas/Person"}, {$ref: "#/components/schemas/Firm"}, {type: string}]
    Person:
      type: object
      required: [name, born]
      properties: {name: {type: string}, born: {type: string, format: date}}
    Firm:
      type: object
      required: [name, number]
      properties: {name: {type: string}, number: {type: integer}}
"""


@pytest.fixture(scope="module")
def shapes(generate: Any) -> Any:
    return generate(SHAPES)


def thing(package: Any, **fields: object) -> Any:
    return package.models.Thing.from_dict({"id": 1, "state": "NEW"} | fields)


def test_values_are_python_s_own(shapes: Any) -> None:
    """Dates, decimals, UUIDs and bytes come as Python's types."""
    key = uuid.UUID(int=7)
    it = thing(shapes, at="2026-03-01T08:30:00.000Z", price="1.50", key=str(key), data="aGk=")
    assert dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC) == it.at
    assert (decimal.Decimal("1.50"), key, b"hi") == (it.price, it.key, it.data)


def test_nothing_is_lost(shapes: Any) -> None:
    """Unknown fields, null, absence and the text of values come back, read or not."""
    source = {
        "id": 1,
        "state": "LATER",
        "at": "2026-03-01T08:30:00.000Z",
        "price": "1.50",
        "note": None,
        "new": {"x": [1]},
        "parts": [{"price": 1, "more": True}],
    }
    it = shapes.models.Thing.from_dict(source)
    assert source == it.to_dict()
    assert (it.at, it.price, it.parts[0].price) and source == it.to_dict()
    assert {"x": [1]} == it.extra["new"]
    assert source == shapes.models.Thing.from_json(it.to_json()).to_dict()


def test_null_absence_and_value_are_three_things(shapes: Any) -> None:
    """UNSET is false, is not None, and is not sent."""
    assert shapes.UNSET is thing(shapes).note
    assert None is thing(shapes, note=None).note
    it = shapes.models.Thing(id=1, state="NEW", note=None)
    assert {"id": 1, "state": "NEW", "note": None} == it.to_dict()
    it.note = shapes.UNSET
    assert {"id": 1, "state": "NEW"} == it.to_dict()


def test_changes_are_written(shapes: Any) -> None:
    """What the caller changed is what is sent, and only that."""
    it = thing(shapes, at="2026-03-01T08:30:00.000Z", parts=[{"price": 1.5, "more": 1}])
    it.parts[0].price = 2
    it.parts.append(shapes.models.Part(price=3))
    assert [{"price": 2, "more": 1}, {"price": 3}] == it.to_dict()["parts"]
    it.at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    assert "2026-03-02T00:00:00Z" == it.to_dict()["at"]


def test_a_server_that_breaks_its_document_does_not_break_the_caller(shapes: Any) -> None:
    """Wrong shapes stay as they came; a required field that is missing raises when it is read."""
    it = shapes.models.Thing.from_dict(
        {"state": 7, "at": "yesterday", "parts": {"a": 1}, "parent": [], "owner": 5}
    )
    assert (7, "yesterday", {"a": 1}, [], 5) == (it.state, it.at, it.parts, it.parent, it.owner)
    with pytest.raises(AttributeError, match=r"Thing\.id is required, but the server did not send it"):
        _ = it.id


def test_a_required_property_that_only_the_server_sets(shapes: Any) -> None:
    """The constructor does without it; a server that leaves it out is told as for any required field."""
    receipt = shapes.models.Receipt
    assert {"note": "x"} == receipt(note="x").to_dict()
    assert (7, shapes.UNSET) == (
        receipt.from_dict({"number": 7}).number,
        receipt.from_dict({"number": 7}).stamp,
    )
    with pytest.raises(AttributeError, match=r"Receipt\.number is required, but the server did not send it"):
        _ = receipt.from_dict({"note": "x"}).number
    with pytest.raises(shapes.DecodeError, match=r"\$\.receipt\.number"):
        shapes.models.Thing.from_dict({"id": 1, "state": "NEW", "receipt": {}}, strict=True)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"parts": [{"price": 1}, {"price": "x"}]}, r"\$\.parts\[1\]\.price"),
        ({"at": "yesterday"}, r"\$\.at"),
        ({"parent": {"id": "1", "state": "NEW"}}, r"\$\.parent\.id"),
        ({"parts": [{}]}, r"\$\.parts\[0\]"),
    ],
)
def test_strict_decoding_names_the_path(shapes: Any, fields: dict[str, object], path: str) -> None:
    """`strict=True` raises DecodeError with the path of the first wrong value."""
    with pytest.raises(shapes.DecodeError, match=path):
        shapes.models.Thing.from_dict({"id": 1, "state": "NEW"} | fields, strict=True)
    assert shapes.models.Thing.from_dict({"id": 1, "state": "UNHEARD OF"}, strict=True).state == "UNHEARD OF"


def test_unions(shapes: Any) -> None:
    """By discriminator where there is one, by best match where not; what fits nowhere stays a dict."""
    models = shapes.models
    assert (
        models.Circle(kind="circle", radius=1) == thing(shapes, shape={"kind": "circle", "radius": 1}).shape
    )
    assert isinstance(thing(shapes, shape={"kind": "square", "side": 1}).shape, models.Square)
    assert {"kind": "blob"} == thing(shapes, shape={"kind": "blob"}).shape
    assert isinstance(thing(shapes, owner={"name": "n", "number": 1}).owner, models.Firm)
    assert isinstance(thing(shapes, owner={"name": "n", "born": "2000-01-01"}).owner, models.Person)
    assert "n" == thing(shapes, owner="n").owner


def test_names_that_python_or_the_base_class_needs(shapes: Any) -> None:
    """A property called `to_dict` or `class` is a field of another name, and hides nothing."""
    it = thing(shapes, **{"to_dict": "x", "class": "y", "__class__": "z", "from_json": 1})
    assert ("x", "y") == (it.to_dict_, it.class_)
    assert {"__class__": "z", "from_json": 1} == dict(it.extra)
    assert "x" == it.to_dict()["to_dict"]


def test_models_behave_like_dataclasses(shapes: Any) -> None:
    """repr, ==, copy and pickle; the constructor knows its fields."""
    part = shapes.models.Part(price=1.5)
    assert "Part(price=1.5)" == repr(part)
    assert (
        part
        == copy.deepcopy(part)
        == pickle.loads(pickle.dumps(part))
        == shapes.models.Part.from_dict({"price": 1.5})
    )
    assert part != shapes.models.Part(price=2)
    with pytest.raises(TypeError, match="price"):
        shapes.models.Part()
    with pytest.raises(TypeError, match="nonsense"):
        shapes.models.Part(price=1, nonsense=1)


def test_big_numbers_keep_their_digits(shapes: Any) -> None:
    """Integers of any size go through unchanged."""
    text = '{"id":123456789012345678901234567890,"state":"NEW"}'
    assert text == shapes.models.Thing.from_json(text).to_json()
