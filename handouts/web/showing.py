"""The parts *Program* and *Paper*: each exercise with dose, sentence and verdict, and what keeps it from print.

Says what `drafting` and `screening` found; decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import pypdfium2

from handouts.compose.cautions import in_order
from handouts.compose.line import whole_line
from handouts.dose import Dose, DoseError, check_dose, minutes, parse_dose, sessions_a_day
from handouts.drafting.draft import Draft, DraftExercise
from handouts.drafting.draft_changes import read_dose
from handouts.drafting.draft_program import findings, printed_dose, printed_program, unchecked_program
from handouts.errors import BadInput, on_page
from handouts.library import Library
from handouts.library.locale import Locale, read_locale
from handouts.model import AGE, UNDER_AGE, Exercise, Finding, Prescription
from handouts.prescription.revision import change_line
from handouts.reviewing import sign_off_problems
from handouts.screening import refusal_words, refusals
from handouts.screening.advice import day_minutes
from handouts.web.draft_store import DraftStore, OpenDraft

PAGE_PIXELS_PER_PT = 1.6
SIDES = {"left": "left", "right": "right", "each": "each side", "alternate": "alternate"}


@dataclass(frozen=True)
class Verdict:
    """A finding as the page tells it. `item` is what an override of it is about; None where none can lift it.

    `again`: another rule of the same condition has spoken on the same item before; one decision is for both.
    """

    finding: Finding
    word: str
    source: str
    item: str | None
    refuses: bool
    again: bool
    advice: str


@dataclass(frozen=True)
class Row:
    """An exercise of the program."""

    chosen: DraftExercise
    exercise: Exercise
    place: int
    sentence: str
    minutes: float
    sides: tuple[tuple[str, str], ...]
    side: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Shown:
    """The whole program: its rows, what is said of all of it, what is missing, and what has changed since last time.

    `lang` is the language tag of the rows' sentences; `on_paper` the names as the cards go, if in another order.
    """

    rows: tuple[Row, ...]
    lang: str
    on_paper: tuple[str, ...]
    whole: tuple[Verdict, ...]
    minutes: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    changes: tuple[str, ...] | None
    refused: tuple[str, ...]


def show(one: OpenDraft, store: DraftStore) -> Shown:
    """What the page shows of a draft."""
    draft, library = one.draft, store.library
    printed = printed_program(draft, library)
    locale = read_locale(library, printed.language)
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    changes: tuple[str, ...] | None = None
    try:
        screened = store.screened(one)
        found, notes = screened.findings, tuple(on_page(note.text) for note in screened.notes)
        if one.history.earlier is not None:
            changes = tuple(map(change_line, screened.program.history[-1].changes))
        if store.require_reviewed:
            problems = tuple(on_page(one.words) for one in sign_off_problems(screened.sign_offs, library))
    except BadInput as error:
        found, problems = findings(draft, library), tuple(on_page(one.words) for one in error.problems)
    verdicts = [_verdict(finding, found[:number], draft, library) for number, finding in enumerate(found)]
    rows = tuple(
        _row(chosen, prescription, place, [of for of in verdicts if of.finding.exercise == chosen.exercise], locale)
        for place, (chosen, prescription) in enumerate(zip(draft.exercises, printed.prescriptions, strict=True), 1)
    )
    ordered = in_order(printed)
    return Shown(
        rows=rows,
        lang=locale.tag,
        on_paper=() if ordered == list(printed.prescriptions) else tuple(one.exercise.text.name for one in ordered),
        whole=tuple(of for of in verdicts if of.finding.exercise is None),
        minutes=day_minutes(printed.prescriptions),
        problems=problems,
        notes=notes,
        changes=changes,
        refused=tuple(dict.fromkeys(map(refusal_words, refusals(found)))),
    )


def live_sentence(text: str, exercise: str, draft: Draft, library: Library) -> dict[str, str]:
    """What a dose that is being typed would print, in which language, and how long it takes; or why it cannot be."""
    try:
        dose = printed_dose(draft, exercise, read_dose(text, draft, exercise, library), library)
    except DoseError as error:
        return {"sentence": str(error)}
    found, locale = library.exercise(exercise), read_locale(library, unchecked_program(draft, library).language)
    took = f"{_minutes(dose, found):.1f}"
    return {"sentence": whole_line(dose, found, locale), "lang": locale.tag, "minutes": took}


def page_picture(pdf: bytes, number: int) -> bytes | None:
    """A page of a PDF as PNG, counted from 1; None when there is no such page."""
    with pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            return None
        out = BytesIO()
        document[number - 1].render(scale=PAGE_PIXELS_PER_PT).to_pil().save(out, "PNG", compress_level=1)
        return out.getvalue()


def _row(
    chosen: DraftExercise, prescription: Prescription, place: int, verdicts: Sequence[Verdict], locale: Locale
) -> Row:
    exercise, dose, written = prescription.exercise, prescription.dose, parse_dose(chosen.dose)
    can_be = [side for side in SIDES if not check_dose(replace(written, side=side), exercise.sides)]  # type: ignore[arg-type]
    return Row(
        chosen=chosen,
        exercise=exercise,
        place=place,
        sentence=whole_line(dose, exercise, locale),
        minutes=_minutes(dose, exercise),
        sides=tuple((side, SIDES[side]) for side in can_be),
        side=written.side or "",
        verdicts=tuple(verdicts),
    )


def _minutes(dose: Dose, exercise: Exercise) -> float:
    return minutes(dose, exercise.rep_s) * sessions_a_day(dose)


def _verdict(finding: Finding, before: Sequence[Finding], draft: Draft, library: Library) -> Verdict:
    source = library.sources.get(finding.source or "")
    refuses = bool(refusals([finding]))
    is_age = finding.condition == UNDER_AGE and all(one.condition != UNDER_AGE for one in draft.conditions)
    item = AGE if is_age else finding.exercise or finding.packet
    may_lift = not library.conditions[finding.condition].blocks_all
    if finding.verdict == "clearance-needed":
        word = f"Waits for clearance: {finding.condition}"
    elif finding.overridden:
        word = f"In spite of {finding.condition}: {finding.overridden}"
    else:
        word = f"{'NOT' if refuses else 'Care'} with {finding.condition}"
    of_patient = finding.verdict == "caution" and finding.rule is not None
    return Verdict(
        finding=finding,
        word=word,
        source=source.name if source else finding.source or "",
        item=item if item and may_lift else None,
        refuses=refuses,
        again=any(_about(one) == _about(finding) for one in before),
        advice=finding.rule.text.advice.replace("**", "") if of_patient and finding.rule else "",
    )


def _about(finding: Finding) -> tuple[str | None, str | None, str, str]:
    return finding.exercise, finding.packet, finding.condition, finding.verdict
