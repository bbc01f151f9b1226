"""Flesh and clothes over a skeleton: trunk, head and limbs as parts. Knows no paper.

Builds change flesh only, never joints, so every pose and contact fits every build.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

from handouts.figures.flesh import Axis, Ball, Part, blob, foot_part, hand_part, lowest
from handouts.figures.path import Blob
from handouts.figures.skeleton import SIDES, Skeleton
from handouts.figures.vectors import Frame, Vec, add, dot, lerp, local, mul, norm, perp, rotate, unit

# Trunk stations: height above the hip axis, forward offset, half depth, half width.
TRUNK = (
    (-0.075, -0.008, 0.078, 0.105),
    (-0.030, -0.018, 0.104, 0.148),
    (0.015, -0.022, 0.116, 0.163),
    (0.070, -0.017, 0.110, 0.158),
    (0.125, -0.003, 0.098, 0.142),
    (0.180, 0.005, 0.092, 0.131),
    (0.235, 0.006, 0.095, 0.131),
    (0.300, 0.005, 0.106, 0.144),
    (0.360, 0.004, 0.114, 0.158),
    (0.410, -0.002, 0.110, 0.168),
    (0.440, -0.010, 0.094, 0.166),
    (0.466, -0.017, 0.080, 0.147),
    (0.492, -0.021, 0.067, 0.107),
    (0.514, -0.023, 0.058, 0.070),
)
HEM = (0.140, -0.0008, 0.0964, 0.1390)  # the shirt ends here
WAISTBAND = (0.160, 0.003, 0.083, 0.122)
# Limb stations: share of the bone, forward offset, half depth, half width.
Row = tuple[float, float, float, float]
UPPER_ARM: tuple[Row, ...] = (
    (0.0, -0.004, 0.046, 0.037),
    (0.09, -0.002, 0.051, 0.044),
    (0.2, 0, 0.053, 0.047),
    (0.32, 0, 0.050, 0.045),
    (0.55, 0.004, 0.046, 0.042),
    (0.8, 0.001, 0.040, 0.038),
    (1.0, 0, 0.038, 0.037),
)
FOREARM: tuple[Row, ...] = (
    (0, 0, 0.039, 0.038),
    (0.12, 0.001, 0.043, 0.041),
    (0.3, 0.002, 0.044, 0.041),
    (0.6, 0, 0.036, 0.034),
    (0.85, 0, 0.028, 0.030),
    (1.0, 0, 0.025, 0.029),
)
THIGH: tuple[Row, ...] = (
    (-0.03, -0.018, 0.095, 0.080),
    (0.1, -0.010, 0.098, 0.086),
    (0.28, 0.003, 0.091, 0.083),
    (0.5, 0.010, 0.079, 0.073),
    (0.72, 0.007, 0.067, 0.063),
    (0.9, 0.003, 0.058, 0.056),
    (1.0, 0.003, 0.055, 0.054),
)
SHANK: tuple[Row, ...] = (
    (0, 0.003, 0.055, 0.054),
    (0.08, 0.001, 0.053, 0.052),
    (0.2, -0.010, 0.056, 0.053),
    (0.33, -0.013, 0.057, 0.053),
    (0.5, -0.009, 0.049, 0.047),
    (0.7, -0.002, 0.038, 0.038),
    (0.88, 0, 0.033, 0.033),
    (1.0, 0, 0.034, 0.034),
)
SUNK_HAIR, LAIN_ON = 0.01, 0.65
"""Hair that is lain on goes along the floor, sunk in by so many metres, and only so far beyond the head."""
SLEEVE_END, SHORTS_END, CLOTH = 0.50, 0.70, 0.007


class Build(NamedTuple):
    """Factors for widths of shoulders, chest, waist and hips, for limbs, neck and jaw; and the hair it comes with."""

    shoulders: float
    chest: float
    waist: float
    hips: float
    limbs: float
    neck: float
    jaw: float
    hairstyle: str


BUILDS = {
    "a": Build(1, 1, 1, 1, 1, 1, 1, "short"),
    "b": Build(0.90, 0.93, 0.88, 1.03, 0.93, 0.86, 0.90, "tied"),
    "c": Build(1.0, 1.06, 1.20, 1.08, 1.09, 1.06, 1.06, "short"),
    "d": Build(0.95, 1.03, 1.14, 1.12, 1.04, 0.92, 0.95, "bun"),
}


def trunk_width(build: Build, height: float) -> float:
    """The build's factor for the trunk's width at a height, between its four given ones."""
    for a, fa, b, fb in (
        (0.03, build.hips, 0.18, build.waist),
        (0.18, build.waist, 0.33, build.chest),
        (0.33, build.chest, 0.44, build.shoulders),
    ):
        if height <= b:
            return fa if height < a else fa + (fb - fa) * (height - a) / (b - a)
    return build.shoulders


def trunk_row(sk: Skeleton, build: Build, row: Row) -> Row:
    """A station of the trunk as wide and deep as it is in this build, with this breath."""
    height, forward, deep, wide = row
    factor, (front, aside) = trunk_width(build, height), sk.swell(height)
    return height, forward + front / 2, deep * (1 + (factor - 1) * 0.7) + front / 2, wide * factor + aside


def build_body(sk: Skeleton, build: str) -> list[Part]:
    """All parts of one person that the pose shows."""
    form = BUILDS[build]
    parts, keep = [*_trunk(sk, form), *_head(sk, form)], wanted(sk.pose)
    for side in SIDES:
        parts += _leg(sk, side, form.limbs)
        parts.append(foot_part(sk, side))
        parts += _arm(sk, side, form.limbs)
        parts.append(hand_part(sk, side))
    return [part for part in parts if keep(part.name)]


GROUPS = {
    "arm": ("uarm", "farm", "hand"),
    "forearm": ("farm", "hand"),
    "leg": ("thigh", "shank", "foot"),
    "lower_leg": ("shank", "foot"),
}


def wanted(pose: dict[str, Any]) -> Callable[[str], bool]:
    """Whether a pose shows a part of a name.

    Its `only` keeps just these parts (or limbs: arm_R, forearm_R, leg_R, lower_leg_R, trunk, head); `hide` leaves some
    out.
    """
    only, hide = pose.get("only", ()), pose.get("hide", ())
    shown = {name for chosen in only for name in _names(chosen)}
    return lambda name: (not only or name in shown) and name not in hide


def _names(chosen: str) -> set[str]:
    group = GROUPS.get(chosen[:-2])
    if group:
        return {name + chosen[-2:] for name in group}
    return {"trunk": {"pelvis", "shirt"}, "head": {"head", "neck", "tail"}}.get(chosen, {chosen})


def _trunk(sk: Skeleton, build: Build) -> list[Part]:
    def station(row: Row, grow: float = 0.0, axial: float | None = None) -> Blob:
        height, forward, deep, wide = trunk_row(sk, build, row)
        at, frame = sk.trunk(height)
        if axial is None:
            axial = 0.012 if height > 0.44 else min(deep, 0.05)
        return blob(add(at, mul(frame[0], forward)), frame, deep + grow, wide + grow, axial)

    pelvis = [station(row) for row in TRUNK if row[0] < 0.13] + [station(WAISTBAND, 0, 0.010)]
    shirt = [station(HEM, 0.006, 0.006)]
    shirt += [station(row, 0.004 if row[0] < 0.4 else 0) for row in TRUNK if row[0] > HEM[0]]
    at = sk.trunk_point
    return [
        Part("pelvis", pelvis, Axis(at(-0.02), at(0.12), 0.10)),
        Part("shirt", shirt, Axis(at(0.18), at(0.42), 0.10)),
    ]


def _head(sk: Skeleton, build: Build) -> list[Part]:
    p, neck_frame, head_frame = sk.p, sk.f["neck"], sk.f["head"]
    at, trunk = sk.trunk(0.506)
    base = add(at, mul(trunk[0], -0.016))
    n, jaw = build.neck, build.jaw
    neck = [
        blob(base, trunk, 0.060, 0.062 * (0.5 + 0.5 * n), 0.022),
        blob(lerp(base, p["skull"], 0.45), neck_frame, 0.054 * n, 0.053 * n, 0.04),
        blob(add(p["skull"], rotate(head_frame, (-0.018, 0, 0.012))), head_frame, 0.054 * n, 0.052 * n, 0.05),
    ]
    head = local(p["skull"], head_frame)
    flesh = [
        blob(head(0, 0, 0.078), head_frame, 0.102, 0.081, 0.098),
        blob(head(0.040, 0, 0.035), head_frame, 0.060, 0.066 * (0.5 + 0.5 * jaw), 0.060),
        blob(head(0.052, 0, -0.026), head_frame, 0.040, 0.046 * jaw, 0.036 * (0.3 + 0.7 * jaw)),
        blob(head(-0.010, 0, 0.012), head_frame, 0.055, 0.064 * (0.5 + 0.5 * jaw), 0.045),
        blob(head(0.094, 0, 0.046), head_frame, 0.010, 0.008, 0.012),
        blob(head(0.106, 0, 0.020), head_frame, 0.013, 0.013, 0.011),
    ]
    if sk.pose.get("mouth") == "pursed":
        flesh.append(blob(head(0.090, 0, -0.021), head_frame, 0.013, 0.013, 0.012))
    parts = [Part("neck", neck), Part("head", flesh, Axis(head(0, 0, 0), head(0, 0, 0.09), 0.09))]
    if build.hairstyle == "bun":
        bun = [
            blob(head(-0.070, 0, 0.158), head_frame, 0.040, 0.042, 0.036),
            blob(head(-0.082, 0, 0.176), head_frame, 0.036, 0.038, 0.030),
        ]
        parts.append(Part("tail", bun))
    elif build.hairstyle == "tied":
        tail = hair_tail(head(-0.092, 0, 0.118), head_frame)
        parts.append(Part("tail", [blob(c, head_frame, r, r * 1.05, r) for c, r in tail]))
    return parts


def hair_tail(start: Vec, frame: Frame) -> list[Ball]:
    """A tail of hair: it hangs; when the person lies it lies along the head."""
    back, down = mul(frame[0], -1), (0.0, 0.0, -1.0)
    hang = perp(down, back)
    along = frame[2] if dot(down, back) > 0 else mul(frame[2], -1)
    lain_on = norm(hang) <= 0.35
    hang, spread = (along, LAIN_ON) if lain_on else (unit(hang), 1.0)
    tail = [(start, 0.022)]
    for step, away, radius in (
        (0.034, 0.9, 0.027),
        (0.040, 0.35, 0.032),
        (0.045, 0.10, 0.030),
        (0.045, -0.05, 0.022),
        (0.035, -0.12, 0.011),
    ):
        way = unit(add(mul(back, away), mul(hang, 1.0 if away < 0.8 else 0.35)))
        tail.append((add(tail[-1][0], mul(way, step * spread)), radius))
    return [((x, y, max(z, radius - SUNK_HAIR)), radius) for (x, y, z), radius in tail]


def rows_of(rows: tuple[Row, ...], thick: float, end: float = 1.0, cloth: float = 0.0) -> list[Row]:
    """The stations of a limb up to a share of the bone, made thicker or thinner, with cloth over them."""
    kept = [row for row in rows if end == 1.0 or row[0] < end - 0.03]
    if end < 1.0:
        before, after = next((a, b) for a, b in pairwise(rows) if a[0] <= end <= b[0])
        k = (end - before[0]) / (after[0] - before[0])
        x, deep, wide = (before[i] + (after[i] - before[i]) * k for i in (1, 2, 3))
        kept.append((end, x, deep, wide))
    return [(t, x, deep * thick + cloth, wide * thick + cloth) for t, x, deep, wide in kept]


def _limb(
    top: Vec, bottom: Vec, frame: Frame, rows: list[Row], *, first: float = 0.8, cloth: float = 0.0
) -> list[Blob]:
    """The blobs along a bone; `first` is how round its upper end is. Cloth stands off the skin and ends flat."""
    out = []
    for i, (t, forward, deep, wide) in enumerate(rows):
        grow = cloth if t > 0.05 else cloth * 0.4
        long = first if i == 0 else 0.95 if i == len(rows) - 1 else 0.8
        axial = 0.004 if cloth and i == len(rows) - 1 else min(deep, wide) * long
        out.append(blob(add(lerp(top, bottom, t), mul(frame[0], forward)), frame, deep + grow, wide + grow, axial))
    return out


def _leg(sk: Skeleton, side: str, thick: float) -> list[Part]:
    upper, lower = sk.bone("thigh_" + side), sk.bone("shank_" + side)
    hip, knee, _ = upper
    thigh = _limb(*upper, rows_of(THIGH, thick), first=0.55)
    shorts = _limb(*upper, rows_of(THIGH, thick, SHORTS_END), first=0.55, cloth=CLOTH)
    return [
        Part("thigh_" + side, [*thigh, *shorts], Axis(lerp(hip, knee, 0.18), knee, 0.066)),
        Part("shank_" + side, _limb(*lower, rows_of(SHANK, thick)), Axis(knee, lower[1], 0.046)),
    ]


def _arm(sk: Skeleton, side: str, thick: float) -> list[Part]:
    upper, fore, k = sk.bone("uarm_" + side), sk.bone("farm_" + side), 1.0 if side == "L" else -1.0
    (shoulder, elbow, axes), chest = upper, sk.trunk(0.42)[1]
    bare = _limb(*upper, rows_of(UPPER_ARM, thick), first=0.36)
    sleeve = _limb(*upper, rows_of(UPPER_ARM, thick, SLEEVE_END), first=0.36, cloth=CLOTH)
    if -dot(axes[2], chest[2]) > 0.25:  # arm overhead: the sleeve grows out of the trunk
        sleeve.insert(0, blob(sk.trunk_point(0.395, -0.008, k * 0.112), chest, 0.062, 0.050, 0.05))
    return [
        Part("uarm_" + side, [*bare, *sleeve], Axis(lerp(shoulder, elbow, 0.1), elbow, 0.045)),
        Part("farm_" + side, _limb(*fore, rows_of(FOREARM, thick)), Axis(elbow, fore[1], 0.036)),
    ]


def lowest_point(parts: list[Part]) -> tuple[float, str]:
    """Height of the lowest point of the flesh (metres; under 0 is below the floor) and the part it is on."""
    return min((lowest(blob), part.name) for part in parts for blob in part.blobs)
