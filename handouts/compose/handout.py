"""Everything one handout says, as values: every word chosen and checked before anything is laid out.

The same value is laid out as PDF pages and can be written in other formats, so no text is chosen twice. Knows no font,
size, colour or page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handouts.compose.text import Text, joined, strengthened
from handouts.model import Action, Side, ZoneKind


@dataclass(frozen=True, kw_only=True)
class When:
    """When in the day an exercise is done: morning, evening, or in `words`; nothing at all is a blank for a pen.

    `sessions` is how many times a day, for the boxes of the log (1 where that is open).
    """

    morning: bool = False
    evening: bool = False
    words: Text = ()
    sessions: int = 1

    @property
    def blank(self) -> bool:
        return not (self.morning or self.evening or self.words)


@dataclass(frozen=True, kw_only=True)
class Card:
    """One exercise as this patient is to do it.

    `fixes` are question and answer ("Back arches? Lift less high."), the last of them "Too hard?". `sides` are the
    words to tick where the side is not known. `caution` is the "For you" box, a paragraph for each condition. `feel`
    and `harder` are for formats with more room than paper. `before` is what the dose was at the last visit, where that
    differs. `alt` is what only the picture shows.
    """

    number: int
    id: str
    side: Side | None
    position: str
    position_name: Text
    lang: str
    name: Text
    list_dose: Text
    dose: Text
    when: When
    sides: tuple[Text, ...]
    caution: tuple[Text, ...]
    start: Text
    steps: tuple[Text, ...]
    fixes: tuple[Text, ...]
    feel: Text
    harder: Text
    note: Text
    needs: tuple[str, ...]
    frame_labels: tuple[Text, ...]
    alt: str
    before: Text = ()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A label and a value of the patient's row; no value is a line to write on, and `blank` says what to write."""

    label: Text
    value: Text
    blank: Text = ()


@dataclass(frozen=True, kw_only=True)
class Box:
    """One of the two boxes of page 1; `last` is its closing line.

    The second box has, under a title of their own, the signs for which to see a doctor today.
    """

    title: Text
    lines: tuple[Text, ...]
    last: Text
    second_title: Text = ()
    second_lines: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A zone of the pain scale, `low` to `high` inclusive: its word, what to do, and what more the safety page says.

    `numbers` are the same as one says them: "4 to 5".
    """

    kind: ZoneKind
    low: int
    high: int
    numbers: Text
    word: Text
    action: Text
    more: Text

    @property
    def span(self) -> str:
        return f"{self.low}–{self.high}" if self.low < self.high else str(self.low)

    @property
    def whole(self) -> Text:
        """'**Careful.** Do half. Do half until it eases.'"""
        *before, last = strengthened(self.word)
        return joined((*before, last._replace(text=f"{last.text}.")), self.action, self.more)


@dataclass(frozen=True, kw_only=True)
class PainScale:
    """The one scale of the handout; `next_day` says what to do when it is worse the next day."""

    question: Text
    zones: tuple[Zone, ...]
    next_day: Text
    lang: str

    @property
    def stop_from(self) -> int:
        """The least pain at which to stop."""
        return min(zone.low for zone in self.zones if zone.kind == "stop")


@dataclass(frozen=True, kw_only=True)
class SafetyItem:
    """One sign, or one thing that is good to know; a `spare` one may be left out of a page that would overflow."""

    id: str
    text: Text
    spare: bool = False


@dataclass(frozen=True, kw_only=True)
class SafetyGroup:
    """Signs of one region or condition under one action; the general ones have no title."""

    title: Text
    items: tuple[SafetyItem, ...]


@dataclass(frozen=True, kw_only=True)
class SafetySection:
    """All that asks for one action."""

    action: Action
    title: Text
    groups: tuple[SafetyGroup, ...]

    @property
    def items(self) -> tuple[SafetyItem, ...]:
        """The signs of all groups."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed since the last handout: a heading and a line for each kind of change."""

    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Whose sheet it is. `url` opens the clinic's page, where it has one that a link can carry."""

    name: Text
    line: Text
    address: Text
    hours: Text
    phone: Text
    web: Text
    licences: Text
    closing: Text
    url: str | None

    @property
    def empty(self) -> bool:
        return not (self.name or self.line or self.address or self.hours or self.phone)


@dataclass(frozen=True, kw_only=True)
class Log:
    """The page to write on: the heads of its weeks, none where the log is left out; questions and signatures stay.

    `help` is for the grid on paper, `list_help` for a list of days. `sessions` is how many times a day there is
    something to check.
    """

    weeks: tuple[Text, ...]
    title: Text
    help: Text
    list_help: Text
    sessions: int
    days: tuple[Text, ...]
    days_in_full: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A heading or a paragraph of the clinic's notices, in a language of its own."""

    heading: bool
    lang: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Handout:
    """Everything one handout says.

    `labels` are the sheet's fixed words by their key in the language file; `page_of` has the fields {page} and {pages}.
    """

    lang: str
    title: Text
    subject: Text
    purpose: Text
    goal: Text
    note: Text
    needs: Text
    facts: tuple[Fact, ...]
    program_caution: tuple[Text, ...]
    changes: Changes | None
    letterhead: Letterhead
    round: Text
    cards: tuple[Card, ...]
    shared_cautions: tuple[Text, ...]
    emergency: Box
    stop: Box
    pain: PainScale
    safety: tuple[SafetySection, ...]
    for_this_program: tuple[Text, ...]
    reviewed: Text
    log: Log
    notices: tuple[Notice, ...]
    foot: Text
    made_with: Text
    page_of: str
    labels: Mapping[str, Text]

    @property
    def patient(self) -> Text:
        """The patient's name; empty on a sheet with a line to write it on."""
        return self.facts[0].value

    def when(self, card: Card) -> Text:
        """When in the day an exercise is done, in words; empty where that is left open."""
        times = (self.labels[name] for name in ("morning", "evening") if getattr(card.when, name))
        return joined(*times, by=", ") or card.when.words
