"""A small program of our own to set: exercises, warnings and conditions that no change of the content can move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from handouts.branding import palette
from handouts.dose import parse_dose
from handouts.library import Library, read_library
from handouts.library.locale import Locale, read_locale
from handouts.model import (
    AppliesTo,
    Clinic,
    Condition,
    ConditionText,
    Exercise,
    ExerciseText,
    Finding,
    Layout,
    Mistake,
    Packet,
    PacketText,
    PainZone,
    Patient,
    PatientCondition,
    Prescription,
    Program,
    Rule,
    RuleText,
    Side,
    Warning,  # noqa: A004
    WarningText,
)
from handouts.pdf.drawn_form import DrawnForm
from handouts.pdf.tagging import TaggedCanvas
from handouts.sheet import LaidOut, lay_out

CONTENT = Path(__file__).parents[2] / "content"
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
WORDS = (
    ("Bridge", "Lie on your back. Bend your knees, feet flat and as wide as your hips. Rest your arms by your sides."),
    ("Knee to chest", "Lie on your back with your legs straight."),
    ("Heel slide for the whole leg", "Sit tall on a firm chair. Put your feet flat on the floor."),
)
STEPS = (
    "Tighten your belly.",
    "Push your heels down.",
    "Lift your hips until your shoulders, hips and knees make one straight line.",
    "Hold for 5 seconds and breathe.",
    "Lower your hips slowly.",
)
DOSES = (
    "3x15 rest 60s 1/day",
    "2-3 reps hold 5s each side 2/day",
    "10 reps hold 5s 1/day build to 30 reps",
    "3x8-12 hold 2s rest 60s left 3/week effort 4/10",
)


def exercise(number: int, **changes: Any) -> Exercise:
    """The n-th exercise, each a little different from the last."""
    name, setup = WORDS[number % len(WORDS)]
    text = ExerciseText(
        lang="en",
        name=changes.pop("name", f"{name} {number + 1}"),
        purpose="Makes your hips strong.",
        setup=setup,
        steps=STEPS[: 3 + number % 3],
        feel="The muscles of your buttocks and the backs of your legs work.",
        breathing="Breathe out as you lift.",
        mistakes=(Mistake(sign="Your low back arches.", mend="Lift less high."),),
        make_easier="Lift only halfway.",
        make_harder="Hold each lift for 5 seconds longer than you did before.",
    )
    return Exercise(
        id=f"exercise-{number}",
        region="low-back",
        goal="strength",
        position=changes.pop("position", POSITIONS[min(number // 3, len(POSITIONS) - 1)]),
        sides="leg",
        movements=(),
        dose=parse_dose("3x10"),
        dose_source="test",
        dose_basis="recalled",
        text=text,
        **changes,
    )


def prescriptions(count: int) -> tuple[Prescription, ...]:
    """That many exercises with doses of every kind."""
    return tuple(Prescription(exercise=exercise(i), dose=parse_dose(DOSES[i % len(DOSES)])) for i in range(count))


def program(items: Sequence[Prescription], **changes: Any) -> Program:
    """A program of these; a key of the layout or of the program changes it, `name` and `conditions` the patient."""
    layout = {key: changes.pop(key) for key in Layout.__dataclass_fields__ if key in changes}
    patient = Patient(name=changes.pop("name", "Maria Alvarez"), conditions=changes.pop("conditions", ()))
    said = PacketText(
        lang="en",
        title="Low back: getting started",
        purpose="These help your low back move with less pain.",
        progression="Add repeats first. Then hold longer.",
        advice=("Move a little every hour.", "Sleep with a pillow between your knees."),
    )
    packet = Packet(id="start", for_whom="all", region="low-back", phase="early", course_weeks=6, items=(), text=said)
    given: dict[str, Any] = {
        "clinic": CLINIC,
        "clinician": "Dana Ruiz, PT",
        "date": dt.date(2026, 11, 22),
        "next_visit": dt.date(2026, 12, 3),
        "packet": packet,
    }
    return Program(patient=patient, prescriptions=tuple(items), layout=Layout(**layout), **(given | changes))


def condition(**known: Any) -> PatientCondition:
    """A condition of the patient, with what the clinician knows of it."""
    text = ConditionText(lang="en", name="weak bones", for_you="You have weak bones (osteoporosis).")
    return PatientCondition(
        condition=Condition(
            id="weak-bones",
            clinical="osteoporosis",
            category="bone",
            tier="core",
            urgency="none",
            blocks_all=False,
            text=text,
        ),
        **known,
    )


def caution(exercise_id: str, advice: str = "**Do not bend forward.** Keep your back long.", **changes: Any) -> Finding:
    """A rule of that condition that fired on an exercise."""
    rule = Rule(
        id=f"weak-bones-{len(advice)}",
        condition="weak-bones",
        verdict="caution",
        every=True,
        reason="bends",
        source="test",
        text=RuleText(lang="en", advice=advice),
    )
    given: dict[str, Any] = {"verdict": "caution", "reason": "bends", "source": "test", "rule": rule}
    return Finding(exercise=exercise_id, condition="weak-bones", **(given | changes))


def warnings(*, strict: bool = False, lines: int = 4) -> tuple[Warning, ...]:
    """One warning of each action; the last holds the pain scale."""
    return (
        _warning("heart", "emergency", "Call {emergency} now if", lines, "You have chest pain {n}."),
        _warning("nerve", "same-day", "See a doctor today if", lines, "Your leg is weak {n}."),
        _warning("stop", "stop-now", "Stop if", lines, "You feel dizzy {n}."),
        _warning("call", "call-clinic", "Call {phone} if", lines, "Your pain grows day by day {n}."),
        Warning(
            id="pain",
            action="info",
            applies_to=AppliesTo(everyone=True),
            sources=(),
            text=WarningText(lang="en", title="Your pain", items=("Rate it each night.",), zones=_zones(strict=strict)),
        ),
    )


def _warning(name: str, action: Any, title: str, lines: int, line: str) -> Warning:
    items = tuple(line.replace("{n}", str(n)) + " Then do what this list says without waiting." for n in range(lines))
    fridge = tuple(line.replace("{n}", str(n)) for n in range(lines if action in ("emergency", "stop-now") else 1))
    return Warning(
        id=name,
        action=action,
        applies_to=AppliesTo(everyone=True),
        sources=(),
        text=WarningText(lang="en", title=title, items=items, fridge=fridge),
    )


def _zones(*, strict: bool) -> tuple[PainZone, ...]:
    stop = PainZone(kind="stop", low=3 if strict else 6, high=10, word="Stop", action="Rest. Then call us.")
    if strict:
        return (PainZone(kind="go", low=0, high=2, word="Fine", action="Keep going."), stop)
    return (
        PainZone(kind="go", low=0, high=3, word="Fine", action="Keep going."),
        PainZone(kind="care", low=4, high=5, word="Careful", action="Do half."),
        stop,
    )


def pictures(drawn: Exercise, side: Side | None) -> tuple[DrawnForm, ...]:
    """Two frames, wide for those who lie and tall for those who stand."""
    width, height = (120.0, 45.0) if drawn.position in ("supine", "side-lying", "prone") else (60.0, 110.0)
    box = b"0 0 %d %d re S" % (width, height)
    return tuple(DrawnForm(f"{drawn.position}-{side}-{i}", width, height, box) for i in range(2))


@cache
def _library() -> Library:
    return read_library([CONTENT])


def locale(code: str = "en") -> Locale:
    """The sheet's real words; fresh, for a locale remembers each item's text by its id."""
    return read_locale(_library(), code)


def laid_out(of: Program, findings: Sequence[Finding] = (), **changes: Any) -> LaidOut:
    """The program's pages."""
    given: dict[str, Any] = {
        "warnings": warnings(),
        "locale": locale(of.language),
        "palette": palette(of.clinic, of.layout.ink_saver),
        "logo": None,
        "pictures": pictures,
    }
    return lay_out(of, findings, **(given | changes))


def pdf(of: Program, findings: Sequence[Finding] = (), **changes: Any) -> bytes:
    """The program's document."""
    pages = laid_out(of, findings, **changes)
    canvas = TaggedCanvas(
        page_size=pages.page_size, title=pages.title, lang=locale(of.language).tag, date=of.date, subject=pages.subject
    )
    pages.draw(canvas)
    return canvas.finish()
