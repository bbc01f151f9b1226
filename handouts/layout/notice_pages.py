"""The clinic's notices of help with language and communication: pages of their own behind everything else."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.compose.handout import Handout
from handouts.compose.text import Text
from handouts.layout.blocks import Block, Pen
from handouts.layout.theme import Theme

_STYLES = {"H2": "heading", "H3": "bold", "P": "body"}


class _Lines(Block):
    """Headings and the paragraph below them, which stay on one page."""

    def __init__(self, theme: Theme, lines: Sequence[tuple[str, Text]], gap: float = 0.0) -> None:
        super().__init__(theme, gap)
        self.lines = lines

    def measure(self, width: float) -> float:
        self.tops, at = [], 0.0
        for tag, text in self.lines:
            at += 6 if tag == "H2" else 0
            self.tops.append(at)
            at += self.theme.tall(text, _STYLES[tag], width) + (12 if tag == "H2" else 7) * self.theme.k
        return at

    def paint(self, pen: Pen) -> None:
        for top, (tag, text) in zip(self.tops, self.lines, strict=True):
            colour = pen.palette.brand if tag == "H2" else pen.palette.ink
            pen.tagged(tag, 0, top, text, _STYLES[tag], width=self.width, colour=colour)


def notice_blocks(theme: Theme, handout: Handout) -> list[Block]:
    """The notices in their order under a heading in the handout's language."""
    blocks: list[Block] = []
    waiting = [("H2", handout.labels["notices"])]
    for notice in handout.notices:
        waiting.append(("H3" if notice.heading else "P", notice.text))
        if not notice.heading:
            blocks.append(_Lines(theme, waiting, (8 if len(waiting) > 1 else 2) * theme.k))
            waiting = []
    return blocks
