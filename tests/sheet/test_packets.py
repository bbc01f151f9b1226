"""Every packet of the library as it is printed: in each language, on each paper, in each style."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from handouts.compose.line import dose_short
from handouts.compose.sentence import dose_sentence
from handouts.library import Library, read_library
from handouts.model import Program
from handouts.prescription import ProgramFields, build_program
from handouts.render import Press, judge
from handouts.screening import warnings_for
from handouts.sheet import LaidOut
from handouts.sheet.flow import Page
from tests.sheet.measure import drawn, faults, texts
from tests.sheet.samples import CONTENT

LEAST_FULL, LEAST_FULL_LOG = 0.6, 0.5
"""A page of the log holds whole weeks, so two of them may leave it half empty."""
STYLES = ("normal", "large", "ink")


@cache
def _library() -> Library:
    return read_library([CONTENT])


@cache
def _press() -> Press:
    return Press(_library())


def _program(packet: str, language: str, paper: str, style: str) -> Program:
    fields = ProgramFields(
        packet=packet,
        clinic="palm-wellness",
        language=language,
        paper=paper,
        large_print=style == "large",
        ink_saver=style == "ink",
    )
    return build_program(fields, _library(), date=dt.date(2026, 11, 23), name_required=False)


def _every_kind() -> Iterator[tuple[str, str, str, str]]:
    for packet in _library().packets:
        for language in ("en", "es"):
            for paper in ("letter", "a4"):
                for style in STYLES:
                    yield packet, language, paper, style


QUICK = [
    ("low-back-starter", "es", "letter", "normal"),
    ("knee-osteoarthritis", "en", "a4", "ink"),
    ("pregnancy-low-back", "es", "letter", "large"),
]


@pytest.mark.parametrize("kind", QUICK, ids="-".join)
def test_a_packet_as_it_is_printed(kind: tuple[str, str, str, str]) -> None:
    assert _faults(_program(*kind)) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", tuple(_every_kind()), ids="-".join)
def test_every_packet_as_it_is_printed(kind: tuple[str, str, str, str]) -> None:
    assert _faults(_program(*kind)) == []


@pytest.mark.parametrize(("language", "most"), [("en", 8), ("es", 9)])
def test_eight_exercises_take_few_pages(language: str, most: int) -> None:
    made = _program("low-back-starter", language, "letter", "normal")
    assert len(_set(made).pages) <= most
    first = texts(_drawn(made))[0]
    locale = _press().locale(language)
    for item in made.prescriptions:
        assert locale.exercise(item.exercise).name in first


def test_what_is_kept_in_memory_shows_on_no_page() -> None:
    kinds = [("low-back-starter", language, "letter", style) for language in ("en", "es") for style in STYLES]
    first = [_drawn(_program(*kind)) for kind in kinds]
    assert [_drawn(_program(*kind)) for kind in reversed(kinds)][::-1] == first


def _set(program: Program) -> LaidOut:
    return _press().set(judge(program, _library())).laid_out


def _drawn(program: Program) -> bytes:
    return _press().make(judge(program, _library())).pdf


def _faults(program: Program) -> list[str]:
    pdf = _drawn(program)
    return [*faults(pdf, program.clinic.phone), *_missing(program, pdf), *_empty(_set(program)), *_without_glyph(pdf)]


def _bare(text: str) -> str:
    """A text as it can be found again, whatever line it was broken into."""
    return re.sub(r"[\s\-*]", "", text)


def _missing(program: Program, pdf: bytes) -> Iterator[str]:
    told = _bare(drawn(pdf))
    for wanted in _wanted(program):
        if _bare(wanted) not in told:
            yield f"not printed: {wanted}"


def _wanted(program: Program) -> Iterator[str]:
    """What a patient must be told: every exercise, dose and warning."""
    locale = _press().locale(program.language)
    for item in program.prescriptions:
        text = locale.exercise(item.exercise)
        yield from (
            text.name,
            text.setup,
            *text.steps,
            text.feel,
            text.breathing or "",
            *(f"{one.sign} {one.mend}" for one in text.mistakes[:1]),
        )
        yield from (text.make_easier or "", text.make_harder or "")
        yield dose_sentence(item.dose, item.exercise, locale)
        yield dose_short(item.dose, item.exercise, locale)
    values = {"emergency": program.clinic.emergency, "phone": program.clinic.phone or ""}
    for warning in warnings_for(program, _library()):
        said = locale.warning(warning)
        for line in (said.title, *said.items):
            yield re.sub(r"\{(\w+)\}", lambda field: values[field[1]], line)


def _empty(laid_out: LaidOut) -> Iterator[str]:
    """Pages that end too high up; the last of a section may."""
    theme = laid_out.theme
    for number, (page, following) in enumerate(zip(laid_out.pages, laid_out.pages[1:], strict=False), 1):
        top, bottom = theme.body(first=number == 1)
        full = (max(placed.y + placed.block.height for placed in page.placed) - top) / (bottom - top)
        least = LEAST_FULL_LOG if _section(page, large=False) == ("log",) else LEAST_FULL
        if full < least and _section(page, large=theme.large) == _section(following, large=theme.large):
            yield f"page {number} is only {full:.0%} full"


def _section(page: Page, *, large: bool) -> tuple[str, ...]:
    """What the page belongs to; in large print each exercise begins a page of its own."""
    keys = tuple(node.key for node in page.placed[-1].block.place)
    return keys[:2] if large and keys[0] == "cards" else keys[:1]


def _without_glyph(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages, 1):
            font = None
            for step in pikepdf.parse_content_stream(page, "Tf Tj"):
                if str(step.operator) == "Tf":
                    font = page.Resources.Font[str(step.operands[0])]
                elif not _has_glyphs(font, bytes(step.operands[0])):
                    yield f"page {number} draws a character that has no glyph"


def _has_glyphs(font: Any, codes: bytes) -> bool:
    if font.Subtype == "/Type0":
        return not any(codes[i : i + 2] == b"\0\0" for i in range(0, len(codes), 2))
    first, widths = int(font.FirstChar), list(font.Widths)
    return all(first <= code < first + len(widths) and widths[code - first] for code in codes)
