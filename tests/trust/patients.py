"""Random patients and programs over the whole real library: who they are, what they have, what they are to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

from handouts.dose import Dose, check_complete, check_dose, format_dose, merge_dose
from handouts.library import Library
from handouts.library.locale import Locale, read_locale
from handouts.model import Program
from handouts.prescription import ProgramFields, build_program
from tests.real_library import real_library
from tests.trust import facts

TODAY = dt.date(2026, 11, 22)
STAGES = {"pregnancy-t1", "pregnancy-t2", "pregnancy-t3", "postpartum-early"}
COMPLICATED = {"pregnancy-complicated", "postpartum-early"}
NAMES = ("Ana Ruiz", "Nguyễn Thị Hoa", "Łukasz O'Brien-Żółć", "李", "Δημήτρης", "X")


@cache
def library() -> Library:
    """The built-in library."""
    return real_library()


@cache
def locale_of(code: str) -> Locale:
    """A language of the built-in library."""
    return read_locale(library(), code)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One patient with a program, as options would give it."""

    fields: ProgramFields
    exercises: tuple[str, ...]
    conditions: tuple[str, ...]
    overridden: frozenset[tuple[str, str]] = frozenset()
    cleared: frozenset[str] = frozenset()

    def program(self) -> Program:
        """The program as it is judged."""
        return build_program(self.fields, library(), date=TODAY)


def spans(least: int, most: int) -> st.SearchStrategy[tuple[int, int] | None]:
    """A number, a range, or nothing."""
    number = st.integers(least, most)
    return st.one_of(
        st.none(), number.map(lambda n: (n, n)), st.tuples(number, number).map(lambda pair: (min(pair), max(pair)))
    )


@st.composite
def doses(draw: st.DrawFn, exercise: str) -> str:
    """A dose in the notation that this exercise can have; empty for its own."""
    if draw(st.integers(0, 3)) == 0:
        return ""
    sided = library().exercise(exercise).sides != "none"
    timed = draw(st.booleans())
    change = Dose(
        sets=draw(spans(1, 6)),
        reps=None if timed else draw(spans(1, 40)),
        duration_s=draw(spans(5, 900)) if timed else None,
        hold_s=draw(spans(1, 90)),
        rest_s=draw(spans(5, 180)),
        per_day=draw(spans(1, 12)),
        side=draw(st.sampled_from(["each", "left", "right", "alternate"])) if sided else None,
        weeks=draw(spans(1, 26)),
        effort=draw(spans(0, 10)),
        load=draw(st.sampled_from([None, "5lb", "2kg", "band red", "1-3lb"])),
    )
    whole = merge_dose(library().exercise(exercise).dose, change)
    usable = not check_dose(whole, library().exercise(exercise).sides) and not check_complete(
        whole, library().exercise(exercise).sides
    )
    return format_dose(change) if usable else ""


def of_one_stage(conditions: Iterable[str]) -> tuple[str, ...]:
    """The conditions without those of another stage of the same pregnancy, which nobody has at once."""
    kept: list[str] = []
    for one in dict.fromkeys(conditions):
        if not any({one, other} <= STAGES or {one, other} == COMPLICATED for other in kept):
            kept.append(one)
    return tuple(kept)


@st.composite
def cases(draw: st.DrawFn, *, safe: bool | None = None, most: int = 5) -> Case:
    """A patient and a program; `safe`: nothing forbidden is left without an override."""
    conditions = of_one_stage(draw(st.lists(st.sampled_from(list(facts.conditions())), max_size=4)))
    packet = draw(st.none() | st.sampled_from(list(facts.packets())))
    wanted = list(
        draw(
            st.lists(st.sampled_from(list(facts.exercises())), min_size=0 if packet else 1, max_size=most, unique=True)
        )
    )
    overridden: set[tuple[str, str]] = set()
    whole = (
        [next(iter(one)) if isinstance(one, dict) else one for one in facts.packets()[packet]["exercises"]]
        if packet
        else []
    )
    if safe:
        blocked = {one for one in conditions if facts.conditions()[one].get("blocks_all")}
        conditions = tuple(one for one in conditions if one not in blocked)
        override = draw(st.booleans())
        if packet and any(facts.packet_refused(packet, one) for one in conditions):
            packet, whole = None, []
        items = list(dict.fromkeys([*whole, *wanted]))
        against = [(one, other) for one in items for other in conditions if facts.forbidden(one, other, conditions)]
        if override:
            overridden = set(against)
        else:
            bad = {one for one, _ in against}
            wanted = [one for one in wanted if one not in bad]
            if bad & set(whole):
                packet, whole = None, []
        if not wanted and not packet:
            wanted, conditions, overridden = ["pelvic-tilt"], (), set()
    items = list(dict.fromkeys([*whole, *wanted]))
    waiting = [one for one in conditions if facts.waits(one)]
    cleared = waiting if safe else [one for one in waiting if draw(st.booleans())]
    fields = ProgramFields(
        patient=draw(st.sampled_from(NAMES)) if safe is None else "Ana Ruiz",
        packet=packet,
        exercise=tuple(f"{one} {draw(doses(one))}".strip() for one in wanted),
        condition=conditions,
        clearance=tuple(f"{one}=Dr. Lee, 2026-11-20" for one in cleared),
        clinician="Dana Reyes" if overridden else None,
        override=tuple(f"{one}:{other}=We talked about it" for one, other in sorted(overridden)),
        language=draw(st.sampled_from(["en", "en", "es"])),
        paper=draw(st.sampled_from(["letter", "a4"])),
        large_print=draw(st.integers(0, 4)) == 0,
        ink_saver=draw(st.integers(0, 4)) == 0,
        log_weeks=draw(st.sampled_from([0, 1, 4])),
    )
    return Case(
        fields=fields,
        exercises=tuple(items),
        conditions=conditions,
        overridden=frozenset(overridden),
        cleared=frozenset(cleared),
    )


def _exercises_of(packet: str | None) -> list[str]:
    entries = facts.packets()[packet]["exercises"] if packet else []
    return [next(iter(one)) if isinstance(one, dict) else str(one) for one in entries]
