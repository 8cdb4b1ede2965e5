"""Markdown of what can be printed of a law: a table of its PDFs, the archive, a picture."""

from __future__ import annotations

import html
from collections.abc import Iterator

from duizhao.law import View, link
from duizhao.print_files import PRINT_FORMS, LawPrints, extent, form_name, weight
from duizhao.writers.inline import cell, escape


def print_section(view: View, prints: LawPrints | None) -> str:
    """The section of the overview, "" where nothing is printed."""
    if prints is None or not prints.files:
        return ""
    ui, path = view.ui, view.path("index")
    archive = ui("All PDFs of this law (zip, {size})", size=weight(prints.archive_size, ui))
    blocks = [
        f"## {escape(ui('Print'))} {{#print}}",
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
        f"{{: .first-page title={_quoted(form_name('parallel', view.ui))} }}"
    )


def _quoted(text: str) -> str:
    return f'"{html.escape(text)}"'


def _table(view: View, prints: LawPrints) -> Iterator[str]:
    """A row for the law and one a leaf, a column a form."""
    ui, language = view.ui, view.pair.language
    names = [escape(form_name(form, ui)) for form in PRINT_FORMS]
    yield "| " + " | ".join([escape(ui("Part")), *names]) + " |"
    yield "| --- |" + " --- |" * len(PRINT_FORMS)
    yield _row(view, prints, "", ui("The whole law"))
    leaves = view.law.leaves if any(leaf.division for leaf in view.law.leaves) else ()
    for leaf in leaves:
        if leaf.division:
            chinese = " ".join(str(leaf.division.heading.text).split())
            name = view.words(leaf.division.heading.eid, chinese)
            yield _row(view, prints, leaf.slug, name)
        elif prints.of(leaf.slug, language):
            yield _row(view, prints, leaf.slug, view.title())


def _row(view: View, prints: LawPrints, slug: str, name: str) -> str:
    path = view.path("index")
    cells = []
    for form in PRINT_FORMS:
        file = prints.find(slug, form, view.pair.language)
        said = escape(extent(file, view.ui)) if file else ""
        cells.append(f"[{said}]({link(path, file.path)})" if file else "")
    return f"| {cell(name)} | " + " | ".join(cells) + " |"
