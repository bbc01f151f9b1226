"""A language of the sheet: words, plurals, dates, and English wherever a translation cannot be trusted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handouts.errors import BadInput
from handouts.library import Library, read_library, stamp_translations, translation_problems
from handouts.library.languages import plural_rule
from handouts.library.locale import language_problems, read_locale
from tests.meaning.conftest import SPANISH_HEART, write
from tests.meaning.test_library import BRIDGE, edit


@pytest.fixture
def stamped(content: Path) -> Library:
    stamp_translations(read_library([content]), content, "es")
    return read_library([content])


def test_words_with_fields_and_plurals(library: Library) -> None:
    english, spanish = read_locale(library, "en"), read_locale(library, "es")
    assert english.say("names.regions.low-back") == "Low back"
    assert [english.say("dose.times", n=n) for n in (1, 2, (1, 1), (1, 3))] == [
        "Do it 1 time.", "Do it 2 times.", "Do it 1 time.", "Do it 1 to 3 times.",
    ]  # fmt: skip
    assert spanish.say("dose.times", n=1) == "Hágalo 1 vez."
    assert spanish.words("dates.months")[0] == "ene"
    assert (spanish.code, spanish.tag) == ("es", "es-US")


def test_a_word_that_is_nowhere_is_a_bug(library: Library) -> None:
    locale = read_locale(library, "en")
    for ask in (lambda: locale.say("dose.none"), lambda: locale.say("dose.times"), lambda: locale.say("names.regions")):
        with pytest.raises(KeyError):
            ask()


def test_a_word_missing_in_one_language_comes_in_english_with_a_note(library: Library) -> None:
    locale = read_locale(library, "es")
    assert locale.say("dose.only_english") == locale.say("dose.only_english") == "Only here"
    assert locale.notes == ["es: the word dose.only_english is missing, printed in English"]


def test_dates(library: Library) -> None:
    day = dt.date(2026, 11, 22)
    assert read_locale(library, "en").date(day) == "Nov 22, 2026"
    assert read_locale(library, "es").date(day) == "22 nov 2026"


def test_a_fresh_translation_is_used(stamped: Library) -> None:
    locale = read_locale(stamped, "es")
    text = locale.text(stamped.exercise("bridge"))
    assert (text.name, text.lang, text.steps) == ("Puente", "es-US", ("Suba la cadera.", "Bájela."))
    assert locale.text(stamped.conditions["weak-bones"]).for_you == "Tiene huesos débiles."
    assert locale.notes == []


def test_what_is_missing_comes_in_english_and_says_so(stamped: Library) -> None:
    locale = read_locale(stamped, "es")
    assert locale.text(stamped.exercise("curl")).lang == "en-US"
    assert locale.text(stamped.rules[0]).lang == "en-US"
    assert locale.text(stamped.warnings[0]).lang == "en-US"
    assert locale.text(stamped.packet("starter")).lang == "en-US"
    assert len(locale.notes) == 4


@pytest.mark.usefixtures("stamped")
def test_a_text_whose_english_has_changed_is_never_printed(content: Path) -> None:
    edit(content, BRIDGE, "steps: [Lift your hips., ", "steps: [Lift your hips high., ")
    library = read_library([content])
    locale = read_locale(library, "es")
    text = locale.text(library.exercise("bridge"))
    assert (text.name, text.lang) == ("Bridge", "en-US")
    assert locale.notes == ["es: exercises/bridge is printed in English: 'steps' is stale: the English has changed"]


def test_an_unstamped_text_is_never_printed(library: Library) -> None:
    assert read_locale(library, "es").text(library.exercise("bridge")).name == "Bridge"


def test_a_pain_scale_with_other_numbers_is_never_printed(content: Path) -> None:
    go, stop = (
        "{kind: go, low: 0, high: 5, word: Bien, action: Siga.}",
        "{kind: stop, low: 6, high: 10, word: No, action: No.}",
    )
    text = f"usual:\n  of: {{}}\n  zones: [{go}, {stop}]\n  next_day: Peor.\n  page1: Llega a 6.\n"
    write(content, {"translations/es/pain-scales.yaml": text})
    stamp_translations(read_library([content]), content, "es")
    library = read_library([content])
    locale = read_locale(library, "es")
    assert locale.text(library.pain_scales[0]).lang == "en-US"
    assert "numbers of the pain scale" in locale.notes[0]


def heart_in_spanish(content: Path, old: str = "", new: str = "") -> tuple[str | None, str, list[str]]:
    """Title and language of the warning in Spanish, with `old` in its file changed to `new`, and the notes."""
    write(content, {"translations/es/warnings/general.yaml": SPANISH_HEART.replace(old, new)})
    stamp_translations(read_library([content]), content, "es")
    library = read_library([content])
    locale = read_locale(library, "es")
    text = locale.text(library.warnings[0])
    return text.title, text.lang, locale.notes


def test_a_warning_is_printed_in_its_translation(content: Path) -> None:
    assert heart_in_spanish(content) == ("Su corazón: {emergency}", "es-US", [])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (": {emergency}", "", "'title' has other {blanks} than the English"),
        (" con {phone}", "", "'items' has other {blanks} than the English"),
        ("dizzy:", "dizzi:", "the items are not those of the English"),
        (", page1: Dolor de pecho.", "", "the item 'chest' has other fields than the English"),
        ('    dizzy: {text: "Se marea con {phone}."}\n', "", "'items' has other {blanks} than the English"),
    ],
)
def test_a_warning_that_says_less_is_never_printed(content: Path, old: str, new: str, why: str) -> None:
    title, lang, notes = heart_in_spanish(content, old, new)
    assert (title, lang) == ("Your heart: {emergency}", "en-US")
    assert why in notes[0]


def test_a_misfiled_line_is_told_in_its_own_language_too(content: Path) -> None:
    heart_in_spanish(content, "Le duele el pecho.", "Le duele. Vaya al médico hoy.")
    found = [problem.message for problem in translation_problems(read_library([content]), "es")]
    assert "'chest' asks for 'call-doctor-today', but its action is 'call-911'" in found


def test_packet_notes_are_translated_by_exercise(content: Path) -> None:
    text = (
        "of: {}\ntitle: Inicio\npurpose: Empezar.\nprogression: Más.\nadvice: [Descanse.]\n"
        "notes: {knee-to-chest: Use una toalla.}\n"
    )
    write(content, {"translations/es/packets/starter.yaml": text})
    stamp_translations(read_library([content]), content, "es")
    library = read_library([content])
    packet = read_locale(library, "es").text(library.packet("starter"))
    assert (packet.title, packet.notes) == ("Inicio", {"knee-to-chest": "Use una toalla."})
    edit(content, "packets/starter.yaml", "note: Use a towel.", "note: Use a belt.")
    library = read_library([content])
    assert read_locale(library, "es").text(library.packet("starter")).title == "Start"


def test_the_short_caution_is_translated_and_stamped_with_its_advice(content: Path) -> None:
    edit(content, "rules.yaml", "advice: Do not bend.", "advice: Do not bend., short: Do not bend.")
    name = "translations/es/rules.yaml"
    write(content, {name: "weak-bones-bend:\n  of: {}\n  advice: No se doble.\n  short: Sin doblarse.\n"})
    stamp_translations(read_library([content]), content, "es")
    library = read_library([content])
    advice = read_locale(library, "es").text(library.rules[0])
    assert (advice.lang, advice.advice, advice.short) == ("es-US", "No se doble.", "Sin doblarse.")
    edit(content, "rules.yaml", "short: Do not bend.", "short: Never bend.")
    library = read_library([content])
    assert read_locale(library, "es").text(library.rules[0]).advice == "Do not bend."


def test_an_unknown_language_names_the_known(library: Library) -> None:
    with pytest.raises(BadInput, match=r"unknown language 'fr' \(known: en, es\)"):
        read_locale(library, "fr")


def test_a_clinic_may_change_single_words(content: Path, tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"languages/en.yaml": "names: {regions: {low-back: Lower back}}\n"})
    locale = read_locale(read_library([content, own]), "en")
    assert locale.say("names.regions.low-back") == "Lower back"
    assert locale.say("names.equipment.mat") == "mat"


@pytest.mark.parametrize(
    ("rule", "yes", "no"),
    [
        ("n is 1", [1], [0, 2, 1.5]),
        ("n in 0..1", [0, 1], [2, 0.5]),
        ("n mod 10 in 2..4 and n mod 100 not in 12..14", [2, 23, 104], [5, 12, 113]),
        ("n mod 10 is 1 and n mod 100 is not 11 or n is 0", [1, 21, 0], [11, 2]),
        ("n in 3,5,7..9", [3, 5, 8], [4, 6]),
    ],
)
def test_plural_rules(rule: str, yes: list[float], no: list[float]) -> None:
    applies = plural_rule(rule)
    assert all(applies(number) for number in yes)
    assert not any(applies(number) for number in no)


@pytest.mark.parametrize("rule", ["n == 1", "n is one", "import os", "n in 1.."])
def test_a_plural_rule_that_is_none_is_refused(content: Path, rule: str) -> None:
    edit(content, "languages/es.yaml", "one: n is 1", f"one: '{rule}'")
    with pytest.raises(BadInput):
        read_locale(read_library([content]), "es")


def test_a_language_is_compared_with_english(content: Path) -> None:
    edit(content, "languages/es.yaml", "Hágalo {n} veces.", "Hágalo {m} veces.")
    said = "\n".join(map(str, language_problems(read_library([content]), "es")))
    assert "the word 'dose.only_english' is missing" in said
    assert "the word 'dose.times' has other {fields}" in said
