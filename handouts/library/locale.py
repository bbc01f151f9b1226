"""One language of a handout: the sheet's own words with plurals, dates, and the library's texts in it.

A text whose translation is missing or stale comes in English, says so in its `lang`, and leaves a note for the
clinician. Knows no page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any, Protocol, TypeVar

from handouts.errors import BadInput, Problem, bad_input
from handouts.library import Kind, Library, translation_faults
from handouts.library.exercises import build_exercise_text
from handouts.library.languages import BLANK, SOURCE_LANGUAGE, Language, compare_languages
from handouts.library.safety_facts import build_rule_text
from handouts.library.warnings import build_pain_scale_text, build_warning_text
from handouts.library.yaml_fields import Fields, read_as
from handouts.model import (
    Condition,
    ConditionText,
    Exercise,
    Movement,
    MovementText,
    Packet,
    PacketText,
    PainScale,
    Rule,
    Warning,  # noqa: A004 - the field's own word
)

Value = str | int | float | tuple[int, int]
Text = TypeVar("Text")
Text_co = TypeVar("Text_co", covariant=True)


class Worded(Protocol[Text_co]):
    """An item with words of its own for the patient."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> Text_co: ...


KIND_OF: Mapping[type, Kind] = {
    Exercise: "exercises", Condition: "conditions", Rule: "rules", Warning: "warnings", PainScale: "pain-scales",
    Packet: "packets", Movement: "movements",
}  # fmt: skip
"""Where the library keeps what has words of its own."""


def _packet_text(fields: Fields, lang: str) -> PacketText:
    notes = fields.inner("notes")
    by_exercise = {name: notes.as_text(text, name, most=400) for name, text in notes.data.items()} if notes else {}
    return read_as(PacketText, fields, lang=lang, notes=by_exercise)


_BUILD: Mapping[Kind, Callable[[Fields, str], Any]] = {
    "exercises": build_exercise_text,
    "conditions": lambda fields, lang: read_as(ConditionText, fields, lang=lang),
    "rules": build_rule_text,
    "warnings": build_warning_text,
    "pain-scales": build_pain_scale_text,
    "packets": _packet_text,
    "movements": lambda fields, lang: read_as(MovementText, fields, lang=lang),
}
"""How the words of an item are read from a translation."""


def read_locale(library: Library, code: str) -> Locale:
    """The locale for one handout in a language of the library.

    Raises:
        BadInput: the library has no such language, or its file is not right.
    """
    if code not in library.languages():
        hint = f"known: {', '.join(library.languages())}"
        raise bad_input("language", f"unknown language '{code}'", hint)
    return Locale(library, library.language(code), library.language(SOURCE_LANGUAGE))


class Locale:
    """Says the sheet's words and gives the library's texts in one language, for one handout.

    Attributes:
        code: the language's code in the library, such as `es`.
        tag: BCP 47, such as `es-US`.
        name: what the language calls itself.
        notes: every text that came in English in its place, once each.
    """

    def __init__(self, library: Library, own: Language, english: Language) -> None:
        self.code, self.tag, self.name = own.code, own.tag, own.name
        self.notes: list[str] = []
        self._library, self._own, self._english = library, own, english

    @property
    def vocabulary(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """All words of the language, and the English ones that stand in for those it lacks."""
        return self._own.words, self._english.words

    def say(self, key: str, **values: Value) -> str:
        """The word or sentence at `section.name` with its blanks filled in; its plural goes by the value named `n`.

        A range is written "2 to 3" and takes the plural of its upper end.

        Raises:
            KeyError: no language has the word, or a blank has no value: a fault of the program, not of its input.
        """
        word, language = self._word(key)
        if isinstance(word, Mapping):
            number = values["n"]
            upper = number[1] if isinstance(number, tuple) else number
            word = word.get(language.plural_form(float(upper)), word["other"])
        if not isinstance(word, str):
            raise KeyError(f"{key} is not a sentence")
        return BLANK.sub(lambda blank: self._written(values[blank[1]]), word)

    def _written(self, value: Value) -> str:
        if isinstance(value, tuple):
            low, high = value
            return str(low) if low == high else self.say("dose.range", low=str(low), high=str(high))
        return str(value)

    def words(self, key: str) -> tuple[str, ...]:
        """The list of words at `section.name`. Raises KeyError where there is none."""
        word, _ = self._word(key)
        if not isinstance(word, list):
            raise KeyError(f"{key} is not a list")
        return tuple(word)

    def date(self, day: dt.date) -> str:
        """A date as the language writes it."""
        month = self.words("dates.months")[day.month - 1]
        return self.say("dates.format", day=day.day, month=month, year=str(day.year))

    def text(self, item: Worded[Text]) -> Text:
        """What the patient reads of an item, or the English with a note where its translation cannot be used."""
        in_english: Text = replace(item.text, lang=self._english.tag)  # type: ignore[type-var]
        if self.code == SOURCE_LANGUAGE:
            return in_english
        kind, item_id = KIND_OF[type(item)], item.id
        translation = self._library.translations(self.code).find(kind, item_id)
        if translation is None:
            self._note(f"{self.code}: {kind}/{item_id} is not translated, printed in English")
            return in_english
        # English that is right is safer than a translation of what was meant last year.
        fault = next(translation_faults(self._library, kind, item_id, translation), None)
        if fault:
            self._note(f"{self.code}: {kind}/{item_id} is printed in English: {fault.message}")
            return in_english
        problems: list[Problem] = []
        own: Text = _BUILD[kind](translation.fields(problems), self.tag)
        if problems:
            raise BadInput(problems)
        return own

    def _word(self, key: str) -> tuple[Any, Language]:
        """The word, and the language that it is in."""
        word = self._own.word(key)
        if word is not None:
            return word, self._own
        word = self._english.word(key)
        if word is None:
            raise KeyError(key)
        self._note(f"{self.code}: the word {key} is missing, printed in English")
        return word, self._english

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def language_problems(library: Library, code: str) -> list[Problem]:
    """What a language's file lacks against English, and the blanks that its sentences lack or add."""
    try:
        own, english = library.language(code), library.language(SOURCE_LANGUAGE)
    except BadInput as error:
        return list(error.problems)
    return compare_languages(own, english, library.language_files(code)[-1])


def text_problems(library: Library, code: str, fault_of: Callable[[str], str | None]) -> list[Problem]:
    """What keeps any text of the library from being printed in a language, beside what is missing or stale.

    `fault_of` says what is wrong with a text, such as a letter that no font has; the library knows no font.
    """

    def fault_in(value: Any) -> str | None:
        return next(filter(None, map(fault_of, _strings(value))), None)

    locale, words, path = read_locale(library, code), library.language(code), str(library.language_files(code)[-1])
    found = ((key, fault_in(words.word(key))) for key in sorted(words.keys()))
    problems = [Problem(path, 0, 0, f"the word '{key}': {fault}") for key, fault in found if fault]
    for kind in _BUILD:
        for item in library.items(kind):
            try:
                text = locale.text(item)
            except BadInput as error:
                problems.extend(error.problems)
                continue
            if fault := fault_in(asdict(text)):
                problems.append(library.origin(kind, item.id, code).problem(f"'{item.id}': {fault}"))
    return problems


def _strings(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | tuple | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(each)
