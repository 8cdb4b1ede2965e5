"""Sheets and scripts: their addresses carry a version, which changes with the content.

So a page never gets a sheet of another build, neither from the browser's own cache
nor from the service worker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from duizhao.building.whole.offline import version_of
from duizhao.writers.pages.tongues import by_words, marked

#: what the base theme brings and no page of ours asks for
_UNUSED = re.compile(r"assets/(javascripts/|stylesheets/(palette|.*\.map$))")
_OURS = "partials/masthead.html"  # of our theme alone


def unused(paths: Iterable[str], theme_folders: Iterable[str]) -> list[str]:
    """Which files of the base theme are not asked for; none where it is used as it comes."""
    if not any((Path(folder) / _OURS).is_file() for folder in theme_folders):
        return []
    return [path for path in paths if _UNUSED.match(path)]


def versions_of(contents: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """The version of each sheet and script, by its path below the site; `contents` are their bytes."""
    return {path: version_of(content) for path, content in contents}


def add_filters(environment: Environment, versions: Mapping[str, str]) -> None:
    """Give templates the filters `asset`, an address with its version, and `version` alone.

    Both are given the context, so that what they make stands in no compiled template; so is
    `marked`, words that may be Chinese on a page in another language.  `by_words` is Chinese
    that is broken between words.  What templates write as JSON has Chinese as it is: escaped
    it would be twice as long.
    """
    url = environment.filters["url"]

    @pass_context
    def asset(context: Context, path: object) -> str:
        plain = str(url(context, str(path)))
        version = versions.get(str(path), "")
        return f"{plain}?{version}" if version else plain

    @pass_context
    def version(_: Context, path: str) -> str:
        return versions[path]

    @pass_context
    def in_its_language(context: Context, text: str) -> Markup:
        return Markup(marked(text, context["duizhao"]["tag"]))  # noqa: S704 - it is escaped

    environment.filters |= {
        "asset": asset,
        "version": version,
        "marked": in_its_language,
        "by_words": lambda text: Markup(by_words(text)),  # noqa: S704 - it is escaped
    }
    environment.policies["json.dumps_kwargs"] = {
        "sort_keys": True,
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
