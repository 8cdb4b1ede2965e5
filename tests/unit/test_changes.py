"""What changed in the texts: provisions, translations, laws; nothing of the rest."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from duizhao.changes import as_json, changes, report
from duizhao.cli import main
from duizhao.pipeline import Options, Site, site_from_options

LAW = "example-lakes"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A new site, twice."""
    before, after = tmp_path / "before", tmp_path / "after"
    assert main(["init", str(before)]) == 0
    shutil.copytree(before, after)
    return before, after


def read(root: Path) -> Site:
    return site_from_options(Options(root=root, updating=True))


def found(pair: tuple[Path, Path]) -> list[dict[str, object]]:
    return as_json(list(changes(read(pair[0]), read(pair[1]))))


def change_text(root: Path, old: str, new: str) -> None:
    (source,) = (root / "seeds/witnesses").iterdir()
    text = source.read_text("utf-8")
    assert old in text
    source.write_text(text.replace(old, new, 1), encoding="utf-8")
    edition = root / "seeds" / LAW / "edition.toml"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    words = re.sub(r'sha256 = "\w+"', f'sha256 = "{digest}"', edition.read_text("utf-8"))
    edition.write_text(words, encoding="utf-8")


def test_nothing_changed(pair: tuple[Path, Path], real: Site) -> None:
    (pair[1] / "docs" / "zh" / "index.md").write_text("# 新的首页\n", encoding="utf-8")
    assert found(pair) == []
    assert "没有变化" in report(real.interfaces["zh"], [])


def test_a_changed_provision_and_its_stale_translation(pair: tuple[Path, Path], real: Site) -> None:
    change_text(pair[1], "为了保护湖泊", "为了保护和利用湖泊")
    (law,) = found(pair)
    assert law["law"] == LAW
    rows = law["changes"]
    assert isinstance(rows, list)
    assert [(row["kind"], row["eid"], row["language"]) for row in rows] == [
        ("changed", "art_1__para_1", ""),
        ("stale", "art_1__para_1", "en"),
    ]
    for language, words in (("zh", "第一条"), ("en", "Article 1")):
        text = report(real.interfaces[language], list(changes(read(pair[0]), read(pair[1]))))
        assert words in text
        assert "{+和利用+}" in text


def test_a_translation_that_changed(pair: tuple[Path, Path]) -> None:
    path = pair[1] / f"translations/en/LC_MESSAGES/{LAW}.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace("formulated to protect", "made to protect"), encoding="utf-8")
    (law,) = found(pair)
    rows = law["changes"]
    assert isinstance(rows, list)
    assert [(row["kind"], row["language"]) for row in rows] == [("retranslated", "en")]
    (law,) = found((pair[1], pair[0]))
    assert law["kind"] == "changed"


def test_what_is_no_provision_has_its_name_in_both_languages(
    pair: tuple[Path, Path], real: Site
) -> None:
    change_text(pair[1], "第二章 保护", "第二章 保护与利用")
    change_text(pair[1], "\n\n第一章", "\n\n2031年1月2日示例市第一届人民代表大会修订\n\n第一章")
    edition = pair[1] / "seeds" / LAW / "edition.toml"
    words = edition.read_text("utf-8")
    for old, new in (
        ("虚构的示例文本", "虚构的文本"),
        ("的误认", "的错认"),
        ("line = 9", "line = 11"),
    ):
        assert old in words
        words = words.replace(old, new)
    edition.write_text(words, encoding="utf-8")
    named = {
        language: re.findall(r"^- \*\*(.*?)\*\*", text, re.MULTILINE)
        for language in ("zh", "en")
        for text in [report(real.interfaces[language], list(changes(read(pair[0]), read(pair[1]))))]
    }
    assert list(dict.fromkeys(named["zh"])) == [
        "题注", "第二章标题", "底本说明", "编者注 natural-lakes",
    ]  # fmt: skip
    assert list(dict.fromkeys(named["en"])) == [
        "adoption note",
        "Chapter 2, heading",
        "description of the source",
        "Editor’s note natural-lakes",
    ]


def test_a_law_that_is_new_or_gone(pair: tuple[Path, Path]) -> None:
    shutil.copytree(pair[1] / "seeds" / LAW, pair[1] / "seeds" / "second")
    edition = pair[1] / "seeds/second/edition.toml"
    edition.write_text(edition.read_text("utf-8").replace(LAW, "second", 1), encoding="utf-8")
    assert [(law["law"], law["kind"]) for law in found(pair)] == [("second", "added")]
    assert [(law["law"], law["kind"]) for law in found((pair[1], pair[0]))] == [
        ("second", "removed")
    ]


def test_the_command(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_text(pair[1], "为了保护湖泊", "为了保护和利用湖泊")
    command = ["--root", str(pair[1]), "changes", str(pair[0])]
    capsys.readouterr()
    assert main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "changed"
    out = tmp_path / "report.md"
    assert main([*command, "--language", "zh", "--out", str(out)]) == 0
    assert "法规文字的变化" in out.read_text("utf-8")
