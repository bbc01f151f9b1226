"""What people type, and what they must find first: both languages, slips, plain words, what hurts."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.library import Library
from handouts.library.search import Index, Words, read_index
from tests.each import each
from tests.real_library import real_library


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


@pytest.fixture(scope="module")
def index(library: Library) -> Index:
    return read_index("exercises", library.exercise_ids(), library)


FIRST = {
    "puente": "bridge",
    "brige": "bridge",
    "Brigde": "bridge",
    "GLUTE BRIDGE": "bridge",
    "hip lift": "bridge",
    "elevacion de cadera": "bridge",
    "clam": "clamshell",
    "superman": "superman",
    "knee to chest": "knee-to-chest",
    "chest knee": "knee-to-chest",
    "rodilla al pecho": "knee-to-chest",
    "heel raise": "heel-raise",
    "heal raise": "heel-raise",
    "sentadilla": "mini-squat",
    "squats": "mini-squat",
    "plancha": "plank-forearm",
    "quadracep": "quad-set",
    "stand on one leg": "single-leg-stand",
    "sciatica": "sciatic-nerve-slider",
    "pelvic floor": "pelvic-floor-squeeze",
    "suelo pélvico": "pelvic-floor-squeeze",
    "caminar": "walking",
    "sit up": "partial-curl",
    "sentarse y pararse": "sit-to-stand",
}


@each(asked=FIRST)
def test_the_exercise_that_is_meant_comes_first(index, asked):
    assert index.find(asked)[0] == FIRST[asked]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("gluteos", {"bridge", "glute-set", "prone-hip-extension"}),
        ("buttocks", {"bridge", "glute-set"}),
        ("calf streching", {"calf-stretch-straight", "calf-stretch-bent", "towel-calf-stretch"}),
        ("estiramiento pantorrilla", {"calf-stretch-straight", "calf-stretch-bent"}),
        ("tennis elbow", {"wrist-extension-strength", "wrist-extensor-stretch"}),
        ("codo de tenista", {"wrist-extension-strength", "wrist-extensor-stretch"}),
        ("carpal tunel", {"median-nerve-glide", "tendon-glides"}),
        ("banda elastica", {"band-row", "triceps-press"}),
        ("respiracion", {"diaphragmatic-breathing", "pursed-lip-breathing"}),
    ],
)
def test_all_that_are_meant_are_found(index, asked, expected):
    assert expected <= set(index.find(asked))


@pytest.mark.parametrize(
    ("asked", "region"),
    [
        *(("knee pain", "knee"), ("rodilla", "knee"), ("me duele la rodilla", "knee"), ("dolor de cuello", "neck")),
        *(("my shoulder hurts", "shoulder"), ("balance exercises", "balance"), ("sholder", "shoulder")),
    ],
)
def test_what_hurts_leads_to_its_region(index, library, asked, region):
    found = [library.exercise(one).region for one in index.find(asked)]
    assert set(found[:3]) == {region}
    assert found.count(region) >= sum(one.region == region for one in library.exercises()) * 0.7


@pytest.mark.slow
def test_every_exercise_is_found_by_its_own_names(index, library):
    for exercise in library.exercises():
        assert exercise.id in index.find(exercise.text.name)[:3]
        for name in exercise.text.also_called:
            assert exercise.id in index.find(name)[:10]


@pytest.mark.parametrize("asked", ["xylophone", "", "  ", "!?", "zzzz qqqq"])
def test_what_resembles_nothing_finds_nothing(index, asked):
    assert index.find(asked) == []


def test_a_word_nobody_knows_does_not_hide_the_others(index):
    assert index.find("xylophone bridge")[0] == "bridge"


def test_a_word_that_is_there_is_never_taken_for_a_slip():
    index = Index({"a": Words(("hip lift",)), "b": Words(("hop drift",)), "c": Words(("list",))})
    assert index.find("lift") == ["a"]


def test_every_word_counts():
    index = Index({"a": Words(("Calf stretch",)), "b": Words(("Wall push-up",)), "c": Words(("Wall calf stretch",))})
    assert index.find("calf wall") == ["c"]
    assert index.find("strech") == ["a", "c"]


def test_what_is_only_mentioned_gives_way_to_names():
    items = {str(i): Words(("Other",), details=("Bend your knee.",)) for i in range(3)}
    assert Index({"a": Words(("Knee bend",)), **items}).find("knee bend") == ["a"]


@pytest.mark.parametrize(
    ("kind", "asked", "expected"),
    [
        ("conditions", "weak bones", "osteoporosis"),
        ("conditions", "huesos debiles", "osteoporosis"),
        ("conditions", "blood clot", "dvt-suspected"),
        ("conditions", "M81", "osteoporosis"),
        ("packets", "low back", "low-back-starter"),
        ("packets", "codo de tenista", "tennis-elbow"),
        ("languages", "espanol", "es"),
        ("clinics", "palm", "palm-wellness"),
    ],
)
def test_other_kinds(library, kind, asked, expected):
    assert expected in read_index(kind, library.ids(kind), library).find(asked)[:3]


# -- as clinicians speak ----------------------------------------------------------------------------------------------

CLINICAL_WORDS = [
    line.split("=") for line in (Path(__file__).with_name("clinical_words.txt")).read_text("utf-8").split("\n") if line
]
"""What clinicians call conditions, and how the id begins that they mean."""


@pytest.fixture(scope="module")
def conditions(library: Library) -> Index:
    return read_index("conditions", library.conditions, library)


def test_there_are_as_many_words_as_were_collected():
    assert len(CLINICAL_WORDS) == 115


@each(case=CLINICAL_WORDS)
def test_the_condition_that_a_clinician_means_comes_first(conditions, case):
    asked, expected = case
    assert conditions.find(asked)[0].startswith(expected)
    assert conditions.find(asked.lower())[0].startswith(expected)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        *(("ictus", "stroke-recent"), ("LCA", "knee-repair-recent"), ("PTR", "knee-replacement-recent")),
        *(("prótesis de rodilla", "knee-replacement-recent"), ("protesis de rodilla", "knee-replacement-recent")),
        *(("Sintrom", "anticoagulation"), ("lumbociática", "sciatica-radiculopathy"), ("demencia", "dementia")),
        *(("EPOC", "copd-breathlessness"), ("alzheimer", "dementia"), ("hemofilia", "haemophilia")),
        *(("latigazo", "wad-acute"), ("marcapasos", "cardiac-device-recent"), ("EM/SFC", "me-cfs")),
    ],
)
def test_spanish_words_are_found(conditions, asked, expected):
    assert conditions.find(asked)[0] == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        *(("M17.1", ["knee-osteoarthritis"]), ("m17.11", ["knee-osteoarthritis"]), ("M1711", ["knee-osteoarthritis"])),
        *(
            ("S52.501A", ["wrist-fracture-unhealed"]),
            ("G35", ["multiple-sclerosis"]),
            ("I48.2", ["atrial-fibrillation"]),
        ),
        *(("M54.5", []), ("Q99.9", []), ("Z99.9", []), ("E11.9", [])),
    ],
)
def test_a_code_is_found_by_its_beginning_and_means_nothing_else(conditions, asked, expected):
    assert conditions.find(asked) == expected


@each(
    asked=[
        *("MIT", "THX", "XR", "CEX", "FAIR", "qqq", "blargh", "zebra stripes", "unicorn fever dream", "potato"),
        *(
            "gout",
            "lupus",
            "migraine",
            "bunion",
            "metatarsalgia",
            "concussion",
            "trigger finger",
            "kidney failure",
            "spondylosis",
        ),
        *("patellar tendinopathy", "psoriatic arthritis", "cubital tunnel", "shin splints", "groin strain", "cardigan"),
    ],
)
def test_what_the_library_lacks_finds_no_other_condition(conditions, asked):
    assert conditions.find(asked) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("MI", ["cardiac-event-recent"]),
        ("CES", ["cauda-equina-suspected"]),
        ("FAI", ["fai-syndrome"]),
        ("PE", ["pulmonary-embolism-suspected"]),
        ("angina", ["cardiac-unstable", "angina-stable"]),
        ("VTE", ["pulmonary-embolism-suspected", "dvt-suspected"]),
        ("THR", ["hip-replacement-posterior", "hip-replacement-anterior", "hip-replacement-lateral"]),
    ],
)
def test_an_abbreviation_gives_its_meanings_and_no_more(conditions, asked, expected):
    assert conditions.find(asked)[: len(expected)] == expected
    assert asked == "angina" or conditions.find(asked) == expected


@pytest.mark.parametrize(
    ("kind", "asked", "expected"),
    [
        *(("exercises", "SLR", "straight-leg-raise"), ("exercises", "Kegel", "pelvic-floor-squeeze")),
        *(("exercises", "SAQ", "short-arc-quad"), ("exercises", "STS", "sit-to-stand")),
        *(("packets", "TKR", "knee-replacement-early"), ("packets", "Otago", "balance-falls")),
        *(("packets", "NSLBP", "low-back-starter"), ("packets", "lumbalgia", "low-back-starter")),
    ],
)
def test_exercises_and_packets_have_abbreviations_too(library, kind, asked, expected):
    assert read_index(kind, library.ids(kind), library).find(asked)[0] == expected
