"""Texts that once broke the parser, found by fuzzing: each is read and accounted for."""

from __future__ import annotations

import pytest

from duizhao.editing.examine.findings import examined
from duizhao.editing.parse_json import parse_json
from duizhao.sources.witness import witness_from_text


@pytest.mark.parametrize(
    "text",
    [
        "||\n",
        ">>\x7fi\x07uT",
        "第一条 ",
        "\x1f",
        "\u200b\n",
        "（",
        "“",
        "附件",
        "目录\n目录",
        "第一条 第二条 第三条 ",
        "第一条　甲。\n第123456789条　乙。\n",
        "第一二三四五六七八九条　甲。\n",
        "第一条　甲。\n第123456789章　乙\n第二条　丙。\n",
        "第一条　甲。\n（123456789）乙；\n第99999999条　丙。\n",
    ],
)
def test_any_text_is_read_and_accounted_for(text: str) -> None:
    witness = witness_from_text(text, name="x")
    assert parse_json(witness)["lines"]["unaccounted"] == 0
    examined(witness)
