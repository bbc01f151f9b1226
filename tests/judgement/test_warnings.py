"""Which warnings a program gets, and which pain scale."""

from __future__ import annotations

import pytest

from handouts.errors import BadInput
from handouts.model import AppliesTo, PainZone, Warning, WarningText  # noqa: A004 - the field's own word
from handouts.screening import pain_scale, pain_zones, warnings_for

from .samples import SmallLibrary, condition, exercise, packet, program

BRIDGE = exercise("bridge")
REPAIR = condition("cuff-repair", category="post-surgery")


def warning(warning_id, zones=(), **applies_to):
    text = WarningText(lang="en", title=warning_id, items=("i",), zones=tuple(zones))
    return Warning(id=warning_id, action="info", applies_to=AppliesTo(**applies_to), sources=(), text=text)


def scale(*highs):
    kinds = ("go", "care", "stop") if len(highs) == 3 else ("go", "stop")
    lows = (0, *(high + 1 for high in highs))
    parts = zip(kinds, lows, highs, strict=False)
    return [PainZone(kind=kind, low=low, high=high, word="w", action="a") for kind, low, high in parts]


@pytest.mark.parametrize(
    ("applies_to", "shown"),
    [
        ({"everyone": True}, True),
        ({"regions": ("low-back",)}, True),
        ({"regions": ("neck",)}, False),
        ({"conditions": ("cuff-repair",)}, True),
        ({"categories": ("post-surgery",)}, True),
        ({"categories": ("pregnancy",)}, False),
        ({"exercises": ("bridge",)}, True),
        ({"exercises": ("curl",)}, False),
        ({"regions": ("neck",), "exercises": ("bridge",)}, True),
        ({"everyone": True, "except_conditions": ("cuff-repair",)}, False),
        ({"except_conditions": ("cuff-repair",)}, False),
        ({"except_conditions": ("glaucoma",)}, True),
        ({"regions": ("neck",), "except_conditions": ("glaucoma",)}, False),
        ({}, False),
    ],
)
def test_a_warning_is_shown_when_anything_matches_and_nothing_excepts(applies_to, shown):
    one = warning("one", **applies_to)
    assert warnings_for(program([BRIDGE], [REPAIR]), SmallLibrary(warnings=[one])) == ((one,) if shown else ())


def test_the_region_of_the_packet_counts_too():
    neck = warning("neck", regions=("neck",))
    of_neck = program([BRIDGE], packet=packet("neck-pain", ["bridge"], region="neck"))
    assert warnings_for(of_neck, SmallLibrary(warnings=[neck])) == (neck,)


def test_the_strictest_scale_is_printed():
    usual, strict = warning("usual", scale(3, 5, 10)), warning("strict", scale(2, 10))
    assert pain_scale([usual, strict]) == strict == pain_scale([strict, usual])
    assert [zone.kind for zone in pain_zones([usual])] == ["go", "care", "stop"]


def test_no_sheet_without_a_scale():
    with pytest.raises(BadInput, match="no pain scale"):
        pain_scale([warning("one")])
