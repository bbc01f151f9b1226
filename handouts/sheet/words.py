"""The sheet's own words in one language, and the gate every other text passes: can each of its characters be printed?

Only these words and the rules' advice may hold `**bold**`; a name, a note or a clinic's text is printed letter for
letter, also when it is put into one of our sentences.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from handouts.layout.line_breaking import Piece, Text, marked, plain
from handouts.library.locale import Locale
from handouts.pdf.fonts import family_for

_HELD = 0xE000
"""Private characters that hold the place of a value while a sentence is read for its bold words."""


class Words:
    """Says things in the handout's language; raises UnprintableText before anything is laid out."""

    def __init__(self, locale: Locale, *, emergency: str, phone: str | None) -> None:
        self.locale = locale
        self.emergency = emergency
        self._phone = phone
        self._said: dict[str, Text] = {}

    @property
    def key(self) -> Hashable:
        """What all that is said hangs on; None while a word is missing, since its stand-in must be noted every time."""
        own, english = self.locale.vocabulary
        return (id(own), id(english), self.emergency, self._phone) if self.locale.complete else None

    def say(self, key: str, **values: str | int | tuple[int, int]) -> Text:
        """One of the sheet's own sentences; values are printed letter for letter."""
        if values:
            return self._spoken(key, values)
        if key not in self._said:
            self._said[key] = self._spoken(key, values)
        return self._said[key]

    def _spoken(self, key: str, values: Mapping[str, str | int | tuple[int, int]]) -> Text:
        held = {name: chr(_HELD + i) for i, (name, value) in enumerate(values.items()) if isinstance(value, str)}
        sentence = self.locale.say(f"sheet.{key}", **{**values, **held})
        text = marked(sentence)
        for name, mark in held.items():
            text = tuple(piece._replace(text=piece.text.replace(mark, str(values[name]))) for piece in text)
        return printable(text, f"sheet.{key}")

    def position(self, position: str) -> Text:
        """A starting position as the sheet names it."""
        return printable(plain(self.locale.say(f"names.positions.{position}")), "names.positions")

    def group(self, action: str) -> Text:
        """What a group of warnings asks for."""
        key = f"group_{action.replace('-', '_')}"
        return self.say(key, emergency=self.emergency)

    def list(self, key: str) -> tuple[Text, ...]:
        """A list of the sheet's own words."""
        return tuple(printable(plain(word), f"sheet.{key}") for word in self.locale.words(f"sheet.{key}"))

    def continued(self, name: Text) -> Text:
        """A name with 'continued' after it."""
        return self.say("continued", name="".join(piece.text for piece in name))

    def plain(self, text: str | None, field: str, lang: str = "") -> Text:
        """A text that is not ours, letter for letter; empty when there is none."""
        return printable(plain(" ".join((text or "").split()), self.foreign(lang)), field)

    def advice(self, text: str, field: str, lang: str = "") -> Text:
        """A rule's or a warning's sentence: it may hold bold words."""
        return printable(marked(text, self.foreign(lang)), field)

    def filled(self, text: str, field: str, lang: str = "") -> Text:
        """A warning's sentence with the emergency number and the clinic's phone put in."""
        phone = self._phone or self.locale.say("sheet.your_clinic")
        filled = text.replace("{emergency}", self.emergency).replace("{phone}", phone)
        return printable(plain(filled, self.foreign(lang)), field)

    @staticmethod
    def number(value: int) -> Text:
        """A bare number, followed by a space for those who hear the page."""
        return (Piece(f"{value} "),)

    def foreign(self, lang: str) -> str:
        """The language tag a text must carry: empty when it is the handout's own language."""
        return "" if lang in ("", self.locale.code, self.locale.tag) else lang


def printable(text: Text, field: str) -> Text:
    """The text, in the fallback family where it must be. Raises UnprintableText, naming `field`."""
    if family_for("".join(piece.text for piece in text), field):
        return tuple(piece._replace(fallback=True) for piece in text)
    return text


def labelled(label: Text, text: Text) -> Text:
    """'Label: text', the label in the bolder weight; empty when there is no text."""
    if not text:
        return ()
    return (*strengthened(label), Piece(": ", strong=True, fallback=label[-1].fallback), *text)


def joined(*texts: Text) -> Text:
    """Texts one after the other with a space between; empty ones leave nothing behind."""
    whole: list[Piece] = []
    for text in texts:
        if text and whole:
            whole[-1] = whole[-1]._replace(text=whole[-1].text + " ")
        whole += text
    return tuple(whole)


def spaced(text: Text) -> Text:
    """The text with a space at its end, which parts it from what is drawn next for those who hear the page."""
    return (*text[:-1], text[-1]._replace(text=text[-1].text + " ")) if text else ()


def strengthened(text: Text) -> Text:
    """The text in the bolder weight."""
    return tuple(piece._replace(strong=True) for piece in text)
