"""Data to standard output, one document or line at a time; a reader who has gone away is no error."""

from __future__ import annotations

import os
import sys
from typing import Any

import click


def put(text: str) -> None:
    """One piece of data on standard output."""
    try:
        click.echo(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def put_json(document: Any) -> None:
    """One JSON document on standard output."""
    import json

    put(json.dumps(document, ensure_ascii=False, indent=2))


def silence_stdout() -> None:
    """Sends what is still written to nowhere, so that the interpreter does not complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
