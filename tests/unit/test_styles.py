"""What a style may say so that every browser's engine understands it: these tests run in Chromium alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from duizhao.writers.formats import epub, html_file

ROOT = Path(__file__).parents[2]
STYLES = {
    **{path.name: path.read_text("utf-8") for path in (ROOT / "docs/assets").glob("*.css")},
    "EPUB": epub._STYLE,
    "one file": html_file.STYLE,
}


@pytest.mark.parametrize("name", STYLES)
def test_a_line_with_a_style_or_colour_is_drawn_in_webkit_too(name: str) -> None:
    """WebKit takes no more than the kind of line in the shorthand, and draws none where there is more."""
    lines = re.findall(r"text-decoration:\s*([^;}]+)", STYLES[name])
    assert [line for line in lines if " " in line.strip()] == []


@pytest.mark.parametrize("name", STYLES)
def test_no_space_is_put_between_scripts_in_webkit(name: str) -> None:
    """It sets the figures of one font with the characters over each other."""
    elsewhere = re.sub(
        r"@supports not \(hanging-punctuation: ?first\) ?\{ ?body ?\{[^}]*\} ?\}", "", STYLES[name]
    )
    assert re.findall(r"text-autospace:\s*normal", elsewhere) == []
