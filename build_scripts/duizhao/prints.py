"""Prints: the PDFs of all laws, set again only where their input changed.

Each PDF is kept under the digest of everything it is made of.  A cached file that
was damaged or cut off is noticed by its own digest and set again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urljoin

from duizhao.bilingual import Bilingual
from duizhao.leaves import Leaf
from duizhao.pipeline import Site
from duizhao.problems import DuizhaoError, Problem
from duizhao.site_pages import PRINT_FORMS, print_path
from duizhao.typeset import PrintOptions, leaf_pdf, read_back
from duizhao.typeset.data import Provenance, document_from_leaf

_DIGEST = 32  # bytes of SHA-256 before the PDF in a cached file


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One PDF to be set: where it goes, what of, and the digest of its inputs."""

    path: str
    key: str
    bilingual: Bilingual
    leaf: Leaf
    options: PrintOptions
    permalink: str
    witness_sha256: str
    witness_name: str


def prints(
    site: Site, site_url: str, cache_folder: Path, executor: Executor | None = None
) -> Iterator[tuple[str, bytes]]:
    """Each print as (path below the site's root, bytes), in the site's order.

    Raises DuizhaoError with every fault found in any of them.
    """
    jobs = list(_jobs(site, site_url))
    missing = [job for job in jobs if _cached(cache_folder, job.key) is None]
    if missing:
        cache_folder.mkdir(parents=True, exist_ok=True)
        own = None if executor else _pool(len(missing))
        try:
            _set_all(missing, cache_folder, executor or own)
        finally:
            if own:
                own.shutdown()
    for job in jobs:
        data = _cached(cache_folder, job.key)
        if data is None:
            raise OSError(f"{cache_folder}: a file just written is gone")
        yield job.path, data


def _pool(tasks: int) -> Executor | None:
    """Processes for the machine's cores, none for a task or two."""
    workers = min(os.cpu_count() or 1, tasks)
    # Spawned: a forked Typst could inherit a lock that nobody releases.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn")) if workers > 1 else None


def _set_all(jobs: list[Job], folder: Path, executor: Executor | None) -> None:
    problems: list[Problem] = []
    results = executor.map(set_print, jobs) if executor else map(set_print, jobs)
    for job, (data, found) in zip(jobs, results, strict=True):
        problems.extend(found)
        if not found:
            _store(folder, job.key, data)
    if problems:
        raise DuizhaoError(problems)


def set_print(job: Job) -> tuple[bytes, list[Problem]]:
    """Set one PDF and read it back; its bytes, and what is wrong with it."""
    try:
        data = leaf_pdf(
            job.bilingual,
            job.leaf,
            options=job.options,
            permalink=job.permalink,
            witness_sha256=job.witness_sha256,
            witness_name=job.witness_name,
        )
    except DuizhaoError as reason:
        return b"", list(reason.problems)
    return data, list(read_back(data, job.bilingual, job.leaf, job.options.form))


def _jobs(site: Site, site_url: str) -> Iterator[Job]:
    for law in site.laws:
        pair = next(iter(law.bilingual.values()))
        for leaf in law.leaves:
            for form in PRINT_FORMS:
                options = PrintOptions(form=form, site_url=site_url)
                permalink = f"zh/{law.id}/{leaf.slug}/"
                provenance = Provenance(
                    permalink=urljoin(site_url, permalink),
                    witness_sha256=law.witness.sha256,
                    witness_name=law.witness.name,
                )
                document = document_from_leaf(
                    pair, leaf, options=options, provenance=provenance, ui=None
                )
                yield Job(
                    path=print_path(law, leaf, form),
                    key=_key(document, options),
                    bilingual=pair,
                    leaf=leaf,
                    options=options,
                    permalink=permalink,
                    witness_sha256=law.witness.sha256,
                    witness_name=law.witness.name,
                )


def _key(document: object, options: PrintOptions) -> str:
    content = json.dumps(document, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{_tools()}\n{options!r}\n{content}".encode()).hexdigest()


@cache
def _tools() -> str:
    """The digest of what sets the PDFs: this package's code and templates, and Typst."""
    here = Path(__file__).parent
    files = [*here.glob("typeset/*.py"), *here.glob("templates/pdf/*")]
    parts = [version(name) for name in ("typst", "pikepdf", "pylopdf-fonts-zh-cn")]
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)]
    return " ".join(parts)


def _cached(folder: Path, key: str) -> bytes | None:
    """The PDF kept under a key; None where there is none or it is not whole."""
    try:
        stored = (folder / f"{key}.pdf").read_bytes()
    except FileNotFoundError:
        return None
    digest, data = stored[:_DIGEST], stored[_DIGEST:]
    return data if hashlib.sha256(data).digest() == digest else None


def _store(folder: Path, key: str, data: bytes) -> None:
    """Keep a PDF; a reader sees it whole or not at all."""
    path = folder / f"{key}.pdf"
    part = path.with_suffix(f".part-{os.getpid()}")
    part.write_bytes(hashlib.sha256(data).digest() + data)
    part.replace(path)
