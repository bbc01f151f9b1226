"""The names that callers still take from here; they live in the modules beside this folder."""

from handouts.pdf.attached_program import PROGRAM_NAME, read_attached_program, sealed
from handouts.pdf.encryption import encrypt, opens
from handouts.pdf.files import check_writable, is_handout, is_unfinished, whole_file, write_whole

__all__ = [
    "PROGRAM_NAME",
    "check_writable",
    "encrypt",
    "is_handout",
    "is_unfinished",
    "opens",
    "read_attached_program",
    "sealed",
    "whole_file",
    "write_whole",
]
