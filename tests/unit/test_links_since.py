"""Of a site that takes the place of one with sound links, the pages are read that are new."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from duizhao.building.whole import links_since
from duizhao.building.whole.linkcheck import Within, check_links
from duizhao.building.whole.links_since import check_links_since
from duizhao.building.whole.manifest import measured
from duizhao.building.whole.published import Published, published_from_folder
from duizhao.ground.store import Store

PAGES = {
    "index.html": '<a href="a/#x">a</a><a href="b/">b</a>',
    "a/index.html": '<p id="x"><a href="../b/#y">b</a>',
    "b/index.html": '<p id="y"><a href="../manifest.json">m</a>',
}


def write(folder: Path, pages: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """A site with its manifest; size and SHA-256 of its files."""
    for path, html in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(html, encoding="utf-8")
    files = {path: measured(folder / path) for path in pages}
    outputs = {path: {"bytes": size, "sha256": sha256} for path, (size, sha256) in files.items()}
    (folder / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    return files


Check = Callable[[Mapping[str, str]], list[tuple[str, str]]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Checks a site that takes the place of one that was checked: file and message of problems."""
    store = Store(tmp_path / "kept")
    old = tmp_path / "old"
    assert check_links_since(Published(), old, old, write(old, PAGES), tuple, store) == (3, [])

    def check(pages: Mapping[str, str]) -> list[tuple[str, str]]:
        new = tmp_path / "new"
        files = write(new, pages)
        count, problems = check_links_since(
            published_from_folder(old), old, new, files, tuple, store
        )
        assert count == len(pages)
        return [(p.position.file, p.message) for p in problems]

    return check


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The sites of which every page is read."""
    read: list[Path] = []
    real = check_links

    def noted(site: Path, known: Callable[[], Iterator[Within]]) -> object:
        read.append(site)
        return real(site, known)

    monkeypatch.setattr(links_since, "check_links", noted)
    return read


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("a/index.html", "../c/"),  # no file
        ("a/index.html", "../b/#z"),  # no such place on a page that is the same
        ("a/index.html", "#z"),  # nor on itself
        ("c/index.html", "../a/#z"),  # of a page that is new
    ],
)
def test_a_dead_link_of_a_new_page_is_told(
    check: Check, whole: list[Path], page: str, link: str
) -> None:
    html = f'{PAGES.get(page, "")}<p id="new"><a href="{link}">x</a>'
    assert check(PAGES | {page: html}) == [(page, f"The link `{link}` leads nowhere.")]
    assert not whole


def test_an_identifier_that_stands_twice_on_a_new_page_is_told(check: Check) -> None:
    ((file, message),) = check(PAGES | {"a/index.html": '<p id="x"><p id="x">'})
    assert (file, message) == ("a/index.html", "The identifier `x` stands twice on this page.")


def test_pages_that_are_the_same_are_not_read(check: Check, whole: list[Path]) -> None:
    assert check(PAGES | {"a/index.html": PAGES["a/index.html"] + "more"}) == []
    assert not whole


def test_what_is_gone_from_a_new_page_is_missed_on_the_others(check: Check) -> None:
    assert check(PAGES | {"a/index.html": '<p id="z">'}) == [
        ("index.html", "The link `a/#x` leads nowhere.")
    ]


def test_a_page_that_is_gone_is_missed(check: Check) -> None:
    assert check({path: html for path, html in PAGES.items() if path != "b/index.html"}) == [
        ("a/index.html", "The link `../b/#y` leads nowhere."),
        ("index.html", "The link `b/` leads nowhere."),
    ]


@pytest.mark.parametrize("somebody", ["wrote", "removed"])
def test_where_somebody_touched_an_old_page_all_are_read(
    check: Check, whole: list[Path], tmp_path: Path, somebody: str
) -> None:
    """What it could be entered at is unknown."""
    page = tmp_path / "old/a/index.html"
    if somebody == "wrote":
        page.write_text("somebody’s", encoding="utf-8")
    else:
        page.unlink()
    assert check(PAGES | {"a/index.html": '<p id="z">'}) == [
        ("index.html", "The link `a/#x` leads nowhere.")
    ]
    assert whole == [tmp_path / "new"]


@pytest.mark.parametrize("lost", ["the mark", "the manifest", "the tools"])
def test_after_a_site_that_was_not_checked_all_pages_are_read(
    check: Check, whole: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """Such a one as `mkdocs build` makes, for example."""
    old = tmp_path / "old"
    if lost == "the mark":
        for path in (tmp_path / "kept").iterdir():
            path.unlink()
    elif lost == "the manifest":
        write(old, PAGES | {"a/index.html": '<p id="x"><a href="#dead">x</a>'})
        os.utime(old / "manifest.json")
    else:
        monkeypatch.setattr(links_since, "tools", lambda: "others")
    assert check(PAGES | {"b/index.html": PAGES["b/index.html"] + "more"}) == []
    assert whole == [tmp_path / "new"]


def test_many_new_pages_are_read_with_all_others(
    check: Check, whole: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links_since, "FEW", 1)
    changed = {path: html + "more" for path, html in PAGES.items()}
    assert check(changed) == []
    assert check(PAGES | {"index.html": changed["index.html"] + '<a href="b/#y">b</a>'}) == []
    assert len(whole) == 2
