"""Recall, in the real browser: hundreds of queries, drawn at random, typed, and compared."""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from tests.site import scan
from tests.site.conftest import ROOT
from tests.site.scan import Passage

from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.slow]

SEED = int(os.environ.get("DUIZHAO_SEED", "1"))  # another seed draws other queries
DRAWN = {
    "substring": 280,
    "words": 50,
    "english": 70,
    "phrase": 40,
    "pinyin": 50,
    "citation": 40,
    "term": 40,
}
#: Writes a query into the field and sends it, as the keyboard does.
_SEND = """query => {
  const field = document.getElementById("q");
  field.value = query;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.form.requestSubmit();
}"""
#: Waits for the answer, has all of it shown, and reads it: links of hits, first citation, cards.
_READ = """async query => {
  const hits = document.getElementById("hits");
  const frame = () => new Promise(done => setTimeout(done, 2));
  for (let n = 0; hits.dataset.answered !== query; n++) {
    if (n > 2000) throw new Error(`no answer to ${query}`);
    await frame();
  }
  for (let more; more = hits.querySelector("button.more");) { more.click(); await frame(); }
  const links = at => [...hits.querySelectorAll(`.law-hits${at} .cite > a`)].map(a => a.getAttribute("href"));
  return [links(":not([aria-label])"), links("[aria-label]")[0] ?? "", document.getElementById("says").textContent];
}"""

Key = tuple[str, str]


@dataclass(frozen=True)
class Query:
    kind: str
    text: str
    wanted: str = ""


@pytest.fixture(scope="module")
def laws() -> Site:
    return site_from_options(Options(root=ROOT))


def _drawn(passages: list[Passage], site: Site, chance: random.Random) -> Iterator[Query]:
    zh = [t for p in passages for t in p.zh if len(scan.bare(t)) > 12]
    en = [t for p in passages for t in p.en if len(scan.english_words(t)) > 5]
    makers: dict[str, Callable[[], str]] = {
        "substring": lambda: _substring(chance, zh, 1, 12),
        "words": lambda: _words(chance, chance.choice([p for p in passages if len(p.zh) > 2])),
        "english": lambda: chance.choice(re.findall(r"\b[A-Za-z]{2,}\b", chance.choice(en))),
        "phrase": lambda: _phrase(chance, en),
    }
    for kind, make in makers.items():
        seen: set[str] = set()
        while len(seen) < DRAWN[kind]:
            text = make()
            if scan.bare(text) and text not in seen:
                seen.add(text)
                yield Query(kind, text)
    for _ in range(DRAWN["pinyin"]):
        word, letters = _spoken(chance, zh)
        yield Query("pinyin", letters, word)
    articles = [p for p in passages if re.fullmatch(r"art_\d+", p.eid)]
    for one in chance.sample(articles, DRAWN["citation"]):
        title = site.law(one.law).edition.metadata.title
        number = one.eid.removeprefix("art_")
        form = chance.choice(["{t}{z}", "{t} {z}", "《{t}》第{n}条", "{t} art {n}", "{t} §{n}"])
        yield Query("citation", form.format(t=title, z=one.zh[0], n=number), f"{one.law}#{one.eid}")
    terms = [term for term in site.glossary.terms if len(term.zh) > 1]
    for term in chance.sample(terms, DRAWN["term"]):
        yield Query("term", chance.choice([term.zh, term.en]), term.zh)


def _substring(chance: random.Random, texts: list[str], least: int, most: int) -> str:
    while True:
        text = chance.choice(texts)
        size = chance.randint(least, most)
        at = chance.randrange(max(1, len(text) - size))
        if scan.bare(cut := " ".join(text[at : at + size].split())):
            return cut


def _words(chance: random.Random, passage: Passage) -> str:
    texts = [text for text in passage.zh if len(scan.bare(text)) > 3]
    return " ".join(_substring(chance, texts or list(passage.zh), 2, 3) for _ in range(2))


def _spoken(chance: random.Random, texts: list[str]) -> tuple[str, str]:
    """Some characters, and how they are read where they stand."""
    runs = re.findall(r"[\u4e00-\u9fff]{4,}", chance.choice(texts))
    if not runs:
        return _spoken(chance, texts)
    run = chance.choice(runs)
    at = chance.randrange(len(run) - 3)
    end = at + chance.randint(2, 4)
    return run[at:end], "".join(scan.syllables(run)[at:end])


def _phrase(chance: random.Random, texts: list[str]) -> str:
    words = chance.choice(texts).replace('"', "").replace("“", "").replace("”", "").split()
    at = chance.randrange(max(1, len(words) - 4))
    return f'"{" ".join(words[at : at + chance.randint(2, 4)])}"'


def _key(href: str) -> Key:
    parts = urlsplit(href)
    law = next(p for p in reversed(parts.path.split("/")) if p.startswith("xizang-"))
    return law, parts.fragment


def _ask(page: Page, query: str, *, keys: bool) -> tuple[list[Key], str, str]:
    """Type a query; the keys of its hits, the link of the provision cited, the cards."""
    if keys:
        field = page.locator("#q")
        field.fill("")
        field.press_sequentially(query)
        field.press("Enter")
    else:
        page.evaluate(_SEND, query)
    hits, cited, says = page.evaluate(_READ, query)
    return [_key(href) for href in hits], cited, says


def test_recall(page: Page, laws: Site, record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a drawing of lots, not a secret
    passages = scan.passages(laws)
    queries = list(_drawn(passages, laws, chance))
    assert len(queries) >= 500
    typed = set(chance.sample(range(len(queries)), 25))
    counts: Counter[str] = Counter()
    faults: list[str] = []
    page.set_viewport_size({"width": 1000, "height": 60})  # little to paint
    page.goto("en/search/")
    for number, query in enumerate(queries):
        hits, cited, says = _ask(page, query.text, keys=number in typed)
        counts[query.kind] += 1
        assert len(set(hits)) == len(hits), query
        for fault, several in _compared(query, set(hits), cited, says, laws, passages).items():
            counts[f"{query.kind} {fault}"] += len(several)
            if fault in ("missed", "false"):
                faults.append(f"{query.kind} {query.text!r}: {fault} {sorted(several)[:3]}")
    record_property(f"recall, seed {SEED}", json.dumps(counts, ensure_ascii=False))
    assert not faults, f"seed {SEED}\n" + "\n".join(faults)


def _compared(
    query: Query, hits: set[Key], cited: str, says: str, laws: Site, passages: list[Passage]
) -> dict[str, set[Key]]:
    """What was missed, found falsely, and found beyond what must be found."""

    def where(test: Callable[[Passage], bool]) -> set[Key]:
        return {(p.law, p.eid) for p in passages if test(p)}

    match query.kind:
        case "substring" | "words":
            wanted = where(lambda p: scan.has_chinese(p, query.text))
            if scan.bare(query.text).isascii():  # digits are words of the translation too
                return _sets(
                    wanted, hits, wanted | where(lambda p: scan.has_english(p, query.text))
                )
            return _sets(wanted, hits, wanted)
        case "english" | "phrase":
            wanted = where(lambda p: scan.has_english(p, query.text))
            stemmed = query.kind == "english"
            allowed = where(lambda p: scan.has_english(p, query.text, stemmed=stemmed))
            for term in scan.rendered_otherwise(laws, query.text):
                if term.zh in says:  # the page says that it looked for this term too
                    allowed |= where(lambda p, t=term: scan.has_term(p, t))  # type: ignore[misc]
            return _sets(wanted, hits, allowed)
        case "pinyin":
            wanted = where(lambda p: scan.has_spoken(p, query.wanted, query.text))
            return _sets(wanted, hits, hits)
        case "citation":
            law, _, eid = query.wanted.partition("#")
            return {} if cited and _key(cited) == (law, eid) else {"missed": {(law, eid)}}
        case _:
            return {} if query.wanted in says else {"missed": {("glossary", query.wanted)}}


def _sets(wanted: set[Key], hits: set[Key], allowed: set[Key]) -> dict[str, set[Key]]:
    found = {"missed": wanted - hits, "false": hits - allowed, "more": hits & allowed - wanted}
    return {name: several for name, several in found.items() if several}


def test_the_scan_reads_every_article(laws: Site) -> None:
    found = {(p.law, p.eid) for p in scan.passages(laws)}
    pages = {
        (law.id, article.eid)
        for law in laws.laws
        for leaf in law.leaves
        for article in leaf.articles
    }
    assert pages <= found


def test_the_scan_is_another_one() -> None:
    source = Path(scan.__file__).read_text(encoding="utf-8")
    assert "duizhao.writers.search" not in source
