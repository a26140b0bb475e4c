"""Python's collector of reference cycles, kept quiet while very many plain objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Work that makes hundreds of thousands of rows and no cycles would be walked through by the
    collector again and again: a quarter of the time of a load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
