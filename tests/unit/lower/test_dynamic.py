"""Templates whose anchors others bind: `$dynamicRef` and `$dynamicAnchor` of JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Callable

from ionapi_codegen.ir.schema import Alias, Anything, Array, Record, Ref, Schema, Type

from .conftest import Lowered, LowerYaml

PAGE = """\
    Page:
      $id: https://schemas.example/page
      type: object
      properties: {items: {type: array, items: {$dynamicRef: '#item'}}}
      $defs: {open: {$dynamicAnchor: item}}
    User: {$id: 'https://schemas.example/user', type: object, properties: {name: {type: string}}}
"""


def fields(schema: Schema) -> dict[str, Type]:
    assert isinstance(schema, Record)
    return {each.name.raw: each.type for each in schema.properties}


def called(lowered: Lowered, name: str) -> Schema:
    """The schema whose words are these, with spaces between them."""
    (found,) = (
        each for each in lowered.api.schemas.values() if " ".join(word.raw for word in each.hint) == name
    )
    return found


def test_who_refers_to_a_template_says_what_it_holds(
    lower_schemas: LowerYaml, ref: Callable[[str], Ref]
) -> None:
    """A schema that binds the anchor is the template filled in, under its own name."""
    found = lower_schemas(PAGE + """\
    Users:
      $id: https://schemas.example/users
      $ref: page
      $defs: {bound: {$dynamicAnchor: item, $ref: 'https://schemas.example/user'}}
    Names: {$ref: '#/components/schemas/Page', $defs: {bound: {$dynamicAnchor: item, type: string}}}
    More: {allOf: [{$ref: '#/components/schemas/Users'}, {properties: {more: {type: boolean}}}]}
    """)
    assert [] == found.codes()
    assert {"items": Array(ref("User"))} == fields(found.schema("Users"))
    assert {"items": Array(ref("Names/$defs/bound"))} == fields(found.schema("Names"))
    assert {"items": Array(ref("Page/$defs/open"))} == fields(found.schema("Page"))
    assert (ref("Users"),) == getattr(found.schema("More"), "bases", None)


def test_the_outermost_schema_with_the_anchor_counts(
    lower_schemas: LowerYaml, ref: Callable[[str], Ref]
) -> None:
    """A tree that is extended has children that are extended as well (JSON Schema 2020-12, 8.2.3.2)."""
    found = lower_schemas("""\
    Tree:
      $id: https://schemas.example/tree
      $dynamicAnchor: node
      type: object
      properties: {children: {type: array, items: {$dynamicRef: '#node'}}}
    Named:
      $id: https://schemas.example/named
      $dynamicAnchor: node
      $ref: tree
      properties: {name: {type: string}}
    """)
    assert {"children": Array(ref("Tree"))} == fields(found.schema("Tree"))
    named = fields(found.schema("Named"))
    assert Array(ref("Named")) == named["children"] and "name" in named


def test_what_is_bound_reaches_what_the_template_refers_to(lower_schemas: LowerYaml) -> None:
    """A schema that a template uses on its way to the anchor is another one for each binding."""
    found = lower_schemas("""\
    User: {type: object, properties: {name: {type: string}}}
    Outer: {type: object, properties: {inner: {$ref: '#/components/schemas/Inner'}}}
    Inner: {type: object, properties: {it: {$dynamicRef: '#it'}, next: {$ref: '#/components/schemas/Inner'}}}
    Users: {$ref: '#/components/schemas/Outer', $defs: {b: {$dynamicAnchor: it, $ref: '#/components/schemas/User'}}}
    """)
    inner = called(found, "Users Inner")
    assert {"inner": Ref(inner.id)} == fields(found.schema("Users"))
    assert {"it": Ref("api.yaml#/components/schemas/User"), "next": Ref(inner.id)} == fields(inner)


def test_a_template_by_itself_holds_anything(lower_schemas: LowerYaml) -> None:
    """An anchor that the template itself does not have is open, whoever else has one of that name."""
    found = lower_schemas("""\
    Page: {$id: 'https://schemas.example/page', type: object, properties: {it: {$dynamicRef: '#item'}}}
    Users: {$ref: page, $defs: {bound: {$dynamicAnchor: item, type: string}}}
    """)
    assert {"it": Ref("api.yaml#/$defs/item")} == fields(found.schema("Page"))
    assert Anything() == getattr(found.api.schemas["api.yaml#/$defs/item"], "type", None)


def test_two_users_of_a_template_do_not_say_what_it_holds_by_itself(lower_schemas: LowerYaml) -> None:
    """Without `$id` all anchors of the document are near, and none of several is meant."""
    found = lower_schemas("""\
    Page: {type: object, properties: {it: {$dynamicRef: '#item'}}}
    Names: {$ref: '#/components/schemas/Page', $defs: {bound: {$dynamicAnchor: item, type: string}}}
    Sizes: {$ref: '#/components/schemas/Page', $defs: {bound: {$dynamicAnchor: item, type: integer}}}
    """)
    assert {"it": Ref("api.yaml#/$defs/item")} == fields(found.schema("Page"))
    assert {"it": Ref("api.yaml#/components/schemas/Sizes/$defs/bound")} == fields(found.schema("Sizes"))


def test_a_schema_written_out_in_an_operation_binds_too(lower_yaml: LowerYaml) -> None:
    """The answer of an operation is the template filled in for it, whatever the template is."""
    found = lower_yaml("""\
    paths:
      /names:
        get:
          operationId: listNames
          responses:
            '200':
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/List'
                    $defs: {bound: {$dynamicAnchor: item, type: integer}}
    components:
      schemas:
        List: {type: array, items: {$dynamicRef: '#item'}, $defs: {open: {$dynamicAnchor: item}}}
    """)
    ((response,),) = (each.responses for each in found.api.operations)
    assert isinstance(response.contents[0].type, Array)
    item = response.contents[0].type.items
    assert isinstance(item, Ref) and isinstance(found.api.schemas[item.target], Alias)
    assert "bound" in item.target
