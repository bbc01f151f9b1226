"""Colours that can be read whatever the clinic chose, and logos that are drawn rightly or refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from handouts.branding import Palette, palette, read_logo, read_picture
from handouts.colour import WHITE, contrast, distance, format_colour, parse_colour
from handouts.drawing import Fill
from handouts.errors import BadInput, FileTrouble
from handouts.model import Clinic
from handouts.resources import content_folder
from tests.page.test_svg import svg

SAFETY = ("stop", "stop_tint", "warn", "warn_tint", "warn_line", "go", "go_tint", "ink", "ink2")


def colours(brand: str = "#0F5B52", accent: str = "#C8460F", *, ink_saver: bool = False) -> Palette:
    return palette(Clinic(id="x", colour=brand, accent=accent), ink_saver)


def check_contrast(p: Palette) -> None:
    """Every pair of colours that the page puts together."""
    for ground in (p.paper, p.tint, p.panel, p.warn_tint, p.warn, p.go_tint, p.stop_tint):
        assert contrast(p.ink, ground) >= 7
    for ground in (p.paper, p.tint, p.panel):
        assert contrast(p.ink2, ground) >= 4.5
    assert contrast(p.ink2, p.paper) >= 7
    assert contrast(p.brand, p.tint) >= 7 or p.ink_only
    assert contrast(p.brand, p.paper) >= 7
    assert contrast(p.on_brand, p.brand) >= 7
    assert contrast(p.paper, p.stop) >= 7
    assert contrast(p.warn_line, p.paper) >= 5
    assert contrast(p.accent, p.panel) >= 3


@given(st.tuples(*[st.integers(0, 255)] * 6))
@settings(deadline=None)
def test_any_colour_becomes_a_readable_palette(parts: tuple[int, ...]) -> None:
    brand, accent = ("#{:02X}{:02X}{:02X}".format(*part) for part in (parts[:3], parts[3:]))
    p = colours(brand, accent)
    check_contrast(p)
    assert distance(p.accent, p.brand) >= 40
    assert [getattr(p, name) for name in SAFETY] == [getattr(colours(), name) for name in SAFETY]


def test_a_colour_keeps_its_hue_when_it_is_darkened() -> None:
    red, green, blue = colours("#F7C6D9").brand
    assert red > 2 * blue > green


def test_the_clinician_is_told_what_changed() -> None:
    assert colours().notes == ()
    (note,) = colours("#F7C6D9").notes
    assert "#F7C6D9" in note
    assert format_colour(colours("#F7C6D9").brand) in note
    assert any("accent" in note for note in colours("#C8460F").notes)


def test_ink_saver_is_black_on_white() -> None:
    p = colours("#FF00FF", ink_saver=True)
    check_contrast(p)
    assert p.ink_only
    assert p.tint == p.panel == p.go_tint == p.stop_tint == p.warn_tint == WHITE
    assert p.accent == p.brand == (0, 0, 0)


@pytest.mark.parametrize("text", ["0F5B52", "#0F5", "teal", "", "#0F5B5G"])
def test_a_colour_is_six_digits(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        parse_colour(text)


# Logos and pictures


def bitmap(tmp_path: Path, name: str, mode: str, size: tuple[int, int] = (80, 40), **how: Any) -> Path:
    """A file of one colour, a dark grey but where the mode has none."""
    path = tmp_path / name
    grey: dict[str, Any] = {"1": 0, "CMYK": (0, 0, 0, 191), "I;16": 64 * 257, "P": 0}
    image = Image.new(mode, size, grey.get(mode, (64,) * len(Image.new(mode, (1, 1)).getbands())))
    if mode == "P":
        image = Image.new("L", size, 64).convert("P")
    image.save(path, **how)
    return path


@pytest.mark.parametrize(
    ("name", "mode", "kind", "written"),
    [
        ("a.png", "1", "PNG", "RGB"),
        ("a.png", "L", "PNG", "RGB"),
        ("a.png", "LA", "PNG", "RGBA"),
        ("a.png", "I;16", "PNG", "RGB"),
        ("a.png", "RGB", "PNG", "RGB"),
        ("a.png", "RGBA", "PNG", "RGBA"),
        ("a.png", "P", "PNG", "RGB"),
        ("a.webp", "RGBA", "PNG", "RGBA"),
        ("a.jpg", "RGB", "JPEG", "RGB"),
        ("a.jpg", "L", "JPEG", "RGB"),
        ("a.jpg", "CMYK", "JPEG", "RGB"),
    ],
)
def test_bitmaps_are_written_in_their_own_kind_and_colour(
    tmp_path: Path, name: str, mode: str, kind: str, written: str
) -> None:
    logo = read_logo(bitmap(tmp_path, name, mode))
    image = Image.open(BytesIO(logo.image))
    assert (image.format, image.mode, image.size) == (kind, written, (80, 40))
    assert image.convert("RGB").getpixel((40, 20)) == pytest.approx((0 if mode == "1" else 64,) * 3, abs=3)


def test_a_photo_is_turned_as_its_camera_says_and_known_by_what_it_holds(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = read_logo(bitmap(tmp_path, "a.jpg", "RGB", exif=exif))
    assert (logo.width, logo.height) == (40, 80)
    assert read_logo(bitmap(tmp_path, "a.svg", "RGB", format="PNG")).image.startswith(b"\x89PNG")
    (tmp_path / "b.png").write_bytes(svg("<circle r='5'/>"))
    assert read_logo(tmp_path / "b.png").drawing


@pytest.mark.parametrize(
    ("body", "is_faint"),
    [
        ('<circle r="5"/>', False),
        ('<circle r="5" fill="#FFD500"/>', False),
        ('<circle r="5" fill="#fafafa"/>', True),
        ('<circle r="5" opacity=".1"/>', True),
        ('<rect width="100" height="50" fill="#fff"/><circle r="5"/>', False),
        ('<circle r="9"/><circle r="5" fill="#fff"/>', False),
        ('<circle r="9"/><circle cx="50" r="5" fill="#fff"/>', True),
    ],
)
def test_what_white_paper_hides_is_noticed(tmp_path: Path, body: str, is_faint: bool) -> None:
    (tmp_path / "a.svg").write_bytes(svg(body))
    assert read_logo(tmp_path / "a.svg").is_faint is is_faint


def test_a_white_bitmap_is_noticed(tmp_path: Path) -> None:
    for name, colour, is_faint in (("w.png", (255, 255, 255, 255), True), ("d.png", (9, 9, 9, 255), False)):
        Image.new("RGBA", (8, 8), colour).save(tmp_path / name)
        assert read_logo(tmp_path / name).is_faint is is_faint


def test_no_note_in_a_picture_goes_on(tmp_path: Path) -> None:
    path, exif, text = tmp_path / "a.jpg", Image.Exif(), PngInfo()
    exif[0x010E] = "taken at Ana's home"
    Image.new("RGB", (80, 40)).save(path, exif=exif, comment=b"Ana")
    assert b"Ana" not in read_picture(path).image
    text.add_text("Author", "Ana")
    Image.new("RGB", (80, 40)).save(tmp_path / "a.png", pnginfo=text)
    assert b"Ana" not in read_picture(tmp_path / "a.png").image


def test_a_picture_can_be_turned_and_greyed(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(svg('<rect width="10" height="10" fill="red"/>'))
    picture = read_picture(path, turned=True, grey=True).drawing
    assert picture is not None
    (box,) = picture.items[1:-1]
    assert isinstance(box, Fill)
    assert {segment[1] for segment in box.path if len(segment) > 1} == {90, 100}
    assert box.colour == pytest.approx((0.299, 0.299, 0.299))


def test_a_large_bitmap_is_made_smaller(tmp_path: Path) -> None:
    logo = read_logo(bitmap(tmp_path, "a.jpg", "RGB", (1800, 600)))
    assert (logo.width, logo.height) == (600, 200)


def test_a_broken_or_missing_logo_is_said(tmp_path: Path) -> None:
    broken = bitmap(tmp_path, "a.png", "RGB")
    broken.write_bytes(broken.read_bytes()[:60])
    for content, name in (
        (broken.read_bytes(), "b.png"),
        (b"GIF89a", "c.png"),
        (b"", "d.jpg"),
        (b"x" * 3_000_000, "e.png"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BadInput, match=r"damaged or not whole|none of the formats that are read: SVG, PNG|bytes"):
            read_logo(path)
    with pytest.raises(FileTrouble):
        read_logo(tmp_path / "none.svg")


def test_a_changed_logo_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(svg("<circle r='5'/>"))
    first = read_logo(path)
    path.write_bytes(svg("<circle r='50'/>"))
    assert read_logo(path).key != first.key


def test_every_clinics_logo_is_a_drawing() -> None:
    for path in (content_folder() / "clinics").glob("*.svg"):
        assert read_logo(path).drawing is not None
