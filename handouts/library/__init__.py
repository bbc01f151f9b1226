"""Content folders → exercises, packets, conditions, rules, warnings, clinics, and all that is wrong in them.

Knows no patient and no page. To judge a whole library, ask `handouts.library.check`.
"""

from handouts.library.library import AnyKind, Kind, Library, read_library
from handouts.library.translations import (
    Translations,
    fingerprint,
    stamp_translations,
    translation_problems,
    untranslated,
)

__all__ = [
    "AnyKind",
    "Kind",
    "Library",
    "Translations",
    "fingerprint",
    "read_library",
    "stamp_translations",
    "translation_problems",
    "untranslated",
]
