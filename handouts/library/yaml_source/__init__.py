"""Strict YAML with positions, and a reader of fields that collects every problem. Knows nothing of exercises."""

from handouts.library.yaml_source.fields import Fields, Places
from handouts.library.yaml_source.kept import read_content
from handouts.library.yaml_source.source import Document, Place, Where, parse_yaml, peek_text, read_yaml

__all__ = ["Document", "Fields", "Place", "Places", "Where", "parse_yaml", "peek_text", "read_content", "read_yaml"]
