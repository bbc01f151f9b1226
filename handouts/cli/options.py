"""The options that commands share: what the program is, how it is printed, where it goes. Click declarations only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from click.shell_completion import CompletionItem

from handouts.cli.session import FILE, Command, Session, remember, session_of, together
from handouts.errors import bad_input
from handouts.library import AnyKind, Library
from handouts.library.filters import Filter, filter_fault, filter_meanings, filter_names
from handouts.library.names import resolve
from handouts.library.nearest import did_you_mean
from handouts.model import PAPER_NAMES, NoteKind, Paper
from handouts.output_paths import ENDINGS
from handouts.printing import MOST_COPIES

T = TypeVar("T")
PAPERS: tuple[str, ...] = get_args(Paper)

Complete = Callable[[Session, str], Iterable[tuple[str, str | None]]]
"""The values that begin with what is typed, each with what it is, where that needs saying."""


class Word(click.ParamType):  # type: ignore[type-arg] # generic only since Click 8.4
    """A value without spaces round it, completed by the shell; whether it exists is checked with the program."""

    # A space may stand in a value, such as a dose: several of a repeatable option are parted so in a variable.
    envvar_list_splitter = ";"

    def __init__(self, name: str = "text", complete: Complete = lambda _session, _begun: ()) -> None:
        self.name, self._complete = name, complete

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The value without spaces round it."""
        return str(value).strip()

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """What completes the word that is typed."""
        return [CompletionItem(one, help=what) for one, what in self._complete(session_of(ctx), incomplete)]


def one_of(choices: Iterable[str]) -> click.Choice:  # type: ignore[type-arg] # generic only since Click 8.2
    """One of a few words, in any case."""
    return click.Choice(list(choices), case_sensitive=False)


def ids(*kinds: AnyKind) -> Complete:
    """Completes ids of the library, each with its English name."""

    def complete(session: Session, begun: str) -> list[tuple[str, str | None]]:
        library = session.library
        found = {one: kind for kind in kinds for one in library.ids(kind) if one.startswith(begun)}
        return [(one, library.name_of(found[one], one)) for one in sorted(found)]

    return complete


def _filters(which: Filter) -> Word:
    """A region, goal, position or piece of equipment; `filter_value` finds what it means."""

    def complete(session: Session, begun: str) -> list[tuple[str, str | None]]:
        return [(one, name) for one, name in filter_names(which, session.library).items() if one.startswith(begun)]

    return Word(which, complete)


class ItemOrHandout(Word):
    """An id, or a handout's file; files are completed where no id begins so."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids, else files."""
        return super().shell_complete(ctx, param, incomplete) or [CompletionItem(incomplete, type="file")]


def _overrides(session: Session, begun: str) -> Iterable[tuple[str, str | None]]:
    """Completes `EXERCISE:CONDITION=REASON`: the exercise or packet first, then the condition."""
    item, colon, condition = begun.partition(":")
    if not colon:
        return ids("exercises", "packets")(session, begun)
    # The shell replaces the whole word: what stands before the colon goes back in front of each answer.
    return [(f"{item}:{one}=", name) for one, name in ids("conditions")(session, condition)]


class PaperSize(Word):
    """Letter or A4, in any case."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The paper as programs name it."""
        name = str(value).strip().casefold()
        name = PAPER_NAMES.get(name, name)
        if name not in PAPERS:
            self.fail(f"'{value}' is no paper: it is {' or '.join(PAPERS)}", param, ctx)
        return name


EXERCISE = Word("exercise", ids("exercises"))
PACKET = Word("packet", ids("packets"))
CONDITION = Word("condition", ids("conditions"))
CLINIC = Word("clinic", ids("clinics"))
LANGUAGE = Word("language", ids("languages"))
PAPER = PaperSize("paper", lambda _, begun: [(one, None) for one in PAPERS if one.startswith(begun.casefold())])
REGION, GOAL = _filters("regions"), _filters("goals")
POSITION, EQUIPMENT = _filters("positions"), _filters("equipment")
OVERRIDE = Word("override", _overrides)
ANY_ITEM = ItemOrHandout("id", ids("exercises", "packets", "conditions", "clinics"))
WORD = Word()
PASSWORD_FILE = click.Path(allow_dash=True, readable=False)
DAY = click.DateTime(["%Y-%m-%d"])


def _known_encoding(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None:
            "".encode(value)  # unlike a look-up, this takes only what is an encoding of text
    except (LookupError, ValueError) as error:
        raise click.BadParameter(f"'{value}' is no encoding; known are utf-8, cp1252, cp850, mac-roman …") from error
    return value


class NoteKinds(click.ParamType):  # type: ignore[type-arg] # generic only since Click 8.4
    """Kinds of notes, parted by commas; a configuration may have a list."""

    name = "kinds"
    takes_list = True

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:
        """The kinds. Fails for one that there is not."""
        given = value if isinstance(value, list) else str(value).split(",")
        kinds = [str(one).strip().lower() for one in given]
        known = get_args(NoteKind)
        for kind in kinds:
            if kind not in known:
                self.fail(f"no kind of note '{kind}': {did_you_mean(kind, known)}", param, ctx)
        return frozenset(kinds)


notes_option = click.option(
    "--notes", type=NoteKinds(), callback=remember, expose_value=False, metavar="KIND,...",
    help="Tell only these notes: missing, workload, choice. Those of kind safety are always told.",
)  # fmt: skip
"""A JSON document always has all of them."""


def named(kind: AnyKind, asked: str, library: Library, option: str) -> str:
    """The id that an option names, by the id itself or any other name. Raises BadInput for none, or for several."""
    found = resolve(kind, asked, library)
    if found is None:
        raise bad_input(option, *library.names.fault(kind, kind.removesuffix("s"), asked))
    return found


def filter_value(which: Filter, asked: str | None, library: Library, option: str) -> str | None:
    """The one value that a filter's option names. Raises BadInput for an unknown one, or one of several meanings."""
    if asked is None:
        return None
    found = filter_meanings(which, asked, library)
    if len(found) != 1:
        raise bad_input(option, *filter_fault(which, asked, library))
    return found[0]


json_option = click.option(
    "--json", "as_json", is_flag=True, callback=remember, help="One JSON document on standard output."
)


class NewFile(click.Path):
    """A file that is to be written: no folder, and with `endings` no file of another kind."""

    def __init__(self, *endings: str, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, readable=False, dir_okay=dir_okay)
        self._endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if str(value).endswith(("/", "\\")):
            self.fail(f"'{value}' is a folder: name the file in it", param, ctx)
        if self._endings and (fault := named_otherwise(Path(value), *self._endings)):
            self.fail(fault, param, ctx)
        return super().convert(value, param, ctx)


def named_otherwise(path: Path, *endings: str) -> str | None:
    """What is wrong with the name of a new file that is of one of these kinds; None when nothing is."""
    if not path.suffix[1:].isalpha() or path.suffix.casefold() in endings:
        return None
    return f"'{path}' is no name for a {endings[0][1:].upper()}: write {path.with_suffix(endings[0])}"


NEW_FILE, NEW_PDF = NewFile(), NewFile(".pdf")


def not_a_dash(_ctx: click.Context, _param: click.Parameter, value: T) -> T:
    """Refuse `-o -`: other programs mean standard output by it, and nothing is written there."""
    if str(value) == "-":
        raise click.BadParameter("'-' is no file: name one, or a folder; nothing is written to standard output")
    return value


def handout_name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse `-o` with the name of another kind of file, such as the program's: a handout must not end up in it."""
    path = Path(value or "")
    is_folder = str(value).endswith(("/", "\\")) or path.is_dir()
    if not is_folder and (fault := named_otherwise(path, *ENDINGS.values())):
        raise click.BadParameter(fault)
    return not_a_dash(ctx, param, value)


def examples(*lines: str) -> str:
    """The epilog of a command's help: `Examples:` and each command line; a line may end in `  # what it does`."""
    return "\n".join(["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])


program_options = together(
    click.option("--patient", metavar="NAME", help="The patient's name."),
    click.option("--patient-id", metavar="ID", help="The clinic's number: names the file, stays out of the PDF."),
    click.option("--condition", type=CONDITION, multiple=True,
                 metavar='"ID [since DATE | week N] [left|right|both]"',
                 help='What they have: "knee-replacement-recent since 2026-11-01 left". Repeatable.'),
    click.option("--clearance", type=CONDITION, multiple=True,
                 metavar='CONDITION="WHO, DATE"',
                 help="Who allows exercise with a condition that waits for it; kept in the record. Repeatable."),
    click.option("--healed", type=CONDITION, multiple=True,
                 metavar='CONDITION="WHO, DATE"',
                 help="Who has found it healed: its rules end once its last weeks are over. Repeatable."),
    click.option("--age", type=click.IntRange(0, 120), metavar="N",
                 help="The patient's age; an adult when not given. Under 18 is refused unless overridden."),
    click.option("--born", metavar="YYYY-MM-DD", help="The date of birth, in place of the age."),
    click.option("--helper/--no-helper", default=None, help="Somebody helps the patient with the exercises."),
    click.option("--packet", type=PACKET, metavar="NAME", help="The standard packet to start from."),
    click.option("--exercise", type=EXERCISE, multiple=True, metavar='"ID [DOSE]"',
                 help='Add an exercise or change its dose: "bridge 3x12 rest 60s". Repeatable, in order.'),
    click.option("--skip", type=EXERCISE, multiple=True, metavar="ID", help="Leave an exercise out. Repeatable."),
    click.option("--clinician", metavar="TEXT", help="Who gives the program."),
    click.option("--date", metavar="YYYY-MM-DD", help="The handout's date; today when nothing says otherwise."),
    click.option("--next-visit", metavar="YYYY-MM-DD", help="When the patient comes again."),
    click.option("--goal", metavar="TEXT", help="The patient's own goal."),
    click.option("--note", metavar="TEXT", help="A note to the patient."),
    click.option("--override", type=OVERRIDE, multiple=True,
                 metavar="EXERCISE:CONDITION=REASON",
                 help="Print what a rule forbids, or age=REASON: --clinician decides; the reason is kept."),
    click.option("--append", type=click.Path(readable=False), multiple=True, metavar="FILE.pdf",
                 help="A leaflet after the handout's pages: a PDF, or one of the library's. Repeatable."),
)  # fmt: skip
"""What the program is: each of these can also stand in the program file, where the option wins."""

selection_options = together(
    click.option("--region", type=REGION, metavar="ID",
                 help="Choose exercises of this part of the body that suit the patient."),
    click.option("--goal-type", type=GOAL, metavar="ID",
                 help="With --region: only this goal; else a balance of goals."),
    click.option("--level", type=one_of(["gentle", "standard", "strong"]), default="standard",
                 show_default=True, help="With --region: how much of each exercise."),
    click.option("--max", "most", type=click.IntRange(1, 20), default=6, show_default=True, metavar="N",
                 help="With --region: how many exercises at most."),
)  # fmt: skip
"""Choosing exercises by rule instead of by name."""


def _layout(*, several: bool) -> Callable[[Command], Command]:
    """Whose sheet it is, in which language, and how it is printed; with `several` a version in each language and on
    each paper that is asked for.
    """
    again = " Repeatable." if several else ""
    return together(
        click.option("--clinic", type=CLINIC, metavar="ID", help="Whose name is on the sheet."),
        click.option("--language", type=LANGUAGE, metavar="CODE", multiple=several,
                     help="The patient's language." + again),
        click.option("--paper", type=PAPER, multiple=several, metavar="letter|a4",
                     help="The paper; the clinic's when not given." + again),
        click.option("--large-print/--no-large-print", default=None, help="18-point type, laid out anew."),
        click.option("--ink-saver/--no-ink-saver", default=None, help="Black on white, outlines only."),
        click.option("--hole-punch/--no-hole-punch", default=None, help="Margins that a hole punch leaves whole."),
        click.option("--log-weeks", type=click.IntRange(0, 12), metavar="N", help="Weeks of the log; 0 leaves it out."),
    )  # fmt: skip


layout_options, repeatable_layout_options = _layout(several=False), _layout(several=True)


class Formats(click.Choice):  # type: ignore[type-arg] # generic only since Click 8.2
    """Formats; an environment variable gives several, parted by a semicolon as everywhere."""

    envvar_list_splitter = ";"


format_option = click.option(
    "--format", "formats", type=Formats(list(ENDINGS), case_sensitive=False), multiple=True, default=("pdf",),
    show_default=True, help="A PDF, a page for the phone, or plain text for a voice or braille. Repeatable.",
)  # fmt: skip
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Screen and lay out, and say what would be written; write, open and print nothing."
)
opening_option = click.option(
    "--password-file", type=PASSWORD_FILE, metavar="FILE",
    help="Opens locked handouts: the first line of FILE; - asks for it.",
)  # fmt: skip
merge_option = click.option("--merge", type=FILE, metavar="FILE.pdf", help="All in one file to print.")
reviewed_option = click.option(
    "--require-reviewed", is_flag=True, help="Print nothing that is not signed off, or is changed or expired."
)
"""No option takes it back where the configuration says it."""

output_options = together(
    format_option,
    click.option("-o", "--output", callback=handout_name, metavar="FILE|DIR",
                 help="The file, or a folder: one that exists or ends in /."),
    click.option("--force", is_flag=True, help="Write over what is there."),
    dry_run_option,
    click.option("--open", "open_", is_flag=True, help="Open the handout when it is made."),
    click.option("--password-file", type=PASSWORD_FILE, metavar="FILE",
                 help="Lock the PDF (AES-256) with the first line of FILE; - asks for it."),
    click.option("--summary", is_flag=True, help="A few lines to paste into the patient's record."),
    notes_option,
    json_option,
)  # fmt: skip
"""Where the handout goes, as what, and what is said about it."""

printing_options = together(
    click.option("--print", "print_", is_flag=True, help="Send it to the printer; the PDF is kept."),
    click.option("--printer", metavar="NAME", help="With --print: this printer; else the default one."),
    click.option("--copies", type=click.IntRange(1, MOST_COPIES), default=1, metavar="N",
                 help="With --print or --merge: each handout so often."),
    click.option("--duplex/--no-duplex", default=None,
                 help="On both sides of the paper, or on one; as the printer is set when not given. In a file of "
                      "--merge each handout then starts on a right-hand page; without it that file is one-sided."),
)  # fmt: skip
"""What goes to a printer, how often, and on which sides of the paper."""

roster_options = together(
    click.option("--encoding", callback=_known_encoding, metavar="NAME",
                 help="A CSV roster's encoding, such as cp850; found out when not given."),
    click.option("--date-order", type=one_of(["dmy", "mdy", "ymd"]),
                 help="A roster's dates that can be read in several orders, such as 03/04/2026."),
    click.option("--columns", type=WORD, multiple=True, metavar="THEIRS=ours",
                 help='A column of another program: "Dx=conditions". Repeatable.'),
    click.option("--ignore", type=WORD, multiple=True, metavar="COLUMN",
                 help="A column of another program to leave alone without a word. Repeatable."),
)  # fmt: skip
"""How a roster is read where it is not plain."""
