"""How version 1 of M3's REST service tells what version 2 tells otherwise."""

from __future__ import annotations

from collections.abc import Mapping


def answer(program: str, transaction: str, result: Mapping[str, object]) -> Mapping[str, object]:
    """The answer with the records of a result as pairs of names and values, or the failure alone."""
    if "errorMessage" in result:
        return {
            "@type": result["errorType"],
            "@code": result["errorCode"],
            "@field": result["errorField"],
            "Message": result["errorMessage"],
        }
    records = result["records"]
    assert isinstance(records, list)
    return {
        "Program": program,
        "Transaction": transaction,
        "MIRecord": [
            {
                "RowIndex": str(index),
                "NameValue": [{"Name": name, "Value": value} for name, value in record.items()],
            }
            for index, record in enumerate(records)
        ],
    }
