"""`bench align` and `bench memory` on small collections made here, and on the real ones."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from duizhao.commands.bench.alignment import alignment, chinese_lines, rows_from_file, slots_of
from duizhao.commands.bench.coverage import coverage, version_pairs

ROWS: list[dict[str, str | None]] = [
    {"key": "title", "zh": "公園條例", "en": "Park Act"},
    {"key": "h1", "zh": "第 一 章 總則", "en": "Chapter 1 General Provisions"},
    {"key": "art-1", "zh": "公園應開放。\r\n前項公園，由市政府公告之。",
     "en": "Parks shall be open.\r\nThe municipal government shall announce the parks of the preceding paragraph."},
    {"key": "art-2", "zh": "有下列情形之一者，處罰鍰：\r\n一、生火。\r\n二、損毀文物。",
     "en": "A fine shall be imposed for any of the following:\r\n1. making fires;\r\n2. damaging relics."},
]  # fmt: skip
STALE: list[dict[str, str | None]] = [
    *ROWS,
    {"key": "art-3", "zh": "本法自公布日施行。", "en": None},
    {"key": "art-9", "zh": None, "en": "This Act ends."},
]


def collection(folder: Path) -> Path:
    for name, rows in (("tw-aligned", ROWS), ("tw-stale", STALE)):
        (folder / "bilingual" / name).mkdir(parents=True)
        text = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
        (folder / "bilingual" / name / "A1.jsonl").write_text(text + "\n", encoding="utf-8")
    return folder


def test_alignment_counts_what_is_right_and_what_is_found(tmp_path: Path) -> None:
    found = alignment(collection(tmp_path))
    assert found["units"] == 7
    assert found["units right, article numbers given"] == 1.0
    assert (found["stale: missing"], found["stale: missing found"]) == (1, 1)
    assert (found["stale: extra"], found["stale: extra found"]) == (1, 1)
    assert found["aligned: paragraphs differ"] == 0


def test_a_line_broken_at_its_margin_is_one_paragraph() -> None:
    broken = "中華民國國民大會受全體國民之付託，依據孫中山先生創立中華民國之遺\r\n教，制定本憲法\r\n，頒行全國。"
    assert len(chinese_lines(broken)) == 1
    assert chinese_lines("有下列情形：\r\n一、甲\r\n二、乙") == ["有下列情形：", "一、甲", "二、乙"]


def test_rows_become_slots(tmp_path: Path) -> None:
    rows = rows_from_file(collection(tmp_path) / "bilingual/tw-stale/A1.jsonl")
    assert [(s.eid, s.place, s.label) for s in slots_of(rows)][-3:] == [
        ("art-2:1", "art_2", 1),
        ("art-2:2", "art_2", 2),
        ("art-3:0", "art_3", 0),
    ]


def test_coverage_of_a_new_version_by_the_old(tmp_path: Path) -> None:
    folder = tmp_path / "versions"
    folder.mkdir()
    old = "甲条例\n第一条　公园应当每日向公众开放。\n第二条　游人不得在公园内生火。\n"
    new = old.replace("每日", "每天") + "第三条　本条例自公布之日起施行，原条例同时废止。\n"
    (folder / "甲条例_2020-01-01.txt").write_text(old, encoding="utf-8")
    (folder / "甲条例_2024-01-01.txt").write_text(new, encoding="utf-8")
    (folder / "乙条例_2024-01-01.txt").write_text(new, encoding="utf-8")
    assert len(version_pairs(folder)) == 1
    found = coverage(tmp_path)
    assert (found["units"], found["units exact"], found["units near"]) == (4, 0.5, 0.25)


@pytest.mark.corpora
def test_the_aligned_laws_are_aligned(root: Path) -> None:
    corpora = Path(os.environ.get("DUIZHAO_CORPORA") or root.parent / "shared/corpora")
    if not (corpora / "bilingual").is_dir():
        pytest.skip("no collection of bilingual laws here")
    found = alignment(corpora)
    assert found["units right, article numbers given"] > 0.99
    assert found["units right, no article numbers"] > 0.99
    assert found["units right, no numbers at all"] > 0.98
    assert found["stale: missing found"] == found["stale: missing"]
    assert found["stale: extra found"] == found["stale: extra"]
    assert found["aligned: renumbered"] == 0
