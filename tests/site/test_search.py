"""Search as a person uses it: typing, keyboard, filters, addresses."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from tests.site import scan
from tests.site.asking import ANSWERED, ask, hits
from tests.site.conftest import LAW, ROOT, Site

from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.writers.search.provisions import searched

pytestmark = [pytest.mark.site, pytest.mark.browser]

OTHER = "xizang-business-environment"


def _first(page: Page) -> str:
    return str(page.locator("#hits .cite > a").first.get_attribute("href"))


def test_from_the_masthead_to_the_passage(page: Page) -> None:
    page.goto(f"en/{LAW}/")
    field = page.locator(".masthead").get_by_role("searchbox", name="Search all laws")
    field.fill("网格员")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/laws/en/search/\?q="))
    expect(page.locator("#hits mark").first).to_have_text("网格员")
    expect(page.locator("#hits mark.also").first).to_have_text("grid workers")
    expect(page.locator("#found")).to_have_attribute("aria-live", "polite")
    expect(page.locator("#hits .state").first).to_contain_text("In force from")
    page.locator("#hits a[href*='#art_']").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_where_nothing_is_found_the_way_goes_on(page: Page) -> None:
    page.goto("en/search/")
    hint = page.locator(".none")
    expect(hint).to_be_hidden()
    ask(page, "zzzqqq")
    expect(hint).to_be_visible()
    ask(page, "community")
    expect(hint).to_be_hidden()
    ask(page, "zzzqqq")
    hint.get_by_role("link", name="Index of terms and articles").click()
    expect(page).to_have_url(re.compile(r"/en/a-z/$"))


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("網格員", "网格员"),
        ("網 格 员".replace(" ", ""), "网格员"),
        ("２０２５年１", "2025年1"),
        ("应当，加强", "应当加强"),
        ("“社区治理”", "社区治理"),
        ("yingshang huanjing", "营商环境"),
        ("yingshanghuanjing", "营商环境"),
        ("yíngshāng huánjìng", "营商环境"),
        ("ying2shang1huan2jing4", "营商环境"),
        ("yshj", "营商环境"),
        ("falü", "法律"),
        ("falv", "法律"),
        ("LICENSES", "license"),
        ("licensing", "license"),
        ("\u202e社区\u200f", "社区"),
        ("gov\u00adern\u200bance", "governance"),
        ("社区\u200b治理", "社区治理"),
        ("社区governance", "社区 governance"),
        ("governance社区", "governance 社区"),
        ("第七条Community", "第七条 Community"),
        ("shequ治理", "shequ 治理"),
    ],
)
def test_spellings_of_one_query(page: Page, query: str, same: str) -> None:
    ask(page, same)
    wanted = hits(page)
    assert wanted
    ask(page, query)
    if query.startswith("fal"):
        # Without tones 依法履行 (fǎ lǚ) is spelled the same.
        assert set(wanted) < set(hits(page))
    else:
        assert hits(page) == wanted


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("社区治理促进条例 第十三条第二款", f"{LAW}/chapter-2/#art_13__para_2"),
        ("第十三条第二款", f"{LAW}/chapter-2/#art_13__para_2"),
        ("第十三條第二款", f"{LAW}/chapter-2/#art_13__para_2"),
        ("第 十三 条 第 二 款", f"{LAW}/chapter-2/#art_13__para_2"),
        ("13条", "#art_13"),
        ("art 13(2)", f"{LAW}/chapter-2/#art_13__para_2"),
        ("paragraph 2 of Article 13", f"{LAW}/chapter-2/#art_13__para_2"),
        ("§13", "#art_13"),
        ("营商环境条例 第七条", f"{OTHER}/chapter-1/#art_7"),
        ("《西藏自治区优化营商环境条例》第七条", f"{OTHER}/chapter-1/#art_7"),
        ("community art 7", f"{LAW}/chapter-1/#art_7"),
        ("art_13__para_2", f"{LAW}/chapter-2/#art_13__para_2"),
        ("《西藏自治区优化营商环境条例》第二章", f"{OTHER}/chapter-2/#chp_2"),
        ("社区治理促进条例 第 2 章", f"{LAW}/chapter-2/#chp_2"),
        ("community, Chapter 2", f"{LAW}/chapter-2/#chp_2"),
    ],
)
def test_citations_come_first(page: Page, query: str, link: str) -> None:
    ask(page, query)
    assert _first(page).endswith(link)


@pytest.mark.parametrize(
    ("query", "mainland", "taiwan"),
    [
        ("某規則第六條第二項第三款", [], ["art_6__para_2__point_3"]),
        ("第 6 條 第 2 項", ["art_6__para_1__point_2", "art_6__point_2"], ["art_6__para_2"]),
        ("第六条第二款", ["art_6__para_2"], ["art_6__para_1__point_2", "art_6__point_2"]),
        ("第六条第二款第三项", ["art_6__para_2__point_3"], None),
        ("第六條", ["art_6"], None),
        ("第 6條", ["art_6"], None),
        ("某法 第六条 第二款 第三项", ["art_6__para_2__point_3"], None),
        ("某法第二编第一章第六条", ["art_6"], None),
        ("第一章第六条", ["art_6"], None),
        ("某法第6-1條", ["art_6-1"], None),
        ("第 6-1 條", ["art_6-1"], None),
        ("第 6-1 條第2項", ["art_6-1__para_1__point_2", "art_6-1__point_2"], ["art_6-1__para_2"]),
    ],
)
def test_levels_as_taiwan_names_them(
    page: Page, query: str, mainland: list[str], taiwan: list[str] | None
) -> None:
    """What a law of Taiwan is cited by was not found, or another provision was."""
    ask(page, "第六条")
    read = page.evaluate("query => duizhaoSearch.citation(query)", query)
    assert (read["eids"], read["taiwan"]) == (mainland, taiwan)
    assert read["law"] in ("", query.partition("第")[0].strip())
    cites = "(eid, citeZh) => duizhaoSearch.asTaiwan([{ eid, citeZh }])"
    for eid, said, way in (
        ("art_6__para_2", "第六條第二項", True),
        ("art_6__para_2__point_3", "第六條第二項第三款", True),
        ("art_6__para_2", "第六条第二款", False),
        ("art_6__para_1__point_2", "第六条第二项", False),
        ("art_6", "第六條", None),
    ):
        assert page.evaluate(f"([eid, said]) => ({cites})(eid, said)", [eid, said]) is way


def test_an_article_that_is_not_there_is_no_paragraph(page: Page) -> None:
    """第十三条之二 led to paragraph 2 of article 13, as 13-2 does."""
    ask(page, "art 13-2")
    assert _first(page).endswith("#art_13__para_2")
    ask(page, "第十三条之二")
    expect(page.locator("#hits .law-hits[aria-label]")).to_have_count(0)


def test_other_renderings_are_found_and_said(page: Page) -> None:
    for typed, said in {"Tibet": "西藏", "market participants": "市场主体"}.items():
        ask(page, typed)
        assert hits(page)
        expect(page.locator("#says p").first).to_contain_text(typed)
        expect(page.locator("#says p").first).to_contain_text(said)


def test_a_term_has_its_card(page: Page) -> None:
    ask(page, "营商环境")
    card = page.locator("#says .answer")
    expect(card).to_contain_text("business environment")
    expect(card).to_contain_text("yíngshāng huánjìng")
    expect(card).to_contain_text(re.compile(r"Provisions with 营商环境: \d+"))
    card.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/en/glossary/#term-business-environment$"))


def test_pinyin_is_said_to_be(page: Page) -> None:
    ask(page, "yshj")
    expect(page.locator("#hits .flag").first).to_have_text("pinyin")
    expect(page.locator("#hits mark").first).to_have_text("营商环境")


def test_lookalikes_are_offered(page: Page) -> None:
    ask(page, "市场主休", "zh")
    guess = page.locator("#says .guess a")
    expect(guess).to_have_text("市场主体")
    guess.click()
    expect(page.locator("#hits mark").first).to_have_text("市场主体")
    expect(page).to_have_url(re.compile(f"q={quote('市场主体')}"))


def test_words_must_stand_together_in_one_provision_and_phrases_in_one_paragraph(
    page: Page,
) -> None:
    ask(page, "社区 应当")
    one = set(hits(page))
    ask(page, "应当 社区")
    assert set(hits(page)) == one
    ask(page, "社区")
    assert one < set(hits(page))
    last_and_first = "工作。县级"  # the end of one paragraph, the start of another
    ask(page, last_and_first)
    for passage in page.locator("#hits .passage .zh").all_inner_texts():
        assert "工作县级" in re.sub(r"\W", "", passage)


def test_a_phrase_may_span_a_correction_but_not_two_provisions(page: Page) -> None:
    laws = site_from_options(Options(root=ROOT))
    corrected = [
        (provision.eid, unit.zh, start, end)
        for law in laws.laws
        for provision in searched(law, [laws.interfaces["en"]]).provisions
        for unit in provision.units
        for start, end, _ in unit.corrections
        if start > 2 and end + 2 < len(unit.zh)
    ]
    assert corrected
    for eid, text, start, end in corrected[:3]:
        ask(page, text[start - 2 : end + 2])
        assert eid in hits(page)
    articles = [p for p in scan.passages(laws) if re.fullmatch(r"art_\d+", p.eid) and len(p.zh) > 1]
    for one, two in pairwise(articles[:5]):
        for last, first in ((one.zh[-1], two.zh[0]), (one.zh[-1], two.zh[1])):
            ask(page, scan.bare(last)[-6:] + scan.bare(first)[:6], "zh")
            assert hits(page) == [], (one.eid, two.eid)


def test_phrase_and_prefix(page: Page) -> None:
    ask(page, '"market entities"')
    phrase = len(hits(page))
    ask(page, "entities market")
    assert len(hits(page)) >= phrase > 0
    ask(page, '"entities market"')
    assert not hits(page)
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("enterpr")
    page.wait_for_function(ANSWERED, arg="enterpr")
    assert hits(page)
    expect(page.locator("#hits mark").first).to_have_text(re.compile("^[Ee]nterpr"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('"business environment"', "“business environment”"),
        ("“营商环境”", "“营商环境”"),
        ('"business enviro', "“business enviro”"),
        ("“zzz qqq”", "“zzz qqq”"),
        ('"营商环境" 工作', "“‘营商环境’ 工作”"),
        ("《优化营商环境条例》", "“《优化营商环境条例》”"),
    ],
)
def test_a_quoted_query_is_shown_in_one_pair_of_marks(page: Page, query: str, said: str) -> None:
    for language in ("en", "zh"):
        page.goto(f"{language}/search/?q={quote(query)}")
        expect(page.locator("#hits")).to_have_attribute("data-answered", query)
        shown = page.locator("#found").inner_text()
        assert re.findall("“.*”", shown) == [said], shown


def test_the_combobox_with_the_keyboard(page: Page) -> None:
    page.goto("en/search/")
    field = page.get_by_role("combobox", name="Search all laws")
    options = page.get_by_role("listbox", name="Suggestions")
    field.press_sequentially("第七条")
    expect(options).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-controls") == options.get_attribute("id")
    field.press("ArrowDown")
    first = options.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    expect(field).to_be_focused()
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Escape")
    expect(options).to_be_hidden()
    expect(field).to_have_value("第七条")
    field.press("ArrowDown")
    expect(options).to_be_visible()
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"#art_7$"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("第七条")
    page.locator("#q").press("Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#hits")).to_be_empty()


def test_an_address_leads_to_its_results_and_back(page: Page) -> None:
    page.goto(f"zh/search/?q={quote('社区')}&in=zh&law={LAW}")
    expect(page.locator("#found")).to_contain_text("社区")
    expect(page.locator("#by-side")).to_have_value("zh")
    expect(page.locator("#by-law")).to_have_value(re.compile("社区治理"))
    assert f"/{OTHER}/" not in "".join(
        str(a.get_attribute("href")) for a in page.locator("#hits a").all()
    )
    ask(page, "应当")
    page.go_back()
    expect(page.locator("#q")).to_have_value("社区")
    expect(page.locator("#hits mark").first).to_have_text("社区")


def test_the_other_language_answers_the_same_query(page: Page) -> None:
    page.goto("en/search/?q=community&in=other")
    expect(page.locator("#found")).to_contain_text("community")
    ask(page, "governance")
    page.locator(".languages a").click()
    expect(page).to_have_url(re.compile(r"/zh/search/\?q=governance&in=other$"))
    expect(page.locator("#found")).to_contain_text("检索“governance”")


def test_filters(page: Page) -> None:
    ask(page, "人民政府", "zh")
    everywhere = len(hits(page))
    page.locator("#by-side").select_option("other")
    # An expression that is asked again and again would be evaluated, which the site forbids.
    expect(page.locator("#hits")).to_have_attribute("data-count", "0")
    page.locator("#by-side").select_option("")
    expect(page.locator("#hits")).not_to_have_attribute("data-count", "0")
    counts = page.locator("#hits .law-hits .count").all_inner_texts()
    page.get_by_role("combobox", name="法规", exact=True).click()
    laws = page.get_by_role("listbox", name="有结果的法规").get_by_role("option")
    expect(laws).to_have_count(2)
    said = [text[text.rindex("(") :] for text in laws.all_inner_texts()]
    assert sorted(said) == sorted(counts)
    page.keyboard.type("社区")
    expect(laws).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(laws.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#hits .law-hits")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"law={LAW}$"))
    assert 0 < len(hits(page)) < everywhere


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_laws_are_offered_with_their_whole_names(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("en/search/?q=law")
    page.locator("#by-law").click()
    expect(page.locator("#laws li")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cut = "[...document.querySelectorAll('#laws li')].filter(li => li.scrollWidth > li.clientWidth)"
    assert not page.evaluate(f"{cut}.map(li => li.textContent)")


def test_a_law_that_says_nothing_of_it_and_one_that_is_not_there(page: Page) -> None:
    page.goto(f"en/search/?q={quote('网格员')}&law={OTHER}")
    expect(page.locator("#found")).to_contain_text("Nothing found")
    page.get_by_role("combobox", name="Law", exact=True).fill("no such law")
    expect(page.get_by_role("listbox", name="Laws with results")).to_contain_text("No law of this")
    page.keyboard.press("Escape")
    page.locator("#says").get_by_role("button", name="In all laws").click()
    expect(page.locator("#hits mark").first).to_have_text("网格员")
    expect(page).not_to_have_url(re.compile("law="))


def test_a_law_narrowed_down_to_stays_while_the_words_change(page: Page) -> None:
    page.goto(f"en/search/?q={quote('第七条')}&law={OTHER}")
    expect(page.locator("#hits .law-hits[aria-label] li")).to_have_count(1)
    assert f"/{OTHER}/" in _first(page)
    page.locator("#q").press("End")
    page.locator("#q").press_sequentially(" 应当")
    page.wait_for_function(ANSWERED, arg="第七条 应当")
    expect(page).to_have_url(re.compile(f"law={OTHER}$"))


def test_a_cited_provision_says_whether_the_law_is_in_force(page: Page) -> None:
    ask(page, "营商环境条例 第七条")
    state = page.locator("#hits [aria-label] .cite .state")
    expect(state).to_contain_text("In force from")
    expect(state).to_contain_text("Text incomplete")
    expect(page.locator("#found")).to_have_text("Cited by “营商环境条例 第七条”: 1")


def test_a_small_index_is_one_small_file(site: Site) -> None:
    files = [p for p in (site.folder / "assets/search").rglob("*") if p.is_file()]
    assert [p.name for p in files] == ["index.js"]
    assert len(gzip.compress(files[0].read_bytes())) < 60_000


def test_every_provision_found_is_on_its_page(site: Site) -> None:
    laws = site_from_options(Options(root=ROOT))
    for law in laws.laws:
        provisions = searched(law, [laws.interfaces["en"]]).provisions
        assert provisions
        for provision in provisions:
            page = site.folder / "zh" / law.id / provision.slug / "index.html"
            html = page.read_text(encoding="utf-8")
            for eid in {provision.eid, *(unit.eid for unit in provision.units)}:
                assert f'id="{eid}"' in html, (page, eid)
