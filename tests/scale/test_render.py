"""Pages rendered without MkDocs are as MkDocs renders them; keys are the same in any process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from selectolax.lexbor import LexborHTMLParser

from duizhao.building.pages.render import html_of, rendered_html, spoken_on
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import pages
from duizhao.writers.decorate import decorated

ROOT = Path(__file__).parents[2]


#: Marks at punctuation, braces, an entity, a table without rows: where the two might differ.
HARD = """# 第一章 \\{x\\} {#chp_1 .division lang=zh-Hans-CN}

公共安全<em class="emendation">，</em>[1](#note_x){.ref}和\\**\\*，[其他][]“\\{.ref\\}”&#123;。
{: #a .zh lang=zh-Hans-CN }

> 1\\. **存疑** 文字。
> {: #note_x .note .query }

* **《法》**{lang=zh-Hans-CN} *fǎ*{lang=zh-Latn-pinyin} x
{: #sure-x }

| 行 | 数 |
| --- | ---: |
| <span id="c">a&#124;b</span> | 1 |

[![首页](../p.png){: width=3 loading=lazy }](x.pdf){: .first-page } [所有文件](x.zip){: download="" } [其他](y.md#z){#i .w}

[其他]: #term-other
"""
#: An identifier that MkDocs gives a heading without one; nothing leads to it.
_BARE = re.compile(r'(?<=<h\d) id="_\d+"')
_BLOCK = re.compile(r"\s*(</?(?:h\d|p|ul|ol|li|blockquote|table|thead|tbody|tr|t[hd])\b[^>]*>)\s*")


def outline(html: str) -> str:
    """Elements with their attributes and their words; spaces between blocks are none."""
    html = _BARE.sub("", html).replace('style="text-align: right;"', 'class="right"')
    body = LexborHTMLParser(html).body
    assert body
    return _BLOCK.sub(r"\1", (body.html or "").replace("\n", " "))


@pytest.mark.parametrize("name", ["tiny", "real", "hard"])
def test_html_is_that_of_mkdocs(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Whoever builds the Markdown with stock MkDocs gets the same elements with the same words."""
    config = MkDocsConfig()
    config.load_dict(
        {
            "site_name": "x",
            "markdown_extensions": ["attr_list", "tables", {"toc": {"slugify": _none}}],
        }
    )
    errors, _ = config.validate()
    assert not errors
    texts = {"zh/x.md": HARD} if name == "hard" else _pages(request.getfixturevalue(name))
    others = ["zh/index.md", "en/index.md", "en/search.md", "zh/search.md"]
    if name == "hard":
        others += ["p.png", "zh/x.pdf", "zh/x.zip", "zh/y.md"]
    for path, text in (texts | dict.fromkeys(others, "")).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    files = Files(
        [File(path, str(tmp_path), "site", use_directory_urls=True) for path in [*texts, *others]]
    )
    for path, text in texts.items():
        file = files.get_file_from_path(path)
        assert file
        other = MkDocsPage(None, file, config)
        other.read_source(config)
        other.render(config, files)
        assert outline(html_of(text, path)) == outline(other.content or ""), path


@pytest.mark.parametrize("name", ["tiny", "real"])
def test_texts_that_wait_aside_come_back_as_they_would_be(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(name)
    for page in pages(site):
        whole = decorated(html_of(page.markdown, page.path), spoken_on(site, page), page.kind)
        assert rendered_html(site, page) == whole, page.path


def _pages(site: Site) -> dict[str, str]:
    found = {page.path: page.markdown for page in pages(site)}
    assert len(found) > 10
    return found


def _none(_text: str, _separator: str) -> str:
    return ""


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
    assert html_of(f"[x]({link})", "zh/x/chapter-1.md") == f'<p><a href="{led}">x</a></p>\n'


_KEYS = """
import sys
from pathlib import Path
from duizhao.building.laws.law_work import common_parts, parts_of, tasks_of, terms_of
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.ground.store import Store
site = site_from_options(Options(root=Path(sys.argv[1])))
tasks = list(tasks_of(site, {}, base="", folder=Path("x")))
for task, terms in zip(tasks, terms_of(tasks, Store(Path(sys.argv[2]))), strict=True):
    print(sorted(parts_of(task, terms, common_parts(task)).items()))
"""


def test_keys_are_the_same_in_any_process(tmp_path: Path) -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", _KEYS, str(ROOT / "tests/golden/site"), str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "build_scripts")},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(found) == 1
    assert "laws cited" in found.pop()
