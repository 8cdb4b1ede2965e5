"""How heavy the page of a chapter is: without a translation, and with one as long as English."""

from __future__ import annotations

import re
from pathlib import Path

import polib

_LONGEST = 2_500  # characters of law on the pages that are measured
#: English characters for a Chinese one: what the translations of this project have on average
_LONGER = 5.1
_WORDS = "the people’s government at the county level shall be responsible for protection, and "
_CHINESE = re.compile(r'<p class="zh\b[^>]*>(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def heaviest(site: Path) -> int:
    """Bytes of the largest page of a chapter that has up to 2,500 characters of law; 0 for none."""
    found = [0]
    for path in site.glob("??/law-*/*/index.html"):
        if path.parent.name in ("full", "about"):
            continue
        html = path.read_text("utf-8")
        if len(_TAG.sub("", "".join(_CHINESE.findall(html)))) <= _LONGEST:
            found.append(len(html.encode()))
    return max(found)


def translate(catalogs: Path) -> None:
    """Fill a folder of catalogs with words in the place of a translation, as long as one would be."""
    for path in sorted(catalogs.glob("law-*.po")):
        catalog = polib.pofile(str(path), wrapwidth=0)
        for entry in catalog:
            length = round(_LONGER * len(entry.msgid))
            entry.msgstr = (_WORDS * (length // len(_WORDS) + 1))[:length].strip()
        catalog.save(newline="\n")
