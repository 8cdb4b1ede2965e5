"""What lies below a folder, through links to other folders and without."""

from __future__ import annotations

from pathlib import Path

from duizhao.ground.folders import files_below


def test_links_to_folders_are_followed_where_that_is_wanted(tmp_path: Path) -> None:
    shared, docs = tmp_path / "shared", tmp_path / "docs"
    for path in (shared / "deep/b.md", docs / "a.md"):
        path.parent.mkdir(parents=True)
        path.write_text("text", "utf-8")
    (docs / "linked").symlink_to(shared)
    assert files_below(docs) == ["a.md"]
    assert files_below(docs, through_links=True) == ["a.md", "linked/deep/b.md"]


def test_links_that_lead_back_are_not(tmp_path: Path) -> None:
    one, other = tmp_path / "docs/one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir(parents=True)
        (folder / "page.md").write_text("text", "utf-8")
    (one / "here").symlink_to(one)
    (one / "above").symlink_to(tmp_path)
    (one / "other").symlink_to(other)
    (other / "one").symlink_to(one)
    found = files_below(tmp_path / "docs", through_links=True)
    assert found == ["one/other/page.md", "one/page.md"]


def test_where_there_is_no_folder_is_no_file(tmp_path: Path) -> None:
    assert files_below(tmp_path / "nowhere", through_links=True) == []
