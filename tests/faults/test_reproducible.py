"""Two clean builds, in other folders, zones, locales, years and hash seeds, give the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.scale.sites import files_of

from duizhao.commands.starter import write_starter

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def test_two_clean_builds_are_byte_identical(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "mysite", tmp_path / "another folder" / "deeper" / "mysite"
    write_starter(first)
    shutil.copytree(first, second)
    for path in second.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    settings = (
        {
            "TZ": "Asia/Shanghai",
            "LANG": "C",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "1",
            "SOURCE_DATE_EPOCH": "1",
        },
        {
            "TZ": "America/New_York",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "77",
            "SOURCE_DATE_EPOCH": "1900000000",
        },
    )
    running = [
        subprocess.Popen(
            [sys.executable, str(ROOT / "build_scripts"), "--root", str(root), "build"],
            env={**os.environ, **setting},
            cwd=root,
            stderr=subprocess.PIPE,
            text=True,
        )
        for root, setting in zip((first, second), settings, strict=True)
    ]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    one, two = files_of(first / "site"), files_of(second / "site")
    assert set(one) == set(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert any(name.endswith(".pdf") for name in one)
