"""What a page says to machines: schema.org's Legislation, as JSON-LD.

The Chinese text and each translation are works of their own that point to each other;
a chapter is part of its law.  `legislationLegalValue` belongs to the files
(LegislationObject): none of them is official.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from duizhao.languages.law import View
from duizhao.languages.ui import TAGS
from duizhao.parser.edition import Metadata
from duizhao.writers.downloads import FORMATS

_CONTEXT = "https://schema.org"
_UNOFFICIAL = "https://schema.org/UnofficialLegalValue"
#: by the ending of a file, the longer ones first: .csl.json is more than .json
_MEDIA = {
    each.ending: each.media
    for each in sorted(FORMATS.values(), key=lambda each: len(each.ending), reverse=True)
} | {"pdf": "application/pdf"}


def site_data(name: str, description: str, base: str, language: str, tag: str) -> dict[str, Any]:
    """The site, and how it is searched; `base` is its address."""
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": name,
        "description": description,
        "url": f"{base}{language}/",
        "inLanguage": tag,
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{base}{language}/search/?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def law_data(
    view: View, base: str, *, part: tuple[str, str] | None, files: Iterable[str]
) -> dict[str, Any]:
    """What a law's page is about, what is empty left out.

    Of its overview the law in the page's languages, with `files`, the addresses of what can be
    downloaded; of a chapter its name and address (below `base`), given as `part`, and the
    law that it is part of, whose own data the overview has.
    """
    if part:
        graph = [_part(view, base, part)]
    else:
        graph = [_original(view, base), _translation(view, base)]
        graph[0]["encoding"] = [_file(base, path) for path in files]
    graph.append(_breadcrumbs(view, base, part))
    return {"@context": _CONTEXT, "@graph": [_filled(node) for node in graph]}


def _part(view: View, base: str, part: tuple[str, str]) -> dict[str, Any]:
    language = "zh" if view.language == "zh" else view.pair.language
    name, url = part
    law = {"@id": _id(base, language, view), "@type": "Legislation", "name": view.title()}
    return {"@type": "Legislation", "name": name, "url": base + url, "isPartOf": law}


def _id(base: str, language: str, view: View) -> str:
    return f"{base}{language}/{view.law.id}/"


def _original(view: View, base: str) -> dict[str, Any]:
    metadata = view.law.edition.metadata
    organ = {"@type": "GovernmentOrganization", "name": metadata.organ} if metadata.organ else None
    address = _id(base, "zh", view)
    return {
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": metadata.title,
        "alternateName": metadata.short_title,
        "legislationIdentifier": metadata.document_number,
        "legislationType": metadata.kind,
        "legislationPassedBy": organ,
        "legislationDate": metadata.adopted,
        "datePublished": metadata.promulgated,
        "legislationDateVersion": metadata.amended or metadata.effective,
        "temporalCoverage": _time(metadata),
        "legislationLegalForce": _force(metadata),
        "legislationJurisdiction": metadata.region,
        "dateModified": metadata.edition_date,
        "inLanguage": TAGS["zh"],
        "isAccessibleForFree": True,
        "workTranslation": {"@id": _id(base, view.pair.language, view)},
    }


def _time(metadata: Metadata) -> str:
    """From when to when it is in force, as ISO 8601 has it; "" where that is not known."""
    if not metadata.effective or (metadata.status == "repealed" and not metadata.repealed):
        return ""
    return f"{metadata.effective}/{metadata.repealed or '..'}"


def _force(metadata: Metadata) -> str:
    """Whether it was in force on the day of the edition; "" where that is not known."""
    if metadata.status == "repealed":
        return f"{_CONTEXT}/NotInForce"
    known = metadata.effective and metadata.effective <= metadata.edition_date
    return f"{_CONTEXT}/InForce" if known else ""


def _translation(view: View, base: str) -> dict[str, Any]:
    address = _id(base, view.pair.language, view)
    return {
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": view.pair.of("title").text or view.law.edition.metadata.title,
        "inLanguage": view.pair_ui.tag,
        "isAccessibleForFree": True,
        "translationOfWork": {"@id": _id(base, "zh", view)},
    }


def _file(base: str, path: str) -> dict[str, Any]:
    media = next((media for ending, media in _MEDIA.items() if path.endswith(f".{ending}")), "")
    return _filled(
        {
            "@type": "LegislationObject",
            "contentUrl": base + path,
            "encodingFormat": media,
            "legislationLegalValue": _UNOFFICIAL,
        }
    )


def _breadcrumbs(view: View, base: str, part: tuple[str, str] | None) -> dict[str, Any]:
    language = view.language
    steps = [
        (view.ui("duizhao"), f"{language}/"),
        (view.title(short=True), f"{language}/{view.law.id}/"),
        *([part] if part else []),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": base + url}
            for n, (name, url) in enumerate(steps, 1)
        ],
    }


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    """A node without what is empty."""
    return {key: value for key, value in node.items() if value not in ("", None, [])}
