"""What translators and editors write beside the law is text too: interface, pinyin, history, terms."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from duizhao.building.mkdocs.site_build import render_site
from duizhao.commands.starter import write_starter

#: Each would be an element, a link or a cell of its own.
HARM = (
    "<b>x</b><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
    "[x](javascript:window.pwned=1)`x`|**x**|\"'"
)
UNSPACED = '<img/src="x"/onerror=window.pwned=1>'
TITLE = "Lakes](https://evil.example/)\n# Heading\n\n- [x"
MOVED = "<script>location.replace(document.links[0].href+location.hash)</script>"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _with_harm(begin: re.Match[str]) -> str:
    return begin[1] + _quoted(HARM)[:-1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("interface") / "made"
    write_starter(root)
    for path in root.glob("translations/*/LC_MESSAGES/ui.po"):
        head, rest = path.read_text("utf-8").split("\n\n", 1)
        rest = re.sub(r'(?m)^(msgstr(?:\[\d\])? )"', _with_harm, rest)
        path.write_text(f"{head}\n\n{rest}", encoding="utf-8")
    seeds = root / "seeds"
    (seeds / "pinyin.toml").write_text(
        f'[readings]\n"湖泊" = {_quoted(f"{UNSPACED} pō")}\n', encoding="utf-8"
    )
    (seeds / "example-lakes/history.toml").write_text(
        f'[[change]]\nid = "a"\ndate = 2030-07-01\nkind = "text"\n'
        f"zh = {_quoted(HARM)}\nen = {_quoted(HARM)}\n",
        encoding="utf-8",
    )
    catalog = root / "translations/en/LC_MESSAGES/example-lakes.po"
    text, count = re.subn(
        r'(?m)(^msgctxt "title"\n(?:.*\n)*?msgstr )".*"$',
        rf"\1{_quoted(TITLE)}".replace("\\n", "\\\\n"),
        catalog.read_text("utf-8"),
    )
    assert count == 1
    catalog.write_text(text, encoding="utf-8")
    (seeds / "redirects.toml").write_text(
        '[[renamed]]\nfrom = "ponds"\nto = "example-lakes"\ndate = 2030-07-01\n', encoding="utf-8"
    )
    render_site(root, root / "site", pdf=False)
    return root / "site"


def test_nothing_of_it_became_an_element(site: Path) -> None:
    faults, seen = [], 0
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        seen += "window.pwned" in html
        tree = LexborHTMLParser(html.replace(MOVED, ""))
        for node in tree.css("*"):
            attributes = node.attributes
            data = attributes.get("type") in ("application/json", "application/ld+json")
            bad = (
                any(name.startswith("on") for name in attributes)
                or node.tag == "img"
                or (node.tag == "script" and "src" not in attributes and not data)
                or str(attributes.get("href")).startswith("javascript:")
                or (node.tag in ("b", "strong", "code") and node.text() == "x")
            )
            faults += [f"{path.relative_to(site)}: {node.html}"[:200]] if bad else []
    assert faults == []
    assert seen > 20, "it stands on the pages"


def test_files_for_programs_stay_whole(site: Path) -> None:
    for path in (*site.rglob("*.xml"), *site.rglob("*.svg")):
        ET.parse(path)  # noqa: S314 - our own
    for path in (*site.rglob("*.json"), *site.rglob("*.webmanifest")):
        json.loads(path.read_bytes())


def test_tables_keep_their_columns(site: Path) -> None:
    tables = [
        table
        for path in site.rglob("*.html")
        for table in LexborHTMLParser(path.read_bytes()).css("table")
    ]
    assert tables
    for table in tables:
        widths = {len(row.css("th, td")) for row in table.css("tr")}
        assert len(widths) == 1, str(table.html)[:400]


def test_a_title_begins_no_line_and_no_link_of_its_own_in_llms_txt(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    assert "# Heading" in text
    assert not re.search(r"(?m)^# Heading|^- \[x|(?<!\\)\]\(https://evil", text)
