"""`python -m tests.golden --update`: render the golden pages again."""

from __future__ import annotations

import sys

from tests.golden import update

if sys.argv[1:] != ["--update"]:
    sys.exit("python -m tests.golden --update renders every golden page again; then look at them and commit them.")
update()
