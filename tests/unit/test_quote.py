"""The quote checker: recall over edited passages, no false “exact”, and each kind of difference."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tests.quotes import EDITS, passages

from duizhao.cli.main import main
from duizhao.ground.problems import DuizhaoError
from duizhao.languages.signs import CHINESE, ENGLISH
from duizhao.writers.quote.check import LONGEST, Check, Checker, as_data
from duizhao.writers.search.provisions import SearchLaw

ROOT = Path(__file__).parents[2]
RULE = "自治区将优化营商环境工作纳入年度综合考核指标体系，建立健全奖惩机制，"


def _found(check: Check) -> set[str]:
    """Every unit that the check names."""
    return {
        f"{place.law.id}#{unit.eid}"
        for part in check.parts
        for place in (*part.places, *part.also)
        for unit in ([place.unit] if place.unit else place.provision.units)
    }


def _stands(laws: list[SearchLaw], text: str) -> bool:
    """Whether the words stand in some unit, white space and quoting marks aside."""
    wanted = "".join(text.split())
    return any(
        wanted in "".join(body.split())
        for law in laws
        for provision in law.provisions
        for unit in provision.units
        for body in (unit.zh, *unit.others)
    )


@pytest.mark.parametrize("column", [-1, 0])
def test_the_provision_is_found_and_exact_is_exact(
    checked: Checker, laws: list[SearchLaw], column: int
) -> None:
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for passage in passages(laws, seed=7, count=64, column=column):
        check = checked(passage.text)
        own = _found(check)
        wanted[passage.edit] += len(passage.eids)
        found[passage.edit] += sum(eid in own for eid in passage.eids)
        if check.status == "exact":
            assert _stands(laws, passage.text), passage
        if passage.edit == "none":
            assert check.status == "exact", passage
    assert found.total() / wanted.total() >= 0.99, {e: (found[e], wanted[e]) for e in wanted}
    assert set(wanted) <= set(EDITS)


def _kinds(check: Check) -> list[tuple[str, str, str]]:
    return [
        (s.kind, s.mine, s.theirs)
        for part in check.parts
        for s in part.segments
        if s.kind not in ("same", "unknown")
    ]


@pytest.mark.parametrize(
    ("text", "status", "kinds"),
    [
        (RULE, "exact", []),
        (f"“{RULE[:24]}……”", "exact", []),
        (f"{RULE[:20]}{CHINESE.lost}{RULE[20:]}{ENGLISH.lost}", "exact", []),
        (f"{CHINESE.lost_of('甲')}{RULE}{ENGLISH.lost_of('“甲”')}", "exact", []),
        (RULE.replace("，", ",", 1), "form", [("width", ",", "，")]),
        (RULE.replace("，", "；", 1), "form", [("punctuation", "；", "，")]),
        (RULE.replace("环境", "環境"), "form", [("script", "環", "环")]),
        (RULE.replace("年度", "季度"), "altered", [("changed", "季", "年")]),
        (RULE.replace("综合考核", "考核"), "altered", [("missing", "", "综合")]),
        (RULE.replace("考核", "科学考核"), "altered", [("added", "科学", "")]),
        ("\u200b自治区将优化 营商环境\n工作纳入年度", "exact", []),
        ("今天天气很好，我们去公园散步吧。", "none", []),
        ("may not exceed the Scope of their statutory powers", "form", [("case", "S", "s")]),
        ("may not exceed thescope of their statutory powers", "form", [("space", "", " ")]),
    ],
)
def test_each_kind_of_difference(
    checked: Checker,
    laws: list[SearchLaw],
    text: str,
    status: str,
    kinds: list[tuple[str, str, str]],
) -> None:
    check = checked(text)
    assert (check.status, _kinds(check)) == (status, kinds)


def test_a_clause_left_out(checked: Checker, laws: list[SearchLaw]) -> None:
    text = f"{RULE}对工作成效显著的部门给予表彰"
    check = checked(text)
    assert check.status == "altered"
    assert _kinds(check) == [("missing", "", "、单位和个人按照规定")]


def test_passages_that_do_not_follow_each_other(checked: Checker, laws: list[SearchLaw]) -> None:
    other = "遵守法律法规，恪守社会公德和商业道德，"
    check = checked(f"{RULE}今天天气很好我们去公园散步。{other}")
    assert check.status == "partly"
    assert [part.status for part in check.parts] == ["exact", "unknown", "exact"]
    check = checked(RULE + other)
    assert check.status == "joined"
    assert [place.eid for part in check.parts for place in part.places] == [
        "art_6__para_1",
        "art_12__para_1",
    ]


def test_a_corrected_place(checked: Checker, laws: list[SearchLaw]) -> None:
    """Article 6 of the community regulations has a word of another language in the source."""
    unit = next(u for law in laws for p in law.provisions for u in p.units if u.corrections)
    start, end, original = unit.corrections[0]
    printed = unit.zh[start - 12 : end + 12]
    source = unit.zh[start - 12 : start] + original + unit.zh[end : end + 12]
    check = checked(printed)
    assert (check.status, check.parts[0].corrected) == ("exact", True)
    check = checked(source)
    assert (check.status, check.parts[0].corrected) == ("source", True)
    assert checked(unit.zh[end : end + 20]).parts[0].corrected is False


def test_words_of_one_version_only(checked: Checker, laws: list[SearchLaw]) -> None:
    law = laws[0]
    number, old = next(
        (n, p) for n, p in enumerate(law.provisions) if p.eid == "art_6" and len(p.units) > 1
    )
    changed = replace(old.units[1], zh=old.units[1].zh.replace("年度综合考核", "季度专项检查"))
    provision = replace(old, units=(old.units[0], changed, *old.units[2:]))
    provisions = (*law.provisions[:number], provision, *law.provisions[number + 1 :])
    earlier = replace(
        law,
        id="earlier",
        effective="2001-01-01",
        titles=(f"{law.titles[0]}（2001年修正）", ""),
        provisions=provisions,
    )
    part = Checker([law, earlier])("优化营商环境工作纳入季度专项检查指标体系").parts[0]
    assert part.status == "exact"
    assert [place.law.id for place in part.places] == ["earlier"]
    assert [other.id for other in part.other] == [law.id]
    # What both have is said to be of the one in force, and to stand in the other too.
    part = Checker([earlier, law])("对工作成效显著的部门、单位和个人按照规定给予表彰").parts[0]
    assert [place.law.id for place in part.places] == [law.id]
    assert [place.law.id for place in part.also] == ["earlier"]
    assert part.other == ()


def test_consecutive_provisions_are_one_exact_passage(
    checked: Checker, laws: list[SearchLaw]
) -> None:
    provisions = [p for p in laws[0].provisions if p.eid in ("art_2", "art_3")]
    text = "\n".join(unit.zh for provision in provisions for unit in provision.units)
    check = checked(text)
    assert check.status == "exact"
    assert [place.eid for place in check.parts[0].places] == ["art_2", "art_3"]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", "0"),
        ("太短", "2"),
        ("，。" * 20, "0"),
        ("自" * (LONGEST + 1), "5,001"),
        ("\u200b" * 50, "0"),
    ],
)
def test_a_passage_of_no_use(checked: Checker, laws: list[SearchLaw], text: str, size: str) -> None:
    with pytest.raises(DuizhaoError) as caught:
        checked(text)
    (problem,) = caught.value.problems
    assert problem.code == "passage-length"
    assert problem.message == f"A passage has 10 to 5,000 characters; this has {size}."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>" * 10,
        "的" * 5000,
        "𠀀𠀁" * 100,
        "½㈠ﷺ" * 20,
        "(" * 100 + "社会治理" * 4,
        "the " * 1000,
    ],
)
def test_odd_passages_do_no_harm(checked: Checker, laws: list[SearchLaw], text: str) -> None:
    check = checked(text)
    assert sum(part.size for part in check.parts) == check.size


def test_nothing_of_the_passage_is_lost(checked: Checker, laws: list[SearchLaw]) -> None:
    for column in (-1, 0):
        for passage in passages(laws, seed=3, count=64, column=column):
            parts = checked(passage.text).parts
            assert "".join(s.mine for p in parts for s in p.segments) == passage.text


def test_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "passage.txt"
    file.write_text(RULE.replace("年度", "季度"), encoding="utf-8")
    run = ["--root", str(ROOT), "quote"]
    assert main([*run, str(file)]) == 1
    out = capsys.readouterr().out
    assert "《西藏自治区优化营商环境条例》第六条" in out
    assert "changed: '季' → '年'" in out
    assert "Altered: words differ from the provision." in out
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main([*run, str(file)]) == 1
    assert "改动：'季' → '年'" in capsys.readouterr().out
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RULE.encode())))
    assert main([*run, "-", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "exact"
    assert main([*run, str(file), "--language", "xx"]) == 2
    file.write_bytes(RULE.encode("gb18030"))
    assert main([*run, str(file)]) == 0
    file.write_bytes(b"\xef\xbb\xbf\xff")
    capsys.readouterr()
    assert main([*run, str(file)]) == 1
    assert f"{file}:1  witness-encoding" in capsys.readouterr().err
    file.write_text("短", encoding="utf-8")
    assert main([*run, str(file)]) == 1
    assert "passage-length" in capsys.readouterr().err


def test_as_data_is_whole(checked: Checker, laws: list[SearchLaw]) -> None:
    data = as_data(checked(RULE))
    assert json.loads(json.dumps(data)) == data
