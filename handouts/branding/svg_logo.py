"""A small, safe reader of SVG logos: shapes, groups, copies, paint, transforms, clips, masks and opacity.

What a browser does not show is not painted. What is seen and cannot be drawn rightly is refused with its line, rather
than print half a logo: text, pictures, patterns, blending, effects, masks of greys, animation, scripts. Reads nothing
but the bytes it is given. Knows no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from handouts.branding.svg_document import Document, Element, State
from handouts.branding.svg_paint import Shape, painted_shape
from handouts.branding.svg_regions import Box, bounds, mask_regions, overlap, painted_boxes, rectangle, united
from handouts.branding.svg_shapes import MOST, Matrix, Size, fitted, numbers_of, outline_of, point_at, through
from handouts.branding.svg_style import NotRead, inherited, is_shown, opacity_of
from handouts.colour import WHITE, Colour, mix
from handouts.drawing import ClipEnd, ClipStart, Drawing, Fill, Item, Path, Segment, Shade, Stroke

_SILENT = {"", "title", "desc", "metadata", "defs", "style", "clipPath", "symbol", "linearGradient", "radialGradient",
           "pattern", "mask", "filter", "marker", "view"}  # fmt: skip
"""Elements that show nothing where they stand."""
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_TEXT = {"text", "flowRoot"}
_DRAWN = _SHAPES | {"g", "use", "svg", "switch"}
_MOST_COPIES = 8
"""Of copies within copies."""
_MOST_COMPARED = 1_000_000
"""Of pairs of shapes, and of lines, that are looked at to see whether shapes lie over one another."""
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NO_CHANGE = ["1", "0", "0", "0", "0", "0", "1", "0", "0", "0", "0", "0", "1", "0", "0", "0", "0", "0", "1", "0"]
"""The colour matrix of a filter that leaves every colour as it is."""
_SAME_SHAPE = 0.005
"""Share by which the sides of a logo may differ from those of its viewBox: programs round them."""


def parse_svg(data: bytes, path: str, key: str) -> Drawing:
    """The drawing, one of its own units a point.

    Raises BadInput, with the line in `path`, for anything that would not be drawn rightly.
    """
    document = Document(data, path)
    try:
        return _Reader(document).drawing(key)
    except NotRead as trouble:
        document.refuse(trouble)


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._items: list[Item] = []
        self._compared = 0
        self._edge: Path = ()
        self._has_paper = True

    def drawing(self, key: str) -> Drawing:
        """All that is seen. Raises BadInput and NotRead."""
        root, document = self._document.root, self._document
        document.read_styles()
        if "transform" in root.attributes:
            raise NotRead("a transform of the whole drawing")
        width, height = self._size(root)
        if not (0 < width < 1e6 and 0 < height < 1e6):
            document.wrong("the logo has no size: give it a viewBox")
        # A browser cuts off what lies outside; the page must not get it either.
        self._edge = (("m", 0.0, 0.0), ("l", width, 0.0), ("l", width, height), ("l", 0.0, height), ("h",))
        properties = document.properties(root)
        for name in ("clip-path", "mask"):
            if properties.get(name, "none") != "none":
                raise NotRead(f"{name} of the whole drawing")
        if is_shown(properties):
            # From y down to y up, with the lower left corner at the origin.
            state = State(document.paint(root), (1.0, 0.0, 0.0, -1.0, 0.0, height), (width, height))
            self._framed(root, state, (width, height))
            self._affected(root, properties, state, 0)
        if not self._items:
            document.at = root
            document.wrong("the logo has no visible shapes")
        items = (ClipStart(self._edge), *self._items, ClipEnd())
        plain = not any(
            isinstance(item, Shade) or (isinstance(item, Fill | Stroke) and item.opacity < 1) for item in items
        )
        return Drawing(key, width, height, items, is_plain=plain)

    def _size(self, root: Element) -> Size:
        """The size of the drawing: its viewBox, but where its own width and height have another shape."""
        box = self._view_box(root)
        sides = [root.attributes.get(name, "100%").strip() for name in ("width", "height")]
        absolute = not any(side.endswith(("%", "em", "rem", "ex", "vw", "vh")) or side == "auto" for side in sides)
        if box and not absolute:
            return box[2], box[3]
        width, height = (
            (self._document.length(root, name, (0, 0)) for name in ("width", "height")) if absolute else (0, 0)
        )
        if box and (min(width, height) <= 0 or abs(width * box[3] / (height * box[2]) - 1) < _SAME_SHAPE):
            return box[2], box[3]
        return width, height

    def _view_box(self, element: Element) -> list[float] | None:
        if "viewBox" not in element.attributes:
            return None
        try:
            box = numbers_of(element.attributes["viewBox"])
        except ValueError as trouble:
            self._document.wrong(f"viewBox: {trouble}")
        if len(box) != 4 or min(box[2:]) <= 0:
            self._document.wrong("a viewBox has four numbers, and a size")
        return box

    # Elements

    def _element(self, element: Element, outer: State, size: Size | None = None) -> None:
        """One element with all that is in it.

        Args:
            element: what is drawn.
            outer: what it takes from where it stands.
            size: of a symbol or svg that is copied.
        """
        document = self._document
        document.at = element
        if element.name in _SILENT and size is None:
            return
        properties = document.properties(element)
        if not is_shown(properties) or "requiredExtensions" in element.attributes:
            return
        if element.name in _TEXT and not any(part.text.strip() for part in element.within()):
            return
        if element.name not in _DRAWN and size is None:
            raise NotRead(f"<{element.name}>")
        self._document.count(elements=1)
        matrix = document.moved(element, outer.matrix)
        if element.name == "use":
            matrix = self._placed(element, matrix, outer.viewport)
        state = outer._replace(paint=inherited(outer.paint, properties), matrix=matrix)
        before = len(self._items)
        if element.name in _SHAPES:
            self._leaf(element)
            self._shape(element, state)
        elif element.name == "use":
            self._leaf(element)
            self._copy(element, state)
        elif element.name == "switch":
            self._first(element, state)
        elif element.name == "g":
            self._inside(element, state)
        else:
            self._nested(element, state, size)
        document.at = element
        self._affected(element, properties, state, before)

    def _placed(self, element: Element, matrix: Matrix, viewport: Size) -> Matrix:
        """The matrix for what lies at the x and y of an element."""
        x, y = (self._document.length(element, side, viewport) for side in "xy")
        return through((1, 0, 0, 1, x, y), matrix)

    def _followed(self, state: State, link: str, what: str) -> State:
        """The state behind a link, by <use>, clip or mask. Raises NotRead where it would lead on without end."""
        if link in state.links or len(state.links) > _MOST_COPIES:
            raise NotRead(what)
        return state._replace(links=(*state.links, link))

    def _leaf(self, element: Element) -> None:
        for child in element.children:
            if child.name not in _SILENT:
                self._document.at = child
                raise NotRead(f"<{child.name}> in <{element.name}>")

    def _inside(self, element: Element, state: State) -> None:
        for child in element.children:
            self._element(child, state)

    def _first(self, element: Element, state: State) -> None:
        """What a <switch> chooses: the first child that asks for nothing that is not there."""
        for child in element.children:
            if child.name not in _SILENT and "requiredExtensions" not in child.attributes:
                self._element(child, state)
                return

    def _copy(self, element: Element, state: State) -> None:
        """What a <use> copies; `state` has its place."""
        what = f"a copy of {element.link[:60]!r}"
        if not element.link.startswith("#"):
            raise NotRead(what)
        state = self._followed(state, element.link, what)
        source = self._document.referred(element.link, _DRAWN | {"symbol"})
        framed = source.name in ("symbol", "svg")
        self._element(source, state, self._frame_size(element, source, state.viewport) if framed else None)

    def _frame_size(self, element: Element, source: Element, viewport: Size) -> Size:
        """The size of a symbol or svg: as the copy says, else as it says itself, else as large as can be."""
        sides = [
            self._document.length(element if name in element.attributes else source, name, viewport, "100%")
            for name in ("width", "height")
        ]
        return sides[0], sides[1]

    def _nested(self, element: Element, state: State, size: Size | None) -> None:
        """A symbol or an <svg> within the drawing: a viewport of its own."""
        state = state._replace(matrix=self._placed(element, state.matrix, state.viewport))
        width, height = size or self._frame_size(element, element, state.viewport)
        if width <= 0 or height <= 0:
            return
        before = len(self._items)
        self._framed(element, state, (width, height))
        if self._document.properties(element).get("overflow") not in ("visible", "auto"):
            self._cut(before, [rectangle(0, 0, width, height, state.matrix)])

    def _framed(self, element: Element, state: State, size: Size) -> None:
        box = self._view_box(element)
        if box:
            try:
                fit = fitted(box, element.attributes.get("preserveAspectRatio", "xMidYMid"), size)
            except ValueError as trouble:
                self._document.wrong(str(trouble))
            state = state._replace(matrix=through(fit, state.matrix), viewport=(box[2], box[3]))
        else:
            state = state._replace(viewport=size)
        self._inside(element, state)

    # Opacity, clips and masks

    def _affected(self, element: Element, properties: dict[str, str], state: State, before: int) -> None:
        """What is done to an element as a whole, once its items, those from `before` on, are there."""
        if properties.get("filter", "none") != "none":  # it can paint where nothing else does
            self._no_effect(properties["filter"])
        if len(self._items) == before:
            return
        opacity = opacity_of(properties.get("opacity", "1"))
        if opacity < 1:
            self._fade(before, opacity)
        for name, cut in (("clip-path", self._clips), ("mask", self._masks)):
            link = properties.get(name, "none")
            if link == "none" or len(self._items) == before:
                continue
            within = self._followed(state, link, f"{name} {link[:60]}")
            source = self._document.referred(link, {"clipPath" if name == "clip-path" else name})
            regions = cut(source, element, within, before)
            self._document.at = element
            self._cut(before, regions)

    def _no_effect(self, link: str) -> None:
        """Refuse a filter, but for the one that Illustrator writes into its masks, which changes no colour."""
        effects = self._document.referred(link, {"filter"}).children
        changes = [effect.attributes.get("values", "").split() for effect in effects if effect.name == "feColorMatrix"]
        if len(effects) != 1 or changes != [_NO_CHANGE]:
            raise NotRead(f"filter {link[:60]}")

    def _fade(self, before: int, opacity: float) -> None:
        """Make the items from `before` on see-through as one: alone each, or mixed with the white paper under them."""
        items = self._items[before:]
        boxes = painted_boxes(items)
        self._compare(len(boxes) ** 2)
        if not any(overlap(one, other) for i, one in enumerate(boxes) for other in boxes[:i]):
            faded: Iterable[Item] = (
                replace(item, opacity=item.opacity * opacity) if isinstance(item, Fill | Stroke | Shade) else item
                for item in items
            )
        elif self._on_paper(before, boxes):
            faded = (_over_white(item, opacity) for item in items)
        else:
            raise NotRead(f"opacity {opacity:g} of shapes that lie over one another")
        self._items[before:] = faded

    def _on_paper(self, before: int, boxes: list[Box]) -> bool:
        """Whether nothing but white paper is under these boxes."""
        self._compare(len(boxes) * before)
        return self._has_paper and not any(
            overlap(one, other) for one in boxes for other in painted_boxes(self._items[:before])
        )

    def _compare(self, pairs: int) -> None:
        self._compared += pairs + self._document.segments
        if self._compared > _MOST_COMPARED:
            self._document.wrong("the logo has more see-through shapes than can be told apart", "save it as PNG")

    def _cut(self, before: int, regions: list[ClipStart]) -> None:
        """Clip the items from `before` on; by no region, nothing of them is seen."""
        inside = self._items[before:]
        self._items[before:] = [*regions, *inside, *[ClipEnd()] * len(regions)] if regions and inside else []

    def _clips(self, source: Element, element: Element, state: State, before: int) -> list[ClipStart]:
        """The regions, each within the others, that a clip leaves."""
        document = self._document
        if _is_out(document.properties(source)):
            raise NotRead("a clip that is hidden")
        moved = state._replace(matrix=document.moved(source, state.matrix))
        matrix = self._unit_matrix(source, "clipPathUnits", element, moved)
        regions: list[ClipStart] = []
        for child in source.children:
            document.at = child
            if child.name in _SILENT or _is_out(document.properties(child)):
                continue
            placed, shape = document.moved(child, matrix), child
            if child.name == "use":
                placed = self._placed(child, placed, state.viewport)
                shape = document.referred(child.link, _SHAPES)
                placed = document.moved(shape, placed)
            if shape.name not in _SHAPES:
                raise NotRead(f"<{shape.name}> in a clip")
            paint = document.paint(child)
            if shape is not child:
                paint = inherited(paint, document.properties(shape))
            for part in (shape, child):
                if document.properties(part).get("clip-path", "none") != "none":
                    raise NotRead("a clip in a clip")
            self._document.count(elements=1)
            path = self._outline(shape, placed, state.viewport)
            if path and paint["visibility"] == "visible" and not _is_out(document.properties(shape)):
                regions.append(ClipStart(path, paint["clip-rule"] == "evenodd"))
        document.at = source
        within = document.properties(source).get("clip-path", "none")
        outer: list[ClipStart] = []
        if within != "none":
            state = self._followed(state, within, f"clip-path {within[:60]}")
            outer = self._clips(document.referred(within, {"clipPath"}), element, state, before)
            if not outer:
                return []
        return [*outer, united(regions)] if regions else []

    def _masks(self, source: Element, element: Element, state: State, before: int) -> list[ClipStart]:
        """The regions, each within the others, that a mask of plain white and black shapes leaves."""
        document = self._document
        properties = document.properties(source)
        document.at = source
        if any(properties.get(name, "none") != "none" for name in ("mask", "clip-path")) or not is_shown(properties):
            raise NotRead("a mask that is hidden or masked itself")
        matrix = self._unit_matrix(source, "maskContentUnits", element, state)
        kept, self._items, self._has_paper = (self._items, self._has_paper), [], False
        self._inside(source, state._replace(paint=document.paint(source), matrix=matrix))
        drawn, (self._items, self._has_paper) = self._items, kept
        document.at = source
        return mask_regions(document, source, state, drawn, self._items[before:], self._edge)

    def _unit_matrix(self, source: Element, attribute: str, element: Element, state: State) -> Matrix:
        """The matrix for the shapes of a clip or mask: those of the element, or one in which its box is 1 by 1."""
        if source.attributes.get(attribute, "userSpaceOnUse") == "userSpaceOnUse":
            return state.matrix
        if element.name not in _SHAPES:
            raise NotRead(f"{attribute} of a group's size")
        left, top, right, bottom = bounds(self._outline(element, _SAME, state.viewport))
        return through((right - left, 0, 0, bottom - top, left, top), state.matrix)

    # Shapes

    def _shape(self, element: Element, state: State) -> None:
        paint = state.paint
        if paint["visibility"] != "visible":
            return
        path = self._outline(element, state.matrix, state.viewport)
        if not path:
            return
        shape = Shape(element.name != "line", path, bounds(self._outline(element, _SAME, state.viewport)))
        self._items += painted_shape(
            self._document, shape, state, lambda: self._on_paper(len(self._items), [bounds(path)])
        )

    def _outline(self, element: Element, matrix: Matrix, viewport: Size) -> Path:
        path: list[Segment] = []
        # What is read counts too: blanks draw nothing, and each copy reads them again.
        read = max(len(element.attributes.get(name, "")) for name in ("d", "points"))
        self._document.count(segments=read // 1000)
        try:
            for operator, points in outline_of(element.name, element.attributes, viewport):
                moved = [round(value, 4) for x, y in points for value in point_at(matrix, x, y)]
                if not all(abs(value) < MOST for value in moved):
                    raise ValueError("a place beyond all size")
                path.append(cast("Segment", (operator, *moved)))
        except (ValueError, ArithmeticError) as trouble:
            self._document.wrong(f"<{element.name}>: {trouble}")
        self._document.count(segments=len(path))
        return tuple(path)


def _is_out(properties: Mapping[str, str]) -> bool:
    """Whether a shape does not count; one that cannot be seen cuts out all the same."""
    return properties.get("display") == "none"


def _over_white(item: Item, opacity: float) -> Item:
    """An item in the colours that it has when it is so see-through on white."""
    if isinstance(item, Fill | Stroke):
        return replace(item, colour=mix(WHITE, cast("Colour", item.colour), opacity))
    if isinstance(item, Shade):
        return replace(item, stops=tuple((place, mix(WHITE, colour, opacity)) for place, colour in item.stops))
    return item
