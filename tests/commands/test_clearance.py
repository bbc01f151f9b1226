"""Clearance, windows and the choice by rule at the command line, in a roster and in the record."""

from __future__ import annotations

import json
from pathlib import Path

from handouts.pdf.reading import read_attached_program

HEART = ("--patient", "Ana", "--exercise", "ankle-pumps", "--date", "2026-11-22", "--condition", "cardiac-event-recent")
CUFF = "rotator-cuff-repair-recent"
WORD = ("--clearance", "cardiac-event-recent=Dr. Lee, 2026-11-20")


def test_nothing_is_made_without_the_clearance(handouts):
    ran = handouts("make", *HEART, "-o", "a.pdf", "--json")
    assert ran.code == 4
    assert not Path("a.pdf").exists()
    (needed,) = [one for one in ran.json["findings"] if one["verdict"] == "clearance-needed"]
    assert needed["condition"] == "cardiac-event-recent"
    assert "exercise" not in needed
    assert "packet" not in needed
    assert "--clearance cardiac-event-recent=" in ran.err


def test_under_18_names_the_remedy_that_there_is(handouts):
    child = ("screen", "--age", "15", "--clinician", "Dana Reyes", "--date", "2026-11-22")
    for asked in (("--region", "low-back"), ("--exercise", "bridge")):
        ran = handouts(*child, *asked)
        assert ran.code == 4
        assert "--clearance" not in ran.err + ran.out
        assert '--override "age=REASON" --clinician NAME' in ran.err + ran.out
        assert handouts(*child, *asked, "--override", "age=Seen with her mother").code == 0


def test_an_age_that_is_given_wins_over_an_older_date_of_birth(handouts, program):
    grown = program(patient={"name": "Ana Ruiz", "born": "1960-01-01"})
    assert handouts("make", grown, "--age", "12").code == 4
    assert handouts("make", grown, "-o", "a.pdf").code == 0
    assert handouts("revise", "a.pdf", "--age", "12").code == 4
    ran = handouts("revise", "a.pdf", "--age", "50", "-o", "b.pdf")
    patient = handouts("show", "b.pdf", "--json").json["patient"]
    assert (ran.code, patient["age"], patient["born"]) == (0, 50, None)


def test_a_clearance_is_kept_printed_for_the_clinician_and_goes_along(handouts):
    ran = handouts("make", *HEART, *WORD, "-o", "a.pdf", "--summary")
    assert ran.code == 0
    assert "Clearance: cardiac-event-recent: Dr. Lee, 2026-11-20" in ran.out
    assert "cardiac-event-recent: cleared by Dr. Lee, 2026-11-20" in ran.err
    kept = {"by": "Dr. Lee", "on": "2026-11-20"}
    (known,) = read_attached_program(Path("a.pdf"))["patient"]["conditions"]
    assert known["cardiac-event-recent"]["clearance"] == kept
    assert handouts("revise", "a.pdf", "--date", "2026-11-25", "-o", "b.pdf").code == 0
    (known,) = read_attached_program(Path("b.pdf"))["patient"]["conditions"]
    assert known["cardiac-event-recent"]["clearance"] == kept


def test_an_old_clearance_is_named_and_a_future_one_refused(handouts):
    def told(day, since=""):
        had = (*HEART[:-1], f"cardiac-event-recent{since}")
        return handouts("screen", *had, "--clearance", f"cardiac-event-recent=Dr. Lee, {day}", "--notes", "safety")

    assert "the clearance is more than a year old" in told("2025-11-20").err
    before = told("2026-10-31", " since 2026-11-01")
    assert before.code == 3
    assert "2026-10-31 is before 'cardiac-event-recent' itself, since 2026-11-01" in before.err
    assert "the clearance is" not in told("2025-11-22").err + told("2026-11-01", " since 2026-11-01").err
    assert told("2026-11-23").code == 3


def test_the_exercises_are_judged_as_before(handouts):
    judged = [
        handouts("screen", *HEART, *more, "--exercise", "wall-sit", "--json").json["findings"] for more in ((), WORD)
    ]
    before, after = ([one | {"alternatives": []} for one in found if "exercise" in one] for found in judged)
    assert before == after
    assert {one["verdict"] for one in before} == {"contraindicated", "caution"}


def test_a_roster_says_since_when_and_who_clears(handouts):
    Path("r.csv").write_text(
        "name,id,exercises,conditions,clearances,date\n"
        "Ana,1,ankle-pumps,cardiac-event-recent since 2026-11-01,,2026-11-22\n"
        'Bo,2,ankle-pumps,cardiac-event-recent week 3,"cardiac-event-recent=Dr. Lee, 2026-11-20",2026-11-22\n'
        "Cy,3,ankle-pumps,knee-replacement-recent since 2026-12-01 left,,2026-11-22\n"
    )
    ran = handouts("batch", "r.csv", "-o", "out/", "--jobs", "1", "--report", "r.jsonl")
    assert ran.code == 6
    rows = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    assert [row["status"] for row in rows] == ["refused", "made", "failed"]
    assert "r.csv:4:" in rows[2]["problems"][0]


def test_time_changes_the_verdict(handouts):
    def verdicts(condition):
        ran = handouts(
            "screen", "--exercise", "isometric-abduction", "--date", "2026-11-22", "--condition", condition, "--json"
        )
        return ran.code, {one["verdict"] for one in ran.json["findings"]}, " ".join(map(str, ran.json["notes"]))

    code, found, _ = verdicts("rotator-cuff-repair-recent since 2026-11-18")
    assert (code, found) == (4, {"contraindicated"})
    code, found, _ = verdicts("rotator-cuff-repair-recent week 7")
    assert (code, found) == (0, {"caution"})
    code, found, notes = verdicts("rotator-cuff-repair-recent")
    assert (code, found) == (4, {"contraindicated"})
    assert "since when?" in notes
    code, found, notes = verdicts("rotator-cuff-repair-recent week 99")
    assert (code, found) == (0, {"caution"})
    assert "until a clinician has found it healed" in notes
    healed = ("--healed", "rotator-cuff-repair-recent=Dr. Lee, 2026-11-20")
    ran = handouts(
        "screen", "--exercise", "isometric-abduction", "--date", "2026-11-22", "--condition",
        "rotator-cuff-repair-recent week 99", *healed, "--json",
    )  # fmt: skip
    assert (ran.code, ran.json["findings"]) == (0, [])


def test_nothing_is_chosen_by_rule_where_a_protocol_decides(handouts):
    ran = handouts("make", "--patient", "Ana", "--region", "hip", "--condition", "hip-replacement-posterior")
    assert ran.code == 4
    assert "--packet hip-replacement-early" in ran.err
    ran = handouts("screen", "--region", "hip", "--condition", "hip-replacement-posterior", "--json")
    assert (ran.code, ran.json["status"]) == (4, "refused")
    (needed,) = ran.json["findings"]
    assert (needed["condition"], needed["verdict"]) == ("hip-replacement-posterior", "clearance-needed")
    assert needed["alternatives"] == ["hip-replacement-early"]
    ran = handouts("make", "--patient", "Ana", "--region", "shoulder", "--condition", f"{CUFF} week 1")
    assert ran.code == 4
    assert list(Path().iterdir()) == []


def test_other_conditions_go_on_choosing(handouts):
    ran = handouts("screen", "--region", "low-back", "--condition", "osteoporosis", "--json")
    assert ran.code == 0
    chosen = {one["id"] for one in ran.json["program"]["exercises"]}
    assert chosen
    assert not chosen & {"sciatic-nerve-slider", "pelvic-floor-squeeze"}


def test_the_old_name_of_a_condition_still_means_it(handouts):
    ran = handouts(
        "screen", "--exercise", "pendulum", "--condition", "shoulder-stabilisation-weeks-6-12 since 2026-09-15",
        "--date", "2026-11-22", "--json",
    )  # fmt: skip
    assert ran.code == 0
    assert {one["condition"] for one in ran.json["findings"]} <= {"shoulder-stabilisation-recent"}
