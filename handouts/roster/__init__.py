"""A roster: a table with one patient a row, as spreadsheets and practice systems write it, and its rows as programs."""

from handouts.roster.columns import COLUMNS, Row, RowPlaces, row_layer
from handouts.roster.roster import Roster, read_roster

__all__ = ["COLUMNS", "Roster", "Row", "RowPlaces", "read_roster", "row_layer"]
