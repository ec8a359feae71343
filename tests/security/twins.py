"""Two models of one API that differ in nothing but their strings: harmless in the one, hostile in the other.

Every `Text` of the model is replaced, the same string by the same string everywhere, so that references keep
pointing where they did. Each replacement begins with a token, `t00042` in free text and `n00042` in a name,
which the hostile one continues with whatever may end a literal, a docstring, a comment or a template.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ionapi_codegen.ir.api import Api, Protocol, SecurityScheme, Tag
from ionapi_codegen.ir.operation import Header, Operation, Parameter, Part, Server, ServerVariable
from ionapi_codegen.ir.schema import Alias, Discriminator, Property, Record
from ionapi_codegen.ir.text import Text

ATTACKS = (
    '\'"""\nimport os\nos.system(\'id\')\n"""',
    "''' + __import__('os').getcwd() + '''",
    "\\",
    '\\"',
    '"',
    "'",
    "\\N{BULLET} \\x41 \\u0041 \\",
    "{{ 7 * 7 }} {% include 'x' %} {# x #} #}",
    "\r# -*- coding: utf-7 -*-\r+ACI-",
    "\x00\x07\x1b[2J\x7f",
    "\u202e}\u2066 \u2069gnp.exe",
    "\ud800 and \udfff",
    "\f\v\x1c\x1d\x1e\x85\u2028\u2029end",
    "*/ ??/ --> ]]> </script> <!--",
    "\n    return 1\n\nclass Evil:\n    x = 1\n",
    "f{__import__('os')}{0}{x!r:>{width}}%s%(x)s$x${x}`",
    "\ufeff\u200b\xad a\u0300 \u212a \uff07\uff02",
    "# type: ignore # noqa # fmt: off\n# fmt: off",
    "Args:\n    x: y\n\nReturns:\n    no",
    ">>> 1/0\n```\n~~~ \n| a | b |\n- x\n1. y\n====",
    '""" """" \\""" ""\\"',
    "w" * 20_000,
    " \t ",
    "²٢００",
    "00_1",
)
"""What has broken generators, or might."""

_NAMES = (Tag, Parameter, Part, SecurityScheme, Property, Header, ServerVariable)
"""Whose `name` is a name."""

_TOKEN = re.compile(r"[tn]\d{5}-?")


class Twins:
    """The strings of one model and what becomes of them.

    Args:
        hostile: what follows a token, given its number.
        names: whether names are replaced as well as free text.
    """

    def __init__(self, hostile: Callable[[int], str], names: bool) -> None:
        self._hostile = hostile
        self._names = names
        self._numbers: dict[str, int] = {}

    def harmless(self, api: Api) -> Api:
        return self._replaced(api, lambda number: "")

    def hostile(self, api: Api) -> Api:
        return self._replaced(api, self._hostile)

    def expected(self, text: str) -> str:
        """What a string of the harmless twin's module is in the hostile one's."""
        return _TOKEN.sub(lambda found: found[0] + self._hostile(int(found[0][1:6])), text)

    def _replaced(self, api: Api, ending: Callable[[int], str]) -> Api:
        def number(text: Text) -> int:
            return self._numbers.setdefault(text.raw, len(self._numbers) + 1)

        def free(text: Text) -> Text:
            return Text(f"t{number(text):05}{ending(number(text))}") if text.raw.strip() else text

        def name(text: Text) -> Text:
            if not self._names or not text.raw.strip():
                return text
            return Text(f"n{number(text):05}-{ending(number(text))}")

        def path(text: Text) -> Text:
            if not self._names:
                return text
            parts = re.split(r"(\{[^{}]*\})", text.raw)
            return Text(
                "".join(f"{{{name(Text(part[1:-1])).raw}}}" if part[:1] == "{" else part for part in parts)
            )

        def walk(value: Any, replace: Callable[[Text], Text]) -> Any:
            match value:
                case Text():
                    return replace(value)
                case tuple():
                    return tuple(walk(one, replace) for one in value)
                case Mapping():
                    return {walk(key, replace): walk(one, replace) for key, one in value.items()}
                case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
                    return _walked(value, replace)
                case _:
                    return value

        def _walked(value: Any, replace: Callable[[Text], Text]) -> Any:
            changed = {}
            for field in dataclasses.fields(value):
                old = getattr(value, field.name)
                how = _role(value, field.name)
                if how != "keep":
                    changed[field.name] = walk(old, {"name": name, "path": path, "free": free}[how])
            return dataclasses.replace(value, **changed)

        replaced: Api = _walked(api, free)
        return replaced


def _role(owner: object, field: str) -> str:
    match owner:
        case Operation() if field in ("path", "written"):
            return "path"
        case Operation() if field in ("id", "tags", "security"):
            return "name"
        case Api() if field == "security":
            return "name"
        case Api() if field in ("version", "gateway_path", "queries"):
            return "keep"
        case Server():
            return "keep"  # They name what they say, together.
        case Record() | Alias() if field == "hint":
            return "name"
        case Discriminator() if field == "property":
            return "name"
        case _ if isinstance(owner, _NAMES) and field == "name":
            return "name"
        case _ if type(owner).__name__.startswith("By") or type(owner).__name__ == "Pagination":
            return "name"
    return "free"


def may_rename(api: Api) -> bool:
    """Whether names are names only: a product's client looks for some of its own."""
    return api.protocol is None or api.protocol is Protocol.INFOR


def texts(value: object) -> Iterator[Text]:
    """Every string of the document in a model."""
    match value:
        case Text():
            yield value
        case tuple():
            for one in value:
                yield from texts(one)
        case Mapping():
            for key, one in value.items():
                yield from texts(key)
                yield from texts(one)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for field in dataclasses.fields(value):
                yield from texts(getattr(value, field.name))
