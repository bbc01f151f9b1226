"""`python -m tests.golden --update [CASE …]`: render the golden pages again."""

from __future__ import annotations

import sys

from tests.golden import CASES, ONLY_IN_DOCS, update

asked, *cases = sys.argv[1:] or [""]
if asked != "--update" or not {*CASES, *ONLY_IN_DOCS}.issuperset(cases):
    known = ", ".join((*CASES, *ONLY_IN_DOCS))
    sys.exit(f"python -m tests.golden --update [CASE …] renders the golden pages again; then look at them.\n{known}")
update(cases)
