"""Whether keywords beside a reference change what it means: descriptions and its own type do not."""

from __future__ import annotations

from ionapi_codegen.ir.schema import NO_CONSTRAINTS
from ionapi_codegen.lower import scalars
from ionapi_codegen.lower.keywords import Keywords


def adds_nothing(said: Keywords, beside: Keywords) -> bool:
    """Whether the keywords leave a schema the type that it has without them."""
    if (
        said.impossible
        or said.contradicts
        or said.maybe
        or said.listed is not None
        or said.format is not None
        or said.content is not None
    ):
        return False
    if (
        said.items
        or said.prefix
        or said.additional
        or said.patterned
        or not said.properties.keys() <= beside.properties.keys()
    ):
        return False
    if said.types is None or beside.choices or beside.listed is not None:
        return scalars.constraints(said.schemas) == NO_CONSTRAINTS
    kinds = beside.kinds()
    fits = bool(kinds) and all(
        kind in said.types or (kind == "integer" and "number" in said.types) for kind in kinds
    )
    return fits and scalars.constraints(said.schemas) == NO_CONSTRAINTS
