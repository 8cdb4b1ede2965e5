"""An expression: a law in one language, with its references and terms, ready for markup.

In a translation the units hold the translated words, or the Chinese where there is no
current translation; `statuses` says which.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from duizhao.ground.text import Piece, Text, shown
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.glossary import Glossary
from duizhao.languages.ui import tag_of
from duizhao.parser.edition import Article, Division, Edition, Item, Note, Paragraph, Unit, units
from duizhao.parser.references import references_in
from duizhao.writers.akn.definitions import definitions_in

LANGUAGES = {"zh": "zho", "en": "eng", "bo": "bod"}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` of a unit that are a reference or a term.

    `kind` is `ref`, `term`, or `def`: a term in the place where the law defines it.  A reference to several provisions has the first and the last as targets.
    """

    start: int
    end: int
    kind: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One language of an edition; `terms` are (anchor, Chinese with English)."""

    language: str
    edition: Edition
    witness: tuple[str, str]  # name, SHA-256
    statuses: dict[str, str]
    spans: dict[str, tuple[Span, ...]]
    terms: tuple[tuple[str, str], ...]


def expression_of(
    edition: Edition,
    pair: Bilingual | None = None,
    *,
    glossary: Glossary | None = None,
    witness: tuple[str, str] = ("", ""),
) -> Expression:
    """The Chinese of an edition, or its translation `pair`, in the form that markup keeps."""
    statuses: dict[str, str] = {}
    language = pair.language if pair else "zh"
    if pair:
        edition = _translated(edition, pair, statuses)
    made = canonical(edition)
    glossary = glossary or Glossary()
    spans, terms = _spans(made, glossary, language, statuses)
    return Expression(
        language=LANGUAGES.get(language, tag_of(language)),
        edition=made,
        witness=witness,
        statuses=statuses,
        spans=spans,
        terms=terms,
    )


def canonical(edition: Edition) -> Edition:
    """The edition without places in the witness: what every format but JSON keeps."""
    made: Edition = _numbered(mapped(edition, _bare))
    # Metadata stand in attributes, which have no element for what XML cannot hold.
    return replace(made, metadata=mapped(made.metadata, shown, of=(str,)))


def _numbered(value: Any) -> Any:
    """Heads reduced to the marks in a number: the number itself is kept as it is printed."""
    if isinstance(value, tuple):
        return tuple(_numbered(item) for item in value)
    if isinstance(value, Article | Item):
        head = value.head.strip()
        marked = bool(head.notes) and str(head) == value.number
        value = replace(value, head=head if marked else Text())
    if isinstance(value, Edition | Division | Article):
        return replace(value, body=_numbered(value.body))
    if isinstance(value, Paragraph):
        return replace(value, items=_numbered(value.items))
    return replace(value, subitems=_numbered(value.subitems)) if isinstance(value, Item) else value


def mapped(value: _T, change: Any, *, of: tuple[type, ...] = (Text,)) -> _T:
    """A model with each object of the classes `of` in it replaced by `change(object)`."""
    if isinstance(value, of):
        made: _T = change(value)
        return made
    if isinstance(value, tuple):
        items = tuple(mapped(item, change, of=of) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        new = {}
        for each in dataclasses.fields(value):
            before = getattr(value, each.name)
            after = mapped(before, change, of=of)
            if after is not before:
                new[each.name] = after
        return replace(value, **new) if new else value
    return value


def _bare(text: Text) -> Text:
    out: list[Piece] = []
    for piece in text:
        marked = bool(piece.note or piece.mark)
        if marked:
            original = piece.original if piece.mark == "emendation" else piece.text
            out.append(replace(piece, original=original, line=0, column=0))
        elif piece.text:
            words = piece.text
            if out and not (out[-1].note or out[-1].mark):
                words = out.pop().text + words
            out.append(Piece(text=words, original=words, line=0, column=0))
    return Text(tuple(out))


def _translated(edition: Edition, pair: Bilingual, statuses: dict[str, str]) -> Edition:
    """The edition with translated words; identifiers, numbers and marks stay."""

    def unit(old: Unit) -> Unit:
        made = pair.of(old.eid)
        if not str(old.text):
            return old
        if made.status != "translated":
            statuses[old.eid] = made.status
            return old
        before, after, at = list[Piece](), list[Piece](), 0
        for piece in old.text:
            if piece.note:
                mark = replace(piece, text="", original="")
                (before if piece.mark == "gap" and at == 0 else after).append(mark)
            at += len(piece.text)
        words = Piece(text=made.text, original=made.text, line=0, column=0)
        return replace(old, text=Text((*before, words, *after)))

    def note(old: Note) -> Note:
        why, what = pair.of(old.eid), pair.of(f"{old.eid}__what")
        if why.status != "translated":
            statuses[old.eid] = why.status
        return replace(old, zh=why.text or old.zh, what=what.text or old.what)

    def change(value: Any) -> Any:
        return unit(value) if isinstance(value, Unit) else note(value)

    return mapped(edition, change, of=(Unit, Note))


def _spans(
    edition: Edition, glossary: Glossary, language: str, statuses: dict[str, str]
) -> tuple[dict[str, tuple[Span, ...]], tuple[tuple[str, str], ...]]:
    """References and terms, each within one unmarked piece and none over another."""
    found: dict[str, list[Span]] = {}
    terms: dict[str, str] = {}
    if language == "zh":
        for place, reference in references_in(edition):
            if reference.kind == "internal" and reference.targets:
                ends = (reference.targets[0], reference.targets[-1])
                targets = ends if len(reference.targets) > 1 else ends[:1]
                span = Span(start=reference.start, end=reference.end, kind="ref", targets=targets)
                found.setdefault(place.unit.eid, []).append(span)
    slugs = {term.zh: term.slug for term in glossary.terms}
    for unit in units(edition):
        if unit.eid in statuses or unit.role in ("heading", "contents", "title", "cell"):
            continue
        for start, end in definitions_in(str(unit.text)) if language == "zh" else ():
            words = str(unit.text)[start:end]
            slug = slugs.get(words, f"def_{unit.eid}__{start}")
            span = Span(start=start, end=end, kind="def", targets=(slug,))
            found.setdefault(unit.eid, []).append(span)
            terms.setdefault(slug, words)
        for hit in glossary.occurrences(str(unit.text), language):
            span = Span(start=hit.start, end=hit.end, kind="term", targets=(hit.term.slug,))
            found.setdefault(unit.eid, []).append(span)
            terms[hit.term.slug] = f"{hit.term.zh} / {hit.term.en}"
    texts = {unit.eid: unit.text for unit in units(edition)}
    kept = {eid: _fitting(spans, texts[eid]) for eid, spans in found.items()}
    used = {s.targets[0] for spans in kept.values() for s in spans if s.kind != "ref"}
    chosen = tuple(sorted((k, shown(v)) for k, v in terms.items() if k in used))
    return {eid: spans for eid, spans in kept.items() if spans}, chosen


def _fitting(spans: list[Span], text: Text) -> tuple[Span, ...]:
    plain: list[tuple[int, int]] = []
    at = 0
    for piece in text:
        if not (piece.note or piece.mark):
            plain.append((at, at + len(piece.text)))
        at += len(piece.text)
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.kind, s.start)):  # def, ref, term
        inside = any(low <= span.start < span.end <= high for low, high in plain)
        if inside and all(span.end <= k.start or k.end <= span.start for k in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda s: s.start))
