"""`ionapi report` and `ionapi diff --format html`: a page, and where it goes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_the_page_of_a_document_goes_where_it_is_told(run: Run) -> None:
    result = run("report", "orders.yaml", "--output", "orders.html")
    assert (0, "orders.html written; open it in a browser\n") == (result.exit_code, result.output)
    page = Path("orders.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>\n")
    assert "<h1>Orders</h1>" in page


def test_the_page_of_a_package_is_that_of_its_documents(run: Run) -> None:
    run("generate", "orders.yaml")
    result = run("report", "output/orders")
    assert 0 == result.exit_code
    assert "list_orders" in result.stdout


def test_a_folder_gives_one_page_of_all_its_documents(run: Run) -> None:
    Path("specs").mkdir()
    for name in ("Orders", "Returns"):
        text = Path("orders.yaml").read_text("utf-8").replace("title: Orders", f"title: {name}")
        Path(f"specs/{name}.yaml").write_text(text, "utf-8")
    page = run("report", "specs").stdout
    assert "<h1>Orders, Returns</h1>" in page
    assert "2 documents" in page
    assert "returns.list_orders" in page


def test_a_document_that_cannot_be_read_gives_no_page(run: Run) -> None:
    Path("broken.yaml").write_text("openapi: [", "utf-8")
    result = run("report", "broken.yaml", "--output", "page.html")
    assert 1 == result.exit_code
    assert "broken.yaml" in result.stderr
    assert not Path("page.html").exists()


def test_a_page_that_cannot_be_written_is_one_message(run: Run) -> None:
    result = run("report", "orders.yaml", "--output", "no/such/folder.html")
    assert 1 == result.exit_code
    expected = "Error: no/such/folder.html cannot be written: no such file or directory; name another file\n"
    assert expected == result.stderr


def test_two_documents_give_a_page_of_their_changes(run: Run) -> None:
    text = Path("orders.yaml").read_text("utf-8")
    Path("new.yaml").write_text(text.replace('"1"', '"2"').replace("get:", "post:"), "utf-8")
    result = run("diff", "orders.yaml", "new.yaml", "--format", "html", "--fail-on", "breaking")
    assert 1 == result.exit_code
    assert "1 → 2" in result.stdout
    assert "What changed, and what it breaks" in result.stdout
    assert "orders.yaml:5:5" in result.stdout


def test_the_hash_seed_does_not_show() -> None:
    """The same document gives the same page, byte for byte."""
    specs = Path(__file__).parents[3] / "specs"
    pages = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "ionapi_codegen", "report", "orders.yaml"]
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        pages.append(
            subprocess.run(command, cwd=specs, env=environment, capture_output=True, check=True).stdout
        )
    assert pages[0] == pages[1]
    assert b"Orders" in pages[0]
