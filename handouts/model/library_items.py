"""The items of the library: exercises, packets, clinics.

Texts that a patient reads stand in `*Text` values; each says in which language (BCP 47) it is, because a text whose
translation is missing or stale comes in English. What a type is annotated with is the limit of the field in a file, as
the library reads it: the most characters, the range of a number, the choices, or of what sort the names are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from handouts.dose import Dose

Side = Literal["left", "right"]
Sides = Literal["none", "side", "leg", "arm", "hand", "foot"]
Level = Literal["gentle", "standard", "strong"]
Region = Annotated[str, 40]
Id = Annotated[str, 80]
"""Where it names a source or an exercise, that is looked up when the whole library is checked."""
Words = Annotated[str, 400]
Paper = Literal["letter", "a4"]
FIGURE_SKINS = ("light", "medium", "tan", "brown", "dark")
PAPER_NAMES: dict[str, Paper] = {"us letter": "letter", "us-letter": "letter", "din a4": "a4", "iso a4": "a4"}
"""What papers are called besides; case does not matter."""

POSITIONS = ("supine", "propped", "side-lying", "prone", "hands-knees", "kneeling", "sitting", "standing", "any")
"""Starting positions in the order in which a program is done, so that the patient changes position least often."""

GOALS = ("strength", "mobility", "stretch", "motor-control", "balance", "relaxation")
BASES = ("retrieved", "reprint", "excerpt", "recalled", "first-source")
"""How a source was read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """A common mistake: the `sign` a patient can notice, and what to do to `mend` it."""

    sign: Annotated[str, 200]
    mend: Annotated[str, 200]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExerciseText:
    """What a patient reads about one exercise; `starts` are its start in other positions."""

    lang: str
    name: Annotated[str, 80]
    also_called: tuple[str, ...] = ()
    purpose: Words
    setup: Words
    steps: tuple[Words, ...]
    feel: Words
    breathing: Words | None = None
    mistakes: tuple[Mistake, ...] = ()
    make_easier: Words | None = None
    make_harder: Words | None = None
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
    region: Region
    goal: Annotated[str, GOALS]
    position: Annotated[str, POSITIONS]
    equipment: tuple[str, ...] = ()
    bed_ok: bool = False
    sides: Sides = "none"
    movements: tuple[Annotated[str, "movement"], ...]
    only_for: tuple[str, ...] = ()
    dose: Dose
    dose_levels: dict[str, Dose] = field(default_factory=dict)
    dose_source: Id
    dose_basis: Annotated[str, BASES]
    rep_s: Annotated[int, range(1, 61)] = 4
    easier: Id | None = None
    harder: Id | None = None
    progression: str | None = None
    picture: dict[str, Any] = field(default_factory=dict)
    photo: Photo | None = None
    text: ExerciseText


@dataclass(frozen=True, kw_only=True, slots=True)
class PacketText:
    """What a patient reads about a packet: `title` and one-line `purpose` head the sheet."""

    lang: str
    title: Annotated[str, 120]
    purpose: Words
    progression: Annotated[str, 600]
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

    condition: Annotated[str, "condition"]
    reason: str
    use: Annotated[str, "packet"] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Packet:
    """A standard program. `text.notes` holds notes to the patient by exercise id.

    `after` names the packet that this one continues: first the starter set, then its next step.
    """

    id: str
    for_whom: str
    region: Region
    phase: Annotated[str, ("single", "early", "later")] = "single"
    after: Annotated[str, "packet"] | None = None
    course_weeks: Annotated[int, range(1, 53)] = 6
    target_conditions: tuple[Annotated[str, "condition"], ...] = ()
    items: tuple[PacketItem, ...]
    not_for: tuple[NotFor, ...] = ()
    sources: tuple[str, ...] = ()
    text: PacketText


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a fact is from and how it was read: retrieved, reprint, excerpt, recalled or first-source."""

    id: str
    name: str
    basis: Annotated[str, BASES]
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clinic:
    """Whose name is on the sheet. `hours`, `letterhead`, `licences` and `closing` map a language code to a text.

    `figures` are the skins of the people in pictures, out of `FIGURE_SKINS`; none for all of them.
    `notices` maps a language tag, also one that no sheet is in, to paragraphs; one that begins with `# ` is a heading.
    `notices_pdf` is the file that a PDF ends with instead of them.
    """

    id: str
    name: Annotated[str, 120] | None = None
    address: Annotated[str, 200] | None = None
    phone: Annotated[str, 40] | None = None
    web: Annotated[str, 120] | None = None
    hours: dict[str, str] = field(default_factory=dict)
    letterhead: dict[str, str] = field(default_factory=dict)
    licences: dict[str, str] = field(default_factory=dict)
    closing: dict[str, str] = field(default_factory=dict)
    notices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notices_pdf: Annotated[str, 120] | None = None
    colour: str = "#0F5B52"
    accent: str = "#C8460F"
    country: str = "US"
    emergency: str = "911"
    paper: Paper = "letter"
    language: Annotated[str, "language"] = "en"
    log_weeks: Annotated[int, range(13)] = 4
    logo: Annotated[str, 120] | None = None
    figures: tuple[Annotated[str, "skin"], ...] = ()
