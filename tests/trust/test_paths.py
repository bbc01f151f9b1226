"""Names and paths: nothing is written outside the folder asked for, and a library reads nothing outside itself."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from handouts.cli.run import run
from handouts.errors import BadInput, ExitCode
from handouts.library import read_library
from handouts.output_paths import safe_name
from handouts.resources import content_folder
from tests.trust.hostile import each_once
from tests.trust.libraries import own_library, write

EVIL_NAMES = {
    "up": "../../../evil",
    "absolute": "/tmp/evil",
    "home": "~/evil",
    "drive": r"C:\evil",
    "share": r"\\server\share\evil",
    "stream": "evil.txt:stream:$DATA",
    "dots": "..",
    "dot": ".hidden",
    "trailing": "evil... ",
    "device": "NUL",
    "console": "CON.pdf",
    "option": "--force",
    "glob": "*?[a-z]",
    "encoded": "..%2f..%2fevil",
    "full width": "\uff0e\uff0e\uff0fevil",
    "division": "..\u2215..\u2044evil",
    "long": "x" * 80,
    "long in bytes": "\u6f22" * 79,
    "longest in bytes": "\U00020000" * 79,
    "nothing": "///",
}
SAFE = re.compile(r"[^\W_]+(-[^\W_]+)*")


@given(st.text(max_size=300))
def test_a_name_made_safe_is_a_name_on_any_system(text: str) -> None:
    name = safe_name(text)
    assert SAFE.fullmatch(name), ascii(name)
    assert len(name.encode()) <= 160
    assert safe_name(name) == name


@pytest.mark.slow
@pytest.mark.parametrize("name", EVIL_NAMES.values(), ids=EVIL_NAMES.keys())
def test_no_id_leaves_the_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a patient's number: in a program, in a roster, with a folder and without."""
    here = tmp_path / "a/b/c"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(tmp_path))
    write(Path("p.yaml"), {"patient": {"name": "Ana", "id": name}, "date": "2026-11-22", "exercises": ["bridge"]})
    with Path("r.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name", "id", "exercises"], ["Ana", name, "bridge 2x10"]])
    codes = {
        run(["make", "p.yaml", "-q"]),
        run(["make", "p.yaml", "-q", "-o", "out/"]),
        run(["batch", "r.csv", "-q", "-o", "rows", "--jobs", "1"]),
    }
    assert codes == {ExitCode.DONE}
    found = [path.relative_to(here) for path in tmp_path.rglob("*.pdf")]
    assert sorted(str(path.parent) for path in found) == [".", "out", "rows"]
    assert all(re.fullmatch(r"[\w-]+-\d{4}-\d\d-\d\d\.pdf", path.name) for path in found)
    assert not list(tmp_path.rglob("evil*")) or "evil" in name


@pytest.mark.parametrize(
    "pair", [("Ana", "ANA"), ("é", "e\u0301"), ("a b", "a-b"), ("straße", "STRASSE"), ("x/y", "x:y")]
)
def test_two_patients_never_share_a_file(
    pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(pair):
        write(Path(f"{number}.yaml"), {"patient": {"name": "Ana", "id": name}, "exercises": ["bridge"]})
    with Path("r.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name", "id", "exercises"], *(["Ana", name, "bridge 2x10"] for name in pair)])
    assert run(["make", "0.yaml", "1.yaml", "-o", "out/"]) == ExitCode.BAD_INPUT
    assert "two programs would be written to this file" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.pdf"))
    assert run(["batch", "r.csv", "-o", "rows", "--jobs", "1"]) == ExitCode.PARTLY_MADE
    assert "would write the same file as row 2" in capsys.readouterr().err
    assert len(list(tmp_path.rglob("*.pdf"))) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "name"),
    each_once(
        ["../low-back/bridge", "low-back/bridge", "/etc/passwd", "bridge.yaml", "..", "BRIDGE\u202e"],
        ["exercise", "packet", "condition", "clinic", "language"],
    ),
)
def test_an_id_is_a_name_and_no_path(value: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    base = [] if name == "exercise" else ["--exercise", "bridge"]
    assert run(["make", "--patient", "Ana", *base, f"--{name}", value]) == ExitCode.BAD_INPUT
    assert run(["show", value]) in (ExitCode.USAGE, ExitCode.BAD_INPUT)
    assert list(tmp_path.iterdir()) == []


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A clinic's own library, and beside it a secret that nothing in it may reach."""
    (tmp_path / "secret.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.4 secret")
    return own_library(tmp_path / "own")


ELSEWHERE = ["../../secret.svg", "/etc/passwd", "..\\..\\secret.svg", "sub/x.svg", ".hidden.svg", "file:///etc/passwd",
             "https://evil.example/x.svg", "data:image/svg+xml,<svg/>", "a\0.svg"]  # fmt: skip


def change(path: Path, **fields: object) -> None:
    write(path, json.loads(path.read_text(encoding="utf-8")) | fields)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_logo_and_a_picture_lie_beside_their_file(name: str, own: Path) -> None:
    change(own / "clinics/own-clinic.yaml", logo=name)
    change(own / "exercises/low-back/own-lift.yaml", picture={"file": name, "alt": {"en": "A picture"}})
    library = read_library([content_folder(), own])
    with pytest.raises(BadInput):
        library.clinic("own-clinic")
    with pytest.raises(BadInput):
        library.exercise("own-lift")
    assert library.leaflet_path(name) is None


def test_a_link_does_not_lead_out_of_the_library(own: Path) -> None:
    (own / "clinics/out.svg").symlink_to(own.parent / "secret.svg")
    (own / "exercises/low-back/out.svg").symlink_to(own.parent / "secret.svg")
    (own / "leaflets").mkdir()
    (own / "leaflets/out.pdf").symlink_to(own.parent / "secret.pdf")
    change(own / "clinics/own-clinic.yaml", logo="out.svg")
    change(own / "exercises/low-back/own-lift.yaml", picture={"file": "out.svg", "alt": {"en": "A picture"}})
    library = read_library([content_folder(), own])
    with pytest.raises(BadInput):
        library.clinic("own-clinic")
    with pytest.raises(BadInput, match="leads out of the library"):
        library.exercise("own-lift")
    assert library.leaflet_path("out") is None


def test_a_link_within_the_library_is_followed(own: Path) -> None:
    (own / "clinics/real.svg").write_text(SVG, encoding="utf-8")
    (own / "clinics/again.svg").symlink_to("real.svg")
    change(own / "clinics/own-clinic.yaml", logo="again.svg")
    library = read_library([content_folder(), own])
    assert library.clinic_file(library.clinic("own-clinic"), "logo") == own / "clinics/again.svg"


NO_IDS = ["..", "CON", "a b", "é", *(pytest.param(one, marks=pytest.mark.slow) for one in ("Own", "-x", "x.y"))]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["exercises/low-back", "packets", "clinics"])
@pytest.mark.parametrize("name", NO_IDS)
def test_a_file_of_the_library_has_a_name_that_is_an_id(
    kind: str, name: str, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = next((own / kind).glob("*.yaml"))
    (own / kind / f"{name}.yaml").write_bytes(first.read_bytes())
    assert run(["check", str(own)]) == ExitCode.BAD_INPUT
    assert capsys.readouterr().out + capsys.readouterr().err


def test_the_next_handout_says_which_leaflet_an_old_one_brings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A handout from elsewhere may name a file of this machine: it is never appended in silence."""
    monkeypatch.chdir(tmp_path)
    make = ["make", "--patient", "Ana", "--exercise", "bridge", "-q"]
    assert run([*make, "-o", "leaflet.pdf"]) == ExitCode.DONE
    assert run([*make, "--append", "leaflet.pdf", "-o", "old.pdf"]) == ExitCode.DONE
    capsys.readouterr()
    assert run(["revise", "old.pdf", "-o", "new.pdf"]) == ExitCode.DONE
    assert "leaflet is appended: leaflet.pdf" in capsys.readouterr().err


def test_a_link_that_is_written_to_stays_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file behind it is replaced only when it is a handout."""
    monkeypatch.chdir(tmp_path)
    Path("precious.txt").write_text("keep", encoding="utf-8")
    Path("link.pdf").symlink_to("precious.txt")
    assert run(["make", "--patient", "Ana", "--exercise", "bridge", "-o", "link.pdf"]) == ExitCode.FILE_TROUBLE
    assert Path("precious.txt").read_text(encoding="utf-8") == "keep"
    Path("loop.pdf").symlink_to("loop.pdf")
    assert run(["make", "--patient", "Ana", "--exercise", "bridge", "-o", "loop.pdf"]) == ExitCode.FILE_TROUBLE
