"""What clients of M3 are made of beside the rest of the runtime; each name is loaded when it
is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from .transactions import lists, reads, writes

__all__ = [
    "AsyncBulk",
    "AsyncMIClient",
    "Bulk",
    "CallOptions",
    "DateText",
    "FieldMissingError",
    "FieldTooLongError",
    "MIRecord",
    "MIResult",
    "NumberText",
    "Options",
    "SyncMIClient",
    "TransactionNotFoundError",
    "TransactionRefusedError",
    "Value",
    "lists",
    "reads",
    "writes",
]

_MODULES = {
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
    "transactions": "lists reads writes",
}
"""The names by the module that they stand in."""

_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Load a name on first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{home}", __package__), name)
    globals()[name] = value
    return value
