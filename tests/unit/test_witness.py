from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.ground.input_file import LARGEST
from duizhao.ground.problems import DuizhaoError
from duizhao.sources.witness import witness_from_file, witness_from_text


@given(st.text(alphabet="第一条\n\r 　\u2028\x0b\x85甲", max_size=60))
def test_lines_joined_are_the_text(text: str) -> None:
    witness = witness_from_text(text, name="x")
    assert "".join(line.raw for line in witness.lines) == text
    assert [line.number for line in witness.lines] == list(range(1, len(witness.lines) + 1))
    assert all("\n" not in line.text and "\r" not in line.text for line in witness.lines)


def test_position() -> None:
    witness = witness_from_text("甲\r\n乙丙\r丁", name="x")
    assert [line.text for line in witness.lines] == ["甲", "乙丙", "丁"]
    place = witness.position(2, 2)
    assert (str(place), place.text) == ("x:2:2", "乙丙")
    assert witness.position(9).text == ""
    with pytest.raises(IndexError):
        witness.line(4)


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff第一条\r\n".encode())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    witness = witness_from_file(path, sha256=digest)
    assert (witness.name, witness.sha256, witness.text) == ("a.txt", digest, "第一条\r\n")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: None, "witness-missing"),
        (lambda p: p.mkdir(), "witness-missing"),
        (lambda p: p.write_text("甲"), "witness-changed"),
    ],
)
def test_refused(tmp_path: Path, make: object, code: str) -> None:
    path = tmp_path / "a.txt"
    make(path)  # type: ignore[operator]
    with pytest.raises(DuizhaoError) as caught:
        witness_from_file(path, sha256="0" * 64)
    assert [p.code for p in caught.value.problems] == [code]


@pytest.mark.parametrize(("was", "is_now"), [(b"\n", b"\r\n"), (b"\r\n", b"\n")])
def test_line_ends_changed_by_git_are_told(tmp_path: Path, was: bytes, is_now: bytes) -> None:
    path = tmp_path / "a.txt"
    received = was.join(("第一条".encode(), "甲。".encode(), b""))
    path.write_bytes(received.replace(was, is_now))
    with pytest.raises(DuizhaoError, match=r"\.gitattributes"):
        witness_from_file(path, sha256=hashlib.sha256(received).hexdigest())


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(LARGEST + 1)  # sparse: takes no room on the disk
    with pytest.raises(DuizhaoError) as caught:
        witness_from_file(path)
    assert [p.code for p in caught.value.problems] == ["witness-too-large"]
