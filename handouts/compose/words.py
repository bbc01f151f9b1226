"""Says the sheet's own words in the handout's language as text that can be set; knows no library and no page."""

from __future__ import annotations

from handouts.compose.text import Text, marked, plain
from handouts.library.locale import Locale, Value

_PLACEHOLDER = 0xE000
"""Private characters that hold the place of a value while a sentence is read for its bold words."""


class Words:
    """The words of one handout. Values put into a sentence are printed letter for letter, stars and all."""

    def __init__(self, locale: Locale, *, emergency: str, phone: str | None) -> None:
        self.locale = locale
        self.emergency = emergency
        self.phone = phone

    def say(self, key: str, **values: Value) -> Text:
        """The sentence `handout.<key>` of the language file with its values filled in.

        Raises:
            KeyError: no language has the key, or a value is missing: a fault of the program, not of its input.
        """
        # A star in a patient's name must not begin bold type: values go in after the marks are read.
        held = {name: chr(_PLACEHOLDER + i) for i, (name, value) in enumerate(values.items()) if isinstance(value, str)}
        text = marked(self.locale.say(f"handout.{key}", **{**values, **held}), f"handout.{key}")
        for name, mark in held.items():
            text = tuple(piece._replace(text=piece.text.replace(mark, str(values[name]))) for piece in text)
        return text

    def list(self, key: str) -> tuple[Text, ...]:
        """The list of words `handout.<key>`."""
        return tuple(plain(word, f"handout.{key}") for word in self.locale.words(f"handout.{key}"))

    def name(self, kind: str, name: str) -> Text:
        """What the language calls a region, position or piece of equipment."""
        return plain(self.locale.say(f"names.{kind}.{name}"), f"names.{kind}.{name}")

    def plain(self, text: str | None, field: str, lang: str = "") -> Text:
        """A text of the library, the clinic or the clinician, letter for letter."""
        return plain(text, field, self.foreign(lang))

    def advice(self, text: str, field: str, lang: str = "") -> Text:
        """A rule's or a warning's sentence: it may hold bold words, the emergency number and the clinic's phone."""
        # A sentence with a hole in it would be worse than one that names the clinic.
        phone = self.phone or self.locale.say("handout.your_clinic")
        filled = text.replace("{emergency}", self.emergency).replace("{phone}", phone)
        return marked(filled, field, self.foreign(lang))

    def foreign(self, lang: str) -> str:
        """The language tag that a text must carry: empty when it is the handout's own language."""
        return "" if lang in ("", self.locale.code, self.locale.tag) else lang
