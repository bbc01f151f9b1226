"""A clinic's own content: starting files, pictures, rules stricter and looser, clinics and their sites."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from PIL import Image

from tests.walker import walk

OUR_LIFT = """
name: Our lift
region: low-back
goal: strength
position: supine
sides: leg
movements: [lying-on-back]
dose: 1x10 each side
dose_source: pt-usual
dose_basis: recalled
purpose: Makes your leg strong.
setup: Lie on your back.
steps: [Lift your leg., Lower your leg.]
feel: Your leg works.
picture: {file: our-lift.jpg, shows: left, alt: {en: She lifts her left leg.}}
"""


def photo(left: str = "red", right: str = "blue", kind: str = "JPEG", **notes) -> bytes:
    image = Image.new("RGB", (400, 300), left)
    image.paste(right, (200, 0, 400, 300))
    file = BytesIO()
    image.save(file, kind, **notes)
    return file.getvalue()


@pytest.fixture
def lift(own) -> Path:
    own("exercises/low-back/our-lift.jpg", photo())
    return own("exercises/low-back/our-lift.yaml", OUR_LIFT)


# Starting files


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "name", "path"),
    [
        ("exercise", "Sofa Bridge", "exercises/low-back/sofa-bridge.yaml"),
        ("packet", "our-start", "packets/our-start.yaml"),
        ("clinic", "Harbor PT", "clinics/harbor-pt.yaml"),
        ("program", "José Núñez: a “test”", "jose-nunez-a-test.yaml"),
    ],
)
def test_a_starting_file_is_commented_and_accepted(handouts, what, name, path):
    ran = handouts("new", what, name)
    assert (ran.code, ran.out) == (0, f"{path}\n")
    assert Path(path).read_text(encoding="utf-8").count("#") > 5
    assert handouts("check", path).code == 0
    assert handouts("new", what, name).code in (3, 5)


@pytest.mark.slow
def test_a_new_exercise_starts_from_another_and_can_be_printed(handouts):
    assert handouts("new", "exercise", "our wall slide", "--like", "wall-sit").code == 0
    made = handouts("make", "--patient", "X", "--exercise", "our-wall-slide", "--library", ".", "-o", "a.pdf")
    assert made.code == 0
    assert "unknown exercise" in handouts("new", "exercise", "another", "--like", "wall-sitt").err
    assert handouts("new", "exercise", "bridge").code == 3


@pytest.mark.slow
def test_a_new_library(handouts):
    assert handouts("new", "library", "ours").code == 0
    assert handouts("check", "ours").code == 0
    assert handouts("new", "clinic", "Harbor", "--library", "ours").out == "ours/clinics/harbor.yaml\n"
    assert handouts("check", "--library", "ours").code == 0
    assert handouts("new", "library", "ours").code == 5


# Pictures


def shown(path: str) -> Image.Image:
    with pikepdf.open(path) as pdf:
        images = [image for one in pdf.pages for image in one.get_images().values()]
        return pikepdf.PdfImage(images[0]).as_pil_image().convert("RGB")


def alts(path: str) -> list[str]:
    told = walk(Path(path).read_bytes())  # its elements live as long as it does
    return [str(one.Alt) for one in told.dictionaries if "/Alt" in one]


def made(handouts, folder: Path, *how: str) -> str:
    ran = handouts(
        "make", "--patient", "X", "--exercise", f"our-lift {how[0]}", *how[1:], "--library", folder, "-o", "a.pdf"
    )
    assert ran.code == 0, ran.err
    data = Path("a.pdf").read_bytes()
    assert page.validate_pdf_bytes(data).is_compliant
    assert walk(data).problems == []
    return "a.pdf"


def test_a_picture_is_shown_with_its_own_words(handouts, lift):
    path = made(handouts, lift, "left")
    assert shown(path).getpixel((20, 20))[0] > 200
    assert "She lifts her left leg." in alts(path)


def test_a_picture_is_mirrored_for_the_other_side_and_told_in_other_words(handouts, lift):
    path = made(handouts, lift, "right")
    assert shown(path).getpixel((20, 20))[2] > 200
    assert not any("left" in alt for alt in alts(path))


def test_a_picture_without_ink(handouts, lift):
    red, green, blue = shown(made(handouts, lift, "left", "--ink-saver")).getpixel((20, 20))
    assert max(red, green, blue) - min(red, green, blue) < 4


def test_a_photo_does_not_say_where_it_was_taken(handouts, lift, own):
    notes = Image.Exif()
    notes[0x010E] = "Taken at home"
    own("exercises/low-back/our-lift.jpg", photo(exif=notes))
    with pikepdf.open(made(handouts, lift, "left")) as pdf:
        assert not any(b"Taken" in image.read_raw_bytes() for one in pdf.pages for image in one.get_images().values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ("{file: ../our-lift.jpg, shows: left, alt: {en: A leg.}}", "is not a picture beside the exercise"),
        ("{file: other.jpg, shows: left, alt: {en: A leg.}}", "no file 'other.jpg' beside it"),
        ("{file: our-lift.jpg, alt: {en: A leg.}}", "'shows' is missing"),
        ("{file: our-lift.jpg, shows: left}", "'alt' is missing"),
        ("{file: our-lift.jpg, shows: left, alt: {es: Una pierna.}}", "'en' is missing"),
        ("{file: our-lift.gif, shows: left, alt: {en: A leg.}}", "is not a picture beside the exercise"),
        ("{file: outside.jpg, shows: left, alt: {en: A leg.}}", "leads out of the library's folder"),
        ("{file: half.jpg, shows: left, alt: {en: A leg.}}", "is a JPEG file that is damaged or not whole"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_said(handouts, lift, own, alone, picture, told):
    (alone / "outside.jpg").write_bytes(photo())
    (lift / "exercises/low-back/outside.jpg").symlink_to(alone / "outside.jpg")
    own("exercises/low-back/half.jpg", photo()[:300])
    own("exercises/low-back/our-lift.yaml", OUR_LIFT.split("picture:")[0] + f"picture: {picture}\n")
    ran = handouts("check", lift)
    assert (ran.code, told in ran.out) == (3, True)


# Rules

LOOSER = {
    "removed": "{id: osteoporosis-loaded-curl, removed: Our physician clears each patient.}",
    "weaker": "{id: osteoporosis-loaded-curl, condition: osteoporosis, verdict: caution, exercises: [partial-curl],"
    " reason: Ours., advice: Go slowly., source: pt-usual}",
    "hidden": "{id: our-curl, condition: osteoporosis, verdict: caution, exercises: [partial-curl], reason: Ours.,"
    " advice: Go slowly., source: pt-usual}",
}


@pytest.mark.parametrize("rule", LOOSER)
def test_a_looser_rule_is_shown_as_such(handouts, own, rule):
    folder = own("rules.yaml", f"rules:\n  - {LOOSER[rule]}\n")
    told = "looser than the built-in rules: partial-curl with osteoporosis: contraindicated there"
    checked = handouts("check", folder, "--json")
    assert (checked.code, len(checked.json["looser"]) >= 1, told in checked.err) == (0, True, True)
    screened = handouts("screen", "--exercise", "partial-curl", "--condition", "osteoporosis", "--library", folder)
    assert told in screened.err
    assert (
        told not in handouts("screen", "--exercise", "partial-curl", "--condition", "glaucoma", "--library", folder).err
    )


def test_a_stricter_rule_is_simply_applied(handouts, own):
    what = "id: our-own, condition: glaucoma, verdict: contraindicated, every: true"
    rule = f"{{{what}, reason: Ours., advice: No., source: pt-usual}}"
    folder = own("rules.yaml", f"rules:\n  - {rule}\n")
    assert handouts("check", folder, "--json").json["looser"] == []
    assert handouts("screen", "--exercise", "heel-raise", "--condition", "glaucoma", "--library", folder).code == 4


def test_a_rule_that_is_not_there_cannot_be_removed(handouts, own):
    folder = own("rules.yaml", "rules:\n  - {id: no-such-rule, removed: Why not.}\n")
    assert "there is no rule" in handouts("check", folder).out


@pytest.mark.slow
def test_fewer_movements_on_an_exercise_are_looser_too(handouts, own):
    built_in = Path(__file__).parents[2] / "content/exercises/low-back/partial-curl.yaml"
    lines = built_in.read_text(encoding="utf-8").splitlines()
    changed = ["movements: [lying-on-back]" if line.startswith("movements:") else line for line in lines]
    own("rules.yaml", "rules:\n  - {id: osteoporosis-loaded-curl, removed: See the exercise.}\n")
    folder = own("exercises/low-back/partial-curl.yaml", "\n".join(changed) + "\n")
    assert any("partial-curl with osteoporosis" in line for line in handouts("check", folder, "--json").json["looser"])


@pytest.mark.slow
def test_a_packet_that_refuses_less_is_looser(handouts, own):
    text = (Path(__file__).parents[2] / "content/packets/low-back-starter.yaml").read_text(encoding="utf-8")
    refused = text.index("- {condition: osteoporosis,")
    folder = own("packets/low-back-starter.yaml", text[:refused] + text[text.index("\n- {", refused) + 1 :])
    looser = handouts("check", folder, "--json").json["looser"]
    assert any("packet low-back-starter with osteoporosis" in line for line in looser)


# Clinics

HARBOR = """
name: Harbor PT
phone: (813) 555-0100
letterhead: {en: A service of Harbor Health}
licences: {en: License PT12345}
closing: {en: We are here for you.}
colour: "#F7C6D9"
paper: a4
log_weeks: 2
"""


def test_a_site_is_the_clinic_with_its_own_contacts(handouts, own):
    own("clinics/harbor.yaml", HARBOR)
    folder = own("clinics/harbor-north.yaml", "site_of: harbor\nphone: (813) 555-0200\naddress: 4 North Street\n")
    make = ("make", "--patient", "X", "--exercise", "bridge", "--clinic", "harbor-north", "--library", folder)
    ran = handouts(*make, "-o", "a.pdf")
    from pypdf import PdfReader

    first, *rest = [" ".join(one.extract_text().split()) for one in PdfReader("a.pdf").pages]
    for said in ("Harbor PT", "(813) 555-0200", "4 North Street", "A service of Harbor Health", "License PT12345"):
        assert said in first
    assert "We are here for you." in " ".join(rest)
    assert "555-0100" not in first
    assert float(PdfReader("a.pdf").pages[0].mediabox.width) == pytest.approx(595.3, abs=0.1)
    assert "the clinic's colour #F7C6D9 is printed as" in ran.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('country: GB\nemergency: "911"', "'911' is not the emergency number of country 'GB' (in GB it is 999 or 112)"),
        ('country: gb\nemergency: "911"', "is not the emergency number"),
        ('emergency: "112"', "is not the emergency number of country 'US'"),
        ("country: ZZ", "no emergency number is known for country 'ZZ'"),
        ("site_of: nobody", "unknown clinic 'nobody'"),
        ("site_of: bad", "unknown clinic 'bad'"),
        ("figures: [dark, ligt]", "bad.yaml:2:17: unknown skin 'ligt' (did you mean light?)"),
        ("figures: dark", "bad.yaml:2:10: expected a list"),
    ],
)
def test_a_clinic_that_would_mislead_is_refused(handouts, own, lines, told):
    folder = own("clinics/bad.yaml", f"name: Bad\n{lines}\n")
    ran = handouts("check", folder)
    assert (ran.code, told in ran.out) == (3, True)


def test_a_clinic_chooses_the_skins_in_its_pictures(handouts, own):
    make = ("make", "--patient", "X", "--exercise", "bridge", "--format", "html", "--clinic", "ours", "--force")
    light, dark = "#f6dec9", "#835c44"
    for lines, seen, unseen in (("", light, dark), ("figures: [dark]", dark, light)):
        folder = own("clinics/ours.yaml", f"name: Ours\n{lines}\n")
        handouts(*make, "--library", folder, "-o", "a.html")
        shown = Path("a.html").read_text(encoding="utf-8")
        assert (seen in shown, unseen in shown) == (True, False)


@pytest.mark.parametrize(("lines", "number"), [("country: GB", "999"), ('country: GB\nemergency: "112"', "112")])
def test_the_emergency_number_is_the_country_s(handouts, own, lines, number):
    folder = own("clinics/ours.yaml", f"name: Ours\n{lines}\n")
    handouts("make", "--patient", "X", "--exercise", "bridge", "--clinic", "ours", "--library", folder, "-o", "a.pdf")
    from pypdf import PdfReader

    text = " ".join(word for one in PdfReader("a.pdf").pages for word in one.extract_text().split())
    assert f"Call {number} now" in text
    assert "911" not in text


def test_a_handout_of_what_the_library_has_no_more(handouts, own):
    """Nothing stands in for it: another exercise of a near name is another exercise."""
    own("clinics/old-name.yaml", "name: Old Name\nphone: (813) 555-0100\n")
    library = ("--library", "own")
    assert handouts("new", "exercise", "Sofa bridge", "--like", "bridge", *library).code == 0
    sofa = next(Path("own").rglob("sofa-bridge.yaml"))
    made = ("make", "--patient", "Ana", "--exercise", "clamshell", "--clinic", "old-name", *library)
    handouts(*made, "-o", "a.pdf", "--date", "2026-11-01")
    handouts(*made, "-o", "b.pdf", "--date", "2026-11-01", "--exercise", "sofa-bridge")
    sofa.unlink()
    Path("own/clinics/old-name.yaml").rename("own/clinics/new-name.yaml")
    Path("own/clinics/new-name.yaml").write_text("name: New Name\nphone: (813) 555-0100\n")
    renamed = handouts("revise", "a.pdf", "--clinic", "new-name", *library, "--date", "2026-11-08", "-o", "c.pdf")
    assert (renamed.code, handouts("show", "c.pdf", "--json").json["clinic"]) == (0, "new-name")
    gone = handouts("revise", "b.pdf", "--clinic", "new-name", *library)
    told = "b.pdf: unknown exercise 'sofa-bridge': the library has it no more (give the library"
    assert (gone.code, told in gone.err) == (3, True)
    assert "sofa-bridge 3x15" in handouts("find", "sofa", *library).out
