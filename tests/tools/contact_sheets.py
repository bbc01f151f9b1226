"""Sheets on which reviewers grade the figures: `python -m tests.tools.contact_sheets FOLDER [ID …]`.

Writes `sheets.pdf`, four exercises a page: each in colour, as ink-saver 45 mm wide and mirrored, with its words and a
line for the grade; and `grades.csv`, the same form to fill in on a screen. Without ids it takes the whole library.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import yaml
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from handouts.drawing import Drawing, replay
from handouts.figures import FigureStyle, figure_colours, frames
from handouts.resources import content_folder

PAGE = landscape(A4)
MARGIN, GAP = 18.0, 6.0
CELL = ((PAGE[0] - 3 * MARGIN) / 2, (PAGE[1] - 3 * MARGIN) / 2)
SMALL = 45 * 72 / 25.4
"""Points: the width of a figure on a dense card."""
ROW = 0.75 * SMALL
FONT, SIZE, LEADING = "Helvetica", 6.5, 7.6
FORM = ("id", "grade", "what is still wrong")

COLOUR, INK = FigureStyle(), FigureStyle(mode="ink")
Box = tuple[float, float, float, float]
"""Left, bottom, width, height in points."""


def exercises(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The posed exercises of the library as they are written, all or those asked for."""
    read = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in content_folder().glob("exercises/**/*.yaml")}
    posed = {name: read[name] for name in sorted(read) if "picture" in read[name]}
    unknown = set(ids) - set(posed)
    if unknown:
        sys.exit(f"no such figure: {', '.join(sorted(unknown))}")
    return {name: posed[name] for name in ids or posed}


def place(canvas: Canvas, drawings: tuple[Drawing, ...], style: FigureStyle, box: Box) -> None:
    """All frames in a box: stacked or side by side, whichever makes the person larger."""
    x, y, width, height = box
    w, h, n = drawings[0].width, drawings[0].height, len(drawings)

    def fit(columns: int) -> float:
        rows = -(-n // columns)
        return min((width - GAP * (columns - 1)) / (w * columns), (height - GAP * (rows - 1)) / (h * rows))

    columns = max(range(1, n + 1), key=fit)
    scale = fit(columns)
    for i, drawing in enumerate(drawings):
        row, column = divmod(i, columns)
        canvas.saveState()
        canvas.translate(x + column * (w * scale + GAP), y + height - (row + 1) * h * scale - row * GAP)
        canvas.scale(scale, scale)
        replay(drawing, canvas, figure_colours(style), style.line_scale)
        canvas.restoreState()


def cell(canvas: Canvas, name: str, exercise: dict[str, Any], x: float, top: float) -> None:
    """One exercise: its pictures, its words, and the line for its grade."""
    picture = exercise["picture"]
    side = picture.get("side")
    drawn = frames(name, picture)
    turned = frames(name, picture, "right" if side == "left" else "left") if side else ()
    canvas.setFont("Helvetica-Bold", 8)
    canvas.drawString(x, top - 8, f"{exercise['name']} ({name}){f', {side}' if side else ''}")
    top -= 14
    place(canvas, drawn, COLOUR, (x, top - 2 * ROW - GAP, CELL[0] - SMALL - 2 * GAP, 2 * ROW + GAP))
    right = x + CELL[0] - SMALL
    place(canvas, drawn, INK, (right, top - ROW, SMALL, ROW))
    if turned:
        place(canvas, turned, COLOUR, (right, top - 2 * ROW - GAP, SMALL, ROW))
    steps = " ".join(f"{number}. {step}" for number, step in enumerate(exercise["steps"], 1))
    text = f"{exercise.get('setup', '')} {steps} FEEL: {exercise.get('feel', '')}"
    y = top - 2 * ROW - 2 * GAP - LEADING
    canvas.setFont(FONT, SIZE)
    for line in simpleSplit(text, FONT, SIZE, CELL[0]):
        canvas.drawString(x, y, line)
        y -= LEADING
    canvas.setFont(FONT, 8)
    canvas.drawString(x, top + 14 - CELL[1], "Grade  A  B  C  D   Still wrong: " + 60 * "_")


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit((__doc__ or "").splitlines()[0])
    folder, asked = Path(sys.argv[1]), exercises(sys.argv[2:])
    folder.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(folder / "sheets.pdf"), pagesize=PAGE, invariant=1)
    for i, (name, exercise) in enumerate(asked.items()):
        if i and i % 4 == 0:
            canvas.showPage()
        row, column = divmod(i % 4, 2)
        cell(canvas, name, exercise, MARGIN + column * (CELL[0] + MARGIN), PAGE[1] - MARGIN - row * (CELL[1] + MARGIN))
    canvas.save()
    with (folder / "grades.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([FORM, *((name, "", "") for name in asked)])


if __name__ == "__main__":
    main()
