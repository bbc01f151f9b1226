"""`python -m tests.golden --update [CASE …]`: render the golden pages again."""

from __future__ import annotations

import sys

from tests.golden import CASES, update

asked, *cases = sys.argv[1:] or [""]
if asked != "--update" or not CASES.keys() >= set(cases):
    known = ", ".join(CASES)
    sys.exit(f"python -m tests.golden --update [CASE …] renders the golden pages again; then look at them.\n{known}")
update(cases)
