"""`handouts completion`: the script by which a shell completes commands, options and ids, printed or installed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from handouts.cli.completing import FIRST_LINE, SHELLS, completion_script
from handouts.cli.examples import examples
from handouts.cli.session import everywhere
from handouts.cli.streams import put
from handouts.cli.talk import remark
from handouts.errors import FileTrouble


@click.command("completion", epilog=examples("handouts completion fish", "handouts completion bash --install"))
@click.argument("shell", type=click.Choice(SHELLS))
@click.option("--install", is_flag=True, help="Write the script where the shell looks for it, and say what is left.")
@everywhere
def command(shell: str, *, install: bool) -> None:
    """Print the completion of bash, zsh or fish: Tab then completes commands, options and the library's ids.

    To try it without installing: `source <(handouts completion bash)`, or `handouts completion fish | source`.
    """
    script = completion_script(shell)
    if not install:
        put(script.rstrip("\n"))
        return
    path = _place(shell)
    _write(path, script, FIRST_LINE[shell])
    put(str(path))
    remark(_LEFT_TO_DO[shell].format(folder=path.parent))


_LEFT_TO_DO = {
    "bash": "open a new shell; it needs the bash-completion package",
    "zsh": "put this line into ~/.zshrc before compinit, then open a new shell: fpath=({folder} $fpath)",
    "fish": "open a new shell",
}


def _place(shell: str) -> Path:
    """Where the shell looks for a user's own completions, by its own rules and those of freedesktop.org."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    if shell == "bash":
        return Path(os.environ.get("BASH_COMPLETION_USER_DIR") or data / "bash-completion") / "completions/handouts"
    if shell == "zsh":
        return data / "zsh/site-functions/_handouts"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "fish/completions/handouts.fish"


def _write(path: Path, script: str, first_line: str) -> None:
    """Only an earlier script of ours is written over."""
    from handouts.pdf.document import write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ours = not path.exists() or path.read_text(encoding="utf-8").startswith(first_line)
    except (OSError, UnicodeDecodeError) as trouble:
        raise FileTrouble(str(path), str(getattr(trouble, "strerror", None) or trouble).lower()) from trouble
    if not ours:
        raise FileTrouble(str(path), "is there already and was not written by handouts: move it away first")
    write_whole(path, script.encode(), force=True)
