"""Documents made to cost much are refused, and quickly."""

from __future__ import annotations

import time

import pytest

from ionapi_codegen.spec.syntax import MOST_DEPTH

from .conftest import Loader, Refusal


def test_alias_bomb(refusal: Refusal) -> None:
    """Aliases that stand for a billion values are refused before anything is made of them."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    start = time.process_time()
    assert refusal("\n".join(lines)).startswith("yaml-aliases 6:")
    assert time.process_time() - start < 1


def test_merge_bomb(refusal: Refusal) -> None:
    """Merge keys are aliases like any others."""
    lines = ["a0: &a0 {x: {}}"]
    lines += [f"a{n}: &a{n} {{'{n}a': *a{n - 1}, '{n}b': *a{n - 1}, <<: *a{n - 1}}}" for n in range(1, 40)]
    assert refusal("\n".join(lines)).startswith("yaml-aliases ")


@pytest.mark.parametrize(("opening", "closing"), [('{"a":', "}"), ("[", "]")], ids=["objects", "arrays"])
@pytest.mark.parametrize("times", [MOST_DEPTH + 1, 10_000])
def test_deep_json(refusal: Refusal, opening: str, closing: str, times: int) -> None:
    """Nesting beyond the limit is one message at the first bracket too many."""
    text = opening * times + "1" + closing * times
    column = len(opening) * MOST_DEPTH + 1
    assert refusal(text).startswith(f"too-deep 1:{column} ")


def test_deep_yaml(refusal: Refusal) -> None:
    """The same in YAML, also where aliases do the nesting."""
    assert refusal("a: " + "[" * 300 + "]" * 300).startswith("too-deep 1:203 ")
    chain = "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 400))])
    assert refusal(chain).startswith("too-deep 200:")


def test_nesting_within_the_limit(loaded: Loader) -> None:
    """A schema may be as deep as the limit; its place is found."""
    depth = MOST_DEPTH - 4
    opening = '{"items": ' * depth
    text = f'{{"openapi": "3.1.0", "components": {{"schemas": {{"A": {opening}true{"}" * depth}}}}}}}'
    node = loaded(text).at("components", "schemas", "A", *["items"] * depth)
    assert "/components/schemas/A" + "/items" * depth == node.pointer
