"""Whether `build` starts processes before it knows what there is to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.cli import build as cli_build
from duizhao.cli.build import _much_to_do, _settings
from duizhao.commands.starter_texts import SETTINGS


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of the folders that its settings name, with a text that is worth processes."""
    monkeypatch.setattr(cli_build, "WORTH_PROCESSES", 100)
    settings = SETTINGS.format(name="x") + "      seeds: texts # ours\n\n      cache: 'kept here'\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    (tmp_path / "texts/witnesses").mkdir(parents=True)
    (tmp_path / "texts/witnesses/a.txt").write_text("第一条" * 100, "utf-8")
    return tmp_path


def test_texts_are_looked_for_where_the_settings_say(root: Path) -> None:
    assert _much_to_do(root)
    (root / "texts/witnesses/a.txt").unlink()
    assert not _much_to_do(root)


def test_what_was_made_is_looked_for_where_the_settings_say(root: Path) -> None:
    (root / ".cache/duizhao/laws").mkdir(parents=True)
    assert _much_to_do(root)
    (root / "kept here/laws").mkdir(parents=True)
    assert not _much_to_do(root)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("  - duizhao:\n      seeds: a/b\n  - other:\n      cache: true\n", {"seeds": "a/b"}),
        ('- duizhao:\n    seeds: "a b"   # x\n# c\n\n    cache: c', {"seeds": "a b", "cache": "c"}),
        ("  - duizhao\nextra:\n  cache: true\n", {}),
        ("  - other:\n      cache: true\n", {}),
        ("  - duizhao: {seeds: a, cache: b}\n", {"seeds": "a", "cache": "b"}),
        ("  - duizhao: [\n", {}),
        ("  other:\n  duizhao:\n    seeds: a\n    pdf: false\n", {"seeds": "a", "pdf": "false"}),
        ("  duizhao:\n", {}),
        ("", {}),
    ],
)
def test_what_settings_say(tmp_path: Path, said: str, read: dict[str, str]) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"plugins:\n{said}", "utf-8")
    assert _settings(tmp_path / "mkdocs.yml") == read


def test_without_settings_nothing_is_said(tmp_path: Path) -> None:
    assert _settings(tmp_path / "mkdocs.yml") == {}
