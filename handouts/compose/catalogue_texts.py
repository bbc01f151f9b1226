"""What the catalogue of a library says: regions and their exercises in one language, with what the rules forbid.

For clinicians who choose exercises, not for patients. Knows no picture, page, size or colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handouts.compose.line import dose_with_times
from handouts.compose.text import Text, labelled, strengthened
from handouts.compose.words import Words
from handouts.errors import BadInput, Problem
from handouts.library import Library
from handouts.library.locale import Locale
from handouts.library.nearest import did_you_mean
from handouts.model import POSITIONS, Clinic, Exercise, Word
from handouts.screening import judged_by

REGIONS = ("low-back", "neck", "upper-back", "shoulder", "elbow-hand", "hip", "knee", "ankle-foot", "balance")
"""The order of the regions from the trunk outwards; others follow by name."""


@dataclass(frozen=True, kw_only=True)
class CatalogueRow:
    """One exercise to choose."""

    id: str
    name: Text
    other_names: tuple[Text, ...]
    code: Text
    dose: Text
    setting: Text
    moves: Text
    not_for: Text
    forbidding: tuple[str, ...]
    review: Text
    reviewed: bool
    alt: str
    lang: str


@dataclass(frozen=True, kw_only=True)
class CatalogueRegion:
    """A part of the body with its exercises, in the order of positions and then of names."""

    id: str
    name: Text
    rows: tuple[CatalogueRow, ...]


@dataclass(frozen=True, kw_only=True)
class ConditionCode:
    """A condition's code with its plain name."""

    code: Text
    name: Text


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything one catalogue says; `page_of` has the fields {page} and {pages}."""

    lang: str
    title: Text
    subject: Text
    clinic: Text
    phone: Text
    purpose: Text
    notices: tuple[Text, ...]
    contents: Text
    index: Text
    conditions: Text
    conditions_note: Text
    regions: tuple[CatalogueRegion, ...]
    codes: tuple[ConditionCode, ...]
    foot: Text
    page_of: str


def compose_catalogue(
    library: Library,
    locale: Locale,
    clinic: Clinic,
    regions: Iterable[str] = (),
    reviews: Mapping[str, Word] | None = None,
) -> Catalogue:
    """The catalogue of these regions, all of them when none is named; `reviews` has the exercises that are signed off.

    Raises:
        BadInput: a region has no exercises, or content is bad.
    """
    words = Words(locale, emergency=clinic.emergency, phone=clinic.phone)
    exercises = library.exercises()
    chosen = _chosen(tuple(regions), {exercise.region for exercise in exercises})
    build = _Composer(library, locale, words, reviews or {})
    found = tuple(build.region(one, [exercise for exercise in exercises if exercise.region == one]) for one in chosen)
    rows = [row for region in found for row in region.rows]
    never = [one.id for one in library.conditions.values() if one.blocks_all]
    coded = {*never, *(one for row in rows for one in row.forbidding)}
    return Catalogue(
        lang=locale.tag,
        title=build.say("title"),
        subject=build.say("subject"),
        clinic=words.plain(clinic.name, "clinic.name"),
        phone=words.plain(clinic.phone, "clinic.phone"),
        purpose=build.say("purpose", n=len(rows)),
        notices=(
            build.say("how"),
            build.say("heed"),
            labelled(build.say("never"), build.codes(never)),
            build.say("reviewed_count", n=sum(row.reviewed for row in rows), all=len(rows)),
        ),
        contents=build.say("contents"),
        index=build.say("index"),
        conditions=build.say("conditions"),
        conditions_note=build.say("conditions_told"),
        regions=found,
        codes=tuple(
            ConditionCode(code=build.codes([one.id]), name=words.plain(text.name, f"{one.id}.name", text.lang))
            for one in sorted(library.conditions.values(), key=lambda one: one.id)
            if one.id in coded
            for text in [locale.text(one)]
        ),
        foot=build.say("foot"),
        page_of=locale.say("handout.page_of", page="{page}", pages="{pages}"),
    )


def _chosen(asked: tuple[str, ...], known: set[str]) -> list[str]:
    """The regions in the catalogue's order."""
    problems = [
        Problem("--region", 0, 0, f"no exercise has the region '{one}'", did_you_mean(one, known))
        for one in asked
        if one not in known
    ]
    if problems:
        raise BadInput(problems)
    ordered = [one for one in REGIONS if one in known] + sorted(known.difference(REGIONS))
    return [one for one in ordered if not asked or one in asked]


class _Composer:
    """Says things in the catalogue's language."""

    def __init__(self, library: Library, locale: Locale, words: Words, reviews: Mapping[str, Word]) -> None:
        self.library, self.locale, self.words, self.reviews = library, locale, words, reviews

    def say(self, key: str, **values: str | int) -> Text:
        return self.words.advice(self.locale.say(f"catalogue.{key}", **values), f"catalogue.{key}")

    def codes(self, ids: Iterable[str]) -> Text:
        """Ids as they are typed on the command line, in whatever language the catalogue is."""
        return self.words.plain(", ".join(ids), "id", "en-US")

    def region(self, region: str, exercises: Iterable[Exercise]) -> CatalogueRegion:
        ordered = sorted(exercises, key=lambda one: (POSITIONS.index(one.position), one.text.name))
        return CatalogueRegion(
            id=region,
            name=self.words.plain(self.locale.say(f"names.regions.{region}"), "names.regions"),
            rows=tuple(self.row(exercise) for exercise in ordered),
        )

    def row(self, exercise: Exercise) -> CatalogueRow:
        words, text = self.words, self.locale.text(exercise)
        conditions, forbidden = self.library.conditions, judged_by(exercise, self.library)["contraindicated"]
        # With some nothing is printed at all: they would stand under every exercise and tell nothing.
        forbidding = [one for one in forbidden if not conditions[one].blocks_all]
        moves = ", ".join(self.locale.text(self.library.movements[one]).name for one in exercise.movements)
        dose = dose_with_times(exercise.dose, exercise, self.locale)
        signed = self.reviews.get(exercise.id)
        return CatalogueRow(
            id=exercise.id,
            name=words.plain(text.name, f"{exercise.id}.name", text.lang),
            other_names=tuple(words.plain(one, f"{exercise.id}.also_called", text.lang) for one in text.also_called),
            code=self.codes([exercise.id]),
            dose=strengthened(words.plain(dose, f"{exercise.id}.dose")),
            setting=words.plain(self._setting(exercise), "names"),
            moves=labelled(self.say("moves"), words.plain(moves, "movements")),
            not_for=labelled(self.say("not_for"), self.codes(forbidding) or self.say("no_rule")),
            forbidding=tuple(forbidding),
            review=words.plain(signed.by, f"{exercise.id}.reviewed") if signed else self.say("not_reviewed"),
            reviewed=signed is not None,
            alt=" ".join([f"{text.name}.", text.setup, *text.steps]),
            lang=words.foreign(text.lang),
        )

    def _setting(self, exercise: Exercise) -> str:
        names = [("positions", exercise.position), ("goals", exercise.goal)]
        names += [("equipment", one) for one in exercise.equipment]
        return " · ".join(self.locale.say(f"names.{section}.{value}") for section, value in names)
