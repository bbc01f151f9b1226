"""A handout may be the only record of what a patient took home: what is there stays, and the new one says its name."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from handouts.errors import FileTrouble
from handouts.pdf.input_digest import with_input_digest
from handouts.pdf.kept_handouts import write_beside_others
from handouts.pdf.reading import read_attached_program
from tests.commands.conftest import BRIDGE

NAME = "Ana-Ruiz-2026-11-22"


def ana(**change: str) -> tuple[str, ...]:
    return (*BRIDGE, *(part for name, value in change.items() for part in (f"--{name}", value)))


def test_the_same_content_keeps_its_name_and_another_gets_a_number(handouts, alone):
    assert handouts("make", *ana()).out.strip() == f"{NAME}.pdf"
    (first,) = alone.glob("*.pdf")
    before = first.read_bytes()
    assert handouts("make", *ana()).out.strip() == first.name
    told = [handouts("make", *ana(goal=goal)) for goal in ("Walk", "Swim", "Walk")]
    assert [one.out.strip() for one in told] == [f"{first.stem}{end}.pdf" for end in ("-2", "-3", "-2")]
    assert "holds another handout" in told[0].err
    assert first.read_bytes() == before
    assert len(list(alone.glob("*.pdf"))) == 3


def test_two_patients_of_one_name_on_one_day(handouts):
    handouts("make", *ana(condition="glaucoma"), "-o", "monday/")
    handouts("make", *ana(), "-o", "monday/")
    conditions = [read_attached_program(path)["patient"]["conditions"] for path in sorted(Path("monday").iterdir())]
    assert sorted(map(len, conditions)) == [0, 1]


def test_a_named_file_that_holds_something_else_is_left_alone(handouts):
    handouts("make", *ana(), "-o", "maria.pdf")
    before = Path("maria.pdf").read_bytes()
    assert handouts("make", *ana(), "-o", "maria.pdf").code == 0
    for command in (
        ("make", *ana(patient="Bob Other")),
        ("make", *ana(note="Slowly.")),
        ("packet", "neck-pain"),
        ("revise", "maria.pdf", "--dose", "bridge=1x5"),
        ("catalogue", "--region", "neck"),
        ("packet", "neck-pain", "--merge", "maria.pdf"),
        ("show", "bridge", "--picture", "maria.pdf"),
    ):
        where = () if "maria.pdf" in command[2:] else ("-o", "maria.pdf")
        ran = handouts(*command, *where)
        assert (ran.code, "maria.pdf: " in ran.err, Path("maria.pdf").read_bytes() == before) == (5, True, True)
    assert handouts("make", *ana(patient="Bob Other"), "-o", "maria.pdf", "--force").code == 0
    assert read_attached_program(Path("maria.pdf"))["patient"]["name"] == "Bob Other"


def test_revise_never_touches_its_source(handouts, alone):
    handouts("make", *ana())
    (source,) = alone.glob("*.pdf")
    before = source.read_bytes()
    change = ("--dose", "bridge=1x5", "--date", "2026-11-22")
    ran = handouts("revise", source, *change)
    assert (ran.code, ran.out.strip()) == (0, f"{source.stem}-2.pdf")
    ran = handouts("revise", source, *change, "--force")
    assert (ran.code, source.read_bytes() == before) == (0, True)
    for output in (source.name, f"./{source.name}", "link.pdf"):
        Path("link.pdf").exists() or Path("link.pdf").symlink_to(source)
        ran = handouts("revise", source, *change, "-o", output, "--force")
        assert (ran.code, source.read_bytes() == before) == (5, True)


def test_what_is_no_handout_keeps_its_name(handouts, alone):
    handouts("make", *ana())
    (path,) = alone.glob("*.pdf")
    path.write_bytes(b"%PDF-1.4 mine")
    assert handouts("make", *ana()).code == 5
    assert path.read_bytes() == b"%PDF-1.4 mine"


def test_a_locked_handout_is_another_one(handouts, alone):
    (alone / "secret.txt").write_text("secret")
    lock = ("--password-file", "secret.txt")
    names = [handouts("make", *ana(), *lock).out.strip() for _ in range(2)]
    assert names[1] == names[0].replace(".pdf", "-2.pdf")
    assert handouts("make", *ana(), *lock, "-o", names[0]).code == 5


def test_writers_at_the_same_time_get_names_of_their_own(tmp_path):
    places: list[Path] = []

    def write(number: int) -> None:
        places.extend(write_beside_others({tmp_path / "a.pdf": b"%d" % number}))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(places)) == len(list(tmp_path.glob("*.pdf"))) == 8


def test_an_input_digest_makes_no_other_handout(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.showPage()
    canvas.save()
    pdf = (tmp_path / "a.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(with_input_digest(pdf, "0" * 32, 1))
    assert write_beside_others({tmp_path / "a.pdf": pdf}) == {tmp_path / "a.pdf": pdf}


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(FileTrouble):
        write_beside_others({tmp_path / "none" / "a.pdf": b""})
