"""The clinic's look: its colours made readable, and its logo.

Knows no page; reads the disk only to read a logo.
"""

from handouts.branding.logo import Logo, read_logo, read_picture
from handouts.branding.palette import Palette, palette

__all__ = ["Logo", "Palette", "palette", "read_logo", "read_picture"]
