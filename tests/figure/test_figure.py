"""The figures: true sides, linted poses, drawings without words, small and always the same."""

from __future__ import annotations

import copy
import datetime as dt
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from PIL import Image, ImageChops

from handouts.figures import (
    FigureStyle,
    Strip,
    check_pose,
    draw_frame,
    draw_hold_mark,
    drawing_svg,
    frame_key,
    pose_svg,
    read_pose,
)
from handouts.figures.mirror import mirrored
from handouts.figures.path import UNITS
from handouts.figures.style import ARROW, OTHER_ARROW, palette, rgb
from handouts.pdf.fonts import face
from handouts.pdf.tagging import TaggedCanvas

EXERCISES = Path(__file__).resolve().parents[2] / "content" / "exercises"
FIRST_EIGHT = (
    "bridge",
    "knee-to-chest",
    "lumbar-rotation-supine",
    "pelvic-tilt",
    "side-leg-lift",
    "superman",
    "lumbar-rotation-seated",
    "partial-curl",
)


def read_picture(path: Path) -> dict[str, Any]:
    picture: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["picture"]
    return picture


POSES = {path.stem: read_picture(path) for path in sorted(EXERCISES.rglob("*.yaml"))}
BACK = {name: POSES[name] for name in FIRST_EIGHT}

COLOUR, GREY, INK = FigureStyle(), FigureStyle(mode="grey"), FigureStyle(mode="ink")
PEN_OPERATORS = set("q Q cm m l c h re f S n W W* w J j d g G rg RG".split())  # noqa: SIM905
BYTES_MEAN, BYTES_MOST = 5_000, 12_000
"""Deflated bytes of a pair of frames: what all exercises may take on average, and any one of them."""


def broken(**changes: Any) -> dict[str, Any]:
    """A sound pose with one thing made wrong."""
    return {**copy.deepcopy(BACK["bridge"]), **changes}


@pytest.mark.parametrize("name", POSES)
def test_every_pose_is_sound(name: str) -> None:
    assert check_pose(name, POSES[name]) == []


@pytest.mark.parametrize("name", POSES)
def test_every_pose_draws_on_both_sides(name: str) -> None:
    for side in ("left", "right") if POSES[name].get("side") else (None,):
        pose = read_pose(name, POSES[name], side=side)
        drawings = [draw_frame(pose, i, COLOUR) for i in range(pose.frames)]
        assert len({(d.width, d.height) for d in drawings}) == 1, "the frames do not share a box"
        assert drawings[0].width / drawings[0].height == pytest.approx(pose.aspect)


@pytest.mark.parametrize("name", [name for name, picture in POSES.items() if picture.get("side")])
def test_the_other_side_is_the_mirror_image(name: str) -> None:
    written = read_pose(name, POSES[name])
    other_side = "left" if written.side == "right" else "right"
    other = read_pose(name, POSES[name], side=other_side)
    assert other.side == other_side
    for ours, theirs in zip(written.skeletons, other.skeletons, strict=True):
        for landmark, (x, y, z) in ours.p.items():
            assert theirs.p[mirrored(landmark)] == pytest.approx((x, -y, z), abs=1e-6)
    ours_at, theirs_at = written.view(0).towards, other.view(0).towards
    assert theirs_at == pytest.approx((ours_at[0], -ours_at[1], ours_at[2])), "the camera stayed behind"


def test_asking_for_the_side_it_was_written_for_changes_nothing() -> None:
    picture = BACK["side-leg-lift"]
    assert read_pose("x", picture, side=picture["side"]).key == read_pose("x", picture).key


def test_the_left_leg_is_the_leg_that_rises() -> None:
    for side, up, down in (("left", "ankle_L", "ankle_R"), ("right", "ankle_R", "ankle_L")):
        start, finish = read_pose("side-leg-lift", BACK["side-leg-lift"], side=side).skeletons
        assert finish.p[up][2] - start.p[up][2] == pytest.approx(0.45, abs=0.03)  # 18 inches, the source says
        assert finish.p[down] == pytest.approx(start.p[down])


def rise(name: str, landmark: str) -> float:
    start, finish = read_pose(name, BACK[name]).skeletons
    return finish.p[landmark][2] - start.p[landmark][2]


def test_the_pictures_show_what_the_source_says() -> None:
    assert rise("superman", "hand_L") == pytest.approx(0.15, abs=0.03)
    assert rise("superman", "ankle_L") == pytest.approx(0.15, abs=0.03)
    assert rise("partial-curl", "shoulder_L") == pytest.approx(0.05, abs=0.01)
    bridge = read_pose("bridge", BACK["bridge"]).skeletons[1].p
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
    "reach": (broken(arms={"L": {"hand": [2.0, 0.2, 0.1]}}), ("frames", 0, "arms", "L"), ""),
    "the floor": (broken(frames=[{"anchor": {"point": "pelvis", "at": [0, 0, 0.02]}}]), ("frames", 0), ""),
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
    monkeypatch.setattr("handouts.figures.mirror.SIGNED", frozenset())
    found = check_pose("lumbar-rotation-supine", BACK["lumbar-rotation-supine"])
    assert any("mirror image" in problem.message for problem in found)


@pytest.mark.parametrize("style", [COLOUR, GREY, INK], ids=["colour", "grey", "ink"])
@pytest.mark.parametrize("name", [*list(POSES)[::9], *BACK])
def test_a_drawing_is_nothing_but_balanced_paths(name: str, style: FigureStyle) -> None:
    pose = read_pose(name, POSES[name])
    for i in range(pose.frames):
        text = draw_frame(pose, i, style).operators.decode("ascii")
        operators = re.findall(r"[A-Za-z]+\*?", text)
        assert set(operators) <= PEN_OPERATORS, "no words, no images, no marked content inside a figure"
        assert operators.count("q") == operators.count("Q")
        if style.mode != "colour":
            assert not {"rg", "RG"} & set(operators), "grey and ink-saver figures hold no colour"


def test_nothing_is_drawn_outside_the_box() -> None:
    for name in BACK:
        pose = read_pose(name, BACK[name])
        if pose.panel(0):
            continue  # a close-up is clipped
        drawing = draw_frame(pose, 1, COLOUR)
        outlines = re.findall(r'<path d="([^"]*)" fill', pose_svg(pose, 1, COLOUR))
        corners = re.findall(r"[MLC ](-?[\d.]+) (-?[\d.]+)(?=[LCZ\"])", "".join(outlines))
        assert len(corners) > 100, name
        for x, y in corners:
            assert -9 <= float(x) / UNITS <= drawing.width + 9, (name, x)
            assert -9 <= float(y) / UNITS <= drawing.height + 9, (name, y)


def test_the_same_pose_and_style_give_the_same_bytes() -> None:
    first, second = (draw_frame(read_pose("bridge", copy.deepcopy(BACK["bridge"])), 1, COLOUR) for _ in range(2))
    assert first == second


def test_keys_tell_everything_apart_that_looks_different() -> None:
    pose, other = (read_pose("knee-to-chest", BACK["knee-to-chest"], side=side) for side in ("left", "right"))
    styles = [COLOUR, GREY, INK, FigureStyle(skin="dark"), FigureStyle(build="c"), FigureStyle(accent="#7A4FA3")]
    drawings = [draw_frame(p, i, style) for p in (pose, other) for i in (0, 1) for style in styles]
    assert len({d.key for d in drawings}) == len({d.operators for d in drawings}) == len(drawings)
    assert drawings[0].key == frame_key(pose, 0, COLOUR)


def test_arrows_keep_their_distance_from_the_accent() -> None:
    for accent, arrow in (("#1F8A8C", ARROW), ("#D9480F", OTHER_ARROW), ("#B0232A", OTHER_ARROW), ("#777777", ARROW)):
        assert palette(FigureStyle(accent=accent)).arrow == rgb(arrow)


def test_holds_and_labels() -> None:
    assert [read_pose("bridge", BACK["bridge"]).holds(i) for i in (0, 1)] == [False, False]
    pose = read_pose("knee-to-chest", BACK["knee-to-chest"])
    assert (pose.holds(0), pose.holds(1)) == (False, True)
    assert pose.labels == ("start", "finish")
    assert read_pose("x", broken(frames=[{}])).labels == ()
    assert read_pose("x", broken(frames=[{}, {}, {}])).labels == ("start", "next", "finish")


def test_figures_keep_to_their_budget() -> None:
    sizes = []
    for name, picture in POSES.items():
        pose = read_pose(name, picture)
        size = len(Strip.of([draw_frame(pose, i, COLOUR) for i in range(min(2, pose.frames))]).drawing.packed)
        assert size <= BYTES_MOST, f"{name} takes {size} bytes"
        sizes.append(size)
    assert sum(sizes) / len(sizes) <= BYTES_MEAN


def test_a_frame_of_a_strip_looks_as_it_does_alone() -> None:
    pose = read_pose("bridge", BACK["bridge"])
    drawings = [draw_frame(pose, i, COLOUR) for i in range(pose.frames)]
    strip = Strip.of(drawings)
    assert len(strip.drawing.packed) < 0.9 * sum(len(zlib.compress(drawing.operators, 9)) for drawing in drawings)
    assert [frame.label for frame in strip.frames] == ["start", "finish"]
    for frame, drawing in zip(strip.frames, drawings, strict=True):
        assert (frame.width, frame.height) == (drawing.width, drawing.height)
        alone = painted(lambda canvas, drawing=drawing: canvas.paint(canvas.form(drawing.key, drawing), 20, 20, 1.5))
        part = painted(
            lambda canvas, frame=frame: canvas.paint(
                canvas.form(frame.strip.key, frame.strip), 20, 20, 1.5, part=(frame.left, frame.width)
            )
        )
        assert alone.crop((40, 40, 400, 250)).getextrema()[0] < 60, "something is drawn"
        difference = ImageChops.difference(alone, part).histogram()
        assert sum(difference[24:]) <= 4, "no more than the rounding of a corner"


def painted(paint: Callable[[TaggedCanvas], None]) -> Image.Image:
    """A page of 400 by 200 points as a grey picture."""
    canvas = TaggedCanvas(page_size=(400, 200), title="x", lang="en", date=dt.date(2026, 1, 1))
    canvas.begin_page()
    paint(canvas)
    with canvas.tag("H1"):
        canvas.text(380, 195, "x", face("regular"), 6, (0, 0, 0))
    canvas.end_page()
    with pypdfium2.PdfDocument(canvas.finish()) as pdf:
        return pdf[0].render(scale=2).to_pil().convert("L")


def test_svg_says_what_the_operators_say() -> None:
    pose = read_pose("pelvic-tilt", BACK["pelvic-tilt"])
    drawing = draw_frame(pose, 1, COLOUR)
    svg = pose_svg(pose, 1, COLOUR)
    text = drawing.operators.decode("ascii")
    assert svg.count("<path") == len(re.findall(r"(?<= )[fS]\n|W\*? n\n", text))
    assert svg.count("<g") == svg.count("</g>")
    assert "stroke-dasharray" not in svg
    assert drawing_svg(draw_hold_mark(COLOUR)).startswith("<svg")


def test_a_ring_on_the_far_side_looks_different() -> None:
    near, far = (
        draw_frame(read_pose("x", broken(frames=[{"feel": [{"at": f"thigh_{side}", "shift": [0, y, 0]}]}])), 0, COLOUR)
        for side, y in (("R", -0.08), ("L", 0.08))
    )
    dashes = [re.findall(rb"\[([\d.]+) ([\d.]+)\]", drawing.operators) for drawing in (near, far)]
    assert dashes[0] != dashes[1]
