"""Warnings, packets, clinics and samples: complete, plain, the same in both languages, true to the first source."""

from __future__ import annotations

import csv
import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handouts.dose import format_dose, parse_dose
from handouts.library import Library
from handouts.library.yaml_reading import read_yaml
from handouts.model import Clinic, Patient, PatientCondition, Prescription, Program
from handouts.pdf.fonts import face
from handouts.prescription import read_program
from handouts.readability.grade import MOST_GRADE
from handouts.resources import content_folder
from handouts.screening import screen, verdict, warnings_for
from handouts.screening.advice import day_minutes
from handouts.screening.windows import Standing
from tests.each import each
from tests.grades import kept_grade
from tests.real_library import real_library

CONTENT = content_folder()
LANGUAGES = ("en", "es")
PACKETS = sorted(path.stem for path in (CONTENT / "packets").glob("*.yaml"))
GROUPS = sorted(path.name for path in (CONTENT / "warnings").glob("*.yaml"))

FOR_EVERYONE = {"emergency-call", "stop-now", "call-clinic", "soreness-normal", "breathing-rule"}

FIRST_SOURCE_DOSES = {
    "bridge": "3x15 rest 60s",
    "knee-to-chest": "2-3 reps hold 5s each side 2/day",
    "lumbar-rotation-supine": "2-3 reps hold 5-10s each side 2/day",
    "pelvic-tilt": "hold 5s build to 30 reps",
    "side-leg-lift": "3x10 hold 2s each side",
    "superman": "10 reps hold 2s",
    "lumbar-rotation-seated": "3-5 reps hold 10s each side 2/day",
    "partial-curl": "3x10 hold 5s",
}
"""The clinic's own page, figure by figure; where it names no times a day, none is printed."""

FIRST_SOURCE_ADVICE = (
    r"heal", r"hurt less", r"get stronger", r"a little at a time", r"Gains can be slow", r"Pain very bad",
    r"not eased by gentle stretches and exercise\? See a doctor", r"natural curve of your back", r"To lift",
    r"Keep exercising and stretching", r"Keep seeing your health care provider",
)  # fmt: skip
"""What the clinic's page advises, but for what the sheet tells everyone: sore muscles, sharp or growing pain."""

NEEDED = {
    "low-back-starter": "cauda-equina low-back-serious leg-symptom-rule",
    "low-back-flexion-bias": "cauda-equina low-back-serious leg-symptom-rule",
    "low-back-extension-bias": "cauda-equina low-back-serious leg-symptom-rule",
    "low-back-stabilisation": "cauda-equina low-back-serious leg-symptom-rule",
    "neck-pain": "neck-vascular neck-cord neck-emergency neck-fracture",
    "shoulder-bursitis": "shoulder-notes",
    "rotator-cuff-strength": "shoulder-notes",
    "elbow-after-fracture-early": "elbow-fracture-notes fracture-signs cast-signs infection elbow-hand-serious",
    "elbow-after-fracture-strength": "elbow-fracture-notes elbow-hand-serious",
    "biceps-tendon-early": "biceps-notes elbow-hand-serious",
    "biceps-tendon-later": "biceps-notes elbow-hand-serious",
    "tennis-elbow": "elbow-hand-serious",
    "carpal-tunnel": "nerve-glide-rule elbow-hand-serious",
    "knee-osteoarthritis": "dvt-pe knee-serious",
    "patellofemoral": "knee-serious dvt-pe",
    "knee-replacement-early": "knee-replacement-notes dvt-pe infection post-surgery knee-serious",
    "hip-strength": "back-short dvt-pe hip-serious",
    "hip-replacement-early": ("hip-replacement dvt-pe infection post-surgery hip-serious back-short"),
    "ankle-sprain": "fracture-signs ankle-bone-signs dvt-pe ankle-foot-serious",
    "plantar-fascia": "ankle-foot-serious",
    "balance-falls": "falls-safety balance-serious",
    "posture-desk": "upper-back-emergency upper-back-serious",
    "pregnancy-low-back": "pregnancy-stop pregnancy-notes pregnant-back dvt-pe",
    "osteoporosis-safe-back": "osteoporosis-notes falls-short fracture-signs low-back-serious cauda-equina",
    "breathing-relaxation": "",
}
"""The warnings that a packet needs beside those for everyone: for its region, its exercises and whom it is made for.

The next step of a packet needs the same, but for what an exercise of the packet brings.
"""

WHOLE = "low-back-starter"
"""The first source's own set of eight: it stays whole."""
MOST_EXERCISES, LONGEST_DAY_MIN = 6, 45
"""What a patient is asked to keep up at home."""


@cache
def data_of(path: Path) -> Any:
    return read_yaml(path).data


@cache
def warnings(language: str = "en") -> dict[str, dict[str, Any]]:
    if language == "en":
        lists = [data_of(CONTENT / "warnings" / name)["warnings"] for name in GROUPS]
        return {item["id"]: item for items in lists for item in items}
    files = [data_of(CONTENT / "translations" / language / "warnings" / name) for name in GROUPS]
    return {key: item for items in files for key, item in items.items()}


def packet(packet_id: str, language: str = "en") -> dict[str, Any]:
    folder = CONTENT if language == "en" else CONTENT / "translations" / language
    data: dict[str, Any] = data_of(folder / "packets" / f"{packet_id}.yaml")
    return data


def entries(packet_id: str) -> dict[str, dict[str, Any]]:
    """Dose, note and source of each exercise of a packet."""
    found = {}
    for entry in packet(packet_id)["exercises"]:
        ((exercise, said),) = entry.items()
        found[exercise] = said if isinstance(said, dict) else {"dose": said}
    return found


def notes(packet_id: str, language: str) -> dict[str, str]:
    if language != "en":
        return dict(packet(packet_id, language).get("notes", {}))
    return {name: said["note"] for name, said in entries(packet_id).items() if "note" in said}


def packet_words(packet_id: str, language: str) -> list[str]:
    data = packet(packet_id, language)
    return [data["purpose"], data["progression"], *data["advice"], *notes(packet_id, language).values()]


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}|\d+(?:[./]\d+)*", text))


WARNINGS = sorted(warnings())
each_packet = each(packet_id=PACKETS)
each_packet_and_language = each(packet_id=PACKETS, language=LANGUAGES)
each_warning = each(warning_id=WARNINGS)
each_warning_and_language = each(warning_id=WARNINGS, language=LANGUAGES)


def test_everything_is_there() -> None:
    assert sorted(NEEDED) == [name for name in PACKETS if "after" not in packet(name)]
    assert sorted(warnings("es")) == WARNINGS
    shared = {key for key, item in warnings().items() if item["applies_to"].get("everyone")}
    assert shared == FOR_EVERYONE


# -- warnings --------------------------------------------------------------------------------------------------------


def warning_lines(warning_id: str, language: str) -> list[str]:
    """The lines of a warning, `text` and `page1` of each item."""
    items = warnings(language)[warning_id]["items"]
    lines = items if language == "en" else items.values()
    return [line[name] for line in lines for name in ("text", "page1") if name in line]


@each_warning_and_language
def test_warnings_read_easily(warning_id: str, language: str) -> None:
    text = " ".join([f"{warnings(language)[warning_id].get('title', '')}.", *warning_lines(warning_id, language)])
    assert kept_grade(text.replace("{emergency}", "911"), language) <= MOST_GRADE


@each_warning_and_language
def test_warnings_end_as_sentences_without_a_fixed_number_to_call(warning_id: str, language: str) -> None:
    for line in warning_lines(warning_id, language):
        assert line[-1] in ".?", line
        assert not re.search(r" [-–—] |\*", line), line
        assert "911" not in line, "say {emergency}"


@each_warning
def test_both_languages_warn_of_the_same_things(warning_id: str) -> None:
    english = {item["id"]: item for item in warnings()[warning_id]["items"]}
    spanish = warnings("es")[warning_id]["items"]
    assert list(english) == list(spanish)
    for name, item in english.items():
        assert numbers(item["text"]) == numbers(spanish[name]["text"]), name
        assert numbers(item.get("page1", "")) == numbers(spanish[name].get("page1", "")), name


# -- packets ---------------------------------------------------------------------------------------------------------


@each_packet_and_language
def test_packets_read_easily(packet_id: str, language: str) -> None:
    title = packet(packet_id, language)["title"]
    assert kept_grade(f"{title}. {' '.join(packet_words(packet_id, language))}", language) <= MOST_GRADE


@each_packet_and_language
def test_packets_speak_in_whole_sentences_and_one_line_of_purpose(packet_id: str, language: str) -> None:
    for line in packet_words(packet_id, language):
        assert line[-1] in ".?", line
    assert face("regular").width(packet(packet_id, language)["purpose"], 13) <= 505
    assert face("extrabold").width(packet(packet_id, language)["title"], 27) <= 505


@each_packet
def test_packets_say_the_same_in_spanish(packet_id: str) -> None:
    pairs = zip(packet_words(packet_id, "en"), packet_words(packet_id, "es"), strict=True)
    assert [pair for pair in pairs if numbers(pair[0]) != numbers(pair[1])] == []
    assert notes(packet_id, "en").keys() == notes(packet_id, "es").keys()


@each_packet
def test_packets_never_name_a_pain_number(packet_id: str) -> None:
    """'The Fine zone' is right on either pain scale; '0 to 3' is not."""
    assert not re.search(r"\b0 to [23]\b|pain (of|is) \d", " ".join(packet_words(packet_id, "en")))


@each_packet_and_language
def test_packets_name_no_degrees(packet_id: str, language: str) -> None:
    words = " ".join(packet_words(packet_id, language))
    assert not re.search(r"degree|grados|°|\blbs?\b", words)


@each_packet
def test_a_patient_can_keep_a_packet_up(packet_id: str, library: Library) -> None:
    made = library.packet(packet_id)
    items = [Prescription(exercise=library.exercise(item.exercise), dose=item.dose) for item in made.items]
    assert day_minutes(items) <= LONGEST_DAY_MIN
    assert len(items) <= MOST_EXERCISES or packet_id == WHOLE


@each_packet
def test_no_note_of_a_packet_asks_for_more(packet_id: str, library: Library) -> None:
    """What leads on is the packet's progression, which nobody reads who must ask first."""
    notes = library.packet(packet_id).text.notes.values()
    assert [note for note in notes if re.search(r"[Bb]uild up|[Tt]hen use|[Aa]dd ", note)] == []


@each(packet_id=[name for name in PACKETS if name.endswith("-add-on")])
def test_a_next_step_follows_its_packet_and_holds_for_the_same_patients(packet_id: str) -> None:
    later = packet(packet_id)
    assert packet_id == f"{later['after']}-add-on"
    first = packet(later["after"])
    for name in ("region", "target_conditions", "sources", "not_for"):
        assert later[name] == first[name], name
    assert not entries(packet_id).keys() & entries(later["after"]).keys()
    for language in LANGUAGES:
        assert packet(packet_id, language)["title"] in packet(later["after"], language)["progression"]


@each_packet
def test_doses_are_canonical(packet_id: str) -> None:
    doses = [said["dose"] for said in entries(packet_id).values()]
    assert [format_dose(parse_dose(dose)) for dose in doses] == doses


def test_the_starter_packet_is_the_first_source_and_invents_nothing() -> None:
    assert {name: said["dose"] for name, said in entries("low-back-starter").items()} == FIRST_SOURCE_DOSES
    assert packet("low-back-starter")["sources"] == ["palm-wellness-back"]


@each(advice=FIRST_SOURCE_ADVICE)
def test_the_starter_packet_gives_all_advice_of_the_first_source(advice: str) -> None:
    said = packet("low-back-starter")
    assert re.search(advice, " ".join([said["purpose"], *said["advice"]]))


BESIDES = {
    "carpal-tunnel": {"biceps-rupture-conservative", "biceps-repair-distal-recent", "biceps-tenodesis-recent",
                      "elbow-fracture-unhealed"},
    "elbow-after-fracture-early": {"biceps-rupture-conservative", "wrist-fracture-unhealed",
                                   "carpal-tunnel-release-recent"},
    "tennis-elbow": {"biceps-rupture-conservative"},
    "shoulder-bursitis": {"biceps-rupture-conservative"},
    "biceps-tendon-early": {"carpal-tunnel-release-recent"},
    "hip-replacement-early": {"hip-fracture-unhealed", "hip-replacement-lateral"},
}  # fmt: skip
"""Who may do a packet for the same part of the body all the same: light work away from what heals, or its operation."""


def test_a_packet_is_refused_for_what_heals_in_its_own_part_of_the_body(library: Library) -> None:
    """Named in `not_for`, or something in it is blocked, in every window: it is for another phase."""
    for name in library.packets:
        made = library.packet(name)
        refused = {one.condition for one in made.not_for} | set(made.target_conditions)
        exercises = [library.exercise(item.exercise) for item in made.items]
        through = set()
        for has in library.conditions.values():
            heals = has.clearance_level in ("program", "protocol") or has.window_weeks
            if has.id in refused or not heals or made.region not in has.one_sided:
                continue
            weeks = {rule.weeks[0] for rule in library.rules_for(has.id) if rule.weeks} or {None}
            standings = [Standing(condition=has, week=week) for week in weeks]
            if any(all(verdict(one, [at], library) != "contraindicated" for one in exercises) for at in standings):
                through.add(has.id)
        assert through == BESIDES.get(name.removesuffix("-add-on"), set()) & through, name
        assert name.endswith("-add-on") or through == BESIDES.get(name, set()), name


@each_packet
def test_a_safer_packet_is_never_refused_for_the_same_condition(packet_id: str) -> None:
    conditions = [refusal["condition"] for refusal in packet(packet_id)["not_for"]]
    assert len(conditions) == len(set(conditions))
    for refusal in packet(packet_id)["not_for"]:
        if "use" in refusal:
            safer = packet(refusal["use"])
            assert refusal["condition"] not in [other["condition"] for other in safer["not_for"]]
    assert not set(conditions) & set(packet(packet_id)["target_conditions"])


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


def shown(library: Library, packet_id: str, *conditions: str) -> set[str]:
    """The warnings of a packet printed for a patient with these conditions."""
    patient = Patient(conditions=tuple(PatientCondition(condition=library.conditions[one]) for one in conditions))
    made = library.packet(packet_id)
    items = tuple(Prescription(exercise=library.exercise(item.exercise), dose=item.dose) for item in made.items)
    clinic, day = Clinic(id="neutral"), dt.date(2026, 11, 23)
    program = Program(patient=patient, clinic=clinic, date=day, packet=made, prescriptions=items)
    return {warning.id for warning in warnings_for(program, library)}


@each_packet
def test_a_packet_brings_its_warnings_also_without_a_patient(packet_id: str, library: Library) -> None:
    found = shown(library, packet_id)
    needed = set(NEEDED[packet(packet_id).get("after", packet_id)].split())
    if "after" in packet(packet_id):
        needed -= {name for name in needed if warnings()[name]["applies_to"].keys() == {"exercises"}}
    assert needed | FOR_EVERYONE <= found


# -- clinics, countries, samples -------------------------------------------------------------------------------------


def test_the_clinic_of_the_first_source() -> None:
    clinic = data_of(CONTENT / "clinics" / "palm-wellness.yaml")
    assert clinic["name"] == "Palm Wellness Center"
    assert clinic["address"] == "1004 W Linebaugh Ave Ste A, Tampa, FL 33612"
    assert clinic["phone"] == "(813) 443-5370"
    assert clinic["web"] == "www.palmwellness.center"
    assert clinic["hours"]["en"] == "Mon–Fri 10 AM–7 PM, Saturday by appointment"
    assert clinic["licences"]["en"] == "Licenses HCCA10302 & MM28422"
    assert clinic["colour"] == "#0F5B52"
    assert (CONTENT / "clinics" / clinic["logo"]).is_file()


def test_the_neutral_clinic_says_nothing_of_its_own() -> None:
    assert not {"name", "phone", "web", "address", "logo"} & set(data_of(CONTENT / "clinics" / "neutral.yaml"))


def test_the_mark_is_plain_vector_in_two_colours() -> None:
    svg = (CONTENT / "clinics" / "palm-wellness.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "title", "g", "path", "circle", "rect", "polygon"}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", svg)) == {"#0F5B52", "#FFFFFF"}
    assert "href" not in svg


def test_emergency_numbers_by_country() -> None:
    table = {entry["country"]: entry["emergency"] for entry in data_of(CONTENT / "emergency.yaml")["numbers"]}
    facts = {"US": "911", "CA": "911", "GB": "999", "EU": "112", "AU": "000", "NZ": "111"}
    assert facts.items() <= table.items()
    members = {"DE", "ES", "FR", "IE", "IT", "NL", "PT"}
    assert {table[country] for country in members} == {"112"}
    assert set(table) == facts.keys() | members | {"PR", "MX"}


@pytest.mark.parametrize("path", sorted((CONTENT / "samples").glob("*.yaml")), ids=lambda path: path.stem)
def test_samples_are_sound_and_refused_for_nobody(path: Path, library: Library) -> None:
    program = read_program(path, library, date=dt.date(2026, 11, 23))
    assert {finding.verdict for finding in screen(program, library)} <= {"caution"}


def test_the_first_sample_prints_a_caution(library: Library) -> None:
    program = read_program(CONTENT / "samples" / "maria.yaml", library, date=dt.date(2026, 11, 23))
    assert screen(program, library)


def test_the_sample_roster_is_sound() -> None:
    with (CONTENT / "samples" / "roster.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    for row in rows:
        assert row["name"]
        assert None not in row, "more values than columns"
        assert row["packet"] in ("", *PACKETS)
        for written in filter(None, row["exercises"].split(";")):
            parse_dose(written.split(maxsplit=1)[1])
