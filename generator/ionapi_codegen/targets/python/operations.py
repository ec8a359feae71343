"""The declaration of each operation: decorator, signature, docstring."""

from __future__ import annotations

from dataclasses import dataclass

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Effect, Location, Operation, Parameter
from ionapi_codegen.ir.schema import SchemaId
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import OperationEntry
from ionapi_codegen.targets.python import docs, layout, pagination
from ionapi_codegen.targets.python.bodies import BodyPlan, plan_body
from ionapi_codegen.targets.python.fields import const
from ionapi_codegen.targets.python.layout import Code, Keyed
from ionapi_codegen.targets.python.operation_names import parameter_names
from ionapi_codegen.targets.python.response_notes import answer_notes
from ionapi_codegen.targets.python.responses import Returned, failed, returned, streamed
from ionapi_codegen.targets.python.settings import base_url, has_choice_of_security, requirements
from ionapi_codegen.targets.python.text import Prose, docstring, literal, sentence
from ionapi_codegen.targets.python.types import Speller
from ionapi_codegen.targets.python.values import is_single, takes_text
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
_CHOICE = "The media type of the body; where left out, the first that suits it."
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
    answer = returned(operation.responses, scene.recursive, scene.speller)
    doc = _doc(operation, name, arguments, body)
    view = _method(operation, name, arguments, body, answer, doc, scene)
    listed = OperationEntry(
        operation.id.raw if operation.id else None,
        operation.method,
        (operation.written or operation.path).raw,
        call,
        {found.name: (found.parameter.location.value, found.parameter.name.raw) for found in arguments},
        body.media if body else None,
        operation.effect.value,
    )
    return view, listed


def declare_stream(operation: Operation, name: str, whole: str, scene: Scene) -> Method | None:
    """The view of the same operation with its answer as a stream, where the document offers one beside the
    answer that the method `whole` returns."""
    stream = streamed(operation.responses, scene.speller)
    if stream is None:
        return None
    arguments = _arguments(operation, scene)
    body = plan_body(operation.body, scene.api, scene.speller) if operation.body else None
    line: Prose = [Text(operation.method), " ", operation.path]
    doc = docstring([[f"Call `{whole}` and read the answer item by item, as it comes."], line], _BODY_INDENT)
    return _method(operation, name, arguments, body, Returned(stream, []), doc, scene)


def _method(
    operation: Operation,
    name: str,
    arguments: list[_Argument],
    body: BodyPlan | None,
    answer: Returned,
    doc: str,
    scene: Scene,
) -> Method:
    errors = failed(operation.responses, scene.api, scene.recursive, scene.speller)
    decorator: list[Code] = [literal(operation.method), literal(operation.path)]
    if specs := [
        (literal(found.name), spec) for found in arguments if (spec := _where(found, operation, scene))
    ]:
        decorator.append(Keyed("parameters=", layout.mapping(specs)))
    if body is not None and body.spec is not None:
        decorator.append(Keyed("body=", body.spec))
    if answer.statuses:
        decorator.append(Keyed("returns=lambda: ", layout.mapping(answer.statuses)))
    if errors:
        decorator.append(Keyed("errors=lambda: ", layout.mapping(errors)))
    if answer.accept is not None:
        decorator.append(f"accept={literal(answer.accept)}")
    if operation.security != scene.api.security and has_choice_of_security(scene.api, operation.security):
        decorator.append(Keyed("security=", requirements(operation.security or ())))
    if operation.servers and operation.servers != scene.api.servers:
        decorator.append(f"server={literal(base_url(operation.servers[0]))}")
    if (operation.effect is Effect.READ) != (operation.method in _READS):
        decorator.append(f'effect="{operation.effect.value}"')
    decorator += pagination.declared(operation, scene.speller)
    kind = "operation" if operation.pages is None else "paged"
    called = layout.call(scene.speller.imports.runtime(kind), *decorator)
    scene.speller.imports.runtime("Declared")
    signature = layout.function(name, _signature(operation, arguments, body), answer.annotation, _INDENT)
    return Method(layout.exploded("@", called, "", _INDENT), signature, doc)


def _arguments(operation: Operation, scene: Scene) -> list[_Argument]:
    """Path parameters in the order of the template, then the required ones, then the rest."""
    names = parameter_names(operation)
    arguments: list[_Argument] = []
    for parameter in operation.parameters:
        may_be_empty = parameter.allow_empty and not takes_text(parameter.type, scene.api)
        spelled = scene.speller.or_empty if may_be_empty else scene.speller.annotation
        annotation = spelled(parameter.type)
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
    scalar = is_single(parameter.type, api)
    said: list[str] = []
    if parameter.style != usual and not (scalar and parameter.style not in _STYLES_OF_SCALARS):
        said.append(f"style={literal(parameter.style)}")
    if not scalar and parameter.style != "deepObject" and parameter.explode != (parameter.style == "form"):
        said.append(f"explode={parameter.explode}")
    return said


def _doc(operation: Operation, name: str, arguments: list[_Argument], body: BodyPlan | None) -> str:
    said: list[tuple[str, Prose]] = []
    for found in arguments:
        parameter = found.parameter
        said.append((found.name, docs.value_prose(parameter.docs, parameter.type, parameter.default)))
    if body is not None and operation.body is not None:
        described = operation.body.docs.description
        said.append(("body", sentence(described) if described else []))
        if body.choice is not None:
            said.append((body.choice.name, [_CHOICE]))
    line: Prose = [Text(operation.method), " ", operation.path]
    blocks = [*docs.paragraphs(operation.docs), line]
    blocks += [*pagination.notes(operation, name), *answer_notes(operation.responses)]
    return docstring(blocks, _BODY_INDENT, [(name, prose) for name, prose in said if prose])
