"""How the roster of a command is read: its options, and what is said of it."""

from __future__ import annotations

import click

from handouts.batch.roster import RosterReading
from handouts.batch.roster_columns import foreign_columns


def reading_of(ctx: click.Context) -> RosterReading:
    """How the roster is to be read. Raises BadInput for columns that are mapped to none of ours."""
    params = ctx.params
    return RosterReading(encoding=params["encoding"], foreign=foreign_columns(params["columns"], params["ignore"]))
