"""The parameters that every M3 transaction takes, whatever it does: options of the client and of a call."""

from __future__ import annotations

from ionapi_codegen.ir.schema import Kind

OPTIONS = {
    "cono": Kind.INTEGER,
    "divi": Kind.STRING,
    "lanc": Kind.STRING,
    "locale": Kind.STRING,
    "timeZone": Kind.STRING,
    "maxrecs": Kind.INTEGER,
    "dateformat": Kind.STRING,
    "excludeempty": Kind.BOOLEAN,
    "righttrim": Kind.BOOLEAN,
    "returncols": Kind.STRING,
    "format": Kind.STRING,
    "extendedresult": Kind.BOOLEAN,
}
"""By their names on the wire, with what they are: documents declare all of them strings."""
