"""The same laws built in other ways: by plain MkDocs, by Hugo, on a cluster of Dask."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

from duizhao.commands.bench.process import Cost, duizhao, environment, run

_PLAIN = """site_name: plain
theme: {name: material, font: false}
markdown_extensions: [attr_list, tables]
plugins: [search]
"""
#: The floor: no theme, no search; Hugo does not know the lists of attributes.
_HUGO = """baseURL = "https://example.org/"
title = "plain"
disableKinds = ["taxonomy", "term", "rss", "sitemap"]
[markup.goldmark.renderer]
unsafe = true
"""
_LAYOUT = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>\n"
_PATIENCE = 60  # seconds that a scheduler is waited for


def markdown_of(root: Path) -> Path:
    """The Markdown of a site's laws, below a new folder."""
    folder = root / "plain"
    run(duizhao("--root", str(root), "markdown", str(folder / "docs")), root)
    for name in ("index.md", "zh/index.md", "en/index.md"):
        if not (folder / "docs" / name).exists():
            (folder / "docs" / name).write_text("# plain\n", encoding="utf-8")
    return folder


def plain(folder: Path) -> Cost:
    """Plain MkDocs + Material, with its search."""
    (folder / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
    return run([sys.executable, "-m", "mkdocs", "build", "-q"], folder)


def hugo(folder: Path) -> Cost | None:
    """Hugo with a layout of one line; None where it is not installed."""
    program = shutil.which("hugo")
    if not program:
        return None
    own = folder / "hugo"
    shutil.copytree(folder / "docs", own / "content")
    for index in sorted((own / "content").rglob("index.md")):
        index.rename(index.with_name("_index.md"))  # of a folder with further pages
    (own / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    for name in ("single", "list"):
        layout = own / f"layouts/_default/{name}.html"
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(_LAYOUT, encoding="utf-8")
    return run([program, "--quiet"], own)


def emptied(root: Path) -> None:
    """Take away what earlier builds of a site left: the cache, the site and its spare."""
    for name in (".cache", "site", "site.spare"):
        shutil.rmtree(root / name, ignore_errors=True)


def on_cluster(root: Path, workers: int) -> Cost | None:
    """A cold build by workers of a Dask scheduler here; None where Dask is not installed.

    Processor time and memory are those of the build alone.
    """
    if not find_spec("distributed"):
        return None
    emptied(root)
    with _scheduler(workers) as address:
        command = ("--root", str(root), "build", "--no-pdf", "--scheduler", address)
        return run(duizhao(*command), root)


@contextmanager
def _scheduler(workers: int) -> Iterator[str]:
    """The address of a scheduler that has workers, each a process with one thread."""
    with tempfile.TemporaryDirectory(prefix="duizhao-dask-") as name, ExitStack() as started:
        told = Path(name) / "scheduler.json"
        local = ("--host", "127.0.0.1", "--port", "0")
        started.enter_context(_dask("scheduler", *local, "--scheduler-file", str(told)))
        end = time.monotonic() + _PATIENCE
        while not (told.exists() and told.stat().st_size):
            if time.monotonic() > end:
                raise RuntimeError("the scheduler did not start")
            time.sleep(0.05)
        address = str(json.loads(told.read_text("utf-8"))["address"])
        for _ in range(workers):
            alone = ("--no-nanny", "--nthreads", "1", "--local-directory", name)
            started.enter_context(_dask("worker", address, *alone))
        yield address


@contextmanager
def _dask(*arguments: str) -> Iterator[None]:
    silent = subprocess.DEVNULL
    command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=silent, stderr=silent, env=environment()
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()
