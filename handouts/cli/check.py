"""`handouts check`: every problem of content folders, program files and rosters, with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.examples import examples
from handouts.cli.ids import LANGUAGE
from handouts.cli.options import json_option
from handouts.cli.scoring import score_records, tell_scores
from handouts.cli.session import everywhere, session_of
from handouts.cli.streams import put, put_json
from handouts.cli.talk import remark, say
from handouts.errors import BadInput, ExitCode, FileTrouble, Problem

if TYPE_CHECKING:
    from handouts.library import Library
    from handouts.readability import Score


@click.command(
    "check",
    epilog=examples(
        "handouts check maria.yaml",
        "handouts check my-clinic",
    ),
)
@click.argument("paths", metavar="[PATH ...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--reviewed", is_flag=True, help="List what no licensed clinician has signed off; not a problem.")
@click.option("--stamp", type=LANGUAGE, metavar="CODE", help="Stamp new translations of CODE with today's English.")
@click.option(
    "--renew", multiple=True, metavar="ID", help="With --stamp: this stale text was read again and still holds."
)
@json_option
@everywhere
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    stamp: str | None,
    renew: tuple[str, ...],
    *,
    reviewed: bool,
    as_json: bool,
) -> int:
    """Check content folders, program files and rosters; the built-in library and --library folders without a PATH.

    Every problem is printed as file:line:column: message, and the exit code is 3 when there is one. The handout of a
    sound program is read by the items of PEMAT-P and CERT that a machine can judge; a low score is no problem.
    """
    from handouts.library import read_library
    from handouts.library.library_check import unreviewed
    from handouts.resources import content_folder

    for path in paths:
        if not path.exists():
            raise FileTrouble(str(path), "there is no such file or folder")
    session = session_of(ctx)
    folders = [path for path in paths if path.is_dir()]
    programs = [path for path in paths if not path.is_dir()]
    built_in = content_folder()
    own = [folder for folder in [*session.folders, *folders] if folder.resolve() != built_in.resolve()]
    library = read_library([built_in, *own])
    if renew and stamp is None:
        raise click.UsageError("--renew goes with --stamp.", ctx)
    if stamp is not None:
        _stamp(library, folders or own or [built_in], stamp, renew)
        library = read_library([built_in, *own])
    contents = {path: root for path in programs if (root := _content_root(path))}
    if contents:
        folders += dict.fromkeys(contents.values())
        library = read_library([built_in, *own, *dict.fromkeys(contents.values())])
    programs = [path for path in programs if path not in contents]
    rosters = [path for path in programs if path.suffix.lower() not in (".yaml", ".yml")]
    scores, faults = _read_programs([path for path in programs if path not in rosters], library)
    faults += _roster_problems(rosters, library)
    problems = sorted({*_library_problems(library, folders, programs), *faults})
    looser = _tell_own(library) if not problems and len(library.folders) > 1 else []
    waiting = unreviewed(library) if reviewed and not problems else []
    if as_json:
        found = {"problems": [str(one) for one in problems], "looser": looser, "scores": score_records(scores)}
        put_json({**found, **({"unreviewed": waiting} if reviewed else {})})
    else:
        for line in (*map(str, problems), *(f"{one}: not reviewed by a licensed clinician" for one in waiting)):
            put(line)
        tell_scores(scores, every_item=len(scores) == 1 or session.verbose)
    _sum_up(problems, waiting, reviewed=reviewed)
    return ExitCode.BAD_INPUT if problems else ExitCode.DONE


def _content_root(path: Path) -> Path | None:
    """The content folder that a single file of an exercise, packet or clinic lies in; None for any other file."""
    parents = path.absolute().parents
    for depth, kind in ((2, "exercises"), (1, "packets"), (1, "clinics"), (1, "warnings")):
        if len(parents) > depth and parents[depth - 1].name == kind:
            return path.parents[depth] if len(path.parents) > depth else parents[depth]
    return None


def _tell_own(library: Library) -> list[str]:
    """Says what of the clinic's own content is looser than the built-in, and what a sheet would print in English."""
    from handouts.library import untranslated
    from handouts.screening import loosened_everywhere

    looser = list(loosened_everywhere(library))
    for line in looser:
        say(line, fg="yellow")
    for code in library.languages():
        if code != "en":
            for missing in untranslated(library, code):
                remark(f"{missing}: printed in English")
    return looser


def _library_problems(library: Library, folders: list[Path], programs: list[Path]) -> Iterator[Problem]:
    """The problems of the folders asked for; of the whole library when nothing was named.

    A clinic's own folder is judged together with the built-in library, and the built-in library by itself: what the
    clinic replaces is no fault of the original.
    """
    if programs and not folders:
        return
    roots = [folder.resolve() for folder in folders or library.folders[1:]]
    if not folders:
        yield from _problems_of(library.built_in)
    if roots:
        for problem in _problems_of(library):
            if any(Path(problem.path).resolve().is_relative_to(root) for root in roots):
                yield problem


def _problems_of(library: Library) -> list[Problem]:
    """Every problem of a library; translations and reading grades are judged once the rest is sound."""
    from handouts.figures import check_pose
    from handouts.library import translation_problems
    from handouts.library.library_check import check_library
    from handouts.library.locale import language_problems

    found = [*check_library(library, check_pose)]
    for code in library.languages():
        found += language_problems(library, code)
    if not found:
        for code in library.languages():
            if code != "en":
                found += translation_problems(library, code)
        found += [*_reading_problems(library), *_picture_problems(library)]
    return found


def _reading_problems(library: Library) -> Iterator[Problem]:
    """Exercises whose patient text, taken together, is harder than the sixth grade in a language with a formula."""
    from handouts.library.locale import read_locale
    from handouts.readability.grade import GRADED, MOST_GRADE, patient_words, reading_grade

    for locale in [read_locale(library, code) for code in library.languages() if code in GRADED]:
        for exercise in library.exercises():
            text = locale.exercise(exercise)
            grade = reading_grade(patient_words(text), text.lang)
            if grade > MOST_GRADE:
                document, where = library.origin("exercises", exercise.id)
                message = f"reading grade {grade:.1f} in {text.lang} is above {MOST_GRADE:.0f}"
                yield Problem(document.path, *document.place(where), message, "shorter sentences, shorter words")


def _picture_problems(library: Library) -> Iterator[Problem]:
    """Pictures and logos that are there and cannot be drawn."""
    from handouts.branding import read_logo, read_picture

    pictures = [Path(one.photo.file) for one in library.exercises() if one.photo]
    logos = [library.logo_path(clinic) for clinic in library.read_all(library.clinic, library.clinics)]
    for read, path in [*((read_picture, path) for path in pictures), *((read_logo, path) for path in logos if path)]:
        try:
            read(path)
        except BadInput as error:
            yield from error.problems


def _roster_problems(paths: Iterable[Path], library: Library) -> Iterator[Problem]:
    from handouts.batch import roster_problems

    for path in paths:
        yield from roster_problems(path, library, dt.date.today())


def _read_programs(paths: Iterable[Path], library: Library) -> tuple[dict[Path, tuple[Score, ...]], list[Problem]]:
    """The scores of the handouts that can be made, and the problems of the other programs."""
    from handouts.pdf.fonts import UnprintableText
    from handouts.prescription import read_program
    from handouts.readability import read_handout

    scores: dict[Path, tuple[Score, ...]] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            scores[path] = read_handout(read_program(path, library, date=dt.date.today()), library)
        except BadInput as error:
            problems.extend(error.problems)
        except UnprintableText as error:
            problems.append(Problem(str(path), 0, 0, str(error)))
    return scores, problems


def _stamp(library: Library, folders: Iterable[Path], code: str, renew: tuple[str, ...]) -> None:
    from handouts.library import stamp_translations

    for folder in folders:
        for changed in stamp_translations(library, folder, code, renew):
            remark(f"stamped {changed}")


def _sum_up(problems: list[Problem], waiting: list[str], *, reviewed: bool) -> None:
    if problems:
        say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}", fg="red")
        return
    remark("no problems")
    if reviewed:
        remark(f"{len(waiting)} not reviewed by a licensed clinician")
