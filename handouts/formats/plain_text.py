"""A composed handout as plain text: one instruction a line, for a braille display, a voice, or a message.

Lines of at most `WIDTH` columns; a longer instruction goes on below, set in. A blank line parts paragraphs and stands
round headings, as braille translators take it. No table, no ruler, no sign that a voice would spell out.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from handouts.compose.handout import Card, Handout
from handouts.compose.text import Piece, Text, joined, labelled, parted, wording
from handouts.pdf.fonts import needs_shaping

WIDTH = 72
_INDENT = 3
_NO_BREAK = "\u00a0"


def plain_text(handout: Handout) -> bytes:
    """The handout as a text file in UTF-8 with lines that end in LF."""
    return "\n".join([*_tidied(_lines(handout)), wording(handout.made_with), ""]).encode()


def _lines(handout: Handout) -> Iterator[str]:
    yield from _opening(handout)
    yield from _list(handout)
    yield from _boxes(handout)
    if handout.shared_cautions:
        yield from _caution(handout.shared_cautions)
    for card in handout.cards:
        yield from _card(handout, card)
    yield from _stay_safe(handout)
    yield from _log(handout)
    yield from _notices(handout)
    head = handout.letterhead
    yield ""
    yield from _paragraphs(handout.foot, head.web, head.licences)
    yield ""


def _opening(handout: Handout) -> Iterator[str]:
    head, labels = handout.letterhead, handout.labels
    phone = labelled(labels["questions_call"], head.phone)
    yield from _paragraphs(head.name, head.line, head.address, head.hours, phone)
    yield from _heading(handout.title)
    yield from _paragraphs(handout.purpose, handout.goal, handout.needs, handout.note)
    yield ""
    for fact in handout.facts:
        yield from _wrapped(labelled(fact.label, fact.value or _to_write(fact.blank)))
    if handout.program_caution:
        yield from _caution(handout.program_caution)
    if handout.changes:
        yield from _heading(handout.changes.title)
        yield from _paragraphs(*handout.changes.lines)


def _list(handout: Handout) -> Iterator[str]:
    yield from _heading(handout.round)
    for card in handout.cards:
        yield from _wrapped(card.name, f"{card.number}. ")
        for line in (card.list_dose, handout.when(card) or handout.labels["how_many_a_day"]):
            yield from _wrapped(line, " " * _INDENT)


def _boxes(handout: Handout) -> Iterator[str]:
    emergency, stop, pain, labels = handout.emergency, handout.stop, handout.pain, handout.labels
    yield from _heading(emergency.title)
    yield from _items(emergency.lines)
    yield from _wrapped(emergency.last)
    yield from _heading(stop.title)
    yield from _items(stop.lines)
    yield from _wrapped(stop.last if handout.letterhead.phone else joined(stop.last, _to_write(labels["write_phone"])))
    if stop.second_lines:
        yield from _heading(stop.second_title)
        yield from _items(stop.second_lines)
    yield from _heading(labels["pain_head"])
    yield from _wrapped(pain.question)
    for zone in pain.zones:
        yield from _wrapped(labelled(zone.numbers, zone.whole))
    yield from _wrapped(pain.next_day)


def _card(handout: Handout, card: Card) -> Iterator[str]:
    labels = handout.labels
    yield from _heading(card.name, f"{card.number}. ")
    yield from _wrapped(card.position_name)
    if card.sides:
        yield from _wrapped(joined(labels["which_side"], joined(*card.sides, by=", ")))
    if card.caution:
        yield from _caution(card.caution)
        yield ""
    yield from _wrapped(card.dose)
    yield from _wrapped(card.before)
    ask = joined(labels["how_many_a_day"], _to_write(labels["write_number"]))
    yield from _wrapped(handout.when(card) or ask)
    yield ""
    yield from _wrapped(card.start)
    for number, step in enumerate(card.steps, 1):
        yield from _wrapped(step, f"{number}. ")
    yield ""
    yield from _paragraphs(*card.fixes, card.feel, card.harder, card.note)


def _stay_safe(handout: Handout) -> Iterator[str]:
    yield from _heading(handout.labels["stay_safe"])
    for section in handout.safety:
        more = handout.labels["full_list"] if section.action != "know" else ()
        yield from _heading(joined(section.title, more, by=": "))
        for group in section.groups:
            if group.title:
                yield ""
                yield from _wrapped(group.title)
            yield from _items([item.text for item in group.items])
    if handout.for_this_program:
        yield from _heading(handout.labels["for_this_program"])
        yield from _items(handout.for_this_program)
    yield ""
    yield from _paragraphs(handout.letterhead.closing, handout.reviewed)


def _log(handout: Handout) -> Iterator[str]:
    """A short list of days, then what is checked at the visit. A grid would be minutes of empty cells."""
    log, labels = handout.log, handout.labels
    yield from _heading(log.title)
    if log.weeks:
        yield from _wrapped(log.list_help)
    times = [labels["morning"], labels["evening"]] if log.sessions == 2 else [labels["log_done"]] * log.sessions
    for week in log.weeks:
        yield from _heading(week)
        for day in log.days_in_full:
            name = wording(day)
            yield from _wrapped(joined(*times, labels["pain_row"], by=", "), f"{name[:1].upper()}{name[1:]}: ")
    yield from _heading(labels["questions"])
    yield from _wrapped(_to_write(labels["write_questions"]))
    one = len(handout.cards) == 1
    yield from _heading(labels["checked_one" if one else "checked_on"])
    yield from _items([labels["showed_us_one" if one else "showed_us"], labels["told_us"]])
    for label, blank in (("sign_date", "write_date"), ("sign_patient", "sign_here"), ("sign_clinician", "sign_here")):
        yield from _wrapped(labelled(labels[label], _to_write(labels[blank])))


def _notices(handout: Handout) -> Iterator[str]:
    if handout.notices:
        yield from _heading(handout.labels["notices"])
    for notice in handout.notices:
        yield from _heading(notice.text) if notice.heading else ("", *_wrapped(notice.text))


def _caution(paragraphs: Sequence[Text]) -> Iterator[str]:
    label, rest = parted(paragraphs[0])
    yield from _heading(label)
    yield from _paragraphs(rest, *paragraphs[1:])


def _heading(text: Text, number: str = "") -> Iterator[str]:
    yield ""
    yield from _wrapped(text, number)
    yield ""


def _items(lines: Sequence[Text]) -> Iterator[str]:
    for line in lines:
        yield from _wrapped(line, "- ")


def _paragraphs(*texts: Text) -> Iterator[str]:
    for text in texts:
        yield from _wrapped(text)


def _to_write(text: Text) -> Text:
    """'(write the name here)': what is to be written where paper has a line."""
    first, *others = text
    *before, last = (first._replace(text=f"({first.text}"), *others)
    return (*before, last._replace(text=f"{last.text})"))


def _wrapped(text: Text, before: str = "") -> Iterator[str]:
    """One instruction: on one line, or on several of which all but the first are set in."""
    whole = before + "".join(map(_unbroken, text))
    # A Chinese letter is two columns wide; in Thai or Khmer a line may end at a space alone, for vowels join letters.
    width = WIDTH // 2 if any(unicodedata.east_asian_width(sign) in "WF" for sign in whole) else WIDTH
    if text:
        lines = textwrap.wrap(
            whole,
            width,
            subsequent_indent=" " * (_INDENT if before else 2),
            break_on_hyphens=False,
            break_long_words=not any(needs_shaping(sign) for sign in whole),
        )
        yield from (line.replace(_NO_BREAK, " ") for line in lines)


def _unbroken(piece: Piece) -> str:
    """The letters of a piece; a phone number stays on one line."""
    number = piece.text.rstrip() if piece.dials else ""
    return number.replace(" ", _NO_BREAK) + piece.text[len(number) :]


def _tidied(lines: Iterator[str]) -> Iterator[str]:
    """Without a blank line at the start, and never two in a row."""
    last = ""
    for line in lines:
        if line or last:
            yield line
        last = line
