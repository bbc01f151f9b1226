"""What a pose may say beside its joints: breath, mouth, words for its frames, whose body it is; and that all differ."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from test_figure import POSES, broken

from handouts.drawing import Item
from handouts.figures import draw_figure, frame_labels, frames
from handouts.figures.pose import Pose
from handouts.figures.pose_check import check_pose
from handouts.figures.pose_words import FRAME_WORDS
from handouts.figures.prop_shapes import extent
from handouts.figures.props import make_prop
from handouts.figures.style import PERSONAS

BREATH = POSES["diaphragmatic-breathing"]


def head(mouth: str) -> tuple[Item, ...]:
    return draw_figure("x", broken(only=["head"], mouth=mouth, frames=[{}]))[0].items


@pytest.mark.slow
def test_no_two_exercises_share_a_picture() -> None:
    twins = Counter(tuple(frames(name, picture)[-1].items) for name, picture in POSES.items())
    assert twins.most_common(1)[0][1] == 1


def test_the_belly_rises_and_the_chest_stays() -> None:
    breathing_in, breathing_out = Pose("x", BREATH).skeletons
    rise = breathing_in.p["belly"][2] - breathing_out.p["belly"][2]
    assert rise == pytest.approx(0.065, abs=0.01)
    assert breathing_in.p["hand_R"][2] - breathing_out.p["hand_R"][2] == pytest.approx(rise, abs=0.005), "hand on belly"
    assert breathing_in.p["hand_L"] == pytest.approx(breathing_out.p["hand_L"], abs=0.001), "hand on chest"


def test_the_ribs_widen_into_the_hands() -> None:
    wide, narrow = (
        abs(sk.p["rib_L"][1] - sk.p["rib_R"][1]) for sk in Pose("x", POSES["post-op-deep-breathing"]).skeletons
    )
    assert 0.05 < wide - narrow < 0.11


def test_breath_changes_the_flesh() -> None:
    poses = (broken(spine={"belly": belly, "ribs": ribs}) for belly, ribs in ((0, 0), (0.04, 0), (0, 0.03)))
    swells = {tuple(Pose("x", pose).skeletons[0].swell(height) for height in (0.15, 0.31)) for pose in poses}
    assert len(swells) == 3


@pytest.mark.slow
def test_pursed_lips_look_different_from_a_smile() -> None:
    assert head("smile") != head("pursed")


def test_a_pose_names_its_frames_from_a_closed_vocabulary() -> None:
    assert frame_labels(POSES["pelvic-tilt"], 2) == ("arch", "flatten")
    used = {label for picture in POSES.values() for label in frame_labels(picture, len(picture["frames"]))}
    assert used <= FRAME_WORDS


@pytest.mark.parametrize(
    ("change", "where", "hint"),
    [
        ({"labels": ["start"]}, ("labels",), ""),
        ({"labels": ["start", "finnish"]}, ("labels", 1), "did you mean finish?"),
        ({"spine": {"bely": 0.02}}, ("spine", "bely"), "did you mean belly?"),
        ({"spine": {"belly": 2}}, ("spine", "belly"), ""),
        ({"mouth": "purse"}, ("mouth",), "did you mean pursed?"),
        ({"persona": "womann"}, ("persona",), "did you mean woman?"),
    ],
)
def test_mistakes_in_these_words_are_found(change: dict[str, Any], where: tuple[str | int, ...], hint: str) -> None:
    found = {problem.where: problem.hint or "" for problem in check_pose("x", broken(**change))}
    assert where in found
    assert not hint or found[where] == hint


def test_every_person_is_shown_about_as_often() -> None:
    shown = Counter(Pose(name, picture).persona for name, picture in POSES.items())
    assert set(shown) == set(PERSONAS.values())
    assert min(shown.values()) > 0.07 * len(POSES)


def test_a_pose_may_choose_the_person() -> None:
    assert Pose("x", broken(persona="old-woman")).persona == PERSONAS["old-woman"]


def test_an_arrow_between_an_angle_and_a_target_swings_round_the_joint() -> None:
    hanging = {"arms": {"R": {"flex": 0, "abd": 4}}}
    raised = {"arms": {"R": {"hand": [0.3, -0.3, 1.4]}}, "arrows": [{"trace": "hand_R"}]}
    pose = Pose("x", broken(base="standing", arms={}, anchor=None, legs={}, props=[], frames=[hanging, raised]))
    (line,) = pose.arrows[1]
    below, before = line[0], line[-1]
    assert before[2] - below[2] > 0.3, "it ends where the hand ends and begins where the hand hung"
    assert line[5][0] > (below[0] + before[0]) / 2 + 0.02, "it is curved"


def test_aids_stand_on_the_floor_and_are_as_large_as_life() -> None:
    """A walker's grips are at the wrist of a standing person, a wheelchair's seat under a sitting one."""
    pose = Pose("x", broken(base="standing", props=[], anchor=None, legs={}, arms={}, frames=[{}]))
    for prop, (wide, high) in {"walker": (0.60, 0.88), "wheelchair": (0.62, 0.93)}.items():
        points = [point for shape in make_prop(pose.skeletons[0], prop) for point in extent(shape)]
        assert min(z for _, _, z in points) == pytest.approx(0, abs=0.02)
        assert max(z for _, _, z in points) == pytest.approx(high, abs=0.03)
        assert max(y for _, y, _ in points) - min(y for _, y, _ in points) == pytest.approx(wide, abs=0.03)


def test_some_sitting_exercises_are_shown_by_a_wheelchair_user() -> None:
    shown = [name for name, picture in POSES.items() if any("wheelchair" in prop for prop in picture.get("props", []))]
    assert len(shown) >= 2
    assert all(POSES[name]["base"] == "seated" for name in shown)
