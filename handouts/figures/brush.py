"""What every painting module shares: the view, the line width and the pen."""

from __future__ import annotations

from handouts.figures.camera import View
from handouts.figures.display_pen import Pen


class Brush:
    """Paints in paper units. `line` is the width of the inner lines."""

    def __init__(self, view: View, line: float) -> None:
        self.view, self.line, self.pen = view, line, Pen()
