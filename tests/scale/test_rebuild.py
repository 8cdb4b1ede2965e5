"""After a change only what depends on it is made anew, and the site is as from nothing."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from tests.scale.sites import files_of, site_of, write_law

from duizhao import archive, laws_made, site_search
from duizhao.anew import explained, summary
from duizhao.archive import PATH as ARCHIVE
from duizhao.cli import main
from duizhao.law_work import Task, tasks_of
from duizhao.laws_made import Results, SiteMade, site_made
from duizhao.linkcheck import check_links
from duizhao.pipeline import Options, site_from_options
from duizhao.plugin import DuizhaoPlugin
from duizhao.pool import Workers
from duizhao.published import Published, published_from_folder
from duizhao.search.files import INDEX, files_from_gathered, search_files
from duizhao.search.mend import mended
from duizhao.search.provisions import searched
from duizhao.site_build import render_site
from duizhao.site_downloads import rows_from_bytes

CACHE = Path(".cache/duizhao")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with five laws; law-2 cites law-1."""
    return site_of(tmp_path / "mysite", 5)


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is in parts, as that of a large site is."""
    for function in (files_from_gathered, mended):
        defaults = function.__kwdefaults__
        assert defaults is not None
        monkeypatch.setitem(defaults, "small", 0)


def _made_anew(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows each time that the index is made from nothing."""
    calls: list[object] = []

    def noted(*given: Any, **named: Any) -> Iterator[tuple[str, str]]:
        calls.append(given)
        return files_from_gathered(*given, **named)

    monkeypatch.setattr(site_search, "files_from_gathered", noted)
    return calls


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
    return laws, parts, searched, made.downloads, made.whole, made.content


def _anew(made: SiteMade) -> dict[str, int]:
    """The laws that were made anew, with the number of pages converted."""
    return {law: one.fresh for one in made.work if not one.kept for law in one.laws}


def test_nothing_is_made_twice(root: Path) -> None:
    first, second = _made(root), _made(root)
    assert list(_anew(first)) == [f"law-{n}" for n in range(1, 6)]
    assert all(one.fresh == one.pages for one in first.work)
    assert _anew(second) == {}
    assert second.other == 0
    assert _outcome(first) == _outcome(second)
    (line,) = summary(second.work)
    assert line.startswith("0 of 5 laws made anew, 0 of their ")
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
    assert again.other == (len(sound.content) if kind == "pages" else 0)
    assert _anew(_made(root)) == {}


def test_a_rebuilt_site_is_as_one_from_nothing(root: Path) -> None:
    render_site(root, root / "first", pdf=False)
    write_law(root, 3, changed="和水鸟")
    said: list[str] = []
    render_site(root, root / "warm", pdf=False, say=said.append, explain=True)
    assert any(line.startswith("1 of 5 laws made anew") for line in said)
    assert any(line.startswith("law-3: ") for line in said)
    shutil.rmtree(root / CACHE)
    render_site(root, root / "cold", pdf=False)
    assert files_of(root / "warm") == files_of(root / "cold")
    before, after = files_of(root / "first"), files_of(root / "cold")
    changed = {p.split("/")[1] for p in after if p.endswith(".html") and before[p] != after[p]}
    # Search and quotations name their records by digest.
    assert changed <= {"law-3", "source", "concordance", "a-z", "search", "quote"}


def test_unchanged_files_are_taken_from_the_published_site(root: Path) -> None:
    """They keep their time; one that somebody wrote since, or that changed, does not."""
    first, second = root / "first", root / "second"
    render_site(root, first, pdf=False)
    write_law(root, 3, changed="和水鸟")
    touched = first / "zh/law-1/full/index.html"
    touched.write_text("somebody’s", "utf-8")
    before = files_of(first)
    render_site(root, second, pdf=False, published=published_from_folder(first))
    assert files_of(first) == before
    linked = {path for path in before if (second / path).samefile(first / path)}
    others = tuple(f"zh/law-{n}/" for n in (1, 2, 4, 5))
    pages = {path for path in before if path.startswith(others) and path.endswith(".html")}
    assert pages - linked == {touched.relative_to(first).as_posix()}
    render_site(root, root / "third", pdf=False)
    assert files_of(second) == files_of(root / "third")


def test_builds_one_after_another_move_the_folders_of_the_spare(root: Path) -> None:
    """The site of each is as from nothing, and the folders of a law that stays are moved."""
    site, spare = root / "site", root / "site.spare"
    assert main(["--root", str(root), "build", "--no-pdf"]) == 0
    for change in ("和水鸟", "和候鸟", "和野鸟"):
        write_law(root, 3, changed=change)
        folders = {n: (spare / f"zh/law-{n}").stat().st_ino for n in (1, 5)}
        assert main(["--root", str(root), "build", "--no-pdf"]) == 0
        assert folders == {n: (site / f"zh/law-{n}").stat().st_ino for n in (1, 5)}
        assert change in (site / "zh/law-3/full/index.html").read_text("utf-8")
        assert change not in (spare / "zh/law-3/full/index.html").read_text("utf-8")
    shutil.rmtree(root / CACHE)
    assert main(["--root", str(root), "build", "--no-pdf", "--out", str(root / "cold")]) == 0
    assert files_of(site) == files_of(root / "cold")


def test_a_spare_that_a_build_has_used_up_in_part_is_used_for_the_rest(root: Path) -> None:
    site, spare = root / "site", root / "site.spare"
    assert main(["--root", str(root), "build", "--no-pdf"]) == 0
    before = files_of(site)
    shutil.rmtree(spare / "zh/law-1")
    (spare / "en/law-2/full/index.html").unlink()
    (spare / "en/law-2/full/index.html").write_text("somebody’s", "utf-8")
    assert main(["--root", str(root), "build", "--no-pdf"]) == 0
    assert files_of(site) == before


#: what is made of all laws together
SHARED = ("assets/search/", "data/laws.", "data/index.", ARCHIVE)


def _shared(site: Path) -> set[str]:
    """Paths of such files, but that of the first file of search, which MkDocs writes."""
    return {path for path in files_of(site) if path.startswith(SHARED) and path != INDEX}


@pytest.mark.usefixtures("in_parts")
def test_what_laws_share_is_taken_where_none_changed(root: Path) -> None:
    first, second, third = root / "first", root / "second", root / "third"
    render_site(root, first, pdf=False)
    render_site(root, second, pdf=False, published=published_from_folder(first))
    assert len(_shared(second)) > 10
    assert all((second / path).samefile(first / path) for path in _shared(second))
    touched = second / "data/laws.jsonl"
    touched.unlink()
    touched.write_text("somebody’s", "utf-8")
    render_site(root, third, pdf=False, published=published_from_folder(second))
    assert touched.read_text("utf-8") == "somebody’s"
    assert files_of(third) == files_of(first)


@pytest.mark.usefixtures("in_parts")
def test_one_changed_paragraph_changes_few_parts_of_search(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are linked, and in the archive they are not compressed again."""
    first, second, third = root / "first", root / "second", root / "third"
    render_site(root, first, pdf=False)
    write_law(root, 3, changed="和水鸟")
    packed: set[str] = set()

    def noted(into: zipfile.ZipFile, name: str, path: Path) -> None:
        packed.add(name)
        stream(into, name, path)

    stream = archive._stream
    monkeypatch.setattr(archive, "_stream", noted)
    parts_read: list[bytes] = []

    def read(part: bytes) -> archive.Compressed:
        parts_read.append(part)
        return compressed(part)

    compressed = archive._compressed
    monkeypatch.setattr(archive, "_compressed", read)
    anew = _made_anew(monkeypatch)
    parts_read.clear()
    render_site(root, second, pdf=False, published=published_from_folder(first))
    assert not anew, "it is mended"
    assert len(parts_read) == 1, "of laws that stay the archive has all as it was"
    parts = {path for path in _shared(second) if path.startswith("assets/search/")}
    new = {path for path in parts if not _same(first / path, second / path)}
    assert len([path for path in new if "/l/" in path]) == 1
    assert 0 < len(new) < len(parts) / 2
    assert {path for path in packed if path.startswith("assets/search/")} == {*new, INDEX}
    shutil.rmtree(root / CACHE)
    render_site(root, third, pdf=False)
    assert files_of(second) == files_of(third)


@pytest.mark.parametrize(
    ("change", "read"), [("changed", 1), ("added", 1), ("damaged", 5), ("other address", 5)]
)
def test_rows_of_laws_at_rest_are_taken_from_the_published_database(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: str, read: int
) -> None:
    first, second, third = root / "first", root / "second", root / "third"
    render_site(root, first, pdf=False)
    if change == "other address":
        options = root / "mkdocs.yml"
        options.write_text(options.read_text("utf-8").replace("example.org", "example.com"))
    else:
        write_law(root, 6 if change == "added" else 3, changed="和水鸟")
    if change == "damaged":
        path = first / "data/laws.sqlite"
        state = path.stat()
        path.write_bytes(path.read_bytes().replace("湖泊".encode(), "湖边".encode()))
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    found: list[object] = []

    def noted(data: bytes) -> object:
        found.append(rows := rows_from_bytes(data))
        return rows

    monkeypatch.setattr(laws_made, "rows_from_bytes", noted)
    render_site(root, second, pdf=False, published=published_from_folder(first))
    assert len(found) == read
    shutil.rmtree(root / CACHE)
    render_site(root, third, pdf=False)
    assert (second / "data/laws.sqlite").read_bytes() == (third / "data/laws.sqlite").read_bytes()


def _same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def test_a_build_leaves_nothing_to_the_next(root: Path) -> None:
    """MkDocs may keep a plugin: what one build was given is not what the next one uses."""
    render_site(root, root / "first", pdf=False)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        given = published_from_folder(root / "first")
        render_site(root, root / "second", pdf=False, workers=Workers(pool), published=given)
    plugin = load_config(str(root / "mkdocs.yml")).plugins["duizhao"]
    assert isinstance(plugin, DuizhaoPlugin)
    assert not plugin.workers.elsewhere
    assert plugin.published == Published()


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("lost", ["the law as it was", "a part", "the numbering"])
def test_an_index_that_cannot_be_mended_is_made_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    first, second, third = root / "first", root / "second", root / "third"
    render_site(root, first, pdf=False)
    write_law(root, 3, changed="和水鸟")
    if lost == "the law as it was":
        for path in (root / CACHE / "laws").glob("*.search-*"):
            path.unlink()
    elif lost == "a part":
        for path in first.glob("assets/search/d/*.js"):
            state = path.stat()
            path.write_bytes(path.read_bytes().replace(b"A", b"B"))
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    else:
        write_law(root, 6)
    anew = _made_anew(monkeypatch)
    render_site(root, second, pdf=False, published=published_from_folder(first))
    assert anew
    shutil.rmtree(root / CACHE)
    render_site(root, third, pdf=False)
    if lost != "a part":
        assert files_of(second) == files_of(third)


@pytest.mark.usefixtures("in_parts")
def test_the_parts_of_a_large_index_stand_on_the_site(root: Path) -> None:
    render_site(root, root / "site", pdf=False)
    site = site_from_options(Options(root=root))
    laws = [searched(law, [site.interfaces["en"]]) for law in site.laws]
    wanted = search_files(laws, site.glossary, site.readings, ["en"], small=0)
    found = {p: d.decode() for p, d in files_of(root / "site").items() if "assets/search/" in p}
    assert len(found) > 10
    assert found == dict(wanted)


def test_processes_at_work_make_the_same_index(root: Path) -> None:
    site = site_from_options(Options(root=root))
    results = _made(root).results
    given = (site.glossary, site.readings, ["en"])
    alone = list(files_from_gathered(results.search(), *given, small=0))
    with Workers() as workers:
        workers.start("duizhao.search.files")
        assert workers.started
        together = list(files_from_gathered(results.search(), *given, small=0, workers=workers))
    assert together == alone


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
