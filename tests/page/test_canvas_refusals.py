"""What the tagged canvas refuses: text outside a tag, tags out of place, a table or a page left unfinished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.fonts import UnprintableText
from handouts.pdf.tagging_errors import (
    ForbiddenLink,
    IrregularTable,
    MisplacedTag,
    MissingWords,
    SkippedHeading,
    TaggingFault,
    UnbalancedCalls,
    UntaggedText,
)
from tests.page.torture import INK, new_canvas, say


@pytest.fixture
def canvas() -> TaggedCanvas:
    return new_canvas()


def test_each_part_begins_with_its_first_heading(canvas: TaggedCanvas) -> None:
    with canvas.tag("Part"):
        text_in("H1")(canvas)
    with pytest.raises(SkippedHeading), canvas.tag("Part"):
        text_in("H2")(canvas)


def test_a_part_is_closed_for_good(canvas: TaggedCanvas) -> None:
    with canvas.tag("Part") as part, canvas.tag("H1"):
        say(canvas, 50, 50, "One")
    with pytest.raises(UnbalancedCalls), canvas.reopen(part):
        pass


# What must not be drawn


def refused(fault: type[Exception], *draws: Callable[[TaggedCanvas], object]) -> list[Any]:
    return [pytest.param(fault, draw, id=f"{fault.__name__}-{number}") for number, draw in enumerate(draws)]


def text_in(*tags: str) -> Callable[[TaggedCanvas], None]:
    """Draw text inside these nested tags."""

    def draw(canvas: TaggedCanvas, depth: int = 0) -> None:
        if depth == len(tags):
            say(canvas, 50, 50, "words")
            return
        more = {"TH": {"scope": "Column"}, "L": {"list_numbering": "None"}}.get(tags[depth], {})
        with canvas.tag(tags[depth], **more):  # type: ignore[arg-type]
            draw(canvas, depth + 1)

    return draw


def table(*rows: int) -> Callable[[TaggedCanvas], None]:
    """Draw a table with so many cells in each row and end the document."""

    def draw(canvas: TaggedCanvas) -> None:
        with canvas.tag("Table"):
            for row in rows:
                with canvas.tag("TR"):
                    for _ in range(row):
                        with canvas.tag("TD"):
                            pass
        canvas.showPage()
        canvas.finish()

    return draw


def opened(tag: str, **attributes: Any) -> Callable[[TaggedCanvas], None]:
    def draw(canvas: TaggedCanvas) -> None:
        with canvas.tag(tag, **attributes):
            pass

    return draw


def finished(draw: Callable[[TaggedCanvas], None]) -> Callable[[TaggedCanvas], None]:
    def whole(canvas: TaggedCanvas) -> None:
        draw(canvas)
        canvas.showPage()
        canvas.finish()

    return whole


def linked(url: str = "https://example.org", description: str = "Our page") -> Callable[[TaggedCanvas], None]:
    def draw(canvas: TaggedCanvas) -> None:
        with canvas.tag("P"), canvas.tag("Link"):
            say(canvas, 50, 50, "here")
            canvas.link(url, description, (50, 40, 30, 12))

    return draw


def in_artifact(draw: Callable[[TaggedCanvas], None]) -> Callable[[TaggedCanvas], None]:
    def whole(canvas: TaggedCanvas) -> None:
        with canvas.artifact():
            draw(canvas)

    return whole


def skipping(canvas: TaggedCanvas) -> None:
    text_in("H1")(canvas)
    text_in("H3")(canvas)


def empty_figure(canvas: TaggedCanvas, alt: str = "A figure") -> None:
    with canvas.figure(alt, (0, 0, 10, 10)):
        pass


def page_ended_in_figure(canvas: TaggedCanvas) -> None:
    with canvas.figure("A figure", (0, 0, 10, 10)):
        canvas.showPage()


def reopened_in_artifact(canvas: TaggedCanvas) -> None:
    with canvas.tag("P") as paragraph:
        say(canvas, 50, 50, "words")
    with canvas.artifact(), canvas.reopen(paragraph):
        pass


def tag_in_figure(canvas: TaggedCanvas) -> None:
    with canvas.figure("A figure", (0, 0, 10, 10)), canvas.tag("P"):
        pass


def drawn_in_a_written_part(canvas: TaggedCanvas) -> None:
    with canvas.tag("Part"), canvas.tag("P") as paragraph:
        say(canvas, 50, 50, "words")
    with canvas.reopen(paragraph):
        pass


def linked_by_reportlab(canvas: TaggedCanvas) -> None:
    with canvas.tag("P"):
        canvas.linkURL("https://example.org", (50, 40, 30, 12))


@pytest.mark.parametrize(
    ("fault", "draw"),
    [
        *refused(UntaggedText, text_in(), text_in("Sect"), text_in("L", "LI"), text_in("Table", "TR"), text_in("Div")),
        *refused(UntaggedText, lambda canvas: canvas.drawString(9, 9, "words")),
        *refused(
            MisplacedTag,
            text_in("P", "P"),
            text_in("LI"),
            text_in("TD"),
            text_in("L", "P"),
            text_in("H1", "H2"),
            text_in("Link", "P"),
            text_in("Sect", "Part"),
            text_in("Nonsense"),
            text_in("Figure"),
            opened("TH"),
            opened("TD", scope="Column"),
            opened("L"),
            opened("P", list_numbering="Decimal"),
            in_artifact(text_in("P")),
            in_artifact(linked()),
            in_artifact(empty_figure),
            tag_in_figure,
            reopened_in_artifact,
            lambda canvas: canvas.link("https://example.org", "Our page", (0, 0, 1, 1)),
            finished(lambda canvas: text_in("L", "LI", "Lbl")(canvas)),
        ),
        *refused(SkippedHeading, text_in("H2"), skipping),
        *refused(
            MissingWords,
            lambda canvas: empty_figure(canvas, ""),
            lambda canvas: empty_figure(canvas, " "),
            finished(empty_figure),
            finished(opened("P")),
            finished(opened("H1")),
            finished(opened("L", list_numbering="None")),
            finished(text_in("P", "Link")),
            linked(description=" "),
        ),
        *refused(ForbiddenLink, linked("javascript:alert(1)"), linked("file:///etc/passwd"), linked("https://é.org")),
        *refused(IrregularTable, table(2, 1), table(1, 2, 2)),
        *refused(TaggingFault, linked_by_reportlab, lambda canvas: canvas.setFont("Helvetica", 12)),
        *refused(
            UnbalancedCalls,
            lambda canvas: canvas.finish(),
            lambda canvas: [canvas.saveState(), canvas.showPage()],
            lambda canvas: [canvas.rect(0, 0, 1, 1), canvas.setPageSize((100, 100))],
            drawn_in_a_written_part,
            in_artifact(lambda canvas: canvas.showPage()),
            page_ended_in_figure,
            lambda canvas: [canvas.showPage(), canvas.rect(0, 0, 1, 1), canvas.finish()],
            lambda canvas: [text_in("H1")(canvas), canvas.showPage(), canvas.finish(), canvas.finish()],
        ),
    ],
)
def test_faults_stop_the_build(canvas: TaggedCanvas, fault: type[Exception], draw: Callable[[Any], object]) -> None:
    with pytest.raises(fault):
        draw(canvas)


def test_a_document_needs_a_title_and_a_page() -> None:
    with pytest.raises(MissingWords):
        new_canvas(" ")
    with pytest.raises(UnbalancedCalls):
        new_canvas().finish()


def test_a_character_without_a_glyph_is_never_drawn(canvas: TaggedCanvas) -> None:
    with canvas.tag("P"), pytest.raises(UnprintableText, match=r"U\+5F20"):
        canvas.draw_text(50, 50, "张", "regular", 12, INK)
