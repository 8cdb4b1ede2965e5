"""Signs: what a file says inside a text besides its words, in the language of the text.

That text is lost, that a note belongs here, that a translation is missing.  Chinese and
English are given here; a further language takes the forms of its interface catalog.  What it
has no form for is a Chinese sign, but for the status of a translation, which the interface
says in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from duizhao.languages.ui import Interface, message

_LOST, _LOST_WHAT, _NOTE = message("[text lost]"), message("Text lost: {what}"), message("Note {n}")
_STATUS = {
    "missing": message("Not yet translated."),
    "fuzzy": message("The translation awaits review."),
    "stale": message("The translation is out of date."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The signs of one language; `language` is that in which `status` speaks."""

    lost: str
    lost_what: str  # with {what}
    note: str  # with {n}
    status: Mapping[str, str]
    language: str

    def lost_of(self, what: str) -> str:
        """The sign of lost text; `what` says which, or is empty."""
        return self.lost_what.replace("{what}", what) if what else self.lost


CHINESE = Signs(
    lost="〔原文缺〕",
    lost_what="〔原文缺：{what}〕",
    note="〔注{n}〕",
    status={"missing": "未翻译", "fuzzy": "译文待审", "stale": "译文已过时"},
    language="zh",
)
ENGLISH = Signs(
    lost="[text lost]",
    lost_what="[text lost: {what}]",
    note="[note {n}]",
    status={status: words.rstrip(".") for status, words in _STATUS.items()},
    language="en",
)


def signs_of(language: str, ui: Interface | None) -> Signs:
    """The signs of a language, of which `ui` is the interface."""
    main = language.partition("-")[0].partition("_")[0]
    if main in ("zh", "en"):
        return CHINESE if main == "zh" else ENGLISH
    if ui is None:
        return replace(CHINESE, status=ENGLISH.status, language="en")
    whole = all(map(ui.has, _STATUS.values()))
    return Signs(
        lost=ui(_LOST) if ui.has(_LOST) else CHINESE.lost,
        lost_what=f"[{ui(_LOST_WHAT)}]" if ui.has(_LOST_WHAT) else CHINESE.lost_what,
        note=f"[{ui(_NOTE)}]" if ui.has(_NOTE) else CHINESE.note,
        status={k: ui(v).rstrip(".") for k, v in _STATUS.items()} if whole else ENGLISH.status,
        language=language if whole else "en",
    )
