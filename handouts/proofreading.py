"""What is wrong with a handout before it is printed: faults of its pages, and its scores by two instruments."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from handouts.errors import BadInput, Problem
from handouts.layout.page_check import printed_texts, recorded, text_problems
from handouts.library import Kind, Library
from handouts.library.safety_facts import meets
from handouts.model import AppliesTo, Clinic, Program
from handouts.prescription import ProgramFields, build_program
from handouts.prescription.patient_conditions import MOST_CONDITIONS
from handouts.programs import screen
from handouts.readability import Material, Score, scores
from handouts.rendering import lay_out_program
from handouts.screening import RefusedForSafety, verdict

_ANY_DAY = dt.date(2000, 1, 1)
"""A packet without a patient prints no date."""

_MUCH = 500
"""Characters of a library's own cautions, or of its own signs, for one patient: fewer fit in any print."""
_MOST_TRIED = 3
"""Exercises with the most cautions that are laid out: the others have fewer."""


def proofread(program: Program, library: Library) -> tuple[list[str], tuple[Score, ...]]:
    """Lay out a program's handout and read it as its critics would: faults of its pages, and its scores.

    Raises:
        RefusedForSafety: it may not be printed.
        BadInput: content is bad.
        UnprintableText: a character is in none of the bundled fonts.
    """
    laid_out = lay_out_program(screened := screen(program, library), library)
    handout, pages = laid_out.pages.handout, recorded(laid_out.pages)
    material = Material(
        handout=handout, findings=screened.findings, locale=laid_out.locale, printed=printed_texts(pages)
    )
    return list(text_problems(laid_out.pages, pages)), scores(material)


def clinic_problems(clinic: Clinic, library: Library) -> tuple[str, ...]:
    """Faults that a clinic's name, address or logo makes on the pages of its shortest packet, in any print.

    Raises:
        BadInput, UnprintableText: as `proofread` does.
    """
    packet = min(library.read_all(library.packet, library.packets), key=lambda one: len(one.items))
    found: list[str] = []
    for large in (False, True):
        fields = ProgramFields(packet=packet.id, clinic=clinic.id, large_print=large)
        program = build_program(fields, library, date=_ANY_DAY, name_required=False)
        found += proofread(program, library)[0]
    return tuple(dict.fromkeys(found))


def crowding_problems(library: Library) -> Iterator[Problem]:
    """Rules and warnings of a clinic's own that say more to one patient than a page holds, in any print.

    Laid out are the patients who would read the most of them.
    """
    for kind, item, conditions, exercise in (*_most_cautioned(library), *_most_warned(library)):
        words = tuple(f"{one}=N, {_ANY_DAY}" for one in conditions if library.conditions[one].clearance)
        fields = ProgramFields(exercise=(exercise,), condition=conditions, clearance=words)
        try:
            for large in (False, True):
                printed = replace(fields, large_print=large)
                program = build_program(printed, library, date=_ANY_DAY, name_required=False)
                lay_out_program(screen(program, library), library)
        except RefusedForSafety:
            continue
        except BadInput as error:
            whose = f"{exercise} with {', '.join(conditions)}" if conditions else exercise
            message = f"too much is said of {whose} for a page: {error.problems[0].message}"
            yield library.origin(kind, item).problem(message, hint="shorten it, or say less")


_Crowded = tuple[Kind, str, tuple[str, ...], str]
"""A rule or warning, and the conditions and exercise of a patient who reads much of its kind."""


def _most_cautioned(library: Library) -> Iterator[_Crowded]:
    built_in = {rule.id: rule for rule in library.built_in.rules}
    own = [rule for rule in library.rules if rule.verdict == "caution" and rule != built_in.get(rule.id)]
    found: list[tuple[int, _Crowded]] = []
    for exercise in library.exercises() if own else ():
        letters: Counter[str] = Counter()
        for rule in own:
            if meets(rule, exercise):
                letters[rule.condition] += len(rule.text.advice)
        printed = [one for one in letters if verdict(exercise, [library.conditions[one]], library) == "caution"]
        most = sorted(printed, key=lambda one: -letters[one])[:MOST_CONDITIONS]
        if sum(letters[one] for one in most) >= _MUCH:
            last = next(rule.id for rule in reversed(own) if rule.condition == most[0] and meets(rule, exercise))
            found.append((sum(letters[one] for one in most), ("rules", last, tuple(most), exercise.id)))
    yield from (one for _, one in sorted(found, reverse=True)[:_MOST_TRIED])


def _most_warned(library: Library) -> Iterator[_Crowded]:
    built_in = {warning.id: warning for warning in library.built_in.warnings}
    letters: Counter[_Crowded] = Counter()
    for warning in library.warnings:
        if warning != built_in.get(warning.id) and not warning.applies_to.everyone:
            for patient in _warned(warning.applies_to, library):
                length = sum(len(item.text) + len(item.page1 or "") for item in warning.text.items)
                first = next((one for one in letters if one[2:] == patient), ("warnings", warning.id, *patient))
                letters[first] += length
    yield from (one for one, length in letters.items() if length >= _MUCH)


def _warned(applies: AppliesTo, library: Library) -> Iterator[tuple[tuple[str, ...], str]]:
    """Conditions and exercise of patients to whom a warning applies, one for each thing that it is for."""
    regions = applies.only_regions or applies.regions
    exercises = [one for one in library.exercises() if one.region in regions or one.id in applies.exercises]
    exercises = exercises or list(library.exercises())
    named = {*applies.conditions, *applies.own_conditions}
    for condition in library.conditions.values():
        if condition.id in named or condition.category in applies.categories:
            safe = (one.id for one in exercises if verdict(one, [condition], library) != "contraindicated")
            if exercise := next(safe, None):
                yield (condition.id,), exercise
    for region in applies.regions:
        yield (), next(one.id for one in exercises if one.region == region)
    yield from (((), one) for one in applies.exercises)
