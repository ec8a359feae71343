"""What stands where in documents of OpenAPI 3.0, 3.1 and 3.2."""

from __future__ import annotations

from ionapi_codegen.spec.shape import Role
from ionapi_codegen.spec.upgrade import SCHEMA, SCHEMAS


def by_name(expected: str, role: Role) -> Role:
    """An object whose members have names that the author chose."""
    return Role(expected, (dict,), others=role, named_by_author=True)


METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

DOCUMENT = Role("an object", (dict,))
HEADER = Role("a header", (dict,))
MEDIA = Role("a media type", (dict,))
ENCODING = Role("an encoding", (dict,))
PARAMETER = Role("a parameter", (dict,))
BODY = Role("a request body", (dict,))
RESPONSE = Role("a response", (dict,))
OPERATION = Role("an operation", (dict,))
PATH_ITEM = Role("a path item", (dict,))
COMPONENTS = Role("an object", (dict,))

CONTENT = by_name("an object of media types", MEDIA)
HEADERS = by_name("an object of headers", HEADER)
ENCODINGS = by_name("an object of encodings", ENCODING)
CALLBACKS = by_name("an object of callbacks", Role("a callback", (dict,), others=PATH_ITEM))
PARAMETERS = Role("a list of parameters", (list,), elements=PARAMETER)
RESPONSES = Role("an object of responses", (dict,), others=RESPONSE)
PATHS = Role("an object of paths", (dict,), others=PATH_ITEM)

DOCUMENT.fields = {"paths": PATHS, "webhooks": PATHS, "components": COMPONENTS}
COMPONENTS.fields = {
    "schemas": SCHEMAS,
    "responses": by_name("an object of responses", RESPONSE),
    "parameters": by_name("an object of parameters", PARAMETER),
    "requestBodies": by_name("an object of request bodies", BODY),
    "headers": HEADERS,
    "callbacks": CALLBACKS,
    "pathItems": by_name("an object of path items", PATH_ITEM),
    "mediaTypes": CONTENT,
}
PATH_ITEM.fields = {
    "parameters": PARAMETERS,
    "additionalOperations": by_name("an object of operations", OPERATION),
    **dict.fromkeys(METHODS, OPERATION),
}
OPERATION.fields = {
    "parameters": PARAMETERS,
    "requestBody": BODY,
    "responses": RESPONSES,
    "callbacks": CALLBACKS,
}
PARAMETER.fields = {"schema": SCHEMA, "content": CONTENT}
HEADER.fields = {"schema": SCHEMA, "content": CONTENT}
BODY.fields = {"content": CONTENT}
RESPONSE.fields = {"content": CONTENT, "headers": HEADERS}
MEDIA.fields = {
    "schema": SCHEMA,
    "itemSchema": SCHEMA,
    "encoding": ENCODINGS,
    "itemEncoding": ENCODING,
    "prefixEncoding": Role("a list of encodings", (list,), elements=ENCODING),
}
ENCODING.fields = {
    "headers": HEADERS,
    "encoding": ENCODINGS,
    "itemEncoding": ENCODING,
    "prefixEncoding": MEDIA.fields["prefixEncoding"],
}
