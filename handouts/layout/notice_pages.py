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

    def paint(self, pen: Pen) -> float:
        at = 0.0
        for tag, text in self.lines:
            first = tag == "H2"
            at += 6 if first else 0
            colour = pen.palette.brand if first else pen.palette.ink
            at += pen.tagged(tag, 0, at, text, _STYLES[tag], width=self.width, colour=colour)
            at += (12 if first else 7) * self.theme.k
        return at


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
