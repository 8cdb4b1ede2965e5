"""What changed in the texts between two versions of a site's sources.

Compared is what readers get: the Chinese of each provision, the status of its
translation, the notes.  Code, pages and options are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.bilingual import sources
from duizhao.catalog_merge import difference
from duizhao.citation import cited
from duizhao.law import Law
from duizhao.pipeline import Site
from duizhao.ui import Interface

#: the note of a decision; with a number alone it is a line of the adoption note
_NOTE = re.compile(r"note_(?!\d+$)")
KINDS = ("added", "removed", "changed", "translated", "retranslated", "stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One unit that differs: `kind` is one of KINDS, `language` that of a translation or "".

    `before` and `after` are the texts, "" where there is none.
    """

    kind: str
    eid: str
    language: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChanges:
    """A law that differs; `kind` is added, removed or changed."""

    law: Law
    kind: str
    changes: tuple[Change, ...] = ()


def changes(before: Site, after: Site) -> Iterator[LawChanges]:
    """The laws whose texts differ, in the order of the newer site, removed ones last."""
    old = {law.id: law for law in before.laws}
    for law in after.laws:
        if law.id not in old:
            yield LawChanges(law=law, kind="added")
        elif found := tuple(_changed(old[law.id], law)):
            yield LawChanges(law=law, kind="changed", changes=found)
    new = {law.id for law in after.laws}
    for law in before.laws:
        if law.id not in new:
            yield LawChanges(law=law, kind="removed")


def _changed(old: Law, new: Law) -> Iterator[Change]:
    was, now = dict(sources(old.edition)), dict(sources(new.edition))
    for eid, text in now.items():
        if eid not in was:
            yield Change(kind="added", eid=eid, after=text)
        elif was[eid] != text:
            yield Change(kind="changed", eid=eid, before=was[eid], after=text)
        yield from _translations(old, new, eid)
    for eid, text in was.items():
        if eid not in now:
            yield Change(kind="removed", eid=eid, before=text)


def _translations(old: Law, new: Law, eid: str) -> Iterator[Change]:
    for language, pair in new.bilingual.items():
        then = old.bilingual[language].of(eid).text if language in old.bilingual else ""
        now = pair.of(eid)
        if now.text and not then:
            yield Change(kind="translated", eid=eid, language=language, after=now.text)
        elif now.text != then and now.text:
            yield Change(
                kind="retranslated", eid=eid, language=language, before=then, after=now.text
            )
        elif then and not now.text:
            yield Change(kind="stale", eid=eid, language=language, before=then)


def _name(ui: Interface, kind: str) -> str:
    return {
        "added": ui("added"),
        "removed": ui("removed"),
        "changed": ui("changed"),
        "translated": ui("newly translated"),
        "retranslated": ui("translation changed"),
        "stale": ui("translation no longer current"),
    }[kind]


def report(ui: Interface, found: list[LawChanges]) -> str:
    """The changes in plain words, as Markdown."""
    out = [f"# {ui('Changes to the texts')}", ""]
    if not found:
        return "\n".join([*out, ui("No text of a law has changed, and no translation.")]) + "\n"
    for item in found:
        title = item.law.edition.metadata.title
        out += [f"## {ui('{law}: {what}', law=title, what=_name(ui, item.kind))}", ""]
        counts = {kind: sum(c.kind == kind for c in item.changes) for kind in KINDS}
        words = [f"{_name(ui, kind)} {ui.number(n)}" for kind, n in counts.items() if n]
        if words:
            out += [ui("list separator").join(words), ""]
        out += [_line(ui, item.law, change) for change in item.changes]
        out.append("")
    return "\n".join(out)


def _line(ui: Interface, law: Law, change: Change) -> str:
    if _NOTE.match(change.eid):
        note = change.eid.removeprefix("note_").removesuffix("__what")
        name = ui("Editor’s note {id}", id=note)
    else:
        name = (law.cited.get(change.eid) or cited(change.eid)).of(ui)
    what = _name(ui, change.kind) + (f" ({change.language})" if change.language else "")
    if change.before and change.after:
        words = difference(change.before, change.after)
    else:
        words = change.after or change.before
    quoted = " ".join(words.split()).replace("`", "ˋ")
    return f"- **{name}** · {what}: `{quoted}`"


def as_json(found: list[LawChanges]) -> list[dict[str, object]]:
    """The changes as JSON's values: one object a law, one a unit below it."""
    return [
        {
            "law": item.law.id,
            "title": item.law.edition.metadata.title,
            "kind": item.kind,
            "changes": [
                {
                    "kind": c.kind,
                    "eid": c.eid,
                    "language": c.language,
                    "before": c.before,
                    "after": c.after,
                }
                for c in item.changes
            ],
        }
        for item in found
    ]
