"""A handout told without its layout: per page the headings, paragraphs, lists, tables and pictures, in reading order.

Imports nothing of handouts, so that the engines start with nothing but themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Words:
    """A stretch of text in one face; sizes in points."""

    text: str
    weight: str
    size: float
    colour: tuple[float, float, float]


@dataclass
class Picture:
    """A drawing by its key, as large as the handout shows it, in points."""

    key: str
    width: float
    height: float


@dataclass
class Node:
    """A structure element with what is in it on one page; running lines are nodes with the tag "Artifact"."""

    tag: str
    alt: str = ""
    lang: str = ""
    url: str = ""
    kids: list[Node | Words | Picture] = field(default_factory=list)

    def nodes(self, tag: str = "") -> list[Node]:
        """The kids that are nodes, of one tag or of any."""
        return [kid for kid in self.kids if isinstance(kid, Node) and tag in ("", kid.tag)]

    def words(self) -> list[Words]:
        """All words in this node, in order."""
        found: list[Words] = []
        for kid in self.kids:
            found += kid.words() if isinstance(kid, Node) else [kid] if isinstance(kid, Words) else []
        return found

    def pictures(self) -> list[Picture]:
        """All pictures in this node, in order."""
        found: list[Picture] = []
        for kid in self.kids:
            found += kid.pictures() if isinstance(kid, Node) else [kid] if isinstance(kid, Picture) else []
        return found


@dataclass
class Graphic:
    """A drawing as the other engines take it: SVG, and finished PDF operators for Platypus; its size in points."""

    width: float
    height: float
    svg: str
    operators: str


@dataclass
class Told:
    """A whole handout: its pages, and the drawings they show by key."""

    title: str
    lang: str
    page_size: tuple[float, float]
    pages: list[Node]
    drawings: dict[str, Graphic]
