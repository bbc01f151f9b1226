"""A skeleton and its clothes as groups of solids. Knows no paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count, pairwise
from typing import Any

import numpy as np

from handouts.figures.body import (
    BUILDS,
    FOREARM,
    SHANK,
    THIGH,
    TRUNK,
    Build,
    Row,
    hair_tail,
    rows_of,
    trunk_row,
    wanted,
)
from handouts.figures.flesh import toe_points
from handouts.figures.hands import finger_balls
from handouts.figures.limbs import ANKLE_HEIGHT
from handouts.figures.skeleton import SIDES, Skeleton
from handouts.figures.solid import Array, Cone, Oval, Piece, Spine, Tube
from handouts.figures.vectors import Frame, Vec, add, compose, lerp, local, mean, mul, norm, rotate, sub, turn_y, turn_z

SKIN, SHIRT, SHORTS, SHOE, SOLE, HAIR, SOCK = range(7)
MATERIALS = ("skin", "shirt", "shorts", "shoe", "sole", "hair", "sock")
YOKE_ARM = ((0.0, -0.002, 0.040, 0.032), (0.12, -0.001, 0.047, 0.040), (0.3, 0, 0.049, 0.044), (0.5, 0, 0.046, 0.042))
ARM = (*YOKE_ARM[:3], (0.55, 0.004, 0.045, 0.041), (0.8, 0.001, 0.040, 0.037), (1.0, 0, 0.038, 0.036))
CLOTH, SLEEVE, SHORTS_END = 0.008, 0.56, 0.74
Group = list[Piece]


Names = Callable[[], int]
"""A new number for every part that lines are drawn between."""
Keep = Callable[[str], bool]


def solid_body(sk: Skeleton, build: str, hairstyle: str) -> list[Group]:
    """The groups of one person, as far as the pose shows them: torso, head, arms and legs."""
    form, new, keep = BUILDS[build], count(1).__next__, wanted(sk.pose)
    out = [_torso(sk, form, new, keep)]
    if keep("head"):
        out.append(_head(sk, form, hairstyle, new))
    for side in SIDES:
        out += [_arm(sk, side, form.limbs, new, keep), _leg(sk, side, form.limbs, new, keep)]
    return [group for group in out if group]


def _torso(sk: Skeleton, build: Build, new: Names, keep: Keep) -> Group:
    if not keep("shirt"):
        return []
    p, f = sk.p, sk.f
    table = [(h, *sk.trunk(h)) for h in np.linspace(-0.10, 0.54, 33)]

    def rows(low: float, high: float, grow: float) -> list[Row]:
        stations = (trunk_row(sk, build, row) for row in TRUNK if low <= row[0] <= high)
        return [(height, forward, deep + grow, wide + grow) for height, forward, deep, wide in stations]

    shirt_rows = [
        r if r[0] < 0.39 else (r[0], r[1], r[2] * 0.94, r[3] * (0.90 if r[0] < 0.45 else 0.80))
        for r in rows(0.10, 0.47, 0.004)
    ]
    shirt, shorts = Spine(table, shirt_rows, (0.012, 0.05)), Spine(table, rows(-0.08, 0.19, -0.001), (0.05, 0.02))
    torso = new()
    out = [Piece(shorts, 0, torso, SHORTS)]
    for side, k in (("L", 1.0), ("R", -1.0)):
        if keep("thigh_" + side):
            rows_thigh = rows_of(THIGH, build.limbs, 0.40, CLOTH - 0.003)
            thigh = Tube(*sk.bone("thigh_" + side), rows_thigh, (0.06, 0.05))
            out.append(Piece(thigh, 0.045, torso, SHORTS))
        buttock = add(sk.origin, rotate(f["pelvis"], (-0.050, k * 0.062, -0.030)))
        out.append(Piece(Oval(buttock, f["pelvis"], (0.082, 0.080, 0.085)), 0.04, torso, SHORTS))
    out.append(Piece(shirt, 0.006, torso, SHIRT))
    for side, k in (("L", 1.0), ("R", -1.0)):
        if not keep("uarm_" + side):
            continue
        shoulder, elbow, _ = upper = sk.bone("uarm_" + side)
        neck, chest = sk.trunk_point(0.478, -0.020, k * 0.040), sk.trunk(0.44)[1]
        tip = add(lerp(neck, shoulder, 0.90), mul(chest[2], -0.006))
        yoke = (
            Cone(neck, 0.050, tip, 0.036),
            Cone(sk.trunk_point(0.36, 0.03, k * 0.080), 0.068, lerp(shoulder, elbow, 0.08), 0.046),
            Cone(sk.trunk_point(0.33, -0.035, k * 0.085), 0.060, lerp(shoulder, elbow, 0.07), 0.043),
        )
        out += [Piece(cone, 0.05, torso, SHIRT) for cone in yoke]
        arm = Tube(*upper, rows_of(YOKE_ARM, build.limbs, 0.34, CLOTH - 0.002), (0.026, 0.05))
        out.append(Piece(arm, 0.035, torso, SHIRT))
    at, trunk = sk.trunk(0.50)
    base = add(at, mul(trunk[0], -0.018))
    n = build.neck
    throat = new()
    top = add(p["skull"], rotate(f["head"], (-0.012, 0, 0.02)))
    rows_neck = [(0.0, 0, 0.056 * n, 0.060 * n), (0.5, 0, 0.051 * n, 0.051 * n), (1.0, 0.004, 0.052 * n, 0.052 * n)]
    out.append(Piece(Tube(base, top, f["neck"], rows_neck, (0.04, 0.03)), 0.03, throat, SKIN))
    return out


def _head(sk: Skeleton, build: Build, hairstyle: str, new: Names) -> Group:
    p, frame = sk.p, sk.f["head"]
    at, jaw = local(p["skull"], frame), build.jaw
    name, ear, hair = new(), (new(), new()), new()

    def oval(x: float, y: float, z: float, a: float, b: float, c: float, turn: Frame = frame) -> Oval:
        return Oval(at(x, y, z), turn, (a, b, c))

    out = [
        Piece(oval(0, 0, 0.080, 0.100, 0.079, 0.096), 0, name, SKIN),
        Piece(oval(0.038, 0, 0.032, 0.058, 0.062 * (0.5 + 0.5 * jaw), 0.062), 0.03, name, SKIN),
        Piece(oval(0.056, 0, -0.024, 0.036, 0.041 * jaw, 0.032), 0.035, name, SKIN),
        Piece(oval(-0.005, 0, 0.012, 0.050, 0.058 * jaw, 0.042), 0.03, name, SKIN),
        Piece(Cone(at(0.092, 0, 0.056), 0.008, at(0.108, 0, 0.020), 0.0115), 0.012, name, SKIN),
        Piece(oval(0.101, 0, 0.016, 0.010, 0.0165, 0.009), 0.008, name, SKIN),
        Piece(oval(0.086, 0, -0.017, 0.010, 0.022, 0.010), 0.014, name, SKIN),
    ]
    short = hairstyle in ("short", "bald")
    low = -0.020 if short else -0.046

    def cut(x: Array, y: Array, z: Array) -> Array:
        """Metres outside the hair: a side parting and temples before, a nape behind, sideburns before the ears."""
        nape = low + (x - 0.02) * (0.42 if short else 0.30) - z
        if hairstyle == "bald":
            fringe: Array = np.maximum(np.maximum(x - 0.010, z - 0.012 + x * 0.30), nape)
            return fringe
        away = y - 0.018
        line = 0.057 - 4.5 * away**2 + 0.013 * np.exp(-((away / 0.013) ** 2))
        side = 0.020 + 0.10 * z + (0.012 if short else -0.004)
        whole: Array = np.maximum(np.minimum(x - side, line - z), nape)
        return whole

    grow = 0.0 if hairstyle != "bald" else -0.007
    cap = Oval(at(-0.005, 0, 0.086), frame, (0.110 + grow, 0.087 + grow, 0.110 + grow), cut)
    out.append(Piece(cap, 0, hair, HAIR))
    for k, number in zip((1, -1), ear, strict=True):
        turn = compose(frame, turn_z(k * 20), turn_y(-10))
        out.append(Piece(oval(-0.008, k * 0.078, 0.036, 0.019, 0.010, 0.031, turn), 0.003, number, SKIN))
    if hairstyle == "bun":
        out.append(Piece(oval(-0.082, 0, 0.165, 0.042, 0.044, 0.038), 0.006, new(), HAIR))
    elif hairstyle == "tied":
        tail = hair_tail(at(-0.096, 0, 0.118), frame)
        number = new()
        for (a, ra), (b, rb) in pairwise(tail):
            out.append(Piece(Cone(a, ra, b, rb), 0.012, number, HAIR))
    return out


def _leg(sk: Skeleton, side: str, thick: float, new: Names, keep: Keep) -> Group:
    out: Group = []
    upper, whole = sk.bone("thigh_" + side), keep("thigh_" + side)
    leg = new()
    if whole:
        out.append(Piece(Tube(*upper, rows_of(THIGH, thick), (0.05, 0.05)), 0, leg, SKIN))
    if whole or keep("shank_" + side):
        shank = Tube(*sk.bone("shank_" + side), rows_of(SHANK, thick), (0.048, 0.034))
        out.append(Piece(shank, 0.06, leg, SKIN))
    if whole:
        shorts = Tube(*upper, rows_of(THIGH, thick, SHORTS_END, CLOTH), (0.05, 0.004))
        out.append(Piece(shorts, 0, new(), SHORTS))
    if keep("foot_" + side):
        out += _foot(sk, side, new, leg)
    return out


SHOE_ROWS = (  # behind the ankle is minus: x, middle height, half height, half width
    (-0.056, -0.046, 0.028, 0.027),
    (-0.040, -0.034, 0.044, 0.033),
    (-0.010, -0.022, 0.056, 0.037),
    (0.030, -0.030, 0.048, 0.037),
    (0.070, -0.042, 0.036, 0.039),
    (0.110, -0.051, 0.028, 0.043),
    (0.150, -0.058, 0.022, 0.041),
    (0.178, -0.060, 0.018, 0.032),
)
FOOT_ROWS = (
    (-0.052, -0.050, 0.022, 0.024),
    (-0.040, -0.042, 0.034, 0.029),
    (-0.012, -0.026, 0.046, 0.032),
    (0.025, -0.026, 0.042, 0.031),
    (0.060, -0.038, 0.031, 0.034),
    (0.095, -0.052, 0.022, 0.041),
    (0.122, -0.060, 0.016, 0.042),
)


def _foot(sk: Skeleton, side: str, new: Names, leg: int) -> Group:
    ankle, frame, k = sk.p["ankle_" + side], sk.f["foot_" + side], 1.0 if side == "L" else -1.0
    at, (bend, curl) = local(ankle, frame, k), sk.toes[side]
    name = new()

    def tube(rows: Sequence[Row], fr: Frame, origin: Vec) -> Tube:
        # rows along the foot: Z of the tube is the foot's X, its X the foot's up
        x0, x1 = rows[0][0], rows[-1][0]
        shares = [((r[0] - x0) / (x1 - x0), r[1], r[2], r[3]) for r in rows]
        a, b = (add(origin, rotate(fr, (x, 0, 0))) for x in (x0, x1))
        return Tube(a, b, (fr[2], fr[1], fr[0]), shares, (0.02, 0.02))

    def shoe(rows: Sequence[Row], fr: Frame, origin: Vec, soft: float) -> Piece:
        def sole(_: Any, q: Array, material: Array) -> Array:
            z = (q - np.array(origin)) @ np.array(fr[2])
            return np.where(z < -0.055, SOLE, material)

        return Piece(_AboveSole(tube(rows, fr, origin), origin, fr), soft, name, SHOE, sole)

    if not sk.pose.get("bare"):
        rows = [(0, 0, 0.0385, 0.0385), (0.6, 0, 0.0385, 0.0385), (1, 0, 0.042, 0.040)]
        sock = Tube(lerp(sk.p["knee_" + side], ankle, 0.80), ankle, sk.f["shank_" + side], rows, (0.003, 0.03))
        out = [Piece(sock, 0.0, new(), SOCK)]
        if not bend:
            return [*out, shoe(SHOE_ROWS, frame, ankle, 0.006)]
        turn = compose(frame, turn_y(-bend))
        origin = sub(at(0.112, 0, -0.066), rotate(turn, (0.112, 0, -0.066)))
        hind = [r for r in SHOE_ROWS if r[0] < 0.12]
        fore = [r for r in SHOE_ROWS if r[0] > 0.08]
        return [*out, shoe(hind, frame, ankle, 0.006), shoe(fore, turn, origin, 0.012)]
    out = [Piece(tube(FOOT_ROWS, frame, ankle), 0.022, leg, SKIN)]
    arch = Cone(at(-0.03, 0, -0.052), 0.024, at(0.105, 0, -0.058), 0.016)
    out.append(Piece(arch, 0.02, leg, SKIN))
    out.append(Piece(Cone(at(0.06, -0.012, -0.045), 0.026, at(0.118, -0.022, -0.060), 0.0185), 0.02, leg, SKIN))
    for root, middle, tip, radius in toe_points(bend, curl):
        number = new()
        out.append(Piece(Cone(at(*root), radius * 1.06, at(*middle), radius), 0.010, number, SKIN))
        out.append(Piece(Cone(at(*middle), radius, at(*tip), radius * 0.98), 0.003, number, SKIN))
    return out


class _AboveSole:
    """A solid cut off flat, as high below the ankle as a sole is, its edge a little rounded."""

    def __init__(self, solid: Tube, ankle: Vec, frame: Frame) -> None:
        self.solid, self.o, self.n, self.balls = solid, np.array(ankle), np.array(frame[2]), solid.balls

    def d(self, p: Array) -> Array:
        a, b = self.solid.d(p), -ANKLE_HEIGHT - (p - self.o) @ self.n
        k = 0.008
        h = np.maximum(k - np.abs(a - b), 0) / k
        out: Array = np.maximum(a, b) + h * h * k / 4
        return out


def _arm(sk: Skeleton, side: str, thick: float, new: Names, keep: Keep) -> Group:
    upper, arm, out = sk.bone("uarm_" + side), new(), []
    if keep("uarm_" + side):
        out.append(Piece(Tube(*upper, rows_of(ARM, thick), (0.026, 0.036)), 0, arm, SKIN))
    if keep("farm_" + side):
        fore = Tube(*sk.bone("farm_" + side), rows_of(FOREARM, thick), (0.036, 0.02))
        out.append(Piece(fore, 0.04, arm, SKIN))
    if keep("uarm_" + side):
        rows = rows_of(ARM, thick, SLEEVE, CLOTH)
        rows[-1] = (rows[-1][0], rows[-1][1], rows[-1][2] + 0.005, rows[-1][3] + 0.005)
        out.append(Piece(Tube(*upper, rows, (0.026, 0.004)), 0, new(), SHIRT))
    if keep("hand_" + side):
        out += _hand(sk, side, new, arm)
    return out


CURLED = 0.062
"""Metres from knuckle to fingertip below which a finger is curled up."""
PALM = (
    (0.0, 0.0, 0.026, 0.0205),
    (0.30, 0.003, 0.033, 0.0175),
    (0.70, 0.001, 0.041, 0.0150),
    (1.0, 0.0, 0.040, 0.0115),
)


def _hand(sk: Skeleton, side: str, new: Names, arm: int) -> Group:
    frame, wrist, at = sk.f["hand_" + side], sk.p["wrist_" + side], sk.in_hand(side)
    out = [Piece(Tube(wrist, at(0, 0, -0.086), frame, list(PALM), (0.02, 0.012)), 0.012, arm, SKIN)]
    *fingers, thumb = ([(at(*q), r) for q, r in row] for row in finger_balls(sk.hands[side]))
    for row in fingers:
        number = new()
        for j, ((a, ra), (b, rb)) in enumerate(pairwise(row)):
            out.append(Piece(Cone(a, ra, b, rb), 0.012 if j == 0 else 0.002, number, SKIN))
        if norm(sub(row[0][0], row[3][0])) < CURLED:  # or the camera would see through the curl
            hollow = mean([point for point, _ in row])
            out.append(Piece(Cone(row[0][0], 0.010, hollow, 0.0125), 0.006, arm, SKIN))
    number = new()
    for j, ((a, ra), (b, rb)) in enumerate(pairwise(thumb)):
        out.append(Piece(Cone(a, ra, b, rb), 0.016 if j == 0 else 0.002, arm if j == 0 else number, SKIN))
    return out
