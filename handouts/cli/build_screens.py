"""What `handouts build` shows: the program so far, an exercise and its picture, what the rules say. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from handouts.cli.prompting import Fragments
from handouts.compose.line import whole_line
from handouts.dose import Dose, format_dose, minutes, sessions_a_day
from handouts.drafting.draft import Draft, DraftCondition
from handouts.drafting.draft_changes import usual_dose
from handouts.drafting.draft_program import findings, findings_of, printed_program
from handouts.drafting.typed_commands import COMMANDS, FIELDS
from handouts.layout.picture_file import Cell, block_art, drawn_side_by_side
from handouts.library import Library
from handouts.library.locale import Locale
from handouts.model import Exercise, Finding
from handouts.screening.advice import day_minutes

PICTURE_COLUMNS, PICTURE_ROWS = 40, 8
STRONG, CARE, STOP = "bold", "ansiyellow", "ansired bold"


def program_screen(draft: Draft, library: Library, width: int) -> Fragments:
    """The whole program on a screen: who for, what, how much, and what the rules say against it."""
    lines: Fragments = [("", "\n"), *_head(draft, library, width)]
    found = findings(draft, library)
    for finding in found:
        if finding.packet:
            lines += _wrapped(*_styled(finding), width, "    ")
    program = printed_program(draft, library)
    for number, prescription in enumerate(program.prescriptions, 1):
        exercise, dose = prescription.exercise, prescription.dose
        a_day = minutes(dose, exercise.rep_s) * sessions_a_day(dose)
        lines.append((STRONG, f"{number:3} {exercise.id}"))
        # Doses stand below each other, but for an exercise with a very long id.
        room = max(1, 31 - len(exercise.id))
        shown = f"{' ' * room}{format_dose(dose)}"
        lines.append(
            ("", f"{shown[: width - 14 - len(exercise.id)]:{width - 14 - len(exercise.id)}}{a_day:5.1f} min\n")
        )
        if prescription.note:
            lines += _wrapped("", f"note: {prescription.note}", width, "    ")
        for finding in found:
            if finding.exercise == exercise.id:
                lines += _wrapped(*_styled(finding), width, "    ")
    if program.prescriptions:
        lines.append((STRONG, f"    {day_minutes(program.prescriptions)} minutes a day\n"))
    return lines


def finding_screen(finding: Finding, library: Library, width: int) -> Fragments:
    """One finding in full: why, by which source, what instead."""
    style, text = _styled(finding)
    lines = _wrapped(style, text, width, "  ")
    if finding.source:
        source = library.sources.get(finding.source)
        lines += _wrapped("", f"source: {source.name if source else finding.source}", width, "  ")
    if finding.verdict == "caution" and finding.rule:
        lines += _wrapped("", f"the patient reads: {finding.rule.text.advice.replace('**', '')}", width, "  ")
    return lines


def exercise_panel(
    draft: Draft, exercise: Exercise, picture: Sequence[Fragments], library: Library, width: int
) -> Fragments:
    """An exercise beside its picture: name, where and how it is done, the usual dose, what the rules say."""
    left = PICTURE_COLUMNS + 2 if picture else 0
    lines: Fragments = []
    for row, fact in zip_longest(picture, _facts(draft, exercise, library, width - left)):
        style, text = fact or ("", "")
        lines += [*(row or [("", " " * left)]), (style, text + "\n")]
    style, text = lines[-1]
    return [*lines[:-1], (style, text.rstrip("\n"))]  # a panel ends with its last line


def dose_screen(word: str, dose: Dose, exercise: Exercise, locale: Locale, width: int) -> Fragments:
    """What a dose comes to: as it will be written, and as the patient reads it."""
    return [
        *_wrapped(STRONG, f"{word}: {format_dose(dose)}  ({minutes(dose, exercise.rep_s):.1f} minutes)", width, ""),
        *_wrapped("", whole_line(dose, exercise, locale), width, "  "),
    ]


def help_screen(width: int) -> Fragments:
    """Every command, and what `set` sets."""
    lines: Fragments = []
    for word, (after, what) in COMMANDS.items():
        lines += [(STRONG, f"  {word}"), ("", f" {after}".ljust(22 - len(word)) + what[: width - 25] + "\n")]
    return lines + _wrapped("", f"set: {', '.join(FIELDS)}. A beginning will do: 'a' for add.", width, "  ")


def wrapped_lines(style: str, text: str, width: int) -> Fragments:
    """A sentence on as many lines as it takes; a path is never broken."""
    return [(style, line + "\n") for line in wrap(text, width, break_long_words=False, break_on_hyphens=False)]


def read_picture(exercise: Exercise, *, colour: bool) -> list[Fragments]:
    """The exercise's figure as lines of block characters, with the room beside it; empty when it has none."""
    if not exercise.picture:
        return []
    rows = block_art(drawn_side_by_side(exercise, None), PICTURE_COLUMNS, PICTURE_ROWS, colour=colour)
    above: list[list[Cell]] = [[]] * (PICTURE_ROWS - len(rows))
    return [[*map(_cell, row), ("", " " * (PICTURE_COLUMNS + 2 - len(row)))] for row in above + rows]


def _head(draft: Draft, library: Library, width: int) -> Fragments:
    name = f"{draft.name or '(no name)'}{f' ({draft.id})' if draft.id else ''}"
    lines: Fragments = [(STRONG, name[: width - 12]), ("", f"{draft.date:>{width - len(name[: width - 12])}}\n")]
    known = [_has(one, library) for one in draft.conditions]
    lines += _wrapped("", f"has: {'; '.join(known) if known else 'no condition given'}", width, "")
    facts = {
        "age": draft.age, "born": draft.born,
        "packet": draft.packet, "clinic": draft.clinic, "clinician": draft.clinician, "language": draft.language,
        "next visit": draft.next_visit, "goal": draft.goal, "message": draft.note,
        **{name.replace("_", " "): str(value).lower() for name, value in draft.layout.items()},
    }  # fmt: skip
    if text := "; ".join(f"{what}: {value}" for what, value in facts.items() if value):
        lines += _wrapped("", text, width, "")
    return lines


def _has(has: DraftCondition, library: Library) -> str:
    details = [part for part in (has.side, f"since {has.since}" if has.since else None, has.limits) if part]
    return library.conditions[has.condition].text.name + (f" [{', '.join(details)}]" if details else "")


def _facts(draft: Draft, exercise: Exercise, library: Library, room: int) -> Iterator[tuple[str, str]]:
    """The lines beside a picture, each short enough."""

    def lines(style: str, text: str) -> Iterator[tuple[str, str]]:
        yield from ((style, line) for line in wrap(text, room))

    yield from lines(STRONG, exercise.text.name)
    yield from lines("", f"{exercise.region}, {exercise.position}, {exercise.goal}")
    if exercise.equipment:
        yield from lines("", f"needs: {', '.join(exercise.equipment)}")
    dose = format_dose(usual_dose(draft, exercise.id, library))
    yield from lines("", f"usual: {dose}")
    if draft.conditions:
        found = findings_of(draft, exercise.id, dose, library)
        for verdict, style, word in (("contraindicated", STOP, "NOT with"), ("caution", CARE, "care with")):
            names = dict.fromkeys(one.condition for one in found if one.verdict == verdict)
            if names:
                yield from lines(style, f"{word} {', '.join(names)}")
        if not found:
            yield from lines("", "no rule fires; that is no clearance")


def _styled(finding: Finding) -> tuple[str, str]:
    """A finding in one sentence, in words that need no colour."""
    if finding.overridden:
        return CARE, f"in spite of {finding.condition}: {finding.overridden}"
    if finding.verdict == "caution":
        return CARE, f"care with {finding.condition}: {finding.reason}"
    item = f"{finding.packet} is " if finding.packet else ""
    instead = f" Instead: {', '.join(finding.alternatives)}." if finding.alternatives else ""
    return STOP, f"{item}NOT with {finding.condition}: {finding.reason.rstrip('.')}.{instead}"


def _wrapped(style: str, text: str, width: int, indent: str) -> Fragments:
    lines = wrap(text, width, initial_indent=indent, subsequent_indent=indent + "  ")
    return [(style, line + "\n") for line in lines]


def _cell(cell: Cell) -> tuple[str, str]:
    colours = [f"{kind}:#{red:02x}{green:02x}{blue:02x}" for kind, colour in (("fg", cell.front), ("bg", cell.back))
               if colour for red, green, blue in (colour,)]  # fmt: skip
    return " ".join(colours), cell.sign
