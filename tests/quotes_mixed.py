"""Passages in two languages, as they are copied from pages and prints, or written by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from pypinyin import pinyin

from duizhao.writers.search.provisions import Provision, SearchLaw, SearchUnit


@dataclass(frozen=True)
class Mixed:
    """A passage, how it was made, and the provision that it is from, law and all."""

    text: str
    way: str
    eid: str


class _Article:
    """An article that is quoted: its texts, its longest unit's, and its citations."""

    def __init__(self, law: SearchLaw, provision: Provision) -> None:
        self.units = _texts(provision)
        self.zh = "\n".join(unit.zh for unit in self.units)
        self.en = "\n".join(unit.others[0] for unit in self.units)
        unit = max(self.units, key=lambda one: len(one.zh))
        self.unit, self.unit_en = unit.zh, unit.others[0]
        self.numbers = provision.cited[:2]
        self.titles = law.titles[:2]
        self.cited = f"《{law.titles[0]}》{provision.cited[0]}"
        self.cited_en = f"{law.titles[1]}, {provision.cited[1]}"
        self.link = f"https://example.org/en/{law.id}/{provision.slug}#{provision.eid}"

    def button(self) -> str:
        """What the page’s button copies."""
        remark = "(Not the standard text; the translation is unofficial)"
        return f"{self.zh}\n{self.en}\n{self.cited}\n{self.cited_en}\n{remark}\n{self.link}"

    def alternating(self) -> str:
        return "\n".join(f"{unit.zh}\n{unit.others[0]}" for unit in self.units)

    def with_pinyin(self) -> str:
        read = (" ".join(syllable for (syllable,) in pinyin(unit.zh)) for unit in self.units)
        lines = zip(read, self.units, strict=True)
        return "\n".join(f"{line}\n{unit.zh}" for line, unit in lines)

    def ruby(self) -> str:
        read = zip(self.unit, pinyin(list(self.unit)), strict=True)
        return "".join(c if c == syllable else f"{c}{syllable}" for c, (syllable,) in read)

    def printed(self) -> str:
        lines = [self.unit[k : k + 18] for k in range(0, len(self.unit), 18)]
        return "\r\n".join((*lines, *wrap(self.unit_en, 60, break_on_hyphens=False)))

    def margin(self) -> str:
        """As a print numbers paragraphs."""
        numbers = [re.sub(r".*__para_(\d+)$|.*", r"\1", unit.eid, count=1) for unit in self.units]
        zh = (f"{n} {unit.zh}" for n, unit in zip(numbers, self.units, strict=True))
        en = (f"{n} {unit.others[0]}" for n, unit in zip(numbers, self.units, strict=True))
        return "\n".join((*zh, *en))

    def dots(self) -> str:
        middle = len(self.unit) // 2
        return f"{self.unit[: middle - 6]}……{self.unit[middle + 6 :]}\n{self.unit_en}"

    def lead(self) -> str:
        english = f"{self.numbers[1]} of the {self.titles[1]} provides: “{self.en}”"
        return f"{self.cited}规定：“{self.zh}”\n{english}"

    def hyphens(self, mark: str) -> str:
        broken = re.sub(r"([a-z]{3})([a-z]{3})", rf"\1{mark}\2", self.unit_en, count=2)
        return f"{self.unit}\n{broken}"


#: What is exact, by how it is made; and what is not.
EXACT: Mapping[str, Callable[[_Article], str]] = {
    "button": _Article.button,
    "turned": lambda a: f"{a.cited_en}\n{a.en}\n\n{a.cited}\n{a.zh}",
    "alternating": _Article.alternating,
    "one line": lambda a: f"{a.unit} {a.unit_en}",
    "pinyin": _Article.with_pinyin,
    "ruby": _Article.ruby,
    "print": _Article.printed,
    "margin": _Article.margin,
    "lead": _Article.lead,
    "brackets": lambda a: f"“{a.zh}”（{a.cited}）\n“{a.en}” ({a.cited_en})",
    "numbers": lambda a: f"{a.numbers[0]} {a.zh}\n{a.numbers[1]} {a.en}",
    "hyphens": lambda a: a.hyphens("-\n"),
    "soft hyphens": lambda a: a.hyphens("\u00ad\n"),
}
OTHERS: Mapping[str, tuple[str, Callable[[_Article], str]]] = {
    "dots": ("abridged", _Article.dots),
    "wrong article": ("miscited", lambda a: f"{a.zh}\n{a.en}\n{a.titles[1]}, Article 99"),
    "other law": ("miscited", lambda a: f"{a.zh}\n{a.en}\n《中华人民共和国民法典》第一百条"),
    "altered": ("altered", lambda a: f"{a.unit}\n{a.unit_en.replace(' ', ' not ', 1)}"),
}
_WAYS = (*EXACT.items(), *((way, written) for way, (_, written) in OTHERS.items()))


def mixed(laws: Sequence[SearchLaw], seed: int, count: int) -> Iterator[Mixed]:
    """`count` passages of articles in both languages, ways in turn; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    articles = [
        (law, provision)
        for law in laws
        for provision in law.provisions
        if provision.eid.startswith("art_") and 40 < sum(len(u.zh) for u in _texts(provision)) < 500
    ]
    for n in range(count):
        law, provision = chance.choice(articles)
        way, written = _WAYS[n % len(_WAYS)]
        yield Mixed(written(_Article(law, provision)), way, f"{law.id}#{provision.eid}")


def button(law: SearchLaw, provision: Provision) -> str:
    """What the page’s button copies."""
    return _Article(law, provision).button()


def with_text(law: SearchLaw, text: str) -> SearchLaw:
    """A law whose last provision has a text of one’s own."""
    *others, last = law.provisions
    units = (*last.units[:-1], replace(last.units[-1], zh=text, corrections=()))
    return replace(law, provisions=(*others, replace(last, units=units)))


def _texts(provision: Provision) -> Sequence[SearchUnit]:
    return [unit for unit in provision.units if unit.eid != provision.eid]
