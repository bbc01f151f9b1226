"""The figures: true sides, linted poses, drawings without words, small and always the same."""

from __future__ import annotations

import copy
import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import ImageChops

from handouts.colour import parse_colour
from handouts.drawing import ClipEnd, ClipStart, Drawing, Stroke, mirrored as mirrored_drawing, painted, to_svg
from handouts.errors import BadInput
from handouts.figures import FigureStyle, draw_figure, figure_colours, frame_labels, frames
from handouts.figures.pose import Pose, mirrored
from handouts.figures.pose_check import check_pose
from handouts.figures.stored import frame_key, packed_drawings, parse_drawings, read_stored, stored_path
from handouts.figures.style import ARROW, OTHER_ARROW, PERSONAS, SKIN
from handouts.layout.picture_file import drawing_image
from handouts.model import FIGURE_SKINS
from tests.each import each

EXERCISES = Path(__file__).resolve().parents[2] / "content" / "exercises"
FIRST_EIGHT = (
    "bridge", "knee-to-chest", "lumbar-rotation-supine", "pelvic-tilt",
    "side-leg-lift", "superman", "lumbar-rotation-seated", "partial-curl",
)  # fmt: skip


FIELDS: dict[str, dict[str, Any]] = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for path in sorted(EXERCISES.rglob("*.yaml"))
}
POSES: dict[str, dict[str, Any]] = {name: fields["picture"] for name, fields in FIELDS.items()}
BACK = {name: POSES[name] for name in FIRST_EIGHT}

COLOUR, INK = FigureStyle(), FigureStyle(mode="ink")
BYTES_MEAN, BYTES_MOST = 11_000, 30_000
"""Bytes of a figure's file: what all exercises may take on average, and any one of them."""


def broken(**changes: Any) -> dict[str, Any]:
    """A sound pose with one thing made wrong."""
    return {**copy.deepcopy(BACK["bridge"]), **changes}


def on_side(picture: dict[str, Any], side: str | None) -> dict[str, Any]:
    """The picture as it shows this side."""
    turned: dict[str, Any] = picture if side in (None, picture.get("side")) else mirrored(picture)
    return turned


@pytest.mark.slow
@each(name=POSES)
def test_every_pose_is_sound(name: str) -> None:
    assert check_pose(name, POSES[name]) == []


@pytest.mark.slow
@each(name=POSES)
def test_every_pose_draws_on_both_sides(name: str) -> None:
    for side in ("left", "right") if POSES[name].get("side") else (None,):
        pose = Pose(name, on_side(POSES[name], side))
        drawings = frames(name, POSES[name], side)
        assert len(drawings) == pose.frames
        assert len({(d.width, d.height) for d in drawings}) == 1, "the frames do not share a box"
        wide, high = pose.size()
        assert drawings[0].width / drawings[0].height == pytest.approx(wide / high)


@each(name=POSES)
def test_every_drawing_is_of_its_pose_as_it_is_written_now(name: str) -> None:
    """Draw them with `python -m tests.tools.draw_figures`."""
    keys = [drawing.key for drawing in read_stored(name)]
    assert keys == [frame_key(name, POSES[name], i) for i in range(len(POSES[name]["frames"]))]


def test_no_drawing_is_left_of_an_exercise_that_is_gone() -> None:
    assert {path.name.removesuffix(".json.gz") for path in stored_path("x").parent.iterdir()} == set(POSES)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ankle-pumps", "chin-tuck"])
def test_drawn_again_a_figure_looks_as_it_is_stored(name: str) -> None:
    """By tolerance: another machine may round otherwise."""
    for again, stored in zip(draw_figure(name, POSES[name]), read_stored(name), strict=True):
        assert (again.key, again.width, again.height) == (stored.key, stored.width, stored.height)
        difference = ImageChops.difference(drawing_image(again, 1), drawing_image(stored, 1)).convert("L")
        assert sum(difference.histogram()[40:]) < 0.005 * difference.width * difference.height


def test_the_other_side_is_the_mirrored_drawing() -> None:
    picture = POSES["side-leg-lift"]
    other = "left" if picture["side"] == "right" else "right"
    for drawing, turned in zip(frames("side-leg-lift", picture), frames("side-leg-lift", picture, other), strict=True):
        assert mirrored_drawing(drawing, turned.key).items == turned.items
        assert turned.key != drawing.key
    assert frames("side-leg-lift", picture) == frames("side-leg-lift", picture, picture["side"])


@each(name=[name for name, picture in POSES.items() if picture.get("side")])
def test_the_other_side_is_the_mirror_image(name: str) -> None:
    turned = mirrored(POSES[name])
    assert {turned["side"], POSES[name]["side"]} == {"left", "right"}
    written, other = Pose(name, POSES[name]), Pose(name, turned)
    for ours, theirs in zip(written.skeletons, other.skeletons, strict=True):
        for landmark, (x, y, z) in ours.p.items():
            assert theirs.p[mirrored(landmark)] == pytest.approx((x, -y, z), abs=1e-6)
    ours_at, theirs_at = written.view(0).towards, other.view(0).towards
    assert theirs_at == pytest.approx((ours_at[0], -ours_at[1], ours_at[2])), "the camera stayed behind"


def test_the_left_leg_is_the_leg_that_rises() -> None:
    for side, up, down in (("left", "ankle_L", "ankle_R"), ("right", "ankle_R", "ankle_L")):
        start, finish = Pose("side-leg-lift", on_side(BACK["side-leg-lift"], side)).skeletons
        assert finish.p[up][2] - start.p[up][2] == pytest.approx(0.45, abs=0.03)  # 18 inches, the source says
        assert finish.p[down] == pytest.approx(start.p[down])


def rise(name: str, landmark: str) -> float:
    start, finish = Pose(name, BACK[name]).skeletons
    return finish.p[landmark][2] - start.p[landmark][2]


def test_the_pictures_show_what_the_source_says() -> None:
    assert rise("superman", "hand_L") == pytest.approx(0.15, abs=0.03)
    assert rise("superman", "ankle_L") == pytest.approx(0.15, abs=0.03)
    assert rise("partial-curl", "shoulder_L") == pytest.approx(0.05, abs=0.01)
    bridge = Pose("bridge", BACK["bridge"]).skeletons[1].p
    shoulder, hip, knee = (bridge[f"{joint}_R"] for joint in ("shoulder", "hip", "knee"))
    along = (hip[0] - shoulder[0]) / (knee[0] - shoulder[0])
    assert hip[2] == pytest.approx(shoulder[2] + along * (knee[2] - shoulder[2]), abs=0.05), "not a straight line"


WRONG: dict[str, tuple[dict[str, Any], tuple[str | int, ...], str]] = {
    "a key": (broken(bse="supine"), ("bse",), "did you mean base?"),
    "a frame's key": (broken(frames=[{}, {"hodl": True}]), ("frames", 1, "hodl"), "did you mean hold?"),
    "a joint's key": (broken(legs={"L": {"kne": 20}}), ("legs", "L", "kne"), "did you mean knee?"),
    "a side": (broken(arms={"left": {}}), ("arms", "left"), ""),
    "a base": (broken(base="suppine"), ("base",), "did you mean supine?"),
    "a view": (broken(view="sideright"), ("view",), "did you mean side_right?"),
    "a prop": (broken(props=[{"matt": {}}]), ("props", 0), "did you mean mat?"),
    "a prop's key": (broken(props=[{"mat": {"lenght": 2}}]), ("props", 0, "mat", "lenght"), "did you mean length?"),
    "a prop's points": (broken(props=[{"rail": {"points": 5}}]), ("props", 0, "rail", "points"), ""),
    "a landmark": (
        broken(frames=[{"feel": [{"at": "nee_L"}]}]),
        ("frames", 0, "feel", 0, "at"),
        "did you mean knee_L?",
    ),
    "a hand": (broken(arms={"L": {"shape": "fst"}}), ("arms", "L", "shape"), "did you mean fist?"),
    "a range": (broken(legs={"L": {"knee": 190}}), ("legs", "L", "knee"), ""),
    "a word for a number": (broken(legs={"L": {"knee": "bent"}}), ("legs", "L", "knee"), ""),
    "a short target": (broken(arms={"L": {"hand": [0.1, 0.2]}}), ("arms", "L", "hand"), ""),
    "two arrows in one": (
        broken(
            frames=[{"arrows": [{"trace": "knee_L", "arc": [0, 0, 0], "u": [1, 0, 0], "v": [0, 1, 0], "deg": [0, 9]}]}]
        ),
        ("frames", 0, "arrows", 0),
        "",
    ),
    "no frames": (broken(frames=[]), ("frames",), ""),
    "a prop without a size in a close-up": (
        broken(crop={"at": "hand_L", "box": [0.3, 0.3]}, props=[{"table": {"size": []}}]),
        ("frames",),
        "",
    ),
    "reach": (broken(arms={"L": {"hand": [2.0, 0.2, 0.1]}}), ("frames", 0, "arms", "L"), ""),
    "the floor": (broken(frames=[{"anchor": {"point": "pelvis", "at": [0, 0, 0.02]}}]), ("frames", 0), ""),
    "a hand that does not touch": (
        broken(rests=["hand_L"], arms={"L": {"hand": [-0.1, 0.3, 0.2], "elbow_world": [0, 1, 0]}}),
        ("frames", 0, "rests"),
        "lower its target",
    ),
    "a part of the body that rests": (broken(rests=["hand"]), ("rests", 0), "did you mean hand_L?"),
    "knees that are apart": (broken(together=[["knee_L", "knee_R"]]), ("frames", 0, "together"), ""),
    "one landmark together": (broken(together=["knee_L"]), ("together", 0), ""),
    "a back that arches to its end": (broken(spine={"lumbar": {"flex": -40}}), ("frames", 0, "spine", "lumbar"), ""),
    "a word for end_range": (broken(end_range="yes"), ("end_range",), ""),
    "a chest that arches to its end": (
        broken(spine={"thoracic": {"flex": -24}}),
        ("frames", 0, "spine", "thoracic"),
        "write end_range: true where the exercise wants all of the range",
    ),
    "a mapping for a list": (broken(props={"mat": {}}), ("props",), ""),
    "a shoe on its tip": (
        broken(legs={"L": {"foot": [0.39, 0.11, 0.05], "heel_up": 30}}),
        ("frames", 0, "legs", "L"),
        "set the ball target, or toe_bend",
    ),
    "an arrow at the limb that rests": (
        broken(
            frames=[
                {},
                {
                    "legs": {"L": {"foot": [0.7, 0.11, 0.3]}},
                    "arrows": [{"straight": [{"at": "ankle_R"}, {"at": "ankle_R", "shift": [0, -0.2, 0]}]}],
                },
            ]
        ),
        ("frames", 1, "arrows", 0),
        "lay it along what moves",
    ),
    "a knee bent too far": (
        broken(legs={"L": {"foot": [0.05, 0.1, 0.1]}, "R": {"foot": [0.39, -0.11, 0]}}),
        ("frames", 0, "legs", "L"),
        "",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_each_kind_of_mistake_is_found_where_it_stands(what: str) -> None:
    picture, where, hint = WRONG[what]
    found = check_pose("bridge", picture)
    assert where in [problem.where for problem in found], found
    assert hint in [problem.hint or "" for problem in found if problem.where == where] or not hint


def test_a_pose_that_cannot_be_mirrored_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.figures.pose.SIGNED", frozenset())
    found = check_pose("lumbar-rotation-supine", BACK["lumbar-rotation-supine"])
    assert any("mirror image" in problem.message for problem in found)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*list(POSES)[::9], *BACK])
def test_a_drawing_is_nothing_but_paths_in_known_colours(name: str) -> None:
    for drawing in frames(name, POSES[name]):
        depth = 0
        for item in drawing.items:
            depth += isinstance(item, ClipStart) - isinstance(item, ClipEnd)
            assert depth >= 0
            if isinstance(item, ClipEnd):
                continue
            assert {segment[0] for segment in item.path} <= set("mlch")
            for style in (COLOUR, INK) if not isinstance(item, ClipStart) else ():
                colour = painted(item.colour, figure_colours(style))
                assert style == COLOUR or colour is None or len(set(colour)) == 1, "grey figures hold no colour"
        assert depth == 0, "every clip ends"


def test_nothing_is_drawn_outside_the_box() -> None:
    for name in POSES:
        for drawing in read_stored(name):
            if any(isinstance(item, ClipStart) for item in drawing.items):
                continue  # a close-up is clipped
            ends = [segment[-2:] for item in drawing.items if not isinstance(item, ClipStart | ClipEnd)
                    for segment in item.path if len(segment) > 1]  # fmt: skip
            assert len(ends) > 100, name
            for x, y in ends:
                assert -3 <= float(x) <= drawing.width + 3, (name, x)
                assert -3 <= float(y) <= drawing.height + 3, (name, y)


SHOWN_BY = {
    "chair": {"chair", "stool", "wheelchair"},
    "doorway": {"door"},
    "elastic-band": {"band", "loop"},
    "light-weight": {"dumbbell"},
    "loop-band": {"loop"},
    "mat": {"mat", "bed"},
    "pillow": {"pillow"},
    "rubber-band": {"ring"},
    "slippery-sheet": {"cloth"},
    "stool": {"stool", "chair", "wheelchair"},
    "towel": {"towel", "cloth", "towel_roll", "pillow"},
    "towel-roll": {"towel_roll"},
}
"""The props that show a piece of equipment; any other is a prop of its own name."""
NOT_SHOWN = {
    "towel-scrunch": {"chair"},  # a close-up of the foot
    "walking": {"shoes"},
    "wall-push-up-fists": {"towel"},  # only where fists hurt
    "wrist-extension-strength": {"light-weight"},  # not from the first day
    "wrist-flexion-strength": {"light-weight"},
}


@each(name=POSES)
def test_the_equipment_of_an_exercise_is_drawn(name: str) -> None:
    frames_and_pose = [POSES[name], *filter(None, POSES[name]["frames"])]
    drawn = {
        next(iter(prop)) if isinstance(prop, dict) else prop
        for part in frames_and_pose
        for prop in part.get("props", [])
    }
    missing = {thing for thing in FIELDS[name]["equipment"] if not drawn & SHOWN_BY.get(thing, {thing})}
    assert missing == NOT_SHOWN.get(name, set())


@pytest.mark.slow
def test_outlines_of_ink_saver_survive_a_fax() -> None:
    """A fax has 100 dots an inch: an outline must be wider than one dot when the figure is printed at its own size."""
    for name in BACK:
        drawing = frames(name, BACK[name])[0]
        outlines = [item for item in drawing.items if isinstance(item, Stroke) and item.colour == "ink"]
        assert max(item.width for item in outlines) * INK.line_scale > 72 / 100
        assert figure_colours(INK)["ink"] == figure_colours(INK)["ink-30"] == (0, 0, 0)


def test_keys_tell_everything_apart_that_looks_different() -> None:
    picture = BACK["knee-to-chest"]
    others = [picture | {"persona": person} for person in PERSONAS] + [picture | {"view": [-60, 10]}]
    keys = {frame_key("x", other, i) for other in others for i in (0, 1)}
    assert len(keys) == 2 * len(others)


def test_a_style_says_only_what_the_colours_are() -> None:
    styles = [COLOUR, INK, FigureStyle(skins=("dark",)), FigureStyle(accent="#7A4FA3")]
    assert len({tuple(figure_colours(style).values()) for style in styles}) == len(styles)
    fixed, own = figure_colours(FigureStyle(skins=("tan", "dark"))), figure_colours(COLOUR)
    shown = ("tan", "dark", "tan", "dark", "dark")
    assert [fixed[f"skin-{name}"] for name in FIGURE_SKINS] == [own[f"skin-{name}"] for name in shown]
    assert tuple(SKIN) == FIGURE_SKINS


def test_drawing_without_numpy_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.figures.find_spec", lambda _: None)
    assert frames("bridge", BACK["bridge"]), "what is stored needs nothing"
    with pytest.raises(BadInput, match="numpy"):
        frames("our-own-bridge", BACK["bridge"])


def test_an_unknown_colour_is_an_error() -> None:
    colours = figure_colours(COLOUR)
    assert colours["mat-42"] != colours["mat"]
    for name in ("scin", "scin-42", "", "-42"):
        with pytest.raises(KeyError):
            colours[name]


def test_arrows_keep_their_distance_from_the_accent() -> None:
    for accent, arrow in (("#1F8A8C", ARROW), ("#D9480F", OTHER_ARROW), ("#B0232A", OTHER_ARROW), ("#777777", ARROW)):
        assert figure_colours(FigureStyle(accent=accent))["arrow"] == parse_colour(arrow)


def test_holds_and_labels() -> None:
    for name, holds in (("bridge", [False, False]), ("knee-to-chest", [False, True])):
        assert [frame["hold"] for frame in Pose(name, BACK[name]).data] == holds
    assert frame_labels(BACK["knee-to-chest"], 2) == ("start", "finish")
    assert frame_labels({}, 1) == ()
    assert frame_labels({}, 3) == ("start", "next", "finish")


@pytest.mark.slow
def test_figures_keep_to_their_budget() -> None:
    sizes = {name: stored_path(name).stat().st_size for name in POSES}
    assert max(sizes.values()) <= BYTES_MOST, max(sizes, key=lambda name: sizes[name])
    assert sum(sizes.values()) / len(sizes) <= BYTES_MEAN


def test_svg_holds_every_item() -> None:
    drawing = frames("pelvic-tilt", BACK["pelvic-tilt"])[1]
    svg = to_svg(drawing, figure_colours(COLOUR))
    assert svg.count("<path") == sum(not isinstance(item, ClipEnd) for item in drawing.items)
    assert svg.count("<g") == svg.count("</g>")
    assert "stroke-dasharray" not in svg


def test_pixels_show_the_figure() -> None:
    drawing = frames("bridge", BACK["bridge"])[1]
    image = drawing_image(drawing, 2)
    assert image.size == pytest.approx((drawing.width * 2, drawing.height * 2), abs=2)
    shirt = tuple(round(255 * part) for part in figure_colours(COLOUR)["shirt"] or ())
    assert sum(count for count, colour in image.getcolors(1 << 20) or () if colour == shirt) > 500
    assert image.getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.slow
def test_a_ring_on_the_far_side_looks_different() -> None:
    near, far = (
        draw_figure("x", broken(only=["leg_R"], frames=[{"feel": [{"at": f"thigh_{side}", "shift": [0, y, 0]}]}]))[0]
        for side, y in (("R", -0.08), ("R", 0.08))
    )
    assert dashes(near)
    assert dashes(near) != dashes(far)


def dashes(drawing: Drawing) -> set[tuple[float, ...]]:
    return {item.dash for item in drawing.items if isinstance(item, Stroke) and item.dash}


def test_a_drawing_comes_back_from_its_file_as_it_was() -> None:
    drawn = read_stored("bridge")
    assert parse_drawings(packed_drawings(drawn)) == drawn
    assert packed_drawings(drawn) == packed_drawings(parse_drawings(packed_drawings(drawn)))


def test_every_figure_is_graded_and_none_misleads() -> None:
    with (EXERCISES.parents[1] / "docs" / "figures-grades.csv").open(encoding="utf-8", newline="") as file:
        grades = {row["id"]: row for row in csv.DictReader(file)}
    assert list(grades) == sorted(POSES)
    for name, row in grades.items():
        assert row["grade"].rstrip("+-") in ("A", "B"), f"{name} could mislead: mend it"
        assert row["grade"][0] == "A" or row["what is still wrong"], name
    assert 3 * sum(row["grade"][0] == "A" for row in grades.values()) >= 2 * len(grades)
