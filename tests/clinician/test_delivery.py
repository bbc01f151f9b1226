"""Privacy and delivery: passwords, permissions, metadata, opening, leaflets, and the summary for the record."""

from __future__ import annotations

import stat
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from handouts.pdf.reading import read_attached_program
from tests.clinician.conftest import FIRST
from tests.walker import walk

SECRET = "cañón 7"


@pytest.fixture
def secret(alone: Path) -> Path:
    path = alone / "secret.txt"
    path.write_text(f"{SECRET}\nnot this line\n", encoding="utf-8")
    return path


def leaflet(name: str, *, size=(595, 842), turn: int = 0, **how) -> Path:
    canvas = Canvas(name, pagesize=size)
    for number in (1, 2):
        canvas.drawString(90, 300, f"Ice for 10 minutes, page {number}.")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(name, allow_overwriting_input=True) as pdf:
        pdf.pages[1].Rotate = turn
        pdf.save(name, **how)
    return Path(name)


def test_a_locked_handout(handouts, secret, alone):
    ran = handouts("make", *FIRST, "--password-file", secret, "-o", "a.pdf", "--json")
    assert ran.json["locked"] is True
    assert stat.S_IMODE(Path("a.pdf").stat().st_mode) == 0o600
    assert sorted(path.name for path in alone.iterdir()) == ["a.pdf", "secret.txt"]
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open("a.pdf")
    with pikepdf.open("a.pdf", password=SECRET) as pdf:
        assert pdf.encryption.R == 6  # AES-256
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres
        assert not pdf.allow.modify_other
    assert walk(Path("a.pdf").read_bytes(), SECRET).problems == []
    assert b"Ana Ruiz" not in Path("a.pdf").read_bytes()


def test_a_locked_handout_is_revised_with_its_password(handouts, secret, alone):
    handouts("make", *FIRST, "--password-file", secret, "-o", "a.pdf")
    asked = handouts("revise", "a.pdf", "-o", "b.pdf")
    assert (asked.code, "--password-file" in asked.err) == (5, True)
    (alone / "wrong.txt").write_text("wrong")
    assert handouts("revise", "a.pdf", "--password-file", "wrong.txt", "-o", "b.pdf").code == 5
    assert handouts("revise", "a.pdf", "--password-file", secret, "--date", "2026-11-15", "-o", "b.pdf").code == 0
    assert read_attached_program(Path("b.pdf"), SECRET)["date"] == "2026-11-15"


def test_an_open_handout_that_is_locked_anew_is_closed_to_others(handouts, secret):
    handouts("make", *FIRST, "-o", "a.pdf")
    Path("a.pdf").chmod(0o644)
    handouts("make", *FIRST, "-o", "a.pdf", "--password-file", secret, "--force")
    assert stat.S_IMODE(Path("a.pdf").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "told"), [("", "empty"), ("  \n", "empty"), ("x" * 128, "too long"), (b"\xff\xfe\x00", "not text")]
)
def test_a_password_that_locks_nothing_is_refused(handouts, alone, content, told):
    (alone / "p.txt").write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = handouts("make", *FIRST, "--password-file", "p.txt", "-o", "a.pdf")
    assert (ran.code, told in ran.err, Path("a.pdf").exists()) == (3, True, False)


def test_a_missing_password_file(handouts):
    assert handouts("make", *FIRST, "--password-file", "none.txt", "-o", "a.pdf").code == 5


def test_a_password_is_asked_for_twice_at_a_terminal(handouts, monkeypatch):
    from handouts.cli import delivery

    asked = []
    monkeypatch.setattr(delivery.sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
    monkeypatch.setattr(delivery.click, "prompt", lambda _text, **how: asked.append(how) or "typed")
    assert handouts("make", *FIRST, "--password-file", "-", "-o", "a.pdf").code == 0
    assert asked == [{"hide_input": True, "confirmation_prompt": True, "err": True}]
    assert pikepdf.open("a.pdf", password="typed")


def test_the_patient_is_in_no_metadata(first):
    reader = PdfReader(first)
    told = str(dict(reader.metadata)) + reader.trailer["/Root"]["/Metadata"].get_data().decode()
    told += str([bookmark.title for bookmark in reader.outline if not isinstance(bookmark, list)])
    assert "Ana" not in told
    assert "Ruiz" not in told


def test_leaflets_follow_our_pages(handouts):
    leaflet("ice-and-heat.pdf", size=(842, 595), turn=90)
    alone = handouts("make", *FIRST, "-o", "a.pdf", "--json").json["pages"]
    ran = handouts("make", *FIRST, "-o", "b.pdf", "--append", "ice-and-heat.pdf", "--json")
    assert ran.json["pages"] == alone + 2
    assert any("no PDF/UA claim" in note["text"] for note in ran.json["notes"])
    reader = PdfReader("b.pdf")
    assert {tuple(map(float, one.mediabox)) for one in reader.pages} == {(0.0, 0.0, 612.0, 792.0)}
    assert reader.page_labels[-2:] == ["A-1", "A-2"]
    assert reader.outline[-1].title == "ice and heat"
    assert "Ice for 10 minutes, page 2." in reader.pages[-1].extract_text()
    data = Path("b.pdf").read_bytes()
    assert b"pdfuaid:part>1" not in reader.trailer["/Root"]["/Metadata"].get_data()
    told = walk(data)
    assert told.outline.endswith("Part\n    Figure\n    Figure")
    faults = [fault for fault in told.problems if "/L has text" not in fault]
    assert faults == ["the metadata lack the title or the PDF/UA claim"]
    before = walk(Path("a.pdf").read_bytes()).outline
    assert told.outline.startswith(before)
    assert read_attached_program(Path("b.pdf"))["append"] == ["ice-and-heat.pdf"]


def test_a_leaflet_page_is_read_aloud(handouts):
    leaflet("ice.pdf")
    handouts("make", *FIRST, "-o", "b.pdf", "--append", "ice.pdf")
    with pikepdf.open("b.pdf") as pdf:
        part = pdf.Root.StructTreeRoot.K[0].K[-1]
        assert [str(figure.Alt) for figure in part.K] == [
            "Leaflet: ice, page 1. Ice for 10 minutes, page 1.",
            "Leaflet: ice, page 2. Ice for 10 minutes, page 2.",
        ]


def test_the_same_leaflet_gives_the_same_bytes(handouts):
    leaflet("ice.pdf")
    one, two = (
        handouts("make", *FIRST, "-o", f"{n}.pdf", "--append", "ice.pdf", "--json").json["sha256"] for n in "ab"
    )
    assert one == two


def test_a_leaflet_that_cannot_be_printed_is_refused(handouts, alone):
    leaflet("locked.pdf", encryption=pikepdf.Encryption(user="x", owner="y"))
    (alone / "half.pdf").write_bytes(leaflet("ice.pdf").read_bytes()[:500])
    form = Canvas("form.pdf")
    form.acroForm.textfield(name="x", x=10, y=10)
    form.showPage()
    form.save()
    for name, told in (("locked", "is locked"), ("half", "damaged"), ("form", "form fields"), ("none", "no such file")):
        ran = handouts("make", *FIRST, "--append", f"{name}.pdf", "-o", "a.pdf")
        assert (ran.code, told in ran.err, Path("a.pdf").exists()) == (5, True, False)


def test_a_leaflet_of_the_library_is_called_by_name(handouts, own):
    folder = own("leaflets/ice.pdf", leaflet("source.pdf").read_bytes())
    ran = handouts("make", *FIRST, "--append", "ice", "--library", folder, "-o", "a.pdf", "--json")
    assert ran.code == 0
    assert read_attached_program(Path("a.pdf"))["append"] == ["ice"]
    assert (
        handouts("revise", "a.pdf", "--library", folder, "--no-leaflets", "-o", "b.pdf", "--date", "2026-11-15").code
        == 0
    )
    assert page.validate_pdf_bytes(Path("b.pdf").read_bytes()).is_compliant


def test_the_summary(handouts):
    curl = (
        "--condition",
        "osteoporosis",
        "--exercise",
        "partial-curl",
        "--override",
        "partial-curl:osteoporosis=Done lying flat",
    )
    ran = handouts("make", *FIRST, *curl, "-o", "a.pdf", "--summary", "--clinician", "Dana Reyes, LMT")
    file, *lines = ran.out.splitlines()
    assert file == "a.pdf"
    assert lines[0] == "Home exercise program of 2026-11-01 by Dana Reyes, LMT, en."
    assert lines[1].startswith("Conditions screened: ")
    assert "- Bridge: 2x10 rest 60s" in lines
    assert "Overridden: partial-curl with osteoporosis: Done lying flat (Dana Reyes, LMT, 2026-11-01)" in lines
    assert any(line.startswith("Caution printed: glaucoma (bridge") for line in lines)
    assert "Ana" not in "\n".join(lines)
    told = handouts("make", *FIRST, *curl, "-o", "a.pdf", "--json", "--clinician", "Dana Reyes, LMT").json["summary"]
    assert told == lines
