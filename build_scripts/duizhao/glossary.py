"""The glossary: terms with their chosen rendering, and where they stand in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.pinyin import Readings
from duizhao.problems import DuizhaoError, Position, Problem, error

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
    source = path.read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as reason:
        found = re.search(r"line (\d+)", str(reason))
        line = int(found[1]) if found else 0
        place = Position(file=name, line=line)
        raise DuizhaoError(
            [error("glossary-syntax", place, f"This is not TOML: {reason}.", "mend the syntax")]
        ) from reason
    problems: list[Problem] = []
    terms = []
    for number, entry in enumerate(raw.get("term", [])):
        found_problems = list(_entry_problems(entry, name, source, number))
        problems.extend(found_problems)
        if not found_problems:
            terms.append(_term(entry, readings))
    seen: dict[str, str] = {}
    for term in terms:
        for key in (term.zh, term.slug):
            if key in seen:
                problems.append(
                    error(
                        "glossary-duplicate",
                        _where(name, source, term.zh),
                        f"“{term.zh}” has the same {'term' if key == term.zh else 'anchor'}"
                        f" as “{seen[key]}”.",
                        "keep one entry for each term and one term for each rendering",
                    )
                )
            seen[key] = term.zh
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


def _where(name: str, source: str, text: str) -> Position:
    for number, line in enumerate(source.splitlines(), 1):
        if f'"{text}"' in line:
            return Position(
                file=name, line=number, column=line.index(text) + 1, length=len(text), text=line
            )
    return Position(file=name)


def _entry_problems(
    entry: dict[str, Any], name: str, source: str, number: int
) -> Iterator[Problem]:
    label = str(entry.get("zh") or entry.get("en") or f"entry {number + 1}")
    place = _where(name, source, label)
    for key in _REQUIRED:
        if not entry.get(key):
            yield error("glossary-missing-key", place, f"“{label}” has no `{key}`.", "add it")
    for key, value in entry.items():
        if key != "date" and key not in _KEYS:
            yield error("glossary-unknown-key", place, f"“{label}” has a key `{key}`.", "remove it")
        elif key != "date" and not isinstance(value, _KEYS[key]):
            yield error("glossary-type", place, f"`{key}` of “{label}” has a wrong type.", "")
