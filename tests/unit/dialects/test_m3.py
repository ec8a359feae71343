"""What the dialect of M3 makes of a program's document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ionapi_codegen import pipeline
from ionapi_codegen.cli import main
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects import registry
from ionapi_codegen.dialects.m3.fields import described
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import ByLastItem, Effect
from ionapi_codegen.ir.schema import Array, Kind, Record, Ref, Scalar
from ionapi_codegen.ir.text import Text
from tests_support.m3_version1 import document as version1

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


@pytest.mark.parametrize(
    ("transaction", "inputs", "output", "starts"),
    [
        ("LstByNumber", ["CONO", "CUNO"], ["CUNO", "CUNM"], "CUNO"),
        ("LstLine", ["ORNO!", "PONR", "POSX"], ["ORNO", "PONR", "POSX"], "PONR"),
        ("Lst", ["CUNO"], ["CONO", "CUNO"], "CUNO"),
        ("LstHead", ["CUNO!", "ORSL", "ORST"], ["ORNO", "ORSL", "ORST"], None),
        ("LstByName", ["CUNM"], ["CUNO", "CUNM"], None),
        ("LstLine", ["ORNO!"], ["ORNO", "PONR"], None),
        ("LstAll", [], ["CUNO"], None),
        ("GetBasicData", ["CUNO"], ["CUNO"], None),
        ("SelByNumber", ["CUNO"], ["CUNO"], None),
        ("Listen", ["CUNO"], ["CUNO"], None),
    ],
)
def test_which_lists_go_on(
    tmp_path: Path, transaction: str, inputs: list[str], output: list[str], starts: str | None
) -> None:
    """Those whose first optional field is the first of their records; `!` marks what must be given."""
    document: dict[str, Any] = json.loads(CRS610MI.read_text("utf-8"))
    operation = document["paths"]["/LstByNumber"]["get"]
    options = [each for each in operation["parameters"] if not each["name"].isupper()]
    operation["parameters"] = [
        {"name": each.strip("!"), "in": "query", "type": "string", "required": each.endswith("!")}
        for each in inputs
    ] + options
    answer = operation["responses"]["200"]["schema"]["properties"]["results"]["items"]["properties"]
    answer["records"]["items"]["example"] = {name: f"{name}(10)" for name in output}
    document["paths"] = {f"/{transaction}": {"get": operation}}
    path = tmp_path / "crs610mi.json"
    path.write_text(json.dumps(document), "utf-8")
    (found,) = read(path).operations
    step = found.pages.step if found.pages else None
    assert starts == (step.parameter.raw if isinstance(step, ByLastItem) else None)


def test_version_1_is_told_by_the_path(tmp_path: Path) -> None:
    """Options leave the path and are what follows its semicolon; records are typed by pairs in an example."""
    path = tmp_path / "crs610mi.json"
    path.write_text(json.dumps(version1()), "utf-8")
    old, new = read(path), read(CRS610MI)
    assert Text("M3/m3api-rest/execute/CRS610MI") == old.gateway_path
    assert [f"{each.path.raw};" for each in new.operations] == [each.path.raw for each in old.operations]
    assert [each.effect for each in new.operations] == [each.effect for each in old.operations]
    fields = [
        [
            [each.name for each in record.properties]
            for record in api.schemas.values()
            if isinstance(record, Record)
        ]
        for api in (old, new)
    ]
    assert fields[0] == fields[1]
    assert [each.name for each in new.operations[0].parameters] == [
        each.name for each in old.operations[0].parameters
    ]


def test_documents_of_m3_are_not_held_against_openapi(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """None keeps its rules: generating says nothing of that, validating does."""
    document: dict[str, Any] = json.loads(CRS610MI.read_text("utf-8"))
    document["info"]["version"] = 1
    path = tmp_path / "crs610mi.json"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(SystemExit) as done:
        main(["generate", str(path), "--output", str(tmp_path / "out")])
    assert 0 == done.value.code
    assert "invalid-document" not in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["generate", str(path), "--output", str(tmp_path / "plain"), "--dialect", "none"])
    assert "invalid-document" in capsys.readouterr().err
