"""One handout being set: what every part of the page is given. Holds values only."""

from __future__ import annotations

from msgspec import Struct

from handouts.branding import Logo
from handouts.sheet.content import Handout
from handouts.sheet.theme import Theme
from handouts.sheet.words import Words


class Job(Struct, frozen=True):
    """The words, the look and the logo of one handout; `log_weeks` 0 leaves the log out."""

    handout: Handout
    words: Words
    theme: Theme
    logo: Logo | None
    log_weeks: int
    web_url: str | None
