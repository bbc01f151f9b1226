"""A condition as it is written: since when, on which side, who has cleared it and who has found it healed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handouts.errors import BadInput
from handouts.library import Library, read_library
from handouts.model import PatientCondition, Word
from handouts.prescription import ProgramFields, build_program, program_record, read_program
from handouts.prescription.patient_conditions import condition_words
from handouts.prescription.record import program_from_record
from handouts.prescription.revision import RequestedChanges, revise
from handouts.programs import screen
from tests.meaning.conftest import FILES, write
from tests.real_library import real_library

TODAY = dt.date(2026, 11, 22)
LEE = Word(by="Dr. Lee, MD", on=dt.date(2026, 11, 20))


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


def built(library: Library, *conditions: str, **fields: tuple[str, ...]) -> tuple[PatientCondition, ...]:
    options = ProgramFields(patient="Ana", exercise=("ankle-pumps",), condition=conditions, **fields)
    return build_program(options, library, date=TODAY).patient.conditions


def fault(library: Library, *conditions: str, **fields: tuple[str, ...]) -> str:
    with pytest.raises(BadInput) as error:
        built(library, *conditions, **fields)
    return "\n".join(map(str, error.value.problems))


@pytest.mark.parametrize(
    ("text", "name", "details"),
    [
        ("osteoporosis", "osteoporosis", {}),
        ("x since 2026-11-01 left", "x", {"since": "2026-11-01", "side": "left"}),
        ("x both since 2026-11-01", "x", {"since": "2026-11-01", "side": "both"}),
        ("new knee week 3 Right", "new knee", {"week": 3, "side": "right"}),
        ("new knee, week 3, left", "new knee", {"week": 3, "side": "left"}),
        ("x week soon", "x", {"week": "soon"}),
        ("left", "left", {}),
    ],
)
def test_the_words_of_a_condition(text: str, name: str, details: dict[str, object]) -> None:
    assert condition_words(text) == (name, details)


def test_text_and_mapping_say_the_same(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "patient:\n  name: Ana\n  conditions:\n"
        "  - knee-replacement-recent since 2026-11-01 left\n"
        "  - rib-fractures: {week: 3, side: both}\n"
        "  - cardiac-event-recent: {since: 2026-11-01, clearance: {by: 'Dr. Lee, MD', on: 2026-11-20}}\n"
        "exercises: [ankle-pumps]\n"
    )
    written = read_program(path, library, date=TODAY).patient.conditions
    given = built(
        library,
        "knee-replacement-recent since 2026-11-01 left",
        "rib-fractures week 3 both",
        "cardiac-event-recent since 2026-11-01",
        clearance=("cardiac-event-recent=Dr. Lee, MD, 2026-11-20",),
    )
    assert written == given
    path.write_text(path.read_text().replace("{by: 'Dr. Lee, MD', on: 2026-11-20}", "'Dr. Lee, MD, 2026-11-20'"))
    assert read_program(path, library, date=TODAY).patient.conditions == given
    assert given[1].since == TODAY - dt.timedelta(weeks=3)
    assert given[2].clearance == LEE


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("knee-replacement-recent since 2026-11-23", "since 2026-11-23 is after the date, 2026-11-22"),
        ("knee-replacement-recent since yesterday", "'yesterday' is not a date"),
        ("knee-replacement-recent week soon", "expected a whole number"),
        ("knee-replacment since 2026-11-01", "knee-replacement-recent"),
        ("knee-replacement-recent since", "give one date or week, and one side"),
        ("knee-replacement-recent week 3 left right", "give one date or week, and one side"),
        ("pregnancy-t3 left", "'pregnancy-t3' is on no side of the body (leave 'left' out)"),
        ("brittle bones both", "'osteoporosis' is on no side of the body"),
        ("pregnancy-t2 week 13", "weeks 14 to 27: 2026-11-22 is in week 13 since 2026-08-23 (write pregnancy-t1"),
        ("pregnancy-t2 week 28", "(write pregnancy-t3, or leave the date out)"),
        ("pregnancy-t1 week 30", "(write pregnancy-t3, "),
        ("pregnancy-t3 week 43", "(write postpartum-early, "),
        ("vertebral-fracture-history week 11", "(write vertebral-fracture-recent, "),
    ],
)
def test_what_cannot_be_meant(library: Library, condition: str, said: str) -> None:
    assert said in fault(library, condition)


@pytest.mark.parametrize(
    "condition",
    [
        "pregnancy-t1 week 13", "pregnancy-t2 week 14", "pregnancy-t2 week 27", "pregnancy-t3 week 42",
        "vertebral-fracture-history week 12", "osteoporosis since 2001-01-01", "knee-osteoarthritis week 300 both",
        "stroke-recent left", "sciatica-radiculopathy week 3 right", "dvt-suspected left",
        "knee-replacement-recent week 0",
    ],
)  # fmt: skip
def test_what_is_naturally_written_is_taken(library: Library, condition: str) -> None:
    assert len(built(library, condition)) == 1


def test_a_patient_is_in_one_stage_of_a_course_and_moves_on(library: Library) -> None:
    said = "'pregnancy-t2' and 'pregnancy-t3' exclude each other"
    assert said in fault(library, "pregnancy-t2", "pregnancy-t3")
    assert len(built(library, "pregnancy-t2", "pregnancy-complicated", "vertebral-fracture-recent")) == 3
    options = ProgramFields(patient="Ana", exercise=("ankle-pumps",), condition=("pregnancy-t2 week 20", "asthma"))
    record = program_record(build_program(options, library, date=TODAY))

    def later(*condition: str) -> list[str]:
        changes = ProgramFields(condition=condition)
        found = revise(record, RequestedChanges(), changes, library, date=TODAY + dt.timedelta(weeks=10)).program
        return [known.condition.id for known in found.patient.conditions]

    with pytest.raises(BadInput, match=r"is for weeks 14 to 27.*in week 30.*write pregnancy-t3"):
        later()
    assert later("pregnancy-t3") == ["asthma", "pregnancy-t3"]
    assert later("postpartum-early week 1") == ["asthma", "postpartum-early"]


def test_a_spine_that_has_broken_stays_a_weak_one(library: Library) -> None:
    fracture, left = "vertebral-fracture-recent", "vertebral-fracture-history"

    def has(time: str, *healed: str) -> list[str]:
        return [known.condition.id for known in built(library, f"{fracture} {time}".strip(), healed=healed)]

    word = f"{fracture}=Dr. Lee, MD, 2026-11-20"
    assert has("") == has("week 11") == has("week 11", word) == [fracture]
    assert has("week 12") == has("week 30", word) == has("", word) == [fracture, left]
    options = ProgramFields(patient="Ana", exercise=("partial-curl",), condition=(fracture,), healed=(word,))
    screened = screen(build_program(options, library, date=TODAY), library)
    assert [(one.exercise, one.condition) for one in screened.findings if one.verdict == "contraindicated"] == [
        ("partial-curl", left)
    ]
    assert any(f"leave {left}, whose rules hold" in note.text for note in screened.notes)


@pytest.mark.parametrize(
    "said",
    [
        {"cardiac-event-recent": {"side": "left"}},
        {"pregnancy-t2": {"since": "2026-11-01"}},
        {"cardiac-event-recent": {"since": "2026-11-01", "clearance": {"by": "Dr. Lee", "on": "2026-10-31"}}},
    ],
)
def test_what_earlier_versions_took_does_not_lock_their_handouts(library: Library, said: dict[str, object]) -> None:
    record = program_record(build_program(ProgramFields(patient="Ana", exercise=("ankle-pumps",)), library, date=TODAY))
    record["patient"]["conditions"] = [said]
    (known,) = revise(record, RequestedChanges(), ProgramFields(), library, date=TODAY).program.patient.conditions
    assert (known.condition.id, known.side, known.clearance) == (*said, None, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cardiac-event-recent=Dr. Lee", "does not say who and when"),
        ("cardiac-event-recent=2026-11-20", "nobody is named"),
        ("cardiac-event-recent=, 2026-11-20", "nobody is named"),
        ("cardiac-event-recent=Dr. Lee, 2026-11-23", "is after the handout's date"),
        ("osteoporosis=Dr. Lee, 2026-11-20", "condition of this patient"),
    ],
)
def test_a_clearance_names_its_author_and_its_day(library: Library, text: str, said: str) -> None:
    assert said in fault(library, "cardiac-event-recent", clearance=(text,))


@pytest.mark.parametrize("field", ["clearance", "healed"])
def test_a_word_is_not_older_than_what_it_is_about(library: Library, field: str) -> None:
    condition = "wrist-fracture-unhealed since 2026-11-20"
    said = fault(library, condition, **{field: ("wrist-fracture-unhealed=Dr. Lee, MD, 2026-11-19",)})
    assert "2026-11-19 is before 'wrist-fracture-unhealed' itself, since 2026-11-20" in said
    (known,) = built(library, condition, **{field: ("wrist-fracture-unhealed=Dr. Lee, MD, 2026-11-20",)})
    assert getattr(known, field) == LEE


@pytest.mark.parametrize("field", ["clearance", "healed"])
def test_a_word_in_a_program_file_is_not_older_either(library: Library, tmp_path: Path, field: str) -> None:
    path = tmp_path / "p.yaml"
    has = f"{{since: 2026-11-20, {field}: {{by: 'Dr. Lee, MD', on: 2026-11-19}}}}"
    path.write_text(
        f"patient: {{name: Ana, conditions: [{{wrist-fracture-unhealed: {has}}}]}}\nexercises: [ankle-pumps]\n"
    )
    with pytest.raises(BadInput, match="2026-11-19 is before 'wrist-fracture-unhealed' itself"):
        read_program(path, library, date=TODAY)


def said_anew(library: Library, folder: Path, condition: str, has: str, said: str) -> PatientCondition:
    """What is known of a condition that a program's file `has`, and an option says again."""
    path = folder / "p.yaml"
    path.write_text(f"patient: {{name: Ana, conditions: [{{{condition}: {has}}}]}}\nexercises: [ankle-pumps]\n")
    options = ProgramFields(condition=(f"{condition} {said}",))
    (known,) = read_program(path, library, date=TODAY, options=options).patient.conditions
    return known


@pytest.mark.parametrize(("since", "clearance"), [("2026-11-20", LEE), ("2026-11-21", None)])
def test_a_day_that_becomes_known_later_ends_an_older_word(
    library: Library, tmp_path: Path, since: str, clearance: Word | None
) -> None:
    has = "{clearance: {by: 'Dr. Lee, MD', on: 2026-11-20}}"
    known = said_anew(library, tmp_path, "cardiac-event-recent", has, f"since {since}")
    assert known.clearance == clearance


@pytest.mark.parametrize("field", ["clearance", "healed"])
def test_a_word_of_today_counts_and_stays_when_another_layer_says_more(
    library: Library, tmp_path: Path, field: str
) -> None:
    path = tmp_path / "p.yaml"
    has = f"{{{field}: {{by: 'Dr. Lee, MD', on: 2026-11-22}}}}"
    path.write_text(
        f"patient: {{name: Ana, conditions: [{{wrist-fracture-unhealed: {has}}}]}}\nexercises: [ankle-pumps]\n"
    )
    for condition in ((), ("wrist-fracture-unhealed left",)):
        options = ProgramFields(condition=condition)
        (known,) = read_program(path, library, date=TODAY, options=options).patient.conditions
        assert getattr(known, field) == Word(by=LEE.by, on=TODAY)


def test_only_what_heals_can_be_found_healed(library: Library) -> None:
    (known,) = built(library, "wrist-fracture-unhealed", healed=("wrist-fracture-unhealed=Dr. Lee, MD, 2026-11-20",))
    assert known.healed == LEE
    assert "nothing that heals" in fault(library, "osteoporosis", healed=("osteoporosis=Dr. Lee, 2026-11-20",))


def test_a_red_flag_that_has_weeks_does_not_heal_either(content: Path) -> None:
    red = (
        "- {id: red, name: Red, clinical: Red, category: red-flag, tier: core, urgency: emergency, blocks_all: true,"
        " window_weeks: [0, 6], for_you: Get help.}\n"
    )
    small = read_library([write(content, {"conditions.yaml": FILES["conditions.yaml"] + red})])
    assert "nothing that heals" in fault(small, "red", healed=("red=Dr. Lee, 2026-11-20",))
    assert "nothing that heals" not in fault(small, "new-knee", healed=("new-knee=Dr. Lee, 2026-11-20",))


def test_words_survive_the_record_and_a_revision_unless_it_happened_anew(library: Library) -> None:
    options = ProgramFields(
        patient="Ana",
        exercise=("ankle-pumps",),
        condition=("cardiac-event-recent since 2026-11-01",),
        clearance=("cardiac-event-recent=Dr. Lee, MD, 2026-11-20",),
    )
    record = program_record(build_program(options, library, date=TODAY))
    assert program_from_record(record, library).patient.conditions[0].clearance == LEE
    later = dt.date(2026, 12, 20)

    def next_clearance(*condition: str) -> Word | None:
        changes = ProgramFields(condition=condition)
        found = revise(record, RequestedChanges(), changes, library, date=later).program
        return found.patient.conditions[0].clearance

    assert next_clearance() == LEE
    assert next_clearance("cardiac-event-recent since 2026-11-01") == LEE
    assert next_clearance("cardiac-event-recent since 2026-12-10") is None


@pytest.mark.parametrize(
    ("said", "side", "week", "limits"),
    [
        ("left", "left", 3, "No kneeling"),
        ("week 3", "left", 3, "No kneeling"),
        ("right", "right", None, None),  # the other knee: nothing is known of it
        ("week 1", None, 1, None),  # a new operation
    ],
)
def test_what_is_not_said_anew_stays_unless_it_happened_anew(
    library: Library, tmp_path: Path, said: str, side: str | None, week: int | None, limits: str | None
) -> None:
    has = "{side: left, week: 3, limits: No kneeling, clearance: {by: 'Dr. Lee, MD', on: 2026-11-20}}"
    known = said_anew(library, tmp_path, "knee-replacement-recent", has, said)
    since = None if week is None else TODAY - dt.timedelta(weeks=week)
    assert (known.side, known.since, known.limits) == (side, since, limits)
    assert (known.clearance == LEE) == bool(limits)
