"""A small site whose laws cite: each other, themselves, across chapters, and what is not here."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib

from duizhao.building.mkdocs.site_build import render_site
from duizhao.cli.main import main

ROOT = Path(__file__).parents[2]
FIRST = """示例市公园条例
（2030年1月2日示例市第一届人民代表大会常务委员会第三次会议通过）
第一章 总则
第一条 根据《中华人民共和国森林法》和《示例市树木条例》，制定本条例。
第二条 公园应当每日开放。
前款规定的公园，不包括本条例第六条第二项规定的公园。
第二章 管理
第三条 管理单位应当执行本条例第二条第一款、第四条至第六条的规定。
第四条 游人不得生火。
第五条 树木的砍伐，适用《示例市树木条例》第二条的规定；适用第九十条的规定。
第六条 下列公园除外：
（一）专类公园；
（二）植物园。
第七条 游人不得：
（一）攀树；
（二）垂钓。
公园夜间关闭。
"""
SECOND = """示例市树木条例
（2030年1月2日示例市第一届人民代表大会常务委员会第三次会议通过）
第一条 为了保护树木，制定本条例。
第二条 禁止砍伐树木。
"""
ENGLISH = {
    "chp_2__heading": "Chapter 2 Management",
    "art_2__para_1": "Parks shall open every day.",
    "art_2__para_2": "The parks prescribed in the preceding paragraph do not include those"
    " prescribed in subparagraph (2) of Article 6 of these Regulations.",
    "art_3__para_1": "The management unit shall carry out paragraph 1 of Article 2 and"
    " Articles 4 to 6 of these Regulations.",
    "art_4__para_1": "Visitors shall not light fires.",
    "art_5__para_1": "Article 2 of the Regulations on Trees applies to felling.",
    "art_6__para_1__point_2": "botanical gardens.",
    "art_7__para_1__point_2": "fish.",
}


def cited_site(root: Path, out: Path) -> tuple[str, str]:
    """Make the site in `root`, render it into `out`; the ids of its laws."""
    for name in ("mkdocs.yml", "docs", "translations"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy(source, root / name)
    (root / "docs/design.md").unlink()
    for other in (root / "translations/en/LC_MESSAGES").glob("xizang-*.po"):
        other.unlink()
    (root / "seeds").mkdir()
    for name in ("glossary.toml", "pinyin.toml"):
        shutil.copy(ROOT / "seeds" / name, root / "seeds")
    for name, text in (("parks", FIRST), ("trees", SECOND)):
        file = root / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        assert main(["--root", str(root), "add", str(file), "--id", name]) == 0
    path = root / "translations/en/LC_MESSAGES/parks.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = ENGLISH.get(entry.msgctxt, entry.msgstr)
    catalog.save(str(path))
    render_site(root, out, pdf=False)
    return "parks", "trees"
