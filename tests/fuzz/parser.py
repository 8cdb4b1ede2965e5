"""Coverage-guided fuzzing of the parser: `make fuzz`.

Whatever the bytes, reading them gives a witness or one clear error, and parsing the
witness gives JSON in which every line with text is accounted for.
"""

from __future__ import annotations

import json
import sys

import atheris

with atheris.instrument_imports(include=["duizhao"]):
    from duizhao.editing.examine.findings import examined
    from duizhao.editing.parse_json import parse_json
    from duizhao.ground.problems import DuizhaoError
    from duizhao.sources.readers import text_from_bytes
    from duizhao.sources.witness import witness_from_text

_WORDS = [
    "第一条 ", "第二条　", "第十条之一 ", "第一章 ", "总则", "附则", "目录", "第一编 ", "第一节 ",
    "（一）", "（二）", "1. ", "一、", "①", "附件", "。", "；", "：", "“", "”", "《", "》", "\n", "\n\n",
    "某某条例", "（2024年1月1日某会议通过）", "公告", "〔2024〕1号", "2024年9月26日", "## ",
    "(下转第八版)", "| a | b |\n", "本条例自2025年1月1日起施行。", "有下列情形之一的：",
    "前款规定的", "第三条第二款",
]  # fmt: skip


def one(data: bytes) -> None:
    """Parse one input made of legal fragments and raw bytes."""
    provider = atheris.FuzzedDataProvider(data)
    parts: list[str] = []
    while provider.remaining_bytes() > 1 and len(parts) < 200:
        if provider.ConsumeBool():
            parts.append(provider.PickValueInList(_WORDS))
        else:
            parts.append(provider.ConsumeUnicodeNoSurrogates(provider.ConsumeIntInRange(0, 12)))
    witness = witness_from_text("".join(parts), name="fuzz")
    found = parse_json(witness)
    json.dumps(found)
    assert found["lines"]["unaccounted"] == 0, "a line is unaccounted for"
    examined(witness)
    problems = 1
    try:
        text_from_bytes(data, name="fuzz.txt")
    except DuizhaoError as reason:
        problems = len(reason.problems)
    assert problems == 1, "one file, one problem"


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
