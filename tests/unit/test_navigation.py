"""What a web page says around a law is set aside, with a reason, and no word of the law is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from duizhao.commands.add import add_file
from duizhao.editing.parse_json import parse_json
from duizhao.parser.navigation import navigation_rows
from duizhao.parser.page_marks import page_rows
from duizhao.site.options import Options
from duizhao.sources.witness import witness_from_text

LAW = ["某市公园条例", "第一条　为了管理公园，制定本条例。", "第二条　本条例自2024年3月1日起施行。"]
BEFORE = [
    "首页 > 法规 > 正文",
    "某市人大网首页>>地方性法规>>正文",
    "您现在的位置： 首页 - 政策",
    "当前位置：政策法规",
    "发布时间：2024-01-05 来源：市人大 浏览次数：123 字体：【大 中 小】",
    "【字体：大 中 小】",
    "（责任编辑：李四）",
    "某市人大网 www.example.gov.cn  日期：2024-01-05   浏览字号：大 中 小",
    "跳转到导航 跳转到搜索",
    "下载地址: 点击此处下载",
    "附件下载：点击下载",
    "收藏本站| 设为首页| 首页",
    "【阅读全文】",
    "整理者:张三 阅读:2341 |",
    "发布日期：2023-03-26",
    "（更新时间：2023-03-26 18:05）",
]
AFTER = [
    "打印本页 | 关闭窗口",
    "【打印】【关闭】",
    "上一篇：某市道路条例",
    "下一篇：没有了",
    "分享到：微信 微博",
    "版权所有：某市人民代表大会常务委员会",
    "Copyright © 2024",
    "京ICP备05000000号 京公网安备11000000000000号",
    "网站地图 | 联系我们",
    "相关链接：",
    "推荐阅读",
    "©某法律网：（www.example.com）专业提供法律信息。",
    "【法宝引证码】CLI.1.0000000",
    "取自“https://zh.example.org/wiki/某市公园条例”",
    "本页面最后编辑于2024年1月5日 (星期五) 08:30。",
    "本作品来自法律，在中国大陆属于公有领域。",
    "（文章来源：中国政府网）",
    "来源：某市日报",
    "本文来源：某某网",
    "（新华社北京3月1日电）",
    "(完)",
    "更多精彩内容请关注某某公众号",
    "免责声明：本文仅代表作者观点，不构成法律意见。",
]


@pytest.mark.parametrize("line", BEFORE + AFTER)
def test_navigation_before_a_law_and_behind_it(line: str) -> None:
    assert navigation_rows([line, *LAW, line]) == {0, 4}


@pytest.mark.parametrize("line", BEFORE + AFTER)
def test_within_a_law_no_line_is_navigation(line: str) -> None:
    assert not navigation_rows([*LAW[:2], line, LAW[2]])
    assert not navigation_rows([line, "没有条文"])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "打印",
        "大",
        "住院病案首页",
        "资金来源：财政拨款",
        "住院病案首页/附页",
        "首页应当载明名称。",
        "版权所有人可以要求删除。",
        "上一条规定的期限为三十日。",
        "资金来源：",
        "日期：2024年1月5日",
        "时间：　　年　月　日",
        "（2024年1月1日某市人民代表大会常务委员会通过）",
        "主办单位：（盖章）",
        "保存",
        "分享到网络的，由公安机关处理。",
        "首页" + "-" * 5000,
    ],
)
def test_what_may_be_of_the_law_stays(line: str) -> None:
    assert not navigation_rows([line, *LAW, line])


@pytest.mark.parametrize(
    "line", ["来源：新华社", "2024年1月5日", "微博", "微信", "QQ空间", "分享 收藏"]
)
def test_what_stands_beside_a_line_of_the_page_before_a_law_is_of_the_page(line: str) -> None:
    assert navigation_rows([LAW[0], "【字体：大 中 小】", line, "", line, *LAW[1:]]) == {1, 2, 4}
    assert navigation_rows([LAW[0], line, "打印本页", *LAW[1:]]) == {1, 2}
    assert not navigation_rows([LAW[0], line, *LAW[1:]])


def test_the_head_of_a_markdown_file_is_no_text_of_the_law() -> None:
    """It was the law's title: title: 某市公园条例."""
    head = ["---", "title: 某市公园条例", "tags:", "  - 公园", "---"]
    law = [f"# {LAW[0]}", "**第一条**　为了管理公园，制定本条例。", LAW[2]]
    assert navigation_rows([*head, *law]) == {0, 1, 2, 3, 4}
    assert navigation_rows([*head, *law[1:]]) == {0, 2, 3, 4}, "the title stands nowhere else"
    assert not navigation_rows([*head[:2], *law])
    assert not navigation_rows([*head[:2], "某市人大通过", "---", *law])


@pytest.mark.parametrize(
    "site", ["导航", "正文", "某市人大网", "国家法律法规数据库", "某市人民政府门户网站"]
)
def test_the_name_of_a_site_is_no_title(site: str) -> None:
    """It was the beginning of the law's title."""
    assert navigation_rows([site, *LAW]) == {0}
    assert navigation_rows(["自由的图书", "跳转到导航", *LAW]) == {0, 1}
    head = ["某市人民政府令", "第5号", "打印本页", *LAW]
    assert navigation_rows(head) == {2}, "an announcement is of the law"
    assert navigation_rows([LAW[0], "某部门", "打印本页", *LAW[1:]]) == {2}


def test_the_pages_of_a_text_and_who_edited_it_are_of_the_page() -> None:
    assert navigation_rows([*LAW, "[1] [2] [3]", "编 辑： 王五", "来 源： 某市人大网"]) == {3, 4, 5}
    assert not navigation_rows([*LAW, "1 2 3"])
    turns = (
        "上一页 1 2 3 下一页",
        "首页 上一页 [1] [2] 下一页 尾页",
        "下一页>>",
        "共3页 1 2 3 下一页",
    )
    for turn in turns:
        lines = [*LAW[:2], turn, LAW[2]]
        assert page_rows(lines) == {2}, turn
    for line in ("1 2 3", "下一页", "上一页规定的期限", "共3页"):
        assert (2 in page_rows([*LAW[:2], line, LAW[2]])) == (line == "下一页")


RECORD = [
    "| 索 引 号： | 0001/2023-00123 | 主题分类： | 城乡建设 |",
    "| 发布机构： | 某市人民政府 | 成文日期： | 2023年5月18日 |",
    "| 标　　题： | 某市公园条例 | | |",
    "主 题 词：",
]


def test_the_record_of_a_document_is_no_text_of_it() -> None:
    rows = frozenset(range(len(RECORD)))
    order = ["某市人民政府令", "第58号"]
    assert navigation_rows([*RECORD, *order, *LAW]) == rows, (
        "no value of 主题词 is taken from below"
    )
    assert navigation_rows([*RECORD, *LAW[1:]]) == rows - {2}, "the title stands nowhere else"
    assert not navigation_rows(["发布日期：2024年1月5日", "标题：甲", *LAW]), "it tells too little"
    kinds = ["索 引 号：0001/2021\t分类：行政规章", "发文机关：某部\t成文日期：2021年12月21日"]
    assert navigation_rows([*kinds, *order, *LAW]) == {0, 1}, "行政规章 is no title"
    alone = ["索引号：", "0001", "发文机关：", "某市人民政府", "文号：", "", "主题词："]
    assert navigation_rows([*alone, *order, *LAW]) == frozenset(range(len(alone)))
    apart = [
        "• 索引号：",
        "",
        "0001",
        "• 来源：",
        "",
        "• 发文机构：",
        "",
        "某市人民政府",
        "• 颁布日期：",
        "",
    ]
    note = "（2024年1月5日某会通过）"
    assert navigation_rows([*apart, note, *LAW]) == frozenset(range(len(apart)))


def test_a_day_in_figures_over_a_law_is_of_the_page() -> None:
    """All below it was a preamble."""
    order = ["某市人民政府令", "第58号", "现公布《某市公园条例》。", "市长　张某"]
    assert navigation_rows([LAW[0], "2024-01-05 10:20", *order, "2024-1-5", *LAW]) == {1}
    assert navigation_rows([*LAW, "某市人民政府", "2024-01-05"]) == frozenset()


@pytest.mark.parametrize("below", ["（新华社北京3月1日电）", "来源：某市日报"])
def test_what_is_told_below_an_order_is_no_end_of_the_page_head(below: str) -> None:
    """The signer and the day of the order were lost."""
    order = ["某市人民政府令", "第58号", "现公布《某市公园条例》。", "市长　张某", "2024年1月5日"]
    assert navigation_rows([*order, below, *LAW]) == {5}


@pytest.mark.parametrize(
    "record",
    [
        ["【发布文号】--", "【生效日期】2024-03-01", "【所属类别】地方法规", "【正    文】"],
        ["- 公布日期：2024-01-05", "- 施行日期：2024-03-01", "- 来源：某数据库"],
        ["法规标题\t某市公园条例", "制定机关\t某市人大常委会", "执行日期\t2024-03-01"],
        ["发布部门:某部", "施行日期:2024/3/1"],
        ["1. 【颁布时间】2024-1-5", "2. 【标题】某市公园条例", "3. 【发文号】", "7. 【法规全文】"],
        ["【发布单位】某部 【发布文号】公告2024年第9号 【发布日期】2024-1-5"],
        ["法规标题 | 某市公园条例", "效力属性 | 有效", "文件来源 | 某数据库"],
    ],
)
@pytest.mark.parametrize("mark", ["", "# "])
def test_the_record_of_a_collection_of_laws(record: list[str], mark: str) -> None:
    """A line of it was the beginning of the title, or the title."""
    law = [mark + LAW[0], *LAW[1:]]
    assert navigation_rows([*record, *law]) == frozenset(range(len(record)))
    assert len(record) < 3 or not navigation_rows([record[1], *law]), "it tells too little"


MATTER = ["---", 'id: "ZmY4"', 'title: "某市公园条例"', "tags:", "  - 条例", "- 公园", "", "---"]


@pytest.mark.parametrize(
    "law", [LAW, ["某会关于某事的决议", "（2024年1月5日某会通过）", "某会决定：甲。"]]
)
def test_the_record_that_a_markdown_file_begins_with_is_no_text_of_it(law: list[str]) -> None:
    """Its first line was the title, and the others a preamble."""
    assert navigation_rows([*MATTER, "", f"# {law[0]}", *law[1:]]) == frozenset(range(len(MATTER)))
    toml = ["+++", 'title = "某市公园条例"', "+++"]
    assert navigation_rows([*toml, *law]) == frozenset(range(3))


@pytest.mark.parametrize(
    ("record", "below", "title"),
    [
        ("某市公园条例", "（2024年1月5日某会通过）", "某市公园条例"),
        ("最高人民法院　　某总局", "关于某事的复函", "最高人民法院　　某总局关于某事的复函"),
        ("中华人民共和国某物和", "某技术管制条例", "中华人民共和国某物和某技术管制条例"),
        ("公园那些事", "某市公园条例", "某市公园条例"),
        ("某市公园条例（解读）", "某市公园条例", "某市公园条例"),
    ],
)
def test_the_record_of_a_file_has_the_title_or_its_beginning(
    record: str, below: str, title: str
) -> None:
    """title: "…" was the title, or its second half was alone."""
    lines = [
        "---",
        f'title: "{record}"',
        'status: "现行有效"',
        "---",
        "",
        below,
        "",
        LAW[1],
        LAW[2],
    ]
    found = parse_json(witness_from_text("\n".join(lines), name="x"))
    assert found["laws"][0]["title"] == title
    assert found["lines"]["unaccounted"] == 0
    assert not {p["code"] for p in found["problems"]} & {"foreign-word", "line-unaccounted"}
    kept = title.startswith(record)
    assert found["lines"]["omitted"] == (3 if kept else 4)


@pytest.mark.parametrize("lines", [MATTER[:-1], ["---", "甲。", "---"], ["甲", *MATTER], ["---"]])
def test_lines_between_rules_may_be_of_the_law(lines: list[str]) -> None:
    assert navigation_rows([*lines, *LAW]) == frozenset()


def test_what_stands_over_the_way_to_a_page_and_under_the_end_of_it() -> None:
    lines = ["某市人民政府 无障碍", "政务公开", "当前位置：首页 > 规章", *LAW, "附件：名录", "【打印】【关闭】", "相关解读",
             "某市公园条例解读", "附件1", "甲"]  # fmt: skip
    assert navigation_rows(lines) == {0, 1, 2, 7, 8, 9}
    assert navigation_rows(["某市公园条例", BEFORE[0], *LAW[1:]]) == {1}, "the title stays"


def test_a_reply_without_provisions_has_a_page_around_it() -> None:
    """The way to the page was part of its title, and the foot its last paragraphs."""
    reply = ["某法院关于某事的批复", "某省法院：", "同意你院意见。", "此复。", "2005年8月1日"]
    lines = [BEFORE[0], *reply, "责任编辑：张三", "【打印】【关闭】", "某ICP备05023036号"]
    assert navigation_rows(lines) == {0, 6, 7, 8}
    said = "为了正确理解和执行某法，根据某法以及有关法律的规定，现对某罪名作如下补充和修改："
    assert navigation_rows([BEFORE[0], "某规定", said, "甲", "乙"]) == {0}
    assert not navigation_rows([BEFORE[0], "甲", "乙"])


def test_the_steps_of_a_way_on_lines_of_their_own() -> None:
    """政务公开, 政策 and 通知 were the title."""
    way = ["首页", " > ", "政务公开", " > ", "通知"]
    told = ["关于建立某市公园管理形成机制的条例(发改价格〔2024〕65号)", "2024/01/05 法规司"]
    rows = frozenset(range(len(way)))
    assert navigation_rows([*way, *LAW]) == rows
    assert navigation_rows([*way, *told, *LAW]) == rows | {5, 6}
    assert navigation_rows([*way[:-1], *LAW]) == rows - {4}, "the title is the last step"
    assert not navigation_rows(["某首页", "政务公开", ">", *LAW])


def test_the_words_of_a_page_over_its_foot() -> None:
    """They were paragraphs of the last article."""
    foot = ["解读", LAW[0], "登录", "", "×", "链接：", "|", "某ICP备05070218号", "《某市公园条例》已经通过。"]  # fmt: skip
    assert navigation_rows([*LAW, *foot]) == {3, 4, 5, 7, 8, 9, 10, 11}
    assert not navigation_rows([*LAW, "解读", "登录"]), "no page is known"
    assert navigation_rows([*LAW, "丙。", *foot[2:4], "链接：", "丁。"]) == {4, 6}
    signed = ["编 辑： 王五", "责 编： 李　四", "", "-->", "", "相关文章"]
    assert navigation_rows([*LAW, *signed]) == {3, 4, 6, 8}


def test_a_post_tells_of_the_law_and_of_those_who_made_it() -> None:
    before = [
        "【重磅】《某市公园条例》全文来了！",
        "某市人大 2024-03-29 18:00 浙江",
        "👆点击上方蓝字关注我们",
    ]
    behind = ["— END —", "来源：某市人大", "编辑：小明", "审核：老王", "点个“在看”吧👇"]
    found = navigation_rows([*before, *LAW, *behind])
    assert found == frozenset((0, 1, 2, 6, 7, 8, 9, 10))
    assert not navigation_rows([*LAW, "来源：某市人大", "附表", "编辑：　　审核："])
    assert not navigation_rows([*LAW, "附表", "扫描件", "考试：2024-05-01 09:00", "点赞数量"])


def test_many_names_in_a_line_are_read_at_once() -> None:
    """Where one ends was tried in every way: thirty took minutes."""
    started = time.process_time()
    names = "编辑丨张三" * 40
    assert navigation_rows([*LAW, "来源：某市人大", names]) == frozenset((3, 4))
    assert not navigation_rows([*LAW, f"{names}。"])
    assert time.process_time() - started < 2


def test_a_page_is_added_with_its_navigation_set_aside(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    lines = "".join(f"<p>{line}</p>" for line in (*BEFORE, *LAW, *AFTER))
    page.write_text(f"<!DOCTYPE html><html><body>{lines}</body></html>".replace(" > ", " &gt; "))
    options = Options(root=tmp_path)
    (added,) = add_file(page, options, law_id="park")
    assert added.title == "某市公园条例"
    draft = (added.folder / "edition.toml").read_text()
    assert draft.count('kind = "furniture"') == len(BEFORE) + len(AFTER)
    assert "[[join]]" not in draft
