"""One patient's program: its file, the record inside the handout, its revision. Screens nothing and prints nothing."""

from handouts.prescription.assembly import assemble
from handouts.prescription.layers import PROGRAM_FIELDS, Layer, OptionPlaces, ProgramFields, file_layer, options_layer
from handouts.prescription.program_file import build_program, program_text, read_program
from handouts.prescription.record import program_from_record, program_record, revise_program

__all__ = [
    "PROGRAM_FIELDS",
    "Layer",
    "OptionPlaces",
    "ProgramFields",
    "assemble",
    "build_program",
    "file_layer",
    "options_layer",
    "program_from_record",
    "program_record",
    "program_text",
    "read_program",
    "revise_program",
]
