"""What safety looks at: conditions, rules and how they change an exercise, movements, warnings, pain scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from handouts.dose import Dose
from handouts.model.library_items import Id, Words

Verdict = Literal["contraindicated", "caution"]
ConditionId = Annotated[str, "condition"]
ExerciseId = Annotated[str, "exercise"]
Page1 = Annotated[str, 60]
"""A line of page 1."""
OTHER_STARTS = ("propped", "sitting")
"""Positions for which an exercise may have a start of its own, besides where it is usually done."""
CATEGORIES = (
    "red-flag", "general", "post-surgery", "upper-limb", "lower-limb", "spine", "pregnancy", "function",
)  # fmt: skip
Urgency = Literal["none", "clearance", "same-day", "emergency"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
"""Most urgent last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AdaptedText:
    """What the card says in place of the exercise's own words; None where those stand.

    Steps replace the whole way of doing it: the exercise's breathing, mistakes, feel, easier and harder go too.
    """

    setup: Words | None = None
    steps: tuple[str, ...] = ()
    easier: Words | None = None
    harder: Words | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Adapt:
    """What a rule changes of its `exercises` (none named: of all that it is about), besides the words in its text.

    `position`: where it is done, of those for which the exercise has a start. `like`: an exercise whose figure, place
    and equipment are shown. `most`: the ceiling of the dose, the upper end of each part. `minutes_a_week`: the time is
    at most so many minutes for each week since. `no_load`: done without a weight or band.
    """

    exercises: tuple[ExerciseId, ...] = ()
    position: Annotated[str, OTHER_STARTS] | None = None
    like: ExerciseId | None = None
    most: Dose | None = None
    minutes_a_week: Annotated[int, range(1, 61)] | None = None
    no_load: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionText:
    """`name` is the plain name; `for_you` opens the caution box ('You have weak bones.')."""

    lang: str
    name: Annotated[str, 200]
    for_you: Annotated[str, 300]


@dataclass(frozen=True, kw_only=True, slots=True)
class NeededClearance:
    """Whose word a condition waits for. `by` gives it, `says` is what it should tell.

    Level `program`: nothing is printed without it. `protocol`: nothing is chosen by rule without it. `ask`: a question
    to the clinician.
    """

    level: Literal["program", "protocol", "ask"]
    by: Annotated[str, 200]
    says: Annotated[str, 200] | None = None
    source: Id | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """The weeks in which a condition can be meant, from `first` to before `end`; None when it has no end.

    `earlier` and `later`: the conditions that stand for the weeks before and after it.
    """

    first: int
    end: int | None = None
    earlier: str | None = None
    later: str | None = None

    def holds(self, week: int) -> bool:
        """Whether the condition can be meant in a week."""
        return self.first <= week and (self.end is None or week < self.end)


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """What a patient may have.

    `blocks_all`: no exercise may be printed at all. `no_progression`: lines that say how to do more are wrong for it.
    `unhealed`: it ends when a clinician says so, never by date. `window_weeks`: how long it usually counts as recent.
    `needs_helper`: somebody helps this patient with the exercises. `one_sided`: the regions whose exercises are done on
    its side; `often_both`: on both, unless one is named; `no_side`: it is on no side at all. `leaves`: what the patient
    has once its windows are over, healed or not.
    """

    id: str
    clinical: str
    icd10cm: tuple[str, ...] = ()
    category: Annotated[str, CATEGORIES]
    tier: Annotated[str, ("core", "extended")] = "extended"
    urgency: Urgency
    blocks_all: bool
    no_progression: bool = False
    needs_helper: bool = False
    one_sided: tuple[str, ...] = ()
    often_both: bool = False
    no_side: bool = False
    aliases: tuple[str, ...] = ()
    note: str | None = None
    ask_clinician: str | None = None
    window_weeks: tuple[int, int] | None = None
    stage: Stage | None = None
    leaves: str | None = None
    unhealed: bool = False
    clearance: NeededClearance | None = None
    text: ConditionText

    @property
    def clearance_level(self) -> Literal["program", "protocol", "ask"] | None:
        """How much waits for a named clearance; None when nothing does."""
        if self.urgency == "clearance":
            return "program"
        return self.clearance.level if self.clearance else None


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleText:
    """The caution on the card: `advice` is one or two plain sentences, `short` the same in a few words without bold."""

    lang: str
    advice: Words
    short: Annotated[str, 60] | None = None
    adapted: AdaptedText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Condition × movements (or named exercises) → verdict. `every` means every exercise.

    `also`: it holds only for who also has one of these conditions. `weeks`: it holds from the first week to before the
    second, counted from the day of the operation, injury or birth.
    `needs` clearance: a caution for what is done only on the surgeon's or clinician's word.
    """

    id: str
    condition: ConditionId
    verdict: Verdict
    every: bool = False
    movements: tuple[Annotated[str, "movement"], ...] = ()
    exercises: tuple[ExerciseId, ...] = ()
    except_exercises: tuple[ExerciseId, ...] = ()
    also: tuple[ConditionId, ...] = ()
    weeks: tuple[int, int] | None = None
    needs: Literal["clearance"] | None = None
    adapt: Adapt | None = None
    reason: str
    source: Id
    text: RuleText


@dataclass(frozen=True, kw_only=True, slots=True)
class MovementText:
    """The plain name of a movement."""

    lang: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """A movement tag: what the rules look at, in one plain line."""

    id: str
    code: Annotated[str, 40]
    text: MovementText


ZoneKind = Literal["go", "care", "stop"]
Action = Literal["call-911", "call-doctor-today", "stop-and-call", "know"]
"""What a line of safety asks for, most urgent first: the heading under which it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemText:
    """One line of a warning: `text` for the page 'Stay safe', `page1` its shortest form for the boxes of page 1."""

    id: str
    text: Annotated[str, 160]
    page1: Page1 | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningText:
    """`title` is the sub-heading inside a box, None where none is needed. `{emergency}` and `{phone}` are filled in."""

    lang: str
    title: Annotated[str, 80] | None = None
    items: tuple[ItemText, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliesTo:
    """When a warning is shown: any match shows it; an exception always removes it.

    `own_conditions` count only when the patient is known to have them, not when a packet is made for them.
    `only_regions`: and only with one of these.
    """

    everyone: bool = False
    regions: tuple[str, ...] = ()
    conditions: tuple[ConditionId, ...] = ()
    own_conditions: tuple[ConditionId, ...] = ()
    categories: tuple[Annotated[str, "category"], ...] = ()
    exercises: tuple[ExerciseId, ...] = ()
    except_conditions: tuple[ConditionId, ...] = ()
    except_regions: tuple[str, ...] = ()
    only_regions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningItem:
    """What one line asks for. Items of one `sign` mean the same: one is printed.

    `spare` lines are the first to be left out of a full page; `always`: on page 1 whatever else stands there.
    """

    id: Id
    action: Action
    sign: Id
    spare: bool = False
    always: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Warning:  # noqa: A001 - the field's own word, never used bare
    """Red flags, stop rules and notes on one matter, each item with its own action; `text` words them by id."""

    id: str
    applies_to: AppliesTo
    sources: tuple[str, ...]
    items: tuple[WarningItem, ...]
    text: WarningText


@dataclass(frozen=True, kw_only=True, slots=True)
class PainZone:
    """One zone of the 0–10 pain scale, `low` to `high` inclusive: what to do in few words, and `more` of it."""

    kind: ZoneKind
    low: Annotated[int, range(11)] = 0
    high: Annotated[int, range(11)] = 10
    word: Annotated[str, 40]
    action: Annotated[str, 100]
    more: Annotated[str, 200] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PainScaleText:
    """The zones, what to do when it is worse the next day, and the line of page 1 that names the pain to stop at."""

    lang: str
    zones: tuple[PainZone, ...]
    next_day: Annotated[str, 100]
    page1: Page1


@dataclass(frozen=True, kw_only=True, slots=True)
class ScaleCondition:
    """A condition that asks for a pain scale, and for how many weeks; None while the patient has it."""

    condition: str
    weeks: Annotated[int, range(1, 521)] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PainScale:
    """A pain scale, for everyone or for those with one of its conditions."""

    id: str
    everyone: bool = False
    conditions: tuple[ScaleCondition, ...] = ()
    sources: tuple[str, ...]
    text: PainScaleText
