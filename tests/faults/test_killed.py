"""Builds that are killed, or run twice at once: the old site or the new one, never half of each."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.builds import build, code, command, digest
from tests.faults.forks import Forks

KILLS = 50
SEED = "DUIZHAO_KILL_SEED"  # decides the moments of the kills; another each time unless given
CATALOG = "translations/en/LC_MESSAGES/example-lakes.po"

pytestmark = pytest.mark.slow


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(
    good: Path, forks: Forks, tmp_path: Path
) -> None:
    """Two sites, each changed before every build; now and then a build has no cache."""
    roots = (good, Path(shutil.copytree(good, tmp_path / "second")))
    states = _states_of(good, forks)
    start = time.monotonic()
    for process in [forks.start(code(root)) for root in roots]:
        assert forks.wait(process) == 0
    seconds = time.monotonic() - start
    seed = int(os.environ.get(SEED, "") or random.randrange(10**6))  # noqa: S311 - no secret
    moments = random.Random(seed)  # noqa: S311 - no secret
    again = f"to repeat it: {SEED}={seed}; a build takes {seconds:.2f} s here"
    sys.stderr.write(again + "\n")  # pytest shows it where the test fails, whatever fails
    ended = []
    published = dict.fromkeys(roots, states[0][1])
    for number in range(KILLS // 2):
        catalog, new = states[(number + 1) % 2]
        for root in roots:
            (root / CATALOG).write_text(catalog, encoding="utf-8")
            if number % 5 == 4:
                shutil.rmtree(root / ".cache")
        started = time.monotonic()
        shares = [moments.uniform(0, 1.3) for _ in roots]
        running = [
            (started + share * seconds, forks.start(code(root)), root)
            for share, root in zip(shares, roots, strict=True)
        ]
        for moment, process, root in sorted(running):
            time.sleep(max(0.0, moment - time.monotonic()))
            ended.append(forks.kill(process))
            whole = digest(_whole(root))
            told = f"round {number}: killed after {moment - started:.3f} s; {again}"
            assert whole in (published[root], new), told
            assert ended[-1] or whole == new, told
            published[root] = whole
    assert set(ended) <= {0, -signal.SIGKILL}
    assert ended.count(-signal.SIGKILL) > KILLS // 4
    for root in roots:
        for catalog, whole in reversed(states):
            (root / CATALOG).write_text(catalog, encoding="utf-8")
            status, said = build(forks, root)
            assert status == 0, said
            assert digest(root / "site") == whole


def _states_of(root: Path, forks: Forks) -> list[tuple[str, str]]:
    """Two states of a catalog, each with the digest of the site; the site is that of the first."""
    path = root / CATALOG
    first = path.read_text("utf-8")
    other = first.replace("to protect lakes.", "to protect the lakes.")
    assert other != first
    states = []
    for catalog in (other, first):
        path.write_text(catalog, encoding="utf-8")
        shutil.rmtree(root / ".cache")
        assert build(forks, root)[0] == 0
        states.append((catalog, digest(root / "site")))
    assert states[0][1] != states[1][1]
    return states[::-1]


def _whole(root: Path) -> Path:
    """Where the published site is; only on Linux folders change places at once."""
    there = sys.platform == "linux" or (root / "site").exists()
    return root / "site" if there else next(root.glob(".site.old-*"))


def test_killed_while_the_two_folders_change_places(
    good: Path, forks: Forks, tmp_path: Path
) -> None:
    before = digest(good / "site")
    for step in range(1, 10):
        # The process kills itself before its n-th rename or removal, the moments that matter.
        killed = (
            "import os, pathlib, shutil, signal, sys\n"
            "from duizhao.building.whole import publish\n"
            "from duizhao.cli.main import main\n"
            f"left = [{step}]\n"
            "def counted(old):\n"
            "    def new(*a, **k):\n"
            "        left[0] -= 1\n"
            "        if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
            "        return old(*a, **k)\n"
            "    return new\n"
            "def exchange(*given, old=publish._exchange):\n"
            "    pathlib.Path.rename = counted(pathlib.Path.rename)\n"
            "    shutil.rmtree = counted(shutil.rmtree)\n"
            "    old(*given)\n"
            "publish._exchange = exchange\n"
            f"main(['--root', {str(good)!r}, 'build', '--no-pdf'])\n"
        )
        said = tmp_path / "said"
        ended = forks.wait(forks.start(killed, said))
        assert digest(_whole(good)) == before
        if ended == 0:
            break
        assert ended == -signal.SIGKILL, said.read_text("utf-8")
        status, text = build(forks, good)  # as before, with its spare
        assert status == 0, text
        assert digest(good / "site") == before
    assert 3 < step < 9, "all of its moments were tried"


def test_a_killed_build_leaves_nothing_that_the_next_does_not_take_away(
    good: Path, forks: Forks, tmp_path: Path
) -> None:
    """It is killed while texts for the index of search wait on disk."""
    shutil.rmtree(good / ".cache")
    before = digest(good / "site")
    temporary, said = tmp_path / "temporary", tmp_path / "said"
    temporary.mkdir()
    killed = (
        "import os, signal, tempfile\n"
        f"tempfile.tempdir = {str(temporary)!r}\n"
        "from duizhao.writers.search import files\n"
        "def kills(*given, old=files._take):\n"
        "    old(*given)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "files._take = kills\n"
    )
    ended = forks.wait(forks.start(killed + code(good), said))
    assert ended == -signal.SIGKILL, said.read_text("utf-8")
    assert list(temporary.iterdir()) == []
    (stage,) = good.glob(".site.new-*")
    assert list(stage.glob("**/portions")), "texts were waiting"
    status, text = build(forks, good)
    assert status == 0, text
    assert list(good.glob(".site.*")) == []
    assert digest(good / "site") == before


def test_two_builds_at_once_publish_one_whole_site(good: Path) -> None:
    root = good
    before = digest(root / "site")
    both = [subprocess.Popen(command(root), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    assert 0 in [process.returncode for process in both], said
    assert not any("Traceback" in text for text in said), said
    assert digest(root / "site") == before
