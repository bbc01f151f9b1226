"""`find`: the handouts of somebody in a folder that holds anything."""

from __future__ import annotations

import os
from pathlib import Path

import pikepdf
import pytest


@pytest.fixture
def desk(handouts, alone):
    """Handouts of three people, one refused and one locked, beside files that are no handouts."""
    (alone / "secret.txt").write_text("secret")
    made = (
        ("Maria Álvarez", "A-1", "2026-11-01", "bridge 3x12", "a.pdf", "--clinician", "Dana Reyes, LMT"),
        ("Maria Álvarez", "A-1", "2026-11-08", "superman", "earlier/b.pdf"),
        ("Bob Other", "A-10", "2026-10-05", "sit-to-stand", "refused/deep/c.pdf", "--language", "es"),
        ("Lea Alva", None, "2026-11-05", "bridge", "locked.pdf", "--password-file", "secret.txt"),
    )
    for name, number, date, exercise, file, *more in made:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        whose = ("--patient", name, *(("--patient-id", number) if number else ()))
        assert handouts("make", *whose, "--date", date, "--exercise", exercise, "-o", file, *more).code == 0
    assert handouts("packet", "neck-pain", "--merge", "print.pdf", "-o", "packets/").code == 0
    for name, content in (("text.pdf", b"hello"), ("empty.pdf", b""), ("half.pdf", Path("a.pdf").read_bytes()[:3000])):
        (alone / name).write_bytes(content)
    with pikepdf.open("a.pdf") as pdf:
        del pdf.Root.Names
        pdf.save("damaged.pdf", static_id=False)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save("theirs.pdf")
    os.mkfifo(alone / "pipe.pdf")
    return alone


def test_find_takes_a_day_in_any_form_and_pages(handouts):
    for name, day, form in (("Ana", "2026-11-01", "pdf"), ("Bo", "2026-01-11", "html"), ("Cy", "2026-11-30", "html")):
        ran = handouts("make", "--patient", name, "--exercise", "bridge", "--date", day, "--format", form)
        assert ran.code == 0
    days = (("11/1/2026", ["Bo", "Ana"]), ("30 nov 2026", ["Cy"]), ("2026-11", ["Ana", "Cy"]))
    for text, names in (*days, ("2", []), ("20", [])):
        assert [one["name"] for one in handouts("find", text, "--json").json] == names
    assert "put them in quotes" in handouts("find", "Ana", "Ruiz").err


def test_a_record_that_lacks_something_is_no_fault(handouts, monkeypatch):
    assert handouts("make", "--patient", "Ana", "--exercise", "bridge").code == 0
    for exercise in ({}, None):
        record = {"patient": {"name": "Ana"}, "date": "2026-11-22", "exercises": [{"bridge": exercise}]}
        monkeypatch.setattr("handouts.cli.find.read_carried_program", lambda _path, _password, has=record: dict(has))
        ran = handouts("find", "Ana", "--json")
        assert ran.code == 0
        assert bool(ran.json) == (exercise is not None) == ("damaged" not in ran.err)


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
def test_find_by_anything_that_it_says(handouts):
    def found(*arguments: str) -> list[str]:
        ran = handouts("find", *arguments, "--json")
        assert ran.code == 0
        return [one["file"] for one in ran.json]

    for text in ("alvarez", "Maria Álvarez", "A-1", "a-1"):
        assert found(text) == ["a.pdf", "earlier/b.pdf"]
    assert found("A-10") == found("sit-to-stand") == found("Sit to stand") == found("Levantarse") == found("2026-10") \
        == ["refused/deep/c.pdf"]  # fmt: skip
    assert found("dana") == found("2026-11-01") == found("Bridge") == ["a.pdf"]
    assert found("bridge", "--password-file", "secret.txt") == ["a.pdf", "locked.pdf"]
    assert found("lvarez") == found("alvarez", "packets") == []
    assert found("Álvarez", "earlier") == ["earlier/b.pdf"]
    (packet,) = found("neck-pain")
    assert packet.startswith("packets/neck-pain-")
    # A handout that another program has stripped, or cut, is named; other people's files are not.
    ran = handouts("find", "alvarez", "--json")
    one = ran.json[0]
    assert (one["date"], one["name"], one["id"], one["clinician"]) == (
        "2026-11-01", "Maria Álvarez", "A-1", "Dana Reyes, LMT"
    )  # fmt: skip
    assert one["exercises"] == [{"id": "bridge", "name": "Bridge", "dose": "3x12 rest 60s"}]
    assert "locked and not read: locked.pdf" in ran.err
    assert "Alva" not in ran.err
    assert not any(name in ran.err for name in ("text.pdf", "empty.pdf", "theirs.pdf", "print.pdf"))


def test_find_for_people(handouts, desk):
    ran = handouts("find", "alvarez")
    assert ran.out.splitlines()[:3] == [
        "a.pdf",
        "  2026-11-01, Maria Álvarez (A-1), by Dana Reyes, LMT, en",
        "  Bridge 3x12 rest 60s",
    ]
    assert "2 of " in ran.err
    assert "1 locked" in ran.err
    (desk / "wrong.txt").write_text("wrong")
    assert "locked.pdf: the password does not open it" in handouts("find", "x", "--password-file", "wrong.txt").err
    assert handouts("find", "alvarez", "nowhere").code == 5
    assert handouts("find", "alvarez", "secret.txt").code == 5
