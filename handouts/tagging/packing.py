"""Deflated streams, each content packed once: pages, structure and pictures recur from handout to handout of a run."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from handouts.deflating import OFTEN, deflated
from handouts.digests import blake2b

_KEPT = 192
"""Streams, of some 5 KB: the pages of a dozen different programs."""
_kept: OrderedDict[bytes, bytes] = OrderedDict()


def packed(data: bytes, effort: int = OFTEN, prepared: Callable[[bytes], bytes] | None = None) -> bytes:
    """`data`, as what `prepared` makes of it if there is one, deflated with this effort."""
    how = bytes((effort, prepared is not None))
    key = blake2b(data, digest_size=20, salt=how).digest()
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = deflated(prepared(data) if prepared else data, effort)
        if len(_kept) > _KEPT:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(key)
    return found
