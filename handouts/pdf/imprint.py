"""The names that callers still take from here; they live in `handouts.pdf.input_digest`."""

from handouts.pdf.input_digest import InputDigest as Imprint
from handouts.pdf.input_digest import add_input_digest as imprint
from handouts.pdf.input_digest import read_input_digest as read_imprint
from handouts.pdf.input_digest import with_input_digest as imprinted

__all__ = ["Imprint", "imprint", "imprinted", "read_imprint"]
