"""Bodies and responses."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.operation import Content, Operation, Part
from ionapi_codegen.ir.schema import Array, Kind, Ref, Scalar
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower.media import media_type

from .conftest import LowerYaml


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Application/JSON; charset=utf-8", "application/json"),
        ("application/vnd.api+json", "application/vnd.api+json"),
        ("*/*", "*/*"),
        ("application/json, charset=utf-8", "application/json"),
        ("not a media type", "not a media type"),
    ],
)
def test_media_type(written: str, expected: str) -> None:
    """Lower case without parameters; what is no media type stays as it is."""
    assert expected == media_type(written)


def operation(lower_yaml: LowerYaml, text: str) -> Operation:
    (only,) = lower_yaml(text).api.operations
    return only


def test_statuses(lower_yaml: LowerYaml) -> None:
    """Numbers, ranges in upper case, and `default`; nothing else is a response."""
    text = "paths: {/a: {get: {responses: {200: {}, 4xx: {}, default: {}, x-more: {}, nonsense: {}}}}}"
    assert ["200", "4XX", "default"] == [each.status for each in operation(lower_yaml, text).responses]


def test_media_types_in_order(lower_yaml: LowerYaml) -> None:
    """Every media type is kept; one without a schema has no type."""
    read = operation(
        lower_yaml,
        """
        paths:
          /a:
            post:
              requestBody:
                required: true
                content:
                  application/json: {schema: {type: integer}}
                  text/plain: {}
        """,
    )
    assert read.body is not None
    assert read.body.required
    assert (
        Content("application/json", Scalar(Kind.INTEGER)),
        Content("text/plain", None),
    ) == read.body.contents


def test_names_that_are_no_media_types(lower_yaml: LowerYaml) -> None:
    """They are left out, with a warning where they stand; extensions without one."""
    lowered = lower_yaml("""
        paths:
          /a:
            post:
              requestBody:
                content:
                  application/json: {schema: {type: integer}}
                  examples: {}
                  codecs=opus: {schema: {type: string, format: binary}}
                  x-more: {}
        """)
    (only,) = lowered.api.operations
    assert only.body is not None
    assert (Content("application/json", Scalar(Kind.INTEGER)),) == only.body.contents
    (said,) = lowered.diagnostics.sorted()
    assert "/paths/~1a/post/requestBody/content/examples" == said.place.pointer
    assert "'examples' is no media type, like 1 more here; it is left out." == said.message


def test_no_name_that_is_a_media_type(lower_yaml: LowerYaml) -> None:
    """The first one stands for any media type."""
    lowered = lower_yaml("""
        paths:
          /a: {get: {responses: {200: {content: {"": {schema: {type: integer}}, xls: {}}}}}}
        """)
    (only,) = lowered.api.operations
    assert (Content("*/*", Scalar(Kind.INTEGER)),) == only.responses[0].contents
    assert ["media-type"] == lowered.codes()


def test_one_schema_under_two_media_types(lower_yaml: LowerYaml) -> None:
    """The same schema written twice is one record."""
    lowered = lower_yaml("""
        paths:
          /a:
            get:
              operationId: getA
              responses:
                200:
                  content:
                    application/json: {schema: {properties: {a: {type: string}}}}
                    application/xml: {schema: {properties: {a: {type: string}}}}
        """)
    assert [(Text("getA"), Text("response"))] == [each.hint for each in lowered.api.schemas.values()]


def test_shared_response_is_named_after_itself(lower_yaml: LowerYaml) -> None:
    """An object written out in a shared response is called after the response, not after who refers to it."""
    lowered = lower_yaml("""
        paths:
          /a: {get: {operationId: getA, responses: {404: {$ref: '#/components/responses/Missing'}}}}
          /b: {get: {operationId: getB, responses: {404: {$ref: '#/components/responses/Missing'}}}}
        components:
          responses:
            Missing: {content: {application/json: {schema: {properties: {message: {type: string}}}}}}
        """)
    assert [(Text("Missing"), Text("response"))] == [each.hint for each in lowered.api.schemas.values()]


@pytest.mark.parametrize(
    "media",
    [
        "application/jsonl: {schema: {type: integer}}",
        "application/x-ndjson: {schema: {type: array, items: {type: integer}}}",
        "text/event-stream: {itemSchema: {type: integer}}",
    ],
)
def test_sequences(lower_yaml: LowerYaml, media: str) -> None:
    """A sequence says what one of its values is."""
    read = operation(lower_yaml, f"paths: {{/a: {{get: {{responses: {{200: {{content: {{{media}}}}}}}}}}}}}")
    assert Scalar(Kind.INTEGER) == read.responses[0].contents[0].item


def test_parts_of_a_form(lower_yaml: LowerYaml) -> None:
    """How a part is written comes from `encoding`."""
    read = operation(
        lower_yaml,
        """
        paths:
          /a:
            post:
              requestBody:
                content:
                  multipart/form-data:
                    schema: {properties: {photo: {type: string, format: binary}}}
                    encoding: {photo: {contentType: 'image/png, image/jpeg', explode: true}}
        """,
    )
    assert read.body is not None
    expected = (Part(Text("photo"), ("image/png", "image/jpeg"), explode=True),)
    assert expected == read.body.contents[0].parts


@pytest.mark.parametrize(
    ("version", "kind", "has_style"),
    [
        ("3.0.3", "multipart/form-data", False),
        ("3.0.3", "application/x-www-form-urlencoded", True),
        ("3.1.0", "multipart/form-data", True),
        ("3.1.0", "multipart/mixed", False),
    ],
)
def test_styles_of_parts(lower_yaml: LowerYaml, version: str, kind: str, has_style: bool) -> None:
    """They count in forms and, since 3.1, in `multipart/form-data` ("Encoding Object")."""
    read = operation(
        lower_yaml,
        f"""
        openapi: {version}
        info: {{title: T, version: '1'}}
        paths:
          /a:
            post:
              requestBody:
                content:
                  {kind}:
                    schema: {{properties: {{ids: {{type: array, items: {{type: string}}}}}}}}
                    encoding: {{ids: {{style: pipeDelimited, explode: false}}}}
        """,
    )
    assert read.body is not None
    expected = Part(Text("ids"), style="pipeDelimited", explode=False) if has_style else Part(Text("ids"))
    assert (expected,) == read.body.contents[0].parts


def test_swagger_form_with_a_file(lower_yaml: LowerYaml) -> None:
    """2.0's `formData` is a body like any other."""
    lowered = lower_yaml("""
        swagger: '2.0'
        info: {title: T, version: '1'}
        consumes: [multipart/form-data]
        paths:
          /a:
            post:
              operationId: send
              parameters: [{name: photo, in: formData, type: file, required: true}]
              responses: {200: {description: Done., schema: {type: array, items: {type: string}}}}
        """)
    (read,) = lowered.api.operations
    assert read.body is not None
    (content,) = read.body.contents
    assert "multipart/form-data" == content.media_type
    assert isinstance(content.type, Ref)
    assert Array(Scalar(Kind.STRING)) == read.responses[0].contents[0].type


def test_headers(lower_yaml: LowerYaml) -> None:
    """Headers of a response have types; Content-Type is not one of them."""
    text = "paths: {/a: {get: {responses: {200: {headers: {X-Rate: {schema: {type: integer}}, Content-Type: {}}}}}}}"
    (header,) = operation(lower_yaml, text).responses[0].headers
    assert (Text("X-Rate"), Scalar(Kind.INTEGER)) == (header.name, header.type)
