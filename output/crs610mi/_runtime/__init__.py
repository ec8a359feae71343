"""What every generated client is made of; the same in all of them.

Nothing here knows the API that is called. Names that do not stand in `__all__` may
change with any version.
"""

from .async_client import AsyncClientBase
from .bodies import Binary, Form, Json, JsonLines, Multipart, Text
from .client import SyncClientBase
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
from .files import File
from .group import Async, Group, M, Sync
from .model import Model
from .multipart import Part
from .operation import Declared, Operation, operation
from .parameters import Cookie, Header, Path, Query, Querystring
from .response import Response
from .retry import Retry
from .schemes import ApiKey, Basic, Bearer
from .settings import GatewayDefaults, Settings
from .streams import AsyncStreamedResponse, Stream, StreamedResponse
from .unions import Discriminator
from .unset import UNSET, Unset

__all__ = [
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
    "ConflictError",
    "Cookie",
    "Credentials",
    "CredentialsError",
    "Declared",
    "DecodeError",
    "Discriminator",
    "Event",
    "File",
    "ForbiddenError",
    "Form",
    "GatewayDefaults",
    "Group",
    "Header",
    "IonApiError",
    "Json",
    "JsonLines",
    "M",
    "Model",
    "Multipart",
    "NotFoundError",
    "Operation",
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
    "Text",
    "TransportError",
    "UnauthorizedError",
    "UnprocessableEntityError",
    "Unset",
    "operation",
    "wire",
]
