"""A small library, written afresh for each test: three exercises, two conditions, a packet, two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.library import Library, read_library

EXERCISE = """\
name: {name}
also_called: []
region: low-back
goal: strength
position: supine
equipment: [mat]
sides: {sides}
muscles: [buttocks]
movements: [{movement}]
dose: {dose}
dose_levels: {{gentle: 1x8}}
dose_source: own
dose_basis: recalled
purpose: Makes you strong.
setup: Lie on your back.
steps: [Lift your hips., Lower them.]
feel: Your buttocks work.
mistakes: [{{sign: Your back arches., mend: Lift less high.}}]
picture: {{base: supine}}
reviewed: null
"""
FILES = {
    "exercises/low-back/bridge.yaml": EXERCISE.format(
        name="Bridge", sides="none", movement="hips-up", dose="3x15 rest 60s"
    ),
    "exercises/low-back/curl.yaml": EXERCISE.format(
        name="Curl", sides="none", movement="back-bends", dose="3x10 hold 5s"
    ),
    "exercises/low-back/knee-to-chest.yaml": EXERCISE.format(
        name="Knee to chest", sides="leg", movement="back-bends", dose="2-3 reps hold 5s each side 2/day"
    ),
    "movements.yaml": """\
movements:
- {id: hips-up, name: hips go up}
- {id: back-bends, name: back bends}
""",
    "sources.yaml": "sources:\n- {id: own, name: Our own, basis: recalled}\n",
    "conditions.yaml": """\
conditions:
- {id: weak-bones, name: Weak bones, clinical: Osteoporosis, category: general, tier: core, urgency: none,
   blocks_all: false, aliases: [brittle bones], for_you: You have weak bones.}
- {id: new-knee, name: New knee, clinical: Knee arthroplasty, category: post-surgery, tier: core, urgency: none,
   blocks_all: false, window_weeks: [0, 12], for_you: You have a new knee.}
""",
    "rules.yaml": """\
rules:
- {id: weak-bones-bend, condition: weak-bones, verdict: contraindicated, movements: [back-bends], reason: may break,
   advice: Do not bend., source: own}
- {id: new-knee-bridge, condition: new-knee, verdict: caution, exercises: [bridge], reason: loads it,
   advice: Go slow., source: own}
""",
    "warnings/general.yaml": """\
warnings:
- id: heart
  title: "Your heart: {emergency}"
  items:
  - {id: chest, action: call-911, text: Your chest hurts., page1: Chest pain.}
  - {id: dizzy, action: stop-and-call, text: "You feel dizzy on {phone}.", sign: dizziness}
  applies_to: {everyone: true}
  sources: [own]
""",
    "pain-scales.yaml": """\
pain-scales:
- id: usual
  zones:
  - {kind: go, low: 0, high: 3, word: Fine, action: Go on., more: Add more.}
  - {kind: care, low: 4, high: 5, word: Careful, action: Do half.}
  - {kind: stop, low: 6, high: 10, word: Stop, action: Stop.}
  next_day: Worse? Half.
  page1: Pain gets to 6.
  applies_to: {everyone: true}
  sources: [own]
- id: strict
  zones:
  - {kind: go, low: 0, high: 2, word: Fine, action: Go on.}
  - {kind: stop, low: 3, high: 10, word: Stop, action: Stop.}
  next_day: Worse? Half.
  page1: Pain gets to 3.
  applies_to: {conditions: {new-knee: {weeks: 6}, weak-bones: {}}}
  sources: [own]
""",
    "packets/starter.yaml": """\
title: Start
purpose: Get going.
for_whom: Anyone.
region: low-back
exercises:
- bridge: 3x15 rest 60s
- knee-to-chest: {dose: 2 reps hold 5s each side, note: Use a towel.}
progression: Add repeats.
advice: [Rest well.]
not_for: [{condition: weak-bones, reason: bends the back}]
sources: [own]
reviewed: null
""",
    "clinics/palm.yaml": "name: Palm\nphone: (555) 0100\npaper: a4\nlog_weeks: 2\nemergency: 911\n",
    "languages/en.yaml": """\
code: en
name: English
tag: en-US
plural: {one: n is 1}
names: {regions: {low-back: Low back}, equipment: {mat: mat}}
dates:
  format: "{month} {day}, {year}"
  months: [Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec]
dose: {range: "{low} to {high}", times: {one: Do it {n} time., other: Do it {n} times.}, only_english: Only here}
""".replace("Do it {n} time.,", '"Do it {n} time.",').replace("Do it {n} times.}", '"Do it {n} times."}'),
    "languages/es.yaml": """\
code: es
name: Español
tag: es-US
plural: {one: n is 1}
names: {regions: {low-back: Espalda baja}, equipment: {mat: colchoneta}}
dates:
  format: "{day} {month} {year}"
  months: [ene, feb, mar, abr, may, jun, jul, ago, sep, oct, nov, dic]
dose: {range: "{low} a {high}", times: {one: "Hágalo {n} vez.", other: "Hágalo {n} veces."}}
""",
    "translations/es/exercises/low-back/bridge.yaml": """\
# A comment that stays.
of: {}
name: Puente
muscles: [glúteos]
purpose: Le hace fuerte.
setup: Acuéstese boca arriba.
steps: [Suba la cadera., Bájela.]
feel: Trabajan los glúteos.
mistakes: [{sign: La espalda se arquea., mend: Suba menos.}]
""",
    "translations/es/conditions.yaml": """\
weak-bones:
  of: {}
  name: Huesos débiles
  for_you: Tiene huesos débiles.
""",
}
SPANISH_HEART = """\
heart:
  of: {}
  title: "Su corazón: {emergency}"
  items:
    chest: {text: Le duele el pecho., page1: Dolor de pecho.}
    dizzy: {text: "Se marea con {phone}."}
"""
"""The warning of `FILES` in Spanish, not yet stamped."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Puts `files` under `folder` and returns it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write(tmp_path / "content", FILES)


@pytest.fixture
def library(content: Path) -> Library:
    return read_library([content])
