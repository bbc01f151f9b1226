"""How full the page 'Stay safe' is for every packet, alone and with one condition: python -m tests.tools.measure_safety

Sets the lines by the measures of the page: two columns, 12 on 14.8 points. Prints the heights of both columns, what had
to move or was left out to fit one page, and what does not fit.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFont

from handouts.library import Library, read_library
from handouts.library.locale import Locale, read_locale
from handouts.model import Clinic, Patient, PatientCondition, Prescription, Program
from handouts.resources import content_folder
from handouts.screening import Safety, pain_scale, safety_items, screen
from handouts.screening.screening import refusals

FONTS = Path(__file__).parents[2] / "fonts"
COLUMN, ROOM = 250.0, 629.0
"""Points: a column's width, and its room below the page's title on letter paper."""
SIZE, LEADING, CAP = 12.0, 14.8, 0.668
HANG, BETWEEN, HEAD, APART = 14.0, 8.2, 33.0, 13.0
CLOSEST = 7.0
"""The least between two lines: a little more than between the rows of one."""
LEFTS = tuple(names for count in range(4) for names in combinations(("doctor", "stop", "pain", "know"), count))
"""Which boxes may stand under the emergency box."""
PHONE = "(813) 443-5370"


class Fit(NamedTuple):
    """The heights of the two columns, and how they were made to fit."""

    left: float
    right: float
    how: str

    @property
    def fits(self) -> bool:
        """Whether both columns go on one page."""
        return max(self.left, self.right) <= ROOM


@cache
def font(weight: str) -> TTFont:
    """A weight of the sheet's own family."""
    return TTFont(weight, FONTS / f"HandoutSans-{weight}.ttf")


def lines(text: str, width: float, weight: str = "Regular") -> int:
    """How many lines a text takes, broken at spaces."""
    count, used, space = 1, 0.0, font(weight).stringWidth(" ", SIZE)
    for word in text.split():
        wide = font(weight).stringWidth(word, SIZE)
        if used and used + space + wide > width:
            count, used = count + 1, wide
        else:
            used += wide + (space if used else 0)
    return count


def tall(text: str, width: float, weight: str = "Regular") -> float:
    """From the capitals of the first line to the last baseline."""
    return CAP * SIZE + (lines(text, width, weight) - 1) * LEADING


def filled(text: str) -> str:
    """A line with its blanks filled in."""
    return text.replace("{emergency}", "911").replace("{phone}", PHONE)


def box(safety: Safety, action: str, between: float = BETWEEN) -> float:
    """The height of one box; 0 without lines. Sub-headings stand in the emergency box only."""
    height = 0.0
    for group in safety.groups:
        if group.action != action:
            continue
        if group.title and action == "call-911":
            height += 3 + tall(filled(group.title), COLUMN - 2, "Bold") + 7
        height += sum(tall(filled(line.text), COLUMN - HANG) + between for line in group.lines)
    return HEAD + height - between if height else 0.0


def pain(program: Program, library: Library, locale: Locale) -> float:
    """The height of the pain scale's box: a row for each zone, and the line about the next day."""
    text = locale.pain_scale(pain_scale(program, library))
    rows = (f"{zone.word}. {zone.action} {zone.more or ''}" for zone in text.zones)
    return (
        24 + 7 + sum(max(20.0, tall(row, COLUMN - 60) + 12) + 4 for row in rows) + 3 + tall(text.next_day, COLUMN - 58)
    )


def columns(heights: Sequence[float]) -> float:
    """Boxes under each other."""
    there = [height for height in heights if height]
    return sum(there) + APART * (len(there) - 1) if there else 0.0


def fit(program: Program, library: Library, locale: Locale) -> Fit:
    """The arrangement of the boxes that fits: as drawn, then with boxes in the other column, then with fewer spare
    lines, and when all of them are gone with the lines closer together.

    The emergency box is always at the top of the left column, and the boxes of a column keep their order.
    """
    safety = safety_items(program, library, locale)
    scale = pain(program, library, locale)
    best: Fit | None = None
    settings = [(left_out, BETWEEN) for left_out in range(safety.spare + 1)] + [(safety.spare, CLOSEST)]
    for left_out, between in settings:
        told = safety.without_spare(left_out)
        call = box(told, "call-911", between)
        others = {
            "doctor": box(told, "call-doctor-today", between), "stop": box(told, "stop-and-call", between),
            "pain": scale, "know": box(told, "know", between),
        }  # fmt: skip
        for at_left in sorted(LEFTS, key=lambda names: names != ("doctor",)):
            left = columns([call, *(others[name] for name in others if name in at_left)])
            right = columns([others[name] for name in others if name not in at_left])
            how = f"left: 911 {' '.join(at_left)}" if at_left != ("doctor",) else "as drawn"
            how += f", without {left_out} spare lines" if left_out else ""
            found = Fit(left, right, how + (", closer" if between < BETWEEN else ""))
            if found.fits:
                return found
            if best is None or max(found.left, found.right) < max(best.left, best.right):
                best = found
    assert best is not None
    return best


def program_of(library: Library, packet: str, conditions: Iterable[str], language: str) -> Program:
    """A packet printed for a patient with these conditions."""
    made = library.packet(packet)
    return Program(
        patient=Patient(conditions=tuple(PatientCondition(condition=library.conditions[one]) for one in conditions)),
        clinic=Clinic(id="neutral"),
        date=dt.date(2026, 11, 23),
        language=language,
        packet=made,
        prescriptions=tuple(
            Prescription(exercise=library.exercise(item.exercise), dose=item.dose) for item in made.items
        ),
    )


def telling(program: Program, library: Library) -> int:
    """How many of the patient's conditions bring lines of their own; those a packet is made for count as one."""
    known = {of_patient.condition.id for of_patient in program.patient.conditions}
    targets = set(program.packet.target_conditions) if program.packet else set()
    assumed = targets if known.isdisjoint(targets) else set()
    return sum(_brings(one, library) for one in known) + any(_brings(one, library) for one in assumed)


def _brings(condition: str, library: Library) -> bool:
    category = library.conditions[condition].category
    return any(
        condition in (*warning.applies_to.conditions, *warning.applies_to.own_conditions)
        or category in warning.applies_to.categories
        for warning in library.warnings
    )


def main() -> int:
    """Prints the table: a program with several conditions may take two pages, every other one must fit."""
    library = read_library([content_folder()])
    over = 0
    for language in ("en", "es"):
        locale = read_locale(library, language)
        for packet in library.packets:
            for condition in (None, *library.conditions):
                program = program_of(library, packet, [condition] if condition else [], language)
                if condition and (refusals(screen(program, library)) or telling(program, library) > 1):
                    continue
                found = fit(program, library, locale)
                over += not found.fits
                if condition is None or not found.fits or "-v" in sys.argv:
                    name = f"{language} {packet}" if condition is None else f"   + {condition}"
                    how = found.how if found.fits else "TOO LONG"
                    sys.stdout.write(f"{name:36} {found.left:4.0f} {found.right:4.0f}  {how}\n")
    sys.stdout.write(f"{over} do not fit one page\n")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
