"""Parameters that hold an id of the library, completed by the shell; whether it exists is judged with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from handouts.cli.session import session_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Kind = Literal["exercises", "packets", "conditions", "clinics", "languages"]


class LibraryId(click.ParamType):  # type: ignore[type-arg] # generic only since Click 8.4
    """An id of one of `kinds`; several in an environment variable are parted by `;`."""

    envvar_list_splitter = ";"

    def __init__(self, *kinds: Kind, name: str = "id") -> None:
        self.kinds = kinds
        self.name = name

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The id without spaces round it."""
        return str(value).strip()

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The ids that begin with what stands there, each with its English name."""
        from click.shell_completion import CompletionItem

        library = session_of(ctx).library
        found = {one: kind for kind in self.kinds for one in library.ids(kind) if one.startswith(incomplete)}
        return [CompletionItem(one, help=library.name_of(found[one], one)) for one in sorted(found)]


EXERCISE = LibraryId("exercises", name="exercise")
PACKET = LibraryId("packets", name="packet")
CONDITION = LibraryId("conditions", name="condition")
CLINIC = LibraryId("clinics", name="clinic")
LANGUAGE = LibraryId("languages", name="language")
ANYTHING = LibraryId("exercises", "packets", "conditions", name="id")
