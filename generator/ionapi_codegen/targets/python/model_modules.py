"""The modules that models stand in: one for a small document, else a package that loads them on first use."""

from __future__ import annotations

from dataclasses import replace

from ionapi_codegen.ir.model import SchemaId
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.client import Document
from ionapi_codegen.targets.python.files import modules
from ionapi_codegen.targets.python.imports import Imports, Symbol, sorted_names
from ionapi_codegen.targets.python.layout import Bracketed
from ionapi_codegen.targets.python.models import Speaker, in_order, model
from ionapi_codegen.targets.python.text import docstring, literal
from ionapi_codegen.targets.python.views import Entry, IndexModule, Model, ModelsModule, Module


def model_modules(document: Document) -> dict[str, ModelsModule | IndexModule]:
    """The modules of a document's models by their path without `.py`; none where it has no schema."""
    api, names = document.api, document.names
    if not api.schemas:
        return {}
    placed = modules(
        api, names, {schema_id: _length(document, schema_id) for schema_id in api.schemas}, document.recursive
    )
    if not any(placed.values()):
        return {"models": _module(document, tuple(api.schemas), placed, "")}
    contents: dict[str, list[SchemaId]] = {}
    for schema_id, module in placed.items():
        contents.setdefault(module, []).append(schema_id)
    found: dict[str, ModelsModule | IndexModule] = {
        f"models/{module}": _module(document, tuple(ids), placed, module) for module, ids in contents.items()
    }
    found["models/__init__"] = _index(
        document, {names[schema_id]: module for schema_id, module in placed.items()}
    )
    return found


def _length(document: Document, schema_id: SchemaId) -> int:
    """How many lines a schema takes, with the blank ones before it."""
    view = _view(
        document, schema_id, Speaker(Imports(), document.names.__getitem__, document.names.__getitem__)
    )
    pieces = [view.code, view.doc, *(piece for field in view.fields for piece in (field.code, field.doc))]
    return 2 + sum(piece.count("\n") + 1 for piece in pieces if piece)


def _module(
    document: Document, ids: tuple[SchemaId, ...], placed: dict[SchemaId, str], module: str
) -> ModelsModule:
    names = document.names
    imports = Imports(document.depth + (1 if module else 0))

    def defined(schema_id: SchemaId) -> str:
        return (
            names[schema_id]
            if placed[schema_id] == module
            else imports.use(Symbol(names[schema_id], f".{placed[schema_id]}"))
        )

    def named(schema_id: SchemaId) -> str:
        return (
            names[schema_id]
            if placed[schema_id] == module
            else imports.check(Symbol(names[schema_id], f".{placed[schema_id]}"))
        )

    speaker = Speaker(imports, defined, named)
    views: list[Model] = []
    for schema_id in in_order(ids, document.api.schemas, document.recursive):
        view = _view(document, schema_id, speaker)
        before = bool(views) and not views[-1].is_class and not view.is_class
        first = not views and not view.is_class
        views.append(replace(view, space="\n" if before or first else "\n\n"))
    said = f"What {document.called} sends and receives."
    if module:
        said = f"What {document.called} calls {_listed([names[schema_id] for schema_id in ids])}."
    head = Module(docstring([[said]], 0), imports.block(), imports.checking_block())
    return ModelsModule(head, tuple(views))


def _view(document: Document, schema_id: SchemaId, speaker: Speaker) -> Model:
    return model(document.api.schemas[schema_id], document.names[schema_id], document.recursive, speaker)


def _index(document: Document, placed: dict[str, str]) -> IndexModule:
    imports = Imports(document.depth + 1)
    imports.use(Symbol("import_module", "importlib"))
    for name, module in placed.items():
        imports.check(Symbol(name, f".{module}"))
    listed = sorted_names(placed)
    exports = layout.one_a_line("__all__ = ", Bracketed("[", tuple(map(literal, listed)), "]"), "", 0)
    said = docstring([[f"What {document.called} sends and receives, each loaded on first use."]], 0)
    head = Module(said, imports.block(), imports.checking_block())
    return IndexModule(head, tuple(Entry(name, placed[name]) for name in listed), exports)


def _listed(names: list[str]) -> str:
    """The first names of a module, in words."""
    shown = names if len(names) <= 3 else [*names[:2], "others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
