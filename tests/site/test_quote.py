"""The quote checker in the browser: agrees with the command line; pasted, typed, hostile."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.quotes import passages
from tests.quotes_mixed import mixed, with_text
from tests.site import axe
from tests.site.conftest import ROOT, Site, watched
from tests.site.serving import served

from duizhao.building.whole.publish import write_all
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.writers.quote.check import Checker, as_data
from duizhao.writers.search.files import search_files
from duizhao.writers.search.provisions import SearchLaw, searched

pytestmark = [pytest.mark.site, pytest.mark.browser]

RULE = "自治区将优化营商环境工作纳入年度综合考核指标体系，建立健全奖惩机制，"
TITLE = "《西藏自治区优化营商环境条例》"
TITLE_EN = "Regulations of the Xizang Autonomous Region on Optimizing the Business Environment"
CHECK = """async text => {
  const S = duizhaoSearch, clean = S.cleanedPassage(text);
  const on = await (window.opened ??= S.open(0));
  const rows = S.mayCite(clean) ? await on.titles() : [];
  const divided = S.dividedPassage(clean, rows);
  const found = S.quote(divided, await S.corporaOf(on, rows, divided));
  const place = p => `${p.law.id}/${p.provision.slug}#${p.eid}`;
  return {
    status: found.status,
    language: found.sizes.every(Boolean) ? "both" : found.sizes[0] ? "zh" : "other",
    size: found.sizes[0] + found.sizes[1],
    parts: found.parts.map(part => ({
      status: part.status, language: part.chinese ? "zh" : "other", size: part.size, places: part.places.map(place),
      also: part.also.map(place), corrected: part.corrected, other: part.other.map(law => law.id),
      segments: part.segments.map(s => [s.kind, s.mine, s.theirs]),
    })),
  };
}"""
ODD = (
    "<img src=x onerror=alert(1)> & “引文” &lt;b&gt; 社会治理应当坚持",
    "的" * 300,
    "𠀀𠀁自治区将优化营商环境工作纳入年度𠀂",
    "½㈠ﷺ城乡社区治理工作２０２５年１月",
    f"\u200b{RULE}\ufeff\u202e",
    "今天天气很好，我们去公园散步吧。",
    "GDP总和 WTO\n规则 A级 a的 xī",
    "西xī藏zàng的de自治区 lüè nǚ’ér shì yī\nthe à la carte là",
    "自治区は法律を制定する。\n자치구 지역을 위하여 自治區\n自治区将优化营商环境",
    "第六条\nArticle 6\n（一）第八项\n(1) Article 8",
    f"{TITLE}第一百二十条之一第二款第（三）项：{RULE}\n{TITLE}第十十条\n{TITLE}第２０２４条\n𠀀{TITLE}第6条",
    f"依照{TITLE}第六条的规定，{RULE}（{TITLE}第六条；{TITLE}第七条第一款）——{TITLE}第六条",
    f"{RULE}（{TITLE}第六条第零款）",
    f"{TITLE}第六条\n{TITLE}第七条\n{TITLE}",
    f"《西藏自治區優化營商環境條例》第六條第（二）項\n{RULE}",
    f"《西藏自治區優化營商環境條例》第六條第二項第三款\n{RULE}",
    f"{TITLE_EN}, art. 6(1)(2)\n{TITLE_EN}, Article 6, paragraph 1, subparagraph 2, item 3.\n{RULE}",
    f"〔原文缺：第五条〕{RULE[:30]}〔原文缺〕{RULE[30:]} [text lost] [text lost: 〔3〕]〔原文缺\n〕",
    f"({TITLE_EN}, § 6-1)\n[remark]\n(remark)\nhttps://example.org/x（{RULE}",
)


@pytest.fixture(scope="module")
def laws() -> list[SearchLaw]:
    read = site_from_options(Options(root=ROOT))
    return [searched(law, [read.interfaces["en"]]) for law in read.laws]


def _texts(laws: list[SearchLaw]) -> list[str]:
    chinese = [p.text for p in passages(laws, seed=11, count=96)]
    english = [p.text for p in passages(laws, seed=12, count=48, column=0)]
    both = [m.text for m in mixed(laws, seed=13, count=64)]
    return [*chinese, *english, *both, *ODD]


def test_the_page_and_the_command_agree(page: Page, laws: list[SearchLaw]) -> None:
    page.goto("en/quote/")
    check = Checker(laws)
    for text in _texts(laws):
        told: dict[str, Any] = page.evaluate(CHECK, text)
        assert told == json.loads(json.dumps(as_data(check(text)))), text


def test_a_large_site_agrees(
    site: Site, browser: Browser, tmp_path: Path, laws: list[SearchLaw]
) -> None:
    """With postings, only laws that may fit are loaded, and the answer is the same."""
    shutil.copytree(site.folder, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / "assets" / "search")
    read = site_from_options(Options(root=ROOT))
    index = search_files(laws, read.glossary, read.readings, ["en"], small=0)
    write_all(tmp_path / "site", index)
    check = Checker(laws)
    with served(tmp_path / "site") as url, browser.new_context(base_url=url) as context:
        faults = watched(context, url)
        page = context.new_page()
        page.goto("en/quote/")
        for text in _texts(laws)[::4]:
            told = page.evaluate(CHECK, text)
            wanted = json.loads(json.dumps(as_data(check(text))))
            assert [p["places"] for p in told["parts"]] == [p["places"] for p in wanted["parts"]]
            assert told["status"] == wanted["status"], text
        assert faults == []


def test_a_citation_that_a_law_prints(
    site: Site, browser: Browser, tmp_path: Path, laws: list[SearchLaw]
) -> None:
    """It is text of the law, on the page as on the command line."""
    text = f"第一百二十条之一（《中华人民共和国刑法修正案》第五条）资助恐怖活动罪{RULE}"
    changed = [with_text(laws[0], text), laws[1]]
    shutil.copytree(site.folder, tmp_path / "site")
    read = site_from_options(Options(root=ROOT))
    index = search_files(changed, read.glossary, read.readings, ["en"])
    write_all(tmp_path / "site", index)
    with served(tmp_path / "site") as url, browser.new_context(base_url=url) as context:
        page = context.new_page()
        page.goto("en/quote/")
        cited = f"{text}\n（《中华人民共和国刑法修正案》第五条）\n{TITLE}第六条"
        for passage, states in (
            (text, ["exact"]),
            (cited, ["exact", "miscited", "miscited"]),
        ):
            told = page.evaluate(CHECK, passage)
            assert told == json.loads(json.dumps(as_data(Checker(changed)(passage))))
            assert [p["status"] for p in told["parts"]] == states


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_typed_and_sent_with_the_keyboard(
    site: Site, browser: Browser, width: int, language: str
) -> None:
    with browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    ) as context:
        faults = watched(context, site.url)
        page = context.new_page()
        page.goto(f"{language}/quote/")
        page.get_by_label({"zh": "文字", "en": "Passage"}[language], exact=True).focus()
        page.keyboard.type(RULE.replace("年度", "季度").replace("，", ",", 1))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        verdict = page.locator("#verdict")
        expect(verdict).to_have_attribute("data-state", "altered")
        expect(verdict).to_have_attribute("aria-live", "polite")
        expect(page.locator("#parts .places a")).to_have_count(1)
        expect(page.locator("#parts del.changed")).to_have_text("季")
        expect(page.locator("#parts ins.changed")).to_have_text("年")
        expect(page.locator("#parts tbody tr")).to_have_count(2)
        assert axe.faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("#parts .places a").click()
        expect(page).to_have_url(re.compile(rf"/{language}/.*/chapter-1/#art_6__para_1$"))
        assert faults == []


def test_a_paste_is_checked_at_once_and_nothing_is_sent(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url) as context:
        page = context.new_page()
        page.goto("en/quote/")
        page.wait_for_load_state("networkidle")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
        page.locator("#passage").focus()
        page.evaluate(
            """text => {
              const data = new DataTransfer();
              data.setData("text/plain", text);
              const field = document.getElementById("passage");
              field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
              field.value = text;
            }""",
            RULE,
        )
        expect(page.locator("#verdict")).to_have_attribute("data-state", "exact")
        assert all(one.startswith("GET ") and "/assets/search/" in one for one in sent)
        assert "?" not in page.url


def test_hostile_passages(page: Page) -> None:
    page.goto("en/quote/")
    field, verdict = page.locator("#passage"), page.locator("#verdict")
    button = page.get_by_role("button", name="Check")
    field.fill(f"<img src=x onerror=alert(1)><b>{RULE}</b>")
    button.click()
    expect(verdict).not_to_have_attribute("data-state", "working")
    expect(page.locator("#parts .compared").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#parts img, #parts b").count() == 0
    field.evaluate("(field, size) => field.value = '社'.repeat(size)", 1_000_000)
    button.click()
    expect(verdict).to_have_text(
        "A passage may have 10 to 5,000 characters; this one has 1,000,000."
    )
    assert page.locator("#parts section").count() == 0
    field.fill("太短")
    button.click()
    expect(verdict).to_contain_text("this one has 2")


def test_the_longest_passage_is_answered_soon(page: Page, laws: list[SearchLaw]) -> None:
    page.goto("zh/quote/")
    text = "".join(unit.zh for law in laws for p in law.provisions for unit in p.units)[:5000]
    page.locator("#passage").fill(text)
    page.locator("#quote button").click()
    expect(page.locator("#verdict")).to_have_attribute(
        "data-state", re.compile("exact|joined|altered"), timeout=4000
    )


def test_without_scripts_the_page_says_so(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("en/quote/")
        expect(page.locator(".unscripted")).to_contain_text("needs JavaScript")


def test_records_that_cannot_be_loaded(page: Page) -> None:
    page.route("**/assets/search/**", lambda route: route.abort())
    page.goto("en/quote/")
    page.locator("#passage").fill(RULE)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#verdict")).to_have_text("The records of the laws could not be loaded.")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_button_copies_is_pasted(
    site: Site, browser: Browser, width: int, language: str
) -> None:
    with browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    ) as context:
        faults = watched(context, site.url)
        page = context.new_page()
        page.goto(f"{language}/xizang-business-environment/chapter-1/")
        page.locator(".article:has(#art_4) button.c").first.click()
        page.locator('.menu [data-kind="text"]').click()
        expect(page.locator(".menu [role=status]")).not_to_be_empty()
        text = page.evaluate("navigator.clipboard.readText()")
        page.goto(f"{language}/quote/")
        page.locator("#passage").focus()
        page.keyboard.press("Control+V")
        expect(page.locator("#verdict")).to_have_attribute("data-state", "exact")
        assert _shown(page) == ["exact", "exact", "cited", "aside"]
        expect(page.locator("#parts .cited a")).to_have_count(2)
        # A word of one language is altered: that alone is told.
        page.locator("#passage").fill(text.replace("coordination", "cooperation", 1))
        page.locator("#quote button").click()
        expect(page.locator("#verdict")).to_have_attribute("data-state", "altered")
        assert _shown(page) == ["exact", "altered", "cited", "aside"]
        # The wrong article is cited in one language.
        page.locator("#passage").fill(text.replace("第四条", "第五条"))
        page.locator("#quote button").click()
        expect(page.locator("#verdict")).to_have_attribute("data-state", "miscited")
        assert _shown(page) == ["exact", "exact", "miscited", "cited", "aside"]
        assert axe.faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert faults == []


@pytest.mark.parametrize(
    ("language", "eid", "said"),
    [
        ("zh", "art_14", "（{}；译文为非官方译文；条号存疑；存疑1处；2026年11月24日版）"),
        ("en", "art_19__para_2", "({}; number in doubt; edition of November 24, 2026)"),
        (
            "en",
            "art_19__para_3",
            "({}; number in doubt; doubtful in 1 place; edition of November 24, 2026)",
        ),
    ],
)
def test_what_is_in_doubt_is_copied_and_the_copy_is_found(
    page: Page, language: str, eid: str, said: str
) -> None:
    """How to cite asks for both: the doubts of a provision and the date of the edition."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{language}/xizang-business-environment/chapter-2/")
    row = page.locator(f".row:has(> .n[href='#{eid}'], > :is(h2, h3) a[href='#{eid}'])").first
    row.locator("button.c").click()
    page.locator('.menu [data-kind="text"]').click()
    expect(page.locator(".menu [role=status]")).not_to_be_empty()
    text = page.evaluate("navigator.clipboard.readText()")
    standing = {"zh": "非标准文本", "en": "Not the standard text; the translation is unofficial"}
    assert text.splitlines()[-2] == said.format(standing[language])
    page.goto(f"{language}/quote/")
    page.locator("#passage").fill(text)
    page.locator("#quote button").click()
    expect(page.locator("#verdict")).to_have_attribute("data-state", "exact")
    assert _shown(page)[-1] == "aside"


def _shown(page: Page) -> list[str]:
    """What the parts on the page are."""
    return [
        (part.get_attribute("class") or "").removeprefix("part ")
        for part in page.locator("#parts section").all()
    ]
