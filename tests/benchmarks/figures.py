"""What figures cost: `python -m tests.benchmarks.figures [ID …]` prints milliseconds and bytes as SVG.

Without ids it takes the whole library. Each pair of frames is read, solved and drawn afresh; it takes seconds a figure.
"""

# ruff: noqa: T201

from __future__ import annotations

import sys
import time
import zlib
from statistics import mean

started = time.perf_counter()
from handouts.drawing import to_svg  # noqa: E402
from handouts.figures import FigureStyle, draw_figure, figure_colours  # noqa: E402

IMPORT_MS = (time.perf_counter() - started) * 1e3

from tests.tools.draw_figures import pictures  # noqa: E402

ROUNDS = 1


def main() -> None:
    known = pictures()
    times, sizes = [], []
    print(f"{'':34} ms/pair   raw  deflated")
    for name in sys.argv[1:] or known:
        best = 1e9
        for _ in range(ROUNDS):
            start = time.perf_counter()
            drawn = draw_figure(name, known[name])
            best = min(best, (time.perf_counter() - start) * 1e3)
        svg = "".join(to_svg(drawing, figure_colours(FigureStyle())) for drawing in drawn).encode()
        raw, deflated = len(svg), len(zlib.compress(svg, 9))
        times.append(best)
        sizes.append(deflated)
        print(f"{name:34} {best:7.1f} {raw:6} {deflated:8}")
    print(
        f"{len(sizes)} pairs: mean {mean(times):.1f} ms, {mean(sizes):.0f} bytes; most {max(times):.1f}, {max(sizes)}"
    )
    print(f"import {IMPORT_MS:.1f} ms")


if __name__ == "__main__":
    main()
