"""Lines cut to the width of a page: what goes on is joined, and where that is not sure it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.commands.add import add_file
from duizhao.parser.edition import articles, units_of
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.writers.pages.about import about_markdown

LAW = [
    ["第一条　为了保护和合理利用水资源，根据《中华人民共和国水法》，结合本市实际，制定本条例。"],
    ["第二条　本市行政区域内的单位和个人使用城市公共供水和自备水源的，应当遵守本条例。"],
    [
        "第三条　水行政主管部门负责节约用水工作，其他部门按照各自职责做好节约用水管理工作。",
        "单位和个人都有节约用水的义务，对浪费用水的行为有权举报，对有功的单位和个人给予奖励。",
    ],
]
ENDS = "第六条　本条例自2024年5月1日起施行。"


def _cut(paragraphs: list[list[str]], width: int, indent: str) -> str:
    """A law whose paragraphs are cut to a width."""
    lines = ["某市节约用水条例", "（2024年1月1日某市人民代表大会常务委员会通过）"]
    for article in [*paragraphs, [ENDS]]:
        for paragraph in article:
            whole = indent + paragraph
            parts = [whole[at : at + width] for at in range(0, len(whole), width)]
            lines += whole.split("\n") if "\n" in whole else parts
    return "\n".join(lines) + "\n"


def _added(tmp_path: Path, text: str) -> tuple[list[list[str]], str]:
    """The paragraphs of each article, and the draft."""
    (tmp_path / "law.txt").write_text(text, encoding="utf-8")
    options = Options(root=tmp_path, languages=("zh", "en"), pdf=False)
    (added,) = add_file(tmp_path / "law.txt", options)
    (law,) = site_from_options(options).laws
    texts = [[str(u.text) for u in units_of(some)] for some in articles(law.edition.body)]
    return texts, (added.folder / "edition.toml").read_text("utf-8")


def _wanted(paragraphs: list[list[str]]) -> list[list[str]]:
    return [[p.partition("　")[2] or p for p in art] for art in [*paragraphs, [ENDS]]]


@pytest.mark.parametrize("indent", ["　　", "    ", ""])
@pytest.mark.parametrize(
    "more",
    [
        # The first line ends with a mark, as a sentence or an item may.
        "第四条　农村集体经济组织使用本集体经济组织的水塘和水库的；\n单位取水的，应当申领许可证。",
        "第四条　节约用水的规划应当征求市、县、区、乡、镇（街道）\n的意见，报市人民政府批准后施行。",
        # The second line begins like an article.
        "第四条　水行政主管部门的工作人员不执行规划的，依照\n第二十条的规定处分，并通报批评。",
    ],
)
def test_a_line_goes_on_with_a_full_one(tmp_path: Path, indent: str, more: str) -> None:
    """Each was a paragraph of its own, where the line before ended with a mark."""
    width = 28 + len(indent)
    text, _ = _added(tmp_path, _cut([*LAW, [more]], width, indent))
    assert text == _wanted([*LAW, [more.replace("\n", "")]])


FULL = "第四条　单位和个人取水的，应当向水行政主管部门申领许可证。未经许可，不得取水。"


@pytest.mark.parametrize("indent", ["　　", ""])
def test_a_paragraph_that_goes_on_behind_a_full_stop(tmp_path: Path, indent: str) -> None:
    """Where paragraphs begin with spaces that is sure; else the draft says that it is not."""
    text, draft = _added(tmp_path, _cut([*LAW, [FULL]], 29 + len(indent), indent))
    assert text[3] == _wanted([[FULL]])[0] if indent else len(text[3]) == 2
    assert ("看不出下一行是同一款还是另起一款" in draft) == (not indent)
    assert ("行：…应当向水行政主管部门申领许可证。" in draft) == (not indent)


def test_no_line_that_is_set_in_goes_on(tmp_path: Path) -> None:
    article = ["第四条　单位和个人取水的，应当向水行政主管部门申领许可证。", "未经许可，不得取水。"]
    text, _ = _added(tmp_path, _cut([*LAW, article], 31, "　　"))
    assert text[3] == _wanted([article])[0]


@pytest.mark.parametrize(
    ("width", "broken", "noted"),
    [(20, "，应当", False), (400, "\n，应当", True)],
    ids=["set in lines", "one sentence cut"],
)
def test_readers_see_a_note_of_a_sentence_that_was_cut_and_none_of_every_line(
    tmp_path: Path, width: int, broken: str, *, noted: bool
) -> None:
    """A law out of a PDF had a note to read, and to translate, for each of its lines."""
    text = _cut(LAW, width, "").replace("，应当", broken)
    _added(tmp_path, text)
    site = site_from_options(Options(root=tmp_path, languages=("zh", "en"), pdf=False))
    (law,) = site.laws
    assert law.decisions.join
    assert any(note.kind == "join" for note in law.edition.notes) == noted
    about = about_markdown(site.view(law, "en"), "en/source/law.md")
    assert ("The source is set in lines" in about) != noted
    # What an editor is asked to write was published as what the source is.
    assert "Source: [the witness, line by line](../source/law.md) · SHA-256" in about
