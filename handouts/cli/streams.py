"""Data to standard output, one document or line at a time; a reader who has gone away is no error."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

import click


def put(text: str) -> None:
    """One piece of data on standard output; nothing where that is closed."""
    if sys.stdout is None:
        return
    try:
        click.echo(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence()


def put_json(document: Any) -> None:
    """One JSON document on standard output."""
    import json

    put(json.dumps(document, ensure_ascii=False, indent=2))


def silence() -> None:
    """Sends what is still written to nowhere, so that the interpreter does not complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not _alive(stream):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _alive(stream: TextIO) -> bool:
    try:
        stream.flush()
    except OSError:
        return False
    return True
