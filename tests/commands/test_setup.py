"""`handouts setup`: from nothing to a clinic that every command uses, and again without losing a line."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest

from handouts.resources import content_folder

from .conftest import BRIDGE

LOGO = content_folder() / "clinics" / "palm-wellness.svg"
GIVEN = ("--name", "Harbor PT", "--phone", "(813) 555-0100")


@pytest.fixture(autouse=True)
def unproved(monkeypatch, request):
    """Laying out the shortest packet in both prints takes a second: only the first test proves the clinic's sheet."""
    if request.node.name != "test_once_set_up_every_command_uses_the_clinic":
        monkeypatch.setattr("handouts.cli.setup.clinic_problems", lambda *_: ())


@pytest.fixture
def settings(tmp_path):
    return tmp_path / "settings" / "handouts"


def test_once_set_up_every_command_uses_the_clinic(handouts, settings):
    options = ("--hours", "Lun 8-6", "--paper", "A4", "--language", "Spanish", "--colour", "0F5B52", "--logo", LOGO)
    ran = handouts("setup", *GIVEN, *options, "--yes")
    assert ran.code == 0
    assert [Path(line).name for line in ran.out.splitlines()] == ["harbor-pt.yaml", "config.yaml", "sample-handout.pdf"]
    assert (settings / "library/sample-handout.pdf").read_bytes().startswith(b"%PDF-")
    assert (settings / "library/clinics" / LOGO.name).exists()
    program = handouts("screen", *BRIDGE, "--json").json["program"]
    assert (program["clinic"], program["language"]) == ("harbor-pt", "es")
    shown = {one["name"]: one for one in handouts("config", "--json").json}
    assert shown["clinic"]["from"].startswith(str(settings / "config.yaml"))
    schema = (settings / "config.yaml").read_text().splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert Path(url2pathname(urlparse(schema).path)).is_file()
    assert "es: Lun 8-6" in (settings / "library/clinics/harbor-pt.yaml").read_text()


def test_setting_up_again_keeps_what_was_written_by_hand(handouts, settings, monkeypatch):
    assert handouts("setup", *GIVEN, "--yes").code == 0
    clinic = settings / "library/clinics/harbor-pt.yaml"
    by_hand = clinic.read_text().replace("# licences:", "licences:") + "# our own remark\n"
    clinic.write_text(by_hand)
    rules = settings / "library/rules.yaml"
    rules.write_text("# ours\nrules: []\n")
    config = settings / "config.yaml"
    config.write_text("paper: letter   # our printer\n" + config.read_text())
    assert handouts("setup", "--yes").code == 0
    assert clinic.read_text() == by_hand
    # name, language, phone (a new one), address, hours, web, logo, colour, paper, and a number that will not do first
    answers = "\n\n(813) 555-0199\n-\n\n\n\nred\n#123456\n\nx\n911\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    ran = handouts("setup")
    assert ran.code == 0
    assert "'red' is not a colour" in ran.err
    text = clinic.read_text()
    assert '\nphone: "(813) 555-0199"' in text
    assert '\ncolour: "#123456"          # in quotes' in text
    assert "\nlicences: {en: License PT12345}" in text
    assert text.endswith("# our own remark\n")
    assert rules.read_text() == "# ours\nrules: []\n"
    assert config.read_text().startswith("paper: letter   # our printer\n")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--yes",), 2, "--name"),
        ((*GIVEN, "--colour", "red", "--yes"), 3, "--colour: 'red' is not a colour"),
        ((*GIVEN, "--emergency", "112", "--yes"), 3, "--country"),
        ((*GIVEN, "--emergency", "912", "--yes"), 3, "--emergency: '912' is not the emergency number of country 'US'"),
        ((*GIVEN, "--logo", "nowhere.svg", "--yes"), 5, "nowhere.svg"),
        ((*GIVEN, "--language", "Klingon", "--yes"), 3, "--language: unknown language 'Klingon'"),
        ((*GIVEN, "--paper", "a5", "--yes"), 2, "a5"),
    ],
)
def test_what_will_not_do_writes_nothing(handouts, settings, options, code, said):
    ran = handouts("setup", *options)
    assert ran.code == code
    assert said in ran.err
    assert not settings.exists()


def test_a_file_that_cannot_lie_beside_the_clinics_is_told_with_its_place(handouts, settings):
    clinic = settings / "library/clinics/harbor-pt.yaml"
    clinic.parent.mkdir(parents=True)
    clinic.write_text("name: Harbor PT\nlogo: a/b.svg\nnotices_pdf: [a]\nnotices: {en: Call us.}\n")
    ran = handouts("setup", *GIVEN, "--yes")
    assert ran.code == 3
    assert "harbor-pt.yaml:2:7: the logo must lie beside the clinic's file" in ran.err
    assert "harbor-pt.yaml:3:14: expected text, found a list" in ran.err


def test_a_number_that_belongs_to_one_country_names_it(handouts, settings):
    assert handouts("setup", *GIVEN, "--emergency", "999", "--yes").code == 0
    assert "country: GB" in (settings / "library/clinics/harbor-pt.yaml").read_text()


def test_without_a_phone_the_clinician_is_told_every_time(handouts):
    assert "no phone" in handouts("setup", "--name", "Harbor PT", "--yes").err
    for command in (("screen", *BRIDGE), ("make", *BRIDGE), ("packet", "neck-pain")):
        assert "'harbor-pt' has no phone" in handouts(*command).err
    assert "phone" not in handouts("screen", *BRIDGE, "--clinic", "palm-wellness").err
    assert "the clinic's phone, 'the desk', is no number" in handouts("setup", "--phone", "the desk", "--yes").err


def test_a_named_library_and_configuration(handouts, alone):
    ran = handouts("--config", "our.yaml", "setup", "--library", "ours", *GIVEN, "--yes")
    assert ran.code == 0
    assert (alone / "ours/clinics/harbor-pt.yaml").exists()
    assert handouts("--config", "our.yaml", "screen", *BRIDGE, "--json").json["program"]["clinic"] == "harbor-pt"


def test_the_only_clinic_of_a_library_is_the_default(handouts, alone):
    handouts("new", "library", "ours")
    handouts("new", "clinic", "Harbor", "--library", "ours")
    assert handouts("screen", *BRIDGE, "--library", "ours", "--json").json["program"]["clinic"] == "harbor"
    shutil.copy(alone / "ours/clinics/harbor.yaml", alone / "ours/clinics/second.yaml")
    assert handouts("screen", *BRIDGE, "--library", "ours", "--json").json["program"]["clinic"] is None
