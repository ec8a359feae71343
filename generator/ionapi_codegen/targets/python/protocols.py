"""What a way of calling adds to a package: base classes of its clients, and names to import."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ionapi_codegen.ir.api import Protocol


@dataclass(frozen=True, slots=True)
class Addition:
    """What one protocol adds.

    `bases` are what the two clients extend; `argument` is one that most callers give the client; `check` is
    the function that sees each answer. `exported` are names that users import, by the module of the runtime;
    `refuses` is whether an answer of success may be a failure.
    """

    bases: tuple[str, str] | None = None
    argument: str = ""
    check: str | None = None
    exported: tuple[tuple[str, tuple[str, ...]], ...] = ()
    refuses: bool = False


ADDITIONS: Mapping[Protocol, Addition] = {
    Protocol.M3: Addition(
        ("SyncMIClient", "AsyncMIClient"),
        exported=(
            (
                "mi",
                (
                    "AsyncBulk",
                    "Bulk",
                    "DateText",
                    "FieldMissingError",
                    "FieldTooLongError",
                    "MIRecord",
                    "MIResult",
                    "NumberText",
                    "TransactionNotFoundError",
                    "TransactionRefusedError",
                ),
            ),
        ),
        refuses=True,
    ),
    Protocol.IDO: Addition(
        ("SyncIDOClient", "AsyncIDOClient"),
        'mongoose_config="..."',
        "ido_failure",
        (("ido_errors", ("IDOError", "MissingConfigurationError")),),
        refuses=True,
    ),
    Protocol.LN: Addition(
        ("SyncLNClient", "AsyncLNClient"),
        'ln_company="..."',
        "ln_failure",
        (("ln_errors", ("LNError", "LNErrorDetail")),),
    ),
    Protocol.COMPASS: Addition(
        exported=(
            ("compass_errors", ("CompassError", "QueryCanceledError")),
            ("compass_rows", ("AsyncRows", "Row", "Rows")),
        ),
    ),
    Protocol.INFOR: Addition(("SyncInforClient", "AsyncInforClient")),
}
"""In the order in which they are asked for the base classes, of which a client has one pair."""

_BARE = ("SyncClientBase", "AsyncClientBase")


def bases(protocols: AbstractSet[Protocol]) -> tuple[str, str]:
    """What the two clients extend. Those of M3 have the options that its transactions cannot do without."""
    found = (each.bases for each in _of(protocols) if each.bases is not None)
    return next(found, _BARE)


def argument(protocols: AbstractSet[Protocol]) -> str:
    """An argument for the client in an example, with a comma before; empty where none is usual."""
    pair = bases(protocols)
    found = next((each.argument for each in _of(protocols) if each.bases == pair), "")
    return f", {found}" if found else ""


def refuses(protocols: AbstractSet[Protocol]) -> bool:
    """Whether an answer of success may be a failure."""
    return any(each.refuses for each in _of(protocols))


def exported(protocols: AbstractSet[Protocol]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What users import beside what every package has, by the modules of the runtime."""
    return tuple(sorted(pair for each in _of(protocols) for pair in each.exported))


def _of(protocols: AbstractSet[Protocol]) -> list[Addition]:
    return [addition for protocol, addition in ADDITIONS.items() if protocol in protocols]
