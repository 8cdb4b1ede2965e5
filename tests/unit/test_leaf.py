"""Pages of a chapter beyond what the golden files show: parts, annexes, tables, statuses."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.whole.linkcheck import check_links
from duizhao.commands.bench.building import make_site
from duizhao.ground.text import Piece, Text, plain
from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.citation import item_number
from duizhao.languages.law import View, law_from_parts
from duizhao.parser.edition import Annex, Article, Division, Edition, Table, Unit, articles, units
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_pages import pages
from duizhao.writers.pages.about import about_markdown
from duizhao.writers.pages.leaf import leaf_markdown
from duizhao.writers.pages.overview import overview_markdown


def view_of(site: Site, edition: Edition, translations: dict[str, Translation]) -> View:
    law = site.laws[0]
    pair = Bilingual(edition=edition, language="en", translations=translations)
    return site.view(law_from_parts(law.decisions, law.witness, edition, {"en": pair}), "en")


def page(site: Site, view: View, number: int = 0) -> str:
    return leaf_markdown(view, view.law.leaves[number], site.glossary, "en/source/sheet.md")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("missing", "Not yet translated."),
        ("fuzzy", "The translation awaits review."),
        ("stale", "The translation is out of date."),
    ],
)
def test_what_is_not_translated_says_so(tiny: Site, status: str, words: str) -> None:
    translations = dict(tiny.laws[0].bilingual["en"].translations)
    english = translations["art_2__para_2"].text
    translations["art_2__para_2"] = Translation(text="", status=status)
    text = page(tiny, view_of(tiny, tiny.laws[0].edition, translations))
    assert (
        f"专类[公园][]。\n{{: .zh lang=zh-Hans-CN }}\n\n{words}\n{{: .en .untranslated lang=en }}"
        in text
    )
    assert text.count("分为综合") == 1, "the Chinese is shown once"
    assert english not in text
    translations["note"] = Translation(text="", status=status)
    overview = overview_markdown(
        view_of(tiny, tiny.laws[0].edition, translations), "en/source/sheet.md"
    )
    assert overview.count(f"\n{words}\n{{: .en .untranslated .adoption lang=en }}") == 1
    assert overview.count('<small class="progress">') == len(tiny.laws[0].leaves)


def test_the_overview_of_a_law_without_a_translation_counts_nothing(tiny: Site) -> None:
    """Each chapter was said to have 0 of its units translated, below “Not yet translated”."""
    edition = tiny.laws[0].edition
    overview = overview_markdown(view_of(tiny, edition, {}), "en/source/sheet.md")
    assert "| Translation | Not yet translated. |" in overview
    assert "progress" not in overview


def test_annexes_follow_the_last_chapter(tiny: Site) -> None:
    def unit(eid: str, text: str) -> Unit:
        return Unit(eid=eid, role="annex", text=plain(text, line=1))

    rows = ((unit("c1", "名称"), unit("c2", "数量|")), (unit("c3", "甲"), unit("c4", "1")))
    annex = Annex(
        eid="annex_1",
        heading=unit("annex_1__heading", "附件 公园名录"),
        blocks=(unit("annex_1__para_1", "下列公园："), Table(eid="annex_1__table_1", rows=rows)),
    )
    edition = replace(tiny.laws[0].edition, annexes=(annex,))
    view = view_of(tiny, edition, tiny.laws[0].bilingual["en"].translations)
    first, last = page(tiny, view, 0), page(tiny, view, 1)
    assert "附件" not in first
    assert "## 附件 公园名录 {#annex_1 .division" in last
    shown = re.sub(r"<[^>]+>", "", last)
    assert "| 名称 | 数量&#124; |\n| --- | --- |\n| 甲 | 1 |" in shown
    assert all(f'<span id="{eid}"' in last for eid in ("c1", "c2", "c3", "c4"))
    assert 'class="long"' not in last


def test_a_cell_of_sentences_is_told_from_one_of_figures(tiny: Site) -> None:
    cells = [Unit(eid=f"c{n}", role="cell", text=plain("长" * n, line=1)) for n in (1, 2, 40)]
    article = next(articles(tiny.laws[0].edition.body))
    table = Table(eid="art_1__table_1", rows=(tuple(cells),))
    edition = replace(tiny.laws[0].edition, body=(replace(article, body=(table,)),))
    english = {"c2": Translation(text="long " * 20, status="translated")}
    text = page(tiny, view_of(tiny, edition, english))
    assert '<span id="c1" lang="zh-Hans-CN">长</span>' in text
    assert (
        '<span id="c2" class="long" lang="zh-Hans-CN">长长</span> <span class="long" lang' in text
    )
    assert '<span id="c40" class="long" lang="zh-Hans-CN">' in text


def test_the_contents_have_a_heading_in_both_languages(tiny: Site) -> None:
    view = view_of(tiny, replace(tiny.laws[0].edition, contents=()), {})
    heading = '## <span lang="zh-Hans-CN">目录</span> <span lang="en">Contents</span> {#toc}'
    assert heading in overview_markdown(view, "en/source/sheet.md").splitlines()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", ""),
        ("on promulgation", "| Entry into force | its promulgation |"),
        ("after promulgation", "| Entry into force | some time after its promulgation, "),
    ],
)
def test_a_law_in_force_30_days_after_its_promulgation_is_not_said_to_be_from_that_day(
    tiny: Site, rule: str, said: str
) -> None:
    edition = tiny.laws[0].edition
    metadata = replace(edition.metadata, effective="", effective_rule=rule)
    view = view_of(tiny, replace(edition, metadata=metadata), {})
    rows = overview_markdown(view, "en/source/sheet.md").splitlines()
    found = [row for row in rows if "Entry into force" in row]
    assert len(found) == bool(said)
    assert "".join(found).startswith(said)


def test_notes_are_numbered_as_they_are_met_and_printed_once(tiny: Site) -> None:
    for number in (0, 1):
        text = page(tiny, tiny.view(tiny.laws[0], "en"), number)
        printed = [line for line in text.splitlines() if line.startswith("> ") and "\\. **" in line]
        assert [line.split("\\.")[0] for line in printed] == [
            f"> {n}" for n in range(1, len(printed) + 1)
        ]


@pytest.mark.parametrize(
    ("number", "eid", "expected"),
    [
        ("（一）", "x__point_1", "(1)"),
        ("(十二)", "x__point_12", "(12)"),
        ("（三之一）", "x__point_3-1", "(3-1)"),
        ("〔三〕", "x__point_3", "(3)"),
        ("1．", "x__indent_1", "1."),
        ("", "x__indent_2", ""),
    ],
)
def test_numbers_of_items_in_english(number: str, eid: str, expected: str) -> None:
    assert item_number(number, eid) == expected


def test_what_follows_items_can_be_led_to(tmp_path: Path) -> None:
    text = (
        "某市公园条例\n第一条　下列行为禁止：\n（一）生火；\n（二）垂钓；\n"
        "违反前款规定的，责令改正。\n第二条　本条例自2030年1月1日起施行。\n"
    )
    (tmp_path / "1.txt").write_text(text, encoding="utf-8")
    make_site(tmp_path, tmp_path / "site", 1)
    site = site_from_options(Options(root=tmp_path / "site"))
    ends = [u.eid for u in units(site.laws[0].edition) if "责令改正" in str(u.text)]
    (shown,) = [p.markdown for p in pages(site) if p.path == "zh/law-1/text.md"]
    assert ends == ["art_1__para_1__wrap_1"]
    assert f"违反前款规定的，责令改正。\n{{: #{ends[0]} .zh" in re.sub(
        r"\[([^]]*)\]\([^)]*\)(?:\{[^}]*\})?", r"\1", shown
    )


def test_the_title_of_an_article_has_its_translation_and_its_place(tiny: Site) -> None:
    title = Unit(eid="art_1__title", role="article_title", text=plain("【目的】", line=7))
    old = tiny.laws[0].edition
    (chapter, *rest) = old.body
    assert isinstance(chapter, Division)
    (first, *others) = chapter.body
    assert isinstance(first, Article)
    changed = replace(chapter, body=(replace(first, title=title), *others))
    edition = replace(old, body=(changed, *rest))
    translations = dict(tiny.laws[0].bilingual["en"].translations)
    translations["art_1__title"] = Translation(text="Purpose", status="translated")
    view = view_of(tiny, edition, translations)
    text = page(tiny, view)
    assert (
        '## 第一条 【目的】 <span lang="en">Article 1 Purpose</span> {#art_1 .art lang=zh-Hans-CN}'
        in text
    )
    assert '<span id="art_1__title"></span>' in text
    assert "art_1__title" in view.law.leaves[0].anchors


def test_a_law_whose_articles_have_titles_can_be_published(tmp_path: Path) -> None:
    text = (
        "某市公园条例\n第一条　【目的】为了管理公园，制定本条例。\n"
        "第二条　【施行】本条例自2030年1月1日起施行。\n"
    )
    (tmp_path / "1.txt").write_text(text, encoding="utf-8")
    assert make_site(tmp_path, tmp_path / "site", 1) == 0
    render_site(tmp_path / "site", tmp_path / "out", pdf=False)
    page = (tmp_path / "out/zh/law-1/text/index.html").read_text("utf-8")
    assert "第一条 【目的】" in page
    assert check_links(tmp_path / "out")[1] == []


def test_marks_in_a_heading_are_shown_with_their_note(tiny: Site) -> None:
    edition = tiny.laws[0].edition
    first, *rest = edition.body
    assert isinstance(first, Division)
    marked = Text((*plain("第一章 ").pieces, _query("总则"), *plain("、附").pieces))
    heading = replace(first.heading, text=marked)
    changed = replace(edition, body=(replace(first, heading=heading), *rest))
    view = view_of(tiny, changed, dict(tiny.laws[0].bilingual["en"].translations))
    for text in (page(tiny, view), _with_pinyin(tiny, view)):
        line = next(line for line in text.splitlines() if line.startswith("# "))
        assert '<em class="query">' in line
        assert "[1](#note_announced-twice){.ref}" in line
        assert text.count("{: #note_announced-twice .note .query }") == 1


@pytest.mark.parametrize(
    ("line", "quoted", "citation"),
    [
        (7, "第一章", "Chapter 1"),
        (29, "第三条", "Article 3"),
        (33, "(二)", "Article 3, subparagraph 2"),
    ],
    ids=["chapter", "article", "item"],
)
def test_a_doubt_about_a_number_is_marked_and_told(
    tiny_copy: Path, line: int, quoted: str, citation: str
) -> None:
    decisions = tiny_copy / "seeds/example-parks/edition.toml"
    with decisions.open("a", encoding="utf-8") as file:
        file.write(f'\n[[query]]\nid = "no"\nline = {line}\ntext = "{quoted}"\nwhy = "疑。"\n')
    site = site_from_options(Options(root=tiny_copy))
    view = site.view(site.laws[0], "en")
    for text in (page(site, view), _with_pinyin(site, view)):
        marked = next(row for row in text.splitlines() if '<em class="query">' in row)
        assert re.search(r"\[\d\]\(#note_no\)\{\.ref\}", marked)
        assert text.count("{: #note_no .note .query }") == 1
    about = about_markdown(view, "en/source/sheet.md")
    assert f"([{citation}](" in about


def test_marks_in_the_last_words_are_shown_with_their_note(tiny: Site) -> None:
    """The note stands elsewhere in another chapter only."""
    words = replace(_query("二〇三〇年"), note="and-for-he", mark="emendation")
    closing = (Unit(eid="closing_1", role="closing", text=Text((words,))),)
    view = view_of(tiny, replace(tiny.laws[0].edition, closing=closing), {})
    text = page(tiny, view, -1)
    assert re.search(r"\[\d\]\(#note_and-for-he\)\{\.ref\}", text)
    assert text.count("{: #note_and-for-he .note .emendation }") == 1


def _query(words: str) -> Piece:
    return Piece(
        text=words, original=words, line=43, column=0, note="announced-twice", mark="query"
    )


def _with_pinyin(site: Site, view: View) -> str:
    source = "en/source/sheet.md"
    return leaf_markdown(view, view.law.leaves[0], site.glossary, source, site.readings)


def test_each_page_of_a_law_without_chapters_has_a_name_of_its_own(tmp_path: Path) -> None:
    text = "某市公园条例\n第一条　甲。\n第二条　本条例自2030年1月1日起施行。\n"
    (tmp_path / "1.txt").write_text(text, encoding="utf-8")
    make_site(tmp_path, tmp_path / "site", 1)
    root = Path(__file__).parents[2]
    options = Options(root=tmp_path / "site", translations=str(root / "translations"))
    found = [p for p in pages(site_from_options(options)) if p.path.startswith("zh/law-1/")]
    names = {p.path.removeprefix("zh/law-1/"): p.title for p in found}
    assert (names["index.md"], names["text.md"]) == ("某市公园条例", "正文")
    assert len(set(names.values())) == len(names)


def test_chapters_are_listed_below_the_parts_that_they_are_of(tmp_path: Path) -> None:
    """Where they restart in each part, their headings alone do not tell them apart."""
    text = (
        "某市公园法\n第一编　总则\n第一章　原则\n第一条　甲。\n第二章　效力\n第二条　乙。\n"
        "第二编　公园\n第一分编　通则\n第一章　原则\n第三条　丙。\n第二分编　园林\n第二章　花木\n"
        "第四条　丁。\n附则\n第五条　本法自2030年1月1日起施行。\n"
    )
    (tmp_path / "1.txt").write_text(text, encoding="utf-8")
    assert make_site(tmp_path, tmp_path / "site", 1) == 0
    render_site(tmp_path / "site", tmp_path / "out", pdf=False)
    law = tmp_path / "out/zh/law-1"
    overview = LexborHTMLParser((law / "index.html").read_text("utf-8"))
    assert [_outline(node) for node in overview.css("article > #toc ~ ul > li")] == [
        ["第一编 总则", ["第一章 原则", ["第一条"]], ["第二章 效力", ["第二条"]]],
        [
            "第二编 公园",
            ["第一分编 通则", ["第一章 原则", ["第三条"]]],
            ["第二分编 园林", ["第二章 花木", ["第四条"]]],
        ],
        ["附则", ["第五条"]],
    ]
    chapter = LexborHTMLParser((law / "part-1/chapter-2/index.html").read_text("utf-8"))
    contents = chapter.css_first("#contents > ul")
    assert contents is not None
    assert [_outline(node) for node in contents.iter()] == [
        ["第一编 总则", ["第一章 原则"], ["第二章 效力", ["2"]]],
        ["第二编 公园 · 第一分编 通则", ["第一章 原则"]],
        ["第二分编 园林", ["第二章 花木"]],
        ["附则"],
        ["全文（一页）"],
    ]
    titles = [node.text() for path in sorted(law.rglob("*.html")) for node in _titles(path)]
    assert "第二编 公园 · 第一分编 通则 · 第一章 原则 · 某市公园法 · 对照" in titles
    assert len(set(titles)) == len(titles)


def _titles(path: Path) -> list[LexborNode]:
    return LexborHTMLParser(path.read_text("utf-8")).css("title")


def _outline(item: LexborNode) -> list[object]:
    """What an item of a list is called, and the items of a list in it."""
    name, *lists = [node for node in item.iter() if node.tag != "small"]
    return [name.text(), *(_outline(child) for each in lists for child in each.iter())]


def test_the_page_of_a_source_is_named_by_its_laws(tmp_path: Path) -> None:
    for number, name in enumerate("甲乙", 1):
        text = f"某{name}市公园条例\n第一条　{name}。\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    make_site(tmp_path, tmp_path / "site", 2)
    root = Path(__file__).parents[2]
    options = Options(root=tmp_path / "site", translations=str(root / "translations"))
    found = [p for p in pages(site_from_options(options)) if p.path.startswith("zh/source/")]
    assert [p.title for p in found] == ["底本逐行：某甲市公园条例", "底本逐行：某乙市公园条例"]
    assert all(p.markdown.startswith(f"# {p.title}\n") for p in found)
