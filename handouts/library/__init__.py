"""Content folders → exercises, packets, conditions, rules, warnings, clinics, and all that is wrong in them.

Knows no patient and no page. To check a whole library, ask `handouts.library.library_check`.
"""

from handouts.library.kinds import AnyKind as AnyKind, Kind as Kind
from handouts.library.library import Library as Library, read_library as read_library
from handouts.library.stamps import (
    fingerprint as fingerprint,
    stamp_translations as stamp_translations,
    translation_faults as translation_faults,
    translation_problems as translation_problems,
    untranslated as untranslated,
)
