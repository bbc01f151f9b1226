"""A worker makes thousands of handouts: what one leaves behind in memory is a few words of its patient."""

from __future__ import annotations

import datetime as dt
import gc
import tracemalloc

from handouts.library import read_library
from handouts.pdf.tagging import packing
from handouts.prescription import ProgramFields, build_program
from handouts.render import Press, judge
from handouts.resources import content_folder

DATE = dt.date(2026, 11, 22)
MOST_LEFT = 8_000
"""Bytes: name and goal measured, broken, encoded and their places in the memories take 4 KB; a page would take 40."""


def test_a_handout_leaves_only_words_behind(monkeypatch):
    packing._kept.clear()
    monkeypatch.setattr(packing._kept, "most", 16)  # full from the first handout on
    library = read_library([content_folder()])
    press = Press(library)

    def make(number: int) -> None:
        fields = ProgramFields(
            patient=f"Patient {number:04d}",
            goal=f"Walk {number} blocks",
            clinic="palm-wellness",
            exercise=("bridge", "knee-to-chest 2x10 left", "pelvic-tilt"),
        )
        press.make(judge(build_program(fields, library, date=DATE), library))

    for number in range(3):
        make(number)
    tracemalloc.start()
    try:
        make(3)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for number in range(4, 24):
            make(number)
        gc.collect()
        left = (tracemalloc.get_traced_memory()[0] - before) / 20
    finally:
        tracemalloc.stop()
    assert left < MOST_LEFT
