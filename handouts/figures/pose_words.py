"""The vocabulary of a pose: which keys stand where and which values they take. Knows no geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from handouts.figures.body import GROUPS
from handouts.figures.camera import VIEWS
from handouts.figures.hands import SHAPES, THUMBS
from handouts.figures.props import KINDS
from handouts.figures.skeleton import ARM_LANDMARKS, BASES, SIDES
from handouts.figures.style import PERSONAS
from handouts.library.nearest import nearest as nearest_names

Path = tuple[str | int, ...]
Found = tuple[Path, str, str | None]
Check = Callable[[Path, Any], Iterator[Found]]
Range = tuple[float, float]

SHARED_KEYS = frozenset(("view", "base", "root", "anchor", "spine", "neck", "legs", "arms", "props", "grip", "crop"))
SHARED_KEYS |= {"only", "hide", "bare", "mouth", "rests", "together", "end_range"}
POSE_KEYS = SHARED_KEYS | {"side", "labels", "persona", "frames"}
FRAME_KEYS = SHARED_KEYS | {"arrows", "hold", "ghost", "feel", "work"}
TARGET_KEYS = frozenset(("at", "shift", "body", "frame"))
MARK_KEYS = TARGET_KEYS | {"radius"}
CROP_KEYS = TARGET_KEYS | {"box", "zoom"}
ANCHOR_KEYS = frozenset(("point", "at"))
ARROW_KEYS = frozenset(("trace", "span", "shift", "frames", "polar", "straight", "arc", "radius", "u", "v", "deg"))
ARROW_KEYS |= {"both", "weight", "bow"}
HAND_KEYS = frozenset(("shape", "mcp", "pip", "dip", "spread", "thumb"))

# Angles in degrees with the widest healthy range a figure may show: the normal ranges of motion that textbooks give
# (American Academy of Orthopaedic Surgeons' values), plus what neighbouring joints that the figure lacks add to them.
LEG_RANGES: dict[str, Range] = {"hip": (-30, 135), "abd": (-30, 60), "rot": (-50, 60), "knee": (-5, 160)}
LEG_RANGES |= {"df": (-65, 30), "foot_out": (-30, 45), "heel_up": (-25, 65)}
LEG_RANGES |= {"toe_bend": (-45, 90), "toe_curl": (0, 90)}
ARM_RANGES: dict[str, Range] = {"flex": (-60, 185), "abd": (-50, 185), "rot": (-95, 95), "elbow": (-5, 155)}
ARM_RANGES |= {"pron": (-95, 180), "wrist_flex": (-85, 90), "wrist_dev": (-45, 30)}
SPINE_RANGES: dict[str, Range] = {"flex": (-60, 65)}
SPINE_RANGES |= {f"{way}_{side}": (-50, 50) for way in ("bend", "turn") for side in ("left", "right")}
NECK_RANGES: dict[str, Range] = {"flex": (-70, 65), "nod": (-35, 35), "protract": (-40, 45), "low": (-60, 60)}
NECK_RANGES |= {"bend_left": (-50, 50), "bend_right": (-50, 50), "turn_left": (-85, 85), "turn_right": (-85, 85)}
SWELLS: dict[str, Range] = {"belly": (-0.04, 0.06), "ribs": (-0.03, 0.04)}
"""Metres by which breath moves the front of the trunk; healthy ribs and bellies move less, which would not be seen."""
ROOT_RANGES: dict[str, Range] = dict.fromkeys(("pitch", "roll", "turn", "world_turn"), (-180, 180))

LEG_KEYS = frozenset(LEG_RANGES) | frozenset(
    ["flat", "toes", "foot", "ankle", "ball", "knee_to", "knee_world", "foot_z", "toes3"]
)
ARM_KEYS = frozenset(ARM_RANGES) | frozenset(
    ["hand", "elbow_to", "elbow_world", "palm", "fingers", "shrug", "protract", "shape"]
)
LIMBS = {"legs": (LEG_KEYS, LEG_RANGES), "arms": (ARM_KEYS, ARM_RANGES)}
DIRECTIONS = ("palm", "fingers", "elbow_to", "elbow_world", "knee_to", "knee_world", "foot_z", "toes3")

TRUNK_LANDMARKS = frozenset(("pelvis", "waist", "chest", "back", "belly", "sacrum"))
TRUNK_LANDMARKS |= {"neck", "skull", "head", "chin", "vertex", "occiput"}
MOUTHS = frozenset(("smile", "pursed"))
FRAME_WORDS = frozenset(
    [
        *("start", "next", "finish"),
        *("in", "out"),  # breath
        *("arch", "flatten", "round", "sink", "tall"),  # the back
        *("tighten", "let_go", "squeeze", "pull_in"),
        *("no_pillow", "pillow"),
        *("front", "back", "one_side", "other_side"),
    ]
)
"""The words that a sheet can print beside a frame, in every language."""
LEG_LANDMARKS = frozenset(["hip", "knee", "ankle", "toe", "heel", "sole", "shin", "thigh", "ball", "arch", "bigtoe"])
LANDMARKS = TRUNK_LANDMARKS | {f"{name}_{side}" for name in LEG_LANDMARKS | ARM_LANDMARKS | {"rib"} for side in SIDES}
FRAME_NAMES = frozenset(("pelvis", "thorax", "neck", "head")) | {
    f"{name}_{side}" for name in ("thigh", "shank", "foot", "uarm", "farm", "fwrist", "hand") for side in SIDES
}
PARTS = frozenset(("pelvis", "shirt", "neck", "head", "tail")) | {
    f"{name}_{side}" for name in ("thigh", "shank", "foot", "uarm", "farm", "hand") for side in SIDES
}
GROUP_NAMES = frozenset(("trunk",)) | {f"{name}_{side}" for name in GROUPS for side in SIDES}
POINT_PROPS = frozenset(("towel_roll", "roller", "pillow", "ball", "cloth", "spot"))


def nearest(word: object, valid: Iterable[str]) -> str | None:
    """A hint with the valid word most like `word`."""
    found = nearest_names(str(word), valid, limit=1)
    return f"did you mean {found[0]}?" if found else None


def check_words(data: dict[str, Any]) -> list[Found]:
    """Unknown keys, names and values of a pose, each with its path."""
    found = list(_keys((), data, POSE_KEYS))
    if data.get("side") not in (None, "left", "right"):
        found.append((("side",), f"side must be left or right, not {data['side']!r}", None))
    if "persona" in data:
        found += _name(("persona",), data["persona"], PERSONAS, "person")
    frames = data.get("frames")
    if not isinstance(frames, list) or not frames:
        return [*found, (("frames",), "a pose needs a list of frames", "frames: [{}, {hold: true}]")]
    found += _labels(data.get("labels"), len(frames))
    found += _checked((), data, FRAME_CHECKS)
    for i, frame in enumerate(frames):
        if frame is None:
            continue
        if not isinstance(frame, dict):
            found.append((("frames", i), "a frame is a mapping", None))
            continue
        found += _keys(("frames", i), frame, FRAME_KEYS)
        found += _checked(("frames", i), frame, FRAME_CHECKS)
    return found


def _keys(where: Path, data: Any, valid: Iterable[str]) -> Iterator[Found]:
    if not isinstance(data, dict):
        yield where, "a mapping is needed here", None
        return
    for key in data:
        if key not in valid:
            yield (*where, key), f"unknown key {key!r}", nearest(str(key), valid)


def _name(where: Path, word: Any, valid: Iterable[str], what: str) -> Iterator[Found]:
    if not isinstance(word, str) or word not in valid:
        yield where, f"unknown {what} {word!r}", nearest(str(word), valid)


def _angles(where: Path, data: dict[str, Any], ranges: dict[str, Range]) -> Iterator[Found]:
    for key, (low, high) in ranges.items():
        if key not in data:
            continue
        value = data[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield (*where, key), f"{key} must be a number of degrees, not {value!r}", None
        elif not low <= value <= high:
            yield (*where, key), f"{key} {value:g} is outside the joint's range {low:g} to {high:g} degrees", None


def _numbers(where: Path, value: Any, count: int) -> Iterator[Found]:
    sound = isinstance(value, list) and len(value) == count
    if not sound or any(isinstance(v, bool) or not isinstance(v, int | float) for v in value):
        yield where, f"{count} numbers are needed here, not {value!r}", None


def _target(where: Path, value: Any) -> Iterator[Found]:
    """[x, y, z], or {at: landmark, shift: …, body: …, frame: …}."""
    yield from _located(where, value, TARGET_KEYS) if isinstance(value, dict) else _numbers(where, value, 3)


def _located(where: Path, value: Any, keys: Iterable[str]) -> Iterator[Found]:
    yield from _keys(where, value, keys)
    if not isinstance(value, dict):
        return
    yield from _name((*where, "at"), value.get("at"), LANDMARKS, "landmark")
    for key in ("shift", "body"):
        if key in value:
            yield from _numbers((*where, key), value[key], 3)
    if "frame" in value:
        yield from _name((*where, "frame"), value["frame"], FRAME_NAMES, "body axes")


def _checked(where: Path, data: dict[str, Any], checks: Mapping[str, Check]) -> Iterator[Found]:
    for key, check in checks.items():
        if key in data:
            yield from check((*where, key), data[key])


def _each(check: Check) -> Check:
    """The check of a list, entry by entry."""

    def entries(where: Path, found: Any) -> Iterator[Found]:
        if not isinstance(found, list | None):
            yield where, f"a list is needed here, not {found!r}", None
            return
        for i, one in enumerate(found or ()):
            yield from check((*where, i), one)

    return entries


def _view(where: Path, view: Any) -> Iterator[Found]:
    yield from _name(where, view, VIEWS, "view") if isinstance(view, str) else _numbers(where, view, 2)


def _flag(where: Path, value: Any) -> Iterator[Found]:
    if not isinstance(value, bool):
        yield where, f"{where[-1]} is true or false, not {value!r}", None


def _grip(where: Path, grip: Any) -> Iterator[Found]:
    yield from _keys(where, grip, SIDES)
    if isinstance(grip, dict):
        yield from _checked(where, grip, dict.fromkeys(SIDES, _flag))


def _pair(where: Path, pair: Any) -> Iterator[Found]:
    if not isinstance(pair, list) or len(pair) != 2:
        yield where, f"two landmarks are needed here, not {pair!r}", None
    else:
        yield from _each(_landmark)(where, pair)


def _crop(where: Path, crop: Any) -> Iterator[Found]:
    if isinstance(crop, dict):
        yield from _located(where, crop, CROP_KEYS)
        yield from _numbers((*where, "box"), crop.get("box"), 2)


def _labels(labels: Any, frames: int) -> Iterator[Found]:
    if labels is None:
        return
    if not isinstance(labels, list) or len(labels) != frames:
        yield ("labels",), f"labels name each of the {frames} frames", None
        return
    for i, label in enumerate(labels):
        yield from _name(("labels", i), label, FRAME_WORDS, "frame word")


def _spine(where: Path, spine: Any) -> Iterator[Found]:
    yield from _keys(where, spine, ("lumbar", "thoracic", *SWELLS))
    if not isinstance(spine, dict):
        return
    for part in ("lumbar", "thoracic"):
        if part in spine:
            yield from _angled((*where, part), spine[part], SPINE_RANGES)
    for part, (low, high) in SWELLS.items():
        value = spine.get(part, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            yield (*where, part), f"{part} is {low:g} to {high:g} metres, not {value!r}", None


def _angled(where: Path, data: Any, ranges: dict[str, Range]) -> Iterator[Found]:
    yield from _keys(where, data, ranges)
    if isinstance(data, dict):
        yield from _angles(where, data, ranges)


def _limbs(where: Path, data: Any) -> Iterator[Found]:
    keys, ranges = LIMBS[str(where[-1])]
    yield from _keys(where, data, ("L", "R", "both"))
    for side, limb in data.items() if isinstance(data, dict) else ():
        here = (*where, side)
        yield from _keys(here, limb, keys)
        if not isinstance(limb, dict):
            continue
        yield from _angles(here, limb, ranges)
        yield from _checked(here, limb, LIMB_CHECKS)


def _hand(where: Path, shape: Any) -> Iterator[Found]:
    if not isinstance(shape, dict):
        yield from _name(where, shape, SHAPES, "hand shape")
        return
    yield from _keys(where, shape, HAND_KEYS)
    yield from _name((*where, "shape"), shape.get("shape", "relaxed"), SHAPES, "hand shape")
    if "thumb" in shape:
        yield from _name((*where, "thumb"), shape["thumb"], THUMBS, "thumb")


def _anchor(where: Path, anchor: Any) -> Iterator[Found]:
    if not isinstance(anchor, dict):
        return
    yield from _keys(where, anchor, ANCHOR_KEYS)
    points = anchor.get("point")
    for point in points if isinstance(points, list) else [points]:
        yield from _name((*where, "point"), point, LANDMARKS, "landmark")
    if not isinstance(anchor.get("at"), list) or len(anchor["at"]) != 3:
        yield (*where, "at"), "an anchor lies at three numbers (null leaves one free)", None


def _prop(where: Path, prop: Any) -> Iterator[Found]:
    spec = {prop: None} if isinstance(prop, str) else prop
    if not isinstance(spec, dict) or len(spec) != 1:
        yield where, "a prop is a name or one {name: {…}}", None
        return
    ((kind, data),) = spec.items()
    if kind not in KINDS:
        yield where, f"unknown prop {kind!r}", nearest(kind, KINDS)
        return
    data = {} if data is None else data
    yield from _keys((*where, kind), data, KINDS[kind][1])
    if not isinstance(data, dict):
        return
    if "hand" in data:
        yield from _name((*where, kind, "hand"), data["hand"], SIDES, "hand")
    if kind in POINT_PROPS and "hand" not in data:
        yield from _target((*where, kind, "at"), data.get("at"))
    for i, point in enumerate(data.get("points") or []):
        yield from _target((*where, kind, "points", i), point)


def _arrow(where: Path, arrow: Any) -> Iterator[Found]:
    yield from _keys(where, arrow, ARROW_KEYS)
    if not isinstance(arrow, dict):
        return
    if sum(kind in arrow for kind in ARROW_KINDS) != 1:
        yield where, "an arrow is one of trace, straight and arc", None
    yield from _checked(where, arrow, ARROW_KINDS)
    if "arc" in arrow:
        for key, count in (("u", 3), ("v", 3), ("deg", 2)):
            yield from _numbers((*where, key), arrow.get(key), count)


_landmark: Check = partial(_name, valid=LANDMARKS, what="landmark")
_three: Check = partial(_numbers, count=3)
_spot: Check = partial(_located, keys=MARK_KEYS)
_part: Check = partial(_name, valid=PARTS, what="body part")

ARROW_KINDS: dict[str, Check] = {"trace": _landmark, "straight": _each(_target), "arc": _target}
LIMB_CHECKS: dict[str, Check] = {
    **dict.fromkeys(("foot", "ankle", "ball", "hand"), _target),
    **dict.fromkeys(DIRECTIONS, _three),
    "toes": partial(_numbers, count=2),
    "shape": _hand,
}
FRAME_CHECKS: dict[str, Check] = {
    "base": partial(_name, valid=BASES, what="base position"),
    "view": _view,
    "root": partial(_angled, ranges=ROOT_RANGES),
    "neck": partial(_angled, ranges=NECK_RANGES),
    "spine": _spine,
    "mouth": partial(_name, valid=MOUTHS, what="mouth"),
    **dict.fromkeys(LIMBS, _limbs),
    "anchor": _anchor,
    "props": _each(_prop),
    "arrows": _each(_arrow),
    "feel": _each(_spot),
    "work": _each(_spot),
    "hold": _flag,
    "bare": _flag,
    "grip": _grip,
    "ghost": _flag,
    "only": _each(partial(_name, valid=PARTS | GROUP_NAMES, what="body part")),
    "hide": _each(_part),
    "crop": _crop,
    "rests": _each(_part),
    "together": _each(_pair),
    "end_range": _flag,
}
"""How the value of each key of a frame is checked."""
