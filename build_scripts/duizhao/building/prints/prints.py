"""Prints: the PDFs of all laws, set again only where their input changed.

Each PDF is kept under the digest of everything it is made of.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from duizhao.building.laws.anew import Printed, why
from duizhao.building.laws.bars import watched
from duizhao.building.prints.print_jobs import (
    Job,
    Result,
    jobs_of,
    set_job,
    tools_or_fonts,
    tools_or_fonts_now,
)
from duizhao.building.prints.print_lists import (
    Print,
    PrintList,
    list_from_bytes,
    list_keys,
    list_to_bytes,
)
from duizhao.building.prints.print_plans import Plan, Waiting, plans_of
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError, Position, Problem, error, phrase
from duizhao.ground.store import Store
from duizhao.languages.print_files import LawPrints, PrintFile, archive_path
from duizhao.site.pipeline import Site
from duizhao.writers.typeset import PrintOptions, font_files, options_for

#: Files that threads set before processes would have started: Typst works beside other code.
FEW, THREADS = 60, 2
_NUMBER = 4  # bytes of each of the two figures before the file


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFiles:
    """The files of all laws, read when they are wanted, with one law in memory at a time.

    `again` sets what is missing or damaged of a law; `fonts` are the site's own font files.
    """

    store: Store = field(repr=False)
    lists: Mapping[str, PrintList]
    again: Callable[[str], None] = field(repr=False, compare=False)
    fonts: tuple[Path, ...] = ()

    def paths(self) -> Iterator[str]:
        """Where they stand below the site's root."""
        return (path for found in self.lists.values() for path, _, _ in found.wanted)

    def read(self, law_id: str) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of each file of a law."""
        files = self.lists[law_id].files
        kept = [_cached(self.store, each.key) for each in files]
        if None in kept:
            self.again(law_id)
        found = [
            (each.file.path, each.file.form, (one or _kept(self.store, each.key)).data)
            for each, one in zip(files, kept, strict=True)
        ]
        yield from ((path, data) for path, _, data in found)
        yield archive_path(law_id), archived(law_id, _pdfs(found))


def prints(
    site: Site, options: PrintOptions, cache_folder: Path, workers: Workers
) -> tuple[dict[str, LawPrints], PrintedFiles, list[Printed]]:
    """What is printed of each law by its id, the files, what was set.

    `options` are those of all forms, with the site's address.  Raises DuizhaoError
    with every fault found in any of them.
    """
    spoken = {
        code: options_for(options, ui, site.options.fonts(code))
        for code, ui in site.interfaces.items()
    }
    readings = site.readings
    store, lists = Store(cache_folder / "prints"), Store(cache_folder / "print-lists")
    keys = list_keys(site.laws, spoken, readings)
    known = dict(_known(lists, keys, store))

    @lru_cache(maxsize=1)  # after one law changed it is planned and set
    def jobs(law_id: str) -> list[Job]:
        return list(jobs_of(site.law(law_id), spoken, readings))

    unknown = [law.id for law in site.laws if law.id not in known]
    plans = _plans(unknown, jobs)
    large = sorted(unknown, key=lambda law_id: site.law(law_id).summary.size, reverse=True)
    missing = _missing(store, (plan for law_id in large for plan in plans[law_id]))
    if missing:
        # Fonts of this machine are nowhere else.
        here = options.system_fonts and workers.elsewhere
        with Workers() as own:
            _set_all(Waiting(missing, jobs), store, own if here else workers)
        _require_same_fonts(spoken.values(), missing, store)
    printed = _told(site, known, plans, missing, Store(cache_folder / "last-prints"))

    def again(law_id: str) -> None:
        some = _missing(store, plans_of(law_id, jobs(law_id)))
        with Workers() as own:
            _set_all(Waiting(some, jobs), store, own)

    for law_id, some in plans.items():
        try:
            known[law_id] = _list_of(law_id, store, some)
        except _LostError:  # another build with other options took them for old
            again(law_id)
            known[law_id] = _list_of(law_id, store, some)
        lists.put(keys[law_id], list_to_bytes(known[law_id]))
    store.prune({each.key for found in known.values() for each in found.files})
    lists.prune(set(keys.values()))

    found = {law.id: known[law.id] for law in site.laws}
    fonts = tuple(font_files(sorted({path for each in spoken.values() for path in each.fonts})))
    files = PrintedFiles(store=store, lists=found, again=again, fonts=fonts)
    return {law_id: each.offered for law_id, each in found.items()}, files, printed


def _plans(laws: Iterable[str], jobs: Callable[[str], list[Job]]) -> dict[str, list[Plan]]:
    """The plans of laws; what of them cannot be set is told of all of them at once."""
    plans, problems = {}, dict[Problem, None]()  # a fault of a font is that of all laws
    for law_id in laws:
        try:
            plans[law_id] = list(plans_of(law_id, jobs(law_id)))
        except DuizhaoError as reason:
            problems.update(dict.fromkeys(reason.problems))
    if problems:
        raise DuizhaoError(problems)
    return plans


def _known(lists: Store, keys: Mapping[str, str], store: Store) -> Iterator[tuple[str, PrintList]]:
    """The lists that were kept and whose files are there; whether these are whole is seen later."""
    there = store.names()
    for law_id, key in keys.items():
        data = lists.get(key)
        found = list_from_bytes(data) if data is not None else None
        if found and all(each.key in there for each in found.files):
            yield law_id, found


def _missing(store: Store, plans: Iterable[Plan]) -> list[Plan]:
    return [plan for plan in plans if _cached(store, plan.key) is None]


def _pdfs(found: Iterable[tuple[str, str, bytes]]) -> list[tuple[str, bytes]]:
    """Path and bytes of what is no picture."""
    return [(path, data) for path, form, data in found if form != "picture"]


def _told(
    site: Site,
    known: Mapping[str, PrintList],
    plans: Mapping[str, list[Plan]],
    missing: Iterable[Plan],
    before: Store,
) -> list[Printed]:
    """What was set of each law and why; what all is made of is kept for the next time."""
    told, new = [], {plan.key for plan in missing}
    for law in site.laws:
        if law.id in known:
            count = len(known[law.id].files)
            told.append(Printed(law=law.id, why=(), files=count, fresh=0))
            continue
        some = plans[law.id]
        key = hashlib.sha256(law.id.encode()).hexdigest()
        last = json.loads(before.get(key) or b"{}")
        fresh = [plan for plan in some if plan.key in new]
        reasons: dict[str, None] = {}
        for plan in fresh:
            old = last.get(plan.path)
            reasons |= dict.fromkeys(why(old or None, plan.parts))
        if fresh:
            before.put(key, json.dumps({plan.path: dict(plan.parts) for plan in some}).encode())
        told.append(Printed(law=law.id, why=tuple(reasons), files=len(some), fresh=len(fresh)))
    return told


def _list_of(law_id: str, store: Store, plans: Sequence[Plan]) -> PrintList:
    made = [(plan, _kept(store, plan.key)) for plan in plans]
    archive = archived(law_id, _pdfs((plan.path, plan.form, one.data) for plan, one in made))
    return PrintList(
        law_id=law_id,
        files=tuple(
            Print(
                key=plan.key,
                sha256=hashlib.sha256(one.data).hexdigest(),
                figures=one.figures,
                file=PrintFile(
                    slug=plan.slug,
                    form=plan.form,
                    language=plan.language,
                    path=plan.path,
                    size=len(one.data),
                    pages=one.figures[0],
                ),
            )
            for plan, one in made
        ),
        archive=(len(archive), hashlib.sha256(archive).hexdigest()),
    )


def archived(law_id: str, files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files of a law, given with their paths, in one zip: the same files give the same bytes.

    They are compressed already, and stored as they are.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files:
            info = zipfile.ZipInfo(f"{law_id}/{Path(path).name}", (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _set_all(jobs: Waiting, store: Store, workers: Workers) -> None:
    problems: list[Problem] = []
    few = len(jobs) < FEW
    results = workers.mapped(set_job, jobs, name=lambda job: job.path, alone=few, threads=THREADS)
    for plan, (result, found) in zip(
        jobs.plans, watched(results, [1] * len(jobs), phrase("prints")), strict=True
    ):
        problems.extend(found)
        if not found:
            _store(store, plan.key, result)
    if problems:
        raise DuizhaoError(problems)


def _require_same_fonts(
    options: Iterable[PrintOptions], made: Iterable[Plan], store: Store
) -> None:
    """Raise DuizhaoError where fonts were written since their digest was taken.

    What was made meanwhile is not kept: some of it may have been set in others than it says.
    """
    used = {(each.fonts, each.system_fonts) for each in options}
    if all(tools_or_fonts(f, system=s) == tools_or_fonts_now(f, system=s) for f, s in used):
        return
    for plan in made:
        store.drop(plan.key)
    place, hint = Position(file="printing: fonts"), "build again; nothing was published"
    message = "This source was written while the site was being made."
    raise DuizhaoError([error("input-written", place, message, hint)])


class _LostError(OSError):
    """A file that was kept is gone."""


def _kept(store: Store, key: str) -> Result:
    result = _cached(store, key)
    if result is None:
        raise _LostError(f"{store.folder}: a file just written is gone")
    return result


def _cached(store: Store, key: str) -> Result | None:
    """What is kept under a key; None where there is nothing or it is not whole."""
    content = store.get(key)
    if content is None:
        return None
    one, two, data = content[:_NUMBER], content[_NUMBER : 2 * _NUMBER], content[2 * _NUMBER :]
    return Result(data=data, figures=(int.from_bytes(one), int.from_bytes(two)))


def _store(store: Store, key: str, result: Result) -> None:
    """Keep a result with its two figures before it."""
    store.put(key, b"".join(n.to_bytes(_NUMBER) for n in result.figures) + result.data)
