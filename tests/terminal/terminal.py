"""A pseudo-terminal with a program in it: keys go in, and what stands on its screen comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

PATIENCE_S = 60.0
WHERE = "\x1b[6n"
"""The question where the cursor is."""
_TOKEN = re.compile(
    r"\x1b\[([?>]?)([0-9;]*)([A-Za-z])|\x1b\][^\x07]*\x07|\x1b[()].|\x1b.|([\r\n\x08\x07])|([^\x1b])", re.S
)

_BEGUN = re.compile(r"\x1b(\[[?>]?[0-9;]*)?\Z")
"""A sequence whose end has not come yet."""


class Screen:
    """As much of a terminal as line editors use: the cursor, erasing, scrolling. Colours are only remembered."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.lines = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.scrolled: list[str] = []
        self.coloured = False

    def feed(self, text: str) -> None:
        for match in _TOKEN.finditer(text):
            _, numbers, final, control, sign = match.groups()
            if final:
                self._sequence([int(part or 0) for part in numbers.split(";")], final)
            elif control:
                self._control(control)
            elif sign and sign >= " ":
                self._put(sign)

    def shown(self) -> str:
        return "\n".join("".join(line).rstrip() for line in self.lines).rstrip()

    def everything(self) -> str:
        """The screen with what has scrolled away above it."""
        return "\n".join([*self.scrolled, self.shown()])

    def _put(self, sign: str) -> None:
        if self.column == self.columns:
            self._control("\r")
            self._control("\n")
        self.lines[self.row][self.column] = sign
        self.column += 1

    def _control(self, control: str) -> None:
        if control == "\r":
            self.column = 0
        elif control == "\x08":
            self.column = max(0, self.column - 1)
        elif control == "\n" and self.row + 1 < self.rows:
            self.row += 1
        elif control == "\n":
            self.scrolled.append("".join(self.lines.pop(0)).rstrip())
            self.lines.append([" "] * self.columns)

    def _sequence(self, numbers: list[int], final: str) -> None:
        count = max(numbers[0], 1)
        match final:
            case "A":
                self.row = max(0, self.row - count)
            case "B":
                self.row = min(self.rows - 1, self.row + count)
            case "C":
                self.column = min(self.columns - 1, self.column + count)
            case "D":
                self.column = max(0, min(self.column, self.columns - 1) - count)
            case "G":
                self.column = count - 1
            case "H":
                self.row, self.column = count - 1, (max(numbers[1], 1) if len(numbers) > 1 else 1) - 1
            case "K":
                self.lines[self.row][self.column :] = [" "] * (self.columns - self.column)
            case "J":
                below = self.row + 1 if numbers[0] == 0 else 0
                self._sequence([0], "K")
                for row in range(below, self.rows):
                    self.lines[row] = [" "] * self.columns
            case "m":
                self.coloured |= any(30 <= number <= 49 or 90 <= number <= 107 for number in numbers)


class Terminal:
    """A program in a terminal of 80 × 24. Use as a context: leaving it ends the program."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], *, cwd: str, rows: int = 24, columns: int = 80
    ) -> None:
        self.screen = Screen(rows, columns)
        self.code: int | None = None
        self._tail = b""
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(cwd)
            os.execvpe(command[0], list(command), dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_trouble: object) -> None:
        if self.code is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._fd)

    def type(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def wait_for(self, text: str) -> str:
        """The screen as soon as `text` stands on it; fails when that takes too long."""
        ends = time.monotonic() + PATIENCE_S
        while text not in self.screen.shown():
            if not self._take(ends):
                raise AssertionError(f"{text!r} never came:\n{self.screen.everything()}")
        return self.screen.shown()

    def end(self) -> int:
        """The program's exit code, once it has ended by itself."""
        ends = time.monotonic() + PATIENCE_S
        while self._take(ends):
            pass
        done, status = os.waitpid(self._pid, os.WNOHANG if time.monotonic() > ends else 0)
        assert done, f"still running:\n{self.screen.everything()}"
        self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def _take(self, ends: float) -> bool:
        """Feeds the screen with what has come; False when nothing will."""
        if not select.select([self._fd], [], [], max(0.0, ends - time.monotonic()))[0]:
            return False
        try:
            content = os.read(self._fd, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            return False
        self._tail += content
        text = self._tail.decode("utf-8", "ignore")
        if begun := _BEGUN.search(text):
            text = text[: begun.start()]
        self._tail = self._tail[len(text.encode()) :]
        for piece in re.split(r"(\x1b\[6n)", text):
            if piece == WHERE:
                self.type(f"\x1b[{self.screen.row + 1};{self.screen.column + 1}R")
            else:
                self.screen.feed(piece)
        return bool(content)
