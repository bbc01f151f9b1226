"""Text that a patient reads, as fragments: which words are bold, in which language they are, where they are from.

Text from names, notes and a clinic's fields is kept letter for letter; only the project's own sentences and the rules'
advice may hold `**bold**`. Knows no font, width or page.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_PHONE_NUMBER = re.compile(r"\+?\(?\d[\d\s().-]{5,}\d")


class Piece(NamedTuple):
    """A stretch of text of one kind.

    `lang` (BCP 47) is empty for the handout's own language. `field` names where the text is from, for a message about
    a character that cannot be printed. `fallback` is set at layout where the text needs the second typeface. `dials` is
    the `tel:` address of a phone number (RFC 3966).
    """

    text: str
    strong: bool = False
    lang: str = ""
    field: str = ""
    fallback: bool = False
    dials: str = ""


Text = tuple[Piece, ...]
"""A text of any number of pieces; the empty tuple is no text."""


def plain(text: str | None, field: str = "", lang: str = "") -> Text:
    """Text to be printed letter for letter, with its white space folded; no text for an empty string or None."""
    folded = " ".join((text or "").split())
    return (Piece(folded, False, lang, field),) if folded else ()


def marked(text: str, field: str = "", lang: str = "") -> Text:
    """A sentence of the project's own, in which `**…**` marks the words in bold."""
    parts = " ".join(text.split()).split("**")
    return tuple(Piece(part, i % 2 == 1, lang, field) for i, part in enumerate(parts) if part)


def wording(text: Text) -> str:
    """The bare characters of a text."""
    return "".join(piece.text for piece in text)


def strengthened(text: Text) -> Text:
    """The text in bold."""
    return tuple(piece._replace(strong=True) for piece in text)


def with_numbers_in_order(text: str) -> str:
    """A text, with its phone numbers set apart where it runs from right to left, or their groups would change places.

    Source: Unicode Standard Annex 9, isolates.
    """
    if not any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text):
        return text
    return _PHONE_NUMBER.sub("\u2066\\g<0>\u2069", text)


def without_language(text: Text) -> Text:
    """The text without its language tags, where an element around it carries them, or where nobody is read it."""
    return tuple(piece._replace(lang="") for piece in text)


def labelled(label: Text, text: Text) -> Text:
    """'**Label:** text'; no text when there is nothing to label."""
    if not text or not label:
        return text
    *before, last = strengthened(label)
    return (*before, last._replace(text=f"{last.text}: "), *text)


def parted(text: Text) -> tuple[Text, Text]:
    """A labelled text as its label without the mark, and the rest; no label where the text has none."""
    first, *rest = text or (Piece(""),)
    label = first.text.rstrip()
    return ((first._replace(text=label[:-1]),), tuple(rest)) if first.strong and label.endswith(":") else ((), text)


def joined(*texts: Text, by: str = " ") -> Text:
    """Texts one after the other; empty ones leave no space behind."""
    whole: list[Piece] = []
    for text in texts:
        # The space belongs to the piece before it, so that a line never begins with one.
        if text and whole:
            whole[-1] = whole[-1]._replace(text=whole[-1].text + by)
        whole += text
    return tuple(whole)


def sentences(text: Text) -> list[Text]:
    """The sentences of a text, without the spaces around them."""
    found: list[list[Piece]] = [[]]
    for piece in text:
        for part in re.split(r"(?<=[.!?]) ", piece.text):
            words = part if found[-1] else part.lstrip()
            found[-1] += [piece._replace(text=words)] if words else []
            if part.endswith((".", "!", "?")):
                found.append([])
    return [tuple(sentence) for sentence in found if sentence]


def unsaid(text: Text, before: set[str]) -> Text:
    """The text without the sentences that are already among those `before`; its own are then among them.

    What it says twice stays in its last place: what to do comes before when to stop.
    """
    whole = sentences(text)
    new = {wording(one): one for one in reversed(whole) if wording(one) not in before}
    before.update(new)
    return text if len(new) == len(whole) else joined(*reversed(new.values()))
