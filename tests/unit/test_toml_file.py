"""TOML files with positions: what cannot be read is named with its place."""

from __future__ import annotations

import pytest

from duizhao.problems import DuizhaoError
from duizhao.toml_file import toml_from_text


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("a = 1\nb = = 2\nc = 3\n", 2),
        (f"a = 1\nb = {'9' * 5_000}\nc = 3\n", 2),
        (f"a = 1\nb = {'[' * 5_000}\nc = 3\n", 2),
        (f"a = 1\nb = {'{a=' * 5_000}\nc = 3\n", 2),
        ("a = 1\nb = 'x", 2),
        ("a = '\u2028\x85'\nb = = 2\n", 2),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(said: str, line: int) -> None:
    """Digits and brackets by the thousand ended in a traceback."""
    with pytest.raises(DuizhaoError) as caught:
        toml_from_text(said, path="x.toml", code="edition")
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.line) == ("edition-syntax", line)


def test_lines_end_where_toml_says() -> None:
    """U+2028 in a text ended a line, and all that stood below was named a line too low."""
    toml = toml_from_text("[a]\nb = '\u2028'\n\n[c]\nd = 1\n", path="x.toml", code="edition")
    assert toml.position("c", 0, "d").line == 5
    assert toml.position("c").text == "[c]"
