"""Objects packed in rows: every reader finds each again, however many there are and however long they are."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.tagging.alike import Alike, as_differences
from handouts.pdf.tagging.pdffile import PdfFile
from handouts.pdf.tagging.predicting import NONE, UP, predicted


def unfiltered(rows: bytes, width: int) -> bytes:
    """As a reader of PNG's filters does it, byte by byte."""
    found, above = b"", bytes(width - 1)
    for start in range(0, len(rows), width):
        kind, row = rows[start], rows[start + 1 : start + width]
        above = row if kind == NONE else bytes((a + b) % 256 for a, b in zip(row, above, strict=True))
        found += above
    return found


@given(st.lists(st.tuples(st.sampled_from([NONE, UP]), st.binary(min_size=4, max_size=4)), min_size=1, max_size=20))
def test_filtered_rows_are_read_back(rows: list[tuple[int, bytes]]) -> None:
    data = b"".join(bytes((kind,)) + row for kind, row in rows)
    told = predicted(data, 5, bytes(5))
    assert told[::5] == data[::5]
    assert unfiltered(told, 5) == b"".join(row for _, row in rows)


def document(bodies: list[str], before: int = 0) -> tuple[bytes, list[int]]:
    """A file of these objects, after so many others; their numbers."""
    file = PdfFile()
    pages = file.add("<</Type/Pages/Count 0/Kids[]>>")
    for _ in range(before):
        file.add("null")
    numbers = [file.reserve() for _ in bodies]
    file.add_alike(list(zip(numbers, bodies, strict=True)))
    file.add_alike([(file.reserve(), "[1]")])
    root = file.add(f"<</Type/Catalog/Pages {pages} 0 R/Held[{' '.join(f'{number} 0 R' for number in numbers)}]>>")
    return file.finish(root, file.add("<<>>")), numbers


@pytest.mark.parametrize("before", [0, 99_000])
def test_objects_of_every_length_are_read_back(before: int) -> None:
    bodies = [f"({'x' * (number % 130)}{number})" for number in range(2500)]
    data, numbers = document(bodies, before)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [f"({held})" for held in pdf.Root.Held] == bodies
    reader = pypdf.PdfReader(BytesIO(data))
    for index in (0, 1, 57, 58, 59, 60, 61, 117, 118, 119, 120, 999, 1000, 2499):
        assert f"({reader.get_object(numbers[index])})" == bodies[index]


def test_objects_that_differ_in_digits_take_few_bytes() -> None:
    alike = Alike()
    alike.add((number, f"<</S/P/P {2 * number} 0 R/Pg 7 0 R/K {number}>>") for number in range(1000, 2000))
    assert len(zlib.compress(as_differences(alike.take().rows))) < 1600
    assert len(alike) == 0
