"""A clinic's notices of language and communication help: behind every handout, each in its own language."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import page as checker
import pytest
from pypdf import PdfReader

from tests.clinician.test_delivery import leaflet
from tests.commands.conftest import BRIDGE, Run, alone, handouts
from tests.formats.reading import read_page, walked

__all__ = ["alone", "handouts"]

ROOT = Path(__file__).parents[2]
VIETNAMESE = "LƯU Ý: Nếu bạn nói tiếng Việt, hãy gọi (813) 555-0100"
NOTICES = """
notices:
  en: |
    # English
    Help in another language is free.
    Call (813) 555-0100.

    Large print is free too.
  es: "# Español\\n\\nLa ayuda en otro idioma es gratis."
  vi: vi.txt
"""
MANY = "    One\n\n" * 21
OURS = ("--library", "lib", "--clinic", "harbor")


def clinic(notices: str = NOTICES, name: str = "harbor") -> Path:
    path = Path(f"lib/clinics/{name}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name("vi.txt").write_bytes(f"\ufeff# Tiếng Việt\r\n\r\n{VIETNAMESE}".encode())
    path.write_text(f"name: Harbor\nphone: (813) 555-0100\n{notices}", encoding="utf-8")
    return path


@pytest.mark.parametrize("layout", [(), ("--large-print", "--language", "es", "--log-weeks", 0)])
def test_they_stand_last_in_every_form_each_in_its_language(handouts: Run, layout: tuple[object, ...]) -> None:
    plain = clinic("")
    assert handouts("make", *BRIDGE, *OURS, *layout, "-o", "without.pdf").code == 0
    plain.unlink()
    clinic()
    formats = ("--format", "pdf", "--format", "html", "--format", "text")
    assert handouts("make", *BRIDGE, *OURS, *layout, *formats, "-o", "a.pdf").code == 0
    title = "Ayuda con el idioma y la comunicación" if layout else "Language and communication help"

    assert checker.validate_pdf_bytes(Path("a.pdf").read_bytes()).is_compliant
    pdf = PdfReader("a.pdf")
    pages = len(PdfReader("without.pdf").pages) + 1
    assert (len(pdf.pages), pdf.page_labels[-1]) == (pages, str(pages))
    last = " ".join(pdf.pages[-1].extract_text().split())
    for words in (title, VIETNAMESE, "Help in another language is free. Call (813) 555-0100", f"{pages}"):
        assert words in last
    assert not any(title in one.extract_text() for one in pdf.pages[:-1])
    assert title in str(pdf.outline)
    tree: Any = pdf.trailer["/Root"]["/StructTreeRoot"]
    spoken = [(one["/S"], one.get("/Lang")) for one in walked(tree) if one["/S"] != "/Link"][-7:]
    own = "es" if layout else "en"
    tags = [("/H3", "en"), ("/P", "en"), ("/P", "en"), ("/H3", "es"), ("/P", "es"), ("/H3", "vi"), ("/P", "vi")]
    assert spoken == [(tag, None if lang == own else lang) for tag, lang in tags]

    page = read_page(Path("a.html").read_bytes())
    (section,) = [one for one in page.all("section") if one.given.get("id") == "notices"]
    assert [(f"/{one.tag.upper()}", one.given["lang"]) for one in section.all("h3", "p")] == tags
    assert (section.all("h2")[0].words, section.all("p")[-1].words) == (title, VIETNAMESE)
    assert "#notices" in [one.given["href"] for one in page.all("nav")[0].all("a")]

    text = Path("a.txt").read_text(encoding="utf-8").split(f"\n{title}\n")[1]
    assert "\nEnglish\n\nHelp in another language is free. Call (813) 555-0100.\n\nLarge print is free too.\n" in text
    assert f"\nTiếng Việt\n\n{VIETNAMESE}\n" in text


def test_what_cannot_be_printed_is_refused_with_its_place(handouts: Run) -> None:
    clinic("notices:\n  en: Call us.\n  zh: |\n    # Chinese\n    Call 注意\n  ar: ar.txt\n")
    Path("lib/clinics/ar.txt").write_text("Hello\n\nxx ملاحظة\n", encoding="utf-8")
    for command in (("check", "lib"), ("make", *BRIDGE, *OURS), ("make", *BRIDGE, *OURS, "--format", "text")):
        ran = handouts(*command)
        assert ran.code == 3
        told = ran.out + ran.err
        assert "lib/clinics/harbor.yaml:7:10: notices in 'zh': U+6CE8" in told
        assert "lib/clinics/ar.txt:3:4: notices in 'ar': U+0645" in told
        assert "notices_pdf: FILE.pdf" in told
    assert not list(Path().glob("Ana*"))


def test_any_script_is_printed_from_the_clinics_own_pdf_and_read_from_its_texts(handouts: Run) -> None:
    """With the very lines of the guide."""
    guide = (ROOT / "docs/add-a-clinic.md").read_text(encoding="utf-8").split("in any script:")[1].split("```")[1]
    path = clinic(f"log_weeks: 0{guide.removeprefix('yaml')}")
    leaflet("notices.pdf").rename(path.with_name("notices.pdf"))
    ran = handouts("make", *BRIDGE, *OURS, "--format", "pdf", "--format", "html", "--format", "text", "-o", "a.pdf")
    assert (ran.code, "go with the PDF alone" in ran.err) == (0, False)
    arabic = "فاتصل على \u2066(813) 555-0100\u2069. الخدمة مجانية."

    pdf = PdfReader("a.pdf")
    assert "Ice for 10 minutes, page 2" in pdf.pages[-1].extract_text()
    assert not any("call (813) 555-0100. It is free." in one.extract_text() for one in pdf.pages)
    tree: Any = pdf.trailer["/Root"]["/StructTreeRoot"]
    name, *said, last = [(one.get("/Lang"), one["/Alt"]) for one in walked(tree) if one["/S"] == "/Figure"][-5:]
    assert [name, last] == [(None, f"Leaflet: Language and communication help, page {n}") for n in (1, 2)]
    assert [lang for lang, _ in said] == ["en", "zh", "ar"]
    assert said[2][1].endswith(arabic)
    for page in pdf.pages:  # every mark belongs to a figure
        content: Any = page.get_contents()
        kids = tree["/ParentTree"]["/Nums"][2 * int(page["/StructParents"]) + 1].get_object()
        assert content.get_data().count(b"/MCID") == len(kids)

    (section,) = [
        one for one in read_page(Path("a.html").read_bytes()).all("section") if one.given.get("id") == "notices"
    ]
    read = section.all("p")[-1]
    assert (read.given["lang"], read.given["dir"], read.words.endswith(arabic)) == ("ar", "auto", True)
    assert [one.given["href"] for one in section.all("a")] == ["tel:8135550100"] * 3
    text = Path("a.txt").read_text(encoding="utf-8")
    assert "请致电\n  (813) 555-0100" in text or "请致电 (813) 555-0100" in text
    assert all(columns(line) <= 72 for line in text.splitlines())


@pytest.mark.slow
def test_a_print_file_has_no_other_pdf_and_a_changed_one_makes_handouts_anew(handouts: Run) -> None:
    path = clinic("notices: {en: Call us.}\nnotices_pdf: notices.pdf\n")
    leaflet("notices.pdf").rename(path.with_name("notices.pdf"))
    Path("r.csv").write_text("name,id,exercises\nAna Ruiz,7,bridge\n")
    batch = ("batch", "r.csv", *OURS, "-o", "out", "--jobs", 1, "--resume", "--merge", "all.pdf")
    assert "the print file has no notices: print notices.pdf apart" in handouts(*batch).err
    leaflet("other.pdf", size=(500, 500)).replace(path.with_name("notices.pdf"))
    assert "1 made" in handouts(*batch).err

    path.with_name("notices.pdf").write_bytes(b"%PDF-1.7")
    assert "notices.pdf: is a damaged PDF" in handouts("check", "lib").out
    path.with_name("notices.pdf").unlink()
    assert "harbor.yaml:4:14: no file 'notices.pdf' beside it" in handouts("make", *BRIDGE, *OURS).err
    clinic("notices_pdf: vi.txt\n")
    assert "harbor.yaml:3:14: printed notices without their words" in handouts("make", *BRIDGE, *OURS).err


def test_a_line_of_thai_ends_at_a_space_alone(handouts: Run) -> None:
    thai = "ที่" * 40
    path = clinic(f"notices: {{th: '{thai} 711'}}\nnotices_pdf: ice.pdf\n")
    leaflet("ice.pdf").rename(path.with_name("ice.pdf"))
    assert handouts("make", *BRIDGE, *OURS, "--format", "text", "-o", "a.txt").code == 0
    assert f"\n{thai}\n  711\n" in Path("a.txt").read_text(encoding="utf-8")


def test_a_phone_number_is_never_parted_between_lines_of_text(handouts: Run) -> None:
    lines = "".join(f"    {'x' * length} (813) 555-0100 end\n\n" for length in range(55, 72))
    clinic(f"notices:\n  en: |\n{lines}")
    assert handouts("make", *BRIDGE, *OURS, "--format", "text", "-o", "a.txt").code == 0
    text = Path("a.txt").read_text(encoding="utf-8")
    assert text.count("(813) 555-0100") == text.count("(813)") > 17


def columns(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("  Spanish: Hola", "4:3: 'Spanish' is no language tag"),
        ("  es: x.txt", "4:7: no file 'x.txt' beside it"),
        ("  es: link.txt", "4:7: no file 'link.txt' beside it"),
        ("  es: ../vi.txt\n  'no way': x", "5:3: 'no way' is no language tag"),
        ('  es: "# Español"', "4:7: no paragraph at its end"),
        ("  es: [Hola]", "4:7: expected text, found a list"),
        (f"  es: {'x' * 901}", "4:7: 901 characters, at most 900 are allowed"),
        (f"  es: '# {'x' * 120}'", "4:7: 122 characters, at most 120 are allowed"),
        (f"  es: |\n{MANY}", "4:7: 21 paragraphs, at most 20 are allowed"),
        ("\n".join(f"  a{chr(97 + n // 26)}{chr(97 + n % 26)}: x" for n in range(41)), "4:3: 41 languages, at most 40"),
        ("  es: latin.txt", "'latin.txt' is not UTF-8"),
        ("  es: long.txt", "lib/clinics/long.txt:3:1: 1000 characters"),
    ],
)  # fmt: skip
def test_its_bounds(handouts: Run, field: str, said: str) -> None:
    path = clinic(f"notices:\n{field}\n")
    Path("secret.txt").write_text("mine")
    path.with_name("link.txt").symlink_to(Path("secret.txt").resolve())
    path.with_name("latin.txt").write_bytes("ñandú".encode("latin-1"))
    path.with_name("long.txt").write_text(f"# One\n\n{'x' * 1000}\n")
    ran = handouts("check", "lib")
    assert ran.code == 3
    assert said in ran.out


def test_a_changed_notice_makes_a_batch_anew_and_a_site_has_its_clinics(handouts: Run) -> None:
    clinic()
    Path("lib/clinics/pier.yaml").write_text("site_of: harbor\nname: Pier\n")
    Path("r.csv").write_text("name,id,exercises\nAna Ruiz,7,bridge\n")
    batch = ("batch", "r.csv", "--library", "lib", "--clinic", "pier", "-o", "out", "--jobs", 1, "--resume",
             "--date", "2026-11-22", "--format", "pdf", "--format", "text")  # fmt: skip
    assert "1 made" in handouts(*batch).err
    assert VIETNAMESE in Path("out/7-2026-11-22.txt").read_text(encoding="utf-8")
    assert "1 unchanged" in handouts(*batch).err
    Path("lib/clinics/vi.txt").write_text("Gọi (813) 555-0100.", encoding="utf-8")
    assert "1 made" in handouts(*batch).err


def test_they_are_on_every_handout_of_a_print_file(handouts: Run) -> None:
    clinic()
    Path("r.csv").write_text("name,id,exercises\nAna Ruiz,7,bridge\nBo,8,bridge\n")
    ran = handouts("batch", "r.csv", *OURS, "-o", "out", "--jobs", 1, "--merge", "all.pdf", "--duplex")
    assert ran.code == 0
    pdf = PdfReader(BytesIO(Path("all.pdf").read_bytes()))
    assert sum(VIETNAMESE in " ".join(one.extract_text().split()) for one in pdf.pages) == 2


def test_setup_keeps_them(handouts: Run) -> None:
    path = clinic(f"{NOTICES}notices_pdf: ice.pdf\n")
    leaflet("ice.pdf").rename(path.with_name("ice.pdf"))
    ran = handouts("setup", "--library", "lib", "--phone", "(813) 555-0199", "--yes")
    assert ran.code == 0, ran.err
    assert "(813) 555-0199" in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").endswith(f"{NOTICES}notices_pdf: ice.pdf\n")
