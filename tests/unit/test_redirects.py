"""seeds/redirects.toml: what it says, what is wrong with it, and where the old names lead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duizhao.building.whole.web.moved import TABLE, moved_files
from duizhao.editing.redirects import redirects_from_file
from duizhao.ground.problems import DuizhaoError
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_pages import pages

GOOD = """[[renamed]]
from = "parks"
to = "city-parks"
date = 2026-01-02

[[renamed]]
from = "city-parks"
to = "example-parks"
date = 2026-02-03

[[renamed]]
law = "example-parks"
from = "art_2__para_u1"
to = "art_2__para_2"
date = 2026-03-04
"""
BASE = "https://example.org/"


def _site(folder: Path, text: str) -> Site:
    (folder / "seeds/redirects.toml").write_text(text, encoding="utf-8")
    return site_from_options(Options(root=folder))


def _files(site: Site, base: str = BASE) -> dict[str, str]:
    addresses = {
        page.path: page.path.removesuffix(".md").removesuffix("index") for page in pages(site)
    }
    urls = {path: url if url.endswith("/") else f"{url}/" for path, url in addresses.items()}
    return dict(moved_files(site, urls, base))


def test_what_is_renamed_twice_leads_to_its_last_name(tiny_copy: Path) -> None:
    site = _site(tiny_copy, GOOD)
    found = site.redirects.of()
    assert {old: (each.new, each.date) for old, each in found.items()} == {
        "parks": ("example-parks", "2026-01-02"),
        "city-parks": ("example-parks", "2026-02-03"),
    }
    assert ("art_2__para_u1", "art_2__para_2") in site.laws[0].edition.aliases


def test_every_page_of_a_renamed_law_leads_to_its_successor(tiny_copy: Path) -> None:
    site = _site(tiny_copy, GOOD)
    files = _files(site)
    ours = [page.path for page in pages(site) if "/example-parks/" in page.path]
    assert len(files) == 1 + 2 * len(ours)
    for old in ("parks", "city-parks"):
        for language in ("zh", "en"):
            page = files[f"{language}/{old}/chapter-1/index.html"]
            assert f"<h1>{site.interfaces[language]('This page has moved')}</h1>" in page
            assert 'href="../../example-parks/chapter-1/"' in page
            assert 'content="0; url=../../example-parks/chapter-1/"' in page
            assert '<meta name="robots" content="noindex">' in page
            assert f'rel="canonical" href="{BASE}{language}/example-parks/chapter-1/"' in page
            assert 'href="../example-parks/"' in files[f"{language}/{old}/index.html"]


def test_without_an_address_there_is_no_canonical_one(tiny_copy: Path) -> None:
    assert "canonical" not in _files(_site(tiny_copy, GOOD), "")["en/parks/index.html"]


def test_the_table_says_where_everything_is(tiny_copy: Path) -> None:
    table = json.loads(_files(_site(tiny_copy, GOOD))[TABLE])
    assert [(e["from"], e["to"], e["pages"]["en"]) for e in table["laws"]] == [
        ("parks", "example-parks", "en/example-parks/"),
        ("city-parks", "example-parks", "en/example-parks/"),
    ]
    assert table["provisions"][-1] == {
        "law": "example-parks",
        "from": "art_2__para_u1",
        "to": "art_2__para_2",
        "date": "2026-03-04",
        "pages": {
            "zh": "zh/example-parks/chapter-1/#art_2__para_2",
            "en": "en/example-parks/chapter-1/#art_2__para_2",
        },
    }
    rejected = table["provisions"][0]
    assert (rejected["from"], rejected["to"], "date" in rejected) == ("art_8", "art_6", False)


def test_an_old_identifier_has_an_anchor(tiny_copy: Path) -> None:
    found = {page.path: page.markdown for page in pages(_site(tiny_copy, GOOD))}
    for path in ("zh/example-parks/chapter-1.md", "en/example-parks/full.md"):
        assert found[path].count('id="art_2__para_u1"') == 1


def test_without_the_file_nothing_was_renamed(tiny: Site, tmp_path: Path) -> None:
    assert redirects_from_file(tmp_path / "redirects.toml", name="x").entries == ()
    table = json.loads(_files(tiny)[TABLE])
    assert table["laws"] == []
    assert list(_files(tiny)) == [TABLE]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("date = 2026-01-02", 'date = "2026-01-02"', "redirects-entry", 4),
        ("date = 2026-01-02\n", "", "redirects-entry", 1),
        ('from = "parks"', 'from = "Parks"', "redirects-entry", 2),
        ('from = "parks"', "from = 3", "redirects-entry", 2),
        ('from = "parks"', 'from = "city-parks"', "redirects-entry", 2),
        ('from = "city-parks"', 'from = "parks"', "redirects-entry", 7),
        ('to = "example-parks"', 'to = "parks"', "redirects-entry", 7),
        ('to = "city-parks"', 'to = "parks"', "redirects-entry", 2),
        ('from = "parks"', 'from = "example-parks"', "redirects-entry", 7),
        ('law = "example-parks"', 'laws = "example-parks"', "redirects-entry", 12),
        ("[[renamed]]", "[[moved]]", "redirects-entry", 1),
        (GOOD, "[renamed]\nfrom = 3\n", "redirects-entry", 1),
        (GOOD, '\nrenamed = ["parks"]\n', "redirects-entry", 2),
        ('to = "example-parks"', 'to = "nowhere"', "redirects-target", 2),
        ('law = "example-parks"', 'law = "parks"', "redirects-target", 13),
        ('to = "art_2__para_2"', 'to = "art_99"', "redirects-target", 13),
        ('to = "art_2__para_2"', 'to = "chp_1"', "redirects-target", 13),
        (
            'from = "parks"\nto = "city-parks"',
            'from = "example-parks"\nto = "elsewhere"',
            "redirects-taken",
            2,
        ),
        ('from = "art_2__para_u1"', 'from = "art_1"', "redirects-taken", 13),
        ('from = "art_2__para_u1"', 'from = "art_8"', "redirects-taken", 13),
        (GOOD, "[[renamed", "redirects-syntax", 1),
    ],
)
def test_every_fault_has_its_place(
    tiny_copy: Path, old: str, new: str, code: str, line: int
) -> None:
    with pytest.raises(DuizhaoError) as reason:
        _site(tiny_copy, GOOD.replace(old, new, 1))
    first = reason.value.problems[0]
    assert (first.code, first.position.line) == (code, line)
    assert first.position.file == "seeds/redirects.toml"


def test_what_cannot_be_read(tiny_copy: Path) -> None:
    (tiny_copy / "seeds/redirects.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DuizhaoError) as reason:
        site_from_options(Options(root=tiny_copy))
    assert reason.value.problems[0].code == "redirects-unreadable"
