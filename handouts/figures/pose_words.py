"""The vocabulary of a pose: which keys stand where and which values they take. Knows no geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from handouts.figures.body import GROUPS
from handouts.figures.camera import VIEWS
from handouts.figures.hands import SHAPES, THUMBS
from handouts.figures.props import KINDS, keys_of
from handouts.figures.skeleton import ARM_LANDMARKS, BASES, SIDES
from handouts.figures.style import PERSONAS
from handouts.library.nearest import nearest as nearest_names

Path = tuple[str | int, ...]
Found = tuple[Path, str, str | None]
Check = Callable[[Path, Any], Iterator[Found]]
Range = tuple[float, float]

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


def check_words(data: Mapping[str, Any]) -> list[Found]:
    """Unknown keys, names and values of a pose, each with its path."""
    found = list(_mapping((), data, POSE))
    frames = data.get("frames")
    if not isinstance(frames, list) or not frames:
        return [*found, (("frames",), "a pose needs a list of frames", "frames: [{}, {hold: true}]")]
    found += _labels(data.get("labels"), len(frames))
    for i, frame in enumerate(frames):
        if frame is not None and not isinstance(frame, dict):
            found.append((("frames", i), "a frame is a mapping", None))
        elif frame is not None:
            found += _mapping(("frames", i), frame, FRAME)
    return found


def _mapping(where: Path, data: Any, known: Mapping[str, Check]) -> Iterator[Found]:
    """A mapping of no other keys than these, each value passing the check of its key."""
    if not isinstance(data, dict):
        yield where, "a mapping is needed here", None
        return
    for key in data:
        if key not in known:
            yield (*where, key), f"unknown key {key!r}", nearest(str(key), known)
    for key, check in known.items():
        if key in data:
            yield from check((*where, key), data[key])


def _anything(_where: Path, _value: Any) -> Iterator[Found]:
    """The check of what is used as it is; a value of which no body can be built is found by building it."""
    return iter(())


def _name(where: Path, word: Any, valid: Iterable[str], what: str) -> Iterator[Found]:
    if not isinstance(word, str) or word not in valid:
        yield where, f"unknown {what} {word!r}", nearest(str(word), valid)


def _side(where: Path, side: Any) -> Iterator[Found]:
    if side not in (None, "left", "right"):
        yield where, f"side must be left or right, not {side!r}", None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _angle(where: Path, value: Any, low: float, high: float) -> Iterator[Found]:
    if not _is_number(value):
        yield where, f"{where[-1]} must be a number of degrees, not {value!r}", None
    elif not low <= value <= high:
        yield where, f"{where[-1]} {value:g} is outside the joint's range {low:g} to {high:g} degrees", None


def _angles(ranges: Mapping[str, Range]) -> dict[str, Check]:
    return {key: partial(_angle, low=low, high=high) for key, (low, high) in ranges.items()}


def _swell(where: Path, value: Any, low: float, high: float) -> Iterator[Found]:
    if not _is_number(value) or not low <= value <= high:
        yield where, f"{where[-1]} is {low:g} to {high:g} metres, not {value!r}", None


def _numbers(where: Path, value: Any, count: int) -> Iterator[Found]:
    if not isinstance(value, list) or len(value) != count or not all(map(_is_number, value)):
        yield where, f"{count} numbers are needed here, not {value!r}", None


def _target(where: Path, value: Any) -> Iterator[Found]:
    """[x, y, z], or {at: landmark, shift: …, body: …, frame: …}."""
    yield from _located(where, value) if isinstance(value, dict) else _numbers(where, value, 3)


def _located(where: Path, value: Any, more: dict[str, Check] | None = None) -> Iterator[Found]:
    """{at: landmark …}, and keys of its kind."""
    if isinstance(value, dict):
        value = {"at": None} | value
    yield from _mapping(where, value, LOCATED | (more or {}))


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


def _pair(where: Path, pair: Any) -> Iterator[Found]:
    if not isinstance(pair, list) or len(pair) != 2:
        yield where, f"two landmarks are needed here, not {pair!r}", None
    else:
        yield from _each(_landmark)(where, pair)


def _crop(where: Path, crop: Any) -> Iterator[Found]:
    if isinstance(crop, dict):
        yield from _located(where, {"box": None} | crop, {"box": partial(_numbers, count=2), "zoom": _anything})


def _labels(labels: Any, frames: int) -> Iterator[Found]:
    if labels is None:
        return
    if not isinstance(labels, list) or len(labels) != frames:
        yield ("labels",), f"labels name each of the {frames} frames", None
        return
    for i, label in enumerate(labels):
        yield from _name(("labels", i), label, FRAME_WORDS, "frame word")


def _limbs(where: Path, data: Any) -> Iterator[Found]:
    limb = partial(_mapping, known=LIMBS[str(where[-1])])
    yield from _mapping(where, data, dict.fromkeys(("L", "R", "both"), limb))


def _hand(where: Path, shape: Any) -> Iterator[Found]:
    yield from _mapping(where, shape, HAND) if isinstance(shape, dict) else HAND["shape"](where, shape)


def _anchor(where: Path, anchor: Any) -> Iterator[Found]:
    if isinstance(anchor, dict):
        yield from _mapping(where, {"point": None, "at": None} | anchor, {"point": _pinned, "at": _place})


def _pinned(where: Path, points: Any) -> Iterator[Found]:
    for point in points if isinstance(points, list) else [points]:
        yield from _landmark(where, point)


def _place(where: Path, at: Any) -> Iterator[Found]:
    if not isinstance(at, list) or len(at) != 3:
        yield where, "an anchor lies at three numbers (null leaves one free)", None


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
    yield from _mapping((*where, kind), data, dict.fromkeys(keys_of(kind), _anything))
    if not isinstance(data, dict):
        return
    if "hand" in data:
        yield from _name((*where, kind, "hand"), data["hand"], SIDES, "hand")
    if kind in POINT_PROPS and "hand" not in data:
        yield from _target((*where, kind, "at"), data.get("at"))
    yield from _each(_target)((*where, kind, "points"), data.get("points"))


def _arrow(where: Path, arrow: Any) -> Iterator[Found]:
    if isinstance(arrow, dict) and sum(kind in arrow for kind in ARROW_KINDS) != 1:
        yield where, "an arrow is one of trace, straight and arc", None
    yield from _mapping(where, arrow, ARROW)
    if isinstance(arrow, dict) and "arc" in arrow:
        for key, count in (("u", 3), ("v", 3), ("deg", 2)):
            yield from _numbers((*where, key), arrow.get(key), count)


_landmark: Check = partial(_name, valid=LANDMARKS, what="landmark")
_three: Check = partial(_numbers, count=3)
_spot: Check = partial(_located, more={"radius": _anything})
_part: Check = partial(_name, valid=PARTS, what="body part")

LOCATED: dict[str, Check] = {
    "at": _landmark,
    "shift": _three,
    "body": _three,
    "frame": partial(_name, valid=FRAME_NAMES, what="body axes"),
}
HAND: dict[str, Check] = {
    "shape": partial(_name, valid=SHAPES, what="hand shape"),
    **dict.fromkeys(("mcp", "pip", "dip", "spread"), _anything),
    "thumb": partial(_name, valid=THUMBS, what="thumb"),
}
ARROW_KINDS: dict[str, Check] = {"trace": _landmark, "straight": _each(_target), "arc": _target}
ARROW = ARROW_KINDS | dict.fromkeys(
    ("span", "shift", "frames", "polar", "radius", "u", "v", "deg", "both", "weight", "bow"), _anything
)
LEG: dict[str, Check] = {
    **_angles(LEG_RANGES),
    **dict.fromkeys(("foot", "ankle", "ball"), _target),
    **dict.fromkeys(("knee_to", "knee_world", "foot_z", "toes3"), _three),
    "toes": partial(_numbers, count=2),
    "flat": _anything,
}
ARM: dict[str, Check] = {
    **_angles(ARM_RANGES),
    "hand": _target,
    **dict.fromkeys(("palm", "fingers", "elbow_to", "elbow_world"), _three),
    "shape": _hand,
    **dict.fromkeys(("shrug", "protract"), _anything),
}
LIMBS = {"legs": LEG, "arms": ARM}
SPINE: dict[str, Check] = {
    **dict.fromkeys(("lumbar", "thoracic"), partial(_mapping, known=_angles(SPINE_RANGES))),
    **{part: partial(_swell, low=low, high=high) for part, (low, high) in SWELLS.items()},
}
SHARED: dict[str, Check] = {
    "base": partial(_name, valid=BASES, what="base position"),
    "view": _view,
    "root": partial(_mapping, known=_angles(ROOT_RANGES)),
    "neck": partial(_mapping, known=_angles(NECK_RANGES)),
    "spine": partial(_mapping, known=SPINE),
    "mouth": partial(_name, valid=MOUTHS, what="mouth"),
    **dict.fromkeys(LIMBS, _limbs),
    "anchor": _anchor,
    "props": _each(_prop),
    "bare": _flag,
    "grip": partial(_mapping, known=dict.fromkeys(SIDES, _flag)),
    "only": _each(partial(_name, valid=PARTS | GROUP_NAMES, what="body part")),
    "hide": _each(_part),
    "crop": _crop,
    "rests": _each(_part),
    "together": _each(_pair),
    "end_range": _flag,
}
"""How the value of each key is checked that a pose gives to all its frames, or a frame to itself."""
FRAME: dict[str, Check] = SHARED | {
    "arrows": _each(_arrow),
    "feel": _each(_spot),
    "work": _each(_spot),
    "hold": _flag,
    "ghost": _flag,
}
POSE: dict[str, Check] = SHARED | {
    "side": _side,
    "persona": partial(_name, valid=PERSONAS, what="person"),
    "labels": _anything,
    "frames": _anything,
}
