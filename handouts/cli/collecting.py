"""When Python looks for objects that nothing holds but each other: hardly in a short command, as always in a long one.

Loading a command and making one handout leaves some 70,000 objects, nearly all of them needed to the end. By its usual
rule Python would look through them a hundred times, and once more before it ends: a fifth of the command's time.
"""

from __future__ import annotations

import gc

_SELDOM = 200_000
"""New objects before Python looks: more than a short command makes."""
_USUAL = gc.get_threshold()


def seldom() -> None:
    """For a command that may be short: all but never."""
    gc.set_threshold(_SELDOM, *_USUAL[1:])


def as_always() -> None:
    """For many handouts, or someone at a terminal: the usual rule for what is made from now on, here and in forks."""
    gc.freeze()
    gc.set_threshold(*_USUAL)


def not_at_the_end() -> None:
    """As the process ends: what is still there goes with it, so nobody need look through it first."""
    gc.freeze()
