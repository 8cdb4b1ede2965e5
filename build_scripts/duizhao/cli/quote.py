"""`duizhao quote`: which provision a passage is from, and whether it is exact."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from duizhao.cli.parser import Add, Command
from duizhao.commands.cite import require_language
from duizhao.ground.problem_words import LANGUAGE
from duizhao.languages.citing import enclosed
from duizhao.languages.law import Law
from duizhao.languages.ui import Interface, interface_from_file, message
from duizhao.site.kept_laws import KeptLaws, digest_of_object
from duizhao.site.looking import looking
from duizhao.site.pipeline import Site
from duizhao.sources.readers import text_from_bytes
from duizhao.writers.quote.check import Check, Checker, Part, Place, as_data
from duizhao.writers.quote.words import KINDS, SHARES, STATES, VERDICTS
from duizhao.writers.search.provisions import SearchLaw, searched

_OTHER = message("These words stand in this version of the law only; they do not stand in: {laws}.")


def add_quote(add: Add, run: Command) -> None:
    """Hang `quote` into the command line."""
    quote = add(
        "quote", run, "which provision a passage is from, and if exact", "quote passage.txt"
    )
    quote.add_argument(
        "file", nargs="?", default="-", help="a text file, or - for standard input (the default)"
    )
    quote.add_argument("--language", default="", help="of a translation (default: the first)")
    quote.add_argument("--format", choices=("text", "json"), default="text")


def quote(
    options: argparse.Namespace, site: Site, kept: KeptLaws | None, out: Callable[[str], None]
) -> int:
    """Check a passage; 0 where it is exact, 1 where it is not.

    Raises DuizhaoError where the file is none that is read as a witness, WrongUseError for an
    unknown language.
    """
    others = site.options.others
    if options.language:
        require_language(options.language, others)
    column = others.index(options.language) if options.language else 0
    source = sys.stdin.buffer if options.file == "-" else None
    data = source.read() if source else Path(options.file).read_bytes()
    passage = text_from_bytes(data, name="passage" if source else options.file)
    laws = _searched(site, kept)
    found = Checker(laws, column)(passage)
    if options.format == "json":
        out(json.dumps(as_data(found), ensure_ascii=False, indent=1))
    else:
        folder = site.options.root / site.options.translations
        for line in _lines(found, interface_from_file(folder, LANGUAGE.get())):
            out(line)
    return 0 if found.status == "exact" else 1


def _searched(site: Site, kept: KeptLaws | None) -> list[SearchLaw]:
    """The laws as search knows them, those that are kept from there."""
    interfaces = [site.interfaces[code] for code in site.options.others]
    said = digest_of_object(interfaces)

    def made_of(law: Law) -> list[str]:
        return [*(law.sources.get(kind, "") for kind in ("text", "translation")), said]

    look = partial(searched, interfaces=interfaces)
    with looking(site.laws, kept) as here:
        return list(
            here.each("searched", look, site.laws, name=lambda law: law.id, made_of=made_of)
        )


def _lines(found: Check, ui: Interface) -> Iterator[str]:
    yield ui(VERDICTS[found.status], n=found.joined)
    for part in found.parts:
        state = ui(STATES[part.status])
        yield ""
        if not part.compared:
            yield state
            yield from (f"  {line}" for line in part.segments[0].mine.strip().split("\n"))
        else:
            of = "one" if not all(found.sizes) else "zh" if part.chinese else "other"
            share = ui(SHARES[of], n=ui.percent(part.size / found.sizes[not part.chinese]))
            yield ui("{side}: {what}", side=share, what=state)
        yield from (f"  {_cited(place)}" for place in part.places)
        yield from _of_part(part, ui)


def _of_part(part: Part, ui: Interface) -> Iterator[str]:
    for segment in part.segments:
        if segment.kind == "unknown":
            yield f"  {segment.mine}"
        elif segment.kind != "same":
            what = f"{segment.mine!r} → {segment.theirs!r}"
            told = ui("{side}: {what}", side=ui(KINDS[segment.kind]), what=what)
            yield f"  {told}"
    if part.corrected:
        yield f"  {ui('The text is corrected here; see the note at the provision.')}"
    if part.other:
        yield f"  {ui(_OTHER, laws=ui('list separator').join(_versions(part, ui)))}"
    if part.also:
        yield f"  {ui('The same words also stand in:')}"
        yield from (f"    {_cited(place)}" for place in part.also)


def _versions(part: Part, ui: Interface) -> Iterator[str]:
    """The other versions of a law, in which the words do not stand."""
    for law in part.other:
        title, date = law.titles[0], ui.date(law.effective)
        yield ui("{law} (in force from {date})", law=title, date=date) if date else title


def _cited(place: Place) -> str:
    cited = place.unit.cited if place.unit else place.provision.cited
    return f"{enclosed(place.law.titles[0])}{cited[0]}  {place}"
