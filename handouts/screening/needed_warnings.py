"""Which lines of safety a program needs, each under its own action, and which pain scale. No option removes any.

A sign that several warnings name is told once, in the words that fit this patient best: those for a condition before
those for a region before those for everyone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from handouts.errors import bad_input
from handouts.library import Library
from handouts.library.warnings import ACTIONS
from handouts.model import (
    Action,
    AppliesTo,
    Condition,
    PainScale,
    PainScaleText,
    Program,
    Warning,  # noqa: A004 - the field's own word
    WarningItem,
    WarningText,
)

Rank = Literal["condition", "region", "general"]
RANKS: tuple[Rank, ...] = ("condition", "region", "general")
"""From what fits this patient best to what is told everyone; a condition's packet and exercise count as its own."""
MOST_REGIONS = 2
MOST_LINES = 5
"""Lines of a box on page 1, unless a condition's own emergencies are more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SafetyLine:
    """One line in the language it is really in; `page1` is its short form, None when it stands on 'Stay safe' only.

    `title` is a sub-heading inside the emergency box; elsewhere it is empty, because every line speaks for itself.
    """

    id: str
    action: Action
    rank: Rank
    title: str = ""
    text: str
    page1: str | None
    lang: str
    spare: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Safety:
    """Everything a program's patient is told of safety, in print order. `always` stand on page 1 whatever else does."""

    lines: tuple[SafetyLine, ...]
    always: tuple[SafetyLine, ...]

    def of(self, action: Action) -> tuple[SafetyLine, ...]:
        """The lines under one action."""
        return tuple(line for line in self.lines if line.action == action)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page1Boxes:
    """The lines of page 1: the emergency box, and the two actions of the other box."""

    emergency: tuple[SafetyLine, ...]
    stop: tuple[SafetyLine, ...]
    doctor: tuple[SafetyLine, ...]


@dataclass(frozen=True, slots=True)
class _Chosen:
    warning: Warning
    item: WarningItem
    rank: Rank


def safety_items(program: Program, library: Library, say: Callable[[Warning], WarningText]) -> Safety:
    """The lines of a program by action, each sign once. `say` gives the words of a warning.

    Raises BadInput when the content is not right.
    """
    chosen = [_Chosen(warning, item, rank) for warning, rank in _ranked(program, library) for item in warning.items]
    best: dict[str, _Chosen] = {}
    for one in sorted(chosen, key=lambda one: RANKS.index(one.rank)):
        best.setdefault(one.item.sign, one)
    kept = [one for one in chosen if best[one.item.sign] is one]
    lines: list[SafetyLine] = []
    for action in ACTIONS:
        # The emergencies that are for everyone come first.
        ranks = ("general", *RANKS[:-1]) if action == "call-911" else RANKS
        for rank in ranks:
            lines += _by_title(_line(one, say) for one in kept if (one.item.action, one.rank) == (action, rank))
    always = (_line(one, say) for one in chosen if one.item.always)
    return Safety(lines=tuple(lines), always=tuple(line for line in always if line.page1))


def warnings_for(program: Program, library: Library) -> tuple[Warning, ...]:
    """The warnings of a program, in the library's order: any match shows one, an excepted condition removes it.

    A warning that only names excepted conditions is for everyone else. A packet that is made for conditions of which
    the patient's list names none is taken to be for all of them, so that no new knee lacks the new knee's warnings.
    """
    return tuple(warning for warning, _ in _ranked(program, library))


def page1_boxes(safety: Safety, scale: PainScaleText, most: int = MOST_LINES) -> Page1Boxes:
    """The short lines of page 1, at most `most` in a box; what is left out stands on the page 'Stay safe'.

    In the emergency box stand what is for everyone and every line of a condition, even when they are more, then the
    region's. The other box has the stop rules and, under a heading of their own, the signs for a doctor's visit today:
    both from what fits this patient best to what is for everyone, the doctor's no fewer than a third.
    """
    urgent = _short(safety, "call-911")
    emergency = _unlike([*safety.always, *urgent["condition"]])
    fills = _unlike([*emergency, *urgent["region"], *urgent["general"]])
    stop, today = _short(safety, "stop-and-call"), _short(safety, "call-doctor-today")
    page1 = scale.page1
    limit = SafetyLine(id="pain", action="stop-and-call", rank="general", text=page1, page1=page1, lang=scale.lang)
    stops = _unlike([limit, *stop["condition"], *stop["region"], *stop["general"]])
    doctors = _unlike(line for rank in RANKS for line in today[rank])
    own = min(len(doctors), max(most // 3 + 1, most - len(stops)))
    return Page1Boxes(
        emergency=fills[: max(most, len(emergency))],
        stop=stops[: most - own],
        doctor=doctors[:own],
    )


def pain_scale(program: Program, library: Library) -> PainScale:
    """The pain scale of a program: of those that apply the strictest, with which the patient goes on with least pain.

    A condition asks for a scale only for the weeks that it names, counted from the day it began to the handout's date;
    without that day it always does. Raises BadInput, before anything is laid out, when no scale applies.
    """
    scales = [scale for scale in library.pain_scales if _asked_for(scale, program, library)]
    if not scales:
        raise bad_input("pain-scales.yaml", "no pain scale applies to this program")
    return min(scales, key=lambda scale: (allowed_pain(scale.text), scale.id))


def _asked_for(scale: PainScale, program: Program, library: Library) -> bool:
    weeks = {asked.condition: asked.weeks for asked in scale.conditions}
    since = {known.condition.id: known.since for known in program.patient.conditions}
    for condition in _conditions(program, library):
        if condition not in weeks:
            continue
        limit, began = weeks[condition], since.get(condition)
        if limit is None or began is None or (program.date - began).days // 7 < limit:
            return True
    return scale.everyone


def allowed_pain(text: PainScaleText) -> tuple[int, int]:
    """The highest pain at which the patient goes on with care, and then freely."""
    free = max((zone.high for zone in text.zones if zone.kind == "go"), default=-1)
    care = max((zone.high for zone in text.zones if zone.kind == "care"), default=free)
    return care, free


def _line(one: _Chosen, say: Callable[[Warning], WarningText]) -> SafetyLine:
    text = say(one.warning)
    words = next(words for words in text.items if words.id == one.item.id)
    return SafetyLine(
        id=words.id,
        action=one.item.action,
        rank=one.rank,
        title=text.title or "" if one.item.action == "call-911" else "",
        text=words.text,
        page1=words.page1,
        lang=text.lang,
        spare=one.item.spare,
    )


def _by_title(lines: Iterable[SafetyLine]) -> list[SafetyLine]:
    """The lines in their order, but those under one title together."""
    given = list(lines)
    titles = [line.title for line in given]
    return sorted(given, key=lambda line: titles.index(line.title))


def _short(safety: Safety, action: Action) -> dict[Rank, tuple[SafetyLine, ...]]:
    """The lines of one action that have a form for page 1, by rank."""
    lines = [line for line in safety.of(action) if line.page1]
    return {rank: tuple(line for line in lines if line.rank == rank) for rank in RANKS}


def _unlike(lines: Iterable[SafetyLine]) -> tuple[SafetyLine, ...]:
    """The lines, each wording once."""
    found: dict[str | None, SafetyLine] = {}
    for line in lines:
        found.setdefault(line.page1, line)
    return tuple(found.values())


def _conditions(program: Program, library: Library) -> dict[str, Condition]:
    """The patient's conditions; all that the packet is made for when the patient's list names none of them."""
    known = {of_patient.condition.id: of_patient.condition for of_patient in program.patient.conditions}
    if program.packet is not None and known.keys().isdisjoint(program.packet.target_conditions):
        known |= {target: library.conditions[target] for target in program.packet.target_conditions}
    return known


def _regions(program: Program, library: Library) -> Collection[str]:
    """The packet's region; without one, the region that most exercises have, or the first two that share that place.

    A region that no warning names does not count; one that a clinic's own warnings name comes besides.
    """
    if program.packet is not None:
        return {program.packet.region}
    found: dict[str, None] = {}
    for warnings in (library.built_in.warnings, library.warnings):
        named = {region for warning in warnings for region in warning.applies_to.regions}
        count = Counter(one.exercise.region for one in program.prescriptions if one.exercise.region in named)
        most = [region for region, times in count.items() if times == max(count.values())]
        found |= dict.fromkeys(most[:MOST_REGIONS])
    return found


def _ranked(program: Program, library: Library) -> Iterator[tuple[Warning, Rank]]:
    """The warnings of a program, in the library's order, and what brings each."""
    conditions = _conditions(program, library)
    own = {of_patient.condition.id for of_patient in program.patient.conditions}
    categories = {condition.category for condition in conditions.values()}
    exercises = {prescription.exercise.id for prescription in program.prescriptions}
    regions = _regions(program, library)

    def rank(where: AppliesTo) -> Rank | None:
        excepted = not set(where.except_conditions).isdisjoint(conditions)
        elsewhere = where.only_regions and set(where.only_regions).isdisjoint(regions)
        if excepted or elsewhere or not set(where.except_regions).isdisjoint(regions):
            return None
        patients = (
            (where.conditions, conditions), (where.own_conditions, own), (where.categories, categories),
            (where.exercises, exercises),
        )  # fmt: skip
        if any(not set(wanted).isdisjoint(have) for wanted, have in patients):
            return "condition"
        if not set(where.regions).isdisjoint(regions):
            return "region"
        named = (where.regions, *(wanted for wanted, _ in patients))
        return "general" if where.everyone or (where.except_conditions and not any(named)) else None

    for warning in library.warnings:
        brought = rank(warning.applies_to)
        if brought is not None:
            yield warning, brought
