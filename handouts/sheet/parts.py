"""Small parts that several pages share: a labelled line, a bulleted line, a tinted notice box. Each says its
height first."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.layout.line_breaking import Text
from handouts.sheet import icons
from handouts.sheet.pen import Pen
from handouts.sheet.telling import Info, Sign
from handouts.sheet.theme import CAP, Theme

INDENT = 20.0
"""From the margin to the text that hangs from a sign or a number."""

SIGNS: dict[Sign, icons.Icon] = {
    "feel": icons.feel,
    "wrong": icons.wrong,
    "breath": icons.breath,
    "easier": icons.easier,
    "harder": icons.harder,
    "note": icons.note,
}


def info_height(theme: Theme, info: Info, width: float) -> float:
    """Height of a line with its sign in a column."""
    return theme.tall(info.text, "body", width - INDENT * theme.k)


def draw_info(pen: Pen, info: Info, x: float, y: float, width: float) -> float:
    """A sign, and its text hung from it; returns the height."""
    k = pen.theme.k
    SIGNS[info.sign](pen, x + 6.5 * k, y + CAP * 6 * k, 13 * k, pen.palette.brand)
    return pen.tagged("P", x + INDENT * k, y, info.text, width=width - INDENT * k)


def infos_height(theme: Theme, infos: Sequence[Info], width: float, gap: float) -> float:
    """Height of several lines with their signs, one under the other."""
    return sum(info_height(theme, info, width) for info in infos) + gap * max(0, len(infos) - 1)


def draw_infos(pen: Pen, infos: Sequence[Info], x: float, y: float, width: float, gap: float) -> None:
    """Several lines with their signs."""
    for info in infos:
        y += draw_info(pen, info, x, y, width) + gap


class CautionBox:
    """The amber 'For you' box: a triangle, and a paragraph for each condition."""

    def __init__(self, theme: Theme, title: Text, paragraphs: Sequence[Text], width: float) -> None:
        k = theme.k
        self._theme, self._paragraphs, self._width = theme, _with_title(title, paragraphs), width
        self._pad, self._indent, self._between = 9 * k, 29 * k, 8 * k
        self._column = width - self._indent - 7 * k
        heights = [theme.tall(text, "body", self._column) for text in self._paragraphs]
        self.height = sum(heights) + self._between * (len(heights) - 1) + 2 * self._pad if heights else 0.0

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """The whole box."""
        if not self._paragraphs:
            return
        k, palette, bare = self._theme.k, pen.palette, self._theme.ink_saver
        pen.rect(
            x,
            y,
            self._width,
            self.height,
            fill=None if bare else palette.warn_tint,
            stroke=palette.ink if bare else palette.warn_line,
            line=1.25,
            radius=5,
        )
        icons.careful(pen, x + 15.5 * k, y + self._pad + 4.5 * k, 15 * k)
        with pen.canvas.tag("Div"):
            at = y + self._pad
            for text in self._paragraphs:
                at += pen.tagged("P", x + self._indent, at, text, width=self._column) + self._between


def _with_title(title: Text, paragraphs: Sequence[Text]) -> list[Text]:
    if not paragraphs:
        return []
    head = tuple(piece._replace(strong=True, text=piece.text + ": ") for piece in title)
    return [head + paragraphs[0], *paragraphs[1:]]
