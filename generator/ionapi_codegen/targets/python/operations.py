"""The declaration of each operation: decorator, signature, docstring."""

from __future__ import annotations

from dataclasses import dataclass

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Effect, Location, Operation, Parameter
from ionapi_codegen.ir.schema import Alias, Array, Enumeration, Nullable, Ref, Scalar, SchemaId, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import OperationEntry
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.bodies import BodyPlan, plan_body
from ionapi_codegen.targets.python.layout import Code, Keyed
from ionapi_codegen.targets.python.models import const
from ionapi_codegen.targets.python.operation_names import parameter_names
from ionapi_codegen.targets.python.responses import failed, returned
from ionapi_codegen.targets.python.settings import base_url, has_choice_of_security, requirements
from ionapi_codegen.targets.python.text import Prose, docstring, literal
from ionapi_codegen.targets.python.types import Speller
from ionapi_codegen.targets.python.views import Method

_INDENT = 4
_BODY_INDENT = 8
_READS = frozenset({"GET", "HEAD", "OPTIONS", "QUERY"})
_STYLES = {
    Location.PATH: "simple",
    Location.QUERY: "form",
    Location.HEADER: "simple",
    Location.COOKIE: "form",
}
_STYLES_OF_SCALARS = frozenset({"label", "matrix"})
"""The styles that show in the text of a single value; the others join several."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What declarations of one module share."""

    api: Api
    recursive: frozenset[SchemaId]
    speller: Speller


@dataclass(frozen=True, slots=True)
class _Argument:
    name: str
    parameter: Parameter
    annotation: Code
    default: str | None

    def declared(self) -> layout.Parameter:
        return layout.Parameter(self.name, self.annotation, self.default)


def declare(operation: Operation, name: str, call: str, scene: Scene) -> tuple[Method, OperationEntry]:
    """The view of one operation, and how the manifest lists it; `call` is the way to it from the client."""
    arguments = _arguments(operation, scene)
    body = plan_body(operation.body, scene.api, scene.speller) if operation.body else None
    result, statuses = returned(operation.responses, scene.speller)
    errors = failed(operation.responses, scene.api, scene.recursive, scene.speller)
    decorator: list[Code] = [literal(operation.method), literal(operation.path)]
    if specs := [
        (literal(found.name), spec) for found in arguments if (spec := _where(found, operation, scene))
    ]:
        decorator.append(Keyed("parameters=", layout.mapping(specs)))
    if body is not None and body.spec is not None:
        decorator.append(Keyed("body=", body.spec))
    if statuses:
        decorator.append(Keyed("returns=lambda: ", layout.mapping(statuses)))
    if errors:
        decorator.append(Keyed("errors=lambda: ", layout.mapping(errors)))
    if operation.security != scene.api.security and has_choice_of_security(scene.api):
        decorator.append(Keyed("security=", requirements(operation.security or ())))
    if operation.servers and operation.servers != scene.api.servers:
        decorator.append(f"server={literal(base_url(operation.servers[0]))}")
    if (operation.effect is Effect.READ) != (operation.method in _READS):
        decorator.append(f'effect="{operation.effect.value}"')
    called = layout.call(scene.speller.imports.runtime("operation"), *decorator)
    scene.speller.imports.runtime("Declared")
    signature = layout.function(name, _signature(operation, arguments, body), result, _INDENT)
    view = Method(layout.exploded("@", called, "", _INDENT), signature, _doc(operation, arguments, body))
    listed = OperationEntry(
        operation.id.raw if operation.id else None,
        operation.method,
        operation.path.raw,
        call,
        {found.name: (found.parameter.location.value, found.parameter.name.raw) for found in arguments},
        body.media if body else None,
    )
    return view, listed


def _arguments(operation: Operation, scene: Scene) -> list[_Argument]:
    """Path parameters in the order of the template, then the required ones, then the rest."""
    names = parameter_names(operation)
    arguments: list[_Argument] = []
    for parameter in operation.parameters:
        annotation = scene.speller.annotation(parameter.type)
        default: str | None = None
        if not parameter.required:
            annotation, default = layout.either(annotation, "None"), "None"
        elif parameter.location is not Location.PATH:
            default = const(parameter.type)
        arguments.append(_Argument(names[parameter.location, parameter.name], parameter, annotation, default))
    return sorted(arguments, key=lambda found: _position(found, operation.path))


def _position(argument: _Argument, path: Text) -> tuple[int, int]:
    if argument.parameter.location is Location.PATH:
        return 0, path.raw.find("{" + argument.parameter.name.raw + "}")
    return (1 if argument.default is None else 2), 0


def _signature(
    operation: Operation, arguments: list[_Argument], body: BodyPlan | None
) -> list[layout.Parameter]:
    positional = [found for found in arguments if found.parameter.location is Location.PATH]
    required = [found.declared() for found in arguments[len(positional) :] if found.default is None]
    optional = [found.declared() for found in arguments[len(positional) :] if found.default is not None]
    if body is not None and operation.body is not None:
        if operation.body.required:
            required.append(layout.Parameter("body", body.annotation))
        else:
            optional.append(layout.Parameter("body", layout.either(body.annotation, "None"), "None"))
        if body.choice is not None:
            optional.append(body.choice)
    keyword_only = [*required, *optional]
    return [
        layout.Parameter("self"),
        *(found.declared() for found in positional),
        *([layout.Parameter("*"), *keyword_only] if keyword_only else []),
    ]


def _where(argument: _Argument, operation: Operation, scene: Scene) -> Code | None:
    """Where an argument goes: `Query("pageSize")`; None where its name says it."""
    parameter = argument.parameter
    named = argument.name == parameter.name.raw
    arguments = [] if named else [literal(parameter.name)]
    if parameter.media_type is not None:
        arguments.append(f"media_type={literal(parameter.media_type)}")
    else:
        arguments += _style(parameter, scene.api)
    if parameter.allow_reserved:
        arguments.append("allow_reserved=True")
    derived = parameter.location in (Location.PATH, Location.QUERY)
    in_template = "{" + argument.name + "}" in operation.path.raw
    if not arguments and derived and in_template == (parameter.location is Location.PATH):
        return None
    return layout.call(scene.speller.imports.runtime(parameter.location.value.capitalize()), *arguments)


def _style(parameter: Parameter, api: Api) -> list[str]:
    """Style and explode where they are not OpenAPI's defaults and make a difference to the type's values."""
    usual = _STYLES.get(parameter.location)
    if usual is None:
        return []
    scalar = _is_scalar(parameter.type, api)
    said: list[str] = []
    if parameter.style != usual and not (scalar and parameter.style not in _STYLES_OF_SCALARS):
        said.append(f"style={literal(parameter.style)}")
    if not scalar and parameter.style != "deepObject" and parameter.explode != (parameter.style == "form"):
        said.append(f"explode={parameter.explode}")
    return said


def _is_scalar(type: Type, api: Api) -> bool:
    match type:
        case Scalar() | Enumeration():
            return True
        case Nullable(of):
            return _is_scalar(of, api)
        case Ref(target):
            schema = api.schemas[target]
            return isinstance(schema, Alias) and isinstance(schema.type, Scalar | Enumeration)
        case Array():
            return False
        case _:
            return False


def _doc(operation: Operation, arguments: list[_Argument], body: BodyPlan | None) -> str:
    said: list[tuple[str, Prose]] = []
    for found in arguments:
        parameter = found.parameter
        said.append((found.name, docs.value_prose(parameter.docs, parameter.type, parameter.default)))
    if body is not None and operation.body is not None:
        described = operation.body.docs.description
        said.append(("body", [described] if described else []))
    line: Prose = [Text(operation.method), " ", operation.path]
    blocks = [*docs.paragraphs(operation.docs), line]
    return docstring(blocks, _BODY_INDENT, [(name, prose) for name, prose in said if prose])
