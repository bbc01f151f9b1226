"""Strict YAML: what is read as what, what is refused, and where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import pytest

from handouts.errors import BadInput, FileTrouble, Problem
from handouts.library.yaml_fields import Fields, read_as
from handouts.library.yaml_reading import parse_yaml, read_yaml


def problems_of(text: str | bytes) -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(BadInput) as error:
        parse_yaml(content, "f.yaml")
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("1:30", "1:30"), ("010", "010"), ("0x1F", "0x1F"),
        ("2026-11-22", "2026-11-22"), ("3-1-3", "3-1-3"), ("1_000", "1_000"), (".inf", ".inf"), ("1.2.3", "1.2.3"),
        ("NO", "NO"), ("'5'", "5"), ("-", None), ("~", None), ("", None), ("null", None), ("true", True),
        ("FALSE", False), ("0", 0), ("-7", -7), ("+7", 7), ("1.5", 1.5), ("-.5", -0.5), ("5.", 5.0), ("1e3", 1000.0),
        ("9" * 30, "9" * 30), (".", "."), ("|-\n  a\n  b", "a\nb"), (">-\n  a\n  b", "a b"),
    ],
)  # fmt: skip
def test_the_core_schema_of_yaml_1_2(scalar: str, value: object) -> None:
    text = f"a: [{scalar}]" if scalar == "" else f"a: {scalar}"
    if scalar == "-":
        text = "a:\n- \n"
        assert parse_yaml(text.encode(), "f.yaml").data == {"a": [None]}
        return
    if scalar == "":
        assert parse_yaml(b"a:", "f.yaml").data == {"a": None}
        return
    found = parse_yaml(text.encode(), "f.yaml").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_fault_of_form_has_its_place() -> None:
    text = "a: 1\na: 2\nb: &x 3\nc: *x\nd: !!str 4\n1: 3\n~: 4\n"
    assert [problem.split(" (")[0] for problem in problems_of(text)] == [
        "f.yaml:2:1: 'a' appears twice",
        "f.yaml:3:4: an anchor, '&x'",
        "f.yaml:4:4: an alias, '*x'",
        "f.yaml:5:4: a tag, 'tag:yaml.org,2002:str'",
        "f.yaml:6:1: a key that is not text",
        "f.yaml:7:1: a key that is not text",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document"),
        (b"a: b\nc: d\xff", "f.yaml:2:5: not UTF-8"),
        ("é: 1\nc: \x07", "f.yaml:2:4: an invisible character, U+0007"),
        ("a: b\u2028c", "f.yaml:1:5: an invisible character, U+2028"),
        ("[" * 100_000, "f.yaml:1:41: nested deeper than 40 levels"),
        ("{a: " * 50, "f.yaml:1:161: nested deeper than 40 levels"),
        ("\n".join(" " * depth + "a:" for depth in range(60)), "f.yaml:41:41: nested deeper than 40 levels"),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "an alias"),
        ("? [a]\n: 3\n", "a key that is not text"),
        (b"a: " + b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(text: str | bytes, said: str) -> None:
    assert any(said in problem for problem in problems_of(text))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("name: Ana\nnote: *Important* do it slowly", 2, "a text cannot begin with '*' (put the text in quotes)"),
        ("name: 'D'Angelo'", 1, "text after the closing quote: Angelo' (put the whole text in double quotes"),
        ("note: Ana: slowly", 1, "': ' twice in one line (put a text that holds ': ' in quotes)"),
        ("exercises:\n- bridge: 3x15 hold: 5s", 2, "': ' twice in one line"),
        ("a:\n\t- b", 2, "a tab at the beginning of the line (indent with spaces)"),
        ("a: [1, 2", 1, "a '[' that is never closed (add ']'"),
        ('home: "C:\\Users"', 1, "a '\\' that double quotes do not take (put it in single quotes, or"),
        ('note: "C:\\new\\table"', 1, "a '\\' in double quotes, which begins another sign (put it in single quotes"),
        ('append: ["C:\\Users\\x.pdf"]', 1, "a '\\' that double quotes do not take"),
        ("a: 'open\nb: 2", 1, "a quote that is never closed (end the text with ')"),
        ("name Ana\nnote: b", 1, "no ': ' in this line: name Ana (write 'name: value'"),
        ("a:\n  - b\n - c", 3, "this line does not fit the lines above it (check how far it is indented"),
    ],
)
def test_what_stops_the_parser_is_told_in_plain_words(text: str, line: int, message: str) -> None:
    (problem,) = problems_of(text)
    assert problem.startswith(f"f.yaml:{line}:")
    assert message in problem


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("goal: Walk loop #2 twice a day", "1:17"),
        ("colour: #0F5B52", "1:9"),
        ("address: 4 Elm Street, Suite # 5", "1:31"),
        ("- a\n- Use band #3", "2:12"),
        ("a: 'b'\nb: [x #2\n]", "2:7"),
    ],
)
def test_a_text_that_a_comment_would_cut_off_is_refused(text: str, place: str) -> None:
    (problem,) = problems_of(text)
    assert problem.startswith(f"f.yaml:{place}: '#' begins a comment here")


def test_what_is_meant_as_a_comment_or_as_text_stays() -> None:
    text = "# see #2\na: b # the usual\nc: 'loop #2'\nd: |-\n  loop #2\ne: x#2\nf: #\n"
    assert parse_yaml(text.encode(), "f.yaml").data == {"a": "b", "c": "loop #2", "d": "loop #2", "e": "x#2", "f": None}


def test_brackets_in_a_text_are_no_nesting() -> None:
    text = "a: '" + "[" * 30 + "'\nb: [1]\n" + "c: [[1]]\n"
    assert parse_yaml(text.encode(), "f.yaml").data["c"] == [[1]]


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert parse_yaml("\ufeffä: ö\r\nb: 2\r\n".encode(), "f.yaml").data == {"ä": "ö", "b": 2}


def test_places_of_keys_values_and_items() -> None:
    document = parse_yaml(b"a:\n  b: [1, {c: 2}]\n  a: 3\n", "f.yaml")
    assert document.place(("a", "b", 1, "c"), key=True) == (2, 11)
    assert document.place(("a", "b", 1, "c")) == (2, 14)
    assert document.place(("a", "a"), key=True) == (3, 3)
    assert document.place(("a", "missing")) == (2, 3)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        read_yaml(tmp_path / "none.yaml")


def fields_of(text: str) -> tuple[Fields, list[Problem]]:
    problems: list[Problem] = []
    document = parse_yaml(text.encode(), "f.yaml")
    return Fields(document.data, document, problems), problems


def test_reading_collects_every_problem_at_once() -> None:
    fields, problems = fields_of("nam: x\nage: old\nok: 'yes'\nday: 22.11.2026\nside: lft\nlist: {a: 1}\ntext: [1]\n")
    fields.text("name")
    fields.whole("age", 1, least=0, most=120)
    fields.flag("ok")
    fields.date("day")
    fields.choice("side", ("left", "right"))
    fields.texts("list")
    fields.maybe_text("text")
    fields.done()
    assert [str(problem) for problem in sorted(problems)] == [
        "f.yaml:1:1: 'name' is missing",
        "f.yaml:1:1: unknown field 'nam' (did you mean name?)",
        "f.yaml:2:6: expected a whole number from 0 to 120, found 'old'",
        "f.yaml:3:5: expected true or false, found 'yes' (write true or false, without quotes)",
        "f.yaml:4:6: '22.11.2026' is not a date (write YYYY-MM-DD, such as 2026-11-22)",
        "f.yaml:5:7: unknown side 'lft' (did you mean left?)",
        "f.yaml:6:7: expected a list, found fields (write [one, two])",
        "f.yaml:7:7: expected text, found a list (put it in quotes if it is text)",
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [('"a  b\\n c "', "a b c"), ('"e\\u0301"', "é"), ("Nguyễn Thị", "Nguyễn Thị"), ('"\\u200d"', "\u200d")],
)
def test_text_is_normalised(written: str, text: str) -> None:
    fields, problems = fields_of(f"a: {written}")
    assert fields.text("a") == text
    assert not problems


@pytest.mark.parametrize("written", ['"a\\u0000b"', '"a\\u202eb"', '"\\e[31m"', "''", "7", "true", "x" * 50])
def test_text_that_cannot_be_printed_is_refused(written: str) -> None:
    fields, problems = fields_of(f"a: {written}")
    fields.maybe_text("a", most=40)
    assert len(problems) == 1


def test_a_number_will_do_for_an_id_and_keeps_its_zeros() -> None:
    for written in ("1042", "0042"):
        fields, problems = fields_of(f"id: {written}")
        assert fields.maybe_text("id", number=True) == written
        assert not problems


def test_the_pure_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    text = "a: [1, {b: 'c'}]\nd: >-\n  x\n  y\n"
    fast = parse_yaml(text.encode(), "f.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow = parse_yaml(text.encode(), "f.yaml")
    assert slow.data == fast.data
    assert slow.place(("a", 1, "b")) == fast.place(("a", 1, "b"))
    assert problems_of("a: 1\na: 2")


@dataclass(frozen=True, kw_only=True)
class Part:
    name: str


@dataclass(frozen=True, kw_only=True)
class Whole:
    """One field of every sort that is read by its type."""

    short: Annotated[str, 5]
    kind: Literal["one", "two"] = "one"
    place: Annotated[str, ("left", "right")] | None = None
    of: Annotated[str, "thing"]
    those: tuple[Annotated[str, "thing"], ...] = ()
    lines: tuple[str, ...] = ()
    weeks: Annotated[int, range(1, 6)] = 4
    sure: bool
    day: dt.date | None = None
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    own: int


def read_whole(text: str) -> tuple[Whole, set[str]]:
    document = parse_yaml(text.encode(), "whole.yaml")
    fields = Fields(document.data, document, [])
    whole = read_as(Whole, fields, {"thing": ("apple", "pear")}.__getitem__, own=7)
    fields.done()
    return whole, {str(problem) for problem in fields.problems}


def test_a_dataclass_is_read_by_its_types_and_their_limits() -> None:
    text = "{short: abc, kind: Two, place: left, of: pear, those: [apple], lines: [ab], sure: yes, day: 2026-11-22,"
    whole, problems = read_whole(f"{text} weeks: 5, part: {{name: a}}, parts: [{{name: b}}]}}".replace("yes", "true"))
    assert problems == set()
    assert whole == Whole(
        short="abc", kind="two", place="left", of="pear", those=("apple",), lines=("ab",), weeks=5, sure=True,
        day=dt.date(2026, 11, 22), part=Part(name="a"), parts=(Part(name="b"),), own=7,
    )  # fmt: skip
    whole, _ = read_whole("{short: abc, of: pear, sure: false}")
    assert (whole.weeks, whole.kind, whole.place, whole.part, whole.parts) == (4, "one", None, None, ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("short: abcdef", "1:9: 6 characters, at most 5 are allowed (shorten it)"),
        ("kind: onee", "unknown kind 'onee' (did you mean one?)"),
        ("place: up", "unknown place 'up' (known: left, right)"),
        ("of: aple", "unknown thing 'aple' (did you mean apple?)"),
        ("those: [apple, paer]", "unknown thing 'paer' (did you mean pear?)"),
        ("lines: [ab, 4]", "expected text, found a number (put it in quotes if it is text)"),
        ("weeks: 6", "expected a whole number from 1 to 5, found '6'"),
        ("sure: maybe", "expected true or false, found 'maybe' (write true or false, without quotes)"),
        ("sure: null", "'sure' is empty"),
        ("day: 2026-13-01", "'2026-13-01' is not a date (write YYYY-MM-DD, such as 2026-11-22)"),
        ("day: 2026-W01-1", "'2026-W01-1' is not a date (write YYYY-MM-DD, such as 2026-11-22)"),
        ("part: {nam: a}", "unknown field 'nam' (did you mean name?)"),
        ("parts: [{}]", "'name' is missing"),
        ("own: 3", "unknown field 'own'"),
        ("wekes: 3", "unknown field 'wekes' (did you mean weeks?)"),
    ],
)
def test_each_limit_of_a_type_is_kept(change: str, said: str) -> None:
    given = {"short": "abc", "of": "pear", "sure": "true"} | dict([change.split(": ", 1)])
    _, problems = read_whole("{" + ", ".join(f"{name}: {value}" for name, value in given.items()) + "}")
    assert any(said in problem for problem in problems), problems


@dataclass(frozen=True, kw_only=True)
class Needed:
    """Fields of which none may be left out."""

    text: str
    name: Annotated[str, "thing"]
    kind: Literal["one", "two"]
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    weeks: Annotated[int, range(1, 6)]
    sure: bool
    day: dt.date
    part: Part


def test_a_field_without_a_default_is_required_whatever_its_type() -> None:
    fields = Fields({}, parse_yaml(b"{}", "needed.yaml"), [])
    read_as(Needed, fields)
    said = {problem.message for problem in fields.problems}
    assert {f"'{name}' is missing" for name in Needed.__dataclass_fields__} <= said
