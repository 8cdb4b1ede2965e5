"""Markdown by cmark: as its own wrapper has it, and without what that leaves in memory."""

from __future__ import annotations

import subprocess
import sys

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from duizhao.ground.cmark import html_of_markdown

TEXT = "第一段<em>强调</em>。\n\n| 甲 | 乙 |\n| --- | ---: |\n| 一 | 二 |\n\n"


def test_it_is_what_the_library_makes() -> None:
    wanted = cmarkgfm.markdown_to_html_with_extensions(
        TEXT, options=Options.CMARK_OPT_UNSAFE, extensions=["table"]
    )
    assert html_of_markdown(TEXT) == wanted
    assert 'align="right"' in wanted
    assert html_of_markdown("") == ""


GROWTH = """
import sys
from pathlib import Path
from duizhao.ground.cmark import html_of_markdown
def memory():
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096
text = sys.stdin.read()
for _ in range(5):
    html_of_markdown(text)
before = memory()
for _ in range(20):
    html_of_markdown(text)
print(memory() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_memory_does_not_grow_with_what_is_converted() -> None:
    text = TEXT * 2_000
    grown = subprocess.run(
        [sys.executable, "-c", GROWTH], input=text, capture_output=True, text=True, check=True
    ).stdout
    assert int(grown) < 20 * len(text.encode()), "the library’s own way keeps fifty times that"
