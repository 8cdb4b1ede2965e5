"""One bad and one good text for each code of the parser's checks."""

from __future__ import annotations

import time

import pytest

from duizhao.editing.checks import check_edition, check_structured
from duizhao.editing.checks.context import Checked
from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.ground.problems import Problem
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import witness_from_text

END = "第{}条 本条例自2024年1月1日起施行。"


def problems(*lines: str) -> list[Problem]:
    witness = witness_from_text("\n".join(lines), name="x")
    return list(check_structured(witness, editions_from_reading(reading_from_witness(witness))))


def under(problem: Problem) -> str:
    at = problem.position
    return at.text[at.column - 1 : at.column - 1 + at.length]


LONG = (
    "公园管理机构应当建立健全巡查制度，发现损坏设施的行为，应当及时制止并依法处理，同时做好记录。"
)
BESIDE = [f"{LONG[:22]}    {LONG[22:]}"] * 30
NEAR = LONG + "任何单位和个人都有权举报损坏公园设施的行为，管理机构应当及时处理并答复举报人。"

BAD = [
    ("number-gap", ["某条例", "第一条 甲。", "第三条 乙。", END.format("四")], 3, "第三条"),
    ("number-gap", ["某条例", "第二条 乙。", END.format("三")], 2, "第二条"),
    ("number-gap", ["某条例", "第一条 甲：", "（一）乙；", "（三）丙。", END.format("二")], 4, "（三）"),
    ("number-gap", ["某条例", "第一章 总则", "第一条 甲。", "第三章 罚则", END.format("二")], 4, "第三章"),
    ("number-gap", ["某法", "第一编 甲", "第一分编 乙", "第一条 甲。", "第三分编 丙", END.format("二")], 5, "第三分编"),
    ("number-gap", ["某法", "第一编 甲", "第一分编 乙", "第一条 甲。", "第二编 丁", "第二分编 丙", END.format("二")], 6, "第二分编"),
    ("number-gap", ["某意见", "一、总体要求", "1．甲。", "2．乙。", "二、认定", "4．丙。", "三、本意见自2024年1月1日起施行。"], 6, "4．"),
    ("number-gap", ["某条例", "第一条 甲：", "1．乙；", "2．丙。", "第二条 丁：", "3．戊。", END.format("三")], 6, "3．"),
    ("paragraph-unfinished", ["某市人大常委会关于某事的决议", f"{LONG[:-1]}，根据", "宪法，决议如下：", "一、甲。", "二、乙。"], 2, "据"),
    ("paragraph-unfinished", ["某意见", "一、总体要求", "甲。", "二、公园管理机构应当建立", "三、本意见自2024年1月1日起施行。"], 4, None),
    ("paragraph-unfinished", ["某意见", "一、总体要求", "甲。", "二、公园管理机构应当建立", "健全制度。", "三、本意见自2024年1月1日起施行。"], 4, None),
    ("number-gap", ["某条例", "第一条 责令改正，并按照下列规定处罚：", "（二）乙；", "（三）丙。", END.format("二")], 3, "（二）"),
    ("number-repeated", ["某条例", "第一条 甲。", "第一条 乙。", END.format("二")], 3, "第一条"),
    ("number-disorder", ["某条例", "第一条 甲。", "第十二条 乙。", END.format("三")], 3, "第十二条"),
    ("number-disorder", ["某条例", "第一条 甲。", "第二条 乙。", "第四条 丙。", "第三条 丁。", END.format("五")], 5, "第三条"),
    ("number-lookalike", ["某条例", "笫一条 甲。", END.format("二")], 2, "笫"),
    ("number-lookalike", ["某条例", "第—条 甲。", END.format("二")], 2, "—"),
    ("number-spaced", ["某条例", "第 一条 甲。", "第二条 乙。", END.format("三")], 2, "第 "),
    ("heading-broken", ["某条例", "第一章 城市公园的规划、建设、", "管理", "第一条 甲。", END.format("二")], 2, None),
    ("heading-unnumbered", ["某条例", "第一章 总则", "第一条 甲。", "监督管理", "第二条 乙。", END.format("三")], 4, "监督管理"),
    ("contents-disagree", ["某条例", "目录", "第一章 总则", "第二章 法则", "第一章 总则", "第一条 甲。", "第二章 罚则", END.format("二")], 4, "第二章 法则"),
    ("contents-disagree", ["某条例", "目录", "第一章 总则", "第二章 罚则", "第一章 总则", "第一条 甲。", END.format("二")], 4, None),
    ("paragraph-unfinished", ["某条例", "第一条 公园管理机构应当建立健全", END.format("二")], 2, "全"),
    ("paragraph-unfinished", ["某条例", "第一条 公园管理机构应当", "（一）甲。", "（二）乙。", END.format("二")], 2, None),
    ("paragraph-unfinished", ["某条例", "第一条 公园管理机构", "甲。", END.format("二")], 2, None),
    ("paragraph-fragment", ["某条例", "第一条 公园管理机构应当建立健全", "的巡查制度。", END.format("二")], 3, "的"),
    ("brackets-unpaired", ["某条例", "第一条 公园（含绿地，适用本条例。", END.format("二")], 2, "（"),
    ("brackets-unpaired", ["某条例", "第一条 公园是指“公园”和”绿地。", END.format("二")], 2, "”"),
    ("reference-dangling", ["某条例", "第一条 违反本条例第九条规定的，罚款。", END.format("二")], 2, "本条例第九条"),
    ("halfwidth-punctuation", ["某条例", "第一条 公园,适用本条例。", END.format("二")], 2, ","),
    ("foreign-word", ["某条例", "第一条 公园 garden 适用本条例。", END.format("二")], 2, "garden"),
    ("invisible-character", ["某条例", "第一条 公\u200b园适用本条例。", END.format("二")], 2, "\u200b"),
    ("invisible-character", ["某条例", "第一条 公园适用本条例\ue010。", END.format("二")], 2, "\ue010"),
    ("invisible-character", ["某条例", "第一条 甲。", "\u200b", END.format("二")], 3, "\u200b"),
    ("character-lookalike", ["某条例", "第一条 甲于2O17年建成。", END.format("二")], 2, "2O17年"),
    ("character-lookalike", ["某条例", "第一条 公园已经开放，自已管理。", END.format("二")], 2, "自已"),
    ("character-lookalike", ["某条例", "第一条 公园⼀律开放。", END.format("二")], 2, "⼀"),
    ("page-furniture", ["某条例", "第一条 甲。", "— 3 —", END.format("二")], 3, "— 3 —"),
    ("page-furniture", ["某条例", "第一条 甲。（下转第三版）", END.format("二")], 2, None),
    ("passage-repeated", ["某条例", f"第一条 {LONG}", LONG, END.format("二")], 3, None),
    ("passage-repeated", ["某条例", f"第一条 {NEAR}", NEAR.replace("做好记录", "做好登记"), END.format("二")], 3, None),
    ("passage-repeated", ["某市公园管理条例", "2024年1月1日 某会议通过", "某市公园管理条例", "第一条 甲。", END.format("二")], 3, "某市公园管理条例"),
    ("columns-beside", ["某条例", *BESIDE, "第一条 甲。", END.format("二")], 2, LONG[22:]),
    ("no-article", ["某市公园管理条例", "公园应当开放。"], 1, "某"),
    ("title-missing", ["第一条 甲。", END.format("二")], 1, None),
    ("effective-missing", ["某条例", "第一条 甲。", "第二条 乙。"], 3, "。"),
    ("effective-missing", ["最高人民法院关于某问题的解释", "第一条 甲。", "第二条 乙。"], 3, "。"),
    ("effective-missing", ["某市人民代表大会常务委员会关于某事的决定", "一、甲。", "二、乙。"], 3, "。"),
    ("effective-missing", ["某条例", "第一条 甲。", "第二条 本条例由各级人民政府组织实施。"], 3, "。"),
    ("effective-missing", ["某条例", "第一条 甲。", "第二条 本条例施行前的规定依照本条例执行。"], 3, "。"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "lines", "line", "words"), BAD)
def test_bad(code: str, lines: list[str], line: int, words: str | None) -> None:
    found = [p for p in problems(*lines) if p.code == code and p.position.line == line]
    assert len(found) == 1, problems(*lines)
    (problem,) = found
    if words is not None:
        assert under(problem) == words
    assert problem.hint
    assert problem.message.endswith((".", "…")) or "…" in problem.message


def test_digits_without_end_are_passed_over_at_once() -> None:
    """Whether a letter is among them was asked at each: 50,000 took half a minute."""
    started = time.process_time()
    assert problems("某条例", f"第一条 甲{'1' * 50_000}乙。", END.format("二")) == []
    assert time.process_time() - started < 2


def test_a_margin_behind_a_number_and_in_a_table_is_no_column() -> None:
    heads = [f"第{n}条    {LONG}" for n in "一二三四五六七八九"] * 3
    cells = [f"收费项目{n}        按照标准收取" for n in range(30)]
    for lines in (heads, cells):
        assert "columns-beside" not in {
            p.code for p in problems("某条例", *lines, END.format("十"))
        }


OF_A_COURT = "最高人民法院关于某问题的解释"
GOOD = [
    [
        "某县人民代表大会关于修改某条例的决定",
        "一、甲。",
        "二、乙。",
        "本决定报某省人民代表大会常务委员会批准后施行。",
    ],
    [OF_A_COURT, "第一条 甲。", "第二条 本院以前发布的司法解释与本解释不一致的，以本解释为准。"],
    [OF_A_COURT, "第一条 甲。", "第二条 本解释施行前本院公布的司法解释同时废止。"],
    [
        OF_A_COURT,
        "第一条 甲。",
        "第二条 本解释施行后尚未终审的案件，适用本解释；施行前已经终审的案件，不适用本解释。",
    ],
    [
        "某市人民代表大会常务委员会关于加强监督的决议",
        "为了加强监督，特作如下决议：",
        "一、甲。",
        "二、乙。",
    ],
    ["某条例", "第一条 甲。", "第一条之一 乙。", "第二条 丙。", END.format("三")],
    ["某条例", "第一条 如下：", "（一）甲", "（二）乙", "（三）丙", END.format("二")],
    ["某条例", "第一条 公园“甲”、（乙）、《丙〈丁〉》。", END.format("二")],
    ["某条例", "第一条 营运资质和条件", "（一）甲。", "（二）乙。", END.format("二")],
    ["某条例", "第一条 公式：", "税额＝销售额×税率－税额", "乙。", END.format("二")],
    ["某条例", "第一条 增加：“甲。", "“乙。”", END.format("二")],
    ["某条例", "第一条 公园的GDP不低于3.5km，APP、PM2.5、GB/T、Wi-Fi。", END.format("二")],
    ["某条例", "第一条 据为己有、已经、自己。", END.format("二")],
    ["某条例", "第 1 條 甲。", "第 2 條 乙。", "第 3 條 本條例自2024年1月1日起施行。"],
    ["某法", "第一编 甲", "第一章 乙", "第一条 丙。", "第二编 丁", "第二章 戊", END.format("二")],
    ["某法", "第一编 甲", "第一章 乙", "第一条 丙。", "第二编 丁", "第一章 戊", END.format("二")],
    [
        "某法",
        "第一编 甲",
        "第一分编 乙",
        "第一章 丙",
        "第一条 丁。",
        "第二分编 戊",
        "第二章 己",
        "第二条 庚。",
        "第二编 辛",
        "第一分编 壬",
        "第一章 癸",
        END.format("三"),
    ],
    ["某条例", "总则", "第一条 甲。", "第二章 罚则", "第二条 乙。", "附则", END.format("三")],
    [
        "某规则",
        "总则",
        "第一条 甲。",
        "第一章 航行",
        "第二条 乙。",
        "第二章 附则",
        "第三条 本规则由国务院批准施行，旧规则同时废止。",
    ],
    [
        "某条例",
        "目　录",
        "第一章 总则……1",
        "附则（3）",
        "第一章 总　则",
        "第一条 甲。",
        "附则",
        END.format("二"),
    ],
    ["某条例", "第一条 甲。", "第二条 依照第一条第一款处理。", END.format("三")],
    [
        "某院关于某事的意见",
        "一、总体要求",
        "1．甲。",
        "2．乙。",
        "二、认定",
        "3．丙。",
        "（一）关于某事",
        "丁。",
        "三、施行",
        "4．本意见自2024年1月1日起施行。",
    ],
]


GOOD += [
    ["某部关于某事的通知", "一、甲。", "二、乙。", "国务院", "2024年1月1日"],
    ["某院关于某事的意见", "一、甲：", "1．乙。", "2．丙。", "二、丁：", "3.戊。", "4.本意见自2024年1月1日起施行。"],
    ["某国宪法修正案", "（2004年3月14日某会议通过）", "第十八条 甲。", "第十九条 第一条相应改为第二条。"],
    ["某协定", "第一条 甲。", "第二条 本协定自双方批准之日起生效。"],
    ["某部关于修改《某规定》的决定", "一、将附件1修改为：", "“附件1", "准驾车型及代号", "大型客车　A1”", "二、增加一章：", "“第二章　监督管理", "“第三条　甲。”", "本决定自公布之日起施行。"],
    ["某协定", "第一条 甲。", "第二条 本协定应自最后一方通知之日起第三十天生效。"],
    ["某公约", "本公约各当事国，", "查各国自古即已建立关系并且为各国人民之间的友好往来作出贡献，", "鉴于联合国宪章关于各国主权平等、维持和平与安全之宗旨及原则，", "爰议定如下：", "第一条 甲。", END.format("二")],
    ["某办法", "第一条 甲。", "第二条 本办法经国务院批准由某部发布施行。"],
    ["某部关于废止部分规章的决定", "一、废止下列规章：", "（一）甲办法（1982年某部发布）", "（二）乙市国营农场管理和改造暂行条例", "本决定自公布之日起施行。"],
    ["全国人民代表大会常务委员会关于《某法》第一条的解释", "（2024年1月1日某会议通过）", "一、甲。", "二、乙。"],
]  # fmt: skip


@pytest.mark.parametrize("lines", GOOD)
def test_good(lines: list[str]) -> None:
    assert problems(*lines) == []


def test_what_stands_everywhere_is_told_once() -> None:
    found = problems("某条例", "第一条 " + "公园,绿地,广场" * 9 + "。", END.format("二"))
    (problem,) = found
    assert "18 times" in problem.message


def test_messages_say_where() -> None:
    (problem, *_) = problems("某条例", "第一章 总则", "第一条 甲（乙。", END.format("二"))
    assert problem.position.path == ("第一章 总则", "第一条")


def codes_of(lines: list[str], tables: str = "", *, keys: str = "") -> list[str]:
    """The codes of what is found in a law with decisions: `keys` of [law], `tables`."""
    witness = witness_from_text("\n".join(lines), name="x.txt")
    source = f'[[witness]]\nfile = "x.txt"\nsha256 = "{witness.sha256}"\ndescription = "x"\n'
    toml = f'[law]\nid = "law"\n{keys}\n{source}{tables}'
    edition = edition_from_decisions(decisions_from_toml(toml, path="edition.toml"), witness)
    return [problem.code for problem in check_edition(Checked.of(witness, edition))]


def test_a_title_that_the_editors_give_is_not_missing() -> None:
    lines = ["第一条 甲。", END.format("二")]
    assert codes_of(lines) == ["title-missing"]
    assert codes_of(lines, keys='title = "某条例"') == []
