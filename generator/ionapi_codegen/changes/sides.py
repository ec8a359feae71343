"""What a side of a comparison names: a document, a folder of documents, a URL, or a generated package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from ionapi_codegen import naming
from ionapi_codegen.changes.model import Described
from ionapi_codegen.changes.package_model import decode
from ionapi_codegen.config import is_url
from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.dialects import gateway
from ionapi_codegen.dialects import registry as dialects
from ionapi_codegen.ir.api import Api
from ionapi_codegen.output.manifest import FILE, parse
from ionapi_codegen.sources import Source, find
from ionapi_codegen.targets.base import NamedApi
from ionapi_codegen.understanding import MANY, understand, understand_apart


@dataclass(frozen=True, slots=True)
class Found:
    """A side, whether it is a package, and the contents of what came from the network by its name."""

    described: Described
    is_package: bool
    contents: dict[str, bytes]


def both(old: str, new: str, dialect: str, diagnostics: Diagnostics) -> tuple[Found, Found]:
    """Both sides. Documents that are compared with a package are named as its user has named them, and lie
    behind the gateway where it does. `Stopped` where one cannot be read."""
    one, other = side(old, dialect, diagnostics), side(new, dialect, diagnostics)
    if one.is_package and not other.is_package:
        return one, _named_as(one, other)
    if other.is_package and not one.is_package:
        return _named_as(other, one), other
    return one, other


def side(spec: str, dialect: str, diagnostics: Diagnostics) -> Found:
    """One side. `Stopped` where it cannot be read."""
    manifest = None if is_url(spec) else _manifest(Path(spec))
    if manifest is not None:
        return Found(_package(manifest, diagnostics), True, {})
    sources = find(spec, diagnostics)
    named: dict[str, NamedApi] = {}
    for source, api in _understood(sources, dialect, diagnostics):
        name = naming.from_title(api.title.raw, PurePath(source.file_name).stem)
        if name in named:
            newer = dialects.newer(named[name].api, api)
            if newer is None:
                name = f"{name}_{naming.from_title(PurePath(source.file_name).stem, name)}"
                newer = api
            api = newer
        named[name] = NamedApi(name, api)
    together = dialects.together({name: one.api for name, one in named.items()})
    apis = tuple(NamedApi(name, api) for name, api in sorted(together.items()))
    contents = {source.name: source.content for source in sources if source.content is not None}
    return Found(Described(apis), False, contents)


def _named_as(package: Found, documents: Found) -> Found:
    named = package.described
    before = {one.name: one.api for one in named.apis}
    apis = documents.described.apis
    if len(apis) == len(before) == 1:
        before = {apis[0].name: named.apis[0].api}
    placed = tuple(NamedApi(one.name, _placed_as(before.get(one.name), one.api)) for one in apis)
    described = replace(documents.described, apis=placed, package=named.package, pinned=named.pinned)
    return replace(documents, described=described)


def _placed_as(before: Api | None, api: Api) -> Api:
    if before is None or before.gateway_path is None or api.gateway_path is not None:
        return api
    return replace(api, gateway_path=gateway.as_before(api, before.gateway_path))


def _manifest(path: Path) -> Path | None:
    """The manifest of the package that a path names: its folder, or the manifest itself."""
    try:
        if path.name == FILE and path.is_file():
            return path
        return path / FILE if (path / FILE).is_file() else None
    except OSError:
        return None


def _package(manifest: Path, diagnostics: Diagnostics) -> Described:
    place = Place(str(manifest))
    try:
        word = parse(manifest.read_bytes()).model
        if word is not None:
            return decode(word, manifest.resolve().parent.name)
    except OSError as failure:
        reason = (failure.strerror or type(failure).__name__).lower()
        raise diagnostics.stop("package-unreadable", f"this cannot be read: {reason}", place) from None
    except ValueError:
        word = ""
    problem = "is damaged, or a later generator's" if word is not None else "is missing"
    raise diagnostics.stop(
        "package-unreadable",
        f"the model that the package was made from {problem}",
        place,
        "compare the documents instead, or generate the package anew with `ionapi generate`",
    )


def _understood(
    sources: tuple[Source, ...], dialect: str, diagnostics: Diagnostics
) -> Iterator[tuple[Source, Api]]:
    for source in sources[:MANY]:
        document, api = understand(source, dialect, diagnostics)
        document.close()
        yield source, api
    if len(sources) > MANY:
        for source, found in understand_apart(sources[MANY:], dialect, diagnostics):
            if found is None:
                raise Stopped
            yield source, found.api
