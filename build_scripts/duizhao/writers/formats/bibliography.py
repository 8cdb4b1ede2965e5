"""A law as an entry for reference managers: CSL-JSON and BibTeX.

An amended law is of the date of its wording, as it is cited (2020年修正), and has its first date too.
"""

from __future__ import annotations

import json
import re
from typing import Any

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.ground.text import shown
from duizhao.parser.edition import Metadata
from duizhao.writers.formats.imprint import repeal

_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
# BibTeX counts braces even where they are masked, so an odd one needs a name.
_BACK = {
    "backslash": "\\",
    "asciitilde": "~",
    "asciicircum": "^",
    "braceleft": "{",
    "braceright": "}",
}
_NAMED = {character: rf"\text{name}{{}}" for name, character in _BACK.items()}
_MASKED = re.compile(rf"\\(?:text({'|'.join(_BACK)})\{{\}}|([&%$#_]))")
_ROW = re.compile(r"  ([a-z]+) = \{(.*)\},")
_HEAD = re.compile(r"@legislation\{([^,\s]+),")


def csl(law_id: str, metadata: Metadata, title: str, address: str) -> str:
    """CSL-JSON with one entry; `title` is the translated one, `address` the law's page."""
    day, first = _days(metadata)
    entry: dict[str, Any] = {
        "id": law_id,
        "type": "legislation",
        "title": metadata.title,
        "title-short": metadata.short_title,
        "authority": metadata.organ,
        "number": metadata.document_number,
        "jurisdiction": metadata.region or "cn",
        "language": "zh-CN",
        "URL": address,
        "issued": _csl_date(day),
        "original-date": _csl_date(first),
        "status": metadata.status,
        "version": metadata.edition_date,
        "note": f"Translated title (unofficial): {title}" if title else "",
    }
    return json.dumps([{k: v for k, v in entry.items() if v}], ensure_ascii=False, indent=1) + "\n"


def bibtex(law_id: str, metadata: Metadata, title: str, address: str) -> str:
    """BibTeX for biblatex with one entry, a field a line."""
    fields = bibtex_fields(metadata, title, address)
    rows = (f"  {key} = {{{_masked(key, value)}}}," for key, value in fields.items())
    return "\n".join([f"@legislation{{{law_id},", *rows, "}"]) + "\n"


def bibtex_fields(metadata: Metadata, title: str, address: str) -> dict[str, str]:
    """The fields of the entry in plain words; those without a value are left out."""
    day, first = _days(metadata)
    fields = {
        "title": metadata.title,
        "titleaddon": title,
        "shorttitle": metadata.short_title,
        "author": metadata.organ,
        "number": metadata.document_number,
        "date": day,
        "year": day[:4],
        "origdate": first,
        "version": metadata.edition_date,
        "note": " ".join(repeal(metadata)),
        "langid": "chinese",
        "url": address,
    }
    return {key: " ".join(shown(value).split()) for key, value in fields.items() if value.strip()}


def _days(metadata: Metadata) -> tuple[str, str]:
    """The date of the wording, and that of the law where it has been amended since, else ""."""
    first = metadata.adopted or metadata.promulgated or metadata.effective
    return (metadata.amended, first) if metadata.amended > first else (first, "")


def _csl_date(day: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(n) for n in day.split("-")]]} if day else None


def _masked(key: str, value: str) -> str:
    """A value with what TeX reads masked; an organ in braces is one name, not first and last."""
    if key == "url":
        return value  # biblatex reads it verbatim
    text = _SPECIAL.sub(lambda m: _NAMED.get(m[0], "\\" + m[0]), value)
    return f"{{{text}}}" if key == "author" else text


def read_bibtex(text: str, name: str) -> dict[str, str]:
    """The fields of an entry in plain words.  Raises DuizhaoError with the line of a fault."""
    lines = text.removesuffix("\n").split("\n")
    fields: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        row = _ROW.fullmatch(line)
        outer = _HEAD.fullmatch(line) if number == 1 else line == "}" if number == len(lines) else 0
        if not (row or outer):
            place = Position(file=name, line=number, text=line)
            message = "This line is no field of an entry that this project has written."
            hint = "take the file as it was published"
            raise DuizhaoError([error("bibtex-syntax", place, message, hint)])
        if row:
            key, value = row.groups()
            fields[key] = (
                value if key == "url" else _plain(value[1:-1] if key == "author" else value)
            )
    return fields


def _plain(text: str) -> str:
    return _MASKED.sub(lambda m: _BACK[m[1]] if m[1] else m[2], text)
