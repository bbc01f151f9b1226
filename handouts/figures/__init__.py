"""A person posed from data, drawn as a display list. Knows no exercise, no page and no language.

`frames` gives the drawings of an exercise's `picture`, `frame_labels` the words that stand beside them,
`figure_colours` what the names of colours in them are. A body is built only where one is drawn or checked: by
`pose.Pose` and `pose_check.check_pose`. `docs/figures.md` tells how a pose is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from handouts.drawing import Drawing, mirrored
from handouts.errors import AtTerminal, BadInput, ExitCode, HandoutError, Problem
from handouts.figures.stored import frame_key, read_stored
from handouts.figures.style import FigureColours, FigureStyle, figure_colours

__all__ = [
    "Drawing",
    "FigureColours",
    "FigureStyle",
    "UndrawablePicture",
    "draw_figure",
    "figure_colours",
    "frame_labels",
    "frames",
]

Side = Literal["left", "right"]


class UndrawablePicture(HandoutError):
    """A picture that cannot be posed; `faults` say where in it, as `pose_check` does."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, name: str, faults: Sequence[Any]) -> None:
        self.name, self.faults = name, tuple(faults)
        super().__init__(f"{name}: its picture cannot be drawn: {'; '.join(fault.message for fault in self.faults)}")


def frames(name: str, picture: Mapping[str, Any], side: Side | None = None) -> tuple[Drawing, ...]:
    """Every frame of a picture, in its order; all are of one size.

    A built-in exercise's frames were drawn before and are read from its file. Any other figure is drawn now.

    Args:
        name: the exercise's id, which chooses whose body is shown.
        picture: the exercise's `picture`.
        side: the side that is shown; None for the one the picture was written for.

    Raises:
        BadInput: the figure must be drawn, and what draws it is not installed.
        UndrawablePicture: the figure must be drawn and cannot be.
    """
    key = frame_key(name, picture, 0)
    drawn = read_stored(name)
    if not drawn or drawn[0].key != key:
        drawn = draw_figure(name, picture)
    if side in (None, picture.get("side")) or not picture.get("side"):
        return drawn
    return tuple(mirrored(drawing, f"{drawing.key}-{side}") for drawing in drawn)


def frame_labels(picture: Mapping[str, Any], frames: int) -> tuple[str, ...]:
    """Which word stands beside each frame: the picture's own, else "start", "next" …, "finish"; none for one frame."""
    usual = () if frames < 2 else ("start", *["next"] * (frames - 2), "finish")
    return tuple(picture.get("labels", ())) or usual


def draw_figure(name: str, picture: Mapping[str, Any]) -> tuple[Drawing, ...]:
    """Every frame of a picture, drawn anew: seconds of work. Raises as `frames` does.

    The drawing is imported here because numpy is an extra: who prints built-in exercises does without it.
    """
    if find_spec("numpy") is None:
        hint = AtTerminal("install it with: pip install 'handouts[pictures]'")
        raise BadInput([Problem(name, 0, 0, "numpy, which draws figures, is not installed", hint)])
    if faults := import_module("handouts.figures.pose_check").check_drawable(name, picture):
        raise UndrawablePicture(name, faults)
    drawn: tuple[Drawing, ...] = import_module("handouts.figures.scene").draw_frames(name, picture)
    return drawn
