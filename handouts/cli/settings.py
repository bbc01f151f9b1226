"""`handouts config`: every setting, its value and where that comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from handouts.cli.config_file import options_of, usual_config
from handouts.cli.output import put, put_json, say, say_unless_quiet
from handouts.cli.session import session_of, source_of


class Setting(NamedTuple):
    """One option's value, as JSON has it, and where it comes from."""

    name: str
    value: Any
    source: str
    place: str

    @property
    def shown(self) -> tuple[str, str, str]:
        """Name, value and source for a person."""
        many = "; ".join(map(str, self.value)) if isinstance(self.value, list) else self.value
        plain = {None: "-", "": "-", True: "yes", False: "no"}
        value = plain.get(many, str(many)) if isinstance(many, bool | str) or many is None else str(many)
        return self.name, value, f"{self.source} {self.place}".rstrip()

    def record(self) -> dict[str, Any]:
        """The setting for `--json`."""
        return {"name": self.name, "value": self.value, "source": self.source, "from": self.place or None}


def run(ctx: click.Context, *, as_json: bool) -> None:
    """Show the settings, those that somebody has set first: as a table, or as JSON."""
    settings = sorted([*_session_settings(ctx), *_command_settings(ctx)], key=lambda one: one.source == "default")
    if as_json:
        put_json([one.record() for one in settings])
        return
    names, values, _ = ([len(part) for part in column] for column in zip(*(one.shown for one in settings), strict=True))
    for name, value, source in (one.shown for one in settings):
        put(f"{name.ljust(max(names))}  {value.ljust(min(max(values), 30))}  {source}")
    session = session_of(ctx)
    if session.settings is None:
        say_unless_quiet(f"no configuration file at {session.config or usual_config()}; `handouts setup` writes one")
    for folder in session.folders:
        if not folder.is_dir():
            say(f"{folder}: no such folder", fg="red")


def _session_settings(ctx: click.Context) -> Iterator[Setting]:
    """What every command takes, before its name or after it."""
    session = session_of(ctx)
    values = {
        "config": str(session.config or usual_config()),
        "library": [str(folder) for folder in session.folders],
        "verbose": session.verbose,
        "quiet": session.quiet,
        "no_color": ctx.color is False,
    }
    for name, value in values.items():
        sources = [
            source_of(context, param)
            for context in (ctx, ctx.find_root())
            for param in context.command.params
            if param.name == name
        ]
        source, place = next((one for one in sources if one[0] != "default"), ("default", ""))
        yield Setting(name.replace("_", "-"), value, source, place)


def _command_settings(ctx: click.Context) -> Iterator[Setting]:
    """Each option as most commands take it; where a command has its own value, also as `COMMAND.NAME`."""
    root = ctx.find_root()
    group = root.command
    assert isinstance(group, click.Group)
    found: dict[str, dict[str, Setting]] = {}
    for command, own in group.commands.items():
        # Click's own reading of environment and configuration; "resilient" does without what must be given.
        inner = own.make_context(command, [], parent=root, resilient_parsing=True)
        for typed, option in options_of(own).items():
            if typed not in options_of(group):
                value = _plain(inner.params.get(option.name or ""), several=option.multiple)
                name = typed.replace("_", "-")
                found.setdefault(name, {})[command] = Setting(name, value, *source_of(inner, option))
    for name in sorted(found):
        usual = Counter(map(_key, found[name].values())).most_common(1)[0][0]
        yield next(one for one in found[name].values() if _key(one) == usual)
        for command, one in found[name].items():
            if _key(one) != usual:
                yield one._replace(name=f"{command}.{name}")


def _key(setting: Setting) -> tuple[str, str]:
    """What makes two settings the same: one value is as good as a list of it."""
    value = setting.value[0] if isinstance(setting.value, list) and len(setting.value) == 1 else setting.value
    return str(value or None), setting.place


def _plain(value: Any, *, several: bool) -> Any:
    """A value as JSON has it."""
    if several:
        return [_plain(one, several=False) for one in value or ()]
    return value if value is None or isinstance(value, bool | int) else str(value)
