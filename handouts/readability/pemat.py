"""The 24 items of the Patient Education Materials Assessment Tool for print, those a machine can judge judged.

Source: S. J. Shoemaker, M. S. Wolf, C. Brach, PEMAT-P, Agency for Healthcare Research and Quality, 2013; the items are
put into words of our own. Items 13 and 14 belong to the audiovisual form.

Where people who scored handouts by hand said no and a machine sees no fault (items 2, 6, 9, 25), the machine says only
what it finds wrong and never that the item is met.
"""

from __future__ import annotations

import re
from collections import Counter

from handouts.compose.handout import SafetySection
from handouts.compose.text import Text, wording
from handouts.model import POSITIONS
from handouts.readability.grade import MOST_GRADE, reading_grade
from handouts.readability.material import Material, card_texts
from handouts.readability.score import LEFT_TO_PEOPLE, Answer, Items, all_of, has_log, left, only_faults

MOST_STEPS = 7
MOST_STEP_WORDS = {"en": 15, "es": 19}
"""A step is one action; Spanish says the same in about a quarter more words."""
MOST_STEP_SENTENCES = 3
MOST_PASSAGE_WORDS = 70
"""A paragraph of this length fills five lines of a column."""
MOST_IN_A_LIST = 7
"""Longer lists need parts with headings: Clear Communication Index of the Centers for Disease Control, 2014."""
MOST_SAFETY_WORDS = 600
"""What one page of warnings holds; longer ones bury what matters."""
MOST_RANGES = 2
"""A dose with more ranges leaves too much to choose."""
MOST_LABEL_WORDS = {"en": 6, "es": 8}
LEAST_ACTIVE = 0.9
"""The tool's guide asks that a trait holds throughout: for more than 80 to 100 % of the material."""
_UNCLEAR = re.compile(
    r"\d\s?%|\b\d+[.,]\d+\b(?!(?: (?:to|a) [\d.,]+)?\s?(?:°|kg|lb|cm|in))|[½¼¾⅓]|\b\d+\s?[x×]\s?\d+\b|\b[IVX]{2,}\b"
)
_RANGE = re.compile(r"\d\s?–\s?\d")


def _purpose(material: Material) -> Answer:
    handout = material.handout
    parts = (("no title", handout.title), ("a title, and no sentence that says what it is for", handout.purpose))
    faults = [fault for fault, text in parts if not material.prints(text)]
    return all_of(faults[:1], f"“{wording(handout.title)}”: {wording(handout.purpose)}")


def _distracting(material: Material) -> Answer:
    """Something told twice, or so much of safety that it buries the exercises."""
    safety = [item.text for section in material.handout.safety for item in section.items]
    times = Counter(wording(text) for text in (*safety, *material.handout.for_this_program) if material.prints(text))
    faults = [f"told twice: “{text}”" for text, count in times.items() if count > 1]
    words = sum(len(text.split()) * count for text, count in times.items())
    if words > MOST_SAFETY_WORDS:
        faults.append(f"{words} words of safety and advice, at most {MOST_SAFETY_WORDS}")
    return only_faults(faults, f"{words} words of safety and advice")


def _everyday(material: Material) -> Answer:
    if not material.judged_language:
        return None, f"no reading formula for {material.language}"
    grade = reading_grade(" ".join(_ended(passage.text) for passage in material.passages), material.language)
    return grade <= MOST_GRADE, f"reading grade {grade:.1f}, at most {MOST_GRADE:.0f}"


def _medical(material: Material) -> Answer:
    """A clinical word has its plain word beside it somewhere: `pelvis (hip bones)`, `weak bones (osteoporosis)`."""
    if not material.judged_language:
        return LEFT_TO_PEOPLE
    first: dict[str, str] = {}
    explained = set()
    for term in material.words("clinical"):
        clinical = re.compile(rf"\b(?:{term})\w*", re.IGNORECASE)
        for passage in material.passages:
            for found in clinical.finditer(passage.text):
                # Named where it is read first, which is where its plain word is missed.
                first.setdefault(term, f"{passage.where}: {found[0]}")
                if _beside_brackets(passage.text, found):
                    explained.add(term)
    faults = (where for term, where in first.items() if term not in explained)
    return all_of(faults, f"{len(explained)} in use, each explained" if explained else "none in use")


def _beside_brackets(text: str, found: re.Match[str]) -> bool:
    inside = text.rfind("(", 0, found.start()) > text.rfind(")", 0, found.start())
    return inside or re.match(r"(?: \w+)? \(", text[found.end() :]) is not None


def _active(material: Material) -> Answer:
    if not material.judged_language:
        return LEFT_TO_PEOPLE
    be, done = "|".join(material.words("be")), "|".join(material.words("participles"))
    passive = re.compile(rf"\b(?:{be})\b (?:\w+(?:ly|mente) )?(?:{done})\b", re.IGNORECASE)
    sentences = material.sentences
    found = [one for one in sentences if passive.search(one)]
    share = 1 - len(found) / max(1, len(sentences))
    result = f"{share:.0%} of {len(sentences)} sentences"
    return (True, result) if share >= LEAST_ACTIVE else (False, f"{result}, not “{found[0]}”")


def _numbers(material: Material) -> Answer:
    """Signs that are read wrong, doses that leave much to choose, a scale with a gap."""
    faults = [f"{one.where}: {found[0]}" for one in material.passages for found in _UNCLEAR.finditer(one.text)]
    doses = ((card.id, wording(card.dose)) for card in material.handout.cards)
    faults += [
        f"{where}: “{dose}” leaves more than {MOST_RANGES} numbers to choose"
        for where, dose in doses
        if len(_RANGE.findall(dose)) > MOST_RANGES
    ]
    zones = material.handout.pain.zones
    covered = [number for zone in zones for number in range(zone.low, zone.high + 1)]
    if zones and covered != list(range(11)):
        faults.append("the pain scale's zones do not share out 0 to 10")
    return only_faults(faults, "no unclear sign found")


def _no_sums(material: Material) -> Answer:
    if not material.judged_language:
        return LEFT_TO_PEOPLE
    sums = re.compile(rf"\b(?:{'|'.join(material.words('calculate'))})\w*", re.IGNORECASE)
    faults = [f"{one.where}: {found[0]}" for one in material.passages for found in sums.finditer(one.text)]
    faults += [f"{card.id}: no dose in words" for card in material.handout.cards if not material.prints(card.dose)]
    return all_of(faults, "every dose is told in words, no sum is asked for")


def _chunks(material: Material) -> Answer:
    """Short paragraphs, and lists in parts that have headings."""
    longest = max((len(one.text.split()) for one in material.passages), default=0)
    faults = [
        f"{one.where}: {words} words together"
        for one in material.passages
        if (words := len(one.text.split())) > MOST_PASSAGE_WORDS
    ]
    handout = material.handout
    lists = [("for this program", sum(map(material.prints, handout.for_this_program)))]
    lists += [(section.action, count) for section in handout.safety for count in _parts(material, section)]
    faults += [f"{where}: {count} lines under one heading" for where, count in lists if count > MOST_IN_A_LIST]
    return all_of(faults, f"at most {longest} words together, at most {MOST_IN_A_LIST} lines under a heading")


def _parts(material: Material, section: SafetySection) -> list[int]:
    """How many lines stand under each heading of a section: groups without a title belong to the one above."""
    counts = [0]
    for group in section.groups:
        if material.prints(group.title):
            counts.append(0)
        counts[-1] += sum(material.prints(item.text) for item in group.items)
    return counts


def _headings(material: Material) -> Answer:
    handout = material.handout
    named: list[tuple[str, Text]] = [(card.id, card.name) for card in handout.cards]
    named += [(section.action, section.title) for section in handout.safety]
    named += [("emergency box", handout.emergency.title), ("stop box", handout.stop.title)]
    if handout.stop.second_lines:
        named.append(("stop box", handout.stop.second_title))
    faults = (f"{where}: no heading" for where, text in named if not material.prints(text))
    return only_faults(faults, f"{len(named)} headings")


def _order(material: Material) -> Answer:
    cards = material.handout.cards
    # By position, so that the patient changes it as seldom as can be.
    positions = [POSITIONS.index(card.position) for card in cards]
    counted = [card.number for card in cards] == list(range(1, len(cards) + 1))
    return positions == sorted(positions) and counted, "numbered, and by position"


def _summary(material: Material) -> Answer:
    cards = material.handout.cards
    lacking = (f"{card.id}: no dose in the list" for card in cards if not material.prints(card.list_dose))
    return all_of(lacking, "page 1 lists every exercise with its dose")


def _cues(material: Material) -> Answer:
    handout = material.handout
    parts = (
        ("no emergency box", handout.emergency.lines),
        ("no stop box", handout.stop.lines),
        ("no pain zones", [zone.word for zone in handout.pain.zones]),
    )
    faults = [fault for fault, texts in parts if not any(map(material.prints, texts))]
    return all_of(faults, "boxes for emergency and stop, a pain scale in zones")


def _pictured(material: Material) -> Answer:
    lacking = (f"{card.id}: no picture" for card in material.handout.cards if not card.frame_labels)
    return all_of(lacking, f"{len(material.handout.cards)} pictured exercises")


def _captions(material: Material) -> Answer:
    faults = []
    for card in material.handout.cards:
        captions = sum(map(material.prints, card.frame_labels))
        if len(card.frame_labels) > 1 and captions < len(card.frame_labels):
            faults.append(f"{card.id}: {len(card.frame_labels)} pictures, {captions} captions")
        if not material.prints(card.name) or not card.alt.strip():
            faults.append(f"{card.id}: a picture without a title or without words for those who cannot see it")
    return all_of(faults, "every picture has its exercise's name, every frame of it its word")


def _tables(material: Material) -> Answer:
    """The list of page 1 and the log: how long the words at the head of their columns and rows are."""
    handout = material.handout
    labels = [*handout.log.days, *handout.log.weeks, *handout.labels.values(), *(card.name for card in handout.cards)]
    heads = {wording(text) for text in labels if material.prints(text) and not wording(text).endswith(".")}
    most = MOST_LABEL_WORDS.get(material.language, max(MOST_LABEL_WORDS.values()))
    long = (f"“{head}”" for head in sorted(heads) if len(head.split()) > most)
    return all_of(long, f"{len(heads)} labels of at most {most} words")


def _action(material: Material) -> Answer:
    count = sum(any(map(material.prints, card.steps)) for card in material.handout.cards)
    return count > 0, f"{count} exercises to do"


def _addressed(material: Material) -> Answer:
    if not material.judged_language:
        return LEFT_TO_PEOPLE
    # An order speaks to the reader as "you" does: half of a card's steps are enough.
    you = re.compile(rf"\b(?:{'|'.join(material.words('you'))})\b", re.IGNORECASE)
    order = re.compile("|".join(material.words("imperative")) or "(?!)")
    faults = []
    for card in material.handout.cards:
        ordered = sum(order.match(wording(step)) is not None for step in card.steps)
        text = " ".join(wording(text) for text in card_texts(card) if material.prints(text))
        if not you.search(text) and 2 * ordered < len(card.steps):
            faults.append(f"{card.id}: speaks to nobody")
    return all_of(faults, "every exercise speaks to the reader")


def _steps(material: Material) -> Answer:
    most = MOST_STEP_WORDS.get(material.language, max(MOST_STEP_WORDS.values()))
    faults = []
    for card in material.handout.cards:
        steps = [wording(step) for step in card.steps if material.prints(step)]
        if not 1 <= len(steps) <= MOST_STEPS:
            faults.append(f"{card.id}: {len(steps)} steps")
        for step in steps:
            if len(step.split()) > most:
                faults.append(f"{card.id}: {len(step.split())} words in “{step}”")
            if len(re.findall(r"[.!?](?:\s|$)", step)) > MOST_STEP_SENTENCES:
                faults.append(f"{card.id}: more than {MOST_STEP_SENTENCES} sentences in “{step}”")
    return all_of(faults, f"at most {MOST_STEPS} steps of at most {most} words")


def _sums_explained(material: Material) -> Answer:
    met, _ = _no_sums(material)
    return (None, "nothing to work out") if met else LEFT_TO_PEOPLE


def _charts(material: Material) -> Answer:
    """Each zone of the scale says what to do, and the log how to fill it in; whether that is enough is for people."""
    handout = material.handout
    faults = [f"zone {zone.span}: no action" for zone in handout.pain.zones if not material.prints(zone.action)]
    if not handout.pain.zones or not material.prints(handout.pain.next_day):
        faults.append("nothing says what to do when it is worse the next day")
    if handout.log.weeks and not material.prints(handout.log.help):
        faults.append("nothing says how to fill in the log")
    return only_faults(faults, "each zone has its action, the log its line of help")


def _acting(material: Material) -> Answer:
    lacking = (f"{card.id}: no picture of the movement" for card in material.handout.cards if not card.frame_labels)
    return all_of(lacking, "pictures beside the steps of each exercise")


def _ended(text: str) -> str:
    """A line of a list is a sentence also without its full stop."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


PEMAT: Items = (
    ("1", "its purpose is evident", _purpose),
    ("2", "nothing distracts from the purpose", _distracting),
    ("3", "common, everyday language", _everyday),
    ("4", "medical terms only with their meaning", _medical),
    ("5", "active voice", _active),
    ("6", "numbers are clear", _numbers),
    ("7", "no calculations are expected", _no_sums),
    ("8", "short sections", _chunks),
    ("9", "informative headings", _headings),
    ("10", "a logical sequence", _order),
    ("11", "a summary", _summary),
    ("12", "cues draw attention to key points", _cues),
    ("15", "visual aids wherever they help", _pictured),
    ("16", "visual aids reinforce the content", left),
    ("17", "visual aids have titles or captions", _captions),
    ("18", "pictures are clear and uncluttered", left),
    ("19", "simple tables with short headings", _tables),
    ("20", "at least one action is named", _action),
    ("21", "the reader is addressed directly", _addressed),
    ("22", "actions are broken into explicit steps", _steps),
    ("23", "a tangible tool to act with", has_log),
    ("24", "calculations are explained", _sums_explained),
    ("25", "charts and tables say how to use them", _charts),
    ("26", "visual aids wherever they help to act", _acting),
)
"""The items in the tool's order."""
