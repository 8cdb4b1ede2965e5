from __future__ import annotations

from collections.abc import Sequence

import pytest

from duizhao.ground.text import plain
from duizhao.parser.closings import is_closing
from duizhao.parser.front import Front, ends_like_title, front_from_lines, is_note


def front(*lines: str) -> Front:
    return front_from_lines([plain(text, line=n) for n, text in enumerate(lines, 1)])


def words(texts: Sequence[object]) -> list[str]:
    return [str(text) for text in texts]


NOTE = "（2024年1月1日某市第十届人民代表大会常务委员会第三次会议通过）"


def test_a_sentence_that_begins_with_a_year_is_no_note() -> None:
    said = "2023年是开局之年，为了做好工作，制定本计划。"
    assert words(front("某省立法工作计划方案", said).rest) == [said]
    assert is_note("1958年9月4日某会议通过。")
    assert is_note("1984年5月国务院批准。")
    assert not is_note("2014年5月9日，某部发布2014年第34号公告，决定对某钢管征税。"), "a sentence"


def test_title_and_note() -> None:
    found = front("某市公园条例", NOTE, "为了管理公园，制定本条例。")
    assert (words(found.title), words(found.notes)) == (["某市公园条例"], [NOTE])
    assert words(found.rest) == ["为了管理公园，制定本条例。"]


@pytest.mark.parametrize("version", ["（试行）", "（二）", "(2019年修订)"])
def test_a_title_ends_with_its_version_in_a_line_of_its_own(version: str) -> None:
    found = front("某市公园条例", version, NOTE, "为了管理公园，制定本条例。")
    assert words(found.title) == ["某市公园条例", version]
    assert words(front("某市公园条例", "（此件公开发布）", NOTE).title) == ["某市公园条例"]


def test_a_title_goes_on_where_it_seemed_to_be_whole() -> None:
    found = front("关于审理某类案件适用法律若干问题", "的规定（二）", "为了正确审理，制定本规定。")
    assert words(found.title) == ["关于审理某类案件适用法律若干问题", "的规定（二）"]


@pytest.mark.parametrize(
    "issuer", ["某省人大常委会", "国务院", "某省某市人民政府办公室", "财政部　某部　某总局"]
)
def test_who_issued_a_text_stands_between_its_titles(issuer: str) -> None:
    order = (
        "某省人民政府令〔2010〕第15号",
        "《某市公园条例》已经通过，现予公布。",
        "省长",
        "2010年12月25日",
    )
    found = front("某市公园条例", issuer, "某市公园条例", *order, "某市公园条例", NOTE)
    assert words(found.title) == ["某市公园条例"]
    assert words(found.notes) == [issuer, NOTE]
    assert [words(parts) for parts in found.announcements] == [list(order)]
    assert words(found.repeated) == ["某市公园条例"] * 2
    assert not found.rest


@pytest.mark.parametrize("over", [(), ("某市公园条例（试行）",)])
def test_an_announcement_without_its_head(over: tuple[str, ...]) -> None:
    """It and the law's title below were a preamble."""
    said = (
        "《某市公园条例（试行）》已经某会通过，现予公布，自2024年3月1日起施行。",
        "某会",
        "2024年1月5日",
    )
    found = front(*over, *said, "法释〔2024〕3号", "某市公园条例（试行）", NOTE)
    assert words(found.title) == ["某市公园条例（试行）"]
    assert [words(parts) for parts in found.announcements] == [list(said)]
    assert words(found.repeated) == list(over)
    assert (words(found.notes), found.rest) == (["法释〔2024〕3号", NOTE], [])
    assert bool(front(*over, *said).announcements) == bool(over), "no title stands below"
    assert not front(*over, said[0], "为了管理，制定本条例。").announcements, "it has no end"


def test_what_the_press_says_before_a_text() -> None:
    """It and the title below were a preamble."""
    lead = [
        "某社北京3月1日电　近日，某会印发了修订后的《某市公园条例》。",
        "通知指出，甲。",
        "《条例》全文如下。",
    ]
    note = "2024年1月5日某会通过"
    for over in ([], ["某市公园条例"]):
        found = front(*over, *lead, "某市公园条例", note)
        assert words(found.title) == ["某市公园条例"]
        assert [words(parts) for parts in found.announcements] == [lead]
        assert (words(found.repeated), words(found.notes)) == (over, [note])
    assert not front(*lead, "某市湿地条例", note).announcements, "it speaks of another"


def test_a_notice_between_the_title_of_its_law_and_the_law() -> None:
    """It was a preamble; what is named in the title stands in other marks there."""
    notice = (
        "关于印发《贯彻<某规定>的办法（试行）》的通知",
        "某发〔2020〕3号",
        "各市某局：",
        "现印发给你们。",
        "某厅",
        "2020年3月26日",
    )
    found = front("贯彻《某规定》的办法（试行）", *notice, "2020年5月1日 施行")
    assert words(found.title) == ["贯彻《某规定》的办法（试行）"]
    assert [words(parts) for parts in found.announcements] == [list(notice)]
    assert (words(found.notes), found.rest) == (["2020年5月1日 施行"], [])


def test_the_year_of_a_version_is_printed_again_with_the_title() -> None:
    found = front(
        "某省食盐管理办法(2004年修正)", "某省人民政府", "某省食盐管理办法(2004年修正)", NOTE
    )
    assert words(found.title) == ["某省食盐管理办法", "(2004年修正)"]
    assert words(found.notes) == ["某省人民政府", NOTE]
    assert words(found.repeated) == ["某省食盐管理办法", "(2004年修正)"]


def test_a_title_with_its_version_in_its_line_is_printed_again() -> None:
    """It was taken for a note about the law: its words end with what happened to it."""
    found = front("某市公园条例(2007修正)", "某市公园条例(2007修正)", NOTE)
    assert words(found.title) == words(found.repeated) == ["某市公园条例(2007修正)"]
    assert (words(found.notes), found.rest) == ([NOTE], [])


def test_who_begins_the_sentence_below_a_title_did_not_issue_it() -> None:
    opened = ("甲国政府和乙国政府", "为了发展贸易，经过友好协商，达成协议如下：")
    assert words(front("甲国政府和乙国政府贸易协定", *opened).rest) == list(opened)
    assert words(front("某市公园条例", "各区人民政府", NOTE).rest) == ["各区人民政府", NOTE]
    joint = front("关于某事的意见", "某市法院 某市检察院", "为了某事，制定本意见。")
    assert words(joint.notes) == ["某市法院 某市检察院"], "they begin no sentence"


def test_a_title_over_lines_printed_twice() -> None:
    found = front(
        "关于审理某类案件适用法律",
        "若干问题的解释",
        "法释〔2024〕3号",
        "关于审理某类案件",
        "适用法律若干问题的解释",
    )
    assert words(found.title) == ["关于审理某类案件适用法律", "若干问题的解释"]
    assert words(found.repeated) == ["关于审理某类案件", "适用法律若干问题的解释"]
    assert words(found.notes) == ["法释〔2024〕3号"]


def test_a_title_with_the_mark_of_a_footnote_is_printed_again_without() -> None:
    lines = ("某市人大常委会公告", "《某条例》已通过，现予公布。", "2021年3月26日")
    found = front("某市公园条例[1]", *lines, "某市公园条例", NOTE)
    assert words(found.title) == ["某市公园条例[1]"]
    assert words(found.repeated) == ["某市公园条例"]
    assert words(found.notes) == [NOTE]


@pytest.mark.parametrize("version", ["（2018年）", "（附：某声明）"])
def test_a_title_with_its_version_is_printed_again_without(version: str) -> None:
    """The title below was a preamble, and so was the note."""
    found = front(f"某国宪法修正案{version}", "某国宪法修正案", NOTE)
    assert words(found.title) == [f"某国宪法修正案{version}"]
    assert (words(found.repeated), words(found.notes)) == (["某国宪法修正案"], [NOTE])


def test_a_note_over_lines() -> None:
    found = front(
        "某法", "（2016年3月16日第十二届全国人民代表大会通过　根据2023年12月29日《关于修改", "〈某法〉的决定》修正）",
        "2020年1月1日 国务院", "中央军委发布",
    )  # fmt: skip
    assert len(found.notes) == 2
    assert str(found.notes[0]).endswith("〈某法〉的决定》修正）")
    assert str(found.notes[1]) == "2020年1月1日 国务院中央军委发布"


@pytest.mark.parametrize(
    "lines",
    [
        ("2024年1月1日某市第十届人民代表大会常务委员会第三次会议", "通过"),
        ("2024年1月1日中华人民共和国国务院令第434号公", "布"),
        ("2024年1月1日某市第十届人民代表大会常务委员会第三次会议", "《关于修改〈某条例〉的", "决定》修正"),
    ],
)  # fmt: skip
def test_a_note_that_is_cut_to_the_width_of_a_page(lines: tuple[str, ...]) -> None:
    found = front("某市公园条例", *lines, "2024年5月1日起施行", "为了管理公园，制定本条例。")
    assert words(found.notes) == ["".join(lines), "2024年5月1日起施行"]
    assert words(found.rest) == ["为了管理公园，制定本条例。"]


@pytest.mark.parametrize("year", ["2017", "2O17", "2〇17", "二○一七", "二O一七"])
def test_the_year_of_a_note_may_be_misread(year: str) -> None:
    found = front("某市条例", f"{year}年6月22日某市人民代表大会常务委员会第三次会议通过")
    assert len(found.notes) == 1


def test_a_date_broken_over_lines() -> None:
    found = front("某市条例", "2014年9月26", "日某省第十二届人民代表大会常务委员会批准")
    assert words(found.notes) == ["2014年9月26日某省第十二届人民代表大会常务委员会批准"]


def test_organs_one_a_line() -> None:
    found = front("某条例", "1980年12月27日 国家经济委员会", "国家科学技术委员会", "国家档案局发布")
    assert words(found.notes) == ["1980年12月27日 国家经济委员会国家科学技术委员会国家档案局发布"]


def test_title_and_note_on_one_line() -> None:
    found = front("某市公园条例 " + NOTE)
    assert (words(found.title), words(found.notes)) == (["某市公园条例"], [NOTE])


def test_announcement() -> None:
    lines = [
        "某省人民代表大会常务委员会公告",
        "〔2024〕11号",
        "《某条例》已由某省…通过，现予公布。",
        "某省人民代表大会常务委员会",
        "2024年9月26日",
    ]
    found = front(*lines, "某省某条例", NOTE)
    assert [words(list(part)) for part in found.announcements] == [lines]
    assert words(found.title) == ["某省某条例"]


@pytest.mark.parametrize(
    "head",
    [
        ["中华人民共和国最高人民法院", "公　　告"],
        ["最高人民法院", "最高人民检察院", "公　告"],
        ["国家市场监督管理总局", "令"],
    ],
)
def test_an_announcement_whose_head_is_divided(head: list[str]) -> None:
    """The organ was the title, and the title a preamble."""
    lines = [*head, "《某院关于某事的解释》已于…通过，现予公布。", "某法院", "2024年9月26日"]
    found = front(*lines, "某法院", "关于某事的解释", "法释〔2024〕3号")
    assert [words(list(part)) for part in found.announcements] == [lines]
    assert words(found.title) == ["某法院", "关于某事的解释"]
    assert found.rest == []


@pytest.mark.parametrize("title", [["最高人民法院", "关于某事的批复"], ["某院关于某事的解释"]])
def test_a_number_over_the_title_is_none_of_it(title: list[str]) -> None:
    """The title was 法释〔2024〕3号最高人民法院关于某事的批复, as interpretations are printed."""
    found = front("法释〔2024〕3号", *title, "（2024年5月6日某院会议通过）", "某高级人民法院：")
    assert words(found.title) == title
    assert words(found.notes) == ["法释〔2024〕3号", "（2024年5月6日某院会议通过）"]
    assert words(found.rest) == ["某高级人民法院："]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        (["某部　某总局", "关于某事的公告"], "某部　某总局公告2023年第12号"),
        (["某局关于某事的公告"], "2021年第9号"),
        (["某部", "关于某事的通告"], "〔2021〕9号"),
    ],
)
def test_an_announcement_of_its_own_matter_has_a_title(title: list[str], number: str) -> None:
    """All before 一、 was an announcement, and the title an organ, or none."""
    found = front(*title, number, "为了某事，现公告如下：")
    assert (words(found.title), words(found.notes)) == (title, [number])
    assert words(found.rest) == ["为了某事，现公告如下："]
    assert found.announcements == []


@pytest.mark.parametrize("head", ["某部令2021年第16号", "某某省政府关于发布《某条例》的公告"])
def test_what_heads_an_announcement_of_another_text(head: str) -> None:
    lines = [head, "《某条例》已经某会议通过，现予公布。", "2024年9月26日"]
    found = front(*lines, "某某省某条例", NOTE)
    assert [words(list(part)) for part in found.announcements] == [lines]
    assert words(found.title) == ["某某省某条例"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("某市公园条例", True), ("某办法（试行）", True), ("关于修改《某条例》的决定", True),
        ("某市人民政府", False), ("本条例。", False),
    ],
)  # fmt: skip
def test_titles(text: str, *, title: bool) -> None:
    assert ends_like_title(text) is title


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("本修正案自公布之日起实行", True), ("本法自公布之日起实行，由某部解释。", False),
        (NOTE, True), ("2020年1月1日 国务院发布", True), ("根据2020年1月1日《决定》修正", True),
        ("为了管理公园，制定本条例。", False), ("根据2020年1月1日某决定，对某法作如下修改：", False),
    ],
)  # fmt: skip
def test_notes(text: str, *, note: bool) -> None:
    assert is_note(text) is note


def test_closing() -> None:
    assert is_closing("本决定自公布之日起施行。")
    assert is_closing("《某条例》根据本决定作相应修改，重新公布。")
    assert is_closing("《甲条例》《乙条例》和《丙条例》根据本决定作相应修改，重新公布。")
    assert is_closing("上述规章根据本决定作相应修改，重新公布。")
    assert is_closing("以上地方性法规根据本决定作相应修正，重新公布。")
    assert not is_closing("上述规定以外的活动，应当依法管理。")
    assert is_closing("根据本决定，对《解释》作相应修改并调整条文顺序后，重新公布。")
    assert is_closing("（此件公开发布）")
    assert not is_closing("（此件由申请人签字，一式两份。）")
    assert is_closing("此外，对条文顺序作相应调整。")
    assert not is_closing("此外，对违反规定的，责令改正。")
    assert is_closing("主题词：公园　条例")
    assert is_closing("抄送：市委办公室。")
    assert is_closing("信息公开选项：主动公开内部发送：办公厅。")
    assert is_closing("海城市人民政府办公室　　２０１９年５月２１日印发")
    assert not is_closing("本条例自公布之日起施行。")
    assert not is_closing("本条例由市政府2019年5月21日印发。")


@pytest.mark.parametrize(
    "law", ["《某市公园办法》（试行）", "《某市公园办法（试行）》", "某市公园办法(试行)"]
)
def test_a_notice_names_the_text_as_one_on_trial(law: str) -> None:
    notice = (f"关于颁发{law}的通知", "某部", "各局：", "现将办法发给你们。")
    found = front(*notice, "某市公园办法", "（试  行）", NOTE)
    assert [words(parts) for parts in found.announcements] == [list(notice)]
    assert words(found.title) == ["某市公园办法", "（试  行）"]


def test_a_notice_that_sends_the_law_out_goes_before_it() -> None:
    notice = ["某市人民政府办公室", "关于印发《某市公园管理办法》的通知", "某政办发〔2015〕12号", "各区人民政府：",
              "现印发给你们。", "2015年4月2日", "（此件公开发布）"]  # fmt: skip
    for title in (["某市公园管理办法（试行）"], ["某市公园", "管理办法"]):
        found = front(*notice, *title, "为了管理公园，制定本办法。")
        assert [words(parts) for parts in found.announcements] == [notice]
        assert words(found.title) == title
        assert words(found.rest) == ["为了管理公园，制定本办法。"]
    alone = front(*notice[:-1], "一、加强领导。")
    assert words(alone.title) == notice[:2], "no law follows"


def test_a_notice_that_passes_on_the_text_of_another_goes_before_it() -> None:
    """The notice was the title, and the title of what it passes on a preamble."""
    notice = ["某府办公厅转发某委关于促进商务发展若干意见的通知", "某办发〔2005〕2号", "各区：", "现转发给你们。", "某府办公厅", "二○○五年一月八日"]  # fmt: skip
    found = front(*notice, "关于促进商务发展的若干意见", "商务是重要部分。")
    assert [words(parts) for parts in found.announcements] == [notice]
    assert words(found.title) == ["关于促进商务发展的若干意见"]
