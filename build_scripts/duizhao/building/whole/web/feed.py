"""Atom feeds (RFC 4287) of changes to texts and translations, one a language.

The entries are the editions' own histories (`history`), so the same sources give the
same feed on any day.  A feed has the latest changes; earlier ones are in archives (RFC 5005)
by their year, each of which leads to the one before it.  So a new change alters no archive,
and one that is given an earlier day alters those of its year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from duizhao.editing.history import Change
from duizhao.ground.text import shown
from duizhao.languages.law import View

MOST = 100  # entries of an archive; the feed has as many, and fewer than twice as many
_NAME = "feed.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change of a law as the feed has it."""

    view: View
    change: Change


def entries(views: Iterable[View]) -> list[Entry]:
    """The changes of laws, the latest first; then in the order of the laws."""
    found = [Entry(view=view, change=change) for view in views for change in view.law.history]
    return sorted(found, key=lambda entry: entry.change.date, reverse=True)


def feed_files(views: Sequence[View], base: str, *, most: int = MOST) -> Iterator[tuple[str, str]]:
    """Path below the site's root and text of the feed of laws in one language, and of its archives.

    `views` are the laws as seen from that language, at least one; `base` is the site's address.
    """
    folder = f"{views[0].language}/"
    latest, archives = _divided(entries(views), most)
    names = [name for name, _ in archives]
    links = [("prev-archive", name) for name in names[-1:]]
    yield folder + _NAME, _feed(views[0], latest, base, _NAME, links)
    for number, (name, some) in enumerate(archives):
        links = [("current", _NAME)]
        links += [("prev-archive", other) for other in names[:number][-1:]]
        links += [("next-archive", other) for other in names[number + 1 :][:1]]
        yield folder + name, _feed(views[0], some, base, name, links)


def _divided(
    found: Sequence[Entry], most: int
) -> tuple[Sequence[Entry], list[tuple[str, Sequence[Entry]]]]:
    """The entries of the feed, and name and entries of each archive, the earliest first.

    What is archived is cut from the other end, year by year, so that it stays as it is.
    """
    archives: list[tuple[str, Sequence[Entry]]] = []
    end = len(found)  # of what is not archived
    for year, group in groupby(reversed(found), key=lambda entry: entry.change.date[:4]):
        own = len(list(group))
        for number, at in enumerate(range(0, own, most), 1):
            start = end - min(most, own - at)
            if start < most:
                return found[:end], archives
            archives.append((f"feed-{year}-{number}.xml", found[start:end]))
            end = start
    return found[:end], archives


def _feed(
    view: View,
    found: Sequence[Entry],
    base: str,
    name: str,
    links: Sequence[tuple[str, str]],
) -> str:
    """The text of the file `name`; `links` are relation and name of others of the same feed."""
    ui = view.ui
    latest = found[0].change.date if found else "2000-01-01"
    home = f"{base}{ui.language}/"
    archived = name != _NAME
    history = ' xmlns:fh="http://purl.org/syndication/history/1.0"' if archived else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{history} xml:lang={quoteattr(ui.tag)}>',
        f" <title>{escape(ui('Changes to texts and translations'))}</title>",
        f" <subtitle>{escape(ui('Chinese law in two languages, paragraph by paragraph'))}</subtitle>",
        f" <id>{escape(home + _NAME)}</id>",
        f" <updated>{_instant(latest)}</updated>",
        f" <author><name>{escape(ui('duizhao'))}</name><uri>{escape(base)}</uri></author>",
        *([" <fh:archive/>"] if archived else []),
        *(
            f' <link rel="{relation}" type="application/atom+xml" href={quoteattr(home + other)}/>'
            for relation, other in (("self", name), *links)
        ),
        f' <link rel="alternate" type="text/html" hreflang={quoteattr(ui.tag)} href={quoteattr(home)}/>',
        *(line for entry in found for line in _entry(entry, home)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, home: str) -> Iterator[str]:
    view, change = entry.view, entry.change
    words, language = change.said(view.language)
    tag = view.ui.tag if language == view.language else "zh-Hans-CN"
    address = f"{home}{view.law.id}/about/#{change.anchor}"
    yield " <entry>"
    title = shown(f"{view.title()}: {kind_words(view, change)}")
    yield f"  <title>{escape(title)}</title>"
    yield f"  <id>{escape(address)}</id>"
    yield f"  <updated>{_instant(change.date)}</updated>"
    yield f"  <category term={quoteattr(change.kind)}/>"
    yield f'  <link rel="alternate" type="text/html" href={quoteattr(address)}/>'
    yield f'  <content type="text" xml:lang={quoteattr(tag)}>{escape(shown(words))}</content>'
    yield " </entry>"


def kind_words(view: View, change: Change) -> str:
    """What a change is of, in the page's language."""
    return view.ui("text") if change.kind == "text" else view.ui("translation")


def _instant(day: str) -> str:
    """A day as Atom wants it: its first instant in China, where the editions are dated."""
    return f"{day}T00:00:00+08:00"
