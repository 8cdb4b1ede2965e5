"""The two regulations that are really published: complete, accounted for, and shown."""

from __future__ import annotations

import hashlib
from pathlib import Path

import markdown
import polib
import pytest
from selectolax.lexbor import LexborHTMLParser

from duizhao.building.pages.theme import _card
from duizhao.editing.accounting import fates
from duizhao.ground.problems import Severity
from duizhao.languages.bilingual import sources
from duizhao.languages.law import Law
from duizhao.languages.leaves import with_pinyin
from duizhao.parser.edition import articles, gaps, units
from duizhao.site.pipeline import Site
from duizhao.site.site_checks import check_site
from duizhao.site.site_pages import Page, pages

SHA256 = "82d99d5c4586e1fe1ec4ac613baa114b6a171fb1f0b0413159f570ae33f3f45f"
GOVERNANCE = "xizang-community-governance"
BUSINESS = "xizang-business-environment"
LAWS = (GOVERNANCE, BUSINESS)


@pytest.fixture(scope="module")
def written(real: Site) -> dict[str, Page]:
    return {page.path: page for page in pages(real)}


def shown(page: Page) -> LexborHTMLParser:
    return LexborHTMLParser(markdown.markdown(page.markdown, extensions=["attr_list", "tables"]))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_witness_is_as_it_was_received(root: Path) -> None:
    data = (root / "seeds/witnesses/newspaper-page.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256


def test_check_finds_nothing(real: Site) -> None:
    found = list(check_site(real))
    assert [p for p in found if p.severity is not Severity.INFO] == []
    total = sum(1 for law in real.laws for _ in sources(law.edition))
    assert len(found) < total / 50, "exceptions are few, and each gives its reason"


def test_every_line_went_somewhere(real: Site) -> None:
    laws = [real.law(law_id) for law_id in LAWS]
    found = [f.kind for f in fates(laws[0].witness, [(w.decisions, w.edition) for w in laws])]
    assert len(found) - found.count("blank") == 148
    assert found.count("used") + found.count("omitted") == 148
    assert found.count("unaccounted") == 0


def numbers(first: int, last: int, *, but: tuple[int, ...] = ()) -> list[str]:
    return [f"art_{n}" for n in range(first, last + 1) if n not in but]


def test_articles_of_the_community_regulation(real: Site) -> None:
    found = list(articles(real.law(GOVERNANCE).edition.body))
    assert [a.eid for a in found] == numbers(1, 28, but=(24, 25, 26))
    assert len(found) == 25
    assert [a.eid for a in found if a.supplied] == ["art_21"]


def test_articles_of_the_business_regulation(real: Site) -> None:
    found = list(articles(real.law(BUSINESS).edition.body))
    assert [a.eid for a in found] == numbers(1, 26)
    assert len(found) == 26
    assert [a.eid for a in found if a.supplied] == ["art_15", "art_18"]


def test_what_is_lost_is_known(real: Site) -> None:
    missing = {law.id: [m for g in gaps(law.edition.body) for m in g.missing] for law in real.laws}
    assert missing[GOVERNANCE] == ["art_24", "art_25", "art_26", "chp_5", "chp_6", "chp_7"]
    assert missing[BUSINESS] == ["chp_3", "chp_4", "chp_5", "chp_6"]


@pytest.mark.parametrize("law_id", LAWS)
def test_the_translation_is_complete(real: Site, root: Path, law_id: str) -> None:
    law = real.law(law_id)
    counts = law.bilingual["en"].counts()
    assert counts["translated"] == len(list(sources(law.edition)))
    assert counts["fuzzy"] == counts["missing"] == counts["stale"] == 0
    catalog = polib.pofile(str(root / f"translations/en/LC_MESSAGES/{law_id}.po"))
    assert catalog.fuzzy_entries() == []
    assert catalog.untranslated_entries() == []


def leaf_page(written: dict[str, Page], law: Law, eid: str, language: str) -> Page:
    leaf = law.leaf_of(eid)
    assert leaf is not None, eid
    return written[f"{language}/{law.id}/{leaf.slug}.md"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("law_id", LAWS)
def test_every_doubt_stands_on_its_page(
    real: Site, written: dict[str, Page], law_id: str, language: str
) -> None:
    """Emendations, queries and gaps: the mark, the explanation, the link between them."""
    law = real.law(law_id)
    view = real.view(law, language)
    notes = [n for n in law.edition.notes if n.kind in ("emendation", "query", "gap")]
    assert len(notes) == {GOVERNANCE: 8, BUSINESS: 10}[law_id]
    for note in notes:
        assert note.targets, note.id
        for target in note.targets:
            page = leaf_page(written, law, target, language)
            html = shown(page)
            explained = html.css(f"blockquote p#{note.eid}.note.{note.kind}")
            assert len(explained) == 1, (note.id, target)
            assert squeezed(view.words(note.eid, note.zh)) in squeezed(explained[0].text() or "")
            marks = html.css(f'a.ref[href="#{note.eid}"]')
            assert len(marks) >= 2, f"{note.id} is marked in both languages"
            parents = {
                (m.parent.attributes.get("class") or "").split()[0] for m in marks if m.parent
            }
            assert {"zh", "en"} <= parents
        about = shown(written[f"{language}/{law_id}/about.md"])
        assert len(about.css(f"#{note.eid}.note.{note.kind}")) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("law_id", LAWS)
def test_every_decision_is_on_the_page_about_the_text(
    real: Site, written: dict[str, Page], law_id: str, language: str
) -> None:
    law = real.law(law_id)
    view = real.view(law, language)
    about = shown(written[f"{language}/{law_id}/about.md"])
    assert law.edition.notes
    for note in law.edition.notes:
        (entry,) = about.css(f'[id="{note.eid}"]')
        assert squeezed(view.words(note.eid, note.zh)) in squeezed(entry.text() or "")
        for first, _ in note.lines:
            assert entry.css_first(f'a[href$="#L{first}"]') is not None


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("law_id", LAWS)
def test_every_unit_is_shown_once_in_both_languages(
    real: Site, written: dict[str, Page], law_id: str, language: str, whole: bool
) -> None:
    """The words of every unit stand on the pages, each in one block, word for word.

    They do so on the overview and the chapters, and again on the page with the whole law;
    that has headings, but no contents.  Those with pinyin are compared with the chapters
    in tests/site/test_pinyin.py.
    """
    law = real.law(law_id)
    pair = law.bilingual["en"]
    prefix = f"{language}/{law_id}/"
    apart = {"about.md", *(f"{with_pinyin(leaf)}.md" for leaf in law.leaves)}
    blocks: list[str] = []
    for path, page in written.items():
        slug = path.removeprefix(prefix)
        if path.startswith(prefix) and slug not in apart and (slug == "full.md") == whole:
            html = shown(page)
            for mark in html.css("a.ref, em.gap, #terms, #terms + ul"):
                mark.decompose()
            for span in html.css("h1 span, h2 span, li span"):
                blocks.append(squeezed(span.text() or ""))
                span.decompose()
            blocks.extend(squeezed(n.text() or "") for n in html.css("h1, h2.division, p.zh, p.en"))
    said = [u for u in units(law.edition) if str(u.text)]
    expected = [u for u in said if not (whole and u.role == "contents")]
    assert len(expected) > 40
    for unit in expected:
        chinese, english = squeezed(str(unit.text)), squeezed(pair.of(unit.eid).text)
        same_zh = sum(squeezed(str(u.text)) == chinese for u in expected)
        found_zh = [b for b in blocks if bare(b, unit.role) == chinese]
        found_en = [b for b in blocks if bare(b, unit.role) == english]
        if unit.role in ("paragraph", "item", "subitem", "tail", "announcement", "adoption_note"):
            assert len(found_zh) == same_zh, (unit.eid, chinese)
            assert len(found_en) >= 1, (unit.eid, english)
            assert len(found_en) <= sum(
                pair.of(u.eid).text == pair.of(unit.eid).text for u in expected
            )
        else:
            assert found_zh, (unit.eid, chinese)
            assert found_en, (unit.eid, english)


def bare(block: str, role: str) -> str:
    """A block without the number that is printed before an item."""
    if role in ("item", "subitem"):
        for close in ("）", ")", "."):
            head, found, rest = block.partition(close)
            if found and len(head) <= 3:
                return rest.strip()
    return block


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_identifier_is_an_anchor(real: Site, written: dict[str, Page], language: str) -> None:
    """Articles, paragraphs, items, lost provisions and rejected numbers can be linked to."""
    for law in real.laws:
        ids: list[str] = []
        for leaf in law.leaves:
            html = shown(written[f"{language}/{law.id}/{leaf.slug}.md"])
            ids.extend(str(n.attributes["id"]) for n in html.css("[id]"))
        for leaf in law.leaves:
            for eid in leaf.eids:
                if not eid.endswith("__heading"):
                    assert ids.count(eid) == 1, eid
        for alias, _ in law.edition.aliases:
            assert ids.count(alias) == 1, alias


@pytest.mark.parametrize(
    ("code", "organ", "number"),
    [
        ("zh", "西藏自治区人民代表大会常务委员会", "〔2024〕12号"),
        (
            "en",
            "Standing Committee of the People’s Congress of the Xizang Autonomous Region",
            "No. 12 [2024]",
        ),
    ],
)
def test_lists_say_who_issued_a_law_in_the_language_of_the_page(
    real: Site, code: str, organ: str, number: str
) -> None:
    card = _card(real.view(real.law(BUSINESS), code))
    assert (card["organ"], card["number"]) == (organ, number)
