"""No name of a clinic's own comes in the place of a built-in one: it is refused, or asked back."""

from __future__ import annotations

from pathlib import Path

from handouts.library.nearest import key_of
from tests.commands.conftest import Run, alone, handouts
from tests.trust import facts
from tests.trust.libraries import write

__all__ = ["alone", "handouts"]

BRIDGE = facts.exercises()["bridge"]


def test_no_word_stops_to_mean_a_built_in_condition(tmp_path: Path, handouts: Run) -> None:
    given = ("screen", "--exercise", "bridge", "--library", tmp_path)
    for word in ("dvt", "mi", "none"):
        own = facts.conditions()["glaucoma"] | {"id": word, "aliases": []}
        path = write(tmp_path / "conditions.yaml", {"conditions": [own]})
        ran = handouts(*given, "--condition", word)
        assert (ran.code, f"{path}:1:" in ran.err) == (3, True), ran
    path.unlink()
    write(tmp_path / "aliases.yaml", {"ambiguous": {"DVT": {"means": ["hip-osteoarthritis", "bridge"]}}})
    assert "which: hip-osteoarthritis or dvt-suspected" in handouts(*given, "--condition", "DVT").err


def test_no_name_hides_the_condition_whose_code_it_is_and_none_means_a_condition(tmp_path: Path, handouts: Run) -> None:
    own = facts.conditions()["glaucoma"] | {"aliases": ["M81.0", "none"]}
    weak = {name: value for name, value in facts.conditions()["osteoporosis"].items() if name != "aliases"}
    renamed = weak | {"clinical": "Frail bones"}
    write(
        tmp_path / "conditions.yaml", {"conditions": [own | {"aliases": [*own["aliases"], weak["clinical"]]}, renamed]}
    )
    for word, said in (
        ("M81.0", "glaucoma, osteoporosis or"),
        ("none", "names none"),
        (weak["clinical"], "osteoporosis"),
    ):
        ran = handouts("screen", "--exercise", "bridge", "--library", tmp_path, "--condition", word)
        assert (ran.code, said in ran.err) == (3, True), ran


def test_a_clinic_s_exercise_takes_no_built_in_name(tmp_path: Path, handouts: Run) -> None:
    name = BRIDGE["also_called"][0]
    own = {
        **BRIDGE,
        "name": "Our lift",
        "also_called": [],
        "easier": None,
        "harder": None,
        "movements": ["lying-on-back"],
    }
    write(tmp_path / f"exercises/low-back/{key_of(name).replace(' ', '-')}.yaml", own)
    taken = {"ambiguous": {"hip lift": {"means": ["superman", "low-back-starter"]}}}
    write(tmp_path / "aliases.yaml", taken)
    for word in (name, "hip lift"):
        ran = handouts("screen", "--exercise", f"{word} 3x10", "--library", tmp_path)
        assert (ran.code, "may mean several things" in ran.err) == (3, True), ran
