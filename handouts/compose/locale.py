"""One language of the sheet: its words with plurals, its dates, and the library's texts in it.

A text whose translation is missing or stale comes back in English, says so in its `lang`, and leaves a note. Knows no
page. Plural forms follow CLDR's plain rules, written in the language's own file.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from handouts.errors import BadInput, Problem
from handouts.library import Kind, Library, Translations
from handouts.library.exercises import build_exercise_text
from handouts.library.packets import build_packet_text
from handouts.library.safety_facts import build_condition_text, build_rule_text
from handouts.library.warnings import build_pain_scale_text, build_warning_text
from handouts.library.yaml_source import Fields, read_content
from handouts.model import (
    Condition,
    ConditionText,
    Exercise,
    ExerciseText,
    Movement,
    Packet,
    PacketText,
    PainScale,
    PainScaleText,
    Rule,
    RuleText,
    Warning,  # noqa: A004 - the field's own word
    WarningText,
)

SOURCE_LANGUAGE = "en"
Value = str | int | float | tuple[int, int]
Item = TypeVar("Item")
_FIELD = re.compile(r"\{(\w+)\}")
_PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")


def read_locale(library: Library, code: str) -> Locale:
    """The locale of a language of the library.

    Raises BadInput when the library has no such language, or its file is not right.
    """
    if code not in library.languages():
        hint = f"known: {', '.join(library.languages())}"
        raise BadInput([Problem("language", 0, 0, f"unknown language '{code}'", hint)])
    own = _read_words(library, code)
    return Locale(library, own, own if code == SOURCE_LANGUAGE else _read_words(library, SOURCE_LANGUAGE))


class Locale:
    """Says the sheet's words and gives the library's texts in one language.

    `notes` names, once each, every text that fell back to English. A `complete` language lacks no word of the sheet.
    """

    def __init__(self, library: Library, own: Mapping[str, Any], english: Mapping[str, Any]) -> None:
        self.code: str = own["code"]
        self.tag: str = own["tag"]
        self.name: str = own["name"]
        self.notes: list[str] = []
        self._own, self._english = own, english
        self._plural = {form: _plural_rule(rule) for form, rule in own["plural"].items()}
        self._english_plural = {form: _plural_rule(rule) for form, rule in english["plural"].items()}
        self.complete = own is english or dict(_sentences(own)).keys() >= dict(_sentences(english)).keys()
        self._translations = Translations(library, self.code)
        self._texts: dict[tuple[str, str], tuple[Any, str | None]] = {}
        self._own_words: dict[str, Any] = {}  # by their whole keys, since the same are looked up for every handout

    def afresh(self) -> Locale:
        """The same language for another handout: shares what has been read, and has no notes yet."""
        other = copy.copy(self)
        other.notes = []
        return other

    @property
    def vocabulary(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """All words of the language, and the English ones that stand in for those it lacks."""
        return self._own, self._english

    def say(self, key: str, **values: Value) -> str:
        """The word or sentence at `section.name`, its `{fields}` filled in; plural forms go by the value named `n`.

        A range is written "2–3" and takes the plural of its upper end. Raises KeyError for a word that no language
        has and for a field without a value: both are bugs, not input.
        """
        word, plural = self._word(key)
        if isinstance(word, Mapping):
            number = values["n"]
            upper = number[1] if isinstance(number, tuple) else number
            form = next((form for form, applies in plural.items() if applies(upper)), "other")
            word = word.get(form, word["other"])
        if not isinstance(word, str):
            raise KeyError(f"{key} is not a sentence")
        return _FIELD.sub(lambda match: _written(values[match[1]]), word) if "{" in word else word

    def words(self, key: str) -> tuple[str, ...]:
        """The list of words at `section.name`."""
        word, _ = self._word(key)
        if not isinstance(word, list):
            raise KeyError(f"{key} is not a list")
        return tuple(word)

    def has(self, key: str) -> bool:
        """Whether the language, or English for it, has a word at `section.name`."""
        return _at(self._own, key) is not None or _at(self._english, key) is not None

    def date(self, day: dt.date, *, weekday: bool = False) -> str:
        """A date as the language writes it."""
        return self.say(
            "dates.format_with_weekday" if weekday else "dates.format",
            day=day.day,
            month=self.words("dates.months")[day.month - 1],
            year=str(day.year),
            weekday=self.words("dates.weekdays")[day.weekday()],
        )

    def exercise(self, exercise: Exercise) -> ExerciseText:
        """What the patient reads of an exercise."""
        return self._text("exercises", exercise.id, exercise.text, build_exercise_text)

    def condition(self, condition: Condition) -> ConditionText:
        """What the patient reads of a condition."""
        return self._text("conditions", condition.id, condition.text, build_condition_text)

    def rule(self, rule: Rule) -> RuleText:
        """The advice of a rule."""
        return self._text("rules", rule.id, rule.text, build_rule_text)

    def warning(self, warning: Warning) -> WarningText:
        """What the patient reads of a warning."""
        return self._text("warnings", warning.id, warning.text, build_warning_text)

    def pain_scale(self, scale: PainScale) -> PainScaleText:
        """What the patient reads of a pain scale."""
        return self._text("pain-scales", scale.id, scale.text, build_pain_scale_text)

    def packet(self, packet: Packet) -> PacketText:
        """What the patient reads of a packet."""

        def build(fields: Fields, lang: str) -> PacketText:
            notes = fields.inner("notes")
            said = {name: notes.as_text(text, name, most=400) for name, text in notes.data.items()} if notes else {}
            return build_packet_text(fields, lang, said)

        return self._text("packets", packet.id, packet.text, build)

    def movement(self, movement: Movement) -> str:
        """The plain name of a movement."""

        def build(fields: Fields, lang: str) -> ConditionText:
            return ConditionText(lang=lang, name=fields.text("name"), for_you="")

        english = ConditionText(lang=self._english["tag"], name=movement.name, for_you="")
        return self._text("movements", movement.id, english, build).name

    def _text(self, kind: Kind, item_id: str, english: Item, build: Callable[[Fields, str], Item]) -> Item:
        if (kind, item_id) not in self._texts:
            text, lack = self._rendered(kind, item_id, build)
            if text is None:
                text = replace(english, lang=self._english["tag"])  # type: ignore[type-var]
            self._texts[kind, item_id] = text, lack
        known, lack = self._texts[kind, item_id]
        if lack:
            self._note(lack)
        found: Item = known
        return found

    def _rendered(
        self, kind: Kind, item_id: str, build: Callable[[Fields, str], Item]
    ) -> tuple[Item | None, str | None]:
        """The item in this language, or None and the note when English must stand in."""
        if self.code == SOURCE_LANGUAGE:
            return None, None
        rendering = self._translations.find(kind, item_id)
        if rendering is None:
            return None, f"{self.code}: {kind}/{item_id} is not translated, printed in English"
        lacking = [why for _, why in self._translations.lacks(kind, item_id, rendering)]
        if lacking:
            return None, f"{self.code}: {kind}/{item_id} is printed in English: {lacking[0]}"
        problems: list[Problem] = []
        text = build(rendering.fields(problems), self.tag)
        if problems:
            raise BadInput(problems)
        return text, None

    def _word(self, key: str) -> tuple[Any, Mapping[str, Callable[[Any], bool]]]:
        word = self._own_words.get(key)
        if word is None and (word := _at(self._own, key)) is not None:
            self._own_words[key] = word
        if word is not None:
            return word, self._plural
        if (word := _at(self._english, key)) is not None:
            self._note(f"{self.code}: the word {key} is missing, printed in English")
            return word, self._english_plural
        raise KeyError(key)

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def language_problems(library: Library, code: str) -> list[Problem]:
    """What a language's file lacks against English, and the fields its sentences lack or add."""
    try:
        own, english = _read_words(library, code), _read_words(library, SOURCE_LANGUAGE)
    except BadInput as error:
        return list(error.problems)
    path = str(library.language_files(code)[-1])
    mine, theirs = dict(_sentences(own)), dict(_sentences(english))
    problems = [Problem(path, 0, 0, f"the word '{key}' is missing") for key in theirs.keys() - mine.keys()]
    problems += [Problem(path, 0, 0, f"the word '{key}' is in no English file") for key in mine.keys() - theirs.keys()]
    for key in mine.keys() & theirs.keys():
        if _fields(mine[key]) != _fields(theirs[key]):
            fields = ", ".join(sorted(_fields(theirs[key]))) or "none"
            problems.append(Problem(path, 0, 0, f"the word '{key}' has other {{fields}}", f"in English: {fields}"))
    return sorted(problems)


def _read_words(library: Library, code: str) -> dict[str, Any]:
    """A language's words: the files of all folders laid over each other, word by word."""
    words: dict[str, Any] = {}
    problems: list[Problem] = []
    for path in library.language_files(code):
        document = read_content(path)
        top = Fields(document.data, document, problems)
        if top.has("code") and top.text("code") != code:
            top.problem(f"the code is not the file's name, '{code}'", "code")
        words = _laid_over(words, dict(top.data))
        for name in ("name", "tag", "plural"):
            if name not in words:
                top.problem(f"'{name}' is missing")
        for form, rule in (top.inner("plural") or top.at({})).data.items():
            top.known(form, "plural form", _PLURAL_FORMS, "plural", form, key=True)
            try:
                _plural_rule(str(rule))
            except ValueError as error:
                top.problem(str(error), "plural", form, hint="such as 'n is 1' or 'n mod 10 in 2..4'")
    if problems:
        raise BadInput(problems)
    return {**words, "code": code}


def _laid_over(base: dict[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """`change` over `base`, section by section; the forms of one plural are never mixed."""
    merged = dict(base)
    for key, value in change.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict) and "other" not in value:
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged


def _at(words: Mapping[str, Any], key: str) -> Any:
    found: Any = words
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        low, high = value
        return str(low) if low == high else f"{low}–{high}"
    return str(value)


def _sentences(words: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Every word, plural and list, by its key; the language's own description left out."""
    found: list[tuple[str, Any]] = []
    for name, value in words.items():
        if prefix == "" and name in ("code", "name", "tag", "plural"):
            continue
        if isinstance(value, Mapping) and "other" not in value:
            found += _sentences(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", value))
    return found


def _fields(word: Any) -> set[str]:
    texts = word.values() if isinstance(word, Mapping) else word if isinstance(word, list) else [word]
    return {field for text in texts for field in _FIELD.findall(str(text))}


def _plural_rule(rule: str) -> Callable[[Any], bool]:
    """CLDR's plain rules: `n is 1`, `n mod 10 in 2..4 and n mod 100 not in 12..14`, joined by `and` and `or`.

    Raises ValueError for anything else.
    """
    ways = [[_relation(part) for part in way.split(" and ")] for way in rule.split(" or ")]
    return lambda number: any(all(holds(number) for holds in way) for way in ways)


def _relation(text: str) -> Callable[[Any], bool]:
    match = re.fullmatch(r"\s*n(?: mod (\d+))? (is|is not|in|not in) ([\d.,]+)\s*", text)
    if match is None:
        raise ValueError(f"'{text.strip()}' is not a plural rule")
    modulus, relation, values = match.groups()
    spans = [[int(end) for end in span.split("..")] for span in values.split(",")]

    def holds(number: Any) -> bool:
        value = number % int(modulus) if modulus else number
        inside = any(span[0] <= value <= span[-1] and value == int(value) for span in spans)
        return inside != ("not" in relation)

    return holds
