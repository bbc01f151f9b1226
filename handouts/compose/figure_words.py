"""An exercise's figure for those who do not see it: what only the picture shows, never the steps beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handouts.compose.text import Text, wording
from handouts.library.locale import Locale
from handouts.model import Exercise, Side

FROM_ABOVE = 40
"""Degrees of elevation from which a figure is seen from above."""
FACING, ACROSS = 35, 55
"""Degrees off the front or back up to which one looks at it, and from which one looks at the side."""
NAMED = 4
"""So many frames are named one by one; of more only the first and the last."""


def figure_words(exercise: Exercise, labels: Sequence[Text], side: Side | None, locale: Locale) -> str:
    """How many pictures, seen from where, what each is called, whose side moves, whether arrows show the way.

    At most 150 characters. For a clinic's own picture its own words stand, if it has them in this language; they may
    name the side that the picture shows, so they are not used for the mirrored one.
    """
    photo = exercise.photo
    if photo:
        own = photo.alt.get(locale.code) if side is None or photo.shows in (side, None) else None
        return own or locale.say("handout.figure_photo")
    picture: Mapping[str, Any] = exercise.picture
    names = [wording(label) for label in labels if label]
    shown = names if len(names) <= NAMED else [names[0], names[-1]]
    seen = locale.say("handout.figure", n=len(labels), view=locale.say(f"handout.figure_{_view(picture)}"))
    said = [f"{seen}: {', '.join(shown)}." if shown else f"{seen}."]
    if side:
        said.append(locale.say(f"handout.figure_{side}"))
    if any(frame.get("arrows") for frame in picture.get("frames", ())):
        said.append(locale.say("handout.figure_arrow"))
    return " ".join(said)


def _view(picture: Mapping[str, Any]) -> str:
    """From where a figure is seen: `view` is the azimuth (0 front, 90 and -90 the sides) and the elevation."""
    azimuth, elevation = picture.get("view", (0, 0))
    if elevation >= FROM_ABOVE:
        return "above"
    off_front = abs((azimuth + 180) % 360 - 180)
    if off_front <= FACING:
        return "front"
    if off_front >= 180 - FACING:
        return "back"
    return "side" if ACROSS <= off_front <= 180 - ACROSS else "angle"
