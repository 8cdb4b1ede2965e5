"""Hostile sources given to commands that show their text: nothing of it drives the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from duizhao.cli.main import main

_DRIVES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: Clears the screen, names the window, turns the direction; as a web page may write it.
_PAYLOAD = "&#27;[2J&#27;]0;pwned&#7;&#x202e;"
_LINES = (
    f"示例市{_PAYLOAD}湖泊管理条例",
    f"第一章　总{_PAYLOAD}则",
    f"第一条　为了保护{_PAYLOAD}湖泊，制定本条例。",
    *(f"第{n}条　湖泊管理机构应当依照本条例加强湖泊的管理和维护。" for n in "二三四五六"),
)


def _harmless(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said, in which the payload is, as escapes."""
    shown = capsys.readouterr()
    told = shown.out + shown.err
    assert "pwned" in told
    assert not _DRIVES.search(told), repr(told)
    return shown.out


def test_no_command_lets_a_source_drive_the_terminal(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tiny_copy.parent / "page.html"
    page.write_text("".join(f"<p>{line}</p>" for line in _LINES), "utf-8")
    for command in (
        f"add {page} --id lakes",
        "cite lakes 第一条",
        "translate status lakes",
        f"examine {page}",
        f"quote {page}",
    ):
        main(["--root", str(tiny_copy), *command.split()])
        _harmless(capsys)
    main(["parse", str(page)])
    title = json.loads(_harmless(capsys))["laws"][0]["title"]
    assert title == "示例市\x1b[2J\x1b]0;pwned\x07\u202e湖泊管理条例", "JSON says the same"
