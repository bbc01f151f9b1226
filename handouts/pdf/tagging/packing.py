"""Deflated streams, each content packed once: pages, structure and pictures recur from handout to handout of a run."""

from __future__ import annotations

from collections.abc import Callable

from handouts.pdf.deflating import OFTEN, deflated
from handouts.pdf.digests import blake2b
from handouts.recent import Recent

_KEPT = 192
"""Streams, of some 5 KB: the pages of a dozen different programs."""
_kept: Recent[bytes, bytes] = Recent(_KEPT)


def packed(data: bytes, effort: int = OFTEN, prepared: Callable[[bytes], bytes] | None = None) -> bytes:
    """`data`, as what `prepared` makes of it if there is one, deflated with this effort."""
    how = bytes((effort, prepared is not None))
    key = blake2b(data, digest_size=20, salt=how).digest()
    return _kept.of(key, lambda: deflated(prepared(data) if prepared else data, effort))
