"""What each law gives to what all laws share, made with its own pages and kept with them.

::

    links            where its pages lead outside them, and which anchors they have
    archive          its files, compressed for the archive
    search-<n>       its texts and symbols for search (`search/gather`)
    words-<n>        what is said of these where they are not needed
    rows-<n>         its rows for the database of all laws
    lines-<n>        the same as JSON Lines, compressed for the archive
    entry-<n>        its entry in the index of data
    lists-<code>-<n> its lines on lists of a language

`<n>` is the law's place among those of its task.  What all share is put together from
these, law by law; a law that did not change is not looked at again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from duizhao.building.whole.archive import archived, deflated
from duizhao.building.whole.linkcheck import Where, Within, dead_links, links_within
from duizhao.ground.chunks import Unread, divided, joined
from duizhao.ground.problems import Problem
from duizhao.site.law_lists import lists_of, lists_to_bytes
from duizhao.site.pipeline import Site
from duizhao.writers.downloads import Download
from duizhao.writers.search.fold import Syllables
from duizhao.writers.search.gather import gathered
from duizhao.writers.search.kept import gathered_to_bytes, summary_to_bytes
from duizhao.writers.search.provisions import searched
from duizhao.writers.site_downloads import rows_to_bytes, share_of

LINKS, ARCHIVE = "links", "archive"
ROWS, LINES, ENTRY = "rows", "lines", "entry"
SEARCH, WORDS = "search", "words"


def lists_name(language: str) -> str:
    """The name of the part with the lines of one language's lists."""
    return f"lists-{language}"


def lists_digest(parts: Mapping[str, bytes]) -> str:
    """The digest of those of some parts that go into lists."""
    total = hashlib.sha256()
    for name, data in sorted(parts.items()):
        if name.startswith(lists_name("")):
            total.update(f"{name} {len(data)}\n".encode() + data)
    return total.hexdigest()


def law_shares(
    site: Site, own: Sequence[str], downloads: Mapping[str, Sequence[Download]], base: str
) -> dict[str, bytes]:
    """The parts of each law of `own`; those for data only of laws that have `downloads`."""
    out = {}
    spoken = [ui for code, ui in site.interfaces.items() if code != "zh"]
    languages = [ui.language for ui in spoken]
    syllables = Syllables(site.readings)
    for n, law_id in enumerate(own):
        law = site.law(law_id)
        taken = gathered(searched(law, spoken), syllables, languages)
        out[f"{SEARCH}-{n}"] = gathered_to_bytes(taken)
        out[f"{WORDS}-{n}"] = summary_to_bytes(taken.summary)
        if law_id in downloads:
            share = share_of(law, downloads[law_id], base)
            out[f"{ROWS}-{n}"] = rows_to_bytes(share.rows)
            out[f"{LINES}-{n}"] = deflated(share.lines.encode("utf-8"))
            out[f"{ENTRY}-{n}"] = share.entry.encode("utf-8")
        for code, lists in lists_of(site, law).items():
            out[f"{lists_name(code)}-{n}"] = lists_to_bytes(lists)
    return out


def file_shares(
    files: Iterable[tuple[str, bytes]], *, archive: bool
) -> tuple[dict[str, bytes], list[Problem]]:
    """The parts of the finished files of a task, given with their paths; what is wrong with links."""
    some = list(files)
    pages = [(name, data) for name, data in some if name.endswith(".html")]
    within, problems = links_within(pages, {name for name, _ in some})
    out = {LINKS: _links_to_bytes(within)}
    if archive:
        out[ARCHIVE] = archived(some)
    return out, [*problems, *dead_links(within.dead)]


def _links_to_bytes(within: Within) -> bytes:
    """Pages and places, then what is known of each: of most of them nobody asks that."""
    ids = [sorted(some) for some in within.ids.values()]
    plain = [list(within.ids), list(within.outward), *ids, *within.outward.values()]
    return joined(json.dumps(each, ensure_ascii=False).encode("utf-8") for each in plain)


def links_from_bytes(data: bytes) -> Within:
    """The links that were kept."""
    names, places, *parts = divided(data)
    pages: list[str] = json.loads(names)
    led = [(path, fragment) for path, fragment in json.loads(places)]
    return Within(
        ids=Unread(dict(zip(pages, parts, strict=False)), _identifiers),
        outward=Unread(dict(zip(led, parts[len(pages) :], strict=True)), _where),
    )


def _identifiers(data: bytes) -> frozenset[str]:
    return frozenset(json.loads(data))


def _where(data: bytes) -> list[Where]:
    return [(page, number, href) for page, number, href in json.loads(data)]
