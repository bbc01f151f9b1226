"""What is open on a canvas: elements and stretches of drawing that are read to nobody. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Literal, TypeVar

from handouts.pdf.tagging.structure import Element


class Artifact:
    """A stretch of drawing that is read to nobody."""

    __slots__ = ("opening",)

    def __init__(self, kind: Literal["Header", "Footer"] | None) -> None:
        self.opening = f"/Artifact<</Type/Pagination/Subtype/{kind}>>BDC" if kind else "/Artifact BMC"


GRAPHICS = Artifact(None)

Scope = Element | Artifact
Open = TypeVar("Open", bound=Scope)


class Opened(Generic[Open]):
    """Holds a scope open while its block runs; `then` is called with it when the block has ended well.

    A class, not a generator: a sheet opens a thousand of these.
    """

    __slots__ = ("_scope", "_scopes", "_then")

    def __init__(self, scopes: list[Scope], scope: Open, then: Callable[[Open], object] | None = None) -> None:
        self._scopes = scopes
        self._scope = scope
        self._then = then

    def __enter__(self) -> Open:
        self._scopes.append(self._scope)
        return self._scope

    def __exit__(self, fault: object, *_: object) -> None:
        if fault is None:
            self._scopes.pop()
            if self._then is not None:
                self._then(self._scope)
