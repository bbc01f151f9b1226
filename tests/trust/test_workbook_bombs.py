"""Workbooks made to choke their reader, which keeps a hundred bytes of each tag: answered as every other bomb is."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.trust.limits import Ended, ended
from tests.trust.test_bombs import held, plain, quick

__all__ = ["plain"]


def workbook(part: str, begin: bytes, more: bytes) -> bytes:
    """A workbook with `more` after the place in one of its parts that `begin` ends."""
    book, whole = pytest.importorskip("openpyxl").Workbook(), BytesIO()
    for row in (("name", "exercises"), ("Ana", "bridge")):
        book.active.append(row)
    book.save(whole)
    bomb = BytesIO()
    with ZipFile(whole) as old, ZipFile(bomb, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            assert name != part or begin in data
            new.writestr(name, data.replace(begin, begin + more, 1) if name == part else data)
    return bomb.getvalue()


SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
ATTRIBUTES = b"<c " + b" ".join(b'a%d=""' % number for number in range(90_000)) + b"/>"
WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "cells": lambda: workbook(SHEET, b"<sheetData>", b"<row>" + b"<c/>" * 12_000_000 + b"</row>"),
    "most cells": lambda: workbook(SHEET, b"<sheetData>", b"<row>" + b"<c/>" * 490_000 + b"</row>"),
    "most rows": lambda: workbook(SHEET, b"<sheetData>", b"<row/>" * 490_000),
    "deep": lambda: workbook(SHEET, b"<sheetData>", b"<row>" * 9_000_000),
    "attributes": lambda: workbook(SHEET, b"<sheetData>", b"<row " + ATTRIBUTES[3:-2] * 30 + b"/>"),
    "most attributes": lambda: workbook(SHEET, b"<sheetData>", b"<row>" + ATTRIBUTES * 5 + b"</row>"),
    "styles": lambda: workbook(STYLES, b'<cellXfs count="1">', b"<xf/>" * 8_000_000),
    "most styles": lambda: workbook(STYLES, b'<cellXfs count="1">', b"<xf/>" * 19_000),
    "many attributes": lambda: workbook(SHEET, b"<sheetData>", b"<row>" + ATTRIBUTES * 45 + b"</row>"),
    "sheets": lambda: workbook(BOOK, b"<sheets>", b'<sheet name="a" sheetId="9"/>' * 9_000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", quick(WORKBOOKS, "cells", "most cells"))
def test_workbook(name: str, tmp_path: Path, plain: Ended) -> None:
    (tmp_path / "x.xlsx").write_bytes(WORKBOOKS[name]())
    found = ended("batch", "x.xlsx", "-o", "out", "-q", cwd=tmp_path)
    held(found, plain, 0, 3)
