"""The growth of time and memory as one SVG with three panels, both axes logarithmic. Knows nothing of how they came."""

from __future__ import annotations

from math import log10

PANELS = {
    "handouts": ("handouts in a run", "total s", lambda count, found: count * found["each"] / 1e3),
    "library": ("exercises in the library", "first handout, CPU ms", lambda _count, found: found["first"]),
    "program": ("exercises in a program", "CPU ms a handout", lambda _count, found: found["each"]),
}
WIDTH, HEIGHT, LEFT, TOP, GAP = 250.0, 190.0, 52.0, 30.0, 70.0
DASHED = 'stroke-dasharray="4 4"'
TIME, MEMORY, LINEAR = "#0E574E", "#B4520E", "#8A9894"


def growth_svg(sweeps: dict[str, dict[int, dict[str, float]]]) -> str:
    """The whole drawing: time and memory of each sweep, and what is exactly linear beside the time."""
    panels = [
        _panel(name, sweeps[name], LEFT + number * (WIDTH + GAP))
        for number, name in enumerate(PANELS)
        if name in sweeps
    ]
    across, down = LEFT + len(panels) * (WIDTH + GAP), TOP + HEIGHT + 70
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.0f} {down:.0f}" font-family="sans-serif"'
    return f'{head} font-size="11"><rect width="100%" height="100%" fill="#fff"/>{"".join(panels)}</svg>\n'


def _panel(name: str, points: dict[int, dict[str, float]], left: float) -> str:
    title, what, time_of = PANELS[name]
    counts = list(points)
    times = [time_of(count, found) for count, found in points.items()]
    memory = [found["memory"] for found in points.values()]
    linear = [times[0] * count / counts[0] for count in counts]
    low = min(*times, *memory)
    high = max(*times, *memory, *(value for value in linear if value < 100 * max(times)))

    def x(count: float) -> float:
        return left + WIDTH * log10(count / counts[0]) / log10(counts[-1] / counts[0])

    def y(value: float) -> float:
        return TOP + HEIGHT * (1 - log10(value / low) / log10(high / low))

    def curve(values: list[float], colour: str, style: str = "") -> str:
        shown = [(count, value) for count, value in zip(counts, values, strict=True) if value <= high * 1.001]
        line = " ".join(f"{x(count):.1f},{y(value):.1f}" for count, value in shown)
        return f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" {style}/>'

    def dots(values: list[float], colour: str) -> str:
        return "".join(
            f'<circle cx="{x(count):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'
            f'<text x="{x(count):.1f}" y="{y(value) - 7:.1f}" text-anchor="middle" fill="{colour}">{value:.3g}</text>'
            for count, value in zip(counts, values, strict=True)
        )

    ticks = "".join(
        f'<text x="{x(count):.1f}" y="{TOP + HEIGHT + 22:.1f}" text-anchor="middle">{count:,}</text>'
        for count in counts
    )
    key = f'<text x="{left}" y="{TOP + HEIGHT + 58}"><tspan fill="{TIME}">{what}</tspan>   <tspan fill="{MEMORY}">'
    return (
        f'<text x="{left}" y="{TOP - 14}" font-weight="bold">{title}</text>'
        f'<rect x="{left - 12}" y="{TOP - 4}" width="{WIDTH + 24}" height="{HEIGHT + 10}" fill="none" stroke="#ddd"/>'
        f"{curve(linear, LINEAR, DASHED)}{curve(times, TIME)}{curve(memory, MEMORY)}"
        f"{dots(times, TIME)}{dots(memory, MEMORY)}{ticks}"
        f'<text x="{left}" y="{TOP + HEIGHT + 40}" fill="{LINEAR}">dashed: exactly linear</text>'
        f"{key}memory MB</tspan></text>"
    )
