"""One print file: one tagged document, a part and a bookmark a patient, a right-hand start, a cover, shared figures."""

from __future__ import annotations

from pathlib import Path

import page
import pikepdf
import pytest

from handouts.cli.run import run
from handouts.pdf.input_digest import read_input_digest
from tests.batch.rosters import DATE, batch, roster, short_roster
from tests.walker import walk


def outline(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as found:
        return [str(item.title) for item in found.root]


def first_pages(path: Path) -> list[int]:
    """The page on which each handout begins, from 1."""
    with pikepdf.open(path) as pdf:
        labels = [entry.label for entry in pdf.pages]
    return [number for number, label in enumerate(labels, 1) if label == "1"]


def test_a_print_file_is_one_accessible_document(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, merged, out = short_roster(tmp_path / "r.csv", 6), tmp_path / "all.pdf", tmp_path / "out"
    done = batch(capfd, path, "--merge", merged, "-o", out, "--duplex")
    assert done.code == 0
    data = merged.read_bytes()
    walked = walk(data)
    assert walked.problems == []
    assert page.validate_pdf_bytes(data).is_compliant
    assert sum(tag == "Part" for _, tag in walked.elements) == 7
    assert outline(merged) == ["Print run", *[f"Person {number} (P-{number})" for number in range(1, 7)]]
    assert len(data) < 0.6 * sum(file.stat().st_size for file in out.iterdir())
    assert read_input_digest(merged)
    starts = first_pages(merged)
    assert len(starts) == 7
    assert all(number % 2 for number in starts)


def test_rows_that_are_refused_stand_in_the_report_and_on_the_cover(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = ("A,a,,bridge,,,,", "Zebedee,r-1,,partial-curl,osteoporosis,,,", "C,c,,brigde,,,,", "D,d,,bridge,,,,")
    path, merged = roster(tmp_path / "r.csv", *rows), tmp_path / "all.pdf"
    done = batch(capfd, path, "--merge", merged)
    assert (done.code, done.statuses) == (6, ["made", "refused", "failed", "made"])
    assert {line.get("output") for line in done.lines if line["status"] == "made"} == {str(merged)}
    assert not list(tmp_path.glob("a-*.pdf"))
    cover = text(merged, 1)
    assert "2 handouts follow." in cover
    assert "Row 3, number r-1: refused for safety" in cover
    assert "partial-curl, osteoporosis: " in cover
    assert "Row 4: could not be made" in cover
    assert "Zebedee" not in "".join(text(merged, number) for number in (1, 2, 3))
    batch(capfd, path, "--merge", merged, "--no-cover")
    assert outline(merged) == ["A (a)", "D (d)"]


def text(path: Path, number: int) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return str(pdf[number - 1].get_textpage().get_text_bounded()).replace("\r\n", " ")


def test_a_long_cover_goes_on_over_the_page(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ["A,a,,bridge,,,,", *(f"R,r-{number},,partial-curl,osteoporosis,es,," for number in range(30))]
    path, merged = roster(tmp_path / "r.csv", *rows), tmp_path / "all.pdf"
    assert batch(capfd, path, "--merge", merged, "--language", "es").code == 6
    assert walk(merged.read_bytes()).problems == []
    assert page.validate_pdf_bytes(merged.read_bytes()).is_compliant
    assert "30 filas no están en este archivo" in text(merged, 1)


def test_a_print_file_is_resumed_only_from_the_same_input(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, merged = short_roster(tmp_path / "r.csv", 3), tmp_path / "all.pdf"
    batch(capfd, path, "--merge", merged)
    first = merged.read_bytes()
    assert batch(capfd, path, "--merge", merged, "--resume").statuses == ["unchanged"] * 3
    assert merged.read_bytes() == first
    merged.write_bytes(first[:-900])
    assert batch(capfd, path, "--merge", merged, "--resume").statuses == ["made"] * 3
    assert merged.read_bytes() == first
    short_roster(path, 4)
    assert batch(capfd, path, "--merge", merged, "--resume").statuses == ["made"] * 4


def test_a_print_file_cannot_be_locked_for_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path / "r.csv", "A,a,,bridge,,,,secret", "B,b,,bridge,,,,")
    done = batch(capfd, path, "--merge", tmp_path / "all.pdf")
    assert done.statuses == ["failed", "made"]
    assert "r.csv:2:16: a print file cannot be locked for one patient" in done.said


def test_a_handout_that_breaks_is_left_out_of_the_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.batch.printfile import PrintFile

    real = PrintFile.add

    def add(self: PrintFile, handout: object, *, name: str, lang: str) -> None:
        if "P-2" in name:
            raise ZeroDivisionError
        real(self, handout, name=name, lang=lang)  # type: ignore[arg-type]

    monkeypatch.setattr(PrintFile, "add", add)
    done = batch(capfd, short_roster(tmp_path / "r.csv", 3), "--merge", tmp_path / "all.pdf")
    assert (done.code, done.statuses) == (6, ["made", "failed", "made"])
    assert "internal fault: ZeroDivisionError" in done.said
    assert outline(tmp_path / "all.pdf") == ["Print run", "Person 1 (P-1)", "Person 3 (P-3)"]


@pytest.mark.slow
def test_packets_come_in_every_language_and_paper_and_in_copies(tmp_path: Path) -> None:
    versions = ("--language", "en", "--language", "es", "--paper", "letter", "--paper", "a4")
    assert run(["packet", "neck-pain", *versions, "-o", f"{tmp_path}/", "-q"]) == 0
    names = [path.name.split("-20")[0] for path in sorted(tmp_path.iterdir())]
    assert names == [f"neck-pain-{one}" for one in ("en-a4", "en-letter", "es-a4", "es-letter")]
    merged = tmp_path / "all.pdf"
    assert run(["packet", "neck-pain", *versions, "--merge", str(merged), "--copies", "2", "-q"]) == 0
    assert len(outline(merged)) == 8
    assert walk(merged.read_bytes()).problems == []
    with pikepdf.open(merged) as pdf:
        assert {tuple(map(float, entry.MediaBox))[2] for entry in pdf.pages} == {612.0, 595.276}


@pytest.mark.slow
def test_five_hundred_in_one_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, merged, out = short_roster(tmp_path / "r.csv", 500), tmp_path / "all.pdf", tmp_path / "out"
    assert batch(capfd, path, "--merge", merged, "-o", out, "--duplex").code == 0
    data = merged.read_bytes()
    assert walk(data).problems == []
    # The checker stops at 10,000 painted forms, against hostile files; signs and figures of 500 handouts are more.
    limits = page.SafetyLimits(max_form_invocations=200_000)
    assert page.validate_pdf_bytes(data, limits=limits).is_compliant
    assert len(outline(merged)) == 6  # a hundred patients each
    assert len(data) < 0.5 * sum(file.stat().st_size for file in out.glob(f"*{DATE}.pdf"))
