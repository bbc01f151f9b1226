"""Checks of laid-out pages: what overlaps, is cut, is too small, too long, or says one sign twice.

Pure: pages are recorded, not painted, and each fault is a sentence with its page and its words. The rules are those of
the page design; a page that breaks one is a fault of the program or of a text longer than anybody foresaw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import combinations

from handouts.compose.handout import Handout
from handouts.compose.text import Text, wording
from handouts.layout.document import LaidOutHandout
from handouts.layout.line_breaking import MAX_CHARACTERS
from handouts.layout.page_record import Area, PageRecord, PlacedText, RecordingCanvas
from handouts.layout.theme import TOP

LEAST_TYPE_PT, LEAST_LARGE_TYPE_PT, LEAST_RUNNING_TYPE_PT = 12.0, 18.0, 10.0
_SLACK_PT = 0.5
_EDGE_SLACK_PT = 1.0
"""Half of a frame's line may stand in the margin."""
_PICTURE_SLACK_PT = 1.5
"""Drawings have some air within their edges."""
_SHOWN = 40
"""So many characters of a text are shown in a message."""
_ARTICLE = re.compile(r"^(?:you have |you feel |your |you |an? |the |tiene |siente |su |un |una |la |el )")


def text_problems(laid_out: LaidOutHandout, pages: Sequence[PageRecord]) -> list[str]:
    """What makes a page harder to read or to trust; a name or note that is too long can bring it about."""
    found = [
        f"page {number}: {problem}" for number, page in enumerate(pages, 1) for problem in _of_page(page, laid_out)
    ]
    return list(dict.fromkeys([*found, *signs_under_two_actions(laid_out.handout)]))


def printed_texts(pages: Iterable[PageRecord]) -> tuple[str, ...]:
    """Every text on pages, as it is printed."""
    return tuple(wording_of(paragraph) for page in pages for paragraph in page.paragraphs())


def recorded(laid_out: LaidOutHandout) -> list[PageRecord]:
    """What would stand on each page."""
    canvas = RecordingCanvas(laid_out.theme.page_size)
    laid_out.draw(canvas)
    return canvas.pages


def _of_page(page: PageRecord, laid_out: LaidOutHandout) -> Iterator[str]:
    handout = laid_out.handout
    yield from text_over_text(page)
    yield from outside_margins(page)
    yield from crossed_text(page)
    yield from cut_words(page)
    yield from long_lines(page)
    yield from small_type(page, large=laid_out.theme.large, small_print=_letterhead(handout))
    yield from repeated_signs(page, handout)
    printed = " ".join(wording_of(paragraph) for paragraph in page.paragraphs())
    if handout.letterhead.phone and wording(handout.letterhead.phone) not in printed:
        yield "the clinic's phone is missing"


def text_over_text(page: PageRecord) -> Iterator[str]:
    """Texts whose letters overlap."""
    for one, other in combinations(page.texts, 2):
        if one.ink.overlap(other.ink) > _SLACK_PT:
            yield f"{_shown(one)} is printed over {_shown(other)}"


def outside_margins(page: PageRecord) -> Iterator[str]:
    """What stands nearer to the edge of the paper than printers reach."""
    safe = Area(TOP, TOP, page.width - TOP, page.height - TOP)
    for text in page.texts:
        if not safe.holds(text.ink, _SLACK_PT):
            yield f"{_shown(text)} is outside the margin of {TOP:.0f} points"
    for area in (*(shape.area for shape in page.shapes), *page.pictures):
        if not safe.holds(area, _EDGE_SLACK_PT):
            yield f"a shape or picture is outside the margin of {TOP:.0f} points, {_place(area, page)}"


def crossed_text(page: PageRecord) -> Iterator[str]:
    """Text that a rule or the edge of a box runs through, or that a picture lies under."""
    for text in page.texts:
        letters = text.capitals
        for shape in page.shapes:
            area = shape.area
            if _meets(letters, area) and not area.holds(letters, _SLACK_PT):
                yield f"{_shown(text)} is crossed by a rule or the edge of a box, {_place(area, page)}"
        for area in page.pictures:
            if letters.overlap(area) > _PICTURE_SLACK_PT:
                yield f"{_shown(text)} stands on a picture, {_place(area, page)}"


def _meets(letters: Area, area: Area) -> bool:
    """Whether a shape reaches into letters; a rule has no thickness of its own."""
    across = min(letters.right, area.right) - max(letters.left, area.left)
    down = min(letters.top, area.top) - max(letters.bottom, area.bottom)
    if area.top == area.bottom:
        inside = letters.bottom + _SLACK_PT < area.top < letters.top - _SLACK_PT
        return inside and across > _SLACK_PT
    if area.left == area.right:
        return letters.left + _SLACK_PT < area.left < letters.right - _SLACK_PT and down > _SLACK_PT
    return min(across, down) > _SLACK_PT


def cut_words(page: PageRecord) -> Iterator[str]:
    """Texts that were cut to fit."""
    for text in page.texts:
        if text.text.rstrip().endswith("…"):
            yield f"{_shown(text)} is cut"


def long_lines(page: PageRecord) -> Iterator[str]:
    """Lines that an eye loses on its way back."""
    for line in page.lines():
        words = wording_of(line)
        if len(words) > MAX_CHARACTERS and not line[0].running:
            yield f"a line of {len(words)} characters, {_shown(words)}; {MAX_CHARACTERS} at most"


def small_type(page: PageRecord, *, large: bool, small_print: Iterable[str] = ()) -> Iterator[str]:
    """Text under the least size. Running lines, and the small print of the letterhead, may be smaller in normal
    print."""
    may_be_small = set(small_print)
    for paragraph in page.paragraphs():
        least = LEAST_LARGE_TYPE_PT if large else LEAST_TYPE_PT
        printed_line = wording_of(paragraph)
        # Each line of a web address stands alone, since no space parts it from the next.
        small = printed_line in may_be_small or any(printed_line in text for text in may_be_small if " " not in text)
        if not large and (paragraph[0].running or small):
            least = LEAST_RUNNING_TYPE_PT
        size = min(text.size for text in paragraph)
        if size < least - 0.01:
            yield f"{_shown(wording_of(paragraph))} has {size:g} points; {least:g} at least"


def repeated_signs(page: PageRecord, handout: Handout) -> Iterator[str]:
    """A warning sign that a page tells twice."""
    signs = {key for _, key, _ in _signs(handout)}
    printed = Counter(_sign(wording_of(paragraph)) for paragraph in page.paragraphs())
    for sign, count in printed.items():
        if count > 1 and sign in signs:
            yield f"the sign {_shown(sign)} stands here {count} times"


def signs_under_two_actions(handout: Handout) -> Iterator[str]:
    """A warning sign that asks for one thing in one place and for another elsewhere."""
    actions: dict[str, dict[str, str]] = {}
    for action, key, words in _signs(handout):
        actions.setdefault(key, {}).setdefault(action, words)
    for of_sign in actions.values():
        if len(of_sign) > 1:
            yield f"the sign {_shown(next(iter(of_sign.values())))} stands under {' and '.join(sorted(of_sign))}"


def _signs(handout: Handout) -> Iterator[tuple[str, str, str]]:
    """Every sign of the handout: its action, the sign told apart from others, and its words."""
    lines: list[tuple[str, Text]] = [("call-911", line) for line in handout.emergency.lines]
    lines += [("stop-and-call", line) for line in handout.stop.lines]
    lines += [("call-doctor-today", line) for line in handout.stop.second_lines]
    for section in handout.safety:
        lines += [(section.action, item.text) for item in section.items]
    for action, text in lines:
        yield action, _sign(wording(text)), wording(text)


def _sign(words: str) -> str:
    """A sign as it is told apart from others: 'A fever.' and 'You have a fever' are one."""
    sign, before = words.casefold().strip(" .!:"), ""
    while sign != before:
        sign, before = _ARTICLE.sub("", sign), sign
    return sign


def _letterhead(handout: Handout) -> set[str]:
    """What may be printed smaller: nobody must read it to do the program."""
    head = handout.letterhead
    texts = [getattr(head, field.name) for field in fields(head) if field.name not in ("phone", "url")]
    return {wording(text) for text in (*texts, handout.reviewed, handout.labels.get("questions_call", ()))}


def wording_of(pieces: Sequence[PlacedText]) -> str:
    """The characters of pieces that belong together."""
    return "".join(one.text + (" " if one.goes_on else "") for one in pieces).strip()


def _shown(text: PlacedText | str) -> str:
    words = (text if isinstance(text, str) else text.text).strip()
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}”"


def _place(area: Area, page: PageRecord) -> str:
    return f"{area.left:.0f} points from the left and {page.height - area.top:.0f} from the top"
