"""When Python's collector of circles rests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Without the collector of circles, which would look through the models of documents, hundreds of
    thousands of objects that are all needed, again and again. What is not needed any more forms no circles:
    when this ends, it is gone.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
