"""Reading a finished handout as its critics would: the items of PEMAT-P and CERT that a machine can judge.

Each answer comes from what is printed. What a machine cannot judge is left to people and counts for nothing. Prints
nothing.
"""

from handouts.readability.cert import CERT
from handouts.readability.material import Material as Material
from handouts.readability.pemat import PEMAT
from handouts.readability.score import Score as Score


def scores(material: Material) -> tuple[Score, ...]:
    """The handout's score by each instrument."""
    return Score.of("PEMAT-P", PEMAT, material), Score.of("CERT", CERT, material)
