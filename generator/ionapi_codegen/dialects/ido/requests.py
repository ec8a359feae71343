"""What calls of the IDO service send and get: the configuration as an option, arrays of texts, files."""

from __future__ import annotations

from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects.ido import untyped
from ionapi_codegen.ir.operation import Body, Content, Location, Operation, Parameter, Response
from ionapi_codegen.ir.schema import Docs, Kind, Nullable, Scalar
from ionapi_codegen.ir.text import Text

CONFIG = "x-infor-mongooseconfig"
"""The header that names the configuration, in small letters."""

_FILE = "application/octet-stream"
_CONFIG_DOCS = Docs(description=Text("The configuration to work in, where it is not the client's"))
_TEXT = Scalar(Kind.STRING)


def is_config(parameter: Parameter) -> bool:
    """Whether a parameter names the configuration (the application and site) that a call works in."""
    return parameter.location is Location.HEADER and parameter.name.raw.lower() == CONFIG


def refined(operation: Operation, diagnostics: Diagnostics) -> Operation:
    """The operation with what its document got wrong mended, which is said, and with the configuration as
    its last parameter: the client may have one for all calls."""
    config = [
        replace(each, required=False, docs=_CONFIG_DOCS) for each in operation.parameters if is_config(each)
    ]
    others = [_parameter(each, diagnostics) for each in operation.parameters if not is_config(each)]
    return replace(
        operation,
        parameters=(*others, *config),
        body=_body(operation.body, diagnostics),
        responses=tuple(_response(each, operation, diagnostics) for each in operation.responses),
    )


def _parameter(parameter: Parameter, diagnostics: Diagnostics) -> Parameter:
    if not untyped.is_untyped(parameter.type):
        return parameter
    untyped.say(f"the parameter {parameter.name.raw!r}", parameter.place, diagnostics)
    return replace(parameter, type=untyped.of(parameter.type, _TEXT))


def _body(body: Body | None, diagnostics: Diagnostics) -> Body | None:
    """The arguments of a method are texts, and null where there is none."""
    if body is None:
        return None
    contents: list[Content] = []
    for content in body.contents:
        if content.type is not None and untyped.is_untyped(content.type):
            untyped.say("this body", body.place, diagnostics)
            content = replace(content, type=untyped.of(content.type, Nullable(_TEXT)))
        contents.append(_as_file(content))
    return replace(body, contents=tuple(contents))


def _response(response: Response, operation: Operation, diagnostics: Diagnostics) -> Response:
    """A file where the document speaks of one, and where it does not say what a GET answers."""
    if not response.status.startswith("2"):
        return response
    if response.contents:
        return replace(response, contents=tuple(map(_as_file, response.contents)))
    if operation.method != "GET":
        return response
    diagnostics.notice(
        "ido-answer-undeclared",
        f"the document does not say what {operation.method} {operation.path.raw} answers; it is taken for a "
        "file",
        response.place or operation.place,
        "give the answer a schema, {type: file} for a file",
    )
    return replace(response, contents=(Content(_FILE, Scalar(Kind.BINARY)),))


def _as_file(content: Content) -> Content:
    """The content; in no media type of JSON where it is raw bytes."""
    is_raw = isinstance(content.type, Scalar) and content.type.kind is Kind.BINARY
    return replace(content, media_type=_FILE) if is_raw and content.media_type.endswith("json") else content
