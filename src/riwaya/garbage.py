"""How Python looks for circles of objects while much is made and none are.

Reading a text makes hundreds of thousands of small objects and hardly a circle; looking through all of them over and
over takes from a tenth to a third of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search, until the block ends."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
