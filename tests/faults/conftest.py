"""A site that was built once, and what builds it again fast."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.builds import command, program
from tests.faults.forks import Forks

from duizhao.commands.starter import write_starter


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    first = tmp_path_factory.mktemp("forks") / "first"
    write_starter(first)
    forks = Forks(program(), first)
    yield forks
    forks.close()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Iterator[Path]:
    """A site that was built once."""
    root = tmp_path_factory.mktemp("faults") / "mysite"
    write_starter(root)
    assert subprocess.run(command(root), capture_output=True, check=False).returncode == 0
    yield root
    left = sorted(p.name for p in root.iterdir())
    assert [name for name in left if name.lstrip(".").startswith("site")] == ["site", "site.spare"]
