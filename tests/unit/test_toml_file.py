"""TOML files with positions: what cannot be read is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.ground.store import Store
from duizhao.ground.toml_file import toml_from_text
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options


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


def test_two_versions_that_git_left_are_told() -> None:
    said = "a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> theirs\n"
    with pytest.raises(DuizhaoError, match="git marks here"):
        toml_from_text(said, path="x.toml", code="edition")


def test_lines_end_where_toml_says() -> None:
    """U+2028 in a text ended a line, and all that stood below was named a line too low."""
    toml = toml_from_text("[a]\nb = '\u2028'\n\n[c]\nd = 1\n", path="x.toml", code="edition")
    assert toml.position("c", 0, "d").line == 5
    assert toml.position("c").text == "[c]"


@pytest.mark.parametrize("value", ["[" * 5_000, "9" * 5_000, '"\\u0000"'])
def test_a_law_that_cannot_be_read_is_named_where_laws_are_kept_too(
    tiny_copy: Path, value: str
) -> None:
    """`check` named it, and `build`, which looks first for the law as it is kept, did not."""
    path = tiny_copy / "seeds/example-parks/edition.toml"
    path.write_text(path.read_text("utf-8").replace('"witnesses/sheet.txt"', value), "utf-8")
    kept = KeptLaws(store=Store(tiny_copy / "kept"), program="")
    with pytest.raises(DuizhaoError) as caught:
        site_from_options(Options(root=tiny_copy), kept)
    assert caught.value.problems[0].position.text.startswith("file = ")
