"""`handouts batch`: good rows made, bad ones named, nothing made twice, nothing half made trusted."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from handouts.batch.report_file import harmless
from handouts.cli.output import Progress
from handouts.cli.run import run
from handouts.pdf.encryption import locked_made_from
from handouts.pdf.input_digest import read_input_digest, with_input_digest
from handouts.pdf.reading import read_attached_program
from tests.batch.rosters import DATE, HEADER, SHORT, batch, digests, roster, short_roster, start

BAD_ROWS = {
    ",b1,,bridge,,,,": "the name is missing",
    "B,b2,low-bak-starter,,,,,": "unknown packet 'low-bak-starter' (did you mean low-back-starter?)",
    "B,b3,,bridge 3y10,,,,": "'3y10'",
    "B,b4,,brigde,,,,": "unknown exercise 'brigde' (did you mean bridge",
    "B,b5,,bridge,osteoporosi,,,": "unknown condition 'osteoporosi' (did you mean osteoporosis?)",
    "B,b6,,bridge,,xx,,": "unknown language 'xx'",
    "B,b7,,,,,,": "no exercise to do",
    "\u0639\u0645\u0631,b8,,bridge,,,,": "name: U+0639 ARABIC LETTER AIN",
    "B,b9,,bridge,,,,,surplus": "a value under no column",
}


def test_bad_rows_are_all_named_and_the_good_ones_made(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ["Good One,g1,,bridge,,,,", *BAD_ROWS, "Good Two,g2,,bridge,,,,", "R,r1,,partial-curl,osteoporosis,,,"]
    done = batch(capfd, roster(tmp_path / "r.csv", *rows), "-o", tmp_path / "out")
    assert done.code == 6
    for line, said in enumerate(BAD_ROWS.values(), 3):
        assert any(f"r.csv:{line}:" in one and said in one for one in done.said.splitlines()), said
    assert "partial-curl: contraindicated with osteoporosis" in done.said
    assert done.statuses == ["made", *["failed"] * len(BAD_ROWS), "made", "refused"]
    assert list(digests(tmp_path / "out")) == [f"g1-{DATE}.pdf", f"g2-{DATE}.pdf"]
    assert [line["row"] for line in done.lines] == list(range(2, len(rows) + 2))
    assert done.lines[-1]["findings"][0]["alternatives"]


@pytest.mark.parametrize(("row", "code"), [("B,b,,brigde,,,,", 3), ("B,b,,partial-curl,osteoporosis,,,", 4)])
def test_fail_fast_makes_nothing_while_one_row_cannot_be_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], row: str, code: int
) -> None:
    path = roster(tmp_path / "r.csv", "Good,g1,,bridge,,,,", row)
    done = batch(capfd, path, "-o", tmp_path / "out", "--fail-fast")
    assert (done.code, done.lines, (tmp_path / "out").exists()) == (code, [], False)


def test_of_two_rows_for_one_file_the_second_fails_even_if_the_first_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = ("Ann,a-1,,bridge,,,,", "Bob,A 1,,bridge,,,,", "Cid,c,,partial-curl,osteoporosis,,,", "Cid,c,,bridge,,,,")
    done = batch(capfd, roster(tmp_path / "r.csv", *rows), "-o", tmp_path / "out")
    assert (done.code, done.statuses) == (6, ["made", "failed", "refused", "failed"])
    assert "r.csv:3:1: would write the same file as row 2" in done.said
    assert done.said.count("would write the same file as row 4") == 1
    assert list(digests(tmp_path / "out")) == [f"a-1-{DATE}.pdf"]


@pytest.mark.parametrize("where", [("-o", "out"), ("--merge", "all.pdf")])
def test_no_row_comes_in_the_place_of_a_refused_one_of_the_same_patient(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: tuple[str, str]
) -> None:
    """The row that has forgotten the condition, before the refused one or after it, in capitals or not."""
    monkeypatch.chdir(tmp_path)
    rows = ("Dee,d,,partial-curl,,,,", "Cid,c-1,,partial-curl,osteoporosis,,,", "Cid,C-1,,partial-curl,,,,",
            "DEE,D,,partial-curl,osteoporosis,,,", "Eve,e,,bridge,,,,")  # fmt: skip
    done = batch(capfd, roster(tmp_path / "r.csv", *rows), *where)
    assert (done.code, done.statuses) == (6, ["failed", "refused", "failed", "refused", "made"])
    assert "r.csv:2:1: row 5 is for the same patient and refused" in done.said
    made = Path("all.pdf") if where[0] == "--merge" else next(Path("out").glob("*.pdf"))
    text = "".join(page.extract_text() for page in PdfReader(made).pages)
    assert ("Eve" in text, "Dee" in text, "Cid" in text) == (True, False, False)


def test_every_handout_is_whole_sealed_and_accessible(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    done = batch(capfd, short_roster(tmp_path / "r.csv", 2), "-o", tmp_path / "out")
    for line in done.lines:
        found = read_input_digest(Path(line["output"]))
        assert found
        assert (found.sha256, found.pages, found.size) == (line["sha256"], line["pages"], line["bytes"])
        assert page.validate_pdf_bytes(Path(line["output"]).read_bytes()).is_compliant
    assert read_attached_program(Path(done.lines[0]["output"]))["patient"]["name"] == "Person 1"


@pytest.mark.slow
def test_resume_makes_exactly_what_is_missing_half_or_from_other_input(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, out = short_roster(tmp_path / "r.csv", 6), tmp_path / "out"
    batch(capfd, path, "-o", out)
    before = digests(out)
    (out / f"P-1-{DATE}.pdf").unlink()
    half = out / f"P-2-{DATE}.pdf"
    half.write_bytes(half.read_bytes()[:20_000])
    (out / f"P-5-{DATE}.pdf").write_bytes(b"")
    flipped = bytearray((out / f"P-3-{DATE}.pdf").read_bytes())
    flipped[5000] ^= 1
    (out / f"P-3-{DATE}.pdf").write_bytes(flipped)
    changed = path.read_text().replace("Walk 4,", "Run 4,")
    path.write_text(changed)
    (out / ".P-6.0123456789abcdef.part").write_bytes(b"left by a killed batch")
    done = batch(capfd, path, "-o", out, "--resume")
    assert done.statuses == ["made", "made", "made", "made", "made", "unchanged"]
    after = digests(out)
    assert {name: digest for name, digest in after.items() if "P-4" not in name} == {
        name: digest for name, digest in before.items() if "P-4" not in name
    }
    assert after[f"P-4-{DATE}.pdf"] != before[f"P-4-{DATE}.pdf"]
    assert batch(capfd, path, "-o", out, "--resume").statuses == ["unchanged"] * 6


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "made"),
    [
        (("exercises/low-back/bridge.yaml", "Bridge", "Bridge lift"), {2, 3, 4}),
        (("translations/es/exercises/low-back/bridge.yaml", "Puente", "Puente alto"), {3}),
        (("rules.yaml", "Keep your head as high", "Keep your head up as high"), {4}),
        (("conditions.yaml", "You have high pressure", "Now you have high pressure"), {4}),
        (("languages/en.yaml", "Your home exercises", "Your exercises"), {2, 3, 4, 5}),
        (("clinics/palm-wellness.svg", "</svg>", "<!-- new --></svg>"), {5}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_resume_makes_anew_what_has_other_content(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], change: tuple[str, str, str], made: set[int]
) -> None:
    content = shutil.copytree(Path(__file__).parents[2] / "content", tmp_path / "content")
    header = "name,id,exercises,conditions,language,clinic"
    rows = ("A,a,bridge,,en,", "B,b,bridge,,es,", "C,c,bridge,glaucoma,en,", "D,d,heel-raise,,es,palm-wellness")
    path = roster(tmp_path / "r.csv", *rows, header=header)
    options = ("-o", tmp_path / "out", "--library", content, "--jobs", "1")
    assert batch(capfd, path, *options).code == 0
    file, old, new = change
    text = (content / file).read_text()
    assert old in text
    (content / file).write_text(text.replace(old, new))
    done = batch(capfd, path, *options, "--resume")
    again = {line["row"] for line in done.lines if line["status"] == "made"}
    assert again == made


def test_resume_makes_anew_what_another_version_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = short_roster(tmp_path / "r.csv", 2)
    batch(capfd, path, "-o", tmp_path / "out")
    monkeypatch.setattr("handouts.cli.batch.program_version", lambda: "9.9")
    assert batch(capfd, path, "-o", tmp_path / "out", "--resume").statuses == ["made", "made"]


def test_a_locked_row_is_locked_and_left_alone_only_under_the_same_password(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, file = roster(tmp_path / "r.csv", "Ann,a,,bridge,,,,s\u00e9same 1"), tmp_path / "out" / f"a-{DATE}.pdf"
    done = batch(capfd, path, "-o", tmp_path / "out")
    assert done.statuses == ["made"]
    assert locked_made_from(file, "sésame 1")
    assert b"%handouts " + b"0" * 32 in file.read_bytes()
    assert file.stat().st_mode & 0o77 == 0
    assert batch(capfd, path, "-o", tmp_path / "out", "--resume").statuses == ["unchanged"]
    roster(path, "Ann,a,,bridge,,,,other")
    assert batch(capfd, path, "-o", tmp_path / "out", "--resume").statuses == ["made"]
    roster(path, "Ann,a,,bridge,,,,")
    assert batch(capfd, path, "-o", tmp_path / "out", "--resume").statuses == ["made"]
    assert not file.read_bytes().count(b"/Encrypt")


def test_the_report_never_has_a_name_and_its_cells_run_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = ("Zebedee Quux,+1+1,,bridge,,,Greet Quux,", "Zebedee Quux,,,bridge,,,,", "Zebedee Quux,x,,brigde,,,,")
    path, report = roster(tmp_path / "r.csv", *rows), tmp_path / "report.csv"
    code = run(["batch", str(path), "--date", DATE, "-o", str(tmp_path / "out"), "--report", str(report)])
    assert code == 6
    text = report.read_text(encoding="utf-8-sig")
    assert "Quux" not in text
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["status"] for row in table] == ["made", "made", "failed"]
    assert table[0]["id"] == "'+1+1"
    assert "Quux" not in (batch(capfd, path, "-o", tmp_path / "out").lines and (tmp_path / "report.jsonl").read_text())


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", " =1", "|x", "\r=1"])
def test_formulas_are_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("A-1") == "A-1"


def test_strange_files_are_left_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, out = short_roster(tmp_path / "r.csv", 2), tmp_path / "out"
    out.mkdir()
    (out / f"P-1-{DATE}.pdf").write_text("my own notes")
    done = batch(capfd, path, "-o", out)
    assert (done.code, done.statuses) == (6, ["failed", "made"])
    assert (out / f"P-1-{DATE}.pdf").read_text() == "my own notes"
    (tmp_path / "report.jsonl").write_text("my own notes too")
    assert run(["batch", str(path), "-o", str(out), "--report", str(tmp_path / "report.jsonl")]) == 5
    assert (tmp_path / "report.jsonl").read_text() == "my own notes too"


def test_program_files_folders_and_lists_are_batches_too(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("ann", "bob"):
        (folder / f"{name}.yaml").write_text(f"patient: {{name: {name}, id: {name}}}\nexercises: [bridge]\n")
    (folder / "bad.yaml").write_text("patient: {name: x}\nexercises: [brigde]\n")
    done = batch(capfd, folder, "-o", tmp_path / "out")
    assert done.statuses == ["made", "failed", "made"]
    assert "bad.yaml:2:" in done.said
    names = tmp_path / "names.txt"
    names.write_text("programs/ann.yaml\nprograms/bob.yaml\n")
    assert batch(capfd, names, "-o", tmp_path / "out", "--resume").statuses == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    "options",
    [["--duplex"], ["--no-cover"], ["--printer", "x"], ["--copies", "2"], ["--report", "r.txt"], ["--merge", "m.txt"]],
)
def test_options_that_would_do_nothing_are_refused(tmp_path: Path, options: list[str]) -> None:
    assert run(["batch", str(short_roster(tmp_path / "r.csv", 1)), "-o", str(tmp_path), *options]) == 2


def test_one_batch_at_a_time_writes_to_a_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr("handouts.batch.output_folder._LOCK_TIMEOUT_S", 0.1)
    (tmp_path / "out").mkdir()
    handle = os.open(tmp_path / "out", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    done = batch(capfd, short_roster(tmp_path / "r.csv", 1), "-o", tmp_path / "out")
    os.close(handle)
    assert done.code == 5
    assert "another batch is writing there" in done.said


def test_an_input_digest_covers_every_byte(tmp_path: Path) -> None:
    pdf = with_input_digest(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", "ab" * 16, 3)
    path = tmp_path / "f.pdf"
    for at in range(len(pdf)):
        path.write_bytes(pdf[:at] + bytes((pdf[at] ^ 1,)) + pdf[at + 1 :])
        found = read_input_digest(path)
        assert found is None or (found.made_from, found.pages) != ("ab" * 16, 3), at
        path.write_bytes(pdf[:at])
        assert read_input_digest(path) is None
    path.write_bytes(pdf)
    assert read_input_digest(path)


@pytest.mark.slow
def test_progress_is_quiet_without_a_terminal(tmp_path: Path) -> None:
    process = start(short_roster(tmp_path / "r.csv", 3), "-o", tmp_path / "out")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "\r" not in said
    assert "\n3 made in " in said


@pytest.mark.skipif(shutil.which("script") is None, reason="needs script(1) for a terminal")
def test_progress_shows_rate_and_time_left_at_a_terminal(tmp_path: Path) -> None:
    path = short_roster(tmp_path / "r.csv", 4)
    command = f"{sys.executable} cli.py batch {path} -o {tmp_path / 'out'}"
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "4/4" in done.stdout
    assert "a second" in done.stdout


def test_the_header_is_what_the_contract_says() -> None:
    from handouts.batch.roster_columns import COLUMNS

    assert set(HEADER.split(",")) <= set(COLUMNS)


def test_check_names_what_is_wrong_in_a_roster(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path / "r.csv", "Ann,a,,bridge,,,,", "Bob,A,,brigde,,,,", "Cid,A,,bridge,,,,")
    assert run(["check", str(path)]) == 3
    said = capfd.readouterr().out
    assert "r.csv:3:8: unknown exercise 'brigde'" in said
    assert "r.csv:4:1: would write the same file as row 2" in said


def test_a_superseded_handout_is_moved_to_earlier(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, out = roster(tmp_path / "r.csv", "Ann,A-1,,bridge 1x8,,,,", "Bob,,,bridge 1x8,,,,"), tmp_path / "out"
    assert batch(capfd, path, "-o", out).code == 0
    before = digests(out)
    assert batch(capfd, path, "-o", out).code == 0
    assert digests(out) == before
    roster(path, "Ann,A-1,,bridge 1x9,,,,", "Bob,,,bridge 1x9,,,,")
    done = batch(capfd, path, "-o", out)
    kept = digests(out / "earlier")
    assert kept == before
    assert {name for name in before if (out / name).is_file()} == set(before)
    assert "2 earlier handouts moved to" in done.said
    assert [line["moved"] for line in done.lines] == [[f"{out}/earlier/A-1-{DATE}.pdf"], [f"{out}/earlier/"]]
    roster(path, "Ann,A-1,,bridge 1x10,,,,")
    assert batch(capfd, path, "-o", out).lines[0]["moved"] == [f"{out}/earlier/A-1-{DATE}-2.pdf"]
    # Of another day too, but not what is of another patient, or of a later day.
    assert run(["make", "--patient", "Cy", "--exercise", "bridge", "-o", f"{out}/A-1-2026-11-20.pdf", "-q"]) == 0
    done = batch(capfd, path, "-o", out, "--date", "2026-11-24")
    assert done.lines[0]["moved"] == [f"{out}/earlier/A-1-{DATE}-3.pdf"]
    assert batch(capfd, path, "-o", out).lines[0].get("moved") is None
    assert sorted(digests(out)) == ["A-1-2026-11-20.pdf", f"A-1-{DATE}.pdf", "A-1-2026-11-24.pdf", f"Bob-{DATE}.pdf"]


def test_the_summary_names_the_folder_and_the_cautions(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path / "r.csv", "A,a,,bridge,,,,", "B,b,,wall-sit,glaucoma,,,", "C,,,brigde,,,,")
    assert run(["batch", str(path), "-o", str(tmp_path / "out"), "-q"]) == 6
    done = capfd.readouterr()
    assert done.out == f"{tmp_path / 'out'}\n"
    assert "cautions printed, by handouts: glaucoma 1" in done.err
    assert "2 made, 1 failed in" in batch(capfd, path, "-o", tmp_path / "out").said


def test_a_refused_row_is_told_what_a_roster_has(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ("A,a,,partial-curl,osteoporosis,,,", "B,b,,bridge,cardiac-event-recent,,,")
    done = batch(capfd, roster(tmp_path / "r.csv", *rows), "-o", tmp_path / "out")
    assert '"partial-curl:osteoporosis=REASON" in the column overrides' in done.said
    assert '"cardiac-event-recent=WHO, DATE" in the column clearances' in done.said
    assert "--override" not in done.said
    assert "--clearance" not in done.said


@pytest.mark.parametrize("option", ["-o", "--merge", "--report"])
def test_what_cannot_be_written_is_said_before_anything_is_checked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], option: str
) -> None:
    (tmp_path / "file").write_text("")
    path = roster(tmp_path / "r.csv", "A,a,,brigde,,,,")
    target = tmp_path / "file" / ("out" if option == "-o" else f"x.{'pdf' if option == '--merge' else 'csv'}")
    assert run(["batch", str(path), "-o", str(tmp_path / "out"), option, str(target)]) == 5
    said = capfd.readouterr().err
    assert "file is a file, not a folder" in said
    assert "brigde" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("at", ["roster", "report", "merge", "row", "program"])
def test_nothing_waits_at_a_pipe(tmp_path: Path, capfd: pytest.CaptureFixture[str], at: str) -> None:
    names = {"report": "report.jsonl", "merge": "all.pdf", "row": f"a-{DATE}.pdf", "program": "p.yaml"}
    os.mkfifo(pipe := tmp_path / names.get(at, "pipe"))
    path = pipe if at in ("roster", "program") else roster(tmp_path / "r.csv", "A,a,,bridge,,,,")
    merge = ["--merge", str(pipe)] if at == "merge" else []
    code = run(["batch", str(path), *SHORT, "-o", str(tmp_path), "--report", str(tmp_path / "report.jsonl"), *merge])
    assert code == (6 if at == "row" else 5)
    assert "is no file" in (said := capfd.readouterr().err) or "there is no such file" in said
    assert pipe.is_fifo()


def test_an_estimate_waits_until_it_can_be_true() -> None:
    progress = Progress(600, quiet=True)
    start = progress._start
    progress._done = 1
    assert "left" not in progress.line(start + 6)
    progress._done = 30
    assert progress.line(start + 6).endswith("30/600  5.0 a second  about 1:54 left")
