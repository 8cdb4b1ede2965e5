"""What can be said of a built page's accessibility by reading it, without a browser.

Contrast, focus and what scripts do are beyond a parser; the project's own tests look at
those with axe in a real browser.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from duizhao.ground.problems import Position, Problem, error

_FIELDS = "input:not([type=hidden]), select, textarea"


def check_accessibility(site: Path) -> Iterator[Problem]:
    """A problem for each rule that a page of a built site breaks, each named once a page."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        page = LexborHTMLParser(path.read_bytes())
        for message, hint in dict.fromkeys(_broken(page)):
            yield error("accessibility", Position(file=name), message, hint)


def _broken(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """What is wrong with a page, and what to do about it."""
    root = page.css_first("html")
    if root is None or not root.attributes.get("lang"):
        yield "The page does not say its language.", "give the html element a lang attribute"
    title = page.css_first("title")
    if title is None or not title.text(strip=True):
        yield "The page has no title.", "give it one"
    if len(page.css("main")) != 1:
        yield "The page has not one main region.", "put its text into one main element"
    yield from _headings(page)
    for image in page.css("img"):
        if "alt" not in image.attributes:
            yield (
                f"The picture `{image.attributes.get('src') or ''}` has no text in its stead.",
                'describe it in alt; alt="" if it says nothing',
            )
    for node in page.css("a[href], button"):
        if not _named(page, node):
            what = node.attributes.get("href") or node.attributes.get("class") or node.tag
            yield f"`{what}` has no name that can be spoken.", "give it words or an aria-label"
    labelled = {label.attributes.get("for") for label in page.css("label[for]")}
    for node in page.css(_FIELDS):
        if not (_named(page, node) or node.attributes.get("id") in labelled or _inside_label(node)):
            what = node.attributes.get("name") or node.tag or ""
            yield f"The field `{what}` has no label.", "give it a label element or an aria-label"


def _headings(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """One first heading, and no level left out on the way down."""
    levels = [int((node.tag or "h0")[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1:
        yield f"The page has {levels.count(1)} headings of level 1.", "it needs one"
    for before, level in itertools.pairwise(levels):
        if level > before + 1:
            yield (
                f"A heading of level {level} follows one of level {before}.",
                "leave no level out",
            )


def _named(page: LexborHTMLParser, node: LexborNode) -> bool:
    """Whether assistive technology finds a name for a node."""
    attributes = node.attributes
    if attributes.get("aria-label") or attributes.get("title") or node.text(strip=True):
        return True
    if identifiers := attributes.get("aria-labelledby"):
        return any(page.css_first(f'[id="{ident}"]') for ident in identifiers.split())
    return any(image.attributes.get("alt") for image in node.css("img"))


def _inside_label(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == "label":
            return True
        parent = parent.parent
    return False
