"""Make Handout Sans: Atkinson Hyperlegible Next with an open zero.

    npm pack @expo-google-fonts/atkinson-hyperlegible-next && tar xzf *.tgz
    python tests/tools/open_zero.py package fonts

reads every upright static weight under `package` and writes `fonts/HandoutSans-<Weight>.ttf`. The zero becomes its own
outer curve with a counter as wide as the capital O's stems leave. Needs fontTools, a development dependency; the
program itself never runs this.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

WEIGHTS = ("Regular", "SemiBold", "Bold", "ExtraBold")
ZEROS = ("zero", "zero.tf")
"""The proportional and the tabular zero."""
LIGHTER = 0.97
"""The zero's stems beside the capital O's: numerals are a touch lighter."""

Call = tuple[str, tuple[Any, ...]]
Contour = tuple[tuple[float, float, float, float], list[Call]]


def contours(font: TTFont, name: str) -> list[Contour]:
    """The closed contours of a glyph with their bounds, the largest first."""
    glyphs, recording = font.getGlyphSet(), DecomposingRecordingPen(font.getGlyphSet())
    glyphs[name].draw(recording)
    found: list[Contour] = []
    calls: list[Call] = []
    for call in recording.value:
        calls.append(call)
        if call[0] in ("closePath", "endPath"):
            bounds = BoundsPen(None)
            replay(calls, bounds)
            found.append((bounds.bounds, calls))
            calls = []
    return sorted(found, key=lambda contour: -(contour[0][2] - contour[0][0]) * (contour[0][3] - contour[0][1]))


def replay(calls: list[Call], pen: Any) -> None:
    """Draw recorded calls with another pen."""
    for operation, points in calls:
        getattr(pen, operation)(*points)


def open_zero(font: TTFont, name: str) -> None:
    """Replace the glyph by its outer curve and a counter drawn from the same curve, turned round."""
    (left, bottom, right, top), outer = contours(font, name)[0]
    capital, counter = (contour[0] for contour in contours(font, "O")[:2])
    stem, bar = (counter[0] - capital[0]) * LIGHTER, capital[3] - counter[3]
    x, y = (left + right) / 2, (bottom + top) / 2
    across, up = 1 - 2 * stem / (right - left), 1 - 2 * bar / (top - bottom)
    inner = [
        (op, tuple(None if p is None else (x + (p[0] - x) * across, y + (p[1] - y) * up) for p in points))
        for op, points in outer
    ]
    pen = TTGlyphPen(None)
    replay(outer, pen)
    replay(inner, ReverseContourPen(pen))
    glyph = pen.glyph()
    advance, _ = font["hmtx"][name]
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, glyph.xMin)


def rename(font: TTFont) -> None:
    """Give the copy a name of its own; copyright and licence stay as they are."""
    for record in list(font["name"].names):
        if record.nameID not in (1, 3, 4, 6, 16, 25):
            continue
        name = record.toUnicode().replace("Atkinson Hyperlegible Next", "Handout Sans")
        name = name.replace("AtkinsonHyperlegibleNext", "HandoutSans")
        font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)


def main(source: Path, target: Path) -> None:
    """Convert every upright weight found under `source`."""
    for path in sorted(source.rglob("AtkinsonHyperlegibleNext_*.ttf")):
        weight = re.sub(r".*_\d+", "", path.stem)
        if weight not in WEIGHTS:
            continue
        font = TTFont(path)
        for name in ZEROS:
            open_zero(font, name)
        rename(font)
        font.save(target / f"HandoutSans-{weight}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
