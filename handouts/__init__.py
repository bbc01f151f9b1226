"""Home-exercise handouts for physiotherapy patients: screened, dosed, branded, accessible.

The public Python API; `docs/api.md` shows it at work, and the command line uses the same functions:

* `open_library(*folders)`: the built-in library with a clinic's own content over it
* `read_program(path, library)`: a program file
* `screen(program, library)`: the rules that fire for this patient, as a `ScreenedProgram`
* `render(program, library)`: the handout, as a `RenderedHandout` with `pdf`, `pages` and `notes`
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.programs import ScreenedProgram, open_library, read_program, screen
    from handouts.rendering import RenderedHandout, render

__version__ = "0.1.0"
__all__ = ["RenderedHandout", "ScreenedProgram", "__version__", "open_library", "read_program", "render", "screen"]

_HOMES = {
    "RenderedHandout": "handouts.rendering",
    "ScreenedProgram": "handouts.programs",
    "open_library": "handouts.programs",
    "read_program": "handouts.programs",
    "render": "handouts.rendering",
    "screen": "handouts.programs",
}


def __getattr__(name: str) -> Any:
    """Load a part of the API when it is first asked for (PEP 562): `handouts --help` must not load ReportLab."""
    if name not in _HOMES:
        raise AttributeError(f"module 'handouts' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
