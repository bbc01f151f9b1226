"""The group of all commands: help in groups, the nearest name for a mistyped one, variables by what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from handouts.cli.config_file import typed_name
from handouts.library.nearest import did_you_mean


class HandoutsGroup(click.Group):
    """The commands in groups; a mistyped name is answered with the nearest one."""

    def __init__(self, *args: Any, groups: Mapping[str, Sequence[str]], **settings: Any) -> None:
        """`groups` has the names of the commands by the heading of their group."""
        super().__init__(*args, **settings)
        self.groups = groups

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command; its environment variables are named after what a user types, with its own name or without."""
        super().add_command(cmd, name)
        # Click itself would cut the first sentence in lists.
        cmd.short_help = " ".join((cmd.help or "").split("\n\n")[0].split())
        for option in cmd.params:
            if isinstance(option, click.Option):
                typed = typed_name(option)
                option.envvar = [f"HANDOUTS_{cmd.name}_{typed}".upper(), f"HANDOUTS_{typed}".upper()]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """The commands in the order of their groups."""
        return [name for names in self.groups.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write each group of commands under its heading."""
        for heading, names in self.groups.items():
            with formatter.section(heading):
                formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in names])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does it, with the nearest name for a mistyped one."""
        if args and args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            hint = did_you_mean(args[0], self.commands)
            raise click.UsageError(f"No such command '{args[0]}'" + (f": {hint}" if hint else "."), ctx)
        return super().resolve_command(ctx, args)
