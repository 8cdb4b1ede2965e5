"""The concordance: where each term stands in the laws, with its counterpart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from duizhao.languages.checks.terms import is_rendered, terms_in
from duizhao.languages.glossary import Glossary, Term, words_pattern
from duizhao.languages.law import Law
from duizhao.parser.edition import units

MOST = 100  # occurrences of one term that are shown; search finds all
_AROUND_ZH, _AROUND = 16, 48  # characters shown on each side

Excerpt = tuple[str, str, str]  # what stands before, the words, what stands after


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A term at one place of a law.

    `translation` is the counterpart with its surroundings, its middle empty where the
    rendering chosen does not stand there (`deviates`) or nothing is translated.
    """

    eid: str
    chinese: Excerpt
    translation: Excerpt
    status: str
    deviates: bool


def concordance(
    laws: Iterable[Law], language: str, glossary: Glossary
) -> dict[str, list[Occurrence]]:
    """Every occurrence in the text of the laws, in order, by the term's anchor."""
    found: dict[str, list[Occurrence]] = {}
    patterns = {t.slug: words_pattern(t.renderings(language), language) for t in glossary.terms}
    for law in laws:
        pair = law.bilingual[language]
        for unit in units(law.edition):
            text = str(unit.text)
            here = list(glossary.occurrences(text, "zh"))
            if not here:
                continue
            translation = pair.of(unit.eid)
            beside = terms_in(text, glossary)
            counted: dict[str, int] = {}
            for occurrence in here:
                term = occurrence.term
                number = counted[term.slug] = counted.get(term.slug, -1) + 1
                spans = [m.span() for m in patterns[term.slug].finditer(translation.text)]
                rendered = is_rendered(term, beside, translation.text, language)
                found.setdefault(term.slug, []).append(
                    Occurrence(
                        eid=unit.eid,
                        chinese=_excerpt(text, (occurrence.start, occurrence.end), _AROUND_ZH),
                        translation=_excerpt(
                            translation.text,
                            spans[min(number, len(spans) - 1)] if spans and rendered else (0, 0),
                            _AROUND,
                        ),
                        status=translation.status,
                        deviates=bool(translation.text) and not rendered,
                    )
                )
    return found


def _excerpt(text: str, span: tuple[int, int], around: int) -> Excerpt:
    start, end = span
    first = max(0, start - around)
    last = min(len(text), end + (around if end else 2 * around))
    if not text[start:end] or text[start].isascii():  # whole words, where spaces part them
        if first and (space := text.find(" ", first, start)) != -1:
            first = space + 1
        if last < len(text) and (space := text.rfind(" ", end, last)) != -1:
            last = space
    before = ("…" if first else "") + text[first:start]
    return before, text[start:end], text[end:last] + ("…" if last < len(text) else "")


def letter_of(term: Term) -> str:
    """The first letter of a term's pinyin, in small, or "other"."""
    first = unicodedata.normalize("NFD", term.pinyin)[:1].lower()
    return first if "a" <= first <= "z" else "other"


def letters(glossary: Glossary, found: Mapping[str, object]) -> Iterator[tuple[str, list[Term]]]:
    """The terms that occur, by letter of their pinyin."""
    by_letter: dict[str, list[Term]] = {}
    for term in glossary.terms:
        if term.slug in found:
            by_letter.setdefault(letter_of(term), []).append(term)
    yield from sorted(by_letter.items())
