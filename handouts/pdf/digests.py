"""Digests by Python's own code. `hashlib` loads OpenSSL first, which takes as long as a page of a handout.

OpenSSL's SHA-256 is eight times as fast, so whoever digests whole files with it imports `hashlib`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b

        try:
            from _sha256 import sha256  # Python 3.11
        except ImportError:
            from _sha2 import sha256
    except ImportError:  # a Python built to have OpenSSL's only
        from hashlib import blake2b, sha256

__all__ = ["blake2b", "sha256"]
