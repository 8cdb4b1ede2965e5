from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.building.whole.linkcheck import check_links, links_within


def site(folder: Path, **pages: str) -> list[str]:
    for name, html in pages.items():
        path = folder / name.replace("__", "/").replace("_html", ".html").replace("_js", ".js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    return [p.message for p in check_links(folder)[1]]


@pytest.mark.parametrize(
    "link",
    ["a/", "a/#x", "a/index.html#x", "#here", "", "./", "a/?q=1#x", "https://example.org/", "/absolute/",
     "mailto:a@example.org", "a/#%E5%85%AC", "#__top", "data:,x"],
)  # fmt: skip
def test_links_that_lead_somewhere(tmp_path: Path, link: str) -> None:
    page = f'<p id="here"><a href="{link}">x</a>'
    assert site(tmp_path, index_html=page, a__index_html='<p id="x"><p id="公">') == []


@pytest.mark.parametrize(
    "link", ["b/", "a/#y", "#nowhere", "../out.html", "a/x.html", "../../etc/"]
)
def test_links_that_lead_nowhere(tmp_path: Path, link: str) -> None:
    page = f'<a href="{link}">x</a><a href="{link}">again</a>'
    assert site(tmp_path, index_html=page, a__index_html='<p id="x">') == [
        f"The link `{link}` leads nowhere."
    ]


@pytest.mark.parametrize(
    "tag", ['<img src="{}">', '<script src="{}"></script>', '<link href="{}">']
)
def test_what_a_page_loads_is_checked(tmp_path: Path, tag: str) -> None:
    assert len(site(tmp_path, index_html=tag.format("none.js"))) == 1
    assert site(tmp_path, index_html=tag.format("some.js"), some_js="") == []


def test_an_identifier_may_stand_once(tmp_path: Path) -> None:
    (message,) = site(tmp_path, index_html='<p id="a"><p id="b"><p id="a">')
    assert message == "The identifier `a` stands twice on this page."


def test_the_page_for_lost_readers_may_be_served_anywhere(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text('<a href="x/y/">x</a>', encoding="utf-8")
    assert check_links(tmp_path) == (1, [])


def test_a_dead_link_is_told_of_each_page_in_its_order(tmp_path: Path) -> None:
    page = '<p id="x"><a href="#no">1</a><a href="{0}gone/">2</a><a href="{0}b/#no">3</a>'
    site(tmp_path, index_html=page.format(""), a__index_html=page.format("../"), b__index_html="b")
    wanted = [
        *(
            ("a/index.html", f"The link `{x}` leads nowhere.")
            for x in ("#no", "../gone/", "../b/#no")
        ),
        *(("index.html", f"The link `{x}` leads nowhere.") for x in ("#no", "gone/", "b/#no")),
    ]
    count, problems = check_links(tmp_path)
    assert (count, [(p.position.file, p.message) for p in problems]) == (3, wanted)
    html = (tmp_path / "a/index.html").read_bytes()
    within, _ = links_within([("a/index.html", html)], {"a/index.html"})
    assert [href for _, _, href in within.dead] == ["#no"]
    # What leads out of pages that are known is looked up without reading them again.
    (tmp_path / "a/index.html").write_text("", encoding="utf-8")
    count, problems = check_links(tmp_path, lambda: [within])
    assert (count, [(p.position.file, p.message) for p in problems]) == (3, wanted[1:])
