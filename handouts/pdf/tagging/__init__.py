"""The accessible canvas: tagged PDF 1.7, PDF/UA-1, same input same bytes.

Holds the structure tree, marked content, font embedding and the file's syntax. Knows no exercise, no sheet, no
language's words.
"""

from handouts.pdf.tagging.canvas import TaggedCanvas
from handouts.pdf.tagging.faults import (
    ForbiddenLink,
    IrregularTable,
    MisplacedTag,
    MissingWords,
    SkippedHeading,
    TaggingFault,
    UnbalancedCalls,
    UntaggedText,
)
from handouts.pdf.tagging.marking import Box
from handouts.pdf.tagging.metadata import Relationship
from handouts.pdf.tagging.shapes import Drawing, Path, Step
from handouts.pdf.tagging.sketch import Sketch, Sketched
from handouts.pdf.tagging.store import Bitmap, Form
from handouts.pdf.tagging.structure import Element

__all__ = [
    "Bitmap",
    "Box",
    "Drawing",
    "Element",
    "ForbiddenLink",
    "Form",
    "IrregularTable",
    "MisplacedTag",
    "MissingWords",
    "Path",
    "Relationship",
    "Sketch",
    "Sketched",
    "SkippedHeading",
    "Step",
    "TaggedCanvas",
    "TaggingFault",
    "UnbalancedCalls",
    "UntaggedText",
]
