"""What limits of a value changed, in words: `now at most 10 characters, was 5`."""

from __future__ import annotations

from collections.abc import Iterator

from ionapi_codegen.changes.spelling import short, value
from ionapi_codegen.changes.wire import limit_is_tighter
from ionapi_codegen.ir.schema import Constraints

_WORDS = (
    ("minimum", "at least {}"),
    ("exclusive_minimum", "more than {}"),
    ("maximum", "at most {}"),
    ("exclusive_maximum", "less than {}"),
    ("multiple_of", "a multiple of {}"),
    ("min_length", "at least {} characters"),
    ("max_length", "at most {} characters"),
    ("min_items", "at least {} items"),
    ("max_items", "at most {} items"),
)


def limit_changes(old: Constraints, new: Constraints) -> Iterator[tuple[bool, str, str | None, str | None]]:
    """For each limit that changed: whether the new one is tighter, the message, and what both sides have."""
    if old == new:
        return
    for name, words in _WORDS:
        before: int | float | None = getattr(old, name)
        after: int | float | None = getattr(new, name)
        if before == after:
            continue
        is_tighter = limit_is_tighter(name, before, after)
        if (before if after is None else after) == 1:
            words = words.removesuffix("s")
        if after is None:
            yield is_tighter, f"no longer {words.format(value(before))}", value(before), None
        elif before is None:
            yield is_tighter, f"now {words.format(value(after))}", None, value(after)
        else:
            message = f"now {words.format(value(after))}, was {value(before)}"
            yield is_tighter, message, value(before), value(after)
    if old.pattern != new.pattern:
        was = short(old.pattern.raw) if old.pattern is not None else None
        now = short(new.pattern.raw) if new.pattern is not None else None
        message = "no longer of a pattern" if now is None else f"now of the pattern {now}"
        yield now is not None, message, was, now
    if old.unique_items != new.unique_items:
        message = "now each item once" if new.unique_items else "now may have an item several times"
        yield new.unique_items, message, None, None
