"""Pages rendered without MkDocs are as MkDocs renders them; keys are the same in any process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from duizhao.pipeline import Site
from duizhao.render import html_of
from duizhao.site_pages import pages

ROOT = Path(__file__).parents[2]


def test_html_is_that_of_mkdocs(tiny: Site, tmp_path: Path) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "markdown_extensions": ["attr_list", "tables"]})
    errors, _ = config.validate()
    assert not errors
    made = list(pages(tiny))
    texts = {page.path: page.markdown for page in made}
    for path in ("zh/index.md", "en/index.md", "en/search.md", "zh/search.md"):
        texts[path] = ""
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    files = Files([File(path, str(tmp_path), "site", use_directory_urls=True) for path in texts])
    for page in made:
        file = files.get_file_from_path(page.path)
        assert file
        other = MkDocsPage(None, file, config)
        other.read_source(config)
        other.render(config, files)
        extensions = tuple(config.markdown_extensions)
        assert html_of(page.markdown, page.path, extensions) == other.content, page.path
    assert len(made) > 10


@pytest.mark.parametrize(
    ("link", "led"),
    [
        ("chapter-2.md#art_3", "../chapter-2/#art_3"),
        ("index.md", "../"),
        ("../source/%E6%9D%A1%E4%BE%8B.md#L3", "../../source/%E6%9D%A1%E4%BE%8B/#L3"),
        ("../../data/x/x.xml", "../../../data/x/x.xml"),
        ("#art_1", "#art_1"),
        ("https://example.org/a.md", "https://example.org/a.md"),
    ],
)
def test_links_lead_from_page_to_page(link: str, led: str) -> None:
    assert html_of(f"[x]({link})", "zh/x/chapter-1.md", ()) == f'<p><a href="{led}">x</a></p>'


_KEYS = """
import sys
from pathlib import Path
from duizhao.law_work import common_parts, parts_of, tasks_of
from duizhao.pipeline import Options, site_from_options
site = site_from_options(Options(root=Path(sys.argv[1])))
for task in tasks_of(site, {}, base="", extensions=("tables",), folder=Path("x")):
    print(sorted(parts_of(task, common_parts(task)).items()))
"""


def test_keys_are_the_same_in_any_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", _KEYS, str(ROOT / "tests/golden/site")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "build_scripts")},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(found) == 1
    assert "laws cited" in found.pop()
