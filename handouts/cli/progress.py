"""The progress of long work: one line on standard error that is written over and over; nothing without a terminal."""

from __future__ import annotations

import sys
import time

_BAR = 24
_EVERY_S = 0.1


class Progress:
    """How far a run is, how fast, and how long it will still take."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total, self._done, self._shown = total, 0, 0.0
        self._start = time.monotonic()
        self._on = total > 0 and not quiet and sys.stderr.isatty()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if self._on and (now - self._shown > _EVERY_S or self._done == self._total):
            self._shown = now
            sys.stderr.write(f"\r{self.line(now)}\x1b[K")
            sys.stderr.flush()

    def line(self, now: float) -> str:
        """The line as it stands at a moment of the monotonic clock."""
        rate = self._done / max(now - self._start, 1e-6)
        filled = _BAR * self._done // self._total
        left = int((self._total - self._done) / rate) if rate else 0
        clock = (
            f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}" if left >= 3600 else f"{left // 60}:{left % 60:02}"
        )
        return f"[{'#' * filled}{'.' * (_BAR - filled)}] {self._done}/{self._total}  {rate:.1f} a second  {clock} left"

    def end(self) -> float:
        """Clear the line; returns the seconds it took."""
        if self._on:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        return time.monotonic() - self._start
