"""Program file, options, roster row or an earlier handout + library → `Program`. Screens nothing and prints nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from handouts.errors import Problem
from handouts.library import Library
from handouts.library.yaml_reading import read_yaml
from handouts.model import Program
from handouts.prescription.assembly import Choose, assemble
from handouts.prescription.layers import (
    PROGRAM_FIELDS,
    Layer,
    OptionPlaces,
    ProgramFields,
    file_layer,
    option_name,
    options_layer,
)
from handouts.prescription.record import program_from_record, program_record, revise_program, with_history

__all__ = [
    "PROGRAM_FIELDS",
    "Choose",
    "Layer",
    "OptionPlaces",
    "ProgramFields",
    "assemble",
    "build_program",
    "file_layer",
    "option_name",
    "options_layer",
    "program_from_record",
    "program_record",
    "read_program",
    "revise_program",
    "with_history",
]


def read_program(
    path: Path,
    library: Library,
    *,
    date: dt.date,
    options: ProgramFields | None = None,
    below: Sequence[Layer] = (),
    choose: Choose | None = None,
) -> Program:
    """The program in the file at `path`, changed by `options`.

    `below` are the layers that the file wins over, the environment before the configuration; `date` counts when
    nothing gives one; `choose` finds the exercises to start from where no packet does. Raises FileTrouble, and BadInput
    with every problem at once.
    """
    problems: list[Problem] = []
    above = [options_layer(options, problems)] if options else []
    layers = [*above, file_layer(read_yaml(path)), *below]
    return assemble(layers, library, date=date, choose=choose, problems=problems)


def build_program(
    fields: ProgramFields,
    library: Library,
    *,
    date: dt.date,
    below: Sequence[Layer] = (),
    choose: Choose | None = None,
    name_required: bool = True,
) -> Program:
    """The program that options alone describe; without `name_required` the name is left for a pen.

    `choose` finds the exercises to start from where no packet does. Raises BadInput with every problem at once.
    """
    problems: list[Problem] = []
    layers = [options_layer(fields, problems), *below]
    return assemble(layers, library, date=date, choose=choose, name_required=name_required, problems=problems)
