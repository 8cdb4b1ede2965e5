"""Translations beside their Chinese, right and wrong, one file a code.

`translation/<code>.toml` holds `[[good]]` pairs, in which the check finds nothing, and
`[[bad]]` pairs, in which it finds the code, with the words that stand above the carets
("" where no words can be named).  `eid` makes a pair an editor's note.
"""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from tests.chinese import english_left

from duizhao.ground.problems import Problem, Severity
from duizhao.languages.catalog import Entry
from duizhao.languages.checks import check_pair
from duizhao.languages.checks.context import Pair
from duizhao.languages.glossary import Glossary, Term, glossary_from_terms
from duizhao.parser.levels import MAINLAND, TAIWAN, Levels

FILES = sorted((Path(__file__).parent / "translation").glob("*.toml"))


def term(zh: str, en: str, *forms: str, forbidden: tuple[str, ...] = ()) -> Term:
    return Term(
        zh=zh, en=en, pinyin="", definition_zh="x", definition_en="x", source="x", forms=forms,
        forbidden=forbidden,
    )  # fmt: skip


GLOSSARY = glossary_from_terms(
    (
        term("公园", "park", "parks", forbidden=("pleasure garden",)),
        term("公园管理单位", "park management unit"),
    )
)


def found(
    zh: str, en: str, eid: str = "art_1__para_1", language: str = "en", levels: Levels = MAINLAND
) -> list[Problem]:
    text = 'msgstr "' + en.replace("\\", "\\\\").replace('"', '\\"') + '"'
    entry = Entry(
        eid=eid, source=zh, target=en, fuzzy=False, line=1, target_line=3, target_text=text
    )
    is_law = not eid.startswith("note_")
    pair = Pair(file="x.po", language=language, entry=entry, is_law=is_law, levels=levels)
    return list(check_pair(pair, GLOSSARY))


CASES = [
    pytest.param(
        path.stem, kind, case, case.get("eid", "art_1__para_1"), id=f"{path.stem}-{kind}-{n}"
    )
    for path in FILES
    for data in [tomllib.loads(path.read_text("utf-8"))]
    for kind in ("good", "bad")
    for n, case in enumerate(data[kind], 1)
]


@pytest.mark.parametrize(("code", "kind", "case", "eid"), CASES)
def test_pair(code: str, kind: str, case: dict[str, str], eid: str) -> None:
    problems = found(case["zh"], case["en"], eid)
    named = [p for p in problems if p.code == code]
    if kind == "good":
        assert problems == []
        return
    assert named, [p.message for p in problems]
    for problem in named:
        stops = Severity.ERROR if code == "translation-markup" else Severity.WARNING
        assert (problem.position.line, problem.severity) == (3, stops)
        assert problem.hint
        assert english_left(problem) == []
        assert problem.message.startswith(f"{eid}: ")
    shown = [at.text[at.column - 1 :][: at.length] for at in (p.position for p in named)]
    assert not case["under"] or case["under"] in shown


def test_joining_words_without_end_are_read_at_once() -> None:
    """How they divide was tried in every way: each one more took twice as long."""
    started = time.process_time()
    joined = " and" * 60
    found("第一条规定。", f"Article 1{joined} prescribes it, the first{joined} did.")
    assert time.process_time() - started < 2


def test_what_is_english_is_not_asked_of_other_languages() -> None:
    assert found("应当在三十日内公布。", "ལོ་གསུམ།", language="bo") == []
    assert [p.code for p in found("公布。", "公布།", language="bo")] == ["translation-chinese-left"]
    assert found("公布。", "公布する。", language="ja") == []


def test_an_empty_glossary_asks_nothing() -> None:
    entry = Entry(eid="art_1", source="公园。", target="A garden.", fuzzy=False, line=1)
    pair = Pair(file="x.po", language="en", entry=entry, is_law=True)
    assert list(check_pair(pair, Glossary())) == []


@pytest.mark.parametrize(
    ("zh", "en", "codes"),
    [
        ("違反第三條第一項第二款規定者", "violation of Subparagraph 2, Paragraph 1 of Article 3", []),
        ("前項許可，準用前條規定。", "The preceding Article applies to the permission under the preceding paragraph.", []),
        ("處新臺幣二十萬元以上六十萬元以下罰鍰。", "A fine of NT$200,000 to NT$600,000 shall be imposed.", []),
        ("應於三十日內為之，並得延長六個月。", "It shall be done within 30 days and may be extended by six months.", []),
        ("自中華民國九十五年五月三十日施行。", "It shall be implemented from May 30, 2006.", []),
        ("本法稱「雇主」者", "“employer” under this Act", []),
        ("違反第三條第一項第二款規定者", "violation of Paragraph 2 of Article 3", ["translation-reference"] * 3),
        ("不得移轉。", "It may be transferred to anyone.", ["translation-modality"]),
        ("處新臺幣二十萬元罰鍰。", "A fine of NT$2,000,000 shall be imposed.", ["translation-amount", "translation-number"]),
    ],
)  # fmt: skip
def test_a_law_of_taiwan(zh: str, en: str, codes: list[str]) -> None:
    """Its 條, 項 and 款, 萬 and years of the Republic were not read: 1.5 findings a unit."""
    assert sorted(p.code for p in found(zh, en, levels=TAIWAN)) == codes
