"""The conversation of `handouts build` with prepared answers: what is asked, what comes of it, what is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from handouts.cli.build_session import BuildSession
from handouts.cli.prompting import Fragments, StepBack
from handouts.drafting.draft import Draft, DraftHistory
from handouts.drafting.draft_files import new_draft_file, saved_drafts
from handouts.library import Library
from handouts.prescription import read_program
from tests.real_library import real_library

CTRL_Z = "\x1a"
NEW = ("Ana Ruiz", "A-7", "", "", "")
"""Name and number, no condition, no packet, no exercise: then the desk."""


class Prepared:
    """Gives prepared answers; one that the question refuses is told, as the terminal would, and the next one tried."""

    colour, draws, width = False, True, 79

    def __init__(self, answers: Iterable[str]) -> None:
        self.answers = list(answers)
        self.told = ""
        self.asked = 0

    def show(self, fragments: Fragments) -> None:
        text = "".join(piece for _, piece in fragments)
        assert all(len(line) < 80 or " " not in line for line in text.splitlines()), text
        self.told += text

    def ask(
        self,
        question: str,
        *,
        default: str = "",
        options: Callable[[str], Iterable[Any]] | None = None,
        check: Callable[[str], str | None] | None = None,
        at_once: bool = False,  # noqa: ARG002 - asked like this, answered alike
        panel: Callable[[str], Fragments] | None = None,
    ) -> str:
        self.asked += 1
        self.told += question
        while True:
            if not self.answers:
                raise KeyboardInterrupt
            answer = self.answers.pop(0)
            if answer == CTRL_Z:
                raise StepBack
            answer = default if answer == "<default>" else answer
            if options:
                self.told += "".join(f"{one.value} {one.about}\n" for one in options(answer))
            if panel:
                self.told += "".join(piece for _, piece in panel(answer)) + "\n"
            if fault := check(answer) if check else None:
                self.told += fault + "\n"
            else:
                return answer


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


class Ran:
    def __init__(self, library: Library, folder: Path, answers: Iterable[str]) -> None:
        self.prompter, self.made = Prepared(answers), []  # type: list[Any]
        self.folder = folder
        self.flow = BuildSession(
            library=library,
            prompter=self.prompter,  # type: ignore[arg-type]
            draft_file=new_draft_file(folder / "drafts", dt.datetime(2026, 11, 22, tzinfo=dt.UTC)),
            history=DraftHistory(draft=Draft(date="2026-11-22")),
            output=folder / "program.yaml",
            force=False,
            make=lambda path, *extra: self.made.append((path.name, *extra)),
        )
        try:
            self.flow.run()
            self.ended = True
        except KeyboardInterrupt:
            self.ended = False
            self.flow.say_where_the_draft_is()

    @property
    def doses(self) -> list[tuple[str, str]]:
        return [(one.exercise, one.dose) for one in self.flow.draft.exercises]

    @property
    def told(self) -> str:
        return " ".join(self.prompter.told.split())


@pytest.fixture
def built(library: Library, tmp_path: Path) -> Callable[..., Ran]:
    return lambda *answers: Ran(library, tmp_path, answers)


def test_a_whole_program_from_the_first_question_to_the_file(built, library, tmp_path):
    ran = built(
        "Ana  Ruiz", "A-7", "glaucoma", "", "low-back-starter", "heel-raise", "2x10", "", "save", "make", "quit"
    )
    assert ran.ended
    program = read_program(tmp_path / "program.yaml", library, date=dt.date(2000, 1, 1))
    assert (program.patient.name, program.patient.id) == ("Ana Ruiz", "A-7")
    assert [one.condition.id for one in program.patient.conditions] == ["glaucoma"]
    assert [one.exercise.id for one in program.prescriptions][-1] == "heel-raise"
    assert len(program.prescriptions) == 9
    assert ran.made == [("program.yaml",)]
    assert saved_drafts(tmp_path / "drafts") == []
    assert "minutes a day" in ran.told


def test_the_side_stays_with_another_dose_and_another_exercise(built):
    ran = built("Ana", "", "", "", "clamshell", "2x8 left", "", "dose 1 2x10", "swap 1 side-leg-lift", "<default>")
    assert ran.doses == [("side-leg-lift", "3x10 hold 2s left")]
    assert "2x10 hold 2s rest 60s left" in ran.told


def test_conflicts_are_shown_at_once_with_safer_neighbours(built):
    ran = built("Ana", "", "osteoporosis", "", "", "partial-curl", "1", "<default>", "")
    assert "NOT with osteoporosis: " in ran.told
    assert "Mayo Clinic" in ran.told
    [(exercise, _)] = ran.doses
    assert f"1 {exercise}, 2 " in ran.told


def test_enter_leaves_a_forbidden_exercise_out(built):
    assert built("Ana", "", "osteoporosis", "", "", "partial-curl", "").doses == []


def test_keeping_a_forbidden_exercise_takes_a_reason(built):
    ran = built(
        "Ana", "", "osteoporosis", "", "", "partial-curl", "k", "ok", "Done lying flat", "<default>", "Dana", "", "save"
    )
    [override] = ran.flow.draft.overrides
    assert (override.item, override.condition, override.reason) == ("partial-curl", "osteoporosis", "Done lying flat")
    assert "at least 2 words" in ran.told
    assert (ran.flow.draft.clinician, ran.doses) == ("Dana", [("partial-curl", "1x8 hold 2s")])
    assert ran.flow.saved


def test_what_blocks_everything_cannot_be_kept(built):
    ran = built("Ana", "", "dvt-suspected", "", "", "bridge", "k", "", "", "save")
    assert "No exercise may be printed with dvt-suspected" in ran.told
    assert "k to keep it" not in ran.told
    assert ran.doses == []


def test_a_packet_that_is_not_for_this_patient_names_the_safer_one(built):
    ran = built("Ana", "", "osteoporosis", "", "low-back-starter", "1")
    assert ran.flow.draft.packet == "osteoporosis-safe-back"


def test_a_condition_given_later_stops_the_saving(built, tmp_path):
    ran = built(
        *NEW, "add partial-curl 1x5", "condition osteoporosis", "save", "keep 1", "Done lying flat", "Dana", "save"
    )
    assert "not saved: partial-curl with osteoporosis" in ran.told
    assert (tmp_path / "program.yaml").exists()


def test_several_fits_are_never_guessed_from(built):
    ran = built("Ana", "", "fracture", "glauc", "")
    assert "fit: choose one with the arrows" in ran.told
    assert [one.condition for one in ran.flow.draft.conditions] == ["glaucoma"]
    assert "glaucoma: High eye pressure (glaucoma)" in ran.told


def test_a_side_is_never_lost_behind_a_search(built):
    ran = built("Ana", "", "knee replaced left", "knee-replacement-recent left 2026-10-01 no kneeling", "")
    assert "choose the condition first" in ran.told
    [has] = ran.flow.draft.conditions
    assert (has.condition, has.side, has.since) == ("knee-replacement-recent", "left", "2026-10-01")
    assert has.limits == "no kneeling"


def test_a_dose_is_judged_while_it_is_typed(built):
    ran = built(*NEW[:4], "bridge", "3x", "3x15 for 20s", "2x8")
    assert "expected a number" in ran.told
    assert "both reps and a time" in ran.told
    assert "prints: 2x8 rest 60s" in ran.told
    assert "2 sets of 8. Rest 1 minute between." in ran.told
    assert ran.doses == [("bridge", "2x8 rest 60s")]


def test_the_orders_of_the_desk(built):
    ran = built(
        *NEW, "add bridge 2x8", "add walking for 10min", "a heel-raise 1x10", "move 3 1", "dose bridge 3x12",
        "note 2 Slowly", "swap 1 sit-to-stand", "<default>", "remove walking", "set clinic palm-wellness",
        "set large yes", "condition knee-osteoarthritis left", "remove knee-osteoarthritis", "help",
    )  # fmt: skip
    assert [exercise for exercise, _ in ran.doses] == ["sit-to-stand", "bridge"]
    bridge = ran.flow.draft.exercises[1]
    assert (bridge.dose, bridge.note) == ("3x12 rest 60s", "Slowly")
    assert (ran.flow.draft.clinic, ran.flow.draft.layout) == ("palm-wellness", {"large_print": True})
    assert ran.flow.draft.conditions == ()
    assert "put exercise N in another place" in ran.told


def test_orders_take_names_as_people_know_them(built):
    ran = built(*NEW, "add Sit to stand 3x10", "swap 1 Knee rolls", "<default>", "packet Neck pain")
    assert "lumbar-rotation-supine" in ran.flow.draft.exercise_ids
    assert ran.flow.draft.packet == "neck-pain"


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("add brigde", "no exercise 'brigde': bridge"),
        ("dose 4", "Give its number, 1 to 1"),
        ("dose 1 0x5", "is out of range"),
        ("move 1", "where to?"),
        ("add bridge", "in the program already"),
        ("keep 1", "nothing forbids bridge"),
        ("packet neck-pian", "neck-pain"),
        ("condition glaucmoa", "unknown condition 'glaucmoa' (did you mean glaucoma?)"),
        ("set", "set what?"),
        ("redo", "no step to do again"),
        ("dance", "no command 'dance'"),
    ],
)
def test_a_mistake_at_the_desk_is_told_and_changes_nothing(built, order, said):
    ran = built(*NEW, "add bridge 2x8", order)
    assert said in ran.told
    assert ran.doses == [("bridge", "2x8 rest 60s")]


def test_ctrl_z_takes_steps_back_to_the_very_first(built):
    ran = built(*NEW[:4], "bridge", "<default>", *[CTRL_Z] * 5, CTRL_Z, "Eva")
    assert "Taken back: the exercise bridge." in ran.told
    assert "there is no step to take back" in ran.told
    assert (ran.flow.draft.name, ran.flow.draft.question) == ("Eva", "id")


def test_ctrl_z_in_a_question_that_followed_leaves_only_that(built):
    ran = built(*NEW[:4], "bridge", "<default>", "walking", CTRL_Z)
    assert "Left as it was." in ran.told
    assert [exercise for exercise, _ in ran.doses] == ["bridge"]


def test_undo_and_redo_are_orders_too(built):
    ran = built(*NEW, "add bridge 2x8", "undo", "redo", "undo")
    assert ran.doses == []
    assert "Done again: the exercise bridge." in ran.told


def test_stopping_keeps_the_draft_and_says_where(built, tmp_path):
    ran = built(*NEW, "add bridge 2x8")
    [(draft_file, history)] = saved_drafts(tmp_path / "drafts")
    assert str(draft_file.path) in ran.prompter.told
    assert history == ran.flow.history
    assert not ran.ended


def test_a_saved_program_leaves_no_draft_until_it_is_changed(built, tmp_path):
    ran = built(*NEW, "add bridge 2x8", "save", "quit")
    assert "The draft is deleted." in ran.told
    assert saved_drafts(tmp_path / "drafts") == []
    assert "kept in" not in ran.told


def test_a_file_that_is_there_is_left_alone(built, tmp_path):
    (tmp_path / "program.yaml").write_text("mine")
    ran = built(*NEW, "add bridge 2x8", "save", f"save {tmp_path / 'other'}", "add walking for 5min", "save")
    assert "is there already" in ran.told
    assert (tmp_path / "program.yaml").read_text() == "mine"
    assert "walking" in (tmp_path / "other.yaml").read_text()


def test_a_program_without_an_exercise_is_not_saved(built):
    assert "not saved: no exercise to do" in built(*NEW, "save").told


def test_make_open_and_print_save_first(built):
    ran = built(*NEW, "add bridge 2x8", "print", "open")
    assert ran.made == [("program.yaml", "--print"), ("program.yaml", "--open")]


def test_a_clearance_is_given_at_the_desk(built):
    heart = (*NEW, "add ankle-pumps 1x10", "condition cardiac-event-recent")
    assert "cardiac-event-recent without clearance" in built(*heart, "save").told
    refused = built(*heart, "clearance cardiac-event-recent Dr. Lee", "clearance glaucoma Dr. Lee, 2026-01-01")
    assert "does not say who and when" in refused.told
    assert "does not have 'glaucoma'" in refused.told
    ran = built(*heart, "clearance cardiac-event-recent Dr. Lee, 2026-01-02", "save")
    assert "Saved as" in ran.told
    (known,) = ran.flow.draft.conditions
    assert known.clearance == "Dr. Lee, 2026-01-02"
