"""What building a site of many laws costs, and how that grows, beside plain MkDocs + Material.

Each build runs in a process of its own, without PDFs; its processor time and memory are
those the system counted, its children's included.  Beside plain MkDocs stands a build of
what that makes too, pages and search (`_BARE`): both times on the wall, one after the
other, for that build uses all cores and plain MkDocs one.
"""

from __future__ import annotations

import hashlib
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duizhao.add import add_file, undecided
from duizhao.pipeline import Options
from duizhao.problems import DuizhaoError
from duizhao.starter import write_starter

SIZES, FULL = (10, 40), (100, 400, 1789)  # laws
PLAIN, PLAIN_FULL = 1_300, 3_000  # pages up to which plain MkDocs is measured: it is quadratic
_DUIZHAO = "import sys; from duizhao.cli import main; sys.exit(main())"
_BARE = "      downloads: false\n      archive: false\n      worker: false\n"
_SETTINGS = """site_name: plain
theme: {name: material, font: false}
markdown_extensions: [attr_list, tables]
plugins: [search]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process took: processor seconds, seconds on the wall, most memory in bytes."""

    processor: float
    wall: float
    memory: int


def building(corpus: Path, *, full: bool = False) -> dict[str, Any]:
    """Figures of builds of `SIZES` laws of a folder of .txt, or of `FULL`.

    "targets missed" names the targets that are not reached, "" where all are.
    """
    out: dict[str, Any] = {"processors": os.cpu_count() or 1}
    colds: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory(prefix="duizhao-bench-") as folder:
        for count in FULL if full else SIZES:
            root = Path(folder) / f"laws-{count}"
            found = dict(_measured(corpus, root, count, PLAIN_FULL if full else PLAIN))
            colds.append((found["pages"], found["cold, processor seconds"]))
            out |= {f"{count} laws: {name}": value for name, value in found.items()}
            shutil.rmtree(root)
    out["growth exponent of the cold build"] = exponent(colds)
    out["targets missed"] = "; ".join(missed(out))
    return out


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The power with which the second grows with the first, over the last two points."""
    (x1, y1), (x2, y2) = points[-2:]
    return math.log(y2 / y1) / math.log(x2 / x1)


#: ends of figures' names, the least and the most that is wanted of them
TARGETS = (
    ("growth exponent of the cold build", 0.0, 1.05),
    ("one paragraph changed, share of the cold build", 0.0, 0.02),
    ("largest HTML of a chapter of up to 2,500 characters, bytes", 0.0, 60_000.0),
    ("plain MkDocs, times as long", 12.0, math.inf),
)


def missed(figures: dict[str, Any]) -> Iterator[str]:
    """The figures that do not reach their target."""
    for name, value in figures.items():
        for ending, least, most in TARGETS:
            if name.endswith(ending) and not least <= value <= most:
                yield name


def _measured(corpus: Path, root: Path, count: int, plain: int) -> Iterator[tuple[str, Any]]:
    """Name and value of each figure of one size."""
    refused = make_site(corpus, root, count)
    yield "refused until an editor decides", refused
    cold = _build(root)
    pages = list((root / "site").rglob("index.html"))
    size = sum(p.stat().st_size for p in pages)
    yield "pages", len(pages)
    yield "cold, processor seconds", cold.processor
    yield "cold, seconds on the wall", cold.wall
    yield "cold, pages a processor second", len(pages) / cold.processor
    yield "cold, most memory, MB", cold.memory / 1e6
    yield "HTML a page, bytes", size // len(pages)
    yield "largest HTML of a chapter of up to 2,500 characters, bytes", _largest(root)
    yield "whole site, MB", sum(p.stat().st_size for p in (root / "site").rglob("*.*")) / 1e6
    yield "nothing changed, share of the cold build", _build(root).processor / cold.processor
    change(root)
    yield "one paragraph changed, share of the cold build", _build(root).processor / cold.processor
    if len(pages) <= plain:
        bare = _bare(root)
        other = _plain(root)
        yield "pages and search alone, seconds on the wall", bare.wall
        yield "pages and search alone, processor seconds", bare.processor
        yield "pages and search alone, most memory, MB", bare.memory / 1e6
        yield "plain MkDocs, seconds on the wall", other.wall
        yield "plain MkDocs, processor seconds", other.processor
        yield "plain MkDocs, most memory, MB", other.memory / 1e6
        yield "plain MkDocs, times as long", other.wall / bare.wall


def make_site(corpus: Path, root: Path, count: int) -> int:
    """A site with `count` laws spread over a folder, untranslated; how many were refused."""
    write_starter(root)
    shutil.rmtree(root / "seeds" / "example-lakes")
    options = Options(root=root, updating=True)
    files = sorted(corpus.glob("*.txt"))
    refused = added = 0
    for path in _spread(files, count):
        law_id = f"law-{added + 1}"
        try:
            laws = add_file(path, options, law_id=law_id)
        except DuizhaoError:
            refused += 1
            continue
        # A text of several laws would make more of them than are counted.
        if len(laws) == 1 and not undecided(laws, options):
            added += 1
            continue
        refused += 1
        for law in laws:
            shutil.rmtree(law.folder)
    return refused


def _spread(files: Sequence[Path], count: int) -> Iterable[Path]:
    return files[:: max(1, len(files) // count)][:count]


def change(root: Path) -> None:
    """Change one paragraph of the first law: its witness, digest and catalog."""
    path = root / "seeds" / "law-1" / "edition.toml"
    edition = path.read_text("utf-8")
    witness = next(
        file
        for file in sorted((root / "seeds" / "witnesses").iterdir())
        if _digest(file.read_bytes()) in edition
    )
    before = witness.read_bytes()
    after = before.replace("应当".encode(), "应当依法".encode(), 1)
    if after == before:
        raise ValueError(f"{witness.name}: nothing to change")
    witness.write_bytes(after)
    path.write_text(edition.replace(_digest(before), _digest(after)), encoding="utf-8")
    _run(_command("--root", str(root), "translate", "update"), root)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _largest(root: Path) -> int:
    """The largest page of a chapter that is not longer than 2,500 characters, in bytes."""
    found = [0]
    for path in (root / "site").glob("zh/law-*/*/index.html"):
        kind = path.parent.name
        if kind not in ("full", "about") and "pinyin" not in kind:
            text = path.read_text("utf-8")
            if sum("\u4e00" <= c <= "\u9fff" for c in text) <= 2_500:
                found.append(len(text.encode()))
    return max(found)


def _build(root: Path) -> Cost:
    return _run(_command("--root", str(root), "build", "--no-pdf"), root)


def _bare(root: Path) -> Cost:
    """A cold build of pages and search alone: what plain MkDocs makes of the same laws."""
    options = root / "mkdocs.yml"
    options.write_text(options.read_text("utf-8") + _BARE, "utf-8")
    shutil.rmtree(root / ".cache")
    return _build(root)


def _plain(root: Path) -> Cost:
    """Plain MkDocs + Material, with its search, on the same Markdown."""
    folder = root / "plain"
    _run(_command("--root", str(root), "markdown", str(folder / "docs")), root)
    for name in ("index.md", "zh/index.md", "en/index.md"):
        if not (folder / "docs" / name).exists():
            (folder / "docs" / name).write_text("# plain\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_SETTINGS, encoding="utf-8")
    return _run([sys.executable, "-m", "mkdocs", "build", "-q"], folder)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", _DUIZHAO, *arguments]


def _run(command: list[str], folder: Path) -> Cost:
    """Run a command to its end; RuntimeError with what it said where it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, cwd=folder, env=environment, stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode("utf-8", "replace")[-2000:])
    return Cost(
        processor=used.ru_utime + used.ru_stime,
        wall=time.perf_counter() - start,
        memory=used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )
