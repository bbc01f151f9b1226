"""Notes to the clinician are of four kinds: one chooses which are told, and what is about safety always is."""

from __future__ import annotations

import pytest

from handouts.cli.run import run
from tests.batch.rosters import DATE, batch, roster
from tests.commands.conftest import BRIDGE

PROGRAM = (
    "--patient", "Ana Ruiz", "--date", "2026-11-22", "--exercise", "neck-rotation 3x40 1/day", "--exercise",
    "bridge", "--condition", "glaucoma", "--condition", "knee-replacement-recent", "--condition", "osteoporosis",
    "--exercise", "partial-curl",
    "--override", "partial-curl:osteoporosis=Done lying flat, seen today", "--clinician", "Dana Reyes, PT",
    "-o", "a.pdf",
)  # fmt: skip


def kinds(err: str) -> set[str]:
    told = {"safety": "override partial-curl", "missing": "since when?", "workload": "reps 40, the usual"}
    return {kind for kind, text in told.items() if text in err}


def test_every_note_has_a_kind(handouts):
    told = handouts("make", *PROGRAM, "--json").json["notes"]
    assert all(set(note) == {"kind", "text"} for note in told)
    assert {note["kind"] for note in told} >= {"safety", "missing", "workload"}
    assert [note["kind"] for note in told if "since when?" in note["text"]] == ["missing"]
    (override,) = [note for note in told if "seen today" in note["text"]]
    assert override["kind"] == "safety"
    chosen = handouts("make", "--patient", "A", "--region", "knee", "-o", "b.pdf", "--json").json["notes"]
    assert {note["kind"] for note in chosen if note["text"].startswith("chose ")} == {"choice"}
    past = handouts("screen", *BRIDGE, "--condition", "knee-replacement-recent week 90", "--json").json["notes"]
    assert [note["kind"] for note in past if "past its last window" in note["text"]] == ["safety"]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ((), {"safety", "missing", "workload"}),
        (("--notes", "missing"), {"safety", "missing"}),
        (("--notes", "Workload, missing"), {"safety", "missing", "workload"}),
        (("--notes", "choice,safety"), {"safety"}),
        (("-q",), {"safety"}),
        (("-q", "--notes", "missing"), {"safety"}),
    ],
)
def test_kinds_are_chosen_and_safety_is_always_told(handouts, how, told):
    ran = handouts("make", *PROGRAM, *how)
    assert kinds(ran.err) == told
    assert "caution: bridge, glaucoma" in ran.err


def test_kinds_from_environment_and_configuration(handouts, alone, monkeypatch):
    (alone / "c.yaml").write_text("make: {notes: [workload]}\n")
    assert kinds(handouts("--config", "c.yaml", "make", *PROGRAM).err) == {"safety", "workload"}
    monkeypatch.setenv("HANDOUTS_MAKE_NOTES", "missing")
    assert kinds(handouts("--config", "c.yaml", "make", *PROGRAM).err) == {"safety", "missing"}
    monkeypatch.delenv("HANDOUTS_MAKE_NOTES")
    ran = handouts("make", *PROGRAM, "--notes", "worklod")
    assert (ran.code, "did you mean workload" in ran.err) == (2, True)


def test_packets_do_not_warn_about_themselves(handouts):
    names = ("low-back-starter", "knee-osteoarthritis-add-on", "low-back-flexion-bias", "neck-pain")
    assert "note:" not in handouts("packet", *names, "-o", "out/").err
    (made,) = [handouts("make", "--patient", "A", "--packet", names[0], "-o", "a.pdf", "--json").json["notes"]]
    assert {note["kind"] for note in made} == {"workload", "missing"}


def test_a_batch_sums_up_its_cautions_and_tells_what_is_about_safety(tmp_path, capfd):
    rows = ["Ann,A,,bridge,glaucoma,,,", "Bob,B,,bridge; clamshell,glaucoma; knee-replacement-recent week 90,,,",
            "Cid,C,,bridge,knee-replacement-recent week 90,,,"]  # fmt: skip
    for how, is_told in (((), True), (("-q",), False)):
        done = batch(capfd, roster(tmp_path / "r.csv", *rows), "-o", tmp_path / "out", *how)
        assert "cautions printed, by handouts: glaucoma 2" in done.said
        (line,) = [line for line in done.said.splitlines() if "past its last window" in line]
        assert line.endswith("(rows 3, 4)")
        assert ("notes in the report: " in done.said) is is_told
    cautions = [{one["verdict"] for one in line["findings"] if one["condition"] == "glaucoma"} for line in done.lines]
    assert cautions == [{"caution"}, {"caution"}, set()]
    assert all({"kind", "text"} == set(note) for line in done.lines for note in line["notes"])
    table = tmp_path / "report.csv"
    run(["batch", str(tmp_path / "r.csv"), "-o", str(tmp_path / "out"), "--date", DATE, "--report", str(table), "-q"])
    assert "safety: knee-replacement-recent: week 90" in table.read_text()
