"""Catalogs brought up to date with the edition: `translate update`.

Guarantees: the same input gives the same bytes; an entry whose Chinese is
unchanged keeps its translation, also under a new identifier; an entry whose
Chinese changed becomes fuzzy and keeps the previous Chinese and its translation;
an entry that is no longer needed becomes obsolete and is kept.
"""

from __future__ import annotations

from pathlib import Path

import polib

from duizhao.bilingual import sources
from duizhao.catalog import catalog_from_file, save
from duizhao.citation import citations
from duizhao.edition import Edition
from duizhao.glossary import Glossary


def update_catalog(path: Path, edition: Edition, glossary: Glossary, *, language: str) -> bool:
    """Bring the catalog at `path` up to date; whether its bytes changed.

    Raises DuizhaoError where the catalog there is not valid.
    """
    catalog_from_file(path, language=language)  # refuses a catalog with faults
    before = path.read_bytes() if path.exists() else b""
    old = (
        polib.pofile(path.read_text("utf-8"), wrapwidth=0) if before else polib.POFile(wrapwidth=0)
    )
    by_eid = {e.msgctxt: e for e in old if not e.obsolete}
    by_source: dict[str, polib.POEntry] = {}
    for entry in old:
        if entry.msgstr and "fuzzy" not in entry.flags:
            by_source.setdefault(entry.msgid, entry)
    cited = citations(edition)
    out, kept = [], set[str]()
    for eid, text in sources(edition):
        entry = polib.POEntry(msgctxt=eid, msgid=text, msgstr="")
        citation = cited.get(eid)
        entry.comment = "\n".join(
            part
            for part in (
                f"{citation.zh} | {citation.en}" if citation else "",
                _terms(text, glossary),
            )
            if part
        )
        _fill(entry, by_eid.get(eid), by_source.get(text))
        kept.add(eid)
        out.append(entry)
    live = {(e.msgctxt, e.msgid) for e in out}
    for entry in old:
        if (entry.obsolete or entry.msgctxt not in kept) and (
            entry.msgctxt,
            entry.msgid,
        ) not in live:
            entry.obsolete = True
            entry.comment = ""
            out.append(entry)
    header = {
        "Project-Id-Version": edition.law_id,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    save(path, header, out)
    return path.read_bytes() != before


def _terms(text: str, glossary: Glossary) -> str:
    """The glossary terms in a unit with their renderings, as a translator's comment."""
    terms = {o.term.zh: o.term.en for o in glossary.occurrences(text, "zh")}
    return "; ".join(f"{zh} = {en}" for zh, en in terms.items())


def _fill(
    entry: polib.POEntry, same_place: polib.POEntry | None, same_text: polib.POEntry | None
) -> None:
    """Give the new entry the translation that is still right, or the old one as fuzzy."""
    old = same_place if same_place and same_place.msgid == entry.msgid else same_text or same_place
    if old is None:
        return
    entry.msgstr = old.msgstr
    entry.tcomment = old.tcomment
    entry.flags = list(old.flags)
    entry.previous_msgid = old.previous_msgid
    if old.msgid != entry.msgid and old.msgstr:
        entry.previous_msgid = old.msgid
        if "fuzzy" not in entry.flags:
            entry.flags.insert(0, "fuzzy")
