"""A server that takes and answers exactly what its document says, made from the text of the document alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx2

from tests_support.strict_limits import limits

Json = Any  # JSON as PyYAML reads it
Variant = int
VARIANTS: tuple[Variant, ...] = (0, 1, 2)
"""How the server answers where the document leaves it a choice: with everything; with as little as it may, null
where it may and the last of several types; with everything again, and the last of several types."""


class Refused(Exception):
    """The request is not what the document asks for."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class StrictServer:
    """Answers requests as the document says. `wanted` in the header `X-Answer` picks one of its statuses."""

    def __init__(self, document: Json, variant: Variant) -> None:
        self._document = document
        self._variant = variant
        self._telling: list[Json] = []
        self.refusals: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        try:
            operation, variables = self._operation(request)
            self._check_security(operation, request)
            self._check_parameters(operation, variables, request)
            self._check_body(operation, request)
            return self._answer(operation, request)
        except Refused as refusal:
            self.refusals.append(str(refusal))
            return httpx2.Response(refusal.status, json={"refused": str(refusal)})

    def _operation(self, request: httpx2.Request) -> tuple[Json, dict[str, str]]:
        known: set[str] = set()
        for path, item in self._document["paths"].items():
            for method, operation in item.items():
                servers = operation.get("servers", self._document["servers"])
                for server in servers:
                    pattern = _pattern(server["url"] + path, server.get("variables", {}))
                    found = re.fullmatch(pattern, str(request.url).partition("?")[0])
                    if found is not None and method.upper() == request.method:
                        return operation, {name: unquote(value) for name, value in found.groupdict().items()}
                    if found is not None:
                        known.add(method)
        raise Refused(405 if known else 404, f"no operation at {request.method} {request.url}")

    def _check_security(self, operation: Json, request: httpx2.Request) -> None:
        alternatives = operation.get("security", self._document.get("security", []))
        if not alternatives:
            return
        schemes = self._document["components"]["securitySchemes"]
        if not any(all(_is_there(schemes[name], request) for name in together) for together in alternatives):
            raise Refused(401, "no credentials that the operation takes")

    def _check_parameters(
        self, operation: Json, variables: Mapping[str, str], request: httpx2.Request
    ) -> None:
        query = parse_qsl(urlsplit(str(request.url)).query, keep_blank_values=True)
        for one in map(self._resolved, operation.get("parameters", ())):
            name = one["name"]
            match one["in"]:
                case "query":
                    texts = [value for key, value in query if key == name]
                case "header":
                    texts = [request.headers[name]] if name in request.headers else []
                case "path":
                    start = f";{name}=" if one.get("style") == "matrix" else ""
                    if not variables[name].startswith(start):
                        raise Refused(404, f"the path does not have {start} there")
                    texts = [variables[name].removeprefix(start)]
                case _:
                    texts = _cookie(request, name)
            if texts == [""] and one.get("allowEmptyValue"):
                continue
            if texts:
                self._check(self._parsed(one, texts), _schema_of(one), f"parameter {name}", reads=False)
            elif one.get("required"):
                raise Refused(400, f"parameter {name} is missing")

    def _parsed(self, one: Json, texts: list[str]) -> Json:
        if "content" in one:
            return _loaded(texts[0])
        schema = self._resolved(one["schema"])
        if schema.get("type") == "array":
            form = one.get("style", "form") == "form" and one["in"] == "query"
            items = texts if form and one.get("explode", True) else texts[0].split(",")
            if len(texts) > 1 and items is not texts:
                raise Refused(400, f"parameter {one['name']} is there several times")
            return [self._typed(self._resolved(schema["items"]), text) for text in items]
        if len(texts) > 1:
            raise Refused(400, f"parameter {one['name']} is there several times")
        return self._typed(schema, texts[0])

    def _typed(self, schema: Json, text: str) -> Json:
        """The value that a text stands for: of the types that the schema allows the first that it fits."""
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        for member in map(self._resolved, schema.get("oneOf", schema.get("anyOf", ()))):
            kinds += [member["type"]] if isinstance(member.get("type"), str) else []
        if "integer" in kinds and re.fullmatch(r"-?\d+", text):
            return int(text)
        if {"number", "integer"} & set(kinds) and re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text)
        if "boolean" in kinds and text in ("true", "false"):
            return text == "true"
        return text

    def _check_body(self, operation: Json, request: httpx2.Request) -> None:
        body = operation.get("requestBody")
        content = request.content
        if body is None:
            return
        if not content:
            if body.get("required"):
                raise Refused(400, "the body is missing")
            return
        media = request.headers.get("content-type", "").partition(";")[0]
        if media not in body["content"]:
            raise Refused(415, f"a body of {media} is not taken")
        described = body["content"][media]
        if media.endswith("json"):
            self._check(_loaded(content), described.get("schema", {}), "body", reads=False)
        elif media == "application/x-www-form-urlencoded":
            self._check(self._form(described, content), described["schema"], "body", reads=False)

    def _form(self, described: Json, content: bytes) -> Json:
        schema = self._resolved(described["schema"])
        pairs = parse_qsl(content.decode(), keep_blank_values=True)
        found: dict[str, Json] = {}
        for name, described_so in schema["properties"].items():
            texts = [value for key, value in pairs if key == name]
            explode = described.get("encoding", {}).get(name, {}).get("explode", True)
            if texts:
                parameter = {"name": name, "in": "query", "schema": described_so, "explode": explode}
                found[name] = self._parsed(parameter, texts)
        return found

    def _answer(self, operation: Json, request: httpx2.Request) -> httpx2.Response:
        responses = operation["responses"]
        listed = [status for status in responses if str(status).startswith("2")] or list(responses)
        wanted = request.headers.get("x-answer")
        status = wanted if wanted in responses else listed[-1 if self._variant else 0]
        response = self._resolved(responses[status])
        headers = {
            name: _text(self._sample(self._resolved(header).get("schema", {}), True))
            for name, header in response.get("headers", {}).items()
            if self._resolved(header).get("required") or self._variant != 1
        }
        contents = response.get("content", {})
        if not contents:
            return httpx2.Response(int(status), headers=headers)
        accepted = [one.partition(";")[0].strip() for one in request.headers.get("accept", "*/*").split(",")]
        taken = [one for one in contents if _accepts(accepted, one)]
        media = min(taken, key=lambda one: one not in accepted, default=None)
        if media is None:
            raise Refused(406, "no media type of the answer is accepted")
        value = self._sample(contents[media].get("schema", {}), True)
        text = json.dumps(value) if media.endswith("json") else _text(value)
        if media == "text/event-stream":
            text = f"data: {text}\n\n"
        return httpx2.Response(int(status), headers={**headers, "content-type": media}, content=text)

    def _sample(self, schema: Json, reads: bool) -> Json:
        """A value that the schema allows."""
        schema = self._resolved(schema)
        members = schema.get("oneOf") or schema.get("anyOf")
        if (told := self._told(schema)) is not None:
            return self._of_a_kind(told, reads)
        if members:
            return self._sample(members[-1 if self._variant else 0], reads)
        if "allOf" in schema:
            merged: dict[str, Json] = {}
            for part in schema["allOf"]:
                merged |= self._sample(part, reads)
            own = (
                self._sample({**schema, "allOf": None, "type": "object"}, reads)
                if "properties" in schema
                else {}
            )
            return merged | own
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][-1 if self._variant else 0]
        kinds = schema.get("type", "object" if "properties" in schema else "string")
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        if "null" in kinds and self._variant == 1:
            return None
        kinds = [kind for kind in kinds if kind != "null"]
        match kinds[-1 if self._variant else 0]:
            case "object":
                return self._object(schema, reads)
            case "array":
                return [self._sample(schema.get("items", {}), reads)]
            case "integer":
                return 7
            case "number":
                return 2.5
            case "boolean":
                return True
            case _:
                return _TEXTS.get(schema.get("format", ""), "some text")

    def _object(self, schema: Json, reads: bool) -> Json:
        required = set(schema.get("required", ()))
        found = {
            name: self._sample(one, reads)
            for name, one in schema.get("properties", {}).items()
            if (name in required or self._variant != 1) and not self._resolved(one).get("writeOnly")
        }
        further = schema.get("additionalProperties")
        if isinstance(further, dict) and self._variant != 1:
            found["further"] = self._sample(further, reads)
        return found

    def _told(self, schema: Json) -> Json | None:
        """What tells the kinds of an object apart, unless it is told already."""
        told = schema.get("discriminator", {})
        return told if "mapping" in told and not any(one is told for one in self._telling) else None

    def _of_a_kind(self, told: Json, reads: bool) -> Json:
        """An object of one of the kinds; as little as it may, it is the one that needs no telling."""
        kinds = list(told["mapping"])
        kind = kinds[-1 if self._variant else 0]
        is_rest = self._variant == 1 and "defaultMapping" in told
        self._telling.append(told)
        found: Json = self._sample(self._kind(told, None if is_rest else kind), reads)
        self._telling.pop()
        if not is_rest and told["propertyName"] in found:
            found[told["propertyName"]] = kind
        return found

    def _kind(self, told: Json, value: Json) -> Json | None:
        """The schema of objects that have this value; None where it means nothing."""
        name = told["mapping"].get(value, told.get("defaultMapping"))
        return None if name is None else {"$ref": name if "/" in name else f"#/components/schemas/{name}"}

    def _check(self, value: Json, schema: Json, path: str, *, reads: bool) -> None:
        reason = next(self._faults(value, self._resolved(schema), path), None)
        if reason is not None:
            raise Refused(400, reason)

    def _faults(self, value: Json, schema: Json, path: str) -> Iterator[str]:
        """Why a value that is sent is not what the schema says."""
        for part in schema.get("allOf") or ():
            yield from self._faults(value, self._resolved(part), path)
        if (told := self._told(schema)) is not None and isinstance(value, dict):
            kind = self._kind(told, value.get(told["propertyName"]))
            if kind is None:
                yield f"{path} does not say which of the known kinds it is"
            else:
                self._telling.append(told)
                yield from list(self._faults(value, self._resolved(kind), path))
                self._telling.pop()
            return
        members = schema.get("oneOf") or schema.get("anyOf")
        if members and not any(
            next(self._faults(value, self._resolved(one), path), None) is None for one in members
        ):
            yield f"{path} is none of what it may be"
        if "enum" in schema and value not in schema["enum"]:
            yield f"{path} is not one of the listed values"
        if "const" in schema and value != schema["const"]:
            yield f"{path} is not the one value"
        kinds = schema.get("type")
        if kinds is not None:
            listed = [kinds] if isinstance(kinds, str) else kinds
            if not any(_IS[kind](value) for kind in listed):
                yield f"{path} is no {' or '.join(listed)}"
                return
        yield from limits(value, schema, path)
        if isinstance(value, dict):
            yield from self._members(value, schema, path)
        if isinstance(value, list) and "items" in schema:
            for number, item in enumerate(value):
                yield from self._faults(item, self._resolved(schema["items"]), f"{path}[{number}]")

    def _members(self, value: Json, schema: Json, path: str) -> Iterator[str]:
        properties = {name: self._resolved(one) for name, one in schema.get("properties", {}).items()}
        for name in schema.get("required", ()):
            if name not in value and not properties.get(name, {}).get("readOnly"):
                yield f"{path}.{name} is missing"
        further = schema.get("additionalProperties")
        for name, member in value.items():
            if name in properties:
                yield from self._faults(member, properties[name], f"{path}.{name}")
            elif isinstance(further, dict):
                yield from self._faults(member, self._resolved(further), f"{path}.{name}")

    def _resolved(self, node: Json) -> Json:
        while isinstance(node, dict) and "$ref" in node:
            found = self._document
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node


_TEXTS = {
    "date": "2026-11-24",
    "date-time": "2026-11-24T10:15:00Z",
    "uuid": "7d444840-9dc0-11d1-b245-5ffdce74fad2",
    "decimal": "2.50",
}
_IS: dict[str, Callable[[Json], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _pattern(template: str, variables: Json) -> str:
    """What addresses of the template look like; a variable with listed values has no other."""

    def values(found: re.Match[str]) -> str:
        listed = variables.get(found[1], {}).get("enum")
        return f"(?P<{found[1]}>{'|'.join(map(re.escape, listed)) if listed else '[^/]+'})"

    return re.sub(r"\\\{(.+?)\\\}", values, re.escape(template))


def _schema_of(parameter: Json) -> Json:
    if "content" in parameter:
        return next(iter(parameter["content"].values())).get("schema", {})
    return parameter["schema"]


def _is_there(scheme: Json, request: httpx2.Request) -> bool:
    match scheme:
        case {"type": "apiKey", "in": "header", "name": name}:
            return name in request.headers
        case {"type": "apiKey", "name": name}:
            return name in dict(parse_qsl(urlsplit(str(request.url)).query))
        case {"scheme": kind}:
            return request.headers.get("authorization", "").lower().startswith(f"{kind} ")
        case _:
            return False


def _accepts(accepted: list[str], media: str) -> bool:
    return any(one in ("*/*", media) or one == media.partition("/")[0] + "/*" for one in accepted)


def _cookie(request: httpx2.Request, name: str) -> list[str]:
    pairs = (pair.strip().partition("=") for pair in request.headers.get("cookie", "").split(";"))
    return [value for key, _, value in pairs if key == name]


def _loaded(text: str | bytes) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(400, "not JSON") from None


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)
