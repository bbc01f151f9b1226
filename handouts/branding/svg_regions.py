"""Where the paths of a drawing lie: boxes round them, and regions to clip by, of several paths or of an SVG mask.

A region is the `ClipStart` that leaves it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from handouts.branding.svg_document import Document, Element, State
from handouts.branding.svg_shapes import Matrix, point_at
from handouts.branding.svg_style import NotRead
from handouts.colour import BLACK, WHITE
from handouts.drawing import ClipStart, Fill, Item, Path, Segment, Shade, Stroke

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""


_MOST_REGIONS = 300
"""Of shapes that are compared pair by pair."""


def rectangle(x: float, y: float, width: float, height: float, matrix: Matrix) -> ClipStart:
    """A rectangle of an element's own units."""
    corners = [point_at(matrix, x + dx, y + dy) for dx, dy in ((0, 0), (width, 0), (width, height), (0, height))]
    return ClipStart((("m", *corners[0]), *(("l", *corner) for corner in corners[1:]), ("h",)))


def bounds(path: Path) -> Box:
    """The box that just holds a path that has points; of a curve its own ends, not its handles."""
    across: list[float] = []
    up: list[float] = []
    here = (0.0, 0.0)
    for _, *numbers in path:
        if not numbers:
            continue
        points = [here, *zip(numbers[::2], numbers[1::2], strict=True)]
        for i, found in enumerate((across, up)):
            found += [point[i] for point in points[-1:]]
            if len(points) == 4:
                found += _extremes(*(point[i] for point in points))
        here = points[-1]
    return min(across), min(up), max(across), max(up)


def _extremes(a: float, b: float, c: float, d: float) -> Iterator[float]:
    """Where a cubic Bézier curve turns back in one direction: the zeros of its derivative."""
    x, y, z = d - 3 * c + 3 * b - a, 2 * (c - 2 * b + a), b - a
    root = math.sqrt(max(0.0, y * y - 4 * x * z))
    times = [(-y + root) / (2 * x), (-y - root) / (2 * x)] if abs(x) > 1e-9 else [-z / y] if abs(y) > 1e-9 else []
    for t in times:
        if 0 < t < 1:
            yield (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d


def painted_boxes(items: Iterable[Item]) -> list[Box]:
    """A box round each thing that is painted, lines with their width."""
    found, clip = [], (0.0, 0.0, 0.0, 0.0)
    for item in items:
        match item:
            case ClipStart(path):
                clip = bounds(path)
            case Fill(path):
                found.append(bounds(path))
            case Stroke(path, _, width, _, _, join, limit):
                left, bottom, right, top = bounds(path)
                far = width / 2 * (limit if join == "mitre" else math.sqrt(2))
                found.append((left - far, bottom - far, right + far, top + far))
            case Shade():  # it fills the clip that was made for it
                found.append(clip)
    return found


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def united(regions: Sequence[ClipStart]) -> ClipStart:
    """All regions as one. Raises NotRead where the rules of filling cannot say it."""
    if len(regions) == 1:
        return regions[0]
    turns = [_turn(region.path) for region in regions]
    boxes = [bounds(region.path) for region in regions]
    if all(turns):
        # Convex shapes that all turn one way add up.
        return ClipStart(tuple(s for r, turn in zip(regions, turns, strict=True) for s in _turned(r.path, turn)))
    if len(regions) > _MOST_REGIONS:
        raise NotRead(f"more than {_MOST_REGIONS} shapes to cut out by")
    rules = {region.even_odd for region, turn in zip(regions, turns, strict=True) if not turn}
    if len(rules) > 1 or any(overlap(*pair) for pair in combinations(boxes, 2)):
        raise NotRead("several shapes that lie over one another, to cut out by")
    return ClipStart(tuple(segment for region in regions for segment in region.path), rules.pop())


def outside(region: ClipStart, edge: Path) -> ClipStart:
    """What of the drawing within `edge` lies outside a region. Raises NotRead where that cannot be said."""
    if not region.even_odd and not _turn(region.path):
        raise NotRead("a mask with a black shape of several parts")
    return ClipStart((*edge, *region.path), True)


def _turn(path: Path) -> int:
    """1 or -1 for a single convex shape that turns to the left or right, 0 for any other."""
    points: list[tuple[float, float]] = []
    for letter, *numbers in path:
        if letter == "m" and points:
            return 0
        for point in zip(numbers[::2], numbers[1::2], strict=True):
            if not points or math.dist(point, points[-1]) > 1e-6:
                points.append(point)
    while len(points) > 1 and math.dist(points[0], points[-1]) <= 1e-6:
        points.pop()
    sides = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(points, points[1:] + points[:1], strict=True)]
    turns = [
        math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])
        for a, b in zip(sides, sides[1:] + sides[:1], strict=True)
    ]
    # A star with crossing sides turns one way too, but more than once round.
    if abs(abs(sum(turns)) - 2 * math.pi) > 1e-3:
        return 0
    return 1 if min(turns, default=0) > -1e-3 else -1 if max(turns, default=0) < 1e-3 else 0


def _turned(path: Path, turn: int) -> Path:
    """A convex path, turning to the left."""
    if turn > 0:
        return path
    starts: list[tuple[float, ...]] = []
    back: list[Segment] = []
    for letter, *numbers in path:
        if letter == "l":
            back.append(("l", *starts[-1][-2:]))  # type: ignore[arg-type]
        elif letter == "c":
            back.append(("c", *numbers[2:4], *numbers[:2], *starts[-1][-2:]))  # type: ignore[arg-type]
        if numbers:
            starts.append(tuple(numbers))
    return (("m", starts[-1][-2], starts[-1][-1]), *reversed(back), ("h",))


def mask_regions(
    document: Document, mask: Element, state: State, shapes: Sequence[Item], masked: Sequence[Item], edge: Path
) -> list[ClipStart]:
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
    white: list[ClipStart] = []
    black: list[ClipStart] = []
    for item in shapes:
        if not isinstance(item, Fill) or item.opacity < 1:
            raise NotRead("a mask of more than plain white and black shapes")
        shows = document.properties(mask).get("mask-type") == "alpha" or item.colour == WHITE
        if not shows and item.colour != BLACK:
            raise NotRead("a mask of greys or colours")
        if shows and black:
            raise NotRead("a mask with white over black")
        if shows or white:
            (white if shows else black).append(ClipStart(item.path, item.even_odd))
    if not white:
        return []
    shown = united(white)
    cut = _own_edge(document, mask, state, masked, shown)
    return [*cut, shown, *(outside(region, edge) for region in black)]


def _own_edge(
    document: Document, mask: Element, state: State, masked: Sequence[Item], shown: ClipStart
) -> list[ClipStart]:
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
