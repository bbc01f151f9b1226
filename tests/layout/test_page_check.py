"""The page checks: silent on every packet, and each seen to catch the fault that it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from handouts.branding import palette
from handouts.compose.handout import Handout, SafetyGroup, SafetyItem
from handouts.compose.text import plain
from handouts.layout.blocks import Pen
from handouts.layout.page_check import signs_under_two_actions
from handouts.layout.page_planner import Page
from handouts.layout.page_record import RecordingCanvas
from handouts.layout.theme import Theme
from handouts.library import read_library
from handouts.model import Clinic, Layout
from handouts.proofreading import clinic_problems
from handouts.resources import content_folder
from tests.layout.packets import PACKETS, laid_out
from tests.layout.page_rules import filled, page_problems

LANGUAGES, PAPERS = ("en", "es"), ("letter", "a4")
KINDS = {"normal": {}, "large": {"large_print": True}, "ink": {"ink_saver": True}}
RED = (0.6, 0.1, 0.1)
Drawing = Callable[[Pen], None]


@pytest.mark.parametrize("kind", KINDS)
def test_a_packet_has_no_problem(kind):
    assert page_problems(laid_out("low-back-starter", clinic="palm-wellness", **KINDS[kind])) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("packet", PACKETS)
def test_no_packet_has_a_problem(packet, language, paper, kind):
    assert page_problems(laid_out(packet, language=language, paper=paper, **KINDS[kind])) == []


@dataclass
class Drawn:
    """Pages that are drawn by hand, of a real handout."""

    drawings: list[Drawing]
    large: bool = False
    handout: Handout = field(default_factory=lambda: laid_out("low-back-starter").handout)
    sections: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.theme = Theme(palette(Clinic(id="")), Layout(large_print=self.large))
        self.page_count = len(self.drawings)
        sections = self.sections or ("", *["cards"] * (self.page_count - 1))
        self.pages = [Page((), section) for section in sections]

    def draw(self, canvas: RecordingCanvas) -> None:
        for draw in self.drawings:
            draw(Pen(canvas, self.theme, self.theme.height))
            canvas.showPage()


def text(words: str, x: float = 100, y: float = 300, **how: object) -> Drawing:
    return lambda pen: pen.tagged("P", x, y, plain(words), **how) and None


def both(*drawings: Drawing) -> Drawing:
    def draw(pen: Pen) -> None:
        for one in drawings:
            one(pen)

    return draw


def rect(x: float, y: float, width: float, height: float) -> Drawing:
    return lambda pen: pen.rect(x, y, width, height, stroke=RED)


def running(words: str, size: float) -> Drawing:
    def draw(pen: Pen) -> None:
        with pen.canvas.artifact("Footer"):
            pen.text(100, 740, plain(words), "run", size=size)

    return draw


SOUND = text("Lift your leg.", y=500)
FAULTS: dict[str, tuple[Drawing, str | None]] = {
    "sound": (SOUND, None),
    "text over text": (both(SOUND, text("Lower it.", x=120, y=502)), "“Lift your leg.” is printed over “Lower it.”"),
    "a descender into the next line": (
        both(text("Try"), text("Up", y=309)),
        "“Try” is printed over “Up”",
    ),
    "one line below the other": (both(text("Try"), text("Up", y=300 + 14.8)), None),
    "text in the margin": (text("Lift", x=30), "“Lift” is outside the margin of 36 points"),
    "text that runs out of the page": (text("Lift your leg", x=590), "“Lift your leg” is outside the margin"),
    "text under the foot": (text("Lift", y=760), "“Lift” is outside the margin"),
    "a box in the margin": (both(SOUND, rect(30, 100, 50, 50)), "a shape or picture is outside the margin"),
    "a rule through a text": (
        both(SOUND, lambda pen: pen.line(60, 504, 300, 504, RED)),
        "“Lift your leg.” is crossed by a rule or the edge of a box",
    ),
    "a rule under a text": (both(SOUND, lambda pen: pen.line(60, 512, 300, 512, RED)), None),
    "a rule beside a text": (both(SOUND, lambda pen: pen.line(99, 400, 99, 600, RED)), None),
    "the edge of a box through a text": (both(SOUND, rect(110, 450, 200, 100)), "crossed by a rule or the edge"),
    "text within a box": (both(SOUND, rect(90, 450, 200, 100)), None),
    "a sign over a text": (both(SOUND, lambda pen: pen.disc(120, 504, 3, fill=RED)), "crossed by a rule or the edge"),
    "a word that is cut": (text("Straight leg…"), "“Straight leg…” is cut"),
    "a long line": (text("Lift your leg and lower it. " * 3, x=40), "a line of 83 characters"),
    "small type": (text("Lift your leg.", style="run"), "“Lift your leg.” has 10 points; 12 at least"),
    "a small running line": (both(SOUND, running("Page 1 of 2", 10)), None),
    "a running line that is too small": (both(SOUND, running("Page 1 of 2", 9)), "“Page 1 of 2” has 9 points; 10"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_page_is_told(fault):
    draw, told = FAULTS[fault]
    problems = page_problems(Drawn([draw]))
    assert [problem for problem in problems if "page 1: " in problem and (told or "") in problem] == problems
    assert len(problems) == (told is not None)


def test_large_print_has_18_points_at_least():
    told = page_problems(Drawn([both(text("Lift your leg.", size=17), running("Page 1 of 2", 17))], large=True))
    assert told == [f"page 1: “{words}” has 17 points; 18 at least" for words in ("Lift your leg.", "Page 1 of 2")]


def test_a_picture_under_a_text_is_told():
    def draw(pen: Pen) -> None:
        pen.canvas.draw_bitmap(None, 90, pen.height - 520, 100, 100)
        SOUND(pen)

    (told,) = page_problems(Drawn([draw]))
    assert told.startswith("page 1: “Lift your leg.” stands on a picture")


def test_a_page_that_is_half_empty_though_its_section_goes_on_is_told():
    half, full = text("Lift", y=250), text("Lift", y=600)
    assert page_problems(Drawn([full, half, full], sections=("", "cards", ""))) == [
        "page 2: 29% full, and what it tells goes on overleaf"
    ]
    assert page_problems(Drawn([full, full, half], sections=("", "cards", ""))) == []
    assert page_problems(Drawn([full, half, full], sections=("", "cards", "log"))) == []


def test_a_page_for_a_few_lines_is_told():
    assert page_problems(Drawn([SOUND, text("Lift", y=100)])) == ["page 2: nearly empty: 7% full"]


def test_an_empty_page_is_empty():
    drawn = Drawn([SOUND])
    canvas = RecordingCanvas(drawn.theme.page_size)
    drawn.draw(canvas)
    assert filled(replace(canvas.pages[0], texts=[]), drawn.theme) == 0.0


def test_a_missing_phone_is_told():
    handout = laid_out("low-back-starter", clinic="palm-wellness").handout
    assert "page 1: the clinic's phone is missing" in page_problems(Drawn([SOUND], handout=handout))


def with_sign(words: str, action: str) -> Handout:
    """The handout with one sign more under an action."""
    handout = laid_out("low-back-starter").handout
    added = SafetyGroup(title=(), items=(SafetyItem(id="added", text=plain(words)),))
    sections = [
        replace(section, groups=(*section.groups, added)) if section.action == action else section
        for section in handout.safety
    ]
    return replace(handout, safety=tuple(sections))


def test_a_sign_told_twice_on_a_page_is_told():
    handout = with_sign("You have a purple toe.", "stop-and-call")
    twice = both(text("A purple toe", y=500), text("You have a purple toe.", y=550))
    assert page_problems(Drawn([twice], handout=handout)) == ["page 1: the sign “purple toe” stands here 2 times"]
    assert page_problems(Drawn([both(SOUND, text("Lift your leg.", y=550))], handout=handout)) == []


def test_a_sign_under_two_actions_is_told():
    sign = laid_out("low-back-starter").handout.safety[0].groups[0].items[0].text
    words = "".join(piece.text for piece in sign)
    (told,) = signs_under_two_actions(with_sign(words, "stop-and-call"))
    assert told.endswith("stands under call-911 and stop-and-call")
    assert list(signs_under_two_actions(laid_out("low-back-starter").handout)) == []


def test_text_without_a_tag_is_a_fault_of_the_program():
    with pytest.raises(Exception, match="outside"):
        page_problems(Drawn([lambda pen: pen.text(100, 100, plain("Lift")) and None]))


def test_a_clinic_is_judged_on_its_pages_in_every_print(tmp_path, monkeypatch):
    (tmp_path / "clinics").mkdir()
    phones = {"one": "(813) 443-5370", "many": "(813) 443-5370, nights (813) 443-5371"}
    for name, phone in phones.items():
        (tmp_path / "clinics" / f"{name}.yaml").write_text(f"name: Palm Wellness Center\nphone: {phone}\n")
    own = read_library([content_folder(), tmp_path])
    assert [clinic_problems(own.clinic(name), own) for name in phones] == [(), ()]
    monkeypatch.setattr("handouts.layout.page_check.LEAST_LARGE_TYPE_PT", 19.0)
    assert clinic_problems(own.clinic("one"), own) != ()
