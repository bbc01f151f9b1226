"""Folders become a library; whatever is wrong in them is found, with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from handouts.dose import format_dose
from handouts.errors import BadInput, FileTrouble
from handouts.library import (
    Library,
    fingerprint,
    read_library,
    stamp_translations,
    translation_problems,
)
from handouts.library.library_check import check_library
from handouts.model import Mistake
from tests.meaning.conftest import FILES, write

BRIDGE = "exercises/low-back/bridge.yaml"
HEART = "warnings/general.yaml"
STARTER = "packets/starter.yaml"


def edit(content: Path, name: str, old: str, new: str) -> Path:
    text = (content / name).read_text(encoding="utf-8")
    assert old in text
    (content / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return content / name


def found(content: Path) -> list[str]:
    return [str(problem).replace(f"{content}/", "") for problem in check_library(read_library([content]))]


def test_a_sound_library_has_no_problems(content: Path) -> None:
    assert found(content) == []


def test_an_exercise_is_read_whole(library: Library) -> None:
    knee = library.exercise("knee-to-chest")
    assert (knee.id, knee.sides, knee.movements) == ("knee-to-chest", "leg", ("back-bends",))
    assert format_dose(knee.dose) == "2-3 reps hold 5s each side 2/day"
    assert format_dose(knee.dose_levels["gentle"]) == "1x8 hold 5s each side 2/day"
    assert knee.text.steps == ("Lift your hips.", "Lower them.")
    assert knee.text.mistakes == (Mistake(sign="Your back arches.", mend="Lift less high."),)
    assert knee.picture == {"base": "supine"}


def test_what_safety_needs_is_read(library: Library) -> None:
    assert [rule.id for rule in library.rules_for("weak-bones")] == ["weak-bones-bend"]
    assert library.rules_for("unheard-of") == ()
    assert library.conditions["new-knee"].window_weeks == (0, 12)
    assert [zone.kind for zone in library.pain_scales[0].text.zones] == ["go", "care", "stop"]
    assert library.packet("starter").not_for[0].condition == "weak-bones"
    assert library.packet("starter").text.notes == {"knee-to-chest": "Use a towel."}
    assert library.clinic("palm").emergency == "911"


def test_only_the_exercises_asked_for_are_opened(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    plain_open = Path.open

    def watched(self: Path, *args: object, **more: object) -> object:
        opened.append(self.name)
        return plain_open(self, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watched)
    library = read_library([content])
    assert library.exercise_ids() == ("bridge", "curl", "knee-to-chest")
    assert opened == []
    library.exercise("bridge")
    library.exercise("bridge")
    assert sorted(opened) == ["bridge.yaml", "movements.yaml"]


def test_a_later_folder_wins_item_by_item(content: Path, tmp_path: Path) -> None:
    own = write(
        tmp_path / "own",
        {
            "exercises/neck/bridge.yaml": FILES[BRIDGE].replace("name: Bridge", "name: Our bridge"),
            "conditions.yaml": FILES["conditions.yaml"].split("- {id: new-knee")[0].replace("Weak bones", "Thin bones"),
            "rules.yaml": "rules:\n- {id: weak-bones-bend, condition: weak-bones, verdict: caution, every: true,"
            " reason: r, advice: a, source: own}\n",
        },
    )
    library = read_library([content, own])
    assert library.exercise("bridge").text.name == "Our bridge"
    assert library.exercise("curl").text.name == "Curl"
    assert library.conditions["weak-bones"].text.name == "Thin bones"
    assert list(library.conditions) == ["weak-bones", "new-knee"]
    assert [rule.verdict for rule in library.rules] == ["caution", "caution"]


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(FileTrouble):
        read_library([Path("nowhere-at-all")])


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (BRIDGE, "movements: [hips-up]", "movements: [hip-up]", f"{BRIDGE}:9:13: unknown movement 'hip-up' (did you"),
        (BRIDGE, "movements: [hips-up]", "movements: []", "no movements"),
        (BRIDGE, "dose: 3x15 rest 60s", "dose: 3x0", f"{BRIDGE}:10:7: dose '3x0': 0 reps is out of range (1–100)"),
        (BRIDGE, "dose: 3x15 rest 60s", "dose: 3x15 rest 60s left", "an exercise that has no sides"),
        (BRIDGE, "mend: Lift less high.", "mend: ''", "18:44: an empty text"),
        (BRIDGE, "{sign: Your back arches., mend: Lift less high.}", "Lift less.", "expected a sign and what"),
        (BRIDGE, ", mend: Lift less high.", "", "'mend' is missing"),
        (BRIDGE, "mend: Lift less high.", "fix: Lift less high.", "unknown field 'fix'"),
        ("rules.yaml", "advice: Do not bend.", "advice: a, short: Do **not** bend.", "cannot have bold words"),
        ("rules.yaml", "advice: Do not bend.", f"advice: a, short: {'a' * 61}", "61 characters, at most 60"),
        (BRIDGE, "dose: 3x15 rest 60s", "dose: 3x15 rst 60s", f"{BRIDGE}:10:12: dose"),
        (BRIDGE, "sides: none", "sides: leg", "it names no side, but the exercise has sides"),
        (BRIDGE, "gentle: 1x8", "gentel: 1x8", "unknown field 'gentel' (did you mean gentle?)"),
        (BRIDGE, "gentle: 1x8", "gentle: 1x8 left", "no sides"),
        (BRIDGE, "purpose:", "purpse:", "unknown field 'purpse' (did you mean purpose?)"),
        (BRIDGE, "purpose:", "purpse:", "'purpose' is missing"),
        (BRIDGE, "goal: strength", "goal: strong", f"{BRIDGE}:4:7: unknown goal 'strong' (known: balance"),
        (BRIDGE, "region: low-back", "region: low-bak", f"{BRIDGE}:3:9: unknown region 'low-bak'"),
        (BRIDGE, "equipment: [mat]", "equipment: [mats]", f"{BRIDGE}:6:13: unknown equipment 'mats'"),
        (BRIDGE, "dose_source: own", "dose_source: on", "unknown source 'on'"),
        (BRIDGE, "picture:", "easier: kurl\npicture:", "unknown exercise 'kurl' (did you mean curl?)"),
        (BRIDGE, "picture:", "easier: bridge\npicture:", "cannot be its own neighbour"),
        (BRIDGE, "reviewed: null", "reviewed: {by: Dana Reyes}", f"{BRIDGE}:20:1: a sign-off is no longer kept here"),
        (STARTER, "bridge: 3x15", "brige: 3x15", f"{STARTER}:6:3: unknown exercise 'brige' (did you mean bridge?)"),
        (STARTER, "- bridge: 3x15 rest 60s", "- bridge", "'bridge' has no dose"),
        (STARTER, "hold 5s each side", "hold 5s", "it names no side, but"),
        (STARTER, "condition: weak-bones", "condition: weak-bone", "unknown condition 'weak-bone'"),
        (STARTER, "reason: bends the back", "reason: x, use: stater", "unknown packet 'stater' (did you"),
        (STARTER, "for_whom: Anyone.", "for_whom: Anyone.\nafter: first", f"{STARTER}:4:8: unknown packet 'first'"),
        (STARTER, "for_whom: Anyone.", "for_whom: Anyone.\nafter: starter", "cannot come after itself"),
        ("rules.yaml", "condition: weak-bones", "condition: weak", "rules.yaml:2:36: unknown condition 'weak'"),
        ("rules.yaml", "movements: [back-bends]", "movements: [back-bend]", "unknown movement 'back-bend'"),
        ("rules.yaml", "exercises: [bridge]", "exercises: [bridge], except: [x]", "unknown exercise 'x'"),
        ("rules.yaml", "exercises: [bridge]", "exercises: [bridge], except: [bridge]", "is under 'exercises' too"),
        ("rules.yaml", "exercises: [bridge]", "every: true, exercises: [bridge]", "a rule needs either"),
        ("rules.yaml", "id: new-knee-bridge", "id: weak-bones-bend", "appears twice (first on line 2)"),
        ("conditions.yaml", "blocks_all: false, al", "al", "'blocks_all' is missing"),
        ("conditions.yaml", "urgency: none", "urgency: today", "unknown urgency 'today'"),
        ("conditions.yaml", "id: weak-bones", "id: Weak_bones", "is not an id"),
        ("conditions.yaml", "window_weeks", "one_sided: [low-back], no_side: true, window_weeks", "neither one-sided"),
        ("conditions.yaml", "window_weeks", "stage: {from: 3, to: 3}, window_weeks", "ends in week 3, before it"),
        ("conditions.yaml", "window_weeks", "stage: {from: 3, later: weak}, window_weeks", "unknown condition 'weak'"),
        (HEART, "{emergency}", "{emergncy}", f"{HEART}:3:10: '{{emergncy}}' cannot be filled in"),
        (HEART, "{phone}", "{fone}", f"{HEART}:6:46: '{{fone}}' cannot be filled in"),
        (HEART, "{everyone: true}", "{}", "applies to nobody"),
        (HEART, "action: call-911", "action: call-912", f"{HEART}:5:25: unknown action 'call-912'"),
        (HEART, "action: stop-and-call", "action: know, page1: Dizzy.", "has no place on page 1"),
        (HEART, "action: stop-and-call", "always: true, action: stop-and-call", "can always stand there"),
        (HEART, "id: dizzy", "id: chest", "'chest' appears twice"),
        (HEART, "text: Your chest hurts.", "text: Call 911 now.", f"{HEART}:5:41: 'chest' says the heading"),
        (HEART, "text: Your chest hurts.", "text: Chest pain? Call us.", "'chest' asks for 'stop-and-call'"),
        (HEART, "page1: Chest pain.", "page1: Go to a doctor today.", "asks for 'call-doctor-today'"),
        (HEART, "sign: dizziness", "sign: chest", f"{HEART}:6:25: 'dizzy' asks for 'stop-and-call', and 'chest'"),
        (HEART, "everyone: true", "evryone: true", "unknown field 'evryone' (did you mean everyone?)"),
        ("pain-scales.yaml", "low: 4", "low: 5", "the zones must cover 0 to 10"),
        ("pain-scales.yaml", "kind: stop, low: 6", "kind: care, low: 6", "no zone says when to stop"),
        ("pain-scales.yaml", "everyone: true", "everyone: false", "applies to nobody"),
        ("pain-scales.yaml", "new-knee:", "new-kne:", "unknown condition 'new-kne' (did you mean new-knee?)"),
        ("pain-scales.yaml", "weeks: 6", "weeks: six", "expected a whole number from 1 to 520"),
        ("pain-scales.yaml", "{everyone: true}", "{conditions: {new-knee: {}}}", "no pain scale is for everyone"),
        ("clinics/palm.yaml", "paper: a4", "colour: green", "'green' is not a colour"),
        ("clinics/palm.yaml", "paper: a4", "logo: palm.svg", "no file 'palm.svg' beside it"),
        ("clinics/palm.yaml", "paper: a4", "logo: ../x.svg", "must lie beside"),
        ("clinics/palm.yaml", "emergency: 911", "country: DE", "no emergency number is known for country 'DE'"),
    ],
)  # fmt: skip
def test_every_fault_is_found_where_it_stands(content: Path, name: str, old: str, new: str, said: str) -> None:
    edit(content, name, old, new)
    assert any(said in problem for problem in found(content)), found(content)


def test_a_packet_names_the_one_that_it_follows(content: Path) -> None:
    later = FILES[STARTER].replace("for_whom: Anyone.", "for_whom: Anyone.\nafter: starter")
    library = read_library([write(content, {"packets/later.yaml": later})])
    assert (library.packet("starter").after, library.packet("later").after) == (None, "starter")


def test_files_of_the_library_call_items_by_any_of_their_names(content: Path) -> None:
    edit(content, STARTER, "bridge: 3x15", "Bridge: 3x15")
    edit(content, STARTER, "condition: weak-bones", "condition: Weak Bones")
    edit(content, "rules.yaml", "condition: weak-bones", "condition: weak BONES")
    library = read_library([content])
    assert library.packet("starter").items[0].exercise == "bridge"
    assert library.packet("starter").not_for[0].condition == "weak-bones"
    assert library.rules_for("weak-bones")
    assert found(content) == []
    edit(content, "rules.yaml", "condition: weak BONES", "condition: weak bonnes")
    assert any("unknown condition 'weak bonnes' (did you mean weak-bones?)" in problem for problem in found(content))


def test_faults_of_all_files_come_together(content: Path) -> None:
    edit(content, BRIDGE, "goal: strength", "goal: strong")
    edit(content, "exercises/low-back/curl.yaml", "position: supine", "position: on back")
    edit(content, STARTER, "bridge: 3x15", "brige: 3x15")
    assert len({problem.split(":")[0] for problem in found(content)}) == 3


def test_files_that_would_be_passed_over_are_named(content: Path) -> None:
    other_region = FILES[BRIDGE].replace("region: low-back", "region: neck")
    write(content, {
        "exercises/low-back/plank.yml": "",
        "exercises/lost.yaml": "",
        "rule.yaml": "",
        "exercises/neck/curl.yaml": FILES["exercises/low-back/curl.yaml"],
        "exercises/low-back/nod.yaml": other_region,
    })  # fmt: skip
    said = "\n".join(found(content))
    assert "plank.yml: not read (name it plank.yaml)" in said
    assert "lost.yaml: not read (put it in exercises/<region>/)" in said
    assert "rule.yaml: no such file is read (did you mean rules.yaml?)" in said
    assert "the id 'curl' is taken" in said
    assert "nod.yaml: in another region's folder" in said


def test_easier_exercises_may_not_run_in_a_ring(content: Path) -> None:
    edit(content, BRIDGE, "picture:", "easier: curl\npicture:")
    edit(content, "exercises/low-back/curl.yaml", "picture:", "easier: bridge\npicture:")
    assert any("lead back to 'bridge'" in problem for problem in found(content))


def test_pictures_are_judged_by_whoever_knows_figures(content: Path) -> None:
    class Fault:
        where = ("base",)
        message = "unknown base"
        hint = None

    problems = check_library(
        read_library([content]), lambda exercise, picture: [Fault()] if exercise == "curl" and picture else []
    )
    assert [str(problem).split("curl.yaml:")[1] for problem in problems] == ["19:17: unknown base"]


def test_nearest_ids_and_aliases(library: Library) -> None:
    assert library.names.nearest("exercises", "brige") == ["bridge"]
    assert library.names.nearest("conditions", "brittle bones") == ["weak-bones"]
    assert library.names.nearest("clinics", "zzz") == []


# -- translations ------------------------------------------------------------------------------------------------------

SPANISH = "translations/es/exercises/low-back/bridge.yaml"


def stamped(content: Path) -> Library:
    library = read_library([content])
    stamp_translations(library, content, "es")
    return read_library([content])


def test_the_fingerprint_is_the_one_of_the_contract() -> None:
    assert fingerprint("Bridge") == "1d7d7d4b"
    assert fingerprint(["á", "b"]) == "075d3ed5"


def test_stamping_changes_only_the_lines_that_hold_stamps(content: Path) -> None:
    before = (content / SPANISH).read_text(encoding="utf-8").split("\n")
    library = read_library([content])
    changed = stamp_translations(library, content, "es")
    after = (content / SPANISH).read_text(encoding="utf-8").split("\n")
    assert [path.name for path in changed] == ["conditions.yaml", "bridge.yaml"]
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [("of: {}", after[1])]
    assert f'name: "{fingerprint("Bridge")}"' in after[1]
    assert stamp_translations(read_library([content]), content, "es") == []


def test_a_stale_text_is_stamped_again_only_when_it_is_named(content: Path) -> None:
    stamped(content)
    edit(content, BRIDGE, "name: Bridge", "name: High bridge")
    library = read_library([content])
    assert stamp_translations(library, content, "es") == []
    assert [path.name for path in stamp_translations(library, content, "es", renew=["bridge"])] == ["bridge.yaml"]
    assert not any("stale" in problem.message for problem in translation_problems(read_library([content]), "es"))


@pytest.mark.parametrize("line", ["of: {\n  }", "# nothing"])
def test_stamps_need_a_line_of_their_own(content: Path, line: str) -> None:
    edit(content, SPANISH, "of: {}", line)
    with pytest.raises(BadInput):
        stamp_translations(read_library([content]), content, "es")


def breaks_name(content: Path) -> None:
    edit(content, BRIDGE, "name: Bridge", "name: High bridge")


def drops_feel(content: Path) -> None:
    edit(content, SPANISH, "feel: Trabajan los glúteos.\n", "")


def adds_field(content: Path) -> None:
    edit(content, SPANISH, "\nfeel:", "\nregin: x\nfeel:")


def adds_orphan(content: Path) -> None:
    write(content, {"translations/es/conditions.yaml": "weak-bone:\n  of: {}\n  name: x\n  for_you: y\n"})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (breaks_name, "bridge.yaml:3:1: 'name' is stale: the English has changed"),
        (drops_feel, "'feel' is missing"),
        (adds_field, "unknown field 'regin'"),
        (adds_orphan, "conditions.yaml:1:1: 'weak-bone' is in no English file"),
        (adds_orphan, "conditions.yaml:2:3: 'weak-bones' is not translated (es)"),
    ],
)
def test_translation_problems_are_listed(content: Path, change: Callable[[Path], None], said: str) -> None:
    library = stamped(content)
    assert not any("bridge.yaml" in str(problem) for problem in translation_problems(library, "es"))
    change(content)
    problems = [str(problem) for problem in translation_problems(read_library([content]), "es")]
    assert any(said in problem for problem in problems), problems


def test_the_versions_tell_two_states_of_the_content_apart_and_not_where_it_lies(content: Path, tmp_path: Path) -> None:
    before = read_library([content]).versions
    copytree(content, tmp_path / "elsewhere")
    assert read_library([tmp_path / "elsewhere"]).versions == before
    own = write(tmp_path / "own", {"packets/ours.yaml": FILES["packets/starter.yaml"]})
    with_own = read_library([content, own]).versions
    assert [name for name, _ in with_own.folders] == ["built-in", "own"]
    assert (with_own.folders[0], with_own.content != before.content) == (before.folders[0], True)
    edit(content, "packets/starter.yaml", "Get going.", "Start here.")
    packet_changed = read_library([content]).versions
    assert (packet_changed.content != before.content, packet_changed.rules) == (True, before.rules)
    edit(content, "rules.yaml", "may break", "may crush")
    assert read_library([content]).versions.rules != before.rules
