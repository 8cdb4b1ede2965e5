"""The work on one law: its downloads and its rendered pages, kept by what they are made of.

A task holds everything it needs and can be sent to another process.  Laws made from
one witness share its page, and so a task.  What is kept of a task is found by the
digests of its parts (`parts_of`); a page of a task that must be done again is found by
its Markdown, so one changed sentence renders only the pages that show it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from duizhao.building.laws.law_pack import HEAD, Parts, files_of, packed
from duizhao.building.laws.shares import file_shares, law_shares, lists_digest
from duizhao.building.pages.frame import Frame, finished
from duizhao.building.pages.render import Rendered, rendered_html
from duizhao.ground.chunks import divided, joined
from duizhao.ground.libraries import library_versions
from duizhao.ground.package import PACKAGE
from duizhao.ground.problems import DuizhaoError, Problem
from duizhao.ground.store import Store
from duizhao.languages.bilingual import sources
from duizhao.languages.law import Law
from duizhao.languages.print_files import LawPrints
from duizhao.site.kept_laws import MADE_OF, KeptLaws, digest_of_kind, digest_of_object
from duizhao.site.law_at_rest import all_rest
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import Page, pages_of_laws
from duizhao.writers.downloads import Listed, Offered, Shared, law_downloads
from duizhao.writers.site_downloads import whole_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Laws of one witness (`own`) with all that their pages and downloads are made of.

    `site` holds them and the laws that they cite; `base` is the site's address, or "".
    Without a `frame` the pages are not put into the theme.  `key` is what the result is
    kept under in the cache, `folder`.
    """

    site: Site
    own: tuple[str, ...]
    prints: Mapping[str, LawPrints] = field(repr=False)
    base: str
    folder: Path
    frame: Frame | None = field(default=None, repr=False)
    downloads: bool
    key: str = ""

    @property
    def name(self) -> str:
        """The task's name in reports: its laws."""
        return ", ".join(self.own)


def tasks_of(
    site: Site,
    prints: Mapping[str, LawPrints],
    *,
    base: str,
    folder: Path,
    frame: Frame | None = None,
    downloads: bool = True,
) -> Iterator[Task]:
    """The tasks of a site, in the order of its witnesses; `folder` is that of the cache."""
    for laws in site.witnesses().values():
        yield task_of(
            site, laws, prints, base=base, folder=folder, frame=frame, downloads=downloads
        )


def task_of(
    site: Site,
    laws: tuple[Law, ...],
    prints: Mapping[str, LawPrints],
    *,
    base: str,
    folder: Path,
    frame: Frame | None = None,
    downloads: bool = True,
) -> Task:
    """The task of some laws: of all that are made from one witness."""
    own = tuple(law.id for law in laws)
    return Task(
        site=_cut(site, laws),
        own=own,
        prints={law_id: prints[law_id] for law_id in own if law_id in prints},
        base=base,
        folder=folder,
        frame=frame,
        downloads=downloads,
    )


def _cut(site: Site, laws: tuple[Law, ...]) -> Site:
    """The part of a site that some laws need: themselves, and the laws that they name."""
    own = {law.id for law in laws}
    named = {law.id: law for one in laws for law in _named(site, one) if law.id not in own}
    # Without what the objects remember of earlier questions: it would not be the same each time.
    some = tuple(law.afresh() for law in (*laws, *named.values()))
    options = replace(site.options, root=Path())
    return replace(site, options=options, laws=some, faults=())


def _named(site: Site, law: Law) -> Iterator[Law]:
    """The laws of a site whose names stand between the marks of titles in a law."""
    return (site.shelf[name] for name in sorted(law.summary.named) if name in site.shelf)


def common_parts(task: Task) -> dict[str, str]:
    """The digests of what all tasks of a site share, by what a person calls it."""
    framed = dict(task.frame.parts) if task.frame else {}
    options = task.site.options, task.base, task.downloads, framed.pop("options", "")
    return {
        "readings": digest_of_object(task.site.readings),
        "interface": digest_of_object([*task.site.interfaces.values()]),
        "options": digest_of_object(options),
        "tools": tools(),
        **framed,
    }


def parts_of(task: Task, terms: str, common: Mapping[str, str]) -> dict[str, str]:
    """The digests of all that a task's result is made of.

    `terms` is that of `terms_of`, `common` are the shared ones.
    """
    laws = [task.site.law(law_id) for law_id in task.own]
    cited = [law for law in task.site.laws if law.id not in task.own]
    return {
        "text": _sources("text", laws),
        "translation": _sources("translation", laws),
        "history": _sources("history", laws),
        "laws cited": "".join(_sources(kind, cited) for kind in MADE_OF),
        "prints": digest_of_object(sorted(task.prints.items())),
        "glossary": terms,
        **common,
    }


def terms_of(tasks: Sequence[Task], store: Store) -> Iterator[str]:
    """The digest of the glossary's terms that the laws of each task could have.

    They are kept by what the laws are made of: a law at rest is not read for it.
    """
    name = name_digest("\nterms")  # of no task
    glossary = digest_of_object(tasks[0].site.glossary)
    before, now = json.loads(store.get(name) or b"{}"), {}
    for task in tasks:
        laws = [task.site.law(law_id) for law_id in task.own]
        said = [digest_of_kind(kind, law) for law in laws for kind in ("text", "translation")]
        key = hashlib.sha256(repr((glossary, said)).encode()).hexdigest()
        terms = before.get(key) or digest_of_object(task.site.glossary.touching(_texts(laws)))
        now[key] = terms
        yield terms
    if now != before:
        store.put(name, json.dumps(now).encode())


def _texts(laws: Iterable[Law]) -> dict[str, str]:
    """All that laws say, by language: a term that stands nowhere in it changes nothing of them."""
    found: dict[str, list[str]] = {}
    for law in laws:
        found.setdefault("zh", []).extend(text for _, text in sources(law.edition))
        for code, pair in law.bilingual.items():
            found.setdefault(code, []).extend(t.text for t in pair.translations.values())
    return {code: "\n".join(some) for code, some in found.items()}


def _sources(kind: str, laws: Iterable[Law]) -> str:
    """The digest of one kind of what laws are made of."""
    return digest_of_object([(law.id, digest_of_kind(kind, law)) for law in laws])


def key_of(parts: Mapping[str, str]) -> str:
    """What a task's result is kept under."""
    return hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest()


def name_digest(name: str) -> str:
    """What is kept by the name of a task, and not by what it is made of, is kept under."""
    return hashlib.sha256(name.encode()).hexdigest()


def done(task: Task) -> tuple[bytes, list[Problem]]:
    """Do a task and keep the parts of its result: the head, or what is wrong."""
    parts, problems = _parts(task)
    all_rest()  # each task brings its own laws
    if problems:
        return b"", problems
    put(task.folder, task.key, parts)
    return parts[HEAD], []


def _parts(task: Task) -> tuple[Parts, list[Problem]]:
    site = task.site
    shared = Shared(glossary=site.glossary, base=task.base, interfaces=site.interfaces)
    try:
        wanted = task.own if task.downloads else ()
        made = {law_id: law_downloads(site.law(law_id), shared) for law_id in wanted}
    except DuizhaoError as reason:
        return {}, list(reason.problems)
    files = {**made, "": whole_files()}
    own = pages_of_laws(site, task.own, files, task.prints)
    pages, fresh = rendered(site, own, task.folder, task.name)
    if task.frame:
        named = {law_id: [each.path for each in some] for law_id, some in made.items()}
        pages = tuple(finished(task.frame, site, pages, prints=task.prints, files=named))
    downloads = [each for some in made.values() for each in some]
    bodies = files_of(downloads, pages)
    listed = [one.page for one in pages]
    del pages  # their text is in memory as bytes now
    shares = law_shares(site, task.own, made, task.base)
    if task.frame:
        more, problems = file_shares(bodies, archive=task.frame.kept["archive"])
        if problems:
            return {}, problems
        shares |= more
    return packed(task.own, downloads, listed, bodies, fresh, shares, lists_digest(shares)), []


def finished_pages(
    task: Task, frame: Frame, offered: Mapping[str, Sequence[Listed]]
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the pages of a task alone, for somebody who edits and waits.

    `offered` are its downloads by law as they were made last; they are not made again.
    """
    site = task.site
    files: dict[str, Sequence[Offered]] = {**offered, "": whole_files()}
    own = pages_of_laws(site, task.own, files, task.prints)
    content, _ = rendered(site, own, task.folder, task.name)
    named = {law_id: [each.path for each in some] for law_id, some in offered.items()}
    pages = finished(frame, site, content, prints=task.prints, files=named)
    yield from files_of((), tuple(pages))


def laws_store(folder: Path) -> Store:
    """Where the results of tasks are kept in the cache."""
    return Store(folder / "laws")


def entry(key: str, name: str) -> str:
    """The name that a part of a result has in the store."""
    return f"{key}.{name}"


def put(folder: Path, key: str, parts: Parts) -> None:
    """Keep the parts of a result; the head is last, for it says that the others are there."""
    store = laws_store(folder)
    for name, data in parts.items():
        if name != HEAD:
            store.put(entry(key, name), data)
    store.put(entry(key, HEAD), parts[HEAD])


def writes(task: Task, path: str) -> bool:
    """Whether doing a task writes such a file, given by its path below the cache."""
    folder, _, name = path.partition("/")
    if folder == "laws":
        return name.startswith(entry(task.key, "")) and "/" not in name
    return folder == "pages" and name == name_digest(task.name)


def pages_store(folder: Path) -> Store:
    """Where the HTML of pages is kept in the cache."""
    return Store(folder / "pages")


def rendered(
    site: Site, pages: Iterable[Page], folder: Path, name: str
) -> tuple[tuple[Rendered, ...], int]:
    """Pages as HTML, and how many had to be converted; `name` is that of the pages together.

    What was converted for them the last time is taken from there.
    """
    store, kept_as = pages_store(folder), name_digest(name)
    kept = _pages_from(store.get(kept_as))
    now: dict[str, bytes] = {}
    found, fresh = [], 0
    for page in pages:
        key = page_key(site, page)
        html = kept.get(key)
        if html is None:
            fresh += 1
            html = rendered_html(site, page).encode("utf-8")
        now[key] = html
        found.append(Rendered(page=replace(page, markdown=""), html=html.decode("utf-8")))
    if now.keys() != kept.keys():
        store.put(kept_as, joined([json.dumps(list(now)).encode(), *now.values()]))
    return tuple(found), fresh


def _pages_from(data: bytes | None) -> dict[str, bytes]:
    """The content of pages by their keys."""
    if data is None:
        return {}
    keys, *pages = divided(data)
    return dict(zip(json.loads(keys), pages, strict=True))


def page_key(site: Site, page: Page) -> str:
    """The digest of all that a page's HTML is made of."""
    law = site.law(page.law_id) if page.law_id else None
    spoken = (site.interfaces[page.language], site.pair_ui(page.language))
    words = [ui.digest for ui in spoken]
    said = (*words, _cited(law) if law else "")
    where = (page.path, page.kind, page.language, tools())
    total = hashlib.sha256(repr((said, where)).encode())
    total.update(page.markdown.encode("utf-8"))
    return total.hexdigest()


def _cited(law: Law) -> str:
    """The digest of a law's citations, taken once for its pages."""
    return law.once(("digest of citations",), lambda: digest_of_object(sorted(law.cited.items())))


def laws_kept_in(cache: Path) -> KeptLaws:
    """The laws that this program has read and kept in the folder of a cache."""
    return KeptLaws(store=Store(cache / "read"), program=tools())


@cache
def tools() -> str:
    """The digest of what makes pages and downloads: this package and the libraries it uses.

    Python brings two that decide bytes: zlib and SQLite.
    """
    files = sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.*")])
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    brought = zlib.ZLIB_RUNTIME_VERSION, sqlite3.sqlite_version, sys.version_info[:2]
    digest.update(repr((library_versions(), brought)).encode())
    return digest.hexdigest()
