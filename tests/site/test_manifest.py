"""The manifest of a built site, and `duizhao verify` on copies of it that were changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.site.conftest import LAW, ROOT, Site

from duizhao.building.whole.manifest import NAME
from duizhao.cli.main import main
from duizhao.commands.verify import check_inputs, manifest_in
from duizhao.ground.problems import DuizhaoError

pytestmark = [pytest.mark.site]


@pytest.fixture
def copy(site: Site, tmp_path: Path) -> Path:
    """A published copy that a test may break."""
    folder = tmp_path / "copy"
    shutil.copytree(site.folder, folder)
    return folder


def _manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / NAME).read_bytes()))


def test_every_file_is_there_with_its_digest(site: Site) -> None:
    told = _manifest(site.folder)["outputs"]
    found = {
        p.relative_to(site.folder).as_posix(): p for p in site.folder.rglob("*") if p.is_file()
    }
    del found[NAME]
    assert set(told) == set(found)
    for path, row in told.items():
        data = found[path].read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest(), path
        assert row["bytes"] == len(data)


def test_every_page_of_a_law_says_what_it_was_made_of(site: Site) -> None:
    manifest = _manifest(site.folder)
    pages = [path for path in manifest["outputs"] if f"/{LAW}/" in f"/{path}"]
    assert len(pages) > 10
    for path in pages:
        made = manifest["outputs"][path]["from"]
        assert f"seeds/{LAW}/edition.toml" in made
        assert "seeds/witnesses/newspaper-page.txt" in made
        assert f"translations/en/LC_MESSAGES/{LAW}.po" in made
        assert set(made) <= set(manifest["inputs"])
    assert manifest["outputs"]["en/about/index.html"]["from"] == ["docs/en/about.md"]
    kinds = {row["kind"] for row in manifest["inputs"].values()}
    assert kinds >= {"witness", "edition", "catalog", "interface", "glossary", "options", "page"}
    assert manifest["inputs"]["seeds/witnesses/newspaper-page.txt"]["sha256"] == (
        hashlib.sha256((ROOT / "seeds/witnesses/newspaper-page.txt").read_bytes()).hexdigest()
    )


def test_a_whole_copy_and_its_sources(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(copy), "--sources", str(ROOT)]) == 0
    assert "as the manifest says" in capsys.readouterr().out


def test_what_was_changed_is_named(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = copy / "en" / LAW / "chapter-1" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"shall", b"may"))
    (copy / "index.html").unlink()
    (copy / "zh" / "new.html").write_text("x", encoding="utf-8")
    assert main(["verify", str(copy), "--format", "json"]) == 1
    found = [(row["code"], row["file"]) for row in json.loads(capsys.readouterr().out)]
    assert found == [
        ("output-changed", f"en/{LAW}/chapter-1/index.html"),
        ("output-missing", "index.html"),
        ("output-extra", "zh/new.html"),
    ]
    assert main(["verify", str(copy)]) == 1
    assert "3 problems" in capsys.readouterr().out


def test_other_sources_are_named(copy: Path, tmp_path: Path) -> None:
    root = tmp_path / "sources"
    for folder in ("docs", "seeds", "translations"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    manifest = manifest_in(copy)
    assert list(check_inputs(root, manifest)) == []
    edition = root / "seeds" / LAW / "edition.toml"
    edition.write_text(edition.read_text("utf-8") + "\n# more\n", encoding="utf-8")
    (root / "seeds" / "glossary.toml").unlink()
    (root / "seeds" / "witnesses" / "other.txt").write_text("第一条", encoding="utf-8")
    assert [(p.code, p.position.file) for p in check_inputs(root, manifest)] == [
        ("input-missing", "seeds/glossary.toml"),
        ("input-extra", "seeds/witnesses/other.txt"),
        ("input-changed", f"seeds/{LAW}/edition.toml"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        None,
        "{",
        "[]",
        "[" * 100_000,
        '{"manifest": 2}',
        '{"manifest": 1, "inputs": {}, "outputs": {"../../x": {"sha256": "' + "0" * 64 + '"}}}',
        '{"manifest": 1, "inputs": {}, "outputs": {"x": {"sha256": "0"}}}',
        '{"manifest": 1, "inputs": {}, "outputs": {}, "options": {"docs": "../.."}}',
    ],
)
def test_a_manifest_that_cannot_be_used(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / NAME).write_text(content, encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        manifest_in(tmp_path)
    assert [p.code for p in caught.value.problems] == ["manifest-unreadable"]


@pytest.mark.parametrize(
    ("docs", "fine"),
    [("docs", True), ("", True), ("/etc", False), ("a/../..", False), ("\\x", False)],
)
def test_a_manifest_names_no_folder_outside(tmp_path: Path, docs: str, fine: bool) -> None:
    """`verify --sources` with the manifest of a stranger read whatever folder that named."""
    options = {"docs": docs, "theme": "", "seeds": "seeds", "translations": "translations"}
    content = {"manifest": 1, "inputs": {}, "outputs": {}, "options": options}
    (tmp_path / NAME).write_text(json.dumps(content), encoding="utf-8")
    if fine:
        assert manifest_in(tmp_path)["options"] == options
    else:
        with pytest.raises(DuizhaoError, match="manifest-unreadable"):
            manifest_in(tmp_path)
