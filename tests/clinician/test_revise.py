"""`revise`: what changes, what stays, what the patient and the clinician are told, what is not opened at all."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader

from handouts.pdf.reading import read_attached_program
from tests.walker import walk


def doses(path: str) -> dict[str, str]:
    exercises = read_attached_program(Path(path))["exercises"]
    return {name: said["dose"] for one in exercises for name, said in one.items()}


def text(path: str, number: int = 0) -> str:
    return " ".join(PdfReader(path).pages[number].extract_text().split())


def test_every_change_by_name(handouts, first):
    ran = handouts(
        "revise", first, "--date", "2026-11-15", "--dose", "bridge=3x12", "--add", "clamshell 1x10 left",
        "--swap", "side-leg-lift=heel-raise", "-o", "next.pdf",
    )  # fmt: skip
    assert (ran.code, ran.out) == (0, "next.pdf\n")
    assert doses("next.pdf") == {
        "bridge": "3x12 rest 60s",
        "heel-raise": "1x10 rest 60s 1/day 3-5/week",
        "clamshell": "1x10 hold 2s rest 60s left 1/day 3/week",
    }
    for told in ("-> 3x12 rest 60s", "swapped side-leg-lift for heel-raise", "added clamshell"):
        assert told in ran.err


def test_another_name_is_said_and_the_same_in_other_letters_is_not(handouts, first):
    old = read_attached_program(Path(first))["patient"]["name"]
    other, same = (handouts("revise", first, "--patient", name, "-q") for name in ("Bob Other", f" {old.upper()}"))
    assert "the name is not the earlier handout's" in other.err
    assert "the name is not" not in same.err
    assert "Bob" not in other.err


@pytest.mark.parametrize("layout", [(), ("--paper", "a4", "--ink-saver"), ("--large-print",)])
def test_page_1_tells_what_changed(handouts, first, layout):
    changes = ("--dose", "bridge=3x12", "--skip", "side-leg-lift", "--add", "clamshell")
    assert handouts("revise", first, "--date", "2026-11-15", *changes, *layout, "-o", "next.pdf").code == 0
    read = " ".join(text("next.pdf", number) for number in range(3))
    for said in (
        "What changed since Nov 1, 2026",
        "Stop doing: Side leg lift.",
        "New: Clamshell.",
        "New numbers: Bridge. 3 sets of 12. Rest 1 minute between. Before: 2 sets of 10.",
    ):
        assert said in read
    data = Path("next.pdf").read_bytes()
    assert page.validate_pdf_bytes(data).is_compliant
    assert walk(data).problems == []


def test_in_spanish_and_names_with_commas_of_their_own_are_told_apart(handouts, first):
    changes = ("--skip", "side-leg-lift", "--skip", "bridge", "--add", "clamshell", "--language", "es")
    handouts("revise", first, "--date", "2026-11-15", *changes, "-o", "next.pdf")
    assert "1 nov 2026 Ya no haga: Puente; Levantar la pierna, de lado." in text("next.pdf")


def test_words_that_stay_in_the_other_language_are_named(handouts, program):
    written = {"goal": "Walk", "note": "Rest.", "exercises": [{"bridge": {"note": "Slowly."}}, "clamshell"]}
    assert handouts("make", program(**written), "-o", "a.pdf").code == 0
    ran = handouts("revise", "a.pdf", "--language", "es", "--goal", "Caminar", "--date", "2026-11-29", "-o", "b.pdf")
    told = [line for line in ran.err.splitlines() if "written for a handout in en" in line]
    assert [line.partition(":")[2].split(":")[0].strip() for line in told] == ["note", "the note on bridge"]
    assert "written for" not in handouts("revise", "b.pdf", "--date", "2026-11-30", "-o", "c.pdf").err


def test_a_first_handout_tells_of_no_change(first):
    assert "What changed" not in text(str(first))


def test_three_visits_keep_the_history_and_every_caution(handouts, first):
    handouts("revise", first, "--level", "down", "--date", "2026-11-10", "-o", "second.pdf")
    ran = handouts(
        "revise", "second.pdf", "--swap", "bridge=superman", "--date", "2026-11-20", "-o", "third.pdf", "--json"
    )
    assert [visit["date"] for visit in ran.json["history"]] == ["2026-11-01", "2026-11-10", "2026-11-20"]
    assert [len(visit["changes"]) for visit in ran.json["history"]] == [0, 2, 1]
    assert ran.json["changes"] == [
        {
            "kind": "swapped",
            "item": "superman",
            "instead_of": "bridge",
            "before": None,
            "after": doses("third.pdf")["superman"],
        }
    ]
    assert {finding["condition"] for finding in ran.json["findings"]} == {"glaucoma"}
    record = read_attached_program(Path("third.pdf"))
    assert [next(iter(one)) for one in record["patient"]["conditions"]] == ["glaucoma"]
    assert len(record["history"]) == 3
    assert "What changed since Nov 10, 2026" in text("third.pdf")


def test_level_moves_along_the_doses_and_keeps_the_side(handouts):
    plain = (
        "--patient",
        "X",
        "--date",
        "2026-11-01",
        "--exercise",
        "bridge 2x10",
        "--exercise",
        "side-leg-lift 1x8 left",
    )
    first = "first.pdf"
    assert handouts("make", *plain, "-o", first).code == 0
    up = handouts("revise", first, "--level", "up", "--date", "2026-11-15", "-o", "up.pdf")
    assert doses("up.pdf") == {
        "bridge": "3x15 rest 60s",
        "side-leg-lift": "3x10 hold 2s left",
    }
    assert "level: bridge: up to 3x15 rest 60s" in up.err
    handouts("revise", first, "--level", "down", "--date", "2026-11-15", "-o", "down.pdf")
    assert doses("down.pdf")["bridge"].startswith("2x8 rest 60s")


def test_level_goes_on_to_a_neighbour_unless_it_is_not_for_this_patient(handouts):
    def levelled(*condition: str):
        make = ("--patient", "X", "--date", "2026-11-01", "--exercise", "bridge 3x15 hold 5s 1/day 5/week", *condition)
        assert handouts("make", *make, "-o", "a.pdf", "--force").code == 0
        return handouts("revise", "a.pdf", "--level", "up", "--date", "2026-11-15", "-o", "b.pdf", "--force")

    assert "level: bridge: up to single-leg-bridge" in levelled().err
    assert list(doses("b.pdf")) == ["single-leg-bridge"]
    assert "bridge: stays, because it is to be done with care" in levelled("--condition", "pelvic-girdle-pain").err
    assert list(doses("b.pdf")) == ["bridge"]


def test_what_is_changed_by_name_is_not_moved_too(handouts, first):
    changes = ("--level", "up", "--dose", "bridge=1x5", "--date", "2026-11-15")
    handouts("revise", first, *changes, "-o", "next.pdf")
    assert doses("next.pdf") == {
        "bridge": "1x5 rest 60s",
        "side-leg-lift": "3x10 hold 2s left",
    }


def test_it_is_screened_again(handouts, first):
    ran = handouts(
        "revise", first, "--add", "partial-curl", "--condition", "osteoporosis", "--date", "2026-11-15", "-o", "n.pdf"
    )
    assert ran.code == 4
    assert "partial-curl: contraindicated with osteoporosis" in ran.err
    assert not Path("n.pdf").exists()


CURL = (
    "--patient", "X", "--date", "2026-11-01", "--condition", "osteoporosis", "--exercise", "partial-curl",
    "--clinician", "Dana Reyes, PT", "--override", "partial-curl:osteoporosis=Done lying flat",
)  # fmt: skip


def test_an_override_holds_for_one_visit_unless_it_is_kept_by_name(handouts):
    assert handouts("make", *CURL, "-o", "a.pdf").code == 0
    revise = ("revise", "a.pdf", "--date", "2026-11-15", "-o", "b.pdf")
    dropped = handouts(*revise, "-q")
    assert dropped.code == 4
    assert 'dropped: partial-curl:osteoporosis ("Done lying flat", Dana Reyes, PT, 2026-11-01)' in dropped.err
    nobody = handouts(*revise, "--keep-overrides")
    assert (nobody.code, "--keep-overrides: nobody is named" in nobody.err) == (3, True)
    assert not Path("b.pdf").exists()
    sam = ("--clinician", "Sam Poe, PT", "--level", "up")
    kept = handouts(*revise, "--keep-overrides", *sam, "--json")
    assert kept.json["findings"][0]["overridden"] == "Done lying flat"
    signed = {"reason": "Done lying flat", "by": "Sam Poe, PT", "on": "2026-11-15"}
    record = read_attached_program(Path("b.pdf"))
    assert record["overrides"] == {"partial-curl": {"osteoporosis": signed}}
    assert [visit["clinician"] for visit in record["history"]] == ["Dana Reyes, PT", "Sam Poe, PT"]
    assert doses("b.pdf") == doses("a.pdf") == {"partial-curl": "1x8 hold 2s"}
    anew = ("--override", "partial-curl:osteoporosis=Shown again today", "--clinician", "Sam Poe, PT")
    assert handouts(*revise[:-1], "c.pdf", *anew).code == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("--dose", "superman=3x5"), "the program has no exercise 'superman'"),
        (("--dose", "bridge"), "'bridge' is not a dose"),
        (("--dose", "bridge=3x12 left"), "--dose"),
        (("--add", "bridge"), "the program has 'bridge' already"),
        (("--add", "brigde"), "unknown exercise 'brigde'"),
        (("--swap", "bridge"), "'bridge' is not a swap"),
        (("--swap", "superman=clamshell"), "the program has no exercise 'superman'"),
        (("--skip", "superman"), "cannot be skipped"),
        (("--dose", "bridge=3x12", "--skip", "Bridge"), "--dose: 'bridge' is named by --skip too"),
        (("--dose", "bridge=3x12", "--exercise", "bridge 2x8"), "--dose: 'bridge' is named by --exercise too"),
        (("--date", "2026-10-31"), "is before the handout that is revised"),
    ],
)
def test_what_cannot_be_meant_is_refused(handouts, first, change, told):
    ran = handouts("revise", first, "-o", "next.pdf", "--date", "2026-11-15", *change)
    assert ran.code == 3
    assert told in ran.err
    assert not Path("next.pdf").exists()


def edited(path: Path, edit) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        edit(pdf)
        pdf.save(path)


def forget(pdf: pikepdf.Pdf) -> None:
    """Takes the digest out of the document's information."""
    del pdf.docinfo["/AttachmentDigest"]


def replace_program(pdf: pikepdf.Pdf, change) -> None:
    stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    stream.write(json.dumps(change(json.loads(stream.read_bytes()))).encode())


def test_a_changed_program_is_not_opened(handouts, first):
    edited(
        first, lambda pdf: replace_program(pdf, lambda record: {**record, "patient": {"name": "Ana", "conditions": []}})
    )
    ran = handouts("revise", first, "-o", "next.pdf")
    assert ran.code == 5
    assert "it was changed" in ran.err


def test_a_changed_program_with_a_seal_made_anew_is_not_opened_either(handouts, first):
    from handouts.pdf.program_seal import sealed

    def forged(record):
        record.pop("digest")
        return json.loads(sealed({**record, "overrides": {}, "clinician": "Somebody"}))

    edited(first, lambda pdf: replace_program(pdf, forged))
    assert handouts("revise", first, "-o", "next.pdf").code == 5


def test_a_seal_without_its_counterpart_is_not_opened(handouts, first):
    edited(first, lambda pdf: forget(pdf))
    assert handouts("revise", first, "-o", "next.pdf").code == 5


def test_a_handout_of_the_first_version_still_opens(handouts, first):
    def older(record):
        return {name: value for name, value in record.items() if name not in ("digest", "history")} | {"format": 1}

    edited(first, lambda pdf: (forget(pdf), replace_program(pdf, older)))
    ran = handouts("revise", first, "--date", "2026-11-15", "--dose", "bridge=3x12", "-o", "next.pdf", "--json")
    assert ran.code == 0
    assert [visit["date"] for visit in ran.json["history"]] == ["2026-11-01", "2026-11-15"]


def test_a_handout_of_a_later_version_says_so(handouts, first):
    edited(first, lambda pdf: (forget(pdf), replace_program(pdf, lambda _: {"format": 99})))
    ran = handouts("revise", first, "-o", "next.pdf")
    assert ran.code == 3
    assert "made by a newer version: update handouts" in ran.err


def test_a_handout_dated_ahead_is_revised_for_its_own_day(handouts):
    handouts("make", "--patient", "X", "--exercise", "bridge", "--date", "2099-01-01", "-o", "a.pdf")
    ran = handouts("revise", "a.pdf", "--dose", "bridge=3x12", "-o", "b.pdf", "--json")
    assert [visit["date"] for visit in ran.json["history"]] == ["2099-01-01", "2099-01-01"]


def test_other_files_are_refused(handouts, first, alone):
    (alone / "text.pdf").write_text("hello")
    (alone / "half.pdf").write_bytes(first.read_bytes()[:3000])
    blank = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank)
    (alone / "theirs.pdf").write_bytes(blank.getvalue())
    with pikepdf.open(first) as pdf:
        del pdf.docinfo["/AttachmentDigest"]
        pdf.save("anew.pdf")
    for name, told in (
        ("anew", "was saved anew by another program"),
        ("text", "is not a PDF"),
        ("half", "is a damaged PDF"),
        ("theirs", "carries no program"),
        ("none", "no such"),
    ):
        ran = handouts("revise", f"{name}.pdf")
        assert (ran.code, told in ran.err) == (5, True)
