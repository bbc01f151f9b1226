"""The password of a locked handout: from a file, or asked for; never from the command line, where others can see it."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import click

from handouts.errors import BadInput, FileTrouble, Problem

ASK = "-"
MOST_BYTES = 127
"""PDF's own limit."""
_OPTION = "--password-file"


def password_of(ctx: click.Context) -> str | None:
    """The password that `--password-file` gives, read once a run; None without the option.

    `-` asks twice at a terminal, and reads one line where there is none. Raises FileTrouble and BadInput.
    """
    source: str | None = ctx.params.get("password_file")
    if source is None:
        return None
    if "handouts.password" not in ctx.meta:
        ctx.meta["handouts.password"] = _sound(_asked() if source == ASK else _first_line(Path(source)))
    password: str = ctx.meta["handouts.password"]
    return password


def _asked() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password of the handout", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _first_line(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise BadInput([Problem(str(path), 0, 0, "the password is not text", "save the file as UTF-8")]) from trouble
    except OSError as trouble:
        raise FileTrouble(str(path), (trouble.strerror or str(trouble)).lower()) from trouble
    return next(iter(text.splitlines()), "")


def _sound(password: str) -> str:
    """The password in the one form of its letters that every reader makes of what is typed."""
    plain = unicodedata.normalize("NFKC", password)
    if not plain.strip():
        raise BadInput([Problem(_OPTION, 0, 0, "the password is empty", "write it on the first line of the file")])
    if len(plain.encode()) > MOST_BYTES:
        raise BadInput([Problem(_OPTION, 0, 0, "the password is too long", f"at most {MOST_BYTES} bytes")])
    return plain
