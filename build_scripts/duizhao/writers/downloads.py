"""The files of a law that other programs and readers take away, each read back before it goes.

`FORMATS` is the list of formats; `data/index.json` lists every file of the site.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.languages.glossary import Glossary
from duizhao.languages.law import Law
from duizhao.languages.ui import Interface
from duizhao.writers.akn import akn, expression_from_akn, expression_of
from duizhao.writers.akn.meta import expression_uri
from duizhao.writers.formats.bibliography import bibtex, bibtex_fields, csl, read_bibtex
from duizhao.writers.formats.blocks import said, sequence_of
from duizhao.writers.formats.epub import epub, read_epub
from duizhao.writers.formats.html_file import html_file, read_html_file
from duizhao.writers.formats.imprint import Imprint, imprint_of
from duizhao.writers.formats.json_law import law_from_json, law_json
from duizhao.writers.formats.text import changed_line, plain_text, text_zip

FOLDER = "data"
INDEX = f"{FOLDER}/index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file below the site's root; `language` is zh, en, … or zh-en for both; "" for all."""

    path: str
    format: str
    language: str
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """The digest of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file without its bytes: what lists say of it."""

    path: str
    format: str
    language: str
    size: int
    sha256: str


#: What the page of a law offers; it needs no bytes.
Offered = Download | Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the formats need besides the law: `base` is the address of the site, or "".

    `interfaces` give the forms of numbers by language; without one only English has them.
    """

    glossary: Glossary = field(default_factory=Glossary)
    base: str = ""
    interfaces: Mapping[str, Interface] = field(default_factory=dict)


Made = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files, their media type, and what makes them.

    `make` gives language and bytes of each file.  It reads back what it made; where
    that differs from the law it raises DuizhaoError.
    """

    ending: str
    media: str
    make: Callable[[Law, Shared], Made]


def _akn(law: Law, shared: Shared) -> Made:
    witness = (law.witness.name, law.witness.sha256)
    for code in ("zh", *law.bilingual):
        pair = law.bilingual.get(code)
        made = expression_of(law.edition, pair, glossary=shared.glossary, witness=witness)
        data = akn(made).encode("utf-8")
        _same(law, "akn", expression_from_akn(data, f"{law.id}.xml") == made)
        yield code, data


def _json(law: Law, _: Shared) -> Made:
    witness = (law.witness.name, law.witness.sha256)
    text = law_json(law.edition, law.bilingual, witness)
    read = law_from_json(text, f"{law.id}.json")
    _same(law, "json", read == (law.edition, law.bilingual, witness))
    yield "", text.encode("utf-8")


def _html(law: Law, shared: Shared) -> Made:
    for code, pair in law.bilingual.items():
        sequence = sequence_of(law.edition, pair, shared.interfaces.get(code))
        text = html_file(law.edition, sequence, pair, _imprint(law, code, shared))
        _same(law, "html", read_html_file(text, f"{law.id}.html") == said(sequence))
        yield f"zh-{code}", text.encode("utf-8")


def _text(law: Law, shared: Shared) -> Made:
    for code, pair in law.bilingual.items():
        sequence = sequence_of(law.edition, pair, shared.interfaces.get(code))
        for language in ("zh", code):
            line = changed_line(plain_text(sequence, language), sequence, language)
            _same(law, "text", line == 0)
        yield f"zh-{code}", text_zip(law.id, sequence, code, _imprint(law, code, shared))


def _docx(law: Law, shared: Shared) -> Made:
    from duizhao.writers.formats.docx_file import (  # noqa: PLC0415 - slow to import
        docx_file,
        expected,
        read_docx_file,
    )

    for code, pair in law.bilingual.items():
        sequence = sequence_of(law.edition, pair, shared.interfaces.get(code))
        data = docx_file(law.edition, sequence, pair, _imprint(law, code, shared))
        _same(law, "docx", read_docx_file(data, f"{law.id}.docx") == expected(sequence))
        yield f"zh-{code}", data


def _epub(law: Law, shared: Shared) -> Made:
    for code, pair in law.bilingual.items():
        sequence = sequence_of(law.edition, pair, shared.interfaces.get(code))
        uri = expression_uri(expression_of(law.edition))
        data = epub(law.edition, sequence, pair, _imprint(law, code, shared), law_uri=uri)
        _same(law, "epub", read_epub(data, f"{law.id}.epub") == said(sequence))
        yield f"zh-{code}", data


def _csl(law: Law, shared: Shared) -> Made:
    title, address = _cited(law, shared)
    text = csl(law.id, law.edition.metadata, title, address)
    (entry,) = json.loads(text)
    _same(law, "csl", entry["title"] == law.edition.metadata.title)
    yield "", text.encode("utf-8")


def _bibtex(law: Law, shared: Shared) -> Made:
    title, address = _cited(law, shared)
    text = bibtex(law.id, law.edition.metadata, title, address)
    fields = bibtex_fields(law.edition.metadata, title, address)
    _same(law, "bibtex", read_bibtex(text, f"{law.id}.bib") == fields)
    yield "", text.encode("utf-8")


def _cited(law: Law, shared: Shared) -> tuple[str, str]:
    """The translated title in the site's first other language, and the law's page."""
    titles = [pair.of("title").text for pair in law.bilingual.values()]
    return (titles or [""])[0], _address(law, "zh", shared)


def _address(law: Law, language: str, shared: Shared) -> str:
    """The law's page in a language, "" where the site has no address."""
    return f"{shared.base}{language}/{law.id}/" if shared.base else ""


def _imprint(law: Law, language: str, shared: Shared) -> Imprint:
    address = _address(law, language, shared)
    return imprint_of(law.edition, address=address, witness=law.witness.sha256)


def _same(law: Law, name: str, same: bool) -> None:  # noqa: FBT001 - the verdict itself
    if not same:
        place = Position(file=f"{law.id} ({name})")
        message = "Read back, the file does not say what the edition says."
        hint = "this is a fault of the program; please report it"
        raise DuizhaoError([error("download-differs", place, message, hint)])


FORMATS: Mapping[str, Format] = {
    "akn": Format("xml", "application/akn+xml", _akn),
    "json": Format("json", "application/json", _json),
    "html": Format("html", "text/html", _html),
    "epub": Format("epub", "application/epub+zip", _epub),
    "docx": Format(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx
    ),
    "text": Format("txt.zip", "application/zip", _text),
    "csl": Format("csl.json", "application/vnd.citationstyles.csl+json", _csl),
    "bibtex": Format("bib", "application/x-bibtex", _bibtex),
}


def law_downloads(law: Law, shared: Shared, *, only: str = "") -> tuple[Download, ...]:
    """Every file of one law, or those of one format.  Raises DuizhaoError where one does not say what the law says."""
    out = []
    for name, each in FORMATS.items():
        if only not in ("", name):
            continue
        for language, data in each.make(law, shared):
            steps = (law.id, language, each.ending)
            path = f"{FOLDER}/{law.id}/{'.'.join(step for step in steps if step)}"
            out.append(Download(path=path, format=name, language=language, data=data))
    return tuple(out)


def check_file(data: bytes, name: str) -> None:
    """Raise DuizhaoError, with the place, where a file is not as it was published.

    Only formats that carry digests of their own can say so.
    """
    if name.endswith(".xml"):
        expression_from_akn(data, name)
    elif name.endswith(".epub"):
        read_epub(data, name)
    elif name.endswith(".json"):
        law_from_json(data.decode("utf-8", "replace"), name)
    else:
        place = Position(file=name)
        message = "A file of this format carries no digests of its own."
        hint = "check the folder it was published in; of one file, .xml, .json and .epub"
        raise DuizhaoError([error("file-without-digests", place, message, hint)])
