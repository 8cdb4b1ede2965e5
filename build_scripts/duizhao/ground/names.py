"""Names that become addresses and files: what they may be made of.

A law's identifier, a witness's file name and a language stand in addresses and paths,
so none may hold a separator, lead out of its folder, take the place of a page of the
site, or be a name that a file system keeps for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.ground.problems import phrase

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
#: invisible characters are none of `\w`
_ADDRESS = re.compile(r"https?://[\w.\-\[\]:]+(?:/[\w.~%!$&()*+,;=:\-]*)*")
_FILE = re.compile(r"[\w（）][\w.\-（）() ]*")
LONGEST_LAW_ID = 100  # characters
LONGEST_FILE = 200  # bytes in UTF-8: file systems end at 255
#: names that Windows keeps for devices
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)))
)
#: folders and pages of the site beside the laws
_OURS = frozenset(
    [
        "a-z",
        "about",
        "accessibility",
        "assets",
        "citing",
        "concordance",
        "glossary",
        "guide",
        "index",
        "laws",
        "offline",
        "pdf",
        "policy",
        "quote",
        "reference",
        "search",
        "source",
        "translators",
        "witnesses",
    ]
)


def law_id_fault(name: str) -> str:
    """What is wrong with a law's identifier; "" where nothing is."""
    if not _SLUG.fullmatch(name) or len(name) > LONGEST_LAW_ID:
        return phrase("it may have small letters, digits and single hyphens, at most 100")
    if name in _DEVICES:
        return phrase("file systems keep this name for themselves")
    return phrase("the site has a page of this name") if name in _OURS else ""


def file_fault(name: str) -> str:
    """What is wrong with the name of a file, its folders aside; "" where nothing is."""
    if not _FILE.fullmatch(name) or len(name.encode()) > LONGEST_FILE:
        return phrase("it may have letters, digits, spaces, dots, hyphens and brackets")
    stem = name.partition(".")[0].lower()
    return phrase("file systems keep this name for themselves") if stem in _DEVICES else ""


def address_fault(url: str) -> str:
    """What is wrong with the address of a site; "" where nothing is, or where there is none."""
    return (
        ""
        if not url or _ADDRESS.fullmatch(url)
        else phrase(
            "it begins with https:// or http:// and has no name of a user, `?`, `#`, quotation mark or space"
        )
    )


def languages_fault(codes: Sequence[str]) -> str:
    """What is wrong with the languages of a site; "" where nothing is."""
    if len(set(codes)) < len(codes):
        return phrase("each language stands there once")
    others = [code for code in codes if code != "zh"]
    return "" if others else phrase("a site has Chinese and at least one other language")


def language_fault(code: str) -> str:
    """What is wrong with a language's code; "" where nothing is."""
    return (
        "" if _LANGUAGE.fullmatch(code) else phrase("it is no code of a language, such as en or bo")
    )
