"""The neutral model of one document: its operations, its schemas, how callers prove who they are."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.operation import Location, Operation, Parameter, Requirement, Server
from ionapi_codegen.ir.schema import NO_DOCS, Docs, Schema, SchemaId
from ionapi_codegen.ir.text import Text


class SecurityKind(enum.Enum):
    API_KEY = "apiKey"
    BASIC = "basic"
    BEARER = "bearer"
    OAUTH2 = "oauth2"
    OPENID = "openIdConnect"
    MUTUAL_TLS = "mutualTLS"
    OTHER = "other"  # another HTTP authentication scheme


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    name: Text
    kind: SecurityKind
    location: Location | None = None  # of an API key
    key: Text | None = None  # its header, query or cookie name
    docs: Docs = NO_DOCS


@dataclass(frozen=True, slots=True)
class Tag:
    name: Text
    docs: Docs = NO_DOCS


class Protocol(enum.Enum):
    """A way of calling that all operations of a product share, beyond what its documents say.

    The answers of its operations are what the protocol's envelope holds, their parameters what is particular
    to them: targets bring the rest along.
    """

    M3 = "m3"  # transactions of M3's MI programs over REST: fields in, records out
    IDO = "ido"  # collections of Mongoose over REST: work in a configuration, fail with status 200
    LN = "ln"  # LN's entities over OData: work in a company, fail in OData's words
    COMPASS = "compass"  # queries of the Data Lake: submitted, waited for, fetched page by page
    INFOR = "infor"  # any other API of Infor's that speaks several languages


@dataclass(frozen=True, slots=True)
class Api:
    """One document.

    `schemas` are in document order and hold every schema that an operation reaches, and every named
    component.
    `gateway_path` is set by a dialect for documents of a product behind the ION API gateway: the path below
    `{gateway}/{tenant}` (`M3/m3api-rest/v2/execute/CRS610MI`); the servers do not count then.
    `protocol` and `options`, the parameters that every operation takes, are a dialect's, too, and so are
    `queries`: the path of the operation that submits a query, where several operations are one query.
    """

    title: Text
    version: Text
    operations: tuple[Operation, ...]
    schemas: Mapping[SchemaId, Schema]
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    security_schemes: tuple[SecurityScheme, ...] = ()
    security: tuple[Requirement, ...] | None = None
    gateway_path: Text | None = None
    protocol: Protocol | None = None
    options: tuple[Parameter, ...] = ()
    queries: Text | None = None
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)
