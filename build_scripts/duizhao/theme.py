"""What the theme needs to know of a page: language, law, contents, neighbours."""

from __future__ import annotations

from typing import Any

from duizhao.law import View
from duizhao.pipeline import PRINT_FORMS, Page, Site, leaf_title, print_path


def context_of(site: Site, src_uri: str, page: Page | None) -> dict[str, Any]:
    """The template variable `duizhao` for one page.

    `t` and `plural` translate the theme's own words.  Links are addresses below
    the site's root, for the template's `url` filter.
    """
    language = page.language if page else _language_of(site, src_uri)
    ui = site.interfaces[language]
    others = [code for code in site.options.languages if code != language]
    out: dict[str, Any] = {
        "language": language,
        "tag": ui.tag,
        "t": ui,
        "kind": page.kind if page else "prose",
        "home": f"{language}/",
        "switch": [
            {
                "language": code,
                "tag": site.interfaces[code].tag,
                "name": site.interfaces[code].name,
                "url": _url(_other_language(src_uri, language, code)),
            }
            for code in others
        ],
        "laws": [_card(site.view(law, language)) for law in site.laws],
        "law": None,
    }
    if page and page.law_id:
        view = site.view(site.law(page.law_id), language)
        out["law"] = _law(view, page, pdf=site.options.pdf)
    return out


def _language_of(site: Site, src_uri: str) -> str:
    first = src_uri.partition("/")[0]
    return first if first in site.options.languages else site.options.languages[0]


def _other_language(src_uri: str, language: str, other: str) -> str:
    """The same page in another language."""
    if src_uri.startswith(f"{language}/"):
        return f"{other}/{src_uri[len(language) + 1 :]}"
    return f"{other}/index.md"


def _url(path: str) -> str:
    """The address of a Markdown file: zh/x/y.md is zh/x/y/."""
    stem = path.removesuffix(".md")
    return (
        stem.removesuffix("index") if stem.endswith(("/index",)) or stem == "index" else f"{stem}/"
    )


def _card(view: View) -> dict[str, Any]:
    """A law as the home page lists it."""
    edition = view.law.edition
    counts = view.pair.counts()
    articles = sum(len(leaf.articles) for leaf in view.law.leaves)
    return {
        "id": view.law.id,
        "title": view.title(),
        "title_zh": edition.metadata.title,
        "title_pair": view.pair.of("title").text,
        "pair_tag": view.pair_ui.tag,
        "url": _url(view.path("index")),
        "effective": view.ui.date(edition.metadata.effective),
        "organ": edition.metadata.organ,
        "number": edition.metadata.document_number,
        "articles": view.ui.plural("{n} article", "{n} articles", articles),
        "gaps": view.ui.plural("{n} gap", "{n} gaps", sum(n.kind == "gap" for n in edition.notes)),
        "doubts": view.ui.plural(
            "{n} doubtful wording",
            "{n} doubtful wordings",
            sum(n.kind == "query" for n in edition.notes),
        ),
        "translated": view.ui.percent(counts["translated"] / max(1, sum(counts.values()))),
    }


def _law(view: View, page: Page, *, pdf: bool) -> dict[str, Any]:
    """The law that a page belongs to: titles, contents, prints of the page, neighbours."""
    law, ui = view.law, view.ui
    slugs = [leaf.slug for leaf in law.leaves]
    contents = [
        {
            "slug": leaf.slug,
            "title": leaf_title(view, leaf),
            "url": _url(view.path(leaf.slug)),
            "active": leaf.slug == page.slug,
        }
        for leaf in law.leaves
    ]
    forms = {"zh": ui("PDF, Chinese"), "parallel": ui("PDF, both languages")}
    leaf = law.leaves[slugs.index(page.slug)] if page.slug in slugs else None
    at = slugs.index(page.slug) if leaf else -1
    return {
        "id": law.id,
        "title": view.title(),
        "short": view.title(short=True),
        "title_zh": law.edition.metadata.title,
        "url": _url(view.path("index")),
        "about": _url(view.path("about")),
        "contents": contents,
        "effective": ui.date(law.edition.metadata.effective),
        "incomplete": any(n.kind == "gap" for n in law.edition.notes),
        "prints": [
            {"form": form, "name": forms[form], "url": print_path(law, leaf, form)}
            for form in PRINT_FORMS
        ]
        if leaf and pdf
        else [],
        "previous": contents[at - 1] if leaf and at > 0 else None,
        "next": contents[at + 1] if leaf and at + 1 < len(contents) else None,
        "pair": {
            "language": view.pair.language,
            "tag": view.pair_ui.tag,
            "name": view.pair_ui.name,
            "title": view.pair.of("title").text,
        },
    }
