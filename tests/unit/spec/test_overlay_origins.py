"""Whatever is changed in whatever order: every value knows the place in the text that it was written at, and
the original stays as it was."""

from __future__ import annotations

import copy
import json
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from ionapi_codegen.spec.overlay_origins import Patched, Path, Written
from ionapi_codegen.spec.pointers import escape, tokens
from ionapi_codegen.spec.source import SourceFile

Json: TypeAlias = "dict[str, Json] | list[Json] | str"

KEYS = st.sampled_from(["a", "b", "/", "~1", "0"])
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)


def paths(value: object, path: Path = ()) -> list[Path]:
    """Every value in a tree, the tree itself first."""
    found = [path]
    if isinstance(value, dict):
        found += [each for key, member in value.items() for each in paths(member, (*path, key))]
    elif isinstance(value, list):
        found += [each for index, member in enumerate(value) for each in paths(member, (*path, index))]
    return found


def at(value: object, pointer: str) -> object:
    for token in tokens(pointer):
        value = (
            value[token]
            if isinstance(value, dict)
            else value[int(token)] if isinstance(value, list) else None
        )
    return value


def model(tree: object, kind: str, path: Path, key: str, new: object) -> object:
    """What a change makes of a plain tree, in which nothing is shared."""
    if not path and kind == "remove":
        return tree
    value, around = at(tree, pointer(path)), at(tree, pointer(path[:-1]))
    new = copy.deepcopy(new)
    if kind == "remove":
        if isinstance(around, dict):
            del around[str(path[-1])]
        elif isinstance(around, list):
            del around[int(path[-1])]
    elif isinstance(value, list):
        value.append(new)
    elif isinstance(value, dict):
        value[key] = new
    elif isinstance(around, dict):
        around[str(path[-1])] = new
    elif isinstance(around, list):
        around[int(path[-1])] = new
    return tree


def pointer(path: Path) -> str:
    return "".join(f"/{escape(str(key))}" for key in path)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.data())
def test_every_value_knows_where_it_was_written(document: dict[str, Json], data: st.DataObject) -> None:
    """Texts are compared with what stands at their place: objects and arrays may have changed inside."""
    original, expected = copy.deepcopy(document), copy.deepcopy(document)
    patched = Patched(document, SourceFile("document", json.dumps(document), ""))
    texts: dict[str, object] = {"document": original}
    for number in range(data.draw(st.integers(1, 6))):
        path = data.draw(st.sampled_from(paths(patched.value)))
        value, _ = patched.at(path)
        kind, key, new = data.draw(st.tuples(st.sampled_from(["add", "add", "remove", "copy"]), KEYS, VALUES))
        texts[f"overlay{number}"] = new
        where = Written(f"overlay{number}", "")
        if kind == "copy":
            new, where = patched.at(data.draw(st.sampled_from(paths(patched.value))))
        expected = model(expected, kind, path, key, new)
        if kind == "remove":
            if path:
                patched.remove(path)
        elif isinstance(value, list):
            patched.append(path, new, where)
        elif isinstance(value, dict):
            patched.set((*path, key), new, where)
        elif path:
            patched.set(path, new, where)
    assert original == document
    assert expected == patched.value
    for path in paths(patched.value):
        value, _ = patched.at(path)
        if isinstance(value, str):
            place = patched.place(pointer(path))
            assert value == at(texts[place.file], place.pointer)
