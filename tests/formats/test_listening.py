"""What is spoken of a handout, block by block, in the tagged PDF, the page and the text: nothing loses its sense."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader

from handouts.library.locale import read_locale
from handouts.programs import screen
from handouts.rendering import render
from tests.formats.reading import read_page, walked
from tests.layout.packets import PACKETS, library, program_of

INLINE = ("Span", "Link")
FAULTS = {
    "a bare unit": r"\d ?(min|sec|s|seg|lbs?|reps?|x)\b",
    "a range without a word": r"\d ?[–-] ?\d",
    "words left out": r"…|\.\.\.",
    "a sign for a word": r"[×→≤≥/&|_=#*]|--",
    "a label and nothing behind": r"^[^:]{1,40}:$",
}
"""Patterns that a voice says wrongly or that say nothing."""
NEVER_EMPTY = ("h1", "h2", "h3", "p", "lbl", "lbody", "th", "label", "legend")
QUICK, LARGE = "carpal-tunnel", "low-back-starter"


class Block(NamedTuple):
    """A heading, paragraph, list item or cell, as a reader goes from one to the next."""

    tag: str
    said: str


def of_pdf(pdf: bytes, folder: Path) -> list[Block]:
    """The blocks of a structure tree, by poppler."""
    path = folder / "spoken.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True, text=True).stdout
    found: list[Block] = []
    for line in map(str.strip, told.splitlines()):
        if line.startswith('"'):
            found[-1] = Block(found[-1].tag, found[-1].said + line.strip('"'))
        elif (tag := re.match(r"\w+", line)) and tag[0] not in (*INLINE, "Object"):
            found.append(Block(tag[0], ""))
    return [Block(tag, " ".join(said.split())) for tag, said in found]


def of_page(page: bytes) -> list[Block]:
    """The blocks of an HTML page."""
    kinds = ("h1", "h2", "h3", "p", "li", "th", "td", "legend", "label")
    return [Block(one.tag, one.words) for one in read_page(page).all(*kinds) if one.given.get("aria-hidden") != "true"]


def of_text(text: bytes) -> list[Block]:
    """The instructions of a text: a line, and what is set in below it. What stands alone is a heading."""
    lines = re.sub(r"\n {2,3}(?=\S)", " ", text.decode()).splitlines()[:-1]  # the last says what it was made with
    alone = [not before and not after for before, after in zip(["", *lines], [*lines[1:], ""], strict=False)]
    return [Block("h" if is_alone else "line", line) for line, is_alone in zip(lines, alone, strict=True)]


def faults(blocks: list[Block]) -> list[str]:
    """What a voice would say wrongly; a heading may end in a colon, for it has a list behind it."""
    found = [
        f"{fault}: {said}"
        for tag, said in blocks
        for fault, pattern in FAULTS.items()
        if re.search(pattern, said) and not (fault.startswith("a label") and tag[0] in "Hh")
    ]
    for number, (tag, said) in enumerate(blocks):
        if tag == "TR" and not blocks[number + 1].said:
            found.append(f"a row without a name: {blocks[number + 1 : number + 4]}")
        if not said and tag.lower() in NEVER_EMPTY:
            found.append(f"an empty {tag} behind '{blocks[number - 1].said}'")
    return found


def said_again(alternates: list[str], blocks: list[Block]) -> list[str]:
    """Alternate texts that say what the steps say: four words in a row."""
    told = " ".join(" ".join(re.findall(r"\w+", said.lower())) for _, said in blocks)
    found = []
    for alternate in alternates:
        words = re.findall(r"\w+", alternate.lower())
        found += [alternate for i in range(len(words) - 3) if " ".join(words[i : i + 4]) in told]
    return found


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="no pdfinfo: install poppler-utils")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "name", [name if name == QUICK else pytest.param(name, marks=pytest.mark.slow) for name in PACKETS]
)
def test_nothing_loses_its_sense(name: str, language: str, tmp_path: Path) -> None:
    for large in (False, True) if name == LARGE else (False,):
        program = program_of(name, language=language, large_print=large)
        made = render(screen(program, library()), library(), formats=("pdf", "html", "text")).files
        spoken = of_pdf(made["pdf"], tmp_path)
        root: Any = PdfReader(BytesIO(made["pdf"])).trailer["/Root"]
        figures = [one for one in walked(root["/StructTreeRoot"]) if one["/S"] == "/Figure"]
        assert [one for one in figures if not one.get("/Alt")] == []
        assert said_again([one["/Alt"] for one in figures], spoken) == []
        for blocks in (spoken, of_page(made["html"]), of_text(made["text"])):
            assert len(blocks) > 50
            assert faults(blocks) == []
        assert any(tag == "TR" for tag, _ in spoken)
        assert not re.search(r"\S {4,}\S", made["text"].decode())  # no grid


@pytest.mark.parametrize(
    "blocks",
    [
        [Block("P", "Rest 60 s between.")],
        [Block("P", "Hold 5–10 seconds.")],
        [Block("TH", "Seated knee straighten…")],
        [Block("P", "Date:"), Block("P", "")],
        [Block("TR", ""), Block("TH", ""), Block("TD", "Monday")],
        [Block("P", "3 × 12")],
    ],
)
def test_it_hears_what_is_wrong(blocks: list[Block]) -> None:
    assert faults(blocks) != []


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_words_for_a_condition_lose_their_sense(language: str) -> None:
    locale, content = read_locale(library(), language), library()
    texts = [line for one in content.warnings for item in locale.text(one).items for line in (item.text, item.page1)]
    texts += [line for one in content.rules for line in (locale.text(one).advice, locale.text(one).short)]
    texts += [locale.text(one).for_you for one in content.conditions.values()]
    assert len(texts) > 500
    assert faults([Block("p", line.replace("**", "")) for line in texts if line]) == []
