"""Links and addresses in the texts of a divided site.

A relative link to what lies elsewhere becomes an absolute one; a link within a site keeps
its bytes.  An address of the undivided site, in a tag or in what programs read, names the
site that has the thing now.  Of what people read only that is touched which says a page's own
address, or that of a link: the text of a law is never rewritten.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from duizhao.commands.split.layout import EACH, ROOT, Layout

# What stands between the tags of scripts and styles is theirs.
_TAG = re.compile(
    r"""<!--.*?-->|(<(script|style)\b(?:[^>"']|"[^"]*"|'[^']*')*>)(.*?)(?=</\2)"""
    r"""|<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>""",
    re.DOTALL | re.IGNORECASE,
)
_LINK = re.compile(
    r"""(\s(?:href|src|action|formaction|poster|data)\s*=\s*)"""
    r"""(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"href|src|action|poster|data|content", re.IGNORECASE)
_REFRESH = re.compile(r"""(\scontent="\d+;\s*url=)([^"]*)(?=")""", re.IGNORECASE)
_PRINTED = re.compile(r"""(<p class="printed"[^>]*>)([^<]*)""")
_SPELLED = re.compile(r"""(<a href="([^"]*)">)(https?://[^<]*)(?=</a>)""")
_POLICY = "form-action 'self';"


@dataclass(frozen=True, kw_only=True)
class Rewriter:
    """Rewrites the texts of one site, the one of number `here`."""

    layout: Layout
    here: int

    @cached_property
    def _address(self) -> re.Pattern[str]:
        """An address of the undivided site in any text, to where it can end."""
        return re.compile(re.escape(self.layout.addresses[ROOT]) + r"""([^\s"'<>\\(){}\[\],;|]*)""")

    def text(self, text: str) -> str:
        """A text, none of a law, with its addresses naming where things are."""

        def there(match: re.Match[str]) -> str:
            owner = self.layout.owner(unquote(re.split("[?#]", match[1])[0]))
            return self.layout.addresses[max(owner, ROOT)] + match[1]

        return self._address.sub(there, text) if self.layout.addresses[ROOT] in text else text

    def page(self, path: str, html: str) -> str:
        """A page at a path below the site."""
        known: dict[str, str] = {}  # the links of a page lead to few places

        def moved(value: str) -> str:
            if value not in known:
                known[value] = self._moved(path, value)
            return known[value]

        html = _TAG.sub(lambda tag: self.text(_in_tag(tag, moved)), html)
        html = _PRINTED.sub(lambda found: found[1] + self.text(found[2]), html)
        html = _SPELLED.sub(self._spelled, html)
        return self._allowing_search(html)

    def _spelled(self, link: re.Match[str]) -> str:
        """A link whose words are the address that it leads to."""
        words = self.text(link[3])
        return link[1] + (words if words == link[2] else link[3])

    def _moved(self, path: str, value: str) -> str:
        """A link as it is written on the page at `path`: as it was, or to another site."""
        parts = urlsplit(unescape(value))
        if parts.scheme or parts.netloc or not parts.path:
            return value
        # The page of missing addresses is shown at any, so its links name the root of the site.
        base = urlsplit(self.layout.addresses[ROOT]).path
        whole = parts.path.startswith("/")
        if whole and not parts.path.startswith(base):
            return value
        target = _joined("", parts.path.removeprefix(base)) if whole else _joined(path, parts.path)
        owner = self.layout.owner(unquote(target))
        if owner in (EACH, self.here):
            if not whole or self.here == ROOT:
                return value
            address = urlsplit(self.layout.addresses[self.here]).path
        else:
            address = self.layout.addresses[owner]
        return escape(parts._replace(path=f"{address}{target}").geturl())

    def _allowing_search(self, html: str) -> str:
        """The page's policy lets the search box lead to the root, where that is another origin."""
        root, own = (urlsplit(self.layout.addresses[n]) for n in (ROOT, self.here))
        if (root.scheme, root.netloc) == (own.scheme, own.netloc):
            return html
        return html.replace(_POLICY, f"{_POLICY[:-1]} {self.layout.addresses[ROOT]};", 1)


def _in_tag(tag: re.Match[str], moved: Callable[[str], str]) -> str:
    if tag[0].startswith("<!--") or not _ADDRESSED.search(tag[0]):
        return tag[0]
    start, rest = (tag[1], tag[3]) if tag[1] else (tag[0], "")

    def link(match: re.Match[str]) -> str:
        value = next(group for group in match.groups()[1:] if group is not None)
        new = moved(value)
        return match[0] if new == value else f'{match[1]}"{new}"'

    start = _REFRESH.sub(lambda match: match[1] + moved(match[2]), _LINK.sub(link, start))
    return start + rest


def _joined(page: str, link: str) -> str:
    """The path below the site that a link on a page leads to; folders end with a slash."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
    if target == ".":
        return ""
    return f"{target}/" if link.endswith(("/", "/.", "/..")) or link in (".", "..") else target
