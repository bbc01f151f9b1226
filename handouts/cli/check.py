"""`handouts check`: every problem of content folders, program files and rosters, with its place; and the scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from handouts.batch.preflight import roster_problems
from handouts.batch.roster_columns import roster_reading
from handouts.branding import read_logo, read_picture
from handouts.cli.config_file import usual_config
from handouts.cli.options import named
from handouts.cli.output import put, put_json, say, say_unless_quiet
from handouts.cli.requested import check_program_file
from handouts.cli.session import session_of
from handouts.errors import BadInput, ExitCode, FileTrouble, Problem, visible
from handouts.figures.pose_check import check_pose
from handouts.input_files import STANDARD_INPUT
from handouts.library import Library, read_library, stamp_translations, translation_problems, untranslated
from handouts.library.clinics import notice_problems
from handouts.library.library_check import check_library
from handouts.library.locale import language_problems, read_locale, text_problems
from handouts.library.stray_files import DEPTHS, FILES
from handouts.pdf.finished_pdfs import read_leaflet
from handouts.pdf.fonts import UnprintableText, fault_of
from handouts.programs import read_program
from handouts.proofreading import clinic_problems, crowding_problems, proofread
from handouts.readability import Score
from handouts.readability.grade import GRADED, MOST_GRADE, patient_words, reading_grade
from handouts.rendering import leaflet_paths
from handouts.reports.program_report import Record
from handouts.resources import content_folder
from handouts.reviewing.signatures import signature_problems
from handouts.screening import RefusedForSafety, loosened_everywhere


def run(ctx: click.Context, paths: tuple[Path, ...], stamp: str | None, renew: tuple[str, ...], **options: Any) -> int:
    """Check the folders and files that are named, or the whole library."""
    for path in paths:
        if not path.exists() and path != STANDARD_INPUT:
            raise FileTrouble(str(path), "there is no such file or folder")
    session = session_of(ctx)
    folders = [path for path in paths if path.is_dir()]
    programs = [path for path in paths if not path.is_dir()]
    built_in = content_folder()
    own = [folder for folder in [*session.folders, *folders] if folder.resolve() != built_in.resolve()]
    library = _opened(*own)
    if renew and stamp is None:
        raise click.UsageError("--renew goes with --stamp.", ctx)
    if stamp is not None:
        stamp = named("languages", stamp, library, "--stamp")
        for folder in folders or own or [built_in]:
            for changed in stamp_translations(library, folder, stamp, renew):
                say_unless_quiet(f"stamped {changed}")
        library = _opened(*own)
    contents = {path: root for path in programs if (root := _content_root(path))}
    if contents:
        folders += dict.fromkeys(contents.values())
        library = _opened(*own, *dict.fromkeys(contents.values()))
    config = session.config or usual_config()
    # The configuration was read before this command began, and found right.
    programs = [path for path in programs if path not in contents and path.resolve() != config.resolve()]
    _ = library.versions  # what cannot be read is told here, whether or not an item is in it: every handout notes it
    for path in programs:
        check_program_file(path, library, or_roster=True)
    rosters = [path for path in programs if path.suffix.lower() not in (".yaml", ".yml") and path != STANDARD_INPUT]
    scores, faults = _read_programs([path for path in programs if path not in rosters], library)
    today = dt.date.today()
    reading = roster_reading(options["columns"], options["ignore"], options["encoding"], library.names.is_condition)
    for path in rosters:
        faults += roster_problems(path, library, today, reading, options["date_order"], lambda line: say(visible(line)))
    problems = sorted({*_library_problems(library, folders, files_only=bool(paths) and not folders), *faults})
    looser = _say_looser(library) if not problems and len(library.folders) > 1 else []
    if options["as_json"]:
        put_json({"problems": [str(one) for one in problems], "looser": looser, "scores": _score_records(scores)})
    else:
        for problem in problems:
            put(str(problem))
        _say_scores(scores, every_item=len(scores) == 1 or session.verbose)
    if problems:
        say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}", fg="red")
    else:
        say_unless_quiet("no problems")
    return ExitCode.BAD_INPUT if problems else ExitCode.DONE


def _opened(*folders: Path) -> Library:
    """The library, also with files that nobody would read: they are told with all other problems."""
    return read_library([content_folder(), *folders])


def _content_root(path: Path) -> Path | None:
    """The content folder that a single file of a library lies in; None for any other file."""
    parents = path.absolute().parents
    for kind, depth in {**DEPTHS, **dict.fromkeys(FILES, 0)}.items():
        above = parents[depth - 1] if depth else path
        if len(parents) > depth and above.name == kind:
            return path.parents[depth] if len(path.parents) > depth else parents[depth]
    return None


def _say_looser(library: Library) -> list[str]:
    """Says what of the clinic's own content is looser than the built-in, and what a sheet would print in English."""
    looser = list(loosened_everywhere(library))
    for line in looser:
        say(line, fg="yellow")
    for code in library.languages():
        if code != "en":
            for missing in untranslated(library, code):
                say_unless_quiet(f"{missing}: printed in English")
    return looser


def _library_problems(library: Library, folders: list[Path], *, files_only: bool) -> Iterator[Problem]:
    """The problems of the folders asked for; of the whole library when nothing was named.

    A clinic's own folder is judged together with the built-in library, and the built-in library by itself: what the
    clinic replaces is no fault of the original.
    """
    if files_only:
        return
    # A link in a folder is of the folder, wherever it leads.
    roots = [root for folder in folders or library.folders[1:] for root in (folder.absolute(), folder.resolve())]
    if not folders:
        yield from _problems_of(library.built_in)
    if roots:
        yield from _problems_of(library, roots)


def _problems_of(library: Library, roots: Sequence[Path] = ()) -> list[Problem]:
    """Every problem of a library, or of its folders `roots`; translations and reading grades are judged once the rest
    is sound."""

    def asked(path: str) -> bool:
        ways = (Path(path).absolute(), Path(path).resolve())
        return not roots or any(way.is_relative_to(root) for way in ways for root in roots)

    def exercise_asked(name: str) -> bool:
        return asked(library.origin("exercises", name).document.path)

    def pose(name: str, picture: Mapping[str, Any]) -> Sequence[Any]:
        return check_pose(name, picture) if exercise_asked(name) else ()

    # A fault of form would make a hundred false ones of content: those are looked for last.
    found = [*check_library(library, pose), *signature_problems(library)]
    for code in library.languages():
        found += language_problems(library, code)
    if not found:
        for code in library.languages():
            translated = translation_problems(library, code) if code != "en" else []
            found += translated or text_problems(library, code, fault_of)
        found += [*_reading_problems(library, exercise_asked), *_picture_problems(library)]
    return [one for one in found or [*_clinic_problems(library), *crowding_problems(library)] if asked(one.path)]


def _clinic_problems(library: Library) -> Iterator[Problem]:
    """Clinics whose name, address or logo does not fit their pages, or whose notices no font has."""
    for clinic in library.items("clinics"):
        if faults := list(notice_problems(clinic, library.notices_file, fault_of)):
            yield from faults
            continue
        try:
            problems = clinic_problems(clinic, library)
        except UnprintableText as error:
            problems = (str(error),)
        path = library.origin("clinics", clinic.id).document.path
        yield from (Problem(path, 0, 0, problem) for problem in problems)


def _reading_problems(library: Library, asked: Callable[[str], bool]) -> Iterator[Problem]:
    """The exercises asked for whose text as a whole is harder than the sixth grade in a language with a formula."""
    for locale in [read_locale(library, code) for code in library.languages() if code in GRADED]:
        for exercise in filter(lambda one: asked(one.id), library.exercises()):
            text = locale.text(exercise)
            grade = reading_grade(patient_words(text), text.lang)
            if grade > MOST_GRADE:
                message = f"reading grade {grade:.1f} in {text.lang} is above {MOST_GRADE:.0f}"
                yield library.origin("exercises", exercise.id).problem(message, hint="shorter sentences, shorter words")


def _picture_problems(library: Library) -> Iterator[Problem]:
    """Pictures, logos and leaflets that are there and cannot be printed."""
    pictures = [Path(one.photo.file) for one in library.exercises() if one.photo]
    clinics = library.items("clinics")
    logos = [library.clinic_file(clinic, "logo") for clinic in clinics]
    for read, path in [*((read_picture, path) for path in pictures), *((read_logo, path) for path in logos if path)]:
        try:
            read(path)
        except BadInput as error:
            yield from error.problems
    leaflets = [path for folder in library.folders for path in sorted((folder / "leaflets").glob("*.pdf"))]
    printed = [library.clinic_file(clinic, "notices_pdf") for clinic in clinics]
    yield from _leaflet_problems([*leaflets, *filter(None, printed)])


def _leaflet_problems(paths: Iterable[Path]) -> Iterator[Problem]:
    for path in paths:
        try:
            read_leaflet(path)
        except FileTrouble as trouble:
            yield Problem(str(path), 0, 0, trouble.reason)


def _read_programs(paths: Iterable[Path], library: Library) -> tuple[dict[Path, tuple[Score, ...]], list[Problem]]:
    """The scores of the handouts that can be made; the problems of their pages, and of the other programs."""
    scores: dict[Path, tuple[Score, ...]] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            program = read_program(path, library)
            problems += _leaflet_problems(leaflet_paths(program, library))
            faults, scores[path] = proofread(program, library)
            problems += [Problem(str(path), 0, 0, fault) for fault in faults]
        except RefusedForSafety:
            say(f"{path}: not scored, for a rule forbids to print it")
        except BadInput as error:
            problems.extend(error.problems)
        except UnprintableText as error:
            problems.append(Problem(str(path), 0, 0, str(error)))
    return scores, problems


_ANSWER_COLOURS = {"yes": "green", "no": "red", "-": None}


def _say_scores(scores: Mapping[Path, Sequence[Score]], *, every_item: bool) -> None:
    """A line for each score, and its items: those that are not met, or every one."""
    for path, found in scores.items():
        for score in found:
            say_unless_quiet(f"{path}: " + click.style(str(score), fg="green" if score.full else "yellow"))
            for item in score.items:
                if every_item or item.met is False:
                    answer = click.style(f"{item.answer:>3}", fg=_ANSWER_COLOURS[item.answer])
                    say_unless_quiet(f"  {answer}  {item.number:>3}  {item.asks}: {item.why}")


def _score_records(scores: Mapping[Path, Sequence[Score]]) -> list[Record]:
    """Every score with all its items; `met` is null where no machine can tell."""
    return [
        {
            "file": str(path),
            "instrument": score.instrument,
            "met": score.met,
            "judged": score.judged,
            "items": [{"number": one.number, "asks": one.asks, "met": one.met, "why": one.why} for one in score.items],
        }
        for path, found in scores.items()
        for score in found
    ]
