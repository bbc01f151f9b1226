"""Body and props as one camera sees them, painted as flat tones and lines. Knows no page.

Everything is looked at sample by sample (`solid`), so what hides what is never a question; the samples become a few
smooth regions and lines (`tracing`). The edges of boxes and the ends of rolls are drawn exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from handouts.figures.form import HAIR, MATERIALS, SKIN, solid_body
from handouts.figures.path import Brush, Path, Point, ellipse_path, polygon, project, united
from handouts.figures.prop_shapes import Box, Cylinder, Mat, Shape
from handouts.figures.prop_solids import prop_solids
from handouts.figures.skeleton import Skeleton
from handouts.figures.solid import BOX_NAMES, PROP_NAMES, Array, Brick, Piece, Seen
from handouts.figures.style import Persona, paler
from handouts.figures.tracing import Grid, cracks, lines, regions, tapered
from handouts.figures.vectors import WORLD, Vec, frame_along, lerp, local, mul, norm, sub, unit

LIGHT = (-0.60, 0.42, 0.68)
SUNK = 0.03
"""Metres that flesh may lie under the top of a mat and still be seen: it gives way."""
LEAST_SHADE = 260
"""Samples: a smaller patch of shade would look like a stain."""
STEP = 1.3
"""Paper units between samples: a tenth of a millimetre on paper as drawn."""
MAT_NAME = 9999
TOUCHING = 0.02
"""Metres between a body and a box below which the line between them is the body's."""


def look_at(
    brush: Brush, sk: Skeleton, persona: Persona, props: Sequence[Shape], window: tuple[float, float, float, float]
) -> Seen:
    """What the camera sees of one person and the props."""
    seen = Seen(brush.view, window, STEP)
    for group in solid_body(sk, persona.build, persona.hairstyle):
        seen.add(group)
    seen.tones = dict(enumerate(MATERIALS)) | {SKIN: f"skin-{persona.skin}", HAIR: f"hair-{persona.hair}"}
    for shape in props:
        if isinstance(shape, Box):
            seen.edged.append(shape)
        elif isinstance(shape, Cylinder) and shape.colour == "soft":
            seen.rolls.append(shape)
        pieces = prop_solids(brush.view, shape, seen.tones)
        if pieces:
            seen.add(pieces)
    for shape in props:
        if isinstance(shape, Mat):  # it is painted flat, before; here it only hides what is beneath it
            (x0, y0, z), (x1, y1, _) = shape.corners[0], shape.corners[2]
            half = (abs(x1 - x0) / 2, abs(y1 - y0) / 2, shape.thick / 2)
            slab = Brick(((x0 + x1) / 2, (y0 + y1) / 2, z - SUNK - shape.thick / 2), WORLD, half)
            seen.add([Piece(slab, 0, MAT_NAME, 0)])
    hidden = seen.part == MAT_NAME
    seen.part[hidden] = seen.material[hidden] = -1
    _without_slivers(seen)
    return seen


BESIDE = ((0, -1), (0, 1), (1, -1), (1, 1))
"""Axis and shift to each of the four samples beside one."""
SLIVER = 2
"""Samples on each side: what of a box is narrower shows only where something soft sinks into it."""


def _without_slivers(seen: Seen) -> None:
    """Gives slivers of boxes to the body beside them."""
    box = seen.part >= BOX_NAMES
    kept = _grown(~_grown(~box))
    open_samples = box & ~kept
    body = (seen.part >= 0) & (seen.part < PROP_NAMES)
    for _ in range(2 * SLIVER):
        for axis, shift in BESIDE:
            beside = np.roll(body, shift, axis) & open_samples
            if not beside.any():
                continue
            for field in (seen.part, seen.material, seen.depth, seen.normal):
                field[beside] = np.roll(field, shift, axis)[beside]
            body |= beside
            open_samples &= ~beside


def _grown(mask: Array) -> Array:
    """The mask with all samples within a sliver of it."""
    for _ in range(SLIVER):
        wide = mask.copy()
        for axis, shift in BESIDE:
            wide |= np.roll(mask, shift, axis)
        mask = wide
    return mask


def paint_seen(brush: Brush, seen: Seen) -> None:
    """Flat tones, one darker tone where the light does not reach, and lines."""
    pen, line, tol = brush.pen, brush.line, 0.5
    grid = Grid(seen.x0, seen.y0, STEP)
    thing = seen.part >= 0
    labels = np.unique(seen.material[thing])
    light = LIGHT[0] * seen.right + LIGHT[1] * seen.up + LIGHT[2] * seen.to
    dark = _blurred(seen.normal @ light, thing & (seen.part < PROP_NAMES)) < 0.04
    for m in labels:
        mask = seen.material == m
        path = regions(mask, grid, tol, straight=bool(m >= BOX_NAMES))
        tone = seen.tones[int(m)]
        if path:
            pen.stroke(path, tone, 1.6)
            pen.fill(path, tone)
    for m in labels:
        if m >= 100:
            continue
        part = regions((seen.material == m) & dark & (seen.part < PROP_NAMES), grid, 1.2, least=LEAST_SHADE)
        if part:
            pen.fill(part, f"{seen.tones[int(m)]}-shade")
    flags = _flags(seen)
    outer = cracks(*(np.where(f > 2.5, f, 0) * ~edged for f, edged in flags))
    boxes = cracks(*(f * edged for f, edged in flags))
    inner = cracks(*(np.where(f > 2.5, 0, f) * ~edged for f, edged in flags))
    held = {v for e in (*outer, *boxes) for v in e}
    paint_edges(brush, seen)
    for found in sorted(lines(inner, held, 8) + lines(outer, held, 0), key=lambda found: found.value):
        weight = 1.15 if found.value > 1.5 else 0.85 if found.value > 0.7 else 0.55
        if found.value > 2.5:  # against nothing: as thick to its ends
            weight, found = 1.5, found._replace(free=(False, False))
        for piece, width in tapered(found, weight * line, grid, tol):
            pen.stroke(piece, "ink", width)


def _blurred(field: Array, where: Array) -> Array:
    """A field blurred inside a mask."""
    f, w = np.where(where, field, 0.0), where.astype(float)
    for _ in range(6):
        for axis in (0, 1):
            f = 0.25 * np.roll(f, 1, axis) + 0.5 * f + 0.25 * np.roll(f, -1, axis)
            w = 0.25 * np.roll(w, 1, axis) + 0.5 * w + 0.25 * np.roll(w, -1, axis)
    out: Array = f / np.maximum(w, 1e-3)
    return out


def _flags(seen: Seen) -> list[tuple[Array, Array]]:
    """Cracks that become lines: 3 against nothing, 2 where one thing stands before another, 1 creases and hems."""
    metre = seen.step / seen.view.scale
    out: list[tuple[Array, Array]] = []
    facing = np.maximum(seen.normal @ seen.to, 0.05)
    for axis, way in ((1, seen.right), (0, seen.up)):
        slope = np.abs(seen.normal @ way) / facing * metre
        first = (slice(None), slice(None, -1)) if axis else (slice(None, -1), slice(None))
        second = (slice(None), slice(1, None)) if axis else (slice(1, None), slice(None))
        pa, pb, ma, mb = seen.part[first], seen.part[second], seen.material[first], seen.material[second]
        jump = np.abs(seen.depth[first] - seen.depth[second])
        least = np.minimum(slope[first], slope[second])
        turn = np.einsum("ijk,ijk->ij", seen.normal[first], seen.normal[second])
        both = (pa >= 0) & (pb >= 0)
        flags = np.zeros(pa.shape)
        flags[both & (pa != pb) & (turn < 0.80)] = 1
        flags[both & (ma != mb)] = 1
        flags[both & (ma != mb) & (pa == pb) & (pa >= PROP_NAMES)] = 0.5
        step = jump - 3 * least
        over = both & (step > np.where(pa != pb, 0.005, 0.014))
        flags[over] = np.where(jump[over] > 0.020, 2, 1)
        flags[(pa >= 0) != (pb >= 0)] = 3
        front = np.where(seen.depth[first] > seen.depth[second], pa, pb)
        other = np.minimum(pa, pb)
        touching = (other >= 0) & (other < BOX_NAMES) & (jump < TOUCHING)
        out.append((flags, (front >= BOX_NAMES) & ~touching))
    return out


def paint_ghost(brush: Brush, seen: Seen) -> None:
    path = regions(seen.part >= 0, Grid(seen.x0, seen.y0, STEP), 0.6)
    brush.pen.stroke(path, "ghost-line", 1.6 * brush.line)
    brush.pen.fill(path, "ghost")


CORNERS = tuple((a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1))
EDGES = tuple((p, q) for p, q in combinations(CORNERS, 2) if sum(a != b for a, b in zip(p, q, strict=True)) == 1)
NEARER = 0.012
"""Metres by which something must lie before an edge to hide it."""


def paint_edges(brush: Brush, seen: Seen) -> None:
    """The edges of boxes, exactly, as far as nothing lies before them."""
    view = brush.view
    outer: list[Path] = []
    inner: list[Path] = []
    for shape in seen.edged:
        for a, b, normals in _edges(shape):
            front = sum(view.depth(normal) > 0.01 for normal in normals)
            for run in _visible_runs(seen, a, b) if front else ():
                (outer if front == 1 else inner).append(polygon(run, closed=False))
    _paint_rolls(brush, seen)
    if inner:
        brush.pen.stroke(united(inner), paler("ink", 0.25), 0.6 * brush.line)
    if outer:
        brush.pen.stroke(united(outer), "ink", 1.3 * brush.line)


def _paint_rolls(brush: Brush, seen: Seen) -> None:
    """A rolled towel shows its end: two rings, where the middle of the end is seen."""
    view = brush.view
    for roll in seen.rolls:
        end = max(roll.a, roll.b, key=view.depth)
        axis = unit(sub(roll.b, roll.a))
        frame = frame_along(axis, (0.3, 0.2, 1))
        if not seen.sees(end, NEARER):
            continue
        x, y, a, b, c = project(view, (end, mul(frame[0], roll.radius), mul(frame[1], roll.radius), mul(axis, 0.002)))
        rings = [ellipse_path((x, y, a * part**2, b * part**2, c * part**2)) for part in (0.94, 0.5)]
        brush.pen.stroke(united(rings), "ink", 0.6 * brush.line)


def _edges(box: Box) -> Iterator[tuple[Vec, Vec, tuple[Vec, Vec]]]:
    """Every edge from end to end, with the outward normals of the two faces that meet there."""
    at, (x, y, z) = local(box.centre, box.frame), box.half
    for p, q in EDGES:
        first, second = (mul(box.frame[k], p[k]) for k in range(3) if p[k] == q[k])
        yield at(x * p[0], y * p[1], z * p[2]), at(x * q[0], y * q[1], z * q[2]), (first, second)


def _visible_runs(seen: Seen, a: Vec, b: Vec) -> list[list[Point]]:
    """The parts of a straight edge that are seen, each from its first to its last point on paper."""
    view = seen.view
    n = max(8, int(norm(sub(b, a)) * view.scale / seen.step))
    runs: list[list[Point]] = []
    open_run = False
    for i in range(n + 1):
        w = lerp(a, b, i / n)
        ix, iy = seen.index(w)
        around = seen.depth[max(0, iy - 1) : max(0, iy + 2), max(0, ix - 1) : max(0, ix + 2)]
        if not around.size or around.min() <= view.depth(w) + NEARER:
            if open_run:
                runs[-1][1] = view.xy(w)
            else:
                runs.append([view.xy(w), view.xy(w)])
            open_run = True
        else:
            open_run = False
    (x0, y0), (x1, y1) = view.xy(a), view.xy(b)
    least = min(10 * seen.step, 0.8 * (abs(x1 - x0) + abs(y1 - y0)))
    return [run for run in runs if abs(run[0][0] - run[1][0]) + abs(run[0][1] - run[1][1]) > least]
