"""What the writers make of the invented regulation, word for word.

`pytest tests/golden --update` writes the files anew; then read the diff.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.languages.catalog_from_edition import update_catalog
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import pages

Golden = Callable[[str, str], None]

PAGES = (
    "zh/example-parks/index.md",
    "zh/example-parks/chapter-1.md",
    "zh/example-parks/chapter-2.md",
    "zh/example-parks/full.md",
    "zh/example-parks/chapter-1/pinyin.md",
    "zh/example-parks/chapter-2/pinyin.md",
    "zh/example-parks/about.md",
    "zh/source/sheet.md",
    "zh/concordance/g.md",
    "zh/glossary.md",
    "zh/quote.md",
    "zh/a-z/index.md",
    "zh/a-z/b.md",
    "en/example-parks/index.md",
    "en/example-parks/chapter-1.md",
    "en/example-parks/chapter-2.md",
    "en/example-parks/full.md",
    "en/example-parks/chapter-1/pinyin.md",
    "en/example-parks/chapter-2/pinyin.md",
    "en/example-parks/about.md",
    "en/source/sheet.md",
    "en/concordance/g.md",
    "en/glossary.md",
    "en/quote.md",
    "en/a-z/index.md",
    "en/a-z/g.md",
)


def test_the_pages_are_exactly_these(tiny: Site) -> None:
    assert sorted(p.path for p in pages(tiny)) == sorted(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_page(tiny: Site, golden: Golden, path: str) -> None:
    page = next(p for p in pages(tiny) if p.path == path)
    golden(f"markdown/{path}", page.markdown)


def test_page_is_the_same_when_written_again(tiny: Site) -> None:
    assert [p.markdown for p in pages(tiny)] == [p.markdown for p in pages(tiny)]


def test_catalog(tiny: Site, golden: Golden, tmp_path: Path) -> None:
    """`translate update` of a catalog that is up to date gives the same bytes."""
    law = tiny.laws[0]
    source = tiny.options.root / "translations/en/LC_MESSAGES/example-parks.po"
    path = Path(shutil.copy(source, tmp_path))
    assert not update_catalog(path, law.edition, tiny.glossary, language="en")
    golden("site/translations/en/LC_MESSAGES/example-parks.po", path.read_text("utf-8"))


def test_new_catalog(tiny: Site, golden: Golden, tmp_path: Path) -> None:
    """The catalog that a translator gets first: every unit, nothing translated."""
    path = tmp_path / "new.po"
    assert update_catalog(path, tiny.laws[0].edition, tiny.glossary, language="en")
    golden("po/new.po", path.read_text("utf-8"))
