"""Packet and clinic files → model values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from handouts.library.exercises import ENGLISH_TAG, dose_of, read_review
from handouts.library.yaml_fields import Fields
from handouts.model import Clinic, NotFor, Packet, PacketItem, PacketText, Paper

PHASES = ("single", "early", "later")
MOST_EXERCISES = 20


def build_packet(
    packet_id: str,
    fields: Fields,
    sides_of: Callable[[str], str],
    exercises: Collection[str],
    conditions: Collection[str],
    packets: Collection[str],
) -> Packet:
    """The packet that `fields` describe. `sides_of` gives an exercise's sides, against which its dose is judged."""
    sources = fields.texts("sources", required=True)
    items, notes = _items(fields, sides_of, exercises, sources)
    targets = fields.texts("target_conditions")
    for index, condition in enumerate(targets):
        fields.known(condition, "condition", conditions, "target_conditions", index)
    packet = Packet(
        id=packet_id,
        for_whom=fields.text("for_whom"),
        region=fields.text("region", most=40),
        phase=fields.choice("phase", PHASES, "single"),
        after=_after(fields, packet_id, packets),
        course_weeks=fields.whole("course_weeks", 6, least=1, most=52),
        target_conditions=targets,
        items=items,
        not_for=_not_for(fields, conditions, packets),
        sources=sources,
        reviewed=read_review(fields),
        text=build_packet_text(fields, ENGLISH_TAG, notes),
    )
    fields.done()
    return packet


def _after(fields: Fields, packet_id: str, packets: Collection[str]) -> str | None:
    """The packet that this one is the next step of; a packet never follows itself."""
    after = fields.maybe_text("after", most=80)
    if after == packet_id:
        fields.problem("a packet cannot come after itself", "after")
    elif after is not None:
        fields.known(after, "packet", packets, "after")
    return after


def build_packet_text(fields: Fields, lang: str, notes: dict[str, str]) -> PacketText:
    """What the patient reads; `notes` are the notes by exercise."""
    return PacketText(
        lang=lang,
        title=fields.text("title", most=120),
        purpose=fields.text("purpose", most=400),
        progression=fields.text("progression", most=600),
        advice=fields.texts("advice", most=400),
        notes=notes,
    )


class Entry(NamedTuple):
    """One line of an exercise list: the exercise, what is said of it (None: nothing), and where that stands."""

    exercise: str
    said: Any
    where: tuple[str | int, ...]
    along: int = 0


def entry_of(
    fields: Fields,
    value: Any,
    index: int,
    exercises: Collection[str],
    leading: Callable[[str], tuple[str, str] | None] = lambda _text: None,
) -> Entry | None:
    """The entry `- bridge: 3x15`, `- bridge 3x15` or `- bridge`, or None and a problem.

    `leading` gives the exercise that a text begins with by another name, and what follows: `Glute bridge 3x15`.
    """
    if isinstance(value, str) and value.strip():
        name, *rest = value.split(maxsplit=1)
        if name not in exercises and (found := leading(value)):
            exercise, after = found
            along = len(value) - len(after) if after and value.endswith(after) else 0
            return Entry(exercise, after or None, ("exercises", index), along)
        known = fields.known(name, "exercise", exercises, "exercises", index)
        return Entry(known, rest[0] if rest else None, ("exercises", index), len(name) + 1) if known else None
    if isinstance(value, Mapping) and len(value) == 1:
        name, said = next(iter(value.items()))
        found = leading(name) if isinstance(name, str) and name not in exercises else None
        if found and not found[1]:
            return Entry(found[0], said, ("exercises", index, name))
        known = fields.known(name, "exercise", exercises, "exercises", index, name, key=True)
        return Entry(known, said, ("exercises", index, name)) if known else None
    hint = "write '- bridge: 3x15'; more about it goes under it, two spaces further in"
    fields.problem("expected one exercise and its dose", "exercises", index, hint=hint)
    return None


def _items(
    fields: Fields, sides_of: Callable[[str], str], exercises: Collection[str], sources: tuple[str, ...]
) -> tuple[tuple[PacketItem, ...], dict[str, str]]:
    items: dict[str, PacketItem] = {}
    notes: dict[str, str] = {}
    for index, value in enumerate(fields.list("exercises", required=True, most=MOST_EXERCISES)):
        entry = entry_of(fields, value, index, exercises)
        if entry is None:
            continue
        exercise, said, place, along = entry
        source = sources[0] if sources else ""
        if isinstance(said, Mapping):
            more = fields.at(said, *place)
            said, place = more.get("dose", required=True), (*place, "dose")
            source = more.maybe_text("source", most=80) or source
            if note := more.maybe_text("note", most=400):
                notes[exercise] = note
            more.done()
        if said is None:
            fields.problem(
                f"'{exercise}' has no dose", "exercises", index, hint="a packet's dose is complete as written"
            )
            continue
        if exercise in items:
            fields.problem(f"'{exercise}' is in the packet twice", "exercises", index)
        dose = dose_of(fields, said, *place, sides=sides_of(exercise), complete=True, along=along)
        items[exercise] = PacketItem(exercise=exercise, dose=dose, dose_source=source)
    return tuple(items.values()), notes


def _not_for(fields: Fields, conditions: Collection[str], packets: Collection[str]) -> tuple[NotFor, ...]:
    found = []
    for index, value in enumerate(fields.list("not_for")):
        refusal = fields.at(value, "not_for", index)
        condition, reason = refusal.text("condition", most=80), refusal.text("reason")
        if condition:
            refusal.known(condition, "condition", conditions, "condition")
        use = refusal.maybe_text("use", most=80)
        if use is not None:
            refusal.known(use, "packet", packets, "use")
        found.append(NotFor(condition=condition, reason=reason, use=use))
        refusal.done()
    return tuple(found)


def build_clinic(
    clinic_id: str,
    fields: Fields,
    languages: Collection[str],
    emergency_numbers: Callable[[], Mapping[str, Sequence[str]]],
) -> Clinic:
    """The clinic. Without an emergency number of its own it takes its country's, which its own may not contradict.

    A country that the library does not know must say one.
    """
    paper: Any = fields.choice("paper", get_args(Paper), "letter")
    country = (fields.maybe_text("country", most=2) or "US").upper()
    emergency = fields.maybe_text("emergency", most=20, number=True)
    if emergency is None:
        emergency = next(iter(emergency_numbers().get(country, ())), None)
        if emergency is None:
            fields.problem(f"no emergency number is known for country '{country}'", hint='add emergency: "…"')
    elif (known := emergency_numbers().get(country)) and emergency not in known:
        hint = f"in {country} it is {' or '.join(known)}"
        fields.problem(f"'{emergency}' is not the emergency number of country '{country}'", "emergency", hint=hint)
    clinic = Clinic(
        id=clinic_id,
        name=fields.maybe_text("name", most=120),
        address=fields.maybe_text("address", most=200),
        phone=fields.maybe_text("phone", most=40),
        web=fields.maybe_text("web", most=120),
        hours=_by_language(fields, "hours", languages),
        letterhead=_by_language(fields, "letterhead", languages),
        licences=_by_language(fields, "licences", languages),
        closing=_by_language(fields, "closing", languages),
        colour=_colour(fields, "colour", "#0F5B52"),
        accent=_colour(fields, "accent", "#C8460F"),
        country=country,
        emergency=emergency or "",
        paper=paper,
        language=fields.choice("language", languages, "en"),
        log_weeks=fields.whole("log_weeks", 4, least=0, most=12),
        logo=_logo(fields),
    )
    fields.done()
    return clinic


def _by_language(fields: Fields, name: str, languages: Collection[str]) -> dict[str, str]:
    value = fields.get(name)
    if isinstance(value, str):
        return {"en": fields.as_text(value, name, most=600)}
    texts = fields.inner(name)
    if texts is None:
        return {}
    for code in texts.data:
        texts.known(code, "language", languages, code, key=True)
    return {code: texts.as_text(text, code, most=600) for code, text in texts.data.items() if text is not None}


def _colour(fields: Fields, name: str, default: str) -> str:
    value = fields.maybe_text(name, most=7)
    if value is None:
        return default
    if len(value) != 7 or value[0] != "#" or not all(sign in "0123456789abcdefABCDEF" for sign in value[1:]):
        fields.problem(f"'{value}' is not a colour", name, hint='write it in quotes, such as "#0F5B52"')
    return value


def _logo(fields: Fields) -> str | None:
    name = fields.maybe_text("logo", most=120)
    if name is not None and ("/" in name or "\\" in name or name.startswith(".")):
        fields.problem("the logo must lie beside the clinic's file", "logo", hint="write the file's name alone")
    return name
