"""What protects a patient in a small library, and a clinic's own entry of it: stricter in silence, weaker refused.

`tests/trust/test_protected.py` changes every field of the whole library; here each bound is met from both sides.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.errors import BadInput
from handouts.library import read_library
from handouts.library.locale import read_locale
from handouts.library.protected import fewer_patients
from handouts.model import AppliesTo
from tests.meaning.conftest import FILES, SPANISH_HEART, write

HEART = FILES["warnings/general.yaml"]
_HEAD, _USUAL, _STRICT = FILES["pain-scales.yaml"].split("- id: ")
USUAL, STRICT = f"{_HEAD}- id: {_USUAL}", f"{_HEAD}- id: {_STRICT}"
OURS = USUAL.replace("id: usual", "id: ours").replace("{everyone: true}", "{conditions: {weak-bones: {}}}")
ES_SCALE = """\
usual:
  of: {}
  zones:
  - {kind: go, low: 0, high: 3, word: Bien, action: Siga., more: Haga más.}
  - {kind: care, low: 4, high: 5, word: Cuidado, action: Haga la mitad.}
  - {kind: stop, low: 6, high: 10, word: Pare, action: Pare.}
  next_day: ¿Peor? La mitad.
  page1: El dolor llega a 6.
"""
FLAGS = {
    "flag": "id: flag, category: red-flag, urgency: none, blocks_all: false",
    "soon": "id: soon, category: general, urgency: same-day, blocks_all: false",
    "block": "id: block, category: general, urgency: none, blocks_all: true",
}
_REST = "clinical: Danger, name: Danger, tier: core, aliases: [bad], no_progression: true, for_you: Get help."


def flags(*changed: str) -> str:
    """Three conditions, each a danger for one reason alone, with one text changed in all of them."""
    entries = "".join(f"- {{{text}, {_REST.replace('[bad]', f'[bad {name}]')}}}\n" for name, text in FLAGS.items())
    return "conditions:\n" + (entries.replace(*changed) if changed else entries)


LINE = "- {id: own, action: know, text: Drink water.%s}\n"
NEW = f"warnings:\n- id: own\n  items:\n  {LINE}  applies_to: {{everyone: true}}\n  sources: [own]\n"


def told(content: Path, own: Path, file: str, text: str) -> str:
    """What is wrong with a clinic's library that has this file alone; nothing when it is taken."""
    conditions = FILES["conditions.yaml"] + flags().removeprefix("conditions:\n")
    spanish = {"translations/es/warnings/general.yaml": SPANISH_HEART, "translations/es/pain-scales.yaml": ES_SCALE}
    write(content, {"conditions.yaml": conditions, **spanish})
    library = read_library([content, write(own, {file: text})])
    try:
        assert library.warnings + library.pain_scales + tuple(library.conditions)
        for code in ("en", "es"):
            locale = read_locale(library, code)
            for one in (*library.warnings, *library.pain_scales):
                locale.text(one)
    except BadInput as error:
        return "\n".join(map(str, error.problems))
    return ""


def stricter(scale: str) -> str:
    """The scale with a stop one point of pain earlier."""
    return (
        scale.replace("low: 4, high: 5", "low: 4, high: 4")
        .replace("low: 6,", "low: 5,")
        .replace("gets to 6", "gets to 5")
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (USUAL, ""),
        (stricter(USUAL), ""),
        (stricter(OURS), ""),
        (OURS.replace(", more: Add more.", ""), ""),
        (STRICT, ""),
        (STRICT.replace("weeks: 6", "weeks: 7"), ""),
        (STRICT.replace("{weeks: 6}", "{}"), ""),
        (STRICT.replace("{conditions: {new-knee: {weeks: 6}, weak-bones: {}}}", "{everyone: true}"), ""),
        (USUAL.replace("high: 3", "high: 4").replace("low: 4", "low: 5"),
         "with pain 4 the built-in scale 'usual' says 'care'"),
        (OURS.replace("high: 3", "high: 4").replace("low: 4", "low: 5"),
         "with pain 4 the built-in scale 'usual' says 'care'"),
        (USUAL.replace("high: 5", "high: 6").replace("low: 6", "low: 7"),
         "with pain 6 the built-in scale 'usual' says 'stop'"),
        (USUAL.replace("more: Add more.", "more: Add much."), "otherwise (write: Add more.)"),
        (USUAL.replace(", more: Add more.", ""), "otherwise (write: Add more.)"),
        (OURS.replace("action: Stop.", "action: Go on."), "otherwise (write: Stop.)"),
        (OURS.replace("word: Careful", "word: Fine"), "otherwise (write: Careful)"),
        (OURS.replace("Worse? Half.", "Worse? Go on."), "otherwise (write: Worse? Half.)"),
        (OURS.replace("gets to 6", "gets to 9"), "otherwise (write: Pain gets to 6.)"),
        (USUAL.replace("{everyone: true}", "{conditions: {new-knee: {}}}"), "no longer for everyone"),
        (STRICT.replace("weeks: 6", "weeks: 5"), "fewer weeks for new-knee"),
        (STRICT.replace("weak-bones: {}", "weak-bones: {weeks: 99}"), "fewer weeks for weak-bones"),
        (STRICT.replace(", weak-bones: {}", ""), "no longer for weak-bones"),
    ],
)  # fmt: skip
def test_a_pain_scale_stops_earlier_or_for_more_patients(content: Path, tmp_path: Path, text: str, said: str) -> None:
    found = told(content, tmp_path / "own", "pain-scales.yaml", text)
    assert (said in found, bool(found)) == (True, bool(said))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("warnings/own.yaml", HEART, ""),
        ("warnings/own.yaml", HEART.replace("stop-and-call", "call-911").replace(", sign: diz",
         ", page1: Dizzy, sign: diz"),
         ""),
        ("warnings/own.yaml", HEART.replace("stop-and-call", "call-doctor-today"), ""),
        ("warnings/own.yaml", HEART.replace("stop-and-call", "know"), "the built-in line 'dizzy' has another 'action'"),
        ("warnings/own.yaml", HEART.replace("call-911", "stop-and-call"),
         "the built-in line 'chest' has another 'action'"),
        ("warnings/own.yaml", HEART.replace("Chest pain.", "Pain."), "the built-in line 'chest' has another 'page1'"),
        ("warnings/own.yaml", HEART.replace("feel dizzy", "feel well"), "the built-in line 'dizzy' has another 'text'"),
        ("warnings/own.yaml", HEART.replace("sign: dizziness", "sign: calm"),
         "the built-in line 'dizzy' has another 'sign'"),
        ("warnings/own.yaml", HEART.replace("sign: dizziness", "sign: dizziness, spare: true"),
         "'dizzy' has another 'spare'"),
        ("warnings/own.yaml", HEART.replace("Your heart", "Your foot"),
         "the built-in warning 'heart' has another title"),
        ("warnings/own.yaml", HEART[: HEART.index("  - {id: dizzy")] + HEART[HEART.index("  applies_to") :],
         "the built-in warning 'heart' has a line 'dizzy' too"),
        ("warnings/own.yaml", HEART.replace("{everyone: true}", "{regions: [low-back]}"), "no longer for everyone"),
        ("warnings/own.yaml", NEW % "", ""),
        ("warnings/own.yaml", NEW % ", sign: dizziness",
         "would stand in place of the built-in lines of the sign 'dizziness'"),
        ("languages/en.yaml", "names: {regions: {low-back: Lower back}}", ""),
        ("languages/en.yaml", 'dose: {range: "from {low} on"}', "the built-in word 'dose.range' is fixed"),
        ("languages/en.yaml", "dose: {more: Do more.}", "no dose is printed with a word 'dose.more'"),
        ("translations/es/pain-scales.yaml", ES_SCALE, ""),
        ("translations/es/pain-scales.yaml", ES_SCALE.replace("high: 3", "high: 2").replace("low: 4", "low: 3"), ""),
        ("translations/es/pain-scales.yaml", ES_SCALE.replace("action: Pare.", "action: Siga."), "says it otherwise"),
        ("translations/es/pain-scales.yaml", ES_SCALE.replace("La mitad.", "Siga."), "says it otherwise"),
        ("translations/es/warnings/general.yaml", SPANISH_HEART, ""),
        ("translations/es/warnings/general.yaml", SPANISH_HEART.replace("Su corazón", "Su pie"), "has another title"),
        ("translations/es/warnings/general.yaml", SPANISH_HEART.replace("Se marea", "Se alegra"),
         "says 'dizzy' otherwise"),
    ],
)  # fmt: skip
def test_a_warning_keeps_its_lines_and_a_dose_its_words(
    content: Path, tmp_path: Path, file: str, text: str, said: str
) -> None:
    found = told(content, tmp_path / "own", file, text)
    assert (said in found, bool(found)) == (True, bool(said)), found


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ((), ""),
        (("[bad ", "[worse, bad "), ""),
        (("blocks_all: false", "blocks_all: true"), ""),
        (("blocks_all: true", "blocks_all: false"), "'block' has another 'blocks_all'"),
        (("urgency: same-day", "urgency: none"), "'soon' has another 'urgency'"),
        (("category: red-flag", "category: general"), "'flag' has another 'category'"),
        (("aliases: [bad ", "aliases: [worse "), "'soon' has another 'aliases'"),
        (("Get help.", "Get help. Or go on."), "'soon' has another 'for_you'"),
        (("no_progression: true", "no_progression: false"), "'flag' has another 'no_progression'"),
        (("clinical: Danger", "clinical: Ease"), "'block' has another 'clinical'"),
    ],
)
def test_a_red_flag_stays_but_for_more_names(
    content: Path, tmp_path: Path, changed: tuple[str, ...], said: str
) -> None:
    found = told(content, tmp_path / "own", "conditions.yaml", flags(*changed))
    assert (said in found, bool(found)) == (True, bool(said)), found


ALL_BUT_BONES = AppliesTo(except_conditions=("weak-bones",))
KNEES = AppliesTo(regions=("knee",))
KNEES_OF_TWO = AppliesTo(regions=("knee",), only_regions=("knee", "hip"))


@pytest.mark.parametrize(
    ("there", "here", "said"),
    [
        (ALL_BUT_BONES, ALL_BUT_BONES, []),
        (ALL_BUT_BONES, AppliesTo(everyone=True), []),
        (ALL_BUT_BONES, AppliesTo(everyone=True, regions=("knee",)), []),
        (ALL_BUT_BONES, AppliesTo(except_conditions=("weak-bones",), regions=("knee",)),
         ["only for the regions that it names"]),
        (KNEES, AppliesTo(regions=("hip", "knee")), []),
        (KNEES, AppliesTo(regions=("hip",)), ["no longer for the regions knee"]),
        (KNEES, AppliesTo(regions=("knee",), except_regions=("hip",)), ["not for the regions hip"]),
        (KNEES, AppliesTo(regions=("knee",), only_regions=("knee",)), ["only for the regions knee"]),
        (KNEES_OF_TWO, KNEES_OF_TWO, []),
        (KNEES_OF_TWO, KNEES, []),
        (KNEES_OF_TWO, AppliesTo(regions=("knee",), only_regions=("knee",)), ["only for the regions knee"]),
        (AppliesTo(everyone=True), ALL_BUT_BONES, ["no longer for everyone", "not for the conditions weak-bones"]),
    ],
)  # fmt: skip
def test_a_warning_is_for_no_fewer_patients(there: AppliesTo, here: AppliesTo, said: list[str]) -> None:
    assert list(fewer_patients(there, here)) == said
