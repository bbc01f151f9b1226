"""Asking at the terminal: a line with its choices, its check and a panel below, on standard error.

All that knows prompt_toolkit is here. Ctrl-Z raises `StepBack`; Ctrl-C and the end of input raise KeyboardInterrupt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import NamedTuple

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style
from prompt_toolkit.validation import ValidationError, Validator

Fragments = list[tuple[str, str]]
"""Pieces of text, each with its style; a line ends with a line feed."""

STYLE = Style.from_dict({"bottom-toolbar": "noreverse", "validation-toolbar": "bold", "question": "bold"})


class StepBack(Exception):
    """The last step is to be taken back."""


class Option(NamedTuple):
    """Something to choose: its id, and what it is."""

    value: str
    about: str


class Prompter:
    """Asks questions and shows lines. `colour` off means not a single colour, whatever the terminal can."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour
        self.asked = 0
        """Questions so far; whoever counts sets it back."""
        self._output = create_output(stdout=sys.stderr)
        self._depth = None if colour else ColorDepth.DEPTH_1_BIT

    @property
    def width(self) -> int:
        """Columns that a line may take."""
        return max(40, self._output.get_size().columns - 1)

    @property
    def draws(self) -> bool:
        """Whether block characters can be shown."""
        return self._output.encoding().casefold().startswith("utf")

    def show(self, fragments: Fragments) -> None:
        """Show lines, which stay on the screen."""
        text = FormattedText([*fragments])
        print_formatted_text(text, output=self._output, color_depth=self._depth, style=STYLE, end="")

    def ask(
        self,
        question: str,
        *,
        default: str = "",
        options: Callable[[str], Iterable[Option]] | None = None,
        check: Callable[[str], str | None] | None = None,
        at_once: bool = False,
        panel: Callable[[str], Fragments] | None = None,
    ) -> str:
        """One line, without spaces round it.

        `options` are the choices for what has been typed so far, `check` says what is wrong with a line (`at_once`:
        while it is typed), `panel` is shown below it.
        """
        session: PromptSession[str] = PromptSession(
            output=self._output,
            color_depth=self._depth,
            style=STYLE,
            key_bindings=_keys(),
            completer=_Choices(options) if options else None,
            complete_while_typing=options is not None,
            validator=_Check(check) if check else None,
            validate_while_typing=at_once,
            bottom_toolbar=(lambda: FormattedText([*panel(_line())])) if panel else None,
        )
        # The choices are shown at once, so that nobody has to know that Tab shows them.
        start = (lambda: get_app().current_buffer.start_completion()) if options and not default else None
        self.asked += 1
        try:
            return session.prompt([("class:question", question)], default=default, pre_run=start).strip()
        # The end of input and Ctrl-C mean the same: the draft is kept and the run ends.
        except EOFError:
            raise KeyboardInterrupt from None


def _line() -> str:
    """What stands on the line now: a choice that is highlighted counts as typed."""
    return get_app().current_buffer.text.strip()


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-z")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=StepBack())

    return keys


class _Choices(Completer):
    def __init__(self, options: Callable[[str], Iterable[Option]]) -> None:
        self._options = options

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """The options for the line so far; each replaces the whole line."""
        text = document.text_before_cursor
        for option in self._options(text.strip()):
            yield Completion(option.value, start_position=-len(text), display_meta=option.about)


class _Check(Validator):
    def __init__(self, check: Callable[[str], str | None]) -> None:
        self._check = check

    def validate(self, document: Document) -> None:
        """Raises ValidationError for a line that will not do."""
        if fault := self._check(document.text.strip()):
            raise ValidationError(message=fault, cursor_position=document.cursor_position)
