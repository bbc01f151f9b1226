"""Handouts as files: written whole or not at all, locked, known again, read back, with leaflets after their pages.

Knows no page and no exercise: bytes in, bytes out, and the program a handout carries as plain data.
"""

from handouts.document.carried import PROGRAM_NAME, read_attached_program, sealed
from handouts.document.files import PART, check_writable, is_handout, part_prefix, whole_file, write_whole
from handouts.document.leaflets import Leaflet, append_leaflets, read_leaflet
from handouts.document.locking import encrypt, opens

__all__ = [
    "PART",
    "PROGRAM_NAME",
    "Leaflet",
    "append_leaflets",
    "check_writable",
    "encrypt",
    "is_handout",
    "opens",
    "part_prefix",
    "read_attached_program",
    "read_leaflet",
    "sealed",
    "whole_file",
    "write_whole",
]
