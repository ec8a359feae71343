"""What the dialect of M3 makes of a program's document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ionapi_codegen import pipeline
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects import registry
from ionapi_codegen.dialects.m3.fields import described
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Effect
from ionapi_codegen.ir.schema import Array, Kind, Record, Ref, Scalar
from ionapi_codegen.ir.text import Text

CRS610MI = Path(__file__).parents[3] / "specs" / "crs610mi.json"


def read(path: Path, dialect: str = "auto") -> Api:
    (api,) = pipeline.understand(str(path), dialect, Diagnostics())
    return api


def changed(folder: Path, program: str, version: str = "100", base: str = "/ACME_DEV/M3") -> Path:
    """The sample under another name, as an administrator would have downloaded it."""
    document: dict[str, Any] = json.loads(CRS610MI.read_text("utf-8"))
    document["basePath"] = f"{base}/m3api-rest/v2/execute/{program}"
    document["info"] = {"title": f"{program} - Something", "version": version}
    document["paths"]["/GetUserInfo"] = document["paths"]["/GetBasicData"]
    path = folder / f"{program} ({version}).json"
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_transactions_have_their_fields_only() -> None:
    """The options that all share are the document's, with the types that they really have."""
    api = read(CRS610MI)
    assert Protocol.M3 is api.protocol
    kinds = {
        each.name.raw: each.type.kind.value if isinstance(each.type, Scalar) else None for each in api.options
    }
    assert ("integer", "integer", "boolean") == (kinds["cono"], kinds["maxrecs"], kinds["righttrim"])
    get = next(each for each in api.operations if each.path.raw == "/GetBasicData")
    assert ["CUNO", "CONO"] == [each.name.raw for each in get.parameters]
    assert Text("Customer") == get.parameters[0].docs.description
    assert isinstance(get.parameters[0].type, Scalar) and get.parameters[0].type.constraints.max_length == 10


def test_a_record_is_what_its_example_says() -> None:
    """Name, description and length of each field; what parameters declare numbers reads as one."""
    api = read(CRS610MI)
    get = next(each for each in api.operations if each.path.raw == "/GetFinancial")
    answer = get.responses[0].contents[0].type
    assert isinstance(answer, Array) and isinstance(answer.items, Ref)
    record = api.schemas[answer.items.target]
    assert isinstance(record, Record)
    found = {each.name.raw: each for each in record.properties}
    limit = found["CRLM"]
    assert Text("Credit limit") == limit.docs.description
    assert isinstance(limit.type, Scalar)
    assert (Kind.DECIMAL_STRING, 15) == (limit.type.kind, limit.type.constraints.max_length)
    assert all(isinstance(each, Record) for each in api.schemas.values())


def test_the_verb_decides_what_may_be_repeated() -> None:
    """Every document says GET; what is not known to read is a write."""
    effects = {each.path.raw.strip("/"): each.effect for each in read(CRS610MI).operations}
    reads = {name for name, effect in effects.items() if effect is Effect.READ}
    assert {"GetBasicData", "GetFinancial", "LstByName", "LstByNumber", "LstBalances-sum"} == reads


@pytest.mark.parametrize("base", ["/ACME_DEV/M3", "/M3", ""])
def test_the_tenant_of_the_download_is_gone(tmp_path: Path, base: str) -> None:
    """With or without tenant and suite, the path is the gateway's."""
    api = read(changed(tmp_path, "OIS100MI", base=base))
    assert Text("M3/m3api-rest/v2/execute/OIS100MI") == api.gateway_path


@pytest.mark.parametrize(
    ("said", "description", "length"),
    [
        ("Authorized(5)", "Authorized", 5),
        ("Address (line 1)(36)", "Address (line 1)", 36),
        ("(3)", None, 3),
        ("No length", "No length", None),
    ],
)
def test_a_description_with_its_length(said: str, description: str | None, length: int | None) -> None:
    docs, found = described(Text(said))
    assert (description, length) == (docs.description.raw if docs.description else None, found)


def test_what_programs_repeat_is_there_once(tmp_path: Path) -> None:
    """The transactions of GENERAL move to an API of their own, with a path of their own."""
    apis = {
        name: read(changed(tmp_path, program))
        for name, program in (("ois100mi", "OIS100MI"), ("mms200mi", "MMS200MI"))
    }
    together = registry.together(apis)
    assert {"general", "mms200mi", "ois100mi"} == set(together)
    assert ["/GetUserInfo"] == [each.path.raw for each in together["general"].operations]
    assert Text("M3/m3api-rest/v2/execute/GENERAL") == together["general"].gateway_path
    assert not any(each.path.raw == "/GetUserInfo" for each in together["ois100mi"].operations)
    assert {"ois100mi": apis["ois100mi"]} == registry.together({"ois100mi": apis["ois100mi"]})


def test_the_newer_of_two_downloads_wins(tmp_path: Path) -> None:
    """By M3's build; documents of two programs are two things."""
    old, new = (read(changed(tmp_path, "OIS100MI", version)) for version in ("99", "100"))
    assert new is registry.newer(old, new) is registry.newer(new, old)
    assert registry.newer(old, read(changed(tmp_path, "MMS200MI"))) is None


def test_without_the_dialect_the_document_is_taken_at_its_word() -> None:
    assert read(CRS610MI, "none").protocol is None
