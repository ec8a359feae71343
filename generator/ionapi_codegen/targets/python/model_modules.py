"""The modules that models stand in: one for a small document, else a package that loads them on first use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ionapi_codegen.ir.api import Protocol
from ionapi_codegen.ir.schema import SchemaId
from ionapi_codegen.targets.python import layout, transactions
from ionapi_codegen.targets.python.client import Document
from ionapi_codegen.targets.python.fields import Fields
from ionapi_codegen.targets.python.files import modules
from ionapi_codegen.targets.python.imports import Imports, Symbol, exported
from ionapi_codegen.targets.python.layout import Bracketed
from ionapi_codegen.targets.python.models import Draft, draft, in_order
from ionapi_codegen.targets.python.text import docstring, literal
from ionapi_codegen.targets.python.views import Entry, IndexModule, Model, ModelsModule, Module


def model_modules(document: Document) -> dict[str, ModelsModule | IndexModule]:
    """The modules of a document's models by their path without `.py`; none where it has no schema."""
    api, names = document.api, document.names
    if not api.schemas:
        return {}
    if api.protocol is Protocol.M3:
        # Records are many, small and alike: one module is easier to read and to review.
        records = {schema_id: transactions.draft(schema, names) for schema_id, schema in api.schemas.items()}
        return {"models": _module(document, tuple(api.schemas), records, dict.fromkeys(records, ""), "")}
    fields = Fields(names, document.facts.aliases)
    drafts = {
        schema_id: draft(schema, names, document.facts, fields) for schema_id, schema in api.schemas.items()
    }
    lines = {schema_id: found.lines for schema_id, found in drafts.items()}
    placed = modules(api, names, lines, document.facts.recursive)
    if not any(placed.values()):
        return {"models": _module(document, tuple(api.schemas), drafts, placed, "")}
    contents: dict[str, list[SchemaId]] = {}
    for schema_id, module in placed.items():
        contents.setdefault(module, []).append(schema_id)
    found: dict[str, ModelsModule | IndexModule] = {
        f"models/{module}": _module(document, tuple(ids), drafts, placed, module)
        for module, ids in contents.items()
    }
    found["models/__init__"] = _index(
        document, {names[schema_id]: module for schema_id, module in placed.items()}
    )
    return found


def _module(
    document: Document,
    ids: tuple[SchemaId, ...],
    drafts: Mapping[SchemaId, Draft],
    placed: Mapping[SchemaId, str],
    module: str,
) -> ModelsModule:
    imports = Imports(document.depth + (1 if module else 0))
    views: list[Model] = []
    ordered = in_order(ids, document.api.schemas, document.facts.recursive)
    following = set(ordered)
    named = {other for schema_id in ordered for other in drafts[schema_id].named | drafts[schema_id].defined}
    for schema_id in ordered:
        found = drafts[schema_id]
        later = found.told & following
        elsewhere = {other for other in found.quoted - named if placed[other] != module}
        if later or elsewhere:
            fields = Fields(document.names, document.facts.aliases)
            schema = document.api.schemas[schema_id]
            found = draft(schema, document.names, document.facts, fields, later, apart=bool(elsewhere))
        following.discard(schema_id)
        imports.absorb(found.imports)
        for other in found.defined:
            if placed[other] != module:
                imports.use(Symbol(document.names[other], f".{placed[other]}"))
        for other in found.named | found.quoted:
            if placed[other] != module:
                imports.check(Symbol(document.names[other], f".{placed[other]}"))
        if found.before:
            views.append(Model("\n\n", found.before, "", (), is_class=False))
        close = not found.view.is_class and not (views and views[-1].is_class)
        views.append(replace(found.view, space="\n" if close else "\n\n"))
    said = f"What {document.called} sends and receives."
    if module:
        # Components come before what is written out inside them.
        called = sorted(ids, key=lambda schema_id: len(document.api.schemas[schema_id].hint) > 1)
        said = f"What {document.called} calls {_listed([document.names[schema_id] for schema_id in called])}."
    head = Module(docstring([[said]], 0), imports.block(), imports.checking_block())
    return ModelsModule(head, tuple(views))


def _index(document: Document, placed: dict[str, str]) -> IndexModule:
    imports = Imports(document.depth + 1)
    imports.use(Symbol("import_module", "importlib"))
    for name, module in placed.items():
        imports.check(Symbol(name, f".{module}"))
    listed = exported(placed)
    exports = layout.one_a_line("__all__ = ", Bracketed("[", tuple(map(literal, listed)), "]"), "", 0)
    said = docstring([[f"What {document.called} sends and receives, each loaded on first use."]], 0)
    head = Module(said, imports.block(), imports.checking_block())
    return IndexModule(head, tuple(Entry(name, placed[name]) for name in listed), exports)


def _listed(names: list[str]) -> str:
    """The first names of a module, in words."""
    shown = names if len(names) <= 3 else [*names[:2], "others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
