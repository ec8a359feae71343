"""No code comes from text: whatever the strings of a document are, its client has the same tree, and the strings
come back from it as they were."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from corpus.documents import sample
from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.ir.api import Api
from ionapi_codegen.sources import find
from ionapi_codegen.targets.base import NamedApi, Options, Package
from ionapi_codegen.targets.python import model_modules
from ionapi_codegen.targets.python.files import modules as place
from ionapi_codegen.targets.python.target import PythonTarget
from ionapi_codegen.understanding import understand
from security.trees import comments, literals, masked, shape
from security.twins import ATTACKS, Twins, may_rename

ROOT = Path(__file__).parents[2]
OWN = sorted([*(ROOT / "specs").glob("*.json"), *(ROOT / "specs").glob("*.yaml")]) + sorted(
    path for path in (ROOT / "tests" / "cases").glob("*/input/*.yaml") if "bad_" not in path.as_posix()
)
CORPUS = os.environ.get("IONAPI_CORPUS")


def understood(path: str) -> Iterator[Api]:
    """What the document means; nothing where it cannot be read."""
    try:
        for source in find(path, Diagnostics()):
            yield understand(source, "auto", Diagnostics())[1]
    except Stopped:
        return


def modules(api: Api) -> dict[str, str]:
    package = Package("client", (NamedApi("client", api),), None)
    with pytest.MonkeyPatch.context() as patch:
        # How long the texts are decides which module a model stands in: let them be of one length.
        patch.setattr(
            model_modules,
            "modules",
            lambda api, names, lines, *rest: place(api, names, dict.fromkeys(lines, 10), *rest),
        )
        files = PythonTarget().render(package, Options({}, None, "1"), Diagnostics()).files
    return {
        path: text.decode("utf-8")
        for path, text in files.items()
        if path.endswith(".py") and not path.startswith("_runtime/")
    }


def differences(api: Api, twins: Twins) -> list[str]:
    """Where the module from hostile strings is another than the one from harmless ones."""
    harmless, hostile = modules(twins.harmless(api)), modules(twins.hostile(api))
    found = []
    paths = {masked_path(path): path for path in hostile}
    if len(paths) != len(hostile) or paths.keys() != {masked_path(path) for path in harmless}:
        return [f"other files: {sorted(paths.keys() ^ {masked_path(path) for path in harmless})[:4]}"]
    for path, text in harmless.items():
        other = hostile[paths[masked_path(path)]]
        if shape(text) != shape(other):
            found.append(f"{path}: another tree")
            continue
        pairs = zip(literals(text), literals(other), strict=True)
        rest = [(one, two) for one, two in pairs if two != twins.expected(one)]
        if Counter(_identifiers(one) for one, _ in rest) != Counter(_identifiers(two) for _, two in rest):
            found.append(f"{path}: other strings: {rest[:2]}")
        if comments(text) != comments(other):
            found.append(f"{path}: other comments")
        if strange := {char for char in other if not (char == "\n" or char.isprintable())}:
            found.append(f"{path}: characters that cannot be seen: {sorted(strange)}")
    return found


def masked_path(path: str) -> str:
    return "/".join(masked(part.removesuffix(".py")) for part in path.split("/"))


def _identifiers(text: str) -> str:
    """What consists of identifiers of ours (in `__all__`, where they are sorted; in a lazy import; in a type that
    is loaded late), masked; anything else is a mistake and stays what it is."""
    if not re.fullmatch(r"[\w.:,| \[\]\"]+", text):
        return text
    return re.sub(r"[A-Za-z_]\w*", lambda found: masked(found[0]), text)


def by_turns(number: int, shift: int = 0) -> str:
    return ATTACKS[(number + shift) % len(ATTACKS)]


def short_by_turns(number: int, shift: int = 0) -> str:
    """What an identifier has room for, without what ends a variable of a path."""
    return re.sub(r"[{}]", "", by_turns(number, shift))[:40]


@pytest.mark.parametrize("document", OWN, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_free_text_of_our_documents_makes_no_code(document: Path) -> None:
    """Descriptions, values of enums, defaults, examples, patterns, formats: each replaced by each attack."""
    for api in understood(str(document)):
        for shift in range(0, len(ATTACKS), 5):
            twins = Twins(partial(by_turns, shift=shift), names=False)
            assert [] == differences(api, twins)


@pytest.mark.parametrize("document", OWN, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_names_of_our_documents_make_no_code(document: Path) -> None:
    """Names of operations, tags, parameters, properties, schemas, schemes, in paths and in references."""
    for api in understood(str(document)):
        if may_rename(api):
            for shift in range(0, len(ATTACKS), 5):
                twins = Twins(partial(short_by_turns, shift=shift), names=True)
                assert [] == differences(api, twins)


@pytest.mark.skipif(CORPUS is None, reason="IONAPI_CORPUS names a folder of documents")
def test_no_text_of_the_corpus_makes_code() -> None:
    """A sample of real documents."""
    folder = Path(CORPUS or "")
    checked = 0
    for name in sample():
        path = folder / name
        entry = path / "ENTRY"
        path = path / entry.read_text("utf-8").strip() if entry.is_file() else path
        if path.stat().st_size > 400_000:
            continue
        for api in understood(str(path)):
            assert [] == differences(api, Twins(by_turns, names=False)), name
            if may_rename(api):
                twins = Twins(short_by_turns, names=True)
                assert [] == differences(api, twins), name
            checked += 1
    assert checked
