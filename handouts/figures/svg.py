"""A drawing as SVG: translates the few PDF operators that the pen writes. Knows no body."""

from __future__ import annotations

from handouts.figures.frame import draw_frame
from handouts.figures.drawn import Drawing, PlainFrame
from handouts.figures.pose import Pose
from handouts.figures.style import FigureStyle

CAPS = {"0": "butt", "1": "round"}


def pose_svg(pose: Pose, index: int, style: FigureStyle) -> str:
    """One frame of a pose as an SVG document, its size in points."""
    return drawing_svg(draw_frame(pose, index, style))


def drawing_svg(drawing: Drawing | PlainFrame) -> str:
    """A drawing as an SVG document, its size in points."""
    wide, high = f"{drawing.width:.2f}", f"{drawing.height:.2f}"
    size = f'width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g transform="matrix(1 0 0 -1 0 {high})">'
    return head + "".join(_Translator().elements(drawing.operators.decode("ascii"))) + "</g></svg>\n"


class _Translator:
    """Follows the graphics state through the operators."""

    def __init__(self) -> None:
        self.state = {"fill": "#000000", "stroke": "#000000", "width": "1", "cap": "butt", "join": "miter", "dash": ""}
        self.saved: list[tuple[dict[str, str], int, tuple[float, float]]] = []
        self.origin = (0.0, 0.0)
        self.open_groups = 0
        self.clips = 0
        self.path: list[str] = []
        self.clip_rule = ""

    def elements(self, operators: str) -> list[str]:
        out: list[str] = []
        operands: list[str] = []
        for token in operators.replace("[", " [ ").replace("]", " ] ").split():
            if token[0] in "-.0123456789[]":
                operands.append(token)
            else:
                out.append(self._operator(token, operands))
                operands = []
        return out

    def _operator(self, name: str, operands: list[str]) -> str:
        match name:
            case "m" | "l" | "c":
                self.path.append(name.upper() + self._shifted(operands))
            case "h":
                self.path.append("Z")
            case "re":
                x, y, w, h = operands
                self.path.append(f"M{self._shifted([x, y])}h{w}v{h}h-{w}Z")
            case "f" | "S" | "n":
                return self._painted(name)
            case "W" | "W*":
                self.clip_rule = "evenodd" if name == "W*" else "nonzero"
            case "q":
                self.saved.append((dict(self.state), self.open_groups, self.origin))
                self.open_groups = 0
            case "Q":
                self.state, outer, self.origin = self.saved.pop()
                closing, self.open_groups = "</g>" * self.open_groups, outer
                return closing
            case "cm" if operands[:4] == ["1", "0", "0", "1"]:  # as a group for each move they would nest by hundreds
                self.origin = (self.origin[0] + float(operands[4]), self.origin[1] + float(operands[5]))
            case "cm":
                self.open_groups += 1
                return f'<g transform="matrix({" ".join(operands)})">'
            case "g" | "rg":
                self.state["fill"] = _hex(operands)
            case "G" | "RG":
                self.state["stroke"] = _hex(operands)
            case "w":
                self.state["width"] = operands[0]
            case "J":
                self.state["cap"] = CAPS[operands[0]]
            case "j":
                self.state["join"] = "round"
            case "d":
                self.state["dash"] = " ".join(operands[1:-2])
            case _:
                raise ValueError(f"the pen never writes {name}")
        return ""

    def _shifted(self, operands: list[str]) -> str:
        """Pairs of coordinates from where the origin lay at first."""
        return " ".join(f"{float(value) + self.origin[at % 2]:g}" for at, value in enumerate(operands))

    def _painted(self, name: str) -> str:
        path, self.path = "".join(self.path), []
        s = self.state
        if name == "f":
            return f'<path d="{path}" fill="{s["fill"]}"/>'
        if name == "S":
            dash = f' stroke-dasharray="{s["dash"]}"' if s["dash"] else ""
            line = f'stroke="{s["stroke"]}" stroke-width="{s["width"]}" stroke-linecap="{s["cap"]}"'
            return f'<path d="{path}" fill="none" {line} stroke-linejoin="{s["join"]}"{dash}/>'
        self.clips += 1
        self.open_groups += 1
        clip = f'<clipPath id="c{self.clips}"><path d="{path}" clip-rule="{self.clip_rule}"/></clipPath>'
        return f'{clip}<g clip-path="url(#c{self.clips})">'


def _hex(operands: list[str]) -> str:
    values = operands * 3 if len(operands) == 1 else operands
    return "#" + "".join(f"{round(float(v) * 255):02x}" for v in values)
