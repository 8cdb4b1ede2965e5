"""Which pages the site has: each a Markdown text at an address, law by law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duizhao.editing.accounting import Fate, fates
from duizhao.languages.concordance import letters
from duizhao.languages.law import Law, View
from duizhao.languages.leaves import WHOLE, Leaf, whole, with_pinyin
from duizhao.languages.print_files import LawPrints
from duizhao.site.law_lists import Lists, lists_of
from duizhao.site.pipeline import Site
from duizhao.writers.downloads import Offered
from duizhao.writers.pages.about import about_markdown
from duizhao.writers.pages.alphabet import alphabet_sheets
from duizhao.writers.pages.cites import cited_laws_section
from duizhao.writers.pages.concordance import (
    Places,
    add_places,
    concordance_markdown,
    concordance_path,
)
from duizhao.writers.pages.downloads import downloads_section
from duizhao.writers.pages.entries import entries_in_order
from duizhao.writers.pages.glossary_page import glossary_markdown
from duizhao.writers.pages.inline import escape
from duizhao.writers.pages.leaf import leaf_markdown
from duizhao.writers.pages.overview import overview_markdown
from duizhao.writers.pages.print_section import print_section
from duizhao.writers.pages.source import source_markdown, source_path, source_title

#: Laws on one page of the list of laws.
LISTED = 50

#: Kinds of pages that load the index of search: they wait until that is made.
LOADING_SEARCH = ("quote",)

#: Gives, for a language, what each law in order gives to lists.
ListsOf = Callable[[str], Iterable[Lists]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A generated page: its Markdown file, its text, and what the theme must know."""

    path: str
    markdown: str = field(repr=False)
    language: str
    kind: str
    title: str
    law_id: str = ""
    slug: str = ""
    pinyin: bool = False  # the page of the leaf with pinyin


def pages(
    site: Site,
    downloads: Mapping[str, Sequence[Offered]] | None = None,
    prints: Mapping[str, LawPrints] | None = None,
) -> Iterator[Page]:
    """Every generated page of the site; `downloads` are the files by law, `prints` the PDFs."""
    for laws in site.witnesses().values():
        own = tuple(law.id for law in laws)
        yield from pages_of_laws(site, own, downloads or {}, prints or {})
    yield from shared_pages(site)


def pages_of_laws(
    site: Site,
    own: tuple[str, ...],
    downloads: Mapping[str, Sequence[Offered]],
    prints: Mapping[str, LawPrints],
) -> Iterator[Page]:
    """The pages of the laws `own`, which are all that are made from one witness.

    Of the site's other laws only those that they cite are looked at.
    """
    laws = [site.law(law_id) for law_id in own]
    witness = laws[0].witness
    line_fates: tuple[Fate, ...] = fates(witness, [(w.decisions, w.edition) for w in laws])
    for language in site.options.languages:
        ui = site.interfaces[language]
        views = {law.id: site.view(law, language) for law in laws}
        path = source_path(language, witness.name)
        yield Page(
            path=path,
            markdown=source_markdown(ui, views, line_fates, path),
            language=language,
            kind="source",
            title=source_title(ui, views.values()),
        )
        for law in laws:
            view = views[law.id]
            sections = (
                print_section(view, prints.get(law.id)),
                downloads_section(view, _files(law, downloads)),
            )
            yield from law_pages(site, view, sections)


def shared_pages(site: Site, lists: ListsOf | None = None) -> Iterator[Page]:
    """The pages that are of no law: glossary, concordance, the list of laws, quotations.

    `lists` gives what all laws in order give to lists in one language; without it the
    laws are read for it.
    """
    of_all = lists or (lambda language: (lists_of(site, law)[language] for law in site.laws))
    for language in site.options.languages:
        ui, pair = site.interfaces[language], site.pair_ui(language)
        in_concordance: dict[str, str] = {}
        with entries_in_order() as entries:
            places: dict[str, Places] = {}
            for law in of_all(language):
                entries.add(law.entries)
                add_places(places, law.places)
            groups = dict(letters(site.glossary, places))
            for letter, terms in groups.items():
                path = concordance_path(language, letter)
                in_concordance |= {term.slug: path for term in terms}
                yield Page(
                    path=path,
                    markdown=concordance_markdown(ui, pair, places, terms, letter, list(groups)),
                    language=language,
                    kind="glossary",
                    title=ui("Concordance: {letter}", letter=letter.upper()),
                )
            for sheet in alphabet_sheets(ui, pair, entries, site.glossary, in_concordance):
                yield Page(
                    path=sheet.path,
                    markdown=sheet.markdown,
                    language=language,
                    kind="alphabet",
                    title=sheet.title,
                )
        yield Page(
            path=f"{language}/glossary.md",
            markdown=glossary_markdown(ui, pair, site.glossary, in_concordance),
            language=language,
            kind="glossary",
            title=ui("Glossary"),
        )
        yield from _list_pages(site, language)
        yield Page(
            path=f"{language}/quote.md",
            markdown=f"# {escape(ui('Check a quotation'))}\n",
            language=language,
            kind="quote",
            title=ui("Check a quotation"),
        )


def _files(law: Law, downloads: Mapping[str, Sequence[Offered]]) -> tuple[Offered, ...]:
    """The files of a law, then those of all laws together; none where none were made."""
    own = downloads.get(law.id, ())
    return (*own, *downloads.get("", ())) if own else ()


def list_count(site: Site) -> int:
    """How many pages the list of laws takes, the home page being the first."""
    return max(1, -(-len(site.laws) // LISTED))


def list_path(language: str, number: int) -> str:
    """The Markdown file of a page of the list of laws."""
    return f"{language}/laws/{number}.md" if number > 1 else f"{language}/index.md"


def list_number(page: Page | None) -> int:
    """Which page of the list of laws a page is; 1 where it is none of its own."""
    return int(page.slug) if page and page.kind == "laws" else 1


def laws_listed(site: Site, number: int) -> tuple[Law, ...]:
    """The laws on a page of the list."""
    return site.laws[LISTED * (number - 1) : LISTED * number]


def _list_pages(site: Site, language: str) -> Iterator[Page]:
    """The list of laws beyond the home page; the theme writes the laws into it."""
    ui, count = site.interfaces[language], list_count(site)
    for number in range(2, count + 1):
        title = ui("Laws, page {n} of {all}", n=ui.number(number), all=ui.number(count))
        yield Page(
            path=list_path(language, number),
            markdown=f"# {title}\n",
            language=language,
            kind="laws",
            title=title,
            slug=str(number),
        )


def law_pages(site: Site, view: View, sections: tuple[str, ...]) -> Iterator[Page]:
    """The pages of one law in one interface language; `sections` end its overview."""
    law = view.law
    source = source_path(view.language, law.witness.name)
    yield Page(
        path=view.path("index"),
        markdown=overview_markdown(view, source, cited_laws_section(view), *sections),
        language=view.language,
        kind="overview",
        title=view.title(),
        law_id=law.id,
        slug="index",
    )
    for leaf in (*law.leaves, whole(law.edition)):
        markdown = leaf_markdown(view, leaf, site.glossary, source)
        yield Page(
            path=view.path(leaf.slug),
            markdown=markdown,
            language=view.language,
            kind="leaf",
            title=page_title(view, leaf),
            law_id=law.id,
            slug=leaf.slug,
        )
    for leaf in law.leaves:
        markdown = leaf_markdown(view, leaf, site.glossary, source, site.readings)
        yield Page(
            path=view.path(with_pinyin(leaf)),
            markdown=markdown,
            language=view.language,
            kind="leaf",
            title=view.ui("{part}, with pinyin", part=page_title(view, leaf)),
            law_id=law.id,
            slug=leaf.slug,
            pinyin=True,
        )
    yield Page(
        path=view.path("about"),
        markdown=about_markdown(view, source),
        language=view.language,
        kind="about",
        title=view.ui("About this text"),
        law_id=law.id,
        slug="about",
    )


def page_title(view: View, leaf: Leaf) -> str:
    """What a leaf's page is called."""
    return " · ".join((*view.parts(leaf), leaf_title(view, leaf)))


def leaf_title(view: View, leaf: Leaf) -> str:
    """A leaf's heading in the page's language."""
    if leaf.slug == WHOLE:
        return view.ui("The whole law")
    if leaf.division is None:
        return view.ui("The text")
    return view.words(leaf.division.heading.eid, leaf.heading)
