"""The measurement of serving: one small run of all of it, and how it judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.commands.bench import serving as measured
from duizhao.commands.bench.serving import missed, serving


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two laws."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in "一二":
        text = f"某市第{name}公园条例\n第一条　公园应当开放。\n第二条　自2030年1月1日起施行。\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_saves_of_a_served_site_are_measured(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "SIZES", (2,))
    monkeypatch.setattr(measured, "SAVES", 2)
    monkeypatch.setattr(measured, "BUILDS", 1)
    found = serving(corpus)
    seconds = {name: value for name, value in found.items() if name.startswith("2 laws: ")}
    assert len(seconds) == 5
    assert all(value > 0 for value in seconds.values())


def test_the_longest_is_held_to_the_target() -> None:
    name = "10 laws: catalog saved, {}, seconds"
    figures = {name.format("median"): 1.2, name.format("longest"): 1.2}
    assert list(missed(figures)) == [name.format("longest")]
    assert not list(missed({name.format("longest"): 1.0}))
