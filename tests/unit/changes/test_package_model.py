"""The model that a package carries says all that a comparison needs."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from ionapi_codegen.changes import sides
from ionapi_codegen.changes.compare import compare
from ionapi_codegen.changes.model import Described
from ionapi_codegen.changes.package_model import decode, encode
from ionapi_codegen.diagnostics import Diagnostics

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


def test_servers_that_a_package_does_not_name_are_not_renamed(tmp_path: Path) -> None:
    """A package that is made for a gateway has no functions for addresses, and one of an earlier generator
    does not tell what they are called."""
    document = tmp_path / "document.yaml"
    document.write_text(
        "openapi: 3.2.0\ninfo: {title: Shop, version: '1'}\npaths: {}\nservers:\n"
        "- {url: 'https://api.example.com', name: Live}\n- {url: 'https://test.example.com', name: Test}\n",
        "utf-8",
    )
    new = sides.side(str(document), "auto", Diagnostics()).described
    document.write_text(document.read_text("utf-8").replace("Live", "Production"), "utf-8")
    old = sides.side(str(document), "auto", Diagnostics()).described
    assert ["server-renamed"] == [change.kind for change in compare(old, new)]
    named = decode(encode(old.apis, {}, None), "shop")
    assert ["server-renamed"] == [change.kind for change in compare(named, new)]
    unnamed = decode(encode(old.apis, {}, None, names_servers=False), "shop")
    assert () == compare(unnamed, new) == compare(new, unnamed)


def test_objects_written_out_in_a_tuple_are_known_by_their_place(tmp_path: Path) -> None:
    """Those of its places, and those of what follows."""
    document = tmp_path / "document.yaml"
    document.write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\ncomponents: {schemas: {Row: {type: array,\n"
        "  prefixItems: [{type: object, properties: {a: {type: string}}}],\n"
        "  items: {type: object, properties: {b: {type: string}}}}}}\n",
        "utf-8",
    )
    one = sides.side(str(document), "auto", Diagnostics()).described
    kept = decode(encode(one.apis, {}, None), "shop")
    assert () == compare(one, kept) == compare(kept, one)
