"""Draw the logos of tests/page/logos with Chromium, into the pictures that the tests compare with.

python -m tests.tools.draw_logos [FOLDER]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from handouts.branding.svg_logo import parse_svg

FOLDER = Path(__file__).parents[1] / "page/logos"
WIDE, TALL = 240, 260
"""Pixels of a picture's width, and of the room that each has."""


def draw(folder: Path, out: Path) -> None:
    """Write NAME.png for each NAME.svg in `folder`, in one run of the browser."""
    files = sorted(folder.glob("*.svg"))
    heights = {}
    page = "<!doctype html><body style='margin:0;background:#fff'>"
    for number, file in enumerate(files):
        drawing = parse_svg(file.read_bytes(), file.name, file.stem)
        heights[file] = round(WIDE * drawing.height / drawing.width)
        size = f"width:{WIDE}px;height:{heights[file]}px"
        shown = f"<img style='{size}' src='{file.resolve().as_uri()}'>"
        if b"xmlns=" not in file.read_bytes():  # as it stood in its web page
            shown = file.read_text(encoding="utf-8").replace("<svg ", f"<svg style='{size}' ", 1)
        page += f"<div style='position:absolute;left:0;top:{number * TALL}px;line-height:0'>{shown}</div>"
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "page.html").write_text(page, encoding="utf-8")
        shot = Path(home) / "page.png"
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={home}/profile"]
        command = ["chromium", *flags, f"--window-size={WIDE},{TALL * len(files)}", f"--screenshot={shot}"]
        subprocess.run([*command, (Path(home) / "page.html").as_uri()], check=True, capture_output=True, timeout=120)
        with Image.open(shot) as whole:
            for number, file in enumerate(files):
                box = (0, number * TALL, WIDE, number * TALL + heights[file])
                whole.convert("RGB").crop(box).save(out / f"{file.stem}.png", optimize=True)


if __name__ == "__main__":
    draw(FOLDER, Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
