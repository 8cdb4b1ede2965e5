"""`duizhao quote`: which provision a passage is from, and whether it is exact."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from duizhao.pipeline import Site
from duizhao.quote.check import Check, Checker, Part, Place, as_data
from duizhao.search.provisions import searched

_VERDICTS = {
    "exact": "exact",
    "source": "as the source has it, which this edition corrects",
    "form": "the words are exact; punctuation or forms of characters differ",
    "altered": "altered",
    "joined": "joined from passages that do not follow each other",
    "partly": "only in part from these laws",
    "none": "not found in these laws",
    "unknown": "not found in these laws",
}


def add_quote(
    add: Callable[..., argparse.ArgumentParser], run: Callable[[argparse.Namespace], int]
) -> None:
    """Hang `quote` into the command line."""
    quote = add(
        "quote", run, "which provision a passage is from, and if exact", "quote passage.txt"
    )
    quote.add_argument(
        "file", nargs="?", default="-", help="a text file, or - for standard input (the default)"
    )
    quote.add_argument("--language", default="", help="of a translation (default: the first)")
    quote.add_argument("--format", choices=("text", "json"), default="text")


def quote(options: argparse.Namespace, site: Site, out: Callable[[str], None]) -> int:
    """Check a passage; 0 where it is exact, 1 where it is not, 2 for an unknown language."""
    others = [code for code in site.options.languages if code != "zh"]
    if options.language and options.language not in others:
        out(f"no such translation: {options.language}")
        return 2
    column = others.index(options.language) if options.language else 0
    source = sys.stdin.buffer if options.file == "-" else None
    data = source.read() if source else Path(options.file).read_bytes()
    laws = [searched(law, [site.interfaces[c] for c in others]) for law in site.laws]
    found = Checker(laws, column)(data.decode("utf-8-sig"))
    if options.format == "json":
        out(json.dumps(as_data(found), ensure_ascii=False, indent=1))
    else:
        for line in _lines(found):
            out(line)
    return 0 if found.status == "exact" else 1


def _lines(found: Check) -> Iterator[str]:
    yield _VERDICTS[found.status]
    for part in found.parts:
        yield ""
        yield f"{100 * part.size / found.size:.0f} %: {_VERDICTS[part.status]}"
        yield from (f"  {_cited(place)}" for place in part.places)
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[str]:
    for segment in part.segments:
        if segment.kind == "unknown":
            yield f"  {segment.mine}"
        elif segment.kind != "same":
            yield f"  {segment.kind}: {segment.mine!r} for {segment.theirs!r}"
    if part.corrected:
        yield "  the text is corrected here: see the note at the provision"
    for law in part.other:
        yield f"  not so in another version: {law.titles[0]} ({law.effective})"
    for place in part.also:
        yield f"  also: {_cited(place)}"


def _cited(place: Place) -> str:
    cited = place.unit.cited if place.unit else place.provision.cited
    return f"《{place.law.titles[0]}》{cited[0]}  {place}"
