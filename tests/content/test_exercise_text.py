"""Every exercise's words: short, plain, about you, free of sides and dose numbers, and complete in Spanish."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from handouts.dose import Dose, format_dose, merge_dose, minutes, parse_dose
from handouts.errors import Problem
from handouts.library.exercises import build_exercise_text
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import read_yaml
from handouts.model import ExerciseText
from handouts.readability.grade import MOST_GRADE, patient_words, reading_grade
from handouts.resources import content_folder
from tests.each import each
from tests.grades import kept_grade

SENTENCES = ("purpose", "setup", "starts", "steps", "feel", "mistakes", "make_easier", "make_harder")
TRANSLATED = ("name", "also_called", "muscles", *SENTENCES)
KEYS = (
    *("name", "also_called", "region", "goal", "position", "equipment", "bed_ok", "sides", "muscles", "movements"),
    *("only_for", "dose", "dose_levels", "dose_source", "dose_basis", "rep_s"),
    *(*SENTENCES, "easier", "harder", "progression", "picture"),
)
LANGUAGES = ("en", "es")

MOST_LETTERS = {
    "setup": 95,
    "starts": 130,
    "step": 85,
    "steps": 262,
    "sign": 30,
    "mend": 45,
    "make_easier": 45,
    "make_harder": 70,
}
"""The most letters in English; Spanish may have a fifth more."""

CLINICAL = {
    "en": (
        "abdom|abduct|adduct|anterior|bicep|bilateral|cervical|contract|diaphragm|dorsiflex|extension|fascia|flex|"
        "glute|hamstring|isometric|lateral|lumbar|medial|neutral|patella|pelvi|perform|plantar|posterior|pronat|prone|"
        "quadricep|quads|repetition|rotat|sacrum|scapula|supinat|supine|symptom|tendon|thoracic|tricep|unilateral"
    ),
    "es": (
        "abdom|abducc|aducc|anterior|bilateral|bícep|cervical|contraiga|cuádricep|decúbito|diafragma|dorsiflex|"
        "escápul|extensión|fascia|flexión|isométric|isquiotibial|lateral|lumbar|medial|pelv|plantar|posterior|prono|"
        "pélvic|realice|repetición|repeticiones|rotación|rótula|sacro|supino|síntoma|tendón|tendones|torácic|trícep"
    ),
}
"""Beginnings of words that need the plain word beside them in parentheses: 'pelvis (hip bones)'."""

SIDE_WORDS = {"en": r"\b(left|right)\b", "es": r"\b(izquierd|derech)[oa]s?\b"}
STAND = {"en": r"\b(stand|step)", "es": r"\b(de pie|párese|parad[oa]|dé un paso)\b"}
CHANGE_SIDES = {
    "en": r"\b(change|switch|swap)\b.*\b(sides?|legs?|arms?|hands?|foot|feet)\b|\brepeat\b",
    "es": r"\bcambie de (lado|pierna|brazo|mano|pie)\b|\brepita\b",
}
DOSE_NUMBERS = {"en": r"\d+ (times|reps|sets|seconds)\b", "es": r"\d+ (veces|series|segundos)\b"}

FILES = sorted((content_folder() / "exercises").glob("*/*.yaml"))
each_exercise = each(path=FILES)
each_exercise_and_language = each(path=FILES, language=LANGUAGES)
WORDED_MOVEMENTS = {
    r"[Ll]ean back on your hands": {"weight-through-arm", "weight-through-wrist", "arm-behind-body"},
    r"stick along your back": {"arm-above-shoulder", "arm-out-turned-back", "hand-behind-back", "gripping"},
    r"[Aa]rms (straight )?out to the sides": {"arm-at-shoulder-height"},
    r"([Aa]rms up beside|[Hh]ands behind) your head|[Ff]orehead on your hands": {"arm-above-shoulder"},
    r"hand on the seat behind you": {"arm-behind-body"},
    r"[Cc]ross your (other|working) (foot|leg)": {"leg-across-middle"},
    r"^Lie on your back(?!.*You can also sit)": {"lying-on-back"},
}
"""What an arm, a leg or the body does by the way, in the words of the cards."""


@cache
def data_of(path: Path, language: str = "en") -> dict[str, Any]:
    if language != "en":
        path = content_folder() / "translations" / language / path.relative_to(content_folder())
    data: dict[str, Any] = read_yaml(path).data
    return data


def sentences_of(data: dict[str, Any], *names: str) -> list[str]:
    """The texts in these fields (all patient fields without names), one string a step or mistake."""
    found: list[str] = []
    for name in names or SENTENCES:
        value = data.get(name)
        value = list(value.values()) if name == "starts" and value else value
        texts = value if isinstance(value, list) else [value] if value else []
        found += [" ".join(one.values()) if isinstance(one, dict) else one for one in texts]
    return found


def text_of(path: Path, language: str) -> ExerciseText:
    data = data_of(path, language)
    problems: list[Problem] = []
    text = build_exercise_text(Fields(data, read_yaml(path), problems), language)
    assert problems == []
    return text


def test_there_are_exercises() -> None:
    assert FILES


@each_exercise
def test_keys_stand_in_the_agreed_order(path: Path) -> None:
    data = data_of(path)
    assert tuple(data) == tuple(name for name in KEYS if name in data or name not in ("only_for", "starts"))
    assert data_of(path)["region"] == path.parent.name


@each_exercise
def test_spanish_is_complete_and_in_the_same_order(path: Path) -> None:
    english, spanish = data_of(path), data_of(path, "es")
    assert list(spanish) == ["of", *(name for name in TRANSLATED if english.get(name) is not None)]
    for name in ("also_called", "muscles", "steps", "mistakes"):
        assert len(spanish[name]) == len(english[name]), name


@each_exercise
def test_both_languages_name_the_same_numbers(path: Path) -> None:
    for name in SENTENCES:
        numbers = [
            sorted(re.findall(r"\d+", " ".join(sentences_of(data_of(path, language), name)))) for language in LANGUAGES
        ]
        assert numbers[0] == numbers[1], name


@each_exercise_and_language
def test_reading_grade(path: Path, language: str) -> None:
    text = patient_words(text_of(path, language))
    assert kept_grade(text, language) <= MOST_GRADE
    assert reading_grade(text, language) <= MOST_GRADE


@each_exercise_and_language
def test_steps_are_few(path: Path, language: str) -> None:
    data = data_of(path, language)
    assert 3 <= len(data["steps"]) <= 5
    assert 1 <= len(data["mistakes"]) <= 3


@each_exercise_and_language
def test_texts_fit_the_card(path: Path, language: str) -> None:
    """So much has room on a card with a picture of 50 mm, three cards a page."""
    data = data_of(path, language)
    longer = 1.0 if language == "en" else 1.2  # Spanish says the same in about a fifth more letters
    texts = [("setup", data["setup"]), *(("step", step) for step in data["steps"])]
    texts += [("steps", "".join(data["steps"])), ("make_easier", data.get("make_easier") or "")]
    texts += [("make_harder", data.get("make_harder") or "")]
    texts += [("starts", start) for start in data.get("starts", {}).values()]
    texts += [(name, mistake[name]) for mistake in data["mistakes"] for name in ("sign", "mend")]
    assert [text for name, text in texts if len(text) > MOST_LETTERS[name] * longer] == []


@each_exercise_and_language
def test_a_mistake_asks_and_then_tells_what_to_do(path: Path, language: str) -> None:
    for mistake in data_of(path, language)["mistakes"]:
        assert mistake["sign"].endswith("?"), mistake
        assert mistake["sign"].startswith("¿") == (language == "es"), mistake
        assert mistake["mend"].endswith("."), mistake


@each_exercise_and_language
def test_what_is_felt_reads_on_from_its_label(path: Path, language: str) -> None:
    """It stands after "You should feel:" and "Debe sentir:"."""
    feel = data_of(path, language)["feel"]
    assert feel[0].islower(), feel
    assert not re.match(r"you feel|siente\b", feel), feel


@each_exercise_and_language
def test_every_text_is_whole_sentences(path: Path, language: str) -> None:
    data = data_of(path, language)
    for sentence in sentences_of(data):
        assert sentence[-1] in ".?!", sentence
        assert "TODO" not in sentence
        assert not re.search(r" [-–—] |—|\*|\b[A-ZÁÉÍÓÚÑ]{3,}\b", sentence), sentence
    for mistake in sentences_of(data, "mistakes"):
        assert len(re.findall(r"[.?!](?= |$)", mistake)) >= 2, f"what goes wrong, then what to do: {mistake}"


@each_exercise
def test_the_patient_is_addressed(path: Path) -> None:
    assert re.search(r"\byour?\b", " ".join(sentences_of(data_of(path), "purpose", "setup", "steps", "feel")), re.I)
    spanish = " ".join(sentences_of(data_of(path, "es")))
    assert not re.search(r"\b(tu|tus|tú|te|ti|vos)\b", spanish, re.I), "usted, never tú"


@each_exercise_and_language
def test_clinical_words_have_their_plain_word_beside_them(path: Path, language: str) -> None:
    for sentence in sentences_of(data_of(path, language)):
        for word in re.finditer(rf"(\(?)\b(?:{CLINICAL[language]})\w*( \w+)?( \()?", sentence, re.I):
            assert word[1] or word[3], f"{word[0]!r} in {sentence!r}"


@each_exercise_and_language
def test_sides_and_dose_are_left_to_the_dose(path: Path, language: str) -> None:
    """A dose may be for one side or less than usual: no step may say otherwise."""
    data = data_of(path, language)
    for sentence in sentences_of(data):
        assert not re.search(SIDE_WORDS[language], sentence, re.I), sentence
    held = parse_dose(data_of(path)["dose"]).hold_s or parse_dose(data_of(path)["dose"]).reps
    for sentence in sentences_of(data, "setup", "steps"):
        assert not re.search(CHANGE_SIDES[language], sentence, re.I), sentence
        assert not (held and re.search(DOSE_NUMBERS[language], sentence)), sentence


@each_exercise_and_language
def test_who_may_sit_is_not_told_to_stand(path: Path, language: str) -> None:
    """A card that a condition moves to sitting keeps all words but the start."""
    if "sitting" in (data_of(path).get("starts") or {}):
        words = " ".join(sentences_of(data_of(path, language), "steps", "mistakes", "make_easier"))
        assert re.search(STAND[language], words, re.IGNORECASE) is None


@each_exercise
def test_another_start_leaves_out_nothing_that_the_steps_name(path: Path) -> None:
    def things(*texts: str) -> set[str]:
        return set(re.findall(r"\b(towel|pillow|stick|band|weight|roll|bag|sheet)\b", " ".join(texts)))

    data = data_of(path)
    needed = things(data["setup"]) & things(*sentences_of(data, "steps", "mistakes"))
    for start in (data.get("starts") or {}).values():
        assert needed <= things(start)


@each_exercise
def test_what_a_card_asks_for_by_the_way_is_said_as_movements_too(path: Path) -> None:
    for text in sentences_of(data_of(path), "setup", "steps", "make_harder"):
        said = [needed for words, needed in WORDED_MOVEMENTS.items() if re.search(words, text)]
        assert set().union(*said) <= set(data_of(path)["movements"]), text


@each_exercise
def test_what_may_be_done_in_bed_is_not_told_of_the_mat_or_floor(path: Path) -> None:
    if data_of(path)["bed_ok"] and data_of(path)["position"] != "hands-knees":
        words = " ".join(sentences_of(data_of(path), "steps", "mistakes", "make_easier", "feel"))
        assert not re.search(r"\b(the|your) mat\b(?! or)|\bthe floor\b", words)


@each_exercise_and_language
def test_distances_are_in_inches_only(path: Path, language: str) -> None:
    for sentence in sentences_of(data_of(path, language)):
        assert not re.search(r"\bcm\b|°|\bdegrees?\b|\bgrados?\b", sentence), sentence


@each_exercise
def test_doses_are_canonical_and_levels_lead_up(path: Path) -> None:
    data = data_of(path)
    dose, rep_s = parse_dose(data["dose"]), data["rep_s"]
    assert format_dose(dose) == data["dose"]
    assert set(data["dose_levels"]) == {"gentle", "strong"}
    levels = {name: parse_dose(text) for name, text in data["dose_levels"].items()}
    for name, level in levels.items():
        assert format_dose(level) == data["dose_levels"][name]
    if dose.reps or dose.duration_s:  # a goal without a start has no usual amount to compare with
        gentle, strong = (minutes(merge_dose(dose, levels[name]), rep_s) for name in ("gentle", "strong"))
        assert gentle <= minutes(dose, rep_s) <= strong


def work_a_week(dose: Dose, rep_s: int) -> float:
    """The seconds of work in a week at the upper ends of a dose, rests left out."""
    hold = dose.hold_s[1] if dose.hold_s else 0
    each = dose.duration_s[1] if dose.duration_s else (dose.reps[1] if dose.reps else 1) * (rep_s + hold)
    days = 3.5 if dose.every_other_day else dose.per_week[1] if dose.per_week else 7
    return each * (dose.sets[1] if dose.sets else 1) * (dose.per_day[1] if dose.per_day else 1) * days


@each_exercise
def test_strong_asks_for_more_than_the_usual_dose_ever_does(path: Path) -> None:
    data = data_of(path)
    usual = parse_dose(data["dose"])
    gentle, strong = (merge_dose(usual, parse_dose(data["dose_levels"][name])) for name in ("gentle", "strong"))
    levels = (gentle, usual, strong)
    if usual.reps is None and usual.duration_s is None:  # the source leaves the start open: only the levels compare
        levels = (gentle, strong)
    work = [work_a_week(dose, data["rep_s"]) for dose in levels]
    assert work == sorted(set(work))


@each(language=LANGUAGES, name=("name", "purpose", "steps"))
def test_no_two_exercises_share_a_text(name: str, language: str) -> None:
    seen: dict[str, str] = {}
    for path in FILES:
        text = str(data_of(path, language)[name])
        assert text not in seen, f"{path.stem} and {seen[text]}"
        seen[text] = path.stem
