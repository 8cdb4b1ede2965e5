"""What the theme needs to know of a page: language, law, contents, neighbours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from duizhao.building.pages.card_files import SITE as SITE_CARD
from duizhao.building.pages.card_files import card_path
from duizhao.building.pages.previews import previews
from duizhao.building.pages.render import address
from duizhao.building.pages.structured_data import law_data, site_data
from duizhao.building.whole.archive import PATH as ARCHIVE
from duizhao.languages.law import View, repeal
from duizhao.languages.leaves import WHOLE, Leaf, with_pinyin
from duizhao.languages.print_files import LawPrints, extent, form_name
from duizhao.languages.progress import in_words, progress
from duizhao.languages.summary import Summary
from duizhao.languages.ui import Interface
from duizhao.parser.edition import Division
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import (
    Page,
    laws_listed,
    leaf_title,
    list_count,
    list_number,
    list_path,
)
from duizhao.writers.pages.source import source_path
from duizhao.writers.quote.words import TABLES

LISTING = ("home", "laws")  # kinds of pages that list laws
_HAND_WRITTEN = {"index.md": "home", "search.md": "search", "offline.md": "offline"}


def context_of(
    site: Site,
    src_uri: str,
    page: Page | None,
    *,
    paths: Collection[str],
    prose: Mapping[str, Sequence[tuple[str, str]]],
    prints: Mapping[str, LawPrints],
    base: str = "",
    files: Sequence[str] = (),
) -> dict[str, Any]:
    """The template variable `duizhao` for one page.

    `page` is None for a page written by hand; `paths` are all pages’ files.  `prose` gives,
    by language, title and address of those a reader may want from anywhere; `prints` are
    the PDFs by law, `files` what else of the page's law can be downloaded; `base` is the
    site's address.
    Links are addresses below the site's root, for the template's `url` filter.
    """
    language = page.language if page else language_of(site, src_uri)
    ui = site.interfaces[language]
    kind = page.kind if page else _kind(site, src_uri)
    out: dict[str, Any] = {
        "language": language,
        "tag": ui.tag,
        "kind": kind,
        "home": f"{language}/",
        "search": f"{language}/search/",
        "archive_path": ARCHIVE,
        "switch": [_switch(site, src_uri, code, paths) for code in site.options.languages],
        "pages": _site_pages(ui, prose.get(language, ())),
        "laws": _cards(site, language, page) if kind in LISTING else [],
        "lists": _lists(site, language, page) if kind in LISTING else [],
        "count": ui.number(len(site.laws)),
        "law": None,
        "crumbs": [],
        "description": "",
        "canonical": "",
        "schema": None,
        "card": SITE_CARD,
    }
    if kind == "quote":
        tables = TABLES.items()
        out["quote"] = {name: {k: ui(said) for k, said in table.items()} for name, table in tables}
    if kind == "home":
        words = ui("Chinese law in two languages, paragraph by paragraph")
        out["schema"] = site_data(ui("duizhao"), words, base, language, ui.tag)
    if page and page.law_id:
        view = site.view(site.law(page.law_id), language)
        law = _law(view, page, prints.get(page.law_id, LawPrints()))
        out["law"] = law
        out["crumbs"] = [(law["short"], law["url"])] if page.slug != "index" else []
        out["description"] = _description(view, page)
        part = (page.title, address(view.path(page.slug))) if page.slug != "index" else None
        out["schema"] = law_data(view, base, part=part, files=files)
        out["card"] = card_path(page.law_id)
        if page.slug == WHOLE and len(view.law.leaves) == 1:
            # Chapters are parts of the whole law; a single text is the same page again.
            out["canonical"] = address(view.path(view.law.leaves[0].slug))
        if page.pinyin:  # the chapter's text again: it is the chapter that is cited and found
            out["canonical"] = address(view.path(page.slug))
    return out


def variables(site: Site, extra: Mapping[str, Any], kept: Mapping[str, bool]) -> dict[str, Any]:
    """All that templates are told of a page: `extra` of `context_of`, and the language's words.

    `kept` names the parts of the site that its options turn on.
    """
    ui = site.interfaces[extra["language"]]
    return {"duizhao": {**extra, **kept}, "t": ui, "plural": ui.plural, "ui": site.interfaces}


def outside_context(site: Site) -> dict[str, Any]:
    """The variable `duizhao` for a template that is no page: 404.html, in all languages."""
    out = context_of(site, "index.md", None, paths=(), prose={}, prints={})
    return {**out, "kind": "missing", "laws": []}


def language_of(site: Site, src_uri: str) -> str:
    """The language of a page by its folder; the first language for the site's root."""
    first = src_uri.partition("/")[0]
    return first if first in site.options.languages else site.options.languages[0]


def _kind(site: Site, src_uri: str) -> str:
    """The kind of a page written by hand: home, search, choose (the root) or prose."""
    first, _, rest = src_uri.partition("/")
    if first in site.options.languages:
        return _HAND_WRITTEN.get(rest, "prose")
    return "choose" if src_uri == "index.md" else "prose"


def _other_language(site: Site, src_uri: str, other: str) -> str:
    """The same page in another language."""
    language = language_of(site, src_uri)
    if src_uri.startswith(f"{language}/"):
        return f"{other}/{src_uri[len(language) + 1 :]}"
    return f"{other}/index.md"


def _switch(site: Site, src_uri: str, code: str, paths: Collection[str]) -> dict[str, Any]:
    """The way to a language: to the same page, else to the first of its folder, else home."""
    other, ui = _other_language(site, src_uri, code), site.interfaces[code]
    same = other in paths
    near = f"{other.rpartition('/')[0]}/index.md"  # each language has pages by its own letters
    return {
        "language": code,
        "tag": ui.tag,
        "name": ui.name,
        "same": same,
        "url": address(next((x for x in (other, near) if x in paths), f"{code}/index.md")),
        "home": f"{code}/",
    }


def _site_pages(ui: Interface, prose: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pages of the site that are no law's, as the navigation lists them."""
    code = ui.language
    return [
        (ui("All laws"), f"{code}/"),
        (ui("Glossary"), f"{code}/glossary/"),
        (ui("Index"), f"{code}/a-z/"),
        (ui("Search"), f"{code}/search/"),
        (ui("Check a quotation"), f"{code}/quote/"),
        *prose,
    ]


def _cards(site: Site, language: str, page: Page | None) -> list[dict[str, Any]]:
    """The laws of a list: the first ones, or those of a further page of the list."""
    laws = laws_listed(site, list_number(page))
    return [_card(site.view(law, language)) for law in laws]


def _lists(site: Site, language: str, page: Page | None) -> list[dict[str, Any]]:
    """The pages of the list of laws; none where all laws fit the first, the home page."""
    ui, count = site.interfaces[language], list_count(site)
    at = list_number(page)
    return [
        {
            "number": ui.number(number),
            "name": ui("Laws, page {n} of {all}", n=ui.number(number), all=ui.number(count)),
            "url": address(list_path(language, number)),
            "active": number == at,
            "gap": number > 1 and number - 1 not in shown_lists(at, count),
        }
        for number in sorted(shown_lists(at, count))
        if count > 1
    ]


def shown_lists(at: int, count: int) -> set[int]:
    """Which pages a page of the list links to, so that links do not grow with the laws."""
    return {1, count, *range(max(1, at - 3), min(count, at + 3) + 1)}


def _card(view: View) -> dict[str, Any]:
    """A law as the home page lists it; figures are (number, what is counted)."""
    law, ui, title = view.law.summary, view.ui, view.title()
    spoken, metadata = law.spoken[view.pair_ui.language], law.metadata
    gone = repeal(ui, metadata)
    translated = spoken.counts["translated"] / max(1, sum(spoken.counts.values()))
    headings = [heading for _, heading in law.leaves]
    own = view.language != "zh"
    if own:
        headings = [two or one for one, two in zip(headings, spoken.chapters, strict=True)]
    return {
        "id": law.law_id,
        "title": title,
        "title_zh": metadata.title,
        "title_pair": spoken.title,
        "pair_tag": view.pair_ui.tag,
        "url": address(view.path("index")),
        "effective": "" if gone else ui.date(metadata.effective),
        "repealed": gone,
        "organ": (own and spoken.organ) or metadata.organ,
        "number": (own and spoken.number) or metadata.document_number,
        "figures": [
            (ui.number(law.articles), ui.plural("article", "articles", law.articles)),
            (ui.percent(translated), ui("translated")),
            (ui.number(law.gaps), ui.plural("gap", "gaps", law.gaps)),
            (
                ui.number(law.doubts),
                ui.plural("doubtful wording", "doubtful wordings", law.doubts),
            ),
        ],
        "chapters": [
            (heading or ui("The text"), address(view.path(slug)))
            for heading, (slug, _) in zip(headings, law.leaves, strict=True)
        ],
    }


def made_of_card(law: Summary) -> list[object]:
    """All of a law's summary that `_card` looks at, without sets, which have no order."""
    figures = [law.articles, law.gaps, law.doubts]
    return [law.law_id, law.metadata, law.leaves, *figures, dict(law.spoken)]


def _law(view: View, page: Page, prints: LawPrints) -> dict[str, Any]:
    """The law that a page belongs to: titles, contents, prints of the page, neighbours."""
    law, ui = view.law, view.ui
    metadata = law.edition.metadata
    gone = repeal(ui, metadata)
    slugs = [leaf.slug for leaf in law.leaves]
    done = _done(view)
    contents = [{**_entry(view, f, page), "translation": done.get(f.slug, "")} for f in law.leaves]
    leaf = law.leaves[slugs.index(page.slug)] if page.slug in slugs else None
    at = slugs.index(page.slug) if leaf else -1
    following = contents[at + 1] if at + 1 < len(contents) else None
    gaps = sum(n.kind == "gap" for n in law.edition.notes)
    return {
        "id": law.id,
        "title": view.title(),
        "short": view.title(short=True),
        "title_zh": metadata.title,
        "title_pair": view.pair.of("title").text or metadata.title,
        "url": address(view.path("index")),
        "about": address(view.path("about")),
        "source": address(source_path(view.language, law.witness.name)),
        "slug": page.slug,
        "contents": contents,
        "groups": _groups(view, contents),
        "whole": {
            "title": ui("The whole law on one page"),
            "url": f"{address(view.path(WHOLE))}{_start(leaf)}",
            "active": page.slug == WHOLE,
        },
        "pinyin": {
            "url": f"{_address(view, leaf, pinyin=not page.pinyin)}{_start(leaf)}",
            "active": page.pinyin,
        }
        if leaf
        else None,
        "effective": "" if gone else ui.date(metadata.effective),
        "repealed": gone,
        "edition_date": ui.date(metadata.edition_date),
        "incomplete": ui.plural(
            "Text incomplete: {n} gap in the source",
            "Text incomplete: {n} gaps in the source",
            gaps,
        )
        if gaps
        else "",
        "status": view.standing,
        "translated": not view.pair.untranslated,
        "prints": [
            {
                "form": file.form,
                "name": form_name(file.form, ui),
                "extent": extent(file, ui),
                "url": file.path,
            }
            for file in (prints.of(page.slug, view.pair.language) if leaf else ())
        ],
        "previews": previews(view, leaf) if leaf else (),
        "previous": contents[at - 1] if leaf and at > 0 else None,
        "next": following if leaf or page.slug == "index" else None,
        "pair": {
            "language": view.pair.language,
            "tag": view.pair_ui.tag,
            "name": view.pair_ui.name,
        },
    }


def _groups(
    view: View, contents: Sequence[dict[str, Any]]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The entries of the contents below the parts that they are of, "" for those of none."""
    found: list[tuple[str, list[dict[str, Any]]]] = []
    last: tuple[Division, ...] | None = None
    for leaf, entry in zip(view.law.leaves, contents, strict=True):
        if leaf.above != last:
            opened = (view.heading(each) for each in leaf.above if each.eid in leaf.opens)
            found.append((" · ".join(opened), []))
            last = leaf.above
        found[-1][1].append(entry)
    return found


def _done(view: View) -> Mapping[str, str]:
    """How far each part is translated, in the words of the page's language."""
    return view.law.once(
        ("progress", view.language),
        lambda: {p.part: in_words(view.ui, p) for p in progress(view.law, view.pair, {})},
    )


def _address(view: View, leaf: Leaf, *, pinyin: bool) -> str:
    return address(view.path(with_pinyin(leaf) if pinyin else leaf.slug))


def _start(leaf: Leaf | None) -> str:
    """The fragment at which a leaf begins, "" where it has no identifier of its own."""
    if leaf is None or not (leaf.division or leaf.articles):
        return ""
    return f"#{leaf.division.eid if leaf.division else leaf.articles[0].eid}"


def _entry(view: View, leaf: Leaf, page: Page) -> dict[str, Any]:
    """A leaf in the contents; the one that is being read with its articles.

    On the page with the whole law the contents lead to places on it, on one with pinyin
    to pages with pinyin.
    """
    active, ui = leaf.slug == page.slug, view.ui
    cited = view.law.cited if active else {}
    return {
        "slug": leaf.slug,
        "title": leaf_title(view, leaf),
        "url": (page.slug == WHOLE and _start(leaf)) or _address(view, leaf, pinyin=page.pinyin),
        "active": active,
        "articles": [
            {
                "eid": article.eid,
                "name": cited[article.eid].of(ui),
                "number": article.eid.removeprefix("art_").replace("u", "?"),
            }
            for article in (leaf.articles if active else ())
        ],
    }


def _description(view: View, page: Page) -> str:
    """One sentence for search engines and link previews."""
    ui, title = view.ui, view.title()
    if page.kind == "about":
        return ui("Every editorial decision on the text of {law}, with its reason.", law=title)
    if page.slug == WHOLE:
        return ui("{law}: the whole text, in Chinese and in translation.", law=title)
    if page.pinyin:
        return ui(
            "{law}: {part}; pinyin over the Chinese, word by word.", law=title, part=page.title
        )
    if page.kind == "leaf":
        return ui("{law}: {part}, in Chinese and in translation.", law=title, part=page.title)
    return ui("{law} in Chinese and in translation: status, source, contents.", law=title)
