"""The numbers before a page's operators, thousands to a handout: written by one formatting of Python's own."""

from __future__ import annotations

from math import isfinite


def operands(*values: float) -> str:
    """Numbers with a space between, to six digits, without needless zeros. Raises ValueError for what is none."""
    written = (" %.6g" * len(values) % values).replace(" 0.", " .")
    if "e" in written or "n" in written:  # a power of ten, which PDF does not know; `inf` or `nan`
        if not all(map(isfinite, values)):
            raise ValueError(f"no place on a page: {values}")
        written = "".join(f" {value:.6f}" for value in values)
    return written[1:]
