"""The pages of a handout, drawn by Platypus: page templates with frames, blocks as flowables, running lines; and behind
everything else the pages of the clinic's notices of help with language and communication."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, NextPageTemplate, PageBreak, PageTemplate

from handouts.compose.handout import Handout
from handouts.compose.text import wording
from handouts.errors import BadInput, Problem
from handouts.layout.blocks import Block, Paragraphs, Pen, stacked
from handouts.layout.large_planner import LargePlanner
from handouts.layout.letterhead import draw_running_lines, foot_lines
from handouts.layout.lone_planner import LonePlanner
from handouts.layout.page_planner import Page, Planner
from handouts.layout.pictures import Picture, Pictures
from handouts.layout.printable import printable
from handouts.layout.theme import Theme
from handouts.pdf.canvas import Section, TaggedCanvas

SECTIONS = ("cards", "safety", "log", "notices")
"""Sections of the structure tree that begin on pages of their own; what comes before them is the first."""


@dataclass(frozen=True)
class LaidOutHandout:
    """A handout with every block in its place; drawing it cannot fail for want of a character or of room."""

    theme: Theme
    handout: Handout
    pages: list[Page]

    @property
    def page_count(self) -> int:
        return len(self.pages)

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.theme.page_size

    @property
    def title(self) -> str:
        """The program's title, without the patient's name."""
        return wording(self.handout.title)

    @property
    def subject(self) -> str:
        """What kind of document this is, in the handout's language."""
        return wording(self.handout.subject)

    def draw(self, canvas: TaggedCanvas) -> None:
        """Draw all pages into whatever structure element is open on the canvas."""
        _Template(self, canvas).draw()


def lay_out(theme: Theme, handout: Handout, pictures: Pictures, logo: Picture | None) -> LaidOutHandout:
    """The pages of a composed handout.

    Args:
        pictures: each exercise's frames by its id, drawn for the side of its dose.
        logo: the clinic's, if it has one.

    Raises:
        UnprintableText: a text has a character that no bundled font has; nothing has been laid out.
        BadInput: something is too long for a page.
    """
    handout = printable(handout)
    theme.foot_lines = foot_lines(theme, handout)
    planner = LargePlanner if theme.large else LonePlanner if len(handout.cards) == 1 else Planner
    planned = planner(theme, handout, pictures, logo)
    pages = planned.pages()
    if handout.notices:
        pages += planned.flowed(notice_blocks(theme, handout), "notices")
    for number, page in enumerate(pages, 1):
        for column in page.columns:
            tall, room = stacked(column.blocks, column.width), theme.body(first=number == 1)[1] - column.top
            # Now, and not while it is drawn: other handouts may be on the same canvas.
            if tall > room + _SLACK_PT:
                fault = f"what stands there needs {tall:.0f} of {room:.0f} points"
                raise BadInput([Problem(f"page {number}", 0, 0, fault, "shorten its texts, or give fewer of them")])
    return LaidOutHandout(theme, handout, pages)


_SLACK_PT = 0.01
"""Sums of heights differ by less."""


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """The document template of one handout: a page template for each planned page."""

    def __init__(self, laid_out: LaidOutHandout, canvas: TaggedCanvas) -> None:
        super().__init__("", pagesize=laid_out.page_size)
        self._laid_out, self._canvas = laid_out, canvas
        for number, page in enumerate(laid_out.pages, 1):
            self.addPageTemplates(PageTemplate(str(number), self._frames(page, number), onPage=self._begin_page))

    def _frames(self, page: Page, number: int) -> list[Frame]:
        """A frame for each column, as tall as the rest of the page, so that nothing that was measured is refused."""
        theme = self._laid_out.theme
        return [
            Frame(theme.left(number) + column.x, 0, column.width, theme.height - column.top, 0, 0, 0, 0)
            for column in page.columns
        ]

    def _begin_page(self, canvas: TaggedCanvas, _template: BaseDocTemplate) -> None:
        canvas.page_label(self.page)
        laid_out, theme = self._laid_out, self._laid_out.theme
        draw_running_lines(Pen(canvas, theme, theme.height), laid_out.handout, self.page, laid_out.page_count)

    def draw(self) -> None:
        """Build the story on the canvas, whose document goes on after it."""
        story: list[Flowable] = []
        section = Section()
        for number, page in enumerate(self._laid_out.pages, 1):
            if number > 1:
                story += [NextPageTemplate(str(number)), PageBreak()]
            if page.section in SECTIONS or number == 1:
                section = Section()
            for i, column in enumerate(page.columns):
                if i:
                    story.append(FrameBreak())
                for block in column.blocks:
                    block.section = section
                story += column.blocks
        self._doSave = 0  # the canvas may hold other handouts, and is finished by whoever opened it
        self.build(story, canvasmaker=lambda *_arguments, **_options: self._canvas)


def notice_blocks(theme: Theme, handout: Handout) -> list[Block]:
    """The notices in their order under a heading in the handout's language; headings and the paragraph below them, with
    the space below that, stay on one page."""
    k, blocks = theme.k, list[Block]()
    heading = ("H2", handout.labels["notices"], "heading", 6.0)
    waiting, above = [heading], 12 * k
    for notice in handout.notices:
        waiting.append(("H3", notice.text, "bold", above) if notice.heading else ("P", notice.text, "body", above))
        above = 7 * k
        if not notice.heading:
            waiting.append(("P", (), "body", above))
            blocks.append(Paragraphs(theme, waiting, (8 if len(waiting) > 2 else 2) * k))
            waiting, above = [], 0.0
    return blocks
