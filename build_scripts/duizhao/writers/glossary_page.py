"""Markdown of the glossary: every term with pinyin, rendering, definition and source."""

from __future__ import annotations

import unicodedata

from duizhao.glossary import Glossary
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
    key = (lambda t: (t.pinyin, t.zh)) if ui.language == "zh" else (lambda t: (t.en.lower(), t.zh))
    initial = ""
    for term in sorted(glossary.terms, key=key):
        first = _initial(term.pinyin if ui.language == "zh" else term.en)
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


def _initial(text: str) -> str:
    """The first letter, without tone mark, as a capital; # for anything else."""
    first = unicodedata.normalize("NFD", text)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
