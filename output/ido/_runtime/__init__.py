"""What every generated client is made of; the same in all of them.

Nothing here knows the API that is called. Names that are not listed here may change
with any version. Each is loaded when it is first used, so that importing a client takes
a few milliseconds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .async_client import AsyncClientBase
    from .bodies import Binary, Form, Json, JsonLines, Multipart, Text
    from .client import SyncClientBase
    from .codecs import EXACT
    from .credentials import Credentials
    from .errors import (
        AuthenticationError,
        BadRequestError,
        BusinessError,
        ConflictError,
        CredentialsError,
        DecodeError,
        ForbiddenError,
        IonApiError,
        NotFoundError,
        PreconditionFailedError,
        RateLimitedError,
        RequestTimeoutError,
        ServerError,
        StatusError,
        TransportError,
        UnauthorizedError,
        UnprocessableEntityError,
    )
    from .events import Event
    from .fields import wire
    from .file_store import FileStore
    from .files import File
    from .group import Async, Group, M, Sync
    from .mi_bulk import AsyncBulk, Bulk
    from .mi_client import AsyncMIClient, SyncMIClient
    from .mi_errors import (
        FieldMissingError,
        FieldTooLongError,
        TransactionNotFoundError,
        TransactionRefusedError,
    )
    from .mi_options import CallOptions, Options
    from .mi_record import DateText, MIRecord, NumberText
    from .mi_result import MIResult
    from .mi_values import Value
    from .model import Model, OpenModel
    from .multipart import Part
    from .operations import Declared, Operation, operation
    from .pages import ByCursor, ByLastItem, ByLink, ByOffset, ByPage, paged
    from .parameters import Cookie, Header, Path, Query, Querystring
    from .response import Response
    from .retry import Retry
    from .schemes import ApiKey, Basic, Bearer
    from .settings import GatewayDefaults, Settings
    from .store import MemoryStore, TokenStore
    from .streams import AsyncStreamedResponse, Stream, StreamedResponse
    from .transactions import reads, writes
    from .unions import Discriminator
    from .unset import UNSET, Unset

__all__ = [
    "EXACT",
    "UNSET",
    "ApiKey",
    "Async",
    "AsyncBulk",
    "AsyncClientBase",
    "AsyncMIClient",
    "AsyncStreamedResponse",
    "AuthenticationError",
    "BadRequestError",
    "Basic",
    "Bearer",
    "Binary",
    "Bulk",
    "BusinessError",
    "ByCursor",
    "ByLastItem",
    "ByLink",
    "ByOffset",
    "ByPage",
    "CallOptions",
    "ConflictError",
    "Cookie",
    "Credentials",
    "CredentialsError",
    "DateText",
    "Declared",
    "DecodeError",
    "Discriminator",
    "Event",
    "FieldMissingError",
    "FieldTooLongError",
    "File",
    "FileStore",
    "ForbiddenError",
    "Form",
    "GatewayDefaults",
    "Group",
    "Header",
    "IonApiError",
    "Json",
    "JsonLines",
    "M",
    "MIRecord",
    "MIResult",
    "MemoryStore",
    "Model",
    "Multipart",
    "NotFoundError",
    "NumberText",
    "OpenModel",
    "Operation",
    "Options",
    "Part",
    "Path",
    "PreconditionFailedError",
    "Query",
    "Querystring",
    "RateLimitedError",
    "RequestTimeoutError",
    "Response",
    "Retry",
    "ServerError",
    "Settings",
    "StatusError",
    "Stream",
    "StreamedResponse",
    "Sync",
    "SyncClientBase",
    "SyncMIClient",
    "Text",
    "TokenStore",
    "TransactionNotFoundError",
    "TransactionRefusedError",
    "TransportError",
    "UnauthorizedError",
    "UnprocessableEntityError",
    "Unset",
    "Value",
    "operation",
    "paged",
    "reads",
    "wire",
    "writes",
]

_MODULES = {
    "async_client": "AsyncClientBase",
    "bodies": "Binary Form Json JsonLines Multipart Text",
    "client": "SyncClientBase",
    "codecs": "EXACT",
    "credentials": "Credentials",
    "errors": (
        "AuthenticationError BadRequestError BusinessError ConflictError "
        "CredentialsError DecodeError ForbiddenError IonApiError "
        "NotFoundError PreconditionFailedError RateLimitedError "
        "RequestTimeoutError ServerError StatusError TransportError "
        "UnauthorizedError UnprocessableEntityError"
    ),
    "events": "Event",
    "fields": "wire",
    "file_store": "FileStore",
    "files": "File",
    "group": "Async Group M Sync",
    "mi_bulk": "AsyncBulk Bulk",
    "mi_client": "AsyncMIClient SyncMIClient",
    "mi_errors": (
        "FieldMissingError FieldTooLongError "
        "TransactionNotFoundError TransactionRefusedError"
    ),
    "mi_options": "CallOptions Options",
    "mi_record": "DateText MIRecord NumberText",
    "mi_result": "MIResult",
    "mi_values": "Value",
    "model": "Model OpenModel",
    "multipart": "Part",
    "operations": "Declared Operation operation",
    "pages": "ByCursor ByLastItem ByLink ByOffset ByPage paged",
    "parameters": "Cookie Header Path Query Querystring",
    "response": "Response",
    "retry": "Retry",
    "schemes": "ApiKey Basic Bearer",
    "settings": "GatewayDefaults Settings",
    "store": "MemoryStore TokenStore",
    "streams": "AsyncStreamedResponse Stream StreamedResponse",
    "transactions": "reads writes",
    "unions": "Discriminator",
    "unset": "UNSET Unset",
}
"""The names by the module that they stand in."""

_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Load a name on first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value
