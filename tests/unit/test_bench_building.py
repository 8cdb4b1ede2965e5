"""What the measurement of builds builds, and how it judges; one small run of all of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from duizhao.commands.bench import building as measured
from duizhao.commands.bench.building import building, change, exponent, make_site, missed
from duizhao.commands.bench.plot import as_svg
from duizhao.commands.bench.process import run
from duizhao.editing.accounting import check_accounting
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_checks import require_sound


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three laws and a text that is none."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number, name in enumerate("一二三"):
        text = (
            f"某市第{name}公园条例\n第一条　公园应当开放。\n第二条　本条例自2030年1月1日起施行。\n"
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "9.txt").write_text("\n", encoding="utf-8")
    return folder


def test_a_site_is_made_of_the_laws_and_one_paragraph_changed(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    assert make_site(corpus, root, 4) == 1
    before = site_from_options(Options(root=root))
    assert [law.id for law in before.laws] == ["law-1", "law-2", "law-3"]
    change(root)
    after = site_from_options(Options(root=root))
    require_sound(after)
    assert not list(
        check_accounting(after.laws[0].witness, [(after.laws[0].decisions, after.laws[0].edition)])
    )
    assert "公园应当依法开放。" in after.laws[0].witness.text
    assert [a.edition == b.edition for a, b in zip(before.laws, after.laws, strict=True)] == [
        False,
        True,
        True,
    ]


def test_growth_is_the_power_of_the_last_two_points() -> None:
    assert exponent([(1, 9), (100, 5), (200, 20)]) == pytest.approx(2)
    assert exponent([(100, 5), (400, 20)]) == pytest.approx(1)


def test_targets_are_held() -> None:
    growth, share = (
        "growth exponent of the cold build",
        "one paragraph changed, share of the cold build",
    )
    assert list(missed({growth: 1.04, f"10 laws: {share}": 0.019})) == []
    assert list(missed({f"100 laws: with PDFs, {share}": 0.021})) != []
    assert list(missed({growth: 1.06, f"10 laws: {share}": 0.021})) == [growth, f"10 laws: {share}"]
    few = {"10 laws: pages": 999, "10 laws: plain MkDocs, times as long": 11.9}
    assert list(missed(few)) == []
    assert list(missed(few | {"10 laws: pages": 1000})) != []
    many = "100 laws: at 3,000 pages plain MkDocs, times as long"
    assert list(missed({many: 24.9})) == [many]
    assert list(missed({many: 25.1})) == []
    assert list(missed({"10 laws: plain MkDocs, times as much memory": 0.9})) != []


@pytest.mark.slow
def test_all_is_measured(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three laws are; what six cost is made up of that, for a line needs two points."""
    measure, three = measured._measured, dict[str, Any]()

    def once(corpus: Path, root: Path, count: int, most: int) -> Iterator[tuple[str, Any]]:
        root.mkdir(exist_ok=True)
        if not three:
            three.update(measure(corpus, root, count, most))
        yield from {**three, "pages": three["pages"] * count // 3}.items()

    monkeypatch.setattr(measured, "_measured", once)
    monkeypatch.setattr(measured, "SIZES", (3, 6))
    monkeypatch.setattr(measured, "PRINTED", (3,))
    monkeypatch.setattr(measured, "TRANSLATED", (3,))
    heard: list[str] = []
    found = building(corpus, say=heard.append)
    assert f"6 laws: pages: {found['6 laws: pages']}" in heard, "each figure as it is there"
    assert found["6 laws: pages"] > found["3 laws: pages"] > 30
    for size in (3, 6):
        assert found[f"{size} laws: cold, processor seconds"] > 0
        assert found[f"{size} laws: plain MkDocs, processor seconds"] > 0
        assert 0 < found[f"{size} laws: nothing changed, share of the cold build"] < 1.5
        assert found[f"{size} laws: on Dask with 1 worker, seconds on the wall"] > 0
    heavy, heavier = (
        found[f"3 laws: largest HTML of {which}, bytes"]
        for which in (
            "a chapter of up to 2,500 characters",
            "such a chapter with a translation",
        )
    )
    assert 10_000 < heavy < heavier < 30_000
    assert found["3 laws: such chapters with a translation above 60 KB, share"] == 0
    printed = found["3 laws: with PDFs, cold, processor seconds"]
    assert printed > found["3 laws: cold, processor seconds"]
    assert isinstance(found["targets missed"], str)
    assert list(found)[-1] == "summary"
    three_laws = f"3 laws ({found['3 laws: pages']} pages)"
    assert f"{three_laws}: plain MkDocs takes" in found["summary"]
    assert f"% without PDFs; {three_laws}: one changed paragraph takes" in found["summary"]
    drawn = as_svg(found)
    assert drawn.count("<circle") == 2 * 3, "two sizes in three ways"


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system tells")
def test_the_memory_of_all_processes_is_counted_together(tmp_path: Path) -> None:
    own = "held = b'x' * 60_000_000; import time; time.sleep(1)"
    both = f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {own!r}]); {own}; child.wait()"
    cost = run([sys.executable, "-c", both], tmp_path)
    assert 120_000_000 < cost.together < 200_000_000
    timed = run([sys.executable, "-c", "import time; time.sleep(1)"], tmp_path, looks=False)
    assert timed.together == 0, "nobody looks at what is timed"
