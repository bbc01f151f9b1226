"""Content files whose data is kept between runs: parsed again only when they change. Not for a patient's files.

A kept document knows its data; it reads its file once more when somebody asks where a piece of it stands, which is
when there is a problem to tell.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import DecodeError, msgpack

from handouts.caching import code_stamp, files_stamp, keep, kept
from handouts.errors import BadInput, FileTrouble
from handouts.library.yaml_source.source import Document, Place, Where, read_yaml

_KIND = "yaml"


class KeptDocument(Document):
    """The data of one file, from the cache."""

    __slots__ = ("__dict__",)

    def __init__(self, path: str, data: Any) -> None:
        super().__init__(path, data, {}, None)

    def place(self, where: Where = (), *, key: bool = False) -> Place:
        """As a document that was just read; the top of the file when that has changed meanwhile."""
        return self._read_again.place(where, key=key) if self._read_again else (1, 1)

    @cached_property
    def _read_again(self) -> Document | None:
        try:
            document = read_yaml(Path(self.path))
        except (BadInput, FileTrouble):
            return None
        return document if document.data == self.data else None


def read_content(path: Path) -> Document:
    """As `read_yaml`, for a file of a content folder: from the cache while the file stays as it was."""
    stamp, code = files_stamp([path]), code_stamp("yamlsource")
    if stamp is None or code is None:
        return read_yaml(path)
    key = f"{stamp}\n{code}"
    packed = kept(_KIND, key)
    if packed is not None:
        try:
            return KeptDocument(str(path), msgpack.decode(packed))
        except DecodeError:
            pass
    document = read_yaml(path)
    keep(_KIND, key, msgpack.encode(document.data))
    return document
