"""What building a site of many laws costs, and how that grows, beside plain MkDocs + Material.

Each build runs in a process of its own, without PDFs but where they are named; its
processor time and memory are those the system counted, its children's included.  Beside
plain MkDocs stands a build of what that makes too, pages and search (`_BARE`): both times
on the wall, one after the other, for that build uses all cores and plain MkDocs one.
"""

from __future__ import annotations

import hashlib
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from duizhao.commands.add import Added, add_file, undecided
from duizhao.commands.bench.heaviness import Weights, translate, weights
from duizhao.commands.bench.others import emptied, hugo, markdown_of, on_cluster, plain
from duizhao.commands.bench.process import Cost, duizhao, run
from duizhao.commands.starter import write_starter
from duizhao.editing.checks.characters import invisible_in
from duizhao.ground.problems import DuizhaoError
from duizhao.site.options import Options

SIZES, FULL = (10, 40), (100, 400, 1789)  # laws
CHANGES = 3  # one after another, of which the mean counts: machines differ from minute to minute
PRINTED = (100, 400)  # laws of which the PDFs are made too; of all of them they take hours
TRANSLATED = (10, 100)  # laws that are translated too, to see how heavy their pages become
PLAIN, PLAIN_FULL = 1_300, 3_300  # pages up to which plain MkDocs is measured: it is quadratic
FEW, MANY = 1_000, 2_500  # pages from which there is a target beside plain MkDocs; a higher
_DATED = "edition_date = 2026-01-01"
_BARE = "      downloads: false\n      archive: false\n      worker: false\n"


def building(
    corpus: Path, *, full: bool = False, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Figures of builds of `SIZES` laws of a folder of .txt, or of `FULL`; `say` hears each.

    "targets missed" names the targets that are not reached, "" where all are.
    """
    out: dict[str, Any] = {"processors": os.cpu_count() or 1}
    colds: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory(prefix="duizhao-bench-") as folder:
        for count in FULL if full else SIZES:
            root = Path(folder) / f"laws-{count}"
            found = {}
            for name, value in _measured(corpus, root, count, PLAIN_FULL if full else PLAIN):
                found[name] = value
                say(f"{count} laws: {name}: {value}")
            colds.append((found["pages"], found["cold, processor seconds"]))
            out |= {f"{count} laws: {name}": value for name, value in found.items()}
            shutil.rmtree(root)
    out["growth exponent of the cold build"] = exponent(colds)
    out["targets missed"] = "; ".join(missed(out))
    out["summary"] = summary(out)
    return out


#: figures of a size, and what the summary says of them
_SAID = {
    "plain MkDocs, times as long": "plain MkDocs takes {:.1f} times as long",
    "at 3,000 pages plain MkDocs, times as long": "plain MkDocs takes {:.1f} times as long",
    "one paragraph changed, share of the cold build": "one changed paragraph takes {:.1%} without PDFs",
    "with PDFs, one paragraph changed, share of the cold build": "one changed paragraph takes {:.1%}",
}


def summary(figures: dict[str, Any]) -> str:
    """The ratios in one line."""
    said = []
    for key, value in figures.items():
        size, _, name = key.partition(": ")
        if name in _SAID:
            said.append(
                f"{size} ({figures[f'{size}: pages']:,} pages): {_SAID[name].format(value)}"
            )
    growth = figures["growth exponent of the cold build"]
    return "; ".join([*said, f"time grows with the power {growth:.2f} of the pages"])


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The power with which the second grows with the first, over the last two points."""
    (x1, y1), (x2, y2) = points[-2:]
    return math.log(y2 / y1) / math.log(x2 / x1)


#: ends of figures' names, the least and the most that is wanted of them
TARGETS = (
    ("growth exponent of the cold build", 0.0, 1.05),
    ("one paragraph changed, share of the cold build", 0.0, 0.02),
    ("largest HTML of a chapter of up to 2,500 characters, bytes", 0.0, 60_000.0),
    ("largest HTML of such a chapter with a translation, bytes", 0.0, 60_000.0),
    (": plain MkDocs, times as long", 12.0, math.inf),
    ("at 3,000 pages plain MkDocs, times as long", 25.0, math.inf),
    ("plain MkDocs, times as much memory", 1.0, math.inf),
)


def missed(figures: dict[str, Any]) -> Iterator[str]:
    """The figures that do not reach their target; beside plain MkDocs, from `FEW` pages on."""
    for name, value in figures.items():
        size = figures.get(f"{name.partition(': ')[0]}: pages", FEW)
        for ending, least, most in TARGETS:
            judged = size >= FEW or "plain MkDocs" not in ending
            if judged and name.endswith(ending) and not least <= value <= most:
                yield name


def _measured(corpus: Path, root: Path, count: int, most: int) -> Iterator[tuple[str, Any]]:
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
    if cold.together:
        yield "cold, most memory of all processes together, MB", cold.together / 1e6
    yield "HTML a page, bytes", size // len(pages)
    heavy = weights(root / "site")
    yield "largest HTML of a chapter of up to 2,500 characters, bytes", heavy.largest
    yield "median HTML of chapters of 2,000 to 2,500 characters, bytes", heavy.median
    yield "chapters of up to 2,500 characters above 60 KB, share", heavy.heavy
    yield "whole site, MB", sum(p.stat().st_size for p in (root / "site").rglob("*.*")) / 1e6
    yield "nothing changed, share of the cold build", _build(root).processor / cold.processor
    wall, share = _changed(root, cold)
    yield "one paragraph changed, seconds on the wall", wall
    yield "one paragraph changed, share of the cold build", share
    if count in PRINTED:
        yield from _printed(root)
    if count in TRANSLATED:
        heavy = _translated(root)
        yield "largest HTML of such a chapter with a translation, bytes", heavy.largest
        yield "median HTML of such chapters with a translation, bytes", heavy.median
        yield "such chapters with a translation above 60 KB, share", heavy.heavy
    if len(pages) <= most:
        yield from _compared(root, len(pages))


def _changed(root: Path, cold: Cost, *command: str) -> tuple[float, float]:
    """Seconds that a build after one changed paragraph takes, and its share of the `cold` one.

    The share is that of processor time; of several such builds the mean counts.
    """
    spent = []
    for _ in range(CHANGES):
        change(root)
        spent.append(_build(root, *command))
    return mean(one.wall for one in spent), mean(one.processor for one in spent) / cold.processor


def _translated(root: Path) -> Weights:
    """How heavy pages of chapters are where all laws have a translation; it is taken back."""
    catalogs = root / "translations/en/LC_MESSAGES"
    before = {path: path.read_bytes() for path in catalogs.glob("law-*.po")}
    translate(catalogs)
    _build(root)
    for path, data in before.items():
        path.write_bytes(data)
    return weights(root / "site")


def _printed(root: Path) -> Iterator[tuple[str, Any]]:
    """The whole site with its PDFs, which a build makes unless it is told not to."""
    emptied(root)
    cold = _build(root, "build")
    yield "with PDFs, cold, processor seconds", cold.processor
    yield "with PDFs, cold, seconds on the wall", cold.wall
    yield "with PDFs, most memory, MB", cold.memory / 1e6
    again = _build(root, "build")
    yield "with PDFs, nothing changed, share of the cold build", again.processor / cold.processor
    wall, share = _changed(root, cold, "build")
    yield "with PDFs, one paragraph changed, seconds on the wall", wall
    yield "with PDFs, one paragraph changed, share of the cold build", share


def _compared(root: Path, pages: int) -> Iterator[tuple[str, Any]]:
    """Pages and search alone beside other ways to build them.

    What a machine does in a second varies from minute to minute: this program builds before
    and after plain MkDocs, and the mean counts.  Its memory is that of a third build, since to
    look at that takes time.
    """
    options = root / "mkdocs.yml"
    options.write_text(options.read_text("utf-8") + _BARE, "utf-8")
    folder = markdown_of(root)
    before = _from_nothing(root, looks=False)
    other = plain(folder)
    after = _from_nothing(root, looks=False)
    looked = _from_nothing(root)
    wall = (before.wall + after.wall) / 2
    yield "pages and search alone, seconds on the wall", wall
    yield "pages and search alone, processor seconds", (before.processor + after.processor) / 2
    memory = max(before.memory, after.memory, looked.memory)
    yield "pages and search alone, most memory, MB", memory / 1e6
    if looked.together:
        yield "pages and search alone, all processes together, MB", looked.together / 1e6
    yield "plain MkDocs, seconds on the wall", other.wall
    yield "plain MkDocs, processor seconds", other.processor
    yield "plain MkDocs, most memory, MB", other.memory / 1e6
    name = "at 3,000 pages " if pages > MANY else ""
    yield f"{name}plain MkDocs, times as long", other.wall / wall
    yield "plain MkDocs, times as much memory", other.memory / memory
    for workers, name in (
        (1, "on Dask with 1 worker, seconds on the wall"),
        (2, "on Dask with 2 workers, seconds on the wall"),
    ):
        if cluster := on_cluster(root, workers):
            yield name, cluster.wall
    if hugos := hugo(folder):
        yield "Hugo without theme and search, seconds on the wall", hugos.wall


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
        _date(laws)
        # A text of several laws would make more of them than are counted, and a character
        # that is a sign of nobody's cannot be printed.
        seen = not invisible_in(path.read_text("utf-8", errors="replace"))
        if len(laws) == 1 and seen and not undecided(laws, options):
            added += 1
            continue
        refused += 1
        for law in laws:
            shutil.rmtree(law.folder)
    _at_rest(root)
    return refused


def _date(laws: Iterable[Added]) -> None:
    """Give editions a date, as an editor would: some texts have none, and PDFs need one."""
    for law in laws:
        path = law.folder / "edition.toml"
        edition = path.read_text("utf-8")
        path.write_text(edition.replace("[law]\n", f"[law]\n{_DATED}\n", 1), encoding="utf-8")


def _at_rest(root: Path) -> None:
    """Bring the catalogs up to date, so that a change later is that of one law alone."""
    run(duizhao("--root", str(root), "translate", "update"), root)


def _spread(files: Sequence[Path], count: int) -> Iterable[Path]:
    return files[:: max(1, len(files) // count)][:count]


def change(root: Path, more: str = "依法", *, at_rest: bool = True) -> None:
    """Change one paragraph of the first law: its witness, digest and, if wanted, catalog.

    `more` are the words that it has more.
    """
    path = root / "seeds" / "law-1" / "edition.toml"
    edition = path.read_text("utf-8")
    witness = next(
        file
        for file in sorted((root / "seeds" / "witnesses").iterdir())
        if _digest(file.read_bytes()) in edition
    )
    before = witness.read_bytes()
    after = before.replace("应当".encode(), f"应当{more}".encode(), 1)
    if after == before:
        raise ValueError(f"{witness.name}: nothing to change")
    witness.write_bytes(after)
    path.write_text(edition.replace(_digest(before), _digest(after)), encoding="utf-8")
    if at_rest:
        _at_rest(root)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _build(root: Path, *command: str, looks: bool = True) -> Cost:
    full = duizhao("--root", str(root), *(command or ("build", "--no-pdf")))
    return run(full, root, looks=looks)


def _from_nothing(root: Path, *, looks: bool = True) -> Cost:
    """A build without a cache and without a site that was published before."""
    emptied(root)
    return _build(root, looks=looks)
