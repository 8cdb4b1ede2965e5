"""The site as a person uses it: keyboard, mouse, touch, without scripts, in a sub-path."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site.conftest import LAW, Site

pytestmark = [pytest.mark.site, pytest.mark.browser]

CHAPTER = f"zh/{LAW}/chapter-3/"
PROVISION = "art_16__para_2"


def _top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return float(box["y"])


def test_from_the_root_to_a_chapter(page: Page) -> None:
    page.goto("")
    page.get_by_role("link", name="Continue in English").click()
    page.get_by_role("link", name=re.compile("Promoting Urban and Rural Community")).click()
    expect(page.locator("h1")).to_contain_text("西藏自治区城乡社区治理促进条例")
    page.locator("article").get_by_role("link", name=re.compile("Chapter 3")).click()
    expect(page).to_have_url(re.compile(f"/laws/en/{LAW}/chapter-3/$"))


@pytest.mark.parametrize(("view", "shown", "gone"), [("zh", ".zh", ".en"), ("en", ".en", ".zh")])
def test_view_changes_and_the_provision_stays(page: Page, view: str, shown: str, gone: str) -> None:
    page.goto(CHAPTER)
    row = f"#{PROVISION}"
    page.locator(row).evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 80)")
    before = _top(page, row)
    page.locator(f"label:has(#view-{view})").click()
    expect(page.locator(f"{row} > {shown}")).to_be_visible()
    expect(page.locator(f"{row} > {gone}")).to_be_hidden()
    assert _top(page, row) == pytest.approx(before, abs=2)
    page.reload()  # the view is remembered
    expect(page.locator(f"#view-{view}")).to_be_checked()
    expect(page.locator(f"{row} > {gone}")).to_be_hidden()


def test_view_changes_by_keyboard(page: Page) -> None:
    page.goto(CHAPTER)
    page.locator("#view-both").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#view-zh")).to_be_checked()
    expect(page.locator(f"#{PROVISION} > .en")).to_be_hidden()


def test_language_changes_and_the_provision_stays(page: Page) -> None:
    page.goto(CHAPTER)
    page.locator(f"#{PROVISION}").evaluate(
        "e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 60)"
    )
    page.evaluate("scrollBy(0, 1)")
    # The masthead is out of sight: a keyboard brings one there, and moves the page.
    switch = page.locator(".languages [data-switch]")
    switch.evaluate("e => { e.focus({preventScroll: true}); e.click(); }")
    expect(page).to_have_url(re.compile(f"/laws/en/{LAW}/chapter-3/#{PROVISION}$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(f"#{PROVISION}")).to_be_in_viewport()


def test_language_change_keeps_the_address(page: Page) -> None:
    page.goto(f"{CHAPTER}#{PROVISION}")
    page.locator(".languages [data-switch]").evaluate("e => e.click()")
    expect(page).to_have_url(re.compile(f"/laws/en/{LAW}/chapter-3/#{PROVISION}$"))


def test_permanent_link(page: Page) -> None:
    page.goto(CHAPTER)
    page.locator(f"#{PROVISION} > .n").click()
    expect(page).to_have_url(re.compile(f"#{PROVISION}$"))
    paper = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    wash = page.locator(f"#{PROVISION}").evaluate("e => getComputedStyle(e).backgroundColor")
    assert wash != paper
    bar = page.locator(".running").bounding_box()
    assert bar is not None
    assert _top(page, f"#{PROVISION}") >= bar["y"] + bar["height"] - 1


@pytest.mark.parametrize("typed", ["第十六条第二款", "art-16-2"])
def test_an_address_as_a_person_types_it(page: Page, typed: str) -> None:
    page.goto(f"{CHAPTER}#{typed}")
    expect(page).to_have_url(re.compile(f"#{PROVISION}$"))
    expect(page.locator(f"#{PROVISION}")).to_be_in_viewport()


@pytest.mark.parametrize("broken", ["%E7%AC%AC%E5%8D", "100%"])
def test_an_address_that_was_cut_off_is_that_of_the_page(page: Page, broken: str) -> None:
    page.goto(f"{CHAPTER}#{broken}")
    expect(page.locator(f"#{PROVISION} .c")).to_be_visible()
    page.locator(".languages [data-switch]").click()
    expect(page).to_have_url(re.compile(f"/laws/en/{LAW}/chapter-3/"))


def test_link_to_the_source_and_back(page: Page) -> None:
    page.goto(CHAPTER)
    page.locator(f"#{PROVISION} .l").click()
    expect(page).to_have_url(re.compile(r"/source/newspaper-page/#L\d+$"))
    line = page.locator("tr:has(:target)")
    expect(line).to_be_in_viewport()
    line.get_by_role("link", name="第十六条第二款").click()
    expect(page).to_have_url(re.compile(f"chapter-3/#{PROVISION}$"))


def test_note_and_back(page: Page) -> None:
    page.goto(CHAPTER)
    page.locator("p.zh .ref").first.click()
    note = page.locator(".note:target")
    expect(note).to_be_in_viewport()
    note.locator(".back").click()
    expect(page.locator(".ref:target")).to_be_in_viewport()


def test_term_by_keyboard(page: Page) -> None:
    page.goto(CHAPTER)
    term = page.locator(f"#{PROVISION} a[href^='#t']").first
    tip = page.locator("#tip")
    term.focus()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("县级以上人民政府")
    expect(tip).to_contain_text("xiàn")
    expect(term).to_have_attribute("aria-describedby", "tip")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # into the explanation: its link
    expect(tip.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/zh/glossary/#term-"))


def test_term_by_mouse(page: Page) -> None:
    page.goto(f"{CHAPTER}#{PROVISION}")
    page.locator(f"#{PROVISION} .en a[href^='#t']").first.hover()
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    assert tip.get_attribute("lang") == page.locator("html").get_attribute("lang")
    tip.hover()  # hoverable
    page.wait_for_timeout(500)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")  # dismissible without moving the pointer
    expect(tip).to_have_count(0)
    page.locator(f"#{PROVISION} .en a[href^='#t']").nth(1).hover()
    expect(tip).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip).to_have_count(0)


def test_quotation_marks_are_as_wide_as_the_language_has_them(page: Page) -> None:
    """In English and pinyin they may come from a Chinese font, in which they are full-width."""
    page.goto(f"en/{LAW}/chapter-3/")
    page.locator(".row p.en a[href^='#t']", has_text="’").first.focus()
    expect(page.locator("#tip")).to_contain_text("’")
    wide = """() => [...document.querySelectorAll('body *')].filter(each => each.lang !== "" || each.matches('.tip, .of a, button'))
      .map(each => [each.closest('[lang]').lang, getComputedStyle(each).fontVariantEastAsian, each.outerHTML.slice(0, 60)])
      .filter(([lang, width]) => /^en$|-Latn/.test(lang) !== (width === 'proportional-width') && /^(en|zh)/.test(lang))"""
    assert page.evaluate(wide) == []


def test_term_by_touch(site: Site, browser: Browser) -> None:
    with browser.new_context(
        base_url=site.url, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(f"{CHAPTER}#{PROVISION}")
        page.locator(f"#{PROVISION} .zh a[href^='#t']").first.tap()
        tip = page.locator("#tip")
        expect(tip).to_be_visible()
        box = tip.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        expect(page).to_have_url(re.compile(f"#{PROVISION}$"))  # not led away
        page.locator(".running").tap()
        expect(tip).to_have_count(0)


def test_copying(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{CHAPTER}#{PROVISION}")
    for label, wanted in {
        "复制链接": f"chapter-3/#{PROVISION}",
        "复制中文引注": "《西藏自治区城乡社区治理促进条例》第十六条第二款",
        "复制英文引注": "Governance, Article 16, paragraph 2",
        "复制文本和引注": "（非标准文本；译文为非官方译文；2026年11月24日版）",
    }.items():
        page.get_by_role("button", name="复制：第十六条第二款").click()
        page.get_by_role("button", name=label).click()
        expect(page.get_by_role("status")).to_have_text("已复制")
        assert wanted in page.evaluate("navigator.clipboard.readText()")
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "clipboard", ["undefined", "{ writeText: () => Promise.reject(new Error('refused')) }"]
)
def test_copying_where_the_clipboard_is_closed(page: Page, clipboard: str) -> None:
    """As on a site of a house without https, or where the browser refuses it."""
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    page.goto(f"{CHAPTER}#{PROVISION}")
    page.evaluate("addEventListener('copy', () => { window.copied = String(getSelection()); })")
    page.get_by_role("button", name="复制：第十六条第二款").press("Enter")
    choice = page.get_by_role("button", name="复制中文引注")
    choice.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已复制")
    assert page.evaluate("window.copied") == "《西藏自治区城乡社区治理促进条例》第十六条第二款"
    expect(choice).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="复制：第十六条第二款")).to_be_focused()


def test_menu_opened_again_is_not_closed_by_the_copy_before(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.goto(f"{CHAPTER}#{PROVISION}")
    opener = page.get_by_role("button", name="复制：第十六条第二款")
    choice = page.get_by_role("button", name="复制链接")
    opener.click()
    choice.click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    page.keyboard.press("Escape")
    opener.click()
    page.clock.run_for(10_000)
    expect(choice).to_be_visible()


def test_light_and_dark_are_remembered(page: Page) -> None:
    page.goto(CHAPTER)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="深色显示").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(f"en/{LAW}/")
    assert page.evaluate(ground) == dark


def test_missing_page(site: Site, page: Page) -> None:
    response = page.goto("zh/no-such-law/")
    assert response is not None
    assert response.status == 404
    page.get_by_role("link", name="中文首页").click()
    expect(page).to_have_url(f"{site.url}zh/")


def test_contents_on_a_phone_by_keyboard(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(CHAPTER)
        button = page.get_by_role("button", name="目录")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#contents")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#contents")).to_be_hidden()
        button.click()
        page.locator("#contents").get_by_role("link", name="第十七条").click()
        expect(page).to_have_url(re.compile("#art_17$"))


@pytest.mark.parametrize(
    ("address", "place", "eid"),
    [
        ("chapter-3/", "Article 17", "art_17"),
        ("full/", "Chapter 3 Collaborative Governance", "chp_3"),
    ],
)
def test_contents_on_a_phone_give_way_to_the_place(
    page: Page, address: str, place: str, eid: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"en/{LAW}/{address}")
    page.get_by_role("button", name="Contents").click()
    page.locator("#contents").get_by_role("link", name=place, exact=True).click()
    expect(page).to_have_url(re.compile(f"#{eid}$"))
    expect(page.locator("#contents")).to_be_hidden()
    expect(page.locator(f"#{eid}")).to_be_in_viewport()
    page.keyboard.press("Tab")  # the keyboard is there, too
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_without_scripts(site: Site, browser: Browser) -> None:
    with browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    ) as context:
        page = context.new_page()
        page.goto(CHAPTER)
        page.locator("label:has(#view-en)").click()
        expect(page.locator(f"#{PROVISION} > .zh")).to_be_hidden()
        page.locator("label:has(#view-both)").click()
        page.locator(f"#{PROVISION} > .zh a[href^='#t']").first.click()
        expect(page.locator(".terms li:target")).to_be_in_viewport()
        page.locator(".row.head:has(#art_16) .x").click()
        expect(page).to_have_url(f"{site.url}en/{LAW}/chapter-3/#art_16")
        page.get_by_role("button", name="Contents").click()
        page.locator("#contents").get_by_role("link", name="Chapter 4").click()
        expect(page).to_have_url(f"{site.url}en/{LAW}/chapter-4/")
        page.goto("zh/search/")
        expect(page.get_by_text("检索需要 JavaScript")).to_be_visible()


def test_pair_is_aligned_and_stacks_when_narrow(page: Page) -> None:
    page.goto(CHAPTER)
    chinese, english = (page.locator(f"#{PROVISION} > .{k}") for k in ("zh", "en"))
    left, right = chinese.bounding_box(), english.bounding_box()
    assert left is not None
    assert right is not None
    assert abs(left["y"] - right["y"]) < 2
    assert left["x"] + left["width"] <= right["x"] + 1
    page.set_viewport_size({"width": 390, "height": 800})
    left, right = chinese.bounding_box(), english.bounding_box()
    assert left is not None
    assert right is not None
    assert right["y"] >= left["y"] + left["height"]


@pytest.mark.parametrize("width", [1440, 1100, 768, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_links_of_an_article_stand_in_one_line(page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{language}/xizang-business-environment/chapter-2/")
    head = page.locator(".row.head").nth(1)
    expect(head.locator(".k button")).to_be_visible()
    links = [each.bounding_box() for each in head.locator(".k > *").all()]
    assert len(links) == 5
    assert len({round(box["y"]) for box in links if box}) == 1
    mark = head.locator(".of-en a").last.bounding_box()
    first = links[0]
    assert mark is not None
    assert first is not None
    beside = mark["y"] < first["y"] + first["height"] and first["y"] < mark["y"] + mark["height"]
    assert not beside or mark["x"] + mark["width"] <= first["x"], "nor over how sure it is"


def test_how_sure_an_article_is(page: Page) -> None:
    page.goto(f"en/{LAW}/chapter-3/")
    article = page.locator("section.article", has=page.locator("#art_18"))
    marks = article.locator(".head .sure a")
    expect(marks).to_have_text(["doubtful in 1 place", "unofficial translation"])
    own = article.locator(".row:not(.head) > .sure")
    expect(own).to_have_text(["Chinese: as printed", "Chinese: doubtful in 1 place"])
    spoken = own.last.aria_snapshot()
    assert 'text: "Chinese:"' in spoken  # seen or not, whose it is
    assert 'link "doubtful in 1 place"' in spoken
    marks.first.focus()
    expect(page.locator("#tip")).to_contain_text("printed as it stands")
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_have_count(0)
    page.locator("label:has(#view-en)").click()
    expect(marks.first).to_be_hidden()
    expect(marks.last).to_be_visible()
    expect(own.first.locator("a")).to_be_hidden()
    page.goto(f"zh/{LAW}/chapter-3/")
    expect(own.first).to_have_text("中文：照底本")


def test_the_links_in_what_is_said_of_an_article_are_followed(page: Page) -> None:
    page.goto(CHAPTER)
    sure = page.locator(".row.head .sure a").first
    sure.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#tip a").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/about/#"))
    page.go_back()
    sure.hover()
    page.locator("#tip a").last.click()
    expect(page).to_have_url(re.compile("/about/#"))


def test_an_article_is_printed_alone(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"en/{LAW}/chapter-1/")
    page.evaluate("window.print = () => { window.asked = true; }")
    third = page.locator(".article", has=page.locator("a.n[href='#art_3']"))
    third.locator("button.c").first.click()
    page.locator(".menu button[data-kind=print]").click()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    shown = [row for row in page.locator(".article").all() if row.is_visible()]
    assert len(shown) == 1
    assert "第三条" in shown[0].inner_text()
    assert page.locator("h1").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len([row for row in page.locator(".article").all() if row.is_visible()]) > 1
    page.emulate_media(media="screen")
