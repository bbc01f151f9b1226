"""The safety of one handout in words: the two boxes of page 1, the signs under their actions, the pain scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handouts.compose.handout import Box, PainScale, SafetyGroup, SafetyItem, SafetySection, Zone
from handouts.compose.line import span
from handouts.compose.text import Text, plain
from handouts.compose.words import Words
from handouts.library import Library
from handouts.model import Action, Finding, PainScaleText, Program
from handouts.screening import Safety, SafetyLine, page1_boxes, pain_scale, safety_items

SECTIONS: tuple[tuple[Action, str], ...] = (
    ("call-911", "call_911_head"),
    ("call-doctor-today", "doctor_head"),
    ("stop-and-call", "stop_head"),
    ("know", "know_head"),
)
"""The actions with the keys of their headings, most urgent first."""


@dataclass(frozen=True)
class ComposedSafety:
    """What one program's handout says of safety."""

    emergency: Box
    stop: Box
    sections: tuple[SafetySection, ...]
    pain: PainScale


def asks_first(program: Program, findings: Iterable[Finding]) -> bool:
    """Whether the patient asks before doing more.

    It is wrong for a condition, a caution holds an exercise back, or somebody else's word sets how much is done: "at
    the level your heart team set" must not stand beside "fine for 3 days? First do more times".
    """
    no_progression = any(known.condition.no_progression for known in program.patient.conditions)
    held_back = any(one.adapted_by for one in program.prescriptions)
    on_a_word = any(one.packet or (one.rule and one.rule.needs) for one in findings)
    return no_progression or held_back or on_a_word or bool(program.overrides)


def compose_safety(words: Words, program: Program, library: Library, *, ask_first: bool) -> ComposedSafety:
    """The safety of a program. Raises BadInput when the library has no pain scale for it."""
    safety = safety_items(program, library, words.locale.text)
    scale = words.locale.text(pain_scale(program, library))
    boxes = page1_boxes(safety, scale)
    sections = (
        SafetySection(
            action=action,
            title=words.say(key, **({"emergency": words.emergency} if action == "call-911" else {})),
            groups=_groups(words, safety, action),
        )
        for action, key in SECTIONS
    )
    phone = program.clinic.phone
    return ComposedSafety(
        emergency=Box(
            title=words.say("page1_emergency", emergency=words.emergency),
            lines=_lines(words, boxes.emergency),
            last=words.say("do_not_drive"),
        ),
        stop=Box(
            title=words.say("page1_stop"),
            lines=_lines(words, boxes.stop),
            last=words.say("call_phone", phone=phone) if phone else words.say("call_your_clinic"),
            second_title=words.say("page1_doctor") if boxes.doctor else (),
            second_lines=_lines(words, boxes.doctor),
        ),
        sections=tuple(section for section in sections if section.groups),
        pain=_pain(words, scale, ask_first=ask_first),
    )


def _groups(words: Words, safety: Safety, action: Action) -> tuple[SafetyGroup, ...]:
    """The lines under one action; those with one title stand together."""
    # Two conditions may give their signs the same heading, which should stand once.
    titled: dict[Text, list[SafetyItem]] = {}
    for line in safety.of(action):
        title = words.advice(line.title, f"{action}.title", line.lang)
        item = SafetyItem(id=line.id, text=words.advice(line.text, line.id, line.lang), spare=line.spare)
        titled.setdefault(title, []).append(item)
    return tuple(SafetyGroup(title=title, items=tuple(items)) for title, items in titled.items())


def _lines(words: Words, lines: Sequence[SafetyLine]) -> tuple[Text, ...]:
    return tuple(words.advice(line.page1 or "", line.id, line.lang) for line in lines)


def _pain(words: Words, scale: PainScaleText, *, ask_first: bool) -> PainScale:
    """The scale in words; who must not step up by pain alone is told to ask first."""
    lang = words.foreign(scale.lang)
    return PainScale(
        question=words.say("pain_question"),
        zones=tuple(
            Zone(
                kind=zone.kind,
                low=zone.low,
                high=zone.high,
                numbers=plain(span((zone.low, zone.high), words.locale), "pain.numbers"),
                word=words.plain(zone.word, "pain.word", scale.lang),
                action=words.plain(zone.action, "pain.action", scale.lang),
                more=words.say("move_up_ask")
                if ask_first and zone.kind == "go"
                else words.plain(zone.more, "pain.more", scale.lang),
            )
            for zone in scale.zones
        ),
        next_day=words.advice(scale.next_day, "pain.next_day", scale.lang),
        lang=lang,
    )
