"""The measurements: what they count, and that they say when there is nothing to measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.commands.bench.columns import score, summary, torn_pages
from duizhao.commands.bench.corpora import over_corpora
from duizhao.commands.bench.report import as_markdown

TOPICS = ("水库堤防", "学前教育", "公共汽车", "医疗急救")
DEEDS = (
    "编制规划", "公开信息", "受理投诉", "组织检查", "发放证照", "核定费用",
    "培训人员", "维护设施", "登记造册", "评估风险", "查处违法", "表彰先进",
)  # fmt: skip


def _corpus(folder: Path, laws: int) -> Path:
    texts = folder / "regulations"
    texts.mkdir(parents=True)
    for law in range(laws):
        lines = [f"第{law}市管理条例"]
        for chapter in range(1, 5):
            lines.append(f"第{chapter}章　第{chapter}类事项")
            lines += [
                f"第{(chapter - 1) * 12 + n}条　{TOPICS[law]}主管部门应当依法{DEEDS[n - 1]}，"
                f"并将{TOPICS[law]}工作的{DEEDS[-n]}情况向第{chapter}类单位公布。"
                for n in range(1, 13)
            ]
        (texts / f"{law}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_nothing_to_measure_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    run = ["--root", str(root), "bench", "parse", "--corpora", str(tmp_path)]
    assert main(run) == 1
    assert "no-corpora" in capsys.readouterr().err


def test_counts_a_collection(tmp_path: Path) -> None:
    found = over_corpora(_corpus(tmp_path, 2))["regulations"]
    assert (found["files"], found["read"], found["article"], found["chapter"]) == (2, 2, 96, 8)
    assert found["unaccounted lines"] == 0
    assert "| article | 96 |" in as_markdown({"regulations": found})


def test_the_same_seed_tears_the_same_page_and_little_is_lost(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, 4) / "regulations"
    first = list(torn_pages(corpus, seed=7, pairs=2))
    assert first == list(torn_pages(corpus, seed=7, pairs=2))
    assert first != list(torn_pages(corpus, seed=8, pairs=2))
    shares = summary([score(page) for page in first])
    assert set(shares) >= {"order", "laws", "joins_found"}
    assert all(0 <= share <= 1 for share in shares.values())
    assert shares["order"] > 0.5
