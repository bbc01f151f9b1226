"""From a screened program to everything its handout says. Reads translations and words; lays nothing out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handouts import __version__
from handouts.compose.cards import compose_card
from handouts.compose.cautions import Cautions, in_order
from handouts.compose.changes import compose_changes, doses_before
from handouts.compose.handout import Card, Fact, Handout, Letterhead, Log, Notice
from handouts.compose.safety import asks_first, compose_safety
from handouts.compose.text import Text, labelled, with_numbers_in_order
from handouts.compose.words import Words
from handouts.dose import minutes
from handouts.library import Library
from handouts.library.clinics import web_address
from handouts.library.locale import Locale
from handouts.model import Finding, PacketText, Prescription, Program, Word

LABELS = (
    "checked_on", "checked_one", "contents", "continued", "evening", "for_this_program", "full_list", "how_many_a_day",
    "know_head", "list_dose", "list_name", "list_when", "log_done", "log_not_kept", "logo", "morning", "notices",
    "pain_head", "pain_row", "questions", "questions_call", "showed_us", "showed_us_one", "sign_clinician", "sign_date",
    "sign_here", "sign_patient", "stay_safe", "times_a_day_blank", "told_us", "which_side", "write_date",
    "write_number", "write_phone", "write_questions", "your_exercises",
)  # fmt: skip
"""The fixed words of the pages, by their keys in the language file."""


def compose_handout(
    program: Program,
    findings: Sequence[Finding],
    library: Library,
    locale: Locale,
    frames: Mapping[str, int],
    review: Word | None = None,
) -> Handout:
    """Everything the handout of a program says, in the program's language.

    Args:
        findings: what screening found on the program; no contraindication among them may be without its override.
        locale: the program's language; its notes collect what had to be printed in English.
        frames: how many pictures each exercise has.
        review: who has signed every part of it; None when anything is not signed.
    """
    packet = program.packet
    words = Words(locale, emergency=program.clinic.emergency, phone=program.clinic.phone)
    text = locale.text(packet) if packet else None
    cautions = Cautions(words, program, findings)
    ask_first = asks_first(program, findings)
    safety = compose_safety(words, program, library, ask_first=ask_first)
    ordered = in_order(program)
    cards = tuple(
        compose_card(
            words, number, of, cautions, _note(words, program, of, text), frames[of.exercise.id], ask_first=ask_first
        )
        for number, of in enumerate(ordered, 1)
    )
    before = doses_before(words, program)
    limited = (*(cautions.of(packet.id) if packet else ()), *cautions.limits())
    # Nobody whose whole program asks for care is told how to do more.
    held = bool(limited) or any(known.condition.no_progression for known in program.patient.conditions)
    cards = tuple(replace(card, before=before.get(card.id, ()), harder=() if held else card.harder) for card in cards)
    helper = (labelled(words.say("for_helper"), words.say("helper_does")),) if program.patient.helper else ()
    stop_from = safety.pain.stop_from
    foot = "foot" if program.clinic.phone else "foot_no_phone"
    return Handout(
        lang=locale.tag,
        title=words.plain(text.title, "packet.title", text.lang) if text else words.say("title"),
        subject=words.say("subject"),
        purpose=words.plain(text.purpose, "packet.purpose", text.lang) if text else (),
        goal=labelled(words.say("goal"), words.plain(program.goal, "goal")),
        note=labelled(_note_label(words, program), words.plain(program.note, "note")),
        needs=_needs(words, cards),
        facts=_facts(words, program),
        program_caution=(*limited, *helper),
        changes=compose_changes(words, program, findings, before),
        letterhead=_letterhead(words, program),
        round=_round(words, ordered, cards),
        cards=cards,
        shared_cautions=cautions.shared_cautions(),
        emergency=safety.emergency,
        stop=safety.stop,
        pain=safety.pain,
        safety=safety.sections,
        for_this_program=_for_this_program(words, text, ask_first=ask_first),
        reviewed=words.say("reviewed", by=review.by, on=locale.date(review.on)) if review else (),
        log=_log(words, program, cards),
        notices=tuple(_notices(words, program)),
        foot=words.say(foot, n=stop_from, **({"phone": program.clinic.phone} if program.clinic.phone else {})),
        made_with=words.say("made_with", program=f"handouts {__version__}"),
        page_of=locale.say("handout.page_of", page="{page}", pages="{pages}"),
        labels={key: words.say(key) for key in LABELS},
    )


def _facts(words: Words, program: Program) -> tuple[Fact, ...]:
    """Patient and date always, as lines to write on when a packet has no name; the others only when known."""
    patient = words.plain(program.patient.name, "patient.name")
    date = words.plain(words.locale.date(program.date), "date") if patient else ()
    facts = [
        Fact(label=words.say("patient"), value=patient, blank=words.say("write_name")),
        Fact(label=words.say("date"), value=date, blank=words.say("write_date")),
    ]
    if program.clinician:
        facts.append(Fact(label=words.say("clinician"), value=words.plain(program.clinician, "clinician")))
    if program.next_visit:
        next_visit = words.plain(words.locale.date(program.next_visit), "next_visit")
        facts.append(Fact(label=words.say("next_visit"), value=next_visit))
    return tuple(facts)


def _note_label(words: Words, program: Program) -> Text:
    """'From Dana Reyes', without the licence behind the name."""
    if not program.clinician:
        return words.say("note_from_clinic")
    return words.say("note_from", name=program.clinician.split(",")[0].strip())


def _note(words: Words, program: Program, item: Prescription, packet: PacketText | None) -> Text:
    """The clinician's own note on an exercise, in the clinician's name; else the packet's, which is nobody's."""
    field = f"{item.exercise.id}.note"
    if item.note:
        return labelled(_note_label(words, program), words.plain(item.note, field, item.note_lang or ""))
    # The packet's note has no author to sign it: nobody knows who wrote it for whom.
    if packet is None or item.exercise.id not in packet.notes:
        return ()
    return labelled(words.say("for_this_program"), words.plain(packet.notes[item.exercise.id], field, packet.lang))


def _needs(words: Words, cards: Sequence[Card]) -> Text:
    """'You need: firm chair, rolled towel.'; empty when nothing but a mat or a bed is needed."""
    needs = sorted({need for card in cards for need in card.needs})
    if not needs:
        return ()
    return words.say("need", what=", ".join(words.locale.say(f"names.equipment.{need}") for need in needs))


def _round(words: Words, items: Sequence[Prescription], cards: Sequence[Card]) -> Text:
    """How long the program takes and how often it is done, said only when every dose is filled in.

    A session's minutes are those of the dose (sets × (repetitions × time + hold) + rests). Where some exercises are
    done only in the morning, morning and evening are named apart, so that no time is said that nobody has.
    """
    # A time that leaves out an open dose would be too short, and be read as the whole.
    open_doses = any(
        card.when.blank or not (item.dose.reps or item.dose.duration_s) for card, item in zip(cards, items, strict=True)
    )
    if open_doses:
        return words.say("your_exercises")
    session = [minutes(item.dose, item.exercise.rep_s) for item in items]
    if len({card.when.sessions for card in cards}) == 1 and not any(card.when.words for card in cards):
        rounds = words.locale.say("handout.rounds_a_day", n=cards[0].when.sessions)
        return words.say("one_round_day", n=math.ceil(sum(session)), rounds=rounds)
    if not any(card.when.words for card in cards):
        morning = sum(session)
        evening = sum(time for time, card in zip(session, cards, strict=True) if card.when.evening)
        durations = [words.locale.say("handout.about_minutes", n=math.ceil(time)) for time in (morning, evening)]
        return words.say("morning_evening", morning=durations[0], evening=durations[1])
    return words.say("one_round", n=math.ceil(sum(session)))


def _letterhead(words: Words, program: Program) -> Letterhead:
    clinic, code = program.clinic, words.locale.code
    return Letterhead(
        name=words.plain(clinic.name, "clinic.name"),
        line=words.plain(clinic.letterhead.get(code), "clinic.letterhead"),
        address=words.plain(clinic.address, "clinic.address"),
        hours=words.plain(clinic.hours.get(code), "clinic.hours"),
        phone=words.plain(clinic.phone, "clinic.phone"),
        web=words.plain(clinic.web, "clinic.web"),
        licences=words.plain(clinic.licences.get(code), "clinic.licences"),
        closing=words.plain(clinic.closing.get(code), "clinic.closing"),
        url=web_address(clinic.web),
    )


def _notices(words: Words, program: Program) -> Iterator[Notice]:
    for code, paragraphs in program.clinic.notices.items():
        for paragraph in paragraphs:
            text = words.plain(with_numbers_in_order(paragraph.removeprefix("# ")), f"clinic.notices.{code}", code)
            yield Notice(heading=paragraph.startswith("# "), lang=code, text=text)


def _for_this_program(words: Words, packet: PacketText | None, *, ask_first: bool) -> tuple[Text, ...]:
    """The packet's advice and how it goes on; nothing of going on for a patient who asks before doing more."""
    if packet is None:
        return ()
    lines = packet.advice if ask_first else (*packet.advice, packet.progression)
    return tuple(words.advice(line, "packet.advice", packet.lang) for line in lines if line)


def _log(words: Words, program: Program, cards: Sequence[Card]) -> Log:
    weeks = program.layout.log_weeks
    sessions = max(card.when.sessions for card in cards)
    return Log(
        weeks=tuple(words.say("week", n=number) for number in range(1, weeks + 1)),
        title=words.say("log_title", n=weeks) if weeks else words.say("log_title_without"),
        help=words.say("log_help_split" if sessions > 1 else "log_help"),
        list_help=words.say("log_help"),
        sessions=sessions,
        days=words.list("days"),
        days_in_full=words.list("days_in_full"),
    )
