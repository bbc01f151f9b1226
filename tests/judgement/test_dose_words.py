"""The dose in words: every number said exactly once, sides plain, blanks kept blank, in each language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from handouts.compose.line import card_line, list_line, whole_line
from handouts.dose import BANDS, BuildTo, Dose, check_dose, parse_dose, times_of_day
from handouts.library.locale import read_locale
from handouts.model import Prescription
from handouts.screening.advice import day_minutes
from tests.real_library import real_library

from .samples import exercise

LIBRARY = real_library()
LOCALES = {code: read_locale(LIBRARY, code) for code in ("en", "es")}
PLAIN, LEG, ARM = exercise("plain"), exercise("leg-lift", sides="leg"), exercise("arm-lift", sides="arm")


LINES = [
    ("3x15 rest 60s", PLAIN, "3 sets of 15. Rest 1 minute between.", "3 series de 15. Descanse 1 minuto entre series."),
    ("2-3 reps hold 5s each side 2/day", LEG,
     "2 to 3 times each leg. Hold 5 seconds.", "2 a 3 veces por pierna. Sostenga 5 segundos."),
    ("3x10 hold 2s rest 60s each side", LEG,
     "3 sets of 10 each leg. Hold 2 seconds. Rest 1 minute between sets.",
     "3 series de 10 por pierna. Sostenga 2 segundos. Descanse 1 minuto entre series."),
    ("1x8 left 3/day 7/week", ARM, "8 times, left arm only.", "8 veces, solo el brazo izquierdo."),
    ("1 rep each side 1/day", LEG, "Once each leg.", "Una vez por pierna."),
    ("1 rep hold 30s right", LEG,
     "Hold 30 seconds, right leg only.", "Sostenga 30 segundos, solo la pierna derecha."),
    ("3 sets hold 30s rest 60s each side", LEG,
     "3 times each leg. Hold 30 seconds. Rest 1 minute after each.",
     "3 veces por pierna. Sostenga 30 segundos. Descanse 1 minuto después de cada vez."),
    ("1x4 hold 30s rest 30s each side", LEG,
     "4 times each leg. Hold 30 seconds. Rest 30 seconds after each.",
     "4 veces por pierna. Sostenga 30 segundos. Descanse 30 segundos después de cada vez."),
    ("1x4 hold 15s rest 30s", PLAIN, "4 times. Hold 15 seconds. Rest 30 seconds after each.",
     "4 veces. Sostenga 15 segundos. Descanse 30 segundos después de cada vez."),
    ("1x4 hold 14s rest 30s", PLAIN, "4 times. Hold 14 seconds. Rest 30 seconds at the end.",
     "4 veces. Sostenga 14 segundos. Descanse 30 segundos al final."),
    ("1x10 hold 5s rest 60s", PLAIN,
     "10 times. Hold 5 seconds. Rest 1 minute at the end.",
     "10 veces. Sostenga 5 segundos. Descanse 1 minuto al final."),
    ("1x5-10 rest 60s 1/day 3-7/week", PLAIN, "5 to 10 times. Then rest 1 minute. 3 to 7 days a week.",
     "5 a 10 veces. Luego descanse 1 minuto. 3 a 7 días a la semana."),
    ("10 reps alternate every other day", LEG, "10 times in all. Change legs each time. Every other day.",
     "10 veces en total. Cambie de pierna cada vez. Un día sí y un día no."),
    ("2x10 3/week build to 3x15", PLAIN, "2 sets of 10. Build up to 3 sets of 15. 3 times a week.",
     "2 series de 10. Aumente hasta 3 series de 15. 3 veces a la semana."),
    ("1x8-12 1/week build to 3 sets", PLAIN, "8 to 12 times. Build up to 3 sets of 8 to 12. Once a week.",
     "8 a 12 veces. Aumente hasta 3 series de 8 a 12. Una vez a la semana."),
    ("2x5 build to 10 reps", PLAIN, "2 sets of 5. Build up to 10 in each set.",
     "2 series de 5. Aumente hasta 10 en cada serie."),
    ("hold 5s each side build to 30 reps", LEG, "Hold 5 seconds each leg. Build up to 30 times.",
     "Sostenga 5 segundos por pierna. Aumente hasta 30 veces."),
    ("for 10min effort 4/10", PLAIN, "10 minutes. Effort 4 out of 10, where 10 is your hardest.",
     "10 minutos. Esfuerzo de 4 sobre 10; el 10 es lo más fuerte que puede."),
    ("hold 5s for 10-15min rest 30s 1/day 7/week", PLAIN,
     "10 to 15 minutes. Hold 5 seconds each time. Rest 30 seconds after each.",
     "10 a 15 minutos. Sostenga 5 segundos cada vez. Descanse 30 segundos después de cada vez."),
    ("2 sets for 30-60s each side", ARM, "2 sets of 30 seconds to 1 minute each arm.",
     "2 series de 30 segundos a 1 minuto por brazo."),
    ("3x8 rest 60s each side load 2.5kg tempo 3-0-2 for 6 weeks", ARM,
     "3 sets of 8 each arm. Lower 3 seconds, lift 2 seconds. Use 2.5 kilograms. "
     "Rest 1 minute between sets. For 6 weeks.",
     "3 series de 8 por brazo. Baje en 3 segundos, suba en 2 segundos. Use una pesa de 2.5 kilos. "
     "Descanse 1 minuto entre series. Durante 6 semanas."),
    ("10 reps band red", PLAIN, "10 times. Use the red band.", "10 veces. Use la banda roja."),
]  # fmt: skip
"""A dose, what it is for, and the card's line in both languages: none can be read two ways."""


@pytest.mark.parametrize(("dose", "of", "english", "spanish"), LINES)
def test_the_line_of_the_card(dose, of, english, spanish):
    assert card_line(parse_dose(dose), of, LOCALES["en"]) == english
    assert card_line(parse_dose(dose), of, LOCALES["es"]) == spanish


@pytest.mark.parametrize(
    ("dose", "of", "english", "spanish"),
    [
        ("3x15 rest 60s 1/day 3/week", PLAIN, "3 sets of 15.", "3 series de 15."),
        ("1x4 hold 30s rest 30s each side every other day", LEG,
         "4 times each leg. Hold 30 seconds.", "4 veces por pierna. Sostenga 30 segundos."),
        ("3x8 rest 60s left load 5lb 3/week for 6 weeks", ARM,
         "3 sets of 8, left arm only. Use 5 pounds. For 6 weeks.",
         "3 series de 8, solo el brazo izquierdo. Use una pesa de 5 libras. Durante 6 semanas."),
    ],
)  # fmt: skip
def test_the_line_of_the_list_leaves_out_rest_and_weekly_rhythm(dose, of, english, spanish):
    assert list_line(parse_dose(dose), of, LOCALES["en"]) == english
    assert list_line(parse_dose(dose), of, LOCALES["es"]) == spanish


def test_the_whole_line_adds_how_often_a_day_and_leaves_open_what_is_open():
    for dose, english, spanish in (
        ("3x15 rest 60s", "3 sets of 15. Rest 1 minute between.", "3 series de 15. Descanse 1 minuto entre series."),
        ("2x8 1/day", "2 sets of 8. Once a day.", "2 series de 8. Una vez al día."),
        ("2x8 2-3/day 3/week", "2 sets of 8. 2 to 3 times a day, 3 days a week.",
         "2 series de 8. 2 a 3 veces al día, 3 días a la semana."),
    ):  # fmt: skip
        assert whole_line(parse_dose(dose), PLAIN, LOCALES["en"]) == english
        assert whole_line(parse_dose(dose), PLAIN, LOCALES["es"]) == spanish


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
    if dose.per_week == (7, 7):
        found.remove("7")
    return sorted(found)


def numbers_of_the_line(dose, of_card):
    """The numbers of the card's line, or of the list's: one set, one time and every day need none."""
    quiet = {"per_day": None} if of_card else {"per_day": None, "per_week": None, "rest_s": None}
    if of_card and dose.per_week == (1, 1):
        quiet["per_week"] = None
    found = numbers_of(replace(dose, **quiet))
    if dose.reps == (1, 1) and dose.sets in (None, (1, 1)):
        found.remove("1")
    goal = dose.build_to
    if goal and goal.sets and not goal.reps:  # "3 sets of 8 to 12" says again what stands in a set today
        again = dose.reps or dose.duration_s
        if again:
            unit = 60 if dose.duration_s else 1
            found += [str(end // 60 if unit == 60 and end % 60 == 0 else end) for end in dict.fromkeys(again)]
    return sorted(found)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "es"])
@given(dose=some_doses, of=st.sampled_from(["side", "leg", "arm", "hand", "foot"]))
def test_every_number_of_the_dose_is_on_its_line_exactly_once(code, dose, of):
    for line, of_card in ((card_line, True), (list_line, False)):
        numbers = re.findall(r"\d+(?:\.\d+)?", line(dose, replace(LEG, sides=of), LOCALES[code]))
        if dose.effort:
            for _ in range(2):
                numbers.remove("10")  # "4 out of 10, where 10 is your hardest"
        assert sorted(numbers) == numbers_of_the_line(dose, of_card)


SIDE_WORDS = {
    "en": {"left": r"\bleft\b", "right": r"\bright\b", "each": r"\beach (side|leg|arm|hand|foot)\b",
           "alternate": "Change"},
    "es": {"left": r"\bizquierd[ao]\b", "right": r"\bderech[ao]\b", "each": r"\bcada (lado|pierna|brazo|mano|pie)\b",
           "alternate": "Cambie"},
}  # fmt: skip


LINE_SIDES = {
    "en": SIDE_WORDS["en"],
    "es": {**SIDE_WORDS["es"], "each": r"\bpor (lado|pierna|brazo|mano|pie)\b"},
}


@pytest.mark.parametrize("code", ["en", "es"])
@given(dose=some_doses, of=st.sampled_from(["side", "leg", "arm", "hand", "foot"]))
def test_the_side_is_on_the_line_once_and_no_other(code, dose, of):
    for line in (card_line, list_line):
        text = line(dose, replace(LEG, sides=of), LOCALES[code])
        for side, pattern in LINE_SIDES[code].items():
            assert len(re.findall(pattern, text, re.IGNORECASE)) == (side == dose.side), text


@pytest.mark.parametrize("code", ["en", "es"])
def test_no_dose_of_the_library_says_what_goes_without_saying(code):
    doses = [
        (item.dose, LIBRARY.exercise(item.exercise)) for name in LIBRARY.packets for item in LIBRARY.packet(name).items
    ]
    doses += [(dose, one) for one in LIBRARY.exercises() for dose in (one.dose, *one.dose_levels.values())]
    assert len(doses) > 400
    for dose, one in doses:
        for line in (card_line, list_line):
            text = line(dose, one, LOCALES[code])
            assert not re.search(
                r"\b1 (set|serie|time|vez)\b|(?<!\d to )(?<!\d a )\b7 (days|días)|a day|al día|\.\.|\{", text
            ), text
            assert text[0].isupper() or text[0].isdigit()
            assert not re.search(r"week|semana|rest|escanse", list_line(dose, one, LOCALES[code]), re.IGNORECASE)


@pytest.mark.parametrize("code", ["en", "es"])
@given(dose=some_doses)
def test_the_lines_hold_for_any_dose(code, dose):
    line = card_line(dose, LEG, LOCALES[code])
    assert "  " not in line
    assert "{" not in line
    whole = whole_line(dose, LEG, LOCALES[code])
    assert whole.startswith(list_line(replace(dose, weeks=None), LEG, LOCALES[code]))
    assert whole.endswith("." if whole else "")
    assert ".." not in whole


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


@pytest.mark.parametrize(
    ("dose", "english", "spanish"),
    [
        ("hold 5s build to 30 reps", "At most 30 times.", "No más de 30 veces."),
        ("3x10 build to 15 reps", "At most 15 in each set.", "No más de 15 en cada serie."),
        ("1x10 build to 3 sets", "At most 3 sets of 10.", "No más de 3 series de 10."),
    ],
)
def test_who_asks_before_doing_more_reads_where_a_dose_leads_as_its_limit(dose, english, spanish):
    for line in (card_line, list_line):
        assert english in line(parse_dose(dose), PLAIN, LOCALES["en"], grows=False)
        assert spanish in line(parse_dose(dose), PLAIN, LOCALES["es"], grows=False)
