"""The items of the library: exercises, conditions, rules, warnings, packets, clinics.

Texts that a patient reads stand in `*Text` values; each says in which language (BCP 47) it is, because a text whose
translation is missing or stale comes in English.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from handouts.dose import Dose
from handouts.model.adaptations import Adapt, AdaptedText

Verdict = Literal["contraindicated", "caution"]
Side = Literal["left", "right"]
Level = Literal["gentle", "standard", "strong"]
Paper = Literal["letter", "a4"]
FIGURE_SKINS = ("light", "medium", "tan", "brown", "dark")
PAPER_NAMES: dict[str, Paper] = {"us letter": "letter", "us-letter": "letter", "din a4": "a4", "iso a4": "a4"}
"""What papers are called besides; case does not matter."""

POSITIONS = ("supine", "propped", "side-lying", "prone", "hands-knees", "kneeling", "sitting", "standing", "any")
"""Starting positions in the order in which a program is done, so that the patient changes position least often."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """Who has signed everything that a handout or an exercise says, and on which day at the earliest."""

    by: str
    on: dt.date


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """A common mistake: the `sign` a patient can notice, and what to do to `mend` it."""

    sign: str
    mend: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExerciseText:
    """What a patient reads about one exercise; `starts` are its start in other positions."""

    lang: str
    name: str
    also_called: tuple[str, ...] = ()
    purpose: str
    setup: str
    steps: tuple[str, ...]
    feel: str
    breathing: str | None = None
    mistakes: tuple[Mistake, ...] = ()
    make_easier: str | None = None
    make_harder: str | None = None
    starts: dict[str, str] = field(default_factory=dict)
    muscles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """A clinic's own picture in place of a pose: a file, the side it `shows`, and its words by language code."""

    file: str
    shows: Side | None = None
    alt: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise:
    """One exercise of the library. `picture` is the pose as data, which the figure room reads; or a `photo`.

    `only_for`: the conditions without which no rule chooses it; it is prescribed by name or in a packet to anyone.
    """

    id: str
    region: str
    goal: str
    position: str
    equipment: tuple[str, ...] = ()
    bed_ok: bool = False
    sides: Literal["none", "side", "leg", "arm", "hand", "foot"] = "none"
    movements: tuple[str, ...]
    only_for: tuple[str, ...] = ()
    dose: Dose
    dose_levels: dict[str, Dose] = field(default_factory=dict)
    dose_source: str
    dose_basis: str
    rep_s: int = 4
    easier: str | None = None
    harder: str | None = None
    progression: str | None = None
    picture: dict[str, Any] = field(default_factory=dict)
    photo: Photo | None = None
    text: ExerciseText


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionText:
    """`name` is the plain name; `for_you` opens the caution box ('You have weak bones.')."""

    lang: str
    name: str
    for_you: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NeededClearance:
    """Whose word a condition waits for. `by` gives it, `says` is what it should tell.

    Level `program`: nothing is printed without it. `protocol`: nothing is chosen by rule without it. `ask`: a question
    to the clinician.
    """

    level: Literal["program", "protocol", "ask"]
    by: str
    says: str | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """What a patient may have.

    `blocks_all`: no exercise may be printed at all. `no_progression`: lines that say how to do more are wrong for it.
    `unhealed`: it ends when a clinician says so, never by date. `window_weeks`: how long it usually counts as recent.
    `needs_helper`: somebody helps this patient with the exercises. `one_sided`: the regions whose exercises are done on
    its side; `often_both`: on both, unless one is named.
    """

    id: str
    clinical: str
    icd10cm: tuple[str, ...] = ()
    category: str
    tier: str
    urgency: Literal["none", "clearance", "same-day", "emergency"]
    blocks_all: bool
    no_progression: bool = False
    needs_helper: bool = False
    one_sided: tuple[str, ...] = ()
    often_both: bool = False
    aliases: tuple[str, ...] = ()
    note: str | None = None
    ask_clinician: str | None = None
    window_weeks: tuple[int, int] | None = None
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
    advice: str
    short: str | None = None
    adapted: AdaptedText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Condition × movements (or named exercises) → verdict. `every` means every exercise.

    `also`: it holds only for who also has one of these conditions. `weeks`: it holds from the first week to before the
    second, counted from the day of the operation, injury or birth.
    `needs` clearance: a caution for what is done only on the surgeon's or clinician's word.
    """

    id: str
    condition: str
    verdict: Verdict
    every: bool = False
    movements: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    except_exercises: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    weeks: tuple[int, int] | None = None
    needs: Literal["clearance"] | None = None
    adapt: Adapt | None = None
    reason: str
    source: str
    text: RuleText


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """A movement tag: what the rules look at, in one plain line."""

    id: str
    name: str
    code: str


ZoneKind = Literal["go", "care", "stop"]
Action = Literal["call-911", "call-doctor-today", "stop-and-call", "know"]
"""What a line of safety asks for, most urgent first: the heading under which it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemText:
    """One line of a warning: `text` for the page 'Stay safe', `page1` its shortest form for the boxes of page 1."""

    id: str
    text: str
    page1: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningText:
    """`title` is the sub-heading inside a box, None where none is needed. `{emergency}` and `{phone}` are filled in."""

    lang: str
    title: str | None = None
    items: tuple[ItemText, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliesTo:
    """When a warning is shown: any match shows it; an exception always removes it.

    `own_conditions` count only when the patient is known to have them, not when a packet is made for them.
    `only_regions`: and only with one of these.
    """

    everyone: bool = False
    regions: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    own_conditions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    except_conditions: tuple[str, ...] = ()
    except_regions: tuple[str, ...] = ()
    only_regions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningItem:
    """What one line asks for. Items of one `sign` mean the same: one is printed.

    `spare` lines are the first to be left out of a full page; `always`: on page 1 whatever else stands there.
    """

    id: str
    action: Action
    sign: str
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
    low: int
    high: int
    word: str
    action: str
    more: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PainScaleText:
    """The zones, what to do when it is worse the next day, and the line of page 1 that names the pain to stop at."""

    lang: str
    zones: tuple[PainZone, ...]
    next_day: str
    page1: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScaleCondition:
    """A condition that asks for a pain scale, and for how many weeks; None while the patient has it."""

    condition: str
    weeks: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PainScale:
    """A pain scale, for everyone or for those with one of its conditions."""

    id: str
    everyone: bool = False
    conditions: tuple[ScaleCondition, ...] = ()
    sources: tuple[str, ...]
    text: PainScaleText


@dataclass(frozen=True, kw_only=True, slots=True)
class PacketText:
    """What a patient reads about a packet: `title` and one-line `purpose` head the sheet."""

    lang: str
    title: str
    purpose: str
    progression: str
    advice: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class PacketItem:
    """One exercise of a packet. Its dose is complete as written: a blank stays blank."""

    exercise: str
    dose: Dose
    dose_source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotFor:
    """A condition for which the whole packet is refused, and the safer packet if there is one."""

    condition: str
    reason: str
    use: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Packet:
    """A standard program. `text.notes` holds notes to the patient by exercise id.

    `after` names the packet that this one continues: first the starter set, then its next step.
    """

    id: str
    for_whom: str
    region: str
    phase: str
    after: str | None = None
    course_weeks: int
    target_conditions: tuple[str, ...] = ()
    items: tuple[PacketItem, ...]
    not_for: tuple[NotFor, ...] = ()
    sources: tuple[str, ...] = ()
    text: PacketText


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a fact is from and how it was read: retrieved, reprint, excerpt, recalled or first-source."""

    id: str
    name: str
    basis: str
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clinic:
    """Whose name is on the sheet. `hours`, `letterhead`, `licences` and `closing` map a language code to a text.

    `figures` are the skins of the people in pictures, out of `FIGURE_SKINS`; none for all of them.
    `notices` maps a language tag, also one that no sheet is in, to paragraphs; one that begins with `# ` is a heading.
    """

    id: str
    name: str | None = None
    address: str | None = None
    phone: str | None = None
    web: str | None = None
    hours: dict[str, str] = field(default_factory=dict)
    letterhead: dict[str, str] = field(default_factory=dict)
    licences: dict[str, str] = field(default_factory=dict)
    closing: dict[str, str] = field(default_factory=dict)
    notices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    colour: str = "#0F5B52"
    accent: str = "#C8460F"
    country: str = "US"
    emergency: str = "911"
    paper: Paper = "letter"
    language: str = "en"
    log_weeks: int = 4
    logo: str | None = None
    figures: tuple[str, ...] = ()
