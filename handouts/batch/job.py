"""What is the same for every handout of a batch: a value that can be sent to another process or another machine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile, ZipInfo

from handouts.batch.roster_dates import DateOrder
from handouts.errors import Problem, file_trouble
from handouts.input_files import read_file
from handouts.output_paths import PDF_ALONE, Format
from handouts.prescription import Layer, ProgramFields, options_layer


@dataclass(frozen=True, kw_only=True)
class GivenOptions:
    """Option values from one place.

    Attributes:
        fields: The values.
        name: How a field is called in that place, with `{field}` or `{option}` in it; problems name it so.
    """

    fields: ProgramFields = field(default_factory=ProgramFields)
    name: str = "--{option}"

    def layer(self, problems: list[Problem]) -> Layer:
        """The values as a layer of a program; what is no value is added to `problems`."""
        name_of = lambda field: self.name.format(field=field.upper(), option=field.replace("_", "-"))  # noqa: E731
        return options_layer(self.fields, problems, name_of)


@dataclass(frozen=True)
class PackedFolder:
    """A folder of a clinic's own content as a ZIP archive, for a machine that does not have the folder."""

    archive: bytes
    name: str

    def unpack(self) -> Path:
        """Write the folder to a temporary place, which the operating system clears."""
        # Of the same name as at home: a handout's record tells it.
        place = Path(mkdtemp(prefix="handouts-content-")) / self.name
        with ZipFile(BytesIO(self.archive)) as archive:
            archive.extractall(place)
        return place


def pack_folder(folder: Path) -> PackedFolder:
    """Pack a content folder, but for links out of it, which the library does not read either. Raises FileTrouble."""
    packed, root = BytesIO(), folder.resolve()
    with file_trouble(folder), ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.resolve().is_relative_to(root):
                # Paths inside the archive start at the folder, so that nothing of this machine is told to another. A
                # file's own date may be one that archives do not have.
                archive.writestr(ZipInfo(path.relative_to(folder).as_posix()), read_file(path))
    return PackedFolder(packed.getvalue(), root.name)


@dataclass(frozen=True, kw_only=True)
class Job:
    """How the handouts of one batch are made.

    Attributes:
        date: The handouts' date when nothing gives one.
        date_order: The order of day, month and year in a roster's dates that can be read in several.
        program: The version of this program that is to make them.
        worker: The version of program, content and libraries, where another machine makes them; one with another
            version refuses.
        folders: The clinic's own content, on this machine or packed.
        options: Values that win over a roster's row or a program file.
        below: Values that fill in what a row or file leaves open, the first one first.
        output: The folder of the handouts; None when each has no file of its own.
        formats: What each handout is written as, the PDF first.
        both_sides: The handouts are printed on both sides of the paper.
        force: Files that are no handouts may be written over.
        resume: Half files in the folder are made anew.
        writes: Whoever makes a handout also writes it; otherwise its bytes are handed back.
        require_reviewed: A handout is made only when every part of it is signed off.
        no_password: Why no handout may have a password, where that is so.
        no_leaflet: Why no handout may have a leaflet, where that is so.
    """

    date: dt.date
    program: str
    worker: str | None = None
    date_order: DateOrder | None = None
    folders: tuple[str | PackedFolder, ...] = ()
    options: GivenOptions = field(default_factory=GivenOptions)
    below: tuple[GivenOptions, ...] = ()
    output: str | None = None
    formats: tuple[Format, ...] = PDF_ALONE
    both_sides: bool = False
    force: bool = False
    resume: bool = False
    writes: bool = True
    require_reviewed: bool = False
    no_password: str | None = None
    no_leaflet: str | None = None
