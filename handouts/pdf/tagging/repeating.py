"""What a block did to its page, kept as steps, so that the next handout with the same block need not draw it again.

The steps are those that a document counts: elements opened and closed, marked content begun, drawings stored and
painted, headings, links; all between them is finished operators. Taken again in their order they give the same objects
with the same numbers, so nobody can tell a block that was repeated from one that was drawn. Knows no sheet.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Literal

from handouts.pdf.tagging.harfbuzz import Face
from handouts.pdf.tagging.pen import Pen
from handouts.pdf.tagging.store import Form
from handouts.pdf.tagging.structure import Element

Kind = Literal["open", "close", "mark", "code", "use", "form", "bitmap", "paint", "heading", "link"]
Step = tuple[Kind, tuple[Any, ...]]

_KEPT = 2048
"""Blocks, of some 3 KB: the pages of a dozen different programs."""
_kept: OrderedDict[Hashable, tuple[Step, ...] | None] = OrderedDict()
"""None for a block that was drawn once: noting its steps takes time, and the blocks of a lone handout never return."""

_OPENINGS_KEPT = 1024
_openings: OrderedDict[Hashable, Step] = OrderedDict()
_bare: dict[Kind, Step] = {}
"""Steps that are alike wherever they stand, each once: most open one of a few kinds of cell, item or paragraph."""


def known_steps(key: Hashable) -> tuple[Step, ...] | None:
    """What the block of this key did; None when it was not drawn twice yet."""
    found = _kept.get(key)
    if found is not None:
        _kept.move_to_end(key)
    return found


def returns(key: Hashable) -> bool:
    """Whether the block of this key, which is about to be drawn, was drawn before."""
    if key in _kept:
        return True
    _keep(key, None)
    return False


def _keep(key: Hashable, steps: tuple[Step, ...] | None) -> None:
    _kept[key] = steps
    if len(_kept) > _KEPT:
        _kept.popitem(last=False)


class Recording:
    """The steps of a block that is being drawn."""

    def __init__(self, pen: Pen) -> None:
        self._pen, self._at = pen, pen.position
        self._steps: list[Step] = []
        self._used: set[tuple[str, Face, str]] = set()
        self._stored: dict[str, str] = {}
        self._whole = True

    def note(self, kind: Kind, *what: Any, written: int = 0) -> None:
        """One step, after the operators drawn since the last; the step itself writes the `written` last of them."""
        self._catch_up(self._pen.position - written)
        self._at = self._pen.position
        self._steps.append((kind, what) if what else _bare.setdefault(kind, (kind, ())))

    def opened(self, element: Element) -> None:
        """An element of its own was opened."""
        self._catch_up(self._pen.position)
        like = (
            element.tag, element.alt, element.lang, tuple(element.attributes), element.bookmark,
            element.row_span, element.column_span,
        )  # fmt: skip
        step = _openings.get(like)
        if step is None:
            step = _openings[like] = ("open", (element.alike(),))
            if len(_openings) > _OPENINGS_KEPT:
                _openings.popitem(last=False)
        self._steps.append(step)

    def use(self, font: str, face: Face, text: str) -> None:
        """A text was drawn in a face's font of this name."""
        self._used.add((font, face, text))

    def stored(self, kind: Literal["form", "bitmap"], key: str, drawing: object, form: Form) -> None:
        """A drawing was asked for."""
        self.note(kind, key, drawing)
        self._stored[form.name] = key

    def painted(self, form: Form, operators: str) -> None:
        """A drawing was painted by these operators, which name it; a name is another in another document."""
        key = self._stored.get(form.name)
        if key is None:
            self._whole = False  # stored before the block began: nobody can tell from what
            return
        before, after = operators.split(f"/{form.name} ", 1)
        self.note("paint", key, before, after, written=1)

    def keep(self, key: Hashable) -> None:
        """Keep the steps for the next document."""
        self._catch_up(self._pen.position)
        if not self._whole:
            return
        uses: list[Step] = [("use", use) for use in sorted(self._used, key=lambda use: (use[0], use[2]))]
        _keep(key, (*uses, *self._steps))

    def _catch_up(self, until: int) -> None:
        if until > self._at:
            self._steps.append(("code", (self._pen.between(self._at, until),)))
            self._at = until
