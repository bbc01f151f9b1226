"""Packets composed and laid out as a patient gets them, for tests of pages and of words."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from handouts.layout.document import LaidOutHandout
from handouts.library import Library
from handouts.model import Program
from handouts.prescription import ProgramFields, build_program
from handouts.programs import screen
from handouts.rendering import lay_out_program
from handouts.resources import content_folder
from tests.real_library import real_library

DAY = dt.date(2026, 11, 22)
PACKETS = sorted(path.stem for path in (content_folder() / "packets").glob("*.yaml"))


@cache
def library() -> Library:
    return real_library()


def program_of(packet: str, **fields: Any) -> Program:
    """A packet without a patient, with other fields of a program as `make` takes them."""
    return build_program(ProgramFields(packet=packet, **fields), library(), date=DAY, name_required=False)


@cache
def laid_out(packet: str, **fields: Any) -> LaidOutHandout:
    """The pages of a packet."""
    made: LaidOutHandout = lay_out_program(screen(program_of(packet, **fields), library()), library()).pages
    return made
