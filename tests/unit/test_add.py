"""Adding a law from a file: what is written, that it happens once, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from duizhao.add import add_file, law_id_from_title
from duizhao.pipeline import Options, check_site, site_from_options
from duizhao.problems import DuizhaoError

LAW = "某市图书馆条例\n（2024年1月1日某市人民代表大会常务委员会通过）\n第一章　总则\n第一条　甲。\n第二条　乙。\n"


def _options(root: Path) -> Options:
    return Options(root=root, languages=("zh", "en"))


def test_a_clean_law_needs_no_decision(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert added.clean
    assert added.law_id == "mou-shi-tu-shu-guan-tiao-li"
    site = site_from_options(_options(tmp_path))
    assert [a.number for leaf in site.laws[0].leaves for a in leaf.articles] == ["第一条", "第二条"]
    assert [p for p in check_site(site) if p.severity == "error"] == []


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    add_file(tmp_path / "law.txt", _options(tmp_path))
    toml = tmp_path / "seeds" / "mou-shi-tu-shu-guan-tiao-li" / "edition.toml"
    toml.write_text(toml.read_text("utf-8") + "# an editor's word\n", encoding="utf-8")
    (again,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert not again.new
    assert toml.read_text("utf-8").endswith("# an editor's word\n")


def test_another_text_under_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    add_file(tmp_path / "law.txt", _options(tmp_path))
    (tmp_path / "law.txt").write_text(LAW.replace("甲", "丁"), encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        add_file(tmp_path / "law.txt", _options(tmp_path))
    assert {p.code for p in caught.value.problems} == {"add-exists"}


def test_a_file_without_an_article_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("今天天气很好，大家一起去公园散步。\n", encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        add_file(tmp_path / "note.txt", _options(tmp_path))
    assert {p.code for p in caught.value.problems} == {"no-article"}
    assert not (tmp_path / "seeds").exists()


def test_a_page_with_two_laws_gives_two_drafts(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "seeds" / "witnesses" / "newspaper-page.txt"
    shutil.copy(page, tmp_path / "page.txt")
    added = add_file(tmp_path / "page.txt", _options(tmp_path))
    assert len(added) == 2
    assert not any(law.clean for law in added)
    site = site_from_options(_options(tmp_path))
    assert [p for p in check_site(site) if p.severity == "error"] == []


@pytest.mark.parametrize(
    ("title", "law_id"),
    [
        ("中华人民共和国慈善法", "ci-shan-fa"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "law"),
    ],
)
def test_an_identifier_is_safe_to_be_a_folder(title: str, law_id: str) -> None:
    assert law_id_from_title(title) == law_id
