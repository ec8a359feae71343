"""How types are annotated."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.schema import (
    Anything,
    Array,
    Discriminator,
    Enumeration,
    Kind,
    Map,
    Nothing,
    Nullable,
    Ref,
    Scalar,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.imports import Imports
from ionapi_codegen.targets.python.layout import flat
from ionapi_codegen.targets.python.types import Speller, references

STRING = Scalar(Kind.STRING)
INTEGER = Scalar(Kind.INTEGER)
NUMBER = Scalar(Kind.NUMBER)


def enumeration(*values: bool | int | float | str) -> Enumeration:
    kinds = {str: Kind.STRING, bool: Kind.BOOLEAN, int: Kind.INTEGER, float: Kind.NUMBER}
    return Enumeration(
        tuple(Text(value) if isinstance(value, str) else value for value in values),
        frozenset(kinds[type(value)] for value in values),
    )


def annotated(type: Type, hidden: frozenset[str] = frozenset(), files: bool = False) -> tuple[str, str]:
    imports = Imports()
    return flat(Speller(imports, str, hidden, files).annotation(type)), imports.block()


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        (STRING, "str"),
        (Scalar(Kind.DATE_TIME), "dt.datetime"),
        (Scalar(Kind.DATE), "dt.date"),
        (Scalar(Kind.UUID), "UUID"),
        (Scalar(Kind.DECIMAL_STRING), "Decimal"),
        (Scalar(Kind.BASE64), "bytes"),
        (Scalar(Kind.NULL), "None"),
        (Array(Nullable(INTEGER)), "list[int | None]"),
        (Map(Anything()), "dict[str, object]"),
        (Nothing(), "object"),
        (TupleOf((STRING, INTEGER)), "tuple[str, int]"),
        (TupleOf((STRING,), INTEGER), "tuple[str, *tuple[int, ...]]"),
        (TupleOf((), None), "list[object]"),
        (enumeration("A", "B"), 'Literal["A", "B"] | str'),
        (enumeration(1, 2), "Literal[1, 2] | int"),
        (enumeration("A", 1), 'Literal["A", 1] | str | int'),
        (enumeration(1.5), "float"),
        (enumeration("only"), 'Literal["only"]'),
        (Nullable(enumeration("A", "B")), 'Literal["A", "B"] | str | None'),
        (Union((INTEGER, NUMBER)), "float"),
        (Union((STRING, Anything())), "object"),
        (Union((Nullable(STRING), INTEGER)), "str | int | None"),
        (Union((enumeration("A"), enumeration("B"), STRING)), 'Literal["A", "B"] | str'),
        (Union((Nullable(enumeration("A")), enumeration("B"))), 'Literal["A", "B"] | str | None'),
        (Union((Ref("Cat"), Ref("Dog"))), "Cat | Dog"),
    ],
)
def test_each_type_has_its_annotation(type: Type, expected: str) -> None:
    """Enumerations are open, null comes last, nothing is said twice."""
    assert expected == annotated(type)[0]


def test_an_annotation_imports_what_it_names() -> None:
    """And nothing else."""
    assert (
        "import datetime as dt\nfrom uuid import UUID"
        == annotated(Union((Scalar(Kind.DATE), Scalar(Kind.UUID))))[1]
    )
    assert "" == annotated(Array(STRING))[1]


def test_a_discriminator_stands_beside_its_union() -> None:
    """Each value names a class."""
    discriminator = Discriminator(Text("kind"), ((Text("cat"), Ref("Cat")), (Text("dog"), Ref("Dog"))))
    expected = 'Annotated[Cat | Dog, Discriminator("kind", {"cat": Cat, "dog": Dog})]'
    assert expected == annotated(Union((Ref("Cat"), Ref("Dog")), discriminator))[0]


def test_a_hidden_builtin_is_named_by_its_module() -> None:
    """A class with a field `list` still has lists."""
    assert ("builtins.list[str]", "import builtins") == annotated(Array(STRING), frozenset({"list"}))


def test_raw_bytes_are_files_where_they_are_sent() -> None:
    """In what is received they are bytes."""
    assert "File" == annotated(Scalar(Kind.BINARY), files=True)[0]
    assert "bytes" == annotated(Scalar(Kind.BINARY))[0]


def test_references_are_found_everywhere() -> None:
    """In discriminators, too."""
    discriminator = Discriminator(Text("kind"), ((Text("d"), Ref("D")),))
    found = Union((Array(Ref("A")), Map(Nullable(Ref("B"))), TupleOf((Ref("C"),), None)), discriminator)
    assert ["A", "B", "C", "D"] == list(references(found))


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        (INTEGER, 'int | Literal[""]'),
        (enumeration(True), 'Literal[True, ""]'),
        (enumeration(1, 2), 'Literal[1, 2, ""] | int'),
        (Scalar(Kind.DATE), 'dt.date | Literal[""]'),
        (enumeration("a", ""), 'Literal["a", ""] | str'),
        (enumeration(""), 'Literal[""]'),
    ],
)
def test_what_may_be_empty_has_one_literal(type: Type, expected: str) -> None:
    """`allowEmptyValue` adds the empty text, to the `Literal` of an enumeration where there is one."""
    assert expected == flat(Speller(Imports(), str).or_empty(type))


def test_discriminators_name_what_is_no_class() -> None:
    """A schema that is an alias may stand for anything: its name stands in the mapping, not what it is."""
    mapping = ((Text("a"), Ref("A")), (Text("b"), Ref("B")))
    union = Union((Ref("A"), Ref("B")), Discriminator(Text("kind"), mapping))
    spelled = flat(Speller(Imports(), str, quoted=frozenset({"B"})).annotation(union))
    assert 'Annotated[A | B, Discriminator("kind", {"a": A, "b": "B"})]' == spelled
