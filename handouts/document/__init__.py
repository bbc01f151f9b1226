"""Handouts as files: written whole or not at all, locked, known again, read back, with leaflets after their pages.

Knows no page and no exercise: bytes in, bytes out, and the program a handout carries as plain data.
"""

from handouts.document.carried import PROGRAM_NAME, read_attached_program, sealed
from handouts.document.files import check_writable, is_handout, write_whole
from handouts.document.locking import encrypt

__all__ = [
    "PROGRAM_NAME",
    "check_writable",
    "encrypt",
    "is_handout",
    "read_attached_program",
    "sealed",
    "write_whole",
]
