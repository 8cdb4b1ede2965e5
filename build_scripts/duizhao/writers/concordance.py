"""Markdown of the concordance: the terms of one letter with every place they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from duizhao.citation import Cited
from duizhao.concordance import MOST, Excerpt, Occurrence
from duizhao.glossary import Term
from duizhao.law import View, link
from duizhao.pinyin import alphabetical
from duizhao.ui import TAGS, Interface
from duizhao.writers.inline import escape

_ZH = TAGS["zh"]


def concordance_path(language: str, letter: str) -> str:
    """The Markdown file of one letter."""
    return f"{language}/concordance/{letter}.md"


def concordance_markdown(
    ui: Interface,
    views: Mapping[str, View],
    cited: Mapping[str, Mapping[str, Cited]],
    found: Mapping[str, Sequence[Occurrence]],
    terms: Sequence[Term],
    letter: str,
    all_letters: Sequence[str],
) -> str:
    """The page of `letter`; `cited` gives each law's citations, `found` the occurrences."""
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
        blocks.extend(_term(ui, path, views, cited, term, found[term.slug]))
    return "\n\n".join(blocks) + "\n"


def _term(
    ui: Interface,
    path: str,
    views: Mapping[str, View],
    cited: Mapping[str, Mapping[str, Cited]],
    term: Term,
    places: Sequence[Occurrence],
) -> Iterator[str]:
    view = next(iter(views.values()))
    pair = view.pair_ui
    words = term.rendering(pair.language)
    tag = pair.tag if words else "en"
    yield (
        f'### <span lang="{_ZH}">{escape(term.zh)}</span>'
        f' <span lang="zh-Latn-pinyin">{escape(term.pinyin)}</span>'
        f' <span lang="{tag}">{escape(words or term.en)}</span> {{#{term.slug} .term}}'
    )
    other = sum(place.deviates for place in places)
    count = ui.plural("{n} place", "{n} places", len(places))
    if other:
        count += ui("list separator") + ui.plural(
            "{n} with another rendering", "{n} with another rendering", other
        )
    entry = (
        f"[{escape(ui('Glossary entry'))}]({link(path, f'{ui.language}/glossary.md', term.slug)})"
    )
    yield f"{escape(count)} · {entry}\n{{: .meta }}"
    lines = [_line(ui, path, views[p.law_id], cited[p.law_id], p) for p in places[:MOST]]
    if len(places) > MOST:
        lines.append(f"* {escape(ui('The search finds all others.'))}")
    yield "\n".join(lines)


def _line(
    ui: Interface, path: str, view: View, cited: Mapping[str, Cited], place: Occurrence
) -> str:
    anchor = "toc" if place.eid.startswith("toc") else place.eid.removesuffix("__heading")
    target = link(path, view.path(view.page_of(anchor)), anchor)
    name = cited.get(anchor)
    words = name.of(ui) if name else ui("front matter")
    title = view.title(short=True)
    zh = f'<span lang="{_ZH}">{_marked(place.chinese)}</span>'
    line = f"* [{escape(f'{title}, {words}' if ui.language != 'zh' else f'{title}{words}')}]({target}): {zh}"
    if place.status != "translated":
        return f"{line} — {escape(ui('not translated'))}"
    line += f' — <span lang="{view.pair_ui.tag}">{_marked(place.translation)}</span>'
    return f"{line} **{escape(ui('another rendering'))}**" if place.deviates else line


def _marked(excerpt: Excerpt) -> str:
    before, words, after = excerpt
    return escape(before) + (f"<b>{escape(words)}</b>" if words else "") + escape(after)
