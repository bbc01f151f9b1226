"""Conditions, rules, movements and sources: complete, unchanged facts, and advice a patient can read and follow."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handouts.library import Library
from handouts.library.safety_facts import ADAPTED_WORDS
from handouts.library.yaml_reading import read_yaml
from handouts.model import Exercise, Rule
from handouts.readability.grade import MOST_GRADE
from handouts.resources import content_folder
from handouts.screening.rules import verdict_for
from tests.grades import kept_grade
from tests.real_library import real_library

CHOSEN = {"en": "Your clinician chose this for you. ", "es": "Su terapeuta eligió esto para usted. "}
"""What opens the advice of a movement that is printed only because the clinician has overridden the rule."""

BLOCKS_ALL = {
    "cauda-equina-suspected",
    "dvt-suspected",
    "cardiac-unstable",
    "cervical-artery-suspected",
    "cervical-myelopathy-suspected",
    "spinal-infection-suspected",
    "pulmonary-embolism-suspected",
    "cord-compression-suspected",
}

ON_A_SIDE = {
    "acute-fracture", "bone-metastases", "rheumatoid-flare", "glaucoma", "vertigo-bppv", "neuropathy-feet",
    "foot-ulcer", "cannot-kneel", "non-weight-bearing-leg", "partial-weight-bearing-leg", "pelvic-girdle-pain",
    "sij-pain",
    "abdominal-surgery-recent", "hernia-abdominal", "lumbar-stenosis", "disc-herniation", "sciatica-radiculopathy",
    "lumbar-surgery-recent", "cervical-radiculopathy", "cervical-surgery-recent", "wad-acute", "scoliosis",
    "pelvic-fracture-unhealed", "rib-fractures", "lymphedema", "stroke-recent", "parkinsons", "multiple-sclerosis",
    "eye-surgery-recent", "thoracic-outlet-syndrome", "crps", "cardiac-device-recent", "peripheral-artery-disease",
    "dialysis-fistula",
}  # fmt: skip
"""What may be on one side though no exercise follows it: an eye, the weaker half after a stroke, the fistula's arm."""

FIRST_CONDITIONS = 79
"""What the fact sheets hold; what a second clinical reading added stands after them in the same file."""

SOFTENED = {
    "vertebral-fracture-recent": "adductor-squeeze glute-set grip-squeeze pelvic-floor-squeeze quad-set "
    "supine-posture-press",
    "foot-ulcer": "band-external-rotation band-internal-rotation band-row biceps-curl isometric-abduction "
    "isometric-external-rotation pendulum plank-forearm scaption-raise towel-internal-rotation triceps-press wall-walk",
    "cannot-kneel": "plank-forearm",
    "non-weight-bearing-leg": "band-external-rotation band-internal-rotation band-row biceps-curl isometric-abduction "
    "isometric-external-rotation scaption-raise towel-internal-rotation triceps-press wall-walk",
    "rotator-cuff-repair-recent": "stick-flexion-supine",
    "shoulder-replacement-recent": "stick-flexion-supine",
    "shoulder-replacement-reverse-recent": "stick-flexion-supine",
    "shoulder-replacement-anatomic-recent": "stick-flexion-supine",
    "meniscus-repair-recent": "wall-sit",
    "shoulder-stabilisation-recent": "stick-flexion-supine",
}
"""Where a caution that names the exercise stands instead of a block by movement: each meant, none by accident."""

POSITION_MOVEMENTS = {
    "supine": "lying-on-back",
    "propped": "lying-on-bed-or-floor",
    "side-lying": "lying-on-side",
    "prone": "lying-face-down",
    "hands-knees": "hands-and-knees",
}
GOAL_MOVEMENTS = {"strength": "strength-exercise", "stretch": "stretch-exercise", "balance": "balance-exercise"}

CLINICAL_WORDS = {
    "en": r"\b(prone|supine|flexion|extension|abduct|adduct|lumbar|cervical|thoracic|contraindicat|neutral)",
    "es": r"\b(prono|supino|decúbito|flexión|extensión|abducc|aducc|lumbar|cervical|torácic|contraindicad|neutr)",
}
MOST_SHORT = 60
LEANS_ON_THE_ONE_BEFORE = {
    "en": r"(It|They|That|This|Both) ",
    "es": r"(No l[oa]s? (?!haga)|(Est[oe]|Es[oe]|Amb[oa]s) )",
}
INFORMAL_SPANISH = r"\b(tú|tu|tus|ti|contigo|haz|levanta|dobla|debes|puedes|tienes)\b"


@cache
def entries(kind: str) -> tuple[dict[str, Any], ...]:
    return tuple(read_yaml(content_folder() / f"{kind}.yaml").data[kind])


@cache
def spanish(kind: str) -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = read_yaml(content_folder() / "translations" / "es" / f"{kind}.yaml").data
    return data


@cache
def ids(kind: str) -> frozenset[str]:
    return frozenset(entry["id"] for entry in entries(kind))


@cache
def exercise_files() -> dict[str, Path]:
    return {path.stem: path for path in (content_folder() / "exercises").glob("*/*.yaml")}


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


def advice(rule: dict[str, Any], language: str) -> str:
    text: str = rule["advice"] if language == "en" else spanish("rules")[rule["id"]]["advice"]
    return text


def for_you(condition_id: str, language: str) -> str:
    if language == "es":
        return str(spanish("conditions")[condition_id]["for_you"])
    return next(str(entry["for_you"]) for entry in entries("conditions") if entry["id"] == condition_id)


def digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def short(rule: dict[str, Any], language: str) -> str:
    text: str = rule["short"] if language == "en" else spanish("rules")[rule["id"]]["short"]
    return text


def words_of(rule: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """What a patient reads of a rule's `adapt`."""
    adapt = rule["adapt"] if language == "en" else spanish("rules")[rule["id"]].get("adapt", {})
    return {name: adapt[name] for name in ADAPTED_WORDS if name in adapt}


def every_advice(language: str) -> set[tuple[str, str]]:
    return {(rule["condition"], advice(rule, language)) for rule in entries("rules")}


# -- the facts -----------------------------------------------------------------------------------------------------


def test_nothing_is_missing() -> None:
    of_two = [rule for rule in entries("rules") if "also" in rule]
    always = [rule for rule in entries("rules") if "weeks" not in rule and rule not in of_two]
    in_time = [rule for rule in entries("rules") if "weeks" in rule]
    assert Counter(rule["verdict"] for rule in always) == {"contraindicated": 135, "caution": 408}
    assert Counter(rule["verdict"] for rule in in_time) == {"contraindicated": 193, "caution": 80}
    assert Counter(rule["verdict"] for rule in of_two) == {"contraindicated": 16, "caution": 10}
    assert len({rule["condition"] for rule in in_time}) == 30
    assert len({(rule["condition"], *rule["weeks"].values()) for rule in in_time}) == 77
    assert sum(bool(rule.get("every")) for rule in always) == 23
    assert len(entries("conditions")) >= 130
    assert len(entries("movements")) == 113
    assert len(entries("sources")) >= 284


def test_no_verdict_movement_or_exception_has_changed() -> None:
    """A clinical fact differs from the fact sheets: look at the difference before you renew this fingerprint."""
    code = {movement["id"]: movement["code"] for movement in entries("movements")}
    facts = [
        [
            rule["condition"],
            "block" if rule["verdict"] == "contraindicated" else "caution",
            ["ALL"] if rule.get("every") else [code[movement] for movement in rule.get("movements", [])],
            rule.get("exercises", []),
            rule.get("except", []),
            rule.get("weeks"),
            rule.get("needs"),
            {name: fact for name, fact in rule.get("adapt", {}).items() if name not in ADAPTED_WORDS},
            rule["source"],
            *rule.get("also", []),
        ]
        for rule in entries("rules")
    ]
    assert digest(facts) == "79cc905634fcd0dc"


def test_no_condition_has_changed() -> None:
    """As above: what a condition blocks and how urgent it is must not change unseen."""
    names = ("id", "icd10cm", "category", "tier", "urgency", "blocks_all")
    first = entries("conditions")[:FIRST_CONDITIONS]
    assert digest([[entry[name] for name in names] for entry in first]) == "3e0e4a9dc5c780c2"


@pytest.mark.parametrize("kind", ["conditions", "rules", "movements", "sources"])
def test_ids_are_plain_and_unique(kind: str) -> None:
    found = [entry["id"] for entry in entries(kind)]
    assert [name for name, times in Counter(found).items() if times > 1] == []
    assert [name for name in found if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_name_in_a_rule_is_known() -> None:
    for rule in entries("rules"):
        assert rule["condition"] in ids("conditions"), rule["id"]
        assert rule["id"].startswith(rule["condition"] + "-")
        assert rule["source"] in ids("sources"), rule["id"]
        assert set(rule.get("movements", [])) <= ids("movements"), rule["id"]
        named = {*rule.get("exercises", []), *rule.get("except", [])}
        assert named <= exercise_files().keys(), rule["id"]


def test_every_condition_has_a_rule() -> None:
    assert {rule["condition"] for rule in entries("rules")} == ids("conditions")


def test_red_flags_block_every_exercise() -> None:
    assert {entry["id"] for entry in entries("conditions") if entry["blocks_all"]} == BLOCKS_ALL
    for condition in BLOCKS_ALL:
        (rule,) = [rule for rule in entries("rules") if rule["condition"] == condition]
        assert rule["every"] is True
        assert "except" not in rule
        assert "Do not exercise" in rule["advice"]


def test_every_condition_has_a_side_or_none_or_stops_everything() -> None:
    for entry in entries("conditions"):
        ways = [entry["category"] == "red-flag", "one_sided" in entry, entry["id"] in ON_A_SIDE, "no_side" in entry]
        assert sum(ways[1:]) == 1 or ways == [True, False, False, False], entry["id"]


def test_movement_codes_are_unique() -> None:
    assert len({movement["code"] for movement in entries("movements")}) == len(entries("movements"))


def test_position_and_goal_are_said_as_movements_too(library: Library) -> None:
    """Rules look only at movements: a strength exercise that did not say so would slip past the heart's rules."""
    for exercise in library.exercises():
        expected = {POSITION_MOVEMENTS.get(exercise.position), GOAL_MOVEMENTS.get(exercise.goal)} - {None}
        assert expected <= set(exercise.movements), exercise.id


def test_a_named_caution_replaces_a_block_only_where_it_is_meant(library: Library) -> None:
    found: dict[str, set[str]] = {}
    for condition in library.conditions.values():
        blocks = [
            rule for rule in library.rules_for(condition.id) if rule.verdict == "contraindicated" and not rule.also
        ]
        for exercise in library.exercises():
            if verdict_for(exercise, condition, library) != "caution":
                continue
            if any(_speaks_about(rule, exercise) for rule in blocks):
                found.setdefault(condition.id, set()).add(exercise.id)
    assert found == {condition: set(names.split()) for condition, names in SOFTENED.items()}


def _speaks_about(rule: Rule, exercise: Exercise) -> bool:
    return exercise.id not in rule.except_exercises and not set(rule.movements).isdisjoint(exercise.movements)


# -- what the patient reads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_advice_is_short_whole_and_easy(language: str) -> None:
    for _, text in every_advice(language):
        plain = text.replace("**", "")
        assert text.count("**") in (2, 4), text
        assert plain.endswith("."), text
        assert len(plain) <= 200, text
        assert len(re.findall(r"[.!?](?:\s|$)", plain)) <= 4, text
        assert kept_grade(plain, language) <= MOST_GRADE, text


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_short_line_fits_a_card_and_is_plain(language: str) -> None:
    """It stands on the card alone once the whole advice has been said at the top of the cards."""
    clinical = re.compile(CLINICAL_WORDS[language], re.IGNORECASE)
    for rule in entries("rules"):
        line = short(rule, language)
        assert len(line) <= MOST_SHORT, line
        assert "*" not in line
        assert line.endswith("."), line
        assert not clinical.search(line), line
        assert language != "es" or not re.search(INFORMAL_SPANISH, line, re.IGNORECASE), line


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_short_lines_are_easy(language: str) -> None:
    """Judged as one text, because the grade of a single line of eight words says nothing."""
    assert kept_grade(" ".join(sorted({short(rule, language) for rule in entries("rules")})), language) <= MOST_GRADE


@pytest.mark.parametrize("language", ["en", "es"])
def test_equal_advice_has_equal_short_lines(language: str) -> None:
    lines: dict[str, set[str]] = {}
    for rule in entries("rules"):
        lines.setdefault(advice(rule, language), set()).add(short(rule, language))
    assert {text: found for text, found in lines.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_short_line_keeps_the_sign_to_stop(language: str) -> None:
    """'Stop before the end' is a limit of the move, not a sign."""
    stop, kept = {
        "en": (r"\bStop\b(?! before)", r"\b(Stop|Skip)\b"),
        "es": (r"\bPare\b(?! antes)", r"\b(Pare|No (lo )?haga)\b"),
    }[language]
    for rule in entries("rules"):
        if re.search(stop, advice(rule, language), re.IGNORECASE):
            assert re.search(kept, short(rule, language), re.IGNORECASE), rule["id"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_short_line_says_no_number_of_its_own(language: str) -> None:
    for rule in entries("rules"):
        told = set(re.findall(r"\d+", advice(rule, language)))
        assert set(re.findall(r"\d+", short(rule, language))) <= told, rule["id"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_advice_never_names_a_pain_number(language: str) -> None:
    """Two scales exist, and a patient on the strict one must never read the numbers of the usual one."""
    words = {"en": r"out of 10|pain (of|is|gets to) \d", "es": r"\d (de|sobre) 10|dolor (es )?de \d"}[language]
    texts = [*(text for _, text in every_advice(language)), *(short(rule, language) for rule in entries("rules"))]
    assert [text for text in texts if re.search(words, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_day_after_asks_for_less_as_the_pain_scale_does(language: str) -> None:
    """'Worse the next day? Do half.' stands on every page 1."""
    stops = {"en": r"[Ss]top[^.?]*next day", "es": r"[Pp]are[^.?]*(otro día|día siguiente)"}[language]
    assert [text for _, text in every_advice(language) if re.search(stops, text)] == []


def test_no_degrees_for_a_patient() -> None:
    texts = [text for language in ("en", "es") for _, text in every_advice(language)]
    assert [text for text in texts if re.search(r"degree|grados|°", text)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_caution_as_a_whole_is_easy(language: str) -> None:
    for condition, text in every_advice(language):
        whole = f"{for_you(condition, language)} {text}".replace("**", "")
        assert kept_grade(whole, language) <= MOST_GRADE, whole


@pytest.mark.parametrize("language", ["en", "es"])
def test_for_you_speaks_to_the_patient(language: str) -> None:
    for condition in ids("conditions"):
        text = for_you(condition, language)
        assert text.endswith("."), text
        assert len(text) <= 110, text
        if language == "en":
            assert re.search(r"\b(you|your)\b", text, re.IGNORECASE), text


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_says_its_thing_where_the_one_before_is_said_by_another_rule(language: str) -> None:
    """What two rules of a card share is said once, so that a sentence may lose the one before it."""
    texts = [
        re.split(r"(?<=[.!?]) ", text(rule, language).replace("**", ""))
        for rule in entries("rules")
        for text in (advice, short)
    ]
    holding: dict[str, list[list[str]]] = {}
    for sentences in texts:
        for sentence in sentences:
            holding.setdefault(sentence, []).append(sentences)
    for sentences in texts:
        for before, after in itertools.pairwise(sentences):
            if re.match(LEANS_ON_THE_ONE_BEFORE[language], after):
                assert all(after in others for others in holding[before]), (before, after)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_clinical_words_in_advice(language: str) -> None:
    clinical = re.compile(CLINICAL_WORDS[language], re.IGNORECASE)
    assert [text for _, text in every_advice(language) if clinical.search(text)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_advice_for_an_overridden_movement_says_who_chose_it(language: str) -> None:
    for rule in entries("rules"):
        meant = rule["verdict"] == "contraindicated" and rule["condition"] not in BLOCKS_ALL
        assert advice(rule, language).startswith(CHOSEN[language]) == meant, rule["id"]


# -- the page of open questions ---------------------------------------------------------------------------------------


def test_clinical_questions_name_rules_that_exist() -> None:
    page = (content_folder().parent / "docs" / "clinical-questions.md").read_text("utf-8")
    names = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", page))
    assert len(names) >= 15
    known = ids("rules") | ids("sources") | ids("conditions")
    assert names <= known, names - known
