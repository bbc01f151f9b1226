"""A pose in clinical terms -> joints and segment frames in space. Knows no flesh, no paper, no side naming.

World: x forward of a standing person (to the feet of a lying one, to the head on hands and knees), y to the
person's LEFT, z up; metres, stature 1.70. Each segment frame: X anterior, Y left, Z cranial, so a limb points along -Z.
The measures are our own choice within normal adult proportions.
"""

from __future__ import annotations

from typing import Any

from handouts.figures.limbs import SHOULDER_HEIGHT, LandmarkTable, solve_arm, solve_leg
from handouts.figures.vectors import WORLD, Frame, Vec, add, compose, lerp, mul, rotate, turn_x, turn_y, turn_z

HIP_HALF_WIDTH, NECK_HEIGHT, NECK_LENGTH = 0.088, 0.505, 0.100
LUMBAR = (0.07, 0.25)
THORACIC = (0.25, 0.49)
"""Heights above the hip axis between which lumbar and thoracic angles act."""

X, Y, Z = WORLD
BACK, RIGHT, DOWN = (mul(axis, -1) for axis in WORLD)


BASES: dict[str, Frame] = {
    "standing": (X, Y, Z),
    "seated": (X, Y, Z),
    "kneeling": (X, Y, Z),
    "supine": (Z, Y, BACK),  # head towards -x, face up
    "prone": (DOWN, RIGHT, BACK),  # head towards -x, face down
    "quadruped": (DOWN, Y, X),  # head towards +x, face down
    "side_right": (RIGHT, Z, BACK),  # lain on the right side, head towards -x, face to -y
    "side_left": (Y, DOWN, BACK),  # lain on the left side, head towards -x, face to +y
}
"""The pelvis of each base position, as anterior, left and cranial axes in the world."""

REST_HEIGHTS = {
    "supine": 0.115,
    "prone": 0.115,
    "side_left": 0.165,
    "side_right": 0.165,
    "quadruped": 0.47,
    "seated": 0.56,
}
"""Height of the hip axis where a pose pins no landmark; standing feet stand on the floor."""

SIDES = ("L", "R")
ARM_LANDMARKS = frozenset(
    ("shoulder", "elbow", "wrist", "hand", "grip", "palm", "knuckle", "finger", "fingertip", "thumbtip")
)
TRUNK_STEP, TRUNK_LOW, TRUNK_STEPS = 0.02, -0.10, 33
BELLY, RIBS, SWELL_REACH = 0.15, 0.31, 0.15
"""Heights above the hip axis at which the belly and the lower ribs swell most, and how far up and down that reaches."""
BELLY_ASIDE = 0.25
"""A belly that comes forward widens by this share."""


def _left_less_right(angles: dict[str, Any], word: str) -> float:
    return float(angles.get(f"{word}_left", 0) - angles.get(f"{word}_right", 0))


class Skeleton(LandmarkTable):
    """The solved body: `p` landmarks, `f` frames, `hands`, `toes` (bend, curl) and targets out of reach in `short`."""

    def __init__(self, pose: dict[str, Any]) -> None:
        super().__init__(pose)
        base = pose.get("base", "standing")
        root = pose.get("root", {})
        # Body terms: pitch + leans forward, roll + leans to the person's left, turn + turns to the left.
        pelvis = compose(
            BASES[base], turn_z(root.get("turn", 0)), turn_y(root.get("pitch", 0)), turn_x(-root.get("roll", 0))
        )
        if "world_turn" in root:
            pelvis = compose(turn_z(root["world_turn"]), pelvis)
        self.f["pelvis"] = pelvis
        self._bend_trunk(pose.get("spine", {}))
        # First at the origin, to find where the pinned landmark lies; then in its place, where targets make sense.
        self.origin: Vec = (0.0, 0.0, 0.0)
        self._solve(targets=False)
        self.origin = self._place(pose.get("anchor"), base)
        self._solve(targets=True)

    # The trunk is a curve sampled every 2 cm along its axis.

    def _bend_trunk(self, spine: dict[str, Any]) -> None:
        parts = []
        for name in ("lumbar", "thoracic"):
            angles = spine.get(name, {})
            parts.append((angles.get("flex", 0), _left_less_right(angles, "bend"), _left_less_right(angles, "turn")))
        self._lumbar, self._thoracic = parts
        self._known_turns: dict[tuple[float, float], Frame] = {}
        self._trunk_points: list[Vec] = []
        self._trunk_frames: list[Frame] = []
        point = rotate(self.f["pelvis"], (0, 0, TRUNK_LOW))
        for i in range(TRUNK_STEPS):
            height = TRUNK_LOW + TRUNK_STEP * i
            if i:
                point = add(point, mul(self._trunk_turn(height - TRUNK_STEP / 2)[2], TRUNK_STEP))
            self._trunk_points.append(point)
            self._trunk_frames.append(self._trunk_turn(height))

    def _trunk_turn(self, height: float) -> Frame:
        a, b = (min(1.0, max(0.0, (height - low) / (high - low))) for low, high in (LUMBAR, THORACIC))
        if (a, b) not in self._known_turns:
            frame = self.f["pelvis"]
            for share, (flex, bend, turn) in ((a, self._lumbar), (b, self._thoracic)):
                if share and (flex or bend or turn):
                    frame = compose(frame, turn_z(turn * share), turn_y(flex * share), turn_x(-bend * share))
            self._known_turns[a, b] = frame
        return self._known_turns[a, b]

    def trunk(self, height: float) -> tuple[Vec, Frame]:
        """The trunk's axis and frame at a height (metres) above the hip axis."""
        k = (height - TRUNK_LOW) / TRUNK_STEP
        i = max(0, min(TRUNK_STEPS - 2, int(k)))
        t = k - i
        at = lerp(self._trunk_points[i], self._trunk_points[i + 1], t)
        return add(self.origin, at), self._trunk_frames[min(TRUNK_STEPS - 1, i + (t > 0.5))]

    def trunk_point(self, height: float, forward: float = 0.0, left: float = 0.0) -> Vec:
        """A point of the trunk: height above the hip axis, metres forward of its axis, metres to the left."""
        at, frame = self.trunk(height)
        return add(at, add(mul(frame[0], forward), mul(frame[1], left)))

    def swell(self, height: float) -> tuple[float, float]:
        """Metres by which breath or a bulging belly brings the front, and each side, of the trunk further out."""
        spine = self.pose.get("spine", {})
        belly, ribs = (
            spine.get(name, 0.0) * max(0.0, 1 - ((height - middle) / SWELL_REACH) ** 2) ** 2
            for name, middle in (("belly", BELLY), ("ribs", RIBS))
        )
        return belly + ribs, BELLY_ASIDE * belly + ribs

    def _solve(self, *, targets: bool) -> None:
        pose, p = self.pose, self.p
        p["pelvis"] = self.origin
        self.short = {}
        legs = {side: pose.get("legs", {}).get(side, {}) for side in SIDES}
        for side in SIDES * 2 if targets else SIDES:  # twice: a leg may aim at the other leg
            sign = 1.0 if side == "L" else -1.0
            p["hip_" + side] = add(self.origin, mul(self.f["pelvis"][1], sign * HIP_HALF_WIDTH))
            solve_leg(self, side, legs[side], targets=targets)
        p["waist"] = self.trunk_point(0.20)
        p["chest"] = self.trunk_point(0.38, 0.12 + self.swell(0.38)[0])
        p["back"] = self.trunk_point(0.38, -0.11)
        p["belly"] = self.trunk_point(0.16, 0.10 + self.swell(0.16)[0])
        for side, sign in (("L", 1.0), ("R", -1.0)):
            p["rib_" + side] = self.trunk_point(0.29, 0.03, sign * (0.135 + self.swell(0.29)[1]))
        p["sacrum"] = self.trunk_point(0.06, -0.11)
        self._solve_head(pose.get("neck", {}))
        arms = {side: pose.get("arms", {}).get(side, {}) for side in SIDES}
        for side in SIDES * 2 if targets and any(map(_aims_at_an_arm, arms.values())) else SIDES:
            self.short.pop("arm_" + side, None)
            solve_arm(self, side, arms[side], self.trunk(SHOULDER_HEIGHT), targets=targets)

    def _solve_head(self, neck: dict[str, Any]) -> None:
        p, f = self.p, self.f
        at, thorax = self.trunk(NECK_HEIGHT)
        f["thorax"] = thorax
        p["neck"] = add(at, mul(thorax[0], -0.022))
        flex, turn, bend = neck.get("flex", 0), _left_less_right(neck, "turn"), _left_less_right(neck, "bend")
        tilt = 14 + neck.get("low", flex * 0.55) + neck.get("protract", 0)
        f["neck"] = compose(thorax, turn_z(turn * 0.3), turn_y(tilt), turn_x(-bend * 0.5))
        head = compose(thorax, turn_z(turn), turn_y(flex + neck.get("nod", 0)), turn_x(-bend))
        f["head"] = head
        skull = add(p["neck"], mul(f["neck"][2], NECK_LENGTH))
        p["skull"] = skull
        p["head"] = add(skull, mul(head[2], 0.07))
        p["chin"] = add(skull, rotate(head, (0.085, 0, -0.05)))
        p["vertex"] = add(skull, mul(head[2], 0.175))
        p["occiput"] = add(skull, rotate(head, (-0.10, 0, 0.07)))

    def _place(self, anchor: dict[str, Any] | None, base: str) -> Vec:
        """Where the hip axis must lie so that the pinned landmark (or the middle of two) is where it is pinned."""
        if anchor:
            names = anchor["point"] if isinstance(anchor["point"], list) else [anchor["point"]] * 2
            q = lerp(self.p[names[0]], self.p[names[1]], 0.5)
            x, y, z = (0.0 if pin is None else pin - own for pin, own in zip(anchor["at"], q, strict=True))
            return (x, y, z)
        if base == "standing":
            return (0.0, 0.0, -min(self.p["sole_L"][2], self.p["sole_R"][2]))
        return (0.0, 0.0, REST_HEIGHTS.get(base, 0.9))


def _aims_at_an_arm(arm: dict[str, Any]) -> bool:
    target = arm.get("hand")
    return isinstance(target, dict) and str(target.get("at", ""))[:-2] in ARM_LANDMARKS


def between(a: Any, b: Any, t: float) -> Any:
    """The pose a share `t` of the way from one frame's data to another's; what has no middle is taken from `b`."""
    if isinstance(a, bool) or isinstance(b, bool):
        return b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a + (b - a) * t
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [between(x, y, t) for x, y in zip(a, b, strict=True)]
    if not (isinstance(a, dict) and isinstance(b, dict)):
        return b
    out: dict[str, Any] = {}
    for key in [*a, *(k for k in b if k not in a)]:
        x, y = a.get(key), b.get(key)
        if x is None or y is None:
            only = y if x is None else x
            if isinstance(only, dict):
                x, y = x or {}, y or {}
            elif isinstance(only, int | float) and not isinstance(only, bool):
                x, y = x or 0, y or 0
            else:
                out[key] = only
                continue
        out[key] = between(x, y, t)
    return out
