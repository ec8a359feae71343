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
        PreconditionRequiredError,
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
    from .unions import Discriminator
    from .unset import UNSET, Unset

__all__ = [
    "EXACT",
    "UNSET",
    "ApiKey",
    "Async",
    "AsyncClientBase",
    "AsyncStreamedResponse",
    "AuthenticationError",
    "BadRequestError",
    "Basic",
    "Bearer",
    "Binary",
    "BusinessError",
    "ByCursor",
    "ByLastItem",
    "ByLink",
    "ByOffset",
    "ByPage",
    "ConflictError",
    "Cookie",
    "Credentials",
    "CredentialsError",
    "Declared",
    "DecodeError",
    "Discriminator",
    "Event",
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
    "MemoryStore",
    "Model",
    "Multipart",
    "NotFoundError",
    "OpenModel",
    "Operation",
    "Part",
    "Path",
    "PreconditionFailedError",
    "PreconditionRequiredError",
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
    "Text",
    "TokenStore",
    "TransportError",
    "UnauthorizedError",
    "UnprocessableEntityError",
    "Unset",
    "operation",
    "paged",
    "wire",
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
        "NotFoundError PreconditionFailedError PreconditionRequiredError "
        "RateLimitedError RequestTimeoutError ServerError StatusError "
        "TransportError UnauthorizedError UnprocessableEntityError"
    ),
    "events": "Event",
    "fields": "wire",
    "file_store": "FileStore",
    "files": "File",
    "group": "Async Group M Sync",
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
