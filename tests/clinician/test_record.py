"""The record inside a handout: it explains what was decided, by whom and by which rules, and gives the program back."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from handouts import __version__
from handouts.pdf.reading import read_attached_program
from tests.clinician.test_own_content import LOOSER
from tests.clinician.test_revise import doses, edited, forget, replace_program

HEART = ("--condition", "cardiac-event-recent since 2026-09-01", "--condition", "osteoporosis")
VISIT = (
    "--patient", "Ana Ruiz", "--patient-id", "A-7", *HEART, "--clearance", "cardiac-event-recent=Dr. Lee, 2026-10-20",
    "--exercise", "partial-curl", "--exercise", "bridge 2x10", "--date", "2026-11-01", "--clinician", "Dana Reyes, PT",
    "--override", "partial-curl:osteoporosis=Done lying flat",
)  # fmt: skip
CURL = (
    "--patient", "Ana Ruiz", "--exercise", "partial-curl", "--condition", "osteoporosis", "--date", "2026-11-01",
)  # fmt: skip


def test_three_visits_by_two_clinicians_are_told_back(handouts):
    assert handouts("make", *VISIT, "-o", "1.pdf").code == 0
    second = ("--date", "2026-11-15", "--clinician", "Sam Poe, PT", "--keep-overrides", "--dose", "bridge=3x10")
    assert handouts("revise", "1.pdf", *second, "-o", "2.pdf").code == 0
    third = ("--date", "2026-11-29", "--clinician", "Dana Reyes, PT", "--skip", "partial-curl")
    assert handouts("revise", "2.pdf", *third, "-o", "3.pdf").code == 0

    told = handouts("show", "2.pdf").out
    for said in (
        "Handout of 2026-11-15, language en\nPatient: Ana Ruiz, id A-7\nGiven by: Sam Poe, PT\n",
        "  - partial-curl: 1x8 hold 2s\n  - bridge: 3x10",
        "Clearances:\n  - cardiac-event-recent: by Dr. Lee on 2026-10-20\n",
        "Overrides:\n  - partial-curl with osteoporosis: Done lying flat (decided by Sam Poe, PT, 2026-11-15)\n",
        "partial-curl with osteoporosis (rule osteoporosis-loaded-curl): contraindicated, overridden: Done lying flat\n"
        "      why: Loaded forward curl can crush a weak vertebra\n      the patient reads: ",
        f"Versions:\n  - handouts {__version__}\n  - content ",
        "  - library built-in ",
    ):
        assert said in told

    assert handouts("show", "3.pdf").out.partition("History:\n")[2] == (
        "  - 2026-11-01, Dana Reyes, PT\n      the first handout\n"
        "      overridden: partial-curl with osteoporosis: Done lying flat (decided by Dana Reyes, PT, 2026-11-01)\n"
        "  - 2026-11-15, Sam Poe, PT\n      bridge: 2x10 rest 60s -> 3x10 rest 60s\n"
        "      overridden: partial-curl with osteoporosis: Done lying flat (decided by Sam Poe, PT, 2026-11-15)\n"
        "  - 2026-11-29, Dana Reyes, PT\n      took out partial-curl\n"
    )
    record = handouts("show", "3.pdf", "--json").json
    assert [visit["clinician"] for visit in record["history"]] == ["Dana Reyes, PT", "Sam Poe, PT", "Dana Reyes, PT"]
    assert [list(visit["overrides"]) for visit in record["history"]] == [["partial-curl"], ["partial-curl"], []]
    assert record["findings"]
    assert all(one["rule"] and one["reason"] and one["advice"] and one["source"] for one in record["findings"])
    assert record["versions"].keys() == {"handouts", "content", "rules", "libraries"}


def test_the_program_comes_back_and_makes_the_same_handout(handouts):
    more = ("--packet", "knee-replacement-early", "--skip", "heel-slide", "--note", "Call me: any day", "--helper")
    assert handouts("make", *VISIT, *more, "--paper", "a4", "-o", "1.pdf").code == 0
    Path("again.yaml").write_text(handouts("show", "1.pdf", "--program").out, encoding="utf-8")
    assert handouts("make", "again.yaml", "-o", "again.pdf").code == 0
    assert Path("again.pdf").read_bytes() == Path("1.pdf").read_bytes()


def test_the_program_of_a_revised_handout_has_its_doses(handouts):
    make = ("--patient", "X", "--date", "2026-11-01", "--exercise", "bridge", "--exercise", "side-leg-lift left")
    handouts("make", *make, "-o", "1.pdf")
    handouts("revise", "1.pdf", "--level", "down", "--date", "2026-11-15", "-o", "2.pdf")
    text = handouts("show", "2.pdf", "--program").out
    assert text.startswith("# Made from an earlier handout")
    Path("again.yaml").write_text(text, encoding="utf-8")
    assert handouts("make", "again.yaml", "-o", "again.pdf").code == 0
    assert doses("again.pdf") == doses("2.pdf") != doses("1.pdf")


def test_a_locked_handout_asks_for_its_password(handouts):
    Path("password").write_text("correct horse\n")
    handouts("make", *VISIT, "--password-file", "password", "-o", "1.pdf")
    ran = handouts("show", "1.pdf")
    assert (ran.code, "is locked: give its password with --password-file" in ran.err) == (5, True)
    assert handouts("show", "1.pdf", "--password-file", "password").out.startswith("Handout of 2026-11-01")


def test_an_old_record_is_told_as_far_as_it_goes(handouts):
    handouts("make", *VISIT, "-o", "1.pdf")

    def older(record):
        new = ("digest", "findings", "looser", "versions", "history")
        old = {name: value for name, value in record.items() if name not in new}
        return {**old, "format": 2, "overrides": {"partial-curl": {"osteoporosis": "Flat"}}}

    edited(Path("1.pdf"), lambda pdf: (forget(pdf), replace_program(pdf, older)))
    told = handouts("show", "1.pdf").out
    assert "partial-curl with osteoporosis: Flat (decided by nobody named)" in told
    assert "Findings: this handout is older than records that keep them" in told
    dropped = handouts("revise", "1.pdf", "--date", "2026-11-15", "-o", "2.pdf")
    assert (dropped.code, 'override dropped: partial-curl:osteoporosis ("Flat", nobody named)' in dropped.err) == (
        4,
        True,
    )


@pytest.mark.parametrize(
    "asked",
    [
        ("bridge", "--program"), ("bridge", "--password-file", "x"), ("1.pdf", "--side", "left"),
        ("1.pdf", "--program", "--json"),
    ],
)  # fmt: skip
def test_what_does_not_go_together(handouts, asked):
    assert handouts("show", *asked).code == 2


def test_what_carries_no_record_is_named(handouts):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save("theirs.pdf")
    for name in ("theirs.pdf", "none.pdf"):
        assert (ran := handouts("show", name)).code == 5
        assert name in ran.err


# Rules that have changed since, and rules that are looser than the built-in ones


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "{id: glaucoma-head-down, removed: Ours.}",
            "bridge with glaucoma (rule glaucoma-head-down): caution then, no longer found",
        ),
        (
            "{id: ours, condition: glaucoma, verdict: contraindicated, exercises: [bridge], reason: Ours now.,"
            " advice: Not this one., source: pt-usual}",
            "bridge with glaucoma (rule ours): new, contraindicated: Ours now.",
        ),
    ],
)  # fmt: skip
def test_the_rules_that_have_changed_since_are_named(handouts, first, own, rule, said):
    folder = own("rules.yaml", f"rules:\n  - {rule}\n")
    revise = ("revise", first, "--date", "2026-11-15", "-o", "next.pdf", "-q")
    assert "rules have changed" not in handouts(*revise).err
    ran = handouts(*revise, "--force", "--library", folder)
    assert f"note: the rules have changed since 2026-11-01: {said}" in ran.err


@pytest.fixture
def looser(own) -> Path:
    return own("rules.yaml", f"rules:\n  - {LOOSER['weaker']}\n")


TOLD = "ooser than the built-in rules: partial-curl with osteoporosis: contraindicated there, a caution here"


def test_looser_rules_stand_in_record_and_summary(handouts, looser):
    ran = handouts("make", *CURL, "--library", looser, "-q", "--summary", "-o", "1.pdf")
    assert (ran.code, TOLD in ran.err, TOLD in ran.out) == (0, True, True)
    record = read_attached_program(Path("1.pdf"))
    assert record["looser"] == [f"l{TOLD}"]
    assert [library["name"] for library in record["versions"]["libraries"]] == ["built-in", "own"]
    assert TOLD in handouts("show", "1.pdf").out


@pytest.mark.parametrize(
    "command",
    [
        ("batch", "monday.csv", "-o", "monday/", "--fail-fast"),
        ("make", *CURL, "--exercise", "superman"),  # refused, and told all the same
        pytest.param(("screen", *CURL[2:]), marks=pytest.mark.slow),
        pytest.param(("list", "exercises", "--safe-for", "osteoporosis"), marks=pytest.mark.slow),
        pytest.param(("show", "partial-curl"), marks=pytest.mark.slow),
        pytest.param(("show", "osteoporosis"), marks=pytest.mark.slow),
    ],
    ids=lambda command: command[0],
)
def test_looser_rules_are_named_by_every_command_that_judges(handouts, looser, command):
    Path("monday.csv").write_text(
        "name,exercises,conditions\nAna,bridge,osteoporosis\nBo,partial-curl,osteoporosis\nCy,-,\n"
    )
    assert TOLD in handouts(*command, "--library", looser, "-q").err
