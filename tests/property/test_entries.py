"""The index of all laws is in the order that Python gives its lines."""

from hypothesis import given
from hypothesis import strategies as st

from duizhao.writers.pages.entries import Entry, entries_in_order

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
_ENTRY = st.builds(
    Entry,
    key=st.tuples(_TEXT, _TEXT),
    letter=st.sampled_from(["a", "b", "other"]),
    term=st.booleans(),
    markdown=_TEXT,
)


@given(st.lists(st.lists(_ENTRY)))
def test_lines_are_in_order_and_none_is_lost(laws: list[list[Entry]]) -> None:
    every = sorted(
        (entry for law in laws for entry in law),
        key=lambda e: (e.letter, not e.term, e.key, e.markdown),
    )
    with entries_in_order() as entries:
        for law in laws:
            entries.add(law)
        counts = entries.counts()
        assert list(counts) == sorted({entry.letter for entry in every})
        for letter, count in counts.items():
            lines = list(entries.of(letter))
            assert lines == [(e.key[1], e.markdown) for e in every if e.letter == letter]
            assert len(lines) == count
