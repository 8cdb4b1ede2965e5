"""How long `serve` takes to show a law that was saved: from the file to the page over HTTP.

Saves are those of somebody who works on a law: an entry of its catalog, and its witness with
the digest in edition.toml, by turns.  Others are made while the whole site is built, which
a page written by hand has caused; that it shows them still when it has been built is part
of the measurement.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError
from urllib.request import urlopen

import polib

from duizhao.commands.bench.building import change, make_site
from duizhao.commands.bench.process import duizhao, environment
from duizhao.ground.problems import phrase

SIZES, FULL = (10, 40), (100, 400)  # laws
SAVES, BUILDS = 10, 3  # alone, and while the site is built
TARGET = 1.0  # seconds
_PAGE = "en/law-1/full/"
_STEMS = "甲乙丙丁戊己庚辛壬癸"  # what is new in the text of a law
_EVERY = 0.02  # seconds between two requests
_GIVE_UP = 3600.0  # seconds: the first build of many laws takes long


def serving(corpus: Path, *, full: bool = False) -> dict[str, Any]:
    """Seconds from a save to the page, for sites of `SIZES` laws of a folder of .txt, or of `FULL`.

    "targets missed" names the figures above `TARGET`, "" where none is.
    """
    out: dict[str, Any] = {"processors": os.cpu_count() or 1}
    with tempfile.TemporaryDirectory(prefix="duizhao-bench-") as folder:
        for count in FULL if full else SIZES:
            root = Path(folder) / f"laws-{count}"
            make_site(corpus, root, count)
            options = root / "mkdocs.yml"
            options.write_text(options.read_text("utf-8") + "      pdf: false\n", "utf-8")
            with _served(root) as site:
                out |= {f"{count} laws: {name}": value for name, value in _measured(site)}
    out["targets missed"] = "; ".join(missed(out))
    return out


def missed(figures: dict[str, Any]) -> Iterator[str]:
    """The figures that do not reach their target."""
    for name, value in figures.items():
        if name.endswith("longest, seconds") and value > TARGET:
            yield name


def _measured(site: _Site) -> Iterator[tuple[str, float]]:
    """Name and value of each figure of one site."""
    catalog, text = phrase("catalog"), phrase("edition and witness")
    alone = {catalog: list[float](), text: list[float]()}
    for number in range(SAVES):
        name, save = ((text, site.save_witness), (catalog, site.save_catalog))[number % 2]
        alone[name].append(site.waited(save(number)))
        time.sleep(1)  # until the next key is pressed
    for name, found in alone.items():
        yield f"{name} saved, median, seconds", statistics.median(found)
        yield f"{name} saved, longest, seconds", max(found)
    meanwhile = []
    for number in range(SAVES, SAVES + BUILDS):
        built = site.save_prose(number)
        time.sleep(1)  # the build has begun
        shown = site.save_catalog(number)
        meanwhile.append(site.waited(shown))
        site.waited(built)
        if not shown():
            raise RuntimeError("what was saved while the site was built is not shown any more")
    yield "saved while the site is built, longest, seconds", max(meanwhile)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """A site that is served at `address`; `alive` tells whether it still is."""

    root: Path
    address: str
    alive: Callable[[], bool]

    def waited(self, shown: Callable[[], bool]) -> float:
        """Seconds until something is shown."""
        start = time.perf_counter()
        while not shown():
            if not self.alive() or time.perf_counter() - start > _GIVE_UP:
                raise RuntimeError("the server shows nothing any more")
            time.sleep(_EVERY)
        return time.perf_counter() - start

    def shows(self, page: str, words: str) -> bool:
        """Whether a page has these words now."""
        try:
            with urlopen(f"{self.address}/{page}", timeout=_GIVE_UP) as answer:  # noqa: S310 - http
                return words in answer.read().decode("utf-8")
        except (URLError, ConnectionError):
            return False

    def save_witness(self, number: int) -> Callable[[], bool]:
        """Save the witness and edition.toml of the first law; what tells that it is shown."""
        more = _STEMS[number]
        change(self.root, more, at_rest=False)
        return lambda: self.shows(_PAGE, f"应当{more}")

    def save_catalog(self, number: int) -> Callable[[], bool]:
        """Save a translation of the first law, of another paragraph; what tells that it is shown."""
        path = self.root / "translations/en/LC_MESSAGES/law-1.po"
        catalog = polib.pofile(str(path), wrapwidth=0)
        words = f"Entry {number} is saved."
        [e for e in catalog if e.msgctxt.startswith("art_")][-1].msgstr = words
        path.write_text(str(catalog), "utf-8")
        return lambda: self.shows(_PAGE, words)

    def save_prose(self, number: int) -> Callable[[], bool]:
        """Save a page written by hand; what tells that it is shown."""
        words = f"Page {number} is saved."
        (self.root / "docs/en/measured.md").write_text(f"# Measured\n\n{words}\n", "utf-8")
        return lambda: self.shows("en/measured/", words)


@contextmanager
def _served(root: Path) -> Iterator[_Site]:
    """The site of a folder, served by a process of its own once it is built."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = duizhao("--root", str(root), "serve", "--address", f"127.0.0.1:{port}")
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=root, env=environment(), stdout=said, stderr=said
        )
        site = _Site(
            root=root,
            address=f"http://127.0.0.1:{port}",
            alive=lambda: process.poll() is None,
        )
        try:
            site.waited(lambda: site.shows(_PAGE, "</html>"))
            yield site
        except RuntimeError as reason:
            raise RuntimeError(f"{reason}: {_end(said)}") from reason
        finally:
            process.terminate()  # an interrupt does not reach what a shell runs in the background
            process.wait()


def _end(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode("utf-8", "replace")[-2000:]
