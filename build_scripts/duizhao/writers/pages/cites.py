"""Cites: where citations lead on a page, what cites a provision, which laws are cited."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.languages.citation import cited as citation_of
from duizhao.languages.citing import enclosed, name_of
from duizhao.languages.law import View, link
from duizhao.languages.leaves import WHOLE
from duizhao.languages.references_en import spans_en
from duizhao.languages.ui import TAGS
from duizhao.parser.edition import Unit
from duizhao.parser.references import Reference
from duizhao.writers.pages.inline import Link, composed, escape


def links_zh(view: View, path: str, slug: str, unit: Unit) -> tuple[Link, ...]:
    """The links of the citations in a unit's Chinese, on the page `slug` at `path`."""
    found = []
    for reference in view.law.citing.of_unit.get(unit.eid, ()):
        href = _href(view, path, slug, reference)
        if href:
            found.append((reference.start, reference.end, href))
    return tuple(found)


def links_pair(view: View, path: str, slug: str, unit: Unit, text: str) -> tuple[Link, ...]:
    """The same of its translation, where that can be read and the Chinese agrees."""
    if view.pair.language != "en":
        return ()
    citing = view.law.citing
    spans = spans_en(text, citing.of_unit.get(unit.eid, ()), citing.loose.get(unit.eid, ()))
    return tuple(
        (start, end, place_link(view, path, slug, eid))
        for start, end, eid in spans
        if view.law.leaf_of(eid)
    )


def place_link(view: View, path: str, slug: str, eid: str) -> str:
    """The link to a provision: on the page itself, or in its chapter."""
    page = view.page_of(eid)
    return link(path, path if slug in (WHOLE, page) else view.path(page), eid)


def _href(view: View, path: str, slug: str, reference: Reference) -> str:
    """Where a citation leads, "" where nowhere: its law is not here, or has no such place."""
    if reference.kind == "internal":
        eid = reference.targets[0]
        return place_link(view, path, slug, eid) if view.law.leaf_of(eid) else ""
    other = view.shelf.get(name_of(reference.title))
    if other is None:
        return ""
    base = f"{view.language}/{other.id}"
    if not reference.named[0]:
        named = reference.text.rstrip("》)）").endswith(reference.title.rstrip(")）"))
        return link(path, f"{base}/index.md") if named else ""
    places = other.citing.provisions.find(*reference.named)
    leaf = other.leaf_of(places[0]) if places else None
    return link(path, f"{base}/{leaf.slug}.md", places[0]) if leaf and places else ""


def cited_by(view: View, path: str, slug: str, eid: str) -> Iterator[str]:
    """What cites an article or a division, or a part of it: a line of links."""
    sources = view.law.citing.by_target.get(eid, {})
    if not sources:
        return
    size = len(sources)
    head = view.ui.plural("Cited by {n} provision", "Cited by {n} provisions", size)
    links = []
    for source, targets in sources.items():
        below = [target for target in targets if target != eid]
        parts = [_below(view, target, eid) for target in below]
        of = view.ui("list separator").join(filter(None, parts))
        of = (
            f" ({escape(of)})"
            if of and view.language != "zh"
            else f"（{escape(of)}）"
            if of
            else ""
        )
        links.append(_place(view, path, slug, source) + of)
    listed = escape(view.ui("list separator")).join(links)
    yield f"**{escape(head)}** {listed}\n{{: .by }}"


def _below(view: View, target: str, eid: str) -> str:
    """What of a provision is cited; "" for an article's one paragraph, which is the article."""
    single = target in view.law.cited and view.law.cited[target].single
    return citation_of(target.removeprefix(f"{eid}__"), single=single).of(view.ui)


def cited_laws_section(view: View) -> str:
    """The other laws that this one cites, each with the places; "" where there are none."""
    laws = view.law.citing.laws
    if not laws:
        return ""
    path = view.path("index")
    lines = []
    for law in laws:
        other = view.shelf.get(name_of(law.title))
        title = f'<span lang="{TAGS["zh"]}">{escape(enclosed(law.title))}</span>'
        if other is not None:
            title = f"[{title}]({link(path, f'{view.language}/{other.id}/index.md')})"
        places = escape(view.ui("list separator")).join(
            _place(view, path, "index", eid) for eid in law.places
        )
        # "《…法》 Article 1" alone would read as a citation of that law's Article 1.
        words = view.ui("{law} (cited in {places})")
        lines.append(f"* {composed(words, law=title, places=places)}")
    heading = escape(view.ui("Laws cited"))
    note = escape(view.ui("Laws without a link are not on this site."))
    return "\n\n".join((f"## {heading} {{#laws-cited}}", note, "\n".join(lines)))


def _place(view: View, path: str, slug: str, eid: str) -> str:
    """A provision, cited and linked, in the page's language or, lacking its form, in Chinese."""
    cited = view.law.cited.get(eid) or citation_of(eid)
    words, tag = cited.words(view.ui)
    attribute = f"{{lang={tag}}}" if tag != view.ui.tag else ""
    return f"[{escape(words)}]({place_link(view, path, slug, eid)}){attribute}"
