"""Links to places of the same document: tagged as any link, and leading where they say."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import page
import pikepdf
import pytest

from handouts.pdf.canvas import TaggedCanvas
from handouts.pdf.tagging_errors import MisplacedTag, MissingWords
from tests.walker import walk

INK = (0.0, 0.0, 0.0)
BOX = (20.0, 95.0, 60.0, 14.0)


def blank() -> TaggedCanvas:
    return TaggedCanvas(None, (200, 200), title="Contents", lang="en", date=dt.date(2026, 11, 22))


def test_a_link_leads_to_a_place_on_a_later_page():
    canvas = blank()
    with canvas.tag("P"), canvas.tag("Link"):
        canvas.draw_text(20, 100, "Knee", "regular", 12, INK)
        canvas.link_within("knee", "Knee, 2", BOX)
    canvas.showPage()
    canvas.translate(0, 50)
    canvas.mark_place("knee", 100)
    with canvas.tag("H1"):
        canvas.draw_text(20, 90, "Knee", "bold", 20, INK)
    canvas.showPage()
    made = canvas.finish()
    assert page.validate_pdf_bytes(made).is_compliant
    assert walk(made).problems == []
    with pikepdf.open(BytesIO(made)) as pdf:
        (link,) = pdf.pages[0].Annots
        aim = pdf.Root.Dests[str(link.Dest)]
        assert (str(link.Contents), aim[0].objgen, float(aim[3])) == ("Knee, 2", pdf.pages[1].objgen, 150)


def test_a_link_belongs_to_a_link_element():
    canvas = blank()
    with pytest.raises(MisplacedTag), canvas.tag("P"):
        canvas.link_within("knee", "Knee", BOX)


def test_a_link_has_words():
    canvas = blank()
    with pytest.raises(MissingWords), canvas.tag("P"), canvas.tag("Link"):
        canvas.link_within("knee", " ", BOX)
