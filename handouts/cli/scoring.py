"""The scores of a handout as a person and as a script read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.talk import remark

if TYPE_CHECKING:
    from handouts.readability import Score

_COLOURS = {"yes": "green", "no": "red", "-": None}


def tell_scores(scores: Mapping[Path, Sequence[Score]], *, every_item: bool) -> None:
    """A line for each score, and its items: those that are not met, or every one."""
    for path, found in scores.items():
        for score in found:
            remark(f"{path}: " + click.style(str(score), fg="green" if score.full else "yellow"))
            for item in score.items:
                if every_item or item.met is False:
                    answer = click.style(f"{item.answer:>3}", fg=_COLOURS[item.answer])
                    remark(f"  {answer}  {item.number:>3}  {item.asks}: {item.why}")


def score_records(scores: Mapping[Path, Sequence[Score]]) -> list[dict[str, Any]]:
    """Every score with all its items; `met` is null where no machine can tell."""
    return [
        {
            "file": str(path),
            "instrument": score.instrument,
            "met": score.met,
            "judged": score.judged,
            "items": [{"number": one.number, "asks": one.asks, "met": one.met, "why": one.why} for one in score.items],
        }
        for path, found in scores.items()
        for score in found
    ]
