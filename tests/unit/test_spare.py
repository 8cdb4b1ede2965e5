"""The spare: folders of the site before that hold the very files of the published one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from duizhao.building.whole.publish import publish
from duizhao.building.whole.spare import make_spare, moved, spare_of

PAGES = ["zh/a/index.html", "zh/a/chapter-1/index.html", "zh/b/index.html", "data/laws.jsonl"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site with its spare."""
    site = tmp_path / "site"
    for path in (*PAGES, "manifest.json"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(path if path in PAGES else '{"manifest": 1}', encoding="utf-8")
    make_spare(site, site.with_name("site.spare"))
    return site


def numbers(site: Path, *paths: str) -> dict[str, int]:
    return {path: (site / path).stat().st_ino for path in paths}


def below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def taken(site: Path, *paths: str) -> tuple[set[str], Path]:
    """What is taken of some files into a new site."""
    spare = spare_of(site)
    assert spare
    new = site.with_name("new")
    return moved(spare, new, numbers(site, *paths)), new


def test_a_folder_is_moved_whole(site: Path) -> None:
    was = site.with_name("site.spare") / "zh/a"
    number = was.stat().st_ino
    found, new = taken(site, *PAGES[:2])
    assert found == set(PAGES[:2]) == below(new)
    assert (new / "zh/a").stat().st_ino == number
    assert not was.exists()
    assert all((new / path).samefile(site / path) for path in found)


def test_files_that_stand_beside_those_of_others_are_left_there(site: Path) -> None:
    found, new = taken(site, PAGES[3])
    assert found == below(new) == set()
    assert (site.with_name("site.spare") / PAGES[3]).exists()


def test_what_is_not_wanted_or_not_the_same_file_is_taken_out(site: Path) -> None:
    spare = site.with_name("site.spare")
    other = spare / PAGES[1]
    other.unlink()
    other.write_text((site / PAGES[1]).read_text("utf-8"), encoding="utf-8")  # equal, another
    (spare / "zh/a/stray/deep").mkdir(parents=True)
    (spare / "zh/a/stray/deep/index.html").write_text("stray", encoding="utf-8")
    (spare / "zh/a/stray/link").symlink_to(site)
    found, new = taken(site, *PAGES[:2])
    assert found == below(new) == {PAGES[0]}
    assert not (new / "zh/a/stray").exists()
    assert not (new / "zh/a/chapter-1").exists()
    assert below(site) == {*PAGES, "manifest.json"}


@pytest.mark.parametrize("linked", ["zh/a", "zh"])
def test_a_link_in_a_spare_is_not_followed(site: Path, tmp_path: Path, linked: str) -> None:
    """Somebody put it there; what it leads to is not the build's to take apart."""
    elsewhere = tmp_path / "elsewhere"
    (site.with_name("site.spare") / linked).rename(elsewhere)
    (site.with_name("site.spare") / linked).symlink_to(elsewhere)
    (elsewhere / "mine.txt").write_text("mine", encoding="utf-8")
    before = below(elsewhere)
    found, new = taken(site, *PAGES[:2])
    assert found == below(new) == set()
    assert below(elsewhere) == before


def test_a_file_where_a_folder_is_wanted_is_not_taken(site: Path) -> None:
    folder = site.with_name("site.spare") / "zh/a"
    shutil.rmtree(folder)
    folder.write_text("a file", encoding="utf-8")
    found, new = taken(site, *PAGES[:2])
    assert found == below(new) == set()
    assert not (new / "zh/a").exists()


def test_where_the_new_site_has_the_folder_nothing_is_moved_into_it(site: Path) -> None:
    (site.with_name("new") / "zh/a").mkdir(parents=True)
    (site.with_name("new") / "zh/a/own.html").write_text("own", encoding="utf-8")
    found, new = taken(site, *PAGES[:2])
    assert found == set()
    assert below(new) == {"zh/a/own.html"}


def test_a_folder_that_cannot_be_read_through_is_not_taken(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site.with_name("site.spare") / "zh/a/stray.html").write_text("stray", encoding="utf-8")

    real = os.unlink

    def refuse(path: str, **at: int) -> None:
        if not at:
            raise PermissionError(path)
        real(path, **at)  # as a folder is removed

    monkeypatch.setattr(os, "unlink", refuse)
    found, new = taken(site, *PAGES[:2])
    assert found == set()
    assert not (new / "zh/a").exists()


@pytest.mark.parametrize("made", ["a folder", "a copy of the site", "a link to a spare", "a file"])
def test_what_a_person_made_is_no_spare(site: Path, made: str) -> None:
    spare = site.with_name("site.spare")
    spare.rename(site.with_name("elsewhere"))
    if made == "a folder":
        spare.mkdir()
    elif made == "a copy of the site":
        shutil.copytree(site, spare)
    elif made == "a link to a spare":
        spare.symlink_to(site.with_name("elsewhere"))
    else:
        spare.write_text("mine", encoding="utf-8")
    assert spare_of(site) is None


def test_version_control_overlooks_it(site: Path) -> None:
    assert (site.with_name("site.spare") / ".gitignore").read_text("utf-8") == "*\n"


def test_what_a_build_that_was_killed_left_of_a_spare_is_removed(site: Path) -> None:
    left = site.with_name(".site.spare-1")
    left.mkdir()
    publish(site, lambda _: None)
    assert not left.exists()


def test_a_disk_without_links_has_none(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    make_spare(site, site.with_name("site.spare"))
    assert not site.with_name("site.spare").exists()
