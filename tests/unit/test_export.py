"""`export` and `verify FILE`: one file of one law, and whether it is as it was published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.site.pipeline import Site
from duizhao.writers.downloads import FORMATS, Shared, law_downloads
from duizhao.writers.site_downloads import whole_files

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> int:
    return main(["--root", str(ROOT), *arguments])


@pytest.mark.parametrize(("name", "language"), [("akn", "en"), ("json", ""), ("epub", "en")])
def test_the_file_is_that_of_the_site(
    real: Site,
    tmp_path: Path,
    name: str,
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DUIZHAO_SITE_URL", raising=False)  # the address is that of mkdocs.yml
    law = real.laws[0]
    path = tmp_path / f"law.{FORMATS[name].ending}"
    asked = ["--language", language] if language else []
    assert run("export", law.id, "--format", name, *asked, "-o", str(path)) == 0
    shared = Shared(glossary=real.glossary, base="https://example.org/")
    made = law_downloads(law, shared, only=name)
    assert path.read_bytes() in [each.data for each in made if each.language.endswith(language)]
    assert run("verify", str(path)) == 0
    assert "as it was published" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ("export", "LAW", "--format", "json", "-o", "FILE"),
        ("translate", "export", "LAW", "--to", "tmx", "--out", "FILE"),
        ("changes", str(ROOT), "--out", "FILE"),
    ],
)
def test_a_line_stands_for_standard_output(
    real: Site,
    tmp_path: Path,
    command: tuple[str, ...],
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    written = {}
    for file in ("law", "-"):
        names = {"LAW": real.laws[0].id, "FILE": file}
        assert run(*(names.get(word, word) for word in command)) == 0
        written[file] = capsysbinary.readouterr()
    assert written["-"].out == (tmp_path / "law").read_bytes()
    assert written["-"].err == b""
    assert [path.name for path in tmp_path.iterdir()] == ["law"]


def test_a_file_changed_by_hand_is_refused(
    real: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "law.xml"
    assert run("export", real.laws[0].id, "--format", "akn", "-o", str(path)) == 0
    path.write_text(path.read_text("utf-8").replace("第三条", "第四条", 1), "utf-8")
    assert run("verify", str(path)) == 1
    assert "akn-changed" in capsys.readouterr().err


def test_what_cannot_be_done_is_said(
    real: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law = real.laws[0].id
    assert run("export", law, "--format", "akn", "--language", "fr") == 2
    assert "export-language" in capsys.readouterr().err
    path = tmp_path / "law.txt"
    path.write_text("x", "utf-8")
    assert run("verify", str(path)) == 1
    assert "file-without-digests" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_of_formats_is_complete(real: Site, language: str) -> None:
    """Every format stands in it once, with its ending; the tests it names are there."""
    text = (ROOT / f"docs/tool/{language}/reference/formats.md").read_text("utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][2:]
    named = {row[0].strip("| `"): row[1] for row in rows if "`" in row[0]}
    assert set(named) == set(FORMATS)
    for name, each in FORMATS.items():
        assert named[name].endswith(f".{each.ending}`")
    whole = {each.path for each in whole_files()}
    assert sorted(path for path in whole if path not in text) == []
    for row in rows:
        for test in re.findall(r"tests/[\w/]+\.py", row[-1]):
            assert "def test_" in (ROOT / test).read_text("utf-8")
        assert "tests/" in row[-1]
