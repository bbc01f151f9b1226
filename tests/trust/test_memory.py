"""A worker makes thousands of handouts: what one leaves behind in memory is a few words of its patient.

Measured in a process of its own, so that no other test has filled anything before it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LEFT = 20_000
"""Bytes a handout may leave behind: half of what a page takes."""

MEASURE = """
import datetime as dt, gc, tracemalloc
from handouts import open_library, render
from handouts.prescription import ProgramFields, build_program

library = open_library()

def make(number):
    fields = ProgramFields(
        patient=f"Patient {number:04d}",
        goal=f"Walk {number} blocks",
        clinic="palm-wellness",
        exercise=("bridge", "knee-to-chest 2x10 left", "pelvic-tilt"),
    )
    render(build_program(fields, library, date=dt.date(2026, 11, 22)), library)

for number in range(30):
    make(number)
tracemalloc.start()
make(30)
gc.collect()
before = tracemalloc.get_traced_memory()[0]
for number in range(31, 51):
    make(number)
gc.collect()
print((tracemalloc.get_traced_memory()[0] - before) // 20)
"""


@pytest.mark.slow
def test_a_handout_leaves_only_words_behind():
    ran = subprocess.run([sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(ran.stdout) < MOST_LEFT
