"""Style of SVG drawings: which properties are read, style rules, colours. Pure; knows no element and no file.

Properties stand on a list of what is known to be drawn rightly or to change nothing; any other is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PIL import ImageColor

from handouts.branding.colour import Colour, parse_colour

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
_OWN = {"display", "opacity", "clip-path"}
"""Properties of an element alone that are drawn rightly or refused further below."""
_ONLY = {
    "mask": {"none"},
    "filter": {"none"},
    "backdrop-filter": {"none"},
    "marker": {"none"},
    "marker-start": {"none"},
    "marker-mid": {"none"},
    "marker-end": {"none"},
    "mix-blend-mode": {"normal"},
    "vector-effect": {"none"},
    "transform-origin": {"0 0", "0px 0px"},
    "pathLength": set[str](),
    "requiredFeatures": set[str](),
    "requiredExtensions": set[str](),
    "systemLanguage": set[str](),
}
"""Properties and attributes that are read only where they change nothing: at these values."""
_HARMLESS = re.compile(
    r"-.*|font.*|text.*|letter-spacing|word-spacing|line-height|writing-mode|white-space|direction|unicode-bidi|.*-rendering"
    r"|color-interpolation.*|color-profile|enable-background|overflow|pointer-events|cursor|isolation|baseline-shift"
    r"|dominant-baseline|alignment-baseline|stop-.*|flood-.*|lighting-color|solid-.*|user-select|mask-type"
)
"""Properties that change nothing in a drawing of flat shapes."""
WHOLE = {"1", "1.0", "100%"}
_NOTHING = re.compile(r"0+\.?0*%?|\.0+%?")
_MOST_CSS, _MOST_DECLARATIONS = 10_000, 100
"""Of a style sheet in characters and of one rule: the work is the product of rules and shapes."""


class NotRead(Exception):
    """Something that would not be drawn rightly, named as it stands in the file."""


class Rule(NamedTuple):
    """A style rule: the element and marks that it fits, its weight over others, and what it sets."""

    element: str
    marks: tuple[str, ...]
    weight: tuple[int, int, int]
    properties: dict[str, str]


def parse_sheet(css: str) -> Iterator[Rule]:
    """The rules of a style sheet: by element, class and id, not by where an element stands. Raises NotRead."""
    if len(css) > _MOST_CSS:
        raise NotRead(f"a style sheet of {len(css):,} characters")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    rule = re.compile(r"([^{}]+)\{([^{}]*)\}")
    if rest := rule.sub("", css).strip():
        raise NotRead(f"the style {rest[:40]!r}")
    for selectors, body in rule.findall(css):
        if body.count(";") > _MOST_DECLARATIONS:
            raise NotRead("a very long style rule")
        for selector in selectors.split(","):
            fits = re.fullmatch(r"\s*(\*|[A-Za-z]+)?((?:[.#][\w-]+)*)\s*", selector)
            if not fits or not (fits[1] or fits[2]):
                raise NotRead(f"the style rule {selector.strip()!r}")
            marks = tuple(re.findall(r"[.#][\w-]+", fits[2]))
            ids = sum(mark[0] == "#" for mark in marks)
            weight = (ids, len(marks) - ids, int(fits[1] not in (None, "*")))
            yield Rule(fits[1] or "*", marks, weight, _declarations(body))


def properties_of(element: str, attributes: Mapping[str, str], rules: Sequence[Rule]) -> dict[str, str]:
    """What an element's attributes, the rules (the weightiest last) and its own style say. Raises NotRead."""
    given = {name: value.strip() for name, value in attributes.items()}
    for name in given:
        if name.startswith("on"):
            raise NotRead(f"the attribute {name!r}")
    marks = {f".{name}" for name in given.get("class", "").split()} | {f"#{given.get('id', '')}"}
    styled: dict[str, str] = {}
    for rule in rules:
        if rule.element in ("*", element) and marks.issuperset(rule.marks):
            styled |= rule.properties
    styled |= _declarations(given.get("style", ""))
    for name, value in styled.items():
        known = name in INHERITED or name in _OWN or name in _ONLY or _HARMLESS.fullmatch(name)
        if not known:
            raise NotRead(f"the property {name[:40]!r}")
        # Which of two such declarations wins takes a whole browser to tell.
        if "!" in value or "var(" in value:
            raise NotRead(f"{name} {value[:60]}")
    properties = given | styled
    for name, allowed in _ONLY.items():
        if name in properties and properties[name] not in allowed:
            raise NotRead(f"{name} {properties[name][:60]}")
    return properties


def inherited(outer: Mapping[str, str], properties: Mapping[str, str]) -> dict[str, str]:
    """What a shape is painted with: its own properties, else those of its group."""
    own = {name: properties.get(name, "inherit") for name in INHERITED}
    return {name: outer[name] if value == "inherit" else value for name, value in own.items()}


def is_shown(properties: Mapping[str, str]) -> bool:
    """Whether anything of an element can be seen."""
    return properties.get("display") != "none" and not _NOTHING.fullmatch(properties.get("opacity", "1"))


def painted_colour(paint: Mapping[str, str], name: str) -> Colour | None:
    """The colour of a "fill" or "stroke"; None when nothing is seen of it. Raises NotRead."""
    text, opacity = paint[name], paint[f"{name}-opacity"]
    if text.lower() == "currentcolor":
        text = paint["color"]
    if text.lower() in ("none", "transparent") or _NOTHING.fullmatch(opacity):
        return None
    if opacity not in WHOLE:
        raise NotRead(f"{name}-opacity {opacity}")
    colour, alpha = _parsed(text)
    if alpha <= 0:
        return None
    if alpha < 1:
        raise NotRead(f"the half-transparent colour {text[:60]}")
    return colour


def _parsed(text: str) -> tuple[Colour, float]:
    """A colour of CSS and how solid it is."""
    if parts := re.fullmatch(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*(?:[,/]\s*(\d*\.?\d+)(%?)\s*)?\)", text, re.I):
        red, green, blue = (min(int(part), 255) / 255 for part in parts.groups()[:3])
        alpha = float(parts[4] or 1) / (100 if parts[5] else 1)
        return (red, green, blue), alpha
    if digits := re.fullmatch(r"#([0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})", text):
        whole = digits[1] if len(digits[1]) > 4 else "".join(2 * digit for digit in digits[1])
        return parse_colour(f"#{whole[:6]}"), int(whole[6:] or "ff", 16) / 255
    named = ImageColor.colormap.get(text.lower())
    if not isinstance(named, str):
        raise NotRead(f"the paint {text[:60]}")
    return parse_colour(named), 1.0


def _declarations(css: str) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in css.split(";")) if value}
