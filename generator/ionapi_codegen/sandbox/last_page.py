"""The sample of a list that comes in pages, made its last page: the sandbox has no second one."""

from __future__ import annotations

from ionapi_codegen.ir.operation import ByCursor, ByLink, ByPage, Pagination, Way
from ionapi_codegen.sandbox.samples import Plain


def last_page(value: Plain, pages: Pagination) -> Plain:
    """The value with nothing in it that leads to another page; each property keeps its type."""
    step = pages.step
    if isinstance(step, ByCursor | ByLink) and step.next:
        value = _set(value, step.next, "", 0)
    elif isinstance(step, ByPage) and step.count:
        value = _set(value, step.count, 1)
    return value if pages.more is None else _set(value, pages.more, False)


def _set(value: Plain, way: Way, *others: Plain) -> Plain:
    """A copy in which one of the other values stands at a way: the first that is of the same type."""
    if not way:
        return next((other for other in others if type(other) is type(value)), value)
    name = way[0].raw
    if not isinstance(value, dict) or name not in value:
        return value
    return {key: _set(item, way[1:], *others) if key == name else item for key, item in value.items()}
