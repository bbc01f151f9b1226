"""Every packet as it is printed: how many pages, what stands on page 1, and that Stay safe is one page."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from handouts import cache
from handouts.compose.handout import Card
from handouts.compose.text import wording
from handouts.layout.card import GUTTER, CardBlock
from handouts.layout.document import LaidOutHandout
from handouts.layout.exercise_list import ExerciseList
from handouts.layout.log import LogHeading, SideBySide, WeekPair
from handouts.layout.page_check import recorded, text_problems, wording_of
from handouts.layout.page_planner import Page
from handouts.layout.page_record import RecordingCanvas
from handouts.layout.picture_panel import PicturePanel
from handouts.layout.safety_parts import PainScaleBlock, SafetyBoxes
from handouts.library.locale import read_locale
from handouts.prescription import ProgramFields, build_program, read_program
from handouts.programs import screen
from handouts.rendering import lay_out_program, render
from handouts.resources import content_folder
from tests.golden import FOURTEEN
from tests.layout.packets import DAY, PACKETS, laid_out, library
from tests.layout.page_rules import hanging_texts, page_problems

LANGUAGES, PAPERS = ("en", "es"), ("letter", "a4")
FORMS: dict[str, dict[str, Any]] = {
    "normal": {}, "large": {"large_print": True}, "ink": {"ink_saver": True}, "punched": {"hole_punch": True},
}  # fmt: skip
QUICK = (
    ("low-back-starter", "es", "letter", "normal"),
    ("knee-osteoarthritis", "en", "a4", "ink"),
    ("pregnancy-low-back", "en", "letter", "large"),
    ("hip-replacement-early", "en", "letter", "punched"),
    ("carpal-tunnel", "en", "letter", "normal"),
    ("balance-falls-add-on", "es", "a4", "normal"),
)


def packet(name: str, language: str, paper: str, form: str) -> LaidOutHandout:
    return laid_out(name, clinic="palm-wellness", language=language, paper=paper, **FORMS[form])


@functools.cache
def of_exercises(chosen: int | str, language: str = "en", paper: str = "letter", **fields: Any) -> LaidOutHandout:
    """A patient's program of one exercise, or of the first so many of fourteen."""
    given: dict[str, Any] = {"patient": "Bo Li", "clinic": "palm-wellness", "clinician": "Dana Reyes, LMT"}
    exercises = (chosen,) if isinstance(chosen, str) else FOURTEEN[:chosen]
    asked = ProgramFields(**given, exercise=exercises, language=language, paper=paper, **fields)
    return lay_out_program(screen(build_program(asked, library(), date=DAY), library()), library()).pages


def sample(name: str) -> LaidOutHandout:
    """One of the sample programs."""
    path = content_folder() / "samples" / f"{name}.yaml"
    return lay_out_program(screen(read_program(path, library(), date=DAY), library()), library()).pages


def drawn_words(made: LaidOutHandout) -> list[str]:
    """The words of each page."""
    canvas = RecordingCanvas(made.page_size)
    made.draw(canvas)
    return [" ".join(wording_of(paragraph) for paragraph in page.paragraphs()) for page in canvas.pages]


# -- How many pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("count", "most"), [(1, 2), (4, 4), (8, 6), (14, 9)])
def test_a_program_takes_few_pages(count, most, language, paper):
    """One page more in Spanish, or with cautions on most cards."""
    made = of_exercises(count, language, paper)
    assert made.page_count <= most + (language == "es" and count > 1)
    assert list(hanging_texts(made, recorded(made))) == []


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("language", "longer"), [("en", 6), ("es", 17)])
def test_one_exercise_takes_two_pages(language, longer, paper):
    """A sheet of paper; a second one for the few that have long steps."""
    counts = [of_exercises(name, language, paper).page_count for name in library().exercise_ids()]
    assert sum(count > 2 for count in counts) <= longer
    assert max(counts) <= 4


def test_weeks_that_fill_a_page_each_stay_on_it():
    """The most exercises that a program may have; what was checked has a page behind them."""
    asked = ProgramFields(patient="Bo Li", exercise=tuple(sorted(library().exercise_ids())[20:40]))
    made = lay_out_program(screen(build_program(asked, library(), date=DAY), library()), library()).pages
    first, second, foot = ([type(block) for block in _blocks(page)] for page in made.pages[-3:])
    assert (first, second, foot) == ([LogHeading, WeekPair], [WeekPair], [SideBySide])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_programs_of_any_length_are_laid_out_in_any_form(seed):
    """No program that may be made is refused for want of room, or is an internal fault."""
    any_of = random.Random(seed)
    for _ in range(30):
        asked = ProgramFields(
            patient="Bo Li",
            packet=any_of.choice((None, *PACKETS)),
            exercise=tuple(any_of.sample(library().exercise_ids(), any_of.choice((1, 2, 8, 14, 17, 19, 20)))),
            language=any_of.choice(LANGUAGES),
            paper=any_of.choice(PAPERS),
            log_weeks=any_of.choice((0, 1, 2, 3, 4, 5, 6, 9, 12)),
            **FORMS[any_of.choice(sorted(FORMS))],
        )
        screened = screen(build_program(asked, library(), date=DAY), library())
        pages = lay_out_program(screened, library(), both_sides=any_of.random() < 0.5).pages
        assert text_problems(pages, recorded(pages)) == [], asked


@pytest.mark.parametrize("large", [False, True])
def test_a_week_that_is_taller_than_a_page_stands_in_two_tables(large):
    spanish = read_locale(library(), "es")
    longest = sorted(library().exercises(), key=lambda one: len(spanish.text(one).name))[-20:]
    of_longest = ProgramFields(
        patient="Bo Li", exercise=tuple(one.id for one in longest), language="es", large_print=large
    )
    made = lay_out_program(screen(build_program(of_longest, library(), date=DAY), library()), library()).pages
    weeks = [block for page in made.pages for block in _blocks(page) if isinstance(block, WeekPair)]
    assert len(weeks) == (8 if large else 4)
    for first, rest in zip(weeks[::2], weeks[1::2], strict=True):
        for upper, lower in zip(first.tables, rest.tables, strict=True):
            assert upper.title == lower.title
            assert sorted(card.number for card in (*upper.cards, *lower.cards)) == list(range(1, 21))
            assert (upper.has_foot, lower.has_foot) == (False, True)


@pytest.mark.parametrize(("count", "most"), [(4, 5), (8, 7)])
def test_cautions_of_most_cards_stand_above_them_and_take_one_page_more_at_most(count, most):
    made = of_exercises(count, condition=("vertigo-bppv",))
    assert made.handout.shared_cautions
    assert not any(card.caution for card in made.handout.cards)
    assert made.page_count <= most


@pytest.mark.parametrize(("name", "most"), [("maria", 6), ("maria-es", 7), ("one-exercise", 2)])
def test_a_sample_takes_few_pages(name, most):
    assert sample(name).page_count <= most


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "most"), [("low-back-starter", 14), ("knee-osteoarthritis", 18)])
def test_large_print_takes_few_pages(name, most, language):
    assert packet(name, language, "letter", "large").page_count <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_of_a_full_list_in_large_print_touches_its_rules(language):
    made = laid_out("low-back-starter", language=language, large_print=True)
    (rows,) = [block for block in _blocks(made.pages[0]) if isinstance(block, ExerciseList)]
    assert rows.form.row >= rows.least + 2
    assert made.page_count <= 14


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_print_lists_many_exercises_over_the_page(language):
    made = of_exercises(14, language, large_print=True)
    assert [*page_problems(made), *hanging_texts(made, recorded(made))] == []
    listed = [card.number for page in made.pages[:2] for block in _blocks(page) for card in _listed(block)]
    assert listed == list(range(1, 15))


@pytest.mark.parametrize(("language", "conditions"), [("en", ("parkinsons", "anticoagulation")), ("es", ())])
def test_no_panel_is_larger_than_its_pictures_and_the_text_beside_it(language, conditions, monkeypatch):
    """Where a page has room to spare, too."""
    heights: dict[str, float] = {}
    monkeypatch.setattr(PicturePanel, "paint", lambda panel, *where: heights.update({panel.card.id: where[-1]}))
    made = laid_out("knee-osteoarthritis", condition=conditions, language=language)
    for block in (block for page in made.pages for block in _blocks(page) if isinstance(block, CardBlock)):
        block.changed()
        block.wrap(made.theme.measure, 0)
        text = block.text.wrap(block.width - block.panel.width - GUTTER, 0)[1] + 1
        high = heights[block.card.id]
        assert high <= max(text, block.panel.useful(high)) + 0.1
    assert len(heights) == 6


def _blocks(page: Page) -> list[Any]:
    return [block for column in page.columns for block in column.blocks]


def _listed(block: Any) -> tuple[Card, ...]:
    return block.cards if isinstance(block, ExerciseList) else ()


# -- Page 1 ----------------------------------------------------------------------------------------------------------


def first_page(made: LaidOutHandout) -> list[type]:
    blocks = [type(block) for column in made.pages[0].columns for block in column.blocks]
    return [block for block in blocks if block in (ExerciseList, SafetyBoxes, PainScaleBlock)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [2, 5, 8, 12])
def test_page_1_has_list_boxes_and_scale_up_to_twelve(count, language):
    made = of_exercises(count, language)
    assert first_page(made) == [ExerciseList, SafetyBoxes, PainScaleBlock]
    first = drawn_words(made)[0]
    for card in made.handout.cards:
        assert f"{card.number} {wording(card.name)} {wording(card.list_dose)}" in first


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PACKETS)
def test_page_1_of_every_packet_has_list_boxes_and_scale(name, language, paper):
    assert first_page(packet(name, language, paper, "normal")) == [ExerciseList, SafetyBoxes, PainScaleBlock]


# -- Every packet in every form --------------------------------------------------------------------------------------


def faults(made: LaidOutHandout) -> list[str]:
    return [*page_problems(made), *_lost(made)]


def _lost(made: LaidOutHandout) -> Iterator[str]:
    """What a patient must be told, and no page tells."""
    handout, told = made.handout, drawn_words(made)
    whole = " ".join(told)
    for number, words in enumerate(told, 1):
        count = len(told)
        ways = [f"Page {number} of {count}", f"Página {number} de {count}"]
        if made.theme.large:  # where the phone needs the room
            ways.append(f" {number}/{count} ")
        if not any(way in words for way in ways):
            yield f"page {number} does not say which it is"
    texts = [text for card in handout.cards for text in (card.name, card.dose, card.start, *card.steps, *card.fixes)]
    texts += [text for card in handout.cards for text in (*card.caution, card.note)]
    texts += [item.text for part in handout.safety for group in part.groups for item in group.items if not item.spare]
    texts += [*handout.emergency.lines, *handout.for_this_program, handout.pain.next_day]
    yield from (f"not printed: {wording(text)}" for text in texts if _bare(wording(text)) not in _bare(whole))


def _bare(words: str) -> str:
    """Words without what a line break adds."""
    return "".join(words.split()).replace("-", "")


@pytest.mark.parametrize("kind", QUICK, ids="-".join)
def test_a_packet_as_it_is_printed(kind):
    assert faults(packet(*kind)) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PACKETS)
def test_every_packet_as_it_is_printed(name, language, paper, form):
    assert faults(packet(name, language, paper, form)) == []


# -- Stay safe -------------------------------------------------------------------------------------------------------


def safety_pages(made: LaidOutHandout) -> int:
    """How many pages the section Stay safe has."""
    start = next(i for i, page in enumerate(made.pages) if page.section == "safety")
    following = [page.section for page in made.pages[start + 1 :]]
    return 1 + next((i for i, section in enumerate(following) if section), len(following))


@pytest.mark.parametrize("name", ["low-back-starter", "knee-replacement-early"])
def test_stay_safe_is_one_page(name):
    assert safety_pages(packet(name, "en", "letter", "normal")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PACKETS)
def test_stay_safe_of_every_packet_is_one_page(name, language, paper):
    assert safety_pages(packet(name, language, paper, "normal")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_stay_safe_with_one_condition_is_one_page(language):
    pages = {condition: _with_condition(condition, language) for condition in library().conditions}
    printed = [count for count in pages.values() if count]
    assert len(printed) > 100
    assert max(printed) == 1, [name for name, count in pages.items() if count > 1]


def _with_condition(condition: str, language: str) -> int:
    """Pages of Stay safe with an exercise that the condition allows; 0 where it allows none of these."""
    for exercise in ("bridge", "chin-tuck", "ankle-pumps", "diaphragmatic-breathing", "quad-set"):
        asked = ProgramFields(
            patient="Bo Li", clinic="palm-wellness", exercise=(exercise,), condition=(condition,), language=language
        )
        screened = screen(build_program(asked, library(), date=DAY), library())
        if not screened.refused:
            return safety_pages(lay_out_program(screened, library()).pages)
    return 0


# -- Bytes -----------------------------------------------------------------------------------------------------------


def test_the_same_program_gives_the_same_bytes():
    path = content_folder() / "samples" / "maria.yaml"
    program = read_program(path, library(), date=DAY)
    assert render(program, library()).pdf == render(program, library()).pdf


ASKED: tuple[dict[str, Any], ...] = (
    {"patient": "Zebediah Quill", "goal": "Walk to the mailbox"},
    {"patient": "Anneliese Brook", "language": "es"},
    {"patient": "Ottoline Marsh", "ink_saver": True},
    {"patient": "Ottoline Marsh", "large_print": True},
    {"patient": "Clementine Ash", "exercise": ("bridge 2x8 2/day", "knee-to-chest 2x10 right")},
)


@pytest.mark.slow
def test_what_is_kept_in_memory_shows_on_no_page():
    """Each handout is the same whatever was made before it."""
    common: dict[str, Any] = {"clinic": "palm-wellness", "exercise": ("bridge", "knee-to-chest 2x10 left")}
    programs = [build_program(ProgramFields(**(common | asked)), library(), date=DAY) for asked in ASKED]

    def made(order: Iterable[int]) -> dict[int, bytes]:
        for kept in (cache.LINES, cache.FIGURES, cache.DRAWINGS, cache.BITMAPS):
            kept._values.clear()
        return {i: render(programs[i], library()).pdf for i in order}

    one = made(range(len(programs)))
    assert one == made(reversed(range(len(programs))))
    assert len(set(one.values())) == len(programs)
