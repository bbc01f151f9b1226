"""Exit codes and the family of errors. Knows nothing of exercises, pages or terminals."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import msgspec


class ExitCode(IntEnum):
    """What the process returns: a stable interface for scripts."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    BAD_INPUT = 3
    REFUSED = 4
    FILE_TROUBLE = 5
    PARTLY_MADE = 6


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing wrong in a file: where it stands, what it is, what to do.

    Lines and columns count from 1; a problem with a whole file, or with a command-line option, has line 0.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class HandoutError(Exception):
    """An error that a user can act on; each kind maps to one exit code."""

    exit_code = ExitCode.FAULT


class BadInput(HandoutError):
    """Content, a program, a roster or an option is not right; carries every problem found."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class FileTrouble(HandoutError):
    """A file or a printer could not be read or written."""

    exit_code = ExitCode.FILE_TROUBLE

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")
