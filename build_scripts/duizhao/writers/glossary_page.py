"""Markdown of the glossary: every term with pinyin, rendering, definition and source."""

from __future__ import annotations

import unicodedata

from duizhao.glossary import Glossary, Term
from duizhao.pinyin import alphabetical
from duizhao.ui import TAGS, Interface
from duizhao.writers.inline import escape

_ZH = TAGS["zh"]


def glossary_markdown(ui: Interface, glossary: Glossary) -> str:
    """The glossary page: by pinyin on the Chinese page, by the alphabet elsewhere."""
    blocks = [
        f"# {escape(ui('Glossary'))}",
        escape(
            ui.plural(
                "{n} term, with the rendering chosen in this edition and where it is attested.",
                "{n} terms, with the rendering chosen in this edition and where it is attested.",
                len(glossary.terms),
            )
        ),
    ]
    terms = sorted(glossary.terms, key=lambda term: (_order(ui, term), term.zh))
    initials = dict.fromkeys(_first(ui, term) for term in terms)
    if initials:
        letters = (f"[{escape(i)}](#letter-{i.lower()})" for i in initials)
        blocks.append(f"{' '.join(letters)}\n{{: .letters }}")
    initial = ""
    for term in terms:
        first = _first(ui, term)
        if first != initial:
            initial = first
            blocks.append(f"## {initial} {{#letter-{initial.lower()} }}")
        zh = f'<span lang="{_ZH}">{escape(term.zh)}</span>'
        en = f'<span lang="en">{escape(term.en)}</span>'
        pinyin = f'<span lang="zh-Latn-pinyin">{escape(term.pinyin)}</span>'
        heading = f"{zh} {pinyin} {en}" if ui.language == "zh" else f"{en} {zh} {pinyin}"
        blocks.append(f"### {heading} {{#{term.slug} .term}}")
        definition = term.definition_zh if ui.language == "zh" else term.definition_en
        blocks.append(escape(definition))
        source = ui("this edition") if term.source == "this edition" else term.source
        meta = ui("Rendering: {source}", source=source)
        if term.alternatives:
            others = ui("list separator").join(term.alternatives)
            meta += " · " + ui("Also: {others}", others=others)
        blocks.append(f"{escape(meta)}\n{{: .meta }}")
    return "\n\n".join(blocks) + "\n"


def _order(ui: Interface, term: Term) -> tuple[str, str]:
    return alphabetical(term.pinyin) if ui.language == "zh" else (term.en.lower(), term.en)


def _first(ui: Interface, term: Term) -> str:
    return _initial(term.pinyin if ui.language == "zh" else term.en)


def _initial(text: str) -> str:
    """The first letter, without tone mark, as a capital; # for anything else."""
    first = unicodedata.normalize("NFD", text)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
