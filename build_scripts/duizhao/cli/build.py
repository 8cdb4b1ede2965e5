"""`duizhao build`: the site, made beside the published one and put in its place."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from duizhao.building.laws.bars import noticed, shown
from duizhao.building.whole.guards import require_replaceable
from duizhao.building.whole.manifest import NAME, OPTIONS, measured
from duizhao.building.whole.publish import Check, publish
from duizhao.building.whole.published import Published, published_from_folder
from duizhao.building.whole.spare import make_spare, spare_of
from duizhao.building.whole.staging import others_at_work
from duizhao.cli.parser import Add
from duizhao.commands.limits import HOSTS, near_limits
from duizhao.ground.garbage import give_back_at_once, looked_for_seldom
from duizhao.ground.pool import WORTH_PROCESSES, Workers
from duizhao.ground.problem_words import said, spoken
from duizhao.ground.problems import Problem, counted


def add_build(
    add: Add,
    root: Callable[[argparse.Namespace], Path],
    say: Callable[[str], None],
) -> None:
    """Hang the command into the command line."""

    def run(options: argparse.Namespace) -> int:
        return _build(options, root(options), say)

    build = add("build", run, "build the site and its PDFs", "build --out site")
    build.add_argument("--out", type=Path, default=None, help="published folder (default: site)")
    build.add_argument("--no-pdf", action="store_true", help="leave the PDFs out")
    build.add_argument(
        "--faulty-catalogs",
        action="store_true",
        help="go on where a catalog has faults, and show the Chinese there",
    )
    build.add_argument("--explain", action="store_true", help="say what was made anew, and why")
    build.add_argument("--scheduler", help="address of a Dask scheduler whose workers do the work")


def _build(options: argparse.Namespace, root: Path, say: Callable[[str], None]) -> int:
    give_back_at_once()
    with looked_for_seldom(), Workers() as workers:
        if not options.scheduler and _much_to_do(root):
            workers.start(_load)
        return _built(options, root, say, workers)


def _load() -> None:
    """What takes most memory of a process that makes laws: program and dictionaries."""
    from duizhao.building.laws import law_work  # noqa: F401, PLC0415 - slow to import
    from duizhao.languages import pinyin, ui  # noqa: PLC0415 - the same
    from duizhao.writers.search.fold import simplified  # noqa: PLC0415 - the same

    pinyin.load()
    ui.load()
    simplified()


def _much_to_do(root: Path) -> bool:
    """Whether nothing was made yet of texts that are worth several processes."""
    settings = _settings(root / OPTIONS)
    if (root / settings.get("cache", ".cache/duizhao") / "laws").is_dir():
        return False
    witnesses = (root / settings.get("seeds", "seeds") / "witnesses").glob("*")
    return sum(path.stat().st_size for path in witnesses) // 3 >= WORTH_PROCESSES


def _settings(options: Path) -> dict[str, str]:
    """The plugin's options that are texts as they are written in mkdocs.yml.

    They decide when processes start and nothing else.  MkDocs, which says what is wrong with
    the file and what variables stand for, takes as long to load as the processes do.
    """
    try:
        config = yaml.load(options.read_bytes(), yaml.BaseLoader)  # noqa: S506 - it makes texts alone
        plugins = config["plugins"]
        some = [plugins] if isinstance(plugins, dict) else plugins  # MkDocs takes a mapping too
        mine = (each["duizhao"] for each in some if isinstance(each, dict) and "duizhao" in each)
        return {key: value for key, value in dict(next(mine, ())).items() if isinstance(value, str)}
    except (OSError, yaml.YAMLError, LookupError, TypeError, ValueError):
        return {}  # no options, or none that MkDocs would take


def _built(
    options: argparse.Namespace, root: Path, say: Callable[[str], None], workers: Workers
) -> int:
    from duizhao.building.laws.scheduler import executor_at  # noqa: PLC0415 - slow to import
    from duizhao.building.mkdocs.site_build import Built, render_site  # noqa: PLC0415 - slow to import
    from duizhao.building.whole.links_since import check_links_since  # noqa: PLC0415 - slow to import

    target = (options.out or root / "site").resolve()
    require_replaceable(target, root)
    say(said(f"building into {target.name}/ …"))
    if others_at_work(target):
        say(said("another process builds it too: the site of the one that ends last stays"))
    spare = spare_of(target)
    done: list[tuple[Built, Published]] = []

    def rendered(stage: Path) -> Check:
        before = published_from_folder(target, spare)
        if options.scheduler:
            say(said(f"looking for the scheduler at {options.scheduler} …"))
        with executor_at(options.scheduler) as executor, shown(say):
            built = render_site(
                root,
                stage,
                pdf=not options.no_pdf,
                faulty=options.faulty_catalogs,
                say=say,
                explain=options.explain,
                workers=Workers(executor, executor.at_once) if executor else workers,
                published=before,
            )
        done.append((built, before))
        found = before, target, stage, built.files, built.links, built.kept

        def check() -> tuple[int, list[Problem]]:
            with shown(say), noticed(said("checking the links …")):
                return check_links_since(*found)

        return check

    pages_made = publish(target, rendered, spare)
    ((built, before),) = done
    built.keep(target)
    files = {**built.files, NAME: measured(target / NAME)}
    sizes = {path: size for path, (size, _) in sorted(files.items())}
    few = len(before.taken) * 2 < len(sizes)  # files of the old site that are those of the new one
    if spare and (few or not spare.exists()):
        make_spare(target, spare)
    prints = sum(path.endswith(".pdf") for path in sizes)
    say(
        said(
            f"{counted(pages_made, 'page', 'pages')} and {counted(prints, 'PDF', 'PDFs')}"
            f" in {target.name}/; every link checked"
        )
    )
    for fault in built.faults:
        say(spoken(fault))
    if built.faults:
        count = counted(len(built.faults), "fault", "faults")
        say(said(f"{count} in the catalogs: the Chinese is shown there, marked"))
    for near in near_limits(sizes, target.name, HOSTS):
        say(spoken(near))
    return 0
