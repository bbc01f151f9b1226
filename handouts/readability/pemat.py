"""The 24 items of the Patient Education Materials Assessment Tool for print, those a machine can judge judged.

Source: S. J. Shoemaker, M. S. Wolf, C. Brach, PEMAT-P, Agency for Healthcare Research and Quality, 2013; the items are
put into words of our own. Items 13 and 14 belong to the audiovisual form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handouts.layout.line_breaking import wording
from handouts.model import POSITIONS
from handouts.readability.findings import Answer, Item, all_of
from handouts.readability.grade import MOST_GRADE, reading_grade
from handouts.readability.said import Said, entry_texts

MOST_STEPS = 7
MOST_STEP_WORDS = {"en": 15, "es": 19}
"""A step is one action; Spanish says the same in about a quarter more words."""
MOST_PASSAGE_WORDS = 70
"""A paragraph of this length fills five lines of a column."""
MOST_LABEL_WORDS = 6
LEAST_ACTIVE = 0.9
"""The tool's guide asks that a trait holds throughout: for more than 80 to 100 % of the material."""
_UNCLEAR = re.compile(
    r"\d\s?%|\b\d+[.,]\d+\b(?!(?: (?:to|a) [\d.,]+)?\s?(?:°|kg|lb|cm|in))|[½¼¾⅓]|\b\d+\s?[x×]\s?\d+\b|\b[IVX]{2,}\b"
)
_LEFT: Answer = (None, "left to people")


def pemat_items(said: Said) -> Iterator[Item]:
    """Every item in the tool's order."""
    for number, asks, judge in _ITEMS:
        met, why = judge(said)
        yield Item(str(number), asks, met, why)


def _purpose(said: Said) -> Answer:
    title = wording(said.handout.title)
    return bool(title), f"headed “{title}”"


def _everyday(said: Said) -> Answer:
    if not said.judged_language:
        return None, f"no reading formula for {said.language}"
    grade = reading_grade(" ".join(_ended(passage.text) for passage in said.passages), said.language)
    return grade <= MOST_GRADE, f"reading grade {grade:.1f}, at most {MOST_GRADE:.0f}"


def _medical(said: Said) -> Answer:
    """A clinical word has its plain word beside it somewhere: `pelvis (hip bones)`, `weak bones (osteoporosis)`."""
    if not said.judged_language:
        return _LEFT
    first: dict[str, str] = {}
    explained = set()
    for term in said.words("clinical"):
        clinical = re.compile(rf"\b(?:{term})\w*", re.IGNORECASE)
        for passage in said.passages:
            for found in clinical.finditer(passage.text):
                first.setdefault(term, f"{passage.where}: {found[0]}")
                if _beside_brackets(passage.text, found):
                    explained.add(term)
    faults = (where for term, where in first.items() if term not in explained)
    return all_of(faults, f"{len(explained)} in use, each explained" if explained else "none in use")


def _beside_brackets(text: str, found: re.Match[str]) -> bool:
    inside = text.rfind("(", 0, found.start()) > text.rfind(")", 0, found.start())
    return inside or re.match(r"(?: \w+)? \(", text[found.end() :]) is not None


def _active(said: Said) -> Answer:
    if not said.judged_language:
        return _LEFT
    be, done = "|".join(said.words("be")), "|".join(said.words("participles"))
    passive = re.compile(rf"\b(?:{be})\b (?:\w+(?:ly|mente) )?(?:{done})\b", re.IGNORECASE)
    sentences = said.sentences
    found = [one for one in sentences if passive.search(one)]
    share = 1 - len(found) / max(1, len(sentences))
    told = f"{share:.0%} of {len(sentences)} sentences"
    return (True, told) if share >= LEAST_ACTIVE else (False, f"{told}, not “{found[0]}”")


def _numbers(said: Said) -> Answer:
    faults = [f"{one.where}: {found[0]}" for one in said.passages for found in _UNCLEAR.finditer(one.text)]
    faults += [
        f"{entry.id}: a number without its name"
        for entry in said.handout.entries
        if not all(c.label for c in entry.cells)
    ]
    return all_of(faults, "whole numbers, each with its name")


def _no_sums(said: Said) -> Answer:
    if not said.judged_language:
        return _LEFT
    sums = re.compile(rf"\b(?:{'|'.join(said.words('calculate'))})\w*", re.IGNORECASE)
    faults = [f"{one.where}: {found[0]}" for one in said.passages for found in sums.finditer(one.text)]
    faults += [f"{entry.id}: no dose in words" for entry in said.handout.entries if not entry.sentence]
    return all_of(faults, "every dose is told in words, no sum is asked for")


def _chunks(said: Said) -> Answer:
    long = [one for one in said.passages if len(one.text.split()) > MOST_PASSAGE_WORDS]
    longest = max((len(one.text.split()) for one in said.passages), default=0)
    return all_of((f"{one.where}: {len(one.text.split())} words" for one in long), f"at most {longest} words together")


def _headers(said: Said) -> Answer:
    handout = said.handout
    named = [(entry.id, entry.name) for entry in handout.entries]
    named += [(group.action, group.title) for group in handout.groups]
    named += [(notice.id, notice.title) for group in handout.groups for notice in group.notices]
    return all_of((f"{where}: no heading" for where, text in named if not text), f"{len(named) + 1} headings")


def _order(said: Said) -> Answer:
    entries = said.handout.entries
    positions = [POSITIONS.index(entry.position) for entry in entries]
    counted = [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    return positions == sorted(positions) and counted, "numbered, and by position"


def _summary(said: Said) -> Answer:
    lacking = (f"{entry.id}: no short dose" for entry in said.handout.entries if not entry.short)
    return all_of(lacking, "page 1 lists every exercise with its dose")


def _cues(said: Said) -> Answer:
    handout = said.handout
    faults = [
        what
        for what, there in (
            ("no emergency box", handout.emergency),
            ("no stop box", handout.stop),
            ("no pain zones", len(handout.zones) > 1),
        )
        if not there
    ]
    return all_of(faults, "boxes for emergency and stop, a pain scale in zones")


def _pictured(said: Said) -> Answer:
    lacking = (f"{entry.id}: no picture" for entry in said.handout.entries if not entry.frames)
    return all_of(lacking, f"{len(said.handout.entries)} pictured exercises")


def _captions(said: Said) -> Answer:
    faults = []
    for entry in said.handout.entries:
        words = [word for word in entry.frame_words if word]
        if len(entry.frames) > 1 and len(words) < len(entry.frames):
            faults.append(f"{entry.id}: {len(entry.frames)} pictures, {len(words)} captions")
        if not entry.name or not entry.alt.strip():
            faults.append(f"{entry.id}: a picture without a title or without words for those who cannot see it")
    return all_of(faults, "every picture has its exercise's name, every step of it its word")


def _tables(said: Said) -> Answer:
    labels = {(entry.id, wording(cell.label)) for entry in said.handout.entries for cell in entry.cells}
    long = (f"{where}: “{label}”" for where, label in sorted(labels) if len(label.split()) > MOST_LABEL_WORDS)
    return all_of(long, f"{len(labels)} labels of at most {MOST_LABEL_WORDS} words")


def _action(said: Said) -> Answer:
    return bool(said.handout.entries), f"{len(said.handout.entries)} exercises to do"


def _addressed(said: Said) -> Answer:
    if not said.judged_language:
        return _LEFT
    you = re.compile(rf"\b(?:{'|'.join(said.words('you'))})\b", re.IGNORECASE)
    order = re.compile("|".join(said.words("imperative")) or "(?!)")
    faults = []
    for entry in said.handout.entries:
        ordered = sum(order.match(wording(step)) is not None for step in entry.steps)
        if not you.search(" ".join(map(wording, entry_texts(entry)))) and 2 * ordered < len(entry.steps):
            faults.append(f"{entry.id}: speaks to nobody")
    return all_of(faults, "every exercise speaks to the reader")


def _steps(said: Said) -> Answer:
    most = MOST_STEP_WORDS.get(said.language, max(MOST_STEP_WORDS.values()))
    faults = []
    for entry in said.handout.entries:
        if not 1 <= len(entry.steps) <= MOST_STEPS:
            faults.append(f"{entry.id}: {len(entry.steps)} steps")
        long = [wording(step) for step in entry.steps if len(wording(step).split()) > most]
        faults += [f"{entry.id}: {len(step.split())} words in “{step}”" for step in long]
    return all_of(faults, f"at most {MOST_STEPS} steps of at most {most} words")


def _tool(said: Said) -> Answer:
    return said.log_weeks > 0, f"a log of {said.log_weeks} weeks" if said.log_weeks else "the log is left out"


def _sums_explained(said: Said) -> Answer:
    met, _ = _no_sums(said)
    return (None, "nothing to work out") if met else _LEFT


def _charts(said: Said) -> Answer:
    faults = [
        f"zone {zone.low} to {zone.high}: no action" for zone in said.handout.zones if not (zone.word and zone.action)
    ]
    return all_of(faults, f"each of {len(said.handout.zones)} pain zones says what to do")


def _acting(said: Said) -> Answer:
    lacking = (f"{entry.id}: no picture of the movement" for entry in said.handout.entries if not entry.frames)
    return all_of(lacking, "start and finish are shown beside the steps")


def _left(_said: Said) -> Answer:
    return _LEFT


def _ended(text: str) -> str:
    """A line of a list is a sentence also without its full stop."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


_ITEMS: tuple[tuple[int, str, Callable[[Said], Answer]], ...] = (
    (1, "its purpose is evident", _purpose),
    (2, "nothing distracts from the purpose", _left),
    (3, "common, everyday language", _everyday),
    (4, "medical terms only with their meaning", _medical),
    (5, "active voice", _active),
    (6, "numbers are clear", _numbers),
    (7, "no calculations are expected", _no_sums),
    (8, "short sections", _chunks),
    (9, "informative headings", _headers),
    (10, "a logical sequence", _order),
    (11, "a summary", _summary),
    (12, "cues draw attention to key points", _cues),
    (15, "visual aids wherever they help", _pictured),
    (16, "visual aids reinforce the content", _left),
    (17, "visual aids have titles or captions", _captions),
    (18, "pictures are clear and uncluttered", _left),
    (19, "simple tables with short headings", _tables),
    (20, "at least one action is named", _action),
    (21, "the reader is addressed directly", _addressed),
    (22, "actions are broken into explicit steps", _steps),
    (23, "a tangible tool to act with", _tool),
    (24, "calculations are explained", _sums_explained),
    (25, "charts and tables say how to use them", _charts),
    (26, "visual aids wherever they help to act", _acting),
)
