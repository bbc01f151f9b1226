"""Hands and feet as parts: mittens and shoes from afar, single digits close up. Knows no paper."""

from __future__ import annotations

from math import cos, pi, radians, sin

from handouts.figures.flesh import Axis, Ball, Crease, Layer, Local, Nail, Part, Piece, Weld, ball, blob, local
from handouts.figures.hands import KNUCKLES, RADII, THUMB_RADII, HandShape, finger_points, thumb_points
from handouts.figures.silhouette import Blob
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import (
    Frame,
    Vec,
    add,
    compose,
    cross,
    lerp,
    mul,
    perp,
    rotate,
    sub,
    turn_y,
    turn_z,
    unit,
)

# Toes: root x, y, z, length, radius, degrees they point outwards; the big toe first.
TOES = (
    (0.124, -0.024, -0.063, 0.054, 0.0148, 2),
    (0.131, -0.0015, -0.067, 0.044, 0.0100, 0),
    (0.123, 0.0140, -0.068, 0.039, 0.0095, 2),
    (0.112, 0.0275, -0.069, 0.034, 0.0090, 4),
    (0.098, 0.0400, -0.070, 0.027, 0.0088, 7),
)
# Sole stations: x, y, half length, half width; the front two bend with the toes.
SOLE = (
    (-0.032, 0, 0.037, 0.034),
    (0.06, 0.003, 0.05, 0.038),
    (0.128, 0.005, 0.045, 0.045),
    (0.166, 0.002, 0.030, 0.036),
)
SOLE_HIND = (*SOLE[:2], (0.110, 0.005, 0.012, 0.044))
SOLE_FORE = ((0.122, 0.005, 0.012, 0.044), (0.135, 0.005, 0.03, 0.043), (0.166, 0.002, 0.030, 0.036))
MITTENS = (None, "relaxed", "flat", "straight", "open", "grip", "fist", "hold", "spread", "drape")
CLOSED = ("fist", "grip", "hold")
HOLDING = ("fist", "grip", "hold", "ball", "squeeze", "cup", "drape")
"""Shapes in which a held thing may lie between the finger bones."""


def foot_part(sk: Skeleton, side: str, *, bare: bool, detail: bool) -> Part:
    """One foot: a shoe, or a bare foot whose toes are single pieces when `detail` is asked for."""
    frame, ankle = sk.f["foot_" + side], sk.p["ankle_" + side]
    k = 1.0 if side == "L" else -1.0
    at = local(ankle, frame, k)
    axis = Axis(at(-0.03, 0, -0.03), at(0.13, 0, -0.055), 0.035)
    if bare:
        return _bare_foot(sk, side, at, axis, detail=detail)
    bend = sk.toes[side][0]
    heel = [
        blob(at(-0.034, 0, -0.026), frame, 0.033, 0.033, 0.033),
        blob(at(0, 0, 0.010), frame, 0.038, 0.037, 0.016),
        blob(at(0.072, 0, -0.026), frame, 0.040, 0.038, 0.028),
    ]
    if bend:
        shoe, sole = _bent_shoe(at, frame, bend, heel)
    else:
        toe = [
            blob(at(0.130, 0.004, -0.038), frame, 0.036, 0.043, 0.022),
            blob(at(0.165, 0.002, -0.046), frame, 0.025, 0.034, 0.016),
        ]
        shoe, sole = [heel + toe], [_sole(at, frame, SOLE)]
    layers = [Layer("shoe", hulls=shoe), Layer("sole", hulls=sole)]
    return Part("foot_" + side, layers, at(0.06, 0, -0.04), bias=0.048, axis=axis, upward=frame[2])


def _sole(at: Local, frame: Frame, rows: tuple[tuple[float, float, float, float], ...]) -> list[Blob]:
    return [
        blob(at(x, y, z), frame, long + grow, wide + grow, 0.001)
        for z, grow in ((-0.078, 0.001), (-0.060, 0.003))
        for x, y, long, wide in rows
    ]


def _bent_shoe(at: Local, frame: Frame, bend: float, heel: list[Blob]) -> tuple[list[list[Blob]], list[list[Blob]]]:
    """A shoe that bends at the ball of the foot: heel and forefoot as two groups."""
    turn = turn_y(-bend)
    fore = compose(frame, turn)

    def front(x: float, y: float, z: float) -> Vec:
        return at(*add((0.118, 0, -0.070), rotate(turn, (x - 0.118, y, z + 0.070))))

    shoe = [
        [*heel, blob(at(0.112, 0.004, -0.040), frame, 0.030, 0.043, 0.022)],
        [
            blob(at(0.108, 0.004, -0.042), fore, 0.030, 0.043, 0.021),
            blob(front(0.132, 0.004, -0.042), fore, 0.030, 0.042, 0.021),
            blob(front(0.165, 0.002, -0.047), fore, 0.025, 0.034, 0.016),
        ],
    ]
    return shoe, [_sole(at, frame, SOLE_HIND), _sole(front, fore, SOLE_FORE)]


def _bare_foot(sk: Skeleton, side: str, at: Local, axis: Axis, *, detail: bool) -> Part:
    frame = sk.f["foot_" + side]
    bend, curl = sk.toes[side]
    hind = [
        blob(at(-0.036, 0, -0.048), frame, 0.030, 0.030, 0.030),
        blob(at(-0.030, 0, -0.010), frame, 0.026, 0.026, 0.026),
        blob(at(0.004, 0, 0), frame, 0.036, 0.034, 0.026),
        blob(at(0.055, -0.004, -0.034), frame, 0.034, 0.031, 0.027),
    ]
    fore = [
        blob(at(0.030, -0.002, -0.020), frame, 0.030, 0.030, 0.024),
        blob(at(0.060, 0.004, -0.044), frame, 0.034, 0.033, 0.021),
        blob(at(0.112, -0.020, -0.059), frame, 0.025, 0.023, 0.019),
        blob(at(0.092, 0.029, -0.063), frame, 0.022, 0.018, 0.015),
    ]
    toes: list[list[Ball]] = []
    for x, y, z, long, radius, out in TOES:
        turn = compose(turn_z(out), turn_y(0.45 * curl - bend))
        middle = add((x, y, z), rotate(turn, (long * 0.55, 0, 0)))
        tip = add(middle, rotate(compose(turn, turn_y(curl * 1.1)), (long * 0.5, 0, 0)))
        toes.append([(at(x, y, z), radius * 1.06), (at(*middle), radius), (at(*tip), radius * 0.97)])
    name, centre = "foot_" + side, at(0.06, 0, -0.04)
    welds = (Weld("shank_" + side, ball(sk.p["ankle_" + side], 0.043), "skin"),)
    if not detail:
        layer = Layer("skin", hulls=[hind, fore], capsules=toes)
        return Part(name, [layer], centre, bias=0.048, welds=welds, axis=axis)
    body = Layer("skin", hulls=[hind, fore])
    pieces = [Piece(body, at(0.05, 0, -0.03), None, 0, None)]
    for toe in toes:
        (root, thick), (q1, _), (q2, r2) = toe
        way = unit(sub(q2, q1))
        faces = unit(perp(frame[2], way))
        form = (
            add(lerp(q1, q2, 0.95), mul(faces, r2 * 0.72)),
            mul(way, r2 * 0.55),
            mul(cross(faces, way), r2 * 0.62),
            mul(faces, r2 * 0.12),
        )
        nail = Nail(form, faces, r2, 0.25)
        pieces.append(Piece(Layer("skin", capsules=[toe]), lerp(root, q2, 0.6), ball(root, thick * 1.6), 0, nail))
    creases = tuple(
        Crease(
            tuple(at(0.006 + 0.015 * cos(a), k * 0.036, 0.002 + 0.014 * sin(a)) for a in (-0.5, -1.2, -1.9, -2.7)),
            sub(at(0, k, 0), at(0, 0, 0)),
            0.45,
            0.30,
            0.7,
        )
        for k in (1, -1)  # the ankle bones
    )
    layers = [piece.layer for piece in pieces]
    return Part(name, layers, centre, bias=0.048, welds=welds, axis=axis, pieces=tuple(pieces), creases=creases)


def hand_part(sk: Skeleton, side: str, *, detail: bool) -> Part:
    """One hand: a mitten with a thumb, or its true fingers; single pieces when `detail` is asked for."""
    frame, wrist, shape = sk.f["hand_" + side], sk.p["wrist_" + side], sk.hands[side]
    at = local(wrist, frame, -1.0 if side == "L" else 1.0)
    closed = shape.name in CLOSED
    axis = Axis(at(0, 0, -0.02), at(0, 0.02 if closed else 0.01, -0.09 if closed else -0.13), 0.03)
    name, welds = "hand_" + side, (Weld("farm_" + side, ball(wrist, 0.039 if detail else 0.036), "skin"),)
    if not detail and shape.name in MITTENS:
        palm, thumb = _mitten(at, frame, closed=closed)
        creases = () if closed else _finger_creases(at, frame)
        return Part(
            name,
            [Layer("skin", mitts=[palm, thumb])],
            at(0, 0, -0.08),
            bias=0.055,
            welds=welds,
            axis=axis,
            creases=creases,
        )
    palm = [
        blob(at(0, 0, 0.004), frame, 0.0275, 0.021, 0.020),
        blob(at(0.016, 0.007, -0.034), frame, 0.020, 0.016, 0.026),
        blob(at(-0.021, 0.005, -0.036), frame, 0.018, 0.015, 0.028),
        blob(at(0.0275, 0.001, -0.083), frame, 0.0125, 0.0130, 0.0130),
    ]
    palm += [blob(at(x, y + 0.001, z + 0.002), frame, 0.0120, 0.0128, 0.0125) for x, y, z in KNUCKLES[1:]]
    fingers = [
        [(at(*q), r) for q, r in zip(finger_points(i, shape.fingers[i]), RADII[i], strict=True)] for i in range(4)
    ]
    thumb_row = [(at(*q), r) for q, r in zip(thumb_points(shape.thumb), THUMB_RADII, strict=True)]
    if not detail:
        layer = Layer("skin", hulls=[palm], capsules=[*fingers, thumb_row])
        return Part(name, [layer], at(0, 0.01, -0.08), bias=0.055, welds=welds, axis=axis)
    pieces = _hand_pieces(at, frame, palm, fingers, thumb_row, shape)
    creases = _palm_creases(at) if shape.fingers[1][0] <= 35 else ()
    layers = [piece.layer for piece in pieces]
    return Part(
        name, layers, at(0, 0.01, -0.07), bias=0.055, welds=welds, axis=axis, pieces=tuple(pieces), creases=creases
    )


def _mitten(at: Local, frame: Frame, *, closed: bool) -> tuple[list[Blob], list[Blob]]:
    if closed:
        return (
            [
                blob(at(0, 0, -0.005), frame, 0.028, 0.022, 0.020),
                blob(at(0.004, 0, -0.045), frame, 0.042, 0.026, 0.03),
                blob(at(0.004, 0.014, -0.075), frame, 0.040, 0.032, 0.030),
            ],
            [
                blob(at(0.022, 0.012, -0.035), frame, 0.016, 0.015, 0.016),
                blob(at(0.038, 0.028, -0.066), frame, 0.013, 0.014, 0.013),
            ],
        )
    return (
        [
            blob(at(0, 0, 0), frame, 0.027, 0.022, 0.020),
            blob(at(0.004, 0, -0.045), frame, 0.040, 0.019, 0.03),
            blob(at(0.004, 0.002, -0.085), frame, 0.042, 0.016, 0.028),
            blob(at(0, 0.006, -0.130), frame, 0.035, 0.013, 0.028),
            blob(at(-0.004, 0.010, -0.165), frame, 0.024, 0.011, 0.016),
        ],
        [
            blob(at(0.022, 0.006, -0.032), frame, 0.017, 0.015, 0.018),
            blob(at(0.050, 0.010, -0.072), frame, 0.013, 0.012, 0.014),
            blob(at(0.058, 0.012, -0.098), frame, 0.010, 0.010, 0.012),
        ],
    )


def _finger_creases(at: Local, frame: Frame) -> tuple[Crease, ...]:
    """Three lines that part the fingers of a mitten, seen on its back and on its palm."""
    lines = [(at(x, 0, -0.108), at(x * 0.72 - 0.002, 0, -0.158)) for x in (-0.017, 0.003, 0.022)]
    return tuple(Crease(line, mul(frame[1], k), 0.45, 0.0, 0.8) for line in lines for k in (1, -1))


def _palm_creases(at: Local) -> tuple[Crease, ...]:
    lines = (
        ((0.012, 0.016, -0.020), (0.003, 0.018, -0.045), (0.012, 0.018, -0.066), (0.030, 0.014, -0.072)),
        ((-0.032, 0.014, -0.066), (-0.012, 0.016, -0.066), (0.004, 0.016, -0.073), (0.013, 0.015, -0.084)),
    )
    faces = sub(at(0, 1, 0), at(0, 0, 0))
    return tuple(Crease(tuple(at(*q) for q in line), faces, 0.55, 0.40, 0.6) for line in lines)


def _hand_pieces(
    at: Local, frame: Frame, palm: list[Blob], fingers: list[list[Ball]], thumb: list[Ball], shape: HandShape
) -> list[Piece]:
    pieces = [Piece(Layer("skin", hulls=[palm]), at(0, 0.002, -0.055), None, 0, None)]
    for i, finger in enumerate(fingers):
        knuckle = ball(finger[0][0], 0.0168)
        mcp, pip, dip, spread = shape.fingers[i]
        bent, out = radians(mcp + pip + dip), spread * pi / 180
        faces = sub(at(sin(out) * sin(bent), -cos(bent), -cos(out) * sin(bent)), at(0, 0, 0))
        nail = _nail(finger[2], finger[3], faces)
        if shape.name in HOLDING:
            pieces.append(
                Piece(Layer("skin", capsules=[finger[:2]]), lerp(finger[0][0], finger[1][0], 0.6), knuckle, 0, None)
            )
            middle = ball(finger[1][0], finger[1][1] * 1.45)
            end = lerp(finger[1][0], finger[3][0], 0.45)
            hollow = Layer("skin", hulls=[[ball(c, r * 0.5) for c, r in finger]]) if shape.name == "fist" else None
            pieces.append(Piece(Layer("skin", capsules=[finger[1:]]), end, middle, len(pieces) - 1, nail, hollow))
        else:
            pieces.append(
                Piece(Layer("skin", capsules=[finger]), lerp(finger[1][0], finger[2][0], 0.5), knuckle, 0, nail)
            )
    across = sub(at(0.03, -0.05, -0.06), at(-0.02, 0.03, -0.06))
    faces = unit(perp(across, unit(sub(thumb[3][0], thumb[2][0]))))
    web = blob(at(0.021, 0.008, -0.030), frame, 0.025, 0.027, 0.031)
    nail = _nail(thumb[2], thumb[3], faces)
    pieces.append(Piece(Layer("skin", capsules=[thumb]), lerp(thumb[1][0], thumb[3][0], 0.55), web, 0, nail))
    return pieces


def _nail(last_joint: Ball, tip: Ball, faces: Vec) -> Nail:
    (q1, _), (q2, r) = last_joint, tip
    way = unit(sub(q2, q1))
    form = (
        add(lerp(q1, q2, 0.98), mul(faces, r * 0.80)),
        mul(way, r * 0.85),
        mul(cross(faces, way), r * 0.66),
        mul(faces, r * 0.10),
    )
    return Nail(form, faces, r, 0.3)
