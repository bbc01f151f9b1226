"""What the safety texts mean, held against the content: no sign is lost, each asks for one action."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pytest

from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.library.warnings import misfiled
from handouts.model import Clinic, Patient, PatientCondition, Prescription, Program
from handouts.resources import content_folder
from handouts.screening import page1_boxes, pain_scale, safety_items
from tests.real_library import real_library

CONTENT = content_folder()
TABLE = Path(__file__).parents[2] / "docs" / "safety-texts.md"
LANGUAGES = ("en", "es")
PACKETS = sorted(path.stem for path in (CONTENT / "packets").glob("*.yaml"))
OLD_LINES = 254


class Meaning(NamedTuple):
    """A sign that must be told: of these lines at least one says it, all under this action."""

    words: str
    action: str
    items: tuple[str, ...]


KEPT = (
    Meaning("tingle .*round your bottom", "call-911", ("saddle-numb",)),
    Meaning("different to wipe", "call-911", ("wipe-sex",)),
    Meaning("wiping feels different", "call-911", ("pregnant-saddle",)),
    Meaning("foot drops", "call-911", ("foot-drop", "pregnant-legs", "hip-both-legs")),
    Meaning("walk unsteadily", "call-911", ("foot-drop",)),
    Meaning("sight changes or your head hurts very badly", "call-911", ("stroke",)),
    Meaning("more pain medicine", "stop-and-call", ("pain-climbs",)),
    Meaning("climbs for 2 or 3 days", "stop-and-call", ("pain-climbs",)),
    Meaning("belly lump throbs|belly throbs", "call-911", ("tearing-pain", "upper-tearing", "aneurysm-pain")),
    Meaning("weak immunity.* inject drugs", "call-doctor-today", ("back-infection", "upper-back-ill", "pregnant-ill")),
    Meaning("hit your head while on blood thinners", "call-911", ("head-blow-thinners",)),
    Meaning("You faint", "call-911", ("faint",)),
    Meaning("baby moves less", "call-911", ("baby-moves-less",)),
    Meaning("leg is shorter or turned", "call-911", ("hip-out",)),
    Meaning("hand is cold, pale, blue or (suddenly )?numb", "call-911", ("hand-cold", "cast-hand")),
    Meaning("foot is cold", "call-911", ("foot-cold", "numb-foot-cold")),
    Meaning("hang your head down", "know", ("head-down",)),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


def actions(library: Library) -> dict[str, str]:
    return {item.id: item.action for warning in library.warnings for item in warning.items}


def texts(library: Library, language: str = "en") -> dict[str, str]:
    locale = read_locale(library, language)
    return {line.id: line.text for warning in library.warnings for line in locale.text(warning).items}


@pytest.mark.parametrize("meaning", KEPT, ids=lambda meaning: meaning.words[:30])
def test_no_sign_is_lost(meaning: Meaning, library: Library) -> None:
    said, asked = texts(library), actions(library)
    for name in meaning.items:
        assert re.search(meaning.words, said[name]), name
        assert asked[name] == meaning.action


def test_every_old_line_says_where_its_meaning_stands(library: Library) -> None:
    """The table names, for every one of the old lines, lines that are there with their actions, or why it is gone."""
    asked = actions(library)
    rows = [
        row.split(" | ") for row in TABLE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \S+ \d+ \|", row)
    ]
    assert len(rows) == OLD_LINES
    named = set()
    for row in rows:
        stands = row[3]
        found = re.findall(r"`([\w-]+)` \(([\w-]+)", stands)
        assert found or "left out. " in stands or "pain scale: " in stands, row
        for name, action in found:
            assert asked.get(name) == action, row
        named |= {name for name, _ in found}
    assert named == asked.keys()


def test_one_sign_asks_for_one_action(library: Library) -> None:
    asked = defaultdict(set)
    for warning in library.warnings:
        for item in warning.items:
            asked[item.sign].add(item.action)
    assert {sign: found for sign, found in asked.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_stands_under_an_action_that_it_does_not_ask_for(language: str, library: Library) -> None:
    asked, locale = actions(library), read_locale(library, language)
    for warning in library.warnings:
        for line in locale.text(warning).items:
            assert list(misfiled(language, asked[line.id], {"text": line.text, "page1": line.page1})) == []


@pytest.mark.parametrize(
    ("language", "action", "line", "said"),
    [
        ("en", "know", {"text": "Your leg is turned. Call {emergency}."}, "asks for 'call-911'"),
        ("en", "call-doctor-today", {"text": "Go to the emergency room."}, "asks for 'call-911'"),
        ("en", "stop-and-call", {"text": "Your leg is weak. See a doctor today."}, "asks for 'call-doctor-today'"),
        ("en", "stop-and-call", {"text": "It draws back. Keep going."}, "asks for 'know'"),
        ("en", "know", {"text": "Sudden pain? Stop and call us."}, "asks for 'stop-and-call'"),
        ("en", "stop-and-call", {"text": "You feel dizzy. Call us."}, "says the heading"),
        ("en", "call-doctor-today", {"text": "It is hot.", "page1": "Hot: doctor today."}, "says the heading"),
        ("es", "know", {"text": "La pierna está girada. Llame al {emergency}."}, "asks for 'call-911'"),
        ("es", "stop-and-call", {"text": "La pierna está débil. Vaya al médico hoy."}, "asks for 'call-doctor-today'"),
        ("es", "know", {"text": "Pare y llámenos."}, "asks for 'stop-and-call'"),
    ],
)
def test_a_misfiled_line_is_found(language: str, action: str, line: dict[str, str], said: str) -> None:
    assert any(said in message for _, message in misfiled(language, action, line))


def test_a_language_without_patterns_is_not_judged() -> None:
    assert list(misfiled("fr", "know", {"text": "Call {emergency}."})) == []


def test_every_condition_with_an_emergency_tells_it_on_page_1(library: Library) -> None:
    for warning in library.warnings:
        where = warning.applies_to
        if where.conditions and not where.regions and not where.only_regions:
            short = {text.id: text.page1 for text in warning.text.items}
            assert [one.id for one in warning.items if one.action == "call-911" and not short[one.id]] == []


def test_emergencies_of_a_region_or_condition_have_a_sub_heading(library: Library) -> None:
    for warning in library.warnings:
        general = warning.applies_to.everyone
        urgent = any(item.action == "call-911" for item in warning.items)
        assert bool(warning.text.title) or general or not urgent, warning.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_1_lines_are_short(language: str, library: Library) -> None:
    locale, most = read_locale(library, language), {"en": 40, "es": 44}[language]
    lines = [line.page1 for warning in library.warnings for line in locale.text(warning).items if line.page1]
    lines += [locale.text(scale).page1 for scale in library.pain_scales]
    assert [line for line in lines if len(line) > most] == []


# -- what a program tells --------------------------------------------------------------------------------------------


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


def told(library: Library, packet: str, *conditions: str) -> set[str]:
    safety = safety_items(program_of(library, packet, conditions, "en"), library, attrgetter("text"))
    return {line.id for line in safety.lines}


def boxes(library: Library, packet: str, *conditions: str) -> list[str | None]:
    program = program_of(library, packet, conditions, "en")
    found = page1_boxes(safety_items(program, library, attrgetter("text")), pain_scale(program, library).text)
    return [line.page1 for line in (*found.emergency, *found.stop, *found.doctor)]


def test_a_baby_that_moves_less_always_stands_on_page_1(library: Library) -> None:
    for packet in ("pregnancy-low-back", "shoulder-bursitis", "neck-pain"):
        assert "Baby moves less: call maternity now." in boxes(library, packet, "pregnancy-t2")


def test_the_heart_and_a_faint_always_stand_on_page_1(library: Library) -> None:
    for packet in PACKETS:
        assert {"You have chest pain or cannot breathe.", "You faint, or one side goes weak."} <= set(
            boxes(library, packet)
        )


def test_joint_pain_is_no_stop_sign_where_the_joint_is_the_condition(library: Library) -> None:
    joint = "joint-not-muscle"
    assert joint in told(library, "low-back-starter")
    assert "joint-gives-way" not in told(library, "low-back-starter")
    for packet in ("knee-osteoarthritis", "knee-replacement-early", "hip-replacement-early"):
        assert joint not in told(library, packet)
        assert "joint-gives-way" in told(library, packet)


def test_hip_limits_are_printed_for_the_own_approach_only(library: Library) -> None:
    unknown = told(library, "hip-replacement-early")
    assert "hip-out" in unknown
    assert not {"posterior-bend", "anterior-back", "lateral-lift"} & unknown
    anterior = told(library, "hip-replacement-early", "hip-replacement-anterior")
    assert {"hip-out", "anterior-back"} <= anterior
    assert not {"posterior-bend", "lateral-lift"} & anterior


def test_no_signs_of_another_part_of_the_body(library: Library) -> None:
    assert "saddle-numb" not in told(library, "neck-pain")
    assert not {"neck-dizzy", "neck-after-fall"} & told(library, "tennis-elbow")
    assert "no-squeeze-tube" not in told(library, "pregnancy-low-back")


@pytest.mark.parametrize(
    ("condition", "packet", "lines"),
    [
        ("hernia-abdominal", "low-back-starter", {"belly-wound"}),
        ("abdominal-surgery-recent", "low-back-starter", {"hernia-hard"}),
        ("ankle-fracture-unhealed", "plantar-fascia", {"foot-no-steps", "hurt-ankle-no-steps"}),
        ("non-weight-bearing-leg", "plantar-fascia", {"foot-no-steps"}),
        ("elbow-stiff-after-fracture", "elbow-after-fracture-strength", {"tea-cup", "sling"}),
        ("biceps-tendinopathy", "biceps-tendon-early", {"no-sudden-load"}),
    ],
)
def test_nobody_is_told_of_what_they_do_not_have(
    condition: str, packet: str, lines: set[str], library: Library
) -> None:
    """No wound without an operation, no steps to try for a leg that must not be loaded, no limit of other weeks."""
    assert not lines & told(library, packet, condition)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pain_scales_say_the_same_of_the_next_day(language: str, library: Library) -> None:
    locale = read_locale(library, language)
    assert len({locale.text(scale).next_day for scale in library.pain_scales}) == 1


def test_the_two_pain_scales(library: Library) -> None:
    usual, strict = library.pain_scales
    assert [(zone.low, zone.high) for zone in usual.text.zones] == [(0, 3), (4, 5), (6, 10)]
    assert [(zone.low, zone.high) for zone in strict.text.zones] == [(0, 2), (3, 10)]
    assert usual.everyone
    weeks = {one.condition: one.weeks for one in strict.conditions}
    assert weeks["lumbar-fusion-recent"] == 6
    never = {name for name in weeks if name.endswith("-unhealed") or name in ("acute-fracture", "bone-metastases")}
    assert {weeks[name] for name in never} == {None}


def test_no_warning_names_a_pain_number(library: Library) -> None:
    """A patient on the strict scale must never read the limits of the usual one."""
    for language in LANGUAGES:
        assert [
            text for text in texts(library, language).values() if re.search(r"\b(pain|dolor) (of|is|de) \d", text)
        ] == []
