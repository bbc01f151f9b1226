"""`handouts completion`: the script by which a shell completes commands, options and ids, printed or installed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from handouts.cli.output import put, say_unless_quiet
from handouts.cli.shells import FIRST_LINE, completion_script
from handouts.errors import FileTrouble, file_trouble
from handouts.output_paths import make_folder
from handouts.pdf.files import write_whole

_LEFT_TO_DO = {
    "bash": "open a new shell; it needs the bash-completion package",
    "zsh": "put this line into ~/.zshrc before compinit, then open a new shell: fpath=({folder} $fpath)",
    "fish": "open a new shell",
}


def run(ctx: click.Context, shell: str, *, install: bool) -> None:
    """Print the script, or write it where the shell looks for it."""
    script = completion_script(shell, ctx.find_root().command)
    if not install:
        put(script.rstrip("\n"))
        return
    path = _place(shell)
    _write(path, script, FIRST_LINE[shell])
    put(str(path))
    say_unless_quiet(_LEFT_TO_DO[shell].format(folder=path.parent))


def _place(shell: str) -> Path:
    """Where the shell looks for a user's own completions, by its own rules and those of freedesktop.org."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    if shell == "bash":
        return Path(os.environ.get("BASH_COMPLETION_USER_DIR") or data / "bash-completion") / "completions/handouts"
    if shell == "zsh":
        return data / "zsh/site-functions/_handouts"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "fish/completions/handouts.fish"


def _write(path: Path, script: str, first_line: str) -> None:
    """Write the script; only an earlier one of ours is replaced."""
    # Most machines have no such folder before the first completion is installed.
    make_folder(path.parent)
    with file_trouble(path):
        is_ours = not path.exists() or path.read_bytes().startswith(first_line.encode())
    if not is_ours:
        raise FileTrouble(str(path), "is there already and was not written by handouts: move it away first")
    write_whole(path, script.encode(), force=True)
