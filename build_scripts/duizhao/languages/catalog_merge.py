"""Translations carried over from the catalog that was there to the units that are wanted.

Guarantees:

1. the same Chinese keeps its translation, also in another place of the law;
2. other Chinese never keeps a translation as current: the entry is fuzzy and holds the
   Chinese that was translated, unless a correction says that it keeps the translation;
3. a near match comes from the same article, at its old number or its new one, so that
   no provision takes over what another orders (应当) or allows (可以);
4. what found no place is kept as obsolete; only entries without any word of a
   translator are dropped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

import polib

NEAR = 0.5  # share of characters in common that makes another wording a near match
SAME_PLACE = 0.4  # the same for an entry of the same identifier
_AROUND = 8  # characters shown around a difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A unit that the new catalog has.

    `before` is its Chinese without the corrections that keep a translation ("" where
    there are none), `corrections` their ids.
    """

    eid: str
    text: str
    before: str
    corrections: tuple[str, ...]


def merged(
    wanted: list[Wanted], old: list[polib.POEntry]
) -> tuple[list[polib.POEntry], list[polib.POEntry]]:
    """The entries for `wanted`, in order, and those of `old` that are obsolete now."""
    return _Merge(wanted, old).result()


def article_of(eid: str) -> str:
    """The article, or other whole, that an identifier lies in: art_13__para_2 in art_13."""
    return eid.partition("__")[0]


def difference(old: str, new: str) -> str:
    """What changed, as …设立[-若干-]{+三个+}社区…, each place with a few characters around it.

    The same two texts give the same line.
    """
    out, shown = "", 0
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if not out or k - shown > 2 * _AROUND:
            out += _tail(new, shown, k) if out else ("…" if k > _AROUND else "")
            out += new[max(shown, k - _AROUND) : k]
        else:
            out += new[shown:k]
        out += f"[-{old[i:j]}-]" if i < j else ""
        out += f"{{+{new[k:m]}+}}" if k < m else ""
        shown = m
    rest = new[shown : shown + _AROUND]
    return out + rest + ("…" if len(new) > shown + _AROUND else "") if out else ""


def _tail(text: str, start: int, end: int) -> str:
    return text[start : start + _AROUND] + "…" if end - start > _AROUND else text[start:end]


class _Merge:
    """One merge; each old entry is used once at most, but for repeated Chinese."""

    def __init__(self, wanted: list[Wanted], old: list[polib.POEntry]) -> None:
        self.wanted = wanted
        self.old = old
        self.live = {e.msgctxt: e for e in old if not e.obsolete}
        self.used: set[int] = set()
        self.texts = {w.text for w in wanted}
        self.by_text: dict[str, list[polib.POEntry]] = {}
        for entry in sorted(old, key=lambda e: ("fuzzy" in e.flags, e.obsolete)):
            if entry.msgstr:
                self.by_text.setdefault(entry.msgid, []).append(entry)

    def result(self) -> tuple[list[polib.POEntry], list[polib.POEntry]]:
        out = {w.eid: self._kept(w) or self._corrected(w) or self._moved(w) for w in self.wanted}
        former = self._former_articles(out)
        waiting: dict[str, list[Wanted]] = {}
        for unit in self.wanted:
            if out[unit.eid] is None:
                waiting.setdefault(article_of(unit.eid), []).append(unit)
        free: dict[str, list[polib.POEntry]] = {}
        for entry in self.live.values():
            if id(entry) not in self.used and entry.msgstr and entry.msgid not in self.texts:
                free.setdefault(article_of(entry.msgctxt), []).append(entry)
        for article, units in waiting.items():
            for unit, entry in self._near(units, free.get(former.get(article, ""), [])):
                out[unit.eid] = self._outdated(unit, entry)
        entries = [out[w.eid] or self._new(w) for w in self.wanted]
        return entries, self._obsolete()

    def _kept(self, unit: Wanted) -> polib.POEntry | None:
        entry = self.live.get(unit.eid)
        if entry is None or entry.msgid != unit.text:
            return None
        self.used.add(id(entry))
        return entry

    def _corrected(self, unit: Wanted) -> polib.POEntry | None:
        """The translation of the Chinese before a correction that changes nothing in it."""
        entry = self.live.get(unit.eid)
        if not unit.before or entry is None or entry.msgid != unit.before or not entry.msgstr:
            return None
        self.used.add(id(entry))
        made = _copied(entry, unit)
        record = f"kept although the Chinese was corrected: {', '.join(unit.corrections)}"
        if record not in made.tcomment.splitlines():
            made.tcomment = "\n".join(part for part in (made.tcomment, record) if part)
        return made

    def _moved(self, unit: Wanted) -> polib.POEntry | None:
        """The translation of the same Chinese in another place."""
        found = self.by_text.get(unit.text)
        if not found:
            return None
        entry = next((e for e in found if id(e) not in self.used), found[0])
        self.used.add(id(entry))
        return _copied(entry, unit)

    def _former_articles(self, out: dict[str, polib.POEntry | None]) -> dict[str, str]:
        """Which article of the old catalog each article is: by its unchanged units."""
        by_text = {e.msgid: e.msgctxt for e in self.live.values()}
        votes: dict[str, Counter[str]] = {}
        for unit in self.wanted:
            if out[unit.eid] is not None and unit.text in by_text:
                same = self.live.get(unit.eid)
                origin = unit.eid if same and same.msgid == unit.text else by_text[unit.text]
                votes.setdefault(article_of(unit.eid), Counter())[article_of(origin)] += 1
        former = {article: count.most_common(1)[0][0] for article, count in votes.items()}
        taken = set(former.values())
        for unit in self.wanted:
            article = article_of(unit.eid)
            if article not in taken:
                former.setdefault(article, article)
        return former

    def _near(
        self, units: list[Wanted], free: list[polib.POEntry]
    ) -> list[tuple[Wanted, polib.POEntry]]:
        """The best pairs of new units and old entries of one article, each used once."""
        scored = sorted(
            (
                (-score, n, m)
                for n, unit in enumerate(units)
                for m, entry in enumerate(free)
                if (score := _likeness(unit, entry)) > 0
            )
        )
        pairs, taken, given = [], set[int](), set[int]()
        for _, n, m in scored:
            if n not in taken and m not in given:
                taken.add(n)
                given.add(m)
                self.used.add(id(free[m]))
                pairs.append((units[n], free[m]))
        return pairs

    def _outdated(self, unit: Wanted, entry: polib.POEntry) -> polib.POEntry:
        """A fuzzy entry with the Chinese that its translation was made from."""
        made = _copied(entry, unit)
        made.previous_msgid = entry.previous_msgid or entry.msgid
        if "fuzzy" not in made.flags:
            made.flags.insert(0, "fuzzy")
            made.previous_msgid = entry.msgid
        if made.previous_msgid == unit.text:
            made.previous_msgid = entry.msgid
        return made

    def _new(self, unit: Wanted) -> polib.POEntry:
        old = self.live.get(unit.eid)
        remark = ""
        if old is not None and not old.msgstr:
            remark = old.tcomment
            self.used.add(id(old))
        return polib.POEntry(msgctxt=unit.eid, msgid=unit.text, msgstr="", tcomment=remark)

    def _obsolete(self) -> list[polib.POEntry]:
        out, seen = [], set[tuple[str, str, str]]()
        for entry in self.old:
            key = (entry.msgctxt or "", entry.msgid, entry.msgstr)
            worth = entry.msgstr or entry.tcomment
            if id(entry) not in self.used and worth and key not in seen:
                seen.add(key)
                entry.obsolete = True
                entry.comment = ""
                out.append(entry)
        return out


def _copied(entry: polib.POEntry, unit: Wanted) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=unit.eid,
        msgid=unit.text,
        msgstr=entry.msgstr,
        tcomment=entry.tcomment,
        flags=list(entry.flags),
        previous_msgid=entry.previous_msgid,
    )


def _likeness(unit: Wanted, entry: polib.POEntry) -> float:
    """How alike two wordings are, 0 where they are too different to be of use."""
    same = unit.eid == entry.msgctxt
    least = SAME_PLACE if same else NEAR
    matcher = SequenceMatcher(None, entry.msgid, unit.text, autojunk=False)
    if matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio + (0.01 if same else 0.0) if ratio >= least else 0.0
