"""Cells that are not what somebody wrote: formulas, a spreadsheet's errors, lost letters; and the words for nothing."""

from __future__ import annotations

import re

from handouts.library.nearest import DASHES, NOTHING, NOTHING_BUT_A_NAME, key_of, means_nothing

_ERRORS = re.compile(r"#+|#[¡¿]?[^\W\d_][\w/ ]*[!?]|#(?:N/?A|N/?D|N/?V|GETTING_DATA)|Err:\d+", re.IGNORECASE)
"""`#REF!`, `#DIV/0!`, `#NAME?`, `#N/A`, `#¡VALOR!`, `#NV`, `Err:502`, and the `####` of a column that is too narrow."""
_LOST = "\N{REPLACEMENT CHARACTER}"
_MOJIBAKE = re.compile(
    # UTF-8 read as Windows letters: the first byte of a letter, then what its other bytes are called there.
    r"[ÃÂÄÅÐ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â(?:€|\x80)|ï»¿"
    # The same read as the letters of an old Mac or of DOS.
    r"|√[^\x00-\x7f\s]|├[^\x00-\x7f\s]"
)
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_NAMES = ("name", "first_name", "last_name")


def artefact(text: str, column: str) -> tuple[str, str] | None:
    """What is wrong with a cell as a spreadsheet or a wrong encoding left it, and what to do; None when nothing is."""
    if text.startswith("="):
        return "a formula in place of its value", "paste what it comes to"
    if _ERRORS.fullmatch(text):
        return f"the spreadsheet's error {text}", "mend the cell, or empty it"
    if _LOST in text or (column in _NAMES and "?" in text):
        return "letters were lost here", "write them again, and save as 'CSV UTF-8'"
    if _MOJIBAKE.search(text):
        return "letters were read in a wrong encoding", "write them again, and save as 'CSV UTF-8', or give --encoding"
    if column == "id" and _SHORTENED.fullmatch(text):
        return "a number that the spreadsheet has shortened", "make the column text, and write the number again"
    return None


def is_nothing(text: str, column: str, *, is_list: bool) -> bool:
    """Whether a cell says that there is nothing: `-`, `n/a`, `none`."""
    if is_list:
        return means_nothing(text)
    key = key_of(text)
    return not text.strip(DASHES) or key in NOTHING or (column not in _NAMES and key in NOTHING_BUT_A_NAME)
