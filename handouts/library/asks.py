"""What the words of a safety line ask for, by language: a line must ask for what its heading says, and nothing else.

Simple patterns: they find a line that was filed under the wrong action or says its heading again. A language without
patterns is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handouts.library.warnings import ACTIONS

ASKS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "en": {
        "call-911": re.compile(r"\{emergency\}|\bcall 911\b|\bemergency room\b|\bget emergency care\b", re.I),
        "call-doctor-today": re.compile(
            r"\bsee a doctor\b|\b(doctor|maternity|cancer team) (today|the same day)\b|\bcall today\b", re.I
        ),
        "stop-and-call": re.compile(r"\bcall us\b|\bcall \{phone\}|\bstop (and|that one|at once)\b", re.I),
        "know": re.compile(r"\bkeep going\b|\bgood sign\b", re.I),
    },
    "es": {
        "call-911": re.compile(r"\{emergency\}|\bllam\w+ al 911\b|\bsala de emergencias\b", re.I),
        "call-doctor-today": re.compile(
            r"\bmédico hoy\b|\bvaya (hoy |pronto )?al médico\b|\bhoy a(l médico| maternidad| su equipo)\b"
            r"|\bllame hoy\b",
            re.I,
        ),
        "stop-and-call": re.compile(r"\bllámenos\b|\bllame al \{phone\}|\bpare y\b|\bdeje ese ejercicio\b", re.I),
        "know": re.compile(r"\bsiga adelante\b|\bbuena señal\b", re.I),
    },
}


def misfiled(code: str, action: str, line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field of a line, `text` or `page1`, that asks for another action than its own, or says its heading again."""
    patterns = ASKS.get(code)
    if patterns is None:
        return
    for name in ("text", "page1"):
        words = line.get(name)
        if not isinstance(words, str):
            continue
        asked = [other for other in ACTIONS if patterns[other].search(words)]
        for other in asked:
            if other != action:
                yield name, f"asks for '{other}', but its action is '{action}'"
            # "Know" has no order in its heading that a line could repeat.
            elif action != "know":
                yield name, f"says the heading of '{action}' again"
