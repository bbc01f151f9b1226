"""The items of the Consensus on Exercise Reporting Template that a sheet itself answers.

Source: S. C. Slade et al., CERT, Br J Sports Med 2016;50:1428; the items are put into words of our own. The template
was made for reports of trials: what concerns the trial (fidelity, motivation, qualifications) is left to people.
"""

from __future__ import annotations

from handouts.compose.text import Text, wording
from handouts.readability.material import Material
from handouts.readability.score import Answer, Items, all_of, has_log, left


def _equipment(material: Material) -> Answer:
    """What an exercise needs is named somewhere on the sheet; a mat or bed goes without saying."""
    lacking = [
        f"{card.id}: {need} not named"
        for card in material.handout.cards
        for need in card.needs
        if not material.prints(material.locale.say(f"names.equipment.{need}"))
    ]
    return all_of(lacking, "what each exercise needs is named")


def _when_more(material: Material) -> Answer:
    """Under what pain to do more; a sheet that says to ask first says when too."""
    more = next((zone.more for zone in material.handout.pain.zones if zone.kind == "go"), ())
    return material.prints(more), f"“{wording(more)}”" if material.prints(more) else "nothing says when to do more"


def _how_more(material: Material) -> Answer:
    """Met where every card says how its exercise is made harder; one rule for all is for people to judge."""
    if all(material.prints(card.harder) for card in material.handout.cards):
        return True, "every exercise says how it is made harder"
    return None, "left to people; the cards do not say how an exercise is made harder"


def _described(material: Material) -> Answer:
    faults = []
    for card in material.handout.cards:
        if not material.prints(card.start):
            faults.append(f"{card.id}: no start")
        if not card.steps or not all(material.prints(step) for step in card.steps):
            faults.append(f"{card.id}: steps are missing")
        if not card.frame_labels:
            faults.append(f"{card.id}: no picture")
    return all_of(faults, "start, steps and pictures of each")


def _home(material: Material) -> Answer:
    """The cards must do without the clinic: every exercise has its steps, and the sheet says when to call."""
    handout = material.handout
    faults = [f"{card.id}: no steps" for card in handout.cards if not any(map(material.prints, card.steps))]
    if not any(map(material.prints, handout.stop.lines)):
        faults.append("no reason to call")
    return all_of(faults, material.locale.say("handout.subject"))


def _beside(material: Material) -> Answer:
    handout = material.handout
    lines: list[Text] = [*handout.for_this_program]
    lines += [item.text for section in handout.safety if section.action == "know" for item in section.items]
    count = sum(map(material.prints, lines))
    return count > 0, f"{count} lines beside the exercises" if count else "no advice"


def _adverse(material: Material) -> Answer:
    """When to stop, when to call and whom: a number that is left to be written in tells nobody whom to call."""
    handout = material.handout
    stop = [zone.action for zone in handout.pain.zones if zone.kind == "stop"]
    parts = (
        ("no emergency signs", handout.emergency.lines),
        ("no stop signs", handout.stop.lines),
        ("no pain at which to stop", stop),
        ("no signs in full", [group.items[0].text for section in handout.safety for group in section.groups]),
        ("whom to call is left to be written in", [handout.letterhead.phone]),
    )
    faults = [fault for fault, texts in parts if not any(map(material.prints, texts))]
    return all_of(faults, "when to stop, when to call, whom to call")


def _setting(material: Material) -> Answer:
    lacking = (f"{card.id}: no starting position" for card in material.handout.cards if not material.prints(card.start))
    return all_of(lacking, "at home; each exercise says where it starts")


def _dose(material: Material) -> Answer:
    """How much and how often; a line for a pen says neither."""
    faults = []
    for card in material.handout.cards:
        if not material.prints(card.dose):
            faults.append(f"{card.id}: no dose")
        elif card.when.blank:
            faults.append(f"{card.id}: how often is left to be written in")
    return all_of(faults, "each with how much and how often")


def _tailored(material: Material) -> Answer:
    """Whose it is has its place on page 1: filled in, or a line to write on."""
    handout = material.handout
    if not any(material.prints(fact.label) or material.prints(fact.value) for fact in handout.facts[:1]):
        return False, "no place for the name"
    return True, "made for one patient" if handout.patient else "for anyone: a line for the name"


def _how_tailored(material: Material) -> Answer:
    """Each caution that screening found stands on its card, or once above all cards."""
    cards = {card.id: card for card in material.handout.cards}
    # A contraindication without an override never comes this far: the sheet is refused.
    found = [one for one in material.findings if one.exercise in cards and (one.verdict == "caution" or one.overridden)]
    if not found:
        return None, "no caution to tell"
    faults, above = [], " ".join(map(wording, material.handout.shared_cautions))
    for finding in found:
        caution = cards[finding.exercise or ""].caution
        if finding.rule and material.locale.text(finding.rule).advice.replace("**", "") in above:
            caution = caution or material.handout.shared_cautions
        if not caution or not all(map(material.prints, caution)):
            faults.append(f"{finding.exercise}: {finding.condition} is not told")
    return all_of(faults, f"{len(found)} cautions, each on its card or above the cards")


def _start(material: Material) -> Answer:
    """An easier way to begin, on each card."""
    easier = material.locale.say("handout.too_hard")
    lacking = [
        f"{card.id}: no easier way to begin"
        for card in material.handout.cards
        if not any(wording(fix).startswith(easier) and material.prints(fix) for fix in card.fixes)
    ]
    return all_of(lacking, "each card says how to make it easier")


CERT: Items = (
    ("1", "what equipment", _equipment),
    ("2", "who teaches it", left),
    ("3", "alone or in a group", left),
    ("4", "supervised or not", left),
    ("5", "how adherence is recorded", has_log),
    ("6", "how motivation is kept", left),
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
    ("16", "whether it was delivered as planned", left),
)
"""The items in the template's order."""
