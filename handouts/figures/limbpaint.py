"""Paints one body part: its layers, the welds to its neighbours, single digits, creases. Knows no scene."""

from __future__ import annotations

from handouts.figures.brush import Brush
from handouts.figures.curves import smooth
from handouts.figures.flesh import Crease, Layer, Part, Piece, Weld
from handouts.figures.path import Path, polygon
from handouts.figures.prop_shapes import Shape
from handouts.figures.propspaint import paint_shape
from handouts.figures.silhouette import Ellipse, disc_path, ellipse_path, ellipse_points, hull, project
from handouts.figures.style import paler

Held = list[tuple[float, Shape]]


class LimbPainter:
    """Paints parts one after the other and remembers them, so that each can be welded to those before it."""

    def __init__(self, brush: Brush) -> None:
        self.brush = brush
        self._painted: dict[str, tuple[Part, bool]] = {}
        self._hulls: dict[str, Path] = {}

    def paint(self, part: Part, far: bool, held: Held) -> None:
        """Paints a part over what is there; `far` parts are paler; `held` are things between its fingers, by depth."""
        if part.pieces:
            self._paint_pieces(part, far, held)
        else:
            seen_from_above = self.brush.faces(part) > 0.02
            for layer in reversed(part.layers) if seen_from_above else part.layers:  # then the shoe hides its sole
                self.brush.shape(layer, far)
        for weld in part.welds:
            if weld.other in self._painted:
                self._weld(weld.other, (part, far), weld)
        for name, (child, _) in list(self._painted.items()):  # a child that was painted before its parent
            for weld in child.welds:
                if weld.other == part.name and weld.fill == "skin":
                    self._weld(name, (part, far), weld)
        self._painted[part.name] = (part, far)
        for crease in part.creases:
            self._crease(crease, far)

    def _weld(self, under: str, over: tuple[Part, bool], weld: Weld) -> None:
        """Inside an ellipse round a joint and inside the lower shape, fill without outline: the two read as one.

        What was painted between the two is left alone.
        """
        brush, pen = self.brush, self.brush.pen
        part, far = self._painted[under]
        layer = _layer(part, weld)
        if layer is None:
            return
        e = project(brush.view, weld.at)
        shown = len(part.layers) > 1  # the weld ends on a sleeve or hem, where its edge is seen
        pen.clip(ellipse_path(e) if shown else disc_path(e), brush.path(layer))
        names = list(self._painted)
        for name in names[names.index(under) + 1 :]:
            between = self._painted[name][0]
            if name in ("shirt", "neck") or (between.limb != over[0].limb and self._touches(between, e)):
                pen.clip_out(self._hull(between))
        lower, upper = brush.colour(weld.fill, far), brush.colour(weld.fill, over[1])
        pen.fill_clip(lower)
        own = _layer(over[0], weld)
        if lower != upper and own is not None:
            pen.fill(brush.path(own), upper)
        pen.unclip()

    def _touches(self, part: Part, e: Ellipse) -> bool:
        """Whether a part comes near an ellipse on paper."""
        if part.axis is None:
            return False
        view = self.brush.view
        (x0, y0), (x1, y1) = view.xy(part.axis.a), view.xy(part.axis.b)
        r, a, b = part.axis.radius * view.scale * 1.3, e[2] ** 0.5, e[4] ** 0.5
        return not (
            min(x0, x1) - r > e[0] + a
            or max(x0, x1) + r < e[0] - a
            or min(y0, y1) - r > e[1] + b
            or max(y0, y1) + r < e[1] - b
        )

    def _hull(self, part: Part) -> Path:
        """A convex outline round a whole part and its line."""
        if part.name not in self._hulls:
            brush, view, grow = self.brush, self.brush.view, self.brush.line * 1.7
            blobs = [b for layer in part.layers for b in layer.blobs()]
            outline = hull(q for b in blobs for q in ellipse_points(project(view, b), 12, grow))
            self._hulls[part.name] = smooth(outline, tolerance=brush.line / 2)
        return self._hulls[part.name]

    def _paint_pieces(self, part: Part, far: bool, held: Held) -> None:
        """A hand or a bare foot close up: palm, digits and what is held, each in its own depth."""
        brush, view = self.brush, self.brush.view
        queue: list[tuple[float, int, Piece | Shape]] = [
            (view.depth(piece.centre) - (0 if i else 0.004), i, piece) for i, piece in enumerate(part.pieces)
        ]
        queue += [(depth, 100 + i, shape) for i, (depth, shape) in enumerate(held)]
        done: set[int] = set()
        for _, i, thing in sorted(queue, key=lambda entry: entry[:2]):
            if not isinstance(thing, Piece):
                paint_shape(brush, thing)
                continue
            if thing.hollow:
                brush.pen.fill(brush.path(thing.hollow), brush.colour("skin", far))
            brush.shape(thing.layer, far)
            if i and thing.base in done:
                self._join(thing, part.pieces[thing.base], far)
            for j in done:  # painted earlier, grows from this one
                if j and part.pieces[j].base == i:
                    self._join(part.pieces[j], part.pieces[j], far)
            done.add(i)
            self._nail(thing, far)

    def _join(self, digit: Piece, inside: Piece, far: bool) -> None:
        """The digit and what it grows from read as one shape."""
        if digit.weld is None:
            return
        pen = self.brush.pen
        pen.clip(disc_path(project(self.brush.view, digit.weld)), self.brush.path(inside.layer))
        pen.fill_clip(self.brush.colour("skin", far))
        pen.unclip()

    def _nail(self, piece: Piece, far: bool) -> None:
        brush, nail = self.brush, piece.nail
        if nail and brush.view.depth(nail.faces) >= nail.least and nail.radius * brush.view.scale >= 4.2 * brush.line:
            form = ellipse_path(project(brush.view, nail.form))
            brush.pen.stroke(form, paler(brush.ink(far), 0.35), 0.55 * brush.line)

    def _crease(self, crease: Crease, far: bool) -> None:
        brush = self.brush
        if brush.view.depth(crease.faces) < crease.least:
            return
        points = [brush.view.xy(q) for q in crease.points]
        path = smooth(points, closed=False) if len(points) > 2 else polygon(points, closed=False)
        brush.pen.stroke(path, paler(brush.ink(far), crease.tone), crease.width * brush.line)


def _layer(part: Part, weld: Weld) -> Layer | None:
    return next((layer for layer in part.layers if layer.fill == weld.fill), None)
