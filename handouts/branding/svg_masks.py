"""Masks of an SVG drawing as regions to clip by: those that plain white and black shapes make. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.branding.svg_document import Document, State
from handouts.branding.svg_regions import Box, Region, bounds, outside, painted_boxes, rectangle, united
from handouts.branding.svg_style import NotRead
from handouts.branding.svg_tree import Element
from handouts.colour import BLACK, WHITE
from handouts.drawing import ClipStart, Fill, Item, Path, Stroke


def mask_regions(
    document: Document, mask: Element, state: State, shapes: Sequence[Item], masked: Sequence[Item], edge: Path
) -> list[Region]:
    """The regions, each within the others, that a mask leaves; none when it leaves nothing.

    Args:
        document: the file.
        mask: the <mask>.
        state: of the element that is masked.
        shapes: what is drawn in the mask.
        masked: what the element paints.
        edge: of the whole drawing.

    Raises:
        NotRead: it is more than shapes cut out, and shapes cut out of them.
    """
    white: list[Region] = []
    black: list[Region] = []
    for item in shapes:
        if not isinstance(item, Fill) or item.opacity < 1:
            raise NotRead("a mask of more than plain white and black shapes")
        shows = document.properties(mask).get("mask-type") == "alpha" or item.colour == WHITE
        if not shows and item.colour != BLACK:
            raise NotRead("a mask of greys or colours")
        if shows and black:
            raise NotRead("a mask with white over black")
        if shows or white:
            (white if shows else black).append(Region(item.path, item.even_odd))
    if not white:
        return []
    shown = united(white)
    cut = _own_edge(document, mask, state, masked, shown)
    return [*cut, shown, *(outside(region, edge) for region in black)]


def _own_edge(document: Document, mask: Element, state: State, masked: Sequence[Item], shown: Region) -> list[Region]:
    """The rectangle that a mask is cut to, where it cuts what is shown of what is masked."""
    in_user_space = mask.attributes.get("maskUnits") == "userSpaceOnUse"
    viewport = state.viewport if in_user_space else (1.0, 1.0)
    x, y = (document.length(mask, name, viewport, "-10%") for name in "xy")
    width, height = (document.length(mask, name, viewport, "120%") for name in ("width", "height"))
    if in_user_space:
        return [rectangle(x, y, width, height, state.matrix)]
    # Shares of the box round the shapes. These lie within it; lines and what the mask shows may stick out.
    left, bottom, right, top = box = _around(
        [bounds(item.path) for item in masked if isinstance(item, Fill | Stroke | ClipStart)]
    )
    (a, b, c, d, _, _), across, up = state.matrix, right - left, top - bottom
    most = left + x * across, bottom - (y + height - 1) * up, right + (x + width - 1) * across, top - y * up
    painted = _around(painted_boxes(masked))
    upright = (a > 0 > d and not b and not c) or painted == box
    if not upright or not _within(box, most) or not (_within(painted, most) or _within(bounds(shown.path), most)):
        raise NotRead("a mask that cuts by the size of what it masks")
    return []


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _within(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
