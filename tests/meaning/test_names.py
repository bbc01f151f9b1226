"""An id by any of its names: printed, other, abbreviated, in any case and language; never one of several meanings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handouts.errors import BadInput
from handouts.library import Library, read_library
from handouts.library.names import resolve
from handouts.library.nearest import FLOOR, key_of, likeness, nearest
from handouts.prescription import ProgramFields, build_program
from handouts.resources import content_folder
from tests.real_library import real_library

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


@pytest.mark.parametrize(
    ("kind", "asked", "expected"),
    [
        ("conditions", "osteoporosis", "osteoporosis"),
        ("conditions", "OSTEOPOROSIS", "osteoporosis"),
        ("conditions", "Taking blood thinners", "anticoagulation"),
        ("conditions", "Eliquis", "anticoagulation"),
        ("conditions", "tkr", "knee-replacement-recent"),
        ("conditions", "Parkinson’s disease", "parkinsons"),
        ("conditions", "PARKINSONS DISEASE", "parkinsons"),
        ("conditions", "síndrome de cola de caballo", "cauda-equina-suspected"),
        ("conditions", "sindrome  de cola-de-caballo", "cauda-equina-suspected"),
        ("conditions", "M17.11", "knee-osteoarthritis"),
        ("exercises", "Bridge", "bridge"),
        ("exercises", "Glute bridge", "bridge"),
        ("exercises", "puente", "bridge"),
        ("exercises", "SLR", "straight-leg-raise"),
        ("packets", "TKR", "knee-replacement-early"),
        ("packets", "LOW-BACK-STARTER", "low-back-starter"),
        ("clinics", "Palm Wellness Center", "palm-wellness"),
        ("languages", "español", "es"),
        ("conditions", "knee", None),
        ("conditions", "M54", None),
        ("conditions", "blargh", None),
        ("conditions", "", None),
        ("exercises", "", None),
    ],
)
def test_a_name_that_means_one_thing_is_taken(library, kind, asked, expected):
    assert resolve(kind, asked, library) == expected


def test_every_printed_name_is_taken_or_borne_by_several(library):
    for kind in ("conditions", "exercises", "packets"):
        for name, ids in library.names.of(kind).items():
            found = library.names.meanings(kind, name)
            assert set(found.ids) >= set(ids) or name in library.names.aliases.ambiguous, name


@pytest.mark.parametrize(
    "asked", ["AS", "MI", "THR", "ACL", "angina", "HTN", "pregnant", "T2DM", "ME", "CFS", "IC", "TTWB"]
)
def test_a_word_with_several_meanings_is_never_chosen(library, asked):
    meanings = library.names.meanings("conditions", asked)
    assert len(meanings.ids) + len(meanings.other) > 1
    assert resolve("conditions", asked, library) is None
    message, hint = library.names.fault("conditions", "condition", asked)
    assert message == f"condition '{asked}' may mean several things"
    assert all(one in hint for one in (*meanings.ids, *meanings.other))


def test_every_word_with_several_meanings_names_what_is_there(library):
    everything = {*library.conditions, *library.packets, *library.exercise_ids()}
    for word, meaning in library.names.aliases.ambiguous.items():
        assert meaning.ids, word
        assert set(meaning.ids) <= everything


def program(library: Library, **asked: object):
    options = ProgramFields(patient="Ana", **{"exercise": ("bridge",), **asked})
    return build_program(options, library, date=TODAY)


def test_names_are_taken_where_ids_are(library):
    made = program(library, condition=("TKR", "Eliquis"), exercise=("Glute bridge 2x8", "SLR"), packet="LBP")
    assert [one.condition.id for one in made.patient.conditions] == ["knee-replacement-recent", "anticoagulation"]
    assert made.packet is not None
    assert made.packet.id == "low-back-starter"
    assert {"bridge", "straight-leg-raise"} <= {one.exercise.id for one in made.prescriptions}


def test_an_override_names_the_exercise_and_the_condition_as_it_likes(library):
    made = program(
        library, condition=("osteoporosis",), exercise=("Partial curl",), clinician="Dana",
        override=("Partial curl:OP=seen twice here",),
    )  # fmt: skip
    (override,), (prescription,) = made.overrides, made.prescriptions
    assert prescription.dose == prescription.exercise.dose_levels["gentle"]
    assert (override.item, override.condition) == ("partial-curl", "osteoporosis")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("THR", "may mean several things (write which: hip-replacement-posterior, hip-replacement-anterior or hip"),
        ("AS", "the library has nothing for aortic stenosis"),
        ("glaucmoa", "unknown condition 'glaucmoa' (did you mean glaucoma?)"),
        ("gout", "unknown condition 'gout' (see `handouts list conditions`)"),
    ],
)
def test_what_is_not_one_condition_is_refused(library, asked, said):
    with pytest.raises(BadInput) as refused:
        program(library, condition=(asked,))
    assert said in str(refused.value.problems[0])


def test_a_clinic_adds_its_own_words(tmp_path: Path):
    own = (
        "conditions:\n  osteoporosis: {en: [DEXA clinic], codes: [M82]}\n"
        "ambiguous:\n  DEXA: {means: [osteoporosis], other: [a scan]}\n"
    )
    (tmp_path / "aliases.yaml").write_text(own)
    library = read_library([content_folder(), tmp_path])
    assert resolve("conditions", "dexa clinic", library) == "osteoporosis"
    assert resolve("conditions", "OP", library) == "osteoporosis"
    assert resolve("conditions", "M82.1", library) == "osteoporosis"
    assert resolve("conditions", "DEXA", library) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "conditions:\n  osteoporosi: {en: [a]}\n",
            "aliases.yaml:2:3: unknown condition 'osteoporosi' (did you mean osteo",
        ),
        ("exercises:\n  bridge: {codes: [M81]}\n", "only a condition has codes"),
        ("ambiguous:\n  X: {means: [bridge]}\n", "'X' means one thing only"),
        ("ambiguous:\n  X: {means: [bridge, brige]}\n", "unknown condition, packet or exercise 'brige'"),
        ("condition: {}\n", "unknown field 'condition'"),
    ],
)
def test_faults_in_the_words_are_told(tmp_path: Path, text: str, said: str):
    (tmp_path / "aliases.yaml").write_text(text)
    with pytest.raises(BadInput) as refused:
        _ = read_library([content_folder(), tmp_path]).names.aliases
    assert any(said in str(problem) for problem in refused.value.problems)


def test_everything_has_another_name_in_both_languages(library):
    words = library.names.aliases.words
    assert not set(library.conditions) - set(words["conditions"])
    assert not set(library.packets) - set(words["packets"])
    for exercise in library.exercises():
        assert exercise.id in words["exercises"] or exercise.text.also_called, exercise.id


# -- nothing near, nothing suggested ----------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["xylophone", "kangaroo", "zzz", "table", "MIT", "q", "", "hopscotch champion"])
def test_nothing_near_is_suggested_for_nothing_near(library, asked):
    for kind in ("conditions", "packets", "clinics"):
        assert library.names.nearest(kind, asked) == []


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("None", "leave it out where there is none"),
        ("nil known", "leave it out where there is none"),
        ("knee replacement bilateral", "did you mean knee-replacement-recent?"),
        ("osteoporosis and glaucoma", "did you mean osteoporosis or glaucoma?"),
        ("osteoporosis, glaucoma", "give each by itself"),
        ("had a hip replacement 3 weeks ago", "did you mean hip-replacement-posterior, "),
    ],
)
def test_a_name_among_other_words_is_found_in_them(library, asked, hint):
    assert library.names.fault("conditions", "condition", asked)[1].startswith(hint)


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        ("brige", ["bridge", "plank"], ["bridge"]),
        ("brigde", ["bridge"], ["bridge"]),
        ("lft", ["left", "right"], ["left"]),
        ("large-prnt", ["large-print", "paper"], ["large-print"]),
        ("low bak starter", ["low-back-starter", "neck-pain"], ["low-back-starter"]),
        ("back starter low", ["low-back-starter"], ["low-back-starter"]),
        ("osteo", ["osteoporosis", "ostrich"], ["osteoporosis"]),
        ("dementia", ["hip-replacement-anterior", "median-nerve-glide", "deep-neck-nod"], []),
        ("THR", ["dvt-suspected", "thrombosis", "throw"], []),
        ("table", ["heart-failure-stable"], []),
        ("none", ["sentinel-node-biopsy"], []),
        ("MI", ["MS", "IM", "mini-squat"], []),
    ],
)
def test_one_floor_of_likeness(asked, known, expected):
    assert nearest(asked, known) == expected
    assert all(likeness(key_of(asked), key_of(one)) >= FLOOR for one in expected)
