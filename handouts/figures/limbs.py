"""Named points of a body, and its arms and legs: joint angles or a target -> joints. Knows no trunk and no flesh.

Angles in degrees from the anatomical position. Leg: hip flexion, abduction, external rotation, knee flexion,
ankle dorsiflexion are +. Arm: flexion, abduction, external rotation, elbow flexion are +; at `pron` 0 the thumb is
forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

from handouts.figures.hands import HandShape, finger_points, hand_shape, thumb_points
from handouts.figures.vectors import (
    Frame,
    Local,
    Vec,
    add,
    compose,
    cross,
    dot,
    frame_along,
    lerp,
    local,
    mul,
    norm,
    perp,
    rotate,
    sub,
    turn_x,
    turn_y,
    turn_z,
    unit,
    vec,
)

THIGH, SHANK, ANKLE_HEIGHT = 0.415, 0.410, 0.078
UPPER_ARM, FOREARM, HAND = 0.295, 0.245, 0.085
SHOULDER_HALF_WIDTH, SHOULDER_HEIGHT, SHOULDER_FORWARD = 0.162, 0.438, -0.018
BALL_OF_FOOT: Vec = (0.118, 0.0, -0.078)
"""Under the big knuckles, in foot axes."""

UP: Vec = (0.0, 0.0, 1.0)

BONES = {
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "foot": ("heel", "ball"),
    "uarm": ("shoulder", "elbow"),
    "farm": ("elbow", "wrist"),
}
"""The landmarks that a segment of a limb lies between."""

Target = dict[str, Any] | Sequence[float]
"""A place as a pose writes it, see `LandmarkTable.point`."""


class LandmarkTable:
    """Named points `p`, frames `f`, `hands`, `toes` (bend, curl); `short`: metres from a limb to a target too far."""

    def __init__(self, pose: dict[str, Any]) -> None:
        self.pose = pose
        self.p: dict[str, Vec] = {}
        self.f: dict[str, Frame] = {}
        self.hands: dict[str, HandShape] = {}
        self.toes: dict[str, tuple[float, float]] = {}
        self.short: dict[str, float] = {}

    def point(self, target: Target) -> Vec:
        """A target in the world: [x, y, z], or {at: landmark, shift: [world], body: [local], frame: name}."""
        if not isinstance(target, dict):
            return vec(target)
        q = self.p[target["at"]]
        if "shift" in target:
            q = add(q, vec(target["shift"]))
        if "body" in target:
            q = add(q, rotate(self.f[target.get("frame", "pelvis")], vec(target["body"])))
        return q

    def bone(self, name: str) -> tuple[Vec, Vec, Frame]:
        """Both ends of a segment of a limb ("thigh_L"), and its axes: of a forearm those at the wrist."""
        kind, side = name[:-2], name[-2:]
        top, bottom = BONES[kind]
        return self.p[top + side], self.p[bottom + side], self.f[("fwrist" if kind == "farm" else kind) + side]

    def in_hand(self, side: str) -> Local:
        """From a hand's axes to the world: x to the thumb side, y to the palm side, -z to the fingertips."""
        return local(self.p["wrist_" + side], self.f["hand_" + side], -1.0 if side == "L" else 1.0)

    def two_bones(
        self, limb: str, start: Vec, target: Vec, first: float, second: float, pole: Vec
    ) -> tuple[Vec, Vec, Vec]:
        """Middle joint, end joint and the way the middle joint points; an end too far is drawn as near as it gets."""
        way = sub(target, start)
        distance, reach = norm(way), first + second
        if distance > reach * 0.9995:
            self.short[limb] = distance - reach
            way = mul(way, reach * 0.9995 / distance)
            distance = reach * 0.9995
        distance = max(distance, abs(first - second) * 1.001 + 1e-6)
        u = unit(way)
        out = unit(perp(pole, u), unit(perp((0.3, 0.2, 1.0), u)))
        along = (first * first - second * second + distance * distance) / (2 * distance)
        off = sqrt(max(0.0, first * first - along * along))
        return add(start, add(mul(u, along), mul(out, off))), add(start, mul(u, distance)), out


def _toes(leg: dict[str, Any], fallback: Vec) -> Vec:
    return (float(leg["toes"][0]), float(leg["toes"][1]), 0.0) if "toes" in leg else fallback


def _ankle_target(sk: LandmarkTable, leg: dict[str, Any]) -> Vec | None:
    if "ball" in leg:  # the ball of the foot stays down, the heel is up by heel_up degrees
        foot = compose(frame_along(UP, _toes(leg, (1.0, 0.0, 0.0))), turn_y(leg.get("heel_up", 0)))
        return sub(sk.point(leg["ball"]), rotate(foot, BALL_OF_FOOT))
    if "foot" in leg:  # the sole under the ankle
        return add(sk.point(leg["foot"]), (0.0, 0.0, ANKLE_HEIGHT))
    return sk.point(leg["ankle"]) if "ankle" in leg else None


def solve_leg(sk: LandmarkTable, side: str, leg: dict[str, Any], *, targets: bool) -> None:
    """Writes the joints, frames and landmarks of one leg into the table."""
    p, f, k = sk.p, sk.f, 1.0 if side == "L" else -1.0
    hip, pelvis = p["hip_" + side], f["pelvis"]
    target = _ankle_target(sk, leg) if targets else None
    if target is not None:
        pole = rotate(pelvis, vec(leg["knee_to"])) if "knee_to" in leg else vec(leg.get("knee_world", pelvis[0]))
        knee, ankle, out = sk.two_bones("leg_" + side, hip, target, THIGH, SHANK, pole)
        thigh, shank = frame_along(sub(hip, knee), out), frame_along(sub(knee, ankle), out)
    else:
        thigh = compose(
            pelvis, turn_y(-leg.get("hip", 0)), turn_x(k * leg.get("abd", 0)), turn_z(k * leg.get("rot", 0))
        )
        knee = add(hip, mul(thigh[2], -THIGH))
        shank = compose(thigh, turn_y(leg.get("knee", 0)))
        ankle = add(knee, mul(shank[2], -SHANK))
    f["thigh_" + side], f["shank_" + side] = thigh, shank
    p["knee_" + side], p["ankle_" + side] = knee, ankle
    toe_bend = 0.0
    if leg.get("flat") or "ball" in leg:
        foot = frame_along(UP, _toes(leg, shank[0]))
        if leg.get("heel_up"):
            foot = compose(foot, turn_y(leg["heel_up"]))
            toe_bend = leg["heel_up"] if "ball" in leg else 0.0
    elif "foot_z" in leg:  # the sole's upward normal and the way the toes point, in the world
        foot = frame_along(vec(leg["foot_z"]), vec(leg["toes3"]))
    else:
        foot = compose(shank, turn_z(k * leg.get("foot_out", 6)), turn_y(-leg.get("df", 0)))
    f["foot_" + side] = foot
    bend, curl = leg.get("toe_bend", toe_bend), leg.get("toe_curl", 0)
    sk.toes[side] = (bend, curl)
    big_toe = add((0.118, -0.024 * k, -0.064), rotate(turn_y(0.5 * curl - bend), (0.052, 0, 0)))
    for name, at in (
        ("toe", (0.185, 0.0, -0.055)),
        ("ball", BALL_OF_FOOT),
        ("arch", (0.055, 0.0, -0.074)),
        ("bigtoe", big_toe),
        ("heel", (-0.06, 0.0, -0.06)),
        ("sole", (0.0, 0.0, -ANKLE_HEIGHT)),
    ):
        p[f"{name}_{side}"] = add(ankle, rotate(foot, at))
    p["shin_" + side] = lerp(knee, ankle, 0.25)
    p["thigh_" + side] = lerp(hip, knee, 0.55)


def solve_arm(sk: LandmarkTable, side: str, arm: dict[str, Any], trunk: tuple[Vec, Frame], *, targets: bool) -> None:
    """Writes the joints, frames, hand shape and landmarks of one arm into the table.

    `trunk` is the trunk's axis and frame at `SHOULDER_HEIGHT`.
    """
    p, f, k = sk.p, sk.f, 1.0 if side == "L" else -1.0
    centre, chest = trunk
    upper = compose(chest, turn_y(-arm.get("flex", 0)), turn_x(k * arm.get("abd", 4)), turn_z(k * arm.get("rot", 0)))
    target = sk.point(arm["hand"]) if targets and "hand" in arm else None
    way = mul(upper[2], -1)
    if target is not None:
        way = unit(sub(target, add(centre, mul(chest[1], k * SHOULDER_HALF_WIDTH))))
    shoulder = add(centre, _girdle(chest, way, k, arm))
    p["shoulder_" + side] = shoulder
    if target is not None:
        pole = rotate(chest, (-0.5, 0.5 * k, -0.6))
        if "elbow_to" in arm:
            pole = rotate(chest, vec(arm["elbow_to"]))
        elif "elbow_world" in arm:
            pole = vec(arm["elbow_world"])
        elbow, wrist, out = sk.two_bones("arm_" + side, shoulder, target, UPPER_ARM, FOREARM, pole)
        upper = frame_along(sub(shoulder, elbow), mul(out, -1))
        fore = frame_along(sub(elbow, wrist), mul(out, -1))
    else:
        elbow = add(shoulder, mul(upper[2], -UPPER_ARM))
        fore = compose(upper, turn_y(-arm.get("elbow", 8)))
        wrist = add(elbow, mul(fore[2], -FOREARM))
    f["uarm_" + side], f["farm_" + side] = upper, fore
    p["elbow_" + side], p["wrist_" + side] = elbow, wrist
    _solve_hand(sk, side, arm, fore, wrist)


def _girdle(chest: Frame, way: Vec, k: float, arm: dict[str, Any]) -> Vec:
    """The shoulder joint from the chest's axis: it goes up and in as the arm rises, forward as it reaches."""
    up = max(0.0, dot(way, chest[2]) + 0.45) / 1.45
    forward = max(0.0, dot(way, chest[0]))
    return add(
        mul(chest[1], k * (SHOULDER_HALF_WIDTH - 0.035 * up)),
        add(
            mul(chest[2], 0.060 * up + arm.get("shrug", 0)),
            mul(chest[0], SHOULDER_FORWARD + 0.035 * forward + arm.get("protract", 0)),
        ),
    )


def _solve_hand(sk: LandmarkTable, side: str, arm: dict[str, Any], fore: Frame, wrist: Vec) -> None:
    p, f, k = sk.p, sk.f, 1.0 if side == "L" else -1.0
    if "palm" in arm:  # the world direction that the palm faces (-Y of a left hand, +Y of a right one)
        y = mul(perp(vec(arm["palm"]), fore[2]), -k)
        if norm(y) > 1e-3:
            y = unit(y)
            fore = (cross(y, fore[2]), y, fore[2])
    else:
        fore = compose(fore, turn_z(k * -arm.get("pron", 20)))
    if "fingers" in arm:  # the world direction in which the fingers point
        z = mul(unit(vec(arm["fingers"])), -1)
        y = unit(perp(fore[1], z))
        hand: Frame = (cross(y, z), y, z)
    else:
        hand = compose(fore, turn_x(k * -arm.get("wrist_flex", 0)), turn_y(-arm.get("wrist_dev", 0)))
    f["hand_" + side], f["fwrist_" + side] = hand, fore
    grip = sk.pose.get("grip") or {}
    shape = hand_shape(arm.get("shape"), grip=bool(grip.get(side)))
    sk.hands[side] = shape
    middle = finger_points(1, shape.fingers[1])
    p["hand_" + side] = add(wrist, mul(hand[2], -HAND))
    for name, (x, y1, z1) in (
        ("grip", (0.002, 0.026, -0.080)),
        ("palm", (0.0, 0.016, -0.055)),
        ("knuckle", middle[0]),
        ("finger", middle[1]),
        ("fingertip", middle[3]),
        ("thumbtip", thumb_points(shape.thumb)[3]),
    ):
        p[f"{name}_{side}"] = add(wrist, rotate(hand, (x, -y1 * k, z1)))
