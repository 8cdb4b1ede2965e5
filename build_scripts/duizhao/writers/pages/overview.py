"""Markdown of a law's overview: status, dates, source, contents, downloads."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.languages.law import View, link, repeal
from duizhao.languages.leaves import WHOLE, Leaf
from duizhao.languages.progress import in_words, progress
from duizhao.languages.ui import TAGS, Interface, message
from duizhao.parser.edition import Article, Division, Metadata, Unit
from duizhao.writers.pages.inline import cell, composed, escape, line_start
from duizhao.writers.pages.rows import LOST_ZH, why_untranslated

_ZH = TAGS["zh"]
_INDENT = "    "  # of a list in an item of another
_KINDS = {
    "law": message("Law"),
    "administrative-regulation": message("Administrative regulation"),
    "local-regulation": message("Local regulation"),
    "rule": message("Rule"),
    "judicial-interpretation": message("Judicial interpretation"),
    "decision": message("Decision"),
}


def overview_markdown(view: View, source_path: str, *sections: str) -> str:
    """The overview page; `sections` stand at its end: the prints, other formats."""
    blocks = [
        f"# {_both(view, 'title', view.law.edition.metadata.title)} {{#title}}",
        *_front(view),
        f"## {escape(view.ui('At a glance'))} {{#facts}}",
        _facts(view, source_path),
        f"## {_both(view, 'toc', '目录', view.pair_ui('Contents'))} {{#toc}}",
        _contents(view),
        *sections,
    ]
    return "\n\n".join(b for b in blocks if b) + "\n"


def _both(view: View, eid: str, chinese: str, else_other: str = "") -> str:
    """Chinese and translation of a heading, each in its language; `else_other` where it has none."""
    tag = view.pair_ui.tag
    other = view.pair.of(eid).text or else_other
    second = f' <span lang="{tag}">{escape(other)}</span>' if other else ""
    return f'<span lang="{_ZH}">{escape(" ".join(chinese.split()))}</span>{second}'


def _front(view: View) -> Iterator[str]:
    """Adoption note and announcements, in pairs."""
    edition = view.law.edition
    for unit in edition.adoption_note:
        yield from _pair(view, unit, "adoption")
    for announcement in edition.announcements:
        for unit in announcement:
            yield from _pair(view, unit, "announcement")
    for unit in edition.preamble:
        if unit.role == "heading":
            anchor = unit.eid.removesuffix("__heading")
            yield f"## {_both(view, unit.eid, str(unit.text))} {{#{anchor}}}"
        else:
            yield from _pair(view, unit, "preamble")


def _pair(view: View, unit: Unit, kind: str) -> Iterator[str]:
    tag = view.pair_ui.tag
    yield f"{line_start(escape(str(unit.text)))}\n{{: #{unit.eid} .zh .{kind} lang={_ZH} }}"
    translation = view.pair.of(unit.eid)
    if translation.status == "translated":
        yield f"{line_start(escape(translation.text))}\n{{: .en .{kind} lang={tag} }}"
    else:
        why = why_untranslated(view, translation.status)
        yield f"{why}\n{{: .en .untranslated .{kind} lang={view.ui.tag} }}"


def _effective(ui: Interface, metadata: Metadata) -> str:
    if metadata.effective or not metadata.effective_rule:
        return ui.date(metadata.effective)
    if metadata.effective_rule == "on promulgation":
        return ui("its promulgation")
    return ui("some time after its promulgation, which the text names")


def _facts(view: View, source_path: str) -> str:
    ui, edition = view.ui, view.law.edition
    metadata = edition.metadata
    spoken = view.law.summary.spoken[view.pair_ui.language]
    counts = view.pair.counts()
    total = sum(counts.values())
    path = view.path("index")
    about = link(path, view.path("about"))
    rows: list[tuple[str, str]] = [
        (ui("Status"), cell(repeal(ui, metadata))),
        (ui("Kind"), escape(ui(_KINDS[metadata.kind])) if metadata.kind in _KINDS else ""),
        (ui("Issued by"), _named(view, metadata.organ, spoken.organ)),
        (ui("Adopted"), ui.date(metadata.adopted)),
        (ui("Promulgated"), ui.date(metadata.promulgated)),
        (ui("Last amended"), ui.date(_amended(metadata))),
        (ui("Entry into force"), cell(_effective(ui, metadata))),
        (ui("Document number"), _named(view, metadata.document_number, spoken.number)),
        (
            ui("Completeness of the Chinese"),
            composed(
                ui("{noted} ({more})"),
                noted=_noted(ui, [note.kind for note in edition.notes]),
                more=f"[{cell(ui('about this text'))}]({about})",
            ),
        ),
        (
            ui("Translation"),
            cell(
                ui(
                    "{share} of the units translated; unofficial, the Chinese text prevails",
                    share=ui.percent(counts["translated"] / total),
                )
                if counts["translated"]
                else ui("Not yet translated.")
            ),
        ),
        (
            ui("Source"),
            f"[{cell(ui('the witness, line by line'))}]({link(path, source_path)}) · SHA-256 `{view.law.witness.sha256[:16]}…`",
        ),
        (ui("This edition"), ui.date(metadata.edition_date)),
    ]
    lines = [f"| {cell(ui('Item'))} | {cell(ui('Value'))} |", "| --- | --- |"]
    lines += [
        f"| {cell(name)} | {value} |" for name, value in rows if value and "></span>" not in value
    ]
    return "\n".join(lines)


def _named(view: View, chinese: str, translated: str) -> str:
    """A name as the page's language has it, in Chinese where the law has no translation of it."""
    if view.language != "zh" and translated:
        return cell(translated)
    return f'<span lang="{_ZH}">{cell(chinese)}</span>'


def _amended(metadata: Metadata) -> str:
    """The day of the last amendment, "" where a new text was adopted since."""
    return metadata.amended if metadata.amended > metadata.adopted else ""


def _noted(ui: Interface, kinds: list[str]) -> str:
    """How much of the Chinese is lost or doubtful, of what the notes of these kinds say."""
    gaps, queries = kinds.count("gap"), kinds.count("query")
    if not gaps and not queries:
        return cell(ui("No gap or doubtful wording noted"))
    return cell(
        ui.plural("{n} gap", "{n} gaps", gaps)
        + ui("list separator")
        + ui.plural("{n} doubtful wording", "{n} doubtful wordings", queries)
    )


def _contents(view: View) -> str:
    """The contents: parts, each leaf with its articles; entries whose text is lost, marked."""
    path = view.path("index")
    whole = f"[{escape(view.ui('The whole law on one page'))}]({link(path, view.path(WHOLE))})"
    out = [f"{whole}\n"]
    parts = () if view.pair.untranslated else progress(view.law, view.pair, {})
    done = {part.part: part for part in parts}
    present = {leaf.division.eid for leaf in view.law.leaves if leaf.division}
    for leaf in view.law.leaves:
        out += _over(view, leaf)
        indent = _INDENT * len(leaf.above)
        target = link(path, view.path(leaf.slug))
        heading = (
            _heading(view, leaf.division)
            if leaf.division
            else _both(view, "text", "正文", view.pair_ui("The text"))
        )
        state = in_words(view.ui, done[leaf.slug]) if leaf.slug in done else ""
        state = f' <small class="progress">{escape(state)}</small>' if state else ""
        out.append(f"{indent}* [{heading}]({target})" + state)
        for article in leaf.articles:
            anchor = link(path, view.path(leaf.slug), article.eid)
            out.append(f"{indent}{_INDENT}* [{_number(view, article)}]({anchor})")
    for entry in view.law.edition.contents:
        if entry.level == "chapter" and not entry.target and entry.unit.eid[5:] not in present:
            words = _both(view, entry.unit.eid, str(entry.unit.text))
            lost = LOST_ZH if view.language == "zh" else f"[{view.ui('text lost')}]"
            out.append(f'* {words} <span class="gap">{escape(lost)}</span>')
    return "\n".join(out)


def _number(view: View, article: Article) -> str:
    """An article's number as the page's language cites it, in brackets where it is supplied."""
    words, tag = view.law.cited[article.eid].words(view.ui)
    if tag == _ZH:
        number = f"〔{article.number}〕" if article.supplied else article.number
        return f'<span lang="{_ZH}">{escape(number)}</span>'
    return escape(f"[{words}]" if article.supplied else words)


def _over(view: View, leaf: Leaf) -> Iterator[str]:
    """The parts (编, 分编) that begin with a leaf, each to be followed by what it holds."""
    for depth, division in enumerate(leaf.above):
        if division.eid in leaf.opens:
            target = link(view.path("index"), view.path(leaf.slug), division.eid)
            yield f"{_INDENT * depth}* **[{_heading(view, division)}]({target})**"


def _heading(view: View, division: Division) -> str:
    return _both(view, division.heading.eid, str(division.heading.text))
