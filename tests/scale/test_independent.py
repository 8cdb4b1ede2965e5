"""Nothing on a law's page depends on how many laws there are; lists have pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.scale.sites import FIRST, files_of, site_of

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.pages.theme import shown_lists
from duizhao.site import site_pages


@pytest.fixture(scope="module")
def few_and_many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same site with 3 laws and with 12, five on a page of the list."""
    folders = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_pages, "LISTED", 5)
        for number in (3, 12):
            root = site_of(tmp_path_factory.mktemp("laws") / "mysite", number)
            render_site(root, root / "site", pdf=False)
            folders.append(root / "site")
    return folders[0], folders[1]


def test_the_files_of_a_law_are_the_same_in_a_larger_site(
    few_and_many: tuple[Path, Path],
) -> None:
    few, many = map(files_of, few_and_many)
    own = [
        path
        for path in few
        if path.startswith(("data/law-", "en/law-", "zh/law-", "en/source/", "zh/source/"))
        and not path.startswith(("en/law-2/", "zh/law-2/"))  # cites a law of both
    ]
    assert len(own) > 30
    assert [path for path in own if few[path] != many[path]] == []
    assert [p for p in few if p.startswith(("en/law-2/", "zh/law-2/")) and few[p] != many[p]] == []


def _links(page: Path) -> list[str]:
    nodes = LexborHTMLParser(page.read_bytes()).css(".card > :is(h2, h3) a")
    return [node.attributes["href"] or "" for node in nodes]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_lists_of_many_laws_have_pages(few_and_many: tuple[Path, Path], language: str) -> None:
    few, many = few_and_many
    assert len(_links(few / language / "index.html")) == 3
    assert not (few / language / "laws").exists(), "one page of the list is enough"
    pages = [many / language / "index.html"]
    pages += [many / language / f"laws/{n}/index.html" for n in (2, 3)]
    listed = [link.strip("./") for page in pages for link in _links(page)]
    assert [len(_links(page)) for page in pages] == [5, 5, 2]
    assert len(set(listed)) == 12
    assert any(FIRST in link for link in listed)
    said = {"zh": "共12部", "en": "12 in all"}[language]
    assert said in pages[0].read_text("utf-8"), "a reader is told how many there are"
    for number, page in enumerate(pages, 1):
        nodes = LexborHTMLParser(page.read_bytes()).css("nav.lists a")
        current = [n.text() for n in nodes if n.attributes.get("aria-current") == "page"]
        assert [n.text() for n in nodes] == ["1", "2", "3"]
        assert current == [str(number)]


def test_a_list_links_to_few_of_its_pages() -> None:
    assert sorted(shown_lists(20, 600)) == [1, 17, 18, 19, 20, 21, 22, 23, 600]
    assert sorted(shown_lists(1, 1)) == [1]
