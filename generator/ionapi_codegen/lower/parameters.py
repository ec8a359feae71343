"""What an operation is called with: parameters of its path, query, headers and cookies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.ir.operation import Location, Parameter
from ionapi_codegen.ir.schema import NO_DEFAULT, Kind, Scalar, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import docs, paths
from ionapi_codegen.lower.media import media_type, only_media
from ionapi_codegen.lower.references import Hint, reference
from ionapi_codegen.lower.schemas import Schemas
from ionapi_codegen.spec.node import Node

_LOCATIONS: Mapping[str, Location] = {location.value: location for location in Location}
_DELIMITED = ("spaceDelimited", "pipeDelimited", "tabDelimited")
"""Swagger 2.0 has them in paths and headers, too."""
_STYLES: Mapping[Location, tuple[str, ...]] = {  # the default is the first
    Location.PATH: ("simple", "label", "matrix", *_DELIMITED),
    Location.QUERY: ("form", "deepObject", *_DELIMITED),
    Location.HEADER: ("simple", *_DELIMITED),
    Location.COOKIE: ("form", "cookie"),
    Location.QUERYSTRING: ("form",),
}
_IGNORED_HEADERS = frozenset(("accept", "content-type", "authorization"))


class Parameters:
    """Reads parameter objects; one that several operations refer to is read once."""

    def __init__(self, schemas: Schemas, diagnostics: Diagnostics) -> None:
        self._schemas = schemas
        self._diagnostics = diagnostics
        self._shared: dict[str, Parameter | None] = {}

    def of_operation(
        self, path: str, place: Place, levels: Iterable[Node | None], hint: Hint
    ) -> tuple[Text, tuple[Parameter, ...]]:
        """The path, its variables as the parameters name them, and the parameters of all levels, the closest
        last, each (location, name) once; one for each path variable.

        Raises Unresolvable for a reference that leads nowhere.
        """
        found: dict[tuple[Location, str], Parameter] = {}
        for level in levels:
            for key, parameter in self._of_level(level, hint).items():
                found[key] = parameter
        variables = paths.variables(path, [name for location, name in found if location is Location.PATH])
        names = {variable.name for variable in variables}
        for location, name in [key for key in found if key[0] is Location.PATH and key[1] not in names]:
            self._diagnostics.warning(
                "parameter-not-in-path",
                f"The path has no variable for the path parameter {name!r}; the parameter is left out.",
                found.pop((location, name)).place,
                "Add the variable to the path, or correct the parameter's name or place.",
            )
        for variable in variables:
            key = Location.PATH, variable.name
            if key not in found:
                self._diagnostics.warning(
                    "path-variable-undeclared",
                    f"No parameter describes the path variable {variable.name!r}; it is taken as a required "
                    "string.",
                    place,
                    "Declare it with `in: path`.",
                )
                found[key] = _plain(variable.name, place)
            elif variable.name != variable.written:
                found[key] = _adorned(found[key], variable)
        return Text(paths.plain(path, variables)), tuple(found.values())

    def _of_level(self, level: Node | None, hint: Hint) -> dict[tuple[Location, str], Parameter]:
        found: dict[tuple[Location, str], Parameter] = {}
        for node in level.elements() if level is not None else ():
            parameter = self._parameter(node, hint)
            if parameter is None:
                continue
            key = _key(parameter)
            if key in found:
                self._diagnostics.warning(
                    "parameter-repeated",
                    f"The {parameter.location.value} parameter {parameter.name.raw!r} is declared twice; "
                    "the last declaration counts.",
                    parameter.place,
                    "Remove one of them.",
                )
            found[key] = parameter
        return found

    def _parameter(self, node: Node, hint: Hint) -> Parameter | None:
        if reference(node) is None:
            return self._read(node, hint)
        resolved = self._schemas.references.resolved(node)
        if resolved.identity not in self._shared:
            self._shared[resolved.identity] = self._read(resolved, ())
        return self._shared[resolved.identity]

    def _read(self, node: Node, hint: Hint) -> Parameter | None:
        value = node.value
        name = value.get("name") if isinstance(value, dict) else None
        place = value.get("in") if isinstance(value, dict) else None
        location = _LOCATIONS.get(place) if isinstance(place, str) else None
        if not isinstance(value, dict) or not isinstance(name, str) or location is None:
            self._diagnostics.warning(
                "parameter-malformed",
                "This parameter has no name, or its `in` is no place of parameters; it is left out.",
                node.place,
                "Give it a `name`, and `in` one of path, query, header, cookie.",
            )
            return None
        if location is Location.HEADER and name.lower() in _IGNORED_HEADERS:  # OpenAPI, "Parameter Object"
            return None
        content = only_media(node)
        schema = content[1].get("schema") if content is not None else node.get("schema")
        style = self._style(node, location)
        explode, written = value.get("explode"), value.get("style")
        return Parameter(
            name=Text(name),
            location=location,
            type=self._type(schema, (*hint, Text(name))),
            required=value.get("required") is True or location is Location.PATH,
            style=style,
            explode=explode if isinstance(explode, bool) else (written or style) in ("form", "cookie"),
            allow_reserved=value.get("allowReserved") is True,
            allow_empty=value.get("allowEmptyValue") is True,
            media_type=media_type(content[0]) if content is not None else None,
            default=docs.default(schema) if schema is not None else NO_DEFAULT,
            docs=docs.schema_docs((node, schema) if schema is not None else (node,)),
            place=node.place,
        )

    def _type(self, schema: Node | None, hint: Hint) -> Type:
        return self._schemas.type_of(schema, hint) if schema is not None else Scalar(Kind.STRING)

    def _style(self, node: Node, location: Location) -> str:
        styles = _STYLES[location]
        written = node.get("style")
        if written is None:
            return styles[0]
        if written.value in styles:
            return str(written.value)
        self._diagnostics.warning(
            "parameter-style",
            f"This is no style of a {location.value} parameter; `{styles[0]}` is used.",
            written.place,
            f"Use one of {', '.join(styles)}.",
        )
        return styles[0]


def _key(parameter: Parameter) -> tuple[Location, str]:
    """What tells a parameter from others: its place and its name, of which a header's has no case."""
    name = parameter.name.raw
    return parameter.location, name.lower() if parameter.location is Location.HEADER else name


def _adorned(parameter: Parameter, variable: paths.Variable) -> Parameter:
    return dataclasses.replace(
        parameter,
        allow_reserved=parameter.allow_reserved or variable.spans_segments,
        explode=parameter.explode or variable.explodes,
    )


def _plain(name: str, place: Place) -> Parameter:
    return Parameter(Text(name), Location.PATH, Scalar(Kind.STRING), True, "simple", False, place=place)
