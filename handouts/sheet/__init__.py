"""The sheet: a program, its findings and its warnings as pages.

Everything comes in as values; this room reads no file and no library, asks for no date, and writes nothing.
"""

from handouts.sheet.content import Pictures
from handouts.sheet.pictures import drawn_pictures
from handouts.sheet.render import LaidOut, lay_out

__all__ = ["LaidOut", "Pictures", "drawn_pictures", "lay_out"]
