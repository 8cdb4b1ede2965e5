"""Pages of laws finished without MkDocs are, byte for byte, what MkDocs makes of them."""

from __future__ import annotations

import pickle
from pathlib import Path

import material  # type: ignore[import-untyped]
import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader
from tests.scale.sites import files_of, site_of

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.pages.assets import add_filters
from duizhao.building.pages.frame import Frame, templates_of
from duizhao.building.pages.templates_kept import KeptTemplates
from duizhao.building.whole.linkcheck import check_links
from duizhao.ground.problems import DuizhaoError

OVERRIDES = Path(__file__).parents[2] / "docs/overrides"
BASE = Path(material.__file__).parent / "templates"
PLAIN = "{% set a = 1 %}{{ page.content }}{{ config.site_url }}{% include 'part.html' %}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with three laws; a page written by hand leads to a place in one."""
    root = site_of(tmp_path_factory.mktemp("framed") / "mysite", 3)
    for language in ("zh", "en"):
        page = root / f"docs/{language}/more.md"
        page.write_text(
            "---\ntitle: M&M\norder: 1\n---\n\n# x\n\n[y](law-1/full.md#art_2)\n", "utf-8"
        )
    return root


def test_sharded_and_in_one_go_are_the_same(root: Path) -> None:
    render_site(root, root / "sharded", pdf=True)
    options = root / "mkdocs.yml"
    options.write_text(options.read_text("utf-8") + "      sharded: false\n", "utf-8")
    render_site(root, root / "whole", pdf=True)
    sharded, whole = files_of(root / "sharded"), files_of(root / "whole")
    assert sharded.pop("manifest.json") != whole.pop("manifest.json"), "mkdocs.yml is an input"
    assert list(sharded) == list(whole)
    assert [path for path in sharded if sharded[path] != whole[path]] == []
    assert b'href="../law-1/full/#art_2"' in sharded["en/more/index.html"]
    assert b"M&amp;M" in sharded["en/law-1/chapter-1/index.html"], "the navigation names it"


def test_a_link_to_no_page_of_a_law_is_named(root: Path) -> None:
    page = root / "docs/en/more.md"
    before = page.read_text("utf-8")
    page.write_text(before.replace("law-1/full.md", "law-1/none.md"), "utf-8")
    try:
        with pytest.raises(DuizhaoError, match=r"law-1/none\.md"):
            render_site(root, root / "dead", pdf=False)
    finally:
        page.write_text(before, "utf-8")


def test_a_site_may_have_no_downloads(root: Path) -> None:
    options = root / "mkdocs.yml"
    before = options.read_text("utf-8")
    options.write_text(before + "      downloads: false\n", "utf-8")
    try:
        render_site(root, root / "bare", pdf=False)
    finally:
        options.write_text(before, "utf-8")
    assert check_links(root / "bare")[1] == []
    files = files_of(root / "bare")
    assert [path for path in files if path.startswith("data/")] == ["data/redirects.json"]
    assert b'id="downloads"' not in files["en/law-1/index.html"]
    assert b"laws.jsonl" not in files["llms.txt"]


def test_the_projects_own_theme_asks_for_no_more() -> None:
    environment = Environment(loader=FileSystemLoader([OVERRIDES, BASE]), autoescape=True)
    environment.filters["url"] = str
    add_filters(environment, {})
    found = templates_of(environment, ["404.html"])
    assert found is not None
    assert {"main.html", "404.html", "partials/head.html"} <= set(found)


def test_compiled_templates_go_to_no_other_process(tmp_path: Path) -> None:
    """They would be run there, and what comes from there would be run here."""
    frame = Frame(
        templates={"main.html": "x"},
        config={"site_url": ""},
        versions={},
        sheet="",
        prose={},
        kept={},
        code=KeptTemplates(tmp_path),
    )
    sent = pickle.loads(pickle.dumps(frame))  # noqa: S301 - made here
    assert frame.code is not None
    assert sent.code is None
    assert (sent, sent.digest) == (frame, frame.digest)


@pytest.mark.parametrize(
    ("main", "framed"),
    [
        (PLAIN, True),
        (PLAIN + "{{ a }}{{ own }}", True),
        (PLAIN + "{% for one in nav %}{% endfor %}", False),
        (PLAIN + "{{ config.theme.language }}", False),
        (PLAIN + "{{ page.toc }}", False),
        (PLAIN + "{{ base_url }}", False),
    ],
)
def test_a_theme_that_asks_for_more_is_left_to_mkdocs(main: str, framed: bool) -> None:
    parts = {
        "main.html": main,
        "part.html": "{% set own = 2 %}{{ duizhao.kind }}",
        "x.html": "{{ nav }}",
    }
    found = templates_of(Environment(loader=DictLoader(parts), autoescape=True), ["x.html"])
    assert (found == parts) if framed else (found is None)
