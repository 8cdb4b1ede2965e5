"""Texts that once broke the parser, found by fuzzing: each is read and accounted for."""

from __future__ import annotations

import pytest

from duizhao.examine.findings import examined
from duizhao.parse_json import parse_json
from duizhao.witness import witness_from_text


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
    ],
)
def test_any_text_is_read_and_accounted_for(text: str) -> None:
    witness = witness_from_text(text, name="x")
    assert parse_json(witness)["lines"]["unaccounted"] == 0
    examined(witness)
