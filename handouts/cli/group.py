"""The `handouts` command and its sub-commands, each imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from handouts import __version__
from handouts.cli.session import everywhere

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "make": "handouts.cli.make",
    "batch": "handouts.cli.batch",
    "packet": "handouts.cli.packet",
    "screen": "handouts.cli.screen",
    "list": "handouts.cli.listing",
    "show": "handouts.cli.show",
    "catalogue": "handouts.cli.catalogue",
    "check": "handouts.cli.check",
    "revise": "handouts.cli.revise",
    "new": "handouts.cli.new",
    "build": "handouts.cli.build",
    "completion": "handouts.cli.completion",
}
"""Where each command lives: its module holds it as `command`."""

SETTINGS = {"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "HANDOUTS", "max_content_width": 100}


def typed_name(option: click.Option) -> str:
    """What the user types for an option, `_` for `-`: where Python needs the word itself, `option.name` is another."""
    long = next((one for one in option.opts if one.startswith("--")), option.opts[0])
    return long.lstrip("-").replace("-", "_")


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is run or its help is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's own signature
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """One command; None for a name that is not one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        for option in command.params:
            if isinstance(option, click.Option) and (name := typed_name(option)) != option.name:
                option.envvar = f"HANDOUTS_{cmd_name}_{name}".upper()
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """As Click does it, with a command's whole first sentence beside its name."""
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            if command := self.get_command(ctx, item.value):
                item.help = command.get_short_help_str(limit=100)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does it, with the nearest name for a mistyped one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from handouts.library.nearest import did_you_mean

            hint = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f"No such command '{args[0]}'" + (f": {hint}" if hint else "."), ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings=SETTINGS)
@click.version_option(__version__, message="handouts %(version)s")
@everywhere
def handouts() -> None:
    """Safe, clear home-exercise handouts as accessible PDF.

    Every option can also be set by an environment variable HANDOUTS_<COMMAND>_<OPTION> and in the config file.
    """
