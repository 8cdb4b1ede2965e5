"""Markdown of "About this text": every editorial decision, in plain words, counted."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.editing.decisions import TO_DESCRIBE
from duizhao.languages.confidence import paragraphs_alone
from duizhao.languages.law import View, link
from duizhao.languages.ui import TAGS
from duizhao.parser.edition import Note, articles
from duizhao.writers.pages.inline import cell, composed, escape
from duizhao.writers.pages.notes import kind_name, note_words
from duizhao.writers.pages.sure import sure_counts

_ZH = TAGS["zh"]
_ORDER = (
    "gap",
    "number",
    "query",
    "emendation",
    "join",
    "order",
    "repetition",
    "furniture",
    "normalisation",
)


def about_markdown(view: View, source_path: str) -> str:
    """The page: an introduction with counts, then the notes by kind."""
    ui = view.ui
    notes = view.law.edition.notes
    groups = [(kind, [n for n in notes if n.kind == kind]) for kind in _ORDER]
    blocks = [
        f"# {escape(ui('About this text'))}",
        escape(
            ui(
                "This edition was made from the source named below. It corrects only what is"
                " certain and mechanical, keeps doubtful wording and says so, marks what is lost"
                " and fills nothing in. Every decision is listed here."
            )
        ),
        _set_in_lines(view),
        _source(view, source_path),
        _counts(view, groups),
        *_sure(view),
    ]
    for kind, group in groups:
        if group:
            blocks.append(f"## {escape(kind_name(view, group[0]))} {{#{kind}}}")
            blocks.extend(_entry(view, note, source_path) for note in group)
    blocks.extend(_history(view))
    return "\n\n".join(b for b in blocks if b) + "\n"


def _set_in_lines(view: View) -> str:
    """How many lines of a page go on in the next: of these there are no notes."""
    lines = sum(not join.why for join in view.law.decisions.join)
    if not lines:
        return ""
    return escape(
        view.ui.plural(
            "The source is set in lines: {n} of them goes on in the next, and is not listed.",
            "The source is set in lines: {n} of them go on in the next, and are not listed.",
            lines,
        )
    )


def _sure(view: View) -> Iterator[str]:
    """How sure the articles are, or the paragraphs of a resolution, which has none."""
    ui, body = view.ui, view.law.edition.body
    has_articles = any(True for _ in articles(body))
    if not (has_articles or any(True for _ in paragraphs_alone(body))):
        return
    yield f"## {escape(ui('How reliable the text is'))} {{#sure}}"
    yield escape(
        ui(
            "Each article says how sure its Chinese and its translation are. Where its"
            " paragraphs differ from it, each says its own; elsewhere the article speaks for"
            " them. A provision of which several things are said counts in each line."
        )
        if has_articles
        else ui(
            "Each paragraph says how sure its Chinese and its translation are. One of which"
            " several things are said counts in each line."
        )
    )
    yield sure_counts(view)


def _history(view: View) -> Iterator[str]:
    """The changes of the edition, the latest first, each with its anchor."""
    ui = view.ui
    if view.law.history:
        yield f"## {escape(ui('History of this edition'))} {{#history}}"
    for change in view.law.history:
        words, language = change.said(view.language)
        said = escape(words or ui("Edition of {date}.", date=ui.date(change.date)))
        if words and language != view.language:
            said = f'<span lang="{_ZH}">{said}</span>'
        kind = escape(ui("text") if change.kind == "text" else ui("translation"))
        yield f"**{escape(ui.date(change.date))}** · {kind} · {said}\n{{: #{change.anchor} }}"


def _source(view: View, source_path: str) -> str:
    source = view.law.decisions.witness[0]
    target = link(view.path("about"), source_path)
    witness = f"[{escape(view.ui('the witness, line by line'))}]({target})"
    if source.description in ("", TO_DESCRIBE):  # `check` tells the editor
        said = composed(view.ui("{label}: {what}"), label=escape(view.ui("Source")), what=witness)
    else:
        words = view.words("witness", source.description)
        said = f"{escape(view.ui('Source: {words}', words=words))} {witness}"
    return f"{said} · SHA-256 `{view.law.witness.sha256}`"


def _counts(view: View, groups: list[tuple[str, list[Note]]]) -> str:
    lines = [
        f"| {cell(view.ui('Kind of decision'))} | {cell(view.ui('Number'))} |",
        "| --- | ---: |",
    ]
    for kind, group in groups:
        if group:
            name = cell(kind_name(view, group[0]))
            lines.append(f"| [{name}](#{kind}) | {view.ui.number(len(group))} |")
    return "\n".join(lines) if len(lines) > 2 else ""


def _entry(view: View, note: Note, source_path: str) -> str:
    ui, path = view.ui, view.path("about")
    parts = []
    if note.what:
        parts.append(f"**{escape(view.words(f'{note.eid}__what', note.what))}**")
    if note.kind == "query":
        parts.append(f"**{_quoted(note.quote)}**")
    if note.kind in ("emendation", "normalisation"):
        parts.append(f"**{_quoted(note.quote)} → {_quoted(note.reading)}**")
    gap = "" if ui.language == "zh" else " "  # brackets of full width bring their own
    words = note_words(view, note)
    if note.kind == "normalisation":
        words = f"{escape(ui.plural('({n} time)', '({n} times)', note.count))}{gap}{words}"
    where = list(_where(view, note, path))
    lines = [
        f"[{first if first == last else f'{first}–{last}'}]({link(path, source_path, f'L{first}')})"
        for first, last in note.lines
    ]
    if lines:
        one = len(lines) == 1 and note.lines[0][0] == note.lines[0][1]
        said = ui("source line {lines}") if one else ui("source lines {lines}")
        where.append(composed(said, lines=escape(ui("list separator")).join(lines)))
    if where:
        words += gap + composed(ui("({places})"), places=escape(ui("; ")).join(where))
    return f"{' '.join([*parts, words])}\n{{: #{note.eid} .note .{note.kind} }}"


def _quoted(chinese: str) -> str:
    """Words of the source in the page's own quotation marks, not those of its Chinese type."""
    return f'“<span lang="{_ZH}">{escape(chinese)}</span>”'


def _where(view: View, note: Note, path: str) -> Iterator[str]:
    cited = view.law.cited
    for eid in (target.removesuffix("__heading") for target in note.targets):
        leaf = view.law.leaf_of(eid)
        citation = cited.get(eid)
        if leaf and citation:
            words = citation.of(view.ui)
            yield f"[{escape(words)}]({link(path, view.path(leaf.slug), eid)})"
