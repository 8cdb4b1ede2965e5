"""Any text is read without a crash, and nothing of it is lost, doubled or reordered."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from duizhao.editing.parse_json import parse_json
from duizhao.ground.problems import DuizhaoError, Problem
from duizhao.ground.text import Piece
from duizhao.parser.edition import Article, Division, Item, Paragraph, Table, articles, units
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.parser.references import references_in
from duizhao.parser.segments import segments, segments_of_line
from duizhao.sources.readers import text_from_bytes
from duizhao.sources.witness import Witness, witness_from_text

FRAGMENTS = st.sampled_from(
    [
        "第一条",
        "第二条",
        "第三条",
        "第十条",
        "第一百二十条之一",
        "第 五 条",
        "第3条",
        "笫一条",
        "第一章",
        "第二章",
        "第一节",
        "第一编",
        "第一分编",
        "总则",
        "附则",
        "附\u3000则",
        "目录",
        "序言",
        "（一）",
        "（二）",
        "(三)",
        "（十）",
        "1.",
        "２．",
        "1、",
        "一、",
        "二、",
        "①",
        "甲、",
        "a)",
        "【标题】",
        "附件：",
        "附件1",
        "附：",
        "",
        " 甲 ",
        " 乙 ",
        "",
        "",
        " --- ",
        " --- ",
        "",
        "某市公园条例",
        "关于修改《某法》的决定",
        "（2024年1月1日某会议通过）",
        "某省人民代表大会常务委员会公告",
        "〔2024〕11号",
        "2024年9月26日",
        "特此公告。",
        "有下列情形之一的：",
        "本条例自公布之日起施行。",
        "违反本条例第一条第一款第一项规定",
        "前款",
        "前两条",
        "《某法》第三条",
        "依照刑法第二百条",
        "。",
        "；",
        "，",
        "：",
        "、",
        "“",
        "”",
        "《",
        "》",
        "（",
        "）",
        "(下转第八版)",
        "— 3 —",
        "第3页",
        "## ",
        "- ",
        "**",
        "> ",
        " ",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\xa0",
        "\ue010",
        "\x00",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
    ]
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=4), max_size=60).map("".join)


def witness(text: str) -> Witness:
    return witness_from_text(text, name="x")


@given(TEXTS)
def test_segments_joined_are_the_witness(text: str) -> None:
    found = witness(text)
    assert "".join(part for _, _, part in segments(found)) == text


@given(TEXTS, st.integers(1, 20) | st.none(), st.booleans())
def test_segments_cover_a_line_without_a_hole(text: str, after: int | None, spaced: bool) -> None:
    line = text.replace("\n", " ").replace("\r", " ")
    at = 0
    for segment in segments_of_line(line, after=after, spaced=spaced):
        assert segment.start == at
        assert segment.end >= at
        at = segment.end
    assert at == len(line)


@given(TEXTS)
def test_every_line_is_accounted_for(text: str) -> None:
    found = parse_json(witness(text))
    json.dumps(found)
    lines = found["lines"]
    assert lines["unaccounted"] == 0
    assert lines["total"] == lines["used"] + lines["omitted"]
    assert lines["total"] == sum(bool(line.text.strip()) for line in witness(text).lines)
    for law in found["laws"]:
        assert law["counts"]["article"] == len(law["articles"])


@given(TEXTS)
def test_identifiers_stand_once(text: str) -> None:
    structured = editions_from_reading(reading_from_witness(witness(text)))
    for edition in structured.editions:
        found = [unit.eid for unit in units(edition)]
        found.extend(article.eid for article in articles(edition.body))
        assert all(found)
        assert sorted(found) == sorted(set(found))


@given(TEXTS)
def test_the_edition_keeps_the_order_of_the_witness(text: str) -> None:
    structured = editions_from_reading(reading_from_witness(witness(text)))
    for edition in structured.editions:
        places = [(piece.line, piece.column) for node in edition.body for piece in _pieces(node)]
        assert places == sorted(places)


def _pieces(node: object) -> list[Piece]:
    """Every piece below a node of the body, heads before texts, in its own order."""
    match node:
        case Division():
            return [*node.heading.text, *(p for child in node.body for p in _pieces(child))]
        case Article():
            title = [*node.title.text] if node.title else []
            return [*node.head, *title, *(p for part in node.body for p in _pieces(part))]
        case Paragraph():
            below = [p for item in node.items for p in _pieces(item)]
            return [*node.lead.text, *below, *(p for unit in node.tail for p in unit.text)]
        case Item():
            return [
                *node.head,
                *node.unit.text,
                *(p for sub in node.subitems for p in _pieces(sub)),
            ]
        case Table():
            return [p for row in node.rows for cell in row for p in cell.text]
        case _:
            return []


@given(TEXTS)
def test_references_stand_where_they_say(text: str) -> None:
    structured = editions_from_reading(reading_from_witness(witness(text)))
    for edition in structured.editions:
        for place, reference in references_in(edition):
            words = str(place.unit.text)
            assert words[reference.start : reference.end] == reference.text
            assert reference.kind in ("internal", "external", "dangling", "ambiguous")
            assert bool(reference.targets) <= (reference.kind == "internal")


@given(
    st.binary(max_size=300) | TEXTS.map(str.encode), st.sampled_from(["a.txt", "a.html", "a.docx"])
)
def test_any_bytes_are_text_or_one_problem(data: bytes, name: str) -> None:
    problems: tuple[Problem, ...] = ()
    text = ""
    try:
        text = text_from_bytes(data, name=name)
    except DuizhaoError as reason:
        problems = reason.problems
    assert bool(text.strip()) != (len(problems) == 1)
    assert all(problem.hint for problem in problems)
