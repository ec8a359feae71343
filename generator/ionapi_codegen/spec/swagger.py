"""How documents of Swagger 2.0 are written in OpenAPI 3.1: what stands where, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ionapi_codegen.spec import grammar
from ionapi_codegen.spec.pointers import escape, tokens
from ionapi_codegen.spec.refs import Found, follow_to_end, reference
from ionapi_codegen.spec.shape import Dangling, Object, Origin, Role, Shaped, Site
from ionapi_codegen.spec.swagger_parameters import Stated, body, form, upgrade_header, upgrade_parameter
from ionapi_codegen.spec.upgrade import SCHEMA, SCHEMAS

_MOVED = frozenset(
    (
        *("swagger", "host", "basePath", "schemes", "consumes", "produces"),
        *("definitions", "parameters", "responses", "securityDefinitions"),
    )
)
_SHELVES = {"definitions": "schemas", "parameters": "parameters", "responses": "responses"}
_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def upgrade_document(document: Object, site: Site) -> Shaped:
    """`definitions`, `parameters` … become `components`; `host`, `basePath` and `schemes` become
    `servers`."""
    value: Object = {key: member for key, member in document.items() if key not in _MOVED}
    found = servers(document, document.get("schemes"))
    if found:
        value["servers"] = found
    components: Object = {}
    places: dict[str, Origin] = {}
    for old, new in _SHELVES.items():
        if old in document:
            components[new] = document[old]
            places[new] = Origin(f"/{old}")
    parameters = components.get("parameters")
    if isinstance(parameters, dict):
        components["parameters"] = {key: each for key, each in parameters.items() if not _is_content(each)}
    schemes = document.get("securityDefinitions")
    if isinstance(schemes, dict):
        components["securitySchemes"] = {name: _security_scheme(each) for name, each in schemes.items()}
        places["securitySchemes"] = Origin("/securityDefinitions")
    value["components"] = components
    return Shaped(
        value,
        {"components": Origin("", "/components", places), "servers": Origin("/basePath" if found else "")},
    )


def servers(document: Object, schemes: object) -> list[object]:
    """The addresses at which the document is served, those with https first; only a path where it names no
    host."""
    base, host = document.get("basePath"), document.get("host")
    path = base.rstrip("/") if isinstance(base, str) else ""
    if path and not path.startswith("/"):
        path = f"/{path}"
    if not isinstance(host, str) or not host:
        return [{"url": path}] if path else []
    host = _SCHEME.sub("", host).rstrip("/")
    named = [each for each in schemes if isinstance(each, str)] if isinstance(schemes, list) else []
    ordered = sorted(named or ["https"], key=lambda scheme: scheme != "https")
    return [{"url": f"{scheme}://{host}{path}"} for scheme in ordered]


def _security_scheme(scheme: object) -> object:
    if not isinstance(scheme, dict):
        return scheme
    match scheme.get("type"):
        case "basic":
            return {**scheme, "type": "http", "scheme": "basic"}
        case "oauth2":
            flow = {key: scheme[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in scheme}
            written = scheme.get("flow")
            name = _FLOWS.get(written, written) if isinstance(written, str) else "implicit"
            kept = {key: each for key, each in scheme.items() if key not in flow and key != "flow"}
            return {**kept, "flows": {name: {"scopes": {}, **flow}}}
        case _:
            return scheme


def upgrade_path_item(item: Object, site: Site) -> Shaped | None:
    """Bodies and forms leave the list of parameters; each operation takes them in."""
    stated = list(_parameters(item, site))
    plain = [index for index, each in stated if not _is_content(each.value)]
    if len(plain) == len(stated):
        return None
    value = dict(item)
    return Shaped(value, {"parameters": _keep_parameters(value, plain, site.pointer)})


def upgrade_operation(operation: Object, site: Site) -> Shaped | None:
    """Body and form parameters become a request body, and responses get the operation's media types."""
    head = site.tree.head
    value: Object = {
        key: member for key, member in operation.items() if key not in ("consumes", "produces", "schemes")
    }
    members: dict[str, Origin] = {}
    if isinstance(operation.get("schemes"), list) and (found := servers(head, operation["schemes"])):
        value["servers"] = found
    stated = list(_parameters(operation, site))
    plain = [index for index, each in stated if not _is_content(each.value)]
    if len(plain) < len(stated):
        members["parameters"] = _keep_parameters(value, plain, site.pointer)
    content = [Stated(each.value, each.pointer, each.tree) for each in _contents(stated, site)]
    if content:
        value["requestBody"], members["requestBody"] = _request_body(
            content, _kinds(operation, head, "consumes"), site
        )
    responses = operation.get("responses")
    if isinstance(responses, dict):
        value["responses"], places = _responses(responses, operation, site)
        members["responses"] = Origin(f"{site.pointer}/responses", members=places)
    return Shaped(value, members)


def upgrade_response(response: Object, site: Site) -> Shaped | None:
    """A response that operations share has the media types of the document."""
    return _response(response, _kinds({}, site.tree.head, "produces"), site.pointer)


def _keep_parameters(holder: Object, kept: list[int], pointer: str) -> Origin:
    """Leaves only those parameters in the list, and says where each was written."""
    written = holder["parameters"]
    holder["parameters"] = [written[index] for index in kept] if isinstance(written, list) else []
    places = {str(new): Origin(f"{pointer}/parameters/{old}") for new, old in enumerate(kept)}
    return Origin(f"{pointer}/parameters", members=places)


def _parameters(holder: Object, site: Site) -> Iterator[tuple[int, Found]]:
    """The parameters of an operation or path item, each at the end of its references as far as they lead."""
    written = holder.get("parameters")
    for index, parameter in enumerate(written if isinstance(written, list) else ()):
        yield index, _resolved(Found(site.tree, f"{site.pointer}/parameters/{index}", parameter, None))


def _resolved(start: Found) -> Found:
    written = reference(start.value)
    if written is None:
        return start
    try:
        return follow_to_end(start, written)
    except Dangling:  # said when the reference itself is followed
        return start


def _is_content(parameter: object) -> bool:
    return isinstance(parameter, dict) and parameter.get("in") in ("body", "formData")


def _contents(stated: list[tuple[int, Found]], site: Site) -> list[Stated]:
    """The body and form parameters that count for an operation: its own, or else those of its path."""
    own = _only_contents(found for _, found in stated)
    return own or _only_contents(found for _, found in _parameters(*_path_item(site)))


def _only_contents(parameters: Iterable[Found]) -> list[Stated]:
    return [
        Stated(each.value, each.pointer, each.tree)
        for each in parameters
        if isinstance(each.value, dict) and _is_content(each.value)
    ]


def _path_item(operation: Site) -> tuple[Object, Site]:
    """The object around an operation as it was written."""
    above = tokens(operation.pointer)[:-1]
    item: object = operation.tree.value
    for token in above:
        item = item.get(token) if isinstance(item, dict) else None
    pointer = "".join(f"/{escape(token)}" for token in above)
    return (item if isinstance(item, dict) else {}), Found(operation.tree, pointer, item, None)


def _request_body(content: list[Stated], kinds: list[str], site: Site) -> tuple[Object, Origin]:
    whole = [each for each in content if each.value.get("in") == "body"]
    if len(whole) > 1 or (whole and len(whole) < len(content)):
        site.tree.diagnostics.warning(
            "body-ambiguous",
            "a request has one body parameter or a form; the first body parameter counts here",
            site.tree.place(f"{site.pointer}/parameters"),
            "remove the others",
        )
    if whole:
        return body(whole[0], kinds)
    return form(content, kinds, f"{site.pointer}/parameters")


def _responses(responses: Object, operation: Object, site: Site) -> tuple[Object, dict[str, Origin]]:
    """The responses of an operation. One that it shares with others is written out here if the media types
    of the operation are not those of the document."""
    kinds = _kinds(operation, site.tree.head, "produces")
    own = kinds != _kinds({}, site.tree.head, "produces")
    value: Object = {}
    places: dict[str, Origin] = {}
    for status, response in responses.items():
        value[status] = response
        if not isinstance(response, dict) or status.startswith("x-"):
            continue
        found = Found(site.tree, f"{site.pointer}/responses/{escape(status)}", response, None)
        if "$ref" in response:
            found = _resolved(found) if own else found
        shaped = _response(found.value, kinds, found.pointer) if isinstance(found.value, dict) else None
        if shaped is not None:
            value[status] = shaped.value
            places[status] = Origin(found.pointer, None, shaped.members, found.tree)
    return value, places


def _response(response: Object, kinds: list[str], pointer: str) -> Shaped | None:
    if "content" in response or "$ref" in response or not ("schema" in response or "examples" in response):
        return None
    written = response.get("examples")
    examples = (
        {kind: each for kind, each in written.items() if "/" in kind} if isinstance(written, dict) else {}
    )
    if "schema" not in response:
        kinds = list(examples)
    elif not kinds:
        kinds = list(examples) or [_usual_kind(response["schema"])]
    content: Object = {}
    for kind in kinds:
        media: Object = {"schema": response["schema"]} if "schema" in response else {}
        content[kind] = {**media, "example": examples[kind]} if kind in examples else media
    value = {key: member for key, member in response.items() if key not in ("schema", "examples")}
    of_media = Origin(pointer, members={"schema": Origin(f"{pointer}/schema")})
    places = Origin(pointer, members=dict.fromkeys(kinds, of_media))
    return Shaped({**value, "content": content}, {"content": places})


def _usual_kind(schema: object) -> str:
    is_binary = isinstance(schema, dict) and (
        schema.get("type") == "file" or schema.get("format") == "binary"
    )
    return "application/octet-stream" if is_binary else "application/json"


def _kinds(operation: Object, head: Object, key: str) -> list[str]:
    """The media types of `consumes` or `produces`: the operation's, or else the document's."""
    for holder in (operation, head):
        written = holder.get(key)
        if isinstance(written, list):
            return list(dict.fromkeys(kind for kind in written if isinstance(kind, str) and kind))
    return []


def _document() -> Role:
    parameter = Role(
        "a parameter", (dict,), fields={"schema": SCHEMA, "items": SCHEMA}, upgrade=upgrade_parameter
    )
    header = Role("a header", (dict,), fields={"schema": SCHEMA, "items": SCHEMA}, upgrade=upgrade_header)
    response = Role(
        "a response",
        (dict,),
        fields={
            "schema": SCHEMA,
            "content": grammar.CONTENT,
            "headers": grammar.by_name("an object of headers", header),
        },
        upgrade=upgrade_response,
    )
    parameters = Role("a list of parameters", (list,), elements=parameter)
    operation = Role(
        "an operation",
        (dict,),
        fields={
            "parameters": parameters,
            "requestBody": grammar.BODY,
            "responses": Role("an object of responses", (dict,), others=response),
        },
        upgrade=upgrade_operation,
    )
    item = Role(
        "a path item",
        (dict,),
        fields={"parameters": parameters, **dict.fromkeys(grammar.METHODS, operation)},
        upgrade=upgrade_path_item,
    )
    shelves = {
        "parameters": grammar.by_name("an object of parameters", parameter),
        "responses": grammar.by_name("an object of responses", response),
    }
    return Role(
        "an object",
        (dict,),
        fields={
            **shelves,
            "definitions": SCHEMAS,
            "paths": Role("an object of paths", (dict,), others=item),
            "components": Role("an object", (dict,), fields={"schemas": SCHEMAS, **shelves}),
        },
        upgrade=upgrade_document,
    )


DOCUMENT = _document()
