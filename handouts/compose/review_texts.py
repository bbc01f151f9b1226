"""What a review sheet says: each item with all that a signature would be bound to, and what a reviewer judges it by.

In English, for clinicians; only translations are in other languages. Knows no page, size or colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handouts.compose.line import card_line
from handouts.compose.text import Text, labelled, marked, plain
from handouts.library import Library
from handouts.library.locale import Locale
from handouts.reviewing import Item, SignOff
from handouts.reviewing.items import name_of
from handouts.reviewing.signatures import SHOWN_DIGITS, content_of, digest_of
from handouts.screening import judged_by
from handouts.screening.rules import rules_met
from handouts.screening.windows import Standing

CHECKS = {
    "exercise": (
        "The words are right, and a patient understands them.", "The picture shows what the words say.",
        "The doses are usual and safe.", "The movements are complete: the safety rules go by them.",
        "The conditions under which it is forbidden or needs care are right.", "The source bears it out.",
    ),
    "packet": (
        "The exercises and their order suit this patient.", "The doses are usual and safe.",
        "The conditions for which it is refused are right.", "The words are right, and a patient understands them.",
        "The sources bear it out.",
    ),
    "condition": (
        "The names and codes are right.", "Its urgency, and whose word it waits for, are right.",
        "Its rules are right and complete.", "A patient understands the words.",
    ),
    "rule": (
        "The verdict is right.", "It concerns the right movements and exercises, at the right time.",
        "A patient understands the advice, and it is safe.", "The source bears it out.",
    ),
    "warning": (
        "Each sign asks for the right action.", "It is for the right patients.",
        "A patient understands the words.", "The sources bear it out.",
    ),
    "pain-scale": ("The zones ask for the right action.", "It is for the right patients.", "The sources bear it out."),
    "translation": (
        "It says the same as the English, no more and no less.", "It is plain, and right for our patients.",
    ),
}  # fmt: skip
"""What a reviewer ticks, by kind."""
STATES = {
    "unsigned": "nobody has signed this",
    "changed": "changed since {by} signed it on {on}",
    "expired": "the signature of {by} of {on} ended on {until}",
    "signed": "signed by {by} on {on}, until {until}",
}
_LONG = 30


@dataclass(frozen=True, kw_only=True)
class ReviewEntry:
    """One item to sign; `alt` describes the picture of an exercise, and is empty where there is none."""

    item: Item
    name: Text
    code: Text
    paragraphs: tuple[Text, ...]
    checks: tuple[Text, ...]
    alt: str


@dataclass(frozen=True, kw_only=True)
class ReviewSheet:
    """Everything one review sheet says; `page_of` has the fields {page} and {pages}."""

    lang: str
    title: Text
    subject: Text
    clinic: Text
    purpose: tuple[Text, ...]
    entries: tuple[ReviewEntry, ...]
    sign_lines: tuple[Text, ...]
    change_line: Text
    foot: Text
    page_of: str


def compose_review(found: Iterable[SignOff], library: Library, english: Locale) -> ReviewSheet:
    """The sheet for these items, in their order. Raises BadInput for bad content."""
    return ReviewSheet(
        lang=english.tag,
        title=plain("Content to review"),
        subject=plain("Content of an exercise library, to be read and signed by a licensed clinician"),
        clinic=(),
        purpose=(
            plain("Read each item, tick what is right, and sign only what you would answer for as it stands."),
            plain(
                "Then keep the signature with: handouts review sign ITEM --by \"NAME, LICENCE\" --on DATE. It is bound "
                "to this version: the command names the version that it signs, which must be the one printed here."
            ),
        ),
        entries=tuple(_entry(one, library, english) for one in found),
        sign_lines=(plain("Name"), plain("Licence"), plain("Date")),
        change_line=plain("To change first:"),
        foot=plain("For clinicians. Not for patients."),
        page_of=english.say("handout.page_of", page="{page}", pages="{pages}"),
    )  # fmt: skip


def _entry(one: SignOff, library: Library, english: Locale) -> ReviewEntry:
    item, signature = one.item, one.signature
    content = content_of(item, library)
    state = STATES[one.state]
    if signature:
        state = state.format(by=signature.by, on=signature.on, until=signature.until)
    version = digest_of(content)[:SHOWN_DIGITS]
    alt = ""
    if item.is_translation:
        paragraphs = tuple(_side_by_side(content, library.language(item.language).tag, item))
    else:
        shown = {name: value for name, value in content.items() if not (item.kind == "exercise" and name == "picture")}
        paragraphs = (*_fields(shown, item), *(labelled(plain(name), text) for name, text in _more(item, library)))
        if item.kind == "exercise":
            text = library.exercise(item.id).text
            alt = " ".join([f"{text.name}.", text.setup, *text.steps])
            dose = card_line(library.exercise(item.id).dose, library.exercise(item.id), english)
            paragraphs = (labelled(plain("Usual dose, as printed"), plain(dose)), *paragraphs)
    kind = "translation" if item.is_translation else item.kind
    return ReviewEntry(
        item=item,
        name=plain(name_of(item, library) if item.kind != "rule" else item.id, str(item)),
        code=plain(f"{item} · version {version} · {state}"),
        paragraphs=paragraphs,
        checks=tuple(map(plain, CHECKS[kind])),
        alt=alt,
    )


def _fields(content: Mapping[str, Any], item: Item, lang: str = "", beside: str = "") -> Iterator[Text]:
    """Each field under its own name, long entries of a list each by itself; an empty one says nothing."""
    for name, value in content.items():
        label = name.replace("_", " ").capitalize() + beside
        entries = [_written(one) for one in value] if isinstance(value, list) else []
        if max(map(len, entries), default=0) > _LONG:
            for number, entry in enumerate(entries, 1):
                yield labelled(plain(f"{label} {number}"), marked(entry, f"{item}.{name}", lang))
        elif value is not None and value != [] and value != {}:
            yield labelled(plain(label), marked(_written(value), f"{item}.{name}", lang))


def _side_by_side(content: Mapping[str, Any], lang: str, item: Item) -> Iterator[Text]:
    """Each field in English, and below it in the other language."""
    english, own = content["english"], content[item.language]
    for name in dict.fromkeys((*english, *own)):
        yield from _fields({name: english.get(name)}, item)
        yield from _fields({name: own.get(name)}, item, lang, f" ({item.language})")


def _written(value: Any) -> str:
    """A value in a line."""
    if isinstance(value, dict):
        shown = {name.replace("_", " "): _written(one) for name, one in value.items() if one is not None}
        return "; ".join(f"{name}: {text}" if text else name for name, text in shown.items())
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _more(item: Item, library: Library) -> Iterator[tuple[str, Text]]:
    """What the content only names: the rules that meet it, and its sources in full."""
    match item.kind:
        case "exercise":
            exercise = library.exercise(item.id)
            judged, nobody = judged_by(exercise, library), "none of the library's conditions"
            yield "Forbidden with", plain(", ".join(judged["contraindicated"]) or nobody)
            yield "Needs care with", plain(", ".join(judged["caution"]) or nobody)
            yield from _sources([exercise.dose_source], library)
        case "condition":
            for rule in library.rules_for(item.id):
                yield f"Rule {rule.id}", plain(f"{rule.verdict}: {rule.reason} ({rule.source})")
        case "rule":
            rule = library.item("rules", item.id)
            of = Standing(condition=library.conditions[rule.condition], week=rule.weeks[0] if rule.weeks else None)
            of = replace(of, beside=frozenset(rule.also))
            concerned = [one.id for one in library.exercises() if rule in rules_met(one, of, library)]
            yield "Exercises that it concerns", plain(", ".join(concerned) or "none")
            yield from _sources([rule.source], library)
        case "packet" | "warning" | "pain-scale":
            yield from _sources(library.item(item.library_kind, item.id).sources, library)


def _sources(ids: Sequence[str], library: Library) -> Iterator[tuple[str, Text]]:
    for one in ids:
        if source := library.sources.get(one):
            shown = f"{source.name} (how it was read: {source.basis})" + (f" {source.url}" if source.url else "")
            yield f"Source {one}", plain(shown)
