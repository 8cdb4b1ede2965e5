"""A provision with its citation: nothing is copied without its status."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from duizhao.commands.add import add_file
from duizhao.commands.cite import law_named, quotation, site_of
from duizhao.ground.numerals import chinese
from duizhao.ground.problems import DuizhaoError
from duizhao.languages.citing import name_of
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.writers.pages.cites import cited_by
from duizhao.writers.quote.check import Checker
from duizhao.writers.search.provisions import searched

BASE = "https://example.org/"


def test_gives_both_citations_both_texts_and_the_address(real: Site) -> None:
    found = quotation(real, "营商环境", "第七条第一款", language="en", base=BASE)
    assert found.citation_zh == "《西藏自治区优化营商环境条例》第七条第一款"
    assert found.citation.endswith("Article 7, paragraph 1")
    assert found.url == f"{BASE}en/xizang-business-environment/chapter-1/#art_7__para_1"
    assert found.text_zh[0].startswith("县级以上人民政府建立营商环境监督员制度")
    assert len(found.text) == len(found.text_zh) == 1


def test_items_are_quoted_with_their_numbers(tmp_path: Path) -> None:
    """A list was copied without （一）, and without (1) in its translation."""
    text = "某市湖泊条例\n第一条　禁止：\n（一）捕鱼；\n（二）游泳。\n第二条　本条例自2030年1月1日起施行。\n"
    (tmp_path / "lakes.txt").write_text(text, encoding="utf-8")
    add_file(tmp_path / "lakes.txt", Options(root=tmp_path), law_id="lakes")
    path = tmp_path / "translations/en/LC_MESSAGES/lakes.po"
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = 'msgctxt "art_1__para_1__point_2"\nmsgid "游泳。"\nmsgstr "swimming."\n'
    path.write_text(head + entry, encoding="utf-8")
    lakes = site_from_options(Options(root=tmp_path))
    found = quotation(lakes, "lakes", "第一条", language="en", base=BASE)
    assert found.text_zh == ("禁止：", "（一）捕鱼；", "（二）游泳。")
    assert found.text == ("(2) swimming.",)


def test_says_that_text_is_lost_and_numbers_supplied(real: Site) -> None:
    found = quotation(real, "xizang-community-governance", "art 21", language="en", base=BASE)
    assert "Text incomplete here" in found.status
    assert "The number is supplied by this edition" in found.status


def test_a_rejected_number_leads_on_and_says_so(real: Site) -> None:
    found = quotation(real, "营商环境", "art 13(2)", language="en", base=BASE)
    assert found.eid == "art_19"
    assert any("Also printed" in status for status in found.status)


@pytest.mark.parametrize(
    ("law", "citation", "code"),
    [
        ("条例", "第一条", "law-unknown"),
        ("没有这部法", "第一条", "law-unknown"),
        ("营商环境", "第九十九条", "citation-unknown"),
        ("营商环境", "处罚", "citation-unknown"),
    ],
)
def test_what_names_nothing_is_refused(real: Site, law: str, citation: str, code: str) -> None:
    with pytest.raises(DuizhaoError) as caught:
        quotation(real, law, citation, language="zh", base=BASE)
    assert [p.code for p in caught.value.problems] == [code]


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A law of twelve items, the first with eleven subitems, and one whose title goes on."""
    root = tmp_path_factory.mktemp("parks")
    subitems = "".join(f"{n}．目{n}；\n" for n in range(1, 12))
    items = "".join(f"（{chinese(n)}）项{n}；\n" for n in range(2, 13))
    title = "某市公园条例"
    rest = "第二条　有第一条第二项情形的，警告。\n第三条　本条例自2030年1月1日起施行。\n"
    text = f"第一条　有下列情形的：\n（一）项1：\n{subitems}{items}{rest}"
    for law_id, name in (("parks", title), ("rules", f"{title}实施细则")):
        (root / f"{law_id}.txt").write_text(f"{name}\n{text}", encoding="utf-8")
        add_file(root / f"{law_id}.txt", Options(root=root), law_id=law_id)
    return site_from_options(Options(root=root))


@pytest.mark.parametrize(
    ("citation", "texts"),
    [
        ("第一条第十二项", ["（十二）项12；"]),
        ("第一条第十项", ["（十）项10；"]),
        ("第一条第二项", ["（二）项2；"]),
        ("第一条第一款第一项第1目", ["1．目1；"]),
        ("第一条第一款第一项第11目", ["11．目11；"]),
    ],
)
def test_an_item_is_cited_alone(parks: Site, citation: str, texts: list[str]) -> None:
    found = quotation(parks, "parks", citation, language="zh", base=BASE)
    assert list(found.text_zh) == texts


def test_an_article_put_in_is_found_under_its_own_citation(tmp_path: Path) -> None:
    """`cite` gave the first paragraph of the article before it."""
    text = "某市湖泊条例\n第一条　甲。\n乙。\n第一条之一　丙。\n第二条　丁。\n戊。\n"
    (tmp_path / "lakes.txt").write_text(text, encoding="utf-8")
    add_file(tmp_path / "lakes.txt", Options(root=tmp_path), law_id="lakes")
    lakes = site_from_options(Options(root=tmp_path))
    for citation, texts in (
        ("Article 1-1", ("丙。",)),
        ("第一條之一", ("丙。",)),
        ("2-2", ("戊。",)),
    ):
        found = quotation(lakes, "lakes", citation, language="zh", base=BASE)
        assert found.text_zh == texts


def test_paragraphs_of_a_resolution_are_cited(tmp_path: Path) -> None:
    """`cite` said that the law had no such provision."""
    text = "某市人民代表大会关于公园的决议\n（2024年1月1日通过）\n会议决定：\n（一）甲。\n（二）乙。\n丙。\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    add_file(tmp_path / "plan.txt", Options(root=tmp_path), law_id="plan")
    site = site_from_options(Options(root=tmp_path))
    found = quotation(site, "plan", "para_1__point_2", language="en", base=BASE)
    assert found.text_zh == ("（二）乙。",)
    assert found.citation_zh.endswith("第一款第二项")
    assert quotation(site, "plan", "para_2", language="en", base=BASE).text_zh == ("丙。",)


@pytest.mark.parametrize(
    ("eid", "texts"),
    [
        (
            "part_1",
            (
                "第一章　总则",
                "第一条　甲。",
                "第二章　管理",
                "第一节　开放",
                "第二条　乙。",
                "第二节　关闭",
                "第三条　丙。",
            ),
        ),
        ("part_1__chp_2__sec_1", ("第二条　乙。",)),
        ("Part 1,  chapter 1", ("第一条　甲。",)),
    ],
)
def test_a_division_is_cited_whole_and_alone(tmp_path: Path, eid: str, texts: tuple[str]) -> None:
    """Of a part only the first chapter was given, of a section its whole chapter."""
    text = (
        "某市公园条例\n第一编　公园\n第一章　总则\n第一条　甲。\n第二章　管理\n第一节　开放\n第二条　乙。\n"
        "第二节　关闭\n第三条　丙。\n第二编　附则\n第一章　附则\n第四条　本条例自2030年1月1日起施行。\n"
    )
    (tmp_path / "parks.txt").write_text(text, encoding="utf-8")
    add_file(tmp_path / "parks.txt", Options(root=tmp_path), law_id="parks")
    site = site_from_options(Options(root=tmp_path))
    found = quotation(site, "parks", eid, language="zh", base=BASE).text_zh
    assert tuple("　".join(text.split()) for text in found) == texts


def test_what_cites_an_item_says_so_without_the_one_paragraph(parks: Site) -> None:
    """As citations do: 第一条第二项, and not 第一条第一款第二项."""
    (line,) = cited_by(parks.view(parks.law("parks"), "zh"), "zh/parks/text.md", "text", "art_1")
    assert "（第二项）" in line
    assert "第一款" not in line


def test_a_whole_title_is_that_of_its_law_though_another_begins_so(parks: Site) -> None:
    assert law_named(parks, "《某市公园条例》") == "parks"
    with pytest.raises(DuizhaoError, match="names 2 laws"):
        law_named(parks, "公园条例")


def test_a_law_is_named_by_its_id_or_part_of_a_title(real: Site) -> None:
    assert law_named(real, "community governance") == "xizang-community-governance"
    assert law_named(real, "《西藏自治区优化营商环境条例》") == "xizang-business-environment"


@pytest.fixture
def two(tiny_copy: Path) -> Options:
    """The invented regulation beside another law, whose catalog is broken."""
    options = Options(root=tiny_copy)
    source = tiny_copy / "lakes.txt"
    source.write_text("某市湖泊条例\n第一条　甲。\n第二条　本条例自2030年1月1日起施行。\n", "utf-8")
    add_file(source, options, law_id="lakes")
    catalog = tiny_copy / "translations/en/LC_MESSAGES/lakes.po"
    catalog.write_text('msgid "a\n', encoding="utf-8")
    return options


@pytest.mark.parametrize("name", ["example-parks", "示例市公园管理条例", "公园"])
def test_the_faults_of_another_catalog_stop_no_citation(two: Options, name: str) -> None:
    site = site_of(two, name)
    assert [law.id for law in site.laws] == ["example-parks"]
    assert quotation(site, name, "第一条", language="en", base=BASE).text


@pytest.mark.parametrize("name", ["example-parks", "示例市公园管理条例", "公园"])
def test_nor_does_what_is_wrong_with_the_text_of_another_but_it_is_told(
    two: Options, name: str
) -> None:
    """A part of a title might mean the law whose title cannot be read, too."""
    (two.root / "seeds/lakes/edition.toml").write_text("nonsense", "utf-8")
    site = site_of(two, name)
    assert [law.id for law in site.laws] == ["example-parks"]
    told = [problem.code for problem in site.unread]
    assert told == ([] if name == "example-parks" else ["edition-syntax"])


def test_where_only_a_law_that_cannot_be_read_may_be_meant_its_faults_are_told(
    two: Options,
) -> None:
    (two.root / "seeds/lakes/edition.toml").write_text("nonsense", "utf-8")
    with pytest.raises(DuizhaoError, match="edition-syntax"):
        site_of(two, "湖泊")


@pytest.mark.parametrize("name", ["lakes", "某市湖泊条例"])
def test_the_faults_of_the_law_itself_do(two: Options, name: str) -> None:
    with pytest.raises(DuizhaoError, match="catalog-syntax"):
        site_of(two, name)
    with pytest.raises(DuizhaoError, match="law-unknown"):
        site_of(two, "../seeds/lakes")


def test_a_renamed_law_beside_the_one_that_is_asked_for_is_none_of_its_faults(
    two: Options,
) -> None:
    moved = '[[renamed]]\nfrom = "ponds"\nto = "lakes"\ndate = 2030-01-01\n'
    (two.root / "seeds/redirects.toml").write_text(moved, "utf-8")
    assert site_of(two, "example-parks").laws


def test_a_provision_of_a_law_of_taiwan_is_asked_for_in_its_words(tmp_path: Path) -> None:
    lines = (
        "某管理規則",
        "第一條　甲。",
        "乙：",
        "一、丙。",
        "二、丁。",
        "第二條　依第一條第二項第一款辦理。",
    )
    source = tmp_path / "law.txt"
    source.write_text("\n".join(lines), encoding="utf-8")
    options = Options(root=tmp_path)
    add_file(source, options, law_id="rules")
    site = site_from_options(options)
    for typed in ("第一條第二項第二款", "第1条第2款第2项", "art 1(2)(2)"):
        found = quotation(site, "rules", typed, language="en", base="/")
        assert found.eid == "art_1__para_2__point_2"
        assert found.citation_zh == "《某管理規則》第一條第二項第二款"
    checker = Checker([searched(site.laws[0], [site.interfaces["en"]])])
    text = "第二條 依第一條第二項第一款辦理。"
    for typed, right in (("第二條", True), ("第二條第一項", True), ("第一條第二項", False)):
        *_, cited = checker(f"{text}（《某管理規則》{typed}）").parts
        assert cited.status == ("cited" if right else "miscited"), typed
    for typed, eid in (
        ("第一條第二項", "art_1__para_2"),
        ("第1條第2項第2款", "art_1__para_2__point_2"),
    ):
        *_, cited = checker(f"{text}（《某管理規則》{typed}）").parts
        assert [place.eid for place in cited.places] == [eid], typed


def test_a_title_in_a_title_is_cited_with_any_marks(tmp_path: Path) -> None:
    """实施《某法》办法 of every province was linked from nowhere and no name for `cite`."""
    options = Options(root=tmp_path, languages=("zh", "en"))
    texts = {
        "carry-out": [
            "东海省实施《公园法》办法",
            "第一条 甲。",
            "第二条 本办法自2024年1月1日起施行。",
        ],
        "other": [
            "东海省公园条例",
            "第一条 依照《东海省实施《中华人民共和国公园法》办法》第一条处理。",
            "第二条 本条例自2024年1月1日起施行。",
        ],
    }
    for law_id, lines in texts.items():
        (tmp_path / f"{law_id}.txt").write_text("\n".join(lines), encoding="utf-8")
        add_file(tmp_path / f"{law_id}.txt", options, law_id=law_id)
    site = site_from_options(options)
    assert law_named(site, "东海省实施〈公园法〉办法") == "carry-out"
    found = quotation(site, "carry-out", "第一条", language="en", base=BASE)
    assert found.citation_zh == "《东海省实施〈公园法〉办法》第一条"
    other = next(law for law in site.laws if law.id == "other")
    assert [site.shelf[name].id for name in other.summary.named & {*site.shelf}] == ["carry-out"]
    assert [site.shelf[name_of(law.title)].id for law in other.citing.laws] == ["carry-out"]


@pytest.mark.parametrize("typed", ["二", "二、", "第二条第二款", "第二条"])
def test_what_is_printed_as_a_citation_is_one(tmp_path: Path, typed: str) -> None:
    """《…的决定》二 was refused."""
    options = Options(root=tmp_path, languages=("zh", "en"))
    lines = [
        "某市人大常委会关于公园的决定",
        "一、甲。",
        "二、乙。",
        "丙。",
        "三、本决定自公布之日起施行。",
    ]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    add_file(tmp_path / "a.txt", options, law_id="a")
    found = quotation(site_from_options(options), "a", typed, language="en", base=BASE)
    assert found.eid == "art_2" + "__para_2" * typed.endswith("款")


def test_an_article_of_a_chapter_has_its_number_though_its_beginning_is_not_translated(
    real: Site,
) -> None:
    law = real.law("xizang-community-governance")
    pair = law.bilingual["en"]
    words = {k: v for k, v in pair.translations.items() if k != "art_27__para_1"}
    law = replace(law, bilingual={"en": replace(pair, translations=words)})
    site = replace(real, laws=(law,))
    found = quotation(site, law.id, "chapter 4", language="en", base=BASE)
    assert found.text_zh[0].startswith("第二十七条　城乡社区服务")
    assert found.text[0].startswith("Article 27 Social organizations")
    assert found.text[1].startswith("Article 28 ")
