"""Rules of the page design that only the planner can break: no page is nearly empty while what it tells goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handouts.layout.document import LaidOutHandout
from handouts.layout.page_check import recorded, text_problems
from handouts.layout.page_record import PageRecord
from handouts.layout.theme import Theme

LEAST_FILLED, NEARLY_EMPTY = 0.5, 0.15
"""Shares of a page's height: one whose section goes on is half full at least, and none is left for a few lines."""

SLACK = 0.5
"""Points that a letter's own shape may reach over."""


def page_problems(laid_out: LaidOutHandout) -> list[str]:
    """Everything on the pages of a handout that breaks a rule of the page design."""
    pages = recorded(laid_out)
    return [*text_problems(laid_out, pages), *empty_pages(laid_out, pages)]


def empty_pages(laid_out: LaidOutHandout, pages: Sequence[PageRecord]) -> Iterator[str]:
    """Pages that are less than half full though their section goes on, or that hold but a few lines of one."""
    for number, page in enumerate(pages, 1):
        share = filled(page, laid_out.theme, first=number == 1)
        following = laid_out.pages[number : number + 1]
        if following and not following[0].section and round(share, 2) < LEAST_FILLED:
            yield f"page {number}: {share:.0%} full, and what it tells goes on overleaf"
        elif number > 1 and share < NEARLY_EMPTY:
            yield f"page {number}: nearly empty: {share:.0%} full"


def hanging_texts(laid_out: LaidOutHandout, pages: Sequence[PageRecord]) -> Iterator[str]:
    """Texts that hang out of the column that every page sets its own in."""
    theme = laid_out.theme
    for number, page in enumerate(pages, 1):
        left = theme.left(number)
        for text in page.texts:
            if text.ink.left < left - SLACK or text.ink.right > left + theme.measure + SLACK:
                yield f"page {number}: '{text.text}' hangs out of the margin"


def filled(page: PageRecord, theme: Theme, *, first: bool = False) -> float:
    """How much of the height between the running lines is used: 0 to 1."""
    top, bottom = theme.body(first=first)
    lowest = [text.baseline for text in page.texts if not text.running]
    lowest += [shape.area.bottom for shape in page.shapes if not shape.running]
    lowest += [area.bottom for area in page.pictures]
    return (page.height - min(lowest, default=page.height - top) - top) / (bottom - top)
