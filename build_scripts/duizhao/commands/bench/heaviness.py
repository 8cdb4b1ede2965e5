"""How heavy the page of a chapter is: without a translation, and with one as long as English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import polib

_LONGEST = 2_500  # characters of law on the pages that are measured
_LONG = 2_000  # on those that are about as long
_HEAVY = 60_000  # bytes that such a page should have at most
#: English characters for a Chinese one: what the translations of this project have on average
_LONGER = 5.1
_WORDS = "the people’s government at the county level shall be responsible for protection, and "
_CHINESE = re.compile(r'<p class="zh\b[^>]*>(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The pages of chapters that have up to 2,500 characters of law.

    Bytes of the `largest`, and the `median` of those of 2,000 characters and more; 0 for
    none.  `heavy` is the share of all that have more than 60,000.
    """

    largest: int
    median: float
    heavy: float


def weights(site: Path) -> Weights:
    """How heavy the pages of chapters are on a site of the collection."""
    found, long = list[int](), list[int]()
    for path in site.glob("??/law-*/*/index.html"):
        if path.parent.name in ("full", "about"):
            continue
        html = path.read_text("utf-8")
        characters = len(_TAG.sub("", "".join(_CHINESE.findall(html))))
        if characters <= _LONGEST:
            found.append(len(html.encode()))
            if characters >= _LONG:
                long.append(found[-1])
    return Weights(
        largest=max(found, default=0),
        median=median(long) if long else 0,
        heavy=sum(size > _HEAVY for size in found) / max(len(found), 1),
    )


def translate(catalogs: Path) -> None:
    """Fill a folder of catalogs with words in the place of a translation, as long as one would be."""
    for path in sorted(catalogs.glob("law-*.po")):
        catalog = polib.pofile(str(path), wrapwidth=0)
        for entry in catalog:
            length = round(_LONGER * len(entry.msgid))
            entry.msgstr = (_WORDS * (length // len(_WORDS) + 1))[:length].strip()
        catalog.save(newline="\n")
