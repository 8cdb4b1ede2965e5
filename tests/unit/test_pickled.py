"""Dataclasses that are pickled fast come back as they were, and as small as others."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from duizhao.ground.text import Piece, Text
from duizhao.parser.edition import Article, Item, Paragraph, Unit

PIECE = Piece(text="第一条", original="第－条", line=3, column=0, note="n1", mark="emendation")


def _again(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - made here


@pytest.mark.parametrize("value", [PIECE, Text(), Text((PIECE, PIECE))])
def test_what_was_pickled_comes_back(value: object) -> None:
    assert _again(value) == value


@pytest.mark.parametrize("cls", [Article, Item, Paragraph, Piece, Text, Unit])
def test_the_fields_are_not_asked_for_each_object(cls: type) -> None:
    assert cls.__getstate__.__module__ == "duizhao.ground.pickled"


def test_what_comes_back_is_frozen() -> None:
    again = _again(PIECE)
    with pytest.raises(FrozenInstanceError):
        again.text = "x"


def test_a_state_of_another_version_is_refused() -> None:
    empty = Piece.__new__(Piece)
    with pytest.raises(ValueError, match="zip"):
        empty.__setstate__(("too", "short"))  # type: ignore[attr-defined]
