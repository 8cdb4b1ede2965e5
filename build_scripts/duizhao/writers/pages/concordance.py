"""Markdown of the concordance: the terms of one letter with every place they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duizhao.languages.concordance import MOST, Excerpt, Occurrence
from duizhao.languages.glossary import Term
from duizhao.languages.law import View, link
from duizhao.languages.pinyin import alphabetical
from duizhao.languages.ui import TAGS, Interface
from duizhao.writers.pages.inline import composed, escape

_ZH = TAGS["zh"]


def concordance_path(language: str, letter: str) -> str:
    """The Markdown file of one letter."""
    return f"{language}/concordance/{letter}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a term stands: how often, how often rendered otherwise, a line for each of the first."""

    count: int
    deviating: int
    lines: tuple[str, ...]


def law_places(view: View, found: Mapping[str, Sequence[Occurrence]]) -> dict[str, Places]:
    """The places of one law, by the term's anchor."""
    return {
        slug: Places(
            count=len(places),
            deviating=sum(place.deviates for place in places),
            lines=tuple(_line(view, place) for place in places[:MOST]),
        )
        for slug, places in found.items()
    }


def add_places(found: dict[str, Places], law: Mapping[str, Places]) -> None:
    """Add the places of one law to those of all; of lines no more than are shown."""
    for slug, own in law.items():
        known = found.get(slug, Places(count=0, deviating=0, lines=()))
        found[slug] = Places(
            count=known.count + own.count,
            deviating=known.deviating + own.deviating,
            lines=(*known.lines, *own.lines)[:MOST],
        )


def concordance_markdown(
    ui: Interface,
    pair: Interface,
    found: Mapping[str, Places],
    terms: Sequence[Term],
    letter: str,
    all_letters: Sequence[str],
) -> str:
    """The page of `letter`; `pair` is the interface in the language beside the Chinese."""
    path = concordance_path(ui.language, letter)
    blocks = [
        f"# {escape(ui('Concordance: {letter}', letter=letter.upper()))}",
        escape(
            ui("Every place in the laws where a term of the glossary stands, with its counterpart.")
        ),
        " ".join(
            f"**{escape(other.upper())}**"
            if other == letter
            else f"[{escape(other.upper())}]({link(path, concordance_path(ui.language, other))})"
            for other in all_letters
        )
        + "\n{: .letters }",
        f"## {escape(letter.upper())} {{#letter-{letter} }}",
    ]
    for term in sorted(terms, key=lambda t: (alphabetical(t.pinyin), t.zh)):
        blocks.extend(_term(ui, pair, path, term, found[term.slug]))
    return "\n\n".join(blocks) + "\n"


def _term(ui: Interface, pair: Interface, path: str, term: Term, places: Places) -> Iterator[str]:
    words = term.rendering(pair.language)
    tag = pair.tag if words else "en"
    yield (
        f'### <span lang="{_ZH}">{escape(term.zh)}</span>'
        f' <span lang="zh-Latn-pinyin">{escape(term.pinyin)}</span>'
        f' <span lang="{tag}">{escape(words or term.en)}</span> {{#{term.slug} .term}}'
    )
    count = ui.plural("{n} place", "{n} places", places.count)
    if places.deviating:
        count += ui("list separator") + ui.plural(
            "{n} with another rendering", "{n} with another rendering", places.deviating
        )
    entry = (
        f"[{escape(ui('Glossary entry'))}]({link(path, f'{ui.language}/glossary.md', term.slug)})"
    )
    yield f"{escape(count)} · {entry}\n{{: .meta }}"
    lines = list(places.lines)
    if places.count > MOST:
        lines.append(f"* {escape(ui('The search finds all others.'))}")
    yield "\n".join(lines)


def _line(view: View, place: Occurrence) -> str:
    """A line of the page of any letter: all of them stand in one folder."""
    ui, path = view.ui, concordance_path(view.language, "other")
    anchor = "toc" if place.eid.startswith("toc") else place.eid.removesuffix("__heading")
    target = link(path, view.path(view.page_of(anchor)), anchor)
    name = view.law.cited.get(anchor)
    words = name.of(ui) if name else ui("front matter")
    title = view.title(short=True)
    zh = f'<span lang="{_ZH}">{_marked(place.chinese)}</span>'
    cited = escape(f"{title}, {words}" if ui.language != "zh" else f"{title}{words}")
    line = f"* {composed(ui('{label}: {what}'), label=f'[{cited}]({target})', what=zh)}"
    if place.status != "translated":
        return f"{line} — {escape(ui('not translated'))}"
    line += f' — <span lang="{view.pair_ui.tag}">{_marked(place.translation)}</span>'
    return f"{line} **{escape(ui('another rendering'))}**" if place.deviates else line


def _marked(excerpt: Excerpt) -> str:
    before, words, after = excerpt
    return escape(before) + (f"<b>{escape(words)}</b>" if words else "") + escape(after)
