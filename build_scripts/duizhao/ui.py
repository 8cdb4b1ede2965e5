"""The interface's languages, carried by Babel: messages, plurals, dates, numbers.

Messages are English in the code and translated in
`translations/<language>/LC_MESSAGES/ui.po`; a language without that file falls
back to English, and `check` says which messages it lacks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

from duizhao.catalog_faults import syntax_problems
from duizhao.problems import DuizhaoError, Position, error

#: BCP 47 tag for the `lang` attribute, by the language's folder.
TAGS = {"zh": "zh-Hans-CN", "en": "en", "bo": "bo-CN"}


def message(text: str) -> str:
    """Mark `text` as a message that is translated where it is used, not where it stands."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One language of the interface."""

    language: str
    locale: Locale
    _messages: NullTranslations = field(repr=False)

    @property
    def tag(self) -> str:
        """The language's BCP 47 tag."""
        return TAGS.get(self.language, self.language.replace("_", "-"))

    @property
    def name(self) -> str:
        """The language's name in itself: 中文, English."""
        own = self.locale.language == self.language.partition("-")[0]
        return (self.locale.get_language_name(self.language) if own else "") or self.language

    @property
    def direction(self) -> str:
        """Direction of writing: ltr or rtl."""
        return str(self.locale.text_direction)

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in this language, with {name} filled in."""
        text = str(self._messages.gettext(message))
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The message for a count; {n} is the count as this language writes it."""
        text = str(self._messages.ngettext(one, many, count))
        return text.format(n=self.number(count), **values)

    def date(self, iso: str) -> str:
        """An ISO 8601 date as this language writes it: 2024年9月26日; "" stays ""."""
        if not iso:
            return ""
        return str(format_date(dt.date.fromisoformat(iso), "long", locale=self.locale))

    def number(self, value: int) -> str:
        """A whole number with the language's grouping."""
        return str(format_decimal(value, locale=self.locale))

    def percent(self, value: float) -> str:
        """A share (0 to 1) as a percentage."""
        return str(format_percent(value, locale=self.locale))


def interface_from_file(folder: Path, language: str) -> Interface:
    """The interface in `language`, its messages from `folder`/<language>/LC_MESSAGES/ui.po.

    Raises DuizhaoError where the catalog cannot be read.
    """
    path = folder / language / "LC_MESSAGES" / "ui.po"
    locale = _locale(language)
    messages = NullTranslations()
    if path.exists():
        catalog = _read(path, language, f"{folder.name}/{language}/LC_MESSAGES/ui.po")
        compiled = BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        messages = Translations(compiled)
    return Interface(language=language, locale=locale, _messages=messages)


@cache
def direction_of(tag: str) -> str:
    """The direction of writing of a language tag: ltr or rtl."""
    return str(_locale(tag.partition("-")[0]).text_direction)


def _locale(language: str) -> Locale:
    """The language's locale; English dates and numbers for one that CLDR does not know."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _read(path: Path, language: str, name: str) -> Catalog:
    """The catalog of messages; DuizhaoError where it is not valid PO."""
    data = path.read_bytes()
    try:
        if problems := list(syntax_problems(data.decode("utf-8"), name)):
            raise DuizhaoError(problems)
        return read_po(BytesIO(data), locale=str(_locale(language)), abort_invalid=True)
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
