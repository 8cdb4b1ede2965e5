"""What a build says where a site comes near what hosts take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.chinese import english_left

from duizhao.cli.main import main
from duizhao.commands.limits import HOSTS, Limits, near_limits, sizes_of
from duizhao.commands.release import check_sizes
from duizhao.commands.starter import write_starter
from duizhao.ground.problems import Problem, Severity


def _file(site: Path, name: str, size: int) -> None:
    """A file that says it is large and takes no room."""
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        file.truncate(size)


def _near(site: Path, limits: Limits = HOSTS) -> Iterator[Problem]:
    return near_limits(sizes_of(site), site.name, limits)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, size in {
        "en/lakes/full/index.html": 200_000,
        "zh/lakes/index.html": 100_000,
        "pdf/lakes/lakes.zh.pdf": 500_000,
        "en/parks/index.html": 150_000,
        "assets/search/index.js": 40_000,
        "llms.txt": 10_000,
    }.items():
        _file(tmp_path, name, size)
    return tmp_path


def test_far_from_the_limits_nothing_is_said(site: Path) -> None:
    assert list(_near(site)) == []
    assert list(_near(site, Limits(whole=1_111_112, single=555_556))) == []


def test_from_nine_tenths_on_it_is_said_with_the_largest(site: Path) -> None:
    file, whole = _near(site, Limits(whole=1_111_111, single=555_555))
    assert (file.code, file.position.file) == ("file-too-large", "pdf/lakes/lakes.zh.pdf")
    assert whole.code == "site-too-large"
    assert "by law or folder: lakes 0.8, parks 0.1, assets/search 0.0, llms.txt" in whole.message
    assert "by file: pdf/lakes/lakes.zh.pdf 0.5, en/lakes/full/index.html 0.2" in whole.message
    assert {p.severity for p in (file, whole)} == {Severity.WARNING}
    for problem in (file, whole):
        assert english_left(problem) == []


def test_what_a_build_warns_of_stops_a_publication(site: Path) -> None:
    found = check_sizes(site, Limits(whole=1_000_000, single=2_000_000))
    assert [(p.code, p.severity) for p in found] == [("site-too-large", Severity.ERROR)]


def test_the_limits_are_those_of_github_pages(tmp_path: Path) -> None:
    assert (HOSTS.whole, HOSTS.single) == (1_000_000_000, 100_000_000)
    _file(tmp_path, "a.sqlite", 90_000_000)
    assert [p.code for p in _near(tmp_path)] == ["file-too-large"]
    for n in range(9):
        _file(tmp_path, f"{n}.pdf", 89_999_999)
    assert [p.code for p in _near(tmp_path)] == ["file-too-large"]
    _file(tmp_path, "index.html", 9)
    assert [p.code for p in _near(tmp_path)] == ["file-too-large", "site-too-large"]


def test_a_build_says_it_and_is_published_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_starter(tmp_path / "new")
    monkeypatch.setattr("duizhao.cli.build.HOSTS", Limits(whole=100_000))
    assert main(["--root", str(tmp_path / "new"), "build", "--no-pdf"]) == 0
    told = capsys.readouterr().err
    assert "site-too-large  The site has" in told
    assert "Do: leave PDFs out" in told
    assert (tmp_path / "new/site/index.html").is_file()
