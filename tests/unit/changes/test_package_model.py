"""The model that a package carries says all that a comparison needs."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from ionapi_codegen.changes import sides
from ionapi_codegen.changes.compare import compare
from ionapi_codegen.changes.model import Described
from ionapi_codegen.changes.package_model import decode, encode
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.operation import Effect
from ionapi_codegen.targets.base import NamedApi

SPECS = Path(__file__).parents[3] / "specs"


def described(name: str) -> Described:
    return sides.side(str(SPECS / name), "auto", Diagnostics()).described


@pytest.mark.parametrize(
    "name", ["orders.yaml", "crs610mi.json", "ido.json", "datalake.yaml", "salesorders.yaml"]
)
def test_nothing_changes_by_being_kept(name: str) -> None:
    """A document and its model of the package are the same, whichever is the older one; so is the model's
    model."""
    one = described(name)
    word = encode(one.apis, {}, None)
    kept = decode(word, "x")
    assert () == compare(one, kept) == compare(kept, one)
    assert word == encode(kept.apis, {}, None)


def test_the_word_stays_while_the_model_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build of the compressor, which makes other bytes of the same text, changes no package."""
    apis = described("orders.yaml").apis
    word = encode(apis, {}, None)
    compress = zlib.compress
    monkeypatch.setattr(zlib, "compress", lambda content, _: compress(content, 1))
    assert word != encode(apis, {}, None)
    assert word == encode(apis, {}, word)
    assert word != encode(apis, {"listOrders": "orders"}, word)


@pytest.mark.parametrize("damaged", ["", "?", "0" * 20])
def test_a_damaged_word_is_replaced(damaged: str) -> None:
    """What is there now need not be readable."""
    apis = described("orders.yaml").apis
    assert encode(apis, {}, None) == encode(apis, {}, damaged)
    with pytest.raises(ValueError):
        decode(damaged, "x")


def test_what_an_operation_does_to_data_is_told() -> None:
    """A generator that has learned that an operation writes: nothing breaks, but it is no longer repeated."""
    old = described("crs610mi.json")
    (one,) = old.apis
    operations = tuple(replace(each, effect=Effect.WRITE) for each in one.api.operations)
    new = replace(old, apis=(NamedApi(one.name, replace(one.api, operations=operations)),))
    kinds = {change.kind for change in compare(old, new)}
    assert {"operation-effect-changed"} == kinds
