"""The vocabulary of a pose: which keys stand where and which values they take. Knows no geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from handouts.figures.body import GROUPS
from handouts.figures.camera import VIEWS
from handouts.figures.hands import FINGERS, SHAPES, THUMBS
from handouts.figures.props import KINDS
from handouts.figures.skeleton import ARM_LANDMARKS, BASES, SIDES
from handouts.figures.style import PERSONAS
from handouts.library.nearest import nearest as nearest_names

Path = tuple[str | int, ...]
Found = tuple[Path, str, str | None]
Range = tuple[float, float]

SHARED_KEYS = frozenset(
    [
        "view",
        "base",
        "root",
        "anchor",
        "spine",
        "neck",
        "legs",
        "arms",
        "props",
        "grip",
        "crop",
        "only",
        "hide",
        "bare",
        "mouth",
        "rests",
        "together",
        "end_range",
    ]
)
POSE_KEYS = SHARED_KEYS | {"side", "labels", "persona", "frames"}
FRAME_KEYS = SHARED_KEYS | {"arrows", "hold", "ghost", "feel", "work"}
TARGET_KEYS = frozenset(("at", "shift", "body", "frame"))
MARK_KEYS = TARGET_KEYS | {"radius"}
CROP_KEYS = TARGET_KEYS | {"box", "zoom"}
ANCHOR_KEYS = frozenset(("point", "at"))
ARROW_KEYS = frozenset(
    [
        "trace",
        "span",
        "shift",
        "straight",
        "arc",
        "radius",
        "u",
        "v",
        "deg",
        "both",
        "weight",
        "frames",
        "bow",
        "polar",
    ]
)
HAND_KEYS = frozenset(("shape", "mcp", "pip", "dip", "spread", "thumb", *FINGERS))
FINGER_KEYS = frozenset(("mcp", "pip", "dip", "spread"))

# Angles in degrees with the widest healthy range a figure may show: the normal ranges of motion that textbooks give
# (American Academy of Orthopaedic Surgeons' values), plus what neighbouring joints that the figure lacks add to them.
LEG_RANGES: dict[str, Range] = {
    "hip": (-30, 135),
    "abd": (-30, 60),
    "rot": (-50, 60),
    "knee": (-5, 160),
    "df": (-65, 30),
}
LEG_RANGES |= {"foot_out": (-30, 45), "heel_up": (-25, 65), "toe_bend": (-45, 90), "toe_curl": (0, 90)}
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
TARGETS = ("foot", "ankle", "ball", "hand")

TRUNK_LANDMARKS = frozenset(
    ["pelvis", "waist", "chest", "back", "belly", "sacrum", "neck", "skull", "head", "chin", "vertex", "occiput"]
)
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
    found += _frame((), data)
    for i, frame in enumerate(frames):
        if frame is None:
            continue
        if not isinstance(frame, dict):
            found.append((("frames", i), "a frame is a mapping", None))
            continue
        found += _keys(("frames", i), frame, FRAME_KEYS)
        found += _frame(("frames", i), frame)
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


def _frame(where: Path, data: dict[str, Any]) -> Iterator[Found]:
    if "base" in data:
        yield from _name((*where, "base"), data["base"], BASES, "base position")
    if isinstance(data.get("view"), str):
        yield from _name((*where, "view"), data["view"], VIEWS, "view")
    elif "view" in data:
        yield from _numbers((*where, "view"), data["view"], 2)
    if "root" in data:
        yield from _angled((*where, "root"), data["root"], ROOT_RANGES)
    if "neck" in data:
        yield from _angled((*where, "neck"), data["neck"], NECK_RANGES)
    if "spine" in data:
        yield from _spine((*where, "spine"), data["spine"])
    if "mouth" in data:
        yield from _name((*where, "mouth"), data["mouth"], MOUTHS, "mouth")
    for limbs in LIMBS:
        if limbs in data:
            yield from _limbs((*where, limbs), data[limbs], limbs)
    if isinstance(data.get("anchor"), dict):
        yield from _anchor((*where, "anchor"), data["anchor"])
    for i, prop in enumerate(data.get("props") or []):
        yield from _prop((*where, "props", i), prop)
    yield from _marks(where, data)
    for key in ("only", "hide"):
        for i, name in enumerate(data.get(key) or []):
            yield from _name((*where, key, i), name, PARTS | GROUP_NAMES if key == "only" else PARTS, "body part")
    if isinstance(data.get("crop"), dict):
        yield from _located((*where, "crop"), data["crop"], CROP_KEYS)
        yield from _numbers((*where, "crop", "box"), data["crop"].get("box"), 2)
    yield from _contacts(where, data)


def _contacts(where: Path, data: dict[str, Any]) -> Iterator[Found]:
    """What the pose promises to hold: only checked, never drawn."""
    for i, name in enumerate(data.get("rests") or []):
        yield from _name((*where, "rests", i), name, PARTS, "body part")
    for i, pair in enumerate(data.get("together") or []):
        if not isinstance(pair, list) or len(pair) != 2:
            yield (*where, "together", i), f"two landmarks are needed here, not {pair!r}", None
            continue
        for k, name in enumerate(pair):
            yield from _name((*where, "together", i, k), name, LANDMARKS, "landmark")
    if not isinstance(data.get("end_range", False), bool):
        yield (*where, "end_range"), f"end_range is true or false, not {data['end_range']!r}", None


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


def _limbs(where: Path, data: Any, limbs: str) -> Iterator[Found]:
    keys, ranges = LIMBS[limbs]
    yield from _keys(where, data, ("L", "R", "both"))
    for side, limb in data.items() if isinstance(data, dict) else ():
        here = (*where, side)
        yield from _keys(here, limb, keys)
        if not isinstance(limb, dict):
            continue
        yield from _angles(here, limb, ranges)
        for key in TARGETS:
            if key in limb:
                yield from _target((*here, key), limb[key])
        for key in ("palm", "fingers", "elbow_to", "elbow_world", "knee_to", "knee_world", "foot_z", "toes3"):
            if key in limb:
                yield from _numbers((*here, key), limb[key], 3)
        if "toes" in limb:
            yield from _numbers((*here, "toes"), limb["toes"], 2)
        if "shape" in limb:
            yield from _hand((*here, "shape"), limb["shape"])


def _hand(where: Path, shape: Any) -> Iterator[Found]:
    if not isinstance(shape, dict):
        yield from _name(where, shape, SHAPES, "hand shape")
        return
    yield from _keys(where, shape, HAND_KEYS)
    yield from _name((*where, "shape"), shape.get("shape", "relaxed"), SHAPES, "hand shape")
    if "thumb" in shape:
        yield from _name((*where, "thumb"), shape["thumb"], THUMBS, "thumb")
    for finger in FINGERS:
        if finger in shape:
            yield from _keys((*where, finger), shape[finger], FINGER_KEYS)


def _anchor(where: Path, anchor: dict[str, Any]) -> Iterator[Found]:
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


def _marks(where: Path, data: dict[str, Any]) -> Iterator[Found]:
    for i, arrow in enumerate(data.get("arrows") or []):
        yield from _arrow((*where, "arrows", i), arrow)
    for key in ("feel", "work"):
        for i, spot in enumerate(data.get(key) or []):
            yield from _located((*where, key, i), spot, MARK_KEYS)
    for key in ("hold", "ghost"):
        if key in data and not isinstance(data[key], bool):
            yield (*where, key), f"{key} is true or false, not {data[key]!r}", None


def _arrow(where: Path, arrow: Any) -> Iterator[Found]:
    yield from _keys(where, arrow, ARROW_KEYS)
    if not isinstance(arrow, dict):
        return
    kinds: list[tuple[str, Callable[[Path, Any], Iterator[Found]]]] = [
        ("trace", lambda at, value: _name(at, value, LANDMARKS, "landmark")),
        ("straight", lambda at, value: (found for i, end in enumerate(value) for found in _target((*at, i), end))),
        ("arc", _target),
    ]
    written = [(key, check) for key, check in kinds if key in arrow]
    if len(written) != 1:
        yield where, "an arrow is one of trace, straight and arc", None
    for key, check in written:
        yield from check((*where, key), arrow[key])
    if "arc" in arrow:
        for key, count in (("u", 3), ("v", 3), ("deg", 2)):
            yield from _numbers((*where, key), arrow.get(key), count)
