"""Examining pages that are torn in other ways than the one in seeds/."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from tests.examined import drafts_of, page_of

from duizhao.editing.accounting import check_accounting
from duizhao.editing.decisions import decisions_from_toml, lines_read
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.editing.examine import astray
from duizhao.editing.examine.findings import confidence_of, is_join
from duizhao.editing.examine.report import report_json, report_lines
from duizhao.editing.examine.variants import told_variants
from duizhao.parser.edition import articles, units

NUMBERS = "一二三四五六七八九"


def _water(number: int) -> str:
    return (
        f"第{NUMBERS[number - 1]}条　水库管理单位应当检查堤坝和闸门，第{number}次蓄水前报告水位。"
    )


def test_a_misread_number_breaks_nothing_off_and_is_doubted() -> None:
    page, found = page_of("甲市水库条例", _water(1), _water(2), "第二条　教师另有规定。", _water(4))
    ((text, decisions),) = drafts_of(found)
    assert lines_read(decisions, page) == (1, 2, 3, 4, 5)
    assert [(q.line, q.text, q.proposal) for q in decisions.query] == [(4, "第二条", "第三条")]
    assert not decisions.gap
    # What the editor must decide is the number: the doubt made a correction, it can be built.
    decided = text.replace("[[query]]", "[[emend]]").replace("text = ", "from = ")
    decided = decided.replace("proposal = ", 'certainty = "certain"\nto = ')
    decided = decided.replace('identifier = "art_u1"\n', "")
    edition = edition_from_decisions(decisions_from_toml(decided, path="draft"), page)
    assert {"art_3", "art_4"} <= {u.eid.split("__")[0] for u in units(edition)}


def test_a_number_that_none_is_written_like_breaks_nothing_off_and_loses_no_thousand() -> None:
    """五千六 is read as 5006, which is written 五千零六."""
    lines = [_water(n).replace("第", "第五十", 1) for n in range(5, 8)]
    lines[1] = lines[1].replace("五十六", "五千六")
    for rest in (lines, lines[:2]):
        _, found = page_of("甲市水库条例", _water(1), *rest)
        ((_, decisions),) = drafts_of(found)
        assert [gap.what for gap in decisions.gap] == ["第二条至第五十四条"]
        assert [(q.line, q.text, q.proposal) for q in decisions.query] == [
            (4, "第五千六条", "第五十六条")
        ]


def test_an_article_whose_first_mark_is_misread_is_an_article() -> None:
    page, found = page_of(
        "甲市水库条例", _water(1), _water(2).replace("条", "務"), "乙市教育条例",
        *map(_school, (1, 2, 3)), _water(3),
    )  # fmt: skip
    (_, water), (_, school) = drafts_of(found)
    assert lines_read(water, page) == (1, 2, 3, 8)
    assert [(e.line, e.old, e.new) for e in water.emend] == [(3, "第二務", "第二条")]
    assert not water.gap
    assert not school.emend


def test_no_beginning_that_sentences_share_is_a_repetition() -> None:
    shared = "国家机关、人民团体、社会团体、企业事业单位"
    page, found = page_of(
        "甲市水库条例", f"第一条　{shared}应当节约用水。", _water(2), shared, _water(3)
    )
    ((_, decisions),) = drafts_of(found)
    assert 4 in lines_read(decisions, page)


def test_narrow_lines_are_joined_and_none_is_left_out_for_its_words() -> None:
    body = [
        f"第{n}条　县级以上人民政府水行政主管部门应当会同有关部门，加强对第{n}类水库的监督检查，"
        f"并将检查的结果向社会公布，接受第{n}方面的监督。"
        for n in NUMBERS
    ]
    lines = [text[at : at + 20] for text in body for at in range(0, len(text), 20)]
    page, found = page_of("甲市水库条例", *lines)
    ((_, decisions),) = drafts_of(found)
    edition = edition_from_decisions(decisions, page)
    assert list(check_accounting(page, [(decisions, edition)])) == []
    assert not decisions.omit
    got = ["".join(str(u.text).split()) for u in units(edition) if u.eid.endswith("para_1")]
    assert got == [text[4:] for text in body]


def test_news_and_the_head_of_a_page_are_no_law() -> None:
    page, found = page_of(
        "甲市水库条例", _water(1), "甲市日报 2023年5月31日 星期三", _water(2), _water(3),
        "本报讯 昨日天晴。", _water(4),
    )  # fmt: skip
    ((text, decisions),) = drafts_of(found)
    assert lines_read(decisions, page) == (1, 2, 4, 5, 7)
    assert [(o.lines, o.kind) for o in decisions.omit] == [("3", "furniture")]
    assert "# 第6行：本报讯 昨日天晴。" in text


@pytest.mark.parametrize("head", ["4 法规公告", "A02 要闻", "第3版 广告", "法治·公告"])
def test_the_part_of_a_paper_that_heads_a_page_is_no_announcement(head: str) -> None:
    _, found = page_of("甲市水库条例", _water(1), head, _water(2))
    ((_, decisions),) = drafts_of(found)
    assert [(o.lines, o.kind) for o in decisions.omit] == [("3", "furniture")]


@pytest.mark.parametrize("words", ["站长告诉记者，水位正常", "记者从水库获悉，闸门已修好"])
def test_what_a_journalist_heard_is_no_sentence_of_a_law(words: str) -> None:
    page, found = page_of("甲市水库条例", _water(1), f"水库的{words}。", _water(2))
    ((text, decisions),) = drafts_of(found)
    assert lines_read(decisions, page) == (1, 2, 4)
    assert "# 第3行：水库的" in text


def test_a_table_is_no_sentence_that_is_cut() -> None:
    table = ["品种 产地 2022年 2023年", "鲫鱼 甲市 3.2 3.6"]
    page, found = page_of("甲市水库条例", _water(1), *table, _water(2))
    ((text, decisions),) = drafts_of(found)
    assert lines_read(decisions, page) == (1, 2, 5)
    assert "# 第3行：品种" in text
    assert not decisions.join
    assert not decisions.gap


def _school(number: int) -> str:
    return (
        f"第{NUMBERS[number - 1]}条　学校和教师应当爱护学生，按照教育部门的规定开设第{number}门课。"
    )


def test_a_law_whose_first_articles_are_lost_is_a_law_of_its_own() -> None:
    _, found = page_of(
        "甲市水库条例", *map(_water, range(1, 4)), *map(_school, range(5, 9)),
        *map(_water, range(4, 8)),
    )  # fmt: skip
    assert [[row.line for row in law.rows] for law in found.laws] == [
        [2, 3, 4, 9, 10, 11, 12],
        [5, 6, 7, 8],
    ]
    (_, water), (_, school) = drafts_of(found)
    assert not water.gap
    assert [(gap.before, gap.what) for gap in school.gap] == [(5, "第一条至第四条")]


def test_the_next_number_begins_an_article_whatever_its_first_word() -> None:
    """Elsewhere 第二条作为 mentions an article; the draft and the edition must read it alike."""
    source = "第二条　作为饮用水水源的水库，不得用于养殖。"
    page, found = page_of("甲市水库条例", _water(1), source, _water(3))
    ((_, decisions),) = drafts_of(found)
    assert not decisions.gap
    assert not decisions.query
    edition = edition_from_decisions(decisions, page)
    assert [article.eid for article in articles(edition.body)] == ["art_1", "art_2", "art_3"]


def test_an_article_that_is_missed_may_only_lack_its_number() -> None:
    _, found = page_of("甲市水库条例", _water(1), _water(2)[4:], *map(_water, (3, 4)))
    ((_, decisions),) = drafts_of(found)
    (gap,) = decisions.gap
    assert (gap.after, gap.what) == (3, "第二条")
    assert gap.why.endswith("可能是缺文，也可能是条号漏印或者印错。")


def test_articles_of_one_law_are_no_other_for_their_numbers() -> None:
    """Three numbers that were misread are not the rest of a law that begins elsewhere."""
    lines = [*map(_water, range(1, 9))]
    for at, number in ((4, 2), (5, 3), (6, 4)):
        lines[at] = lines[at].replace(NUMBERS[at], NUMBERS[number - 1], 1)
    _, found = page_of("甲市水库条例", *lines)
    assert len(found.laws) == 1


DUTIES = [
    "巡查堤坝",
    "维修闸门",
    "观测水位",
    "清理库区",
    "储备物资",
    "培训人员",
    "编制预案",
    "公布电话",
]


@pytest.mark.parametrize("twice", range(2, 8))
def test_a_law_that_counts_on_from_a_number_printed_twice_is_one(twice: int) -> None:
    numbers = [*NUMBERS[:twice], *NUMBERS[twice - 1 :]]
    lines = [
        f"第{number}条　水库管理单位按照县级人民政府的规定{duty}，并且报告县级人民政府。"
        for number, duty in zip(numbers, DUTIES, strict=False)
    ]
    page, found = page_of("甲市水库条例", *lines)
    ((_, decisions),) = drafts_of(found)
    assert lines_read(decisions, page) == tuple(range(1, 10))
    assert [(q.line, q.text) for q in decisions.query] == [
        (line, f"第{NUMBERS[twice - 1]}条") for line in (twice + 1, twice + 2)
    ]


def test_what_follows_under_the_same_number_in_other_words_is_another_law() -> None:
    _, found = page_of("甲市水库条例", *map(_water, range(1, 5)), *map(_school, range(4, 9)))
    assert [len(law.rows) for law in found.laws] == [4, 5]


def test_articles_that_go_on_by_their_numbers_alone_are_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The school law is whole: what stands under its numbers once more can only go on elsewhere."""
    monkeypatch.setattr(astray, "_ASTRAY", 1.0)  # of a page so short words tell little
    laws = ["乙市教育条例", *map(_school, range(1, 10)), "甲市水库条例", *map(_water, range(1, 4))]
    more = [f"第{NUMBERS[n]}条　教师按照教育部门的规定{DUTIES[n]}，报告学校。" for n in range(3, 8)]
    _, found = page_of(*laws, "（下转第二版）", *more)
    (school, _), (water, _) = drafts_of(found)
    told = "# 以下各行排在本法规中，用词却更像同一版面上的另一部法规，请核对归属："
    assert told not in school
    assert f"{told}\n# 第16-20行（更像“乙市教育条例”）：第四条" in water
    assert [each["astray"] for each in report_json(found)["laws"]] == [  # type: ignore[attr-defined]
        [],
        [{"lines": [16, 17, 18, 19, 20], "law": 0}],
    ]
    words = "lines 16-20 have the words of “乙市教育条例”"
    assert any(words in line for line in report_lines(found))
    _, found = page_of(*laws)
    assert not any(told in draft for draft, _ in drafts_of(found))


def test_the_printing_that_is_whole_is_kept() -> None:
    """The last one is, but where it breaks off or stands apart from its neighbours."""
    page, found = page_of("甲市水库条例", *map(_water, (1, 2, 3)), _water(2)[:-4])
    ((_, decisions),) = drafts_of(found)
    assert [(o.lines, o.repeats) for o in decisions.omit] == [("5", "3")]
    assert "的开头逐字相同" in decisions.omit[0].why
    page, found = page_of("甲市水库条例", *map(_water, (1, 2, 3, 4)), _water(2))
    ((_, decisions),) = drafts_of(found)
    assert lines_read(decisions, page) == (1, 2, 3, 4, 5)
    assert [(o.lines, o.repeats) for o in decisions.omit] == [("6", "3")]


def test_an_item_is_no_end_of_a_sentence_that_is_cut() -> None:
    """The list goes on in the next column; the rest of the item before it is lost."""
    _, found = page_of(
        "甲市水库条例", _water(1), "第二条　水库管理单位应当检查下列设施：", "（一）堤坝和闸",
        "乙市教育条例", *map(_school, (1, 2, 3)), "（二）水库的水尺。", _water(3),
    )  # fmt: skip
    (_, water), (_, school) = drafts_of(found)
    assert not water.join
    assert not school.join
    assert [(gap.after, gap.cuts) for gap in water.gap] == [(4, "left")]


def test_where_two_printings_differ_is_said_to_readers() -> None:
    once = f"{_water(2)[:-1]}，并且向县级人民政府报送检查堤坝和闸门的资料，在三十日内公布。"
    again = once.replace("检查堤坝和闸门，", "检测堤坝和闸门，").replace("三十日", "五十日")
    page, found = page_of("甲市水库条例", _water(1), once, *map(_water, (3, 4)), again)
    ((_, decisions),) = drafts_of(found)
    assert [omit.why for omit in decisions.omit] == [
        (
            "第6行与第3行大体相同，出入如下：前者作“当检测堤坝”，后者作“当检查堤坝”；"
            "前者作“，在五十日”，后者作“，在三十日”。本草案保留后者。"
        )
    ]
    # The wording that is printed is doubted where it stands.
    assert [(q.line, q.text, q.id) for q in decisions.query] == [
        (3, "查堤坝和闸门，", "variant-line-3"), (3, "三", "variant-line-3-2"),
    ]  # fmt: skip
    assert "第6行又刊印了一次，此处作“五”" in decisions.query[1].why
    edition = edition_from_decisions(decisions, page)
    assert list(check_accounting(page, [(decisions, edition)])) == []
    assert told_variants([("甲" * 40, "乙" * 40)]) == "文字有出入"


def test_a_join_that_no_seam_shows_is_said_to_be_inferred() -> None:
    """保护 and 大坝 stand together nowhere else; 检查 does, in each article."""
    left, right = "第二条　水库管理单位应当保护", "大坝和库岸，在蓄水以前报告水位。"
    school = ["乙市教育条例", *map(_school, (1, 2, 3)), "第二版"]
    for first, second, inferred in ((left, right, True), (left[:-2] + "检", "查" + right, False)):
        _, found = page_of("甲市水库条例", _water(1), first, *school, second, *map(_water, (3, 4)))
        (_, decisions), _ = drafts_of(found)
        assert [j.why.endswith("推断的。") for j in decisions.join] == [inferred]
        links = [link for link in found.laws[0].chain.links if is_join(link)]
        assert [confidence_of(link) <= 0.6 for link in links] == [inferred]


def test_a_misread_head_is_corrected_and_not_doubted_for_the_other_printing() -> None:
    once = f"{_water(2)[:-1]}，并且向县级人民政府报送检查堤坝和闸门的资料，在三十日内公布。"
    misread = once.replace("第二条", "第二務").replace("三十日", "五十日")
    page, found = page_of("甲市水库条例", _water(1), misread, *map(_water, (3, 4)), once)
    ((_, decisions),) = drafts_of(found)
    assert [(e.line, e.old) for e in decisions.emend] == [(3, "第二務")]
    assert [(q.line, q.text) for q in decisions.query] == [(3, "五")]
    assert (
        list(check_accounting(page, [(decisions, edition_from_decisions(decisions, page))])) == []
    )


def test_what_looks_blank_and_is_not_is_set_aside() -> None:
    page, found = page_of("甲市水库条例", _water(1), "\u200b", _water(2))
    ((_, decisions),) = drafts_of(found)
    edition = edition_from_decisions(decisions, page)
    assert list(check_accounting(page, [(decisions, edition)])) == []
    assert [(o.lines, o.kind) for o in decisions.omit] == [("3", "furniture")]


def test_a_title_with_its_first_heading_stands_over_no_later_article() -> None:
    _, found = page_of(
        "甲市水库条例", "第一章　总则", *map(_school, range(5, 8)), *map(_water, range(1, 4))
    )
    assert [row.line for row in found.runs[0].rows] == [1, 2]


def test_a_numbered_line_over_an_article_is_its_heading_and_no_cut_sentence_or_title() -> None:
    page, found = page_of(
        "甲市水库条例", "一、一般规定", *map(_water, (1, 2)), "二、水库的管理", _water(3),
        "乙市教育条例", *map(_school, (1, 2)), "三、附则", _water(4),
    )  # fmt: skip
    assert [law.title for law in found.laws] == ["甲市水库条例", "乙市教育条例"]
    (_, water), _ = drafts_of(found)
    assert lines_read(water, page) == (1, 2, 3, 4, 5, 6, 10, 11)
    assert not water.gap
    assert not water.join


def test_items_of_two_kinds_count_apart() -> None:
    """（三） goes on with （二）, whatever （4） stands between; a （一） below it begins anew."""
    page = [
        "甲市水库条例", "第一条　应当检查下列设施：", "（一）闸门；", "（二）堤坝：", "（1）左岸；",
        "（2）右岸；", "（3）堤顶；", "（4）堤脚；", "（三）水尺。",
    ]  # fmt: skip
    _, found = page_of(*page, _water(2))
    assert len(found.runs) == 1
    _, found = page_of(*page, "（一）学校；", "（二）教师。", _water(2))
    assert [run.head.line for run in found.runs] == [1, 10]


def test_the_law_that_stands_above_a_notice_goes_on_elsewhere_and_no_other() -> None:
    _, found = page_of(
        "甲市水库条例",
        *map(_water, (1, 2)),
        "（下转第二版）",
        "乙市教育条例",
        *map(_school, (1, 2)),
    )
    assert [line for line in report_lines(found) if "gap after" in line] == [
        "  gap after line 3 (confidence 0.70): 第3行之后的全部文字"
    ]
    assert [[gap.after for gap in decisions.gap] for _, decisions in drafts_of(found)] == [[3], []]


def test_very_short_lines_are_read_without_going_back_for_each() -> None:
    """Each of them is a run of its own: it may not look at all that stand before it."""
    called, lines = 0, 1200
    signs = "水库堤坝闸门学校教师课本公园树木"
    words = ["".join(signs[n * k % len(signs)] for k in (1, 3, 7)) for n in range(lines)]

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(count)
    try:
        page_of("甲市水库条例", _water(1), *words)
    finally:
        sys.setprofile(None)
    assert called < 1000 * lines
