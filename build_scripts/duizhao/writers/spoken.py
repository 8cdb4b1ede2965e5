"""What is said of a law's provisions to those who do not see the page, in one language.

The pages of a law say the same of a provision: its citation, the names of its links, how
sure it is.  A `Spoken` is kept for all of them and finds each once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from duizhao.languages.bilingual import STATUSES
from duizhao.languages.citation import Cited, cited
from duizhao.languages.ui import TAGS, Interface

_SURE = re.compile(r'<a href="#sure-(?P<key>\w+)">(?P<words>[^<]*)</a>')


class Spoken:
    """Attributes and links in the words of `ui`.

    `pair_ui` is the interface in the translation's language; `cited` gives the citation of
    each provision.  Of a law that is `alone`, without any translation, the page says so once.
    """

    def __init__(
        self, ui: Interface, pair_ui: Interface, cited: Mapping[str, Cited], *, alone: bool = False
    ) -> None:
        self.ui = ui
        self.pair_ui = pair_ui
        self.alone = alone
        self._cited = cited
        self._links: dict[tuple[str, str, str], tuple[str, str]] = {}
        self._sure: dict[str, str] = {}
        self._data: dict[str, str] = {}

    def data(self, eid: str) -> str:
        """The attributes with which a provision is copied, beside its permanent link.

        That is named by the citation in the page's language.  An empty one says that the
        translation's language has no form for it.
        """
        if eid not in self._data:
            self._data[eid] = self._attributes(eid)
        return self._data[eid]

    def _attributes(self, eid: str) -> str:
        found = self._cited.get(eid)
        if found is None:
            return ""
        chinese = "" if self.ui.tag == TAGS["zh"] else f' data-zh="{escape(found.zh)}"'
        words, tag = found.words(self.pair_ui)
        if tag == TAGS["zh"]:
            return f'{chinese} data-en=""'
        return chinese if self.ui.tag == tag else f'{chinese} data-en="{escape(words)}"'

    def sure(self, html: str) -> str:
        """How sure a provision is, from the links that say it: of its Chinese, then its translation."""
        if html not in self._sure:
            self._sure[html] = self._sides(html)
        return self._sure[html]

    def _sides(self, html: str) -> str:
        sides: dict[str, list[str]] = {"zh": [], "en": []}
        for mark in _SURE.finditer(html):
            side = "en" if mark["key"] in STATUSES else "zh"
            sides[side].append(f'<a href="#sure-{mark["key"]}">{mark["words"]}</a>')
        names = {"zh": self.ui("Chinese"), "en": self.ui("Translation")}
        gap = "" if self.ui.language == "zh" else " "  # a colon of full width brings its own
        spoken = "".join(
            f'<span class="of-{side}"><i>{escape(self.ui("{side}:", side=names[side]))}{gap}</i>'
            f"{escape(self.ui('list separator')).join(marks)}</span> "
            for side, marks in sides.items()
            if marks and not (side == "en" and self.alone)
        )
        return f'<p class="sure">{spoken.strip()}</p>' if spoken else ""

    def link(self, sort: str, eid: str, href: str, label: str) -> str:
        """A link of a provision with its spoken name, `label` being what is seen, as HTML.

        What is seen of a link to the source is its name: there `label` is the line's number.

        Sorts are n, permanent; x, in another language; p, with pinyin or without; w, in the
        whole law, its chapter or the overview; l, the line of the source.
        """
        asked = (sort, "" if sort == "l" else eid, label)
        around = self._links.get(asked)
        if around is None:
            around = self._links[asked] = self._around(*asked)
        return f"{around[0]}{href}{around[1]}"

    def _around(self, sort: str, eid: str, label: str) -> tuple[str, str]:
        """What stands before the address of a link, and after it."""
        if sort == "n":
            return _opening(sort, self._name(eid), label)
        if sort == "l":
            return '<a class="l" href="', f'">{escape(self.ui("line {n}", n=label))}</a>'
        # It begins with what is seen: so it can be asked for by voice.
        what = self.ui("{label}: {what}", label=unescape(label), what=self._name(eid))
        return _opening(sort, what, label)

    def _name(self, eid: str) -> str:
        found = self._cited.get(eid)
        if found is None and eid.startswith("gap"):
            return self.ui("gap")
        return (found or cited(eid)).of(self.ui)


def _opening(kind: str, spoken: str, label: str) -> tuple[str, str]:
    return f'<a class="{kind}" href="', f'" aria-label="{escape(spoken)}">{label}</a>'
