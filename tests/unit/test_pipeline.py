from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.catalog_from_edition import update_catalog
from duizhao.languages.law import link
from duizhao.site.options import Options
from duizhao.site.pipeline import Site as SiteType
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_checks import require_sound
from duizhao.site.site_pages import leaf_title, pages


def test_laws_are_read_in_the_order_of_their_names(real: SiteType) -> None:
    assert [law.id for law in real.laws] == [
        "xizang-business-environment",
        "xizang-community-governance",
    ]
    assert {n: len(w) for n, w in real.witnesses().items()} == {
        "seeds/witnesses/newspaper-page.txt": 2
    }
    with pytest.raises(KeyError):
        real.law("nowhere")


def test_problems_of_all_laws_are_told_together(tiny_copy: Path) -> None:
    """A law that fails does not hide what is wrong with the next."""
    seeds = tiny_copy / "seeds"
    for name in ("b-law", "c-law"):
        shutil.copytree(seeds / "example-parks", seeds / name)
    with pytest.raises(DuizhaoError) as caught:
        site_from_options(Options(root=tiny_copy))
    assert [p.code for p in caught.value.problems] == ["law-id", "law-id"]


def test_a_byte_order_mark_is_no_part_of_a_file(tiny: SiteType, tiny_copy: Path) -> None:
    read = sorted({*tiny_copy.glob("seeds/**/*.toml"), *tiny_copy.glob("translations/**/*.po")})
    assert len(read) > 4
    for path in read:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    site = site_from_options(Options(root=tiny_copy))
    assert [law.edition for law in site.laws] == [law.edition for law in tiny.laws]
    assert [law.bilingual for law in site.laws] == [law.bilingual for law in tiny.laws]
    assert site.glossary == tiny.glossary
    assert site.interfaces["en"]("Glossary") == tiny.interfaces["en"]("Glossary")
    law = site.laws[0]
    catalog = tiny_copy / "translations/en/LC_MESSAGES/example-parks.po"
    assert update_catalog(catalog, law.edition, site.glossary, language="en")
    assert not catalog.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_warning_does_not_stop_a_build(tiny: SiteType) -> None:
    require_sound(tiny)


def test_every_page_has_an_address_of_its_own(real: SiteType) -> None:
    found = list(pages(real))
    assert len({p.path for p in found}) == len(found)
    for page in found:
        assert page.path.startswith(f"{page.language}/")
        assert page.title
        assert page.markdown.startswith("# ") or page.kind == "leaf"
        assert page.markdown.endswith("\n")


def test_titles_of_leaves(tiny: SiteType) -> None:
    law = tiny.laws[0]
    leaf = law.leaves[0]
    assert leaf_title(tiny.view(law, "zh"), leaf) == "第一章 总则"
    assert leaf_title(tiny.view(law, "en"), leaf) == "Chapter 1 General Provisions"


def test_a_view_speaks_the_language_of_its_page(tiny: SiteType) -> None:
    law = tiny.laws[0]
    zh, en = tiny.view(law, "zh"), tiny.view(law, "en")
    assert (zh.title(), zh.title(short=True)) == ("示例市公园管理条例", "公园管理条例")
    assert en.title(short=True) == "Park Regulations"
    assert zh.words("note_turn-to-page-2", "转版提示") == "转版提示"
    assert (
        en.words("note_turn-to-page-2", "转版提示")
        == "A direction to turn the page, not text of the law."
    )
    assert en.page_of("art_4") == "chapter-2"
    assert en.page_of("title") == "index"


@pytest.mark.parametrize(
    ("source", "target", "fragment", "expected"),
    [
        ("zh/x/a.md", "zh/x/b.md", "y", "b.md#y"),
        ("zh/x/a.md", "zh/source/s.md", "", "../source/s.md"),
        ("zh/x/a.md", "zh/x/a.md", "y", "#y"),
        ("zh/x/p/a.md", "en/x/p/a.md", "", "../../../en/x/p/a.md"),
    ],
)
def test_links_are_relative(source: str, target: str, fragment: str, expected: str) -> None:
    assert link(source, target, fragment) == expected
