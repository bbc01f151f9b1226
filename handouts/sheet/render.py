"""From values to pages: says what the handout says, lays it out, and draws it on a canvas that somebody else opened."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.branding import Logo, Palette
from handouts.layout.line_breaking import wording
from handouts.library.locale import Locale
from handouts.model import Finding, PainScaleText, Program
from handouts.pdf.tagging import TaggedCanvas
from handouts.screening import Safety
from handouts.sheet.content import Pictures, build_handout
from handouts.sheet.flow import Page
from handouts.sheet.job import Job
from handouts.sheet.pages import compose, draw_pages
from handouts.sheet.theme import Theme
from handouts.sheet.words import Words


class LaidOut:
    """A handout with every block in its place; drawing it cannot fail for want of a character or of room."""

    def __init__(self, job: Job, pages: Sequence[Page]) -> None:
        self._job, self.pages = job, pages

    @property
    def theme(self) -> Theme:
        """The look in which it was laid out."""
        return self._job.theme

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self.pages)

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self._job.theme.width, self._job.theme.height

    @property
    def title(self) -> str:
        """The program's title, without the patient's name."""
        return wording(self._job.handout.title)

    @property
    def subject(self) -> str:
        """What kind of document this is, in the handout's language."""
        return wording(self._job.words.say("subject"))

    def draw(self, canvas: TaggedCanvas) -> None:
        """Draw all pages into whatever structure is open on the canvas."""
        draw_pages(canvas, self._job, self.pages)


def lay_out(
    program: Program,
    findings: Sequence[Finding],
    safety: Safety,
    scale: PainScaleText,
    locale: Locale,
    *,
    palette: Palette,
    logo: Logo | None,
    pictures: Pictures,
    both_sides: bool = False,
) -> LaidOut:
    """The pages of a handout.

    `pictures` gives each exercise's frames; `both_sides` mirrors the punched margin on even pages. Raises
    UnprintableText, before anything is laid out, for a character that no bundled font has.
    """
    words = Words(locale, emergency=program.clinic.emergency, phone=program.clinic.phone)
    job = Job(
        handout=build_handout(program, findings, safety, scale, words, pictures),
        words=words,
        theme=Theme(palette, program.layout, mirrored=both_sides and program.layout.hole_punch),
        logo=logo,
        log_weeks=program.layout.log_weeks,
        web_url=_url(program.clinic.web),
    )
    return LaidOut(job, compose(job))


def _url(web: str | None) -> str | None:
    """The clinic's page as an address that a phone opens; None when there is none, or it cannot stand in a QR code."""
    if not web or not web.isascii():
        return None
    return web if web.startswith(("https://", "http://")) else f"https://{web}"
