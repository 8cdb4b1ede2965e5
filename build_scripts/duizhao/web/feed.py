"""Atom feeds (RFC 4287) of changes to texts and translations, one a language.

The entries are the editions' own histories (`history`), so the same sources give the
same feed on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from duizhao.history import Change
from duizhao.law import View
from duizhao.text import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change of a law as the feed has it."""

    view: View
    change: Change


def entries(views: Iterable[View]) -> list[Entry]:
    """The changes of laws, the latest first; then in the order of the laws."""
    found = [Entry(view=view, change=change) for view in views for change in view.law.history]
    return sorted(found, key=lambda entry: entry.change.date, reverse=True)


def feed(views: Iterable[View], base: str) -> str:
    """The feed of the laws as seen from one language; `base` is the site's address."""
    views = list(views)
    ui = views[0].ui
    found = entries(views)
    latest = found[0].change.date if found else "2000-01-01"
    home = f"{base}{ui.language}/"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(ui.tag)}>',
        f" <title>{escape(ui('Changes to texts and translations'))}</title>",
        f" <subtitle>{escape(ui('Chinese law in two languages, paragraph by paragraph'))}</subtitle>",
        f" <id>{escape(home)}feed.xml</id>",
        f" <updated>{_instant(latest)}</updated>",
        f" <author><name>{escape(ui('duizhao'))}</name><uri>{escape(base)}</uri></author>",
        f' <link rel="self" type="application/atom+xml" href={quoteattr(home + "feed.xml")}/>',
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
