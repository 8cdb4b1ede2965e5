"""history.toml: what it says, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.editing.history import history_from_file
from duizhao.ground.problems import DuizhaoError

GOOD = """
[[change]]
id = "first"
date = 2024-01-02
kind = "text"
zh = "首次发布。"

[[change]]
id = "second"
date = 2024-03-04
kind = "translation"
zh = "修订译文。"
en = "Translation revised."
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "history.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_latest_first(tmp_path: Path) -> None:
    path = _write(tmp_path, GOOD)
    second, first = history_from_file(path, name="history.toml")
    assert (first.id, first.date, first.kind) == ("first", "2024-01-02", "text")
    assert first.said("en") == ("首次发布。", "zh")
    assert second.said("en") == ("Translation revised.", "en")
    assert second.anchor == "history_second"


def test_no_file_is_no_history(tmp_path: Path) -> None:
    assert history_from_file(tmp_path / "history.toml", name="x") == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('kind = "text"', 'kind = "word"', 5),
        ("date = 2024-01-02", 'date = "2024-01-02"', 4),
        ('id = "first"', 'id = "second"', 9),
        ('id = "first"', 'id = "First One"', 3),
        ('zh = "首次发布。"', 'zh = ""', 6),
        ('zh = "首次发布。"', "zh = 3", 6),
        ('zh = "首次发布。"\n', "", 2),
        ('en = "Translation', 'What = "Translation', 13),
        ("[[change]]", "[[changes]]", 2),
        (GOOD, '\nchange = ["first"]\n', 2),
        (GOOD, '[change]\nid = "first"\n', 1),
    ],
)
def test_every_fault_has_its_place(tmp_path: Path, old: str, new: str, line: int) -> None:
    path = _write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DuizhaoError) as caught:
        history_from_file(path, name="history.toml")
    assert [p.code for p in caught.value.problems] == ["history-entry"]
    assert caught.value.problems[0].position.line == line


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DuizhaoError) as caught:
        history_from_file(_write(tmp_path, "[[change"), name="history.toml")
    assert caught.value.problems[0].code == "history-syntax"
    (tmp_path / "history.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DuizhaoError) as caught:
        history_from_file(tmp_path / "history.toml", name="history.toml")
    assert caught.value.problems[0].code == "history-unreadable"
