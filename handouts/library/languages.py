"""The language files: the sheet's own words with plurals, read and compared with English. Knows no item of content.

Plural forms follow CLDR's plain rules, written in the language's own file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.errors import BadInput, Problem
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import read_yaml

SOURCE_LANGUAGE = "en"
PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
MOST_WORD = 400
BLANK = re.compile(r"\{(\w+)\}")
"""A blank of a sentence, filled in by name: `{n}`."""
PluralRule = Callable[[float], bool]
KeepWords = Callable[[Mapping[str, Any], Mapping[str, Any], Fields], None]
"""Adds a problem for each word of a later file, given those of the first one, that may not be as it is."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """The words of one language.

    Attributes:
        code: the file's name, such as `es`.
        tag: BCP 47, such as `es-US`.
        name: what the language calls itself.
        words: sections of words, sentences, plural forms and lists.
        plural_rules: by plural form, whether it is used with a number.
    """

    code: str
    tag: str
    name: str
    words: Mapping[str, Any]
    plural_rules: Mapping[str, PluralRule]

    def word(self, key: str) -> Any:
        """The word at `section.name`; None when the language has none."""
        return word_at(self.words, key)

    def plural_form(self, number: float) -> str:
        """The form that goes with a number: `one`, `few` … or `other`."""
        return next((form for form, applies in self.plural_rules.items() if applies(number)), "other")

    def keys(self) -> set[str]:
        """The key of every word, sentence and list."""
        return set(flat_words(self.words))


def read_language(code: str, files: Sequence[Path], keep: KeepWords, english: Language | None = None) -> Language:
    """The language in `files`, the built-in file first: a later one adds words, or replaces those that `keep` lets it.

    `english`: its words must have the form of the English ones. `language_problems` looks at the built-in files.

    Raises:
        BadInput: a file is not right, or `name`, `tag` or `plural` is missing.
    """
    words: dict[str, Any] = {}
    problems: list[Problem] = []
    for path in files:
        document = read_yaml(path)
        top = Fields(document.data, document, problems)
        if top.has("code") and top.text("code") != code:
            top.problem(f"the code is not the file's name, '{code}'", "code")
        for key in flat_words(top.data):
            if not _is_word(word_at(top.data, key)):
                hint = f"1 to {MOST_WORD} characters"
                top.problem("expected text, plural forms or a list of texts", *key.split("."), hint=hint)
        if words:
            keep(top.data, words, top)
        words = _laid_over(words, dict(top.data))
        for name in ("name", "tag", "plural"):
            if name not in words:
                top.problem(f"'{name}' is missing")
        for form, rule in (top.inner("plural") or top.at({})).data.items():
            top.known(form, "plural form", PLURAL_FORMS, "plural", form, key=True)
            try:
                plural_rule(str(rule))
            except ValueError as error:
                top.problem(str(error), "plural", form, hint="such as 'n is 1' or 'n mod 10 in 2..4'")
    if problems:
        raise BadInput(problems)
    rules = {form: plural_rule(rule) for form, rule in words["plural"].items()}
    language = Language(code=code, tag=words["tag"], name=words["name"], words=words, plural_rules=rules)
    # A sentence without its number, or with a blank that nobody fills in, must not wait for a patient.
    if english is not None and (unlike := form_problems(language, english, files[-1])):
        raise BadInput(unlike)
    return language


def compare_languages(own: Language, english: Language, path: Path) -> list[Problem]:
    """The words that a language lacks or adds against English, and sentences with other blanks; `path` is its file."""
    problems = [Problem(str(path), 0, 0, f"the word '{key}' is missing") for key in english.keys() - own.keys()]
    problems += [
        Problem(str(path), 0, 0, f"the word '{key}' is in no English file") for key in own.keys() - english.keys()
    ]
    return sorted([*problems, *form_problems(own, english, path)])


def form_problems(own: Language, english: Language, path: Path) -> list[Problem]:
    """The words that cannot stand in the place of the English ones; `path` is the language's file."""
    both = {key: (own.word(key), english.word(key)) for key in own.keys() | english.keys()}
    faults = ((key, form_fault(key, *words)) for key, words in both.items() if None not in words)
    return sorted(Problem(str(path), 0, 0, f"the word '{key}' has {fault}") for key, fault in faults if fault)


def form_fault(key: str, word: Any, english: Any) -> str | None:
    """What keeps a word from standing in the English one's place: another form, or other blanks."""
    # Where the English has a plural one sentence may do; a plural anywhere else would be asked for without a number.
    if _form(word) != _form(english) and (_form(word), _form(english)) != ("text", "plural"):
        return f"another form than the English: {_form(english)}, not {_form(word)}"
    # Months and days are counted; the words that grade a text are not.
    if isinstance(english, list) and len(word) != len(english) and not key.startswith("reading."):
        return f"{len(word)} entries, not {len(english)}"
    wanted = _blanks(english)
    return None if _blanks(word) == wanted else f"other {{fields}} (in English: {', '.join(sorted(wanted)) or 'none'})"


def plural_rule(rule: str) -> PluralRule:
    """CLDR's plain rules: `n is 1`, `n mod 10 in 2..4 and n mod 100 not in 12..14`, joined by `and` and `or`.

    Raises:
        ValueError: it is no such rule.
    """
    ways = [[_relation(part) for part in way.split(" and ")] for way in rule.split(" or ")]
    return lambda number: any(all(holds(number) for holds in way) for way in ways)


def _relation(text: str) -> PluralRule:
    match = re.fullmatch(r"\s*n(?: mod (\d+))? (is|is not|in|not in) ([\d.,]+)\s*", text)
    if match is None:
        raise ValueError(f"'{text.strip()}' is not a plural rule")
    modulus, relation, values = match.groups()
    spans = [[int(end) for end in span.split("..")] for span in values.split(",")]

    def holds(number: float) -> bool:
        value = number % int(modulus) if modulus else number
        inside = any(span[0] <= value <= span[-1] and value == int(value) for span in spans)
        return inside != ("not" in relation)

    return holds


def _laid_over(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """`change` over `base`, section by section; the forms of one plural are never mixed."""
    merged = dict(base)
    for key, value in change.items():
        below = merged.get(key)
        # A plural is replaced whole: forms of two wordings would make a sentence nobody wrote.
        if isinstance(below, dict) and isinstance(value, dict) and "other" not in value:
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged


def word_at(words: Mapping[str, Any], key: str) -> Any:
    """The word at `section.name`; None when there is none."""
    found: Any = words
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _form(word: Any) -> str:
    if isinstance(word, Mapping):
        return "plural" if "other" in word else "section"
    return "list" if isinstance(word, list) else "text"


def _is_word(word: Any) -> bool:
    return all(isinstance(one, str) and 0 < len(one.strip()) <= MOST_WORD for one in _texts(word))


def _texts(word: Any) -> Iterable[Any]:
    """What a word says: its plural forms, the entries of a list, or itself."""
    return word.values() if isinstance(word, Mapping) else word if isinstance(word, list) else [word]


def flat_words(words: Mapping[str, Any], prefix: str = "") -> list[str]:
    """The keys of all words, plurals and lists, without the language's description of itself."""
    found: list[str] = []
    for name, value in words.items():
        if prefix == "" and name in ("code", "name", "tag", "plural"):
            continue
        if isinstance(value, Mapping) and "other" not in value:
            found += flat_words(value, f"{prefix}{name}.")
        else:
            found.append(f"{prefix}{name}")
    return found


def _blanks(word: Any) -> set[str]:
    return {blank for text in _texts(word) for blank in BLANK.findall(str(text))}
