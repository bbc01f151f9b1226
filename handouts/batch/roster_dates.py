"""Dates as people and spreadsheets write them, taken when they can mean only one day. Knows no column.

`2026-11-30`, `30.11.2026`, `11/30/2026 0:00`, `30-Nov-26`, `Monday, November 30, 2026`, `30 de noviembre de 2026` and
the day's number in a spreadsheet are one day; `03/04/2026` is two, and its order must be given.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple, get_args

from handouts.library.nearest import key_of
from handouts.library.yaml_fields import YEARS

DateOrder = Literal["dmy", "mdy", "ymd"]
DATE_ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
HINT = "write YYYY-MM-DD, such as 2026-11-22"

_DAY_0 = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, for days after February 1900."""
_TIME = re.compile(
    r"(?<![ T,])[ T,]++(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:\s*[ap]\.?\s?m\.?)?\s*(z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\d+|[a-z]+")
_WRITTEN = re.compile(r"[\w\s.,/’'‐-—-]+")
"""A date's letters, digits and what parts them: never the colon of a time."""
_MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "septiembre", "setiembre"),
    ("october", "octubre"), ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
_WEEKDAYS = (
    ("monday", "lunes"), ("tuesday", "martes"), ("wednesday", "miercoles"), ("thursday", "jueves"),
    ("friday", "viernes"), ("saturday", "sabado"), ("sunday", "domingo"),
)  # fmt: skip
_FILLING = frozenset({"de", "del", "of", "the", "st", "nd", "rd", "th", "el"})
_SHORTEST = 3
"""Letters of a shortened month, at least."""


class Day(NamedTuple):
    """The days that a text can mean, by the order of its numbers; `ymd` also where the numbers have no order."""

    readings: dict[DateOrder, dt.date]

    def of(self, order: DateOrder | None) -> dt.date | None:
        """The day, when there is one: the only one, or that of the `order`."""
        days = set(self.readings.values())
        if len(days) == 1:
            return days.pop()
        return self.readings.get(order) if order else None


class NoDate(ValueError):
    """Why a text is no date."""


def read_day(text: str, *, full_year: bool = False) -> Day:
    """The days that `text` can mean; with `full_year` a year of two digits is none, as for a birth. Raises NoDate."""
    days, time = text.strip(), _TIME.search(text.strip())
    if time and time.end() == len(days):
        # At another hour than midnight, the day of another time zone may be the day before or after.
        if time[4] and {time[1], time[2]} - {"0", "00"}:
            raise NoDate("a moment in another time zone")
        days = days[: time.start()]
    if days.isdecimal() and len(days) == 5:
        found: dict[DateOrder, dt.date] = {"ymd": _DAY_0 + dt.timedelta(int(days))}
        return _checked(found)
    if not _WRITTEN.fullmatch(days):
        raise NoDate("not a date")
    parts = [part for part in _PARTS.findall(key_of(days)) if part not in _FILLING]
    words = [part for part in parts if not part.isdecimal()]
    numbers = [part for part in parts if part.isdecimal()]
    months = [month for word in words if (month := _month(word))]
    weekdays = [day for word in words for day, names in enumerate(_WEEKDAYS) if word in names]
    if len(months) + len(weekdays) != len(words) or len(weekdays) > 1 or len(months) > 1:
        raise NoDate("not a date")
    if len(numbers) + len(months) != 3 or max(map(len, numbers)) > 4:
        raise NoDate("not a date")
    asked: dict[DateOrder, tuple[str, ...]]
    if months:  # with the month in letters, the year is the number of four digits, else the last one
        year, day = numbers if len(numbers[0]) == 4 else reversed(numbers)
        asked = {"ymd": (year, str(months[0]), day)}
    else:
        # A day and a month have two digits at most; only the last of the three may be the year then.
        orders = ("ymd",) if len(numbers[0]) > 2 else ("dmy", "mdy") if len(numbers[2]) > 2 else DATE_ORDERS
        asked = {order: tuple(numbers[order.index(part)] for part in "ymd") for order in orders}
    found = {order: date for order, parts in asked.items() if (date := _date(*parts))}
    if full_year and max(map(len, numbers)) < 4:
        raise NoDate("a year of two digits")
    if weekdays and found:
        found = {order: day for order, day in found.items() if day.weekday() == weekdays[0]}
        if not found:
            raise NoDate("another day of the week than its date")
    return _checked(found)


def _checked(found: dict[DateOrder, dt.date]) -> Day:
    if not found:
        raise NoDate("no day of any calendar")
    if any(day.year not in YEARS for day in found.values()):
        raise NoDate("a year out of range")
    return Day(found)


def _date(year: str, month: str, day: str) -> dt.date | None:
    """The day, with a year of four digits, or of two in this century."""
    full = 2000 + int(year) if len(year) == 2 else int(year)
    try:
        return dt.date(full, int(month), int(day)) if len(year) in (2, 4) else None
    except ValueError:
        return None


def _month(word: str) -> int | None:
    if len(word) < _SHORTEST:
        return None
    return next((at for at, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)), None)
