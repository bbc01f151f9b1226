"""Blocks and how they fill pages. A block knows its height, draws itself at a place and never splits; where it belongs
in the document's structure travels with it, so that reading order follows the content and not the pages. Knows no
words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from msgspec import Struct

from handouts.sheet.pen import Pen
from handouts.sheet.theme import Theme

LEAST_ELASTIC_GAP = 8.0
Draw = Callable[[Pen, float, float], object]


class Node(NamedTuple):
    """One step of a block's place in the structure; two blocks with equal steps share the element."""

    tag: str
    key: str
    numbering: Literal["None", "Decimal", "Disc"] | None = None


Place = tuple[Node, ...]


class Block(Struct, frozen=True):
    """Something of a known height. `gap` is the least space above it, `keep` holds it to the next block.

    `again` is drawn above it where it begins a page that is not its section's first: a head that is repeated. A
    `shared` block is the same in all handouts that have it.
    """

    height: float
    draw: Draw
    gap: float = 0.0
    keep: bool = False
    place: Place = ()
    again: Block | None = None
    shared: bool = False


class Placed(NamedTuple):
    """A block with its distance from the left margin and from the top edge."""

    block: Block
    dx: float
    y: float


class Page(Struct, frozen=True):
    """What stands on one page, in reading order."""

    placed: tuple[Placed, ...]


def stacked(blocks: Sequence[Block]) -> float:
    """Height of blocks one under the other, gaps included, the first one's gap not."""
    return sum(block.height for block in blocks) + sum(block.gap for block in blocks[1:])


def closer(block: Block, gap: float) -> Block:
    """The same block with another gap above it."""
    return Block(block.height, block.draw, gap, block.keep, block.place, block.again, block.shared)


def within(place: Place, blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, put under further structure."""
    return [Block(b.height, b.draw, b.gap, b.keep, place + b.place, b.again, b.shared) for b in blocks]


def run_together(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks grouped so that each group must stay on one page."""
    groups: list[list[Block]] = []
    held = False
    for block in blocks:
        if held:
            groups[-1].append(block)
        else:
            groups.append([block])
        held = block.keep
    return groups


def place_all(blocks: Sequence[Block], top: float, *, extra: float = 0.0, dx: float = 0.0) -> tuple[Placed, ...]:
    """Blocks set down one under the other; `extra` is added to each gap that can stretch."""
    placed: list[Placed] = []
    y = top
    for i, block in enumerate(blocks):
        if i:
            y += block.gap + (extra if block.gap >= LEAST_ELASTIC_GAP else 0)
        placed.append(Placed(block, dx, y))
        y += block.height
    return tuple(placed)


def fill_pages(blocks: Sequence[Block], theme: Theme, *, first: bool = False, stretch: float = 10.0) -> list[Page]:
    """Blocks packed down as many pages as they need; what is left over is shared out over the gaps, `stretch` at
    most. Blocks held together that no page has room for are parted."""
    pages: list[tuple[list[Block], bool, float]] = []
    current: list[Block] = []
    top, bottom = theme.body(first=first)
    room = bottom - top
    used = 0.0
    whole = theme.body()[1] - theme.body()[0]
    groups = run_together(blocks)
    for group in chain.from_iterable(
        [group] if stacked(group) <= whole else [[one] for one in group] for group in groups
    ):
        need = stacked(group) + (group[0].gap if current else 0)
        if current and used + need > room + 0.01:
            pages.append((current, first, room - used))
            current, used, first = [], 0.0, False
            top, bottom = theme.body()
            room = bottom - top
            group = [*([group[0].again] if group[0].again else []), *group]
            need = stacked(group)
        current = current + group
        used += need
    pages.append((current, first, room - used))
    return [_stretched(page, is_first, left, theme, stretch) for page, is_first, left in pages]


def _stretched(blocks: Sequence[Block], first: bool, left: float, theme: Theme, stretch: float) -> Page:
    elastic = sum(block.gap >= LEAST_ELASTIC_GAP for block in blocks[1:])
    extra = min(stretch, left / elastic) if elastic and left > 0 else 0.0
    return Page(place_all(blocks, theme.body(first=first)[0], extra=extra))
