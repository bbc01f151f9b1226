"""`handouts review`: a signature is of one content, by a named person, for a time; and printing only what is signed."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import page
import pytest
import yaml

from handouts.resources import content_folder
from tests.sheet.measure import faults, headings, texts
from tests.walker import walk

BRIDGE = "exercises/low-back/bridge.yaml"
ANA = ("--patient", "Ana", "--exercise", "bridge")
BY = "Dana Reyes, PT 12345"
TODAY = dt.date.today()


@pytest.fixture
def own(alone):
    """A clinic's own library with its own copy of the bridge."""
    path = alone / "own" / BRIDGE
    path.parent.mkdir(parents=True)
    path.write_text((content_folder() / BRIDGE).read_text(encoding="utf-8"), encoding="utf-8")
    return alone / "own"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def sign(handouts, own):
    def signed(*items, by=BY, **options):
        more = [part for name, value in options.items() for part in (f"--{name}", value)]
        return handouts("review", "sign", *items, "--by", by, *more, "--library", own)

    return signed


def state(handouts, own, item):
    (found,) = handouts("review", "list", item, "--library", own, "--json").json
    return found["state"]


def waiting(ran):
    """The items that a refusal names, each with the command that shows it."""
    found = re.findall(r": ([a-z-]+/\S+?):? [^\n]*handouts review (?:sheet|changed) (\S+?)\)", ran.err)
    assert found
    assert all(one == shown for one, shown in found)
    return [one for one, _ in found]


def test_nothing_is_signed_until_somebody_signs(handouts):
    found = handouts("review", "list", "--json").json
    assert {one["state"] for one in found} == {"unsigned"}
    assert {one["kind"] for one in found} == {
        "exercise", "packet", "condition", "rule", "warning", "pain-scale", "translation",
    }  # fmt: skip
    assert not list(content_folder().glob("reviews"))
    assert handouts("show", "bridge", "--json").json["reviewed"]["state"] == "unsigned"


def test_a_signature_is_kept_as_yaml_with_what_was_signed(handouts, own, sign):
    ran = sign("exercise/glute bridge", on="2026-11-01")
    assert (ran.code, ran.out) == (0, f"{own}/reviews/exercise/bridge.yaml\n")
    (kept,) = yaml.safe_load(Path(ran.out.strip()).read_text(encoding="utf-8"))["signatures"]
    assert (kept["by"], kept["on"], kept["until"]) == (BY, "2026-11-01", "2028-11-01")
    assert kept["content"]["steps"][0].startswith("Tighten your belly.")
    assert kept["content"]["picture"]["base"] == "supine"
    assert len(kept["digest"]) == 64
    assert state(handouts, own, "exercise/bridge") == "signed"
    assert "exercise/bridge" not in handouts("review", "list", "--kind", "exercise", "--library", own).out


def test_the_record_of_a_handout_says_who_had_signed_what(handouts, own, sign):
    sign("exercise/bridge", on="2026-11-01")
    make = ("make", *ANA, "--date", "2026-11-22", "--library", own)
    assert handouts(*make, "-o", "a.pdf").code == 0
    signed = {"item": "exercise/bridge", "state": "signed", "by": BY, "on": "2026-11-01", "until": "2028-11-01"}
    assert handouts("show", "a.pdf", "--json").json["sign_offs"] == [signed]
    assert f"exercise/bridge: signed, {BY}, 2026-11-01, until 2028-11-01" in handouts("show", "a.pdf").out
    edit(own / BRIDGE, "dose: 3x15", "dose: 3x20")
    assert handouts(*make, "-o", "b.pdf").code == 0
    assert handouts("show", "b.pdf", "--json").json["sign_offs"] == [signed | {"state": "changed"}]


def test_what_is_changed_after_it_was_signed_is_named_line_by_line(handouts, own, sign):
    sign("exercise/bridge", "rule/osteoporosis-back-arch")
    assert handouts("review", "changed", "--library", own).out == ""
    edit(own / BRIDGE, "name: Bridge", "name:   'Bridge'  # set out in another way")
    assert state(handouts, own, "exercise/bridge") == "signed"
    edit(own / BRIDGE, "dose: 3x15", "dose: 3x20")
    assert state(handouts, own, "exercise/bridge") == "changed"
    ran = handouts("review", "changed", "--library", own)
    assert ran.out.startswith(f"exercise/bridge: not what {BY} signed on {TODAY}\n")
    lines = [line.strip() for line in ran.out.splitlines() if line.strip()[:1] in "+-" and line.strip()[1:2] != " "]
    assert lines == ["-dose: 3x15 rest 60s", "+dose: 3x20 rest 60s"]
    (found,) = handouts("review", "changed", "--library", own, "--json").json
    assert "+dose: 3x20 rest 60s" in found["lines"]
    assert sign("exercise/bridge").code == 0
    assert handouts("review", "changed", "--library", own, "--json").json == []


def test_a_picture_and_a_movement_are_part_of_what_is_signed(handouts, own, sign):
    for old, new in (("view: [-80, 10]", "view: [-70, 10]"), ("long-hold, ", "")):
        sign("exercise/bridge")
        edit(own / BRIDGE, old, new)
        assert state(handouts, own, "exercise/bridge") == "changed"


def test_a_translation_is_signed_for_its_english(handouts, own, sign):
    assert sign("translation/es/bridge").code == 0
    item = "translation/es/exercise/bridge"
    assert state(handouts, own, item) == "signed"
    assert state(handouts, own, "exercise/bridge") == "unsigned"
    edit(own / BRIDGE, "Lift only halfway.", "Lift half way.")
    assert state(handouts, own, item) == "changed"
    ran = sign("translation/es/tennis-elbow")
    assert ran.code == 3
    assert "translation/es/packet/tennis-elbow or translation/es/condition/tennis-elbow" in ran.err


def test_a_signature_runs_out(handouts, own, sign):
    sign("exercise/bridge", on="2024-02-29")
    (found,) = handouts("review", "list", "exercise/bridge", "--library", own, "--json").json
    assert (found["state"], found["until"]) == ("expired", "2026-02-28")
    sign("exercise/bridge", on="2026-11-01", until=str(TODAY))
    assert state(handouts, own, "exercise/bridge") == "signed"  # the last day still holds


def test_a_signature_changed_by_hand_is_void(handouts, own, sign):
    path = Path(sign("exercise/bridge").out.strip())
    edit(path, "dose: 3x15", "dose: 3x20")
    for command in (("check", own), ("review", "list", "exercise/bridge"), ("make", *ANA)):
        ran = handouts(*command, "--library", own)
        assert ran.code == 3
        assert "the content is not what was signed" in ran.out + ran.err


def test_what_is_gone_is_changed(handouts, own, sign):
    (own / BRIDGE).rename((own / BRIDGE).with_name("own-bridge.yaml"))
    sign("exercise/own-bridge")
    (own / BRIDGE).with_name("own-bridge.yaml").unlink()
    assert "-name: Bridge" in handouts("review", "changed", "--library", own, "--json").json[0]["lines"]


@pytest.mark.parametrize(
    ("item", "options", "said"),
    [
        ("exercise/bridge", {"by": "Dana Reyes"}, "the licence of Dana Reyes is missing"),
        ("exercise/bridge", {"by": ", PT"}, "the name is missing"),
        ("exercise/bridge", {"on": "2999-01-01"}, "is after today"),
        ("exercise/bridge", {"on": "2026-01-02", "until": "2026-01-01"}, "is before the signature"),
        ("exercise/brigde", {}, "did you mean exercise/bridge"),
        ("exercize/bridge", {}, "unknown kind 'exercize' (did you mean exercise?)"),
        ("bridge", {}, "not KIND/ID (did you mean exercise/bridge?)"),
        ("translation/fr/bridge", {}, "no translations into 'fr' (known: es)"),
    ],
)
def test_what_is_no_signature(own, sign, item, options, said):
    ran = sign("exercise/bird-dog", item, **options)
    assert ran.code == 3
    assert said in ran.err
    assert not (own / "reviews").exists()


def test_a_signature_needs_a_library_of_ones_own(handouts):
    ran = handouts("review", "sign", "exercise/bridge", "--by", BY)
    assert ran.code == 3
    assert "handouts new library" in ran.err
    assert handouts("review", "sign", "exercise/bridge").code == 2
    assert handouts("review", "list", "--by", BY).code == 2


def test_only_what_is_signed_is_printed_where_the_clinic_says_so(handouts, own, sign, program):
    settings = Path("config.yaml")
    settings.write_text("library: own\nrequire_reviewed: true\npaper: a4\nlanguage: en\n")
    arguments = ("--config", settings, "make", program(language="es"), "--force", "-o", "ana.pdf")
    ran = handouts(*arguments)
    assert ran.code == 3
    assert not Path("ana.pdf").exists()
    parts = waiting(ran)
    assert {"exercise/bridge", "translation/es/exercise/bridge", "pain-scale/usual"} <= set(parts)
    assert sign(*parts[1:], config=settings).code == 0
    assert waiting(handouts(*arguments)) == parts[:1]
    sign(parts[0])
    assert handouts(*arguments).code == 0
    assert f"Revisado por {BY}" in " ".join(texts(Path("ana.pdf").read_bytes()))
    roster = Path("roster.csv")
    roster.write_text("name,id,exercises,language\nAna,1,bridge,es\nBo,2,bird-dog,es\n")
    ran = handouts("--config", settings, "batch", roster, "-o", "out/")
    assert ran.code == 6
    assert "roster.csv:3:1: exercise/bird-dog is not signed off" in ran.err
    assert handouts("--config", settings, "revise", "ana.pdf", "--add", "bird-dog").code == 3
    assert handouts("--config", settings, "packet", "neck-pain").code == 3
    edit(own / BRIDGE, "dose: 3x15", "dose: 3x20")
    assert "exercise/bridge has changed since Dana Reyes" in handouts(*arguments).err


def test_a_rule_that_was_weakened_is_not_passed_over(handouts, own, sign):
    """It no longer fires: nothing on the sheet would tell."""
    made = ("make", "--patient", "Ana", "--exercise", "bird-dog", "--condition", "osteoporosis", "--library", own)
    parts = waiting(handouts(*made, "--require-reviewed", "-o", "ana.pdf"))
    assert "rule/osteoporosis-loaded-curl" in parts
    sign(*parts)
    assert handouts(*made, "--require-reviewed", "-o", "ana.pdf").code == 0
    rule = "{id: osteoporosis-loaded-curl, condition: osteoporosis, verdict: caution, exercises: [superman]"
    (own / "rules.yaml").write_text(f"rules:\n- {rule}, reason: ours, advice: Slowly., source: pt-usual}}\n")
    ran = handouts(*made, "--require-reviewed", "-o", "ana.pdf")
    assert waiting(ran) == ["rule/osteoporosis-loaded-curl"]
    (own / "rules.yaml").write_text("rules:\n- {id: osteoporosis-loaded-curl, removed: Ours.}\n")
    ran = handouts(*made, "--require-reviewed", "-o", "ana.pdf")
    assert "rule/osteoporosis-loaded-curl was signed, and is no longer in the library" in ran.err


def test_an_expired_part_is_not_printed_and_not_called_reviewed(handouts, own, sign, program):
    required = ("make", program(), "--library", own, "--require-reviewed", "--force", "-o", "ana.pdf")
    parts = waiting(handouts(*required))
    sign(*parts, on="2026-11-01", until=str(TODAY))
    assert handouts(*required).code == 0
    assert "Reviewed by" in " ".join(texts(Path("ana.pdf").read_bytes()))
    later = str(TODAY + dt.timedelta(days=1))
    ran = handouts(*required, "--date", later)
    assert ran.code == 3
    assert f"exercise/bridge: the signature of {BY} ended on {TODAY}" in ran.err
    made = [one for one in required if one != "--require-reviewed"]
    assert handouts(*made, "--date", later).code == 0
    assert "Reviewed by" not in " ".join(texts(Path("ana.pdf").read_bytes()))


def test_the_sheet_has_what_a_reviewer_needs(handouts, own, sign):
    sign("exercise/bridge")
    items = ("exercise/bridge", "packet/low-back-starter", "condition/osteoporosis", "rule/osteoporosis-back-arch")
    items += ("warning/cauda-equina", "pain-scale/usual", "translation/es/exercise/bridge")
    ran = handouts("review", "sheet", *items, "--library", own, "--json")
    assert ran.json["items"] == list(items)
    pdf = Path("review.pdf").read_bytes()
    assert page.validate_pdf_bytes(pdf).is_compliant
    assert walk(pdf).problems == []
    assert [fault for fault in faults(pdf, None) if "a shape" not in fault] == []
    assert len(headings(pdf)) == 1 + len(items)
    told = " ".join(texts(pdf))
    needed = ("3 sets of 15", "Lift your hips until", "Forbidden with:", "Source palm-wellness-back:", "Puente")
    for said in (*needed, "Exercises that it concerns:", f"signed by {BY}", "Name", "Licence", "Date"):
        assert said in told
    assert len(pdf) < 120_000


def test_filters(handouts):
    def items(*arguments):
        return [one["item"] for one in handouts("review", "list", "--json", *arguments).json]

    knee = items("--region", "knee", "--kind", "exercises")
    assert "exercise/quad-set" in knee
    assert "exercise/bridge" not in knee
    assert all(one.startswith("translation/es/") for one in items("--language", "es", "--region", "neck"))
    Path("config.yaml").write_text("language: es\npaper: a4\n")
    assert "exercise/bridge" in items("--kind", "exercise", "--config", "config.yaml")
    for wrong in (("--kind", "exercize"), ("--region", "nek"), ("--language", "xx")):
        assert handouts("review", "list", *wrong).code == 3
