"""Calls that the server makes, and links: what of them reaches the model."""

from __future__ import annotations

from ionapi_codegen.ir.operation import Link
from ionapi_codegen.ir.schema import Docs
from ionapi_codegen.ir.text import Text

from .conftest import LowerYaml


def test_callbacks_and_webhooks_are_schemas_only(lower_yaml: LowerYaml) -> None:
    """What is written out in them is named after the webhook or callback; they are no operations."""
    lowered = lower_yaml("""
        paths:
          /a:
            post:
              operationId: subscribe
              callbacks:
                onEvent:
                  '{$request.body#/url}':
                    post: {requestBody: {content: {application/json: {schema: {properties: {x: {type: string}}}}}}}
        webhooks:
          itemChanged:
            post: {requestBody: {content: {application/json: {schema: {properties: {y: {type: string}}}}}}}
        """)
    assert [Text("subscribe")] == [each.id for each in lowered.api.operations]
    hints = {tuple(part.raw for part in schema.hint) for schema in lowered.api.schemas.values()}
    assert {("onEvent", "body"), ("itemChanged", "body")} == hints
    assert [] == lowered.codes()


def test_links(lower_yaml: LowerYaml) -> None:
    """Name, operation, and where its arguments come from; one behind a broken reference is left out."""
    lowered = lower_yaml("""
        paths:
          /a:
            get:
              responses:
                200:
                  description: ""
                  links:
                    Next: {operationId: b, parameters: {id: $response.body#/id, n: 1}, description: Go on.}
        """)
    (response,) = lowered.api.operations[0].responses
    arguments = (Text("id"), Text("$response.body#/id")), (Text("n"), Text("1"))
    expected = Link(Text("Next"), Text("b"), arguments, Docs(description=Text("Go on.")))
    assert (expected,) == response.links
