"""The interface's languages, carried by Babel: messages, plurals, dates, numbers.

Messages are English in the code and translated in
`translations/<language>/LC_MESSAGES/ui.po`; what a language lacks is said in English,
except for citations: see `citation`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

from duizhao.ground.input_file import bytes_of, is_there
from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.languages.catalog_faults import field_problems, plural_problems, syntax_problems

#: BCP 47 tag for the `lang` attribute, by the language's folder.
TAGS = {"zh": "zh-Hans-CN", "en": "en", "bo": "bo-CN"}
#: Where a catalog does not say when it was begun, Babel says now, and its digest would change
#: from minute to minute.
_UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
PINYIN = "zh-Latn-pinyin"  # the tag of Chinese in pinyin


def tag_of(language: str) -> str:
    """The BCP 47 tag of a language, which its folder may write with underscores."""
    return TAGS.get(language, language.replace("_", "-"))


def message(text: str) -> str:
    """Mark `text` as a message that is translated where it is used, not where it stands."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One language of the interface."""

    language: str
    locale: Locale
    #: its catalog as .mo, then that of the language that says what it lacks
    compiled: tuple[bytes, ...] = field(repr=False)
    _messages: NullTranslations = field(repr=False)
    _own: frozenset[str] = field(repr=False, default=frozenset())
    _said: dict[str, str] = field(repr=False, compare=False, default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent to another process as its catalogs: what they were read into cannot be."""
        return _interface, (self.language, self.compiled, tuple(sorted(self._own)))

    @property
    def tag(self) -> str:
        """The language's BCP 47 tag."""
        return tag_of(self.language)

    @property
    def digest(self) -> str:
        """The SHA-256 of all that it says."""
        return _digest(self.compiled)

    @property
    def name(self) -> str:
        """The language's name in itself: 中文, English."""
        return _name(self.language)

    @property
    def direction(self) -> str:
        """Direction of writing: ltr or rtl."""
        return direction_of(self.language)

    def has(self, message: str) -> bool:
        """Whether the language's own catalog has the message, so that it is not in English."""
        return message in self._own

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in this language, with {name} filled in."""
        text = self._said.get(message)
        if text is None:
            text = str(self._messages.gettext(message))
            if text == message:  # one with a plural, which older Pythons find no other way
                text = str(self._messages.ngettext(message, message, 1))
            self._said[message] = text
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The message for a count; {n} is the count as this language writes it."""
        text = str(self._messages.ngettext(one, many, count))
        return text.format(n=self.number(count), **values)

    def date(self, iso: str) -> str:
        """An ISO 8601 date as this language writes it: 2024年9月26日; "" stays ""."""
        return _day(iso, self.locale)

    def number(self, value: int) -> str:
        """A whole number with the language's grouping."""
        return _decimal(value, self.locale)

    def percent(self, value: float) -> str:
        """A share (0 to 1) as a percentage."""
        return str(format_percent(value, locale=self.locale))


@lru_cache(maxsize=4096)
def _decimal(value: int, locale: Locale) -> str:
    """A number as a language writes it: lists say the same few again and again."""
    return str(format_decimal(value, locale=locale))


def interface_from_file(folder: Path, language: str) -> Interface:
    """The interface in `language`, its messages from `folder`/<language>/LC_MESSAGES/ui.po.

    Raises DuizhaoError where the catalog cannot be read.
    """
    catalog = _catalog(folder, language)
    compiled = [_compiled(catalog)]
    if language != "en":
        # English in the code names some messages (“list separator”); its catalog says them.
        compiled.append(_compiled(_catalog(folder, "en")))
    own = (str(m.id) for m in catalog or () if m.id and m.string and not m.fuzzy)
    return _interface(language, tuple(compiled), own)


def _interface(language: str, compiled: tuple[bytes, ...], own: Iterable[str]) -> Interface:
    """The interface whose messages are in `compiled`, the first before the others."""
    messages, *others = (Translations(BytesIO(mo)) if mo else NullTranslations() for mo in compiled)
    for other in others:
        messages.add_fallback(other)
    return Interface(
        language=language,
        locale=locale_of(language),
        compiled=compiled,
        _messages=messages,
        _own=frozenset(own),
    )


def _compiled(catalog: Catalog | None) -> bytes:
    """A catalog as .mo; nothing where there is none."""
    compiled = BytesIO()
    if catalog is not None:
        catalog.creation_date = _UNDATED
        write_mo(compiled, catalog)
    return compiled.getvalue()


def _catalog(folder: Path, language: str) -> Catalog | None:
    """A language's catalog of messages; None where it has none."""
    path = folder / language / "LC_MESSAGES" / "ui.po"
    if not is_there(path):
        return None
    return _read(path, language, f"{folder.name}/{language}/LC_MESSAGES/ui.po")


@lru_cache(maxsize=64)
def _digest(compiled: tuple[bytes, ...]) -> str:
    """The digest of catalogs, which every page of a site is made with."""
    return hashlib.sha256(b"".join(compiled)).hexdigest()


@cache
def _name(language: str) -> str:
    """The name of a language in itself, with its region or script: português (Brasil)."""
    locale = locale_of(language)
    own = locale.language == language.replace("_", "-").partition("-")[0]
    return (locale.get_display_name() if own else "") or language


@cache
def direction_of(tag: str) -> str:
    """The direction of writing of a language tag, by its script if it has one: ltr or rtl."""
    return "rtl" if locale_of(tag).text_direction == "rtl" else "ltr"  # Mongolian may be "ttb"


def directed(tag: str) -> str:
    """The attributes of an element in a language, beside Chinese: its tag, and how it is written."""
    turned = ' dir="rtl"' if direction_of(tag) == "rtl" else ""
    return f'lang="{tag}"{turned}'


def load() -> None:
    """Load what every site needs of Babel’s data, which else is loaded with the first date or number."""
    for language in ("zh", "en"):
        format_date(dt.date.min, "long", locale=locale_of(language))


def locale_of(language: str) -> Locale:
    """The language's locale, without a region that CLDR does not know; English for other languages."""
    name = language.replace("-", "_")
    for known in (name, name.partition("_")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(known)
    return Locale("en")


def day(iso: str, language: str) -> str:
    """An ISO 8601 date as a language writes it; "" stays ""."""
    return _day(iso, locale_of(language))


def _day(iso: str, locale: Locale) -> str:
    return str(format_date(dt.date.fromisoformat(iso), "long", locale=locale)) if iso else ""


def _read(path: Path, language: str, name: str) -> Catalog:
    """The catalog of messages; DuizhaoError where it is not valid PO."""
    try:
        source = bytes_of(path).decode("utf-8-sig")
        if problems := [*syntax_problems(source, name), *plural_problems(source, name)]:
            raise DuizhaoError(problems)
        found = read_po(
            BytesIO(source.encode()), locale=str(locale_of(language)), abort_invalid=True
        )
    except UnicodeDecodeError as reason:
        raise DuizhaoError(
            [
                error(
                    "catalog-charset",
                    Position(file=name),
                    f"The catalog is not UTF-8 (byte {reason.start}).",
                    "save it as UTF-8",
                )
            ]
        ) from reason
    except (PoFileError, ValueError) as reason:
        line = getattr(reason, "lineno", None) or 0
        text = str(getattr(reason, "line", "") or "").rstrip("\n")
        place = Position(file=name, line=line, column=1, length=len(text), text=text)
        raise DuizhaoError(
            [error("catalog-syntax", place, f"This is not valid PO: {reason}.", "mend it")]
        ) from reason
    if problems := list(field_problems(found, name, source)):
        raise DuizhaoError(problems)
    return found
