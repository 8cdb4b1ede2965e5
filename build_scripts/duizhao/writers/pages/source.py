"""Markdown of the source page: the witness line by line, and where each line went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duizhao.editing.accounting import Fate
from duizhao.ground.problems import visible
from duizhao.languages.citation import cited
from duizhao.languages.law import View, link
from duizhao.languages.ui import TAGS, Interface
from duizhao.writers.pages.inline import cell, composed, escape, heading
from duizhao.writers.pages.notes import kind_name

_ZH = TAGS["zh"]
_NAMED = 2  # laws of a witness that its title names


def source_path(language: str, witness_name: str) -> str:
    """The Markdown file of a witness's page."""
    return f"{language}/source/{_stem(witness_name)}.md"


def _stem(witness_name: str) -> str:
    return witness_name.rpartition("/")[2].rpartition(".")[0] or witness_name


def source_title(ui: Interface, views: Iterable[View]) -> str:
    """What the page of a witness is called: by its laws, by its own name where they are many."""
    laws = list(views)
    names = [view.title(short=True) for view in laws]
    if len(names) > _NAMED:
        names = [_stem(laws[0].law.witness.name)]
    what = ui("list separator").join(names)
    return ui("{label}: {what}", label=ui("The source, line by line"), what=what)


def source_markdown(
    ui: Interface, views: Mapping[str, View], fates: Sequence[Fate], path: str
) -> str:
    """The page of one witness; `views` are the laws made from it, by id.

    Each line has the anchor L<number>; blank lines are left out, their numbers show.
    """
    first = next(iter(views.values()))
    witness = first.law.witness
    used = sum(f.kind == "used" for f in fates)
    omitted = sum(f.kind == "omitted" for f in fates)
    counted = ui(
        "{total} lines with text: {used} printed in an edition, {omitted} omitted by a named"
        " decision, {lost} unaccounted for.",
        total=ui.number(used + omitted + sum(f.kind == "unaccounted" for f in fates)),
        used=ui.number(used),
        omitted=ui.number(omitted),
        lost=ui.number(sum(f.kind == "unaccounted" for f in fates)),
    )
    blocks = [
        f"# {heading(source_title(ui, views.values()))}",
        escape(ui("The witness exactly as received, in its own order.")),
        escape(counted),
        f"SHA-256 `{witness.sha256}`",
    ]
    rows = [
        f"| {cell(ui('Line'))} | {cell(ui('Text of the witness'))} | {cell(ui('Where it went'))} |",
        "| ---: | --- | --- |",
    ]
    for fate in fates:
        if fate.kind == "blank":
            continue
        text = escape(visible(witness.line(fate.line).text)).replace("|", "&#124;")
        number = f'<a id="L{fate.line}" href="#L{fate.line}">{fate.line}</a>'
        rows.append(
            f'| {number} | <span lang="{_ZH}" class="witness {fate.kind}">{text}</span> | {_where(ui, views, fate, path)} |'
        )
    blocks.append("\n".join(rows))
    return "\n\n".join(blocks) + "\n"


def _where(
    ui: Interface,
    views: Mapping[str, View],
    fate: Fate,
    path: str,
) -> str:
    if fate.kind == "unaccounted":
        return f"**{cell(ui('unaccounted for'))}**"
    if fate.kind == "markup":
        return cell(ui("marks of a table, no text"))
    view = views[fate.law_id]
    if fate.kind == "omitted":
        note = view.law.edition.note(fate.decision)
        about = link(path, view.path("about"), note.eid)
        return composed(ui("omitted: {kind}"), kind=f"[{cell(kind_name(view, note))}]({about})")
    out: dict[str, str] = {}  # the cells of a table are cited alike: the first is enough
    places = [p for p in fate.places if "__heading" not in p[1]] or list(fate.places)
    specific = [p for p in places if not any(q[1].startswith(p[1] + "__") for q in places)]
    for law_id, eid in specific:
        view = views[law_id]
        words, found = _link_to(view, eid, path)
        out.setdefault(f"{law_id} {words}", found)
    law = cell(views[fate.law_id].title(short=True))
    listed = cell(ui("list separator")).join(out.values())
    return composed(ui("{law}: {places}"), law=law, places=listed)


def _link_to(view: View, eid: str, path: str) -> tuple[str, str]:
    """How a place is cited, and the link to it."""
    target = eid.removesuffix("__heading")
    words = (view.law.cited.get(target) or cited(target)).of(view.ui)
    leaf = view.law.leaf_of(target)
    if leaf:
        return words, f"[{cell(words)}]({link(path, view.path(leaf.slug), target)})"
    anchor = "toc" if target.startswith("toc") else target
    return words, f"[{cell(words)}]({link(path, view.path('index'), anchor)})"
