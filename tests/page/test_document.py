"""Files: whole or not at all, locked without losing their tags, known again."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from handouts.batch.output_folder import batch_folder
from handouts.errors import ExitCode, FileTrouble
from handouts.pdf.encryption import encrypt, locked_made_from
from handouts.pdf.files import is_handout, sweep_unfinished, whole_file, write_whole
from handouts.pdf.input_digest import read_input_digest, with_input_digest
from handouts.pdf.leaflets import append_leaflets, read_leaflet
from handouts.pdf.reading import read_attached_program
from tests.page.torture import new_canvas, say, torture
from tests.walker import walk


@pytest.fixture(scope="module")
def document() -> bytes:
    return torture()


@pytest.fixture
def saved(tmp_path: Path, document: bytes) -> Path:
    path = tmp_path / "handout.pdf"
    write_whole(path, document)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_whole_and_alone(saved: Path, document: bytes) -> None:
    assert saved.read_bytes() == document
    assert names(saved.parent) == ["handout.pdf"]


@pytest.mark.parametrize("name", ["a.pdf", "a-name-longer-than-what-is-shown-of-it-2026-11-22.pdf", "año.pdf"])
def test_what_a_kill_would_leave_is_swept_and_what_is_at_work_is_not(tmp_path: Path, name: str) -> None:
    (tmp_path / ".hidden.part").touch()
    with whole_file(tmp_path / name) as file:
        file.write(b"half")
        (left,) = [one for one in names(tmp_path) if one != ".hidden.part"]
        assert stat.S_IMODE((tmp_path / left).stat().st_mode) == 0o600
        (tmp_path / f"{left[:-20]}{'0' * 15}.part").touch()
        with batch_folder(tmp_path):
            assert names(tmp_path) == sorted([".hidden.part", left])
    assert names(tmp_path) == sorted([".hidden.part", name])
    (tmp_path / left).touch()
    sweep_unfinished(tmp_path)
    assert names(tmp_path) == sorted([".hidden.part", name])


def test_a_file_that_is_replaced_keeps_its_permissions(saved: Path) -> None:
    saved.chmod(0o640)
    write_whole(saved, b"%PDF-new", force=True)
    assert saved.read_bytes() == b"%PDF-new"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o640


def test_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "x.pdf", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x.pdf").stat().st_mode) == 0o640


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "thesis.pdf"
    path.write_bytes(b"%PDF-1.4 mine")
    with pytest.raises(FileTrouble, match="is there already") as caught:
        write_whole(path, b"new")
    assert caught.value.exit_code is ExitCode.FILE_TROUBLE
    assert path.read_bytes() == b"%PDF-1.4 mine"
    write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"new"


def test_a_link_still_points_where_it_did(saved: Path) -> None:
    link = saved.parent / "latest.pdf"
    link.symlink_to(saved)
    write_whole(link, b"new", force=True)
    assert link.is_symlink()
    assert saved.read_bytes() == b"new"


def test_a_failure_leaves_nothing_behind(saved: Path, document: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(saved, b"new", force=True)
    assert names(saved.parent) == ["handout.pdf"]
    assert saved.read_bytes() == document


def test_trouble_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="is a folder"):
        write_whole(tmp_path, b"x")
    os.mkfifo(tmp_path / "pipe")
    for special in (tmp_path / "pipe", Path("/dev/null")):
        with pytest.raises(FileTrouble, match="is no file but a pipe or a device"):
            write_whole(special, b"x", force=True)
    with pytest.raises(FileTrouble, match="does not exist"):
        write_whole(tmp_path / "none" / "x.pdf", b"x")


def test_only_our_own_files_are_known(tmp_path: Path, saved: Path, document: bytes) -> None:
    assert is_handout(saved)
    assert not is_handout(tmp_path / "none.pdf")
    other = tmp_path / "other.pdf"
    for content in (b"", b"%PDF", b"handouts", b"%PDF-1.7 handouts made by handouts /ID[<00>]"):
        other.write_bytes(content)
        assert not is_handout(other)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["old.pdf"] = document
    pdf.save(other, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert document in other.read_bytes()
    assert not is_handout(other)


def test_the_program_is_read_back(saved: Path) -> None:
    assert read_attached_program(saved) == {"patient": "x"}


def test_a_locked_handout_keeps_everything(tmp_path: Path, document: bytes) -> None:
    path = tmp_path / "locked.pdf"
    locked = encrypt(document, "größer")
    write_whole(path, locked)
    assert locked.startswith(b"%PDF-1.7")
    assert b"Clinic" not in locked
    assert is_handout(path)
    assert read_attached_program(path, "größer") == {"patient": "x"}
    walked = walk(locked, "größer")
    assert walked.problems == []
    assert walked.outline == walk(document).outline
    pdf = walked.pdf
    assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
    may = pdf.allow
    assert (may.accessibility, may.print_highres, may.print_lowres) == (True, True, True)
    assert not any((may.extract, may.modify_other, may.modify_annotation, may.modify_form, may.modify_assembly))
    pdf.save(tmp_path / "open.pdf", encryption=False)
    assert page.validate_pdf(tmp_path / "open.pdf").is_compliant


def test_a_lock_needs_a_password(document: bytes) -> None:
    with pytest.raises(ValueError, match="empty"):
        encrypt(document, "")


def without_program() -> bytes:
    canvas = new_canvas()
    with canvas.tag("P"):
        say(canvas, 50, 50, "no program")
    canvas.showPage()
    return canvas.finish()


def with_program(data: bytes) -> bytes:
    canvas = new_canvas()
    with canvas.tag("P"):
        say(canvas, 50, 50, "a program")
    canvas.showPage()
    canvas.attach("program.json", data, "application/json", "The program")
    return canvas.finish()


@pytest.mark.parametrize(
    ("make", "password", "told"),
    [
        (lambda: b"plain text", None, "is not a PDF"),
        (lambda: torture()[:9000], None, "is a damaged PDF"),
        (lambda: b"%PDF-1.7\n", None, "is a damaged PDF"),
        (without_program, None, "carries no program"),
        (lambda: with_program(b"{"), None, "is damaged"),
        (lambda: with_program(b"[1]"), None, "carries no program"),
        (lambda: with_program(b"\xff\xfe{"), None, "is damaged"),
        (lambda: encrypt(torture(), "right"), None, "is locked"),
        (lambda: encrypt(torture(), "right"), "wrong", "does not open it"),
    ],
)
def test_a_file_without_a_readable_program_is_said_plainly(
    tmp_path: Path, make: Callable[[], bytes], password: str | None, told: str
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(make())
    with pytest.raises(FileTrouble, match=told):
        read_attached_program(path, password)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="no such file"):
        read_attached_program(tmp_path / "none.pdf")


def test_an_input_digest_tells_a_whole_file_from_a_changed_one(tmp_path: Path, document: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(with_input_digest(document, "0" * 32, 2))
    assert walk(path.read_bytes()).problems == []
    found = read_input_digest(path)
    assert found is not None
    assert (found.made_from, found.pages, found.size) == ("0" * 32, 2, path.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert read_input_digest(path) is None


def test_a_file_that_only_its_owner_may_change_opens_without_a_password(tmp_path: Path, document: bytes) -> None:
    path = tmp_path / "owner.pdf"
    with pikepdf.open(BytesIO(document)) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert read_leaflet(path).pages == 2
    assert read_attached_program(path, "some password") == {"patient": "x"}


def test_a_locked_file_opens_by_its_password_alone(tmp_path: Path, document: bytes) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(encrypt(document, "right", "made from this"))
    told = [locked_made_from(path, password) for password in ("right", "wrong", "")]
    assert told == ["made from this", None, None]
    assert is_handout(path)
    with pytest.raises(FileTrouble, match="save it without a password first"):
        read_leaflet(path)


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf\r\n", b" " * 1000])
def test_bytes_before_a_pdf_do_not_hide_it(tmp_path: Path, document: bytes, before: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(before + document)
    assert read_leaflet(path).pages == 2
    path.write_bytes(b" " * 2000 + document)
    with pytest.raises(FileTrouble, match="is not a PDF"):
        read_leaflet(path)


def test_leaflets_stand_after_a_handout_as_pictures_with_words(tmp_path: Path, document: bytes) -> None:
    path = tmp_path / "Ice_and-heat.pdf"
    path.write_bytes(b"\n" + document)
    whole = append_leaflets(document, [read_leaflet(path)], lambda name, number: f"{name}, page {number}")
    pdf = pikepdf.open(BytesIO(whole))
    assert [page.label for page in pdf.pages] == ["1", "2", "A-1", "A-2"]
    assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()
    assert b"/MCID" not in next(iter(pdf.pages[2].Resources.XObject.values())).read_bytes()
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Your knee program (10)", "Ice and heat"]
    walked = walk(whole)
    assert [problem for problem in walked.problems if "form" not in problem] == [
        "the metadata lack the title or the PDF/UA claim"
    ]
    assert walked.outline.split()[-3:] == ["Part", "Figure", "Figure"]
    told = [str(element.Alt) for element in walked.dictionaries if element.S == "/Figure"][1]
    assert told.startswith("Ice and heat, page 1. ")
    assert "Lift your hips" in told
