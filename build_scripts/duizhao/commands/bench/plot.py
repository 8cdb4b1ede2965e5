"""Figures of builds as a picture: pages and seconds, both on logarithmic scales (SVG)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

#: figure, label, colour and mark of each line; the colours differ in lightness too
LINES = (
    ("plain MkDocs, seconds on the wall", "plain MkDocs + Material", "#b35900"),
    ("cold, seconds on the wall", "duizhao, everything but PDFs · 全部（无 PDF）", "#1b4965"),
    (
        "pages and search alone, seconds on the wall",
        "duizhao, pages and search · 页面与检索",
        "#5fa8d3",
    ),
)
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 400, 64, 16, 32, 48

Point = tuple[float, float]


def as_svg(figures: Mapping[str, Any]) -> str:
    """The picture of what `building` measured; ValueError where it holds no figures of builds."""
    drawn = [(label, colour, _points(figures, name)) for name, label, colour in LINES]
    every = [point for _, _, points in drawn for point in points]
    if not every:
        raise ValueError("no figures of builds")
    scale = _Scale(every)
    body = [*_grid(scale)]
    for row, (label, colour, points) in enumerate(drawn):
        if points:
            body += _line(scale, points, colour)
            body += _legend(label, colour, row)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' font-family="sans-serif" font-size="13">\n'
        "<title>Seconds to build a site by its pages · 构建用时与页数</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _points(figures: Mapping[str, Any], name: str) -> list[Point]:
    """(pages, seconds) of one line, by the size of the site."""
    return [
        (float(figures[f"{size}: pages"]), float(value))
        for key, value in figures.items()
        for size, _, rest in [key.partition(": ")]
        if rest == name
    ]


class _Scale:
    """From pages and seconds to places in the picture."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.pages = _range([x for x, _ in points])
        self.seconds = _range([y for _, y in points])

    def x(self, pages: float) -> float:
        return LEFT + _share(pages, self.pages) * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        return HEIGHT - BOTTOM - _share(seconds, self.seconds) * (HEIGHT - TOP - BOTTOM)


def _range(values: Sequence[float]) -> tuple[float, float]:
    """From a round number below all values to one above them."""
    ticks = list(_ticks(min(values) / 3, max(values) * 3))
    low = max([tick for tick in ticks if tick <= min(values)], default=min(values))
    high = min([tick for tick in ticks if tick >= max(values)], default=max(values))
    return low, high if high > low else low * 10


def _ticks(low: float, high: float) -> Iterator[float]:
    """1, 2, 5, 10, 20 … between two values."""
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        yield from (step * 10.0**power for step in (1, 2, 5) if low <= step * 10.0**power <= high)


def _share(value: float, span: tuple[float, float]) -> float:
    low, high = span
    return math.log(value / low) / math.log(high / low)


def _grid(scale: _Scale) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for tick in _ticks(*scale.pages):
        x = scale.x(tick)
        yield f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#dddddd"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{tick:,g}</text>'
    for tick in _ticks(*scale.seconds):
        y = scale.y(tick)
        yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#dddddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,g} s</text>'
    yield f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 10}" text-anchor="middle">pages · 页</text>'


def _line(scale: _Scale, points: Sequence[Point], colour: str) -> Iterator[str]:
    places = [(scale.x(x), scale.y(y)) for x, y in sorted(points)]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in places)


def _legend(label: str, colour: str, row: int) -> Iterator[str]:
    """Below on the right, where no line goes: each rises."""
    x, y = WIDTH - RIGHT - 320, HEIGHT - BOTTOM - 58 + 20 * row
    yield f'<path d="M{x} {y}h24" stroke="{colour}" stroke-width="3"/>'
    yield f'<text x="{x + 32}" y="{y + 4}">{escape(label)}</text>'
