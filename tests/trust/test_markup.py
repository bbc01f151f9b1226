"""Text is text: in every field that takes some it is printed letter for letter, or refused in one clear line."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from handouts.batch.roster import read_roster
from handouts.cli.run import run
from handouts.errors import BadInput, ExitCode, HandoutError
from handouts.library import read_library
from handouts.pdf.fonts import UnprintableText
from handouts.prescription import read_program
from handouts.rendering import render
from handouts.resources import content_folder
from tests.trust.hostile import each_once
from tests.trust.libraries import OWN, in_a_sign, own_library, write
from tests.trust.pages import addresses, doings, page_words, read_aloud, squeezed

TODAY = dt.date(2026, 11, 22)

PRINTED = {
    "bold": "<b>x</b>",
    "picture": '<img src="file:///etc/passwd"/>',
    "address": '<a href="http://evil.example">x</a>',
    "font": '<font color="red" size="40">x</font>',
    "entity": "&lt;&amp;&#65;&nbsp;",
    "doctype": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "our own bold": "**x** *y* _z_ `w`",
    "our own fields": "{phone} {n} {name}",
    "format": "%s %(x)d %n {0} {0.__class__} {x!r}",
    "shell": "$(id) `id` ; rm -rf ~ | $HOME",
    "template": "{{ 7*7 }} ${7*7} #{7*7}",
    "formula": "=HYPERLINK(1) +1 -1 @x",
    "pdf string": r"\) (( \050 \\ )) \n",
    "pdf code": "endstream endobj <</S/JavaScript/JS(app.alert(1))>> ET Q",
    "colour": "rgb(1,2,3) #ff0000 red CMYKColor(1,0,0,0)",
    "windows": r"C:\con ..\..\x NUL",
    "accents": "Zoë Ångström Łódź ñ",
    "built up": "e\u0301 n\u0303",
    "stacked": "a\u0300\u0323 o\u0302\u0301",
    "greek": "Δημήτρης Юрий Nguyễn",
}
REFUSED = {
    "null": "a\0b",
    "escape": "\x1b[2J\x1b]0;x\x07",
    "delete": "a\x7fb",
    "c1": "a\x9bb",
    "override": "a\u202eb",
    "isolate": "a\u2066b\u2069",
    "mark": "a\u200fb",
    "zero width": "a\u200bb",
    "joiner": "a\u200db",
    "order mark": "a\ufeffb",
    "line separator": "x \u2028y z\u2060",
    "private": "a\ue000\ue001b",
    "surrogate": "a\ud800b",
    "tags": "a\U000e0041b",
    "emoji": "\U0001f600",
    "flag": "\U0001f1fa\U0001f1f8",
    "arabic": "مرحبا",
    "hebrew": "שלום",
    "devanagari": "नमस्ते",
    "not a character": "a\uffffb",
}


def program_with(text: str) -> dict[str, Any]:
    """A program with `text` in every field that takes some."""
    return {
        "patient": {
            "name": f"Ana {text}", "id": f"A1 {text}",
            "conditions": [{"own-condition": {"limits": f"Limit {text}"}}],
        },
        "clinic": "own-clinic", "clinician": f"Dana {text}", "date": "2026-11-22", "goal": f"Goal {text}",
        "note": f"Word {text}", "packet": "own-packet",
        "exercises": [{"bridge": {"dose": "2x10", "note": f"Remark {text}"}}],
    }  # fmt: skip


@contextmanager
def watched() -> Iterator[list[str]]:
    """What the process reaches for meanwhile: other machines, other programs, files outside of content and code."""
    reached: list[str] = []
    _WATCH.append(reached)
    try:
        yield reached
    finally:
        _WATCH.remove(reached)


_WATCH: list[list[str]] = []
_REACHES = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "urllib.",
    "http.",
    "webbrowser.",
)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _WATCH:
        return
    if event.startswith(_REACHES) or (event == "open" and isinstance(arguments[0], str) and "passwd" in arguments[0]):
        for one in _WATCH:
            one.append(f"{event} {arguments!r}")


sys.addaudithook(_audit)


def made(program: dict[str, Any], tmp_path: Path, text: str = "") -> bytes:
    library = read_library([content_folder(), own_library(tmp_path / "own", text)])
    path = write(tmp_path / "program.yaml", program)
    return render(read_program(path, library, date=TODAY), library).pdf


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(program_with("plain"), tmp_path_factory.mktemp("plain"), "plain")


def some(texts: dict[str, str], *quick: str) -> list[Any]:
    """All texts as parameters, those that are not `quick` for the slow run only."""
    return [
        pytest.param(text, id=name, marks=[] if name in quick else [pytest.mark.slow]) for name, text in texts.items()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("text", some(PRINTED, "picture", "our own bold", "our own fields", "pdf code", "stacked"))
def test_every_text_is_printed_letter_for_letter(text: str, tmp_path: Path, harmless: bytes) -> None:
    import unicodedata

    with watched() as reached:
        pdf = made(program_with(text), tmp_path, text)
    aloud = squeezed(unicodedata.normalize("NFC", read_aloud(pdf) + "".join(page_words(pdf))))
    plain = unicodedata.normalize("NFC", text)
    bold = plain.replace("**", "")
    filled = bold.replace("{phone}", "555")
    others = {
        "Own mistake": bold, "Own sign": bold if in_a_sign(text) else "",
        **dict.fromkeys(("Own care", "Own advice", "Own progress"), filled),
    }  # fmt: skip
    for begins in ("Ana", "Dana", "Goal", "Word", "Remark", "Limit", *OWN):
        wanted = others.get(begins, plain)
        assert squeezed(f"{begins} {wanted}") in aloud, begins
    assert reached == []
    assert doings(pdf) == doings(harmless)
    assert all(one.startswith(("https://own.example", "tel:")) for one in addresses(pdf))


FIELDS = ("name", "clinician", "goal", "note", "limits", "remark", "library")


@pytest.mark.slow
@pytest.mark.parametrize(("text", "field"), each_once(REFUSED.values(), FIELDS))
def test_what_cannot_be_printed_is_refused_in_one_line(text: str, field: str, tmp_path: Path) -> None:
    program, hostile = program_with(""), program_with(text)
    match field:
        case "name":
            program["patient"]["name"] = hostile["patient"]["name"]
        case "limits":
            program["patient"]["conditions"] = hostile["patient"]["conditions"]
        case "remark":
            program["exercises"] = hostile["exercises"]
        case "library":
            pass
        case _:
            program[field] = hostile[field]
    with pytest.raises((BadInput, UnprintableText)) as refused:
        made(program, tmp_path, text if field == "library" else "")
    assert refused.value.exit_code is ExitCode.BAD_INPUT
    said = str(refused.value).splitlines()
    assert field == "library" or len(said) == 1
    assert all(line.isprintable() for line in said)


MEGABYTE = "A" * 1_000_000


@pytest.mark.parametrize("field", ["name", "id", "clinician", "goal", "note", "limits", "remark"])
def test_a_text_of_a_megabyte_is_refused_at_once(field: str, tmp_path: Path) -> None:
    program = program_with("")
    match field:
        case "name" | "id":
            program["patient"][field] = MEGABYTE
        case "limits":
            program["patient"]["conditions"] = [{"own-condition": {"limits": MEGABYTE}}]
        case "remark":
            program["exercises"] = [{"bridge": {"dose": "2x10", "note": MEGABYTE}}]
        case _:
            program[field] = MEGABYTE
    with pytest.raises(BadInput, match="characters, at most") as refused:
        made(program, tmp_path)
    assert len(str(refused.value)) < 500


CELLS = ("name", "id", "packet", "exercises", "conditions", "language", "clinic", "clinician", "date", "next_visit",
         "goal", "note", "large_print", "password", "overrides", "clearances", "healed", "born", "helper")  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        *(PRINTED[name] for name in ("formula", "shell", "accents")),
        *(REFUSED[name] for name in ("null", "escape", "override")),
        *(
            pytest.param(text, marks=pytest.mark.slow)
            for text in (*PRINTED.values(), *REFUSED.values(), "x" * 90_000)
            if text != "a\ud800b"
        ),
    ],
)
def test_a_roster_cell_is_a_value_or_an_error_with_its_place(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every column in turn holds the text; nothing but 0, 3, 5 or 6 comes of it, and nothing but what was asked for."""
    import csv

    monkeypatch.chdir(tmp_path)
    with Path("roster.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CELLS)
        for column in CELLS:
            row = {"name": f"Patient {column}", "exercises": "bridge 2x10", "date": "2026-11-22"} | {column: text}
            writer.writerow([row.get(name, "") for name in CELLS])
    with watched() as reached:
        code = run(["batch", "roster.csv", "-o", "out", "--jobs", "1", "--report", "report.jsonl"])
    ran = capsys.readouterr()
    assert code in (ExitCode.BAD_INPUT, ExitCode.PARTLY_MADE), ran.err
    assert "Traceback" not in ran.err
    assert "internal fault" not in ran.err
    assert reached == []
    assert all(line.isprintable() for line in ran.err.splitlines()), ran.err
    assert max(map(len, ran.err.splitlines())) < 1000
    assert sorted(path.name for path in tmp_path.iterdir()) in (
        ["out", "report.jsonl", "roster.csv"], ["report.jsonl", "roster.csv"], ["roster.csv"],
    )  # fmt: skip


EVIL = "\x1b[2J\x9b31m\u202e\nb: fine"


@pytest.mark.parametrize(
    "arguments",
    [
        *((option, EVIL) for option in (
            "--exercise", "--packet", "--condition", "--clinic", "--language", "--override", "--append", "--date",
            "--skip", "--region", "--password-file", "--library", "--config", "--paper", "--log-weeks", "--clinician",
        )),
        ("--exercise", f"bridge {EVIL}"), ("--override", f"{EVIL}:{EVIL}={EVIL}"), ("--append", f"{EVIL}.pdf"),
        ("--patient", "\udcff"), ("-o", f"{EVIL}/x.pdf"), (EVIL,), (f"--{EVIL}",),
    ],
    ids=ascii,
)  # fmt: skip
def test_what_is_said_at_the_terminal_does_nothing_there(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    base = ["--patient", "Ana"] if "--patient" not in arguments else []
    code = run(["make", *base, *([] if "--exercise" in arguments else ["--exercise", "bridge"]), *arguments])
    ran = capsys.readouterr()
    assert code in (2, 3, 4, 5), ran.err
    assert "internal fault" not in ran.err
    assert all(line.isprintable() for line in ran.err.splitlines()), ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", ["key", "value", "exercise", "tag", "file name", "column", "id"])
def test_hostile_files_do_nothing_at_the_terminal(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    evil = '"\\e]0;owned\\a\\e[2J\\u202e\\n/etc/x:1:1: fine"'
    files = {
        "key": f"{evil}: 1",
        "value": f"language: {evil}",
        "exercise": f"exercises: [{evil}]",
        "tag": "patient: !<tag:\x85evil> x",
        "file name": "patient: {nam: x}",
        "column": "x",
        "id": f"patient: {{name: A, conditions: [{evil}]}}",
    }
    name = "\x1b[2Jp.yaml" if where == "file name" else "p.yaml"
    Path(name).write_text(files[where], encoding="utf-8")
    if where == "column":
        Path("r.csv").write_text("name,\x1b[2J\u202e\nA,b\n", encoding="utf-8")
        code = run(["batch", "r.csv", "-o", "out"])
    else:
        code = run(["make", name])
    ran = capsys.readouterr()
    assert code == ExitCode.BAD_INPUT, ran.err
    assert all(line.isprintable() for line in ran.err.splitlines()), ran.err
    assert not any(line.startswith("/etc/x") for line in ran.err.splitlines())


def test_read_roster_is_text_only(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    with pytest.raises(HandoutError):
        read_roster(path)


@pytest.mark.slow
def test_json_stays_one_document_whatever_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in PRINTED.values():
        code = run(
            ["make", "--patient", text, "--exercise", "bridge 2x10", "--note", text, "-o", "x.pdf", "--force", "--json"]
        )
        ran = capsys.readouterr()
        assert (code, json.loads(ran.out)["status"]) == (0, "made"), ran.err


def test_a_setting_with_a_control_character_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for setting in ("output", "library", "clinic", "password-file", "append"):
        Path("config.yaml").write_text(f'make: {{{setting}: "a\\0b"}}\n', encoding="utf-8")
        code = run(["make", "--config", "config.yaml", "--patient", "Ana", "--exercise", "bridge"])
        said = capsys.readouterr().err
        assert (code, "config.yaml:1:" in said) == (ExitCode.BAD_INPUT, True), said
