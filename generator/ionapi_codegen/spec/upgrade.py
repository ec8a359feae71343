"""How schemas of Swagger 2.0 and OpenAPI 3.0 are written in 3.1.

What only an older version gives a meaning is read with that meaning whatever version the document claims:
converters leave `nullable` in documents of 3.1, and fragments in other files claim none.
"""

from __future__ import annotations

from ionapi_codegen.spec.shape import Object, Origin, Role, Shaped, Site

_OLD = frozenset(
    ("nullable", "x-nullable", "exclusiveMinimum", "exclusiveMaximum", "example", "discriminator")
)
_NULLABLE = ("nullable", "x-nullable")
_COMPOSING = ("allOf", "anyOf", "oneOf")
_TELLING = _OLD.union(_COMPOSING)
_ANNOTATIONS = frozenset(
    (
        *("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"),
        *("externalDocs", "xml", "$comment", "$id", "$anchor", "$dynamicAnchor", "$defs", "definitions"),
    )
)


def upgrade_schema(schema: Object, site: Site) -> Shaped | None:
    """The schema with 3.1's keywords:

    - `{"type": "string", "nullable": true}` becomes `{"type": ["string", "null"]}`; without a type, a
      choice with null;
    - `{"nullable": true}` alone among alternatives becomes null; in an `allOf` it makes the whole nullable;
    - `{"minimum": 0, "exclusiveMinimum": true}` becomes `{"exclusiveMinimum": 0}`;
    - `example` becomes the first of `examples`; `"discriminator": "kind"` becomes `{"propertyName": "kind"}`;
    - `{"type": "file"}` becomes a binary string.
    """
    is_file = schema.get("type") == "file"
    if not is_file and _TELLING.isdisjoint(schema):
        return None
    composed = [key for key in _COMPOSING if key in schema and _has_bare_null(schema[key])]
    if not is_file and not composed and _OLD.isdisjoint(schema):
        return None
    value = dict(schema)
    for key in composed:
        value[key] = _without_bare_nulls(schema[key], {} if key == "allOf" else {"type": "null"})
        if key == "allOf":
            value["nullable"] = True
    if is_file:
        value["type"] = "string"
        value["format"] = "binary"
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(value.get(exclusive), bool) and value.pop(exclusive) and limit in value:
            value[exclusive] = value.pop(limit)
    if "example" in value:
        _add_example(value)
    members: dict[str, Origin] = {}
    if isinstance(value.get("discriminator"), str):
        value["discriminator"] = {"propertyName": value["discriminator"]}
    nullable = [value.pop(key) for key in _NULLABLE if key in value]
    if True in nullable:
        value, members = _or_null(value, site)
    return Shaped(value, members)


def _has_bare_null(members: object) -> bool:
    if not isinstance(members, list):
        return False
    bare = list(map(_is_bare_null, members))
    return any(bare) and not all(bare)


def _is_bare_null(schema: object) -> bool:
    """Whether a schema says that null is allowed and nothing else: on its own it would allow any value."""
    return (
        isinstance(schema, dict)
        and (schema.get("nullable") is True or schema.get("x-nullable") is True)
        and all(key in _ANNOTATIONS or key in _NULLABLE or key.startswith("x-") for key in schema)
    )


def _without_bare_nulls(members: object, instead: Object) -> object:
    """The members, each in its place."""
    if not isinstance(members, list):
        return members
    return [instead if _is_bare_null(member) else member for member in members]


def _add_example(value: Object) -> None:
    example = value.pop("example")
    several = value.get("examples")
    if "examples" not in value:
        value["examples"] = [example]
    elif isinstance(several, list) and example not in several:
        value["examples"] = [example, *several]


def _or_null(schema: Object, site: Site) -> tuple[Object, dict[str, Origin]]:
    """The schema, or null. A schema that allows any value allows null already."""
    declared = schema.get("type")
    if isinstance(declared, str):
        return {**schema, "type": [declared, "null"] if declared != "null" else declared}, {}
    if isinstance(declared, list):
        return {**schema, "type": declared if "null" in declared else [*declared, "null"]}, {}
    for choice in ("anyOf", "oneOf"):
        members = schema.get(choice)
        if isinstance(members, list) and "$ref" not in schema and "allOf" not in schema:
            place = str(len(members))
            made = Origin(site.pointer, f"/{choice}/{place}")
            return (
                {**schema, choice: [*members, {"type": "null"}]},
                {choice: Origin(f"{site.pointer}/{choice}", members={place: made})},
            )
    if "enum" in schema and isinstance(schema["enum"], list):
        return {**schema, "enum": schema["enum"] if None in schema["enum"] else [*schema["enum"], None]}, {}
    if "properties" in schema or "additionalProperties" in schema:
        return {**schema, "type": ["object", "null"]}, {}
    if "items" in schema:
        return {**schema, "type": ["array", "null"]}, {}
    if "$ref" not in schema and "allOf" not in schema:
        return schema, {}
    outer = {key: member for key, member in schema.items() if key in _ANNOTATIONS or key.startswith("x-")}
    inner = {key: member for key, member in schema.items() if key not in outer}
    here = site.pointer
    choices = Origin(here, "/anyOf", {"0": Origin(here, "/0"), "1": Origin(here, "/1")})
    return {**outer, "anyOf": [inner, {"type": "null"}]}, {"anyOf": choices}


def _grammar() -> tuple[Role, Role]:
    schema = Role("a schema", (dict, bool), instead={}, upgrade=upgrade_schema)
    items = Role("a schema", (dict, bool, list), instead={}, upgrade=upgrade_schema, elements=schema)
    named = Role("an object of schemas", (dict,), others=schema, named_by_author=True)
    several = Role("a list of schemas", (list,), elements=schema)
    fields = {
        **dict.fromkeys(
            ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"), named
        ),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), several),
        **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "propertyNames"), schema),
        **dict.fromkeys(("additionalItems", "unevaluatedItems", "contains", "contentSchema"), schema),
        **dict.fromkeys(("not", "if", "then", "else"), schema),
        "items": items,
    }
    schema.fields = items.fields = fields
    return schema, named


SCHEMA, SCHEMAS = _grammar()
