"""How parameters and headers of Swagger 2.0 are written in OpenAPI 3.1: values with a schema, bodies,
forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ionapi_codegen.spec.pointers import escape
from ionapi_codegen.spec.shape import Object, Origin, Shaped, Site, Tree

_NOT_OF_THE_SCHEMA = frozenset(
    (
        "name",
        "in",
        "description",
        "required",
        "collectionFormat",
        "allowEmptyValue",
        "deprecated",
        "style",
        "explode",
    )
)
_STYLES = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Stated:
    """A parameter of a body or form as it was written, and where."""

    value: Object
    pointer: str
    tree: Tree


def upgrade_parameter(parameter: Object, site: Site) -> Shaped | None:
    """`{"name": "ids", "in": "query", "type": "array", "items": …, "collectionFormat": "pipes"}` becomes
    `{"name": "ids", "in": "query", "style": "pipeDelimited", "explode": false, "schema": {"type": "array",
    …}}`.
    """
    if "$ref" in parameter or "schema" in parameter or "content" in parameter:
        return None
    value = {
        key: member for key, member in parameter.items() if key in _NOT_OF_THE_SCHEMA or key.startswith("x-")
    }
    value.pop("collectionFormat", None)
    value.update(style_of(parameter, parameter.get("in") in ("query", "formData")))
    if _misplaced_format(parameter) is not None:
        site.tree.diagnostics.notice(
            "collection-format-misplaced",
            "`collectionFormat` stands inside of `items`, where it can only be that of arrays in the array "
            "written; it is taken for that of the array itself",
            site.tree.place(f"{site.pointer}/items/collectionFormat"),
            "move it out, beside `items`",
        )
    return _with_schema(value, parameter, site)


def upgrade_header(header: Object, site: Site) -> Shaped | None:
    """The type of a header becomes its schema."""
    if "$ref" in header or "schema" in header or "content" in header:
        return None
    return _with_schema(
        {"description": header["description"]} if "description" in header else {}, header, site
    )


def _with_schema(value: Object, stated: Object, site: Site) -> Shaped:
    value["schema"] = schema_of(stated)
    return Shaped(value, {"schema": Origin(site.pointer, "/schema")})


def schema_of(stated: Object) -> Object:
    """The keywords of a parameter that describe its value."""
    return {key: member for key, member in stated.items() if key not in _NOT_OF_THE_SCHEMA}


def style_of(stated: Object, in_query: bool) -> Object:
    """How an array is written. `collectionFormat` counts inside of `items`, too, where it can mean nothing
    else."""
    if stated.get("type") != "array":
        return {}
    written = stated.get("collectionFormat") or _misplaced_format(stated)
    if written == "multi" and in_query:
        return {"style": "form", "explode": True}
    style = _STYLES.get(written) if isinstance(written, str) else None
    return {"style": style or ("form" if in_query else "simple"), "explode": False}


def _misplaced_format(stated: Object) -> object:
    """The format that is written inside of `items`; None where it stands where it belongs, or there is
    none."""
    items = stated.get("items")
    if stated.get("type") != "array" or "collectionFormat" in stated:
        return None
    return items.get("collectionFormat") if isinstance(items, dict) and items.get("type") != "array" else None


def body(stated: Stated, consumes: Sequence[str]) -> tuple[Object, Origin]:
    """The request body that a body parameter describes; JSON where the document names no media type."""
    parameter = stated.value
    media: Object = {}
    if "schema" in parameter:
        media["schema"] = parameter["schema"]
    if "x-example" in parameter:
        media["example"] = parameter["x-example"]
    examples = parameter.get("x-examples")
    kinds = tuple(consumes) or ("application/json",)
    for kind in kinds:
        if isinstance(examples, dict) and kind in examples:
            media.setdefault("example", examples[kind])
    kept: Object = {
        key: member
        for key, member in parameter.items()
        if key in ("description", "required") or key.startswith("x-")
    }
    pointer, tree = stated.pointer, stated.tree
    of_media = Origin(pointer, members={"schema": Origin(f"{pointer}/schema")})
    content = Origin(pointer, members=dict.fromkeys(kinds, of_media))
    return {**kept, "content": dict.fromkeys(kinds, media)}, Origin(pointer, None, {"content": content}, tree)


def form(stated: Sequence[Stated], consumes: Sequence[str], pointer: str) -> tuple[Object, Origin]:
    """The request body that form parameters describe; `pointer` is where their list stands. A form with
    files is multipart, whatever the document says."""
    has_file = any(_is_file(each.value) for each in stated)
    kinds = [kind for kind in consumes if kind.startswith("multipart/") or (kind == _FORM and not has_file)]
    kinds = kinds or [_MULTIPART if has_file else _FORM]
    properties: Object = {}
    places: dict[str, Origin] = {}
    encoding: Object = {}
    required: list[str] = []
    for each in stated:
        name = each.value.get("name")
        if not isinstance(name, str):
            continue
        schema = schema_of(each.value)
        properties[name] = {**schema, **{key: each.value[key] for key in _SAID if key in each.value}}
        places[name] = Origin(each.pointer, f"/properties/{escape(name)}", tree=each.tree)
        style = style_of(each.value, True)
        if style and not _is_file(each.value):
            encoding[name] = style
        if each.value.get("required") is True and name not in required:
            required.append(name)
    schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    media: Object = {"schema": schema, **({"encoding": encoding} if encoding else {})}
    value: Object = {"content": dict.fromkeys(kinds, media), **({"required": True} if required else {})}
    of_schema = Origin(pointer, members={"properties": Origin(pointer, "/properties", places)})
    of_media = Origin(pointer, members={"schema": of_schema, "encoding": Origin(pointer)})
    content = Origin(pointer, members=dict.fromkeys(kinds, of_media))
    return value, Origin(pointer, members={"content": content})


_SAID = ("description", "deprecated")


def _is_file(parameter: Object) -> bool:
    items = parameter.get("items")
    return parameter.get("type") == "file" or (isinstance(items, dict) and items.get("type") == "file")
