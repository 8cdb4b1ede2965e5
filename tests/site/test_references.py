"""Citations in a browser: links, their previews, what cites a provision; on a site of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site import axe
from tests.site.cited_site import cited_site
from tests.site.conftest import Site, unmarked_chinese, watched
from tests.site.serving import served

from duizhao.commands.accessibility import check_accessibility

pytestmark = [pytest.mark.site, pytest.mark.browser]


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root, out = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("out")
    with served(out) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUIZHAO_SITE_URL", url)
        cited_site(root, out)
        yield Site(out, url)


@pytest.fixture
def reader(cited: Site, browser: Browser) -> Iterator[Page]:
    with browser.new_context(
        base_url=cited.url, viewport={"width": 1440, "height": 900}
    ) as context:
        faults = watched(context, cited.url)
        yield context.new_page()
        assert not faults


def test_a_law_without_a_translation_may_be_published(cited: Site) -> None:
    """`check --release` found a field without a label on each of its pages."""
    assert [(each.position.file, each.message) for each in check_accessibility(cited.folder)] == []


def test_titles_without_a_translation_are_marked_as_chinese(cited: Site) -> None:
    """In the way to the page, its contents, its neighbours, the index and the source."""
    for file in (cited.folder / "en").rglob("index.html"):
        assert not unmarked_chinese(file.read_text("utf-8")), file


def test_a_citation_is_previewed_and_leads_on_by_mouse(reader: Page) -> None:
    reader.goto("en/parks/chapter-1/")
    link = reader.locator("#art_2__para_2 .zh a.r").nth(1)
    link.hover()
    tip = reader.locator("#tip")
    expect(tip).to_contain_text("（二）植物园。")
    expect(tip).to_contain_text("botanical gardens.")
    tip.hover()
    reader.wait_for_timeout(500)
    expect(tip).to_be_visible()  # hoverable, and it stays
    reader.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    link.click()
    expect(reader).to_have_url(re.compile(r"/en/parks/chapter-2/#art_6__para_1__point_2$"))


def test_a_citation_is_previewed_and_leads_on_by_keyboard(reader: Page) -> None:
    reader.goto("zh/parks/chapter-1/")
    link = reader.locator("#art_2__para_2 .en a.r").first
    link.focus()
    tip = reader.locator("#tip")
    expect(tip).to_contain_text("公园应当每日开放。")  # from the page itself
    expect(link).to_have_attribute("aria-describedby", "tip")
    reader.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(link).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(r"#art_2__para_1$"))


def test_a_citation_is_previewed_by_touch(cited: Site, browser: Browser) -> None:
    with browser.new_context(
        base_url=cited.url, viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto("zh/parks/chapter-1/")
        link = page.locator("#art_2__para_2 .zh a.r").nth(1)
        link.tap()
        tip = page.locator("#tip")
        expect(tip).to_contain_text("植物园")
        expect(page).to_have_url(re.compile("/chapter-1/$"))
        box = tip.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        tip.get_by_role("link", name="第六条第二项").tap()
        expect(page).to_have_url(re.compile(r"/chapter-2/#art_6__para_1__point_2$"))


def test_a_folder_has_the_previews_too(cited: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((cited.folder / "zh/parks/chapter-1/index.html").as_uri())
        page.locator("#art_2__para_2 .zh a.r").nth(1).focus()
        expect(page.locator("#tip")).to_contain_text("植物园")


def test_without_scripts_a_citation_is_a_link_and_the_list_opens(
    cited: Site, browser: Browser
) -> None:
    with browser.new_context(base_url=cited.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("zh/parks/chapter-2/")
        page.locator("#art_3__para_1 .zh a.r").first.click()
        expect(page).to_have_url(re.compile(r"/zh/parks/chapter-1/#art_2__para_1$"))
        page.get_by_text("被 1 处引用").click()
        page.locator("details.by").get_by_role("link", name="第三条").click()
        expect(page).to_have_url(re.compile(r"/zh/parks/chapter-2/#art_3__para_1$"))


def test_other_laws_are_listed_and_linked_where_they_are_here(reader: Page) -> None:
    reader.goto("zh/parks/")
    listed = reader.locator("#laws-cited ~ ul").first.locator("li")
    expect(listed).to_have_count(2)
    # "《…法》第一条" alone would cite the first article of that law.
    expect(listed.nth(0)).to_have_text("《中华人民共和国森林法》（引用处：第一条）")
    assert listed.nth(0).get_by_role("link").all_inner_texts() == ["第一条"]
    listed.nth(1).get_by_role("link", name="示例市树木条例").click()
    expect(reader).to_have_url(re.compile("/zh/trees/$"))
    reader.goto("zh/parks/chapter-2/")
    reader.locator("#art_5__para_1 a.r").click()
    expect(reader).to_have_url(re.compile(r"/zh/trees/text/#art_2$"))


def test_on_the_whole_law_citations_lead_to_places_on_it(reader: Page) -> None:
    reader.goto("en/parks/full/")
    links = reader.locator("article .row a.r")
    led = [str(link.get_attribute("href")) for link in links.all()]
    away = [href for href in led if not href.startswith("#")]
    assert away == ["../../trees/", "../../trees/text/#art_2"]
    assert len(led) - len(away) == 9  # four in Chinese, five in English
    reader.locator("#art_2__para_2 .zh a.r").nth(1).focus()
    expect(reader.locator("#tip")).to_contain_text("植物园")


def test_the_same_text_is_canonical_once(cited: Site) -> None:
    """A law without chapters is on two pages: one says that it is the other."""
    page = (cited.folder / "zh/trees/full/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{cited.url}zh/trees/text/">' in page
    page = (cited.folder / "zh/parks/full/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{cited.url}zh/parks/full/">' in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", ["zh/parks/chapter-2/", "en/parks/full/", "en/parks/"])
def test_axe_finds_nothing(reader: Page, address: str, width: int, scheme: str) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    reader.goto(address)
    reader.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    if reader.locator(".row a.r").count():
        reader.locator(".row a.r[href*='#art']").first.focus()
        expect(reader.locator("#tip")).to_be_visible()
    assert axe.faults(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_law_without_any_translation_is_its_chinese_alone(reader: Page) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto("en/parks/chapter-1/")
    reader.locator("label:has(#view-en)").click()  # what is remembered is no matter here
    reader.goto("en/trees/full/")
    expect(reader.locator(".status")).to_contain_text("not yet translated")
    expect(reader.locator(".views, input[name=view]:visible")).to_have_count(0)
    expect(reader.locator(".row .zh").first).to_be_visible()
    assert reader.locator(".row .en:visible").count() == 0
    assert reader.locator("p.en, .of-en").count() == 0, "nor where a page has no style"
    assert reader.locator("#sure-printed").count() == 1
    assert reader.locator("#sure-missing, a[href='#sure-missing']").count() == 0
    reader.locator(".row.head button.c").first.click()
    reader.locator(".menu button[data-kind=text]").click()
    expect(reader.locator(".menu p")).not_to_be_empty()
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert "(Not the standard text; not yet translated)" in copied
    reader.goto("en/trees/about/")
    counted = reader.locator("#sure ~ table").first.locator("tbody tr td:first-child")
    assert counted.all_inner_texts() == ["Chinese: as printed"]


def test_a_preamble_without_translation_is_a_paragraph_not_lines_in_the_middle(
    reader: Page,
) -> None:
    reader.goto("en/trees/")
    before = reader.locator(".front.solo > .zh").first
    expect(before).to_have_css("text-align", "center")
    before.evaluate(
        "(e) => { e.classList.replace('adoption', 'preamble'); e.textContent = '为'.repeat(90); }"
    )
    expect(before).to_have_css("text-align", "justify")
    own, room = before.bounding_box(), reader.locator(".front.solo").first.bounding_box()
    assert own is not None
    assert room is not None
    assert own["width"] < room["width"]
    assert abs(2 * own["x"] + own["width"] - 2 * room["x"] - room["width"]) < 4, "below the title"


def test_a_law_without_chapters_is_its_text_not_its_title_again(reader: Page) -> None:
    for language, name, part in (
        ("zh", "示例市树木条例", "正文"),
        ("en", "示例市树木条例", "The text"),
    ):
        reader.goto(f"{language}/")
        card = reader.locator("section.card").filter(has_text=name)
        assert card.get_by_role("link").all_inner_texts() == [name, part]
        reader.goto(f"{language}/trees/")
        expect(reader.locator("#toc ~ ul > li > a").first).to_have_text("正文 The text")


def test_what_is_not_translated_shows_its_chinese_once(reader: Page) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto("en/parks/chapter-2/")
    row = reader.locator("#art_6__para_1__point_1")
    expect(row.get_by_text("专类公园")).to_have_count(1)
    mark = row.locator(".en")
    expect(mark).to_have_text("Not yet translated.")
    for width in (1440, 390):
        reader.set_viewport_size({"width": width, "height": 900})
        expect(mark).to_have_css("font-size", "13px")
    reader.set_viewport_size({"width": 1440, "height": 900})
    translated = reader.locator("#art_4__para_1")
    reader.locator("label:has(#view-en)").click()
    expect(translated.locator(".zh")).to_be_hidden()
    expect(row.locator(".zh")).to_be_visible()  # the Chinese takes the translation's place
    expect(row.locator(".en")).to_be_visible()
    reader.goto("en/parks/chapter-1/")  # the view is remembered
    expect(reader.locator("h1")).to_have_text("第一章 总则")
    expect(reader.locator("h1 .zh")).to_be_visible()
    reader.goto("en/parks/chapter-2/")
    expect(reader.locator("h1 .zh")).to_be_hidden()  # it is translated
    reader.locator("label:has(#view-zh)").click()
    expect(row.locator(".en")).to_be_hidden()
    row.locator("button.c").click()
    reader.locator(".menu button[data-kind=text]").click()
    expect(reader.locator(".menu p")).not_to_be_empty()
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("（一）专类公园；\n")
    assert "Not yet translated" not in copied


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_paragraph_is_copied_with_its_items(reader: Page, language: str) -> None:
    """What was copied as Article 7, paragraph 1 ended with its colon."""
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(f"{language}/parks/chapter-2/")
    reader.locator("#art_7__para_1 button.c").click()
    reader.locator(".menu button[data-kind=text]").click()
    expect(reader.locator(".menu p")).not_to_be_empty()
    copied = reader.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[:5] == [
        "游人不得：",
        "（一）攀树；",
        "（二）垂钓。",
        "(2) fish.",
        "《示例市公园条例》第七条第一款",
    ]
    missing = "; not wholly translated)" if language == "en" else "；未全部翻译）"
    assert copied[-2].endswith(missing)
