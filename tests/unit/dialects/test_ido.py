"""What the dialect of Mongoose's IDOs makes of their documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ionapi_codegen import pipeline
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import ByBookmark, Effect, Operation
from ionapi_codegen.ir.schema import Array, Kind, Map, Nullable, Record, Scalar
from ionapi_codegen.ir.text import Text
from ionapi_codegen.sandbox.ido_documents import IDOS, document

IDO = Path(__file__).parents[3] / "specs" / "ido.json"
TEXT = Scalar(Kind.STRING)


def read(path: Path, dialect: str = "auto", diagnostics: Diagnostics | None = None) -> Api:
    (api,) = pipeline.understand(str(path), dialect, diagnostics or Diagnostics())
    return api


def changed(folder: Path, **members: object) -> Path:
    """The sample with other members at its top."""
    path = folder / "ido.json"
    path.write_text(json.dumps({**json.loads(IDO.read_text("utf-8")), **members}), "utf-8")
    return path


def operation(api: Api, name: str) -> Operation:
    return next(each for each in api.operations if each.id == Text(name))


def record(api: Api, name: str) -> dict[str, Any]:
    """The properties of a schema, by name."""
    found = next(each for each in api.schemas.values() if each.hint == (Text(name),))
    assert isinstance(found, Record)
    return {each.name.raw: each for each in found.properties}


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("/IDORequestService/ido", "CSI/IDORequestService/ido"),
        ("/CSI/IDORequestService/ido", "CSI/IDORequestService/ido"),
        ("/ACME_TST/IDORequestService/ido", "CSI/IDORequestService/ido"),
        ("/ACME_TST/CSI/IDORequestService/ido", "CSI/IDORequestService/ido"),
        ("/ACME_TST/MONGOOSE_DEV/IDORequestService/ido", "MONGOOSE_DEV/IDORequestService/ido"),
        ("/infor/CSI/IDORequestService/ido/", "CSI/IDORequestService/ido"),
        (
            "/ACME_TST/CSI/IDORequestService/ido/dynamic/api-docs-collection/SLItems",
            "CSI/IDORequestService/ido/dynamic/api-docs-collection/SLItems",
        ),
    ],
)
def test_the_base_is_found_with_and_without_tenant_and_suite(
    base: str, expected: str, tmp_path: Path
) -> None:
    api = read(changed(tmp_path, basePath=base))
    assert (Protocol.IDO, Text(expected)) == (api.protocol, api.gateway_path)


def test_a_server_of_its_own_keeps_its_address(tmp_path: Path) -> None:
    """A document of a server on premises is one of Mongoose's, too, and does not lie behind the gateway."""
    api = read(changed(tmp_path, host="erp.acme.example"))
    assert (Protocol.IDO, None) == (api.protocol, api.gateway_path)


@pytest.mark.parametrize(("dialect", "expected"), [("none", None), ("infor", None), ("ido", Protocol.IDO)])
def test_a_dialect_can_be_asked_for(dialect: str, expected: Protocol | None) -> None:
    """`none` takes the document at its word."""
    api = read(IDO, dialect)
    assert expected is api.protocol
    assert (expected is not None) == (operation(api, "LoadCollection").pages is not None)


def test_a_document_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Asked for by name, the dialect says that it does not fit."""
    diagnostics = Diagnostics()
    api = read(changed(tmp_path, basePath="/v2/orders"), "ido", diagnostics)
    assert api.protocol is None
    assert "dialect-unrecognised" in [each.code for each in diagnostics.sorted()]


def test_the_configuration_is_an_option_and_the_token_no_parameter() -> None:
    """It stands behind what a call is about, and no call must have it."""
    api = read(IDO)
    assert ["X-Infor-MongooseConfig"] == [each.name.raw for each in api.options]
    for each in api.operations:
        names = [parameter.name.raw for parameter in each.parameters]
        assert "Authorization" not in names
        assert "X-Infor-MongooseConfig" not in names[:-1]
        assert not any(each.required for each in each.parameters if each.name.raw.startswith("X-"))


def test_mistakes_are_mended_with_a_notice() -> None:
    """Each where it stands."""
    diagnostics = Diagnostics()
    api = read(IDO, diagnostics=diagnostics)
    load = {each.name.raw: each for each in operation(api, "LoadCollection").parameters}
    assert (Array(TEXT), Array(TEXT)) == (load["orderBy"].type, load["properties"].type)
    assert (False, False) == (load["orderBy"].explode, load["properties"].explode)
    invoke = operation(api, "InvokeMethod").body
    assert invoke is not None and invoke.contents[0].type == Array(Nullable(TEXT))
    found = {each.code: each.place.pointer for each in diagnostics.sorted() if each.place is not None}
    assert {
        "collection-format-misplaced": "/paths/~1load~1{ido}/get/parameters/3/items/collectionFormat",
        "ido-answer-undeclared": "/paths/~1docobj~1{ido}/get/responses/200",
        "ido-items-untyped": "/paths/~1load~1{ido}/get/parameters/5",
    } == found


@pytest.mark.parametrize("name", ["DownloadFile", "DownloadDocument"])
def test_downloads_are_files(name: str) -> None:
    """With the document's media type for everything, JSON, and without any answer."""
    (answer,) = operation(read(IDO), name).responses
    (content,) = answer.contents
    assert "application/octet-stream" == content.media_type
    assert isinstance(content.type, Scalar) and content.type.kind is Kind.BINARY


def test_what_answers_always_have_and_where_null_comes() -> None:
    """Texts, arrays and objects may be null; flags and numbers, which .NET knows no null of, not."""
    api = read(IDO)
    load = record(api, "LoadCollectionResponse")
    assert (True, Array(Map(Nullable(TEXT)))) == (load["Items"].required, load["Items"].type)
    assert (True, Nullable(TEXT)) == (load["Bookmark"].required, load["Bookmark"].type)
    assert (False, Scalar(Kind.BOOLEAN)) == (load["MoreRowsExist"].required, load["MoreRowsExist"].type)
    assert Nullable(TEXT) == record(api, "Answer")["Message"].type
    assert isinstance(record(api, "UpdateCollectionResponse")["RefreshItems"].type, Nullable)


def test_records_without_a_type_are_texts_by_their_names(tmp_path: Path) -> None:
    """Which is said."""
    schemas: dict[str, Any] = json.loads(IDO.read_text("utf-8"))["definitions"]
    schemas["LoadCollectionResponse"]["allOf"][1]["properties"]["Items"]["items"] = {}
    diagnostics = Diagnostics()
    api = read(changed(tmp_path, definitions=schemas), diagnostics=diagnostics)
    assert Array(Map(Nullable(TEXT))) == record(api, "LoadCollectionResponse")["Items"].type
    assert any("texts by their names" in each.message for each in diagnostics.sorted())


def test_loads_have_bookmarks() -> None:
    """And a flag that says whether more follow."""
    pages = operation(read(IDO), "LoadCollection").pages
    assert pages is not None
    step = ByBookmark(Text("bookmark"), (Text("Bookmark"),), Text("loadType"), Text("NEXT"))
    assert (step, (Text("Items"),), (Text("MoreRowsExist"),)) == (pages.step, pages.items, pages.more)


def test_only_gets_leave_data_alone() -> None:
    effects = {each.id: each.effect for each in read(IDO).operations if each.id is not None}
    reads = {name.raw for name, effect in effects.items() if effect is Effect.READ}
    assert {
        *("LoadCollection", "GetPropertyInfo", "DownloadFile", "DownloadDocument", "GetSecurityToken")
    } == reads


def test_documents_of_single_idos_can_be_steered(tmp_path: Path) -> None:
    """They do not list what every load of a collection takes; records are typed."""
    path = tmp_path / "SLItems.json"
    path.write_text(json.dumps(document(IDOS["SLItems"], "/ACME_TST/CSI/IDORequestService/ido")), "utf-8")
    api = read(path)
    load = operation(api, "GetItems")
    names = [each.name.raw for each in load.parameters]
    assert ["properties", "filter", "orderBy", "recordCap"] == names[:4]
    assert "X-Infor-MongooseConfig" == names[-1]
    assert load.pages is not None and isinstance(load.pages.step, ByBookmark)
    assert Nullable(TEXT) == record(api, "ItemsRecord")["Description"].type
    assert ["X-Infor-MongooseConfig"] == [each.name.raw for each in operation(api, "UpdateItems").parameters]
