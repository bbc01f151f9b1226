"""What is told of a clinic's own warnings and pain scales that are looser than the built-in ones of the same id."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.library import Library, read_library
from handouts.resources import content_folder
from handouts.screening import loosened_everywhere

KNEE = """\
warnings:
- id: knee-serious
  items:
  - {id: knee-no-weight, action: call-doctor-today, text: No load., page1: "No load: doctor today.", sign: no-weight}
  - {id: knee-stuck, action: call-doctor-today, text: Stuck., page1: "Stuck: doctor today."}
  - {id: knee-hot, action: call-doctor-today, text: Hot., sign: hot-joint}
  - {id: knee-no-lift, action: call-doctor-today, text: No lift.}
  applies_to: {regions: [knee]}
  sources: [pt-usual]
"""
STRICT = """\
pain-scales:
- id: strict
  zones:
  - {kind: go, low: 0, high: 2, word: Fine, action: Go on.}
  - {kind: stop, low: 3, high: 10, word: Stop, action: Stop.}
  next_day: Worse? Half.
  page1: Pain gets to 3.
  applies_to: {conditions: {CONDITIONS}}
  sources: [pt-usual]
"""


def with_own(folder: Path, name: str, text: str) -> Library:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_library([content_folder(), folder])


def test_own_words_of_the_same_reach_are_not_looser(tmp_path: Path) -> None:
    assert loosened_everywhere(with_own(tmp_path, "warnings/own.yaml", KNEE)) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  - {id: knee-no-lift, action: call-doctor-today, text: No lift.}\n", "", "lacks 'knee-no-lift'"),
        (
            "{id: knee-hot, action: call-doctor-today",
            "{id: knee-hot, action: stop-and-call",
            "'knee-hot' asks for 'call-doctor-today' there, for 'stop-and-call' here",
        ),
        (', page1: "Stuck: doctor today."', "", "'knee-stuck' no longer stands on page 1 as there"),
        ("{regions: [knee]}", "{regions: [hip]}", "no longer for the regions knee"),
        ("{regions: [knee]}", "{regions: [knee], except_conditions: [glaucoma]}", "not for the conditions glaucoma"),
        ("{regions: [knee]}", "{regions: [knee], only_regions: [knee]}", "only for the regions knee"),
    ],
)
def test_an_own_warning_that_tells_less_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in KNEE
    said = loosened_everywhere(with_own(tmp_path, "warnings/own.yaml", KNEE.replace(old, new)))
    assert said == (f"looser than the built-in warnings: knee-serious: {told}",)


def test_an_own_warning_for_more_patients_is_not_looser(tmp_path: Path) -> None:
    more = KNEE.replace("{regions: [knee]}", "{everyone: true}")
    assert loosened_everywhere(with_own(tmp_path, "warnings/own.yaml", more)) == ()


def test_an_own_pain_scale_that_allows_more_is_told(tmp_path: Path) -> None:
    built_in = read_library([content_folder()])
    strict = next(scale for scale in built_in.pain_scales if scale.id == "strict")
    weeks = {one.condition: one.weeks for one in strict.conditions}
    weeks["lumbar-fusion-recent"] = 3
    del weeks["bone-metastases"]
    named = ", ".join(f"{name}: {{weeks: {most}}}" if most else f"{name}: {{}}" for name, most in weeks.items())
    text = STRICT.replace("CONDITIONS", named).replace("high: 2", "high: 4").replace("low: 3", "low: 5")
    assert loosened_everywhere(with_own(tmp_path, "pain-scales.yaml", text)) == (
        "looser than the built-in pain scales: strict: lets the patient go on with more pain",
        "looser than the built-in pain scales: strict: fewer weeks for lumbar-fusion-recent",
        "looser than the built-in pain scales: strict: no longer for bone-metastases",
    )
