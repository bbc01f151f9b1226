"""A document that uses every feature of the tagged canvas, in the ways that go wrong."""

from __future__ import annotations

import datetime as dt
import zlib
from typing import NamedTuple

from handouts.pdf.drawn_form import PixelForm
from handouts.pdf.fonts import face
from handouts.pdf.tagging import Path, TaggedCanvas

INK = (0.08, 0.13, 0.12)
LETTER = (612.0, 792.0)


class Art(NamedTuple):
    """A drawing as the figure room makes them."""

    operators: bytes = b"q 0.2 0.4 0.6 rg 0 0 50 40 re f Q"
    width: float = 50
    height: float = 40


DOT = PixelForm((2, 1), 3, False, zlib.compress(bytes(6)), zlib.compress(b"\x00\xff"))


def new_canvas(title: str = "Knee & <co> for Ánh", lang: str = "en-US") -> TaggedCanvas:
    """An empty canvas with plain facts."""
    return TaggedCanvas(
        page_size=LETTER, title=title, lang=lang, date=dt.date(2025, 3, 1), author="Clinic", subject="Exercises"
    )


def say(
    canvas: TaggedCanvas, x: float, y: float, words: str, *, fallback: bool = False, line_end: bool = False
) -> None:
    """Body text."""
    canvas.text(x, y, words, face("regular", fallback), 12, INK, line_end=line_end)


def running_lines(canvas: TaggedCanvas, page: int) -> None:
    """Header and footer, with graphics of their own."""
    with canvas.artifact("Header"):
        say(canvas, 45, 40, "Knee program")
        canvas.line(45, 46, 560, 46, INK, dash=(2, 2), cap="round")
    with canvas.artifact("Footer"):
        say(canvas, 45, 760, f"Page {page} of 2")


def handout(canvas: TaggedCanvas) -> None:
    """Two pages: a paragraph, a link and a table run over the page; a cell is drawn after its row."""
    bold = face("bold")
    canvas.begin_page(1)
    running_lines(canvas, 1)
    with canvas.tag("H1"):
        canvas.text(45, 80, "Your knee", face("extrabold"), 27, INK, line_end=True)
        canvas.text(45, 110, "program (10)", face("extrabold"), 27, INK)
    with canvas.tag("Sect"):
        with canvas.tag("H2", bookmark="Bridge, in short"):
            canvas.text(45, 140, "Bridge", bold, 20, INK)
        with canvas.figure("A person lies on the back and lifts the hips.", (45, 150, 100, 80)):
            canvas.paint(canvas.form("art", Art()), 45, 150, 2)
            canvas.disc(60, 160, 4, fill=INK)
            say(canvas, 50, 240, "Start")
        with canvas.artifact():
            canvas.paint(canvas.form("art", Art()), 200, 150, 1)
        canvas.paint(canvas.bitmap("dot", DOT), 260, 150, 10)
        with canvas.tag("L", list_numbering="Decimal"):
            for number in (1, 2):
                with canvas.tag("LI"):
                    with canvas.tag("Lbl"):
                        say(canvas, 45, 260 + 40 * number, f"{number}.")
                    with canvas.tag("LBody"):
                        say(canvas, 65, 260 + 40 * number, "Lift your hips –", line_end=True)
                        canvas.rect(40, 250 + 40 * number, 3, 20, fill=INK)
                        say(canvas, 65, 275 + 40 * number, "slowly.")
        with canvas.tag("P"):
            say(canvas, 45, 380, "For ")
            with canvas.tag("Span", lang="vi"):
                say(canvas, 70, 380, "Nguyễn Thị Ánh \U0001df04", fallback=True)
            say(canvas, 200, 380, ", who says ")
            with canvas.tag("Span", lang="el"):
                say(canvas, 280, 380, "καλημέρα", fallback=True)
    with canvas.tag("Div"), canvas.tag("P") as running:
        say(canvas, 45, 700, "This goes on", line_end=True)
        with canvas.tag("Link") as link:
            say(canvas, 45, 720, "see our", line_end=True)
            canvas.link("https://example.org/a)b", "Our page \\o/ :)", (45, 710, 60, 14))
    with canvas.tag("Table") as table, canvas.tag("THead"), canvas.tag("TR"):
        for name in ("Day", "Mon", "Tue"):
            with canvas.tag("TH", scope="Column"):
                canvas.text(45, 740, name, bold, 12, INK)
    canvas.end_page()

    canvas.begin_page()
    running_lines(canvas, 2)
    with canvas.reopen(running):
        with canvas.reopen(link):
            say(canvas, 45, 80, "home page")
            canvas.link("https://example.org/a)b", "Our page \\o/ :)", (45, 70, 60, 14))
        say(canvas, 120, 80, " tomorrow.")
    with canvas.artifact("Header"):
        canvas.text(45, 100, "Day", bold, 12, INK)
    with canvas.reopen(table), canvas.tag("TBody"):
        with canvas.tag("TR"):
            with canvas.tag("TH", scope="Row", row_span=2):
                canvas.text(45, 120, "Bridge", bold, 12, INK)
            with canvas.tag("TD") as late:
                pass
            with canvas.tag("TD"):
                pass
        with (
            canvas.tag("TR"),
            canvas.tag("TD", column_span=2),
            canvas.tag("L", list_numbering="None"),
            canvas.tag("LI"),
            canvas.tag("LBody"),
            canvas.tag("P"),
        ):
            say(canvas, 120, 140, "in a cell")
    with canvas.reopen(late):
        say(canvas, 120, 120, "drawn later")
    with canvas.clip(Path.disc(300, 300, 20)):
        canvas.round_rect(280, 280, 40, 30, 6, corners="tl br", fill=INK, stroke=INK)
    canvas.polygon([(400, 300), (420, 300), (410, 280)], stroke=INK, closed=False)
    with canvas.tag("H2"):
        canvas.text(45, 400, "Questions", bold, 20, INK)
    canvas.end_page()


def torture() -> bytes:
    """One handout with an attachment."""
    canvas = new_canvas()
    handout(canvas)
    canvas.attach("program.json", b'{"patient": "x"}', "application/json", "The program of this handout")
    return canvas.finish()


def spool(count: int) -> bytes:
    """Several handouts in one document, a Part for each."""
    canvas = new_canvas("Handouts to print")
    for number in range(count):
        with canvas.tag("Part", bookmark=f"Handout {number + 1}"):
            handout(canvas)
    return canvas.finish()
