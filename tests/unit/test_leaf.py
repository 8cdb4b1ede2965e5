"""Pages of a chapter beyond what the golden files show: parts, annexes, tables, statuses."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from duizhao.bilingual import Bilingual, Translation
from duizhao.edition import Annex, Edition, Table, Unit
from duizhao.law import View, law_from_parts
from duizhao.pipeline import Site
from duizhao.text import plain
from duizhao.writers.leaf import leaf_markdown
from duizhao.writers.rows import english_number


def view_of(site: Site, edition: Edition, translations: dict[str, Translation]) -> View:
    law = site.laws[0]
    pair = Bilingual(edition=edition, language="en", translations=translations)
    return site.view(law_from_parts(law.decisions, law.witness, edition, {"en": pair}), "en")


def page(site: Site, view: View, number: int = 0) -> str:
    return leaf_markdown(view, view.law.leaves[number], site.glossary, "en/source/sheet.md")[0]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("missing", "Not yet translated; the Chinese is shown."),
        ("fuzzy", "The translation awaits review; the Chinese is shown."),
        ("stale", "The translation is out of date; the Chinese is shown."),
    ],
)
def test_what_is_not_translated_says_so(tiny: Site, status: str, words: str) -> None:
    translations = dict(tiny.laws[0].bilingual["en"].translations)
    english = translations["art_2__para_2"].text
    translations["art_2__para_2"] = Translation(text="", status=status)
    text = page(tiny, view_of(tiny, tiny.laws[0].edition, translations))
    assert f'<span class="status" lang="en">{words}</span> 公园分为综合公园和专类公园。' in text
    assert english not in text


def test_annexes_follow_the_last_chapter(tiny: Site) -> None:
    def unit(eid: str, text: str) -> Unit:
        return Unit(eid=eid, role="annex", text=plain(text, line=1))

    rows = ((unit("c1", "名称"), unit("c2", "数量|")), (unit("c3", "甲"), unit("c4", "1")))
    annex = Annex(
        eid="annex_1",
        heading=unit("annex_1__heading", "附件 公园名录"),
        blocks=(unit("annex_1__para_1", "下列公园："), Table(eid="annex_1__table_1", rows=rows)),
    )
    edition = replace(tiny.laws[0].edition, annexes=(annex,))
    view = view_of(tiny, edition, tiny.laws[0].bilingual["en"].translations)
    first, last = page(tiny, view, 0), page(tiny, view, 1)
    assert "附件" not in first
    assert "## 附件 公园名录 {#annex_1 .division" in last
    shown = re.sub(r"<[^>]+>", "", last)
    assert "| 名称 | 数量&#124; |\n| --- | --- |\n| 甲 | 1 |" in shown
    assert all(f'<span id="{eid}"' in last for eid in ("c1", "c2", "c3", "c4"))


def test_notes_are_numbered_as_they_are_met_and_printed_once(tiny: Site) -> None:
    for number in (0, 1):
        text = page(tiny, tiny.view(tiny.laws[0], "en"), number)
        printed = [line for line in text.splitlines() if line.startswith("> ") and "\\. **" in line]
        assert [line.split("\\.")[0] for line in printed] == [
            f"> {n}" for n in range(1, len(printed) + 1)
        ]


@pytest.mark.parametrize(
    ("number", "eid", "expected"),
    [
        ("（一）", "x__point_1", "(1)"),
        ("(十二)", "x__point_12", "(12)"),
        ("1．", "x__indent_1", "1."),
    ],
)
def test_numbers_of_items_in_english(number: str, eid: str, expected: str) -> None:
    assert english_number(number, eid) == expected
