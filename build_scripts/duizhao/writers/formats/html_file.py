"""A law in one HTML file: both languages, no script, nothing fetched; to pass on in a chat."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from duizhao.ground.text import shown
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.ui import directed, tag_of
from duizhao.parser.edition import Edition
from duizhao.writers.formats.blocks import Block, Said, Sequence
from duizhao.writers.formats.imprint import Imprint, as_html, repeal_line
from duizhao.writers.formats.markup import DOCTYPE, ZH, Markup, said_in, tree_of

STYLE = """
:root{color-scheme:light dark;--quiet:#595959;--line:#999;--mark:#a3231f}
@media(prefers-color-scheme:dark){:root{--quiet:#b3b3b3;--line:#777;--mark:#f09a8f}}
body{max-width:64rem;margin:0 auto;padding:1rem;font:1rem/1.7 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif}@supports not (hanging-punctuation:first){body{text-autospace:normal}}
[lang|=en]{font-family:"Noto Serif",Georgia,serif;line-height:1.55}
h1,h2,h3,h4,h5,h6,b,nav,footer{font-family:"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
h1,h2,h3,h4,h5,h6{line-height:1.4;font-size:1rem;margin:1.6em 0 .3em;display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
h1,h2.heading{display:block;text-align:center;text-wrap:balance}h1{font-size:1.7rem}h2.heading{font-size:1.25rem;margin-top:2.4em}
h1>span,h2.heading>span{display:block}h1>br,h2>br,h3>br,h4>br,h5>br,h6>br{display:none}h1>span+span,h2>span+span{font-weight:normal;font-size:.8em;font-family:inherit}
b{margin-right:.6em}h1 b,h2 b,h3 b,h4 b,h5 b,h6 b{margin-right:.5em}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}.pair p{margin:.3em 0;overflow-wrap:anywhere}
.item p{padding-inline-start:2em}.subitem p{padding-inline-start:4em}
em.gap,.gap b,sup a,.back,i{color:var(--mark)}.back{text-decoration:none;padding:0 .5em}i,em{font-style:normal}.query,.emendation{text-decoration:underline;text-decoration-style:dotted}
sup{line-height:0;font-size:.75em}sup a{text-decoration:none;padding:0 .15em}
nav{margin:1.5em 0 2em}nav ol{list-style:none;padding:0}nav a{color:inherit}footer,.note{color:var(--quiet);font-size:.9rem}
.alone :is(.pair,h2,h3,h4,h5,h6){display:block}
table{border-collapse:collapse;width:100%}td{border:1px solid var(--line);padding:.2em .5em;vertical-align:top}td p{margin:0}
footer{border-top:1px solid var(--line);margin-top:3em}footer p{overflow-wrap:anywhere}
@media(max-width:40rem){.pair,h2,h3,h4,h5,h6{grid-template-columns:1fr}.pair p+p{color:var(--quiet)}table{display:block;overflow-x:auto}}
@media print{body{max-width:none}nav{display:none}}
"""


def html_file(edition: Edition, sequence: Sequence, pair: Bilingual, imprint: Imprint) -> str:
    """The whole file, with the law's imprint at its end."""
    markup = Markup(sequence, pair.language)
    text = [block for block in sequence.blocks if block.kind != "note"]
    notes = [block for block in sequence.blocks if block.kind == "note"]
    digest = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    lines = [
        f'<html lang="{ZH}"><head><meta charset="utf-8"/>',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>',
        '<meta name="viewport" content="width=device-width"/>',
        f"<title>{escape(shown(edition.metadata.title), quote=False) or '—'}</title>",
        f"<style>{STYLE}</style></head>",
        '<body class="alone">' if pair.untranslated else "<body>",
        *repeal_line(edition.metadata),
        "<main>",
        *([] if edition.title else [_given_title(edition)]),
        *_with_contents(list(markup.html(text)), text, tag_of(pair.language)),
        "</main>",
        *(_notes(list(markup.html(notes))) if notes else []),
        *("<footer>", *as_html(imprint), "</footer>"),
        "</body></html>",
    ]
    return DOCTYPE + "\n".join(lines) + "\n"


def _given_title(edition: Edition) -> str:
    """The title that the editors give to a text that has none."""
    return f"<h1><span>〔{escape(shown(edition.metadata.title), quote=False)}〕</span></h1>"


def _with_contents(made: list[str], blocks: list[Block], tag: str) -> list[str]:
    """The blocks with the contents below the title, or first where there is none."""
    at = 1 if blocks and blocks[0].kind == "title" else 0
    return [*made[:at], *_contents(blocks, tag), *made[at:]]


def _contents(blocks: list[Block], tag: str) -> Iterator[str]:
    rows = [block for block in blocks if block.kind == "heading"]
    if len(rows) > 1:
        yield '<nav aria-label="目录 Contents"><ol>'
        for block in rows:
            words = escape(" ".join(shown(str(block.zh)).split()), quote=False) or "—"
            other = escape(" ".join(shown(block.pair.text).split()), quote=False)
            other = f" <span {directed(tag)}>{other}</span>" if other else ""
            yield f'<li><a href="#{escape(block.eid)}">{words}{other}</a></li>'
        yield "</ol></nav>"


def _notes(made: list[str]) -> Iterator[str]:
    yield '<section role="doc-endnotes" aria-labelledby="notes">'
    yield '<h2 class="heading" id="notes"><span>注</span><br/><span lang="en">Notes</span></h2>'
    yield from made
    yield "</section>"


def read_html_file(text: str, name: str) -> list[Said]:
    """What the file tells its reader.  Raises DuizhaoError where it is no file of this kind."""
    return said_in(tree_of(text, name))
