"""Time: where a patient stands with a condition on the handout's date, and which of its rules hold there.

Week = days since the operation, injury or birth // 7; a rule's weeks are half-open. Inside a window its verdict holds.
Without a date the strictest of all windows holds. Past the last window the last word on an exercise stands as a
caution, until a clinician has found the condition healed; what is unhealed never expires by date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handouts.errors import AtTerminal
from handouts.library import Library
from handouts.model import Condition, Note, PatientCondition, Program, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A condition as it is judged; `week` is None when nobody knows since when the patient has it.

    `healed_week` is the week in which it was found healed, None where that is not known. `beside`: the ids of what the
    patient has besides.
    """

    condition: Condition
    week: int | None = None
    cleared: bool = False
    healed: bool = False
    healed_week: int | None = None
    beside: frozenset[str] = frozenset()


def standing(known: PatientCondition, on: dt.date) -> Standing:
    """Where the patient stands with a condition on a date."""

    def week_on(day: dt.date) -> int | None:
        return None if known.since is None else (day - known.since).days // 7

    return Standing(
        condition=known.condition,
        week=week_on(on),
        cleared=known.clearance is not None,
        healed=known.healed is not None,
        healed_week=week_on(known.healed.on) if known.healed else None,
    )


def standings(program: Program, library: Library) -> tuple[Standing, ...]:
    """Where the program's patient stands with each condition on the handout's date."""
    return together((standing(known, program.date) for known in program.patient.conditions), library)


def together(conditions: Iterable[Condition | Standing], library: Library) -> tuple[Standing, ...]:
    """Conditions as one patient has them: each knows of the others that are not over."""
    known = [as_standing(one) for one in conditions]
    # A word of healing that came too early ends nothing, here neither.
    have = {of.condition.id for of in known if not is_over(of, library.rules_for(of.condition.id))}
    return tuple(replace(of, beside=frozenset(have - {of.condition.id})) for of in known)


def as_standing(condition: Condition | Standing) -> Standing:
    """A condition of which nothing more is known, as the strictest reading takes it."""
    return condition if isinstance(condition, Standing) else Standing(condition=condition)


def last_week(condition: Condition, rules: Sequence[Rule]) -> int | None:
    """The week in which the last window has ended; None when the condition has no window."""
    ends = [rule.weeks[1] for rule in rules if rule.weeks]
    if condition.window_weeks:
        ends.append(condition.window_weeks[1])
    return max(ends, default=None)


def is_past(of: Standing, rules: Sequence[Rule]) -> bool:
    """Whether the date alone has left the last window behind; never of what is unhealed."""
    end = last_week(of.condition, rules)
    return not of.condition.unhealed and end is not None and of.week is not None and of.week >= end


def is_over(of: Standing, rules: Sequence[Rule]) -> bool:
    """Whether a clinician has found it healed, and neither the patient's week nor the word's own speaks against that.

    A word older than the condition is about another one. One from inside the windows says nothing of their end, save of
    what is unhealed: a bone that was seen to have healed stays so.
    """
    end = last_week(of.condition, rules) or 0
    if not of.healed or (of.week is not None and of.week < end):
        return False
    return of.healed_week is None or of.healed_week >= (0 if of.condition.unhealed else end)


def rules_in_time(
    rules: Sequence[Rule], of: Standing, considered: Callable[[Sequence[Rule]], tuple[Rule, ...]]
) -> tuple[Rule, ...]:
    """The rules of a condition that hold for this patient's week.

    Args:
        rules: all rules of the condition.
        of: where the patient stands with it.
        considered: of the rules of one window, those that speak about the exercise in question.
    """
    if is_over(of, rules):
        return ()
    always = considered([rule for rule in rules if rule.weeks is None])
    windows = [
        considered([rule for rule in rules if rule.weeks and rule.weeks[0] <= week < rule.weeks[1]])
        for week in _weeks(rules, of)
    ]
    if not is_past(of, rules):
        return (*always, *max(windows, key=_strictness, default=()))
    last = next((spoken for spoken in reversed(windows) if spoken), ())
    return tuple(replace(rule, verdict="caution") for rule in (*always, *last))


def _weeks(rules: Sequence[Rule], of: Standing) -> list[int]:
    """The week that counts, or one of each window when no date settles which."""
    end = last_week(of.condition, rules)
    if of.week is not None and end is not None and of.week < end:
        return [of.week]
    return sorted({rule.weeks[0] for rule in rules if rule.weeks})


def _strictness(rules: Sequence[Rule]) -> int:
    if any(rule.verdict == "contraindicated" for rule in rules):
        return 3
    return 2 if any(rule.needs for rule in rules) else len(rules[:1])


def time_notes(program: Program, library: Library) -> tuple[Note, ...]:
    """What the clinician must know of time: a date that is missing, windows that are over, and what that changes."""
    return tuple(note for known in program.patient.conditions for note in _time_notes(known, program.date, library))


def _time_notes(known: PatientCondition, on: dt.date, library: Library) -> Iterator[Note]:
    name, of, rules = known.condition.id, standing(known, on), library.rules_for(known.condition.id)
    over = is_over(of, rules)
    if known.condition.leaves and (over or is_past(of, rules)):
        yield Note("safety", f"{name}: its windows are over, and leave {known.condition.leaves}, whose rules hold")
    end = last_week(of.condition, rules)
    if end is None or over:
        return
    early = f" (the word of {known.healed} came too early to tell)" if known.healed else ""
    if of.week is None:
        if any(rule.weeks for rule in rules):
            text = f'{name}: since when? Without a date its strictest weeks hold: "{name} since YYYY-MM-DD"'
            yield Note("missing", text)
    elif of.week >= end:
        unhealed = of.condition.unhealed
        held = "and not known to have healed: its strictest weeks hold"
        past = f"past its last window (week {end}): blocks are cautions"
        until = f"{name}: week {of.week}, {held if unhealed else past} until a clinician has found it healed"
        confirm = AtTerminal(f'{until}: --healed {name}="WHO, DATE"{early}', until + early)
        yield Note("missing" if unhealed else "safety", confirm)
    elif of.healed:
        text = f"{name}: found healed, but week {of.week} lies inside its windows (to week {end}): they hold"
        yield Note("safety", text)
