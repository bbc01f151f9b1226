"""Every row of docs/daily-use.md does what it says, one after the other at one desk."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from handouts.cli.run import run

PAGE = Path(__file__).parent.parent.parent / "docs/daily-use.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+?) \| `handouts (.+?)` \| (.+) \|$", TEXT, re.MULTILINE)
FILES = {
    "hash.yaml": "patient: {name: Ana}\ngoal: Walk loop #2\nexercises: [bridge]\n",
    "quote.yaml": "patient:\n  name: 'D'Angelo'\nexercises: [bridge]\n",
    "null.yaml": "patient:\n  name: Null\nexercises: [bridge]\n",
    "windows.yaml": 'library: "C:\\Users\\dana\\ours"\n',
    "slip.yaml": "papr: a4\n",
    "notes/minutes.txt": "Tuesday\n",
    "stray/rule.yaml": "rules: []\n",
    "stray/rules.yaml": "rules: []\n",
    "excel.csv": "name;exercises;date;Fax\nJosé Peña;bridge;11/30/2026;555\n",
    "near.csv": "name,exercises,condition\nAna,bridge,osteoporosis\n",
    "order.csv": "name,exercises,date\nAna,bridge,03/04/2026\n",
    "broken.csv": "name,exercises,goal\n#REF!,bridge,\n=A1,bridge,Walk\n",
    "lists.csv": 'name,exercises,conditions\nAna,"bridge 3x12, clamshell",None\nBo,bridge,"glaucoma, osteopenia"\n',
    "rows.csv": "name,exercises,conditions\nAna,bridge,\nAna,clamshell,\nCy,partial-curl,osteoporosis\n",
    "password.txt": "a long secret\n",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the rows find there, and a printer."""
    home = tmp_path_factory.mktemp("desk")
    for name, text in FILES.items():
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text, encoding="cp1252" if name == "excel.csv" else "utf-8")
    (home / "tools").mkdir()
    (home / "tools/lp").write_text("#!/bin/sh\necho 'request id is office-12 (1 file(s))'\n")
    (home / "tools/lp").chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setenv("XDG_CONFIG_HOME", str(home / "settings"))
        ana = ["make", "--patient", "Ana Ruiz", "--exercise", "bridge", "--date", "2026-11-30", "-q"]
        for more in (
            ["--exercise", "clamshell", "-o", "ana.pdf"],
            [],
            ["--password-file", "password.txt", "-o", "locked.pdf"],
        ):
            assert run([*ana, *more]) == 0
        assert run(["packet", "neck-pain", "-o", "packet.pdf"]) == 0
    return home


@pytest.mark.slow
@pytest.mark.parametrize(("command", "answer"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_row_does_what_the_page_says(
    desk: Path, command: str, answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(desk / "settings"))
    monkeypatch.setenv("PATH", str(desk / "tools"), prepend=":")
    there = set(desk.rglob("*"))
    code = run(shlex.split(command))
    said = "".join(capsys.readouterr())
    exit_code = re.match(r"Exit (\d)", answer)
    assert code == (int(exit_code[1]) if exit_code else 0), said
    for words in re.findall(r"`([^`]+)`", answer.partition("that `make` reads")[2] or answer):
        assert words in said or words == "-q", said
    if code not in (0, 6) or "--dry-run" in command:
        assert set(desk.rglob("*")) == there


def test_every_row_of_the_page_is_run() -> None:
    assert len(ROWS) == len(re.findall(r"^\| (?!you may meet|---)", TEXT, re.MULTILINE)) >= 38
