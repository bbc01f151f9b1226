"""Mistakes of the code that draws, found while it draws. Never the user's: they stop the build (exit 1)."""

from __future__ import annotations


class TaggingFault(Exception):
    """A page that would not be accessible; the code that draws it must be mended."""


class UntaggedText(TaggingFault):
    """Text drawn where no element holds text: a screen reader would never say it."""

    def __init__(self, text: str, inside: str | None) -> None:
        super().__init__(f"text {text[:60]!r} drawn {'directly in a ' + inside if inside else 'outside any tag'}")


class MisplacedTag(TaggingFault):
    """An element where PDF does not allow it."""

    def __init__(self, tag: str, parent: str, why: str = "is not allowed there") -> None:
        super().__init__(f"{tag} in {parent}: {why}")


class SkippedHeading(TaggingFault):
    """A heading more than one level below the one before it."""

    def __init__(self, level: int, last: int) -> None:
        super().__init__(f"heading level {level} after level {last}")


class MissingWords(TaggingFault):
    """A picture without alternate text, a link without a description, an empty heading or paragraph."""

    def __init__(self, tag: str, what: str) -> None:
        super().__init__(f"{tag}: no {what}")


class IrregularTable(TaggingFault):
    """Rows of a table that do not all cover the same columns."""

    def __init__(self, widths: list[int]) -> None:
        super().__init__(f"rows of one table cover {widths} columns")


class UnbalancedCalls(TaggingFault):
    """A page begun twice, something drawn outside a page, a file finished too early or twice."""


class ForbiddenLink(TaggingFault):
    """A link that would do more than open a page, a mail or the telephone."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url!r} is not a web, mail or telephone address")
