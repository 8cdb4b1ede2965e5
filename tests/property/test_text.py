"""Text cut anywhere and joined again is the text: nothing is lost, nothing comes twice."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from duizhao.text import Piece, Text

PLAIN = st.text("第一条甲乙 ，", min_size=1, max_size=6).map(lambda t: (t, t, ""))
EMENDED = st.tuples(
    st.text("和与", max_size=3), st.text("and ", min_size=1, max_size=5), st.just("emendation")
)
GAP = st.just(("", "", "gap"))


@st.composite
def texts(draw: st.DrawFn) -> Text:
    pieces, column = list[Piece](), 0
    for number, (text, original, mark) in enumerate(
        draw(st.lists(PLAIN | EMENDED | GAP, max_size=6))
    ):
        note = f"note-{number}" if mark else ""
        pieces.append(
            Piece(text=text, original=original, line=1, column=column, mark=mark, note=note)
        )
        column += len(original)
    return Text(tuple(pieces))


@given(texts(), st.data())
def test_parts_joined_are_the_text(text: Text, data: st.DataObject) -> None:
    size = len(str(text))
    cuts = sorted(data.draw(st.sets(st.integers(1, size - 1)))) if size > 1 else []
    edges = [0, *cuts, size]
    parts = [text.cut(a, b) for a, b in pairwise(edges)]
    joined = Text(tuple(p for part in parts for p in part))
    assert str(joined) == str(text)
    assert joined.original == text.original
    assert joined.notes == text.notes
    assert [p.note for p in joined if p.mark == "gap"] == [p.note for p in text if p.mark == "gap"]


@given(texts())
def test_each_part_says_where_it_stands(text: Text) -> None:
    for at in range(len(str(text))):
        for piece in text.cut(at, at + 1):
            if not piece.mark:
                assert (
                    text.original[piece.column : piece.column + len(piece.original)]
                    == piece.original
                )


@given(texts())
def test_strip_takes_white_space_alone(text: Text) -> None:
    stripped = text.strip()
    assert str(stripped) == str(text).strip()
    assert stripped.notes == text.notes
