"""An index that is mended is the one that would be made anew, file by file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from duizhao.languages.law import Law
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.writers.search.collection import Collection
from duizhao.writers.search.files import INDEX, content_of, files_from_gathered
from duizhao.writers.search.fold import Syllables
from duizhao.writers.search.gather import gathered
from duizhao.writers.search.grams import Counts
from duizhao.writers.search.kept import (
    gathered_from_bytes,
    gathered_to_bytes,
    summary_to_bytes,
)
from duizhao.writers.search.mend import Changed, Index, mended
from duizhao.writers.search.parts import UnmendableError
from duizhao.writers.search.provisions import Provision, SearchLaw, searched
from duizhao.writers.search.rows import apart_of, encoded, entries_of, row_of

ROOT = Path(__file__).parents[2]
LANGUAGES = ["en", "ja"]  # one with spaces between its words, one without


@pytest.fixture(scope="module")
def site() -> Site:
    return site_from_options(Options(root=ROOT))


@pytest.fixture(scope="module")
def laws(site: Site) -> list[SearchLaw]:
    """The laws of this site, in two languages: what is Japanese here need not be good."""

    def both(law: Law) -> SearchLaw:
        found = searched(law, [site.interfaces["en"]])
        provisions = [
            replace(
                one,
                units=tuple(
                    replace(u, others=(*u.others, u.zh[::-1])) if u.others else u for u in one.units
                ),
            )
            for one in found.provisions
        ]
        return replace(found, provisions=tuple(provisions))

    return [both(law) for law in site.laws]


class Made:
    """An index made anew of some laws."""

    def __init__(self, site: Site, laws: Sequence[SearchLaw], common: int) -> None:
        syllables = Syllables(site.readings)
        self.given = (site.glossary, site.readings, LANGUAGES)
        self.laws = [gathered(law, syllables, LANGUAGES) for law in laws]
        self.sizes: dict[str, Counts] = {}
        self.files = dict(
            files_from_gathered(self.laws, *self.given, small=0, common=common, sizes=self.sizes)
        )

    def mended(self, now: Made, common: int) -> tuple[dict[str, str], dict[str, Counts]]:
        """What becomes of it where the laws are those of another."""
        got = Collection(*self.given)
        for law in now.laws:
            got.add(law.summary)
        index = Index(
            said=content_of(self.files[INDEX]), sizes=self.sizes, read=self.files.__getitem__
        )
        changed = [
            Changed(place=place, before=before, after=law)
            for place, (before, law) in enumerate(zip(self.laws, now.laws, strict=True))
            if before.whole != law.whole
        ]
        return mended(index, got, changed, small=0, common=common)


def _edited(laws: Sequence[SearchLaw], random: Random, edits: int) -> list[SearchLaw]:
    """The laws with some words more, less or elsewhere."""
    out = list(laws)
    for _ in range(edits):
        place = random.randrange(len(out))
        law = out[place]
        at = random.randrange(len(law.provisions))
        provisions = list(law.provisions)
        provisions[at] = _other(provisions[at], random)
        out[place] = replace(law, provisions=tuple(provisions))
    return out


def _other(provision: Provision, random: Random) -> Provision:
    at = random.randrange(len(provision.units))
    unit = provision.units[at]
    zh, others = _shuffled(unit.zh, "", random), unit.others
    if others:
        others = (_shuffled(others[0], " ", random), _shuffled(others[1], "", random))
    units = (*provision.units[:at], replace(unit, zh=zh, others=others), *provision.units[at + 1 :])
    return replace(provision, units=units)


def _shuffled(text: str, between: str, random: Random) -> str:
    """A text with a piece of it, or something new, put in, taken out or moved."""
    words = text.split(between) if between else list(text)
    start = random.randrange(len(words))
    piece = words[start : start + random.randint(1, 5)]
    match random.choice(["more", "new", "less", "moved"]):
        case "more":
            words[start:start] = piece
        case "new":
            words.insert(start, random.choice("龘zebra新〇2"))
        case "less":
            del words[start : start + len(piece)]
        case _:
            del words[start : start + len(piece)]
            words[0:0] = piece
    return between.join(words) or "法"


@pytest.mark.parametrize("common", [9, 30])
def test_it_is_the_index_made_anew(site: Site, laws: list[SearchLaw], common: int) -> None:
    random = Random(common)  # noqa: S311 - nothing secret
    before = Made(site, laws, common)
    count = 0
    for edits in (1, 1, 2):
        now = Made(site, _edited(laws, random, edits), common)
        try:
            found, sizes = before.mended(now, common)
        except UnmendableError:
            continue
        count += 1
        assert before.files | found == now.files
        assert sizes == now.sizes
        kept = before.files.items() - found.items()
        assert len(kept) > len(before.files) / 3
    assert count > 0


def test_symbols_may_come_in_another_order(site: Site, laws: list[SearchLaw]) -> None:
    """The first words of the first law say which symbol is number 1."""
    before = Made(site, laws, 30)
    common = {key for key in _common(before, "z") if len(key) == 1}
    first = laws[0].provisions[0]
    unit = replace(first.units[0], zh="".join(sorted(common)) + first.units[0].zh)
    changed = replace(first, units=(unit, *first.units[1:]))
    some = [replace(laws[0], provisions=(changed, *laws[0].provisions[1:])), *laws[1:]]
    after = Made(site, some, 30)
    found, _ = before.mended(after, 30)
    assert before.files | found == after.files


def _common(made: Made, alphabet: str) -> list[str]:
    keys: str = content_of(made.files[INDEX])["alphabets"][alphabet][1]
    return keys.split("\n")


def test_a_mended_index_is_mended_again(site: Site, laws: list[SearchLaw]) -> None:
    first = Made(site, laws, 30)
    for seed in range(2):
        edited = _edited(laws, Random(seed), 1)  # noqa: S311 - nothing secret
        now = Made(site, edited, 30)
        found, first.sizes = first.mended(now, 30)
        first.files |= found
        first.laws = now.laws
        assert first.files == now.files


def test_what_would_change_the_numbering_is_refused(site: Site, laws: list[SearchLaw]) -> None:
    fewer = [replace(laws[0], provisions=laws[0].provisions[:-1]), *laws[1:]]
    with pytest.raises(UnmendableError):
        Made(site, laws, 9).mended(Made(site, fewer, 9), 9)


def test_a_key_that_becomes_common_is_refused(site: Site, laws: list[SearchLaw]) -> None:
    before = Made(site, laws, 30)
    provisions = tuple(
        replace(one, units=(replace(one.units[0], zh=f"{one.units[0].zh}龘"), *one.units[1:]))
        for one in laws[0].provisions
    )
    assert len(provisions) > 30
    some = [replace(laws[0], provisions=provisions), *laws[1:]]
    with pytest.raises(UnmendableError):
        before.mended(Made(site, some, 30), 30)


def test_another_limit_of_what_is_common_is_refused(site: Site, laws: list[SearchLaw]) -> None:
    before = Made(site, laws, 9)
    edited = _edited(laws, Random(1), 1)  # noqa: S311 - nothing secret
    with pytest.raises(UnmendableError):
        before.mended(Made(site, edited, 9), 2)


def test_rows_are_read_and_written() -> None:
    entries = {0: encoded([0, 5]), 7: encoded([300]), 70_000: encoded([1, 2, 200_000])}
    assert entries_of(row_of(entries, placed=True)) == entries
    apart = row_of(entries, placed=False), apart_of(entries)
    assert entries_of(*apart) == entries
    assert entries_of(apart[0]) == dict.fromkeys(entries, b"")
    assert row_of({}, placed=True) == b""
    assert entries_of(b"") == {}


def test_a_law_is_kept_with_its_symbols(site: Site, laws: list[SearchLaw]) -> None:
    law = gathered(laws[0], Syllables(site.readings), LANGUAGES)
    again = gathered_from_bytes(gathered_to_bytes(law), summary_to_bytes(law.summary))
    assert (again.summary, again.whole, again.portions) == (law.summary, law.whole, law.portions)
    for name, some in law.symbols.items():
        assert list(again.symbols[name].names) == list(some.names)
        assert again.symbols[name].places.tolist() == some.places.tolist()
