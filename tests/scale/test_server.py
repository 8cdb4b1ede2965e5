"""The server of `duizhao serve`: how it ends, and how it says what is wrong."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from duizhao.building.mkdocs.mkdocs_server import showing
from duizhao.building.mkdocs.serving import NotBuiltError
from duizhao.commands.bench.process import duizhao, environment
from duizhao.commands.starter import write_starter
from duizhao.ground.problem_words import LANGUAGE
from duizhao.ground.problems import DuizhaoError, Position, error


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_a_server_that_is_ended_leaves_nothing(tmp_path: Path) -> None:
    write_starter(tmp_path / "new")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    address = f"127.0.0.1:{_free_port()}"
    process = subprocess.Popen(
        duizhao("--root", str(tmp_path / "new"), "serve", "--address", address),
        env={**environment(), "TMPDIR": str(scratch)},
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(f"http://{address}/zh/"):
            assert process.poll() is None
            time.sleep(0.1)
        assert [path.name for path in tmp_path.glob("new/.site.serve-1/mkdocs_*")]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
    assert list(scratch.iterdir()) == []
    assert list(tmp_path.glob("new/.site.*")) == []


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address):  # noqa: S310 - our own server
            return True
    except urllib.error.URLError:
        return False


def test_what_is_wrong_is_said_in_the_language_of_the_command(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails() -> None:
        raise DuizhaoError([error("catalog-syntax", Position(file="x.po"), "Half.", "mend it")])

    def not_built() -> None:
        raise NotBuiltError("The whole site could not be built: see above.")

    spoke = LANGUAGE.set("zh")
    try:
        for editor in (fails, not_built):
            showing(editor)()
    finally:
        LANGUAGE.reset(spoke)
    first, second = (record.getMessage() for record in caplog.records)
    assert "x.po  catalog-syntax  Half.\n  处理：改正\n" in first
    assert second.startswith("\n整个网站未能建成")
    assert all("仍照原样显示" in said for said in (first, second))
