"""The glossary: terms with their chosen rendering, and where they stand in a text.

English is the language every entry has.  A further one is a table under its code:
`bo = { words = "…", forms = ["…"], forbidden = ["…"], definition = "…" }`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.ground.input_file import is_there
from duizhao.ground.problems import DuizhaoError, Problem, error
from duizhao.ground.toml_file import TomlFile, table_faults, toml_from_file
from duizhao.ground.writing import unspaced
from duizhao.languages.pinyin import Readings

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
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-\w+)*")
_RENDERING = {"words": str, "forms": list, "forbidden": list, "definition": str}
_REMEMBERED = 5_000  # texts
_REQUIRED = ("zh", "en", "definition_zh", "definition_en", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A term in a language other than Chinese and English."""

    words: str
    forms: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of Chinese law with its English, its definition in both, and its source.

    `others` are renderings in further languages, by language.
    """

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
    others: Mapping[str, Rendering] = field(default_factory=dict, hash=False)

    def rendering(self, language: str) -> str:
        """The chosen rendering, "" where the glossary has none in that language."""
        if language == "zh":
            return self.zh
        if language == "en":
            return self.en
        return self.others[language].words if language in self.others else ""

    def renderings(self, language: str) -> tuple[str, ...]:
        """The chosen rendering and its forms, () where the glossary has none."""
        if language == "en":
            return (self.en, *self.forms)
        other = self.others.get(language)
        return (other.words, *other.forms) if other else ()

    def forbidden_in(self, language: str) -> tuple[str, ...]:
        """Renderings that may not stand for this term."""
        if language == "en":
            return self.forbidden
        return self.others[language].forbidden if language in self.others else ()

    def definition(self, language: str) -> str:
        """The definition in a language; the English where it has none."""
        if language == "zh":
            return self.definition_zh
        other = self.others.get(language)
        return (other.definition if other else "") or self.definition_en

    def defines(self, language: str) -> bool:
        """Whether the definition in a language is in that language and not in English."""
        other = self.others.get(language)
        return language in ("zh", "en") or bool(other and other.definition)

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
    # A text stands on several pages: what was found in it is remembered, and goes nowhere.
    _found: dict[tuple[str, str], tuple[Occurrence, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[object, ...]:
        return Glossary, (self.terms, self._by_form, self._patterns)

    def occurrences(self, text: str, language: str) -> tuple[Occurrence, ...]:
        """Where terms stand in `text`, left to right, longest first, never overlapping."""
        found = self._found.get((text, language))
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()  # memory must not grow with the laws
            found = self._found[text, language] = tuple(self._occurring(text, language))
        return found

    def _occurring(self, text: str, language: str) -> Iterator[Occurrence]:
        pattern = self._patterns.get(language)
        if pattern is None:
            return
        forms = self._by_form[language]
        for match in pattern.finditer(text):
            yield Occurrence(match.start(), match.end(), forms[match.group().lower()])

    def touching(self, texts: Mapping[str, str]) -> tuple[Term, ...]:
        """The terms that `texts`, by language, could have: a form of theirs stands there somewhere.

        These are all that occur, and some that stand within a longer word; in the order of
        the glossary, which decides between terms of one form.
        """
        found: set[Term] = set()
        for language, text in texts.items():
            small = text.lower()
            for form, term in self._by_form.get(language, {}).items():
                if form in small:
                    found.add(term)
        return tuple(term for term in self.terms if term in found)


def _pattern(forms: Iterable[str], *, words: bool) -> re.Pattern[str] | None:
    choice = "|".join(map(re.escape, sorted(set(forms), key=lambda f: (-len(f), f))))
    if not choice:
        return None
    return (
        re.compile(rf"(?<![\w’-])(?:{choice})(?![\w-])", re.IGNORECASE)
        if words
        else re.compile(choice, re.IGNORECASE)
    )


def glossary_from_terms(terms: tuple[Term, ...]) -> Glossary:
    """A glossary ready to match.

    Terms of one character (条, 款) are words of structure: they stand in the
    glossary, but matching them inside running text would be noise.
    """
    forms: dict[str, dict[str, Term]] = {"zh": {}, "en": {}}
    for term in terms:
        if len(term.zh) > 1:
            forms["zh"].setdefault(term.zh.lower(), term)
            for language in ("en", *term.others):
                for form in term.renderings(language):
                    forms.setdefault(language, {}).setdefault(form.lower(), term)
    return Glossary(
        terms,
        forms,
        {
            language: _pattern(found, words=not unspaced(language))
            for language, found in forms.items()
        },
    )


def words_pattern(words: Iterable[str], language: str) -> re.Pattern[str]:
    """A pattern that finds any of `words` as words of a language, in any case."""
    return _pattern(words, words=not unspaced(language)) or re.compile(r"(?!)")


def glossary_from_file(path: Path, readings: Readings, *, name: str | None = None) -> Glossary:
    """Read `seeds/glossary.toml`; raises DuizhaoError with every fault in it."""
    name = name or str(path)
    if not is_there(path):
        return glossary_from_terms(())
    toml = toml_from_file(path, name=name, code="glossary")
    problems = list(
        table_faults(toml, several=("term",), unknown="glossary-unknown-key", wrong="glossary-type")
    )
    if problems:
        raise DuizhaoError(problems)
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
        others={
            language: Rendering(
                words=value["words"],
                forms=tuple(value.get("forms", ())),
                forbidden=tuple(value.get("forbidden", ())),
                definition=value.get("definition", ""),
            )
            for language, value in entry.items()
            if isinstance(value, dict)
        },
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
        value = entry.get(key)
        if not value or (isinstance(value, str) and not value.strip()):
            place = toml.position("term", index, key)
            yield error("glossary-missing-key", place, f"“{label}” has no `{key}`.", "add it")
    for key, value in entry.items():
        place = toml.position("term", index, key)
        if key == "date":
            if not _is_day(value):
                message = f"`date` of “{label}” is not a date."
                yield error("glossary-type", place, message, "write date = 2026-11-24")
        elif isinstance(value, dict) and _LANGUAGE.fullmatch(key) and key not in _KEYS:
            if faults := _rendering_faults(value):
                yield error(
                    "glossary-type",
                    place,
                    f"The rendering `{key}` of “{label}” is wrong: {', '.join(faults)}.",
                    "write words, and if you like forms, forbidden and definition",
                )
        elif key not in _KEYS:
            yield error(
                "glossary-unknown-key",
                toml.position("term", index, key, of_key=True),
                f"“{label}” has a key `{key}`.",
                f"use one of: {', '.join(_KEYS)}, date",
            )
        elif not _fits(value, _KEYS[key]):
            yield error(
                "glossary-type",
                place,
                f"`{key}` of “{label}” has a wrong type.",
                "write a list of texts in square brackets"
                if _KEYS[key] is list
                else "write a text in quotation marks",
            )


def _is_day(value: object) -> bool:
    """Whether a value is a day, as TOML writes it or as a text of that form."""
    try:
        return bool(dt.date.fromisoformat(str(value)))
    except ValueError:
        return False


def _fits(value: object, kind: type | None) -> bool:
    """Whether a value is a text, or a list of texts that are not empty, as its key wants."""
    if kind is list:
        return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    return kind is str and isinstance(value, str)


def _rendering_faults(value: dict[str, Any]) -> list[str]:
    """The keys of a rendering in a further language that are missing, unknown or mistyped."""
    wrong = [k for k, v in value.items() if not _fits(v, _RENDERING.get(k))]
    return wrong if value.get("words") else [*wrong, "words"]
