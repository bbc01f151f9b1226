"""One torture page for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.page.torture import torture


@pytest.fixture(scope="module")
def document() -> bytes:
    return torture()
