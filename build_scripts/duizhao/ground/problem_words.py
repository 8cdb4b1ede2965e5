"""The words of problems, and of what commands say, in the reader's language.

Problems are made in English, wherever they are found.  `make messages` collects their
sentences as templates (`messages.extract_said`); the catalog `words/zh.po` has each in
Chinese.  Here the template that an English sentence was made of is found again, and its
values are put into the Chinese one; a value that is itself such a sentence or phrase is
translated too, unless it stands in quotation marks.  What has no translation stays
English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from string import Formatter

from duizhao.ground.package import PACKAGE
from duizhao.ground.problems import DuizhaoError, Problem, phrase, render

#: The language in which the running command speaks: en or zh.
LANGUAGE: ContextVar[str] = ContextVar("LANGUAGE", default="en")

_WORDS = PACKAGE / "words"
_CHINESE_MARKS = {", ": "、", "; ": "；", ": ": "："}
#: What stands before the headings and before the hint of a problem.
_LABELS = {"zh": ("位于 ", "处理：")}
_QUOTED = {"“": "”", "`": "`", "‘": "’"}
#: What a sentence is about, before the sentence: no part of its first value.
_NAMED = re.compile(r"[a-z][\w.\-]*:(?: |$)")
_DEEPEST = 4  # templates within templates
_SYSTEM = (  # what operating systems refuse with
    phrase("No such file or directory"),
    phrase("Permission denied"),
    phrase("No space left on device"),
    phrase("Is a directory"),
    phrase("Not a directory"),
    phrase("File exists"),
    phrase("File name too long"),
    phrase("Read-only file system"),
    phrase("Input/output error"),
    phrase("Too many open files"),
    phrase("Disk quota exceeded"),
    phrase("Address already in use"),
    phrase("Operation not permitted"),
    phrase("Too many levels of symbolic links"),
    phrase("the disk"),
)


def language_of(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, as POSIX orders its variables: zh or en."""
    asked = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if (next(filter(None, asked), "")).lower().startswith("zh") else "en"


def said(text: str) -> str:
    """A sentence of a command in the language it speaks; marks it for `make messages`."""
    return in_words(text, LANGUAGE.get())


def mark(english: str) -> str:
    """A mark between words, such as ", ", in the language of the command."""
    return _CHINESE_MARKS.get(english, english) if LANGUAGE.get() == "zh" else english


def spoken(problem: Problem, language: str = "") -> str:
    """`problem` as lines for a terminal in a language, that of the command if none is given."""
    language = language or LANGUAGE.get()
    within, remedy = _LABELS.get(language, ("in ", "Do: "))
    return render(in_language(problem, language), within=within, remedy=remedy)


def all_spoken(reason: DuizhaoError) -> str:
    """All problems of an error as lines for a terminal, in the language of the command."""
    return "\n".join(map(spoken, reason.problems))


def in_language(problem: Problem, language: str) -> Problem:
    """`problem` with message and hint in a language; the rest of it stays."""
    return replace(
        problem,
        message=in_words(problem.message, language),
        hint=in_words(problem.hint, language),
    )


def in_words(text: str, language: str) -> str:
    """An English sentence in a language, or itself where no template fits it."""
    return _found(text, language, 0) if language in _LABELS else text


def _found(text: str, language: str, depth: int) -> str:
    whole, patterns = _catalog(language)
    if text in whole or depth > _DEEPEST:
        return whole.get(text, text)
    for pattern in patterns:
        match = pattern.shape.fullmatch(text)
        if match and not _NAMED.match(match[1]):
            values = [
                value if own else _found(value, language, depth + 1)
                for value, own in zip(match.groups(), pattern.quoted, strict=True)
            ]
            if pattern.wordy or values != list(match.groups()):
                return pattern.target.format(*values)
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    """A template with values: its shape, its translation, how long its own words are.

    `quoted` tells for each value whether it stands in quotation marks; a template that is
    not `wordy` is made of marks only, and fits where one of its values has a translation.
    """

    shape: re.Pattern[str]
    target: str
    literals: int
    quoted: tuple[bool, ...]
    wordy: bool


@cache
def _catalog(language: str) -> tuple[dict[str, str], tuple[_Pattern, ...]]:
    """What is translated whole, and the templates with values, the longest first."""
    import polib  # noqa: PLC0415 - slow to import, and English needs no catalog

    whole: dict[str, str] = {}
    patterns: list[_Pattern] = []
    for entry in polib.pofile(str(_WORDS / f"{language}.po"), encoding="utf-8"):
        if entry.obsolete or entry.fuzzy or not entry.msgstr:
            continue
        parts = [(literal, name) for literal, name, *_ in Formatter().parse(entry.msgid)]
        if all(name is None for _, name in parts):
            whole[entry.msgid.format()] = entry.msgstr.format()
        else:
            patterns.append(_pattern(parts, entry.msgstr))
    return whole, tuple(sorted(patterns, key=lambda p: -p.literals))


def _of_one(literal: str) -> str:
    """What stands after a value, also where that is 1: “1 law”, “1 witness line”."""
    words = literal.split(" ", 3)
    after = [re.sub(r"(?<=[a-zA-Z])s\b", "s?", re.escape(word)) for word in words[1:3]]
    return r"\ ".join([re.escape(words[0]), *after, *map(re.escape, words[3:])])


def _pattern(parts: list[tuple[str, str | None]], target: str) -> _Pattern:
    """A template from its pieces, each a literal and the name of the value after it."""
    shape, quoted = "", list[bool]()
    for index, (literal, name) in enumerate(parts):
        shape += _of_one(literal) if index else re.escape(literal)
        if name is not None:
            after = parts[index + 1][0][:1] if index + 1 < len(parts) else ""
            quoted.append(bool(literal) and _QUOTED.get(literal[-1], "-") == after)
            shape += "(.*?)"
    literals = "".join(literal for literal, _ in parts)
    return _Pattern(
        shape=re.compile(shape, re.DOTALL),
        target=target,
        literals=len(literals),
        quoted=tuple(quoted),
        wordy=any(c.isalpha() for c in literals),
    )
