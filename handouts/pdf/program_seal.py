"""The seal on the program that a handout carries inside it, so that a change to it is seen.

The record holds a digest over the rest of itself, and the document's information another over the record's bytes. They
tell of damage and of careless editing; they are no signature, and prove nothing against someone who forges both.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

PROGRAM_NAME = "program.json"
"""The attachment that carries the program: ids and doses, no page."""


def sealed(record: dict[str, Any]) -> bytes:
    """The record as it is attached, with its digest."""
    return json.dumps({**record, "digest": digest_of_record(record)}, ensure_ascii=False, indent=1).encode()


def digest_of_record(record: dict[str, Any]) -> str:
    """What seals a record: the digest of its values, whatever their order."""
    return digest_of(json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
