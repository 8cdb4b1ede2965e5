"""The command as a process of its own: what an output's encoding cannot say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from duizhao.editing.parse_json import parse_json
from duizhao.sources.witness import witness_from_file

ROOT = Path(__file__).parents[2]
LAW = "某市𠮷祥条例\n第一条　为了保护ཀ和ñ，制定本条例。\n第二条　甲。\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-8"])
def test_json_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "law.txt"
    path.write_text(LAW, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(ROOT / "build_scripts"), "parse", str(path)],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout.decode(encoding)) == json.loads(
        json.dumps(parse_json(witness_from_file(path)))
    )
