"""A composed handout as one HTML page: no script, no other host, the program inside it.

The page is a template; here are the colours of both schemes, pictures as markup, and texts as markup that is escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from handouts.branding import Palette
from handouts.cache import SVGS
from handouts.colour import WHITE, Colour, contrast, format_colour, mix, parse_colour
from handouts.compose.handout import Card, Handout
from handouts.compose.text import Text, parted, without_language, wording
from handouts.drawing import Drawing, svg_content
from handouts.layout.pictures import Picture, Pictures

READABLE = 7.0
"""Least contrast of words on their ground (WCAG 2.2, 1.4.6); AA asks for 4.5."""
_DARK = {
    "paper": "#121A19", "ink": "#EEF3F1", "ink2": "#C5D0CD", "rule": "#8A9895", "tint": "#1D2826",
    "stop-tint": "#331717", "stop-line": "#E58A8A", "warn-tint": "#33290C", "warn-line": "#D9A93A",
    "go-tint": "#10271A",
}  # fmt: skip
"""The dark scheme; the clinic's colour is made lighter for it, and safety colours stay what they are."""


def html_page(
    handout: Handout, pictures: Pictures, logo: Picture | None, palette: Palette, *, large: bool, record: bytes
) -> bytes:
    """The handout as an HTML file in UTF-8.

    Args:
        handout: what it says.
        pictures: each exercise's frames by its id.
        logo: the clinic's, if it has one.
        palette: the clinic's colours.
        large: larger type than usual.
        record: the sealed program, as the PDF carries it.
    """
    environment = _environment()
    style = _style(palette, large=large)
    page = environment.get_template("handout.html").render(
        h=handout,
        labels=handout.labels,
        style=Markup(style),  # built here, of this module's colours
        style_digest=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        record=record.decode(),
        logo=_drawn(logo, wording(handout.labels["logo"]), "logo") if logo else None,
        figures={card.id: _figures(pictures.get(card.id, ()), card) for card in handout.cards},
    )
    return page.encode()


def schemes(palette: Palette) -> tuple[dict[str, Colour], dict[str, Colour]]:
    """The colours of the light and of the dark page, by their names in the style sheet."""
    own = {
        "paper": palette.paper, "ink": palette.ink, "ink2": palette.ink2, "rule": palette.rule, "link": palette.brand,
        "brand": palette.brand, "on-brand": palette.on_brand, "tint": palette.tint, "panel": palette.panel,
        "stop": palette.stop, "stop-tint": palette.stop_tint, "stop-line": palette.stop,
        "warn-tint": palette.warn_tint, "warn-line": palette.warn_line, "go-tint": palette.go_tint,
    }  # fmt: skip
    dark = own | {name: parse_colour(colour) for name, colour in _DARK.items()}
    shades = (mix(palette.brand, WHITE, part / 20) for part in range(21))
    dark["link"] = next(shade for shade in shades if contrast(shade, dark["tint"]) >= READABLE)
    return own, dark


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"text": _markup, "bare": wording, "parted": parted, "untagged": without_language}
    return environment


def _style(palette: Palette, *, large: bool) -> str:
    light, dark = (
        " ".join(f"--{name}: {format_colour(colour)};" for name, colour in scheme.items())
        for scheme in schemes(palette)
    )
    rules = (Path(__file__).parent / "templates" / "handout.css").read_text(encoding="utf-8")
    size = "150%" if large else "118.75%"
    return (
        f"\n:root {{ {light} font-size: {size}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n{rules}"
    )


def _markup(text: Text) -> Markup:
    """A text with its bold words, its languages, and phone numbers that dial."""
    parts = []
    for piece in text:
        marked_up = Markup.escape(piece.text)
        if piece.dials:
            marked_up = Markup('<a href="{}">{}</a>{}').format(
                piece.dials, piece.text.rstrip(), piece.text[len(piece.text.rstrip()) :]
            )
        if piece.strong:
            marked_up = Markup("<strong>{}</strong>").format(marked_up)
        if piece.lang:
            marked_up = Markup('<span lang="{}">{}</span>').format(piece.lang, marked_up)
        parts.append(marked_up)
    return Markup("").join(parts)


def _figures(frames: Sequence[Picture], card: Card) -> list[tuple[Text, Markup]]:
    """Each frame with the word above it. The first one's words are those of the whole figure."""
    return [
        (label, _drawn(frame, card.alt if not i else wording(label) or card.alt, f"{card.number}-{i}"))
        for i, (frame, label) in enumerate(zip(frames, card.frame_labels, strict=True))
    ]


def _drawn(picture: Picture, alt: str, place: str) -> Markup:
    """A picture as markup of its own, with the words for those who do not see it; `place` is its own on the page."""
    if isinstance(picture.source, Drawing):
        drawing, colours, scale = picture.source, picture.colours, picture.line_scale
        key = (drawing.key, tuple(sorted(colours.items())), scale)
        content = Markup(SVGS.get(key, lambda: svg_content(drawing, colours, scale)))  # numbers and colours only
        # Two cards may show one drawing, whose names must not stand twice.
        content = content.replace(f"clip-{drawing.key}-", f"clip-{place}-")
        box = f"0 0 {picture.width:g} {picture.height:g}"
        return Markup('<svg role="img" aria-label="{}" viewBox="{}">{}</svg>').format(alt, box, content)
    kind = "png" if picture.source.startswith(b"\x89PNG") else "jpeg"
    data = b64encode(picture.source).decode()
    return Markup('<img alt="{}" src="data:image/{};base64,{}">').format(alt, kind, data)
