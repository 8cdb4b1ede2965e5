"""Commands that are about one law: no other is read, however many there are, and no fault of one stops them."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.cli.main import main

TREES = "某市树木条例\n第一条　甲。\n第二条　本条例自2030年1月1日起施行。\n"


@pytest.fixture
def beside(tiny_copy: Path) -> Path:
    """The invented regulation's site, with another law that cannot be read."""
    (tiny_copy / "seeds/lakes").mkdir()
    (tiny_copy / "seeds/lakes/edition.toml").write_text("nonsense", "utf-8")
    return tiny_copy


@pytest.mark.parametrize(
    "command",
    [
        ("add", "trees.txt", "--id", "trees"),
        ("translate", "update", "example-parks"),
        ("translate", "export", "example-parks", "--to", "tmx", "--out", "out"),
        ("translate", "import", "example-parks", "trees.txt", "--dry-run"),
        ("export", "example-parks", "--format", "json", "-o", "out"),
        pytest.param(("pdf", "example-parks", "--out", "out"), marks=pytest.mark.pdf),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_another_law_is_not_read(
    beside: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(beside)
    Path("trees.txt").write_text(TREES, "utf-8")
    assert main(list(command)) == (command[1] == "import")  # the Chinese is no translation


def test_a_part_of_a_title_may_mean_the_other_and_that_is_told(
    beside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(beside)
    assert main(["export", "公园", "--format", "json", "-o", "out"]) == 0
    assert "edition-syntax" in capsys.readouterr().err
    assert main(["translate", "update", "公园"]) == 1


def test_many_files_are_added_at_once_and_one_that_is_refused_stops_no_other(
    beside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(beside)
    for name, words in (("a", "树木"), ("b", "湿地"), ("c", "草地")):
        Path(f"{name}.txt").write_text(TREES.replace("树木", words), "utf-8")
    Path("b.txt").write_text("无条文。\n", "utf-8")
    assert main(["add", "a.txt", "b.txt", "missing.txt", "c.txt"]) == 1
    told = capsys.readouterr()
    assert [line.partition(":")[0] for line in told.out.splitlines()] == [
        "某市树木条例",
        "某市草地条例",
    ]
    assert "b.txt  no-article" in told.err
    assert "missing.txt  witness-missing" in told.err
    added = sorted(path.name for path in Path("translations/en/LC_MESSAGES").glob("mou-*"))
    assert added == ["mou-shi-cao-di-tiao-li.po", "mou-shi-shu-mu-tiao-li.po"]
    assert main(["add", "a.txt", "c.txt", "--id", "x"]) == 2


@pytest.mark.pdf
def test_the_laws_of_its_source_account_for_the_lines_of_a_law_that_is_printed(
    tiny_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tiny_copy)
    Path("two.txt").write_text(TREES + TREES.replace("树木", "花草"), "utf-8")
    assert main(["add", "two.txt", "--id", "plants"]) == 0
    assert main(["pdf", "plants-2", "--form", "zh", "--out", "out"]) == 0
    Path("seeds/plants-1/edition.toml").unlink()
    capsys.readouterr()
    assert main(["pdf", "plants-2", "--form", "zh", "--out", "out"]) == 1
    assert "two.txt:1" in capsys.readouterr().err
