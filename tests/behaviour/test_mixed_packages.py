"""Programs of M3 beside other documents in one package: each keeps its ways, and one client serves them all."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest

from ionapi_codegen.cli import main
from ionapi_codegen.sandbox.server import Sandbox

SPECS = Path(__file__).parents[2] / "specs"

SESSION = """
from mixed import AsyncClient, BusinessError, Client


def read(client: Client) -> list[str]:
    customer = client.with_options(cono=100).crs610mi.get_basic_data(cuno="Y30000").record
    names = [found.cunm for found in client.crs610mi.lst_by_number.iterate(maxrecs=500)]
    others = client.orders.customers.list_customers()
    return [customer.cunm, *names, str(others)]


async def read_apart(client: AsyncClient) -> str:
    result = await client.crs610mi.get_basic_data(cuno="Y30000")
    names = [found.cunm async for found in client.crs610mi.lst_by_number.iterate()]
    return result.record.cunm + "".join(names)
"""
MISTAKES = """
client = Client()
client.crs620mi
client.crs610mi.get_basic_data(cumo="1")
client.crs610mi.get_basic_data.iterate(cuno="1")
[found.cumn for found in client.crs610mi.lst_by_number.iterate()]
"""


def program(folder: Path, name: str) -> Path:
    """The sample under another name, with a transaction that all programs repeat."""
    document: dict[str, Any] = json.loads((SPECS / "crs610mi.json").read_text("utf-8"))
    document["basePath"] = f"/ACME_DEV/M3/m3api-rest/v2/execute/{name}"
    document["info"]["title"] = f"{name} - Something"
    document["paths"]["/GetUserInfo"] = document["paths"]["/GetBasicData"]
    path = folder / f"InforM3MIv2 ({len(name)}{name[:3]}).json"
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("m3 docs (1)")
    return [program(folder, "CRS610MI"), program(folder, "MMS200MI"), SPECS / "orders.yaml"]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, documents: list[Path]) -> Path:
    folder = tmp_path_factory.mktemp("clients")
    options = ["--package", "mixed", "--output", str(folder), "--ionapi", str(SPECS / "demo.ionapi")]
    with pytest.raises(SystemExit) as done:
        main(["generate", *map(str, documents), *options])
    assert 0 == done.value.code
    return folder


@pytest.fixture
def mixed(package: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(package))
    return import_module("mixed")


def test_each_document_is_an_attribute(mixed: ModuleType) -> None:
    """Loaded on first use and kept; what is no document is no attribute, and editors see what is one."""
    transport = httpx2.MockTransport(lambda request: httpx2.Response(200, json={}))
    client = mixed.Client(auth=None, base_url="https://x.example", transport=transport)
    assert {"crs610mi", "general", "mms200mi", "orders", "close"} <= set(dir(client))
    assert client.crs610mi is client.crs610mi
    with pytest.raises(AttributeError, match="'Client' object has no attribute 'crs620mi'"):
        _ = client.crs620mi
    copied = client.with_options(cono=1)
    assert copied.crs610mi is not client.crs610mi


def test_documents_have_addresses_and_ways_of_their_own(mixed: ModuleType) -> None:
    """A program is called as M3 wants it, another API as its document says."""
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.raw_path.decode())
        return httpx2.Response(200, json={"results": [{"records": [{"CUNO": "1"}]}]})

    text = (SPECS / "demo.ionapi").read_text("utf-8")
    transport = httpx2.MockTransport(answer)
    client = mixed.Client(credentials=mixed.Credentials.from_text(text), auth=None, transport=transport)
    m3 = client.with_options(cono=100)
    assert "1" == m3.crs610mi.get_basic_data(cuno="1").record.cuno
    m3.mms200mi.get_basic_data(cuno="1")
    m3.general.get_user_info(cuno="1")
    m3.orders.customers.list_customers()
    tenant, *_ = asked[0].strip("/").split("/")
    execute = f"/{tenant}/M3/m3api-rest/v2/execute"
    assert [
        f"{execute}/CRS610MI/GetBasicData?CUNO=1&cono=100",
        f"{execute}/MMS200MI/GetBasicData?CUNO=1&cono=100",
        f"{execute}/GENERAL/GetUserInfo?CUNO=1&cono=100",
    ] == asked[:3]
    assert [f"/{tenant}/orders/v1/customers"] == asked[3:]


def test_a_bulk_is_for_one_program(mixed: ModuleType) -> None:
    transport = httpx2.MockTransport(lambda request: httpx2.Response(200, json={"results": []}))
    client = mixed.Client(auth=None, base_url="https://x.example", transport=transport)
    bulk = client.bulk()
    bulk.add(client.crs610mi.delete, cuno="1")
    with pytest.raises(ValueError, match="transactions of one program"):
        bulk.add(client.mms200mi.delete, cuno="1")
    with pytest.raises(TypeError, match="expected a transaction of M3"):
        bulk.add(client.orders.customers.list_customers)


def test_one_sandbox_serves_all_of_them(mixed: ModuleType, documents: list[Path], tmp_path: Path) -> None:
    """With one token."""
    path = tmp_path / "demo.ionapi"

    async def awaited() -> int:
        async with mixed.AsyncClient.from_ionapi(path) as client:
            await client.crs610mi.get_basic_data(cuno="1")
            return len([each async for each in client.mms200mi.lst_by_number.iterate(maxrecs=2)])

    with Sandbox(documents) as box:
        path.write_text(box.ionapi_text(), "utf-8")
        path.chmod(0o600)
        with mixed.Client.from_ionapi(path) as client:
            assert "Y30000" == client.crs610mi.get_basic_data(cuno="Y30000").record.cuno
            client.orders.customers.list_customers()
            box.control.refusals.times = 1
            with pytest.raises(mixed.BusinessError):
                client.mms200mi.chg_financial(cuno="1")
        assert 5 == asyncio.run(awaited())


def test_a_package_of_several_is_typed(package: Path, tmp_path: Path) -> None:
    """mypy accepts what is right and finds each mistake."""
    session = tmp_path / "session.py"
    session.write_text(SESSION + MISTAKES, "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            f"--cache-dir={tmp_path}/.cache",
            session,
        ],
        env={"MYPYPATH": str(package)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    first = SESSION.count("\n") + 3
    found = [line.partition(": error: ")[0] for line in done.stdout.splitlines() if ": error: " in line]
    assert [f"session.py:{first + line}" for line in range(4)] == sorted(set(found)), done.stdout
