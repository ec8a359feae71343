"""How code is broken into lines."""

from __future__ import annotations

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.layout import Bracketed, Code, Either, Keyed, Parameter

NAMES = st.integers(1, 60).map(lambda length: "n" + "a" * length)
STRINGS = st.integers(0, 70).map(lambda length: '"' + "s" * length + '"')


def subscripts(inner: st.SearchStrategy[Code]) -> st.SearchStrategy[Code]:
    return st.one_of(
        inner.map(lambda code: layout.subscript("list", code)),
        inner.map(lambda code: layout.subscript("dict", "str", code)),
        st.lists(STRINGS, min_size=1, max_size=8).map(lambda values: layout.subscript("Literal", *values)),
    )


def unions(inner: st.SearchStrategy[Code]) -> st.SearchStrategy[Code]:
    return st.lists(inner, min_size=2, max_size=4).map(lambda members: layout.either(*members))


ANNOTATIONS: st.SearchStrategy[Code] = st.recursive(
    NAMES, lambda inner: subscripts(inner) | unions(inner), max_leaves=6
)
VALUES: st.SearchStrategy[Code | None] = st.one_of(
    st.none(),
    st.just("UNSET"),
    st.tuples(STRINGS, st.booleans()).map(
        lambda drawn: layout.call(
            "wire", drawn[0], *(["default=UNSET", "read_only=True"] if drawn[1] else [])
        )
    ),
)
MAPPINGS = st.lists(
    st.tuples(STRINGS, st.one_of(ANNOTATIONS, STRINGS.map(lambda name: layout.call("Query", name)))),
    min_size=1,
    max_size=4,
).map(layout.mapping)


def black_prints(text: str) -> str:
    return black.format_str(text, mode=black.Mode())


@settings(max_examples=150, deadline=None)
@given(NAMES, ANNOTATIONS, VALUES)
def test_a_field_is_laid_out_as_black_does(name: str, annotation: Code, value: Code | None) -> None:
    """The value breaks first, then the annotation."""
    text = f"class A:\n    {layout.field(name, annotation, value, 4)}\n"
    assert black_prints(text) == text


@pytest.mark.parametrize("length", range(50, 74))
def test_a_field_breaks_at_the_columns_where_black_breaks_it(length: int) -> None:
    """What fits changes with every column: each kind of annotation and value, at each length."""
    fields = [
        layout.field("x", annotation, value, 4)
        for annotation in (
            "A" * length,
            layout.either("A" * 30, "B" * (length - 33)),
            layout.subscript("list", "A" * (length - 6)),
            layout.subscript("dict", "str", "A" * (length - 11)),
        )
        for value in (
            "UNSET",
            '"card"',
            layout.call("wire", '"abc"'),
            layout.call("wire", '"abc"', "default=UNSET"),
        )
    ]
    text = "class A:\n    y: int\n" + "".join(f"    {field}\n" for field in fields)
    assert black_prints(text) == text


@settings(max_examples=100, deadline=None)
@given(NAMES, ANNOTATIONS)
def test_an_alias_is_laid_out_as_black_does(name: str, code: Code) -> None:
    """A union is held together by parentheses."""
    text = layout.alias(name, code) + "\n"
    assert black_prints(text) == text


@settings(max_examples=150, deadline=None)
@given(
    NAMES,
    st.lists(st.tuples(NAMES, ANNOTATIONS, st.sampled_from([None, "None", '"abc"'])), max_size=4),
    ANNOTATIONS,
)
def test_a_function_is_laid_out_as_black_does(
    name: str, parameters: list[tuple[str, Code, str | None]], result: Code
) -> None:
    """Parameters share a line where they fit; otherwise each has its own."""
    given = [Parameter("self"), Parameter("*")] if parameters else [Parameter("self")]
    given += [Parameter(*parameter) for parameter in parameters]
    text = (
        "from __future__ import annotations\n\n\nclass A:\n    "
        + layout.function(name, given, result, 4)
        + "\n        raise Declared\n"
    )
    assert black_prints(text) == text


def test_wide_characters_take_two_columns() -> None:
    """A line of 80 Chinese characters is not 80 columns wide."""
    parameters = [Parameter("self"), Parameter("name", layout.subscript("Literal", '"' + "啊" * 25 + '"'))]
    text = f"class A:\n    {layout.function('f', parameters, 'None', 4)}\n        raise Declared\n"
    assert black_prints(text) == text


def test_a_result_with_a_mapping_leaves_the_parameters_on_a_line() -> None:
    """The discriminator of a union."""
    mapping = layout.mapping([(f'"kind{n}"', "models.Kind" + "x" * 20) for n in range(4)])
    result = layout.subscript(
        "Annotated", "models.A | models.B", layout.call("Discriminator", '"kind"', mapping)
    )
    text = f"class A:\n    {layout.function('f', [Parameter('self'), Parameter('name', 'str')], result, 4)}\n"
    text = f"from __future__ import annotations\n\n\n{text}        raise Declared\n"
    assert black_prints(text) == text


def test_a_result_that_ends_with_more_of_the_same_leaves_the_parameters_on_a_line() -> None:
    """A tuple with items of one type behind the first."""
    more = Keyed("*", layout.subscript("tuple", "object", "..."))
    result = layout.subscript("tuple", *(f"models.UsersIdentityResponseItem{n}" for n in range(3)), more)
    parameters = [Parameter("self"), Parameter("*"), Parameter("token", "str", "None")]
    text = f"class A:\n    {layout.function('identity', parameters, result, 4)}\n        raise Declared\n"
    assert black_prints(text) == text


@settings(max_examples=100, deadline=None)
@given(STRINGS, MAPPINGS, MAPPINGS)
def test_a_decorator_is_laid_out_as_black_does(path: str, parameters: Bracketed, returns: Bracketed) -> None:
    """One line, or an argument a line."""
    code = layout.call(
        "operation", path, Keyed("parameters=", parameters), Keyed("returns=lambda: ", returns)
    )
    text = f"class A:\n    {layout.exploded('@', code, '', 4)}\n    def f(self): ...\n"
    assert black_prints(text) == text


@pytest.mark.parametrize("count", [1, 3, 9])
def test_a_class_header_is_laid_out_as_black_does(count: int) -> None:
    """Bases share a line where they fit."""
    code = layout.call("Order", *(f"Base{'x' * 12}{n}" for n in range(count)))
    text = layout.statement("class ", code, ":", 0) + "\n    x: int\n"
    assert black_prints(text) == text


def test_a_union_names_each_member_once() -> None:
    """Nested unions are flattened."""
    nested = layout.either("A", Either(("B", "A")), "C")
    assert "A | B | C" == layout.flat(nested)
    assert "A" == layout.either("A", "A")
