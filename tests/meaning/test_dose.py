"""The dose: its notation, its bounds, how one changes another, the time it takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from handouts.dose import (
    BANDS,
    LIMITS,
    BuildTo,
    Dose,
    DoseError,
    check_complete,
    check_dose,
    dose_from_mapping,
    format_dose,
    merge_dose,
    minutes,
    parse_dose,
    to_json,
)
from handouts.dose.dose import _write_parts


@pytest.mark.parametrize(
    "text",
    [
        "3x15 rest 60s", "2-3 reps hold 5s left 2/day", "3x12 rest 60s", "3x8-12", "10 reps", "3 sets", "hold 5s",
        "hold 5-10s", "for 30s", "for 10min", "each side", "alternate", "2/day", "5/week", "every other day",
        "3/day 5/week", "load 5lb", "load 2kg", "band red", "effort 4/10", "tempo 3-1-3", "build to 30 reps",
        "build to 3x15", "for 6 weeks", "hold 5s build to 30 reps", "10 reps for 1 week", "for 30s-5min", "for 2-5min",
        "10 reps build to 2 sets",
    ],
)  # fmt: skip
def test_the_canonical_notation_stays_as_it_is_written(text: str) -> None:
    assert format_dose(parse_dose(text)) == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("3 x 8 - 12", "3x8-12"),
        ("3 × 15", "3x15"),
        ("3X15 REST 1MIN", "3x15 rest 60s"),
        ("2/DAY left hold5s 2–3 reps", "2-3 reps hold 5s left 2/day"),
        ("3x15rest60sleft2/daybuildto3x20for6weeks", "3x15 rest 60s left 2/day build to 3x20 for 6 weeks"),
        ("hold 1min", "hold 60s"),
        ("3 sets, 10 repetitions".replace("repetitions", "reps"), "3x10"),
        ("band gray", "band grey"),
        ("load 2.50 KG", "load 2.5kg"),
        ("band extra  light", "band extra light"),
        ("for 6 weeks for 30s", "for 30s for 6 weeks"),
    ],
)
def test_parts_come_in_any_order_case_and_spacing(text: str, canonical: str) -> None:
    assert format_dose(parse_dose(text)) == canonical


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("0 sets", 1, "0 sets is out of range (1–10)"),
        ("10 reps 0 sets", 9, "0 sets is out of range (1–10)"),
        ("15-3 reps", 1, "write 3-15"),
        ("reps 15-3", 1, "write '10 reps'"),
        ("hold 900s", 1, "900 seconds of hold is out of range (1–300)"),
        ("3x101", 1, "101 reps is out of range (1–100)"),
        ("10 reps for 30s", 9, "give one of them"),
        ("left each side", 6, "a side given twice"),
        ("3x15 10 reps", 6, "reps given twice"),
        ("every other day 3/week", 17, "give one of them"),
        ("hold 0s", 1, "0 seconds of hold is out of range (1–300)"),
        ("hold 301s", 1, "301 seconds of hold is out of range (1–300)"),
        ("for 4s", 1, "4 seconds is out of range (5–3600)"),
        ("for 61min", 1, "3660 seconds is out of range (5–3600)"),
        ("10 reps rest 4s", 9, "4 seconds of rest is out of range (5–600)"),
        ("10 reps rest 11min", 9, "660 seconds of rest is out of range (5–600)"),
        ("10 reps for 0 weeks", 9, "0 weeks is out of range (1–52)"),
        ("10 reps for 53 weeks", 9, "53 weeks is out of range (1–52)"),
        ("10 reps load 201lb", 14, "load 201lb is out of range (more than 0 and at most 200lb"),
        ("10 reps load 91kg", 14, "load 91kg is out of range (more than 0 and at most 90kg"),
        ("10 reps load 0kg", 14, "load 0kg is out of range"),
        ("10 reps load 5-2kg", 14, "load 5-2kg is out of range"),
        ("10 reps tempo 11-0-0", 9, "tempo 11-0-0 is out of range (three times 0–10 seconds"),
        ("10 reps tempo 3-0-11", 9, "tempo 3-0-11 is out of range"),
        ("11 sets", 1, "11 sets is out of range (1–10)"),
        ("0/day", 1, "0 times a day is out of range (1–12)"),
        ("0/week", 1, "0 times a week is out of range (1–7)"),
        ("3x15 build to 101 reps", 6, "build to 101 reps is out of range (1–100)"),
        ("3x15 build to 11 sets", 6, "build to 11 sets is out of range (1–10)"),
        ("13/day", 1, "13 times a day is out of range (1–12)"),
        ("8/week", 1, "8 times a week is out of range (1–7)"),
        ("effort 11/10", 1, "11 points of effort is out of range (0–10)"),
        ("3x30s", 5, "3 sets hold 30s"),
        ("30s", 3, "hold 30s"),
        ("hold 5", 7, "write 5s or 5min"),
        ("10 reps for", 12, "expected"),
        ("15", 3, "15 reps"),
        ("load 2,5kg", 7, "expected lb or kg"),
        ("load 500lb", 6, "load 500lb is out of range (more than 0 and at most 200lb"),
        ("band plaid", 6, "known: tan"),
        ("10 a day", 4, "a number without its word"),
        ("10 reps both legs", 9, "write 'each side'"),
        ("10 reps x 3 times a day", 13, "not a part of a dose"),
        ("10 reps 3 times", 9, "reps given twice"),
        ("30 sec", 4, "write 'hold 30s', 'for 30s' or 'rest 30s'"),
        ("tempo 0-0-0", 1, "not all 0"),
        ("3x15 build to 3x15", 6, "already at its goal"),
        ("10 reps wiggle", 9, "known: 3x15"),
        ("10.5 reps", 1, "decimals are for loads"),
        ("", 1, "an empty dose"),
        ("٣ reps", 1, "not a part"),
    ],
)
def test_what_is_out_of_range_or_not_understood_is_refused_with_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(DoseError) as error:
        parse_dose(text)
    assert error.value.column == column
    assert said in str(error.value)


LIMITS_BY_PART = {
    "sets": (1, 10), "reps": (1, 100), "hold_s": (1, 300), "duration_s": (5, 3600), "rest_s": (5, 600),
    "per_day": (1, 12), "per_week": (1, 7), "effort": (0, 10), "weeks": (1, 52),
}  # fmt: skip
"""Written out a second time, so that a limit is not changed by a slip."""


def test_every_number_of_a_dose_has_its_limits() -> None:
    assert {part: limits[:2] for part, limits in LIMITS.items()} == LIMITS_BY_PART


@pytest.mark.parametrize("part", LIMITS_BY_PART)
def test_the_limits_themselves_are_allowed_and_what_lies_beyond_is_not(part: str) -> None:
    least, most = LIMITS_BY_PART[part]
    assert check_dose(Dose(**{part: (least, most)})) == []
    assert check_dose(Dose(**{part: (least - 1, most)})) != []
    assert check_dose(Dose(**{part: (least, most + 1)})) != []


@pytest.mark.parametrize("dose", ["10 reps load 200lb", "10 reps load 90kg", "10 reps tempo 10-10-10"])
def test_the_most_of_a_load_and_a_tempo_is_allowed(dose: str) -> None:
    assert format_dose(parse_dose(dose)) == dose


def ranges(field: str) -> st.SearchStrategy[tuple[int, int] | None]:
    low, high, _ = LIMITS[field]
    pair = st.tuples(st.integers(low, high), st.integers(low, high)).map(lambda two: (min(two), max(two)))
    return st.none() | pair


loads = st.none() | st.sampled_from([f"band {band}" for band in BANDS]) | st.sampled_from(["5lb", "2.5kg", "2-5lb"])


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    """Any dose that can be meant."""
    timed, alternate_days = draw(st.booleans()), draw(st.booleans())
    tempo = draw(st.none() | st.tuples(*[st.integers(0, 10)] * 3).filter(any))
    dose = Dose(
        **{name: draw(ranges(name)) for name in ("sets", "hold_s", "rest_s", "per_day", "effort", "weeks")},
        reps=None if timed else draw(ranges("reps")),
        duration_s=draw(ranges("duration_s")) if timed else None,
        side=draw(st.sampled_from([None, "each", "left", "right", "alternate"])),
        per_week=None if alternate_days else draw(ranges("per_week")),
        every_other_day=alternate_days,
        load=draw(loads),
        tempo=tempo,
        build_to=draw(st.sampled_from([None, BuildTo(reps=100), BuildTo(sets=10), BuildTo(sets=10, reps=100)])),
    )
    usable = not check_dose(dose) and dose != Dose()
    return dose if usable else Dose(reps=(1, 1))


@given(doses())
@settings(deadline=None)
def test_reading_what_was_written_gives_the_same_dose(dose: Dose) -> None:
    text = format_dose(dose)
    assert parse_dose(text) == dose
    assert format_dose(parse_dose(text)) == text
    assert parse_dose(re.sub(r"(?<!\d) | (?!\d)", "", text).upper()) == dose  # only numbers need a space between them


@given(doses(), st.randoms())
@settings(deadline=None)
def test_the_order_of_the_parts_does_not_matter(dose: Dose, random: object) -> None:
    parts = _write_parts(dose)
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert parse_dose(" ".join(parts)) == dose


@given(st.text(alphabet="0123456789x-–/ repsholdfminkglbtouxday.,×", max_size=25))
@settings(deadline=None)
def test_any_text_is_a_sound_dose_or_a_dose_error(text: str) -> None:
    try:
        dose = parse_dose(text)
    except DoseError as error:
        column = error.column
    else:
        column = 1
        assert check_dose(dose) == []
        assert parse_dose(format_dose(dose)) == dose
    assert 1 <= column <= len(text) + 1


@given(doses(), doses())
@settings(deadline=None)
def test_a_change_leaves_nothing_of_itself_out(base: Dose, change: Dose) -> None:
    merged = merge_dose(base, change)
    for name in Dose.__dataclass_fields__:
        if (value := getattr(change, name)) not in (None, False):
            assert getattr(merged, name) == value
    assert not (merged.reps and merged.duration_s)
    assert not (merged.every_other_day and merged.per_week)
    assert merge_dose(merged, change) == merged


@pytest.mark.parametrize(
    ("base", "change", "merged"),
    [
        ("3x15 rest 60s", "3x12", "3x12 rest 60s"),
        ("2-3 reps hold 5s each side 2/day", "left", "2-3 reps hold 5s left 2/day"),
        ("3x10 hold 5s", "for 30s", "3 sets for 30s"),
        ("for 10min hold 5s", "for 15min", "hold 5s for 15min"),
        ("for 10min 2/day", "10 reps", "10 reps 2/day"),
        ("10 reps 2/day 5/week", "every other day", "10 reps 2/day every other day"),
        ("10 reps every other day", "3/week", "10 reps 3/week"),
        ("hold 5s build to 30 reps", "10 reps", "10 reps hold 5s build to 30 reps"),
        ("hold 5s build to 30 reps", "30 reps", "30 reps hold 5s"),
    ],
)
def test_a_part_left_out_takes_the_bases(base: str, change: str, merged: str) -> None:
    assert format_dose(merge_dose(parse_dose(base), parse_dose(change))) == merged


@pytest.mark.parametrize(
    ("said", "notation"),
    [
        ("3 sets x 10 reps", "3x10"),
        ("3 sets of 10", "3x10"),
        ("3 sets of 8 to 12 reps", "3x8-12"),
        ("10 reps x 3", "3x10"),
        ("10 repetitions × 3 sets", "3x10"),
        ("10 times", "10 reps"),
        ("10 times every day", "10 reps 1/day"),
        ("3x10, 2 times a day", "3x10 2/day"),
        ("3x10 2x/day", "3x10 2/day"),
        ("3x10 2x daily", "3x10 2/day"),
        ("3x10 twice a day", "3x10 2/day"),
        ("3x10 once daily", "3x10 1/day"),
        ("3x10 every day", "3x10 1/day"),
        ("3x10 3 to 5 days a week", "3x10 3-5/week"),
        ("3x10 3 times per week", "3x10 3/week"),
        ("10 reps each leg", "10 reps each side"),
        ("10 reps per arm", "10 reps each side"),
        ("10 reps on the left leg", "10 reps left"),
        ("10 reps right side", "10 reps right"),
        ("hold for 30 sec", "hold 30s"),
        ("30 sec hold", "hold 30s"),
        ("hold 5 to 10 seconds", "hold 5-10s"),
        ("3x10 and 1 minute rest", "3x10 rest 1min"),
        ("3x10 load 5 pounds", "3x10 load 5lb"),
        ("3 sets of 10 each leg. Hold 5 seconds. Rest 1 minute between sets. 3 days a week.",
         "3x10 hold 5s rest 1min each side 3/week"),
        ("2 a 3 series de 10, solo la pierna izquierda. Descanse 1 minuto entre series.", "2-3x10 left rest 1min"),
        ("10 veces en cada lado, cada dos días", "10 reps each side every other day"),
        ("3 series de 8 a 12 repeticiones. Mantenga 5 segundos. Una vez al día, 3 días por semana",
         "3x8-12 hold 5s 1/day 3/week"),
        ("10 repeticiones, lado derecho, todos los días durante 6 semanas", "10 reps right 1/day for 6 weeks"),
    ],
)  # fmt: skip
def test_doses_as_people_write_them_and_as_the_sheet_prints_them(said: str, notation: str) -> None:
    assert parse_dose(said) == parse_dose(notation)


@pytest.mark.parametrize("text", ["15", "8 - 12", "30 seconds", "20 min", "3x30s", "3x10min", "3x10 5 lbs", "6 weeks"])
def test_what_a_fault_of_a_dose_offers_is_a_dose(text: str) -> None:
    with pytest.raises(DoseError) as fault:
        parse_dose(text)
    offered = re.findall("'([^']+)'", fault.value.hint or "")
    assert offered
    assert [parse_dose(one) for one in offered]


def test_a_side_on_an_exercise_without_sides_is_refused() -> None:
    assert check_dose(parse_dose("10 reps left"), "none") == [
        "'left' on an exercise that has no sides (leave the side out)"
    ]
    assert check_dose(parse_dose("10 reps left"), "leg") == []


def test_a_dose_that_stands_alone_says_what_to_do_and_on_which_side() -> None:
    assert check_complete(parse_dose("2/day"), "none")
    assert check_complete(parse_dose("10 reps"), "leg")
    assert not check_complete(parse_dose("hold 5s build to 30 reps"), "none")
    assert not check_complete(parse_dose("10 reps each side"), "leg")


@pytest.mark.parametrize(
    "parts",
    [
        {"sets": 3, "reps": [8, 12], "rest_s": "60", "side": "each", "load": "5lb", "tempo": [3, 1, 3]},
        {"sets": "3", "reps": "8-12", "rest_s": [60], "side": "each", "load": "load 5lb".removeprefix("load "),
         "tempo": "3-1-3", "hold_s": None},
    ],
)  # fmt: skip
def test_the_same_parts_as_a_mapping(parts: dict[str, object]) -> None:
    assert dose_from_mapping(parts) == parse_dose("3x8-12 rest 60s each side load 5lb tempo 3-1-3")


@pytest.mark.parametrize("goal", [{"sets": 3, "reps": 20}, "3x20"])
def test_a_goal_as_a_mapping_or_in_short(goal: object) -> None:
    assert dose_from_mapping({"reps": 10, "build_to": goal}) == parse_dose("10 reps build to 3x20")


@pytest.mark.parametrize(
    ("parts", "field"),
    [({"rep": 3}, "rep"), ({"reps": True}, "reps"), ({"reps": "many"}, "reps"), ({"side": "both"}, "side"),
     ({"reps": [3, 4, 5]}, "reps"), ({"sets": 0}, "sets"), ({"every_other_day": "yes"}, "every_other_day"),
     ({"build_to": {"reps": "x"}}, "build_to"), ({"load": "heavy"}, "load")],
)  # fmt: skip
def test_a_mapping_names_the_field_at_fault(parts: dict[str, object], field: str) -> None:
    with pytest.raises(DoseError) as error:
        dose_from_mapping(parts)
    assert error.value.field == field


def test_the_record_for_machines() -> None:
    shown = to_json(parse_dose("3x15 rest 60s"))
    assert shown["dose"] == "3x15 rest 60s"
    assert (shown["sets"], shown["reps"], shown["rest_s"]) == (3, [15, 15], 60)
    assert shown["hold_s"] is shown["side"] is shown["per_day"] is None
    assert to_json(parse_dose("2-3 sets hold 5-10s"))["hold_s"] == [5, 10]


def test_minutes_count_sets_sides_rests_and_getting_ready() -> None:
    assert minutes(parse_dose("3x15 rest 60s"), 4) == (3 * 15 * 4 + 2 * 60 + 30) / 60
    assert minutes(parse_dose("2-4 reps hold 5s each side"), 4) == (3 * 9 * 2 + 30) / 60
    assert minutes(parse_dose("3x15 tempo 5-2-5"), 4) == (3 * 15 * 12 + 30) / 60
    assert minutes(parse_dose("for 10min"), 4) == 10.5
    assert minutes(parse_dose("hold 20s"), 4) == (24 + 30) / 60
    assert minutes(parse_dose("hold 5s build to 30 reps"), 4) == (30 * 9 + 30) / 60


def test_a_light_load_is_a_load_and_none_is_not() -> None:
    assert format_dose(parse_dose("3x10 load 0.5kg")) == "3x10 load 0.5kg"
    assert format_dose(parse_dose("3x10 load 1lb")) == "3x10 load 1lb"
    with pytest.raises(DoseError):
        parse_dose("3x10 load 0lb")


def test_repetitions_with_a_time_are_answered_with_the_hold_that_was_meant() -> None:
    with pytest.raises(DoseError) as error:
        parse_dose("3x10s")
    assert "3 sets hold 10s" in str(error.value)
