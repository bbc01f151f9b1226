"""A contact sheet of figures to look at: `python tests/figure/contact.py OUT.pdf [--ink] [--mm 45] [FILE or FOLDER …]`.

A FILE is an exercise (its `picture:` is drawn) or a mapping of names to pictures; a FOLDER is searched for exercises.
Without any, all exercises of the library are drawn. `--side left` mirrors, `--only NAME,NAME` picks, `--grey` greys.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from handouts.drawing import Drawing, replay  # noqa: E402
from handouts.figures import FigureStyle, figure_colours, frames  # noqa: E402

GAP, TITLE = 6.0, 12.0


def read_pictures(paths: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and pictures of exercises, in the order of the files."""
    for path in paths:
        if path.is_dir():
            yield from read_pictures(sorted(path.rglob("*.yaml")))
            continue
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        if "frames" in data:
            yield path.stem, data
        elif "picture" in data:
            yield path.stem, data["picture"]
        else:
            yield from (
                (name, picture) for name, picture in data.items() if isinstance(picture, dict) and "frames" in picture
            )


def place(canvas: Canvas, drawing: Drawing, style: FigureStyle, x: float, y: float, scale: float) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(scale, scale)
    replay(drawing, canvas, figure_colours(style), style.line_scale)
    canvas.restoreState()


def draw_cell(
    canvas: Canvas, drawings: tuple[Drawing, ...], style: FigureStyle, box: tuple[float, float, float, float]
) -> None:
    """All frames of a pose in a box: stacked or side by side, whichever makes the person larger."""
    x, y, width, height = box
    w, h, n = drawings[0].width, drawings[0].height, len(drawings)

    def fit(columns: int) -> float:
        rows = -(-n // columns)
        return min((width - GAP * (columns - 1)) / (w * columns), (height - GAP * (rows - 1)) / (h * rows))

    columns = max(range(1, n + 1), key=fit)
    scale = fit(columns)
    for i, drawing in enumerate(drawings):
        row, column = divmod(i, columns)
        place(
            canvas,
            drawing,
            style,
            x + column * (w * scale + GAP),
            y + height - (row + 1) * h * scale - row * GAP,
            scale,
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("out", type=Path)
    options.add_argument("paths", type=Path, nargs="*")
    options.add_argument("--ink", action="store_true")
    options.add_argument("--grey", action="store_true")
    options.add_argument("--mm", type=float, default=90)
    options.add_argument("--side", choices=("left", "right"))
    options.add_argument("--only", default="")
    options.add_argument("--columns", type=int, default=5)
    options.add_argument("--accent", default="#1F8A8C")
    options.add_argument("--skin")
    asked = options.parse_args()
    mode = "ink" if asked.ink else "grey" if asked.grey else "colour"
    style = FigureStyle(mode=mode, accent=asked.accent, skin=asked.skin)
    pictures = list(read_pictures(asked.paths or [ROOT / "content" / "exercises"]))
    chosen = [entry for entry in pictures if not asked.only or entry[0] in asked.only.split(",")]
    width = asked.mm * 72 / 25.4
    height = width * 0.8
    columns = min(asked.columns, len(chosen))
    rl_config.useA85 = 0
    rows_per_page = 7
    page = (columns * (width + 2 * GAP), min(rows_per_page, -(-len(chosen) // columns)) * (height + TITLE + 2 * GAP))
    canvas = Canvas(str(asked.out), pagesize=page, invariant=1)
    for i, (name, picture) in enumerate(chosen):
        row, column = divmod(i, columns)
        if row and row % rows_per_page == 0 and column == 0:
            canvas.showPage()
        x, top = column * (width + 2 * GAP) + GAP, page[1] - (row % rows_per_page) * (height + TITLE + 2 * GAP) - GAP
        draw_cell(canvas, frames(name, picture, asked.side), style, (x, top - height, width, height))
        canvas.setFont("Helvetica", 8)
        canvas.drawString(x, top - height - TITLE + 3, name)
    canvas.save()


if __name__ == "__main__":
    main()
