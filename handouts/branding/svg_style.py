"""Style of SVG drawings: which properties are read, style rules, colours. Pure; knows no element and no file.

Properties stand on a list of what is known to be drawn rightly or to change nothing; any other is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PIL import ImageColor

from handouts.branding.svg_shapes import NUMBER
from handouts.colour import BLACK, Colour

INHERITED = {
    "fill": "black",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "fill-rule": "nonzero",
    "clip-rule": "nonzero",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "paint-order": "normal",
    "color": "black",
    "visibility": "visible",
}
"""Properties that a shape takes from its group, and how they begin."""
_OWN = {"display", "opacity", "clip-path", "mask", "mask-type", "filter", "overflow", "stop-color", "stop-opacity"}
"""Properties of an element alone that are drawn rightly, or refused where they are drawn."""
_ONLY = {
    "backdrop-filter": {"none"},
    "marker": {"none"},
    "marker-start": {"none"},
    "marker-mid": {"none"},
    "marker-end": {"none"},
    "mix-blend-mode": {"normal"},
    "filter-blend-mode": {"normal"},
    "vector-effect": {"none"},
    "color-interpolation": {"srgb", "auto"},
    "transform-origin": {"0 0", "0px 0px"},
    "clip": {"auto"},
    "pathLength": set[str](),
    "systemLanguage": set[str](),
}
"""Properties and attributes that are read only where they change nothing: at these values."""
_HARMLESS = re.compile(
    r"--.*|-inkscape-.*|font.*|text.*|letter-spacing|word-spacing|line-height|writing-mode|white-space|direction"
    r"|unicode-bidi|.*-rendering|color-interpolation-filters|color-profile|enable-background|pointer-events|cursor"
    r"|isolation|baseline-shift|dominant-baseline|alignment-baseline|flood-.*|lighting-color|solid-.*|user-select"
    r"|shape-(?:inside|padding|margin)|inline-size|block-progression|filter-gaussianblur-deviation|kerning"
)
"""Properties that change nothing in a drawing of flat shapes."""
_OUTERMOST = re.compile(
    r"(?:min-|max-)?(?:width|height)|(?:margin|padding)(?:-\w+)?|position|float|vertical-align|top|left|right|bottom"
)
"""Properties of the outermost element that say where it lies in a web page, and nothing of what it shows."""
_NO_GROUND = {"none", "transparent", "white", "#fff", "#ffffff"}
_MOST_CSS, _MOST_DECLARATIONS = 10_000, 100
"""Of a style sheet in characters and of one rule: the work is the product of rules and shapes."""
_Declarations = dict[str, tuple[str, bool]]
"""What each property is set to, and whether that is important."""


class NotRead(Exception):
    """Something that would not be drawn rightly, named as it stands in the file."""


class Rule(NamedTuple):
    """A style rule: the element and marks that it fits, its weight over others, and what it sets."""

    element: str
    marks: tuple[str, ...]
    weight: tuple[int, int, int]
    declarations: _Declarations


def parse_sheet(css: str) -> Iterator[Rule]:
    """The rules of a style sheet: by element, class and id, not by where an element stands. Raises NotRead."""
    if len(css) > _MOST_CSS:
        raise NotRead(f"a style sheet of {len(css):,} characters")
    # Faces of type and the coding of letters show nothing: text is refused where it stands.
    css = re.sub(r"/\*.*?\*/|@charset[^;{]*;|@font-face\s*\{[^{}]*\}", "", css, flags=re.S)
    rule = re.compile(r"([^{}]+)\{([^{}]*)\}")
    if rest := rule.sub("", css).strip():
        raise NotRead(f"the style {rest[:40]!r}")
    for selectors, body in rule.findall(css):
        for selector in selectors.split(","):
            fits = re.fullmatch(r"\s*(\*|[A-Za-z]+)?((?:[.#][\w-]+)*)\s*", selector)
            if not fits or not (fits[1] or fits[2]):
                raise NotRead(f"the style rule {selector.strip()[:60]!r}")
            marks = tuple(re.findall(r"[.#][\w-]+", fits[2]))
            ids = sum(mark[0] == "#" for mark in marks)
            weight = (ids, len(marks) - ids, int(fits[1] not in (None, "*")))
            yield Rule(fits[1] or "*", marks, weight, _declarations(body))


def properties_of(
    element: str, attributes: Mapping[str, str], rules: Sequence[Rule], *, outermost: bool = False
) -> dict[str, str]:
    """What an element's attributes, the rules (the weightiest last) and its own style say. Raises NotRead."""
    given = {name: value.strip() for name, value in attributes.items()}
    for name in given:
        if name.startswith("on"):
            raise NotRead(f"the attribute {name!r}")
    marks = {f".{name}" for name in given.get("class", "").split()} | {f"#{given.get('id', '')}"}
    fitting = [rule.declarations for rule in rules if rule.element in ("*", element) and marks.issuperset(rule.marks)]
    declared = [*fitting, _declarations(given.get("style", ""))]
    styled = {
        name: value
        for important in (False, True)
        for declarations in declared
        for name, (value, is_important) in declarations.items()
        if is_important == important
    }
    for name, value in styled.items():
        known = name in INHERITED or name in _OWN or name in _ONLY or _HARMLESS.fullmatch(name)
        on_page = outermost and (
            _OUTERMOST.fullmatch(name) or (name in ("background", "background-color") and value.lower() in _NO_GROUND)
        )
        if not known and not on_page:
            raise NotRead(f"the property {name[:40]!r}")
        if "!" in value or "var(" in value:
            raise NotRead(f"{name} {value[:60]}")
    properties = {name: value for name, value in given.items() if value} | styled
    for name, allowed in _ONLY.items():
        if name in properties and properties[name].lower() not in allowed:
            raise NotRead(f"{name} {properties[name][:60]}")
    read = {name: properties[name] for name in (*INHERITED, *_OWN) if name in properties}
    return {name: value if "url(" in value else value.lower() for name, value in read.items()}


def inherited(outer: Mapping[str, str], properties: Mapping[str, str]) -> dict[str, str]:
    """What a shape is painted with: its own properties, else those of its group."""
    own = {name: properties.get(name, "inherit") for name in INHERITED}
    return {
        name: outer[name] if value in ("inherit", "unset") else INHERITED[name] if value == "initial" else value
        for name, value in own.items()
    }


def opacity_of(text: str) -> float:
    """An opacity from 0 to 1, written as a number or in percent. Raises NotRead."""
    number = re.fullmatch(rf"({NUMBER})(%?)", text)
    if not number:
        raise NotRead(f"the opacity {text[:60]}")
    return min(1.0, max(0.0, float(number[1]) / (100 if number[2] else 1)))


def is_shown(properties: Mapping[str, str]) -> bool:
    """Whether anything of an element can be seen."""
    return properties.get("display") != "none" and opacity_of(properties.get("opacity", "1")) > 0


def solid_paint(text: str, opacity: str, current: str) -> tuple[Colour, float] | None:
    """A paint of one colour and how solid it is; None when nothing is seen of it. Raises NotRead.

    Args:
        text: the value of `fill` or `stroke`.
        opacity: the value of the opacity that belongs to it.
        current: the value of `color`, for which "currentcolor" stands.
    """
    if text == "none":
        return None
    colour, alpha = parse_paint(current if text == "currentcolor" else text)
    alpha *= opacity_of(opacity)
    return (colour, alpha) if alpha > 0 else None


def parse_paint(text: str) -> tuple[Colour, float]:
    """A colour of CSS and how solid it is, 0 to 1. Raises NotRead."""
    if text == "transparent":
        return BLACK, 0.0
    part = rf"({NUMBER})(%?)"
    if found := re.fullmatch(rf"rgba?\(\s*{part}[\s,]+{part}[\s,]+{part}\s*(?:[,/]\s*({NUMBER}%?)\s*)?\)", text):
        shares = (float(found[i]) / (100 if found[i + 1] else 255) for i in (1, 3, 5))
        red, green, blue = (min(max(share, 0.0), 1.0) for share in shares)
        return (red, green, blue), opacity_of(found[7] or "1")
    if text not in ImageColor.colormap and not re.fullmatch(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", text):
        raise NotRead(f"the paint {text[:60]}")
    red, green, blue, *alpha = (part / 255 for part in ImageColor.getrgb(text))
    return (red, green, blue), alpha[0] if alpha else 1.0


def _declarations(css: str) -> _Declarations:
    if len(css) > _MOST_CSS or css.count(";") > _MOST_DECLARATIONS:
        raise NotRead("a very long style rule")
    found: _Declarations = {}
    for part in re.sub(r"/\*.*?\*/", "", css, flags=re.S).split(";"):
        name, _, value = part.partition(":")
        parts = re.split(r"!\s*important\s*$", value, maxsplit=1, flags=re.I)
        value, important = parts[0].strip(), len(parts) > 1
        name = name.strip().lower()
        # Within one rule the last of equals wins, and what is important over what is not.
        if value and (important or not found.get(name, ("", False))[1]):
            found[name] = value, important
    return found
