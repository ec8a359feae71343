"""Parameters of operations."""

from __future__ import annotations

import textwrap

import pytest

from ionapi_codegen.ir.operation import Location, Parameter
from ionapi_codegen.ir.schema import Array, Kind, Scalar
from ionapi_codegen.ir.text import Text

from .conftest import Lowered, LowerYaml


@pytest.fixture
def lower_parameters(lower_yaml: LowerYaml) -> LowerYaml:
    """Lowers one operation, `GET /pets/{id}`, with the given parameters."""

    def lowered(text: str) -> Lowered:
        written = textwrap.indent(textwrap.dedent(text), " " * 6)
        return lower_yaml(f"paths:\n  /pets/{{id}}:\n    get:\n      parameters:\n{written}")

    return lowered


ID = "- {name: id, in: path, required: true, schema: {type: integer}}\n"


def only(lowered: Lowered) -> Parameter:
    """The parameter beside the path's own."""
    (operation,) = lowered.api.operations
    (parameter,) = [each for each in operation.parameters if each.name != Text("id")]
    return parameter


@pytest.mark.parametrize(
    ("location", "style", "explode"),
    [("query", "form", True), ("header", "simple", False), ("cookie", "form", True)],
)
def test_defaults_of_style(lower_parameters: LowerYaml, location: str, style: str, explode: bool) -> None:
    """Each place has the style and explode that OpenAPI gives it."""
    parameter = only(lower_parameters(ID + f"- {{name: a, in: {location}, schema: {{type: string}}}}"))
    assert (style, explode) == (parameter.style, parameter.explode)


def test_style_as_written(lower_parameters: LowerYaml) -> None:
    """What is written counts; explode follows the style."""
    text = "- {name: a, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}"
    parameter = only(lower_parameters(ID + text))
    assert ("pipeDelimited", False) == (parameter.style, parameter.explode)
    assert Array(Scalar(Kind.STRING)) == parameter.type


def test_impossible_style(lower_parameters: LowerYaml) -> None:
    """A style that the place has not is pointed out, and the default used."""
    lowered = lower_parameters(ID + "- {name: a, in: query, style: matrix, schema: {type: string}}")
    assert "form" == only(lowered).style
    assert ["parameter-style"] == lowered.codes()


def test_content_parameter(lower_parameters: LowerYaml) -> None:
    """A parameter may be a document of a media type."""
    text = "- {name: a, in: query, content: {application/JSON: {schema: {type: integer}}}}"
    parameter = only(lower_parameters(ID + text))
    assert "application/json" == parameter.media_type
    assert Scalar(Kind.INTEGER) == parameter.type


def test_headers_that_others_set(lower_parameters: LowerYaml) -> None:
    """OpenAPI ignores parameters named after headers that the call itself sets."""
    text = "".join(
        f"- {{name: {name}, in: header, schema: {{type: string}}}}\n"
        for name in ("Accept", "content-type", "AUTHORIZATION", "X-Own")
    )
    assert Text("X-Own") == only(lower_parameters(ID + text)).name


def test_parameter_without_a_schema_is_a_string(lower_parameters: LowerYaml) -> None:
    """What travels in an address is text unless the document says otherwise."""
    assert Scalar(Kind.STRING) == only(lower_parameters(ID + "- {name: a, in: query}")).type


def test_parameter_declared_twice(lower_parameters: LowerYaml) -> None:
    """The last declaration counts, and the first is pointed out."""
    twice = "- {name: a, in: query, schema: {type: string}}\n- {name: a, in: query, schema: {type: integer}}"
    lowered = lower_parameters(ID + twice)
    assert Scalar(Kind.INTEGER) == only(lowered).type
    assert ["parameter-repeated"] == lowered.codes()


def test_path_variable_without_a_parameter(lower_parameters: LowerYaml) -> None:
    """Every variable of the path has a parameter; one nobody declares is a required string."""
    lowered = lower_parameters("- {name: ID, in: path, required: true, schema: {type: integer}}")
    (operation,) = lowered.api.operations
    expected = Parameter(Text("id"), Location.PATH, Scalar(Kind.STRING), True, "simple", False)
    assert (expected,) == operation.parameters
    assert ["path-variable-undeclared", "parameter-not-in-path"] == lowered.codes()


def test_operation_overrides_path(lower_yaml: LowerYaml) -> None:
    """Parameters of the path hold for its operations, which may say one anew."""
    lowered = lower_yaml("""
        paths:
          /pets:
            parameters:
            - {name: a, in: query, schema: {type: string}}
            - {name: b, in: query, schema: {type: string}}
            get:
              parameters:
              - {name: b, in: query, required: true, schema: {type: integer}}
        """)
    (operation,) = lowered.api.operations
    assert [("a", False), ("b", True)] == [(each.name.raw, each.required) for each in operation.parameters]
    assert [] == lowered.codes()


def test_malformed_parameter(lower_parameters: LowerYaml) -> None:
    """What is no parameter is left out and pointed out; the others stay."""
    lowered = lower_parameters(ID + "- {name: a, in: body}\n- {name: b, in: query}")
    assert Text("b") == only(lowered).name
    assert ["parameter-malformed"] == lowered.codes()
