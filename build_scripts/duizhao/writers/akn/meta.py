"""The metadata of an expression as `<meta>` and back (Work, Expression, Manifestation).

URIs follow the naming convention of Akoma Ntoso: /akn/cn-xz/act/regulation/2024-09-26/…
A law without any date has the year 0001, which nobody takes for one.
"""

from __future__ import annotations

from urllib.parse import quote

from duizhao.parser.edition import Event, Metadata
from duizhao.writers.akn.expression import Expression
from duizhao.writers.akn.tree import Element, node, structure

NO_DATE = "0001-01-01"
_UNSTATED = "unstated"  # the schema wants an agent of every step
_SUBTYPES = {
    "law": "law",
    "administrative-regulation": "administrative-regulation",
    "local-regulation": "regulation",
    "rule": "rule",
    "judicial-interpretation": "judicial-interpretation",
    "decision": "decision",
}
_LIFE = {
    "adopted": "generation",
    "promulgated": "generation",
    "amended": "amendment",
    "revised": "amendment",
    "repealed": "repeal",
}
_PUBLISHER = {"source": "#publisher"}
_WORK_DATES = ("adopted", "promulgated", "effective")
_ALIASES = ("title", "short_title", "effective_rule", "status", "source", "kind")


def work_uri(metadata: Metadata, law_id: str) -> str:
    """The URI of the law itself, whatever the language."""
    subtype = _SUBTYPES.get(metadata.kind, "")
    dates = [getattr(metadata, name) for name in _WORK_DATES]
    day = next((d for d in dates if d), NO_DATE)
    steps = ["akn", metadata.region or "cn", "act", subtype, day, law_id]
    return "/" + "/".join(step for step in steps if step)


def expression_uri(made: Expression, language: str = "") -> str:
    """The URI of the text in a language, as of this edition."""
    metadata = made.edition.metadata
    return (
        f"{work_uri(metadata, made.edition.law_id)}/{language or made.language}"
        f"@{metadata.edition_date or NO_DATE}"
    )


def meta(made: Expression, notes: list[Element], *, component: str = "main") -> Element:
    """The whole `<meta>`; a component (an annex) has its identification alone."""
    if component != "main":
        return node("meta", {}, identification(made, component))
    return node(
        "meta",
        {},
        identification(made, component),
        *_lifecycle(made.edition.metadata),
        *_aliases(made),
        _references(made),
        *([node("notes", _PUBLISHER, *notes)] if notes else []),
        node("proprietary", _PUBLISHER),
    )


def identification(made: Expression, component: str) -> Element:
    """FRBR's levels."""
    edition, metadata = made.edition, made.edition.metadata
    work, expression = work_uri(metadata, edition.law_id), expression_uri(made)
    main = component == "main"
    aliases = [
        node("FRBRalias", {"value": getattr(metadata, name), "name": name})
        for name in _ALIASES
        if main and getattr(metadata, name)
    ]
    days = [
        node("FRBRdate", {"date": getattr(metadata, name), "name": name})
        for name in _WORK_DATES
        if getattr(metadata, name)
    ] or [node("FRBRdate", {"date": NO_DATE, "name": "unknown"})]
    edited = metadata.edition_date or NO_DATE
    name = "edition" if metadata.edition_date else "unknown"
    author = node("FRBRauthor", {"href": "#organ" if metadata.organ else "#publisher"})
    editor = node("FRBRauthor", {"href": "#publisher", "as": "#editor"})
    number = metadata.document_number if main else ""
    translated = [
        node(
            "FRBRtranslation",
            {
                "href": expression_uri(made, "zho"),
                "fromLanguage": "zho",
                "authoritative": "false",
                "by": "#publisher",
            },
        )
    ]
    day = node("FRBRdate", {"date": edited, "name": name})
    return node(
        "identification",
        _PUBLISHER,
        node(
            "FRBRWork",
            {},
            *_ids(work, component),
            *aliases,
            *days,
            author,
            node("FRBRcountry", {"value": metadata.region or "cn"}),
            *_value("FRBRsubtype", _SUBTYPES.get(metadata.kind, "")),
            *_value("FRBRnumber", number),
            *_value("FRBRname", edition.law_id),
            node("FRBRprescriptive", {"value": "true"}),
            node("FRBRauthoritative", {"value": "false"}),
        ),
        node(
            "FRBRExpression",
            {},
            *_ids(expression, component),
            day,
            editor,
            node("FRBRlanguage", {"language": made.language}),
            *(translated if made.language != "zho" else []),
        ),
        node(
            "FRBRManifestation",
            {},
            *_ids(f"{expression}.xml", component),
            day,
            editor,
            node("FRBRformat", {"value": "application/akn+xml"}),
        ),
    )


def _ids(uri: str, component: str) -> list[Element]:
    return [node("FRBRthis", {"value": f"{uri}/!{component}"}), node("FRBRuri", {"value": uri})]


def _value(tag: str, value: str) -> list[Element]:
    return [node(tag, {"value": value})] if value else []


def _lifecycle(metadata: Metadata) -> list[Element]:
    events = [
        (number, event) for number, event in enumerate(metadata.events, 1) if event.kind in _LIFE
    ]
    life = [
        node(
            "eventRef",
            {"date": e.date, "source": f"#event_{n}", "type": _LIFE[e.kind]},
        )
        for n, e in events
        if e.date
    ]
    steps = []
    for number, event in enumerate(metadata.events, 1):
        by = f"#event_{number}_organ" if event.organ else f"#{_UNSTATED}"
        given = {"date": event.date or NO_DATE, "by": by, "refersTo": f"#event_{number}"}
        steps.append(node("step", given))
    out = [node("lifecycle", _PUBLISHER, *life)] if life else []
    return [*out, *([node("workflow", _PUBLISHER, *steps)] if steps else [])]


def _aliases(made: Expression) -> list[Element]:
    """Rejected numbers that still lead to the provision."""
    if not made.edition.aliases:
        return []
    rows = [
        node("alternativeReference", {"for": f"#{target}", "href": f"#{alias}"})
        for alias, target in made.edition.aliases
    ]
    return [node("analysis", _PUBLISHER, node("otherReferences", _PUBLISHER, *rows))]


def _references(made: Expression) -> Element:
    metadata = made.edition.metadata
    name, digest = made.witness

    def tlc(kind: str, eid: str, path: str, words: str) -> Element:
        href = path if path.startswith("urn:") else f"/akn/ontology/{path}"
        return Element(f"TLC{kind}", {"eId": eid, "href": href, "showAs": words})

    rows = [
        tlc("Organization", "publisher", "organization/duizhao", "duizhao"),
        tlc("Role", "editor", "role/editor", "editor"),
    ]
    if metadata.organ:
        rows.append(
            tlc("Organization", "organ", f"organization/cn/{_slug(metadata.organ)}", metadata.organ)
        )
    if name:
        rows.append(tlc("Object", "witness", f"urn:sha256:{digest}", name))
    for number, event in enumerate(metadata.events, 1):
        eid = f"event_{number}"
        rows.append(tlc("Event", eid, f"event/cn/{event.kind}", event.text))
        if event.organ:
            path = f"organization/cn/{_slug(event.organ)}"
            rows.append(tlc("Organization", f"{eid}_organ", path, event.organ))
    if not all(event.organ for event in metadata.events):
        rows.append(tlc("Organization", _UNSTATED, "organization/unstated", "unstated"))
    rows += [tlc("Term", slug, f"term/cn/{slug}", words) for slug, words in made.terms]
    return node("references", _PUBLISHER, *rows)


def _slug(words: str) -> str:
    return quote("".join(words.split()))


def metadata_from(root: Element, name: str) -> tuple[str, Metadata]:
    """The law's id and its metadata from `<meta>`."""
    ident = root.find("identification")
    work = ident.find("FRBRWork") if ident else None
    expression = ident.find("FRBRExpression") if ident else None
    if work is None or expression is None:
        raise structure(name, root, "There is no identification.")
    values = {e.get("name"): e.get("value") for e in work.all("FRBRalias")}
    values.update({e.get("name"): e.get("date") for e in work.all("FRBRdate")})
    values.update({e.get("name"): e.get("date") for e in expression.all("FRBRdate")})
    shown = _shown(root)
    organ = next((e.get("href") for e in work.all("FRBRauthor")), "")
    region = _first(work, "FRBRcountry")
    metadata = Metadata(
        **{key: values.get(key, "") for key in (*_ALIASES, *_WORK_DATES)},
        edition_date=values.get("edition", ""),
        organ=shown["organ"].get("showAs") if organ == "#organ" and "organ" in shown else "",
        region="" if region == "cn" else region,
        document_number=_first(work, "FRBRnumber"),
        events=tuple(_events(root, shown)),
    )
    return _first(work, "FRBRname"), metadata


def _shown(root: Element) -> dict[str, Element]:
    references = root.find("references")
    return {e.get("eId"): e for e in references.elements} if references else {}


def _first(parent: Element, tag: str) -> str:
    found = parent.find(tag)
    return found.get("value") if found else ""


def _events(root: Element, shown: dict[str, Element]) -> list[Event]:
    workflow = root.find("workflow")
    out = []
    for step in workflow.elements if workflow else ():
        event = shown[step.get("refersTo").lstrip("#")]
        by = step.get("by").lstrip("#")
        organ = shown.get(by) if by != _UNSTATED else None
        day = step.get("date")
        out.append(
            Event(
                kind=event.get("href").rpartition("/")[2],
                date="" if day == NO_DATE else day,
                organ=organ.get("showAs") if organ else "",
                text=event.get("showAs"),
            )
        )
    return out


def terms_from(root: Element) -> tuple[tuple[str, str], ...]:
    """The terms that the references list."""
    rows = _shown(root).values()
    return tuple((e.get("eId"), e.get("showAs")) for e in rows if e.tag == "TLCTerm")


def witness_from(root: Element) -> tuple[str, str]:
    """Name and SHA-256 of the witness."""
    found = _shown(root).get("witness")
    if found is None:
        return "", ""
    return found.get("showAs"), found.get("href").removeprefix("urn:sha256:")
