"""A law's translation for other tools: TMX 1.4b, XLIFF 1.2, and the glossary as TBX.

TMX holds what is translated; XLIFF everything, with its state; TBX (TBX-Basic of
ISO 30042:2008, which Weblate and most tools read) the glossary's terms that the law uses.  No dates: the same law gives the same
bytes.
"""

from __future__ import annotations

from duizhao.languages.bilingual import Bilingual, sources
from duizhao.languages.catalog import Catalog
from duizhao.languages.citation import citations
from duizhao.languages.exchange.markup import document, element, new_root
from duizhao.languages.glossary import Glossary, Term
from duizhao.languages.ui import tag_of

CHINESE = "zh-Hans-CN"
_XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
_TOOL = "duizhao"
_STATES = {
    "translated": "translated",
    "fuzzy": "needs-review-translation",
    "stale": "needs-adaptation",
}


def tmx(pair: Bilingual, *, version: str) -> bytes:
    """Every current translation as a TMX 1.4b file."""
    root = new_root("tmx", version="1.4")
    element(
        root,
        "header",
        creationtool=_TOOL,
        creationtoolversion=version,
        segtype="paragraph",
        o_tmf="PO",
        adminlang="en",
        srclang=CHINESE,
        datatype="plaintext",
    )
    body = element(root, "body")
    cited = citations(pair.edition)
    for eid, text in sources(pair.edition):
        translation = pair.of(eid)
        if translation.status != "translated":
            continue
        unit = element(body, "tu", tuid=f"{pair.edition.law_id}:{eid}")
        if eid in cited:
            element(unit, "note", f"{cited[eid].zh} | {cited[eid].en}", lang="en")
        element(unit, "prop", pair.edition.law_id, type="x-law")
        element(unit, "prop", eid, type="x-eid")
        for language, words in ((CHINESE, text), (tag_of(pair.language), translation.text)):
            element(element(unit, "tuv", lang=language), "seg", words)
    return document(root, doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')


def xliff(pair: Bilingual, catalog: Catalog) -> bytes:
    """Every unit as XLIFF 1.2, with its target and state; a missing one has no target."""
    root = new_root("xliff", namespace=_XLIFF, version="1.2")
    file = element(
        root,
        "file",
        original=pair.edition.law_id,
        source_language=CHINESE,
        target_language=tag_of(pair.language),
        datatype="plaintext",
    )
    element(element(file, "header"), "note", pair.edition.metadata.title)
    body = element(file, "body")
    cited = citations(pair.edition)
    for eid, text in sources(pair.edition):
        status = pair.of(eid).status
        entry = catalog.entries.get(eid)
        approved = "yes" if status == "translated" else "no"
        unit = element(body, "trans-unit", id=eid, resname=eid, approved=approved)
        element(unit, "source", text, lang=CHINESE)
        if entry and entry.target:
            element(unit, "target", entry.target, lang=tag_of(pair.language), state=_STATES[status])
        if eid in cited:
            element(unit, "note", f"{cited[eid].zh} | {cited[eid].en}")
    return document(root)


def tbx(pair: Bilingual, glossary: Glossary) -> bytes:
    """The glossary's terms that the law uses, in Chinese and the pair's language, as TBX-Basic.

    A term that has no rendering in that language stands in Chinese alone.
    """
    root = new_root("martif", lang="en", type="TBX-Basic")
    header = element(root, "martifHeader")
    description = element(element(header, "fileDesc"), "sourceDesc")
    element(description, "p", f"{_TOOL}: {pair.edition.law_id}")
    declaration = element(header, "encodingDesc")
    element(declaration, "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    body = element(element(root, "text"), "body")
    for number, term in enumerate(terms_of(pair, glossary), 1):
        concept = element(body, "termEntry", id=f"{term.slug}-{number}")
        _section(concept, CHINESE, term.definition_zh, [(term.zh, "preferredTerm-admn-sts")])
        if not (chosen := term.rendering(pair.language)):
            continue
        english = pair.language == "en"
        renderings = [(chosen, "preferredTerm-admn-sts")]
        renderings += [(t, "admittedTerm-admn-sts") for t in term.alternatives if english]
        renderings += [(t, "deprecatedTerm-admn-sts") for t in term.forbidden_in(pair.language)]
        defined = term.definition(pair.language) if term.defines(pair.language) else ""
        source = term.source if english else ""
        _section(concept, tag_of(pair.language), defined, renderings, source=source)
    return document(root, doctype='<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">')


def terms_of(pair: Bilingual, glossary: Glossary) -> list[Term]:
    """The terms that stand in the law's Chinese, in the glossary's order."""
    used = {
        o.term.zh for _, text in sources(pair.edition) for o in glossary.occurrences(text, "zh")
    }
    return [term for term in glossary.terms if term.zh in used]


def _section(
    concept: object, lang: str, definition: str, terms: list[tuple[str, str]], source: str = ""
) -> None:
    section = element(concept, "langSet", lang=lang)
    if definition:
        element(element(section, "descripGrp"), "descrip", definition, type="definition")
    for number, (words, status) in enumerate(terms):
        term = element(section, "tig")
        element(term, "term", words)
        element(term, "termNote", status, type="administrativeStatus")
        if source and number == 0:
            element(term, "admin", source, type="source")
