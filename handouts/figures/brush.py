"""What every painting module shares: the view, the line width, the pen and the outlines made so far."""

from __future__ import annotations

from handouts.figures.camera import View
from handouts.figures.curves import smooth
from handouts.figures.display_pen import Pen
from handouts.figures.flesh import Fill, Layer, Part
from handouts.figures.path import Path, united
from handouts.figures.silhouette import (
    blob_hull,
    capsules,
    chain,
    ellipse_path,
    ellipse_points,
    hull,
    length,
    project,
)
from handouts.figures.style import FADE, paler
from handouts.figures.vectors import norm, sub

FORESHORTENED, END_ON = 0.72, 0.5
"""Shares of its true length below which a limb shows its ellipses, and a mitten becomes convex."""


class Brush:
    """Paints in paper units. `line` is the width of the inner lines."""

    def __init__(self, view: View, line: float) -> None:
        self.view, self.line, self.pen = view, line, Pen()
        self._paths: dict[int, Path] = {}
        self._kept: list[Layer] = []  # an id is only good as long as its layer lives

    def path(self, layer: Layer) -> Path:
        """The outline of a layer on paper."""
        known = self._paths.get(id(layer))
        if known is not None:
            return known
        view, out = self.view, list[Path]()
        for blobs in layer.chains:
            es = [project(view, b) for b in blobs]
            out.append(smooth(chain(es)))
            if length(es) < FORESHORTENED * norm(sub(blobs[0][0], blobs[-1][0])) * view.scale:
                out += [ellipse_path(e) for e in es]
        for blobs in layer.mitts:
            es = [project(view, b) for b in blobs]
            if length(es) < END_ON * norm(sub(blobs[0][0], blobs[-1][0])) * view.scale:
                out.append(smooth(hull(q for e in es for q in ellipse_points(e, 16)), tension=0.92))
            else:
                out.append(smooth(chain(es)))
        out += [blob_hull(view, blobs) for blobs in layer.hulls]
        out += [capsules([(view.xy(c), r * view.scale) for c, r in row]) for row in layer.capsules]
        self._kept.append(layer)
        self._paths[id(layer)] = united(out)
        return self._paths[id(layer)]

    def ink(self, far: bool) -> str:
        """The colour of outlines, paler on the far side."""
        return paler("ink", 0.30) if far else "ink"

    def colour(self, fill: Fill, far: bool) -> str:
        """The colour of skin or clothes, paler on the far side."""
        return paler(fill, FADE) if far else fill

    def shape(self, layer: Layer, far: bool) -> None:
        """A layer with its outline: the fill hides the inner half of the stroke."""
        path = self.path(layer)
        self.pen.stroke(path, self.ink(far), 2 * self.line)
        self.pen.fill(path, self.colour(layer.fill, far))

    def faces(self, part: Part) -> float:
        """How far a part's upward normal turns to the viewer (1 fully, -1 away)."""
        return 0.0 if part.upward is None else self.view.depth(part.upward)
