"""What of an `.ionapi` file may stand in a generated client: its addresses, and nothing that is secret."""

from __future__ import annotations

from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.ionapi import urls
from ionapi_codegen.ionapi.check import check, check_mode, grant
from ionapi_codegen.ionapi.file import IonApiFile, read
from ionapi_codegen.targets.base import GatewayDefaults


def load(path: Path, diagnostics: Diagnostics) -> GatewayDefaults:
    """Reads and checks a file, and keeps what is no secret.

    Raises `Stopped` where the file cannot be used; why, and what is odd about it, has been added to the
    diagnostics.
    """
    file = read(path, diagnostics)
    check_mode(path, diagnostics)
    return of(file, diagnostics)


def of(file: IonApiFile, diagnostics: Diagnostics) -> GatewayDefaults:
    """As `load`, of a file that has been read."""
    if not check(file, diagnostics):
        raise Stopped(f"{file.name} cannot be used")
    gateway, tenant, token = urls.gateway(file), file.text("ti"), urls.endpoint(file, "ot")
    if gateway is None or tenant is None or token is None:
        raise AssertionError("check() lets no file pass that lacks one of these")
    return GatewayDefaults(
        gateway_url=gateway,
        tenant=tenant,
        token_url=token,
        revoke_url=urls.endpoint(file, "or"),
        authorize_url=urls.endpoint(file, "oa"),
        grant=grant(file),
    )
