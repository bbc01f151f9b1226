"""Parts that say nothing of one patient, laid out once for all handouts that say the same: list, cards, warnings, log.

Each part is laid out from a handout in which everything but what that part says is blank. What it is kept under is
that handout itself with the look and the words: so nothing can stand in a kept part that is not asked for again, and
a name, a goal or a note to one patient is blank when other patients' pages are made.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from handouts.recent import Recent
from handouts.sheet.content import Handout
from handouts.sheet.flow import Block, Page
from handouts.sheet.job import Job

DAY, CARDS, WARNINGS, LOG, FOOT = (
    ("entries", "day_minutes", "emergency", "stop", "zones", "zones_lang", "phone"),
    ("entries",),
    ("groups", "advice", "progression", "closing", "reviewed"),
    ("entries", "zones", "web"),
    ("web", "licences", "phone", "zones"),
)
"""The fields of a handout that each part says; the rest is blank for it."""
_KEPT = 64
"""Parts: those of a dozen different programs."""
_kept: Recent[Hashable, tuple[Job, Any]] = Recent(_KEPT)
Part = TypeVar("Part")


def shared_part(job: Job, said: Sequence[str], make: Callable[[Job], Part]) -> Part:
    """What `make` gives for a job of which only the fields in `said` are there; one `make` for each `said`."""
    part = replace(job, handout=_only(job.handout, said), logo=None)
    words = job.words.key
    if words is None:
        return make(part)
    key = (said, part.handout, part.theme.key, words, part.log_weeks, part.web_url)
    made: Part = _kept.of(key, lambda: (part, make(part)))[1]
    return made


def shared_pages(job: Job, said: Sequence[str], lay_out: Callable[[Job], Sequence[Page]]) -> Sequence[Page]:
    """The pages that `lay_out` gives for such a job."""
    return shared_part(job, said, lambda part: [_page(page) for page in lay_out(part)])


def shared_blocks(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, to be drawn once for all handouts that have them."""
    return [replace(block, shared=True, again=block.again and replace(block.again, shared=True)) for block in blocks]


def _page(page: Page) -> Page:
    blocks = shared_blocks(placed.block for placed in page.placed)
    return Page(tuple(placed._replace(block=block) for placed, block in zip(page.placed, blocks, strict=True)))


def _only(handout: Handout, said: Sequence[str]) -> Handout:
    blank = {name: type(getattr(handout, name))() for name in Handout.__struct_fields__ if name not in said}
    return replace(handout, **blank)
