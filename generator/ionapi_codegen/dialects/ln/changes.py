"""The condition of a change: the ETag of what is changed, without which LN may answer 428."""

from __future__ import annotations

from dataclasses import replace

from ionapi_codegen.dialects.headers import wire
from ionapi_codegen.ir.operation import Location, Operation, Parameter
from ionapi_codegen.ir.schema import Docs, Kind, Scalar
from ionapi_codegen.ir.text import Text

_CHANGES = frozenset({"PATCH", "PUT", "DELETE"})
_IF_MATCH = Parameter(
    Text("If-Match"),
    Location.HEADER,
    Scalar(Kind.STRING),
    required=False,
    style="simple",
    explode=False,
    docs=Docs(
        description=Text(
            "The ETag (`@odata.etag`) of what is changed, which must still be the same; `*` for any"
        )
    ),
)


def conditional(operation: Operation) -> Operation:
    """The operation with an argument for the ETag, where it changes what is there already (OData 4.01,
    "Header If-Match"); one that the document declares stays as it is."""
    if operation.method not in _CHANGES or any(wire(each) == "if-match" for each in operation.parameters):
        return operation
    return replace(operation, parameters=(*operation.parameters, _IF_MATCH))
