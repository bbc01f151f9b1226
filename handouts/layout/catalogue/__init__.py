"""The catalogue: the exercises of a library as one PDF to choose from, by region, with index and bookmarks.

For clinicians, not for patients. Writes no file and asks for no date.
"""

from handouts.layout.catalogue.binding import make_catalogue
from handouts.layout.catalogue.content import Catalogue, build_catalogue

__all__ = ["Catalogue", "build_catalogue", "make_catalogue"]
