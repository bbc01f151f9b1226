"""What a reader gets of an HTML page: its words, its elements with their attributes, nothing of its looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

from handouts.compose.text import Piece, Text, wording

VOID = {"meta", "input", "img", "br"}
DRAWN = {"path", "clippath", "g"}


@dataclass
class Element:
    tag: str
    given: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join("".join(_words(self)).split())

    def all(self, *tags: str) -> list[Element]:
        """The elements of these kinds below this one, in their order."""
        return [one for one in _below(self) if one.tag in tags]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in DRAWN, tag
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_page(page: bytes) -> Element:
    """The page as elements; fails where one is not closed as it was opened."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    (whole,) = reader.open
    return whole


def _below(element: Element) -> Iterator[Element]:
    for one in element.inside:
        if isinstance(one, Element):
            yield one
            yield from _below(one)


def _words(element: Element) -> Iterator[str]:
    # Only these stand within a line; every other element ends a word.
    apart = "" if element.tag in ("strong", "span", "a") else " "
    yield apart
    for one in element.inside:
        if isinstance(one, str):
            yield one
        elif one.tag not in ("style", "title"):
            yield from _words(one)
    yield apart


def said(composed: Any, *left_out: str) -> list[str]:
    """Every text of a composed value but those in the fields left out, in the order of its fields."""
    found: list[str] = []
    if is_dataclass(composed):
        for one in fields(composed):
            if one.name not in left_out:
                found += said(getattr(composed, one.name), *left_out)
    elif isinstance(composed, tuple) and composed:
        if isinstance(composed[0], Piece):
            text: Text = composed
            found.append(" ".join(wording(text).split()))
        else:
            for one in composed:
                found += said(one, *left_out)
    return found


def walked(element: Any) -> Iterator[Any]:
    """Every element of a structure tree in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object()
        if isinstance(one, dict) and "/S" in one:
            yield one
            yield from walked(one)
