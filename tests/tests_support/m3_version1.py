"""A program's document as version 1 of M3's REST service describes it, made of the sample of version 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_OPTIONS = ("maxrecs", "returncols")


def document(base: str = "/ACME_DEV/M3") -> dict[str, Any]:
    """Options are matrix parameters of the path, records are pairs of names and values."""
    sample = Path(__file__).parents[2] / "specs" / "crs610mi.json"
    found: dict[str, Any] = json.loads(sample.read_text("utf-8"))
    found["basePath"] = f"{base}/m3api-rest/execute/CRS610MI"
    matrix = "".join(f";{name}={{{name}}}" for name in _OPTIONS)
    found["paths"] = {f"{path}{matrix}": _transaction(item) for path, item in found["paths"].items()}
    return found


def _transaction(item: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = item["get"]
    records = operation["responses"]["200"]["schema"]["properties"]["results"]["items"]["properties"][
        "records"
    ]
    described = records.get("items", {}).get("example", {})
    operation["parameters"] = [each for each in operation["parameters"] if each["name"].isupper()]
    operation["parameters"] += [
        {"name": name, "in": "path", "required": True, "type": "string"} for name in _OPTIONS
    ]
    pair = {"type": "object", "properties": {"Name": {"type": "string"}, "Value": {"type": "string"}}}
    pairs: dict[str, Any] = {"type": "array", "items": pair}
    if described:
        pairs["example"] = [{"Name": name, "Value": said} for name, said in described.items()]
    record = {"type": "object", "properties": {"RowIndex": {"type": "string"}, "NameValue": pairs}}
    answer = {
        "Program": {"type": "string"},
        "Transaction": {"type": "string"},
        "MIRecord": {"type": "array", "items": record},
    }
    operation["responses"]["200"]["schema"] = {"type": "object", "properties": answer}
    return {"get": operation}
