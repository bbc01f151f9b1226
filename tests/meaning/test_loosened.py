"""Where a clinic's own content is looser than the built-in one, the clinician is told; where it is not, nothing is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handouts.library import Library, read_library
from handouts.prescription import ProgramFields, build_program
from handouts.screening import loosened_everywhere, loosened_for, screen
from tests.meaning.conftest import write

BONES = "condition: weak-bones, movements: [back-bends], reason: r, advice: Do not bend., source: own"
KNEE = "condition: new-knee, exercises: [bridge], reason: r, advice: a, source: own"


def with_rules(content: Path, tmp_path: Path, *rules: str) -> Library:
    """The small library under a clinic's own rules."""
    own = write(tmp_path / "own", {"rules.yaml": "rules:\n" + "".join(f"- {{{rule}}}\n" for rule in rules)})
    return read_library([content, own])


def notes(library: Library) -> list[str]:
    """What the clinician is told of a program with both conditions and all exercises."""
    fields = ProgramFields(
        patient="Ana", condition=("weak-bones", "new-knee"), exercise=("bridge", "curl", "knee-to-chest each side")
    )
    return list(loosened_for(build_program(fields, library, date=dt.date(2026, 11, 22)), library))


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (("id: new-knee-bridge, removed: our surgeon allows it",),
         ["bridge with new-knee: a caution there, no rule here"]),
        (("id: weak-bones-bend, removed: never here",),
         ["curl with weak-bones: contraindicated there, no rule here",
          "knee-to-chest with weak-bones: contraindicated there, no rule here"]),
        ((f"id: weak-bones-bend, verdict: caution, {BONES}",),
         ["curl with weak-bones: contraindicated there, a caution here",
          "knee-to-chest with weak-bones: contraindicated there, a caution here"]),
        ((f"id: weak-bones-bend, verdict: contraindicated, except: [curl], {BONES}",),
         ["curl with weak-bones: contraindicated there, no rule here"]),
        ((f"id: own, verdict: caution, {BONES.replace('movements: [back-bends]', 'exercises: [curl]')}",),
         ["curl with weak-bones: contraindicated there, a caution here"]),
        ((f"id: new-knee-bridge, verdict: contraindicated, {KNEE}",), []),
        ((f"id: own, verdict: caution, {KNEE}",), []),
    ],
)  # fmt: skip
def test_a_looser_rule_is_told_with_its_effect(
    content: Path, tmp_path: Path, rules: tuple[str, ...], told: list[str]
) -> None:
    library = with_rules(content, tmp_path, *rules)
    assert notes(library) == [f"looser than the built-in rules: {one}" for one in told]
    assert bool(loosened_everywhere(library)) == bool(told)


@pytest.mark.parametrize(("own", "is_looser"), [("{most: 1x20}", True), ("{most: 1x5}", False), (None, True)])
def test_a_higher_ceiling_of_a_dose_is_told(content: Path, tmp_path: Path, own: str | None, is_looser: bool) -> None:
    rule = "id: new-knee-few, verdict: caution"
    path = content / "rules.yaml"
    path.write_text(path.read_text("utf-8") + f"- {{{rule}, adapt: {{most: 1x10}}, {KNEE}}}\n", "utf-8")
    library = with_rules(content, tmp_path, f"{rule}, {f'adapt: {own}, ' if own else ''}{KNEE}")
    told = ["looser than the built-in rules: bridge with new-knee: a lower ceiling of the dose there"]
    assert notes(library) == (told if is_looser else [])
    assert list(loosened_everywhere(library)) == (told if is_looser else [])


def test_a_looser_later_window_and_a_clearance_that_is_gone_are_told(content: Path, tmp_path: Path) -> None:
    window = "condition: new-knee, movements: [back-bends], reason: r, advice: a, source: own"
    write(
        content,
        {
            "rules.yaml": "rules:\n"
            f"- {{id: new-knee-early, verdict: contraindicated, weeks: {{from: 0, to: 6}}, {window}}}\n"
            f"- {{id: new-knee-later, verdict: contraindicated, weeks: {{from: 6, to: 12}}, {window}}}\n",
            "conditions.yaml": (content / "conditions.yaml")
            .read_text()
            .replace("window_weeks", "clearance: {level: protocol, by: surgeon}, window_weeks"),
        },
    )
    knee = """\
conditions:
- {id: new-knee, name: New knee, clinical: Knee arthroplasty, category: post-surgery, tier: core, urgency: none,
   blocks_all: false, window_weeks: [0, 12], for_you: You have a new knee.}
"""
    own = {"rules.yaml": "rules:\n- {id: new-knee-later, removed: never here}\n", "conditions.yaml": knee}
    library = read_library([content, write(tmp_path / "own", own)])
    fields = ProgramFields(patient="Ana", condition=("new-knee",), exercise=("curl",))
    told = loosened_for(build_program(fields, library, date=dt.date(2026, 11, 22)), library)
    start = "looser than the built-in rules: "
    assert told == (
        f"{start}curl with new-knee: contraindicated there, no rule here",
        f"{start}new-knee: waits for clearance there (protocol)",
    )


EARLY = "condition: new-knee, movements: [back-bends], reason: r, advice: Keep it straight., source: own"
SUPPORT = "condition: new-knee, verdict: caution, movements: [back-bends], reason: r, advice: Hold on., source: own"
OTHER = "condition: new-knee, verdict: caution, exercises: [curl], reason: r, advice: Go on., source: own"


@pytest.mark.parametrize(
    ("built_in", "own", "told"),
    [
        # A window that ends earlier, beside another that lasts as long as ever.
        ((f"id: early, verdict: contraindicated, weeks: {{from: 0, to: 6}}, {EARLY}",
          "id: late, verdict: caution, weeks: {from: 6, to: 24}, " + KNEE),
         f"id: early, verdict: contraindicated, weeks: {{from: 0, to: 2}}, {EARLY}",
         "curl with new-knee: contraindicated there, no rule here"),
        # The same verdict, and the patient reads another thing, or one thing less.
        ((f"id: support, {SUPPORT}",), f"id: own, {OTHER}", "support: its advice to the patient is left out"),
        ((f"id: support, {SUPPORT}",), f"id: own, also: [weak-bones], {OTHER}",
         "support: its advice to the patient is left out"),
        ((f"id: support, adapt: {{no_load: true}}, {SUPPORT}",), f"id: support, {SUPPORT}",
         "support: its advice to the patient is the clinic's own"),
        ((f"id: support, needs: clearance, {SUPPORT}",), f"id: support, {SUPPORT}", "support: needs clearance there"),
    ],
)  # fmt: skip
def test_what_a_patient_no_longer_reads_is_told(
    content: Path, tmp_path: Path, built_in: tuple[str, ...], own: str, told: str
) -> None:
    path = content / "rules.yaml"
    path.write_text(path.read_text("utf-8") + "".join(f"- {{{rule}}}\n" for rule in built_in), "utf-8")
    assert loosened_everywhere(read_library([content])) == ()
    library = with_rules(content, tmp_path, own)
    assert f"looser than the built-in rules: {told}" in notes(library)
    assert any(told.removeprefix("curl") in line for line in loosened_everywhere(library))


def test_an_exercise_with_fewer_movements_is_looser_beside_another_condition_too(content: Path, tmp_path: Path) -> None:
    path = content / "rules.yaml"
    both = f"id: both, verdict: contraindicated, also: [weak-bones], {EARLY}"
    path.write_text(path.read_text("utf-8") + f"- {{{both}}}\n", "utf-8")
    file = "exercises/low-back/curl.yaml"
    less = (content / file).read_text("utf-8").replace("[back-bends]", "[hips-up]")
    library = read_library([content, write(tmp_path / "own", {file: less})])
    assert "looser than the built-in rules: curl with new-knee: contraindicated there, no rule here" in notes(library)


def test_the_caution_that_was_removed_is_really_gone(content: Path, tmp_path: Path) -> None:
    library = with_rules(content, tmp_path, "id: new-knee-bridge, removed: our surgeon allows it")
    fields = ProgramFields(patient="Ana", condition=("new-knee",), exercise=("bridge",))
    assert screen(build_program(fields, library, date=dt.date(2026, 11, 22)), library) == ()


def test_the_built_in_library_is_never_looser_than_itself(library: Library) -> None:
    assert notes(library) == []
    assert loosened_everywhere(library) == ()


HIP = (
    "id: hip, name: Hip, clinical: Hip fracture, category: post-surgery, tier: core, urgency: none, blocks_all: false,"
    " window_weeks: [0, 12], clearance: {level: protocol, by: surgeon, source: own}, for_you: You have a new hip."
)
MORE = ", no_progression: true, needs_helper: true, leaves: weak-bones, ask_clinician: How far?"


@pytest.mark.parametrize(
    ("there", "here", "told"),
    [
        (HIP + MORE, HIP + MORE + ", unhealed: true", []),
        (HIP, HIP + MORE, []),
        (HIP, HIP.replace("[0, 12]", "[0, 14]"), []),
        (HIP, HIP.replace("[0, 12]", "[0, 11]"), ["is over after week 11, later there"]),
        (HIP, HIP.replace("by: surgeon", "by: nurse"), ["clearance is given there by: surgeon"]),
        (HIP, HIP.replace("level: protocol", "level: ask"), ["waits for clearance there (protocol)"]),
        (HIP, HIP.replace("level: protocol", "level: program"), []),
        (HIP + ", unhealed: true", HIP, ["never expires by date there"]),
        (HIP + MORE, HIP,
         ["lines that say how to do more are left out there", "there it leaves weak-bones", "somebody must help there",
          "there the clinician is asked: How far?"]),
        (HIP + MORE, HIP + MORE.replace("How far?", "Nothing."), ["there the clinician is asked: How far?"]),
    ],
)  # fmt: skip
def test_a_condition_that_waits_for_less_is_told(
    content: Path, tmp_path: Path, there: str, here: str, told: list[str]
) -> None:
    path = content / "conditions.yaml"
    path.write_text(path.read_text("utf-8") + f"- {{{there}}}\n", "utf-8")
    library = read_library([content, write(tmp_path / "own", {"conditions.yaml": f"conditions:\n- {{{here}}}\n"})])
    assert list(loosened_everywhere(library)) == [f"looser than the built-in rules: hip: {one}" for one in told]


def test_a_condition_without_what_its_rules_rest_on_is_looser_on_the_exercises_too(
    content: Path, tmp_path: Path
) -> None:
    rule = "id: hip-bend, condition: hip, verdict: contraindicated, movements: [back-bends], weeks: {from: 0, to: 6}"
    hip = HIP.replace(" window_weeks: [0, 12],", "")
    for file, entry in (
        ("conditions.yaml", hip + ", unhealed: true"),
        ("rules.yaml", rule + ", reason: r, advice: a, source: own"),
    ):
        path = content / file
        path.write_text(path.read_text("utf-8") + f"- {{{entry}}}\n", "utf-8")
    library = read_library([content, write(tmp_path / "own", {"conditions.yaml": f"conditions:\n- {{{hip}}}\n"})])
    start = "looser than the built-in rules:"
    assert list(loosened_everywhere(library)) == [
        f"{start} curl, knee-to-chest with hip: contraindicated there, a caution here",
        f"{start} hip: never expires by date there",
    ]


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [
        ("bridge: 3x15", "bridge: 2x15", False),
        ("bridge: 3x15", "bridge: 3x16", True),
        ("bridge: 3x15", "bridge: 3x15 band red", True),
        ("- bridge", "- curl: 1x5\n- bridge", True),  # one that the built-in packet does not have
        ("- bridge: 3x15 rest 60s\n", "", False),
    ],
)
def test_a_packet_that_asks_for_more_is_told(content: Path, tmp_path: Path, old: str, new: str, is_told: bool) -> None:
    file = "packets/starter.yaml"
    text = (content / file).read_text("utf-8").replace(old, new, 1)
    library = read_library([content, write(tmp_path / "own", {file: text})])
    told = "looser than the built-in library: packets/starter: the clinic's own 'dose'"
    assert list(loosened_everywhere(library)) == ([told] if is_told else [])


def test_a_packet_that_is_refused_to_fewer_patients_is_told(content: Path, tmp_path: Path) -> None:
    text = (content / "packets/starter.yaml").read_text("utf-8")
    refusal = "not_for: [{condition: weak-bones, reason: bends the back}]"
    assert refusal in text
    own = {"packets/starter.yaml": text.replace(refusal, "not_for: []"), "packets/other.yaml": text}
    library = read_library([content, write(tmp_path / "own", own)])
    told = "looser than the built-in rules: packet starter with weak-bones: contraindicated there, no rule here"
    assert list(loosened_everywhere(library)) == [told]
    fields = ProgramFields(patient="Ana", condition=("weak-bones",), packet="starter")
    assert told in loosened_for(build_program(fields, library, date=dt.date(2026, 11, 22)), library)
