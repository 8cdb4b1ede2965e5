"""The interface's catalog of a new language: every message, nothing translated yet."""

from __future__ import annotations

from pathlib import Path

import polib
from babel.messages.catalog import Catalog

from duizhao.languages.catalog import save
from duizhao.languages.ui import locale_of


def begin_interface(folder: Path, language: str) -> bool:
    """Write `folder`/<language>/LC_MESSAGES/ui.po where there is none; whether it was written.

    The messages are those of the English catalog; without that there is nothing to write.
    """
    english = folder / "en/LC_MESSAGES/ui.po"
    path = folder / language / "LC_MESSAGES/ui.po"
    if path.exists() or not english.exists():
        return False
    rules = Catalog(locale=str(locale_of(language)))
    entries = [
        polib.POEntry(
            msgid=entry.msgid,
            msgid_plural=entry.msgid_plural,
            msgstr_plural=dict.fromkeys(range(rules.num_plurals), "") if entry.msgid_plural else {},
            flags=[flag for flag in entry.flags if flag != "fuzzy"],
        )
        for entry in polib.pofile(str(english), wrapwidth=0)
        if not entry.obsolete
    ]
    header = {
        "Project-Id-Version": "duizhao",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": str(rules.plural_forms),
    }
    save(path, header, entries)
    return True
