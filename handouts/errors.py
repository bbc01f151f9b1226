"""Exit codes and the family of errors. Knows nothing of exercises, pages or terminals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

MOST_SHOWN = 600
"""Characters of a message, a hint or a path that are shown."""


class ExitCode(IntEnum):
    """What the process returns: a stable interface for scripts."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    BAD_INPUT = 3
    REFUSED = 4
    FILE_TROUBLE = 5
    PARTLY_MADE = 6


class AtTerminal(str):
    """Words for a terminal, such as what to type there or in a file.

    `on_page` is what a page in the browser, where none of that is done, says in their place; empty where it needs none.
    """

    on_page: str

    def __new__(cls, words: str, on_page: str = "") -> AtTerminal:
        """Both texts; only the first is seen where nobody asks for the other."""
        made = super().__new__(cls, words)
        made.on_page = on_page
        return made


def on_page(words: str) -> str:
    """What a page in the browser says in the place of `words`."""
    return words.on_page if isinstance(words, AtTerminal) else words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what to do.

    Attributes:
        path: the file, or the command-line option.
        line: from 1; 0 for a whole file or an option.
        column: from 1; 0 for a whole file or an option.
        message: what is wrong.
        hint: what to do about it, where that is known.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str | None = None

    def __lt__(self, other: Problem) -> bool:
        """In the order of their places; one without a hint before one with."""
        return self._in_order < other._in_order

    @property
    def _in_order(self) -> tuple[str, int, int, str, str]:
        return self.path, self.line, self.column, self.message, self.hint or ""

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"

    @property
    def place(self) -> str:
        """Where: `file:line:column`, or the file or the option alone."""
        path = visible(self.path)
        return f"{path}:{self.line}:{self.column}" if self.line else path

    @property
    def words(self) -> str:
        """What is wrong and what to do, without the place; a page in the browser may say it otherwise (`on_page`)."""
        hint = self.hint or ""
        return AtTerminal(self._with(hint), self._with(on_page(hint)))

    def _with(self, hint: str) -> str:
        return visible(self.message) + (f" ({visible(hint)})" if hint else "")


def visible(text: str) -> str:
    """A text from a file or an option, made safe to show: one line of limited length.

    Control characters, direction marks and invisible characters, which could act on a terminal, are written as escapes.
    """
    if len(text) > MOST_SHOWN:
        text = f"{text[: MOST_SHOWN - 80]} … {text[-70:]}"
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


class HandoutError(Exception):
    """An error that a user can act on; each kind maps to one exit code."""

    exit_code = ExitCode.FAULT

    def record(self) -> dict[str, Any]:
        """What `--json` says of it besides its lines."""
        return {}


class BadInput(HandoutError):
    """Content, a program, a roster or an option is not right; carries every problem found."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def words(self) -> str:
        """Every problem without its place, in one line."""
        words = [one.words for one in self.problems]
        return AtTerminal("; ".join(words), "; ".join(map(on_page, words)))


def bad_input(where: object, message: str, hint: str | None = None) -> BadInput:
    """One problem with a whole file or an option."""
    return BadInput([Problem(str(where), 0, 0, message, hint)])


class FileTrouble(HandoutError):
    """A file or a printer could not be read or written."""

    exit_code = ExitCode.FILE_TROUBLE

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{visible(path)}: {visible(reason)}")


@contextmanager
def file_trouble(path: Path | str) -> Iterator[None]:
    """Whatever the operating system reports inside the block, as FileTrouble about `path`."""
    try:
        yield
    except OSError as error:
        raise FileTrouble(str(path), reason_of(error)) from error


def reason_of(trouble: OSError) -> str:
    """Why a file could not be read or written, in plain words."""
    plain = {
        FileNotFoundError: "there is no such file",
        PermissionError: "you may not read or write it",
        IsADirectoryError: "is a folder",
    }
    return plain.get(type(trouble), (trouble.strerror or str(trouble)).lower())
