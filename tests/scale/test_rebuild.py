"""After a change only what depends on it is made anew, and the site is as from nothing."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from tests.scale.sites import files_of, site_of, write_law

from duizhao.building.laws import law_work, laws_made
from duizhao.building.laws.anew import explained, summary
from duizhao.building.laws.law_work import Task, tasks_of
from duizhao.building.laws.laws_made import Results, SiteMade, site_made
from duizhao.building.mkdocs.plugin import DuizhaoPlugin
from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.whole import finishing
from duizhao.building.whole.linkcheck import check_links
from duizhao.building.whole.published import Published, published_from_folder
from duizhao.ground.pool import Workers
from duizhao.languages.law import Law
from duizhao.site import pipeline
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.writers.search.files import files_from_gathered

CACHE = Path(".cache/duizhao")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with five laws; law-2 cites law-1."""
    return site_of(tmp_path / "mysite", 5)


def _tasks(root: Path) -> list[Task]:
    site = site_from_options(Options(root=root))
    return list(tasks_of(site, {}, base="", folder=root / CACHE))


def _made(root: Path) -> SiteMade:
    site = site_from_options(Options(root=root))
    return site_made(site, {}, base="", folder=root / CACHE, workers=Workers())


def _data(results: Results) -> object:
    rows = [(law_id, read()) for law_id, read in results.rows()]
    return rows, list(results.lines()), list(results.entries())


def _outcome(made: SiteMade) -> object:
    results = made.results
    laws = [(one.files, one.pages) for one in results.made]
    lists = [list(results.lists(code)) for code in ("zh", "en")]
    parts = (list(results.files()), _data(results), lists)
    searched = [(law.whole, law.portions, law.summary) for law in results.search()]
    return laws, parts, searched, made.downloads, made.whole, made.shared.content


def _anew(made: SiteMade) -> dict[str, int]:
    """The laws that were made anew, with the number of pages converted."""
    return {law: one.fresh for one in made.work if not one.kept for law in one.laws}


def test_nothing_is_made_twice(root: Path) -> None:
    first, second = _made(root), _made(root)
    assert list(_anew(first)) == [f"law-{n}" for n in range(1, 6)]
    assert all(one.fresh == one.pages for one in first.work)
    assert _anew(second) == {}
    assert second.shared.fresh == 0
    assert _outcome(first) == _outcome(second)
    (line,) = summary(second.work)
    assert re.fullmatch(r"0 of 5 laws made anew, 0 of \d+ pages converted", line)
    assert list(explained(second.work)) == []


def test_one_changed_paragraph_renders_the_pages_that_show_it(root: Path) -> None:
    whole = {one.laws: one.pages for one in _made(root).work}
    write_law(root, 4, changed="和水鸟")
    made = _made(root)
    anew = _anew(made)
    assert list(anew) == ["law-4"]
    assert 0 < anew["law-4"] < whole[("law-4",)], "the second chapter stays"
    (line,) = explained(made.work)
    assert line.startswith("law-4: ")
    assert line.endswith("changed: text")
    assert "1 of 5 laws made anew" in next(summary(made.work))


def test_a_law_that_is_cited_touches_the_law_that_cites_it(root: Path) -> None:
    _made(root)
    write_law(root, 1, changed="和水鸟")
    made = _made(root)
    assert list(_anew(made)) == ["law-1", "law-2"]
    assert _anew(made)["law-2"] == 0, "its pages are the same again"
    assert [line.rpartition(": ")[2] for line in explained(made.work)] == ["text", "laws cited"]


def test_a_term_touches_the_laws_that_it_stands_in(root: Path) -> None:
    whole = {one.laws: one.pages for one in _made(root).work}
    path = root / "seeds/glossary.toml"
    term = """
[[term]]
zh = "{zh}"
en = "migratory waterfowl"
definition_zh = "随季节迁徙的水鸟。"
definition_en = "Water birds that move with the seasons."
source = "made for a test"
"""
    before = path.read_text("utf-8")
    path.write_text(before + term.format(zh="候鸟栖息"), "utf-8")
    assert _anew(_made(root)) == {}, "it stands in no law"
    path.write_text(before + term.format(zh="倾倒垃圾"), "utf-8")
    made = _made(root)
    anew = _anew(made)
    assert list(anew) == [f"law-{n}" for n in range(1, 6)], "it stands in the third article of each"
    assert all(0 < anew[law] < whole[(law,)] for law in anew)
    assert {line.rpartition(": ")[2] for line in explained(made.work)} == {"glossary"}


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("mkdocs.yml", "https://example.org/", "https://example.com/", "options"),
        ("docs/en/offline.md", "title: Reading offline", "title: Offline", "navigation"),
        ("theme/partials/turn.html", "<nav ", "<nav data-x ", "theme"),
    ],
)
def test_what_all_pages_are_made_with_is_told_apart(
    root: Path, file: str, old: str, new: str, why: str
) -> None:
    render_site(root, root / "first", pdf=False).keep(root / "first")
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")
    said: list[str] = []
    render_site(root, root / "second", pdf=False, say=said.append, explain=True)
    reasons = {line.rpartition("changed: ")[2] for line in said if line.startswith("law-")}
    assert reasons == {why}


def test_what_another_version_made_is_made_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Laws as they were read, their results, and the content of their pages."""
    render_site(root, root / "first", pdf=False).keep(root / "first")
    read: list[str] = []
    real = pipeline.law_from_folder

    def noted(path: Path, *given: Any, **named: Any) -> Law:
        read.append(path.parent.name)
        return real(path, *given, **named)

    monkeypatch.setattr(pipeline, "law_from_folder", noted)
    said: list[str] = []
    render_site(root, root / "same", pdf=False, say=said.append)
    assert said[-1].startswith("0 of 5 laws made anew")
    assert not read
    monkeypatch.setattr(law_work, "tools", lambda: "another version")
    render_site(root, root / "other", pdf=False, say=said.append)
    made = re.fullmatch(r"5 of 5 laws made anew, (\d+) of (\d+) pages converted", said[-1])
    assert made
    assert made[1] == made[2]
    assert sorted(read) == [f"law-{n}" for n in range(1, 6)]


@pytest.mark.parametrize("damage", ["cut off", "gone"])
def test_damaged_parts_are_made_again_where_they_are_needed(root: Path, damage: str) -> None:
    render_site(root, root / "sound", pdf=False)
    parts = [path for path in (root / CACHE / "laws").iterdir() if path.suffix != ".head"]
    assert {path.suffix.partition("-")[0] for path in parts} == {
        *(".files", ".links", ".archive"),
        *(".search", ".words", ".rows", ".lines", ".entry", ".lists"),
    }
    for path in parts:
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-1])
    said: list[str] = []
    built = render_site(root, root / "again", pdf=False, say=said.append)
    assert said[-1].startswith("0 of 5 laws made anew"), "the heads are sound"
    assert check_links(root / "again", built.links) == check_links(root / "sound")
    assert files_of(root / "again") == files_of(root / "sound")


@pytest.mark.parametrize("kind", ["laws", "pages", "last"])
@pytest.mark.parametrize("damage", ["cut off", "changed", "foreign", "gone"])
def test_what_is_damaged_is_made_again(root: Path, kind: str, damage: str) -> None:
    sound = _made(root)
    if kind == "pages":
        shutil.rmtree(root / CACHE / "last")  # what has the same pages, put together
    entries = {path: path.read_bytes() for path in sorted((root / CACHE / kind).iterdir())}
    for path, data in entries.items():
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(
                {
                    "cut off": data[:-1],
                    "changed": data[:-1] + bytes([data[-1] ^ 1]),
                    "foreign": next(other for other in entries.values() if other != data),
                }[damage]
            )
    again = _made(root)
    assert _outcome(again) == _outcome(sound)
    # The result of a law holds its pages; those of no law are kept alone.
    assert len(_anew(again)) == (5 if kind == "laws" else 0)
    assert again.shared.fresh == (len(sound.shared.content) if kind == "pages" else 0)
    assert _anew(_made(root)) == {}


def test_a_build_leaves_nothing_to_the_next(root: Path) -> None:
    """MkDocs may keep a plugin: what one build was given is not what the next one uses."""
    render_site(root, root / "first", pdf=False).keep(root / "first")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        given = published_from_folder(root / "first")
        render_site(root, root / "second", pdf=False, workers=Workers(pool), published=given)
    plugin = load_config(str(root / "mkdocs.yml")).plugins["duizhao"]
    assert isinstance(plugin, DuizhaoPlugin)
    assert not plugin.workers.elsewhere
    assert plugin.published == Published()


def test_processes_at_work_make_the_same_index(root: Path) -> None:
    site = site_from_options(Options(root=root))
    results = _made(root).results
    given = (site.glossary, site.readings, ["en"])
    alone = list(files_from_gathered(results.search(), *given, small=0))
    with Workers() as workers:
        workers.start(os.getpid)
        assert workers.started
        handed: list[str] = []
        files = files_from_gathered(
            *(results.search(), *given),
            small=0,
            workers=workers,
            handed=lambda: handed.append("to them"),
        )
        together = list(files)
    assert together == alone
    assert handed == ["to them"]


def test_what_goes_wrong_with_the_index_ends_the_build(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made beside other things, which do not hide it."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "index.js")

    monkeypatch.setattr(finishing, "write_search", full)
    with pytest.raises(OSError, match=r"index\.js"):
        render_site(root, root / "site", pdf=False)


def test_processes_make_the_same_as_one(root: Path) -> None:
    ids = [f"law-{n}" for n in range(1, 6)]
    alone, _ = laws_made.laws_made(_tasks(root), ids, Workers())
    shutil.rmtree(root / CACHE)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        together, work = laws_made.laws_made(_tasks(root), ids, Workers(pool))
    assert together == alone
    assert _laws(work) == ids


def _laws(work: Sequence[object]) -> list[str]:
    return [law for one in work for law in getattr(one, "laws", ())]
