"""The glossary: terms with their chosen rendering, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.pinyin import Readings
from duizhao.problems import DuizhaoError, Problem, error
from duizhao.toml_file import TomlFile, toml_from_file

_KEYS = {
    "zh": str,
    "en": str,
    "forms": list,
    "alternatives": list,
    "forbidden": list,
    "definition_zh": str,
    "definition_en": str,
    "source": str,
}
_REQUIRED = ("zh", "en", "definition_zh", "definition_en", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of Chinese law with its English, its definition in both, and its source."""

    zh: str
    en: str
    pinyin: str
    definition_zh: str
    definition_en: str
    source: str
    date: str = ""
    forms: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The term's anchor: its English in small letters, so that it can be read."""
        return "term-" + (re.sub(r"[^a-z0-9]+", "-", self.en.lower()).strip("-") or "x")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term at characters `start` to `end` of a text."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, with one pattern a language; the longest match wins."""

    terms: tuple[Term, ...] = ()
    _by_form: dict[str, dict[str, Term]] = field(default_factory=dict, repr=False)
    _patterns: dict[str, re.Pattern[str] | None] = field(default_factory=dict, repr=False)

    def occurrences(self, text: str, language: str) -> Iterator[Occurrence]:
        """Where terms stand in `text`, left to right, longest first, never overlapping."""
        pattern = self._patterns.get(language)
        if pattern is None:
            return
        forms = self._by_form[language]
        for match in pattern.finditer(text):
            yield Occurrence(match.start(), match.end(), forms[match.group().lower()])


def _pattern(forms: dict[str, Term], *, words: bool) -> re.Pattern[str] | None:
    if not forms:
        return None
    choice = "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))
    return (
        re.compile(rf"(?<![\w’-])(?:{choice})(?![\w-])", re.IGNORECASE)
        if words
        else re.compile(choice)
    )


def glossary_from_terms(terms: tuple[Term, ...]) -> Glossary:
    """A glossary ready to match.

    Terms of one character (条, 款) are words of structure: they stand in the
    glossary, but matching them inside running text would be noise.
    """
    zh: dict[str, Term] = {}
    en: dict[str, Term] = {}
    for term in terms:
        if len(term.zh) > 1:
            zh.setdefault(term.zh, term)
            for form in (term.en, *term.forms):
                en.setdefault(form.lower(), term)
    return Glossary(
        terms,
        {"zh": zh, "en": en},
        {"zh": _pattern(zh, words=False), "en": _pattern(en, words=True)},
    )


def glossary_from_file(path: Path, readings: Readings, *, name: str | None = None) -> Glossary:
    """Read `seeds/glossary.toml`; raises DuizhaoError with every fault in it."""
    name = name or str(path)
    if not path.exists():
        return glossary_from_terms(())
    toml = toml_from_file(path, name=name, code="glossary")
    problems: list[Problem] = []
    terms = []
    for number, entry in enumerate(toml.data.get("term", [])):
        found_problems = list(_entry_problems(entry, toml, number))
        problems.extend(found_problems)
        if not found_problems:
            terms.append(_term(entry, readings))
    if problems:
        raise DuizhaoError(problems)
    problems.extend(_duplicates(terms, toml))
    if problems:
        raise DuizhaoError(problems)
    return glossary_from_terms(tuple(terms))


def _term(entry: dict[str, Any], readings: Readings) -> Term:
    return Term(
        zh=entry["zh"],
        en=entry["en"],
        pinyin=readings.word(entry["zh"]),
        definition_zh=entry["definition_zh"],
        definition_en=entry["definition_en"],
        source=entry["source"],
        date=str(entry.get("date", "")),
        forms=tuple(entry.get("forms", ())),
        alternatives=tuple(entry.get("alternatives", ())),
        forbidden=tuple(entry.get("forbidden", ())),
    )


def _duplicates(terms: list[Term], toml: TomlFile) -> Iterator[Problem]:
    """A term or an anchor that two entries have, at the second of them."""
    seen: dict[str, int] = {}
    for index, term in enumerate(terms):
        for key, field_name in ((term.zh, "zh"), (term.slug, "en")):
            if key in seen:
                yield error(
                    "glossary-duplicate",
                    toml.position("term", index, field_name),
                    f"“{term.zh}” has the same {'term' if field_name == 'zh' else 'anchor'}"
                    f" as “{terms[seen[key]].zh}”.",
                    "keep one entry for each term and one term for each rendering",
                )
                break
            seen[key] = index


def _entry_problems(entry: dict[str, Any], toml: TomlFile, index: int) -> Iterator[Problem]:
    label = str(entry.get("zh") or entry.get("en") or f"entry {index + 1}")
    for key in _REQUIRED:
        if not entry.get(key):
            place = toml.position("term", index)
            yield error("glossary-missing-key", place, f"“{label}” has no `{key}`.", "add it")
    for key, value in entry.items():
        if key != "date" and key not in _KEYS:
            yield error(
                "glossary-unknown-key",
                toml.position("term", index, key, of_key=True),
                f"“{label}” has a key `{key}`.",
                f"use one of: {', '.join(_KEYS)}, date",
            )
        elif key != "date" and not isinstance(value, _KEYS[key]):
            yield error(
                "glossary-type",
                toml.position("term", index, key),
                f"`{key}` of “{label}” has a wrong type.",
                "write a list in square brackets"
                if _KEYS[key] is list
                else "write a text in quotation marks",
            )
