"""Pages that say nothing of one patient, laid out once for all handouts that say the same: cards, warnings, log.

Each part is laid out from a handout in which everything but what that part says is blank. What it is kept under is
that handout itself with the look and the words: so nothing can stand on a kept page that is not asked for again, and
a name, a goal or a note to one patient is blank when other patients' pages are made.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

from msgspec.structs import replace

from handouts.caching import turned_off
from handouts.sheet.content import Handout
from handouts.sheet.flow import Page
from handouts.sheet.job import Job

CARDS, WARNINGS, LOG = (
    ("entries",),
    ("groups", "advice", "progression", "closing", "reviewed"),
    ("entries", "zones", "web"),
)
"""The fields of a handout that each part says; the rest is blank for it."""
_KEPT = 48
_kept: OrderedDict[Hashable, tuple[Job, tuple[Page, ...]]] = OrderedDict()


def shared_pages(job: Job, said: Sequence[str], lay_out: Callable[[Job], Sequence[Page]]) -> Sequence[Page]:
    """The pages that `lay_out` gives for a job of which only the fields in `said` are there."""
    part = replace(job, handout=_only(job.handout, said), logo=None)
    words = job.words.key
    if words is None or turned_off():
        return _marked(lay_out(part))
    key = (said, part.handout, part.theme.key, words, part.log_weeks, part.web_url)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = part, _marked(lay_out(part))
        if len(_kept) > _KEPT:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(key)
    return found[1]


def _only(handout: Handout, said: Sequence[str]) -> Handout:
    blank = {name: type(getattr(handout, name))() for name in Handout.__struct_fields__ if name not in said}
    return replace(handout, **blank)


def _marked(pages: Sequence[Page]) -> tuple[Page, ...]:
    return tuple(replace(page, shared=True) for page in pages)
