"""Every file of this part for a site, by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter

from duizhao.building.whole.web.feed import feed_files
from duizhao.building.whole.web.llms import llms_files
from duizhao.building.whole.web.moved import moved_files
from duizhao.building.whole.web.robots import robots_txt
from duizhao.building.whole.web.sitemap import Address, sitemap_files
from duizhao.languages.leaves import PINYIN, WHOLE
from duizhao.site.pipeline import Site


def web_files(
    site: Site,
    pages: Mapping[str, str],
    downloads: Mapping[str, tuple[str, ...]],
    base: str,
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and text of each file.

    `pages` gives, by source, the address of each page below `base`;
    `downloads` the paths of a law's files for programs, under "" those of all laws.
    Without a base there are only those that lead from old addresses to new ones.
    """
    yield from moved_files(site, pages, base)
    if not base:
        return
    yield from sitemap_files(_addresses(site, pages, base), base)
    for language in site.options.languages:
        views = [site.view(law, language) for law in site.laws]
        yield from feed_files(views, base)
    yield "robots.txt", robots_txt(base)
    spoken = "en" if "en" in site.options.languages else site.options.languages[0]
    named = {
        key: [(path.rpartition("/")[2], path) for path in some] for key, some in downloads.items()
    }
    whole = [*named.get("", ()), ("manifest.json", "manifest.json"), ("sitemap.xml", "sitemap.xml")]
    whole.append(("feed.xml", f"{spoken}/feed.xml"))
    views = [site.view(law, spoken) for law in site.laws]
    yield from llms_files(views, named, whole, base)


def _addresses(site: Site, pages: Mapping[str, str], base: str) -> Iterator[Address]:
    """The pages in the order of their addresses, each with itself in every language."""
    tags = {code: site.interfaces[code].tag for code in site.options.languages}
    leaves = {law.id: len(law.summary.leaves) for law in site.laws}
    for source, given in sorted(pages.items(), key=itemgetter(1)):
        folder, _, rest = source.partition("/")
        below = rest.partition("/")[0]
        law_id = below if below in leaves else ""
        if law_id and rest.endswith(f"/{WHOLE}.md") and leaves[law_id] == 1:
            continue  # the same text again; its canonical address is its only leaf's
        if law_id and rest.endswith(f"/{PINYIN}.md"):
            continue  # likewise: its canonical address is the chapter's
        url, own = given.removeprefix("./"), folder in tags
        there = rest if own else "index.md"
        others = [
            (tag, base + to) for code, tag in tags.items() if (to := pages.get(f"{code}/{there}"))
        ]
        if others:
            others.append(("x-default", others[0][1] if own else base + url))
        yield Address(url=base + url, day=dated(site, law_id), others=tuple(others))


def dated(site: Site, law_id: str) -> str:
    """The day a page is of: its law's latest change, else that of all laws; never today."""
    return site.days[law_id] or "2000-01-01"
