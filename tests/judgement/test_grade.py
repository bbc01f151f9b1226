"""The reading grade: what it says of plain and of hard text."""

from __future__ import annotations

import pytest

from handouts.readability.grade import reading_grade


@pytest.mark.parametrize(
    ("lang", "plain", "hard"),
    [
        (
            "en-US",
            "Lie on your back. Bend your knees. Lift your hips slowly.",
            "Position yourself in supine hook-lying and initiate posterior pelvic inclination utilizing abdominals.",
        ),
        (
            "es-US",
            "Acuéstese boca arriba. Doble las rodillas. Suba la cadera poco a poco.",
            "Posiciónese en decúbito supino e inicie la inclinación pélvica posterior.",
        ),
    ],
)
def test_plain_text_reads_at_sixth_grade_and_clinical_text_does_not(lang, plain, hard):
    assert reading_grade(plain, lang) <= 6 < reading_grade(hard, lang)


def test_a_language_without_a_formula_is_said():
    with pytest.raises(ValueError, match="no reading formula"):
        reading_grade("Legen Sie sich hin.", "de")
