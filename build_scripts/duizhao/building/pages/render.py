"""From the Markdown of a generated page to its finished HTML, without MkDocs.

cmark converts it, some twenty times as fast as Python-Markdown, which knows lists of
attributes and cmark does not: here they are put where Python-Markdown's `attr_list`
puts them, and links lead from page to page as MkDocs has them lead.  A test holds the
result to what MkDocs makes of the same Markdown, element by element.

The guarantee rests on what writers write: a literal brace is always escaped, and a list
of attributes stands after a link or an emphasis, at the end of a heading, or in the last
line of a paragraph or of an item of a list.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from duizhao.ground.cmark import html_of_markdown
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import Page
from duizhao.writers.decorate import decorated, pinyin_unspoken
from duizhao.writers.spoken import Spoken

_INLINE = re.compile(
    r'<a href="(?P<href>[^"]*)">(?P<words>[^<]*(?:<(?!/a>)[^<]*)*)</a>(?:\{(?P<of_link>[^}]*)\})?'
    r"|<(?P<tag>em|strong)>(?P<said>[^<{]*(?:<(?!/?(?:em|strong)>)[^<{]*)*)</(?P=tag)>\{(?P<of>[^}]*)\}"
)
_IMAGE = re.compile(r'<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)" />(?:\{(?P<of>[^}]*)\})?')
_HEADING = re.compile(r"<(?P<tag>h[1-6])>(?P<words>[^\n]*) \{(?P<of>[^}]*)\}</(?P=tag)>")
_LAST_LINE = re.compile(r"\n\{:(?P<of>[^}]*)\}</(?P<tag>p|li)>")  # of a block
_ATTRIBUTE = re.compile(r"(?P<sign>[.#])(?P<name>\S+)|(?P<key>[\w-]+)=(?P<value>\S*)")
#: Characters that stand for no character: one of them stands for a literal brace meanwhile.
_MARKS = tuple(map(chr, range(0xFDD0, 0xFDF0)))
#: What is HTML as it stands: a text of the law in which nothing is Markdown, and words with
#: their pinyin, in whatever.
_PLAIN = r'[^{}<>\[\]{{}}*_`!\\&"|]*'
_TEXT, _WORD = _PLAIN.format(r"\n"), _PLAIN.format(r"\s")
_AS_IT_IS = (  # each begins with what is found fast
    re.compile(rf"\n\n({_TEXT})(?=\n\{{: \.(?:zh|en) lang=[\w-]+ \}}\n)"),
    re.compile(rf"((?:<ruby>{_WORD}<rt>{_WORD}</rt></ruby>{_WORD})+)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page without its Markdown, and the HTML of its content."""

    page: Page
    html: str = field(repr=False)


def rendered_html(site: Site, page: Page) -> str:
    """The content of a page as HTML, decorated.

    Most of it are texts that are HTML as they stand: they wait aside, and need not be read again
    and again.
    """
    text = page.markdown
    mark = next(mark for mark in _MARKS if mark not in text)
    aside: list[str] = []

    def away(match: re.Match[str]) -> str:
        aside.append(match[1])
        return f"{match[0].removesuffix(match[1])}{mark}{len(aside) - 1}{mark}"

    for form in _AS_IT_IS:
        text = form.sub(away, text)
    html = decorated(html_of(text, page.path), spoken_on(site, page), page.kind)
    return re.sub(f"{mark}([0-9]+){mark}", lambda m: pinyin_unspoken(aside[int(m[1])]), html)


def spoken_on(site: Site, page: Page) -> Spoken:
    """What is said of the provisions of a page's law, the same on all its pages in a language."""
    ui, pair_ui = site.interfaces[page.language], site.pair_ui(page.language)
    if not page.law_id:
        return Spoken(ui, pair_ui, {})
    law = site.law(page.law_id)

    def spoken() -> Spoken:
        alone = law.bilingual[pair_ui.language].untranslated
        return Spoken(ui, pair_ui, law.cited, alone=alone)

    return law.once(("spoken", page.language), spoken)


def html_of(text: str, path: str) -> str:
    """The HTML of a Markdown file at `path`, its links leading from page to page."""
    brace = next(mark for mark in _MARKS if mark not in text)
    html = html_of_markdown(text.replace("\\{", brace).replace("&#123;", brace))

    def inline(match: re.Match[str]) -> str:
        href, words, of_link, tag, said, of = match.groups()
        if tag:
            return f"<{tag}{_attributes(of)}>{said}</{tag}>"
        before, after = _around(of_link, "href") if of_link else ("", "")
        target = href if href[:1] == "#" else _led(href, path)
        return f'<a{before} href="{target}"{after}>{words}</a>'

    def image(match: re.Match[str]) -> str:
        given = {"alt": match["alt"], "src": _led(match["src"], path)}
        return f"<img{_spelled(given | _listed(match['of'] or ''))} />"

    html = _INLINE.sub(inline, _IMAGE.sub(image, html))
    html = _HEADING.sub(
        lambda m: f"<{m['tag']}{_attributes(m['of'])}>{m['words']}</{m['tag']}>", html
    )
    html = "".join(_with_attributes(html))
    return html.replace(brace, "{").replace(' align="right"', ' class="right"')


def _with_attributes(html: str) -> Iterator[str]:
    """The parts of a page, its blocks with the attributes that their last lines list."""
    at = 0
    for match in _LAST_LINE.finditer(html):
        of, tag = match.groups()
        begins = f"<{tag}>"
        start = html.rindex(begins, at, match.start())
        yield html[at:start]
        yield f"<{tag}{_attributes(of)}>{html[start + len(begins) : match.start()]}</{tag}>"
        at = match.end()
    yield html[at:]


def address(path: str) -> str:
    """The address of a file of the site: zh/x/y.md is zh/x/y/, zh/x/index.md is zh/x/."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith("/index") or stem == "index" else f"{stem}/"


@lru_cache(maxsize=4096)
def _attributes(words: str) -> str:
    """A list of attributes (`#id .class name=value`) as HTML's, by name."""
    return _spelled(_listed(words))


@lru_cache(maxsize=4096)
def _around(words: str, name: str) -> tuple[str, str]:
    """The attributes of a list that stand before one of this name, and those after it."""
    found = _listed(words)
    before = {key: value for key, value in found.items() if key < name}
    return _spelled(before), _spelled({k: v for k, v in found.items() if k > name})


def _spelled(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{attributes[name]}"' for name in sorted(attributes))


def _listed(words: str) -> dict[str, str]:
    """The attributes of a list by their names."""
    found, classes = {}, []
    for word in _ATTRIBUTE.finditer(words):
        if word["sign"] == ".":
            classes.append(word["name"])
        elif word["sign"]:
            found["id"] = word["name"]
        else:
            found[word["key"]] = word["value"].replace("&quot;", "")
    if classes:
        found["class"] = " ".join(classes)
    return found


def _led(target: str, page: str) -> str:
    """A link of a page as HTML, from file to file, led from address to address."""
    path, mark, fragment = target.partition("#")
    return f"{_path_led(path, page)}{mark}{fragment}" if path else target


@lru_cache(maxsize=1024)
def _path_led(target: str, page: str) -> str:
    """A page has hundreds of links to few files."""
    scheme, host, path, query, _ = urlsplit(unescape(target))
    if scheme or host or not path or target.startswith("/"):
        return target
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    led = relative(_quoted(file), _quoted(page))
    return urlunsplit(("", "", led, query, "")).replace("&", "&amp;")


@lru_cache(maxsize=1024)
def _quoted(path: str) -> str:
    """The address of a file as it stands in a link."""
    return quote(address(path))


def relative(target: str, page: str) -> str:
    """An address as seen from a page, whose own ends with a slash."""
    to, at = _steps(target), _steps(page)
    same = 0
    for a, b in zip(to, at, strict=False):
        if a != b:
            break
        same += 1
    led = "/".join((*[".."] * (len(at) - same), *to[same:])) or "."
    return f"{led}/" if target.endswith("/") or not target else led


@lru_cache(maxsize=4096)
def _steps(address: str) -> tuple[str, ...]:
    """The folders of an address and its file."""
    steps = tuple(step for step in address.split("/") if step)
    if ".." in steps or "." in steps:
        return _steps(posixpath.normpath(f"/{address}"))
    return steps
