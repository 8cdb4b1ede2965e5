"""Pictures for links are kept by all that they are made of and with."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.building.pages import cards
from duizhao.building.pages.cards import Card
from duizhao.building.whole.web import app
from duizhao.ground.store import Store


def test_another_typst_makes_another_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card(path="x.png", words="{}", name="x")
    before = card.key
    monkeypatch.setattr(cards, "tools_or_fonts", lambda _: "other")
    assert card.key != before


def test_another_typst_makes_other_icons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def icon(side: int, *, whole: bool) -> bytes:
        made.append(side)
        return b"whole" if whole else b"round"

    monkeypatch.setattr(app, "icon_png", icon)
    store = Store(tmp_path)
    for tools in ("one", "one", "other"):
        monkeypatch.setattr(app, "tools_or_fonts", lambda _, found=tools: found)
        assert dict(app._icons(store))
    assert len(made) == 2 * len(app.ICONS)
