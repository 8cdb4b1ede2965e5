"""`duizhao pdf`: one print, set and read back."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from duizhao.cli.main import main
from duizhao.ground.problems import counted

pytestmark = pytest.mark.pdf


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "pdf", *arguments])


@pytest.mark.parametrize("form", ["parallel", "zh", "en", "pinyin"])
def test_a_chapter_in_every_form(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    out = tmp_path / "chapter.pdf"
    arguments = ("example-parks", "chapter-1", "--form", form, "--paper", "letter")
    assert run(tiny_copy, *arguments, "--out", str(out)) == 0
    with pikepdf.open(io.BytesIO(out.read_bytes())) as pdf:
        assert counted(len(pdf.pages), "page", "pages") in capsys.readouterr().err
        assert [round(float(n)) for n in pdf.pages[0].MediaBox] == [0, 0, 612, 792]


def test_a_whole_law_is_named_as_on_the_site(
    tiny_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(tiny_copy, "公园") == 0
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["example-parks.zh-en.pdf"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("zoo",), "law-unknown"),
        (("example-parks", "chapter-9"), "chapter-unknown"),
        (("example-parks", "--language", "fr"), "translation-unknown"),
    ],
)
def test_what_is_not_there_is_named(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    assert run(tiny_copy, *arguments) == 2
    assert f"  {code}  " in capsys.readouterr().err


def test_options_of_mkdocs_yml_are_kept_and_checked(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tiny_copy / "mkdocs.yml"
    text = path.read_text("utf-8")
    entry = "  - duizhao:\n" if "  - duizhao:\n" in text else "  - duizhao\n"
    assert entry in text
    for options, code in (("{paper: letter}", 0), ("{paper: a5}", 1)):
        begun = f"  - duizhao:\n      printing: {options}\n"
        path.write_text(text.replace(entry, begun), "utf-8")
        assert run(tiny_copy, "example-parks", "--out", str(tmp_path / "law.pdf")) == code
    assert "print-option" in capsys.readouterr().err
    with pikepdf.open(tmp_path / "law.pdf") as pdf:
        assert round(float(pdf.pages[0].MediaBox[2])) == 612
