"""The whole way on the page, as plain forms: find, add, conflict, replace, override, undo, save, the next visit."""

from __future__ import annotations

import datetime as dt
import io
import stat

import pytest

from handouts.cli.run import run
from handouts.dose import format_dose
from handouts.drafting.draft import Draft
from handouts.pdf.reading import read_attached_program
from handouts.prescription import read_program
from handouts.rendering import render
from handouts.web.app import create_app
from handouts.web.draft_store import DraftStore
from tests.web.conftest import ACCESS, Page, begun


def test_a_search_finds_in_any_language_and_marks_what_is_forbidden(browser):
    spanish = browser.page("?q=dolor+de+rodilla")
    assert "add-heel-slide" in spanish.ids
    browser.do("condition", condition="osteoporosis")
    assert "NOT with osteoporosis" in browser.page("?q=partial-curl").words
    safe = browser.page("?q=partial-curl&safe=1")
    assert "add-partial-curl" not in safe.ids
    assert "packet-neck-pain" in browser.page("?q=neck").ids
    browser.do("condition", condition="cauda-equina-suspected")
    assert "packet-neck-pain" not in browser.page("?q=neck&safe=1").ids
    browser.press("undo")
    knee = browser.page("?region=knee&equipment=none&more=1")
    assert knee.ids.count("find") == 1
    assert "add-bridge" not in knee.ids
    assert any(one.startswith("add-") for one in knee.ids)
    assert browser.get("/picture/bridge.svg").data.startswith(b"<svg")


def test_what_is_contraindicated_is_told_with_reason_source_and_neighbours_and_never_saved(browser):
    begun(browser, "partial-curl")
    page = browser.do("condition", condition="osteoporosis")
    assert "NOT with osteoporosis" in page.words
    assert "Source:" in page.words
    assert any(one.startswith("instead-partial-curl-1-") for one in page.ids)
    for button in ("save-pdf", "save-program"):
        refused = browser.press(button)
        assert refused.status_code == 422
        assert "refused for safety: partial-curl with osteoporosis" in refused.text
    assert browser.get(f"{browser.at}/handout.pdf").status_code == 422
    assert browser.get(f"{browser.at}/page-1.png").status_code == 404
    other = next(one for one in page.ids if one.startswith("instead-")).removeprefix("instead-partial-curl-1-")
    page = browser.do("swap", exercise="partial-curl", instead=other)
    assert f"dose-{other}" in page.ids
    assert browser.press("save-pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("", "Done lying flat, discussed"),
        ("Dana Reyes, PT", ""),
        ("Dana Reyes, PT", "ok"),
        ("Lee Park", "Done lying flat"),
    ],
)
def test_an_override_needs_a_name_and_a_reason(browser, by, reason):
    begun(browser, "partial-curl")
    browser.do("condition", condition="osteoporosis")
    given = {"item": "partial-curl", "condition": "osteoporosis", "by": by, "reason": reason}
    assert browser.post(f"{browser.at}/do/override", given).status_code == 422
    assert browser.press("save-pdf").status_code == 422


def test_an_override_is_kept_with_its_name(browser, tmp_path):
    begun(browser, "partial-curl")
    browser.do("condition", condition="osteoporosis")
    why = {"condition": "osteoporosis", "by": "Dana Reyes, PT", "reason": "Done lying flat, no bending"}
    assert "In spite of osteoporosis" in browser.do("override", item="partial-curl", **why).words
    path = tmp_path / "ana.pdf"
    path.write_bytes(browser.press("save-pdf").data)
    kept = read_attached_program(path)["overrides"]["partial-curl"]["osteoporosis"]
    assert (kept["reason"], kept["by"]) == ("Done lying flat, no bending", "Dana Reyes, PT")


def test_a_red_flag_is_never_overridden(browser):
    begun(browser, "bridge")
    page = browser.do("condition", condition="cauda-equina-suspected")
    assert not [one for one in page.ids if one.startswith("override-")]
    why = {"item": "bridge", "condition": "cauda-equina-suspected", "by": "Dana", "reason": "I know this patient"}
    assert browser.post(f"{browser.at}/do/override", why).status_code == 422


def test_a_child_is_refused_until_somebody_decides(browser, library):
    begun(browser, "bridge", age="15")
    assert browser.press("save-pdf").status_code == 422
    browser.do("override", item="age", condition="under-18", by="Dana Reyes", reason="Told by the school doctor")
    assert browser.press("save-pdf").data.startswith(b"%PDF")
    # What comes later begins gently too, and the saved file says so.
    browser.do("add", exercise="heel-raise")
    gentle = format_dose(library.exercise("heel-raise").dose_levels["gentle"])
    assert f"heel-raise: {gentle}" in browser.press("save-program").text
    assert browser.post(f"{browser.at}/do/set", {"age": "14"}).status_code == 200
    assert browser.press("save-pdf").status_code == 422
    assert "age and a date" not in browser.do("set", age="", born="2000-01-01").words


def test_every_step_can_be_taken_back_and_done_again(browser):
    begun(browser, "bridge", "heel-raise")
    moved = browser.do("move", exercise="heel-raise", place="1")
    assert moved.ids.index("dose-heel-raise") < moved.ids.index("dose-bridge")
    assert "lies down once: Bridge, Heel raise." in moved.words  # the order of the cards is another
    back = Page(browser.press("undo").text)
    assert "lies down once" not in back.words
    assert back.ids.index("dose-bridge") < back.ids.index("dose-heel-raise")
    again = Page(browser.press("redo").text)
    assert again.ids.index("dose-heel-raise") < again.ids.index("dose-bridge")


def test_a_dose_is_read_while_it_is_typed_and_a_wrong_one_changes_nothing(browser):
    begun(browser, "bridge", "clamshell")
    assert "3 sets of 12." in browser.get(f"{browser.at}/dose?exercise=bridge&dose=3x12").text
    browser.do("add", exercise="walking")
    browser.do("condition", condition="cardiac-event-recent")
    assert "5 minutes" in browser.get(f"{browser.at}/dose?exercise=walking&dose=for 30min").text  # as it is printed
    answer = browser.post(f"{browser.at}/do/dose", {"exercise": "bridge", "dose": "3x0"})
    assert answer.status_code == 422
    assert "dose of bridge" in answer.text
    browser.do("dose", exercise="clamshell", dose="2x8 each side")
    shown = browser.do("dose", exercise="clamshell", side="left")
    (dose,) = (one["value"] for one in shown.all("input") if one.get("id") == "dose-clamshell")
    assert dose is not None
    assert dose.startswith("2x8")
    assert "left" in dose


def test_the_pdf_is_what_make_writes_of_the_saved_program(browser, library, tmp_path):
    begun(browser, "bridge", "clamshell")
    browser.do("packet", packet="low-back-starter")
    browser.do("drop", exercise="superman")
    browser.do("dose", exercise="bridge", dose="3x12 rest 60s")
    browser.do("note", exercise="bridge", note="Slowly: no pain, please.")
    browser.do("condition", condition="knee-replacement-recent week 20 left", limits="No kneeling")
    browser.do("move", exercise="clamshell", place="1")
    browser.do("set", language="es", paper="a4", weeks="2", flags="large ink punch", ink="yes")
    pdf = browser.press("save-pdf")
    assert pdf.headers["Content-Disposition"].startswith("attachment; filename=A-7-")
    assert "Ana" not in pdf.headers["Content-Disposition"]
    program = tmp_path / "ana.yaml"
    program.write_bytes(browser.press("save-program").data)
    made = render(read_program(program, library, date=dt.date(2020, 1, 1)), library)
    assert pdf.data == made.pdf
    assert f"Page 1 of {made.pages}" in browser.get(f"{browser.at}/pages").text
    assert browser.get(f"{browser.at}/page-1.png").data.startswith(b"\x89PNG")


def test_a_draft_is_private_survives_and_goes_with_the_saved_program(browser):
    begun(browser, "bridge")
    (file,) = browser.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Ana Ruiz (A-7), 1 exercise," in Page(browser.get("/").text).words
    browser.press("save-program")
    assert not file.exists()
    browser.do("add", exercise="heel-raise")
    assert file.exists()
    browser.press("close")
    assert not file.exists()
    assert browser.get(browser.at).status_code == 404


def test_a_pdf_is_locked_with_a_password_given_twice(browser, tmp_path):
    begun(browser, "bridge")
    assert browser.press("save-pdf", password="one", again="two").status_code == 422
    path = tmp_path / "locked.pdf"
    path.write_bytes(browser.press("save-pdf", password="olive tree", again="olive tree").data)
    assert read_attached_program(path, "olive tree")["patient"]["name"] == "Ana Ruiz"
    for password, words in (("", "is locked: give its password"), ("oak", "the password does not open it")):
        with path.open("rb") as locked:
            answer = browser.post("/next-visit", {"handout": (locked, "locked.pdf"), "password": password})
        assert Page(answer.text).words.count(f"Not opened: {words} ") == 1


def test_the_side_that_the_page_shows_is_the_one_that_is_printed(browser, tmp_path):
    """A condition sets the side of an exercise until the clinician does, whatever dose was typed."""
    begun(browser)
    browser.do("condition", condition="knee-replacement-recent since 2026-11-01 left")
    browser.do("add", exercise="straight-leg-raise")
    path = tmp_path / "knee.pdf"
    for form, side, line in (
        ({"dose": "2x8"}, "left", "2 sets of 8, left leg only."),
        ({"side": "each side"}, "each side", "2 sets of 8 each leg."),
        ({"dose": "2x10"}, "each side", "2 sets of 10 each leg."),
        ({"side": "right"}, "right", "2 sets of 10, right leg only."),
        ({"dose": "2x12"}, "right", "2 sets of 12, right leg only."),
    ):
        assert line in browser.do("dose", exercise="straight-leg-raise", **form).words
        path.write_bytes(browser.press("save-pdf").data)
        [printed] = read_attached_program(path)["exercises"]
        assert f"rest 60s {side} " in printed["straight-leg-raise"]["dose"]
    assert "right leg only" in browser.do("swap", exercise="straight-leg-raise", instead="short-arc-quad").words


def test_the_next_visit_starts_from_the_handout_and_tells_what_has_changed(browser, tmp_path):
    begun(browser, "bridge", "partial-curl", "heel-raise")
    browser.do("condition", condition="osteoporosis")
    why = {"condition": "osteoporosis", "by": "Dana Reyes, PT", "reason": "Done lying flat, no bending"}
    browser.do("override", item="partial-curl", **why)
    old = browser.press("save-pdf").data
    browser.at = browser.post("/next-visit", {"handout": (io.BytesIO(old), "old.pdf")}, follow=False).location
    assert "Nothing but the date." in browser.page().words
    # An override is for one visit.
    assert browser.press("save-pdf").status_code == 422
    browser.do("swap", exercise="partial-curl", instead="pelvic-tilt")
    browser.do("drop", exercise="heel-raise")
    page = browser.do("dose", exercise="bridge", dose="1x5")
    for change in ("swapped partial-curl for pelvic-tilt", "took out heel-raise", "bridge: "):
        assert change in page.words
    path = tmp_path / "next.pdf"
    path.write_bytes(browser.press("save-pdf").data)
    visits = read_attached_program(path)["history"]
    assert [change["kind"] for change in visits[1]["changes"]] == ["dose", "swapped", "taken-out"]


def test_the_next_visit_is_the_one_that_revise_makes(browser, tmp_path):
    begun(browser)
    browser.do("condition", condition="knee-replacement-recent since 2026-11-01 left")
    for exercise in ("quad-set", "heel-slide", "walking"):
        browser.do("add", exercise=exercise)
    old, new, revised = tmp_path / "old.pdf", tmp_path / "new.pdf", tmp_path / "revised.pdf"
    old.write_bytes(browser.press("save-pdf").data)
    with old.open("rb") as handout:
        browser.at = browser.post("/next-visit", {"handout": (handout, "old.pdf")}, follow=False).location
    browser.do("set", date="2026-12-06")
    browser.do("dose", exercise="quad-set", dose="2x10")
    browser.do("swap", exercise="walking", instead="sit-to-stand")
    new.write_bytes(browser.press("save-pdf").data)
    change = ["--dose", "quad-set=2x10", "--swap", "walking=sit-to-stand", "--date", "2026-12-06"]
    assert run(["revise", str(old), *change, "-o", str(revised)]) == 0
    assert new.read_bytes() == revised.read_bytes()
    browser.do("condition", condition="knee-replacement-recent right")
    new.write_bytes(browser.press("save-pdf").data)
    sides = [next(iter(one.values()))["dose"] for one in read_attached_program(new)["exercises"]]
    assert [" right " in side for side in sides] == [True, True, False]


def test_a_trimester_that_is_over_is_a_fault_of_the_next_visit(browser):
    begun(browser, "bridge", date="2020-06-01")
    browser.do("condition", condition="pregnancy-t2 week 20")
    old = browser.press("save-pdf").data
    opened = browser.post("/next-visit", {"handout": (io.BytesIO(old), "old.pdf")})
    assert "is for weeks 14 to 27" in Page(opened.text).words
    assert "Care with pregnancy-t2" in Page(opened.text).words
    browser.at = opened.request.path
    browser.do("drop-condition", condition="pregnancy-t2")
    assert "Done" in browser.do("condition", condition="pregnancy-t3").words
    assert browser.press("save-pdf").status_code == 200


def test_the_next_visit_starts_from_a_page_for_the_phone_too(browser, library, tmp_path):
    begun(browser, "bridge")
    program = tmp_path / "ana.yaml"
    program.write_bytes(browser.press("save-program").data)
    made = render(read_program(program, library, date=dt.date(2026, 11, 22)), library, formats=["html"]).files["html"]
    opened = browser.post("/next-visit", {"handout": (io.BytesIO(made), "old.html")})
    assert "dose-bridge" in Page(opened.text).ids


def test_the_page_can_be_read_by_everyone(browser):
    begun(browser, "bridge", "partial-curl", "clamshell")
    browser.do("condition", condition="osteoporosis")
    browser.do("condition", condition="glaucoma")
    for page in (browser.page("?q=knee&safe=1"), browser.page("?pages=1"), Page(browser.get("/").text)):
        assert len(page.all("h1")) == len(page.all("main")) == 1
        assert len(page.ids) == len(set(page.ids))
        labelled = {one["for"] for one in page.all("label")}
        fields = [*page.all("input"), *page.all("select")]
        assert [one for one in fields if one.get("type") != "hidden" and one.get("id") not in labelled] == []
        assert all("alt" in one for one in page.all("img"))
        assert len(page.spoken) == len(set(page.spoken))
        named = {one for _, of in page.elements for one in (of.get("aria-labelledby") or "").split()}
        described = {one for _, of in page.elements for one in (of.get("aria-describedby") or "").split()}
        assert named | described <= set(page.ids)
        assert [of for _, of in page.elements if of.get("role") == "status" and of.get("aria-live") == "polite"]
        assert not [of for _, of in page.elements if "style" in of or any(key.startswith("on") for key in of)]
        links = [of.get(key) or "" for _, of in page.elements for key in ("src", "href", "action")]
        assert not [one for one in links if one.startswith("//") or ":" in one.split("?")[0]]


def test_a_page_that_shows_another_program_changes_saves_and_prints_nothing(browser):
    begun(browser, "bridge")
    (seen,) = {one["value"] for one in browser.page().all("input") if one.get("name") == "seen"}
    browser.do("add", exercise="heel-raise")
    older = f"?seen={seen}"
    for button in ("do/drop", "undo", "save-pdf", "save-program", "print", "close"):
        answer = browser.post(f"{browser.at}/{button}{older}", {"exercise": "bridge"})
        assert answer.status_code == 409
        assert "changed elsewhere" in answer.text
    assert browser.get(f"{browser.at}/handout.pdf{older}").status_code == 409
    assert {"dose-bridge", "dose-heel-raise"} <= set(browser.page().ids)


def test_a_draft_that_another_run_has_changed_is_not_overwritten(browser, library, finder):
    begun(browser, "bridge")
    (seen,) = {one["value"] for one in browser.page().all("input") if one.get("name") == "seen"}
    other = create_app(DraftStore(library, browser.folder, Draft(date="2026-11-22")), finder, ACCESS).test_client()
    other.get(ACCESS.address)
    assert (
        other.post(f"{browser.at}/do/add", base_url=ACCESS.origin, data={"exercise": "heel-raise"}).status_code == 303
    )
    answer = browser.post(f"{browser.at}/do/drop?seen={seen}", {"exercise": "bridge"})
    assert answer.status_code == 409
    assert {"dose-bridge", "dose-heel-raise"} <= set(Page(answer.text).ids)


def test_a_condition_has_fields_of_its_own_and_its_verdict_is_said(browser):
    begun(browser, "bird-dog", date="2026-11-22")
    page = browser.do(
        "condition",
        **{"condition": "knee-replacement-recent", "since": "2026-11-01", "side": "left"},
        **{"clearance": "Dr. Lee", "clearance-on": "2026-11-20"},
    )
    assert "left, since 2026-11-01; cleared by Dr. Lee, 2026-11-20" in page.words
    assert "Done: condition knee-replacement-recent. Refused for safety: bird-dog with" in page.words


def test_it_prints_with_copies_and_sides_and_the_last_exercise_can_go(browser, tmp_path, monkeypatch):
    printer = tmp_path / "lp"
    printer.write_text(f"#!/bin/sh\necho \"$@\" > '{tmp_path}/asked'\necho 'request id is desk-1 (1 file(s))'\n")
    printer.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    begun(browser, "bridge")
    assert (
        "Sent to desk: 2 copies, two-sided, Letter."
        in Page(browser.press("print", copies="2", sides="both").text).words
    )
    assert "-t handout -n 2 -o sides=two-sided-long-edge" in (tmp_path / "asked").read_text()
    assert browser.press("print", copies="0").status_code == 422
    assert "took out bridge" in browser.do("drop", exercise="bridge").words
    assert browser.press("print", copies="1").status_code == 422
