"""The documents of IDOs that a Mongoose application makes by itself, and the list of them: Infor's
`api-docs-collection`, as the sandbox has it.

Below `/{tenant}/{suite}/IDORequestService/ido`, with a good token and, as Infor has it, without
`X-Infor-MongooseConfig`:

| request | answer |
|---|---|
| `GET /dynamic/api-docs-collection?search=TEXT&pageNumber=1&pageSize=10` | a page of the list |
| `GET /dynamic/api-docs-collection/{ido}` | the document of one IDO, Swagger 2.0; 404 where there is none |
| `GET` or `POST /dynamic/api-docs-collection/{ido}/{operation}` | the operation (`sandbox.ido`) |

All parameters of the list may be left out. `search` is looked for in `category`, `entity`, `desc` and
`swaggerEndpoint`, in any case. `pageNumber` counts from 1; a page behind the last one has an empty list.
`total` counts what was found on all pages.

    {"info": {"description": "Infor Mongoose", "title": "Infor Mongoose Swagger Collection",
              "version": "1.0"},
     "entityName": "Business Class",
     "entityType": "Business Class",
     "paging": {"total": 12, "pageNumber": 1, "pageSize": 10},
     "swaggerCollection": {"swagger": [
       {"category": "dynamic", "entity": "SLCustomers", "desc": "Customers",
        "swaggerEndpoint": "../api-docs-collection/SLCustomers"}]}}

A document has the tenant and the suite in its `basePath`, as those of the gateway do:
`/ACME_TST/CSI/IDORequestService/ido/dynamic/api-docs-collection/SLCustomers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from ionapi_codegen.sandbox.samples import Plain

COLLECTION = "/dynamic/api-docs-collection"
"""Below the service's own path."""

_PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Ido:
    """One collection: what it is called, what it holds, its properties; their values are texts."""

    name: str
    about: str
    properties: tuple[str, ...]


def _ido(name: str, about: str, *properties: str) -> Ido:
    return Ido(name, about, (*properties, "RowPointer", "_ItemId"))


IDOS = {
    each.name: each
    for each in (
        _ido("SLCos", "Customer orders", "CoNum", "CustNum", "Stat"),
        _ido("SLCoitems", "Lines of customer orders", "CoNum", "CoLine", "Item"),
        _ido("SLCustomers", "Customers", "CustNum", "CustSeq", "Name"),
        _ido("SLItems", "Items", "Item", "Description", "UM", "UnitCost"),
        _ido("SLItemwhses", "Items by warehouse", "Item", "Whse", "QtyOnHand"),
        _ido("SLJobs", "Jobs", "Job", "Suffix", "Stat"),
        _ido("SLPos", "Purchase orders", "PoNum", "VendNum", "Stat"),
        _ido("SLPoItems", "Lines of purchase orders", "PoNum", "PoLine", "Item"),
        _ido("SLShipTos", "Addresses to ship to", "CustNum", "CustSeq", "Name"),
        _ido("SLVendors", "Vendors", "VendNum", "Name"),
        _ido("SLWhses", "Warehouses", "Whse", "Name"),
        _ido("UserNames", "Users", "UserId", "Username", "UserDesc"),
    )
}
"""The made-up collections of the sandbox, in the order in which they are listed."""


def listed(query: str) -> dict[str, Plain]:
    """The page of the list that a query asks for."""
    asked = {name.lower(): value for name, value in parse_qsl(query)}
    wanted = asked.get("search", "").casefold()
    found = [entry for entry in map(_entry, IDOS.values()) if _holds(entry, wanted)]
    number, size = _positive(asked.get("pagenumber"), 1), _positive(asked.get("pagesize"), _PAGE_SIZE)
    start = (number - 1) * size
    entries: list[Plain] = [dict(entry) for entry in found[start : start + size]]
    return {
        "info": {
            "description": "Infor Mongoose",
            "title": "Infor Mongoose Swagger Collection",
            "version": "1.0",
        },
        "entityName": "Business Class",
        "entityType": "Business Class",
        "paging": {"total": len(found), "pageNumber": number, "pageSize": size},
        "swaggerCollection": {"swagger": entries},
    }


def document(ido: Ido, service: str) -> dict[str, Plain]:
    """The document of a collection; `service` is the path of the IDO service with tenant and suite."""
    noun = ido.name.removeprefix("SL")
    config: Plain = {
        "name": "X-Infor-MongooseConfig",
        "in": "header",
        "required": False,
        "description": "Mongoose configuration to log into",
        "type": "string",
    }
    load: dict[str, Plain] = {
        **_operation(f"Get{noun}", f"Load {ido.about.lower()}", "LoadCollectionResponse"),
        "parameters": [config],
    }
    body: Plain = {
        "name": "request",
        "in": "body",
        "required": True,
        "schema": {"$ref": "#/definitions/UpdateCollectionRequest"},
    }
    update: dict[str, Plain] = {
        **_operation(f"Update{noun}", f"Change {ido.about.lower()}", "UpdateCollectionResponse"),
        "consumes": ["application/json"],
        "parameters": [config, body],
    }
    return {
        "swagger": "2.0",
        "info": {"title": ido.name, "description": ido.about, "version": "v2"},
        "basePath": f"{service}{COLLECTION}/{ido.name}",
        "schemes": ["https"],
        "paths": {f"/Get{noun}": {"get": load}, f"/Update{noun}": {"post": update}},
        "definitions": _definitions(ido),
    }


def _operation(name: str, summary: str, answer: str) -> dict[str, Plain]:
    schema: Plain = {"$ref": f"#/definitions/{answer}"}
    return {
        "operationId": name,
        "summary": summary,
        "produces": ["application/json"],
        "responses": {"200": {"description": "See Success and Message", "schema": schema}},
    }


def _definitions(ido: Ido) -> dict[str, Plain]:
    noun = ido.name.removeprefix("SL")
    text: Plain = {"type": "string"}
    flag: Plain = {"type": "boolean"}
    told: dict[str, Plain] = {"Success": flag, "Message": text}
    changes: Plain = {"type": "array", "items": {"$ref": "#/definitions/IDOUpdateItem"}}
    values: Plain = {"type": "array", "items": {"$ref": "#/definitions/UpdateProperty"}}
    records: Plain = {"type": "array", "items": {"$ref": f"#/definitions/{noun}Record"}}
    properties: dict[str, Plain] = dict.fromkeys(ido.properties, text)
    return {
        f"{noun}Record": _object(properties),
        "LoadCollectionResponse": _object(
            {**told, "Items": records, "Bookmark": text, "MoreRowsExist": flag}
        ),
        "UpdateCollectionRequest": _object({"Changes": changes}),
        "UpdateCollectionResponse": _object({**told, "RefreshItems": changes}),
        "IDOUpdateItem": _object(
            {"Action": {"type": "integer", "enum": [1, 2, 4]}, "ItemId": text, "Properties": values}
        ),
        "UpdateProperty": _object({"Name": text, "Value": text, "Modified": flag, "IsNull": flag}),
    }


def _object(properties: dict[str, Plain]) -> Plain:
    return {"type": "object", "properties": properties}


def _entry(ido: Ido) -> dict[str, str]:
    return {
        "category": "dynamic",
        "entity": ido.name,
        "desc": ido.about,
        "swaggerEndpoint": f"../api-docs-collection/{ido.name}",
    }


def _holds(entry: Mapping[str, str], wanted: str) -> bool:
    return any(wanted in value.casefold() for value in entry.values())


def _positive(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) else usual
