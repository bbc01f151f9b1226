"""The caches change nothing but the time: same bytes cold, warm and without, whatever happened to the files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handouts import caching
from handouts.caching import code_stamp, files_stamp, keep, kept
from handouts.library import Library, read_library
from handouts.library.yaml_source import read_content, read_yaml
from handouts.resources import content_folder

ROOT = Path(__file__).parent.parent
NAME = "Zebediah Quillfeather"
MAKE = ("make", "--patient", NAME, "--condition", "glaucoma", "--date", "2026-11-22",
        "--exercise", "bridge", "--exercise", "knee-to-chest 2x10 left", "--language", "es")  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("HANDOUTS_CACHE_DIR", str(folder))
    monkeypatch.delenv("HANDOUTS_NO_CACHE", raising=False)
    caching._make_room.cache_clear()
    return folder


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def made(folder: Path, *options: str, **environment: str) -> bytes:
    """The handout as a process of its own makes it, in an environment with nothing else in it."""
    target = folder / f"made-{time.monotonic_ns()}.pdf"
    kept_over = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    command = [sys.executable, str(ROOT / "cli.py"), *MAKE, *options, "-q", "-o", str(target)]
    subprocess.run(command, check=True, env=kept_over | environment, cwd=folder, capture_output=True)
    return target.read_bytes()


# The store


def test_what_is_kept_is_found_by_its_kind_and_key(cache):
    keep("figures", "a", b"one")
    keep("lists", "a", b"two")
    assert (kept("figures", "a"), kept("lists", "a"), kept("figures", "b")) == (b"one", b"two", None)
    keep("figures", "a", b"three")
    assert kept("figures", "a") == b"three"
    assert len(files(cache)) == 2


@pytest.mark.parametrize("damage", [
    lambda whole: whole[:0],
    lambda whole: whole[:-1],
    lambda whole: whole + b"x",
    lambda whole: whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:],
    lambda whole: whole.replace(b"cache 1", b"cache 2"),
])  # fmt: skip
def test_a_damaged_file_counts_as_none(cache, damage):
    keep("figures", "a", b"operators")
    (path,) = files(cache)
    path.write_bytes(damage(path.read_bytes()))
    assert kept("figures", "a") is None


def test_a_file_under_another_key_counts_as_none(cache):
    keep("figures", "left knee", b"left")
    keep("figures", "right knee", b"right")
    left, right = (caching._place(cache, "figures", key) for key in ("left knee", "right knee"))
    shutil.copy(left, right)
    assert kept("figures", "right knee") is None


@pytest.mark.usefixtures("cache")
def test_turned_off_nothing_is_kept_or_found(monkeypatch):
    keep("figures", "a", b"one")
    monkeypatch.setenv("HANDOUTS_NO_CACHE", "1")
    assert kept("figures", "a") is None
    keep("figures", "b", b"two")
    monkeypatch.setenv("HANDOUTS_NO_CACHE", "0")
    assert (kept("figures", "a"), kept("figures", "b")) == (b"one", None)


def test_a_folder_that_cannot_be_made_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("HANDOUTS_CACHE_DIR", str(tmp_path / "file" / "cache"))
    keep("figures", "a", b"one")
    assert kept("figures", "a") is None


def test_the_older_half_goes_when_there_are_too_many(cache, monkeypatch):
    monkeypatch.setattr(caching, "_MOST_FILES", 3)
    for number in range(4):
        keep("figures", str(number), b"data")
        path = caching._place(cache, "figures", str(number))
        os.utime(path, ns=(number * 10**9, number * 10**9))
    caching._make_room.cache_clear()
    keep("figures", "new", b"data")
    assert [kept("figures", key) for key in ("0", "1", "2", "3", "new")] == [None, None, b"data", b"data", b"data"]


def test_the_users_own_folder_is_where_the_machine_has_it(monkeypatch, tmp_path):
    for name in ("HANDOUTS_CACHE_DIR", "HANDOUTS_NO_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for platform, variable, below in (
        ("linux", None, ".cache/handouts"), ("linux", "XDG_CACHE_HOME", "x/handouts"),
        ("darwin", None, "Library/Caches/handouts"), ("win32", "LOCALAPPDATA", "x/handouts"),
    ):  # fmt: skip
        monkeypatch.setattr(sys, "platform", platform)
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            monkeypatch.delenv(name, raising=False)
        if variable:
            monkeypatch.setenv(variable, str(tmp_path / "x"))
        assert caching._folder() == tmp_path / below


# Stamps


def settled(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1_700_000_000 * 10**9,) * 2)
    return path


def test_a_stamp_changes_with_the_file_even_at_the_same_size_and_time(tmp_path):
    path = settled(tmp_path / "a.yaml", "side: left")
    first = files_stamp([path])
    assert first == files_stamp([path])
    assert first is not None
    time.sleep(0.02)
    settled(path, "side: both")
    assert files_stamp([path]) != first


def test_what_was_just_written_or_is_not_there_has_no_stamp(tmp_path):
    path = tmp_path / "a.yaml"
    assert files_stamp([path]) is None
    path.write_text("a: 1")
    assert files_stamp([path]) is None


def test_code_that_changed_after_the_process_began_has_no_stamp(monkeypatch):
    assert code_stamp("figure") != code_stamp("library")
    code_stamp.cache_clear()
    monkeypatch.setattr(caching, "_BEGAN_NS", 0)
    assert code_stamp("figure") is None
    code_stamp.cache_clear()


# Content


@pytest.mark.usefixtures("cache")
def test_a_kept_document_has_the_same_data_and_places(tmp_path):
    path = settled(tmp_path / "a.yaml", "steps:\n- Lie down.\n- {dose: 2x10, hold: 1.5, ok: true, no: null}\n")
    fresh, first, again = read_yaml(path), read_content(path), read_content(path)
    assert fresh.data == first.data == again.data
    for where in ((), ("steps",), ("steps", 1, "hold"), ("nowhere",)):
        assert fresh.place(where) == again.place(where)
        assert fresh.locate(where, key=True) == again.locate(where, key=True)


@pytest.mark.usefixtures("cache")
def test_a_changed_file_is_read_again(tmp_path):
    path = settled(tmp_path / "a.yaml", "dose: 2x10")
    read_content(path)
    time.sleep(0.02)
    assert read_content(settled(path, "dose: 3x10")).data == {"dose": "3x10"}


def everything(library: Library) -> tuple[object, ...]:
    return (
        library.conditions, library.movements, library.rules, library.sources, library.warnings, library.exercises(),
        library.emergency_numbers, library.read_all(library.packet, library.packets),
        library.read_all(library.clinic, library.clinics),
    )  # fmt: skip


def test_the_whole_library_is_the_same_from_the_cache(cache):
    first, again = (everything(read_library([content_folder()])) for _ in range(2))
    assert files(cache)
    assert first == again


@pytest.mark.usefixtures("cache")
def test_a_kept_list_still_tells_where_its_items_stand():
    first, again = (read_library([content_folder()]) for _ in range(2))
    rule = first.rules[5].id
    assert again.rules[5].id == rule
    (document, where), (other, same) = first.origin("rules", rule), again.origin("rules", rule)
    assert where == same
    assert document.locate(where) == other.locate(where)
    assert first.english("rules", rule) == again.english("rules", rule)


# The whole way


def test_the_same_bytes_cold_warm_and_without_a_cache(tmp_path):
    cache = tmp_path / "cache"
    without = made(tmp_path, "--no-cache", HANDOUTS_CACHE_DIR=str(cache))
    assert not cache.exists()
    cold = made(tmp_path, HANDOUTS_CACHE_DIR=str(cache))
    assert {path.parent.name for path in files(cache)} >= {"figures", "lists", "yaml"}
    warm = made(tmp_path, HANDOUTS_CACHE_DIR=str(cache))
    assert without == cold == warm
    assert not any(word.encode() in path.read_bytes() for path in files(cache) for word in NAME.split())
    for path in files(cache):
        path.write_bytes(path.read_bytes()[:-1])
    assert made(tmp_path, HANDOUTS_CACHE_DIR=str(cache)) == without


def test_it_works_without_a_home_and_with_two_at_once(tmp_path):
    homeless = made(tmp_path, HOME="", XDG_CACHE_HOME="/dev/null/none")
    cache = {"HANDOUTS_CACHE_DIR": str(tmp_path / "cache")}
    target = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    command = [sys.executable, str(ROOT / "cli.py"), *MAKE, "-q", "-o"]
    both = [subprocess.Popen([*command, str(path)], env=os.environ | cache, stdout=subprocess.PIPE) for path in target]
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        process.communicate()
    assert target[0].read_bytes() == target[1].read_bytes() == homeless
    assert not [path for path in files(tmp_path / "cache") if "." in path.name], "nothing half-written is left"


def test_a_configuration_can_turn_it_off(tmp_path):
    (tmp_path / "config.yaml").write_text("no-cache: true\n")
    cache = tmp_path / "cache"
    made(tmp_path, "--config", str(tmp_path / "config.yaml"), HANDOUTS_CACHE_DIR=str(cache))
    assert not cache.exists()
