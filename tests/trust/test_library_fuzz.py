"""Random libraries through `make` and `check`, random records through `revise`: never a fault of the program.

What `make` stumbles over in a library, `check` finds too. Every run takes seeds of its own; a find shrinks to the
smallest case and prints it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import Phase, given, settings, strategies as st
from pypdf import PdfReader

from handouts.cli.run import run
from handouts.drawing import Drawing
from handouts.errors import BadInput, ExitCode
from handouts.library.languages import read_language
from handouts.library.protected import keep_words
from handouts.library.yaml_reading import parse_yaml
from handouts.resources import content_folder
from tests.trust import facts
from tests.trust.hostile import bent, plain
from tests.trust.libraries import write
from tests.trust.test_fuzz import CALM, RECORD

DOCUMENTED = {ExitCode.DONE, ExitCode.BAD_INPUT, ExitCode.REFUSED, ExitCode.FILE_TROUBLE}
SAID = {"emergency": "911", "country": "US"}
ENGLISH = parse_yaml((content_folder() / "languages/en.yaml").read_bytes(), "en.yaml").data
SPANISH = content_folder() / "translations/es"
GOOD: dict[str, Any] = {
    "exercises/low-back/own-lift.yaml": facts.exercises()["knee-to-chest"] | {"easier": None, "harder": None},
    "exercises/low-back/bridge.yaml": facts.exercises()["bridge"],
    "packets/own-packet.yaml": facts.packets()["low-back-starter"],
    "clinics/own-clinic.yaml": {
        "name": "Ours", "address": "1 Road", "phone": "555", "web": "a.example", "hours": {"en": "Mon"},
        "letterhead": {"en": "A"}, "licences": {"en": "B"}, "closing": {"en": "C"}, "colour": "#112233",
        "accent": "#332211", "paper": "a4", "language": "en", "log_weeks": 2, **SAID,
    },
    "conditions.yaml": {"conditions": [facts.conditions()["knee-replacement-recent"] | {"id": "own-knee"}]},
    "rules.yaml": {"rules": [{**facts.rules()["glaucoma"][0], "id": "own-rule"}]},
    "warnings/own.yaml": {"warnings": [{
        "id": "own", "title": "Ours", "applies_to": {"everyone": True}, "sources": ["pt-usual"],
        "items": [{"id": "own-sign", "action": "call-911", "text": "You see double.", "page1": "You see double.",
                   "always": True}],
    }]},
    "pain-scales.yaml": {"pain-scales": [facts.pain_scales()[1] | {"id": "ours"}]},
    "emergency.yaml": {"source": "pt-usual", "numbers": [{"country": "ZA", "emergency": "112", "also": ["10177"]}]},
    "languages/en.yaml": {name: ENGLISH[name] for name in ("names", "plural", "dates", "handout")},
    "languages/xx.yaml": {**ENGLISH, "code": "xx"},
    "movements.yaml": {"movements": [{"id": "own-move", "name": "a move", "code": "x"}]},
    "sources.yaml": {"sources": [{"id": "own-source", "name": "A book", "basis": "recalled"}]},
    "aliases.yaml": {"conditions": {"osteoporosis": {"en": ["own bones"], "codes": ["M81"]}},
                     "ambiguous": {"PTS": {"means": ["tennis-elbow"], "other": ["patients"]}}},
    "translations/es/pain-scales.yaml": parse_yaml((SPANISH / "pain-scales.yaml").read_bytes(), "p").data,
    "translations/es/exercises/low-back/bridge.yaml": parse_yaml(
        (SPANISH / "exercises/low-back/bridge.yaml").read_bytes(), "b").data,
}  # fmt: skip
"""One file of each kind, as it may be."""
MAKE = (
    "make", "--patient", "Ana", "--exercise", "own-lift", "--exercise", "bridge", "--condition", "glaucoma",
    "--date", "2026-11-22", "--log-weeks", "1",
)  # fmt: skip


def ran(*arguments: str) -> tuple[int, str]:
    """The exit code of a command line, and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        code = run(arguments)
    return code, said.getvalue()


def written(folder: Path, file: str, data: Any) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    write(folder / "exercises/low-back/own-lift.yaml", GOOD["exercises/low-back/own-lift.yaml"])
    write(folder / file, data)
    return folder


def check_library_through_make(folder: Path, file: str, data: Any) -> None:
    try:
        own = written(folder / "own", file, data)
    except UnicodeEncodeError:  # no file can hold it
        return
    more = {"clinics": ("--clinic", "own-clinic"), "packets": ("--packet", "own-packet")}
    language = ("--language", "es" if "/es/" in file else "xx" if "xx" in file else "en")
    code, said = ran(
        *MAKE, *more.get(file.split("/")[0], ()), *language, "--library", str(own), "-o", str(folder / "a.pdf")
    )
    assert code in DOCUMENTED, said
    if code == ExitCode.BAD_INPUT and str(own) in said:
        assert ran("check", str(own))[0] == ExitCode.BAD_INPUT, said
    (folder / "a.pdf").unlink(missing_ok=True)


def tried(strategy: Any, check: Any, count: int) -> None:
    @settings(
        max_examples=count, deadline=None, suppress_health_check=CALM, database=None, print_blob=True,
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(strategy)
    def tries(case: Any) -> None:
        check(case)

    tries()


@pytest.fixture
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pose is checked as ever, and then drawn as a blank: drawing one takes seconds."""
    monkeypatch.setattr("handouts.figures.scene.draw_frame", lambda _pose, _index, key: Drawing(key, 100, 100, ()))


@pytest.mark.slow
@pytest.mark.usefixtures("drawn_at_once")
def test_a_right_library_is_made(tmp_path: Path) -> None:
    for file, data in GOOD.items():
        check_library_through_make(tmp_path, file, data)
        assert ran(*MAKE, "--library", str(tmp_path / "own"), "-o", str(tmp_path / "a.pdf"))[0] == 0, file


@pytest.mark.slow
@pytest.mark.usefixtures("drawn_at_once")
def test_libraries_of_anything_through_make(tmp_path: Path) -> None:
    one_of = st.sampled_from(list(GOOD)).flatmap(lambda file: st.tuples(st.just(file), bent(GOOD[file])))
    tried(one_of, lambda case: check_library_through_make(tmp_path, *case), 4)


EXERCISE = facts.exercises()["bridge"]
GLAUCOMA = facts.conditions()["glaucoma"]
SIGNS = [
    {"id": f"own-{number}", "action": "call-911", "text": f"You see {number} stars.", "page1": f"You see {number}.",
     "always": True} for number in range(60)
]  # fmt: skip
CAUTIONS = [
    {"id": f"own-{number}", "condition": "glaucoma", "exercises": ["heel-raise"], "verdict": "caution",
     "reason": "Ours.", "advice": f"Go slowly, and rest after {number} times.", "source": "pt-usual"}
    for number in range(150)
]  # fmt: skip
TOO_MUCH: dict[str, tuple[str, Any]] = {
    "mistakes": ("exercises/low-back/bridge.yaml", EXERCISE | {"mistakes": [{"sign": "A?", "mend": "B."}] * 100}),
    "a long step": ("exercises/low-back/bridge.yaml", EXERCISE | {"steps": ["Lift your leg now. " * 200]}),
    "no step": ("exercises/low-back/bridge.yaml", EXERCISE | {"steps": []}),
    "a letter without a font": ("exercises/low-back/bridge.yaml", EXERCISE | {"name": "Lift \U0001f600"}),
    "a pose": ("exercises/low-back/bridge.yaml", EXERCISE | {"picture": EXERCISE["picture"] | {"view": "x"}}),
    "signs": ("warnings/own.yaml", {"warnings": [
        {"id": "own", "applies_to": {"everyone": True}, "sources": ["pt-usual"], "items": SIGNS}]}),
    "signs of a condition": ("warnings/own.yaml", {"warnings": [
        {"id": "own", "applies_to": {"own_conditions": ["glaucoma"]}, "sources": ["pt-usual"], "items": SIGNS}]}),
    "signs of a region": ("warnings/own.yaml", {"warnings": [
        {"id": "own", "applies_to": {"regions": ["ankle-foot"]}, "sources": ["pt-usual"], "items": SIGNS}]}),
    "cautions": ("rules.yaml", {"rules": CAUTIONS}),
    "a sentence": ("conditions.yaml", {"conditions": [GLAUCOMA | {"for_you": "You see. " * 400}]}),
    "no word": ("languages/en.yaml", {"handout": {"title": ""}}),
    "a long word": ("languages/en.yaml", {"handout": {"title": "Your plan " * 300}}),
    "a number for a word": ("languages/en.yaml", {"names": {"regions": {"low-back": 5}}}),
}  # fmt: skip


def test_cautions_that_fill_a_page_stand_before_a_lone_card(tmp_path: Path) -> None:
    own, pdf = written(tmp_path / "own", "rules.yaml", {"rules": CAUTIONS[:60]}), tmp_path / "a.pdf"
    given = ("--exercise", "heel-raise", "--condition", "glaucoma", "--library", str(own))
    code, said = ran("make", "--patient", "A", *given, "-o", str(pdf))
    assert code == ExitCode.DONE, said
    _, cautions, card, *_ = (" ".join(page.extract_text().split()) for page in PdfReader(pdf).pages)
    assert all(str(one["advice"]) in cautions for one in CAUTIONS[:60])
    assert "Heel raise" in card
    assert "rest after" not in card


@pytest.mark.slow
@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_make_cannot_print_is_refused_and_found_by_check(what: str, tmp_path: Path) -> None:
    file, data = TOO_MUCH[what]
    own = written(tmp_path / "own", file, data)
    exercise = "bridge" if "bridge" in file else "heel-raise"
    given = ("--exercise", exercise, "--condition", "glaucoma", "--library", str(own))
    code, said = ran("make", "--patient", "A", *given, "-o", str(tmp_path / "a.pdf"))
    assert code == ExitCode.BAD_INPUT, said
    assert ran("check", str(own))[0] == ExitCode.BAD_INPUT


FORMS: tuple[Any, ...] = ("A", ["A"], {"other": "A"}, {"other": "{n}"}, {"more": "A"}, {}, [], 5)
"""What may stand in the place of a word or of a whole section."""


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "xx"])
def test_a_word_in_another_form_is_refused(code: str, tmp_path: Path) -> None:
    """A page would ask for the English form: a plural by its number, a list by its place."""
    built_in, path = content_folder() / "languages/en.yaml", tmp_path / f"{code}.yaml"
    english = read_language("en", [built_in], keep_words)
    about = {} if code == "en" else {"code": "xx", "name": "X", "tag": "xx", "plural": {"one": "n is 1"}}
    taken, keys = set(), english.keys()
    for key in keys | {key.rsplit(".", 1)[0] for key in keys}:
        for form in FORMS:
            file = functools.reduce(lambda inner, step: {step: inner}, reversed(key.split(".")), form)
            write(path, about | file)
            with contextlib.suppress(BadInput):
                files = [built_in, path] if code == "en" else [path]
                own = read_language(code, files, keep_words, None if code == "en" else english).word(key)
                there = english.word(key)
                plural = [isinstance(word, dict) and "other" in word for word in (own, there)]
                assert type(own) is type(there) or (isinstance(own, str) and plural[1]), (key, form)
                assert plural[0] <= plural[1], (key, form)
                taken.add(type(own))
    assert str in taken


@pytest.mark.slow
@pytest.mark.usefixtures("drawn_at_once")
@pytest.mark.parametrize("file", GOOD)
def test_every_kind_of_library_through_make(file: str, tmp_path: Path) -> None:
    tried(bent(GOOD[file]), lambda data: check_library_through_make(tmp_path, file, data), 12)


# Records

SPELT = st.sampled_from(["\ud800", "\x1b[31m", "9" * 400, "{emergency}", "../../x.pdf", "", " ", "\u202e", "\0"])
NUMBERS = st.sampled_from([float("nan"), float("inf"), -1, 10**30, 0.5, True])


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("old") / "old.pdf"
    code, said = ran(*MAKE[:3], "--exercise", "bridge", "--date", "2026-11-01", "-o", str(path))
    assert code == 0, said
    return path


def forged(handout: Path, record: Any, path: Path) -> Path:
    """The handout with another program inside, which the document's information vouches for."""
    attached = json.dumps(record).encode()
    with pikepdf.open(handout) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        names[1].EF.F = names[1].EF.UF = pdf.make_stream(attached)
        pdf.docinfo["/AttachmentDigest"] = hashlib.sha256(attached).hexdigest()
        pdf.save(path)
    return path


def check_record_through_revise(handout: Path, folder: Path, record: Any) -> None:
    old = forged(handout, record, folder / "old.pdf")
    for command in (
        ("revise", str(old), "--date", "2026-11-29", "--log-weeks", "1", "-o", str(folder / "new.pdf"), "--force"),
        ("show", str(old)),
        ("show", str(old), "--program"),
    ):
        code, said = ran(*command)
        assert code in DOCUMENTED, said


def test_half_a_letter_in_a_record_is_damage(handout: Path, tmp_path: Path) -> None:
    old = forged(handout, RECORD | {"goal": "\ud800"}, tmp_path / "old.pdf")
    code, said = ran("revise", str(old), "-o", str(tmp_path / "new.pdf"))
    assert (code, "is damaged" in said) == (ExitCode.FILE_TROUBLE, True)


@pytest.mark.slow
def test_records_of_anything_through_revise(handout: Path, tmp_path: Path) -> None:
    tried(bent(RECORD, plain | SPELT), lambda record: check_record_through_revise(handout, tmp_path, record), 4)


@pytest.mark.slow
def test_many_records_of_anything_through_revise(handout: Path, tmp_path: Path) -> None:
    values = plain | SPELT | NUMBERS
    tried(bent(RECORD, values), lambda record: check_record_through_revise(handout, tmp_path, record), 400)
