"""Every file of this part for a site, by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from duizhao.leaves import PINYIN, WHOLE
from duizhao.pipeline import Site
from duizhao.theme import language_of
from duizhao.web.feed import feed
from duizhao.web.moved import moved_files
from duizhao.web.robots import llms_txt, robots_txt
from duizhao.web.sitemap import Address, sitemap_files


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
        yield f"{language}/feed.xml", feed(views, base)
    yield "robots.txt", robots_txt(base)
    spoken = "en" if "en" in site.options.languages else site.options.languages[0]
    named = {
        key: [(path.rpartition("/")[2], path) for path in some] for key, some in downloads.items()
    }
    whole = [*named.get("", ()), ("manifest.json", "manifest.json"), ("sitemap.xml", "sitemap.xml")]
    whole.append(("feed.xml", f"{spoken}/feed.xml"))
    views = [site.view(law, spoken) for law in site.laws]
    yield "llms.txt", llms_txt(views, named, whole, base)


def _addresses(site: Site, pages: Mapping[str, str], base: str) -> Iterator[Address]:
    """The pages in the order of their addresses, each with itself in every language."""
    languages = site.options.languages
    ids = {law.id for law in site.laws}
    for source, given in sorted(pages.items(), key=lambda page: page[1]):
        url = given.removeprefix("./")
        law_id = next((part for part in source.split("/")[1:2] if part in ids), "")
        if source.endswith(f"/{WHOLE}.md") and law_id and len(site.law(law_id).summary.leaves) == 1:
            continue  # the same text again; its canonical address is its only leaf's
        if source.endswith(f"/{PINYIN}.md") and law_id:
            continue  # likewise: its canonical address is the chapter's
        language = language_of(site, source)
        own = source.startswith(f"{language}/")
        versions = {
            code: pages[other]
            for code in languages
            if (other := f"{code}/{source.partition('/')[2]}" if own else f"{code}/index.md")
            in pages
        }
        others = [(site.interfaces[code].tag, base + to) for code, to in versions.items()]
        first = next(iter(versions.values()), "")
        if first:
            others.append(("x-default", base + (first if own else url)))
        yield Address(url=base + url, day=dated(site, law_id), others=tuple(others))


def dated(site: Site, law_id: str) -> str:
    """The day a page is of: its law's latest change, else that of all laws; never today."""
    return site.days[law_id] or "2000-01-01"
