"""Handouts as files: written whole or not at all, locked, known again, read back, with leaflets after their pages.

Knows no page and no exercise: bytes in, bytes out, and the program a handout carries as plain data. Leaflets, which
few handouts have, are asked of `handouts.pdf.document.leaflets`.
"""

from handouts.pdf.document.carried import PROGRAM_NAME, read_attached_program, sealed
from handouts.pdf.document.files import check_writable, is_handout, is_unfinished, whole_file, write_whole
from handouts.pdf.document.locking import encrypt, opens

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
