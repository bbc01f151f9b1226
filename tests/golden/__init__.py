"""The golden pages: which handouts are kept as pictures and texts, how they are made, and how they are renewed.

`python -m tests.golden --update [CASE …]` renders every case, or those named, again into `tests/golden/pages` (pictures
and texts that the tests compare with) and into `docs/pages` (the larger pictures of the documentation). Look at the
pages before committing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

from handouts.cli.run import run

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).parent / "pages"
DOCS = ROOT / "docs" / "pages"
SAMPLES = ROOT / "content" / "samples"

DPI = 60
"""Enough to see a moved line or a changed figure; small enough to keep the pages in the repository."""
DOCS_DPI = 100

FOURTEEN = (
    *("bridge", "knee-to-chest", "lumbar-rotation-supine", "pelvic-tilt", "partial-curl", "side-leg-lift", "superman"),
    *("lumbar-rotation-seated", "bird-dog", "heel-raise", "mini-squat", "sit-to-stand", "chin-tuck", "wall-push-up"),
)
NAME_OF_60_LETTERS = "Maximiliana Guadalupe Fernández-Villavicencio de la Santísima"
COMMON = ("--date", "2026-11-22", "--clinic", "palm-wellness", "--clinician", "Dana Reyes, LMT")


def _exercises(*ids: str) -> tuple[str, ...]:
    return tuple(part for id_ in ids for part in ("--exercise", id_))


CASES: dict[str, tuple[str, ...]] = {
    "letter": ("make", str(SAMPLES / "maria.yaml")),
    "spanish": ("make", str(SAMPLES / "maria-es.yaml"), "--paper", "a4"),
    "ink-saver": ("make", str(SAMPLES / "maria.yaml"), "--ink-saver"),
    "large-print": ("make", str(SAMPLES / "maria.yaml"), "--large-print"),
    "one-exercise": ("make", "--patient", "Ann Lee", *COMMON, *_exercises("bridge")),
    "fourteen": ("make", "--patient", NAME_OF_60_LETTERS, *COMMON, *_exercises(*FOURTEEN)),
    "catalogue": ("catalogue", "--region", "neck", "--clinic", "palm-wellness", "--date", "2026-11-22"),
}
"""Case name → a command line."""

KEPT = {
    "letter": (1, 2, 5, 6),
    "spanish": (1, 3),
    "ink-saver": (1, 2),
    "large-print": (1, 2, 6),
    "one-exercise": (1, 2),
    "fourteen": (1,),
    "catalogue": (1, 2),
}
"""The pages that are kept, few enough to be looked at: of `letter` page 1, cards, Stay safe and the log."""

SHOWN_IN_DOCS = {"letter": (1, 2), "spanish": (1,), "large-print": (1,), "ink-saver": (1,), "catalogue": (2,)}
"""The pages that the documentation shows, named there from 1 on."""


def make(case: str, folder: Path) -> Path:
    """Make one case through the command, as a user would, and return its PDF."""
    target = folder / f"{case}.pdf"
    code = run([*CASES[case], "-o", str(target)])
    if code:
        raise RuntimeError(f"{case}: exit {code}")
    return target


def _sixteen_greys(grey: int) -> int:
    """The nearest of 16 even greys: a quarter of the size, and never further off than 8 of 255."""
    return round(grey / 17) * 17


def pictures(path: Path, pages: Sequence[int], dpi: int = DPI) -> list[Image.Image]:
    """These pages of a PDF as grey pictures."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [pdf[number - 1].render(scale=dpi / 72).to_pil().convert("L") for number in pages]


def texts(path: Path, pages: Sequence[int]) -> list[str]:
    """The text of these pages, lines ended the same on every system."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [pdf[number - 1].get_textpage().get_text_bounded().replace("\r\n", "\n") for number in pages]


def update(cases: Sequence[str] = ()) -> None:
    """Render these cases again, or every one, and replace what is kept of them."""
    PAGES.mkdir(exist_ok=True)
    DOCS.mkdir(parents=True, exist_ok=True)
    if not cases:
        for old in PAGES.iterdir():
            old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for case in cases or CASES:
            pdf = make(case, Path(folder))
            _keep(case, pdf)
            _show(case, pdf)


def _keep(case: str, pdf: Path) -> None:
    for old in PAGES.glob(f"{case}-[0-9]*"):
        old.unlink()
    kept = zip(KEPT[case], pictures(pdf, KEPT[case]), texts(pdf, KEPT[case]), strict=True)
    for number, picture, text in kept:
        picture.point(_sixteen_greys).save(PAGES / f"{case}-{number}.png", optimize=True)
        (PAGES / f"{case}-{number}.txt").write_text(text, encoding="utf-8")


def _show(case: str, pdf: Path) -> None:
    with pypdfium2.PdfDocument(pdf) as opened:
        for place, number in enumerate(SHOWN_IN_DOCS.get(case, ()), start=1):
            shown = opened[number - 1].render(scale=DOCS_DPI / 72).to_pil()
            shown.quantize(96, Image.Quantize.MAXCOVERAGE).save(DOCS / f"{case}-{place}.png", optimize=True)
