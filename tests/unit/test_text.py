from __future__ import annotations

import pytest

from duizhao.ground.text import Piece, Text, plain

EMENDED = Text(
    (
        Piece(text="安全", original="安全", line=3, column=0),
        Piece(text="和", original=" and ", line=3, column=2, note="n", mark="emendation"),
        Piece(text="卫生", original="卫生", line=3, column=7),
    )
)


def test_what_is_published_and_what_the_witness_has() -> None:
    assert str(EMENDED) == "安全和卫生"
    assert EMENDED.original == "安全 and 卫生"
    assert EMENDED.lines == (3,)
    assert EMENDED.notes == ("n",)


def test_a_cut_keeps_the_place() -> None:
    assert [(p.text, p.column) for p in EMENDED.cut(3)] == [("卫生", 7)]
    assert [(p.text, p.column) for p in EMENDED.cut(1, 4)] == [("全", 1), ("和", 2), ("卫", 7)]


def test_an_emended_piece_is_not_divided() -> None:
    piece = Piece(text="甲乙丙", original="丁", line=1, column=0)
    with pytest.raises(ValueError, match="cannot be divided"):
        piece.cut(0, 2)
    assert piece.cut(0, 3) is piece


def test_a_gap_at_the_end_stays_there() -> None:
    gap = Piece(text="", original="", line=1, column=0, note="g", mark="gap")
    text = plain("推进法治", line=1) + Text((gap,))
    assert text.strip().notes == ("g",)
    assert text.cut(0, 4).notes == ("g",)
    assert text.cut(0, 3).notes == ()


def test_nothing_is_no_text() -> None:
    assert not plain("")
    assert plain("公", line=2, column=5).pieces[0].column == 5
    assert str(plain(" 　公 ").strip()) == "公"
