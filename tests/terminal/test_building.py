"""A program being built: every action, every step back, and a file that makes what was shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from handouts.cli.build_screens import program_screen
from handouts.dose import DoseError, format_dose, parse_dose
from handouts.drafting import draft_changes
from handouts.drafting.draft import QUESTIONS, Draft, DraftCondition, DraftExercise, DraftHistory, ImpossibleChange
from handouts.drafting.draft_changes import next_question, redo, take_step, undo
from handouts.drafting.draft_files import new_draft_file, saved_drafts
from handouts.drafting.draft_program import (
    build_program,
    faults,
    findings,
    findings_of,
    printed_dose,
    program_fields,
    unchecked_program,
    unreadable,
)
from handouts.drafting.typed_commands import (
    COMMANDS,
    clean,
    exercise_at,
    read_command,
    read_condition,
    set_value,
    without_new_faults,
)
from handouts.errors import BadInput
from handouts.library import Library
from handouts.prescription import read_program
from handouts.prescription.program_file import program_text
from handouts.screening import refusals, screen
from tests.real_library import real_library

TODAY = "2026-11-22"


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


@pytest.fixture
def starter(library: Library) -> Draft:
    return draft_changes.choose_packet(
        Draft(date=TODAY, name="Ana Ruiz", question="command"), "low-back-starter", library
    )


# -- steps -------------------------------------------------------------------------------------------------------------


def test_every_step_can_be_taken_back_and_done_again():
    history = DraftHistory(draft=Draft(date=TODAY))
    drafts = [history.draft]
    for step in QUESTIONS[1:]:
        history = take_step(history, f"to {step}", next_question(history.draft))
        drafts.append(history.draft)
    assert [draft.question for draft in drafts] == list(QUESTIONS)
    for before in reversed(drafts[:-1]):
        _, history = undo(history)
        assert history.draft == before
    with pytest.raises(ImpossibleChange):
        undo(history)
    for after in drafts[1:]:
        _, history = redo(history)
        assert history.draft == after
    with pytest.raises(ImpossibleChange):
        redo(history)


def test_a_new_step_after_a_step_back_cannot_be_done_again():
    history = take_step(DraftHistory(draft=Draft(date=TODAY)), "one", Draft(date=TODAY, name="Ana"))
    history = take_step(undo(history)[1], "another", Draft(date=TODAY, name="Eva"))
    with pytest.raises(ImpossibleChange):
        redo(history)
    assert history.draft.name == "Eva"


def test_what_changes_nothing_is_no_step():
    history = DraftHistory(draft=Draft(date=TODAY))
    assert take_step(history, "nothing", Draft(date=TODAY)) is history


# -- actions -----------------------------------------------------------------------------------------------------------


def test_another_packet_keeps_what_the_clinician_added_or_changed(starter, library):
    draft = draft_changes.add_exercise(starter, "heel-raise", "1x10")
    draft = draft_changes.set_dose(draft, "bridge", "2x8")
    draft = draft_changes.choose_packet(draft, "neck-pain", library)
    own = [(one.exercise, one.dose) for one in draft.exercises[-2:]]
    assert own == [("bridge", "2x8"), ("heel-raise", "1x10")]
    assert "superman" not in draft.exercise_ids
    assert draft_changes.choose_packet(draft, None, library).exercise_ids == ("bridge", "heel-raise")


def test_a_place_counts_from_one(starter):
    assert draft_changes.move(starter, "superman", 1).exercise_ids[0] == "superman"
    assert draft_changes.move(starter, "bridge", 8).exercise_ids[-1] == "bridge"
    with pytest.raises(ImpossibleChange, match="1 to 8"):
        draft_changes.move(starter, "bridge", 9)


def test_a_swap_keeps_the_place(starter):
    place = starter.exercise_ids.index("superman")
    assert draft_changes.swap(starter, "superman", "bird-dog", "1x5").exercise_ids[place] == "bird-dog"


@pytest.mark.parametrize(
    "act",
    [
        lambda draft: draft_changes.add_exercise(draft, "bridge", "1x5"),
        lambda draft: draft_changes.swap(draft, "superman", "bridge", "1x5"),
        lambda draft: draft_changes.set_dose(draft, "walking", "for 10min"),
        lambda draft: draft_changes.override(draft, "bridge", "osteoporosis", "  "),
    ],
)
def test_what_makes_no_sense_is_refused(starter, act):
    with pytest.raises(ImpossibleChange):
        act(starter)


def test_an_override_goes_with_what_it_was_for(starter):
    draft = draft_changes.add_condition(starter, DraftCondition(condition="osteoporosis"))
    draft = draft_changes.override(draft, "partial-curl", "osteoporosis", "done lying flat")
    assert draft.overrides
    assert draft_changes.drop_exercise(draft, "partial-curl").overrides == ()
    assert draft_changes.drop_condition(draft, "osteoporosis").overrides == ()


def test_a_dose_takes_what_it_leaves_out_from_the_packet(starter, library):
    assert format_dose(draft_changes.read_dose("2x10", starter, "bridge", library)) == "2x10 rest 60s"
    alone = Draft(date=TODAY)
    assert format_dose(draft_changes.read_dose("2x10", alone, "knee-to-chest", library)).startswith("2x10")


@pytest.mark.parametrize("text", ["", "2x", "0x10", "3x15 for 30s", "3x10 left"])
def test_a_dose_that_cannot_be_meant_is_refused(starter, library, text):
    with pytest.raises(DoseError):
        draft_changes.read_dose(text, starter, "bridge", library)


# -- the desk ----------------------------------------------------------------------------------------------------------


def test_the_beginning_of_an_order_will_do():
    assert read_command("a bridge  2x10") == ("add", "bridge 2x10")
    assert read_command("undo")[0] == "undo"
    for word in COMMANDS:
        assert read_command(word)[0] == word


@pytest.mark.parametrize(
    ("text", "hint"), [("s", "swap or set or save"), ("xyz 1", "'help' lists them"), ("mvoe 1", "move")]
)
def test_an_order_that_is_none_is_told_with_the_nearest(text, hint):
    with pytest.raises(ImpossibleChange, match=hint):
        read_command(text)


def test_an_exercise_is_named_by_number_or_id(starter):
    assert exercise_at(starter, "1") == exercise_at(starter, "bridge") == "bridge"
    for wrong in ("0", "9", "walking", ""):
        with pytest.raises(ImpossibleChange):
            exercise_at(starter, wrong)


def test_a_condition_is_typed_with_what_is_known_of_it():
    knee = DraftCondition(condition="knee-replacement-recent", side="left", since="2026-10-01", limits="no kneeling")
    for text in ("left 2026-10-01", "since 2026-10-01 left", "left week 3", "Week 3 LEFT"):
        assert read_condition(f"knee-replacement-recent {text} no kneeling", "2026-10-22") == knee
    assert read_condition("glaucoma", "2026-10-22") == DraftCondition(condition="glaucoma")


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ({"since": "2026-10-01"}, ("left", "2026-10-01", "no kneeling")),
        ({"side": "right"}, ("right", None, None)),
        ({"since": "2026-11-01"}, (None, "2026-11-01", None)),
    ],
)
def test_a_condition_said_again_keeps_what_is_not_said_unless_it_is_another_event(now, left):
    knee = DraftCondition(condition="new-knee", side="left", since="2026-10-01", limits="no kneeling")
    draft = draft_changes.add_condition(Draft(date=TODAY), knee)
    (has,) = draft_changes.add_condition(draft, DraftCondition(condition="new-knee", **now)).conditions
    assert (has.side, has.since, has.limits) == left


def test_values_are_judged_as_a_program_file_would(starter, library):
    draft = set_value(starter, "clinic", "palm-wellness", library)
    draft = set_value(draft, "large", "yes", library)
    draft = set_value(draft, "weeks", "2", library)
    assert (draft.clinic, draft.layout) == ("palm-wellness", {"large_print": True, "log_weeks": 2})
    assert set_value(draft, "large", "", library).layout == {"log_weeks": 2}
    for word, text in (
        ("clinic", "plam-wellness"), ("visit", "2026-01-01"), ("visit", "soon"), ("language", "xx"), ("paper", "a5"),
        ("weeks", "99"), ("large", "maybe"), ("name", ""), ("date", "22.11."), ("colour", "red"),
    ):  # fmt: skip
        with pytest.raises(ImpossibleChange):
            set_value(draft, word, text, library)


def test_a_condition_since_tomorrow_is_refused(starter, library):
    after = draft_changes.add_condition(
        starter, DraftCondition(condition="knee-replacement-recent", since="2027-01-01")
    )
    with pytest.raises(ImpossibleChange, match="after the date"):
        without_new_faults(starter, after, library)


# -- judging -----------------------------------------------------------------------------------------------------------


def test_conflicts_are_known_before_an_exercise_is_taken(library):
    draft = draft_changes.add_condition(Draft(date=TODAY), DraftCondition(condition="osteoporosis"))
    [found] = findings_of(draft, "partial-curl", "1x5", library)
    assert found.verdict == "contraindicated"
    assert found.alternatives
    for other in found.alternatives:
        assert not refusals(findings_of(draft, other, "1x5", library))
    assert not findings_of(Draft(date=TODAY), "partial-curl", "1x5", library)


def test_the_sketch_is_judged_as_the_program_is(starter, library):
    draft = draft_changes.add_condition(starter, DraftCondition(condition="osteoporosis"))
    draft = replace(
        draft_changes.override(draft, "low-back-starter", "osteoporosis", "known very well"), clinician="Al"
    )
    assert findings(draft, library) == screen(build_program(draft, library), library)
    assert unchecked_program(draft, library).prescriptions == build_program(draft, library).prescriptions


def test_what_is_missing_is_named(library):
    draft = Draft(date=TODAY)
    assert {one.message for one in faults(draft, library, name_required=True)} == {"the patient's name is missing"}


def test_ids_that_the_library_lacks_are_named(library, starter):
    draft = draft_changes.add_exercise(
        draft_changes.add_condition(starter, DraftCondition(condition="gone")), "vanished", "1x5"
    )
    assert unreadable(draft, library) == "the library lacks gone, vanished"


# -- the file ----------------------------------------------------------------------------------------------------------

NAMES = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=30)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    library = LIBRARY
    draft = Draft(
        date=TODAY, name=clean(draw(NAMES)) or "Ana", id=clean(draw(NAMES)) or None, goal=clean(draw(NAMES)) or None,
        clinician="Dana",
    )  # fmt: skip
    draft = draft_changes.choose_packet(draft, draw(st.sampled_from([None, "low-back-starter", "neck-pain"])), library)
    for exercise in draw(
        st.lists(st.sampled_from(["walking", "heel-raise", "bridge", "wall-slide"]), max_size=3, unique=True)
    ):
        if exercise in library.exercise_ids() and exercise not in draft.exercise_ids:
            dose = format_dose(draft_changes.usual_dose(draft, exercise, library))
            draft = without_new_faults(draft, draft_changes.add_exercise(draft, exercise, dose), library)
    for has in draw(st.lists(st.sampled_from(["glaucoma", "falls-risk"]), unique=True)):
        details = {"limits": clean(draw(NAMES)) or None, "side": draw(st.sampled_from([None, "left"]))}
        draft = draft_changes.add_condition(draft, DraftCondition(condition=has, **details))
    for exercise in draft.exercise_ids:
        match draw(st.integers(0, 4)):
            case 0:
                draft = draft_changes.drop_exercise(draft, exercise)
            case 1:
                draft = draft_changes.move(draft, exercise, draw(st.integers(1, len(draft.exercises))))
            case 2:
                draft = draft_changes.set_note(draft, exercise, clean(draw(NAMES)))
            case 3 if draft.conditions:
                draft = draft_changes.override(
                    draft, exercise, draft.conditions[0].condition, f"known well: {clean(draw(NAMES))}"
                )
    layout = draw(st.fixed_dictionaries({}, optional={"paper": st.just("a4"), "ink_saver": st.booleans()}))
    return replace(draft, layout=layout)


LIBRARY = real_library()


@settings(max_examples=40)
@given(draft=drafts())
def test_the_file_makes_the_program_that_was_shown(draft, tmp_path_factory):
    if faults(draft, LIBRARY, name_required=True):
        return
    path = tmp_path_factory.mktemp("saved") / "program.yaml"
    path.write_text(program_text(program_fields(draft, LIBRARY)), encoding="utf-8")
    program = read_program(path, LIBRARY, date=dt.date(2000, 1, 1))
    assert program == build_program(draft, LIBRARY)
    shown = unchecked_program(draft, LIBRARY).prescriptions
    # A side that was seen here is written, and so is the clinician's.
    assert tuple(replace(one, side_given=False) for one in program.prescriptions) == shown
    assert program.patient.name == draft.name


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (["bridge", "bridge"], "'bridge' is named twice"),
        (["brigde"], "unknown exercise of this program 'brigde'"),
        (["walking"], "unknown exercise of this program 'walking'"),
        ("bridge", "expected a list"),
    ],
)
def test_an_order_that_does_not_fit_the_program_is_a_problem_with_its_place(starter, library, tmp_path, order, message):
    path = tmp_path / "program.yaml"
    path.write_text(program_text({**program_fields(starter, library), "order": order}), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_program(path, library, date=dt.date(2026, 11, 22))
    [problem] = refused.value.problems
    assert problem.message.startswith(message)
    assert problem.line == 5


def test_an_order_may_name_only_what_comes_first(starter, library, tmp_path):
    path = tmp_path / "program.yaml"
    path.write_text(program_text({**program_fields(starter, library), "order": ["superman"]}), encoding="utf-8")
    program = read_program(path, library, date=dt.date(2026, 11, 22))
    rest = [one for one in starter.exercise_ids if one != "superman"]
    assert [one.exercise.id for one in program.prescriptions] == ["superman", *rest]


def test_the_file_reads_like_one_written_by_hand(starter, library):
    draft = draft_changes.add_condition(
        starter, DraftCondition(condition="knee-replacement-recent", side="left", since="2026-10-01")
    )
    draft = draft_changes.drop_exercise(draft, "superman")
    draft = draft_changes.move(draft_changes.set_dose(draft, "bridge", "3x12 rest 60s"), "partial-curl", 1)
    draft = draft_changes.set_note(draft, "pelvic-tilt", "Slowly: count to 5.")
    assert program_text(program_fields(draft, library)) == (
        "patient:\n"
        "  name: Ana Ruiz\n"
        "  conditions:\n"
        "    - knee-replacement-recent:\n"
        "        side: left\n"
        "        since: 2026-10-01\n"
        "date: 2026-11-22\n"
        "packet: low-back-starter\n"
        "exercises:\n"
        "  - bridge: 3x12 rest 60s\n"
        "  - pelvic-tilt:\n"
        "      dose: hold 5s build to 30 reps\n"
        '      note: "Slowly: count to 5."\n'
        "  - superman: skip\n"
        "order: [partial-curl, bridge, knee-to-chest, lumbar-rotation-supine, pelvic-tilt, side-leg-lift, "
        "lumbar-rotation-seated]\n"
    )


# -- keeping -----------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_privately_and_forgotten(tmp_path: Path, starter):
    folder = tmp_path / "drafts"
    draft_file = new_draft_file(folder, dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC))
    history = take_step(DraftHistory(draft=Draft(date=TODAY)), "all of it", starter)
    draft_file.save(history)
    assert draft_file.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    written = draft_file.path.read_text()
    assert '"id": null' in written
    assert '"layout": {}' in written
    broken = [written.replace('"id": null', value) for value in ('"id": 7', r'"id": "\ud800"')]
    broken += ["{", "[" * 100_000, written.replace('"layout": {}', '"layout": null')]
    for number, text in enumerate(broken):
        (folder / f"{number}.draft.json").write_text(text)
    [(again, kept)] = saved_drafts(folder)
    assert (again.path, kept) == (draft_file.path, history)
    draft_file.delete()
    assert saved_drafts(folder) == []


def test_the_program_shows_the_dose_that_will_be_printed():
    heart = (DraftCondition(condition="cardiac-event-recent"),)
    draft = Draft(date="2026-11-22", conditions=heart, exercises=(DraftExercise(exercise="walking", dose="for 30min"),))
    assert "for 5min" in "".join(text for _, text in program_screen(draft, LIBRARY, 80))
    assert format_dose(printed_dose(draft, "walking", parse_dose("for 20min"), LIBRARY)) == "for 5min"
