"""Markdown of what can be printed of a law: a table of its PDFs, the archive, a picture."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.languages.law import View, link
from duizhao.languages.print_files import LawPrints, extent, form_name, weight
from duizhao.writers.pages.inline import cell, escape


def print_section(view: View, prints: LawPrints | None) -> str:
    """The section of the overview, "" where nothing is printed."""
    if prints is None or not prints.files:
        return ""
    ui, path = view.ui, view.path("index")
    archive = ui("All PDFs of this law (zip, {size})", size=weight(prints.archive_size, ui))
    blocks = [
        f"## {escape(ui('Print (PDF)'))} {{#print}}",
        _picture(view, prints),
        "\n".join(_table(view, prints)),
        f"[{escape(archive)}]({link(path, prints.archive)})",
    ]
    return "\n\n".join(block for block in blocks if block)


def _picture(view: View, prints: LawPrints) -> str:
    """The first page, which leads to the whole law in both languages."""
    whole = prints.find("", "parallel", view.pair.language)
    if not prints.picture or whole is None:
        return ""
    path = view.path("index")
    alt = view.ui("The title page of the printed edition of {law}", law=view.title())
    width, height = prints.picture_size
    return (
        f"[![{escape(alt)}]({link(path, prints.picture)})"
        f"{{: width={width} height={height} loading=lazy }}]({link(path, whole.path)})"
        f"{{: .first-page }}"
    )


def _table(view: View, prints: LawPrints) -> Iterator[str]:
    """A row for the law and one a leaf: its name, its files."""
    ui = view.ui
    yield f"| {cell(ui('Part'))} | {cell(ui('Files'))} |"
    yield "| --- | --- |"
    yield _row(view, prints, "", ui("The whole law"))
    leaves = view.law.leaves if any(leaf.division for leaf in view.law.leaves) else ()
    for leaf in leaves:
        if leaf.division:
            name = " · ".join((*view.parts(leaf), view.heading(leaf.division)))
            yield _row(view, prints, leaf.slug, name)
        else:
            yield _row(view, prints, leaf.slug, view.title())


def _row(view: View, prints: LawPrints, slug: str, name: str) -> str:
    path, ui = view.path("index"), view.ui
    files = " · ".join(
        f"[{cell(form_name(file.form, ui))}]({link(path, file.path)})"
        f" <small>{cell(extent(file, ui))}</small>"
        for file in prints.of(slug, view.pair.language)
    )
    return f"| {cell(name)} | {files} |"
