"""What protects a patient is only added to: a clinic's own entry of a built-in id may say more, and never less.

Red flags, warnings, pain scales and the sheet's own words. A machine cannot tell a kinder wording from a weaker one, so
the built-in words stay; a clinic says its own under ids of its own, and in languages of its own. What a clinic may
loosen, such as rules, is told by `handouts.screening.loosened`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from handouts.library.kinds import Kind
from handouts.library.languages import flat_words, form_fault, word_at
from handouts.library.nearest import either, means_nothing
from handouts.library.warnings import ACTIONS, ZONES
from handouts.library.yaml_fields import Fields, mapping_of
from handouts.model import (
    AppliesTo,
    Condition,
    PainScale,
    PainScaleText,
    Warning,  # noqa: A004 - the field's own word
)

if TYPE_CHECKING:
    from handouts.library.names import Names

Item = TypeVar("Item")
Keep = Callable[[Item, Mapping[str, Item], Fields], None]
"""Adds a problem to the fields of a clinic's own item wherever it is weaker than the built-in items, by their ids."""

_HINT = "what protects a patient is added to, never weakened: keep it as built in, or use an id of your own"


def keep_all(_own: object, _built_in: object, _fields: Fields) -> None:
    """For what a clinic may change as it likes, or loosen aloud."""


# -- conditions ------------------------------------------------------------------------------------------------------

_URGENT = ("same-day", "emergency")
_MAY_GROW = ("aliases", "icd10cm")


def is_red_flag(condition: Condition) -> bool:
    """Whether it stands for danger, with which no exercise is printed."""
    return condition.blocks_all or condition.category == "red-flag" or condition.urgency in _URGENT


def keep_condition(own: Condition, built_in: Mapping[str, Condition], fields: Fields, *, names: Names) -> None:
    """A red flag stays as it is, but for more names; any condition stays in the category that brings its warnings.

    A new condition takes no word that the `names` of the built-in ones have.
    """
    there = built_in.get(own.id)
    if there is None:
        _keep_names(own.id, names, fields)
        return
    old, new = flat(there), flat(own)
    for name in old if is_red_flag(there) else ("category",):
        grown = name in _MAY_GROW and set(old[name]) <= set(new[name])
        stricter = name == "blocks_all" and new[name] is True
        if old[name] != new[name] and not grown and not stricter:
            fields.problem(f"the built-in condition '{own.id}' has another '{name}'", name, hint=_HINT)


def flat(item: Any) -> dict[str, Any]:
    """The fields of an item and of its text, nested ones as plain data."""
    fields: dict[str, Any] = asdict(item)
    text: dict[str, Any] = fields.pop("text")
    return fields | text


def _keep_names(own: str, names: Names, fields: Fields) -> None:
    """A new condition's id is no name of a built-in one, which would be lost behind it, and no word for none."""
    if found := names.meanings("conditions", own).ids:
        hint = f"choose another id, or write rules for {found[0]}"
        fields.problem(f"'{own}' is a name of the built-in {either(list(found))}", "id", hint=hint)
    elif means_nothing(own):
        fields.problem(f"'{own}' means that there is none", "id", hint="choose another id")


# -- warnings --------------------------------------------------------------------------------------------------------


def keep_warning(own: Warning, built_in: Mapping[str, Warning], fields: Fields) -> None:
    """A built-in warning keeps its lines, their urgency and its patients; no other line takes the sign of one of them.

    Of the lines of one sign a patient reads only one, so a new line with a built-in sign would hide what it stands for.
    """
    there = built_in.get(own.id)
    signs = {item.sign for warning in built_in.values() for item in warning.items}
    kept = {item.id for item in there.items} if there else set()
    for index, item in enumerate(own.items):
        if item.id not in kept and item.sign in signs:
            message = f"'{item.id}' would stand in place of the built-in lines of the sign '{item.sign}'"
            fields.problem(message, "items", index, "sign", hint="give it a sign of its own")
    if there is None:
        return
    if own.text.title != there.text.title:
        fields.problem(f"the built-in warning '{own.id}' has another title", "title", hint=_HINT)
    _keep_sources(own, there, fields)
    _keep_lines(own, there, fields)
    for fault in fewer_patients(there.applies_to, own.applies_to):
        fields.problem(f"the built-in warning '{own.id}' is not only that: {fault}", "applies_to", hint=_HINT)


def _keep_lines(own: Warning, there: Warning, fields: Fields) -> None:
    places = {item.id: index for index, item in enumerate(own.items)}
    for old, text in zip(there.items, there.text.items, strict=True):
        if old.id not in places:
            fields.problem(f"the built-in warning '{own.id}' has a line '{old.id}' too", "items", hint=_HINT)
            continue
        index = places[old.id]
        new, words = own.items[index], own.text.items[index]
        weaker = {
            "action": ACTIONS.index(new.action) > ACTIONS.index(old.action),
            "sign": new.sign != old.sign,
            "spare": new.spare and not old.spare,
            "always": old.always and not new.always,
            "text": words.text != text.text,
            "page1": text.page1 is not None and words.page1 != text.page1,
        }
        for name in (name for name, is_weaker in weaker.items() if is_weaker):
            fields.problem(f"the built-in line '{old.id}' has another '{name}'", "items", index, name, hint=_HINT)


_WIDENS = ("regions", "conditions", "own_conditions", "categories", "exercises")
_NARROWS = ("except_conditions", "except_regions")


def fewer_patients(there: AppliesTo, here: AppliesTo) -> Iterator[str]:
    """In what `here` is for fewer patients than `there`."""
    if there.everyone and not here.everyone:
        yield "no longer for everyone"
    for name in _WIDENS:
        if not here.everyone and (left_out := set(getattr(there, name)) - set(getattr(here, name))):
            yield f"no longer for the {name} {', '.join(sorted(left_out))}"
    # Exceptions alone mean everyone else; whoever is named beside them ends that.
    named = [name for name in _WIDENS if getattr(here, name)]
    if named and not here.everyone and not any(getattr(there, name) for name in _WIDENS):
        yield f"only for the {named[0]} that it names"
    for name in _NARROWS:
        if excepted := set(getattr(here, name)) - set(getattr(there, name)):
            yield f"not for the {name[7:]} {', '.join(sorted(excepted))}"
    if here.only_regions and (not there.only_regions or set(there.only_regions) - set(here.only_regions)):
        yield f"only for the regions {', '.join(here.only_regions)}"


# -- pain scales -----------------------------------------------------------------------------------------------------

_EVER = 10_000
"""Weeks that never end."""


def keep_scale(own: PainScale, built_in: Mapping[str, PainScale], fields: Fields) -> None:
    """A clinic's scale may stop earlier and be for more patients; its words are those of the built-in scales."""
    there = built_in.get(own.id)
    model = there or next((scale for scale in built_in.values() if scale.everyone), None)
    if model is None or not own.text.zones:
        return
    old, new = _bands(model.text), _bands(own.text)
    looser = [pain for pain in range(11) if new.get(pain, 0) < old.get(pain, 0)]
    if looser:
        message = f"with pain {looser[0]} the built-in scale '{model.id}' says '{ZONES[old[looser[0]]]}'"
        fields.problem(message, "zones", hint="a clinic's scale may only be stricter")
    texts = [scale.text for scale in built_in.values()]
    for index, zone in enumerate(own.text.zones):
        like = [one for text in texts for one in text.zones if one.kind == zone.kind]
        mine = [one for one in model.text.zones if one.kind == zone.kind] if there else []
        words: dict[str, set[str | None]] = {
            "word": {one.word for one in like},
            "action": {one.action for one in like},
            "more": {one.more for one in mine} or {None, *(one.more for one in like)},
        }
        for name, known in words.items():
            if like and getattr(zone, name) not in known:
                hint = f"write: {max(word or '' for word in known) or 'nothing'}"
                fields.problem("the built-in scales say it otherwise", "zones", index, name, hint=hint)
    if own.text.next_day != model.text.next_day:
        fields.problem("the built-in scale says it otherwise", "next_day", hint=f"write: {model.text.next_day}")
    page1 = model.text.page1.replace(str(stops_at(model.text)), str(stops_at(own.text)))
    if own.text.page1 != page1:
        fields.problem("the built-in scale says it otherwise", "page1", hint=f"write: {page1}")
    if there is not None:
        _keep_sources(own, there, fields)
        for fault in _fewer_weeks(there, own):
            fields.problem(f"the built-in scale '{own.id}' is not only that: {fault}", "applies_to", hint=_HINT)


def stops_at(text: PainScaleText) -> int:
    """The least pain with which the patient stops."""
    return min((zone.low for zone in text.zones if zone.kind == "stop"), default=10)


def _bands(text: PainScaleText) -> dict[int, int]:
    """How strict a scale is with each pain: the place of its zone in `ZONES`."""
    return {pain: ZONES.index(zone.kind) for zone in text.zones for pain in range(zone.low, zone.high + 1)}


def _fewer_weeks(there: PainScale, here: PainScale) -> Iterator[str]:
    if there.everyone and not here.everyone:
        yield "no longer for everyone"
    weeks = {named.condition: named.weeks for named in here.conditions}
    for named in () if here.everyone else there.conditions:
        if named.condition not in weeks:
            yield f"no longer for {named.condition}"
        elif (weeks[named.condition] or _EVER) < (named.weeks or _EVER):
            yield f"fewer weeks for {named.condition}"


def _keep_sources(own: Warning | PainScale, there: Warning | PainScale, fields: Fields) -> None:
    if gone := set(there.sources) - set(own.sources):
        fields.problem(f"'{own.id}' rests on {', '.join(sorted(gone))} too", "sources", hint=_HINT)


# -- words -----------------------------------------------------------------------------------------------------------

FREE_WORDS = (
    "names.regions.", "names.goals.", "catalogue.", "handout.title", "handout.subject", "handout.goal",
    "handout.clinician", "handout.next_visit", "handout.note_from", "handout.for_this_program",
    "handout.your_exercises", "handout.log_title", "handout.questions", "handout.reviewed", "handout.leaflet_page",
    "handout.checked_o", "handout.sign_",
)  # fmt: skip
"""How the keys begin of the built-in words that a clinic may say otherwise: no warning, no dose, no side."""


def keep_words(words: Mapping[str, Any], built_in: Mapping[str, Any], fields: Fields) -> None:
    """A clinic's own file for a built-in language adds words, but none of a dose; it replaces the free ones alone."""
    for key in dict.fromkeys((*flat_words(built_in), *flat_words(words), "tag", "plural")):
        there, here = word_at(built_in, key), word_at(words, key)
        if here is None or there is None or here == there:
            continue
        if not key.startswith(FREE_WORDS):
            hint = f"leave it out: it is '{there}'" if isinstance(there, str) else "leave it out"
            fields.problem(f"the built-in word '{key}' is fixed", *key.split("."), hint=hint)
        elif fault := form_fault(key, here, there):
            fields.problem(f"the word '{key}' has {fault}", *key.split("."))
    for key in flat_words(words):
        if key.startswith("dose.") and word_at(built_in, key) is None:
            fields.problem(f"no dose is printed with a word '{key}'", *key.split("."), hint="leave it out")


_NUMBER = re.compile(r"\d+")
PROTECTED_TEXTS: Collection[Kind] = ("warnings", "pain-scales")


def keep_translation(kind: Kind, own: Mapping[str, Any], built_in: Mapping[str, Any], fields: Fields) -> None:
    """A clinic's own translation of a protected item says what the built-in one says, and what the clinic added."""
    own, built_in = mapping_of(own), mapping_of(built_in)  # a clinic's file may have anything there
    if kind == "warnings":
        lines, there = mapping_of(own.get("items")), mapping_of(built_in.get("items"))
        if own.get("title") != built_in.get("title"):
            fields.problem("the built-in translation has another title", "title", hint=_HINT)
        for name, line in there.items():
            if lines.get(name) != line:
                fields.problem(f"the built-in translation says '{name}' otherwise", "items", name, hint=_HINT)
        return
    old, new = _scale_words(built_in), _scale_words(own)
    for name in new:
        if not new[name] <= old[name]:
            fields.problem("the built-in translation says it otherwise", name, hint=_HINT)


def _scale_words(text: Mapping[str, Any]) -> dict[str, set[str]]:
    """What is said in a scale, without its numbers: those follow the English."""
    zones = text.get("zones")
    bare = [{**mapping_of(zone), "low": None, "high": None} for zone in (zones if isinstance(zones, list) else [])]
    words = {"zones": set(map(repr, bare))}
    return words | {name: {_NUMBER.sub("#", str(text.get(name)))} for name in ("next_day", "page1")}
