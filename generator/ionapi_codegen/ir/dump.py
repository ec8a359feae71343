"""What a model looks like to the eye: the whole of it as deterministic JSON."""

from __future__ import annotations

import dataclasses
import enum
import json
from collections.abc import Mapping

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import NoDefault
from ionapi_codegen.ir.text import Text


def dump(api: Api) -> str:
    """The model as JSON, fields and schemas in the model's order.

    Strings of the document are plain strings, places their pointers, and every object says what it is: a
    scalar is `{"is": "Scalar", "kind": "string"}`. Fields that say nothing (their default) are left out.
    """
    return json.dumps(_plain(api), indent=2, ensure_ascii=False) + "\n"


def _plain(value: object) -> object:
    match value:
        case Text():
            return value.raw
        case NoDefault():
            return None
        case enum.Enum():
            return value.value
        case Place():
            return f"{value.file}#{value.pointer}"
        case tuple():
            return [_plain(item) for item in value]
        case frozenset():
            return sorted(str(_plain(item)) for item in value)
        case Mapping():
            return {
                key.raw if isinstance(key, Text) else str(key): _plain(item) for key, item in value.items()
            }
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            told: dict[str, object] = {"is": type(value).__name__.rstrip("_")}
            for field in dataclasses.fields(value):
                content: object = getattr(value, field.name)
                if field.default is dataclasses.MISSING or content != field.default:
                    told[field.name] = _plain(content)
            return told
        case _:
            return value
