"""MkDocs's files and theme, as the plugin needs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from jinja2 import BytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from duizhao.building.laws.law_pack import file_of
from duizhao.building.laws.laws_made import SiteMade
from duizhao.building.pages.assets import add_filters, unused, versions_of
from duizhao.building.pages.frame import Frame, templates_of
from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.languages.ui import Interface
from duizhao.writers.pages.front_pages import front_pages
from duizhao.writers.search.collection import FORMAT
from duizhao.writers.search.files import FOLDER as SEARCH

_READER = "assets/search-parts.js"  # reads the files of search
_READ = re.compile(rb"\bconst FORMAT = (\d+);")
_SHEET = r"assets/stylesheets/main\.\w+\.min\.css"


def take_unused(files: Files, config: MkDocsConfig) -> None:
    """Take out what the base theme brings and no page asks for.

    This project writes a site map of its own, with the languages of each page.  What MkDocs
    does not render by then it would copy as it is.
    """
    config.theme.static_templates.discard("sitemap.xml")
    for path in unused([file.src_uri for file in files], config.theme.dirs):
        files.remove(files.src_uris[path])


def require_reader(files: Files, root: Path) -> None:
    """Raise DuizhaoError where the script that reads the files of search reads others.

    The scripts of a site that `init` made are its own, and as old as it is.  A theme that
    has no such script has its own search, or none.
    """
    file = files.get_file_from_path(_READER)
    if file is None:
        return
    found = _READ.search(file.content_bytes)
    if found and int(found[1]) == FORMAT:
        return
    place = Path(file.abs_src_path or _READER)
    name = place.relative_to(root).as_posix() if place.is_relative_to(root) else _READER
    message = "This script reads another form of the search index than this program writes."
    hint = (
        "make a new site with `duizhao init` and take `search*.js` and `quote*.js` from its"
        " `docs/assets`: with these search would answer nothing"
    )
    raise DuizhaoError([error("search-script", Position(file=name), message, hint)])


def frame_of(
    files: Files,
    config: MkDocsConfig,
    kept: Mapping[str, bool],
    language_of: Callable[[str], str],
    code: BytecodeCache,
) -> Frame | None:
    """What finishes the pages of laws without MkDocs; None for a theme that asks for more.

    `language_of` gives the language of a page that the navigation lists, "" of others;
    `code` keeps compiled templates.
    """
    environment = config.theme.get_env()
    add_filters(environment, {})
    own = Path(config.theme.custom_dir or "")
    names = [file.relative_to(own).as_posix() for file in sorted(own.rglob("*.html"))]
    templates = templates_of(environment, names if config.theme.custom_dir else [])
    if templates is None:
        return None
    prose: dict[str, list[Page]] = {}
    for file in files.documentation_pages():
        if language := language_of(file.src_uri):
            page = Page(None, file, config)
            page.read_source(config)
            prose.setdefault(language, []).append(page)
            file.page = None  # MkDocs makes its own
    return Frame(
        templates=templates,
        config={
            "site_url": config.site_url,
            "site_name": config.site_name,
            "site_description": config.site_description,
            "extra_css": [str(path) for path in config.extra_css],
            "extra_javascript": [str(script) for script in config.extra_javascript],
        },
        versions=versions_of(assets_of(files)),
        sheet=sheet_of(files),
        prose=listed(prose),
        kept=kept,
        code=code,
    )


class FilesAndLater(Files):
    """The files that MkDocs is to write, and those that are written when it is done.

    Of the latter it asks only for what a page written by hand has a link to: there are
    hundreds of thousands, and they are made when they are asked for.
    """

    def __init__(self, files: Iterable[File], config: MkDocsConfig) -> None:
        super().__init__(files)
        self._config = config
        self._later: dict[str, str] = {}

    def later(self, paths: Mapping[str, str]) -> None:
        """Let MkDocs know of files that will be there: what links name → path below the site."""
        self._later.update(paths)

    def get_file_from_path(self, path: str) -> File | None:
        """A file by what links name."""
        name = PurePath(path).as_posix()
        found = super().get_file_from_path(name)
        if found is None and name in self._later:
            found = File.generated(self._config, name, content=b"")
            found.dest_uri = self._later[name]
        return found


def told(
    files: FilesAndLater, config: MkDocsConfig, made: SiteMade, *, framed: bool
) -> dict[str, str]:
    """Tell MkDocs of what was made; the content of the pages it has to render, by path.

    Where pages of laws are `framed` already, it only knows of them, for its links.
    """
    html = {one.page.path: one.html for one in made.shared.content}
    laws = made.results.made
    pages = {file_of(page.path): page.path for one in laws for page in one.pages}
    finished = [each.path for each in made.whole]
    if framed:
        finished += [path for one in laws for path, _, _ in one.files]
        pages |= {file_of(page.path): page.path for page in made.shared.documents}
        finished += [path for path, _, _ in made.shared.files]
    else:
        for path, data in made.results.files():
            if path in pages:
                html[pages[path]] = data.decode("utf-8")
            else:
                add(files, config, path, data)
    _require_free(files, config, {*html, *pages.values()}, {*finished, *map(file_of, html)})
    for path in html:
        add(files, config, path, "")  # its content is rendered already
    files.later({pages.get(path, path): path for path in finished})
    return html


def _require_free(
    files: Files, config: MkDocsConfig, sources: Collection[str], addresses: Collection[str]
) -> None:
    """Raise DuizhaoError where a file in docs/ is in the place of one that was made."""
    docs = Path(config.docs_dir).name
    problems = [
        error(
            "page-twice",
            Position(file=f"{docs}/{file.src_uri}"),
            f"The site makes a file of its own at {file.dest_uri}.",
            "give this file another name",
        )
        for file in files
        if not file.generated_by
        and not file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
        and (
            file.src_uri in sources
            or file.dest_uri in addresses
            or file.dest_uri.startswith(f"{SEARCH}/")
        )
    ]
    if problems:
        raise DuizhaoError(problems)


def add_front_pages(files: Files, config: MkDocsConfig, spoken: Iterable[Interface]) -> None:
    """Add the first pages of each language that nobody wrote."""
    for path, markdown in front_pages(spoken):
        if files.get_file_from_path(path) is None:
            add(files, config, path, markdown)


def add(files: Files, config: MkDocsConfig, path: str, content: str | bytes) -> None:
    """Give MkDocs a file that was made."""
    file = File.generated(config, path, content=content)
    file.edit_uri = None
    files.append(file)


def sheet_of(files: Files) -> str:
    """The path of the base theme's style sheet, whose name has a digest."""
    return next(file.src_uri for file in files if re.fullmatch(_SHEET, file.src_uri))


def assets_of(files: Files) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file whose address carries its version."""
    for file in files:
        if file.src_uri.endswith((".css", ".js", ".webmanifest")):
            yield file.src_uri, file.content_bytes


def listed(prose: dict[str, list[Page]]) -> dict[str, list[tuple[str, str]]]:
    """Title and address of pages written by hand, by language, as the navigation lists them."""
    return {
        code: [(str(page.title), page.url) for page in sorted(found, key=_rank)]
        for code, found in prose.items()
    }


def _rank(page: Page) -> tuple[int, str]:
    """By the number in the front matter, then by name."""
    return int(page.meta.get("order", 99)), page.file.src_uri
