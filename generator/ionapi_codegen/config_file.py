"""What `ionapi.toml` says, every key checked, every mistake with its line."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from ionapi_codegen import naming, plugins
from ionapi_codegen.config import (
    DEFAULT_OUTPUT,
    PYPROJECT,
    Config,
    FetchSettings,
    PackageSettings,
    PagesSettings,
    is_url,
)
from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.dialects.registry import CHOICES
from ionapi_codegen.output import copies
from ionapi_codegen.targets import registry as targets

_PACKAGE_KEYS = (
    "documents",
    "ionapi",
    "output",
    "dialect",
    "suite",
    "target",
    "templates",
    "overlays",
    "names",
    "pagination",
)

_PAGES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "offset": (("parameter",), ("first",)),
    "page": (("parameter",), ("first", "count")),
    "cursor": (("parameter", "next"), ()),
    "last-item": (("parameter", "key"), ()),
    "link": (("next",), ()),
    "link-header": ((), ()),
}
"""What each kind of pagination needs, and what else it takes; all take `items` and `more`."""

_READABLE = "let the user who runs ionapi read it"
_TOML = "correct it there; https://toml.io says how it is written"

_Keys: TypeAlias = tuple[str, ...]


def read(file: Path, diagnostics: Diagnostics) -> Config:
    """The settings in a file. Everything wrong in it is reported at once, with line and column; then
    `Stopped`."""
    shown = _from_here(file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
        tree: dict[str, object] = tomllib.loads(text)
    except OSError as failure:
        raise diagnostics.stop(
            "config-unreadable",
            f"the configuration cannot be read: {(failure.strerror or type(failure).__name__).lower()}",
            Place(shown),
            _READABLE,
        ) from None
    except UnicodeDecodeError:
        raise diagnostics.stop(
            "config-syntax", "the configuration is not UTF-8 text", Place(shown), "save it as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as failure:
        message, place = _syntax_error(str(failure), shown)
        raise diagnostics.stop("config-syntax", message, place, _TOML) from None
    except RecursionError:
        raise diagnostics.stop(
            "config-syntax", "the configuration is nested too deeply", Place(shown), _TOML
        ) from None
    prefix: _Keys = ()
    if file.name == PYPROJECT:
        prefix = ("tool", "ionapi-codegen")
        for key in prefix:
            child = tree.get(key)
            tree = child if isinstance(child, dict) else {}
    reader = _Reader(text, shown, file.parent, diagnostics)
    packages = reader.packages(tree, prefix)
    if reader.mistakes:
        raise Stopped
    return Config(file, packages)


class _Reader:
    """Turns the tree of one file into settings, and says of each wrong key where it stands."""

    def __init__(self, text: str, shown: str, folder: Path, diagnostics: Diagnostics) -> None:
        self.text = text
        self.shown = shown
        self.folder = folder
        self.diagnostics = diagnostics
        self.mistakes = 0

    def packages(self, tree: Mapping[str, object], prefix: _Keys) -> tuple[PackageSettings, ...]:
        self._known(tree, ("packages",), prefix)
        tables = self._table(tree.get("packages"), (*prefix, "packages"))
        found = [self._package(name, value, (*prefix, "packages", name)) for name, value in tables.items()]
        if not self.mistakes and not tables:
            self._refuse(
                prefix, "the configuration names no package", "add [packages.NAME] with documents = […]"
            )
        return tuple(found)

    def _package(self, name: str, value: object, at: _Keys) -> PackageSettings:
        before = self.mistakes
        if complaint := naming.objection(name):
            self._refuse(at, f"the package name {name!r} {complaint}", "choose another name")
        table = self._table(value, at)
        self._known(table, _PACKAGE_KEYS, at)
        documents, fetched = self._documents(table.get("documents"), (*at, "documents"))
        if not documents and self.mistakes == before:
            self._refuse(at, f"package {name} names no document", 'add documents = ["specs/FILE"]')
        dialect = self._text(table, "dialect", at) or "auto"
        self._exists("dialect", dialect, CHOICES, plugins.DIALECTS, at)
        target = self._text(table, "target", at) or targets.DEFAULT
        self._exists("target", target, tuple(targets.TARGETS), plugins.TARGETS, at)
        names = self._table(table.get("names", {}), (*at, "names"))
        return PackageSettings(
            name=name,
            documents=documents,
            fetched=fetched,
            target=target,
            suite=self._suite(table, at),
            ionapi=self._optional_path(table, "ionapi", at),
            output=self._optional_path(table, "output", at) or Path(self._path(str(DEFAULT_OUTPUT))),
            dialect=dialect,
            names={key: self._identifier(names, key, (*at, "names")) for key in names},
            pins={key: Place(self.shown, "", *_position(self.text, (*at, "names", key))) for key in names},
            pagination={
                key: self._pages(key, entry, (*at, "pagination", key))
                for key, entry in self._table(table.get("pagination", {}), (*at, "pagination")).items()
            },
            templates=self._optional_path(table, "templates", at),
            overlays=tuple(
                Path(self._path(text)) for text in self._texts(table.get("overlays"), (*at, "overlays"))
            ),
        )

    def _exists(self, kind: str, name: str, ours: tuple[str, ...], group: str, at: _Keys) -> None:
        """Refuses what is neither ours nor a plug-in's."""
        if name not in ours and name not in (others := plugins.names(group)):
            self._refuse((*at, kind), f"there is no {kind} {name!r}", f"one of {', '.join((*ours, *others))}")

    def _documents(self, value: object, at: _Keys) -> tuple[tuple[str, ...], tuple[FetchSettings, ...]]:
        documents: list[str] = []
        fetched: list[FetchSettings] = []
        place = Place(self.shown, "", *_position(self.text, at))
        for entry in value if isinstance(value, list) else []:
            match entry:
                case str() if is_url(entry):
                    from ionapi_codegen.spec.fetch import file_name  # late: it loads the network

                    file = Path(self._path(f"{copies.FOLDER}/{file_name(entry, '')}"))
                    fetched.append(FetchSettings(entry, file, False, place))
                    documents.append(entry)
                case str() if entry:
                    documents.append(self._path(entry))
                case dict():
                    fetched.append(self._fetched(entry, at, place))
                    documents.append(str(fetched[-1].file))
                case _:
                    self._refuse(at, "documents must be a list of texts", 'write documents = ["…"]')
        if value is not None and not isinstance(value, list):
            self._refuse(at, "documents must be a list of texts", 'write documents = ["…"]')
        return tuple(documents), tuple(fetched)

    def _fetched(self, entry: Mapping[str, object], at: _Keys, place: Place) -> FetchSettings:
        self._known(entry, ("file", "url", "through"), at)
        file, url, through = (self._text(entry, key, at) for key in ("file", "url", "through"))
        if not file or not url:
            hint = 'write { file = "specs/FILE", url = "https://…" }'
            self._refuse(at, "a document that is a table needs a file and a url", hint)
        if through not in (None, "gateway"):
            hint = 'write through = "gateway", or leave it out'
            self._refuse(at, f"there is no way through {through!r}", hint)
        elif url and through is None and not is_url(url):
            hint = 'a path below the tenant needs through = "gateway"'
            self._refuse(at, f"{url!r} is no address", hint)
        return FetchSettings(url or "", Path(self._path(file or "")), through is not None, place)

    def _pages(self, name: str, value: object, at: _Keys) -> PagesSettings:
        place = Place(self.shown, "", *_position(self.text, at))
        if value is False:
            return PagesSettings(None, place)
        if not isinstance(value, dict):
            self._refuse(at, f"{name} must be a table, or false", 'write { kind = "cursor", … }')
            return PagesSettings(None, place)
        kind = value.get("kind")
        if not isinstance(kind, str) or kind not in _PAGES:
            self._refuse((*at, "kind"), f"{name} says no kind of pagination", f"one of {', '.join(_PAGES)}")
            return PagesSettings(None, place)
        needed, possible = _PAGES[kind]
        self._known(value, ("kind", *needed, *possible, "items", "more"), at)
        for key in needed:
            if key not in value:
                self._refuse(at, f"pagination of the kind {kind} needs {key}", f"add {key} = …")
        first = value.get("first")
        if "first" in value and (not isinstance(first, int) or isinstance(first, bool)):
            self._refuse((*at, "first"), "first must be a whole number", "write first = 0")
        return PagesSettings(
            kind,
            place,
            parameter=self._text(value, "parameter", at),
            first=first if isinstance(first, int) else None,
            items=self._way(value, "items", at),
            next=self._way(value, "next", at),
            key=self._way(value, "key", at),
            count=self._way(value, "count", at),
            more=self._way(value, "more", at),
        )

    def _way(self, table: Mapping[str, object], key: str, at: _Keys) -> tuple[str, ...] | None:
        """A property's name, or a list of them that leads into nested ones; empty for the answer itself."""
        value = table.get(key)
        if value is None:
            return None
        return (value,) if isinstance(value, str) and value else self._texts(value, (*at, key))

    def _path(self, text: str) -> str:
        return _from_here(self.folder / text)

    def _optional_path(self, table: Mapping[str, object], key: str, at: _Keys) -> Path | None:
        text = self._text(table, key, at)
        return Path(self._path(text)) if text else None

    def _text(self, table: Mapping[str, object], key: str, at: _Keys) -> str | None:
        value = table.get(key)
        if value is None or (isinstance(value, str) and value):
            return value
        self._refuse((*at, key), f"{key} must be a text in quotes", f'write {key} = "…"')
        return None

    def _suite(self, table: Mapping[str, object], at: _Keys) -> str | None:
        suite = self._text(table, "suite", at)
        if suite and not naming.is_segment(suite):
            hint = "the part of the API's address that follows the tenant, such as M3"
            self._refuse((*at, "suite"), f"{suite!r} is no suite", hint)
        return suite

    def _identifier(self, table: Mapping[str, object], key: str, at: _Keys) -> str:
        """The name that somebody wants for an operation or a schema."""
        name = self._text(table, key, at) or ""
        if name and (complaint := naming.no_identifier(name)):
            self._refuse((*at, key), f"the name {name!r} {complaint}", "choose another name")
        return name

    def _texts(self, value: object, at: _Keys) -> tuple[str, ...]:
        match value:
            case None:
                return ()
            case list() if all(isinstance(item, str) and item for item in value):
                return tuple(value)
            case _:
                self._refuse(at, f"{at[-1]} must be a list of texts", f'write {at[-1]} = ["…"]')
                return ()

    def _table(self, value: object, at: _Keys) -> dict[str, object]:
        if value is None or isinstance(value, dict):
            return value or {}
        self._refuse(at, f"{at[-1]} must be a table", f"write [{'.'.join(at)}] and its keys below")
        return {}

    def _known(self, table: Mapping[str, object], known: tuple[str, ...], at: _Keys) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
                self._refuse((*at, key), f"unknown key {key!r}", hint)

    def _refuse(self, at: _Keys, message: str, help: str | None = None) -> None:
        self.mistakes += 1
        line, column = _position(self.text, at)
        self.diagnostics.error("config-key", message, Place(self.shown, "", line, column), help)


def _from_here(path: Path) -> str:
    """As short as the current directory allows: relative below it, as it stands elsewhere."""
    here = Path.cwd()
    absolute = Path(os.path.normpath(here / path))
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(absolute)


def _syntax_error(message: str, shown: str) -> tuple[str, Place]:
    found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", message, re.DOTALL)
    if found is None:
        return f"the configuration is not TOML: {message}", Place(shown)
    sentence, line, column = found.groups()
    return f"the configuration is not TOML: {sentence}", Place(shown, "", int(line), int(column))


def _position(text: str, keys: _Keys) -> tuple[int, int]:
    """Line and column of a key, or of the nearest table around it that has a line of its own."""
    best, place = 0, (1, 1)
    table: _Keys = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            table = _dotted(header[1])
            full, column = table, line.index("[") + 1
        elif entry := re.match(
            r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""", line
        ):
            full, column = table + _dotted(entry[1]), len(line) - len(line.lstrip()) + 1
        else:
            continue
        depth = len(full) if full == keys[: len(full)] else len(keys) if full[: len(keys)] == keys else 0
        if depth > best:
            best, place = depth, (number, column)
    return place


def _dotted(key: str) -> _Keys:
    return tuple(part.strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", key))
