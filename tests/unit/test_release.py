"""The release gate: what stops a publication, what is settled, and the forms of the report."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.commands.accessibility import check_accessibility
from duizhao.commands.release import ACCESS, BUILD, Check, allowed, check_address, undecided
from duizhao.commands.release_report import REPORTS, report_text, verdict
from duizhao.ground.problems import Position, Severity, error
from duizhao.languages.law import Law
from duizhao.languages.ui import Interface
from duizhao.site.pipeline import Site

SOUND = (
    '<!doctype html><html lang="en"><title>A</title><main><h1>A</h1><h2>B</h2>'
    '<a href="b">b</a><img src="a.png" alt=""><label for="f">F</label><input id="f">'
    '<label>G <input name="g"></label><button aria-label="C"></button></main></html>'
)
# what is taken from the sound page, what is put there, what is then said
BROKEN = {
    "language": (' lang="en"', "", "language"),
    "title": ("<title>A</title>", "", "no title"),
    "main": ("<main>", "<div>", "main region"),
    "no heading": ("<h1>A</h1>", "", "headings of level 1"),
    "two headings": ("<h2>B</h2>", "<h1>B</h1>", "headings of level 1"),
    "level": ("<h2>B</h2>", "<h3>B</h3>", "level 3 follows one of level 1"),
    "picture": (' alt=""', "", "picture `a.png`"),
    "link": (">b</a>", "></a>", "`b` has no name"),
    "button": (' aria-label="C"', "", "no name"),
    "field": ('<label for="f">F</label>', "", "no label"),
    "field in no label": ("<label>G <input", "<p>G <input", "field `g`"),
}


def said(folder: Path, page: str) -> list[str]:
    (folder / "a.html").write_text(page, encoding="utf-8")
    return [p.message for p in check_accessibility(folder) if p.code == "accessibility"]


def test_a_sound_page_has_no_finding(tmp_path: Path) -> None:
    assert said(tmp_path, SOUND) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_is_found_broken(tmp_path: Path, rule: str) -> None:
    old, new, words = BROKEN[rule]
    assert old in SOUND
    found = said(tmp_path, SOUND.replace(old, new, 1))
    assert len(found) == 1
    assert words in found[0]


def _without(law: Law, *notes: str) -> Law:
    kept = tuple(n for n in law.edition.notes if n.id not in notes)
    assert len(kept) < len(law.edition.notes)
    return replace(law, edition=replace(law.edition, notes=kept))


def test_decisions_settle_what_is_odd(real: Site) -> None:
    for law in real.laws:
        assert list(undecided(law)) == []
    community = real.law("xizang-community-governance")
    found = list(undecided(_without(community, "articles-20-21")))
    assert [(p.code, p.position.line) for p in found] == [("paragraph-unfinished", 136)]


CHECKS = (
    Check(
        name=BUILD,
        problems=(
            error(
                "dead-link", Position(file="a.html", line=3, column=2, text="<b>"), "<x> & y.", "z"
            ),
        ),
    ),
    Check(name=ACCESS, made=False),
)


@pytest.fixture(params=["zh", "en"])
def ui(request: pytest.FixtureRequest, real: Site) -> Interface:
    return real.interfaces[str(request.param)]


def test_a_check_that_was_not_made_has_not_passed(ui: Interface) -> None:
    assert not verdict(CHECKS)
    assert not verdict(CHECKS[1:])
    assert verdict([Check(name=BUILD)])
    assert ui("not checked") in report_text(ui, CHECKS[1:])


def test_what_is_allowed_is_listed_and_does_not_stop(ui: Interface) -> None:
    passed = allowed(CHECKS[0], frozenset(("dead-link",)))
    assert verdict([passed])
    assert [p.severity for p in passed.problems] == [Severity.INFO]
    assert "dead-link" in report_text(ui, [passed])
    assert not verdict([allowed(CHECKS[0], frozenset(("other",)))])


def test_the_reports_say_the_same(ui: Interface) -> None:
    text = report_text(ui, CHECKS)
    assert "a.html:3:2  dead-link  <x> & y." in text
    page = REPORTS["html"](ui, CHECKS)
    words: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = words.append  # type: ignore[method-assign,assignment]
    parser.feed(page)
    assert "a.html:3:2  dead-link  <x> & y." in "".join(words)
    assert f'lang="{ui.tag}"' in page
    data = json.loads(REPORTS["json"](ui, CHECKS))
    assert data["publish"] is False
    assert [c["made"] for c in data["checks"]] == [True, False]
    assert data["checks"][0]["findings"][0]["line"] == 3
    sarif = json.loads(REPORTS["sarif"](ui, CHECKS))
    (run,) = sarif["runs"]
    (result,) = run["results"]
    assert sarif["version"] == "2.1.0"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 2)
    assert run["invocations"][0]["executionSuccessful"] is False


def test_a_place_in_sarif_is_a_reference(ui: Interface) -> None:
    problem = error("a", Position(file="seeds/公园 (1)#5.txt", line=1), "b", "c")
    sarif = json.loads(REPORTS["sarif"](ui, [Check(name="d", problems=(problem,))]))
    (result,) = sarif["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "seeds/%E5%85%AC%E5%9B%AD%20%281%29%235.txt"


def test_the_gate_on_a_new_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    assert main(["init", str(root)]) == 0
    gate = ["--root", str(root), "check", "--release", "--language", "zh"]
    capsys.readouterr()
    assert main(gate) == 1
    assert "site-address" in capsys.readouterr().out
    monkeypatch.setenv("DUIZHAO_SITE_URL", "https://law.gov.cn/")
    left = root / ".site.check-1"  # by a process that was killed
    left.mkdir()
    assert main([*gate, "--allow", "site-adress"]) == 0
    assert capsys.readouterr().err.count("--allow site-adress: there is no such finding") == 1
    assert main(gate) == 0
    assert not left.exists()
    assert "没有妨碍发布的问题。" in capsys.readouterr().out
    assert not (root / "site").exists()
    edition = root / "seeds/example-lakes/edition.toml"
    edition.write_text(edition.read_text("utf-8") + "nonsense", encoding="utf-8")
    report = tmp_path / "report.html"
    assert main([*gate, "--format", "html", "--out", str(report)]) == 1
    assert "edition-syntax" in report.read_text("utf-8")
    assert report.read_text("utf-8").count("未检查") == 7


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("https://example.org/", ["site-address"]),
        ("http://Law.Example.COM:8000/laws/", ["site-address"]),
        ("http://localhost/", ["site-address"]),
        ("http://127.0.0.1:8000/", ["site-address"]),
        ("http://[::1]/", ["site-address"]),
        ("https://law.test/", ["site-address"]),
        ("https://myexample.org/", []),
        ("https://example.org.cn/", []),
        ("", []),
    ],
)
def test_an_address_for_examples_stops_a_publication(url: str, codes: list[str]) -> None:
    assert [p.code for p in check_address(url)] == codes


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--format", "html"], "--format html"),
        (["--out", "report.txt"], "--out"),
        (["--allow", "dead-link"], "--allow"),
        (["--language", "zh"], "--language"),
    ],
)
def test_what_the_gate_alone_heeds_goes_with_release(
    given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *given]) == 2
    assert capsys.readouterr().err == f"{told} goes with --release\n"
