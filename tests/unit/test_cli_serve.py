"""Where the site is served: what is no address, and one that is taken, is told at once."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.cli.serve import address


@pytest.mark.parametrize("given", ["127.0.0.1:8000", "localhost:1", "[::1]:65535"])
def test_an_address(given: str) -> None:
    assert address(given) == given


@pytest.mark.parametrize(
    "given", ["127.0.0.1", "8000", "nosuch:80", "127.0.0.1:", "localhost:0", "localhost:65536"]
)
def test_what_is_no_address_is_wrong_use(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--address", given])
    assert ended.value.code == 2
    assert repr(given) in capsys.readouterr().err


def test_a_taken_address_is_told_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mkdocs.yml").write_text("no site can be built of this", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        asked = ["--root", str(tmp_path), "serve", "--address", where]
        assert main(asked) == 1
        assert where in capsys.readouterr().err
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        assert main(asked) == 1
    assert capsys.readouterr().err.startswith(f"无法在 {where} 提供网站：")
