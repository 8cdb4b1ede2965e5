"""Text is text: whatever stands in a source or a translation comes out literally.

Rendered with stock Python-Markdown and the two extensions that the pages need.
"""

from __future__ import annotations

from dataclasses import replace

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from duizhao.ground.problems import visible
from duizhao.ground.text import Piece, Text, plain
from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.glossary import Glossary, Term, glossary_from_terms
from duizhao.languages.law import View, law_from_parts
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import pages
from duizhao.writers.pages.inline import Terms, escape, inline, line_start
from duizhao.writers.pages.leaf import leaf_markdown
from duizhao.writers.pages.overview import overview_markdown

HOSTILE = (
    "<script>alert(1)</script>",
    "<!-- x -->",
    "<a href='x'>",
    "{{ config }}",
    "{% raw %}",
    "[[wiki]]",
    "[x](y)",
    "[x][]",
    "![x](y)",
    "[x]: y",
    "*[x]: y",
    "`code`",
    "``` py",
    "    indented",
    "# heading",
    "###### six",
    "+ plus",
    "- minus",
    "* star",
    "> quoted",
    "1. one",
    "1) one",
    "2024. x",
    "===",
    "---",
    "***",
    "___",
    "~~~",
    "$x$",
    "@x",
    "{: .x}",
    "x {: .x}",
    "{#id}",
    "x {#id}",
    "| a | b |",
    "|---|---|",
    "a | b",
    ": definition",
    "[^1]: note",
    "&amp; &lt; &#35; &",
    "\\* \\\\ \\",
    "*a* **b** _c_ __d__",
    "<https://example.org>",
    "https://example.org/_a_",
    "a@example.org",
    "<a@example.org>",
    "!!! note",
    "??? note",
    "--8<-- 'x'",
    "\x02wzxhzdk:0\x03",
    "\x02amp\x03",
    "klzzwxh:0000",
    "{公园}",
    "公园](y)",
    "[公园",
    "公园{.x}",
    "公园(x)",
    "公园[]",
    "[ ] todo",
    "a  ",
    "\x00\x1b[31m",
)
# Words from which a random text may hit upon a construct that the list has not.
CHARACTERS = st.characters(codec="utf-8") | st.sampled_from(
    "#*_`[](){}<>!|\\:.=~^+-\"'&;$@% \t公园1a"
)
TEXT = st.text(CHARACTERS, min_size=1, max_size=30) | st.lists(
    st.sampled_from(HOSTILE), min_size=1, max_size=3
).map(" ".join)

PARK = Term(zh="公园", en="park", pinyin="", definition_zh="x", definition_en="x", source="x")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return glossary_from_terms((PARK,))


def shown(text: str) -> str:
    """What a reader sees of a text: control characters as escapes, white space folded."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return " ".join(
        "".join(
            c if c in "\n\t" or (c >= " " and c != "\x7f") else visible(c) for c in text
        ).split()
    )


def rendered(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(markdown.markdown(text, extensions=["attr_list", "tables"]))


def words(page: LexborHTMLParser, selector: str) -> str:
    found = page.css(selector)
    assert len(found) == 1, page.html
    return " ".join((found[0].text() or "").split())


def elements(page: LexborHTMLParser) -> list[str]:
    return [str(n.tag) for n in page.css("body *")]


@given(TEXT)
def test_a_block_of_text_comes_out_literally(text: str) -> None:
    page = rendered(f"{line_start(escape(text))}\n{{: .zh }}\n")
    if shown(text):
        assert elements(page) == ["p"]
        assert words(page, "p.zh") == shown(text)


@given(TEXT)
def test_a_heading_comes_out_literally(text: str) -> None:
    page = rendered(f'# {escape(text)} <span lang="en">x</span> {{#chp_1}}\n')
    assert elements(page) == ["h1", "span"]
    assert words(page, "h1#chp_1") == shown(f"{text} x")


@given(TEXT)
def test_a_cell_comes_out_literally(text: str) -> None:
    cell = escape(visible(text)).replace("|", "&#124;")
    page = rendered(f"| a | b |\n| --- | --- |\n| x{cell}x | y |\n")
    assert words(page, "td:nth-child(1)") == " ".join(f"x{visible(text)}x".split())
    assert words(page, "td:nth-child(2)") == "y"


@given(TEXT, TEXT, TEXT)
@example(" ", "a", " ")
@example("a", " ", "b")
@example("**", "*", "**")
@example("0", "\x1f", "0")
def test_marks_and_terms_leave_the_words_as_they_are(before: str, marked: str, after: str) -> None:
    text = Text(
        (
            *plain(before),
            Piece(text=marked, original=marked, line=1, column=0, note="n", mark="query"),
            *plain(after),
        )
    )
    terms = Terms(glossary_from_terms((PARK,)))
    block = inline(text, terms, lambda _: "[1](#note_n){.ref}", "lost")
    page = rendered(f"{line_start(block)}\n{{: .zh }}\n\n{terms.definitions()}\n")
    for reference in page.css("a.ref"):
        assert reference.text() == "1"
        reference.decompose()
    assert words(page, "p.zh") == shown(before + marked + after)
    assert set(elements(page)) <= {"p", "em", "a"}
    assert len(page.css("em.query")) == (1 if shown(marked) else 0)


def hostile(site: Site, chinese: str, english: str) -> View:
    """The invented regulation with one text as all its Chinese and one as all its English."""
    law = site.laws[0]
    pair = law.bilingual["en"]

    def unit(node: object) -> object:
        if isinstance(node, tuple):
            return tuple(unit(n) for n in node)
        if hasattr(node, "role"):
            return replace(node, text=plain(chinese, line=1))  # type: ignore[type-var]
        names = ("body", "lead", "items", "tail", "unit", "subitems", "heading", "title",
                 "adoption_note", "announcements")  # fmt: skip
        parts = {n: getattr(node, n) for n in names if not isinstance(getattr(node, n, ""), str)}
        return replace(node, **{n: unit(v) for n, v in parts.items() if v})  # type: ignore[type-var]

    edition = unit(law.edition)
    translations = {
        eid: Translation(text=english, status="translated") for eid in pair.translations
    }
    made = law_from_parts(
        law.decisions,
        law.witness,
        edition,  # type: ignore[arg-type]
        {"en": Bilingual(edition=edition, language="en", translations=translations)},  # type: ignore[arg-type]
    )
    return site.view(made, "en")


@pytest.mark.parametrize("text", HOSTILE)
def test_leaf(tiny: Site, text: str) -> None:
    """Every paragraph of a chapter has the hostile text, and nothing else has changed."""
    harmless = _leaf(tiny, hostile(tiny, "甲", "a"))
    page = _leaf(tiny, hostile(tiny, text, text))
    terms = list(page.css("#terms, #terms ~ *"))
    for node in terms:
        node.decompose()
    chinese = [shown(n.text() or "") for n in page.css("p.zh:not(.lacuna)")]
    plain_zh = [shown(n.text() or "") for n in harmless.css("p.zh:not(.lacuna)")]
    assert chinese == [shown(t.replace("甲", text)) for t in plain_zh]
    english = [shown(n.text() or "") for n in page.css("p.en:not(.lacuna)")]
    assert english
    assert all(shown(text) in e for e in english)
    links = ("a", "em")  # terms and what belongs to them
    assert [t for t in elements(page) if t not in links] == [
        t for t in elements(harmless) if t not in links
    ]


def _leaf(site: Site, view: View) -> LexborHTMLParser:
    text = leaf_markdown(view, view.law.leaves[0], site.glossary, "en/source/sheet.md")
    return rendered(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_overview(tiny: Site, text: str) -> None:
    view = hostile(tiny, text, text)
    metadata = replace(
        view.law.edition.metadata, organ=text, document_number=text, title=text, short_title=text
    )
    law = replace(view.law, edition=replace(view.law.edition, metadata=metadata))
    page = rendered(overview_markdown(replace(view, law=law), "en/source/sheet.md"))
    assert {shown(n.text() or "") for n in page.css("p.zh, p.en")} == {shown(text)}
    facts = [[shown(c.text() or "") for c in row.css("td")] for row in page.css("table tr")]
    assert [f for f in facts if f and f[0] in ("Issued by", "Document number")] == [
        ["Issued by", shown(text)],
        ["Document number", shown(text)],
    ]


def test_the_pages_need_no_other_extension(tiny: Site) -> None:
    """No page of the site holds Markdown that stock Python-Markdown leaves unread."""
    for page in pages(tiny):
        text = rendered(page.markdown).text() or ""
        for sign in ("{:", "{#", "](", "][]", "**", "| ---"):
            assert sign not in text, (page.path, sign)
