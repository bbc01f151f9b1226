"""Content folders → exercises, packets, conditions, rules, warnings, clinics, and all that is wrong in them.

Knows no patient and no page. To check a whole library, ask `handouts.library.library_check`.
"""

from handouts.library.kinds import AnyKind, Kind
from handouts.library.library import Library, read_library
from handouts.library.stamps import (
    fingerprint,
    stamp_translations,
    translation_faults,
    translation_problems,
    untranslated,
)

__all__ = [
    "AnyKind",
    "Kind",
    "Library",
    "fingerprint",
    "read_library",
    "stamp_translations",
    "translation_faults",
    "translation_problems",
    "untranslated",
]
