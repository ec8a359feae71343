"""What templates may rely on: their names, and the fields of the views that they are filled from."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import get_args, get_type_hints

from ionapi_codegen.targets.python import views
from ionapi_codegen.targets.python.views import (
    ApiModule,
    ClientModule,
    GroupModule,
    IndexModule,
    ModelsModule,
    PackageModule,
    PlainModule,
    Readme,
    ServersModule,
    View,
)

VERSION = 1
"""Raised when a template that was written for the fields of before may no longer work: a field or template
that is gone, or means something else. New ones do not count."""

TEMPLATES: Mapping[str, type[View]] = {
    "api.py.jinja": ApiModule,
    "client.py.jinja": ClientModule,
    "group.py.jinja": GroupModule,
    "models.py.jinja": ModelsModule,
    "models_index.py.jinja": IndexModule,
    "package.py.jinja": PackageModule,
    "plain.py.jinja": PlainModule,
    "readme.md.jinja": Readme,
    "servers.py.jinja": ServersModule,
}
"""Each has `view`, of this type, and `header`, the first line of every module."""

PARTS: Mapping[str, str] = {
    "_class.jinja": "the macros `api_class(api)` and `method(found)`, which other templates import",
    "_module.jinja": "the macro `start(module)`: header, docstring and imports",
}
"""What templates are put together from; they can be replaced as well."""

_NAMES = {kind: name for name, kind in TEMPLATES.items()}
_MARK = re.compile(r"\{#-?\s*ionapi-codegen: view contract (\d+)\b")


def template_of(view: View) -> str:
    """The name of the template that a view is for."""
    return _NAMES[type(view)]


def mark() -> str:
    """The first line of a template that was copied to be changed: it says what it was written for."""
    return f"{{# ionapi-codegen: view contract {VERSION} #}}\n"


def written_for(text: str) -> int | None:
    """The version that a template says it was written for; None where it says nothing."""
    found = _MARK.search(text)
    return int(found.group(1)) if found else None


def listing() -> str:
    """The contract as people read it: templates with the fields of their views, then the types of those."""
    entries = [
        *((name, _about(kind), _fields(kind, "view.")) for name, kind in TEMPLATES.items()),
        *((name, about, iter(())) for name, about in PARTS.items()),
        *((kind.__name__, _about(kind), _fields(kind, "")) for kind in _types()),
    ]
    told = (
        "\n".join(("", name, *([f"  {about}"] if about else []), *fields)) for name, about, fields in entries
    )
    return "\n".join((f"View contract {VERSION}", *told)) + "\n"


def _types() -> Iterator[type]:
    """What fields of views consist of, by name."""
    found: dict[str, type] = {}
    waiting: list[object] = list(TEMPLATES.values())
    while waiting:
        kind = waiting.pop()
        waiting.extend(get_args(kind))
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__name__ not in found:
            found[kind.__name__] = kind
            waiting.extend(get_type_hints(kind, dict(vars(views))).values())
    yield from (kind for _, kind in sorted(found.items()) if kind not in _NAMES)


def _about(kind: type) -> str:
    """The docstring, where somebody wrote one."""
    text = inspect.getdoc(kind) or ""
    return "" if text.startswith(f"{kind.__name__}(") else " ".join(text.split())


def _fields(kind: type, prefix: str) -> Iterator[str]:
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind} has no fields")
    for field in dataclasses.fields(kind):
        yield f"  {prefix}{field.name}: {field.type}"
