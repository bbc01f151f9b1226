"""Which lines of safety a program gets, each under its own action, what stands on page 1, and which pain scale."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter

import pytest

from handouts.errors import BadInput
from handouts.model import (
    AppliesTo,
    ItemText,
    PainScale,
    PainScaleText,
    PainZone,
    PatientCondition,
    ScaleCondition,
    Warning,  # noqa: A004 - the field's own word
    WarningItem,
    WarningText,
)
from handouts.screening import page1_boxes, pain_scale, safety_items, warnings_for

from .samples import TODAY, SmallLibrary, condition, exercise, packet, program

BRIDGE = exercise("bridge")
REPAIR = condition("cuff-repair", category="post-surgery")
GLAUCOMA = condition("glaucoma")
PAIN = PainScaleText(lang="en", zones=(), next_day="Worse? Half.", page1="Pain gets to 6.")


def item(name, action="know", sign=None, *, page1=False, always=False):
    """An item and its text; `page1` gives it a short line."""
    text = ItemText(id=name, text=f"{name} whole", page1=f"{name} short" if page1 else None)
    return WarningItem(id=name, action=action, sign=sign or name, always=always), text


def warning(warning_id, *items, title=None, **applies_to):
    items = items or (item(f"{warning_id}-item"),)
    return Warning(
        id=warning_id,
        applies_to=AppliesTo(**applies_to),
        sources=(),
        items=tuple(one for one, _ in items),
        text=WarningText(lang="en", title=title, items=tuple(text for _, text in items)),
    )


def told(of, *warnings):
    """The lines of a program as 'action: id'."""
    safety = safety_items(of, SmallLibrary(warnings=warnings), attrgetter("text"))
    return [f"{line.action}: {line.id}" for line in safety.lines]


@pytest.mark.parametrize(
    ("applies_to", "shown"),
    [
        ({"everyone": True}, True),
        ({"regions": ("low-back",)}, True),
        ({"regions": ("neck",)}, False),
        ({"conditions": ("cuff-repair",)}, True),
        ({"own_conditions": ("cuff-repair",)}, True),
        ({"categories": ("post-surgery",)}, True),
        ({"categories": ("pregnancy",)}, False),
        ({"exercises": ("bridge",)}, True),
        ({"exercises": ("curl",)}, False),
        ({"regions": ("neck",), "exercises": ("bridge",)}, True),
        ({"everyone": True, "except_conditions": ("cuff-repair",)}, False),
        ({"except_conditions": ("cuff-repair",)}, False),
        ({"except_conditions": ("glaucoma",)}, True),
        ({"regions": ("neck",), "except_conditions": ("glaucoma",)}, False),
        ({"everyone": True, "except_regions": ("low-back",)}, False),
        ({"conditions": ("cuff-repair",), "except_regions": ("neck",)}, True),
        ({"conditions": ("cuff-repair",), "only_regions": ("low-back",)}, True),
        ({"conditions": ("cuff-repair",), "only_regions": ("neck",)}, False),
        ({}, False),
    ],
)
def test_a_warning_is_shown_when_anything_matches_and_nothing_excepts(applies_to, shown):
    one = warning("one", **applies_to)
    of_neck = warning("of-neck", regions=("neck", "low-back"))
    found = warnings_for(program([BRIDGE], [REPAIR]), SmallLibrary(warnings=[one, of_neck]))
    assert found == ((one, of_neck) if shown else (of_neck,))


def test_only_the_region_of_the_packet_counts():
    neck, back = warning("neck", regions=("neck",)), warning("back", regions=("low-back",))
    of_neck = program([BRIDGE], packet=packet("neck-pain", ["bridge"], region="neck"))
    assert warnings_for(of_neck, SmallLibrary(warnings=[neck, back])) == (neck,)


@pytest.mark.parametrize(
    ("regions", "shown"),
    [
        (["knee", "knee", "hip"], ["knee"]),
        (["hip", "knee"], ["hip", "knee"]),
        (["general", "general", "knee"], ["knee"]),
        (["hip", "knee", "neck"], ["hip", "knee"]),
    ],
)
def test_without_a_packet_the_region_of_most_exercises_counts(regions, shown):
    of = program([exercise(f"one-{number}", region=region) for number, region in enumerate(regions)])
    library = SmallLibrary(warnings=[warning(region, regions=(region,)) for region in ("hip", "knee", "neck")])
    assert [one.id for one in warnings_for(of, library)] == shown


def test_what_is_for_own_conditions_needs_the_patient_to_have_them():
    stated = warning("stated", own_conditions=("glaucoma",))
    assert warnings_for(program([BRIDGE], [GLAUCOMA]), SmallLibrary(warnings=[stated])) == (stated,)
    assert warnings_for(program([BRIDGE], [REPAIR]), SmallLibrary(warnings=[stated])) == ()


def test_each_line_stands_under_its_own_action_with_titles_in_the_emergency_box_only():
    general = warning("all", item("a", "call-911"), item("b", "stop-and-call"), everyone=True)
    eyes = warning("eyes", item("c", "call-911"), item("d"), title="Your eyes", conditions=("glaucoma",))
    back = warning("back", item("e", "call-911"), item("f", "stop-and-call"), title="Your back", regions=("low-back",))
    library = SmallLibrary(warnings=[back, eyes, general])
    safety = safety_items(program([BRIDGE], [GLAUCOMA]), library, attrgetter("text"))
    assert [(line.action, line.title, line.id) for line in safety.lines] == [
        ("call-911", "", "a"),
        ("call-911", "Your eyes", "c"),
        ("call-911", "Your back", "e"),
        ("stop-and-call", "", "f"),
        ("stop-and-call", "", "b"),
        ("know", "", "d"),
    ]


def test_a_sign_is_told_once_in_the_words_that_fit_best():
    general = warning("all", item("weak", "call-doctor-today", "weak"), everyone=True)
    back = warning("back", item("leg", "call-doctor-today", "weak"), regions=("low-back",))
    own = warning("own", item("eye", "call-doctor-today", "weak"), conditions=("glaucoma",))
    assert told(program([BRIDGE]), general, back, own) == ["call-doctor-today: leg"]
    assert told(program([BRIDGE], [GLAUCOMA]), general, back, own) == ["call-doctor-today: eye"]


def boxes(of, *warnings, **most):
    found = page1_boxes(safety_items(of, SmallLibrary(warnings=warnings), attrgetter("text")), PAIN, **most)
    return [line.id for line in found.emergency], [line.id for line in found.stop], [line.id for line in found.doctor]


def lines(action, *names, always=False):
    return [item(name, action, page1=True, always=always) for name in names]


HEART = warning(
    "heart", *lines("call-911", "chest", "faint", always=True), *lines("stop-and-call", "dizzy"), everyone=True
)


def test_page_1_fills_its_boxes_by_condition_then_region():
    back = warning(
        "back", *lines("call-911", "numb", "leak", "drop"), *lines("stop-and-call", "leg"), regions=("low-back",)
    )
    eyes = warning("eyes", *lines("call-911", "eye"), *lines("stop-and-call", "sore"), conditions=("glaucoma",))
    assert boxes(program([BRIDGE], [GLAUCOMA]), back, eyes, HEART) == (
        ["chest", "faint", "eye", "numb", "leak"],
        ["pain", "sore", "leg", "dizzy"],
        [],
    )
    assert boxes(program([BRIDGE], [GLAUCOMA]), back, eyes, HEART, most=2)[1] == ["pain", "sore"]


def test_the_signs_for_a_doctor_share_the_second_box_of_page_1():
    stops = warning("stops", *lines("stop-and-call", "s1", "s2", "s3", "s4", "s5"), everyone=True)
    doctors = warning("doctors", *lines("call-doctor-today", "d1", "d2", "d3", "d4"), everyone=True)
    assert boxes(program([BRIDGE]), stops, doctors)[1:] == (["pain", "s1", "s2"], ["d1", "d2"])
    assert boxes(program([BRIDGE]), HEART, doctors)[1:] == (["pain", "dizzy"], ["d1", "d2", "d3"])


def test_page_1_never_drops_an_emergency_of_a_condition():
    names = ("e1", "e2", "e3", "e4")
    own = warning("own", *lines("call-911", *names), conditions=("glaucoma",))
    assert boxes(program([BRIDGE], [GLAUCOMA]), own, HEART)[0] == ["chest", "faint", *names]


def test_the_general_emergencies_stand_on_page_1_even_when_a_region_words_them_better():
    back = warning("back", item("own-chest", "call-911", "chest", page1=True), regions=("low-back",))
    assert boxes(program([BRIDGE]), back, HEART)[0] == ["chest", "faint", "own-chest"]


def test_other_general_emergencies_fill_what_is_left_of_the_box():
    more = warning("more", *lines("call-911", "g1", "g2"), everyone=True)
    back = warning("back", *lines("call-911", "b1", "b2"), regions=("low-back",))
    assert boxes(program([BRIDGE]), more, back, HEART)[0] == ["chest", "faint", "b1", "b2", "g1"]


def test_a_line_without_a_short_form_stands_on_stay_safe_only():
    long = warning("long", item("long", "call-911"), everyone=True)
    assert boxes(program([BRIDGE]), long) == ([], ["pain"], [])


# -- the pain scale --------------------------------------------------------------------------------------------------


def scale(name, *highs, everyone=False, **weeks):
    kinds = ("go", "care", "stop") if len(highs) == 3 else ("go", "stop")
    lows = (0, *(high + 1 for high in highs))
    parts = zip(kinds, lows, highs, strict=False)
    zones = tuple(PainZone(kind=kind, low=low, high=high, word="w", action="a") for kind, low, high in parts)
    conditions = tuple(
        ScaleCondition(condition=one.replace("_", "-"), weeks=limit or None) for one, limit in weeks.items()
    )
    text = PainScaleText(lang="en", zones=zones, next_day="n", page1="p")
    return PainScale(id=name, everyone=everyone, conditions=conditions, sources=(), text=text)


USUAL = scale("usual", 3, 5, 10, everyone=True)


class ScaleLibrary(SmallLibrary):
    def __init__(self, *scales: PainScale) -> None:
        super().__init__()
        self.pain_scales = scales


def scale_for(*conditions, strict):
    return pain_scale(program([BRIDGE], conditions), ScaleLibrary(USUAL, strict)).id


def test_the_strictest_scale_that_applies_is_printed():
    strict = scale("strict", 2, 10, cuff_repair=0)
    assert scale_for(strict=strict) == "usual"
    assert scale_for(GLAUCOMA, strict=strict) == "usual"
    assert scale_for(REPAIR, GLAUCOMA, strict=strict) == "strict"
    assert scale_for(REPAIR, strict=scale("with-less-care", 3, 4, 10, cuff_repair=0)) == "with-less-care"
    assert scale_for(REPAIR, strict=scale("less-free", 2, 6, 10, cuff_repair=0)) == "usual"


@pytest.mark.parametrize(
    ("days", "found"), [(None, "strict"), (0, "strict"), (41, "strict"), (42, "usual"), (400, "usual"), (-3, "strict")]
)
def test_a_scale_for_some_weeks_ends_with_them(days, found):
    since = None if days is None else TODAY - dt.timedelta(days=days)
    known = PatientCondition(condition=REPAIR, since=since)
    assert scale_for(known, strict=scale("strict", 2, 10, cuff_repair=6)) == found


def test_what_has_not_healed_never_ends_by_its_date():
    known = PatientCondition(condition=REPAIR, since=TODAY - dt.timedelta(days=4000))
    assert scale_for(known, strict=scale("strict", 2, 10, cuff_repair=0)) == "strict"


def test_no_sheet_without_a_scale():
    with pytest.raises(BadInput, match="no pain scale"):
        pain_scale(program([BRIDGE]), ScaleLibrary())
