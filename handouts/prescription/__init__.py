"""One patient's program: its file, the record inside the handout, its revision. Screens nothing and prints nothing."""

from handouts.prescription.assembly import assemble as assemble
from handouts.prescription.layers import (
    PROGRAM_FIELDS as PROGRAM_FIELDS,
    Layer as Layer,
    OptionPlaces as OptionPlaces,
    ProgramFields as ProgramFields,
    file_layer as file_layer,
    options_layer as options_layer,
)
from handouts.prescription.program_file import (
    build_program as build_program,
    program_text as program_text,
    read_program as read_program,
)
from handouts.prescription.record import (
    program_from_record as program_from_record,
    program_record as program_record,
)
