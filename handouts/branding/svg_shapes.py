"""SVG's shapes, path data, lengths and transforms as plain outlines: moves, lines and cubic curves. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

Point = tuple[float, float]
Outline = list[tuple[str, list[Point]]]
"""PDF path operators (m, l, c, h) with their points."""
Matrix = tuple[float, float, float, float, float, float]
Size = tuple[float, float]
"""Width and height of the viewport, of which percentages are taken."""

NUMBER = r"[-+]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][-+]?[0-9]++)?+"
"""A number as SVG writes it. Possessive: a long row of digits is not tried in every way it can be cut."""
MOST = 1e7
"""A coordinate beyond this is no drawing but a slip or a trap."""
MOST_SEGMENTS = 60_000
"""Of lines and curves in a drawing."""
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
"""User units of each unit of length (CSS 2.1)."""
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def outline_of(name: str, attributes: Mapping[str, str], viewport: Size) -> Outline:
    """The outline of a basic shape or path. Raises ValueError for numbers or path data that make no sense."""

    def at(key: str) -> float:
        return length(attributes, key, viewport)

    if name == "path":
        return parse_path(attributes.get("d", ""))
    if name == "circle":
        return _ellipse(at("cx"), at("cy"), at("r"), at("r"))
    if name == "line":
        return [("m", [(at("x1"), at("y1"))]), ("l", [(at("x2"), at("y2"))])]
    if name in ("rect", "ellipse"):
        # A radius that is not given is the other one.
        rx, ry = at("rx") if "rx" in attributes else at("ry"), at("ry") if "ry" in attributes else at("rx")
        if name == "ellipse":
            return _ellipse(at("cx"), at("cy"), rx, ry)
        return _rectangle(at("x"), at("y"), at("width"), at("height"), rx, ry)
    values = numbers_of(attributes.get("points", ""))
    if len(values) % 2:
        raise ValueError("an odd number of coordinates")
    points = list(zip(values[::2], values[1::2], strict=True))
    if not points:
        return []
    outline: Outline = [("m", points[:1]), *(("l", [point]) for point in points[1:])]
    return [*outline, ("h", [])] if name == "polygon" else outline


def number_of(text: str) -> float:
    """A number that may stand in a drawing. Raises ValueError for one beyond all size."""
    value = float(text)
    if not abs(value) < MOST:
        raise ValueError(f"the number {text[:20]} is too large")
    return value


def numbers_of(text: str) -> list[float]:
    """Numbers parted by spaces or commas. Raises ValueError for anything else."""
    if not re.fullmatch(rf"(?:[\s,]*+{NUMBER})*+[\s,]*+", text):
        raise ValueError(f"{text[:40]!r} is not a row of numbers")
    values: list[float] = []
    for found in re.finditer(NUMBER, text):
        if len(values) == 2 * MOST_SEGMENTS:
            raise ValueError(f"more than {2 * MOST_SEGMENTS:,} numbers: save it as PNG")
        values.append(number_of(found[0]))
    return values


def length_of(text: str, whole: float = 0.0) -> float:
    """A length in the drawing's own units; `whole` is what 100% is. Raises ValueError for one of another kind."""
    number = re.fullmatch(rf"\s*+({NUMBER})([A-Za-z]*+|%)\s*+", text)
    unit = number[2].lower() if number else ""
    if not number or unit not in (*_UNITS, "%") or (unit == "%" and not whole):
        raise ValueError(f"{text[:40]!r} is not a plain number")
    return number_of(number[1]) * (whole / 100 if unit == "%" else _UNITS[unit])


def length(attributes: Mapping[str, str], name: str, viewport: Size, default: str = "0") -> float:
    """The length that an attribute gives, in percent of the viewport's width, height or diagonal. Raises ValueError."""
    width, height = viewport
    if name in ("x", "cx", "rx", "x1", "x2", "fx", "width"):
        whole = width
    elif name in ("y", "cy", "ry", "y1", "y2", "fy", "height"):
        whole = height
    else:
        whole = math.hypot(width, height) / math.sqrt(2)
    return length_of(attributes.get(name, default), whole)


def _ellipse(x: float, y: float, rx: float, ry: float) -> Outline:
    if rx <= 0 or ry <= 0:
        return []
    return parse_path(f"M{x + rx} {y}a{rx} {ry} 0 0 1 {-2 * rx} 0a{rx} {ry} 0 0 1 {2 * rx} 0z")


def _rectangle(x: float, y: float, width: float, height: float, rx: float, ry: float) -> Outline:
    if width <= 0 or height <= 0:
        return []
    if rx < 0 or ry < 0:
        raise ValueError("a negative radius")
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if rx <= 0 or ry <= 0:
        path = f"M{x} {y}h{width}v{height}h{-width}z"
    else:
        path = (
            f"M{x + rx} {y}H{x + width - rx}a{rx} {ry} 0 0 1 {rx} {ry}V{y + height - ry}a{rx} {ry} 0 0 1 {-rx} {ry}"
            f"H{x + rx}a{rx} {ry} 0 0 1 {-rx} {-ry}V{y + ry}a{rx} {ry} 0 0 1 {rx} {-ry}z"
        )
    return parse_path(path)


def parse_path(data: str) -> Outline:
    """Path data as an outline with absolute points; arcs and quadratic curves become cubic ones.

    Raises ValueError for what cannot be read, and where a drawing would have more lines than it may.
    """
    outline: Outline = []
    here = start = (0.0, 0.0)
    before, handle = "", here  # the command before, and its last handle, for the smooth ones
    for number, (letter, values) in enumerate(_commands(data)):
        if number == MOST_SEGMENTS:
            raise ValueError(f"more than {MOST_SEGMENTS:,} lines: save it as PNG")
        command, (x, y) = letter.upper(), here
        ox, oy = (0.0, 0.0) if letter == command else here
        if not outline and command != "M":
            raise ValueError("path data that do not begin with a move")
        points = [(ox + a, oy + b) for a, b in zip(values[::2], values[1::2], strict=False)]
        if command == "M":
            here = start = points[0]
            outline.append(("m", [here]))
        elif command in "LHV":
            here = points[0] if command == "L" else (ox + values[0], y) if command == "H" else (x, oy + values[0])
            outline.append(("l", [here]))
        elif command in "CS":
            smooth = (2 * x - handle[0], 2 * y - handle[1]) if before in ("C", "S") else here
            curve = points if command == "C" else [smooth, *points]
            outline.append(("c", curve))
            handle, here = curve[1], curve[2]
        elif command in "QT":
            if command == "T":
                points = [(2 * x - handle[0], 2 * y - handle[1]) if before in ("Q", "T") else here, *points]
            handle, end = points
            thirds = [(a[0] + (handle[0] - a[0]) * 2 / 3, a[1] + (handle[1] - a[1]) * 2 / 3) for a in (here, end)]
            outline.append(("c", [*thirds, end]))
            here = end
        elif command == "A":
            end = (ox + values[5], oy + values[6])
            outline += _arc(here, values, end)
            here = end
        else:
            outline.append(("h", []))
            here = start
        before = command
    return outline


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its own numbers; a command's letter holds until the next."""
    position, letter = 0, ""
    number, flag = re.compile(rf"[\s,]*({NUMBER})"), re.compile(r"[\s,]*([01])")
    while match := re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])?").match(data, position):
        position = match.end()
        if position == len(data) and not match[1]:
            return
        if match[1]:
            letter = match[1]
        elif letter.upper() in ("", "Z"):
            raise ValueError(f"path data cannot be read at {data[position : position + 12]!r}")
        values = []
        for index in range(_ARGUMENTS[letter.upper()]):
            kind = flag if letter in "Aa" and index in (3, 4) else number
            found = kind.match(data, position)
            if not found:
                raise ValueError(f"path data cannot be read at {data[position : position + 12]!r}")
            values.append(number_of(found[1]))
            position = found.end()
        yield letter, values
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _arc(start: Point, values: list[float], end: Point) -> Outline:
    """An elliptical arc as cubic curves: the centre form of SVG 1.1, appendix F.6."""
    rx, ry, turn = abs(values[0]), abs(values[1]), math.radians(values[2])
    if start == end:
        return []
    if not rx or not ry:
        return [("l", [end])]
    cos, sin = math.cos(turn), math.sin(turn)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    px, py = cos * dx + sin * dy, cos * dy - sin * dx
    # Radii too small to reach both ends are made larger, as the standard asks.
    grow = max(1.0, math.hypot(px / rx, py / ry))
    rx, ry = rx * grow, ry * grow
    below = (rx * py) ** 2 + (ry * px) ** 2
    far = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) * (-1 if values[3] == values[4] else 1)
    qx, qy = far * rx * py / ry, -far * ry * px / rx
    cx, cy = cos * qx - sin * qy + (start[0] + end[0]) / 2, sin * qx + cos * qy + (start[1] + end[1]) / 2
    first = math.atan2((py - qy) / ry, (px - qx) / rx)
    sweep = math.atan2((-py - qy) / ry, (-px - qx) / rx) - first
    if values[4] and sweep < 0:
        sweep += 2 * math.pi
    elif not values[4] and sweep > 0:
        sweep -= 2 * math.pi
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / pieces
    k = 4 / 3 * math.tan(step / 4)

    def at(u: float, v: float) -> Point:
        return cx + cos * rx * u - sin * ry * v, cy + sin * rx * u + cos * ry * v

    outline: Outline = []
    for piece in range(pieces):
        a, b = first + piece * step, first + (piece + 1) * step
        ca, sa, cb, sb = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
        last = end if piece == pieces - 1 else at(cb, sb)
        outline.append(("c", [at(ca - k * sa, sa + k * ca), at(cb + k * sb, sb - k * cb), last]))
    return outline


def parse_transform(text: str) -> Matrix | None:
    """A transform list as one matrix; None when it cannot be read. Raises ValueError for a number beyond all size."""
    if not re.fullmatch(rf"(?:[\s,]*+\w++\s*+\((?:[\s,]*+{NUMBER})*+[\s,]*+\))*+[\s,]*+", text):
        return None
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    for name, inside in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        own = _transform(name, [number_of(value) for value in re.findall(NUMBER, inside)])
        if own is None:
            return None
        matrix = through(own, matrix)
    return matrix


def _transform(name: str, v: list[float]) -> Matrix | None:
    if name == "matrix" and len(v) == 6:
        return v[0], v[1], v[2], v[3], v[4], v[5]
    if name == "translate" and len(v) in (1, 2):
        return 1, 0, 0, 1, v[0], v[1] if len(v) == 2 else 0
    if name == "scale" and len(v) in (1, 2):
        return v[0], 0, 0, v[-1], 0, 0
    if name == "rotate" and len(v) in (1, 3):
        cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
        x, y = v[1:] or (0, 0)
        return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
    return None


def fitted(box: Sequence[float], how: str, size: Size) -> Matrix:
    """The matrix that sets a viewBox (left, top, width, height) into a viewport as `preserveAspectRatio` says.

    Raises ValueError when it cannot be read.
    """
    left, top, wide, high = box
    x, y = size[0] / wide, size[1] / high
    fits = re.fullmatch(r"\s*(?:defer\s+)?(?:none|x(Min|Mid|Max)Y(Min|Mid|Max))(?:\s+(meet|slice))?\s*", how)
    if not fits:
        raise ValueError(f"preserveAspectRatio {how[:40]!r} cannot be read")
    if not fits[1]:
        return x, 0, 0, y, -left * x, -top * y
    scale = max(x, y) if fits[3] == "slice" else min(x, y)
    share = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    across, down = (size[0] - wide * scale) * share[fits[1]], (size[1] - high * scale) * share[fits[2]]
    return scale, 0, 0, scale, across - left * scale, down - top * scale


def through(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first and then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def point_at(matrix: Matrix, x: float, y: float) -> Point:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
