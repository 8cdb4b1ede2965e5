"""A site that takes the place of another has what stays from there, and is as from nothing."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.scale.sites import files_of, site_of, write_law

from duizhao.building.laws import laws_made
from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.whole import archive_file, publish, published, site_search
from duizhao.building.whole.archive import PATH as ARCHIVE
from duizhao.building.whole.archive_file import ArchiveFile, Part
from duizhao.building.whole.published import published_from_folder
from duizhao.cli.main import main
from duizhao.ground.problems import DuizhaoError
from duizhao.site import site_pages
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.writers.search.files import INDEX, files_from_gathered, search_files
from duizhao.writers.search.mend import mended
from duizhao.writers.search.provisions import searched
from duizhao.writers.site_downloads import rows_from_bytes

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


def _from_nothing(root: Path) -> dict[str, bytes]:
    """The files of the site as a build makes them that has no cache and takes nothing from another."""
    shutil.rmtree(root / CACHE)
    render_site(root, root / "anew", pdf=False)
    return files_of(root / "anew")


def _made_anew(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows each time that the index is made from nothing."""
    calls: list[object] = []

    def noted(*given: Any, **named: Any) -> Iterator[tuple[str, str]]:
        calls.append(given)
        return files_from_gathered(*given, **named)

    monkeypatch.setattr(site_search, "files_from_gathered", noted)
    return calls


def test_a_rebuilt_site_is_as_one_from_nothing(root: Path) -> None:
    render_site(root, root / "first", pdf=False).keep(root / "first")
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
    render_site(root, first, pdf=False).keep(first)
    write_law(root, 3, changed="和水鸟")
    touched = first / "zh/law-1/full/index.html"
    touched.write_text("somebody’s", "utf-8")
    before = files_of(first)
    render_site(root, second, pdf=False, published=published_from_folder(first)).keep(second)
    assert files_of(first) == before
    linked = {path for path in before if (second / path).samefile(first / path)}
    others = tuple(f"zh/law-{n}/" for n in (1, 2, 4, 5))
    pages = {path for path in before if path.startswith(others) and path.endswith(".html")}
    assert pages - linked == {touched.relative_to(first).as_posix()}
    render_site(root, root / "third", pdf=False)
    assert files_of(second) == files_of(root / "third")


def test_lists_of_laws_are_made_anew_where_one_says_something_else(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were in each build."""
    monkeypatch.setattr(site_pages, "LISTED", 2)

    def built(name: str) -> str:
        said: list[str] = []
        before = published_from_folder(root / "first")
        site = root / name
        render_site(root, site, pdf=False, published=before, say=said.append, explain=True).keep(
            site
        )
        return next(line for line in said if line.startswith("list of laws"))

    built("first")
    write_law(root, 3, changed="和水鸟")
    assert built("second") == "list of laws: kept"
    catalog = root / "translations/en/LC_MESSAGES/law-3.po"
    catalog.write_text(catalog.read_text("utf-8").replace("Lakes", "Meres"), "utf-8")
    assert built("third") == "list of laws: made anew; changed: laws"
    assert "Meres" in (root / "third/en/laws/2/index.html").read_text("utf-8")
    assert files_of(root / "third") == _from_nothing(root)


def test_pictures_lists_and_files_for_programs_that_stay_are_taken_too(tmp_path: Path) -> None:
    root = site_of(tmp_path / "mysite", 1)
    first, second = root / "first", root / "second"
    render_site(root, first).keep(first)
    render_site(root, second, published=published_from_folder(first))
    made = ("assets/cards/", "offline/", "sw.js", "sitemap.xml", "robots.txt", "llms.txt")
    paths = {path for path in files_of(second) if path.startswith(made) or path.endswith(".pdf")}
    assert {path.partition("/")[0] for path in paths} >= {"assets", "offline", "sw.js", "pdf"}
    assert [p for p in sorted(paths) if not (second / p).samefile(first / p)] == []


def test_a_site_without_an_address_has_no_site_map(tmp_path: Path) -> None:
    """Pages in it have whole addresses; MkDocs would copy the template of its own."""
    root = site_of(tmp_path / "mysite", 1)
    options = root / "mkdocs.yml"
    lines = options.read_text("utf-8").splitlines(keepends=True)
    options.write_text("".join(line for line in lines if not line.startswith("site_url")), "utf-8")
    render_site(root, root / "site", pdf=False)
    assert not (root / "site/sitemap.xml").exists()
    assert (root / "site/zh/law-1/index.html").is_file()


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
    render_site(root, first, pdf=False).keep(first)
    render_site(root, second, pdf=False, published=published_from_folder(first)).keep(second)
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
    first, second = root / "first", root / "second"
    render_site(root, first, pdf=False).keep(first)
    write_law(root, 3, changed="和水鸟")
    packed: set[str] = set()

    def noted(archive: ArchiveFile, name: str, path: Path) -> None:
        packed.add(name)
        stream(archive, name, path)

    stream = ArchiveFile._stream
    monkeypatch.setattr(ArchiveFile, "_stream", noted)
    parts_read: list[bytes] = []

    def read(part: bytes) -> archive_file.Compressed:
        parts_read.append(part)
        return compressed(part)

    compressed = archive_file._compressed
    monkeypatch.setattr(archive_file, "_compressed", read)
    anew = _made_anew(monkeypatch)
    parts_read.clear()
    render_site(root, second, pdf=False, published=published_from_folder(first)).keep(second)
    assert not anew, "it is mended"
    assert len(parts_read) == 1, "of laws that stay the archive has all as it was"
    parts = {path for path in _shared(second) if path.startswith("assets/search/")}
    new = {path for path in parts if not _same(first / path, second / path)}
    assert len([path for path in new if "/l/" in path]) == 1
    assert 0 < len(new) < len(parts) / 2
    assert {path for path in packed if path.startswith("assets/search/")} == {*new, INDEX}
    assert files_of(second) == _from_nothing(root)


def test_a_law_that_cannot_be_written_leaves_the_published_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was tried again, and then written through the links of what stays."""
    first = root / "first"
    render_site(root, first, pdf=False).keep(first)
    before = files_of(first)
    write_law(root, 3, changed="和水鸟")
    full: list[str] = []
    again: list[str] = []

    def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
        for path, data in files:
            if (folder / path).exists():
                again.append(path)
            if "law-3" in path and not full:
                full.append(path)
                raise OSError(errno.ENOSPC, "No space left on device", path)
            publish.write_files(folder, [(path, data)])

    monkeypatch.setattr(published, "write_files", write_files)
    with pytest.raises(OSError, match="law-3"):
        render_site(root, root / "second", pdf=False, published=published_from_folder(first))
    assert full
    assert not again
    assert files_of(first) == before


def test_a_damaged_archive_is_not_copied_into_the_next(root: Path) -> None:
    first = root / "first"
    render_site(root, first, pdf=False).keep(first)
    path = first / ARCHIVE
    time, data = path.stat().st_mtime_ns, bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(time, time))
    write_law(root, 3, changed="和水鸟")
    render_site(root, root / "second", pdf=False, published=published_from_folder(first))
    assert files_of(root / "second") == _from_nothing(root)


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("name", ["en/glossary.md", "en/quote.md", "assets/search/p/x.js"])
def test_a_file_in_the_place_of_a_made_one_is_refused(root: Path, name: str) -> None:
    first = root / "first"
    render_site(root, first, pdf=False).keep(first)
    before = files_of(first)
    (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
    (root / "docs" / name).write_text("# Mine\n", "utf-8")
    with pytest.raises(DuizhaoError, match=rf"docs/{re.escape(name)}  page-twice"):
        render_site(root, root / "second", pdf=False, published=published_from_folder(first))
    assert files_of(first) == before


@pytest.mark.parametrize("change", ["a page", "a law", "nothing"])
def test_the_archive_is_begun_early_where_laws_changed_and_is_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    first, second = root / "first", root / "second"
    render_site(root, first, pdf=False).keep(first)
    if change == "a page":
        page = root / "docs/en/offline.md"
        page.write_text(f"{page.read_text('utf-8')}\nMore words.\n", "utf-8")
    elif change == "a law":
        write_law(root, 3, changed="和水鸟")
    begun: list[bool] = []  # whether MkDocs was done when it was

    def noted(archive: ArchiveFile, parts: Iterable[Part]) -> None:
        begun.append((second / "404.html").exists())
        put(archive, parts)

    put = ArchiveFile.put_parts
    monkeypatch.setattr(ArchiveFile, "put_parts", noted)
    render_site(root, second, pdf=False, published=published_from_folder(first)).keep(second)
    assert begun == {"a page": [True], "a law": [False], "nothing": []}[change]
    assert files_of(second) == _from_nothing(root)


def test_an_archive_that_cannot_be_begun_fails_the_build(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(archive: ArchiveFile, parts: Iterable[Part]) -> None:
        raise OSError(errno.ENOSPC, "no room", str(archive))

    monkeypatch.setattr(ArchiveFile, "put_parts", full)
    with pytest.raises(OSError, match="no room"):
        render_site(root, root / "site", pdf=False)


@pytest.mark.parametrize(
    ("change", "read"), [("changed", 1), ("added", 1), ("damaged", 5), ("other address", 5)]
)
def test_rows_of_laws_at_rest_are_taken_from_the_published_database(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: str, read: int
) -> None:
    first, second = root / "first", root / "second"
    render_site(root, first, pdf=False).keep(first)
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
    render_site(root, second, pdf=False, published=published_from_folder(first)).keep(second)
    assert len(found) == read
    anew = _from_nothing(root)["data/laws.sqlite"]
    assert (second / "data/laws.sqlite").read_bytes() == anew


def _same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("lost", ["the law as it was", "a part", "the numbering"])
def test_an_index_that_cannot_be_mended_is_made_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    first, second = root / "first", root / "second"
    render_site(root, first, pdf=False).keep(first)
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
    render_site(root, second, pdf=False, published=published_from_folder(first)).keep(second)
    assert anew
    if lost != "a part":
        assert files_of(second) == _from_nothing(root)


@pytest.mark.usefixtures("in_parts")
def test_the_parts_of_a_large_index_stand_on_the_site(root: Path) -> None:
    render_site(root, root / "site", pdf=False)
    site = site_from_options(Options(root=root))
    laws = [searched(law, [site.interfaces["en"]]) for law in site.laws]
    wanted = search_files(laws, site.glossary, site.readings, ["en"], small=0)
    found = {p: d.decode() for p, d in files_of(root / "site").items() if "assets/search/" in p}
    assert len(found) > 10
    assert found == dict(wanted)
