"""Every door by which a file comes in or goes out, with a pipe, a device, a socket or a huge file behind it.

Nothing hangs, grows or is written over: one clear line, exit 3 or 5, and what lay there is still there.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.errors import ExitCode
from tests.trust import facts
from tests.trust.libraries import write
from tests.trust.limits import MOST_MB, MOST_SECONDS, ROOT
from tests.trust.test_library_fuzz import ran

MOST_WALL_S = 30
"""A hang, whatever else the machine is doing."""
ANA = ("make", "--patient", "Ana", "--exercise", "bridge", "-q")
NEW = ("-o", "new.pdf")
DAY = ("--date", "2026-11-23")

READ: dict[str, tuple[str, tuple[str, ...]]] = {
    "make": ("p.yaml", ("make", "{door}", *NEW)),
    "make of any name": ("p", ("make", "{door}", *NEW)),
    "screen": ("p.yaml", ("screen", "{door}")),
    "check, a program": ("p.yaml", ("check", "{door}")),
    "check, a roster": ("r.csv", ("check", "{door}")),
    "batch": ("r.csv", ("batch", "{door}", "-o", "out")),
    "batch, a workbook": ("r.xlsx", ("batch", "{door}", "-o", "out")),
    "batch, a program": ("p.yaml", ("batch", "{door}", "-o", "out")),
    "revise": ("old.pdf", ("revise", "{door}", *NEW)),
    "revise, a page": ("old.html", ("revise", "{door}", *NEW)),
    "revise --since": ("old.pdf", ("revise", "good.pdf", "--since", "{door}", *NEW)),
    "show": ("old.pdf", ("show", "{door}")),
    "show, a page": ("old.html", ("show", "{door}")),
    "show --program": ("old.pdf", ("show", "{door}", "--program")),
    "find": ("old.pdf", ("find", "Ana", "{door}")),
    "new packet --from": ("p.yaml", ("new", "packet", "x", "--from", "{door}")),
    "make --password-file": ("word", (*ANA, "--password-file", "{door}", *NEW)),
    "revise --password-file": ("word", ("revise", "good.pdf", "--password-file", "{door}", *NEW)),
    "show --password-file": ("word", ("show", "good.pdf", "--password-file", "{door}")),
    "find --password-file": ("word", ("find", "Ana", ".", "--password-file", "{door}")),
    "--append": ("a.pdf", (*ANA, "--append", "{door}", *NEW)),
    "--config": ("c.yaml", ("--config", "{door}", *ANA, *NEW)),
    "config": ("c.yaml", ("--config", "{door}", "config")),
    "--library": ("own", (*ANA, "--library", "{door}", *NEW)),
    "setup --logo": ("logo.svg", ("setup", "--yes", "--name", "Ours", "--phone", "5", "--logo", "{door}")),
}  # fmt: skip
"""Where the door is, and the command that goes to it."""
MEMBERS = (
    "exercises/low-back/own.yaml", "packets/own.yaml", "rules.yaml", "conditions.yaml", "movements.yaml",
    "sources.yaml", "emergency.yaml", "pain-scales.yaml", "aliases.yaml", "warnings/own.yaml", "languages/en.yaml",
    "languages/xx.yaml", "translations/es/rules.yaml", "translations/es/exercises/low-back/bridge.yaml",
    "reviews/own.yaml", "clinics/logo.svg", "leaflets/a.pdf",
)  # fmt: skip
OURS = ("--library", "own", "--clinic", "our-clinic")
LIBRARY: dict[str, tuple[str, tuple[str, ...]]] = {
    **{
        f"make, {name}": (f"own/{name}", (*ANA, "--library", "own", "--clinic", "our-clinic", *NEW)) for name in MEMBERS
    },
    **{f"check, {name}": (f"own/{name}", ("check", "own")) for name in MEMBERS},
}
WRITE: dict[str, tuple[str, tuple[str, ...]]] = {
    "make -o": ("x.pdf", (*ANA, "-o", "{door}")),
    "make -o --force": ("x.pdf", (*ANA, "-o", "{door}", "--force")),
    "make -o DIR": ("out/Ana-2026-11-23.pdf", (*ANA, *DAY, "-o", "out/")),
    "make --format": ("x.html", (*ANA, "--format", "pdf", "--format", "html", "-o", "x.pdf")),
    "packet -o": ("x.pdf", ("packet", "neck-pain", "-o", "{door}")),
    "packet --merge": ("x.pdf", ("packet", "neck-pain", "--merge", "{door}")),
    "revise -o": ("x.pdf", ("revise", "good.pdf", "-o", "{door}", "--force")),
    "catalogue": ("x.pdf", ("catalogue", "-o", "{door}", "--force")),
    "show --picture": ("x.svg", ("show", "bridge", "--picture", "{door}")),
    "review sheet": ("x.pdf", ("review", "sheet", "exercise/bridge", "-o", "{door}")),
    "new program": ("x.yaml", ("new", "program", "x", "-o", "{door}")),
    "new roster": ("x.csv", ("new", "roster", "-o", "{door}")),
    "batch -o": ("out", ("batch", "good.csv", "-o", "{door}")),
    "batch --report": ("x.jsonl", ("batch", "good.csv", "-o", "out", "--report", "{door}", "--force")),
    "batch --merge": ("x.pdf", ("batch", "good.csv", "--merge", "{door}", "--force")),
    "batch, a row": ("out/A-2026-11-23.pdf", ("batch", "good.csv", *DAY, "-o", "out", "--force")),
    "batch --resume": ("out/A-2026-11-23.pdf", ("batch", "good.csv", *DAY, "-o", "out", "--resume")),
    "batch, a program of several": ("in/p.yaml", ("batch", "in", "-o", "out")),
}  # fmt: skip
ONE_ROW = {"batch, a row", "batch --resume", "batch, a program of several"}
"""Where the fault is one row's alone."""


def _socket(path: Path) -> None:
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


KINDS: dict[str, tuple[Callable[[Path], Any], Callable[[int], bool]]] = {
    "pipe": (os.mkfifo, stat.S_ISFIFO),
    "endless device": (lambda path: path.symlink_to("/dev/zero"), stat.S_ISLNK),
    "empty device": (lambda path: path.symlink_to("/dev/null"), stat.S_ISLNK),
    "socket": (_socket, stat.S_ISSOCK),
    "huge file": (lambda path: (path.touch(), os.truncate(path, 3_000_000_000)), stat.S_ISREG),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.pdf"
    assert ran(*ANA, *DAY, "-o", str(path))[0] == 0
    return path


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    shutil.copy(good, "good.pdf")
    Path("good.csv").write_text("name,id,exercises\nAna,A,bridge\n")
    Path("own/clinics").mkdir(parents=True)
    Path("own/clinics/our-clinic.yaml").write_text("name: Ours\nphone: '5'\nlogo: logo.svg\n")
    Path("own/clinics/logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    )


@contextlib.contextmanager
def no_hang() -> Iterator[None]:
    def end(_signal: int, _frame: Any) -> None:
        raise SystemExit("it hangs")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(MOST_WALL_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def go_to(door: Path, kind: str, command: tuple[str, ...]) -> tuple[int, str]:
    """What a command came to, with such a thing at the door."""
    make, is_same = KINDS[kind]
    if door.is_dir():
        shutil.rmtree(door)
    door.parent.mkdir(parents=True, exist_ok=True)
    door.unlink(missing_ok=True)
    make(door)
    gc.collect()  # what other tests have left behind is not counted
    gc.freeze()  # and not searched again at the next door
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with no_hang():
        code, said = ran(*(str(door) if part == "{door}" else part for part in command))
    took = time.process_time() - start
    assert took < MOST_SECONDS + 2 * (command[0] in ("check", "catalogue")), took  # these read the whole library
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MOST_MB
    assert is_same(os.lstat(door).st_mode)
    assert not Path("new.pdf").exists()
    return code, said


def refused(code: int, said: str, door: Path) -> None:
    assert code in (ExitCode.BAD_INPUT, ExitCode.FILE_TROUBLE), (code, said)
    lines = [line for line in said.splitlines() if not line.startswith(("1 problem", "what changed"))]
    assert len(lines) == 1, said
    assert door.name in lines[0] or str(door.parent.name) in lines[0], said


def kinds(*always: str) -> list[Any]:
    return [pytest.param(kind, marks=() if kind in always else pytest.mark.slow) for kind in KINDS]


@pytest.mark.parametrize("kind", kinds("pipe", "endless device"))
def test_nothing_but_a_file_is_read(kind: str) -> None:
    for name, (door, command) in READ.items():
        if name == "find" and kind == "huge file":
            continue
        code, said = go_to(Path(door), kind, command)
        if name == "batch, a program" and kind == "huge file":
            assert (code, "larger than 2 MB" in said) == (ExitCode.PARTLY_MADE, True), said
        else:
            refused(code, said, Path(door))
        Path(door).unlink()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", LIBRARY)
def test_nothing_but_a_file_is_read_of_a_library(name: str, kind: str) -> None:
    door, command = LIBRARY[name]
    if "leaflets" in door and command[0] == "make":
        command = (*command, "--append", "a.pdf")
    if "/es/" in door and command[0] == "make":
        command = (*command, "--language", "es")
    code, said = go_to(Path(door), kind, command)
    refused(code, said.replace("--append: 'a' is not a PDF", "a.pdf"), Path(door))


@pytest.mark.parametrize("name", ["rules.yaml", "languages/xx.yaml", "reviews/own.yaml"])
def test_check_finds_what_is_no_file_in_a_library(name: str) -> None:
    refused(*go_to(Path("own") / name, "pipe", ("check", "own")), Path("own") / name)


@pytest.mark.slow
@pytest.mark.parametrize("kind", kinds("pipe", "empty device"))
def test_nothing_but_a_file_is_written_over(kind: str) -> None:
    for name, (door, command) in WRITE.items():
        if kind == "huge file" and ("--force" in command or "--resume" in command or "several" in name):
            continue  # a file that may be written over
        code, said = go_to(Path(door), kind, command)
        if name in ONE_ROW:
            assert (code, "is no file but a pipe or a device" in said) == (ExitCode.PARTLY_MADE, True), said
        else:
            refused(code, said, Path(door))
        Path(door).unlink()


def test_what_a_link_in_a_library_leads_to_is_checked(tmp_path: Path) -> None:
    packet = facts.packets()["low-back-starter"] | {"sources": ["nowhere"]}
    Path("own/packets").mkdir()
    Path("own/packets/own.yaml").symlink_to(write(tmp_path / "elsewhere.yaml", packet))
    assert ran("check", "own")[0] == ExitCode.BAD_INPUT


def test_a_pipe_among_handouts_is_named_and_left_alone() -> None:
    code, said = go_to(Path("old.pdf"), "pipe", ("find", "Ana", "."))
    assert code == 0
    assert "not read: old.pdf: is no file but a pipe or a device" in said
    refuse = ("make", "--patient", "Ana", "--exercise", "partial-curl", "--condition", "osteoporosis", "-o", "./")
    assert go_to(Path("Ana-2026-11-20.pdf"), "pipe", refuse)[0] == ExitCode.REFUSED


@pytest.mark.parametrize(
    "command",
    [("make", "-"), ("screen", "-"), ("check", "-"), ("batch", "-"), (*ANA, "--password-file", "-", "-o", "x.pdf")],
)
@pytest.mark.parametrize("stream", ["silent", "endless", "closed"])
def test_standard_input_is_read_in_bounds(
    stream: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.input_files.SILENCE_S", 0.2)
    (silent, never), endless = os.pipe(), os.open("/dev/zero", os.O_RDONLY)
    handle = {"silent": silent, "endless": endless}.get(stream)
    stdin = None if handle is None else os.fdopen(handle, closefd=False)
    monkeypatch.setattr("sys.stdin", stdin)
    with no_hang():
        code, said = ran(*command)
    for handle in (silent, never, endless):
        os.close(handle)
    assert code in (ExitCode.BAD_INPUT, ExitCode.FILE_TROUBLE), said
    assert len(said.splitlines()) in (1, 2), said


@pytest.mark.slow
def test_a_silent_standard_input_ends_by_itself(tmp_path: Path) -> None:
    line = f"sleep 60 | {sys.executable} {ROOT / 'cli.py'} make -; echo ${{PIPESTATUS[1]}}; kill %1"
    started = subprocess.Popen(["bash", "-c", line], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline().strip() == str(int(ExitCode.FILE_TROUBLE))
    started.kill()
