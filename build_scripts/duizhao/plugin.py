"""The MkDocs plugin: with `mkdocs_files` the only module that imports mkdocs.

It hands MkDocs the generated pages, prints and search records, gives each page
its language, and tells the theme which law the page belongs to.  Everything else
lives in the library, so that another site generator needs only another adapter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import config_options as c
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from duizhao.anew import Printed, explained, summary
from duizhao.archive import write_archive
from duizhao.assets import add_filters, unused, versions_of
from duizhao.cards import cards
from duizhao.frame import Frame
from duizhao.laws_made import SiteMade, files_made, site_made
from duizhao.log import ours_in, warnings_of
from duizhao.manifest import NAME as MANIFEST
from duizhao.manifest import folders_of, manifest_of
from duizhao.mkdocs_files import add, assets_of, frame_of, listed, sheet_of, told
from duizhao.offline import write_worker
from duizhao.pipeline import Options, Site, require_sound, site_from_options
from duizhao.print_files import LawPrints
from duizhao.prints import prints
from duizhao.problems import DuizhaoError, Position, Problem, error
from duizhao.publish import write_files
from duizhao.search.files import search_files
from duizhao.search.provisions import searched
from duizhao.site_pages import Page
from duizhao.theme import context_of, outside_context, variables
from duizhao.typeset import PrintOptions, options_from_mapping
from duizhao.web.app import app_files
from duizhao.web.files import dated, web_files
from duizhao.writers.front_pages import front_pages

_ID = re.compile(r'\bid="([^"]*)"')

#: pages written by hand that have a place of their own in the navigation
OWN_PLACE = ("index.md", "search.md")


class DuizhaoConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    seeds = c.Type(str, default="seeds")
    translations = c.Type(str, default="translations")
    languages = c.ListOfItems(c.Type(str), default=["zh", "en"])
    cache = c.Type(str, default=".cache/duizhao")
    pdf = c.Type(bool, default=True)
    faulty = c.Type(bool, default=False)
    printing = c.Type(dict, default={})
    downloads = c.Type(bool, default=True)
    sharded = c.Type(bool, default=True)
    worker = c.Type(bool, default=True)
    archive = c.Type(bool, default=True)


class DuizhaoPlugin(BasePlugin[DuizhaoConfig]):  # type: ignore[no-untyped-call]
    """Publishes the laws of the folder of seeds."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._pages: dict[str, Page] = {}
        self._prints: dict[str, LawPrints] = {}
        self._html: dict[str, str] = {}
        self._made: SiteMade | None = None
        self._printed: list[Printed] = []
        self._prose: dict[str, list[MkDocsPage]] = {}
        self._by_hand: dict[str, str] = {}
        self._paths: set[str] = set()
        self._addresses: dict[str, str] = {}
        self._downloaded: dict[str, tuple[str, ...]] = {}
        self._framed = False  # the pages of laws are finished before MkDocs renders its own
        self.executor: Executor | None = None  # what does the work elsewhere
        self._edited = False  # served while edited: a browser is to keep nothing

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being called lets MkDocs keep this plugin between builds."""
        self._edited = command == "serve"

    @property
    def site(self) -> Site:
        """The site that is being built; RuntimeError before `on_config`."""
        if self._site is None:
            raise RuntimeError("the site has not been read yet")
        return self._site

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything before anything is written."""
        self._prints = {}  # MkDocs may keep this plugin from an earlier build
        options = self.options(config)
        try:
            self._site = site_from_options(options)
            require_sound(self._site)
        except DuizhaoError as reason:
            raise PluginError(f"\n{reason}") from reason
        # This project writes its own, with the languages of each page.
        config.theme.static_templates.discard("sitemap.xml")
        config.watch.extend(
            str(options.root / folder) for folder in (options.seeds, options.translations)
        )
        return config

    def report(self, *, explain: bool) -> Iterator[str]:
        """What had to be made anew for the last build; with `explain` why."""
        work = self._made.work if self._made else ()
        yield from (explained(work, self._printed) if explain else ())
        yield from summary(work, self._printed)

    def options(self, config: MkDocsConfig) -> Options:
        """The pipeline's options from mkdocs.yml."""
        return Options(
            root=Path(config.config_file_path or ".").resolve().parent,
            seeds=self.config.seeds,
            translations=self.config.translations,
            languages=tuple(self.config.languages),
            pdf=self.config.pdf,
            faulty=self.config.faulty,
        )

    def print_options(self, config: MkDocsConfig) -> PrintOptions:
        """How PDFs are set; DuizhaoError that names what mkdocs.yml has wrong."""
        root = Path(config.config_file_path or ".").resolve().parent
        return options_from_mapping(self.config.printing, root, site_url=config.site_url or "")

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add the generated pages, the prints and the search records."""
        for path in unused([file.src_uri for file in files], config.theme.dirs):
            files.remove(files.src_uris[path])
        printed: dict[str, bytes] = {}
        searched_files: list[tuple[str, str]] = []
        try:
            if self.config.pdf:
                where = self.print_options(config), self._cache, self.executor
                self._prints, printed, self._printed = prints(self.site, *where)
                printed |= dict(cards(self.site, self._cache))
            printed |= dict(app_files(self.site, self._cache, pictures=self.config.pdf))
            for path, data in printed.items():
                add(files, config, path, data)
            frame = self._frame(files, config)
            self._made = site_made(
                self.site,
                self._prints,
                base=config.site_url or "",
                folder=self._cache,
                frame=frame,
                downloads=self.config.downloads,
                executor=self.executor,
                meanwhile=lambda: searched_files.extend(self._search_files()),
            )
        except DuizhaoError as reason:
            raise PluginError(f"\n{reason}") from reason
        self._framed = frame is not None
        self._take(files, config, self._made)
        for path, script in searched_files:
            add(files, config, path, script)
        return files

    def _search_files(self) -> Iterator[tuple[str, str]]:
        spoken = [ui for code, ui in self.site.interfaces.items() if code != "zh"]
        laws = [searched(law, spoken) for law in self.site.laws]
        given = (self.site.glossary, self.site.readings, [ui.language for ui in spoken])
        return search_files(laws, *given)

    def _frame(self, files: Files, config: MkDocsConfig) -> Frame | None:
        """What finishes the pages of laws without MkDocs, unless it is to render them all."""
        kept = self._kept()
        return frame_of(files, config, kept, self._prose_language) if self.config.sharded else None

    def _take(self, files: Files, config: MkDocsConfig, made: SiteMade) -> None:
        """Remember what was made, and tell MkDocs of it."""
        self._downloaded = {
            key: tuple(f.path for f in some) for key, some in made.downloads.items()
        }
        self._downloaded[""] = tuple(each.path for each in made.whole)
        self._pages = {page.path: page for one in made.laws for page in one.pages}
        self._pages |= {one.page.path: one.page for one in made.shared}
        self._html = told(files, config, made, self._cache, framed=self._framed)
        for path, markdown in front_pages(self.site.interfaces.values()):
            if files.get_file_from_path(path) is None:
                add(files, config, path, markdown)

    @property
    def _cache(self) -> Path:
        return self.site.options.root / self.config.cache

    def _prose_language(self, path: str) -> str:
        """The language of a page written by hand that the navigation lists; "" of others."""
        folder, _, rest = path.partition("/")
        own_place = "/" in rest or rest in OWN_PLACE or path in self._pages
        return folder if folder in self.site.options.languages and not own_place else ""

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the pages written by hand that stand beside the home pages.

        The theme's own navigation lists those and the law one is in, never all laws.
        """
        self._prose = {}
        self._by_hand = {
            file.dest_uri: file.src_uri
            for file in files.documentation_pages()
            if file.src_uri not in self._pages
        }
        finished = (f for f in files if f.src_uri in self._pages and not f.is_documentation_page())
        shown = [*files.documentation_pages(), *finished]
        self._paths = {file.src_uri for file in shown}
        self._addresses = {file.src_uri: file.url for file in shown}
        for file in files.documentation_pages():
            language = self._prose_language(file.src_uri)
            if file.page and language:
                self._prose.setdefault(language, []).append(file.page)
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Text is text in the theme too; and the base theme's style sheet is found by its hash."""
        env.autoescape = True
        env.globals["material_css"] = sheet_of(files)
        add_filters(env, versions_of(assets_of(files)))
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """When everything is written: the archive, the worker; and say what all was made of."""
        site = Path(config.site_dir)
        if self._framed and self._made:
            write_files(site, files_made(self._made.laws, self._cache))
        url = config.site_url or ""
        for path, text in web_files(self.site, self._addresses, self._downloaded, url):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8", newline="\n")
        kept = self._kept()
        if kept["archive"]:
            write_archive(site)
        if kept["worker"]:
            write_worker(site, self.site.options.languages)
        folders = folders_of(self.options(config), Path(config.docs_dir), config.theme.custom_dir)
        text = manifest_of(self.site, folders, site, url=url, sources=self._by_hand)
        (site / MANIFEST).write_text(text, encoding="utf-8", newline="\n")

    def on_page_markdown(
        self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Give generated pages their title: the heading is in two languages."""
        generated = self._pages.get(page.file.src_uri)
        if generated:
            page.meta["title"] = generated.title
        page.update_date = dated(self.site, generated.law_id if generated else "")
        return markdown

    def on_page_content(
        self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put in the pages that are rendered already, and say which anchors they have."""
        made = self._html.pop(page.file.src_uri, None)
        if made is None:
            return html
        page.present_anchor_ids = set(_ID.findall(made))
        return made

    def on_page_context(
        self,
        context: TemplateContext,
        /,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        """Tell the theme the page's language and law; it reads both when it renders."""
        generated = self._pages.get(page.file.src_uri)
        extra = context_of(
            self.site,
            page.file.src_uri,
            generated,
            paths=self._paths,
            prose=listed(self._prose),
            prints=self._prints,
            base=config.site_url or "",
            files=self._downloaded.get(generated.law_id, ()) if generated else (),
        )
        self._speak(context, config, extra)
        return context

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """404.html is no page, but it wears the theme too."""
        if template_name.endswith(".html"):
            self._speak(context, config, outside_context(self.site))
        return context

    def _kept(self) -> dict[str, bool]:
        """Whether the site has PDFs, and an archive and a service worker: not while it is edited."""
        served = {n: bool(self.config[n]) and not self._edited for n in ("archive", "worker")}
        return {"pdf": self.config.pdf, **served}

    def _speak(self, context: TemplateContext, config: MkDocsConfig, extra: dict[str, Any]) -> None:
        """Let the theme speak the page's language; it reads it when it renders."""
        ui = self.site.interfaces[extra["language"]]
        known = f"partials/languages/{ui.language}.html"  # of the base theme; not all are
        there = any((Path(folder) / known).is_file() for folder in config.theme.dirs)
        config.theme["language"] = ui.language if there else "en"
        context.update(variables(self.site, extra, self._kept()))  # type: ignore[typeddict-item]


def _config(root: Path, **values: Any) -> MkDocsConfig:
    """mkdocs.yml of a site; DuizhaoError where MkDocs does not accept it."""
    path = root / "mkdocs.yml"
    with warnings_of("mkdocs") as messages:
        try:
            return load_config(str(path), **values)
        except (ConfigurationError, Abort) as reason:
            place = Position(file="mkdocs.yml")
            raise DuizhaoError(
                error("configuration", place, f"MkDocs refuses it: {message}", "correct mkdocs.yml")
                for message in messages or [str(reason)]
            ) from reason


def _plugin(config: MkDocsConfig) -> DuizhaoPlugin:
    plugin = config.plugins.get("duizhao")
    if not isinstance(plugin, DuizhaoPlugin):
        place = Position(file="mkdocs.yml")
        raise DuizhaoError(
            [error("configuration", place, "The plugin is missing.", "add `duizhao` to plugins")]
        )
    return plugin


def options_from_config(root: Path) -> Options:
    """The pipeline's options from the mkdocs.yml in `root`."""
    config = _config(root)
    return _plugin(config).options(config)


def print_options(root: Path) -> PrintOptions:
    """How the PDFs of the site in `root` are set.  Raises DuizhaoError."""
    config = _config(root)
    return _plugin(config).print_options(config)


def site_url(root: Path) -> str:
    """The address that the site in `root` is published at, ending in a slash; "" if none."""
    return _config(root).site_url or ""


def render_site(
    root: Path,
    folder: Path,
    *,
    pdf: bool = True,
    faulty: bool = False,
    say: Callable[[str], None] | None = None,
    explain: bool = False,
    executor: Executor | None = None,
) -> tuple[Problem, ...]:
    """Render the site of `root` into `folder`, strictly.  Raises DuizhaoError.

    `faulty` lets faults of catalogs pass; those that were found are returned.  `say` is
    told what had to be made anew, with `explain` why.  `executor` does the work elsewhere.
    """
    config = _config(root, site_dir=str(folder), strict=True)
    plugin = _plugin(config)
    plugin.executor = executor
    plugin.config.pdf = plugin.config.pdf and pdf
    plugin.config.faulty = plugin.config.faulty or faulty
    with warnings_of("mkdocs") as messages:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
        except (BuildError, Abort) as reason:
            if ours := ours_in(reason):
                raise ours from None
            place = Position(file="mkdocs.yml")
            raise DuizhaoError(
                error("render", place, f"MkDocs stopped: {message}", "correct what it names")
                for message in messages or [str(reason)]
            ) from reason
    if say:
        for line in plugin.report(explain=explain):
            say(line)
    return plugin.site.faults
