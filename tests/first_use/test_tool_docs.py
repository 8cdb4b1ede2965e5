"""The documentation of the tool builds strictly, and every link in it leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from duizhao.building.whole.linkcheck import check_links

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs/tool"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs") / "docs"
    command = [sys.executable, "-m", "mkdocs", "-q", "build", "--strict"]
    done = subprocess.run(
        [*command, "-f", str(ROOT / "docs/tool.yml"), "-d", str(out)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out


def pages(language: str) -> set[str]:
    return {path.relative_to(DOCS / language).as_posix() for path in DOCS.glob(f"{language}/**/*")}


def test_both_languages_have_the_same_pages() -> None:
    assert pages("zh") == pages("en")


def test_links(built: Path) -> None:
    count, problems = check_links(built)
    assert count == len([*DOCS.rglob("*.md")]) + 1, "and 404.html"
    assert problems == []


def test_each_page_has_its_language(built: Path) -> None:
    for language in ("zh", "en"):
        files = list((built / language).rglob("*.html"))
        assert files
        for path in files:
            assert f'<html lang="{language}"' in path.read_text("utf-8")


def test_nothing_comes_from_another_host(built: Path) -> None:
    files = list(built.rglob("*.html"))
    assert files
    for path in files:
        loaded = re.findall(
            r"<(?:script|link|img)\b[^>]*?(?:src|href)=\"([^\"]*)", path.read_text("utf-8")
        )
        assert loaded
        assert [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)] == []


def test_the_site_of_the_laws_has_none_of_it(root: Path) -> None:
    excluded = (root / "mkdocs.yml").read_text("utf-8").partition("exclude_docs")[2]
    assert {"/tool/", "/tool-theme/", "/tool.yml"} <= set(excluded.split())
    for language in ("zh", "en"):
        for path in (root / "docs" / language).rglob("*.md"):
            assert not re.search(r"\]\((?:guide|reference|tutorial)\b", path.read_text("utf-8")), (
                path
            )
