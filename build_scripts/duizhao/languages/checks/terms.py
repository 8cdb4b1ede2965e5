"""Terms: the rendering that the glossary has chosen, and none that it forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from duizhao.ground.problems import Problem
from duizhao.languages.checks.context import Pair, finding
from duizhao.languages.glossary import Glossary, Term, words_pattern

#: their renderings depend on the sentence; `check_modality` counts them
MODAL = ("应当", "可以", "不得")


def check_terms(pair: Pair, glossary: Glossary) -> Iterator[Problem]:
    """Terms of the Chinese without a rendering of theirs; renderings that are forbidden."""
    found = terms_in(pair.source, glossary)
    if pair.is_law:
        for term in found:
            if term.zh not in MODAL and not is_rendered(term, found, pair.target, pair.language):
                yield finding(
                    "translation-term",
                    pair,
                    f"“{term.zh}” is not rendered as the glossary has it.",
                    f"write “{'” or “'.join(term.renderings(pair.language))}”, or add a form to"
                    " the glossary",
                )
    for term in glossary.terms:
        if len(term.zh) < 2 or term.zh not in pair.source:
            continue
        for words in term.forbidden_in(pair.language):
            for match in _pattern((words,), pair.language).finditer(pair.target):
                yield finding(
                    "translation-term-forbidden",
                    pair,
                    f"“{match.group()}” is not a rendering of {term.zh} in this edition.",
                    f"write “{term.rendering(pair.language)}”",
                    match.group(),
                )


def terms_in(text: str, glossary: Glossary) -> tuple[Term, ...]:
    """The terms of Chinese text, once each; none that stands only inside a longer one."""
    return tuple(dict.fromkeys(o.term for o in glossary.occurrences(text, "zh")))


def is_rendered(term: Term, beside: tuple[Term, ...], text: str, language: str) -> bool:
    """Whether `text` has the term's rendering or a form of it.

    Not where it stands inside the rendering of a longer term that holds this one and
    that the unit has too (`beside`).  A term without a rendering in this language is.
    """
    forms = term.renderings(language)
    if not forms:
        return True
    taken = [
        match.span()
        for other in beside
        if other.zh != term.zh and term.zh in other.zh
        for match in _pattern(other.renderings(language), language).finditer(text)
    ]
    for match in _pattern(forms, language).finditer(text):
        start, end = match.span()
        if not any(a <= start and end <= b and b - a > end - start for a, b in taken):
            return True
    return False


@lru_cache(maxsize=4096)
def _pattern(forms: tuple[str, ...], language: str) -> re.Pattern[str]:
    return words_pattern(forms, language)
