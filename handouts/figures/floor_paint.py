"""Paints what lies flat on the floor: it is under everything, and so no camera need look at it. Knows no body."""

from __future__ import annotations

from handouts.figures.display_pen import Brush
from handouts.figures.path import Path, polygon
from handouts.figures.prop_shapes import Cloth, Disc, Mat, Spot
from handouts.figures.silhouette import ellipse_path, hull, project
from handouts.figures.style import paler
from handouts.figures.vectors import Vec


def paint_floor_shape(brush: Brush, shape: Mat | Disc | Cloth | Spot) -> None:
    """Paints one shape."""
    match shape:
        case Mat():
            _mat(brush, shape)
        case Disc((x, y, z), a, b):
            form = ((x, y, z), (a, 0.0, 0.0), (0.0, b, 0.0), (0.0, 0.0, 0.004))
            brush.pen.fill(ellipse_path(project(brush.view, form)), paler("mat-edge", 0.45))
        case Spot(form):
            brush.pen.fill(ellipse_path(project(brush.view, form)), "spot")
        case Cloth():
            _cloth(brush, shape)


def _mat(brush: Brush, mat: Mat) -> None:
    view = brush.view
    top = [view.xy(p) for p in mat.corners]
    low = [view.xy((x, y, z - mat.thick)) for x, y, z in mat.corners]
    whole = polygon(hull(top + low))
    brush.pen.stroke(whole, "mat-line", 1.2 * brush.line)
    brush.pen.fill(whole, "mat-edge")
    brush.pen.fill(polygon(top), "mat")


def _cloth(brush: Brush, cloth: Cloth) -> None:
    view, pen = brush.view, brush.pen
    a, b = [view.xy(p) for p in cloth.edge], [view.xy(p) for p in cloth.other]
    whole: Path = polygon(a + b[::-1])
    pen.stroke(whole, "ink", 1.6 * brush.line)
    pen.fill(whole, "cloth-front")
    for i in range(len(a) - 1):
        if _is_crest(cloth.edge, i):
            pen.stroke(polygon([a[i], b[i]], closed=False), paler("ink", 0.3), 0.7 * brush.line)
    for i in (1, len(a) - 3):
        pen.stroke(polygon([a[i], b[i]], closed=False), paler("ink", 0.55), 0.5 * brush.line)


def _is_crest(edge: list[Vec], i: int) -> bool:
    """Whether a fold of a cloth has its top at this point of the edge."""
    high = edge[i][2]
    return high - edge[0][2] > 0.006 and (i == 0 or high >= edge[i - 1][2]) and high > edge[i + 1][2]
