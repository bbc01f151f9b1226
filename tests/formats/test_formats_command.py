"""`--format`: which files are written, what they carry, what does not go together."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from handouts.pdf.reading import read_carried_program
from tests.commands.conftest import BRIDGE, Run, alone, handouts, program

__all__ = ["alone", "handouts", "program"]

ALL = ("--format", "text", "--format", "html", "--format", "pdf")
HOSTILE = """A </title><script>"x" & 'y' <!-- ñ"""


def files(folder: str = ".") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def test_each_format_asked_for_is_written_under_one_stem(handouts: Run) -> None:
    ran = handouts("make", *BRIDGE, *ALL)
    names = [f"Ana-Ruiz-2026-11-22.{ending}" for ending in ("pdf", "html", "txt")]
    assert (ran.code, ran.out.split()) == (0, names)
    assert files() == sorted(names)
    assert handouts("make", *BRIDGE, *ALL, "-o", "again/").code == 0
    assert all(Path(name).read_bytes() == Path("again", name).read_bytes() for name in names)


@pytest.mark.parametrize("output", ["a.html", "a.pdf", "a"])
def test_only_what_is_asked_for_is_written(handouts: Run, output: str) -> None:
    ran = handouts("make", *BRIDGE, "--format", "html", "-o", output)
    assert (ran.code, ran.out, files()) == (0, "a.html\n", ["a.html"])
    assert handouts("make", *BRIDGE, "--format", "html", "-o", output).code == 0  # it is known as a handout


def test_json_names_every_file(handouts: Run) -> None:
    record = handouts("make", *BRIDGE, *ALL, "-o", "a.pdf", "--json").json
    for one in (record, *record["also"]):
        written = Path(one["output"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(written), hashlib.sha256(written).hexdigest())
    assert [one["output"] for one in record["also"]] == ["a.html", "a.txt"]
    assert handouts("make", *BRIDGE, "--format", "text", "-o", "b.txt", "--json").json["pages"] is None


@pytest.mark.parametrize("taken", ["a.pdf", "a.html", "a.txt"])
def test_nothing_is_written_where_one_file_is_somebody_elses(handouts: Run, taken: str) -> None:
    Path(taken).write_text("<!doctype html> my own list of handouts\n")
    assert handouts("make", *BRIDGE, *ALL, "-o", "a.pdf").code == 5
    assert files() == [taken]
    assert handouts("make", *BRIDGE, *ALL, "-o", "a.pdf", "--force").code == 0
    assert len(files()) == 3


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "html", "--password-file", "secret"),
        ("--format", "pdf", "--format", "text", "--password-file", "secret"),
        ("--format", "html", "--print"),
        ("-o", "a.html"),
        ("--format", "html", "-o", "a.txt"),
        ("--format", "docx"),
    ],
)
def test_what_does_not_go_together_is_refused(handouts: Run, options: tuple[str, ...]) -> None:
    Path("secret").write_text("word")
    assert handouts("make", *BRIDGE, *options).code == 2
    assert files() == ["secret"]


def test_a_page_carries_the_program_of_the_pdf(handouts: Run) -> None:
    handouts("make", "--patient", HOSTILE, "--note", HOSTILE, "--exercise", "bridge", *ALL, "-o", "a.pdf")
    record = read_carried_program(Path("a.html"))
    assert record == read_carried_program(Path("a.pdf"))
    assert record["patient"]["name"] == HOSTILE
    for old, new in (("a.html", "from-page"), ("a.pdf", "from-pdf")):
        assert (
            handouts("revise", old, "--dose", "bridge=2x10", "--date", "2027-01-01", *ALL, "-o", new + ".pdf").code == 0
        )
    for ending in ("pdf", "html", "txt"):
        assert Path(f"from-page.{ending}").read_bytes() == Path(f"from-pdf.{ending}").read_bytes()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda page: page.replace("&#34;bridge&#34;", "&#34;superman&#34;"), "it was changed"),
        (lambda page: page.replace("handouts-program", "other"), "carries no program"),
        (lambda page: page.replace('content="{', 'content="'), "is damaged"),
        (lambda page: page.replace("&#34;bridge&#34;", "&#34;\\ud800&#34;"), "is damaged"),
        (lambda page: page[:900], "carries no program"),
    ],
)
def test_a_page_that_was_changed_is_not_revised(handouts: Run, change: object, said: str) -> None:
    handouts("make", *BRIDGE, "--format", "html", "-o", "a.html")
    page = Path("a.html").read_text(encoding="utf-8")
    changed = change(page)  # type: ignore[operator]
    assert changed != page
    Path("a.html").write_text(changed, encoding="utf-8")
    ran = handouts("revise", "a.html")
    assert ran.code == 5
    assert said in ran.err


def test_packets_in_every_format(handouts: Run) -> None:
    ran = handouts("packet", "neck-pain", "--language", "en", "--language", "es", "--format", "html", "-o", "out/")
    assert ran.code == 0
    assert len(files("out")) == 2
    assert handouts("packet", "neck-pain", "--format", "html", "--format", "pdf", "--merge", "all.pdf").code == 2


def test_a_batch_in_every_format(handouts: Run) -> None:
    Path("r.csv").write_text("name,id,exercises,password\nAna Ruiz,7,bridge,\nBo,8,bridge,secret\n")
    ran = handouts("batch", "r.csv", *ALL, "-o", "out", "--jobs", 1, "--report", "r.jsonl", "--date", "2026-11-22")
    assert ran.code == 6
    assert "cannot be locked" in ran.err
    assert files("out") == [f"7-2026-11-22.{ending}" for ending in ("html", "pdf", "txt")]
    made = json.loads(Path("r.jsonl").read_text().splitlines()[0])
    assert [one["output"] for one in made["also"]] == ["out/7-2026-11-22.html", "out/7-2026-11-22.txt"]
    resume = (
        "batch",
        "r.csv",
        *ALL,
        "-o",
        "out",
        "--jobs",
        1,
        "--resume",
        "--report",
        "r.jsonl",
        "--date",
        "2026-11-22",
    )
    assert "1 unchanged" in handouts(*resume).err
    again = json.loads(Path("r.jsonl").read_text().splitlines()[0])
    assert again == {**made, "status": "unchanged"}
    for ending in ("html", "txt", "pdf"):
        path = Path(f"out/7-2026-11-22.{ending}")
        whole = path.read_bytes()
        path.write_bytes(whole[:-20] + b"x" + whole[-19:])
        assert "1 unchanged" not in handouts(*resume).err
        assert path.read_bytes() == whole
    assert handouts("batch", "r.csv", "--format", "html", "--merge", "all.pdf", "-o", "out").code == 2


def test_a_leaflet_goes_with_the_pdf_alone(handouts: Run) -> None:
    handouts("make", *BRIDGE, "-o", "leaflet.pdf")
    ran = handouts("make", *BRIDGE, *ALL, "--append", "leaflet.pdf", "-o", "a.pdf")
    assert "give them apart" in ran.err


def test_show_tells_the_record_of_a_page(handouts: Run) -> None:
    handouts("make", *BRIDGE, *ALL, "-o", "a.pdf")
    told = handouts("show", "a.html", "--json")
    assert told.code == 0
    assert told.json == handouts("show", "a.pdf", "--json").json


def test_another_handout_stays_in_every_format(handouts: Run) -> None:
    handouts("make", *BRIDGE, "--format", "html")
    ran = handouts("make", *BRIDGE, "--note", "Go slowly", "--format", "html", "--format", "pdf")
    assert ran.out.split() == ["Ana-Ruiz-2026-11-22-2.pdf", "Ana-Ruiz-2026-11-22-2.html"]
    assert handouts("make", *BRIDGE, "--format", "html").out == "Ana-Ruiz-2026-11-22.html\n"
    assert len(files()) == 3


def test_a_batch_moves_earlier_pages_aside(handouts: Run) -> None:
    for note in ("First", "Second"):
        Path("r.csv").write_text(f"name,id,exercises,note\nAna Ruiz,7,bridge,{note}\n")
        ran = handouts("batch", "r.csv", *ALL, "-o", "out", "--jobs", 1, "--date", "2026-11-22")
        assert ran.code == 0
    assert files("out/earlier") == [f"7-2026-11-22.{ending}" for ending in ("html", "pdf", "txt")]
    assert "Second" in Path("out/7-2026-11-22.txt").read_text(encoding="utf-8")


def test_a_refused_patients_page_is_moved_aside(handouts: Run) -> None:
    handouts("make", "--patient", "Bo", "--exercise", "partial-curl", "--date", "2026-11-22", *ALL)
    ran = handouts("make", "--patient", "Bo", "--exercise", "partial-curl", "--condition", "osteoporosis",
                   "--date", "2026-11-22", *ALL)  # fmt: skip
    assert ran.code == 4
    assert files() == ["refused"]
    assert len(files("refused")) == 3
