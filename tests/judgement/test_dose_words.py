"""The dose in words: every number said exactly once, sides plain, blanks kept blank, in each language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.compose.cells import dose_cells
from handouts.compose.line import dose_short
from handouts.compose.locale import read_locale
from handouts.compose.sentence import dose_sentence
from handouts.dose import BANDS, BuildTo, Dose, check_dose, parse_dose, times_of_day
from handouts.library import read_library
from handouts.model import Prescription
from handouts.resources import content_folder
from handouts.screening.workload import day_minutes

from .samples import exercise

LIBRARY = read_library([content_folder()])
LOCALES = {code: read_locale(LIBRARY, code) for code in ("en", "es")}
PLAIN, LEG, ARM = exercise("plain"), exercise("leg-lift", sides="leg"), exercise("arm-lift", sides="arm")


def said(text, of=PLAIN, code="en"):
    return dose_sentence(parse_dose(text), of, LOCALES[code])


@pytest.mark.parametrize(
    ("dose", "of", "english", "spanish"),
    [
        (
            "3x15 rest 60s 1/day",
            PLAIN,
            "Do 15. Rest 1 minute. Do this 3 times in all. Once a day.",
            "Haga 15 repeticiones. Descanse 1 minuto. Haga todo esto 3 veces en total. Una vez al día.",
        ),
        (
            "2-3 reps hold 5s each side 2/day",
            LEG,
            "Do 2 to 3 with each leg. Hold each one for 5 seconds. 2 times a day.",
            "Haga 2 a 3 repeticiones con cada pierna. Sostenga la posición 5 segundos cada vez. 2 veces al día.",
        ),
        (
            "hold 5s build to 30 reps",
            PLAIN,
            "Start with a few. Hold each one for 5 seconds. As often as your clinician told you. "
            "Over time, build up to 30.",
            "Empiece con pocas repeticiones. Sostenga la posición 5 segundos cada vez. "
            "Tan seguido como le dijo su terapeuta. Poco a poco, llegue a 30 repeticiones.",
        ),
        (
            "10 reps left load 2.5kg every other day",
            ARM,
            "Use a weight of 2.5 kilograms. Do 10 with your left arm only. Every other day.",
            "Use una pesa de 2.5 kilos. Haga 10 repeticiones solo con el brazo izquierdo. Un día sí y un día no.",
        ),
        (
            "for 30s-5min right 1-3/day 5/week band red for 6 weeks",
            LEG,
            "Use the red band. Do this for 30 seconds to 5 minutes with your right leg only. "
            "1 to 3 times a day, 5 days a week. Keep going for 6 weeks.",
            "Use la banda roja. Haga esto durante 30 segundos a 5 minutos solo con la pierna derecha. "
            "1 a 3 veces al día, 5 días a la semana. Siga así durante 6 semanas.",
        ),
        (
            "3 sets hold 30s each side 3/week",
            LEG,
            "Hold for 30 seconds with each leg. Do this 3 times in all. 3 times a week.",
            "Sostenga la posición 30 segundos con cada pierna. Haga todo esto 3 veces en total. 3 veces a la semana.",
        ),
        (
            "10 reps alternate tempo 3-0-2 1/day",
            LEG,
            "Do 10. Change legs each time. Take 3 seconds to lower. Take 2 seconds to lift. Once a day.",
            "Haga 10 repeticiones. Cambie de pierna cada vez. Baje en 3 segundos. Suba en 2 segundos. Una vez al día.",
        ),
    ],
)
def test_sentences(dose, of, english, spanish):
    assert said(dose, of) == english
    assert said(dose, of, "es") == spanish


@pytest.mark.parametrize(
    ("dose", "of", "english", "spanish"),
    [
        ("3x15 rest 60s", PLAIN,
         "3 sets of 15. Rest 1 minute between.", "3 series de 15. Descanse 1 minuto entre series."),
        ("2-3 reps hold 5s each side", LEG,
         "Hold 5 seconds. 2–3 times each leg.", "Sostenga 5 segundos. 2–3 veces por pierna."),
        ("1x8 left 3/day", ARM, "8 times, left arm only.", "8 veces, solo el brazo izquierdo."),
        ("2x10 3/week build to 3x15", PLAIN, "2 sets of 10. Build up to 3 sets of 15. 3 times a week.",
         "2 series de 10. Llegue a 3 series de 15. 3 veces a la semana."),
        ("for 10min effort 4/10", PLAIN, "10 minutes. Effort 4 out of 10.", "10 minutos. Esfuerzo de 4 sobre 10."),
    ],
)  # fmt: skip
def test_the_line_of_the_list(dose, of, english, spanish):
    assert dose_short(parse_dose(dose), of, LOCALES["en"]) == english
    assert dose_short(parse_dose(dose), of, LOCALES["es"]) == spanish


def test_the_strip_has_the_values_that_exist_and_a_blank_for_the_frequency():
    cells = dose_cells(parse_dose("3x8-12 rest 60s left"), ARM, LOCALES["en"])
    assert [(cell.value, cell.label) for cell in cells] == [
        ("3", "sets"),
        ("8–12", "reps, left arm only"),
        ("1", "min rest"),
        (None, "times a day"),
    ]
    cells = dose_cells(parse_dose("hold 30s each side every other day"), LEG, LOCALES["es"])
    assert [(cell.value, cell.label) for cell in cells] == [("30", "seg sosteniendo por pierna"), ("Cada", "dos días")]


# -- for any dose ------------------------------------------------------------------------------------------------------


def _ranges(low, high):
    return st.none() | st.tuples(st.integers(low, high), st.integers(low, high)).map(lambda ends: tuple(sorted(ends)))


some_doses = st.builds(
    Dose,
    sets=_ranges(1, 10),
    reps=_ranges(1, 100),
    hold_s=_ranges(1, 300),
    duration_s=_ranges(5, 3600),
    rest_s=_ranges(5, 600),
    side=st.sampled_from([None, "each", "left", "right", "alternate"]),
    per_day=_ranges(1, 12),
    per_week=_ranges(1, 7),
    every_other_day=st.booleans(),
    load=st.sampled_from([None, "5lb", "2.5kg", "1-3kg", *(f"band {band}" for band in BANDS)]),
    effort=_ranges(0, 10),
    tempo=st.none() | st.tuples(*[st.integers(1, 10)] * 3),
    build_to=st.none() | st.builds(BuildTo, sets=st.none() | st.integers(2, 10), reps=st.integers(2, 100)),
    weeks=_ranges(1, 52),
).filter(lambda dose: not check_dose(dose))


def numbers_of(dose):
    """The numbers a patient must read: ends of ranges, times in their unit; a one said as a word left out."""
    found = []
    for field in ("sets", "reps", "per_day", "per_week", "effort", "weeks"):
        if value := getattr(dose, field):
            found += [str(end) for end in dict.fromkeys(value)]
    times = [dose.hold_s, dose.duration_s, dose.rest_s, *((part, part) for part in dose.tempo or ())]
    for value in filter(None, times):
        found += [(str(end // 60) if end % 60 == 0 else str(end)) for end in dict.fromkeys(value)]
    if dose.load and not dose.load.startswith("band"):
        found += re.findall(r"[\d.]+", dose.load)
    if dose.build_to:
        found += [str(aim) for aim in (dose.build_to.sets, dose.build_to.reps) if aim]
    if dose.sets == (1, 1):
        found.remove("1")
    for often in (dose.per_day, None if dose.per_day else dose.per_week):
        if often == (1, 1):
            found.remove("1")
    return sorted(found)


@pytest.mark.parametrize("code", ["en", "es"])
@given(dose=some_doses, of=st.sampled_from(["side", "leg", "arm", "hand", "foot"]))
def test_every_number_of_the_dose_is_said_exactly_once(code, dose, of):
    text = dose_sentence(dose, replace(LEG, sides=of), LOCALES[code])
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if dose.effort:
        for _ in range(2):
            numbers.remove("10")  # "4 out of 10, where 10 is your hardest"
    assert sorted(numbers) == numbers_of(dose)


SIDE_WORDS = {
    "en": {"left": r"\bleft\b", "right": r"\bright\b", "each": r"\beach (side|leg|arm|hand|foot)\b",
           "alternate": "Change"},
    "es": {"left": r"\bizquierd[ao]\b", "right": r"\bderech[ao]\b", "each": r"\bcada (lado|pierna|brazo|mano|pie)\b",
           "alternate": "Cambie"},
}  # fmt: skip


@pytest.mark.parametrize("code", ["en", "es"])
@given(dose=some_doses, of=st.sampled_from(["side", "leg", "arm", "hand", "foot"]))
def test_the_side_is_said_once_and_no_other(code, dose, of):
    text = dose_sentence(dose, replace(LEG, sides=of), LOCALES[code])
    for side, pattern in SIDE_WORDS[code].items():
        assert len(re.findall(pattern, text)) == (side == dose.side)


@pytest.mark.parametrize("code", ["en", "es"])
@given(dose=some_doses)
def test_line_and_strip_hold_for_any_dose(code, dose):
    line = dose_short(dose, LEG, LOCALES[code])
    assert "  " not in line
    assert "{" not in line
    cells = dose_cells(dose, LEG, LOCALES[code])
    blank = not (dose.per_day or dose.per_week or dose.every_other_day)
    assert [cell.value for cell in cells].count(None) == blank
    assert all(cell.label for cell in cells)
    sentence = dose_sentence(dose, LEG, LOCALES[code])
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    assert ".." not in sentence


def test_no_word_falls_back_to_english():
    assert LOCALES["es"].notes == []


# -- the day -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose", "times"),
    [
        ("10 reps", ()),
        ("10 reps 1/day", ("morning",)),
        ("10 reps 2/day", ("morning", "evening")),
        ("10 reps 3/day", ("morning", "midday", "evening")),
        ("10 reps 1-3/day", ()),
        ("10 reps 5/day", ()),
        ("10 reps 3/week", ("morning",)),
        ("10 reps every other day", ("morning",)),
    ],
)
def test_times_of_day(dose, times):
    assert times_of_day(parse_dose(dose)) == times


def test_the_day_counts_every_session_and_rounds_up():
    walk = Prescription(exercise=PLAIN, dose=parse_dose("for 10min 2/day"))
    assert day_minutes([walk]) == 21  # two sessions of 10 minutes, half a minute each to get ready
    assert day_minutes([walk, Prescription(exercise=PLAIN, dose=parse_dose("for 6s"))]) == 22
