"""Every payload in every field: shown as text, run nowhere, written nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.hostile.hostile_site import write_site
from tests.hostile.payloads import INVISIBLE, PAYLOADS, VISIBLE
from tests.site.serving import BASE, served

from duizhao.building.mkdocs.site_build import render_site
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_checks import check_site
from duizhao.writers.formats.html_file import STYLE

_SCRIPTS = re.compile(r"[./]*/?(?:laws/)?assets/[\w-]+\.js(?:\?[0-9a-f]+)?")
_NEVER = "iframe, object, embed, base, style, frame, math, template, svg script, form[action*=evil]"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the hostile site, built below `site`."""
    root = tmp_path_factory.mktemp("hostile") / "inner"
    root.mkdir()
    write_site(root, list(PAYLOADS.values()))
    before = {p for p in root.parent.rglob("*") if p.is_file()}
    render_site(root, root / "site")
    made = {p for p in root.parent.rglob("*") if p.is_file()} - before
    kept = {p for p in made if p.is_relative_to(root / ".cache/duizhao")}
    assert [p for p in made - kept if not p.is_relative_to(root / "site")] == []
    assert [
        p for p in kept if not re.fullmatch(r"[0-9a-f]{64}(\.[a-z]+(-[a-z]+)?(-[0-9]+)?)?", p.name)
    ] == []
    return root


@pytest.fixture(scope="module")
def trees(hostile: Path) -> dict[str, LexborHTMLParser]:
    site = hostile / "site"
    found = {
        p.relative_to(site).as_posix(): LexborHTMLParser(p.read_bytes())
        for p in site.rglob("*.html")
    }
    assert found, "tests look at each"
    return found


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 60
    assert len(set(PAYLOADS.values())) == len(PAYLOADS)


def test_no_payload_became_an_element(trees: dict[str, LexborHTMLParser]) -> None:
    faults = []
    for name, tree in trees.items():
        for node in tree.css(_NEVER):
            own = name.startswith("data/") and node.tag == "style" and node.text() == STYLE
            faults += [] if own else [f"{name}: {str(node.html)[:200]}"]
        faults += [f"{name}: {str(node.html)[:200]}" for node in tree.css("*") if _bad(node)]
    assert faults == []


def _bad(node: LexborNode) -> bool:
    attributes = node.attributes
    if any(key.startswith("on") for key in attributes):
        return True
    if node.tag == "script":
        data = attributes.get("type") in ("application/json", "application/ld+json")
        return not data and not _SCRIPTS.fullmatch(str(attributes.get("src")))
    if node.tag == "img" or attributes.get("http-equiv", "") == "refresh":
        return True
    link = attributes.get("href") or attributes.get("src") or attributes.get("action") or ""
    return (
        re.match(r"[\s\x00-\x1f]*(?:javascript|data|vbscript|//|https?://(?!example\.org/))", link)
        is not None
    )


def _flat(text: str) -> str:
    """A text as it is compared: no spaces, invisible characters as the pages write them."""
    return re.sub(r"\s+|[\x00-\x1f]", "", text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("law", ["plain-text", "document"])
def test_the_text_of_the_law_stands_literally(
    trees: dict[str, LexborHTMLParser], language: str, law: str
) -> None:
    tree = trees[f"{language}/{law}/chapter-1/index.html"]
    for extra in tree.css("a.ref, .tip"):
        extra.decompose()
    text = _flat("".join(node.text() for node in tree.css("p.zh")))
    missing = [name for name, payload in VISIBLE.items() if _flat(payload) not in text]
    assert missing == []


def test_a_translation_stands_literally(trees: dict[str, LexborHTMLParser]) -> None:
    text = _flat(
        "".join(
            node.text()
            for name, tree in trees.items()
            if name.startswith("en/")
            for node in tree.css("p.en")
        )
    )
    missing = [name for name, payload in VISIBLE.items() if _flat(payload) not in text]
    assert missing == []


def test_a_definition_stands_literally(trees: dict[str, LexborHTMLParser]) -> None:
    tree = trees["zh/glossary/index.html"]
    main = tree.css_first("main")
    assert main is not None
    text = _flat(main.text())
    short = {name: p for name, p in VISIBLE.items() if len(p) < 400}
    assert [name for name, payload in short.items() if _flat(payload) not in text] == []


def test_a_reason_stands_literally(trees: dict[str, LexborHTMLParser]) -> None:
    main = trees["zh/plain-text/about/index.html"].css_first("main")
    assert main is not None
    text = _flat(main.text())
    assert [name for name, payload in VISIBLE.items() if _flat(payload) not in text] == []


#: What ran, also once a term has shown its tip.
_RAN = """async () => {
  document.querySelector(".row a[href^='#t']")?.focus();
  await new Promise(done => setTimeout(done, 10));
  return window.pwned;
}"""


@pytest.mark.browser
def test_nothing_runs_in_a_browser(hostile: Path, browser: Browser) -> None:
    faults: list[str] = []
    with (
        served(hostile / "site") as url,
        # Small: what is painted does not matter.
        browser.new_context(
            bypass_csp=True, service_workers="allow", viewport={"width": 320, "height": 200}
        ) as context,
    ):
        # The policy is switched off: the pages must be harmless without it.
        page = context.new_page()

        def refuse(dialog: Dialog) -> None:
            faults.append(f"dialog {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        page.on("pageerror", lambda e: faults.append(f"{page.url}: {e}"))
        origin = url.removesuffix(BASE)
        page.on(
            "request",
            lambda r: None if r.url.startswith((origin, "data:")) else faults.append(r.url),
        )
        for path in sorted((hostile / "site").rglob("*.html")):
            name = path.relative_to(hostile / "site").as_posix().removesuffix("index.html")
            page.goto(url + name)
            if page.evaluate(_RAN) is not None:
                faults.append(f"{name}: something ran")
        for asked in ("<img src=x onerror=window.pwned=1>", "script", '"><svg onload=alert(1)>'):
            page.goto(f"{url}zh/search/?{'q=' + asked}")
            page.wait_for_load_state("networkidle")
            if page.evaluate("window.pwned") is not None:
                faults.append(f"search for {asked}: something ran")
    assert faults == []


def test_check_names_every_invisible_character(hostile: Path) -> None:
    found = [
        p
        for p in check_site(site_from_options(Options(root=hostile)))
        if p.code == "invisible-character"
    ]
    text = "\n".join(p.message for p in found)
    wanted = {c for p in INVISIBLE.values() for c in p if not c.isalpha()}
    assert [f"U+{ord(c):04X}" for c in wanted if f"U+{ord(c):04X}" not in text] == []
