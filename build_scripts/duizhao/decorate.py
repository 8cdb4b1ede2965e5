"""From the plain HTML of a leaf to the page's own structure.

The Markdown stays readable: margin, Chinese and translation are three blocks in a
row.  Here each three become one `div.row`, links get names that a screen reader
can speak, and only a term's first occurrence in a paragraph is underlined.

Guarantee: the text of the page is not changed, only wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from duizhao.citation import Cited
from duizhao.ui import Interface

_MARGIN = re.compile(
    r'<p class="m">(?P<links>.*?)</p>(?P<texts>(?:\s*<p (?:class="(?:zh|en)[^"]*"[^>]*|lang="[^"]*" class="(?:zh|en)[^"]*"[^>]*)>.*?</p>)*)',
    re.DOTALL,
)
_LINK = re.compile(r'<a href="(?P<href>[^"]*)"(?: id="(?P<id>[^"]*)")?>(?P<label>[^<]*)</a>')
_TERM = re.compile(r'<a href="#(term-[^"]*)">')
_PARAGRAPH = re.compile(r"<(p|li)\b[^>]*>.*?</\1>", re.DOTALL)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def decorated(html: str, ui: Interface, cited: Mapping[str, Cited]) -> str:
    """The page's HTML with rows, names and first terms.

    `cited` gives the citation of each provision on the page.
    """
    html = _MARGIN.sub(lambda m: _row(m, ui, cited), html)
    html = _PARAGRAPH.sub(lambda m: _first_terms(m.group()), html)
    return _TABLE.sub(
        lambda m: (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(ui("Table"))}">{m.group()}</div>'
        ),
        html,
    )


def _row(match: re.Match[str], ui: Interface, cited: Mapping[str, Cited]) -> str:
    """One provision: its anchor and links in the margin, its texts beside each other."""
    links = list(_LINK.finditer(match["links"]))
    eid = links[0]["href"].lstrip("#") if links else ""
    citation = cited.get(eid)
    name = (citation.zh if ui.language == "zh" else citation.en) if citation else ui("gap")
    rest = _LINK.sub("", match["links"]).strip()
    out = []
    for link in links:
        href, label = link["href"], link["label"]
        if href.startswith("#"):
            spoken = ui("{citation}, permanent link", citation=name)
            kind = "n"
        elif re.search(r"#L\d+$", href):
            spoken = ui("{citation}, source line {line}", citation=name, line=label)
            kind, label = "l", f"L{label}"
        else:
            spoken = ui("{citation}, in the other language", citation=name)
            kind = "x"
        out.append(f'<a class="{kind}" href="{href}" aria-label="{escape(spoken)}">{label}</a>')
    ident = links[0]["id"] if links else None
    head = f' id="{ident}"' if ident else ""
    kind = "row" if ident else "row head"
    margin = f'<div class="m">{"".join(out)}{rest}</div>'
    return f'<div class="{kind}"{head}>{margin}{match["texts"].strip()}</div>'


def _first_terms(paragraph: str) -> str:
    """Give a term's first link in a paragraph the class t1, later ones t."""
    seen: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        slug = match[1]
        kind = "t" if slug in seen else "t t1"
        seen.add(slug)
        return f'<a class="{kind}" href="#{slug}">'

    return _TERM.sub(mark, paragraph)
