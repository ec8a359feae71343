"""What a side holds, told in plain text."""

from __future__ import annotations

from ionapi_codegen.report_page.holdings import Named, Row, holdings
from ionapi_codegen.report_page.wording import Words
from tests_support.sides import side

SHOP = """
    openapi: 3.1.0
    info: {title: Shop, version: "1.2"}
    tags: [{name: customers, description: Who buys.}]
    paths:
      /customers/{id}:
        parameters:
          - {name: id, in: path, required: true, schema: {type: string, maxLength: 10}}
        get:
          tags: [customers]
          operationId: getCustomer
          summary: Fetch one.
          parameters:
            - {name: fields, in: query, deprecated: true, schema: {type: string, default: all}}
          responses:
            "200": {description: Here., content: {application/json: {schema: {$ref: "#/components/schemas/Customer"}}}}
            "404": {description: Not here.}
        put:
          tags: [customers]
          operationId: putCustomer
          requestBody:
            required: true
            content: {application/json: {schema: {$ref: "#/components/schemas/Customer"}}}
          responses: {"204": {description: Done.}}
    components:
      schemas:
        Customer:
          description: Somebody who buys.
          type: object
          required: [name]
          properties:
            name: {type: string}
            id: {type: string, readOnly: true}
            status: {$ref: "#/components/schemas/Status"}
        Status: {type: string, enum: [A, B]}
        Unused: {type: object, properties: {a: {type: integer}}}
"""


def test_operations_stand_in_their_groups_as_callers_find_them() -> None:
    (group,) = holdings(side(SHOP).apis, {}, Words(remembers=False)).groups
    assert ("customers", "Who buys.") == (group.name, group.said)
    assert [
        ("customers.get_customer", "GET", "/customers/{id}", "read", "Fetch one."),
        ("customers.put_customer", "PUT", "/customers/{id}", "write", ""),
    ] == [(one.call, one.method, one.path, one.effect, one.said) for one in group.operations]


def test_an_operation_tells_what_it_takes_and_answers() -> None:
    get, put = holdings(side(SHOP).apis, {}, Words(remembers=False)).operations()
    assert (
        Row("path", "id", ("str",), True, "at most 10 characters", ""),
        Row("query", "fields", ("str",), False, "deprecated, has a default", ""),
        Row("200", "application/json", (Named("Customer"),), False, "", "Here."),
        Row("404", "", (), False, "", "Not here."),
    ) == get.rows
    assert Row("body", "application/json", (Named("Customer"),), True, "", "") in put.rows
    assert ("Customer",) == get.models == put.models


def test_a_model_tells_its_fields_and_where_it_travels() -> None:
    models = holdings(side(SHOP).apis, {}, Words(remembers=False)).models
    assert (
        Row("field", "name", ("str",), True, "", ""),
        Row("field", "id", ("str",), False, "only in answers", ""),
        Row("field", "status", (Named("Status"),), False, "", ""),
    ) == models["Customer"].rows
    assert "sent and received" == models["Customer"].travels
    assert "not used by any operation" == models["Unused"].travels
    assert (Row("is", "", ('"A" | "B"',), False, "", ""),) == models["Status"].rows


def test_names_of_several_documents_begin_with_their_api() -> None:
    other = "{openapi: 3.1.0, info: {title: Stock, version: '1'}, paths: {/ping: {get: {operationId: ping, responses: {'204': {description: Up.}}}}}}"
    found = holdings(side(SHOP, other).apis, {}, Words(remembers=False))
    assert ["shop.customers", "stock"] == [group.name for group in found.groups]
    assert ["shop.customers.get_customer", "shop.customers.put_customer", "stock.ping"] == [
        one.call for one in found.operations()
    ]
    assert "shop.Customer" in found.models


def test_a_name_that_its_user_pinned_is_the_one_that_is_told() -> None:
    get, _ = holdings(side(SHOP).apis, {"getCustomer": "fetch"}, Words(remembers=False)).operations()
    assert "customers.fetch" == get.call
