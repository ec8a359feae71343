"""What value a file holds: JSON or YAML by its text, whatever the file is called, and nothing else."""

from __future__ import annotations

import re

from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.spec.load_json import load_json
from ionapi_codegen.spec.source import SourceFile
from ionapi_codegen.spec.syntax import SyntaxFault

_BEGINNING = re.compile(r"\s*(.)")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_AGAIN = "download or export the document again"
_MARKUP = re.compile(r"\s*<[!?a-z]", re.I)


def parse(source: SourceFile, diagnostics: Diagnostics) -> object:
    """The value of the file. `Stopped`, with one error at its place, where there is none."""
    _refuse_other_content(source, diagnostics)
    try:
        value = load_json(source.text) if is_json(source) else _yaml(source.text)
    except SyntaxFault as fault:
        raise _stop(source, fault, diagnostics) from None
    if value is None:
        raise diagnostics.stop("file-empty", "the file holds no value", Place(source.name), _AGAIN)
    return value


def _yaml(text: str) -> object:
    from ionapi_codegen.spec.load_yaml import load_yaml  # late: most documents are JSON

    return load_yaml(text)


def is_json(source: SourceFile) -> bool:
    """Whether the file is read as JSON: it begins with { or [, and is not a flow mapping in a file of
    YAML."""
    found = _BEGINNING.match(source.text)
    return (
        found is not None and found.group(1) in "{[" and not source.name.lower().endswith((".yaml", ".yml"))
    )


def _refuse_other_content(source: SourceFile, diagnostics: Diagnostics) -> None:
    text = source.text
    if not text or text.isspace():
        raise diagnostics.stop("file-empty", "the file is empty", Place(source.name), _AGAIN)
    if _PAGE.match(text):
        raise diagnostics.stop(
            "file-is-html",
            "this is a web page, not an OpenAPI document",
            Place(source.name, "", 1, 1),
            "it may be the page to sign in at: sign in, then save the document itself",
        )
    if _MARKUP.match(text):
        raise diagnostics.stop(
            "file-is-xml",
            "this is XML, not an OpenAPI document",
            Place(source.name, "", 1, 1),
            "an OpenAPI document is JSON or YAML",
        )


def _stop(source: SourceFile, fault: SyntaxFault, diagnostics: Diagnostics) -> Stopped:
    place = Place(source.name, "", fault.spot.line, fault.spot.column)
    return diagnostics.stop(fault.code, fault.message, place, fault.help)
