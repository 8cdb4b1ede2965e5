"""Prints: the PDFs of all laws, set again only where their input changed.

Each PDF is kept under the digest of everything it is made of.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
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


def prints(
    site: Site, options: PrintOptions, cache_folder: Path, workers: Workers
) -> tuple[dict[str, LawPrints], dict[str, bytes], list[Printed]]:
    """What is printed of each law by its id, every file by its path below the site, what was set.

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
    offered: dict[str, LawPrints] = {}
    files: dict[str, bytes] = {}
    for law in site.laws:
        made = [(job, _kept(store, job)) for job in jobs[law.id]]
        files |= {job.path: result.data for job, result in made}
        archive = archived(law, [(job, r) for job, r in made if job.form != "picture"])
        files[archive_path(law.id)] = archive
        offered[law.id] = _offered(law, made, len(archive))
    store.prune({job.key for job in wanted})
    return offered, files, printed


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


def _offered(law: Law, made: list[tuple[Job, Result]], archive_size: int) -> LawPrints:
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
        archive_size=archive_size,
        picture=picture_path(law.id) if any(picture) else "",
        picture_size=picture,
    )


def archived(law: Law, made: list[tuple[Job, Result]]) -> bytes:
    """The files of a law in one zip: the same files give the same bytes.

    They are compressed already, and stored as they are.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for job, result in made:
            info = zipfile.ZipInfo(f"{law.id}/{Path(job.path).name}", (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, result.data)
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


def _kept(store: Store, job: Job) -> Result:
    result = _cached(store, job.key)
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
