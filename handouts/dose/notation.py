"""Reads the dose notation and doses written as mappings; the limits are those of `dose.py`.

The notation is split into numbers, known words and signs, so that no space is needed: `3x15rest60s`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.dose.dose import BANDS, LOAD_MOST, BuildTo, Dose, DoseError, Range, faults
from handouts.dose.sayings import LOADS, MINUTES, REPS, SECONDS, SETS, SIDES, STARTS, WEEKS, Token, tokens

_GRAMMAR = "3x15, 10 reps, hold 5s, for 30s, rest 60s, each side, 2/day, every other day, load 5lb, build to 30 reps"

_HINTS = {
    "once": "write 'once a day'", "twice": "write 'twice a day'", "a": "write 2/day, or '2 times a day'",
    "both": "write 'each side'", "per": "write 'each side' or 2/day", "m": "write min or s",
    "h": "write minutes: for 60min", "hour": "write minutes: for 60min",
}  # fmt: skip


def parse_dose(text: str) -> Dose:
    """The dose that `text` says, such as `3x8-12 hold 5s rest 60s each side 2/day`.

    Raises:
        DoseError: with the column of the part that cannot be read, is given twice, or is out of range.
    """
    parts, columns = _read_parts(text)
    return _checked(Dose(**parts), columns)


def dose_from_mapping(parts: Mapping[str, Any]) -> Dose:
    """The dose written as a mapping by the names of `Dose`'s fields; a number may be `8`, `[8, 12]` or `"8-12"`.

    Raises:
        DoseError: with the `field` at fault.
    """
    read = {name: _read_field(name, value) for name, value in parts.items() if value is not None}
    if not read:
        raise DoseError("an empty dose", 0, f"known: {', '.join(_FIELD_WORDS)}")
    return _checked(Dose(**read), {})


def _checked(dose: Dose, columns: Mapping[str, int]) -> Dose:
    for field, message, hint in faults(dose):
        raise DoseError(message, columns.get(field, 0), hint, field)
    return dose


def _read_parts(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """The fields that `text` names, and the column of each; a part given twice is an error."""
    reader = _Reader(text)
    parts: dict[str, Any] = {}
    columns: dict[str, int] = {}
    if not reader.tokens:
        raise DoseError("an empty dose", 1, f"for example {_GRAMMAR}")
    while token := reader.peek():
        if token.text in (",", ".", "and") and parts:
            reader.position += 1
            continue
        for field, value in reader.part().items():
            if field in parts:
                raise DoseError(f"{_FIELD_WORDS[field]} given twice", token.column, "leave one of them out", field)
            parts[field], columns[field] = value, token.column
    return parts, columns


class _Reader:
    """Reads one part after the other from the tokens of a dose."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.end = len(text.rstrip()) + 1
        self.position = 0

    def peek(self) -> Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self, *words: str) -> str | None:
        """The next token's text when it is one of `words`, which is then consumed."""
        token = self.peek()
        if token is None or token.text not in words:
            return None
        self.position += 1
        return token.text

    def expect(self, what: str, *words: str) -> str:
        found = self.take(*words)
        if found is None:
            raise self.fault(f"expected {what}")
        return found

    def fault(self, message: str, hint: str | None = None) -> DoseError:
        token = self.peek()
        if token is None:
            return DoseError(f"{message} at the end", self.end, hint)
        return DoseError(f"{message} at '{token.text}'", token.column, hint or _HINTS.get(token.text))

    def number(self) -> int:
        token = self.peek()
        if token is None or token.kind != "number":
            raise self.fault("expected a number")
        # Six digits are beyond every limit, and a number of any length must not be built.
        if "." in token.text or len(token.text) > 5:
            raise self.fault("expected a whole number", "decimals are for loads only")
        self.position += 1
        return int(token.text)

    def range(self) -> Range:
        low = self.number()
        return (low, self.number()) if self.take("-", "to") else (low, low)

    def time(self) -> Range:
        """Seconds: `5s`, `5-10s`, `1min`, `30s-5min`."""
        low = self.number()
        low_unit = self.take(*SECONDS, *MINUTES)
        if not self.take("-", "to"):
            return self._in_seconds(low, low_unit), self._in_seconds(low, low_unit)
        high = self.number()
        high_unit = self.take(*SECONDS, *MINUTES)
        return self._in_seconds(low, low_unit or high_unit), self._in_seconds(high, high_unit)

    def _in_seconds(self, number: int, unit: str | None) -> int:
        if unit is None:
            raise self.fault("expected a unit, s or min,", f"write {number}s or {number}min")
        return number * 60 if unit in MINUTES else number

    def part(self) -> dict[str, Any]:
        token = self.peek()
        if token is not None and token.kind == "number":
            return self._counted()
        word = self.take(*STARTS)
        match word:
            case "hold":
                return {"hold_s": self.time()}
            case "rest":
                return {"rest_s": self.time()}
            case "for":
                return self._lasting()
            case "each":
                self.expect("'side'", "side")
                return {"side": "each"}
            case "left" | "right" | "alternate":
                return {"side": word}
            case "every":
                self.expect("'other day'", "other")
                self.expect("'day'", "day")
                return {"every_other_day": True}
            case "load":
                return {"load": self._load()}
            case "band":
                return {"load": self._band()}
            case "effort":
                effort = self.range()
                self.expect("'/10'", "/")
                self.expect("'10'", "10")
                return {"effort": effort}
            case "tempo":
                return {"tempo": self.tempo()}
            case "build":
                self.expect("'to'", "to")
                return {"build_to": self.build_to()}
        if token is not None and token.text in (*REPS, *SETS):
            raise self.fault("expected the number first,", f"write '10 {token.text}'")
        raise self.fault("not a part of a dose", None if token and token.text in _HINTS else f"known: {_GRAMMAR}")

    def _counted(self) -> dict[str, Any]:
        """`3x8-12`, `3 sets`, `10 reps`, `10 reps x 3`, `2/day`, `5/week`, `5s hold`."""
        start = self.position
        number = self.range()
        if self.take("x", "×"):
            reps = self.range()
            if (unit := self.peek()) and unit.text in (*SECONDS, *MINUTES):
                begun, time = f"{number[0]} sets", f"{reps[0]}{unit.text}"
                offered = _offer(f"{begun} hold {time}", f"{begun} for {time}")
                raise self.fault("repetitions cannot carry a time", offered)
            self.take(*REPS)
            return {"sets": number, "reps": reps}
        if self.take(*SETS):
            return {"sets": number}
        if self.take(*REPS):
            if not self.take("x", "×"):
                return {"reps": number}
            sets = self.range()
            self.take(*SETS)
            return {"sets": sets, "reps": number}
        if self.take("/"):
            return {"per_day" if self.expect("'day' or 'week'", "day", "week") == "day" else "per_week": number}
        if (unit := self.peek()) and unit.text in (*SECONDS, *MINUTES):
            self.position = start
            lasting = self.time()
            if of := self.take("hold", "rest"):
                return {f"{of}_s": lasting}
            self.position = start + 1
            shown = f"{number[0]}{'s' if unit.text in SECONDS else 'min'}"
            raise self.fault("a time without its word", _offer(f"hold {shown}", f"for {shown}", f"rest {shown}"))
        shown = "-".join(map(str, dict.fromkeys(number)))
        if unit and unit.text in (*LOADS, *WEEKS):
            offered = _offer(f"load {shown}{unit.text}", f"for {shown} {unit.text}")
        else:
            offered = _offer(f"{shown} reps", f"{shown} sets", f"{shown}/day")
        raise self.fault("a number without its word", offered)

    def _lasting(self) -> dict[str, Any]:
        start = self.position
        following = self.tokens[start + 1 : start + 2]
        # A unit behind the first number, as in `30s-5min`, makes it a time: as a range it could not be read.
        if not following or following[0].text not in (*SECONDS, *MINUTES):
            weeks = self.range()
            if self.take(*WEEKS):
                return {"weeks": weeks}
            self.position = start
        return {"duration_s": self.time()}

    def _load(self) -> str:
        start = self.peek()
        low = self._amount()
        high = self._amount() if self.take("-") else low
        unit = LOADS[self.expect("lb or kg", *LOADS)]
        load = f"{low:g}{unit}" if low == high else f"{low:g}-{high:g}{unit}"
        if not 0 < low <= high <= LOAD_MOST[unit]:
            hint = f"more than 0 and at most {LOAD_MOST[unit]:g}{unit}, the smaller number first"
            raise DoseError(f"load {load} is out of range", start.column if start else 0, hint, "load")
        return load

    def _amount(self) -> float:
        token = self.peek()
        if token is None or token.kind != "number" or len(token.text) > 6:
            raise self.fault("expected a number")
        self.position += 1
        return float(token.text)

    def _band(self) -> str:
        # Two words before one, so that a band is never taken for another whose name it begins with.
        for words in sorted((band.split() for band in (*BANDS, "gray")), key=len, reverse=True):
            following = [token.text for token in self.tokens[self.position : self.position + len(words)]]
            if following == words:
                self.position += len(words)
                return f"band {'grey' if words == ['gray'] else ' '.join(words)}"
        raise self.fault("not a band", f"known: {', '.join(BANDS)}")

    def tempo(self) -> tuple[int, int, int]:
        """`3-1-3`: lower, pause, lift."""
        lower = self.number()
        self.expect("'-' (lower-pause-lift, as in 3-1-3)", "-")
        pause = self.number()
        self.expect("'-' (lower-pause-lift, as in 3-1-3)", "-")
        return lower, pause, self.number()

    def build_to(self) -> BuildTo:
        """`30 reps`, `3 sets` or `3x15`."""
        number = self.number()
        if self.take("x", "×"):
            reps = self.number()
            self.take(*REPS)
            return BuildTo(sets=number, reps=reps)
        if self.expect("'reps', 'sets' or 'x'", *REPS, *SETS) in SETS:
            return BuildTo(sets=number)
        return BuildTo(reps=number)


def _offer(*doses: str) -> str | None:
    """What to write, of these doses those that can be meant."""
    fit = [f"'{dose}'" for dose in doses if _is_dose(dose)]
    return f"write {' or '.join(filter(None, (', '.join(fit[:-1]), fit[-1])))}" if fit else None


def _is_dose(text: str) -> bool:
    try:
        parse_dose(text)
    except DoseError:
        return False
    return True


_FIELD_WORDS = {
    "sets": "sets", "reps": "reps", "hold_s": "a hold", "duration_s": "a time", "rest_s": "a rest", "side": "a side",
    "per_day": "times a day", "per_week": "times a week", "every_other_day": "'every other day'", "load": "a load",
    "effort": "an effort", "tempo": "a tempo", "build_to": "a goal to build to", "weeks": "weeks",
}  # fmt: skip
_SPELLED = {"side": "each, left, right or alternate", "every_other_day": "true or false"}


def _read_field(name: str, value: Any) -> Any:
    """The value of one field of a dose written as a mapping. Raises DoseError naming the field."""
    if name not in _FIELD_WORDS:
        raise DoseError(f"unknown part '{name}'", 0, f"known: {', '.join(_FIELD_WORDS)}", name)
    try:
        found = _field_value(name, value)
    except DoseError as error:
        raise DoseError(f"{name}: {error.message}", 0, error.hint, name) from None
    if found is None:
        hint = f"write {_SPELLED.get(name, '8, [8, 12] or 8-12')}"
        raise DoseError(f"{name}: {value!r} is not understood", 0, hint, name)
    return found


def _field_value(name: str, value: Any) -> Any:
    if name == "every_other_day":
        return value if isinstance(value, bool) else None
    if name == "side":
        return value if value in ("each", *SIDES) else None
    if name == "load":
        shown = str(value)
        return _whole(shown if shown.startswith("band") else f"load {shown}").get("load")
    if name == "build_to" and isinstance(value, dict) and value.keys() <= {"sets", "reps"} and value:
        numbers = [number for number in value.values() if type(number) is int]
        return BuildTo(**value) if len(numbers) == len(value) else None
    if name == "build_to":
        return _whole(f"build to {value}").get("build_to")
    if name == "tempo":
        return _whole(f"tempo {'-'.join(map(str, value)) if isinstance(value, list) else value}").get("tempo")
    numbers = value if isinstance(value, list) else [value]
    if len(numbers) in (1, 2) and all(type(number) is int for number in numbers):
        return numbers[0], numbers[-1]
    if isinstance(value, str):
        reader = _Reader(value)
        found = reader.range()
        return found if reader.peek() is None else None
    return None


def _whole(text: str) -> dict[str, Any]:
    return _read_parts(text)[0]
