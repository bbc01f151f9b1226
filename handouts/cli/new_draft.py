"""The empty draft that `handouts build` and `handouts web` begin with."""

from __future__ import annotations

import datetime as dt

import click

from handouts.drafting.draft import Draft
from handouts.drafting.draft_changes import ImpossibleChange
from handouts.drafting.typed_commands import FIELDS, set_value
from handouts.errors import BadInput, Problem
from handouts.library import Library


def new_draft(ctx: click.Context, today: dt.date, library: Library) -> Draft:
    """An empty draft with what the options, the environment or the configuration say of clinic and layout."""
    draft = Draft(date=today.isoformat())
    for word, field in FIELDS.items():
        value = ctx.params.get(field.rpartition(".")[2])
        if value is not None:
            try:
                draft = set_value(draft, word, str(value), library)
            except ImpossibleChange as error:
                raise BadInput([Problem(f"--{word}", 0, 0, str(error))]) from error
    return draft
