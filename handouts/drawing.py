"""A picture as a list of fills, strokes, shades and clips: what a figure, a logo and an icon all are before painting.

Pure data and two ways to paint it: on a ReportLab canvas and as SVG. Knows no body, no clinic and no page, and imports
no library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log10
from typing import Any, Literal, TypeAlias, TypeVar, cast

Rgb: TypeAlias = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1 (sRGB)."""

Colour: TypeAlias = str | Rgb
"""A colour itself, or the name of one that is looked up when the picture is painted ("skin", "shirt", "ink" …)."""

Colours: TypeAlias = Mapping[str, Rgb | None]
"""The colour of each name; what has the colour None is not painted."""

Segment: TypeAlias = (
    tuple[Literal["m"], float, float]
    | tuple[Literal["l"], float, float]
    | tuple[Literal["c"], float, float, float, float, float, float]
    | tuple[Literal["h"]]
)
"""Move to (x, y), a line to (x, y), a Bézier curve (x1, y1, x2, y2, x, y), or close; in points, y up."""

Path: TypeAlias = tuple[Segment, ...]

Matrix: TypeAlias = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Fill:
    """The inside of a path in one colour; `even_odd` is the rule by which a hole is told from the inside.

    `opacity`, here and below, is from 0, not seen, to 1.
    """

    path: Path
    colour: Colour
    even_odd: bool = False
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along a path, `width` points wide; `dash` is the lengths of dashes and gaps in turn.

    A corner sharper than the mitre limit (the length of its point over the width) is cut off.
    """

    path: Path
    colour: Colour
    width: float
    dash: tuple[float, ...] = ()
    cap: Literal["butt", "round", "square"] = "butt"
    join: Literal["mitre", "round", "bevel"] = "mitre"
    mitre_limit: float = 10.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Shade:
    """Colours that pass into each other, over all that the clips leave free.

    `along` is the line (x1, y1, x2, y2) along which they change, or the circle (x, y, radius) from whose middle; the
    first and the last go on beyond. `matrix` leads from there to the drawing. Places of `stops` rise from 0 to 1.
    """

    along: tuple[float, ...]
    matrix: Matrix
    stops: tuple[tuple[float, Rgb], ...]
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class ClipStart:
    """What follows is painted only inside this path, until its `ClipEnd`; clips within clips are allowed."""

    path: Path
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class ClipEnd:
    """The end of the latest clip that has not ended."""


Item: TypeAlias = Fill | Stroke | Shade | ClipStart | ClipEnd


@dataclass(frozen=True, slots=True)
class Drawing:
    """Items in the order of painting, in a box of `width` by `height` points with its origin at the lower left.

    `key` names what is drawn: drawings of equal keys have equal items. Every clip that starts ends.
    """

    key: str
    width: float
    height: float
    items: Sequence[Item]
    is_plain: bool = True
    """Whether flat, solid colours alone paint it."""


OUTLINE = "ink"
"""Colours whose names begin so are outlines: their lines alone get wider by a line scale."""

_AnyColour = TypeVar("_AnyColour", Colour, Rgb)

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"mitre": 0, "round": 1, "bevel": 2}
_SVG_JOINS = {"mitre": "miter", "round": "round", "bevel": "bevel"}
_EVEN_ODD, _NON_ZERO = 0, 1
"""The fill modes of a ReportLab canvas."""
_AS_BEGUN = {"setFillAlpha": 1.0, "setStrokeAlpha": 1.0, "setMiterLimit": 10.0, "setDash": ()}
"""How a page of PDF begins, as far as a drawing may leave it so."""


def replay(drawing: Drawing, canvas: Any, colours: Colours, line_scale: float = 1.0) -> None:
    """Paint a drawing on a ReportLab canvas at its present origin; its graphics state is afterwards as it was.

    Args:
        drawing: what is painted.
        canvas: a `reportlab.pdfgen.canvas.Canvas`; only its public calls are made.
        colours: the colour of every name in the drawing.
        line_scale: how much wider than drawn the outlines are.

    Raises:
        KeyError: a colour has a name that `colours` does not know.
    """
    canvas.saveState()
    state: list[dict[str, Any]] = [dict(_AS_BEGUN)]
    digits = _digits(drawing)

    def put(name: str, value: Any, *arguments: Any) -> None:
        if state[-1].get(name) != value:
            state[-1][name] = value
            getattr(canvas, name)(*arguments)

    for item in drawing.items:
        match item:
            case Fill(path, name, even_odd, opacity):
                if (colour := painted(name, colours)) is not None:
                    put("setFillColorRGB", colour, *colour)
                    put("setFillAlpha", opacity, opacity)
                    mode = _EVEN_ODD if even_odd else _NON_ZERO
                    canvas.drawPath(_canvas_path(canvas, path, digits), stroke=0, fill=1, fillMode=mode)
            case Stroke(path, name, _, dash, cap, join, limit, opacity):
                if (colour := painted(name, colours)) is not None:
                    width = line_width(item, line_scale)
                    put("setStrokeAlpha", opacity, opacity)
                    put("setMiterLimit", limit, limit)
                    put("setStrokeColorRGB", colour, *colour)
                    put("setLineWidth", width, width)
                    put("setLineCap", _CAPS[cap], _CAPS[cap])
                    put("setLineJoin", _JOINS[join], _JOINS[join])
                    put("setDash", dash, list(dash))
                    canvas.drawPath(_canvas_path(canvas, path, digits), stroke=1, fill=0)
            case Shade(along, matrix, stops, opacity):
                canvas.saveState()
                canvas.setFillAlpha(opacity)
                canvas.transform(*matrix)
                positions, shades = zip(*_apart(stops), strict=True)
                gradient = canvas.linearGradient if len(along) == 4 else canvas.radialGradient
                gradient(*along, shades, positions, extend=True)
                canvas.restoreState()
            case ClipStart(path, even_odd):
                canvas.saveState()
                state.append(dict(state[-1]))
                mode = _EVEN_ODD if even_odd else _NON_ZERO
                canvas.clipPath(_canvas_path(canvas, path, digits), stroke=0, fill=0, fillMode=mode)
            case ClipEnd():
                state.pop()
                canvas.restoreState()
    canvas.restoreState()


def to_svg(drawing: Drawing, colours: Colours, line_scale: float = 1.0) -> str:
    """The drawing as a whole SVG document, as `replay` paints it."""
    width, height = _number(drawing.width), _number(drawing.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"{svg_content(drawing, colours, line_scale)}\n</svg>\n"
    )


def svg_content(drawing: Drawing, colours: Colours, line_scale: float = 1.0) -> str:
    """What stands inside the `svg` element, whose view box is as large as the drawing."""
    items = "\n".join(_svg_items(drawing, colours, line_scale))
    return f'<g transform="matrix(1 0 0 -1 0 {_number(drawing.height)})">\n{items}\n</g>'


def mirrored(drawing: Drawing, key: str) -> Drawing:
    """The drawing with left and right changed over."""
    return replace(drawing, key=key, items=tuple(_moved(item, -1.0, drawing.width, 0.0) for item in drawing.items))


def in_grey(drawing: Drawing, key: str) -> Drawing:
    """The drawing with every colour of its own as a grey of the same lightness; named colours stay."""
    items = (
        replace(item, colour=_grey(item.colour)) if isinstance(item, Fill | Stroke) else
        replace(item, stops=tuple((place, _grey(shade)) for place, shade in item.stops)) if isinstance(item, Shade) else
        item
        for item in drawing.items
    )  # fmt: skip
    return replace(drawing, key=key, items=tuple(items))


def moved(drawing: Drawing, x: float, y: float) -> tuple[Item, ...]:
    """The items of a drawing, `x` and `y` points further right and up."""
    return tuple(_moved(item, 1.0, x, y) for item in drawing.items)


def painted(colour: Colour, colours: Colours) -> Rgb | None:
    """The colour that is painted; None when nothing is. Raises KeyError for an unknown name."""
    return colours[colour] if isinstance(colour, str) else colour


def line_width(stroke: Stroke, line_scale: float) -> float:
    """The width of a line in points: outlines take the scale, all else is as wide as drawn."""
    outline = isinstance(stroke.colour, str) and stroke.colour.startswith(OUTLINE)
    return stroke.width * line_scale if outline else stroke.width


def _grey(colour: _AnyColour) -> _AnyColour | Rgb:
    if isinstance(colour, str):
        return colour
    grey = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    return grey, grey, grey


def _moved(item: Item, sign: float, x: float, y: float) -> Item:
    """The item with its x turned over by `sign`, then moved by (x, y)."""
    if isinstance(item, ClipEnd):
        return item
    if isinstance(item, Shade):
        a, b, c, d, e, f = item.matrix
        return replace(item, matrix=(sign * a, b, sign * c, d, sign * e + x, f + y))
    return replace(item, path=tuple(_moved_segment(segment, sign, x, y) for segment in item.path))


def _moved_segment(segment: Segment, sign: float, x: float, y: float) -> Segment:
    letter, *numbers = segment
    places = [number + y if at % 2 else sign * number + x for at, number in enumerate(map(float, numbers))]
    return cast("Segment", (letter, *places))


def _apart(stops: tuple[tuple[float, Rgb], ...]) -> Iterator[tuple[float, Rgb]]:
    """The stops, each a little behind the one before: PDF knows no sudden change of colour."""
    least, before = 1e-5, -1e-5
    for left, (place, shade) in zip(range(len(stops) - 1, -1, -1), stops, strict=True):
        before = min(max(place, before + least), 1 - left * least)
        yield before, shade


def _digits(drawing: Drawing) -> int:
    """Decimals of a coordinate: a thousandth of the drawing's size and finer, which is a quarter less to store."""
    return max(0, 3 - floor(log10(max(drawing.width, drawing.height, 1e-3))))


def _canvas_path(canvas: Any, path: Path, digits: int) -> Any:
    made = canvas.beginPath()
    draw = {"m": made.moveTo, "l": made.lineTo, "c": made.curveTo, "h": made.close}
    for letter, *numbers in path:
        draw[letter](*[round(number, digits) for number in numbers])
    return made


def _svg_items(drawing: Drawing, colours: Colours, line_scale: float) -> Iterator[str]:
    clips, digits = 0, _digits(drawing)
    for item in drawing.items:
        match item:
            case Fill(path, name, even_odd, opacity):
                if (colour := painted(name, colours)) is not None:
                    rule = ' fill-rule="evenodd"' if even_odd else ""
                    rule += _svg_opacity("fill-opacity", opacity)
                    yield f'<path d="{_svg_path(path, digits)}" fill="{_svg_colour(colour)}"{rule}/>'
            case Stroke(path, name, _, dash, cap, join, limit, opacity):
                if (colour := painted(name, colours)) is not None:
                    dashes = f' stroke-dasharray="{" ".join(map(_number, dash))}"' if dash else ""
                    mitre = f' stroke-miterlimit="{_number(limit)}"' if join == "mitre" else ""
                    seen = _svg_opacity("stroke-opacity", opacity)
                    yield (
                        f'<path d="{_svg_path(path, digits)}" fill="none" stroke="{_svg_colour(colour)}" '
                        f'stroke-width="{_number(line_width(item, line_scale))}" stroke-linecap="{cap}" '
                        f'stroke-linejoin="{_SVG_JOINS[join]}"{mitre}{dashes}{seen}/>'
                    )
            case Shade(along, matrix, stops, opacity):
                clips += 1
                name = f"clip-{drawing.key}-{clips}"
                round_about = len(along) == 3
                kind, letters = ("radial", ("cx", "cy", "r")) if round_about else ("linear", ("x1", "y1", "x2", "y2"))
                places = " ".join(f'{key}="{_number(at, 6)}"' for key, at in zip(letters, along, strict=True))
                yield (
                    f'<{kind}Gradient id="{name}" gradientUnits="userSpaceOnUse" {places} '
                    f'gradientTransform="matrix({" ".join(_number(part, 6) for part in matrix)})">'
                )
                yield from (f'<stop offset="{_number(at, 5)}" stop-color="{_svg_colour(c)}"/>' for at, c in stops)
                yield f"</{kind}Gradient>"
                box = f'width="{_number(drawing.width)}" height="{_number(drawing.height)}"'
                yield f'<rect {box} fill="url(#{name})"{_svg_opacity("fill-opacity", opacity)}/>'
            case ClipStart(path, even_odd):
                clips += 1
                name = f"clip-{drawing.key}-{clips}"
                rule = ' clip-rule="evenodd"' if even_odd else ""
                yield f'<clipPath id="{name}"><path d="{_svg_path(path, digits)}"{rule}/></clipPath>'
                yield f'<g clip-path="url(#{name})">'
            case ClipEnd():
                yield "</g>"


def _svg_path(path: Path, digits: int) -> str:
    """The path in steps from point to point, which takes half the letters of places on the page."""
    parts: list[str] = []
    x = y = start_x = start_y = 0.0
    for letter, *numbers in path:
        # Steps between rounded places: rounded steps would drift.
        places = [round(float(number), digits) for number in numbers]
        steps = [place - (y if i % 2 else x) for i, place in enumerate(places)]
        parts.append(
            "z" if letter == "h" else letter + " ".join(_number(step, digits) for step in steps).replace(" -", "-")
        )
        x, y = places[-2:] or (start_x, start_y)
        if letter == "m":
            start_x, start_y = x, y
    return "".join(parts)


def _svg_opacity(name: str, opacity: float) -> str:
    return f' {name}="{_number(opacity)}"' if opacity < 1 else ""


def _svg_colour(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _number(value: float, digits: int = 3) -> str:
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
