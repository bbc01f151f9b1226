"""What is the same for every row of a batch: a value that can be sent to another process or another machine."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cached_property
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

from msgspec import Struct, msgpack

from handouts.errors import FileTrouble, Problem
from handouts.prescription import Layer, ProgramFields, options_layer


class Given(Struct, frozen=True, kw_only=True):
    """Option values from one place. `name` says how a field is called there, with `{field}` and `{option}` in it."""

    fields: ProgramFields = ProgramFields()
    name: str = "--{option}"

    def layer(self, problems: list[Problem]) -> Layer:
        """The values as a layer of a program."""
        return options_layer(self.fields, problems, self.name_of)

    def name_of(self, field: str) -> str:
        """How a field is called where these values were given."""
        return self.name.format(field=field.upper(), option=field.replace("_", "-"))


class Content(Struct, frozen=True, kw_only=True):
    """A folder of a clinic's own content, packed to be sent to a machine that does not have it."""

    packed: bytes

    def unpack(self) -> Path:
        """The folder, in a place of its own that is left to the system to clear."""
        place = Path(mkdtemp(prefix="handouts-content-"))
        with ZipFile(BytesIO(self.packed)) as archive:
            archive.extractall(place)
        return place


def pack_content(folder: Path) -> Content:
    """Everything in a content folder. Raises FileTrouble."""
    packed = BytesIO()
    try:
        with ZipFile(packed, "w") as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, str(path.relative_to(folder)))
    except OSError as trouble:
        raise FileTrouble(str(folder), (trouble.strerror or str(trouble)).lower()) from trouble
    return Content(packed=packed.getvalue())


class Job(Struct, frozen=True, kw_only=True, dict=True):
    """How the rows of one batch are made.

    `folders` are the clinic's own content, lying on this machine or packed. `options` win over a row, `below` fill in
    what it leaves open. `output` is the folder of the handouts, None when each has no file of its own; with `resume`,
    half files that lie there are made anew. `writes`: whoever makes a handout also writes it, otherwise its bytes are
    handed back. `no_password` and `no_leaflet` say why a row may have none, where that is so. `program` is the version
    of this program that is to make them.
    """

    folders: tuple[str | Content, ...] = ()
    options: Given = Given()
    below: tuple[Given, ...] = ()
    date: dt.date
    output: str | None = None
    both_sides: bool = False
    force: bool = False
    resume: bool = False
    writes: bool = True
    no_password: str | None = None
    no_leaflet: str | None = None
    program: str

    @cached_property
    def key(self) -> str:
        """Equal jobs, equal keys."""
        return hashlib.sha256(msgpack.encode(self)).hexdigest()
