"""Prints: the PDFs of all laws, set again only where their input changed.

Each PDF is kept under the digest of everything it is made of.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duizhao.anew import Printed, why
from duizhao.bars import watched
from duizhao.law import Law
from duizhao.pipeline import Site
from duizhao.pool import Workers
from duizhao.print_files import (
    LawPrints,
    PrintFile,
    archive_path,
    picture_path,
)
from duizhao.print_jobs import Job, Result, jobs_of, set_job
from duizhao.problems import DuizhaoError, Problem, phrase
from duizhao.store import Store
from duizhao.typeset import PrintOptions, options_for

_NUMBER = 4  # bytes of each of the two figures before the file


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFiles:
    """The files of all laws, read when they are wanted, with one law in memory at a time.

    `kept` gives, by the law's id, path, key in the store and form of each.
    """

    store: Store = field(repr=False)
    kept: Mapping[str, tuple[tuple[str, str, str], ...]]

    def paths(self) -> Iterator[str]:
        """Where they stand below the site's root."""
        for law_id, files in self.kept.items():
            yield from (path for path, _, _ in files)
            yield archive_path(law_id)

    def read(self) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of each."""
        for law_id, files in self.kept.items():
            found = [(path, form, _kept(self.store, key).data) for path, key, form in files]
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
    jobs = {law.id: list(jobs_of(law, spoken, site.readings_of_prints())) for law in site.laws}
    wanted = [job for found in jobs.values() for job in found]
    store = Store(cache_folder / "prints")
    missing = [job for job in wanted if _cached(store, job.key) is None]
    if missing:
        # Fonts of this machine are nowhere else.
        here = options.system_fonts and workers.elsewhere
        with Workers() as own:
            _set_all(missing, store, own if here else workers)
    printed = _told(jobs, missing, Store(cache_folder / "last-prints"))
    offered = {law.id: _offered(law, store, jobs[law.id]) for law in site.laws}
    store.prune({job.key for job in wanted})
    kept = {
        law_id: tuple((job.path, job.key, job.form) for job in some)
        for law_id, some in jobs.items()
    }
    return offered, PrintedFiles(store=store, kept=kept), printed


def _pdfs(found: Iterable[tuple[str, str, bytes]]) -> list[tuple[str, bytes]]:
    """Path and bytes of what is no picture."""
    return [(path, data) for path, form, data in found if form != "picture"]


def _told(jobs: Mapping[str, list[Job]], missing: list[Job], before: Store) -> list[Printed]:
    """What was set of each law and why; what all is made of is kept for the next time."""
    told, new = [], {job.key for job in missing}
    for law_id, some in jobs.items():
        key = hashlib.sha256(law_id.encode()).hexdigest()
        last = json.loads(before.get(key) or b"{}")
        fresh = [job for job in some if job.key in new]
        reasons: dict[str, None] = {}
        for job in fresh:
            old = last.get(job.path)
            reasons |= dict.fromkeys(why(json.dumps(old).encode() if old else None, job.parts))
        if fresh:
            before.put(key, json.dumps({job.path: dict(job.parts) for job in some}).encode())
        told.append(Printed(law=law_id, why=tuple(reasons), files=len(some), fresh=len(fresh)))
    return told


def _offered(law: Law, store: Store, jobs: Sequence[Job]) -> LawPrints:
    made = [(job, _kept(store, job.key)) for job in jobs]
    archive = archived(law.id, _pdfs((job.path, job.form, result.data) for job, result in made))
    picture = next((r.figures for job, r in made if job.form == "picture"), (0, 0))
    return LawPrints(
        files=tuple(
            PrintFile(
                slug=job.leaf.slug if job.leaf else "",
                form=job.form,
                language=job.language,
                path=job.path,
                size=len(result.data),
                pages=result.figures[0],
            )
            for job, result in made
            if job.form != "picture"
        ),
        archive=archive_path(law.id),
        archive_size=len(archive),
        picture=picture_path(law.id) if any(picture) else "",
        picture_size=picture,
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


def _set_all(jobs: list[Job], store: Store, workers: Workers) -> None:
    problems: list[Problem] = []
    jobs = sorted(jobs, key=lambda job: job.leaf is not None)  # the long ones first
    results = workers.mapped(set_job, jobs, name=lambda job: job.path, alone=len(jobs) == 1)
    for job, (result, found) in zip(
        jobs, watched(results, len(jobs), phrase("prints")), strict=True
    ):
        problems.extend(found)
        if not found:
            _store(store, job.key, result)
    if problems:
        raise DuizhaoError(problems)


def _kept(store: Store, key: str) -> Result:
    result = _cached(store, key)
    if result is None:
        raise OSError(f"{store.folder}: a file just written is gone")
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
