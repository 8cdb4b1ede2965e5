"""What a 题注 tells of a law's promulgation and effect in one clause."""

from __future__ import annotations

import pytest
from tests.parsed import law

from duizhao.parser.metadata import events_from_note


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("国务院令第361号公布　自公布之日起施行", ["promulgated", "effective"]),
        ("国务院令第361号发布施行", ["promulgated", "effective"]),
        ("国务院令第361号公布，自公布之日起30日后施行", ["promulgated"]),
        ("国务院公布\n公布之日施行", ["promulgated", "effective"]),
        ("国家统计局令第1号发布自发布之日施行", ["promulgated", "effective"]),
        ("国务院批准，自批准之日起实行", ["approved", "effective"]),
    ],
)
def test_a_law_is_promulgated_and_in_force_on_one_day(said: str, kinds: list[str]) -> None:
    """It was in force, or so on the day of promulgation though 30 days later, and never promulgated."""
    found = events_from_note(f"（2002年8月22日{said}）")
    assert [(e.kind, e.date) for e in found] == [(kind, "2002-08-22") for kind in kinds]
    assert not found[0].text.endswith("自")


def test_a_day_told_behind_its_name() -> None:
    """A treaty took effect on the day of its signature, and nothing happened on the other."""
    for between in ("", "："):
        note = f"(签订日期{between}1991年10月5日 生效日期{between}1991年10月25日)"
        found = events_from_note(note)
        assert [(e.kind, e.date) for e in found] == [
            ("event", "1991-10-05"), ("effective", "1991-10-25"),
        ]  # fmt: skip


def test_a_decision_without_articles_says_when_it_takes_effect() -> None:
    said = "全国人民代表大会常务委员会决定：授权国务院调整某法的规定，某法自2009年5月1日起施行。"
    found = law(
        "全国人民代表大会常务委员会关于授权国务院的决定", said, "本决定自2025年6月1日起施行。"
    )
    assert found["metadata"]["effective"] == "2025-06-01"
    other = law("全国人民代表大会常务委员会关于授权国务院的决定", said)
    assert other["metadata"]["effective"] == ""


def test_what_is_amended_and_promulgated_anew_is_amended() -> None:
    notes = ["1951年2月26日 政务院公布", "1953年1月2日 政务院修正公布"]
    for given in (notes, [f"（{'　'.join(notes)}）"]):
        found = law("甲条例", *given, "第一条 甲。")["metadata"]["events"]
        assert [e["kind"] for e in found] == ["promulgated", "amended"]
    found = law("甲规定", "2012年12月13日 公安部令第127号修订发布", "第一条 甲。")["metadata"]
    assert found["promulgated"] == "2012-12-13"
