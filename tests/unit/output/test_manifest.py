"""The manifest: the same bytes for the same package, read back by the next run, useful to tools."""

from __future__ import annotations

import json

import pytest

from ionapi_codegen.output.manifest import DocumentEntry, Manifest, parse
from ionapi_codegen.targets.base import OperationEntry

LIST = OperationEntry(
    "listOrders", "GET", "/orders", "orders.list_orders", {"page_size": ("query", "pageSize")}, None, "read"
)
ADD = OperationEntry(None, "POST", "/orders", "orders.add_order", {}, "application/json", "write")
DOCUMENT = DocumentEntry("orders.yaml", "ab" * 32, "https://example.com/orders.yaml")


def manifest(*operations: OperationEntry, files: dict[str, bytes]) -> Manifest:
    return Manifest.of("0.1.0", (DocumentEntry("z.yaml", "cd" * 32), DOCUMENT), files, operations)


def test_lists_documents_files_and_operations() -> None:
    tree = json.loads(manifest(LIST, ADD, files={"client.py": b"x"}).to_bytes())

    assert tree == {
        "generator": "0.1.0",
        "documents": [
            {"name": "orders.yaml", "sha256": "ab" * 32, "origin": "https://example.com/orders.yaml"},
            {"name": "z.yaml", "sha256": "cd" * 32},
        ],
        "files": {"client.py": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"},
        "operations": [
            {
                "id": None,
                "method": "POST",
                "path": "/orders",
                "call": "orders.add_order",
                "parameters": {},
                "body": "application/json",
                "effect": "write",
            },
            {
                "id": "listOrders",
                "method": "GET",
                "path": "/orders",
                "call": "orders.list_orders",
                "parameters": {"page_size": ["query", "pageSize"]},
                "body": None,
                "effect": "read",
            },
        ],
    }


def test_does_not_depend_on_the_order_in_which_things_were_found() -> None:
    one = manifest(LIST, ADD, files={"a.py": b"", "b.py": b""})
    other = manifest(ADD, LIST, files={"b.py": b"", "a.py": b""})

    assert one.to_bytes() == other.to_bytes()


def test_a_later_run_reads_files_and_documents() -> None:
    written = manifest(LIST, files={"a.py": b"", "models/b.py": b""})

    read = parse(written.to_bytes())

    assert written.files == read.files
    assert set(written.documents) == set(read.documents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"generator": "1", "documents": [], "files": {"../../etc/passwd": "00"}}',
        '{"generator": "1", "documents": [], "files": {"a.py": 1}}',
        '{"generator": "1", "documents": [{}], "files": {}}',
    ],
)
def test_anything_else_is_no_manifest(text: str) -> None:
    """Least of all one that would have us delete files elsewhere."""
    with pytest.raises(ValueError):
        parse(text.encode())
