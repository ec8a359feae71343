"""What each way to write a schema becomes: the annotation, and values through the model and back."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import json
import uuid
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import main

HEAD = """
openapi: {version}
info: {{title: Schemas, version: "1"}}
paths:
  /it:
    get:
      operationId: getIt
      responses: {{"200": {{description: "", content: {{application/json: {{schema: {{$ref: "#/components/schemas/It"}}}}}}}}}}
components:
  schemas:
"""


def schemas(text: str, version: str = "3.1.0") -> str:
    """A document of component schemas, each on a line of its own; `It` is what its operation answers."""
    lines = [f"    {line.strip()}" for line in text.strip().splitlines()]
    return HEAD.format(version=version) + "\n".join(lines) + "\n"


def text_of(package: ModuleType) -> str:
    source = package.models.__file__
    assert source is not None
    return Path(source).read_text("utf-8")


def annotations(package: ModuleType, model: str = "It") -> dict[str, str]:
    """The fields of a model as they are annotated in the text, `| Unset` left out."""
    found = getattr(package.models, model).__annotations__
    return {name: str(text).removesuffix(" | Unset") for name, text in found.items()}


def quoted(annotation: str) -> str:
    """The annotation with the quotes that Python gives it when it keeps it as a string."""
    return ast.unparse(ast.parse(annotation, mode="eval"))


@pytest.fixture(scope="module")
def merged(generate: Any) -> Any:
    return generate(schemas("""
            Base: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
            It: {allOf: [{$ref: "#/components/schemas/Base"}, {properties: {more: {type: boolean}}, required: [more]}]}
            Needs: {allOf: [{$ref: "#/components/schemas/Base"}, {required: [name]}]}
            Narrows: {allOf: [{$ref: "#/components/schemas/Base"}, {properties: {name: {enum: [A, B]}}}]}
            Clashes: {allOf: [{$ref: "#/components/schemas/Base"}, {properties: {name: {type: integer}}}]}
            MayBeNull: {allOf: [{$ref: "#/components/schemas/Base"}, {properties: {name: {type: [string, "null"]}}}]}
            Again: {allOf: [{$ref: "#/components/schemas/Again"}, {properties: {a: {type: string}}}]}
            Both: {allOf: [{$ref: "#/components/schemas/Base"}, {oneOf: [{properties: {p: {type: string}}, required: [p]}, {properties: {q: {type: string}}, required: [q]}]}]}
            Odd: {type: string, oneOf: [{type: integer}, {type: boolean}]}
            """))


def test_what_is_only_added_is_inherited(merged: Any) -> None:
    """A child without changes is a subclass; its constructor wants what both require."""
    assert issubclass(merged.models.It, merged.models.Base)
    assert {"id": 1, "more": True} == merged.models.It(id=1, more=True).to_dict()


def test_what_is_changed_is_merged(merged: Any) -> None:
    """Required by one is required; the narrower type counts; null is allowed where one part allows it."""
    models = merged.models
    assert models.Base not in models.Needs.__mro__
    assert {"id": "int", "name": "str"} == annotations(merged, "Needs")
    assert quoted('Literal["A", "B"] | str') == annotations(merged, "Narrows")["name"]
    assert "str | None" == annotations(merged, "MayBeNull")["name"]
    assert None is models.MayBeNull.from_dict({"id": 1, "name": None}, strict=True).name


def test_types_that_exclude_each_other(merged: Any) -> None:
    """The document lies; the client takes what either part says."""
    assert "str | int" == annotations(merged, "Clashes")["name"]
    for name in ("x", 5):
        assert name == merged.models.Clashes.from_dict({"id": 1, "name": name}, strict=True).name
    assert "Odd: TypeAlias = str | int | bool" in text_of(merged)


def test_a_choice_beside_a_base(merged: Any) -> None:
    """Each alternative has the properties of the base."""
    models = merged.models
    assert "Both: TypeAlias = BothOption1 | BothOption2" in text_of(merged)
    assert {"id", "name", "q"} == annotations(merged, "BothOption2").keys()
    assert {"a": "x"} == models.Again(a="x").to_dict()


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_null_in_the_words_of_3_0(generate: Any, version: str) -> None:
    """`nullable` means null wherever it stands, alone among alternatives too; nothing says null twice."""
    package = generate(
        schemas(
            """
            Thing: {type: object, properties: {a: {type: string}}}
            Maybe: {nullable: true, allOf: [{$ref: "#/components/schemas/Thing"}]}
            Named: {type: object, nullable: true, properties: {a: {type: string}}}
            It: {type: object, properties: {any: {anyOf: [{$ref: "#/components/schemas/Thing"}, {nullable: true}]}, one: {oneOf: [{nullable: true}, {type: string}, {type: integer}]}, all: {allOf: [{$ref: "#/components/schemas/Thing"}, {nullable: true}]}, wrapped: {nullable: true, allOf: [{$ref: "#/components/schemas/Thing"}]}, maybe: {$ref: "#/components/schemas/Maybe"}, named: {$ref: "#/components/schemas/Named"}, listed: {type: string, nullable: true, enum: [a, b, null]}}}
            """,
            version,
        )
    )
    expected = {
        "any": "Thing | None",
        "one": "str | int | None",
        "all": "Thing | None",
        "wrapped": "Thing | None",
        "maybe": "Maybe",
        "named": "Named | None",
        "listed": quoted('Literal["a", "b"] | str | None'),
    }
    assert expected == annotations(package)
    nothing = dict.fromkeys(expected)
    assert nothing == package.models.It.from_dict(nothing, strict=True).to_dict()
    assert "x" == package.models.It.from_dict({"all": {"a": "x"}}, strict=True).all.a


@pytest.fixture(scope="module")
def pets(generate: Any) -> Any:
    return generate(schemas("""
            Cat: {type: object, required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}
            Dog: {type: object, required: [kind], properties: {kind: {enum: [dog, puppy]}, bark: {type: boolean}}}
            Fish: {type: object, required: [kind], properties: {kind: {type: string}, depth: {type: number}}}
            Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}, {$ref: "#/components/schemas/Fish"}], discriminator: {propertyName: kind}}
            Mapped: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Fish"}], discriminator: {propertyName: kind, mapping: {tom: Cat, salmon: "#/components/schemas/Fish", trout: Fish}}}
            Plain: {anyOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}, {type: string}]}
            Animal: {type: object, required: [type], properties: {type: {type: string}}, discriminator: {propertyName: type, mapping: {B: "#/components/schemas/Bear"}}}
            Bear: {allOf: [{$ref: "#/components/schemas/Animal"}, {properties: {honey: {type: boolean}}}]}
            Lion: {allOf: [{$ref: "#/components/schemas/Animal"}, {properties: {mane: {type: boolean}}}]}
            Cub: {allOf: [{$ref: "#/components/schemas/Lion"}, {properties: {age: {type: integer}}}]}
            It: {type: object, properties: {pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}, mapped: {type: array, items: {$ref: "#/components/schemas/Mapped"}}, plain: {type: array, items: {$ref: "#/components/schemas/Plain"}}, animals: {type: array, items: {$ref: "#/components/schemas/Animal"}}}}
            """))


def test_discriminators(pets: Any) -> None:
    """Constants, names and mappings tell; what nobody maps stays as it came."""
    models = pets.models
    sent = {
        "pets": [{"kind": "cat"}, {"kind": "puppy"}, {"kind": "Fish"}, {"kind": "bird", "wings": 2}],
        "mapped": [{"kind": "salmon"}, {"kind": "trout"}],
        "plain": [{"kind": "dog"}, "Rex", {"kind": "cat"}],
    }
    it = models.It.from_dict(sent)
    assert [models.Cat, models.Dog, models.Fish, dict] == [type(each) for each in it.pets]
    assert [models.Fish, models.Fish] == [type(each) for each in it.mapped]
    assert [models.Dog, str, models.Cat] == [type(each) for each in it.plain]
    assert sent == it.to_dict()


def test_discriminators_are_inherited(pets: Any) -> None:
    """Children of children count; an unknown kind is the base."""
    models = pets.models
    kinds = ("B", "Lion", "Cub", "Animal", "unknown")
    it = models.It.from_dict({"animals": [{"type": kind} for kind in kinds]}, strict=True)
    expected = [models.Bear, models.Lion, models.Cub, models.Animal, models.Animal]
    assert expected == [type(each) for each in it.animals]


@pytest.fixture(scope="module")
def values(generate: Any) -> Any:
    return generate(schemas(r"""
            It: {$ref: "#/components/schemas/Enums"}
            Enums: {type: object, properties: {ints: {type: integer, enum: [1, 2, 2]}, mixed: {enum: [a, 1, true, 1.5, null]}, floats: {type: number, enum: [0.5, 1]}, odd: {type: string, enum: ["", " ", "1", class, "a b", "\n", "'", "\"", "\\"]}, same: {type: string, enum: [a, A, a]}, objects: {enum: [{a: 1}, [1]]}, only: {const: 5}, null_only: {const: null}, half: {const: 1.5}, yes_only: {type: boolean, enum: [true]}, words: {type: string, enum: [1, yes, 1.10, 0777]}, big: {type: integer, enum: [99999999999999999999, -1]}, told: {type: integer, enum: [0, 1], x-enum-varnames: [OFF, ON]}, consts: {oneOf: [{const: a, description: The a}, {const: b, description: The b}]}}}
            Types: {type: object, properties: {a: {type: [string, integer, "null"]}, b: {type: ["null"]}, c: {type: [object, array], properties: {x: {type: string}}, items: {type: integer}}, d: {type: [integer, number]}, e: {}, f: true, g: false, h: {not: {type: string}}, i: {type: array}, j: {type: object}}}
            Tuples: {type: object, properties: {closed: {type: array, prefixItems: [{type: number}, {type: string, format: date}], items: false}, fixed: {type: array, prefixItems: [{type: string}, {$ref: "#/components/schemas/Types"}], minItems: 2, maxItems: 2}, open: {type: array, prefixItems: [{type: string}, {type: string, format: date}], items: {type: integer}}, any: {type: array, prefixItems: [{type: string}]}, old: {type: array, items: [{type: string}, {type: integer}], additionalItems: false}}}
            """))


def test_enumerations(values: Any) -> None:
    """Unique values in document order, open to others; what no Literal holds is told in words."""
    expected = {
        "ints": "Literal[1, 2] | int",
        "mixed": 'Literal["a", 1, True] | str | float | bool | None',
        "floats": "Literal[1] | float",
        "odd": """Literal["", " ", "1", "class", "a b", "\\n", "'", '"', "\\\\"] | str""",
        "same": 'Literal["a", "A"] | str',
        "objects": "object",
        "only": "Literal[5]",
        "null_only": "None",
        "half": "float",
        "yes_only": "Literal[True]",
        "words": 'Literal["1", "yes", "1.10", "0777"] | str',
        "big": "Literal[-1] | int",
        "told": "Literal[0, 1] | int",
        "consts": 'Literal["a", "b"] | str',
    }
    assert {name: quoted(each) for name, each in expected.items()} == annotations(values, "Enums")
    text = text_of(values)
    assert '"""One of 0.5, 1."""' in text
    assert '"""- 0: OFF\n    - 1: ON\n    """' in text
    assert '"""- "a": The a\n    - "b": The b\n    """' in text


def test_values_that_an_enumeration_does_not_list(values: Any) -> None:
    """They are values like others."""
    sent = {"ints": 9, "mixed": None, "floats": 2.5, "odd": "x", "big": 10**30, "objects": [{}]}
    it = values.models.Enums.from_json(json.dumps(sent), strict=True)
    assert (9, None, 2.5, "x", 10**30, [{}]) == (it.ints, it.mixed, it.floats, it.odd, it.big, it.objects)
    assert sent == json.loads(it.to_json())


def test_thousands_of_values(generate: Any) -> None:
    """A long enumeration is one alias."""
    listed = ", ".join(f"v{number}" for number in range(3000))
    package = generate(
        schemas(
            f'It: {{type: object, properties: {{v: {{$ref: "#/components/schemas/Long"}}}}}}\n'
            f"Long: {{type: string, enum: [{listed}]}}"
        )
    )
    assert "v2999" == package.models.It.from_dict({"v": "v2999"}, strict=True).v


def test_types(values: Any) -> None:
    """Arrays of types, the empty schema, true, false and `not`."""
    expected = {
        "a": "str | int | None",
        "b": "None",
        "c": "TypesC | list[int]",
        "d": "float",
        **dict.fromkeys("efgh", "object"),
        "i": "list[object]",
        "j": "dict[str, object]",
    }
    assert expected == annotations(values, "Types")
    model = values.models.Types
    assert "x" == model.from_dict({"c": {"x": "x"}}, strict=True).c.x
    assert [1] == model.from_dict({"c": [1]}, strict=True).c


def test_tuples(values: Any) -> None:
    """Each place has its type, and so has what follows."""
    expected = {
        "closed": "tuple[float, dt.date]",
        "fixed": "tuple[str, Types]",
        "open": "tuple[str, dt.date, *tuple[int, ...]]",
        "any": "tuple[str, *tuple[object, ...]]",
        "old": "tuple[str, int]",
    }
    assert expected == annotations(values, "Tuples")
    sent = {
        "closed": [1, "2026-01-02"],
        "fixed": ["a", {"a": 1}],
        "open": ["2026-01-02", "2026-01-02", 1, 2],
        "any": ["a", 1, None],
    }
    it = values.models.Tuples.from_dict(sent, strict=True)
    day = dt.date(2026, 1, 2)
    assert ((1, day), ("2026-01-02", day, 1, 2), ("a", 1, None)) == (it.closed, it.open, it.any)
    assert 1 == it.fixed[1].a
    assert sent == it.to_dict()
    it.open = ("x", day, 3)
    assert ["x", "2026-01-02", 3] == it.to_dict()["open"]
    with pytest.raises(values.DecodeError, match=r"\$\.open: expected an array of 2 or more, found one of 1"):
        values.models.Tuples.from_dict({"open": ["a"]}, strict=True)
    with pytest.raises(values.DecodeError, match=r"\$\.open\[2\]: expected an integer"):
        values.models.Tuples.from_dict({"open": ["a", "2026-01-02", "x"]}, strict=True)
    assert ["a"] == values.models.Tuples.from_dict({"open": ["a"]}).open


@pytest.fixture(scope="module")
def objects(generate: Any) -> Any:
    return generate(schemas("""
            It: {type: object, required: [value], properties: {value: {type: string}, next: {$ref: "#/components/schemas/It"}, all: {type: array, items: {$ref: "#/components/schemas/It"}}, by: {type: object, additionalProperties: {$ref: "#/components/schemas/It"}}}}
            Json: {oneOf: [{type: string}, {type: number}, {type: boolean}, {type: "null"}, {type: array, items: {$ref: "#/components/schemas/Json"}}, {type: object, additionalProperties: {$ref: "#/components/schemas/Json"}}]}
            Holder: {type: object, properties: {json: {$ref: "#/components/schemas/Json"}, pair: {$ref: "#/components/schemas/Pair"}}}
            Pair: {type: array, prefixItems: [{type: string}], items: {$ref: "#/components/schemas/Pair"}}
            Inline: {type: object, properties: {address: {type: object, properties: {geo: {type: object, properties: {lat: {type: number}}}}}, lines: {type: array, items: {type: object, properties: {sku: {type: string}}}}}}
            Ints: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
            Things: {type: object, properties: {a: {type: string}}, additionalProperties: {$ref: "#/components/schemas/It"}}
            Dates: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string, format: date}}
            Unions: {type: object, properties: {a: {type: string}}, additionalProperties: {oneOf: [{type: string}, {type: array, items: {type: integer}}]}}
            Open: {type: object, properties: {a: {type: string}}, additionalProperties: true}
            Closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}
            Bare: {type: object, additionalProperties: false}
            Patterns: {type: object, properties: {a: {type: string}}, patternProperties: {"^x-": {type: string}, "^y-": {type: integer}}}
            OnlyPatterns: {type: object, patternProperties: {"^x-": {type: string, format: date}}}
            Conditional: {type: object, required: [country], properties: {country: {type: string}}, if: {properties: {country: {const: US}}}, then: {properties: {state: {type: string}}, required: [state]}, else: {properties: {province: {type: string}}}, dependentSchemas: {country: {properties: {zip: {type: string}}}}}
            """))


def test_recursion(objects: Any) -> None:
    """Through properties, arrays, maps, unions and tuples."""
    models = objects.models
    sent = {"value": "a", "next": {"value": "b", "all": [{"value": "c"}]}, "by": {"k": {"value": "d"}}}
    it = models.It.from_dict(sent, strict=True)
    assert ("c", "d") == (it.next.all[0].value, it.by["k"].value)
    assert sent == it.to_dict()
    nested = {"json": {"a": [1, None, {"b": "x"}]}, "pair": ["a", ["b"], ["c", ["d"]]]}
    holder = models.Holder.from_dict(nested, strict=True)
    assert (nested["json"], ("a", ("b",), ("c", ("d",)))) == (holder.json, holder.pair)
    assert nested == holder.to_dict()


def test_inline_objects_are_named_after_their_place(objects: Any) -> None:
    """Outer name, then property; singular for an element."""
    assert "InlineAddressGeo" == annotations(objects, "InlineAddress")["geo"]
    assert "list[InlineLine]" == annotations(objects, "Inline")["lines"]


def test_properties_beside_the_named_ones(objects: Any) -> None:
    """They have the type that the document gives, in `extra`; a schema that forbids them loses none."""
    models = objects.models
    cases: list[tuple[str, object, object]] = [
        ("Ints", 5, 5),
        ("Things", {"value": "x"}, models.It(value="x")),
        ("Dates", "2026-01-02", dt.date(2026, 1, 2)),
        ("Unions", [1], [1]),
        ("Open", {"x": 1}, {"x": 1}),
        ("Closed", 1, 1),
        ("Bare", 1, 1),
        ("Patterns", 7, 7),
    ]
    for name, sent, read in cases:
        model = getattr(models, name).from_dict({"more": sent}, strict=True)
        assert (name, {"more": read}) == (name, model.extra)
        assert {"more": sent} == model.to_dict()
    with pytest.raises(objects.DecodeError, match=r"\$\.more: expected an integer, found a string"):
        models.Ints.from_dict({"more": "x"}, strict=True)
    assert "OnlyPatterns: TypeAlias = dict[str, dt.date]" in text_of(objects)


def test_conditions_describe_properties_that_may_be_there(objects: Any) -> None:
    """What `then`, `else` and `dependentSchemas` add is optional."""
    model = objects.models.Conditional
    assert {"country", "state", "province", "zip"} == annotations(objects, "Conditional").keys()
    assert {"country": "DE"} == model(country="DE").to_dict()
    assert "NY" == model.from_dict({"country": "US", "state": "NY"}, strict=True).state


@pytest.fixture(scope="module")
def fields(generate: Any) -> Any:
    return generate(schemas("""
            It: {type: object, required: [id, secret, name], properties: {id: {type: integer, readOnly: true}, secret: {type: string, writeOnly: true}, name: {type: string}, pin: {type: string, writeOnly: true}, old: {type: string, deprecated: true, description: Use name}}}
            Defaults: {type: object, properties: {s: {type: string, default: x}, n: {type: number, default: 1.5}, b: {type: boolean, default: false}, z: {type: integer, default: 0}, u: {type: [string, "null"], default: null}, e: {type: string, default: ""}, l: {type: array, items: {type: integer}, default: [1, 2]}, o: {type: object, default: {a: 1}}, d: {type: string, format: date, default: 2020-01-01}, v: {type: string, default: 1.10}, t: {type: string, default: 18:00}}}
            Formats: {type: object, properties: {date: {type: string, format: date}, stamp: {type: string, format: date-time}, time: {type: string, format: time}, duration: {type: string, format: duration}, key: {type: string, format: uuid}, byte: {type: string, format: byte}, decimal: {type: string, format: decimal}, number: {type: number, format: decimal}, long: {type: integer, format: int64}, text_long: {type: string, format: int64}, uri: {type: string, format: uri}, email: {type: string, format: email}, other: {type: string, format: x-whatever}, untyped: {format: date}}}
            Limits: {type: object, properties: {a: {type: string, minLength: 1, maxLength: 9, pattern: "^[a-z]+$", example: abc, description: A word}, b: {type: integer, exclusiveMinimum: 0, maximum: 9, example: 5}, c: {type: array, items: {type: string, maxLength: 3}, minItems: 1, uniqueItems: true}, d: {type: object, maxProperties: 3}, e: {type: boolean, example: true}, f: {type: string, example: string}}}
            """))


def test_directions(fields: Any) -> None:
    """The caller need not give what only the server sends, nor the server what only the caller sends."""
    model = fields.models.It
    assert {"secret": "s", "name": "n"} == model(secret="s", name="n").to_dict()
    it = model.from_dict({"id": 1, "name": "n"}, strict=True)
    assert "It(id=1, name='n')" == repr(it)
    assert fields.UNSET is it.pin
    with pytest.raises(AttributeError, match=r"^It\.secret is only sent to the server"):
        _ = it.secret
    with pytest.raises(fields.DecodeError, match=r"\$\.name: expected a value, found nothing"):
        model.from_dict({"id": 1}, strict=True)
    assert '"""Use name. Deprecated."""' in text_of(fields)


def test_defaults_are_documentation(fields: Any) -> None:
    """They are told, and not sent unless the caller gives them."""
    text = text_of(fields)
    shown = [
        '"x"',
        "1.5",
        "False",
        "0",
        "None",
        '""',
        "[1, 2]",
        '{"a": 1}',
        '"2020-01-01"',
        '"1.10"',
        '"18:00"',
    ]
    assert shown == [line.split("Default ")[1][:-4] for line in text.splitlines() if "Default " in line]
    assert {} == fields.models.Defaults().to_dict()


def test_formats(fields: Any) -> None:
    """Python's own types for those that are known, strings for the others; nothing is lost on the way back."""
    sent = {
        "date": "2026-01-02",
        "stamp": "2026-01-02T03:04:05.000Z",
        "time": "03:04:05Z",
        "duration": "P1D",
        "key": str(uuid.UUID(int=1)),
        "byte": "aGk=",
        "decimal": "1.50",
        "long": 2**63,
        "text_long": "9",
        "uri": "https://example.com",
        "email": "a@example.com",
        "other": "x",
        "untyped": "2026-01-02",
    }
    text = json.dumps(sent)[:-1] + ', "number": 1.10}'
    it = fields.models.Formats.from_json(text, strict=True)
    day = dt.date(2026, 1, 2)
    assert (day, dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)) == (it.date, it.stamp)
    assert (dt.time(3, 4, 5, tzinfo=dt.UTC), "P1D", uuid.UUID(int=1), b"hi") == (
        it.time,
        it.duration,
        it.key,
        it.byte,
    )
    assert (Decimal("1.50"), Decimal("1.10"), 2**63, "9", day) == (
        it.decimal,
        it.number,
        it.long,
        it.text_long,
        it.untyped,
    )
    assert ("https://example.com", "a@example.com", "x") == (it.uri, it.email, it.other)
    assert json.loads(text) == json.loads(it.to_json())
    assert '"number":1.10' in it.to_json()


def test_limits_and_examples(fields: Any) -> None:
    """In the docstring of the field, without examples that say nothing."""
    text = text_of(fields).partition("class Limits(Model):")[2]
    for said in (
        '"""A word. 1 to 9 characters, matching `^[a-z]+$`, such as "abc"."""',
        '"""At most 9, more than 0, such as 5."""',
        '"""At least 1 item, no two alike, each at most 3 characters."""',
        '"""At most 3 keys."""',
    ):
        assert said in text
    assert 4 == text.count('"""\n') and "string" not in text


def test_bytes_in_json_are_text(generate: Any) -> None:
    """A file is something to upload; JSON has none, whatever the format says."""
    package = generate("""
        openapi: 3.0.3
        info: {title: Files, version: "1"}
        paths:
          /a:
            post:
              operationId: send
              requestBody: {content: {multipart/form-data: {schema: {$ref: "#/components/schemas/Form"}}}}
              responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Answer"}}}}}
            put:
              operationId: both
              requestBody: {content: {multipart/form-data: {schema: {$ref: "#/components/schemas/Both"}}, application/json: {schema: {$ref: "#/components/schemas/Both"}}}}
              responses: {"204": {description: ""}}
        components:
          schemas:
            Form: {type: object, properties: {data: {type: string, format: binary}}}
            Answer: {type: object, properties: {data: {type: string, format: binary}}}
            Both: {type: object, properties: {data: {type: string, format: binary}}}
        """)
    found = [annotations(package, name)["data"] for name in ("Form", "Answer", "Both")]
    assert ["File", "str", "File | str"] == found
    assert "x" == package.models.Answer.from_dict({"data": "x"}, strict=True).data


def test_scalars_that_yaml_1_1_misreads(generate: Any) -> None:
    """Keys are text; words, times, dates and numbers stay what they were written as."""
    package = generate(
        schemas(
            """
            It: {type: object, required: [on, 1], properties: {on: {type: string}, no: {type: string}, 1: {type: string}, 1.0: {type: string}, 2020-01-01: {type: string}, e: {type: string, enum: [yes, no, on, 12:30:45, 1:20, 2020-01-01, 1e3, 0o17, 1_000, 1.10, NO]}}}
            """,
            "3.0.3",
        )
    )
    expected = ["yes", "no", "on", "12:30:45", "1:20", "2020-01-01", "1e3", "0o17", "1_000", "1.10", "NO"]
    assert quoted(f"Literal[{', '.join(map(repr, expected))}] | str") == annotations(package)["e"]
    sent = {"on": "a", "no": "b", "1": "c", "1.0": "d", "2020-01-01": "e"}
    it = package.models.It.from_dict(sent, strict=True)
    assert ("a", "b", sent) == (it.on, it.no, it.to_dict())
    assert {} == it.extra
    with pytest.raises(package.DecodeError, match=r"^\$\['1'\]: expected a value"):
        package.models.It.from_dict({"on": "a"}, strict=True)


def test_schema_that_the_document_lacks(generate: Any) -> None:
    """Only a property refers to it: any value, under the name that it would have."""
    package = generate(schemas('It: {type: object, properties: {a: {$ref: "#/components/schemas/Lost"}}}'))
    assert "Lost" == annotations(package)["a"]
    assert "Lost: TypeAlias = object" in text_of(package)
    assert {"b": [1]} == package.models.It.from_dict({"a": {"b": [1]}}, strict=True).a


def test_documents_of_many_files(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A component that is only a reference into another file is one class, under the component's name."""
    monkeypatch.syspath_prepend(tmp_path / "out")
    (tmp_path / "parts").mkdir()
    (tmp_path / "api.yaml").write_text(
        schemas("""
            It: {$ref: "parts/it.yaml"}
            Other: {$ref: "parts/all.yaml#/the~1other%20one"}
            Same: {$ref: "#/components/schemas/It"}
            """),
        "utf-8",
    )
    (tmp_path / "parts/all.yaml").write_text(
        "the/other one: {$ref: '#/Real'}\nReal: {type: object, properties: {it: {$ref: it.yaml}}}\n", "utf-8"
    )
    (tmp_path / "parts/it.yaml").write_text(
        "type: object\nproperties:\n  other: {$ref: 'all.yaml#/Real'}\n"
        "  again: {$ref: '../api.yaml#/components/schemas/Same'}\n",
        "utf-8",
    )
    arguments = [
        "generate",
        str(tmp_path / "api.yaml"),
        "--output",
        str(tmp_path / "out"),
        "--package",
        "manyfiles",
    ]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert 0 == result.exit_code, result.output
    package = importlib.import_module("manyfiles")
    assert {"other": "Other", "again": "Same"} == annotations(package)
    assert {"it": "It"} == annotations(package, "Other")
    assert "Same: TypeAlias = It" in text_of(package)
    assert 2 == text_of(package).count("(Model):")


def test_names_by_uri_and_anchor(generate: Any) -> None:
    """`$id`, `$anchor` and `$dynamicRef` lead to what has them in the schema around."""
    package = generate(schemas("""
            It: {$id: "https://example.com/s/it", type: object, properties: {leaf: {$ref: leaf}, self: {$ref: "#"}, loc: {$ref: "#loc"}, item: {$dynamicRef: "#item"}}, $defs: {loc: {$anchor: loc, type: object, properties: {x: {type: number}}}, item: {$dynamicAnchor: item, type: object, properties: {id: {type: integer}}}}}
            Leaf: {$id: "https://example.com/s/leaf", type: object, properties: {loc: {$ref: "#loc"}}, $defs: {loc: {$anchor: loc, type: object, properties: {y: {type: number}}}}}
            """))
    it = package.models.It.from_dict(
        {"leaf": {"loc": {"y": 1}}, "self": {"loc": {"x": 2}}, "item": {"id": 3}}, strict=True
    )
    assert (1, 2, 3) == (it.leaf.loc.y, it.self.loc.x, it.item.id)
