"""What changed in the texts: provisions, translations, laws; nothing of the rest."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.commands.changes import as_json, changes, report
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options

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
    for language, words in (("zh", "**第一条** · 改动：`"), ("en", "**Article 1** · changed: `")):
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


def with_an_article_more(root: Path) -> None:
    """Article 3 is put in, an item before those of what is article 4 now, and one word there."""
    for old, new in (
        ("第四条 本条例", "第五条 本条例"),
        ("第三条 任何人不得有", "第四条 任何单位和个人不得有"),
        ("（二）在湖泊", "（三）在湖泊"),
        ("（一）向湖泊", "（一）填埋、占用湖泊水面；\n\n（二）向湖泊"),
        ("第二章 保护", "第三条 湖泊保护工作坚持政府主导、社会参与的原则。\n\n第二章 保护"),
    ):
        change_text(root, old, new)
    assert main(["--root", str(root), "translate", "update"]) == 0


def test_an_article_put_in_is_one_change(pair: tuple[Path, Path], real: Site) -> None:
    """Every article after it was “changed” into the one before, and newly translated."""
    with_an_article_more(pair[1])
    (law,) = found(pair)
    rows = law["changes"]
    assert isinstance(rows, list)
    item = "__para_1__point_"
    assert [(r["kind"], r["eid"], r["was"], r["language"]) for r in rows] == [
        ("added", "art_3__para_1", "", ""),
        ("renumbered", "art_4", "art_3", ""),
        ("changed", "art_4__para_1", "art_3__para_1", ""),
        ("stale", "art_4__para_1", "art_3__para_1", "en"),
        ("added", f"art_4{item}1", "", ""),
        ("renumbered", f"art_4{item}2", f"art_3{item}1", ""),
        ("renumbered", f"art_4{item}3", f"art_3{item}2", ""),
        ("renumbered", "art_5", "art_4", ""),
    ]
    for language, lines in (
        ("zh", ["第三条", "第四条**（原第三条） · 改动", "第四条第一项", "第四条第二项 – 第四条第三项**（原第三条第一项 – 第三条第二项） · 编号改变", "第五条**（原第四条） · 编号改变"]),
        ("en", ["Article 3", "Article 4** (formerly Article 3) · changed", "Article 5** (formerly Article 4) · renumbered"]),
    ):  # fmt: skip
        text = report(real.interfaces[language], list(changes(read(pair[0]), read(pair[1]))))
        at = [text.find(f"\n- **{line}") for line in lines]
        assert -1 not in at, text
        assert at == sorted(at)


def test_an_article_taken_out_is_one_change(pair: tuple[Path, Path]) -> None:
    with_an_article_more(pair[1])
    (law,) = found((pair[1], pair[0]))
    rows = law["changes"]
    assert isinstance(rows, list)
    kinds = [(r["kind"], r["eid"]) for r in rows if not r["language"]]
    assert [each for each in kinds if each[0] in ("added", "removed")] == [
        ("removed", "art_3__para_1"),
        ("removed", "art_4__para_1__point_1"),
    ]
