"""Where names must differ, and what is taken there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.location import located
from ionapi_codegen.ir.schema import Record, SchemaId
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.imports import STANDARD
from ionapi_codegen.targets.python.names import Case, Scope, Wanted, allocate, wanted
from ionapi_codegen.targets.python.words import singular, words

RUNTIME_NAMES = frozenset(
    [
        "Async",
        "AsyncClientBase",
        "AsyncInforClient",
        "AsyncLNClient",
        "AsyncMIClient",
        "Binary",
        "ByCursor",
        "ByLastItem",
        "ByLink",
        "ByOffset",
        "ByPage",
        "CallOptions",
        "Cookie",
        "DateText",
        "Declared",
        "Discriminator",
        "Documents",
        "EXACT",
        "Event",
        "File",
        "Form",
        "GatewayDefaults",
        "Group",
        "Header",
        "Json",
        "JsonLines",
        "M",
        "MIRecord",
        "MIResult",
        "Model",
        "Multipart",
        "NumberText",
        "OpenModel",
        "Options",
        "Part",
        "Path",
        "Queries",
        "Query",
        "Querystring",
        "Settings",
        "Stream",
        "Sync",
        "SyncClientBase",
        "SyncInforClient",
        "SyncLNClient",
        "SyncMIClient",
        "Text",
        "UNSET",
        "Unset",
        "Value",
        "lists",
        "operation",
        "paged",
        "reads",
        "wire",
        "writes",
    ]
)
"""What generated modules import from the runtime."""

_MODEL_RUNTIME = frozenset(
    {"DateText", "Discriminator", "File", "MIRecord", "Model", "NumberText", "UNSET", "Unset", "wire"}
)
"""What of it modules of models import; they hold nothing else that a model's name could hide."""

_STANDARD = frozenset(symbol.name for symbol in STANDARD)
_MODULE_NAMES = frozenset({"builtins", "cached_property", "dt", "models", "operation", "paged"})
_MODEL_ATTRIBUTES = frozenset({"extra", "from_dict", "from_json", "to_dict", "to_json"})
_CLIENT_ATTRIBUTES = frozenset(
    [
        "aclose",
        "auth",
        "close",
        "from_ionapi",
        "response",
        "settings",
        "stream",
        "with_options",
        "credentials",
        "base_url",
        "timeout",
        "retry",
        "headers",
        "token_store",
        "verify",
        "transport",
        "strict",
    ]
)

_OF_PACKAGES = _CLIENT_ATTRIBUTES | _MODULE_NAMES | {"bulk", "classes_", "client", "groups", "package_"}
"""What an API beside others would hide: members of the client, modules of the package."""

_OF_THE_INDEX = frozenset({"AttributeError", "getattr", "globals", "import_module", "object", "str"})
"""What the index of the models needs; a module or a model of that name would hide it."""

MODELS = Scope(Case.PASCAL, "Model", _MODEL_RUNTIME | _STANDARD | _OF_THE_INDEX | {"None", "True", "False"})
MODULES = Scope(Case.SNAKE, "module", frozenset({"models", "client", "groups"}) | _OF_THE_INDEX, folded=True)
FIELDS = Scope(Case.SNAKE, "field", _MODEL_ATTRIBUTES | {"builtins", "dt", "wire"})
GROUPS = Scope(Case.SNAKE, "group", _CLIENT_ATTRIBUTES | _MODULE_NAMES, folded=True)
GROUP_CLASSES = Scope(
    Case.PASCAL,
    "Group",
    RUNTIME_NAMES | _STANDARD | {"Api", "AsyncClient", "Client", "None", "True", "False"},
)
GROUPS_BESIDE_QUERIES = replace(GROUPS, reserved=GROUPS.reserved | {"query"})
"""The same where the client has `query` itself."""

METHODS = Scope(Case.SNAKE, "call", _CLIENT_ATTRIBUTES | _MODULE_NAMES)
RECORD_FIELDS = Scope(
    Case.SNAKE, "field", frozenset({"dateformat", "extra", "fields", "text", "to_dict", "wires"})
)
TRANSACTION_FIELDS = Scope(
    Case.SNAKE,
    "field",
    frozenset(
        [
            *("self", "options", "wires"),
            *("dateformat", "excludeempty", "extendedresult", "format", "locale", "maxrecs"),
            *("returncols", "righttrim", "time_zone"),
        ]
    ),
)
PARAMETERS = Scope(Case.SNAKE, "parameter", frozenset({"self", "body", "content_type"}))


def schema_names(api: Api, pinned: Mapping[str, str]) -> dict[SchemaId, str]:
    """The class or alias of each schema. A component has a better claim than what is written out in one, and
    what tells two apart is not where the document lies."""
    keys = {schema_id: located(api, schema_id) for schema_id in api.schemas}
    things = [
        Wanted(
            keys[schema_id],
            hinted(schema.hint),
            Text(" ".join(part.raw for part in schema.hint)),
            rank=len(schema.hint),
        )
        for schema_id, schema in api.schemas.items()
    ]
    fixed = {
        keys[schema_id]: pinned[pointer]
        for schema_id in api.schemas
        if (pointer := schema_id.partition("#")[2]) in pinned
    }
    names = allocate(MODELS, things, fixed)
    return {schema_id: names[key] for schema_id, key in keys.items()}


def hinted(hint: tuple[Text, ...]) -> tuple[str, ...]:
    """The words of a schema's name: `("Order", "lines", "item")` is an order line."""
    parts: tuple[str, ...] = ()
    for place, text in enumerate(hint):
        found = words(text)
        if place and place == len(hint) - 1 and found == ("item",) and parts:
            one = singular(parts[-1])
            parts = (*parts[:-1], one) if one != parts[-1] else (*parts, "item")
        else:
            parts = (*parts, *found)
    return parts


def field_names(record: Record) -> Mapping[str, str]:
    """The field of each property, by wire name."""
    return _field_names(tuple([found.name.raw for found in record.properties]))


@lru_cache(maxsize=1 << 12)
def _field_names(names: tuple[str, ...]) -> Mapping[str, str]:
    """Cached, since documents write an object out in many places."""
    return allocate(FIELDS, [wanted(name, Text(name)) for name in names])


def api_names(names: Iterable[str]) -> dict[str, str]:
    """The property and folder of each document of a package of several, by the document's name: that name,
    unless the client or the package has something of that name itself."""
    return {name: f"{name}_" if name in _OF_PACKAGES else name for name in names}


def api_classes(names: Iterable[str]) -> dict[str, str]:
    """The class of each document of a package of several, by the document's name."""
    return allocate(GROUP_CLASSES, [Wanted(name, (*words(Text(name)), "api"), Text(name)) for name in names])
