"""MkDocs's server, and whole builds that go on beside it in a process of their own."""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError

from duizhao.building.mkdocs.serving import NotBuiltError, Served
from duizhao.building.whole.staging import passing
from duizhao.ground.problem_words import LANGUAGE, all_spoken, language_of, said
from duizhao.ground.problems import DuizhaoError

#: How much a whole build gives way to the mending of a law that was saved meanwhile.
_NICE = 10


def serve_site(root: Path, address: str) -> None:
    """Serve the site while it is edited; the sources are watched as well.

    What is served lies beside the site, where the next run finds what a killed one left.
    Whoever ends it with SIGTERM gets what an interrupt of the terminal does: nothing is left.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _speak(logging.INFO)
    with passing(root / "site", "serve") as folder:
        tempfile.tempdir = str(folder)  # MkDocs makes its folder there, and takes no other
        try:
            serve(str(root / "mkdocs.yml"), dev_addr=address, livereload=True)
        finally:
            tempfile.tempdir = None


def _speak(level: int) -> None:
    """Let MkDocs's logger say where it serves and what it rebuilds."""
    logger = logging.getLogger("mkdocs")
    logger.addHandler(logging.StreamHandler())
    logger.setLevel(level)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What a whole build is told: mkdocs.yml, the address it is served at, where to build."""

    config: str
    strict: bool
    url: str | None
    folder: Path
    level: int


class _Plugin(Protocol):
    def served(self, config: MkDocsConfig) -> Served:
        """What the last build left."""


def showing(editor: Callable[[], None]) -> Callable[[], None]:
    """What the server calls when something was saved; `editor` shows that (`serving.Editor`).

    What is wrong with it is said, and the pages stay as they were: the server would answer
    nobody until it is mended.
    """

    def show() -> None:
        try:
            editor()
        except DuizhaoError as reason:
            wrong = all_spoken(reason)
        except NotBuiltError as reason:
            wrong = said(str(reason))
        else:
            return
        still = said("What this concerns is shown as it was before.")
        logging.getLogger("mkdocs.duizhao").error("\n%s\n%s", wrong, still)

    return show


class Apart:
    """Builds the whole site of a configuration in a process of its own (`serving.Building`)."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._process: BaseProcess | None = None

    def start(self, folder: Path, ended: Callable[[Served | None], None]) -> None:
        """Begin to build into a folder; see `serving.Building`."""
        order = _Order(
            config=self._config.config_file_path or "mkdocs.yml",
            strict=bool(self._config.strict),
            url=self._config.site_url,
            folder=folder,
            level=logging.getLogger("mkdocs").getEffectiveLevel(),
        )
        # Spawned, as all processes are: see `pool`.
        context = get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = self._process = context.Process(target=_build, args=(order, there))
        process.start()
        if sys.platform != "win32" and process.pid:  # at once: loading modules is work too
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        there.close()
        threading.Thread(target=_wait, args=(process, here, ended), daemon=True).start()

    def close(self) -> None:
        """End what is going on and wait until it has ended."""
        if self._process:
            self._process.terminate()
            self._process.join()


def _wait(process: BaseProcess, answer: Connection, ended: Callable[[Served | None], None]) -> None:
    built: Served | None = None
    try:
        built = answer.recv()
    except EOFError:
        pass  # it said why
    except Exception:  # it was ended while it answered, or is of another program by now
        logging.getLogger("mkdocs.duizhao").exception("The answer of a build cannot be read.")
    finally:
        answer.close()  # or it waits to be heard
        process.join()
        ended(built)


def _build(order: _Order, answer: Connection) -> None:
    """Build as MkDocs's server does, in this process; answer with what is served then."""
    # The terminal sends its interrupt to all processes; the server ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    LANGUAGE.set(language_of(os.environ))
    _speak(order.level)
    config = load_config(order.config, site_dir=str(order.folder), strict=order.strict)
    config.site_url = order.url
    plugin: _Plugin = config.plugins["duizhao"]  # type: ignore[assignment]
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        build(config, serve_url=order.url)
        answer.send(plugin.served(config))
    except (Abort, BuildError) as reason:
        sys.exit(str(reason))
    finally:
        config.plugins.on_shutdown()
