"""A provision with all that a citation of it needs: `duizhao cite`.

What is copied never loses its status: that the translation is unofficial, that the
text is incomplete or doubtful here, that a number was supplied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from duizhao.ground.names import law_id_fault
from duizhao.ground.problems import DuizhaoError, Position, Problem, WrongUseError, error, visible
from duizhao.languages.citation import item_number
from duizhao.languages.citing import enclosed, marked_alike
from duizhao.languages.law import View
from duizhao.languages.locator import eids_from_citation, resolved
from duizhao.languages.ui import TAGS
from duizhao.parser.edition import (
    Article,
    Division,
    Item,
    Node,
    Paragraph,
    Unit,
    articles,
    divisions,
    gaps,
    units_of,
)
from duizhao.parser.levels import levels_of
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.writers.search.provisions import item_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A provision as it is cited: both citations, both texts, address, status.

    `citation` is "" where the translation's language has no forms for it.
    """

    eid: str
    url: str
    citation_zh: str
    citation: str
    text_zh: tuple[str, ...]
    text: tuple[str, ...]
    status: tuple[str, ...]


def law_named(site: Site, name: str) -> str:
    """The id of the law that a name means: its id, a title, or part of one title only.

    Raises WrongUseError where none or several fit.
    """
    wanted = marked_alike(name.casefold().strip("《》 "))
    found, whole = [], []
    for law in site.laws:
        names = [law.id, law.edition.metadata.title, law.edition.metadata.short_title]
        for pair in law.bilingual.values():
            names += [pair.of("title").text, pair.of("short_title").text]
        if law.id == name:
            return law.id
        folded = [marked_alike(title.casefold()) for title in names]
        if wanted in folded:
            whole.append(law.id)
        if any(wanted in title for title in folded):
            found.append(law.id)
    found = whole if len(whole) == 1 else found
    if len(found) == 1:
        return found[0]
    known = ", ".join(found or [law.id for law in site.laws])
    message = f"“{name}” names no law of this site."
    if found:
        message = f"“{name}” names {len(found)} laws of this site."
    hint = f"use one of: {known}"
    raise WrongUseError([error("law-unknown", Position(file=name), message, hint)])


def ids_in(options: Options, names: Sequence[str]) -> tuple[str, ...]:
    """The names where all are ids of laws, none otherwise: no law is read to know that."""
    seeds = options.root / options.seeds
    known = (not law_id_fault(n) and (seeds / n / "edition.toml").is_file() for n in names)
    return tuple(names) if all(known) else ()


def site_of(options: Options, name: str, kept: KeptLaws | None = None) -> Site:
    """The site with the one law that a name means: no fault of another stops that.

    Laws that are `kept` are taken from there.
    Laws whose title cannot be read, and which a name that is no id might mean too, are told in
    `unread`.  Raises WrongUseError where it names none, DuizhaoError where something is wrong
    with that law, or where only a law whose title cannot be read may be meant.
    """
    unread: tuple[Problem, ...] = ()
    if not ids_in(options, (name,)):
        others = site_from_options(replace(options, faulty=True, partial=True), kept)
        unread = others.unread
        try:
            name = law_named(others, name)
        except WrongUseError:
            if unread:
                raise DuizhaoError(unread) from None
            raise
    return replace(site_from_options(replace(options, only=(name,)), kept), unread=unread)


def require_language(language: str, known: Sequence[str]) -> None:
    """Raise WrongUseError where a language is none of those `known`."""
    if language not in known:
        place = Position(file=f"--language {visible(language)}")
        message = f"The site is not translated into `{visible(language)}`."
        hint = f"use one of: {', '.join(known)}"
        raise WrongUseError([error("translation-unknown", place, message, hint)])


def quotation(site: Site, law_name: str, citation: str, *, language: str, base: str) -> Quotation:
    """The provision that `citation` names in a law; `base` is the site's address.

    Raises DuizhaoError where it is no citation, or the law has no such provision.
    """
    view = site.view(site.law(law_named(site, law_name)), language)
    read = levels_of(view.law.edition).read(citation)
    said = "".join(citation.split()).rstrip("、")
    in_english = " ".join(citation.split()).casefold()  # Chapter 2
    printed = (
        eid
        for eid, cited in view.law.cited.items()
        if cited.zh == said or cited.en.casefold() == in_english  # as 三 is
    )
    meant = (*eids_from_citation(read), *eids_from_citation(citation), *printed)
    typed, eid = next(
        ((each, known) for each in meant if (known := resolved(view.law.edition, each))),
        ("", ""),
    )
    if not eid:
        reason = "The law has no such provision here" if meant else "This is no citation"
        hint = "write 第十三条第二款, art 13(2) or art_13__para_2"
        raise DuizhaoError(
            [error("citation-unknown", Position(file=citation), f"{reason}: {citation}.", hint)]
        )
    cited = view.law.cited[eid]
    title = view.law.edition.metadata.title
    words, tag = cited.words(view.pair_ui)
    found = _units(view.law.edition.body, eid)
    numbers = item_numbers(view.law.edition)
    heads_zh, heads = _heads(view, eid)
    return Quotation(
        eid=eid,
        url=f"{base}{language}/{view.law.id}/{view.page_of(eid)}/#{eid}",
        citation_zh=enclosed(title) + cited.zh,
        citation="" if tag == TAGS["zh"] else f"{view.pair.of('title').text or title}, {words}",
        text_zh=tuple(
            f"{heads_zh.get(unit.eid, '')}{numbers.get(unit.eid, '')}{unit.text}" for unit in found
        ),
        text=tuple(
            heads.get(unit.eid, "") + _numbered(view, unit, numbers)
            for unit in found
            if view.pair.of(unit.eid).text
        ),
        status=(*_status(view, eid, found), *_led(view, typed)),
    )


def _heads(view: View, eid: str) -> tuple[dict[str, str], dict[str, str]]:
    """The numbers of the articles of a division by their first unit, and by the first translated."""
    zh, other = {}, {}
    body = next((d.body for d in divisions(view.law.edition.body) if d.eid == eid), ())
    for article in articles(body):
        number = f"〔{article.number}〕" if article.supplied else article.number
        own = [unit.eid for unit in units_of(article)]
        zh.update(dict.fromkeys(own[:1], f"{number}\u3000"))
        translated = [unit for unit in own if view.pair.of(unit).text]
        words = view.law.cited[article.eid].of(view.pair_ui)
        other.update(dict.fromkeys(translated[:1], f"{words} "))
    return zh, other


def _numbered(view: View, unit: Unit, numbers: Mapping[str, str]) -> str:
    """A unit's translation, with its number where it is an item."""
    number = item_number(numbers.get(unit.eid, ""), unit.eid)
    return f"{number} {view.pair.of(unit.eid).text}".lstrip()


def _units(nodes: Sequence[Node | Item], eid: str) -> list[Unit]:
    """The units of a provision at or below some nodes, in order; a division's heading is none."""
    for node in nodes:
        below: Sequence[Node | Item] = ()
        match node:
            case Division() if node.eid == eid:
                return [unit for child in node.body for unit in units_of(child)]
            case Article() | Paragraph() if node.eid == eid:
                return list(units_of(node))
            case Item() if _within(eid, node.eid):
                return [unit for unit in units_of(node) if _within(unit.eid, eid)]
            case Division() | Article():
                below = node.body
            case Paragraph():
                below = node.items
        if found := _units(below, eid):
            return found
    return []


def _within(eid: str, other: str) -> bool:
    """Whether a provision is another, or stands below it: item 12 does not stand below item 1."""
    return eid == other or eid.startswith(f"{other}__")


def _led(view: View, typed: str) -> list[str]:
    """That the number asked for is not the one this edition publishes the text under."""
    if typed in dict(view.law.edition.aliases):
        return [view.ui("Also printed under the number asked for; see the note there")]
    return []


def _status(view: View, eid: str, found: list[Unit]) -> list[str]:
    """What a reader of the copy must know, in the page's language."""
    ui = view.ui
    out = [view.standing]
    notes = {note for unit in found for note in unit.text.notes}
    body = view.law.edition.body
    every: tuple[Article | Division, ...] = (*articles(body), *divisions(body))
    whole = tuple(node for node in every if node.eid == eid)
    notes |= {gap.note for gap in gaps(whole)}
    if any(isinstance(node, Article) and node.supplied for node in whole):
        out.append(ui("The number is supplied by this edition"))
    kinds = {view.law.edition.note(note).kind for note in notes}
    if "gap" in kinds:
        out.append(ui("Text incomplete here"))
    if "query" in kinds:
        out.append(ui("Doubtful wording"))
    if "emendation" in kinds:
        out.append(ui("Corrected by this edition"))
    if not view.pair.untranslated and any(
        view.pair.of(unit.eid).status != "translated" for unit in found
    ):
        out.append(ui("Not wholly translated"))
    return out
