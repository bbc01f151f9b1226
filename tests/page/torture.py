"""A document that uses every feature of the tagged canvas, in the ways that go wrong."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from PIL import Image

from handouts.drawing import ClipEnd, ClipStart, Drawing, Fill, Stroke
from handouts.pdf.canvas import TaggedCanvas

INK = (0.08, 0.13, 0.12)
LETTER = (612.0, 792.0)
TOP = LETTER[1]

_TRIANGLE = (("m", 0.0, 0.0), ("l", 50.0, 0.0), ("c", 50.0, 20.0, 40.0, 40.0, 25.0, 40.0), ("h",))
ART = Drawing(
    "art",
    50,
    40,
    (
        Fill(_TRIANGLE, "skin"),
        ClipStart((("m", 0.0, 0.0), ("l", 50.0, 0.0), ("l", 50.0, 40.0), ("h",))),
        Stroke(_TRIANGLE, "ink", 2.0, (3.0, 2.0), "round", "round"),
        ClipEnd(),
    ),
)
COLOURS = {"skin": (0.2, 0.4, 0.6), "ink": INK}


def dot() -> bytes:
    """Two pixels, one of them clear, as a PNG file."""
    image = Image.new("RGBA", (2, 1), (200, 0, 0, 255))
    image.putpixel((1, 0), (0, 0, 0, 0))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def new_canvas(title: str = "Knee & <co> for Ánh", lang: str = "en-US") -> TaggedCanvas:
    """An empty canvas with plain facts."""
    return TaggedCanvas(
        None, LETTER, title=title, lang=lang, date=dt.date(2025, 3, 1), author="Clinic", subject="Exercises"
    )


def say(
    canvas: TaggedCanvas, x: float, down: float, words: str, *, fallback: bool = False, line_end: bool = False
) -> None:
    """Body text, its baseline so far down from the top."""
    canvas.draw_text(x, TOP - down, words, "regular", 12, INK, fallback=fallback, line_end=line_end)


def loud(canvas: TaggedCanvas, down: float, words: str, size: float = 20, line_end: bool = False) -> None:
    """Bold text."""
    canvas.draw_text(45, TOP - down, words, "bold", size, INK, line_end=line_end)


def running_lines(canvas: TaggedCanvas, page: int) -> None:
    """Header and footer, with graphics of their own."""
    with canvas.artifact("Header"):
        say(canvas, 45, 40, "Knee program")
        canvas.setDash([2, 2])
        canvas.line(45, TOP - 46, 560, TOP - 46)
        canvas.setDash([])
    with canvas.artifact("Footer"):
        say(canvas, 45, 760, f"Page {page} of 2")


def handout(canvas: TaggedCanvas) -> None:
    """Two pages: a paragraph, a link and a table run over the page; a cell is drawn after its row."""
    canvas.page_label(1)
    running_lines(canvas, 1)
    with canvas.tag("H1"):
        loud(canvas, 80, "Your knee", 27, line_end=True)
        canvas.draw_text(45, TOP - 110, "program (10)", "extrabold", 27, INK)
    with canvas.tag("Sect"):
        with canvas.tag("H2", bookmark="Bridge, in short"):
            loud(canvas, 140, "Bridge")
        with canvas.figure("A person lies on the back and lifts the hips.", (45, 562, 100, 80)):
            canvas.draw_drawing(ART, COLOURS, 45, 562, 100, 80)
            canvas.circle(60, 632, 4, fill=1)
            say(canvas, 50, 240, "Start")
        with canvas.artifact():
            canvas.draw_drawing(ART, COLOURS, 200, 600, 50, 40)
        canvas.draw_drawing(ART, {**COLOURS, "skin": None}, 200, 500, 50, 40)
        canvas.draw_bitmap(dot(), 260, 632, 20, 10)
        canvas.draw_bitmap(dot(), 290, 632, 20, 10)
        with canvas.tag("L", list_numbering="Decimal"):
            for number in (1, 2):
                with canvas.tag("LI"):
                    with canvas.tag("Lbl"):
                        say(canvas, 45, 260 + 40 * number, f"{number}.")
                    with canvas.tag("LBody"):
                        say(canvas, 65, 260 + 40 * number, "Lift your hips –", line_end=True)
                        canvas.rect(40, TOP - 270 - 40 * number, 3, 20, fill=1)
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
            canvas.link("https://example.org/a)b", "Our page \\o/ :)", (45, 68, 60, 14))
    with canvas.tag("Table") as table, canvas.tag("THead"), canvas.tag("TR"):
        for name in ("Day", "Mon", "Tue"):
            with canvas.tag("TH", scope="Column"):
                loud(canvas, 740, name, 12)
    canvas.showPage()

    running_lines(canvas, 2)
    with canvas.reopen(running):
        with canvas.reopen(link):
            say(canvas, 45, 80, "home page")
            canvas.link("https://example.org/a)b", "Our page \\o/ :)", (45, 708, 60, 14))
        say(canvas, 120, 80, " tomorrow.")
    with canvas.artifact("Header"):
        loud(canvas, 100, "Day", 12)
    with canvas.reopen(table), canvas.tag("TBody"):
        with canvas.tag("TR"):
            with canvas.tag("TH", scope="Row"):
                loud(canvas, 120, "Bridge", 12)
            with canvas.tag("TD") as late:
                pass
            with canvas.tag("TD"):
                pass
        with canvas.tag("TR"):
            with canvas.tag("TH", scope="Row"):
                loud(canvas, 140, "Clamshell", 12)
            with (
                canvas.tag("TD"),
                canvas.tag("L", list_numbering="None"),
                canvas.tag("LI"),
                canvas.tag("LBody"),
                canvas.tag("P"),
            ):
                say(canvas, 120, 140, "in a cell")
            with canvas.tag("TD"):
                pass
    with canvas.reopen(late):
        say(canvas, 120, 120, "drawn later")
    canvas.saveState()
    path = canvas.beginPath()
    path.circle(300, 492, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.roundRect(280, 472, 40, 30, 6, fill=1)
    canvas.translate(100, 0)
    with canvas.tag("P"):
        say(canvas, 200, 310, "inside a saved state")
    canvas.restoreState()
    canvas.grid([400, 420], [300, 310])
    with canvas.tag("H2"):
        loud(canvas, 400, "Questions")
    canvas.showPage()


def torture() -> bytes:
    """One handout with an attachment."""
    canvas = new_canvas()
    handout(canvas)
    canvas.attach("program.json", b'{"patient": "x"}', "application/json", "The program of this handout")
    return canvas.finish()


def print_file(count: int) -> bytes:
    """Several handouts in one document, a Part for each."""
    canvas = new_canvas("Handouts to print")
    for number in range(count):
        with canvas.tag("Part", bookmark=f"Handout {number + 1}"):
            handout(canvas)
    return canvas.finish()
