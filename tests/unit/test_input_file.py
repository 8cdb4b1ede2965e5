"""What a person wrote is looked at before it is read: a pipe is waited for, a device never ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.ground import input_file

FILES = (
    *("seeds/example-parks/edition.toml", "seeds/glossary.toml", "seeds/witnesses/sheet.txt"),
    *("seeds/pinyin.toml", "seeds/redirects.toml", "seeds/example-parks/history.toml"),
    *("translations/en/LC_MESSAGES/example-parks.po", "translations/en/LC_MESSAGES/ui.po"),
)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
@pytest.mark.parametrize("made", [_pipe, _device, Path.mkdir, _loop, _nowhere])
@pytest.mark.parametrize("file", FILES)
def test_what_is_no_file_is_named(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], file: str, made: Callable[[Path], None]
) -> None:
    """It was read without end, waited for, or taken for a file that is not there."""
    (tiny_copy / file).unlink(missing_ok=True)
    made(tiny_copy / file)
    assert main(["--root", str(tiny_copy), "check"]) == 1
    told = capsys.readouterr()
    assert Path(file).name in told.err
    assert "Do: " in told.err


def test_a_file_above_all_measure_is_not_read(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_file, "LARGEST", 100)
    assert main(["--root", str(tiny_copy), "check"]) == 1
    assert "It has more than" in capsys.readouterr().err
