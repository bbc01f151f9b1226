"""What was made before, the most recent of it: memories of a run that are bounded by number. Knows nothing it holds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(OrderedDict[K, V]):
    """The `most` values used last, by their keys."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def of(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made when it is not there; None is never kept."""
        found = self.get(key)
        if found is None:
            found = self[key] = make()
            if len(self) > self.most:
                self.popitem(last=False)
        else:
            self.move_to_end(key)
        return found
