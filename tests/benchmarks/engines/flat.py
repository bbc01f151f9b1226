"""A told handout as the few kinds of block that every engine has: lines, grids, pictures, cards."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.engines.told import Node, Picture, Words

BIG = 20.0
"""Points: a list of words at least this large is a strip, set side by side."""
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass
class Line:
    """Words of one paragraph; `level` is a heading's, 0 for none; `label` stands before an item of a list."""

    words: list[Words]
    level: int = 0
    label: str = ""
    item: bool = False
    url: str = ""


@dataclass
class Grid:
    """Rows of cells; the first row and the first column are heads when `heads`."""

    rows: list[list[list[Words]]]
    heads: bool


@dataclass
class Shown:
    """Pictures side by side with words for those who cannot see them; decoration when there are none."""

    pictures: list[Picture]
    alt: str


@dataclass
class Card:
    """Two columns: the picture with its words, and all the rest."""

    left: list[Block]
    right: list[Block]


Block = Line | Grid | Shown | Card


def blocks(node: Node) -> list[Block]:
    """What is in a node, in reading order."""
    return [block for kid in _gathered(node) for block in _block(kid, node)]


def _gathered(node: Node) -> list[Node | list[Words] | Picture]:
    """The kids, with words that follow each other as one."""
    found: list[Node | list[Words] | Picture] = []
    for kid in node.kids:
        if isinstance(kid, Words):
            if found and isinstance(found[-1], list):
                found[-1].append(kid)
            else:
                found.append([kid])
        else:
            found.append(kid)
    return found


def _block(kid: Node | list[Words] | Picture, parent: Node) -> list[Block]:
    if isinstance(kid, Picture):
        return [Shown([kid], parent.alt)]
    if isinstance(kid, list):
        return [Line(kid, url=parent.url)]
    if kid.tag == "Artifact":
        decoration: list[Block] = [Shown([picture], "") for picture in kid.pictures()]
        return [*decoration, Line(_parted(kid.words()))]
    if kid.tag in HEADINGS:
        return [Line(kid.words(), level=HEADINGS.index(kid.tag) + 1)]
    if kid.tag == "P":
        return [*_pictures(kid), Line(kid.words(), url=next((link.url for link in kid.nodes("Link")), ""))]
    if kid.tag == "Figure":
        return [Shown(kid.pictures(), kid.alt)] if kid.pictures() else []
    if kid.tag == "L":
        return _list(kid)
    if kid.tag == "Table":
        rows = [row for part in kid.nodes() for row in ([part] if part.tag == "TR" else part.nodes("TR"))]
        return [Grid([[cell.words() for cell in row.nodes()] for row in rows], heads=True)]
    if kid.tag == "Sect" and any(div.nodes("Figure") for div in kid.nodes("Div")):
        return [_card(kid)]
    return blocks(kid)


def _card(section: Node) -> Card:
    left, right, pictured = Node("Div"), Node("Div"), False
    for kid in section.kids:
        is_picture = isinstance(kid, Node) and kid.tag == "Div" and bool(kid.nodes("Figure"))
        pictured |= is_picture
        words = kid.words() if isinstance(kid, Node) else []
        label = (
            pictured and isinstance(kid, Node) and kid.tag == "P" and all(word.weight == "semibold" for word in words)
        )
        (left if is_picture or (label and len(words) == 1 and len(words[0].text) < 12) else right).kids.append(kid)
    return Card(blocks(left), blocks(right))


def _list(node: Node) -> list[Block]:
    items = node.nodes("LI")
    bodies = [[word for body in item.nodes("LBody") for word in _parted(body.words())] for item in items]
    if any(words and words[0].size >= BIG for words in bodies):
        return [Grid([bodies], heads=False)]
    found: list[Block] = []
    for item, words in zip(items, bodies, strict=True):
        label = "".join(word.text for mark in item.nodes("Lbl") for word in mark.words()).strip()
        found += [*_pictures(item), Line(words, label=label, item=True)]
    return found


def _pictures(node: Node) -> list[Block]:
    figures = {id(picture): figure.alt for figure in node.nodes("Figure") for picture in figure.pictures()}
    return [Shown([picture], figures.get(id(picture), "")) for picture in node.pictures()]


def _parted(words: list[Words]) -> list[Words]:
    """Words of elements that stood apart, with a space between."""
    return [Words(word.text if word.text.endswith(" ") else f"{word.text} ", word.weight, word.size, word.colour)
            for word in words]  # fmt: skip


def file_name(key: str) -> str:
    """The file of a drawing beside the source."""
    return "".join(c if c.isalnum() or c == "-" else "_" for c in key) + ".svg"
