"""What the measurement of printing sets, without setting it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from duizhao.commands.bench.printing import as_html, chapters, english, processor_seconds
from duizhao.commands.bench.report import as_markdown
from duizhao.parser.edition import units_of


def test_chapters_of_the_measured_length_have_their_english(tmp_path: Path) -> None:
    sentence = "县级以上人民政府应当加强领导。"
    long = "\n".join(f"第{n}条　{sentence * 20}" for n in "一二三四五六七八")
    (tmp_path / "law.txt").write_text(f"某市公园条例\n第一章　总则\n{long}\n", "utf-8")
    (found,) = islice(chapters(tmp_path), 2)
    units = [unit for node in found.leaf.body for unit in units_of(node)]
    for unit in units:
        assert found.pair.of(unit.eid).text == english(str(unit.text))
        assert len(english(str(unit.text))) > 2 * len(str(unit.text))
    page = as_html(found)
    assert page.count("<tr>") == len(units)
    assert page.count(sentence) == 20 * 8


def test_a_chapter_of_another_length_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text("某市公园条例\n第一条　公园应当开放。\n", "utf-8")
    assert list(chapters(tmp_path)) == []


def test_the_time_used_grows() -> None:
    before = processor_seconds()
    assert sum(n * n for n in range(2_000_000)) > 0
    assert processor_seconds() > before > 0


def test_what_is_absent_is_said() -> None:
    assert "| WeasyPrint | absent |" in as_markdown({"WeasyPrint": "absent"})
