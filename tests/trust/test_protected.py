"""A clinic's own library is stricter in silence, looser only aloud, and never touches what protects a patient.

Every field of every protected item is changed and left out, one at a time, in a library that says nothing else: it must
be refused with its place, or told. The quick run takes one of forty.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.errors import BadInput
from handouts.library import Library, read_library
from handouts.library.locale import read_locale
from handouts.library.yaml_reading import parse_yaml
from handouts.prescription import ProgramFields, build_program
from handouts.resources import content_folder
from handouts.screening.loosened import loosened_conditions, loosened_for
from tests.commands.conftest import Run, alone, handouts
from tests.real_library import real_library
from tests.trust import facts
from tests.trust.libraries import write

__all__ = ["alone", "handouts"]

Case = tuple[str, Any]
"""A file of a library, and what stands in it."""
WEAKER = "Nothing."
FREE = {"aliases", "icd10cm"}
"""Names, of which there may be more."""


def read(path: Path) -> Any:
    return parse_yaml(path.read_bytes(), path.name).data


def leaves(data: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value that is no list and no mapping, but for ids of whole items."""
    if isinstance(data, dict):
        for key, value in data.items():
            if where or key != "id":
                yield from leaves(value, (*where, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*where, index))
    else:
        yield where


def changes(data: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The data with one value changed, or left out, and the way to it."""
    for where in leaves(data):
        for change in (_changed, _left_out):
            other = copy.deepcopy(data)
            above = functools.reduce(lambda value, step: value[step], where[:-1], other)
            change(above, where[-1])
            yield where, other


def _changed(above: Any, key: Any) -> None:
    old = above[key]
    above[key] = not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else WEAKER


def _left_out(above: Any, key: Any) -> None:
    del above[key]


def red_flags() -> Iterator[Case]:
    for item in facts.conditions().values():
        if item["blocks_all"] or item["category"] == "red-flag":
            for where, other in changes(item):
                if where[0] not in FREE and not (where[0] == "blocks_all" and other.get("blocks_all")):
                    yield "conditions.yaml", {"conditions": [other]}


def waiting() -> Iterator[Case]:
    """What a condition waits for, protects from or ends with."""
    fields = ("category", "urgency", "no_progression", "needs_helper", "unhealed", "clearance", "ask_clinician")
    for item in facts.conditions().values():
        if item["blocks_all"]:
            continue
        for name in fields:
            if item.get(name) not in (None, False, "none"):
                other = {key: value for key, value in item.items() if key != name}
                weaker = {"category": "general", "urgency": "none"}.get(name)
                if weaker != item[name]:
                    yield "conditions.yaml", {"conditions": [other | ({name: weaker} if weaker else {})]}


def warnings() -> Iterator[Case]:
    for item in facts.warnings():
        for where, other in changes(item):
            # Fewer exceptions are more patients.
            if where[-1] != "spare" and not (where[0] == "applies_to" and where[1].startswith(("except", "only"))):
                yield "warnings/own.yaml", {"warnings": [other]}


def scales() -> Iterator[Case]:
    for item in facts.pain_scales():
        for where, other in changes(item):
            # More weeks are stricter, and a zone's ends that are left out are 0 and 10.
            if where[-1] != "weeks" and all({"low", "high"} <= zone.keys() for zone in other["zones"]):
                yield "pain-scales.yaml", {"pain-scales": [other]}
        for condition in item["applies_to"].get("conditions", ()):
            other = copy.deepcopy(item)
            other["applies_to"]["conditions"][condition] = {"weeks": 2}
            yield "pain-scales.yaml", {"pain-scales": [other]}


def numbers() -> Iterator[Case]:
    for entry in read(content_folder() / "emergency.yaml")["numbers"]:
        for where, other in changes(entry):
            if where[0] in ("emergency", "also") and "emergency" in other:
                yield "emergency.yaml", {"source": "pt-usual", "numbers": [other | {where[0]: "113"}]}


SAFETY_WORDS = (
    "page1_", "do_not_drive", "call_", "pain_", "for_you", "overridden", "foot", "stay_safe", "doctor_head",
    "stop_head", "on_", "since", "limits", "changed_", "left", "right", "move_up", "log_help", "too_hard", "dose.",
)  # fmt: skip


def words() -> Iterator[Case]:
    for code in ("en", "es"):
        data = read(content_folder() / "languages" / f"{code}.yaml")
        for section in ("handout", "dose"):
            for name, word in data[section].items():
                if f"{section}.{name}".removeprefix("handout.").startswith(SAFETY_WORDS):
                    other = [WEAKER] if isinstance(word, list) else WEAKER
                    yield f"languages/{code}.yaml", {section: {name: other}}
        yield f"languages/{code}.yaml", {"plural": {"one": "n is 2"}}


def translations() -> Iterator[Case]:
    home = content_folder() / "translations" / "es"
    for path in (*sorted(home.glob("warnings/*.yaml")), home / "pain-scales.yaml"):
        for name, item in read(path).items():
            for where, other in changes(item):
                # A text that is left out is printed in English.
                if where[0] != "of" and len(json.dumps(other)) >= len(json.dumps(item)) - 80 and other != item:
                    yield f"translations/es/{path.relative_to(home)}", {name: other}


NO_MORE = {
    "also_called", "muscles", "purpose", "goal", "rep_s", "picture", "dose_source", "dose_basis", "reviewed",
    "movements", "dose_levels", "sources", "title", "for_whom", "target_conditions", "not_for",
}  # fmt: skip
"""Fields by which no patient does more, and those that are measured by the verdicts that they bring."""


def replaced() -> Iterator[Case]:
    """Built-in exercises and packets, said otherwise under their own ids."""
    items = {f"exercises/low-back/{name}.yaml": facts.exercises()[name] for name in ("bridge", "knee-to-chest")}
    for file, item in {**items, "packets/low-back-starter.yaml": facts.packets()["low-back-starter"]}.items():
        for where, other in changes(item):
            if where[0] not in NO_MORE:
                yield file, other


KINDS: dict[str, Callable[[], Iterator[Case]]] = {
    "red flags": red_flags, "conditions": waiting, "warnings": warnings, "pain scales": scales,
    "emergency numbers": numbers, "words": words, "translations": translations,
    "exercises and packets": replaced,
}  # fmt: skip


def read_all(library: Library, file: str) -> list[str]:
    """Read what a run would read of this file; what it tells of it."""
    if file == "emergency.yaml":
        assert library.emergency_numbers
    if file.startswith(("exercises", "packets")):
        name, is_packet = Path(file).stem, file.startswith("packets")
        if library.item(file.split("/")[0], name) == library.built_in.item(file.split("/")[0], name):
            return ["left out, it is as it was"]
        fields = ProgramFields(patient="A", packet=name) if is_packet else ProgramFields(patient="A", exercise=(name,))
        return [*loosened_for(build_program(fields, library, date=dt.date(2026, 11, 22)), library)]
    if not file.startswith(("languages", "translations")):
        ids = [*library.conditions] if file == "conditions.yaml" else []
        assert library.warnings + library.pain_scales
        return [*loosened_conditions(ids, library)]
    locale = read_locale(library, "en" if "en.yaml" in file else "es")
    for warning in library.warnings:
        locale.text(warning)
    for scale in library.pain_scales:
        locale.text(scale)
    return locale.notes


def outcome(folder: Path, case: Case, built_in: Library) -> str:
    """What a library that holds nothing else comes to: refused, told or silent."""
    file, data = case
    path = write(folder / file, data)
    library = read_library([content_folder(), folder])
    library.built_in = built_in
    try:
        return "told" if read_all(library, file) else "silent"
    except BadInput as error:
        placed = all(one.path == str(path) and one.line for one in error.problems)
        return "refused" if placed else f"refused without its place: {error}"
    finally:
        path.unlink()


def tried(kind: str, every: int, folder: Path) -> None:
    cases = list(KINDS[kind]())[::every]
    built_in = real_library()
    found = [(outcome(folder, case, built_in), case) for case in cases]
    assert found
    assert [case for case in found if case[0] not in ("refused", "told")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_protects_is_refused_or_told(kind: str, tmp_path: Path) -> None:
    tried(kind, 40, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_what_protects_is_refused_or_told(kind: str, tmp_path: Path) -> None:
    tried(kind, 1, tmp_path)


# The doors, at the command line

STRICTER_SCALE = (
    facts.pain_scales()[0]
    | {"id": "ours", "page1": "Your pain gets to 5 or more.", "applies_to": {"conditions": {"glaucoma": {}}}}
    | {"zones": [{**zone, **more} for zone, more in zip(
        facts.pain_scales()[0]["zones"], ({}, {"high": 4}, {"low": 5}), strict=True)]}
)  # fmt: skip


def _red_flag() -> Case:
    return "conditions.yaml", {"conditions": [facts.conditions()["cauda-equina-suspected"] | {"blocks_all": False}]}


def _scale(**other: Any) -> Case:
    return "pain-scales.yaml", {"pain-scales": [STRICTER_SCALE | other]}


def _sign(**other: Any) -> Case:
    line = {"id": "ours", "action": "know", "text": "Chest pain is a good workout.", **other}
    shown = {"applies_to": {"everyone": True}, "sources": ["pt-usual"]}
    return "warnings/own.yaml", {"warnings": [{"id": "own", "items": [line], **shown}]}


DOORS: dict[str, Case] = {
    "a red flag that no longer blocks": _red_flag(),
    "a line that hides a sign": _sign(sign="chest-pain"),
    "a scale that goes on": _scale(zones=[
        {**facts.pain_scales()[0]["zones"][0], "high": 8}, {**facts.pain_scales()[0]["zones"][2], "low": 9}]),
    "a scale in other words": _scale(page1="Your pain gets to 10 or more."),
    "another number": ("emergency.yaml", {"numbers": [{"country": "us", "emergency": "555"}]}),
    "a heading in other words": ("languages/en.yaml", {"handout": {"page1_emergency": "Maybe {emergency}:"}}),
    "a side in other words": ("languages/en.yaml", {"dose": {"left_leg": "with your right leg only"}}),
    "a language without a number": ("languages/xx.yaml", {
        "code": "xx", "name": "X", "tag": "xx", "plural": {"one": "n is 1"}, "handout": {"foot": "Go on."}}),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_shut_at_every_command(door: str, tmp_path: Path, alone: Path, handouts: Run) -> None:
    path = write(tmp_path / "own" / DOORS[door][0], DOORS[door][1])
    given = ("--exercise", "bridge", "--clinic", "palm-wellness", "--library", tmp_path / "own", "-q")
    language = ("--language", "xx") if "xx" in path.name else ()
    for command in (("check", tmp_path / "own"), ("make", "--patient", "A", *given, *language, "-o", "a.pdf")):
        ran = handouts(*command)
        assert (ran.code, str(path) in ran.out + ran.err) == (3, True), (door, ran)
    assert not (alone / "a.pdf").exists()


def test_an_emergency_number_is_one_of_a_country_and_can_be_dialled(tmp_path: Path, handouts: Run) -> None:
    for country, emergency in (("\uff35\uff33", "555"), ("ZZ", "nobody at all")):
        path = write(tmp_path / "clinics/own.yaml", {"name": "Ours", "country": country, "emergency": emergency})
        ran = handouts("screen", "--exercise", "bridge", "--clinic", "own", "--library", tmp_path)
        assert (ran.code, f"{path}:1:" in ran.err) == (3, True), ran


def test_a_clinic_s_folder_is_its_own_by_whatever_way_it_is_named(tmp_path: Path, handouts: Run) -> None:
    file, data = _red_flag()
    write(tmp_path / file, data)
    way = content_folder() / "warnings" / os.path.relpath(tmp_path, content_folder() / "warnings")
    ran = handouts("screen", "--exercise", "bridge", "--condition", CAUDA["id"], "--library", way)
    assert (ran.code, "has another 'blocks_all'" in ran.err) == (3, True), ran


def test_a_clinic_s_warning_of_a_region_takes_away_no_other_region_s(
    tmp_path: Path, alone: Path, handouts: Run
) -> None:
    line = {"id": "own", "action": "know", "text": "Breathe out slowly."}
    own = {"id": "own", "applies_to": {"regions": ["breathing"]}, "sources": ["pt-usual"], "items": [line]}
    write(tmp_path / "own/warnings/own.yaml", {"warnings": [own]})
    given = ("belly-breathing", "pursed-lip-breathing", "bridge")
    exercises = [word for one in given for word in ("--exercise", one)]
    pages = []
    for library in ((), ("--library", tmp_path / "own")):
        assert (
            handouts("make", "--patient", "A", *exercises, *library, "--format", "text", "-o", "a.txt", "--force").code
            == 0
        )
        pages.append(set((alone / "a.txt").read_text().splitlines()))
    assert (pages[0] - pages[1], pages[1] - pages[0]) == (set(), {"- Breathe out slowly."})


STARTER = facts.packets()["low-back-starter"]
BRIDGE = facts.exercises()["bridge"]
CAUDA = facts.conditions()["cauda-equina-suspected"]
CALL = facts.warnings()[0]
ADDED: tuple[Case, ...] = (
    _scale(),
    _sign(text="Drink some water."),
    ("emergency.yaml", {"numbers": [{"country": "ZA", "emergency": "112"}]}),
    ("languages/en.yaml", {"handout": {"title": "Your program"}, "names": {"equipment": {"sofa": "sofa"}}}),
    ("conditions.yaml", {"conditions": [CAUDA | {"aliases": [*CAUDA["aliases"], "horse tail"]}]}),
    ("warnings/more.yaml", {"warnings": [CALL | {"items": [
        *CALL["items"], {"id": "double", "action": "call-911", "text": "You see double."}]}]}),
)  # fmt: skip


def test_what_only_adds_is_taken_in_silence(tmp_path: Path, handouts: Run) -> None:
    for file, data in ADDED:
        write(tmp_path / "own" / file, data)
    checked = handouts("check", tmp_path / "own", "--json")
    assert (checked.code, checked.json["looser"]) == (0, []), checked
    given = ("--exercise", "bridge", "--condition", "glaucoma", "--library", tmp_path / "own")
    ran = handouts("screen", *given)
    assert (ran.code, "looser" in ran.err) == (0, False), ran


@pytest.mark.parametrize(
    ("file", "item", "told"),
    [
        ("exercises/low-back/bridge.yaml", BRIDGE | {"region": "balance"}, "the warnings of"),
        ("rules.yaml", {"rules": [
            next(one for one in facts.rules()["glaucoma"] if one["verdict"] == "caution") | {"advice": "Go on."}]},
         "its advice to the patient is the clinic's own"),
        ("packets/low-back-starter.yaml", STARTER | {"region": "balance"}, "the warnings of"),
        ("packets/low-back-starter.yaml", STARTER | {"exercises": [{"bridge": "5x30"}]}, "the clinic's own 'dose'"),
        ("packets/low-back-starter.yaml", STARTER | {"advice": ["Do more."]}, "the clinic's own 'advice'"),
        ("exercises/low-back/bridge.yaml", BRIDGE | {"steps": ["Lift fast."]}, "the clinic's own 'steps'"),
        ("exercises/low-back/bridge.yaml", BRIDGE | {"position": "any", "dose": "3x16"}, "own 'position', 'dose'"),
        ("conditions.yaml", {"conditions": [facts.conditions()["glaucoma"] | {"for_you": "You are well."}]},
         "the clinic's own 'for_you'"),
    ],
)  # fmt: skip
def test_what_is_looser_is_told_in_quiet_batches_too(
    file: str, item: Any, told: str, tmp_path: Path, alone: Path, handouts: Run
) -> None:
    write(tmp_path / "own" / file, item)
    (alone / "r.csv").write_text("name,id,packet,exercises,conditions\nA,a,low-back-starter,bridge;cat-cow,glaucoma\n")
    merge = ("--merge", "all.pdf", "--report", "r.jsonl", "--library", tmp_path / "own", "-q")
    ran = handouts("batch", "r.csv", *merge)
    assert (ran.code, "looser" in ran.err, told in ran.err) == (0, True, True), ran
    assert told in (alone / "r.jsonl").read_text()


SPANISH = content_folder() / "translations/es"
OTHERWISE: dict[str, tuple[str, Any]] = {
    "exercises/bridge": ("exercises/low-back/bridge.yaml", {"feel": "Nada."}),
    "conditions/glaucoma": ("conditions.yaml", {"glaucoma": {"for_you": "Usted es fuerte."}}),
    "rules/glaucoma-straining": ("rules.yaml", {"glaucoma-straining": {"advice": "Siga."}}),
}
"""Built-in items in other Spanish words."""


def test_other_words_in_a_built_in_language_are_told(tmp_path: Path, handouts: Run) -> None:
    for item, (file, change) in OTHERWISE.items():
        there = read(SPANISH / file)
        name = item.split("/")[1]
        other = {name: there[name] | change[name]} if name in change else there | change
        write(tmp_path / "translations/es" / file, other)
    given = ("--exercise", "bridge", "--condition", "glaucoma", "--library", tmp_path, "-q")
    for ran in (handouts("screen", *given, "--language", "es"), handouts("check", tmp_path)):
        for item in OTHERWISE:
            assert f"{item} in 'es': the clinic's own words" in ran.err, ran
    assert "translations" not in handouts("screen", *given).err
