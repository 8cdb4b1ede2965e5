"""What changed in the texts between two versions of a site's sources.

Compared is what readers get: the Chinese of each provision, the status of its
translation, the notes.  Code, pages and options are not.  A provision is compared with
what it was (`counterparts`), not with what had its number: an article that is put in is
one that was added, and those after it have other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from duizhao.commands.counterparts import counterparts, whole_of
from duizhao.languages.bilingual import sources
from duizhao.languages.catalog_merge import difference
from duizhao.languages.citation import cited
from duizhao.languages.law import Law
from duizhao.languages.ui import Interface
from duizhao.site.pipeline import Site

#: the note of a decision; with a number alone it is a line of the adoption note
_NOTE = re.compile(r"note_(?!\d+$)")
_ORDINAL = re.compile(r"^第[^编章节]{1,8}(?:分?编|章|节)\s*")
_LAST = re.compile(r"\d+$")
KINDS = ("added", "removed", "changed", "renumbered", "translated", "retranslated", "stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One unit that differs: `kind` is one of KINDS, `language` that of a translation or "".

    `before` and `after` are the texts, "" where there is none; `was` is its identifier in
    the older version where that is another.  A provision with all that is in it is renumbered
    once; its texts are "".
    """

    kind: str
    eid: str
    was: str = ""
    language: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChanges:
    """A law that differs; `kind` is added, removed or changed, `old` the older version."""

    law: Law
    old: Law | None = None
    kind: str
    changes: tuple[Change, ...] = ()


def changes(before: Site, after: Site) -> Iterator[LawChanges]:
    """The laws whose texts differ, in the order of the newer site, removed ones last."""
    old = {law.id: law for law in before.laws}
    for law in after.laws:
        if law.id not in old:
            yield LawChanges(law=law, kind="added")
        elif found := tuple(_changed(old[law.id], law)):
            yield LawChanges(law=law, old=old[law.id], kind="changed", changes=found)
    new = {law.id for law in after.laws}
    for law in before.laws:
        if law.id not in new:
            yield LawChanges(law=law, kind="removed")


def _changed(old: Law, new: Law) -> Iterator[Change]:
    texts_was, texts = dict(sources(old.edition)), dict(sources(new.edition))
    found = counterparts(texts_was, texts)
    seen: set[str] = set()
    for eid, text in texts.items():
        was, whole = found.get(eid, ""), whole_of(eid)
        moved = _moved(eid, found)
        if whole != eid and whole not in seen:
            seen.add(whole)
            if _moved(whole, found):
                yield Change(kind="renumbered", eid=whole, was=found[whole])
        if not was:
            yield Change(kind="added", eid=eid, after=text)
        elif _differ(texts_was[was], text, renumbered=moved and whole == eid):
            former = was if was != eid else ""
            yield Change(kind="changed", eid=eid, was=former, before=texts_was[was], after=text)
        elif moved:
            yield Change(kind="renumbered", eid=eid, was=was)
        yield from _translations(old, new, eid, was)
    gone = set(texts_was) - set(found.values())
    for eid, text in texts_was.items():
        if eid in gone:
            yield Change(kind="removed", eid=eid, before=text)


def _moved(eid: str, found: Mapping[str, str]) -> bool:
    """Whether a provision or a heading has a number of its own that is another one now."""
    numbered = eid.startswith(("art_", "annex_")) or eid.endswith("__heading")
    return numbered and eid in found and found[eid] != _expected(eid, found)


def _expected(eid: str, found: Mapping[str, str]) -> str:
    """The older identifier of a unit if nothing moved but what it stands in."""
    above, _, last = eid.rpartition("__")
    if whole_of(eid) == eid:
        return eid
    return f"{found.get(above) or _expected(above, found)}__{last}"


def _differ(before: str, after: str, *, renumbered: bool) -> bool:
    """Whether two texts differ, in more than its number where a heading has another one."""
    if renumbered:
        before, after = _ORDINAL.sub("", before), _ORDINAL.sub("", after)
    return before != after


def _translations(old: Law, new: Law, eid: str, was: str) -> Iterator[Change]:
    former = was if was != eid else ""
    for language, pair in new.bilingual.items():
        then = old.bilingual[language].of(was).text if language in old.bilingual else ""
        now = pair.of(eid)
        if now.text and not then:
            yield Change(kind="translated", eid=eid, was=former, language=language, after=now.text)
        elif now.text != then and now.text:
            yield Change(
                kind="retranslated",
                eid=eid,
                was=former,
                language=language,
                before=then,
                after=now.text,
            )
        elif then and not now.text:
            yield Change(kind="stale", eid=eid, was=former, language=language, before=then)


def _name(ui: Interface, kind: str) -> str:
    return {
        "added": ui("added"),
        "removed": ui("removed"),
        "changed": ui("changed"),
        "renumbered": ui("renumbered"),
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
        out += [_line(ui, item, run) for run in _runs(item)]
        out.append("")
    return "\n".join(out)


def _runs(item: LawChanges) -> Iterator[list[Change]]:
    """Changes as they are told: provisions that went on by as many numbers are one line."""
    run: list[Change] = []
    for change, after in zip_longest(item.changes, item.changes[1:]):
        if after and _tells(after, change, item):
            continue
        if run and not _follows(run[-1], change):
            yield run
            run = []
        run.append(change)
    if run:
        yield run


def _tells(after: Change, change: Change, item: LawChanges) -> bool:
    """Whether a change of an article's one paragraph says that its number is another one."""
    if (change.kind, after.kind) != ("renumbered", "changed") or item.old is None:
        return False
    known, former = item.law.cited.get(after.eid), item.old.cited.get(after.was)
    single = known and former and known.single and former.single
    paragraphs = (f"{change.eid}__para_1", f"{change.was}__para_1")
    return bool(single) and (after.eid, after.was) == paragraphs


def _follows(last: Change, change: Change) -> bool:
    return last.kind == change.kind == "renumbered" and all(
        _next_of(a) == b for a, b in ((last.eid, change.eid), (last.was, change.was))
    )


def _next_of(eid: str) -> str:
    """The identifier of the provision after one: art_13 for art_12."""
    match = _LAST.search(eid)
    return f"{eid[: match.start()]}{int(match[0]) + 1}" if match else ""


def _cited(ui: Interface, law: Law | None, eid: str) -> str:
    if _NOTE.match(eid):
        note = eid.removeprefix("note_").removesuffix("__what")
        return ui("Editor’s note {id}", id=note)
    known = law.cited.get(eid) if law else None
    return (known or cited(eid)).of(ui)


def _span(ui: Interface, law: Law | None, first: str, last: str) -> str:
    """One provision or a run of them."""
    names = dict.fromkeys(_cited(ui, law, eid) for eid in (first, last))
    return " – ".join(names)


def _line(ui: Interface, item: LawChanges, run: Sequence[Change]) -> str:
    change, last = run[0], run[-1]
    law = item.old if change.kind == "removed" and item.old else item.law
    name = f"**{_span(ui, law, change.eid, last.eid)}**"
    if change.was:
        name = ui(
            "{name} (formerly {old})", name=name, old=_span(ui, item.old, change.was, last.was)
        )
    what = _name(ui, change.kind) + (f" ({change.language})" if change.language else "")
    if change.before and change.after:
        words = difference(change.before, change.after)
    else:
        words = change.after or change.before
    quoted = " ".join(words.split()).replace("`", "ˋ")
    return f"- {name} · " + (
        ui("{label}: {what}", label=what, what=f"`{quoted}`") if quoted else what
    )


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
                    "was": c.was,
                    "language": c.language,
                    "before": c.before,
                    "after": c.after,
                }
                for c in item.changes
            ],
        }
        for item in found
    ]
