"""A small program of our own to compose and lay out: no change of the content can move it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from handouts.branding import palette
from handouts.compose.composing import compose_handout
from handouts.compose.handout import Handout
from handouts.compose.text import Text, wording
from handouts.dose import parse_dose
from handouts.drawing import Drawing, Stroke
from handouts.layout.document import LaidOutHandout, lay_out
from handouts.layout.page_check import wording_of
from handouts.layout.page_record import PageRecord, RecordingCanvas
from handouts.layout.pictures import Picture
from handouts.layout.theme import Theme
from handouts.library import Library, read_library
from handouts.library.locale import Locale, read_locale
from handouts.model import (
    Action,
    AppliesTo,
    Clinic,
    Condition,
    ConditionText,
    Exercise,
    ExerciseText,
    Finding,
    ItemText,
    Layout,
    Mistake,
    Packet,
    PacketText,
    PainScale,
    PainScaleText,
    PainZone,
    Patient,
    PatientCondition,
    Prescription,
    Program,
    Rule,
    RuleText,
    Warning,  # noqa: A004 - the field's own word
    WarningItem,
    WarningText,
    Word,
)
from handouts.pdf.canvas import TaggedCanvas
from handouts.resources import content_folder

DATE = dt.date(2026, 11, 22)
PHONE = "(813) 555-0100"
CLINIC = Clinic(
    id="palm",
    name="Palm Wellness Center",
    address="1004 W Linebaugh Ave Ste A, Tampa, FL 33612",
    phone=PHONE,
    web="www.palmwellness.example",
    hours={"en": "Mon–Fri 10 AM–7 PM, Saturday by appointment", "es": "Lun–vie de 10 AM a 7 PM, sábado con cita"},
    licences={"en": "Licenses HCCA10302 & MM28422", "es": "Licencias HCCA10302 y MM28422"},
    closing={"en": "Questions? Call us.", "es": "¿Preguntas? Llámenos."},
)
NEUTRAL = Clinic(id="neutral")
POSITIONS = ("supine", "side-lying", "prone", "hands-knees", "sitting", "standing")
LYING = ("supine", "side-lying", "prone")
WORDS = (
    ("Bridge", "Lie on your back. Bend your knees, feet flat."),
    ("Knee to chest", "Lie on your back with your legs straight."),
    ("Heel slide for the whole leg", "Sit tall on a firm chair. Put your feet flat."),
)
STEPS = (
    "Tighten your belly.",
    "Push your heels down.",
    "Lift until your hips and knees make one line.",
    "Hold for 5 seconds.",
    "Lower your hips slowly.",
)
DOSES = (
    "3x15 rest 60s 1/day",
    "2-3 reps hold 5s each side 2/day",
    "10 reps hold 5s 1/day build to 30 reps",
    "3x8-12 hold 2s rest 60s left 3/week 1/day",
)
ADVICE = "**Do not bend forward.** Keep your back long."
SHORT = "Keep your back long."


def exercise(number: int, **changes: Any) -> Exercise:
    """The n-th exercise, each a little different from the last."""
    name, setup = WORDS[number % len(WORDS)]
    text = ExerciseText(
        lang="en",
        name=changes.pop("name", f"{name} {number + 1}"),
        purpose="Makes your hips strong.",
        setup=setup,
        steps=STEPS[: 3 + number % 3],
        feel="The muscles of your buttocks work.",
        breathing="Breathe out as you lift.",
        mistakes=(Mistake(sign="Back arches?", mend="Lift less high."),),
        make_easier="Lift only halfway.",
        make_harder="Hold each lift for 5 seconds longer.",
    )
    given: dict[str, Any] = {"position": POSITIONS[min(number // 3, len(POSITIONS) - 1)], "sides": "leg"}
    return Exercise(
        id=f"exercise-{number}",
        region="low-back",
        goal="strength",
        movements=(),
        dose=parse_dose("3x10"),
        dose_source="test",
        dose_basis="recalled",
        text=text,
        **(given | changes),
    )


def prescribed(number: int, dose: str, note: str | None = None, **changes: Any) -> Prescription:
    """The n-th exercise with a dose."""
    return Prescription(exercise=exercise(number, **changes), dose=parse_dose(dose), note=note)


def prescriptions(count: int) -> tuple[Prescription, ...]:
    """That many exercises with doses of every kind."""
    return tuple(prescribed(i, DOSES[i % len(DOSES)]) for i in range(count))


def packet(**said: Any) -> Packet:
    """A packet; `said` changes its text."""
    given: dict[str, Any] = {
        "title": "Low back: getting started",
        "purpose": "These help your low back move with less pain.",
        "progression": "Add repeats first. Then hold longer.",
        "advice": ("Move a little every hour.", "Sleep with a pillow between your knees."),
    }
    text = PacketText(lang="en", **(given | said))
    return Packet(id="start", for_whom="all", region="low-back", phase="early", course_weeks=6, items=(), text=text)


def program(items: Sequence[Prescription], **changes: Any) -> Program:
    """A program of these; a key of the layout or of the program changes it, `name` and `conditions` the patient."""
    layout = {key: changes.pop(key) for key in Layout.__dataclass_fields__ if key in changes}
    patient = Patient(name=changes.pop("name", "Maria Alvarez"), conditions=tuple(changes.pop("conditions", ())))
    given: dict[str, Any] = {
        "clinic": CLINIC,
        "clinician": "Dana Ruiz, PT",
        "date": DATE,
        "next_visit": dt.date(2026, 12, 3),
        "packet": packet(),
    }
    return Program(patient=patient, prescriptions=tuple(items), layout=Layout(**layout), **(given | changes))


def condition(name: str = "weak-bones", for_you: str = "You have weak bones.", **known: Any) -> PatientCondition:
    """A condition of the patient, with what the clinician knows of it."""
    text = ConditionText(lang="en", name=name.replace("-", " "), for_you=for_you)
    has = Condition(
        id=name, clinical=name, category="bone", tier="core", urgency="none", blocks_all=False, text=text
    )  # fmt: skip
    return PatientCondition(condition=has, **known)


def caution(
    number: int, advice: str = ADVICE, of: str = "weak-bones", short: str | None = SHORT, **changes: Any
) -> Finding:
    """A rule of a condition that fired on the n-th exercise."""
    rule = Rule(
        id=f"{of}-{len(advice)}",
        condition=of,
        verdict="caution",
        every=True,
        reason="bends",
        source="test",
        text=RuleText(lang="en", advice=advice, short=short),
    )
    given: dict[str, Any] = {"verdict": "caution", "reason": "bends", "source": "test", "rule": rule}
    return Finding(exercise=f"exercise-{number}", condition=of, **(given | changes))


SIGNS: tuple[tuple[str, Action, str, str | None], ...] = (
    ("chest", "call-911", "You have chest pain that does not go away.", "Chest pain"),
    ("faint", "call-911", "You faint.", "You faint"),
    ("weak", "call-doctor-today", "Your leg gets weak. It was strong before.", "Your leg gets weak"),
    ("fever", "call-doctor-today", "You have a fever and feel very ill.", "You have a fever"),
    ("dizzy", "stop-and-call", "You feel dizzy or sick.", "You feel dizzy"),
    ("climbs", "stop-and-call", "Your pain climbs for 2 or 3 days.", "Pain climbs for 2 days"),
    ("sore", "know", "Your muscles may be sore for 2 days. That is fine.", None),
)
"""Signs for everyone: id, action, the whole words, and the short ones for page 1."""


def warning() -> Warning:
    """The signs above as a warning."""
    return Warning(
        id="all",
        applies_to=AppliesTo(everyone=True),
        sources=(),
        items=tuple(WarningItem(id=name, action=action, sign=name) for name, action, _, _ in SIGNS),
        text=WarningText(
            lang="en", items=tuple(ItemText(id=name, text=text, page1=page1) for name, _, text, page1 in SIGNS)
        ),
    )


def pain_scale(*, strict: bool = False) -> PainScale:
    """The usual scale, or the one without a middle."""
    stop = PainZone(kind="stop", low=3 if strict else 6, high=10, word="Stop", action="Rest. Call us.", more="Rest.")
    go = PainZone(kind="go", low=0, high=2 if strict else 3, word="Fine", action="Keep going.", more="Do a bit more.")
    care = PainZone(kind="care", low=4, high=5, word="Careful", action="Do half.", more="Do half until it eases.")
    text = PainScaleText(
        lang="en",
        zones=(go, stop) if strict else (go, care, stop),
        next_day="Worse the next day? Do half.",
        page1=f"Pain gets to {stop.low}",
    )
    return PainScale(id="scale", everyone=True, sources=(), text=text)


@cache
def library(*, strict: bool = False) -> Library:
    """The real languages with warnings, conditions and a pain scale of our own."""
    made = read_library([content_folder()])
    made.warnings = (warning(),)
    made.pain_scales = (pain_scale(strict=strict),)
    made.conditions = {}
    return made


def locale(code: str = "en") -> Locale:
    """The sheet's real words."""
    return read_locale(library(), code)


def composed(
    of: Program, findings: Sequence[Finding] = (), *, strict: bool = False, review: Word | None = None
) -> Handout:
    """What the program's handout says."""
    frames = {item.exercise.id: 2 for item in of.prescriptions}
    return compose_handout(of, findings, library(strict=strict), locale(of.language), frames, review)


def pictures(of: Program) -> dict[str, tuple[Picture, ...]]:
    """Two frames each, wide for those who lie and tall for those who stand."""
    made = {}
    for item in of.prescriptions:
        width, height = (120.0, 45.0) if item.exercise.position in LYING else (60.0, 110.0)
        path = (("m", 0.0, 0.0), ("l", width, 0.0), ("l", width, height), ("h",))
        drawing = Drawing(f"box-{width:g}", width, height, (Stroke(path, "ink", 1.0),))
        made[item.exercise.id] = (Picture(width, height, drawing, {"ink": (0.1, 0.1, 0.1)}),) * 2
    return made


def laid_out(
    of: Program,
    findings: Sequence[Finding] = (),
    *,
    both_sides: bool = False,
    strict: bool = False,
    logo: Picture | None = None,
) -> LaidOutHandout:
    """The program's pages."""
    theme = Theme(palette(of.clinic, of.layout.ink_saver), of.layout, mirrored=both_sides and of.layout.hole_punch)
    return lay_out(theme, composed(of, findings, strict=strict), pictures(of), logo)


def recorded(pages: LaidOutHandout) -> list[PageRecord]:
    """What stands where on each page."""
    canvas = RecordingCanvas(pages.page_size)
    pages.draw(canvas)
    return canvas.pages


def texts(pages: LaidOutHandout) -> list[str]:
    """The words of each page, in the order of drawing."""
    return [" ".join(wording_of(paragraph) for paragraph in page.paragraphs()) for page in recorded(pages)]


def pdf(pages: LaidOutHandout, lang: str = "en-US") -> bytes:
    """The document of these pages."""
    canvas = TaggedCanvas(None, pages.page_size, title=pages.title, lang=lang, date=DATE, subject=pages.subject)
    pages.draw(canvas)
    return canvas.finish()


def words(paragraphs: Sequence[Text]) -> list[str]:
    """The bare words of paragraphs."""
    return [wording(text) for text in paragraphs]
