"""Markdown of the glossary: every term with pinyin, rendering, definition and source."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from duizhao.ground.text import HAN
from duizhao.languages.glossary import Glossary, Term
from duizhao.languages.law import link
from duizhao.languages.pinyin import alphabetical
from duizhao.languages.ui import TAGS, Interface
from duizhao.writers.pages.inline import composed, definition, escape

_ZH = TAGS["zh"]


def glossary_markdown(
    ui: Interface, pair_ui: Interface, glossary: Glossary, concordance: Mapping[str, str]
) -> str:
    """The glossary page, with an index by pinyin and one by the renderings' alphabet.

    The entries stand in the order of the page's own language.  `pair_ui` is the language
    of the renderings; `concordance` gives the page of the concordance of each term that
    occurs, by its anchor.
    """
    pair = pair_ui.language
    blocks = [
        f"# {escape(ui('Glossary'))}",
        escape(
            ui.plural(
                "{n} term, with the rendering chosen in this edition and where it is attested.",
                "{n} terms, with the rendering chosen in this edition and where it is attested.",
                len(glossary.terms),
            )
        ),
        " · ".join(
            f"[{escape(words)}](#{anchor})"
            for words, anchor in (
                (ui("Index by pinyin"), "index-pinyin"),
                (ui("Index by rendering"), "index-alphabet"),
            )
        )
        + "\n{: .letters }",
    ]
    terms = sorted(glossary.terms, key=lambda term: (_order(ui, pair, term), term.zh))
    initials = dict.fromkeys(_first(ui, pair, term) for term in terms)
    if initials:
        names = (f"[{escape(i)}](#letter-{i.lower()})" for i in initials)
        blocks.append(f"{' '.join(names)}\n{{: .letters }}")
    initial = ""
    for term in terms:
        first = _first(ui, pair, term)
        if first != initial:
            initial = first
            blocks.append(f"## {initial} {{#letter-{initial.lower()} }}")
        blocks.extend(_entry(ui, pair_ui, term, concordance.get(term.slug, "")))
    blocks += [
        f"## {escape(ui('Index by pinyin'))} {{#index-pinyin}}",
        *_index((alphabetical(t.pinyin), t.pinyin, _zh(t), t.slug) for t in glossary.terms),
        f"## {escape(ui('Index by rendering'))} {{#index-alphabet}}",
        *_index(
            ((_words(t, pair).lower(), t.zh), _words(t, pair), _en(t, pair_ui), t.slug)
            for t in glossary.terms
        ),
    ]
    return "\n\n".join(blocks) + "\n"


def _entry(ui: Interface, pair_ui: Interface, term: Term, concordance: str) -> Iterator[str]:
    pinyin = f'<span lang="zh-Latn-pinyin">{escape(term.pinyin)}</span>'
    zh, en = _zh(term), _en(term, pair_ui)
    heading = f"{zh} {pinyin} {en}" if ui.language == "zh" else f"{en} {zh} {pinyin}"
    yield f"### {heading} {{#{term.slug} .term}}"
    yield definition(term, ui.language)
    own = term.source == "this edition"
    source = escape(ui("this edition")) if own else _english(ui, term.source)
    meta = composed(ui("Rendering: {source}"), source=source)
    if term.date:
        meta += f" · {escape(ui.date(term.date))}"
    if term.alternatives:
        separator = escape(ui("list separator"))
        others = separator.join(_english(ui, other) for other in term.alternatives)
        meta += " · " + composed(ui("Also: {others}"), others=others)
    if concordance:
        target = link(f"{ui.language}/glossary.md", concordance, term.slug)
        meta += f" · [{escape(ui('Every place in the laws'))}]({target})"
    yield f"{meta}\n{{: .meta }}"


def _english(ui: Interface, words: str) -> str:
    """English words, escaped, marked as such on a page in another language."""
    if ui.tag == "en" or HAN.search(words):
        return escape(words)
    return f'<span lang="en">{escape(words)}</span>'


def _index(entries: Iterable[tuple[tuple[str, str], str, str, str]]) -> Iterator[str]:
    """The terms by first letter, each letter a paragraph."""
    by_letter: dict[str, list[str]] = {}
    for _, letters, words, slug in sorted(entries):
        by_letter.setdefault(_initial(letters), []).append(f"[{words}](#{slug})")
    for letter, links in by_letter.items():
        yield f"**{escape(letter)}** {' · '.join(links)}"


def _zh(term: Term) -> str:
    return f'<span lang="{_ZH}">{escape(term.zh)}</span>'


def _words(term: Term, language: str) -> str:
    """The rendering; the English where the glossary has none in that language."""
    return term.rendering(language) or term.en


def _en(term: Term, pair_ui: Interface) -> str:
    tag = pair_ui.tag if term.rendering(pair_ui.language) else "en"
    return f'<span lang="{tag}">{escape(_words(term, pair_ui.language))}</span>'


def _order(ui: Interface, pair: str, term: Term) -> tuple[str, str]:
    words = _words(term, pair)
    return alphabetical(term.pinyin) if ui.language == "zh" else (words.lower(), words)


def _first(ui: Interface, pair: str, term: Term) -> str:
    return _initial(term.pinyin if ui.language == "zh" else _words(term, pair))


def _initial(text: str) -> str:
    """The first letter, without tone mark, as a capital; # for anything else."""
    first = unicodedata.normalize("NFD", text)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
