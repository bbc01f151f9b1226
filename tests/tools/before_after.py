"""Sheets of figures as they were and as they are: `python -m tests.tools.before_after FOLDER REVISION ID …`.

Takes the repository as it stood at a revision of git, lets its own `show --picture` draw the exercises, and sets each
picture to the left of today's: twelve exercises to a sheet, `before-after-1.png` and so on.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFont, ImageOps

ROOT = Path(__file__).parents[2]
COLUMNS, A_SHEET = 2, 12
CELL, TITLE, GAP = (310, 200), 20, 8
"""Pixels: the largest picture, the line over two of them, and the space round each."""
COLOURS = 160
"""Few colours make a small file; the figures have hardly more."""


def drawn(repository: Path, name: str, folder: Path) -> Image.Image:
    """An exercise's picture, as the code that lies in a folder draws it."""
    file = folder / f"{name}.png"
    asked = [sys.executable, "cli.py", "show", name, "--picture", str(file), "--force"]
    subprocess.run(asked, cwd=repository, check=True, capture_output=True)
    with Image.open(file) as image:
        return ImageOps.contain(image.convert("RGB"), CELL, Image.Resampling.LANCZOS)


def sheet(names: list[str], before: Path, folder: Path) -> Image.Image:
    """Some exercises, each with its name over its two pictures."""
    pairs = [[drawn(repository, name, folder) for repository in (before, ROOT)] for name in names]
    rows = [range(start, min(start + COLUMNS, len(names))) for start in range(0, len(names), COLUMNS)]
    heights = [TITLE + 2 * GAP + max(picture.height for i in row for picture in pairs[i]) for row in rows]
    wide = 2 * (CELL[0] + GAP) + 2 * GAP
    page = Image.new("RGB", (COLUMNS * wide, sum(heights)), "white")
    pen, font, y = ImageDraw.Draw(page), ImageFont.load_default(13), 0
    for row, height in zip(rows, heights, strict=True):
        for x, i in zip(range(0, page.width, wide), row, strict=False):
            pen.text((x + GAP, y + 3), f"{names[i]}: before | after", "black", font)
            middle = x + GAP + CELL[0] + GAP // 2
            pen.line((middle, y + TITLE, middle, y + height - GAP), "grey")
            for left, picture in zip((x + GAP, middle + GAP // 2), pairs[i], strict=True):
                page.paste(picture, (left + (CELL[0] - picture.width) // 2, y + TITLE))
        y += height
    return page


def main() -> None:
    if len(sys.argv) < 4:
        sys.exit((__doc__ or "").splitlines()[0])
    out, revision, *names = sys.argv[1:]
    Path(out).mkdir(parents=True, exist_ok=True)
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with TemporaryDirectory() as before, TemporaryDirectory() as pictures:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(before, filter="data")
        for number, start in enumerate(range(0, len(names), A_SHEET), 1):
            page = sheet(names[start : start + A_SHEET], Path(before), Path(pictures))
            page.quantize(COLOURS, dither=Image.Dither.NONE).save(
                Path(out) / f"before-after-{number}.png", optimize=True
            )


if __name__ == "__main__":
    main()
