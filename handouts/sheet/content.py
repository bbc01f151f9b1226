"""What one handout says, before anything is laid out: a program turned into texts, in the order in which they are read.

Every text is checked for characters that cannot be printed while this is built. Knows no page, size or colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from handouts.branding import Logo
from handouts.dose import minutes, times_of_day
from handouts.figures import frame_labels
from handouts.layout.line_breaking import Text
from handouts.model import (
    POSITIONS,
    Exercise,
    ExerciseText,
    Finding,
    PainScaleText,
    PainZone,
    Prescription,
    Program,
    Side,
)
from handouts.pdf.drawn_form import DrawnForm
from handouts.screening import Safety, page1_boxes
from handouts.screening.workload import day_minutes
from handouts.sheet.cautions import cautions_for, limits_for
from handouts.sheet.changes import changes_for, changes_head
from handouts.sheet.dosed import Cell, dosed
from handouts.sheet.notices import Group, fridge_lines, grouped
from handouts.sheet.telling import Info, telling
from handouts.sheet.words import Words, labelled

Frame = DrawnForm | Logo
"""A drawn figure, or a clinic's own picture."""
Pictures = Callable[[Exercise, Side | None], tuple[Frame, ...]]
"""Gives the frames of an exercise's figure, drawn for the side of the dose; the handout does not care how."""


class When(Struct, frozen=True):
    """When in the day: at the sun, at the moon, or as words where neither would be true; all empty is for a pen."""

    morning: bool = False
    evening: bool = False
    often: Text = ()
    sessions: int = 1

    @property
    def blank(self) -> bool:
        return not (self.morning or self.evening or self.often)


class Entry(Struct, frozen=True):
    """One exercise as this patient is to do it."""

    number: int
    id: str
    position: str
    needs: Text
    name: Text
    lang: str
    short: Text
    cells: tuple[Cell, ...]
    sentence: Text
    when: When
    minutes: float
    caution: tuple[Text, ...]
    setup: Text
    steps: tuple[Text, ...]
    beside: tuple[Info, ...]
    levels: tuple[Info, ...]
    note: Info | None
    frames: tuple[Frame, ...]
    frame_words: tuple[Text, ...]
    alt: str


class Fact(Struct, frozen=True):
    """One of the patient row: a label and a value, or a line to write on."""

    label: Text
    value: Text


class Handout(Struct, frozen=True):
    """Everything one handout says."""

    title: Text
    purpose: Text
    goal: Text
    note: Text
    facts: tuple[Fact, ...]
    caution: tuple[Text, ...]
    changes_head: Text
    changes: tuple[Text, ...]
    clinic: Text
    letterhead: Text
    phone: Text
    address: Text
    hours: Text
    web: Text
    licences: Text
    closing: Text
    reviewed: Text
    entries: tuple[Entry, ...]
    day_minutes: int
    emergency: tuple[Text, ...]
    stop: tuple[Text, ...]
    zones: tuple[PainZone, ...]
    zones_lang: str
    groups: tuple[Group, ...]
    progression: Text
    advice: tuple[Text, ...]

    @property
    def stop_from(self) -> int:
        """The least pain at which to stop."""
        return min(zone.low for zone in self.zones if zone.kind == "stop")

    @property
    def morning(self) -> int:
        """Minutes of the morning, rounded up."""
        return math.ceil(sum(entry.minutes for entry in self.entries if entry.when.morning or entry.when.often))

    @property
    def evening(self) -> int:
        """Minutes of the evening, rounded up."""
        return math.ceil(sum(entry.minutes for entry in self.entries if entry.when.evening))


def build_handout(
    program: Program,
    findings: Sequence[Finding],
    safety: Safety,
    scale: PainScaleText,
    words: Words,
    pictures: Pictures,
) -> Handout:
    """The texts of a handout. Raises UnprintableText for a character no bundled font has."""
    clinic, packet, locale = program.clinic, program.packet, words.locale
    said = locale.packet(packet) if packet else None
    boxes = page1_boxes(safety, scale)
    notes = said.notes if said else {}
    ordered = sorted(program.prescriptions, key=lambda item: POSITIONS.index(item.exercise.position))
    entries = tuple(
        _entry(words, number, item, findings, program, pictures, notes.get(item.exercise.id), said.lang if said else "")
        for number, item in enumerate(ordered, 1)
    )
    return Handout(
        title=words.plain(said.title, "packet.title", said.lang) if said else words.say("title"),
        purpose=words.plain(said.purpose, "packet.purpose", said.lang) if said else (),
        goal=labelled(words.say("goal"), words.plain(program.goal, "goal")),
        note=labelled(_note_label(words, program), words.plain(program.note, "note")),
        facts=_facts(words, program),
        caution=(
            *(cautions_for(words, packet.id, findings, program) if packet else ()),
            *limits_for(words, findings, program),
        ),
        changes_head=changes_head(words, program),
        changes=changes_for(words, program, findings),
        clinic=words.plain(clinic.name, "clinic.name"),
        letterhead=words.plain(clinic.letterhead.get(locale.code), "clinic.letterhead"),
        phone=words.plain(clinic.phone, "clinic.phone"),
        address=words.plain(clinic.address, "clinic.address"),
        hours=words.plain(clinic.hours.get(locale.code), "clinic.hours"),
        web=words.plain(clinic.web, "clinic.web"),
        licences=words.plain(clinic.licences.get(locale.code), "clinic.licences"),
        closing=words.plain(clinic.closing.get(locale.code), "clinic.closing"),
        reviewed=_reviewed(words, program),
        entries=entries,
        day_minutes=day_minutes(ordered),
        emergency=fridge_lines(words, boxes.emergency),
        stop=fridge_lines(words, boxes.stop),
        zones=scale.zones,
        zones_lang=words.foreign(scale.lang),
        groups=grouped(words, safety),
        progression=words.plain(said.progression, "packet.progression", said.lang) if said else (),
        advice=tuple(words.plain(line, "packet.advice", said.lang) for line in said.advice) if said else (),
    )


def _facts(words: Words, program: Program) -> tuple[Fact, ...]:
    """Patient and date are always there, as lines to write on when the packet has no name; the others only when
    known."""
    patient = words.plain(program.patient.name, "patient.name")
    date = words.plain(words.locale.date(program.date), "date") if patient else ()
    facts = [Fact(words.say("patient"), patient), Fact(words.say("date"), date)]
    if program.clinician:
        facts.append(Fact(words.say("clinician"), words.plain(program.clinician, "clinician")))
    if program.next_visit:
        facts.append(Fact(words.say("next_visit"), words.plain(words.locale.date(program.next_visit), "next_visit")))
    return tuple(facts)


def _note_label(words: Words, program: Program) -> Text:
    if not program.clinician:
        return words.say("note_from_clinic")
    return words.say("note_from", name=program.clinician.split(",")[0].strip())


def _reviewed(words: Words, program: Program) -> Text:
    review = program.packet.reviewed if program.packet else None
    return words.say("reviewed", by=review.by, on=words.locale.date(review.on)) if review else ()


def _entry(
    words: Words,
    number: int,
    item: Prescription,
    findings: Sequence[Finding],
    program: Program,
    pictures: Pictures,
    packet_note: str | None,
    packet_lang: str,
) -> Entry:
    exercise, dose, locale = item.exercise, item.dose, words.locale
    text = locale.exercise(exercise)
    side: Side | None = dose.side if dose.side in ("left", "right") else None

    told, said = telling(words, exercise.id, text), dosed(words, exercise, dose)
    note = words.plain(item.note, f"{exercise.id}.note", item.note_lang or "")
    if not note:
        note = words.plain(packet_note, f"{exercise.id}.note", packet_lang)

    frames = pictures(exercise, side)
    return Entry(
        number=number,
        id=exercise.id,
        position=exercise.position,
        needs=_needs(words, exercise),
        name=told.name,
        lang=words.foreign(text.lang),
        short=said.short,
        cells=said.cells,
        sentence=said.sentence,
        when=_when(words, item),
        minutes=minutes(dose, exercise.rep_s),
        caution=cautions_for(words, exercise.id, findings, program),
        setup=told.setup,
        steps=told.steps,
        beside=told.beside,
        levels=told.levels,
        note=Info("note", labelled(_note_label(words, program), note)) if note else None,
        frames=frames,
        frame_words=_frame_words(words, exercise, len(frames)),
        alt=_alt(exercise, text, side, locale.code),
    )


def _needs(words: Words, exercise: Exercise) -> Text:
    """What to have at hand; a mat alone goes without saying."""
    if set(exercise.equipment) <= {"mat"}:
        return ()
    return words.say("need", what=", ".join(words.locale.say(f"names.equipment.{item}") for item in exercise.equipment))


def _frame_words(words: Words, exercise: Exercise, count: int) -> tuple[Text, ...]:
    """What stands beside each frame: words, never numbers, which are the steps'. A single frame needs none."""
    if count < 2:
        return ((),) * count
    return tuple(words.say(f"frame_{label}") for label in frame_labels(exercise.picture, count))


def _alt(exercise: Exercise, text: ExerciseText, side: Side | None, code: str) -> str:
    """The figure in words: the exercise's own, or what the clinic wrote for its picture in this language.

    The clinic's words may name the side that its picture shows, so they are not said of the mirrored one.
    """
    photo = exercise.photo
    own = photo.alt.get(code) if photo and (side is None or photo.shows in (side, None)) else None
    return f"{text.name}. {own}" if own else " ".join([f"{text.name}.", text.setup, *text.steps])


def _when(words: Words, item: Prescription) -> When:
    times = times_of_day(item.dose)
    if times in ((), ("morning",), ("morning", "evening")):
        often = words.say("times_a_day", n=item.dose.per_day) if item.dose.per_day and not times else ()
        return When(morning="morning" in times, evening="evening" in times, often=often, sessions=len(times) or 1)
    return When(often=words.say("times_a_day", n=len(times)), sessions=len(times))
