"""Every packet has the full score; and each item is seen to be missed by a handout that misses it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from handouts.branding import palette
from handouts.layout.line_breaking import plain
from handouts.library import Library, read_library
from handouts.library.locale import Locale, read_locale
from handouts.prescription import ProgramFields, build_program
from handouts.readability import Said, say_handout, scores
from handouts.readability.grade import MOST_GRADE, reading_grade
from handouts.readability.pemat import MOST_PASSAGE_WORDS
from handouts.resources import content_folder
from handouts.screening import screen
from handouts.sheet import drawn_pictures
from tests.grades import kept_grade

PACKETS = sorted(path.stem for path in (content_folder() / "packets").glob("*.yaml"))
QUICK = ("low-back-starter", "biceps-tendon-later", "pregnancy-low-back")
LANGUAGES = ("en", "es")


@cache
def library() -> Library:
    return read_library([content_folder()])


@cache
def locale(language: str) -> Locale:
    return read_locale(library(), language)


@cache
def said(packet: str, language: str, condition: str = "") -> Said:
    fields = ProgramFields(packet=packet, language=language, condition=(condition,) if condition else ())
    program = build_program(fields, library(), date=dt.date(2026, 11, 22), name_required=False)
    pictures = drawn_pictures(palette(program.clinic))
    return say_handout(program, screen(program, library()), library(), locale(language), pictures)


def unmet(handout: Said) -> dict[str, str]:
    return {
        f"{score.instrument} {one.number}": one.why
        for score in scores(handout)
        for one in score.items
        if one.met is False
    }


slow_packets = [pytest.param(one, marks=() if one in QUICK else pytest.mark.slow) for one in PACKETS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("packet", slow_packets)
def test_every_packet_has_the_full_score(packet, language):
    assert unmet(said(packet, language)) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("packet", slow_packets)
def test_every_packet_reads_at_sixth_grade_as_printed(packet, language):
    text = " ".join(
        one.text if one.text.endswith((".", "?", "!")) else f"{one.text}." for one in said(packet, language).passages
    )
    assert reading_grade(text, language) <= MOST_GRADE
    assert kept_grade(text, language) <= MOST_GRADE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("packet", slow_packets)
def test_every_card_of_a_packet_reads_at_sixth_grade_as_printed(packet, language):
    handout = said(packet, language)
    for entry in handout.handout.entries:
        text = " ".join(one.text for one in handout.passages if one.where == entry.id)
        assert reading_grade(text, language) <= MOST_GRADE, entry.id
        assert kept_grade(text, language) <= MOST_GRADE, entry.id


def test_the_score_counts_only_what_a_machine_can_judge():
    pemat, cert = scores(said("low-back-starter", "en"))
    assert (len(pemat.items), pemat.met, pemat.judged, pemat.full) == (24, 20, 20, True)
    assert str(pemat) == "PEMAT-P: 20 of 20 items, 4 left to people"
    assert cert.full
    assert [one.number for one in pemat.items if one.met is None] == ["2", "16", "18", "24"]


@dataclass
class Spoiled:
    """A sound handout with one thing changed."""

    base: Said

    def handout(self, **changes: Any) -> Said:
        return replace(self.base, handout=replace(self.base.handout, **changes))

    def entry(self, **changes: Any) -> Said:
        first, *others = self.base.handout.entries
        return self.handout(entries=(replace(first, **changes), *others))

    def passage(self, text: str) -> Said:
        first, *others = self.base.passages
        return replace(self.base, passages=(first._replace(text=text), *others))

    def without_log(self) -> Said:
        program = self.base.program
        return replace(self.base, program=changed(program, layout=changed(program.layout, log_weeks=0)))


HARD = "Individualized rehabilitation considerations necessitate interdisciplinary evaluation. "
SPOILED: dict[str, tuple[Any, set[str]]] = {
    "no title": (lambda it: it.handout(title=()), {"PEMAT-P 1"}),
    "hard words": (lambda it: it.passage(HARD * 60), {"PEMAT-P 3", "PEMAT-P 8"}),
    "a medical term": (lambda it: it.passage("Lie supine."), {"PEMAT-P 4"}),
    "passive voice": (lambda it: it.passage("Your leg is lifted. " * 50), {"PEMAT-P 5", "PEMAT-P 8"}),
    "a fraction": (lambda it: it.passage("Do 2.5 of them."), {"PEMAT-P 6"}),
    "a formula": (lambda it: it.passage("Do 3x15."), {"PEMAT-P 6"}),
    "a sum": (lambda it: it.passage("Multiply by 2."), {"PEMAT-P 7"}),
    "a long passage": (lambda it: it.passage("Go on. " * MOST_PASSAGE_WORDS), {"PEMAT-P 8"}),
    "no name": (lambda it: it.entry(name=()), {"PEMAT-P 9", "PEMAT-P 17"}),
    "out of order": (lambda it: it.handout(entries=it.base.handout.entries[::-1]), {"PEMAT-P 10"}),
    "no short dose": (lambda it: it.entry(short=()), {"PEMAT-P 11"}),
    "no emergency box": (lambda it: it.handout(emergency=()), {"PEMAT-P 12", "CERT 11"}),
    "no stop box": (lambda it: it.handout(stop=()), {"PEMAT-P 12", "CERT 9", "CERT 11"}),
    "no pain zones": (lambda it: it.handout(zones=()), {"PEMAT-P 12", "CERT 11"}),
    "no picture": (
        lambda it: it.entry(frames=(), frame_words=()),
        {"PEMAT-P 15", "PEMAT-P 26", "CERT 8"},
    ),
    "no captions": (lambda it: it.entry(frame_words=()), {"PEMAT-P 17"}),
    "no words for the blind": (lambda it: it.entry(alt=""), {"PEMAT-P 17"}),
    "a long label": (
        lambda it: it.entry(cells=(replace(it.base.handout.entries[0].cells[0], label=plain("a b c d e f g")),)),
        {"PEMAT-P 19"},
    ),
    "no exercise": (lambda it: it.handout(entries=()), {"PEMAT-P 20"}),
    "nobody is addressed": (
        lambda it: it.entry(
            steps=(plain("The knee bends."),), setup=plain("The floor."), sentence=plain("Ten."), beside=(), caution=()
        ),
        {"PEMAT-P 21"},
    ),
    "too many steps": (lambda it: it.entry(steps=(plain("Lift your leg."),) * 8), {"PEMAT-P 22"}),
    "a long step": (lambda it: it.entry(steps=(plain("Lift your leg up " + "and up " * 8),)), {"PEMAT-P 22"}),
    "no log": (lambda it: it.without_log(), {"PEMAT-P 23", "CERT 5"}),
    "a zone without an action": (
        lambda it: it.handout(zones=tuple(replace(one, action="") for one in it.base.handout.zones)),
        {"PEMAT-P 25"},
    ),
    "equipment not named": (
        lambda it: it.handout(entries=tuple(replace(one, needs=()) for one in it.base.handout.entries)),
        {"CERT 1"},
    ),
    "no level": (lambda it: it.entry(levels=()), {"CERT 7b", "CERT 15"}),
    "no start": (lambda it: it.entry(setup=()), {"CERT 8", "CERT 12"}),
    "no advice": (lambda it: it.handout(advice=(), groups=()), {"CERT 10", "CERT 11"}),
    "no dose": (lambda it: it.entry(cells=(), sentence=()), {"PEMAT-P 7", "CERT 13"}),
    "no line for the name": (lambda it: it.handout(facts=()), {"CERT 14a"}),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_missing_is_missed(what):
    spoil, missed = SPOILED[what]
    assert set(unmet(spoil(Spoiled(said("knee-osteoarthritis", "en"))))) == missed


def test_a_caution_that_is_not_told_is_missed():
    handout = said("low-back-starter", "en", "glaucoma")
    assert unmet(handout) == {}
    entries = tuple(replace(one, caution=()) for one in handout.handout.entries)
    assert set(unmet(replace(handout, handout=replace(handout.handout, entries=entries)))) == {"CERT 14b"}


def test_an_explained_medical_term_is_no_fault():
    assert unmet(Spoiled(said("knee-osteoarthritis", "en")).passage("Your pelvis (hip bones) stays still.")) == {}


def test_a_measured_decimal_is_clear():
    assert unmet(Spoiled(said("knee-osteoarthritis", "en")).passage("You have a fever of 100.4 °F (38 °C).")) == {}
    assert unmet(Spoiled(said("knee-osteoarthritis", "en")).passage("Take 1 to 2 pounds (0.5 to 1 kg).")) == {}


def test_a_language_without_rules_is_left_to_people():
    german = read_locale(library(), "en")
    german.code = "de"
    (pemat, _) = scores(replace(said("knee-osteoarthritis", "en"), locale=german))
    assert {one.number for one in pemat.items if one.met is None} >= {"3", "4", "5", "7", "21"}
