"""Says the sheet's own words in the handout's language as text that can be set; knows no library and no page."""

from __future__ import annotations

import re

from handouts.compose.text import Piece, Text, marked, plain
from handouts.library.locale import Locale, Value

_PLACEHOLDER = 0xE000
"""Private characters that hold the place of a value while a sentence is read for its bold words."""
_PHONE = re.compile(r"(\+?[\d\s().-]{2,20}?)(?:\s*(?:ext\.?|x)\s*(\d{1,6}))?", re.IGNORECASE)
"""A number as it is printed, and its extension."""
_NO_PHONES = ("clinic.address", "patient.name")


class Words:
    """The words of one handout. Values put into a sentence are printed letter for letter, stars and all."""

    def __init__(self, locale: Locale, *, emergency: str, phone: str | None) -> None:
        self.locale = locale
        self.emergency = emergency
        self.phone = phone
        self._dials = {number: dialling(number) for number in (emergency, phone) if number}

    def say(self, key: str, **values: Value) -> Text:
        """The sentence `handout.<key>` of the language file with its values filled in.

        Raises:
            KeyError: no language has the key, or a value is missing: a fault of the program, not of its input.
        """
        # A star in a patient's name must not begin bold type: values go in after the marks are read.
        held = {name: chr(_PLACEHOLDER + i) for i, (name, value) in enumerate(values.items()) if isinstance(value, str)}
        text = marked(self.locale.say(f"handout.{key}", **{**values, **held}), f"handout.{key}")
        for name, mark in held.items():
            text = self._put(text, mark, str(values[name]))
        return text

    def list(self, key: str) -> tuple[Text, ...]:
        """The list of words `handout.<key>`."""
        return tuple(plain(word, f"handout.{key}") for word in self.locale.words(f"handout.{key}"))

    def name(self, kind: str, name: str) -> Text:
        """What the language calls a region, position or piece of equipment."""
        return plain(self.locale.say(f"names.{kind}.{name}"), f"names.{kind}.{name}")

    def plain(self, text: str | None, field: str, lang: str = "") -> Text:
        """A text of the library, the clinic or the clinician, letter for letter."""
        whole = plain(text, field, self.foreign(lang))
        # Of a clinician's own words only the clinic's number dials: "112" may be a number of anything.
        return whole if field in _NO_PHONES or not self.phone else self._put(whole, self.phone, self.phone)

    def advice(self, text: str, field: str, lang: str = "") -> Text:
        """A rule's or a warning's sentence: it may hold bold words, the emergency number and the clinic's phone."""
        # A sentence with a hole in it would be worse than one that names the clinic.
        phone = self.phone or self.locale.say("handout.your_clinic")
        held = (("{emergency}", "\ue000", self.emergency), ("{phone}", "\ue001", phone))
        for name, mark, _ in held:
            text = text.replace(name, mark)
        result = marked(text, field, self.foreign(lang))
        for _, mark, value in held:
            result = self._put(result, mark, value)
        return result

    def _put(self, text: Text, mark: str, value: str) -> Text:
        """The text with a value in place of each mark; a phone number is a piece that dials."""
        dials = self._dials.get(value, "")
        if not dials:
            return tuple(piece._replace(text=piece.text.replace(mark, value)) for piece in text)
        filled: list[Piece] = []
        for piece in text:
            first, *others = piece.text.split(mark)
            filled.append(piece._replace(text=first))
            for other in others:
                filled += (piece._replace(text=value, dials=dials), piece._replace(text=other))
        return tuple(piece for piece in filled if piece.text)

    def foreign(self, lang: str) -> str:
        """The language tag that a text must carry: empty when it is the handout's own language."""
        return "" if lang in ("", self.locale.code, self.locale.tag) else lang


def dialling(number: str) -> str:
    """The `tel:` address of a number as it is printed; empty for what is no plain number.

    Letters, two numbers or "(0)" are left alone: a guess would dial somebody else.
    """
    match = _PHONE.fullmatch(number.strip())
    if not match or "(0)" in number:
        return ""
    digits, extension = "".join(re.findall(r"\d", match[1])), match[2]
    plus = "+" if match[1].startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={extension}" if extension else "")
