"""Markdown of the downloads on a law's overview: each format, its files, their size."""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.languages.law import View, link
from duizhao.languages.ui import message
from duizhao.writers.downloads import Offered
from duizhao.writers.pages.inline import cell, escape

_NAMES = {
    "html": message("One file to read and pass on (HTML)"),
    "epub": message("E-book (EPUB)"),
    "docx": message("Word (.docx)"),
    "text": message("Plain text and Markdown (ZIP)"),
    "akn": message("Akoma Ntoso (XML), for legal information systems"),
    "json": message("JSON, with the place of every word in the source"),
    "csl": message("Reference managers (CSL-JSON)"),
    "bibtex": message("LaTeX (BibTeX)"),
}

_WHOLE = {
    "jsonl": message("All provisions, one a line (JSON Lines)"),
    "sqlite": message("Database with full-text search (SQLite)"),
    "json-schema": message("What the JSON holds (JSON Schema)"),
    "index": message("list of all files (JSON)"),
}


def downloads_section(view: View, files: Sequence[Offered]) -> str:
    """The section; files of languages that the page has not are left out.

    Those of all laws together stand below the law's own, without their sizes: a law's
    page must not change with another law.  Without files there is no section.
    """
    rows: dict[str, list[str]] = {name: [] for name in _NAMES}
    ours = ("", "zh", view.pair.language, f"zh-{view.pair.language}")
    for file in files:
        if file.format in rows and file.language in ours:
            rows[file.format].append(_link(view, file))
    if not any(rows.values()):
        return ""
    ui = view.ui
    lines = [
        f"## {escape(ui('Downloads'))} {{#downloads}}",
        "",
        f"| {cell(ui('Format'))} | {cell(ui('Files'))} |",
        "| --- | --- |",
        *(
            f"| {cell(ui(_NAMES[name]))} | {' · '.join(links)} |"
            for name, links in rows.items()
            if links
        ),
    ]
    whole = [_link(view, f, ui(_WHOLE[f.format])) for f in files if f.format in _WHOLE]
    if whole:
        lines += ["", f"{escape(ui('All laws of this site together:'))} {' · '.join(whole)}"]
    return "\n".join(lines)


def _link(view: View, file: Offered, words: str = "") -> str:
    ui = view.ui
    size = ui("{n} kB", n=ui.number(-(-file.size // 1000)))
    if words:
        pass
    elif file.language == "zh":
        words = ui("Chinese")
    elif file.language == view.pair.language:
        words = ui("Translation")
    else:
        words = ui("Both languages")
    saved = "" if file.format == "html" else '{: download="" }'
    linked = f"[{cell(words)}]({link(view.path('index'), file.path)}){saved}"
    return linked if file.format in _WHOLE else f"{linked} {cell(size)}"
