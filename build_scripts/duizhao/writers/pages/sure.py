"""How sure a provision is, in words: its marks, what they mean, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from duizhao.languages.bilingual import STATUSES
from duizhao.languages.confidence import (
    AS_PRINTED,
    DOUBTS,
    Confidence,
    Differing,
    confidence_counts,
    paragraph_counts,
)
from duizhao.languages.law import View, link
from duizhao.languages.ui import message
from duizhao.writers.pages.inline import cell, escape

_NAMES = {
    AS_PRINTED: message("as printed"),
    "gap": message("text lost in part"),
    "number": message("number in doubt"),
    "supplied": message("number supplied"),
    "query": message("wording in doubt"),
    "emendation": message("corrected"),
    "translated": message("unofficial translation"),
    "fuzzy": message("translation awaits review"),
    "missing": message("not fully translated"),
    "stale": message("translation out of date"),
}
_ORDER = (AS_PRINTED, *DOUBTS, *STATUSES)


def sure_block(view: View, sure: Confidence) -> str:
    """The marks of an article, each a link to what it means at the page's end."""
    return _block(view, sure, sure.keys)


def alone_block(view: View, sure: Confidence) -> str:
    """The marks of a paragraph that is in no article."""
    return _block(view, sure, sure.keys, " .own")


def own_block(view: View, eid: str, differs: Differing) -> tuple[str, tuple[str, ...]]:
    """The marks of a paragraph that differs from its article, and what they say; "" where not."""
    sure = differs.paragraphs.get(eid)
    if sure is None:
        return "", ()
    keys = sure.chinese if differs.chinese else ()
    if differs.translation and sure.translation:
        keys = (*keys, sure.translation)
    return (_block(view, sure, keys, " .own") if keys else ""), keys


def _block(view: View, sure: Confidence, keys: Iterable[str], whose: str = "") -> str:
    marks = (f"[{escape(_mark(view, key, sure.doubts.get(key, 0)))}](#sure-{key})" for key in keys)
    return f"{' '.join(marks)}\n{{: .sure{whose} }}"


def legend(view: View, path: str, keys: Iterable[str]) -> Iterator[str]:
    """What the marks on a page mean; the tooltips are made from it."""
    used = set(keys)
    if not used:
        return
    ui = view.ui
    yield f"## {escape(ui('How reliable the text is'))} {{#sure}}"
    more = f"[{escape(ui('About this text'))}]({link(path, view.path('about'), 'sure')})"
    yield "\n".join(
        f"* **{escape(name(view, key))}** {escape(meaning(view, key))} {more}\n{{: #sure-{key} }}"
        for key in _ORDER
        if key in used
    )


def sure_counts(view: View) -> str:
    """The table of "About this text": of how many articles and paragraphs each thing is said."""
    ui = view.ui
    given = (view.law.edition, view.pair)
    counts, parts = view.law.once(
        ("confidence counts", view.pair.language),
        lambda: (confidence_counts(*given), paragraph_counts(*given)),
    )
    heads = [ui("What is said of a provision"), ui("Articles counted"), ui("Paragraphs counted")]
    sizes = [counts, parts]
    if not any(counts.values()):  # of a resolution
        del heads[1], sizes[0]
    lines = [f"| {' | '.join(map(cell, heads))} |", f"| --- |{' ---: |' * len(sizes)}"]
    # Of a law without any translation it is said once, above; no article says it.
    for key in (AS_PRINTED, *DOUBTS) if view.pair.untranslated else _ORDER:
        if counts[key] or parts[key]:
            side = ui("Translation") if key in STATUSES else ui("Chinese")
            said = ui("{side}: {what}", side=side, what=name(view, key))
            numbers = " | ".join(ui.number(size[key]) for size in sizes)
            lines.append(f"| {cell(said)} | {numbers} |")
    return "\n".join(lines)


def _mark(view: View, key: str, places: int) -> str:
    """What a mark says; `places` are those in the article."""
    ui = view.ui
    counted: dict[str, Callable[[], str]] = {
        "gap": lambda: ui.plural("text lost in {n} place", "text lost in {n} places", places),
        "query": lambda: ui.plural("doubtful in {n} place", "doubtful in {n} places", places),
        "emendation": lambda: ui.plural(
            "corrected in {n} place", "corrected in {n} places", places
        ),
    }
    return counted[key]() if key in counted else name(view, key)


def name(view: View, key: str) -> str:
    """The name of what is said of an article."""
    return view.ui(_NAMES[key])


def meaning(view: View, key: str) -> str:
    """What it means, in a sentence or two."""
    ui = view.ui
    return {
        AS_PRINTED: ui(
            "The Chinese has the words of the source, and nothing in it is in doubt."
            " Where punctuation was made uniform, the page about this text says so."
        ),
        "gap": ui("The source lacks text here. The place is marked; nothing was filled in."),
        "number": ui(
            "The source contradicts itself about the number of this article. The best supported"
            " one is printed; the note gives the reasons."
        ),
        "supplied": ui(
            "The number is lost in the source but certain from its neighbours. It stands in"
            " brackets."
        ),
        "query": ui(
            "A wording of the source is doubtful. It is printed as it stands; the note explains"
            " the doubt."
        ),
        "emendation": ui(
            "A mechanical error of the source that is certain was corrected. The note says what"
            " stood there."
        ),
        "translated": ui(
            "All of it is translated from the Chinese shown here, and nothing awaits"
            " review. The translation is unofficial; the Chinese prevails."
        ),
        "fuzzy": ui("The translation of a part has not been reviewed. There the Chinese is shown."),
        "missing": ui("A part has not been translated. There the Chinese is shown."),
        "stale": ui(
            "The Chinese of a part has changed since it was translated. There the Chinese is shown."
        ),
    }[key]
