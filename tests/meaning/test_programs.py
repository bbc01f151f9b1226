"""A program file, options and what lies below them become a program; every mistake is named at once, in its place."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from handouts.dose import format_dose
from handouts.errors import BadInput, FileTrouble
from handouts.library import Library
from handouts.model import Layout, Override, Program
from handouts.prescription import (
    ProgramFields,
    build_program,
    options_layer,
    program_from_record,
    program_record,
    read_program,
)
from handouts.prescription.revision import RequestedChanges, revise
from tests.meaning.test_library import edit

TODAY = dt.date(2026, 11, 23)
FULL = """\
patient:
  name: Maria Alvarez
  id: 0042
  conditions:
  - weak-bones
  - new-knee: {side: left, since: 2026-10-01, limits: No kneeling}
clinic: palm
clinician: Dana Reyes, LMT
date: 2026-11-22
next_visit: 2026-12-06
language: es
goal: Walk to the mailbox and back
note: Call me any time.
packet: starter
exercises:
- bridge: 3x12
- knee-to-chest:
    dose: left 3/day
    note: Use a belt.
- curl: 10 reps
overrides:
  curl: {weak-bones: {reason: Done lying flat, by: Dana Reyes, on: 2026-11-20}}
  starter: {weak-bones: We went through it}
print: {large_print: true, log_weeks: 0}
append: [leaflet.pdf]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "maria.yaml"


def read(path: Path, text: str, library: Library, options: ProgramFields | None = None) -> Program:
    path.write_text(text, encoding="utf-8")
    return read_program(path, library, date=TODAY, options=options)


def doses(program: Program) -> dict[str, str]:
    return {of.exercise.id: format_dose(of.dose) for of in program.prescriptions}


def problems(path: Path, text: str, library: Library, options: ProgramFields | None = None) -> list[str]:
    with pytest.raises(BadInput) as error:
        read(path, text, library, options)
    return [str(problem).replace(str(path), "f") for problem in error.value.problems]


def test_a_program_file_is_read_whole(path: Path, library: Library) -> None:
    program = read(path, FULL, library)
    patient = program.patient
    assert (patient.name, patient.id) == ("Maria Alvarez", "0042")
    assert [known.condition.id for known in patient.conditions] == ["weak-bones", "new-knee"]
    knee = patient.conditions[1]
    assert (knee.side, knee.since, knee.limits) == ("left", dt.date(2026, 10, 1), "No kneeling")
    assert (program.clinic.name, program.language, program.date) == ("Palm", "es", dt.date(2026, 11, 22))
    assert doses(program) == {
        "bridge": "3x12 rest 60s",
        "knee-to-chest": "2 reps hold 5s left 3/day",
        "curl": "1x10 hold 5s",
    }
    assert program.prescriptions[1].note == "Use a belt."
    assert program.overrides == (
        Override(
            item="curl", condition="weak-bones", reason="Done lying flat", by="Dana Reyes", on=dt.date(2026, 11, 20)
        ),
        Override(
            item="starter",
            condition="weak-bones",
            reason="We went through it",
            by="Dana Reyes, LMT",
            on=dt.date(2026, 11, 22),
        ),
    )
    assert program.layout == Layout(paper="a4", large_print=True, log_weeks=0)
    assert program.append == (str(path.parent / "leaflet.pdf"),)


def test_little_is_needed(path: Path, library: Library) -> None:
    program = read(path, "patient: {name: Ana}\nexercises: [bridge]\n", library)
    assert doses(program) == {"bridge": "3x15 rest 60s"}
    assert (program.date, program.language, program.clinic.id) == (TODAY, "en", "")
    assert (program.layout, program.packet, program.patient.id) == (Layout(), None, None)


def test_a_packet_is_the_base(path: Path, library: Library) -> None:
    text = "patient: {name: Ana}\npacket: starter\nexercises:\n- bridge: skip\n- curl\n"
    assert doses(read(path, text, library)) == {
        "knee-to-chest": "2 reps hold 5s each side",
        "curl": "3x10 hold 5s",
    }


@pytest.mark.parametrize(
    ("entry", "dose"),
    [
        ("- curl: 2x8", "2x8 hold 5s"),
        ("- curl 2x8", "2x8 hold 5s"),
        ("- curl: {dose: {sets: 2, reps: [8, 12]}}", "2x8-12 hold 5s"),
        ("- curl: {note: Slowly.}", "3x10 hold 5s"),
        ("- curl: for 30s", "3 sets for 30s"),
        ("- curl: hold 10s 2/day", "3x10 hold 10s 2/day"),
    ],
)
def test_ways_to_write_an_exercise(path: Path, library: Library, entry: str, dose: str) -> None:
    program = read(path, f"patient: {{name: Ana}}\nexercises:\n{entry}\n", library)
    assert doses(program) == {"curl": dose}


def test_an_option_wins_over_the_file_which_wins_over_what_lies_below(path: Path, library: Library) -> None:
    path.write_text("patient: {name: File, id: 7}\ngoal: File\nexercises: [bridge: 3x12, curl]\nprint: {paper: a4}\n")
    options = ProgramFields(patient="Option", exercise=("bridge 2x5", "knee-to-chest"), skip=("curl",), paper="letter")
    environment = options_layer(ProgramFields(goal="Env", note="Env", language="es"), [])
    config = options_layer(ProgramFields(note="Config", clinician="Config", clinic="palm", log_weeks=3), [])
    program = read_program(path, library, date=TODAY, options=options, below=[environment, config])
    assert (program.patient.name, program.patient.id) == ("Option", "7")
    assert doses(program) == {"bridge": "2x5 rest 60s", "knee-to-chest": "2-3 reps hold 5s each side 2/day"}
    assert (program.goal, program.note, program.clinician, program.language) == ("File", "Env", "Config", "es")
    assert program.layout == Layout(paper="letter", log_weeks=3)


def test_conditions_add_up_and_never_lose_what_is_known(path: Path, library: Library) -> None:
    text = "patient: {name: Ana, conditions: [new-knee: {side: left}]}\nexercises: [bridge]\n"
    program = read(path, text, library, ProgramFields(condition=("weak-bones", "new-knee")))
    assert {known.condition.id: known.side for known in program.patient.conditions} == {
        "new-knee": "left",
        "weak-bones": None,
    }


def test_options_alone_make_a_program(library: Library) -> None:
    fields = ProgramFields(
        patient="Ana", condition=("weak-bones",), exercise=("curl 2x8",), clinician="Dana",
        override=("curl:weak-bones=Agreed with her: a=b",),
    )  # fmt: skip
    program = build_program(fields, library, date=TODAY)
    assert doses(program) == {"curl": "2x8 hold 5s"}
    assert program.overrides[0].reason == "Agreed with her: a=b"


def test_a_packet_for_a_pen_needs_no_name(library: Library) -> None:
    fields = ProgramFields(packet="starter")
    assert build_program(fields, library, date=TODAY, name_required=False).patient.name == ""
    with pytest.raises(BadInput, match="the patient's name is missing"):
        build_program(fields, library, date=TODAY)


def test_every_mistake_is_named_at_once(path: Path, library: Library) -> None:
    text = """\
patient:
  nam: Maria
  conditions: [weak-bone, weak-bones, weak-bones, new-knee: {side: back, since: 2027-10-01}]
clinic: plam
date: 22.11.2026
next_visit: 2026-01-01
language: fr
packet: startr
exercises:
  - brige: 3x12
  - bridge: 3x12 left
  - bridge: 3x12
  - knee-to-chest: {dos: left}
  - curl: {dose: {reps: [15, 3]}}
overrides:
  curl: {weak-boness: {reason: Kept very low, by: Al}, new-knee: }
print: {paper: a5, large_print: no, log_weeks: 99}
"""
    assert [problem.split(" (")[0] for problem in problems(path, text, library)] == [
        "f:1:1: the patient's name is missing",
        "f:2:3: unknown field 'nam'",
        "f:3:16: unknown condition 'weak-bone'",
        "f:3:39: 'weak-bones' is named twice",
        "f:3:68: unknown side 'back'",
        "f:3:81: since 2027-10-01 is after the date, 2026-11-23",
        "f:4:9: unknown clinic 'plam'",
        "f:5:7: '22.11.2026' is not a date",
        "f:6:13: the next visit, 2026-01-01, is before the date, 2026-11-23",
        "f:7:11: unknown language 'fr'",
        "f:8:9: unknown packet 'startr'",
        "f:10:5: unknown exercise 'brige'",
        "f:11:13: dose '3x12 left': 'left' on an exercise that has no sides",
        "f:12:13: 'bridge' is named twice",
        "f:13:21: unknown field 'dos'",
        "f:14:25: dose: 15-3 reps: the smaller number comes first",
        "f:16:10: unknown condition of this patient 'weak-boness'",
        "f:16:56: 'new-knee' is empty",
        "f:17:16: unknown paper 'a5'",
        "f:17:33: expected true or false, found 'no'",
        "f:17:48: expected a whole number from 0 to 12, found '99'",
    ]


BASE = "patient: {name: Ana}\nexercises: [bridge]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("patient: {name: Ana}\n", "f:1:1: no exercise to do (give a packet or exercises)"),
        ("patient: {name: Ana}\nexercises: []\n", "no exercise to do"),
        ("", "expected fields"),
        ("- a\n", "expected fields"),
        ("patient: Ana\nexercises: [bridge]\n", "f:1:10: expected fields"),
        ("patient: {name: ''}\nexercises: [bridge]\n", "an empty text"),
        (
            f"patient: {{name: {'x' * 201}}}\nexercises: [bridge]\n",
            "201 characters, at most 200 are allowed (shorten it)",
        ),
        ('patient: {name: "A\\tB\\u0007"}\nexercises: [bridge]\n', "an invisible control character, U+0007"),
        (BASE + "condition: weak-bones\n", "f:3:1: unknown field 'condition'"),
        (BASE + "conditions: [weak-bones]\n", "f:3:1: unknown field 'conditions' (write it under patient:)"),
        (BASE.replace("[bridge]", "[bridge 3x5: left]"), "f:2:13: a dose before the colon: 'bridge 3x5' (write"),
        (BASE + "exercises: [curl]\n", "f:3:1: 'exercises' appears twice"),
        (BASE.replace("[bridge]", "[bridge: 3x0]"), "f:2:21: dose '3x0': 0 reps is out of range (1–100)"),
        (BASE.replace("[bridge]", "[bridge 3x0]"), "f:2:20: dose '3x0'"),
        (BASE.replace("[bridge]", "[curl: skip]"), "'curl' cannot be skipped: the program does not have it"),
        (BASE.replace("[bridge]", "[bridge: 3]"), "expected text, found a number"),
        (BASE.replace("[bridge]", "[{bridge: 3x5, curl: 3x5}]"), "expected one exercise and its dose"),
        (BASE + "skip: [bridge]\n", "'bridge' is both named and skipped"),
        (BASE + "overrides: {curl: {weak-bones: x}}\n", "unknown exercise or packet of this program 'curl'"),
        (BASE + "overrides: {bridge: {weak-bones: x}}\n", "unknown condition of this patient 'weak-bones'"),
        (BASE + "overrides: {bridge: {weak-bones: ' '}}\n", "an empty text"),
        (BASE + "overrides: {bridge: {weak-bones: a, weak-bones: b}}\n", "appears twice"),
        (BASE + "append: [leaflet.doc]\n", "'leaflet.doc' is not a PDF"),
        (BASE + "date: 2026-02-30\n", "'2026-02-30' is not a date"),
    ],
)
def test_what_is_not_right_is_refused(path: Path, library: Library, text: str, said: str) -> None:
    found = problems(path, text, library)
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (ProgramFields(condition=("weakbones",)), "--condition: unknown condition 'weakbones' (did you mean weak"),
        (ProgramFields(condition=("britle bones",)), "unknown condition 'britle bones' (did you mean weak-bones?)"),
        (ProgramFields(exercise=("brige",)), "--exercise: unknown exercise 'brige' (did you mean bridge?)"),
        (ProgramFields(exercise=("curl 0x3",)), "--exercise: dose '0x3': 0 sets is out of range (1–10)"),
        (ProgramFields(exercise=("curl", "curl")), "--exercise: 'curl' is named twice"),
        (ProgramFields(skip=("curl",)), "--skip: 'curl' cannot be skipped"),
        (ProgramFields(skip=("kurl",)), "--skip: unknown exercise 'kurl' (did you mean curl?)"),
        (ProgramFields(override=("bridge",)), "--override: 'bridge' is not an override"),
        (ProgramFields(override=("bridge:weak-bones= ",)), "is not an override"),
        (ProgramFields(override=("bridge:a=x", "bridge:a=y")), "bridge with a is overridden twice"),
        (ProgramFields(next_visit="soon"), "--next-visit: 'soon' is not a date"),
        (ProgramFields(log_weeks=13), "--log-weeks: expected a whole number from 0 to 12"),
        (ProgramFields(language="xx"), "--language: unknown language 'xx' (known: en, es)"),
    ],
)  # fmt: skip
def test_an_options_mistake_names_the_option(path: Path, library: Library, options: ProgramFields, said: str) -> None:
    found = problems(path, BASE, library, options)
    assert any(said in problem for problem in found), found


def test_the_environment_names_itself(library: Library) -> None:
    layer = options_layer(ProgramFields(clinic="plam"), [], lambda field: f"HANDOUTS_MAKE_{field.upper()}")
    with pytest.raises(BadInput, match="HANDOUTS_MAKE_CLINIC: unknown clinic 'plam'"):
        build_program(ProgramFields(patient="Ana", exercise=("bridge",)), library, date=TODAY, below=[layer])


def test_an_override_of_what_is_skipped_is_left_behind(path: Path, library: Library) -> None:
    program = read(path, FULL, library, ProgramFields(skip=("curl",)))
    assert [override.item for override in program.overrides] == ["starter"]


def test_a_broken_exercise_of_the_library_is_a_problem_of_the_program(path: Path, library: Library) -> None:
    edit(library.folders[0], "exercises/low-back/curl.yaml", "goal: strength", "goal: strong")
    assert any("curl.yaml:4:7: unknown goal" in problem for problem in problems(path, BASE + "x: 1\n", library,
               ProgramFields(exercise=("curl",))))  # fmt: skip


def test_a_program_that_is_not_there(library: Library) -> None:
    with pytest.raises(FileTrouble):
        read_program(Path("nowhere.yaml"), library, date=TODAY)


# -- the record that a handout carries ---------------------------------------------------------------------------------


def test_the_record_gives_the_same_program_back(path: Path, library: Library) -> None:
    program = read(path, FULL, library)
    record = json.loads(json.dumps(program_record(program)))
    assert program_from_record(record, library) == program
    assert record["packet"] == "starter"
    assert record["exercises"][0] == {"bridge": {"dose": "3x12 rest 60s", "note": None, "note_lang": None}}


def test_a_recorded_dose_stays_when_the_library_changes(path: Path, library: Library, content: Path) -> None:
    record = program_record(read(path, FULL, library))
    edit(content, "packets/starter.yaml", "bridge: 3x15 rest 60s", "bridge: 1x5")
    edit(content, "exercises/low-back/curl.yaml", "dose: 3x10 hold 5s", "dose: 1x1")
    again = program_from_record(record, Library([content]))
    assert doses(again) == doses(program_from_record(record, library))


def test_a_revision_changes_what_is_asked_and_nothing_else(path: Path, library: Library) -> None:
    program = read(path, FULL, library)
    options = ProgramFields(exercise=("bridge 20 reps",), skip=("curl",), note="New", clinician=program.clinician)
    kept = RequestedChanges(keep_overrides=True)
    revised = revise(program_record(program), kept, options, library, date=TODAY).program
    assert doses(revised) == {"bridge": "3x20 rest 60s", "knee-to-chest": "2 reps hold 5s left 3/day"}
    assert (revised.note, revised.goal, revised.patient) == ("New", program.goal, program.patient)
    assert (revised.date, revised.next_visit) == (TODAY, None)
    assert [override.item for override in revised.overrides] == ["starter"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 9}, "format 9 cannot be read"),
        ({"exercises": [{"gone": {"dose": "3x5"}}]}, "unknown exercise 'gone'"),
        ({"exercises": [{"bridge": {"dose": "3x0"}}]}, "0 reps"),
        ({"packet": "gone"}, "unknown packet 'gone'"),
        ({"patient": {"name": "A", "conditions": ["gone"]}}, "unknown condition 'gone'"),
    ],
)
def test_a_record_that_no_longer_fits_is_refused(
    path: Path, library: Library, change: dict[str, object], said: str
) -> None:
    record = program_record(read(path, FULL, library)) | change
    with pytest.raises(BadInput) as error:
        program_from_record(record, library, path="old.pdf")
    assert said in str(error.value)
    assert all(problem.path == "old.pdf" for problem in error.value.problems)


names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@given(
    name=names, goal=st.none() | names, exercises=st.sets(st.sampled_from(["bridge", "curl", "knee-to-chest"])),
    packet=st.sampled_from([None, "starter"]), conditions=st.sets(st.sampled_from(["weak-bones", "new-knee"])),
    weeks=st.none() | st.integers(0, 12), large=st.none() | st.booleans(),
)  # fmt: skip
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_program_survives_its_record(
    library: Library, name: str, goal: str | None, exercises: set[str], packet: str | None, conditions: set[str],
    weeks: int | None, large: bool | None,
) -> None:  # fmt: skip
    fields = ProgramFields(
        patient=name, goal=goal, exercise=tuple(sorted(exercises)), packet=packet, condition=tuple(sorted(conditions)),
        log_weeks=weeks, large_print=large,
    )  # fmt: skip
    if not exercises and packet is None:
        with pytest.raises(BadInput, match="no exercise to do"):
            build_program(fields, library, date=TODAY)
        return
    program = build_program(fields, library, date=TODAY)
    assert program_from_record(json.loads(json.dumps(program_record(program))), library) == program
