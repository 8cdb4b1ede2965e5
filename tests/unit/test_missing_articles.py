"""Articles that a source in order leaves out, or whose number is misread: a draft says so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from duizhao.commands.add import Added, add_file, undecided
from duizhao.parser.edition import articles
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

HEAD = "某市公园条例\n（2024年1月1日某市人民代表大会常务委员会通过）\n"
END = "本条例自2024年5月1日起施行。\n"


def _added(tmp_path: Path, *lines: str) -> tuple[Added, dict[str, list[dict[str, object]]]]:
    (tmp_path / "law.txt").write_text(HEAD + "\n".join(lines) + END, encoding="utf-8")
    options = Options(root=tmp_path, languages=("zh", "en"), pdf=False)
    (added,) = add_file(tmp_path / "law.txt", options)
    assert undecided([added], options) == ()
    return added, tomllib.loads((added.folder / "edition.toml").read_text("utf-8"))


def _numbers(tmp_path: Path) -> list[str]:
    options = Options(root=tmp_path, languages=("zh", "en"), pdf=False)
    (law,) = site_from_options(options).laws
    return [article.eid for article in articles(law.edition.body)]


def test_articles_that_are_missing_are_a_gap(tmp_path: Path) -> None:
    """The law was said to be ready, and no page said that an article is lost."""
    added, draft = _added(
        tmp_path, "第一条　甲。", "乙。", "第二章　管理", "第四条　丙。", "第五条　"
    )
    assert not added.clean
    (gap,) = draft["gap"]
    assert (gap["after"], gap["missing"]) == (4, ["art_2", "art_3"])
    assert _numbers(tmp_path) == ["art_1", "art_4", "art_5"]


@pytest.mark.parametrize("printed", ["第二務", "笫二奈", "第二絛"])
def test_a_number_that_is_misread_is_proposed(tmp_path: Path, printed: str) -> None:
    """The article was a paragraph of the one before."""
    added, draft = _added(tmp_path, "第一条　甲。", f"{printed}　乙。", "第三条　丙。", "第四条　")
    assert not added.clean
    (emend,) = draft["emend"]
    assert (emend["from"], emend["to"], emend["line"]) == (printed, "第二条", 4)
    assert emend["certainty"] != "certain"
    assert "gap" not in draft
    assert _numbers(tmp_path) == ["art_1", "art_2", "art_3", "art_4"]


def test_one_is_lost_and_the_next_misread_under_a_heading(tmp_path: Path) -> None:
    _, draft = _added(
        tmp_path, "第一章　总则", "第一条　甲。", "第二章　管理", "第三務　乙。", "第四条　"
    )
    (gap,) = draft["gap"]
    assert (gap["after"], gap["missing"]) == (4, ["art_2"])
    assert [emend["line"] for emend in draft["emend"]] == [6]
    assert _numbers(tmp_path) == ["art_1", "art_3", "art_4"]


@pytest.mark.parametrize(
    "line", ["第二款　乙。", "第二年　乙。", "第二務工作。", "第二務　乙。\n第二務　丙。"]
)
def test_what_is_no_number_of_an_article_is_none(tmp_path: Path, line: str) -> None:
    _, draft = _added(tmp_path, "第一条　甲。", line, "第三条　丙。", "第四条　")
    assert "emend" not in draft
    assert [gap["missing"] for gap in draft["gap"]] == [["art_2"]]


def test_a_missing_item_needs_an_editor(tmp_path: Path) -> None:
    added, draft = _added(tmp_path, "第一条　下列行为：", "（一）甲；", "（三）乙。", "第二条　")
    assert not added.clean
    assert "gap" not in draft
