"""Markdown of the downloads on a law's overview: each format, its files, their size."""

from __future__ import annotations

from collections.abc import Iterable

from duizhao.downloads import Download
from duizhao.law import View, link
from duizhao.ui import message
from duizhao.writers.inline import escape

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


def downloads_section(view: View, files: Iterable[Download]) -> str:
    """The section, "" where there are no files; other languages than the page's are left out."""
    rows: dict[str, list[str]] = {name: [] for name in _NAMES}
    ours = ("", "zh", view.pair.language, f"zh-{view.pair.language}")
    for file in files:
        if file.language in ours:
            rows[file.format].append(_link(view, file))
    if not any(rows.values()):
        return ""
    ui = view.ui
    lines = [
        f"## {escape(ui('Downloads'))} {{#downloads}}",
        "",
        f"| {escape(ui('Format'))} | {escape(ui('Files'))} |",
        "| --- | --- |",
        *(
            f"| {escape(ui(_NAMES[name]))} | {' · '.join(links)} |"
            for name, links in rows.items()
            if links
        ),
    ]
    return "\n".join(lines)


def _link(view: View, file: Download) -> str:
    ui = view.ui
    size = ui("{n} kB", n=ui.number(-(-len(file.data) // 1000)))
    if file.language == "zh":
        words = ui("Chinese")
    elif file.language == view.pair.language:
        words = ui("translation")
    else:
        words = ui("both languages")
    saved = "" if file.format == "html" else '{: download="" }'
    return f"[{escape(words)}]({link(view.path('index'), file.path)}){saved} {escape(size)}"
