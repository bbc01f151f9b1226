"""The parts of one handout that a clinician answers for, how each stands, and whether all of them are signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from handouts.errors import AtTerminal, Problem
from handouts.library import Library
from handouts.library.languages import SOURCE_LANGUAGE
from handouts.model import Finding, Program, Word
from handouts.reviewing.items import Item, is_there
from handouts.reviewing.signatures import Signatures, SignOff, path_of
from handouts.screening import pain_scale, warnings_for


def sign_offs(program: Program, findings: Sequence[Finding], library: Library, day: dt.date) -> tuple[SignOff, ...]:
    """How every part of a handout stands on `day`, and each rule signed for it that is gone. Raises BadInput."""
    signatures = _signatures(library)
    conditions = {known.condition.id for known in program.patient.conditions}
    gone = (one for one in signatures.gone if one.item.kind == "rule" and not one.item.is_translation)
    return (
        *(signatures.sign_off(item, day) for item in parts_of(program, findings, signatures)),
        *(one for one in gone if one.signature and one.signature.content.get("condition") in conditions),
    )


def parts_of(program: Program, findings: Sequence[Finding], signatures: Signatures) -> tuple[Item, ...]:
    """What a handout prints and what has decided on it: exercises, packet, conditions and all of their rules, warnings,
    pain scale; then the translations that it prints.

    A rule that was not met counts too: that it was not met is its decision.
    """
    library = signatures.library
    conditions = [known.condition.id for known in program.patient.conditions]
    printed = [Item("exercise", one.exercise.id) for one in program.prescriptions]
    printed += [Item("packet", program.packet.id)] if program.packet else []
    printed += [Item("condition", one) for one in conditions]
    printed += [Item("rule", one.rule.id) for one in findings if one.rule]
    printed += [Item("warning", one.id) for one in warnings_for(program, library)]
    printed.append(Item("pain-scale", pain_scale(program, library).id))
    deciding = [Item("rule", rule.id) for one in conditions for rule in library.rules_for(one)]
    translations = [Item(one.kind, one.id, program.language) for one in printed if program.language != SOURCE_LANGUAGE]
    return tuple(dict.fromkeys((*printed, *deciding, *filter(signatures.is_printed, translations))))


def handout_review(found: Sequence[SignOff]) -> Word | None:
    """Who has reviewed a handout, and when at the earliest; None unless every part is signed, by what still holds."""
    signatures = [one.signature for one in found if one.state == "signed" and one.signature]
    if not found or len(signatures) < len(found):
        return None
    # The oldest day: nobody has looked at the whole since.
    return Word(by="; ".join(dict.fromkeys(one.by for one in signatures)), on=min(one.on for one in signatures))


def sign_off_problems(found: Sequence[SignOff], library: Library) -> list[Problem]:
    """Why a handout may not be printed where every part must be signed: each part that is not, and what shows it."""
    return [_problem(one, library) for one in found if one.state != "signed"]


def _problem(one: SignOff, library: Library) -> Problem:
    item, signature = one.item, one.signature
    if not is_there(item, library):
        hint = "put it back, or take its file out of reviews/ when that was meant"
        return Problem(str(path_of(item, Path())), 0, 0, f"{item} was signed, and is no longer in the library", hint)
    message = f"{item} is not signed off"
    if signature and one.state == "changed":
        message = f"{item} has changed since {signature.by} signed it on {signature.on}"
    elif signature:
        message = f"{item}: the signature of {signature.by} ended on {signature.until}"
    action = "changed" if one.state == "changed" else "sheet"
    hint = AtTerminal(f"see it with: handouts review {action} {item}")
    return library.origin(item.library_kind, item.id, item.language).problem(message, hint=hint)


@lru_cache(maxsize=1)
def _signatures(library: Library) -> Signatures:
    """The signatures of the library in use, read once for all handouts of a run."""
    return Signatures(library)
