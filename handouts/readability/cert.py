"""The items of the Consensus on Exercise Reporting Template that a sheet itself answers.

Source: S. C. Slade et al., CERT, Br J Sports Med 2016;50:1428; the items are put into words of our own. The template
was made for reports of trials: what concerns the trial (fidelity, motivation, qualifications) is left to people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handouts.layout.line_breaking import wording
from handouts.readability.findings import Answer, Item, all_of
from handouts.readability.said import Said

_LEFT: Answer = (None, "left to people")


def cert_items(said: Said) -> Iterator[Item]:
    """Every item in the template's order."""
    for number, asks, judge in _ITEMS:
        met, why = judge(said)
        yield Item(number, asks, met, why)


def _equipment(said: Said) -> Answer:
    """What an exercise needs is named on its card; a mat alone goes without saying, for a firm bed or floor will do."""
    needs = {item.exercise.id: set(item.exercise.equipment) - {"mat"} for item in said.program.prescriptions}
    lacking = (f"{entry.id}: {', '.join(sorted(needs[entry.id]))} not named" for entry in said.handout.entries
               if needs[entry.id] and not entry.needs)  # fmt: skip
    return all_of(lacking, "what each exercise needs is named")


def _home(said: Said) -> Answer:
    """The cards must do without the clinic: every exercise has its steps, and the sheet says when to call."""
    handout = said.handout
    faults = [f"{entry.id}: no steps" for entry in handout.entries if not entry.steps]
    return all_of(faults if handout.stop else [*faults, "no reason to call"], said.locale.say("sheet.subject"))


def _kept_up(said: Said) -> Answer:
    return said.log_weeks > 0, f"a log of {said.log_weeks} weeks" if said.log_weeks else "the log is left out"


def _when_more(said: Said) -> Answer:
    """The log's rule by pain, or what comes after the program."""
    if said.log_weeks:
        return True, "the log says when to do more and when less"
    return bool(said.handout.progression), "what comes after the program"


def _how_more(said: Said) -> Answer:
    entries = said.handout.entries
    lacking = (f"{entry.id}: no way to make it harder or easier" for entry in entries if not entry.levels)
    return all_of(lacking, "every exercise says how it is made easier or harder")


def _described(said: Said) -> Answer:
    faults = [
        f"{entry.id}: no {what}"
        for entry in said.handout.entries
        for what, there in (("start", entry.setup), ("steps", entry.steps), ("picture", entry.frames))
        if not there
    ]
    return all_of(faults, "start, steps and pictures of each")


def _beside(said: Said) -> Answer:
    handout = said.handout
    count = len(handout.advice) + sum(group.action == "info" for group in handout.groups)
    return count > 0, "advice beside the exercises" if count else "no advice"


def _adverse(said: Said) -> Answer:
    handout = said.handout
    faults = [
        what
        for what, there in (
            ("no emergency signs", handout.emergency),
            ("no stop signs", handout.stop),
            ("no pain at which to stop", any(zone.kind == "stop" for zone in handout.zones)),
            ("no warnings in full", handout.groups),
        )
        if not there
    ]
    return all_of(faults, "when to stop, when to call, whom to call")


def _setting(said: Said) -> Answer:
    lacking = (f"{entry.id}: no starting position" for entry in said.handout.entries if not entry.setup)
    return all_of(lacking, "at home; each exercise says where it starts")


def _dose(said: Said) -> Answer:
    faults = []
    for entry in said.handout.entries:
        blank = any(not wording(cell.value) for cell in entry.cells)
        if not entry.cells or not entry.sentence:
            faults.append(f"{entry.id}: no dose")
        elif entry.when.blank and not blank:
            faults.append(f"{entry.id}: how often is neither said nor left to be written in")
    return all_of(faults, "each as numbers and as a sentence, how often said or left for a pen")


def _tailored(said: Said) -> Answer:
    """Whose it is has its place on page 1: filled in, or a line to write on."""
    facts = said.handout.facts
    if not facts:
        return False, "no line for the name"
    return True, "made for one patient" if wording(facts[0].value) else "a packet with a line for the name"


def _how_tailored(said: Said) -> Answer:
    cards = {entry.id: entry for entry in said.handout.entries}
    faults = [
        f"{one.exercise}: {one.condition} is not told"
        for one in said.findings
        if one.exercise in cards and (one.verdict == "caution" or one.overridden) and not cards[one.exercise].caution
    ]
    named = len(said.program.patient.conditions)
    return all_of(faults, f"screened for {named} conditions, each caution on its card")


def _start(said: Said) -> Answer:
    lacking = (f"{entry.id}: no easier way to begin" for entry in said.handout.entries if not entry.levels)
    return all_of(lacking, "each card has a level below or above")


def _left(_said: Said) -> Answer:
    return _LEFT


_ITEMS: tuple[tuple[str, str, Callable[[Said], Answer]], ...] = (
    ("1", "what equipment", _equipment),
    ("2", "who teaches it", _left),
    ("3", "alone or in a group", _left),
    ("4", "supervised or not", _left),
    ("5", "how adherence is recorded", _kept_up),
    ("6", "how motivation is kept", _left),
    ("7a", "when to progress", _when_more),
    ("7b", "how to progress", _how_more),
    ("8", "what each exercise is, so that it can be done again", _described),
    ("9", "what is done at home", _home),
    ("10", "what else there is beside exercise", _beside),
    ("11", "adverse events and what to do", _adverse),
    ("12", "the setting", _setting),
    ("13", "the dose", _dose),
    ("14a", "for one person or for anyone", _tailored),
    ("14b", "how it is tailored", _how_tailored),
    ("15", "how the starting level is found", _start),
    ("16", "whether it was delivered as planned", _left),
)
