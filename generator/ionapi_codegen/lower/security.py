"""How callers prove who they are: security schemes, and which of them are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ionapi_codegen.ir.api import SecurityKind, SecurityScheme
from ionapi_codegen.ir.operation import Location, Requirement
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower.docs import docs
from ionapi_codegen.lower.references import References, Unresolvable
from ionapi_codegen.spec.node import Node

_KINDS: Mapping[str, SecurityKind] = {
    "apiKey": SecurityKind.API_KEY,
    "oauth2": SecurityKind.OAUTH2,
    "openIdConnect": SecurityKind.OPENID,
    "mutualTLS": SecurityKind.MUTUAL_TLS,
}
_HTTP: Mapping[str, SecurityKind] = {"basic": SecurityKind.BASIC, "bearer": SecurityKind.BEARER}
_LOCATIONS: Mapping[str, Location] = {
    "header": Location.HEADER,
    "query": Location.QUERY,
    "cookie": Location.COOKIE,
}


def schemes(components: Node | None, references: References) -> Iterator[SecurityScheme]:
    """The security schemes of a document; what is none is left out."""
    written = components.get("securitySchemes") if components is not None else None
    for name, node in written.items() if written is not None else ():
        try:
            scheme = references.resolved(node)
        except Unresolvable:
            continue
        value = scheme.value
        if not isinstance(value, dict):
            continue
        kind = _kind(value)
        place, key = value.get("in"), value.get("name")
        is_key = kind is SecurityKind.API_KEY
        yield SecurityScheme(
            Text(name),
            kind,
            _LOCATIONS.get(str(place)) if is_key else None,
            Text(key) if is_key and isinstance(key, str) else None,
            docs(scheme),
        )


def _kind(value: Mapping[str, object]) -> SecurityKind:
    written = str(value.get("type"))
    if written == "http":
        return _HTTP.get(str(value.get("scheme")).lower(), SecurityKind.OTHER)
    return _KINDS.get(written, SecurityKind.OTHER)


def requirements(node: Node | None) -> tuple[Requirement, ...] | None:
    """The alternatives of a `security` list; None where there is no list."""
    if node is None or not isinstance(node.value, list):
        return None
    return tuple(tuple(Text(name) for name, _ in each.items()) for each in node.elements())
