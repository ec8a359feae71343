"""Which documents are those of Compass, and what its dialect makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ionapi_codegen import pipeline
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Effect
from ionapi_codegen.ir.text import Text

COMPASS = Path(__file__).parents[3] / "specs" / "datalake.yaml"


def read(document: Any, folder: Path) -> Api:
    path = folder / "compass.yaml"
    path.write_text(yaml.safe_dump(document), "utf-8")
    (api,) = pipeline.understand(str(path), "auto", Diagnostics())
    return api


@pytest.fixture
def document() -> Any:
    return yaml.safe_load(COMPASS.read_text("utf-8"))


@pytest.mark.parametrize(
    ("base", "before", "expected"),
    [
        ("/ACME_TST/DATAFABRIC/compass/v2", "", "DATAFABRIC/compass/v2"),
        ("/DATAFABRIC/compass/v2", "", "DATAFABRIC/compass/v2"),
        ("/compass/v2/", "", "DATAFABRIC/compass/v2"),
        ("/ACME_TST/IONSERVICES/datalakeapi/v1", "/compass/v2", "IONSERVICES/datalakeapi/v1"),
        ("/ACME_TST/DATAFABRIC", "/compass/v2", None),
    ],
)
def test_the_base_is_found_with_and_without_tenant_and_suite(
    document: Any, tmp_path: Path, base: str, before: str, expected: str | None
) -> None:
    """The path of the queries may be divided between base and operations in any way."""
    document["basePath"] = base
    document["paths"] = {f"{before}{path}": item for path, item in document["paths"].items()}
    api = read(document, tmp_path)
    if expected is None:
        assert api.protocol is None
    else:
        assert (Protocol.COMPASS, Text(expected)) == (api.protocol, api.gateway_path)
        assert Text(f"{before}/jobs/") == api.queries


def test_a_document_without_one_of_the_steps_is_another(document: Any, tmp_path: Path) -> None:
    """It lies behind the gateway all the same."""
    del document["paths"]["/jobs/{queryId}/cancel/"]
    api = read(document, tmp_path)
    assert (None, None, Text("DATAFABRIC/compass/v2")) == (api.protocol, api.queries, api.gateway_path)


def test_names_of_variables_and_slashes_at_the_end_do_not_count(document: Any, tmp_path: Path) -> None:
    paths = {path.replace("queryId", "id").rstrip("/"): item for path, item in document["paths"].items()}
    text = yaml.safe_dump({**document, "paths": paths}).replace("name: queryId", "name: id")
    assert Text("/jobs") == read(yaml.safe_load(text), tmp_path).queries


def test_submitting_is_a_write(document: Any, tmp_path: Path) -> None:
    """A query that may run is not submitted once more."""
    writes = [
        each.id.raw for each in read(document, tmp_path).operations if each.id and each.effect is Effect.WRITE
    ]
    assert ["cancelJob", "submitJob"] == sorted(writes)
