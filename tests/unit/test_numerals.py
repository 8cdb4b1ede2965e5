from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.ground.numerals import chinese, integer


@given(st.integers(0, 99_999_999))
def test_what_is_written_is_read(value: int) -> None:
    assert integer(chinese(value)) == value


@given(st.integers(1, 9_999), st.sampled_from([" ", "　"]))
def test_spaces_inside_do_not_count(value: int, space: str) -> None:
    assert integer(space.join(chinese(value))) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二十", 120), ("一百零二", 102), ("二〇二四", 2024), ("１２", 12), ("12", 12),
        ("两", 2), ("一万零五", 10005), ("一十二", 12), ("○", 0), ("ニ十", 20), ("—", 1), ("", None),
        ("百", 100), ("万", None), ("十十", None), ("一二百", None), ("甲", None), ("1" * 12, None),
        ("九" * 12, None), ("一千万一千万", None),
        ("9" * 8, 99_999_999), ("九" * 8, 99_999_999), ("123456789", None), ("一二三四五六七八九", None),
    ],
)  # fmt: skip
def test_integer(text: str, value: int | None) -> None:
    assert integer(text) == value


@pytest.mark.parametrize("value", [-1, 100_000_000])
def test_out_of_range(value: int) -> None:
    with pytest.raises(ValueError, match="no Chinese numeral"):
        chinese(value)


@pytest.mark.parametrize("character", ["一", "9", "十", "〇"])
def test_a_numeral_without_end_is_none_and_seen_at_once(character: str) -> None:
    """It took a time that grew with the square of its length: half a minute for 200,000."""
    started = time.process_time()
    assert integer(character * 300_000) is None
    assert time.process_time() - started < 1
