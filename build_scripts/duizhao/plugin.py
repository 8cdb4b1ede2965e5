"""The MkDocs plugin: the only module that imports mkdocs.

It hands MkDocs the generated pages, prints and search records, gives each page
its language, and tells the theme which law the page belongs to.  Everything else
lives in the library, so that another site generator needs only another adapter.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import config_options as c
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from duizhao.archive import write_archive
from duizhao.assets import add_filters, unused
from duizhao.cards import cards
from duizhao.laws_made import SiteMade, explained, site_made, summary
from duizhao.log import ours_in, warnings_of
from duizhao.manifest import NAME as MANIFEST
from duizhao.manifest import folders_of, manifest_of
from duizhao.offline import write_worker
from duizhao.pipeline import Options, Site, require_sound, site_from_options
from duizhao.print_files import LawPrints
from duizhao.prints import prints
from duizhao.problems import DuizhaoError, Position, Problem, error
from duizhao.search.files import search_files
from duizhao.search.provisions import searched
from duizhao.site_pages import Page
from duizhao.theme import context_of, outside_context
from duizhao.typeset import PrintOptions, options_from_mapping
from duizhao.web.app import app_files
from duizhao.web.files import dated, web_files
from duizhao.writers.front_pages import front_pages

_ID = re.compile(r'\bid="([^"]*)"')
_SHEET = r"assets/stylesheets/main\.\w+\.min\.css"

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
        self._prose: dict[str, list[MkDocsPage]] = {}
        self._by_hand: dict[str, str] = {}
        self._paths: set[str] = set()
        self._addresses: dict[str, str] = {}
        self._downloaded: dict[str, tuple[str, ...]] = {}
        self._edited = False  # served while it is edited: nothing is to be kept by a browser

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
        if explain:
            yield from explained(work)
        yield summary(work)

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
        cache = self.site.options.root / self.config.cache
        printed: dict[str, bytes] = {}
        try:
            if self.config.pdf:
                options = self.print_options(config)
                self._prints, printed = prints(self.site, options, cache)
                printed |= dict(cards(self.site, cache))
            printed |= dict(app_files(self.site, cache, pictures=self.config.pdf))
            self._made = site_made(
                self.site,
                self._prints,
                base=config.site_url or "",
                folder=cache,
            )
        except DuizhaoError as reason:
            raise PluginError(f"\n{reason}") from reason
        downloads = self._made.downloads
        self._downloaded = {key: tuple(f.path for f in made) for key, made in downloads.items()}
        for each in (file for made in downloads.values() for file in made):
            self._add(files, config, each.path, each.data)
        self._pages = {one.page.path: one.page for one in self._made.pages}
        self._html = {one.page.path: one.html for one in self._made.pages}
        for path in self._pages:
            self._add(files, config, path, "")  # its content is rendered already
        for path, markdown in front_pages(self.site.interfaces.values()):
            if files.get_file_from_path(path) is None:
                self._add(files, config, path, markdown)
        for path, data in printed.items():
            self._add(files, config, path, data)
        spoken = [ui for code, ui in self.site.interfaces.items() if code != "zh"]
        laws = [searched(law, spoken) for law in self.site.laws]
        others = [ui.language for ui in spoken]
        for path, script in search_files(laws, self.site.glossary, self.site.readings, others):
            self._add(files, config, path, script)
        return files

    @staticmethod
    def _add(files: Files, config: MkDocsConfig, path: str, content: str | bytes) -> None:
        file = File.generated(config, path, content=content)
        file.edit_uri = None
        files.append(file)

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
        self._paths = {file.src_uri for file in files.documentation_pages()}
        self._addresses = {file.src_uri: file.url for file in files.documentation_pages()}
        for file in files.documentation_pages():
            folder, _, rest = file.src_uri.partition("/")
            by_hand = file.src_uri not in self._pages and "/" not in rest
            listed = folder in self.site.options.languages and rest not in OWN_PLACE
            if file.page and by_hand and listed:
                self._prose.setdefault(folder, []).append(file.page)
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Text is text in the theme too; and the base theme's style sheet is found by its hash."""
        env.autoescape = True
        sheets = [file.src_uri for file in files if re.fullmatch(_SHEET, file.src_uri)]
        env.globals["material_css"] = sheets[0]
        mine = (file for file in files if file.src_uri.endswith((".css", ".js", ".webmanifest")))
        add_filters(env, ((file.src_uri, file.content_bytes) for file in mine))
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """When everything is written: the archive, the worker; and say what all was made of."""
        site = Path(config.site_dir)
        made = web_files(self.site, self._addresses, self._downloaded, config.site_url or "")
        for path, text in made:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8", newline="\n")
        kept = self._kept()
        if kept["archive"]:
            write_archive(site)
        if kept["worker"]:
            write_worker(site, self.site.options.languages)
        folders = folders_of(self.options(config), Path(config.docs_dir), config.theme.custom_dir)
        url, sources = config.site_url or "", self._by_hand
        text = manifest_of(self.site, folders, site, url=url, sources=sources)
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
            prose={
                code: [(str(p.title), p.url) for p in sorted(found, key=_rank)]
                for code, found in self._prose.items()
            },
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
        """Whether the site has an archive, and a service worker; not while it is edited."""
        names = ("archive", "worker")
        return {name: bool(self.config[name]) and not self._edited for name in names}

    def _speak(self, context: TemplateContext, config: MkDocsConfig, extra: dict[str, Any]) -> None:
        """Let the theme speak the page's language; it reads it when it renders."""
        ui = self.site.interfaces[extra["language"]]
        known = f"partials/languages/{ui.language}.html"  # of the base theme; not all are
        there = any((Path(folder) / known).is_file() for folder in config.theme.dirs)
        config.theme["language"] = ui.language if there else "en"
        variables = {
            "duizhao": extra | self._kept(),
            "t": ui,
            "plural": ui.plural,
            "ui": self.site.interfaces,
        }
        context.update(variables)  # type: ignore[typeddict-item]


def _rank(page: MkDocsPage) -> tuple[int, str]:
    """By the number in the front matter, then by name."""
    return int(page.meta.get("order", 99)), page.file.src_uri


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
) -> tuple[Problem, ...]:
    """Render the site of `root` into `folder`, strictly.  Raises DuizhaoError.

    `faulty` lets faults of catalogs pass; those that were found are returned.  `say` is
    told what had to be made anew, with `explain` why.
    """
    config = _config(root, site_dir=str(folder), strict=True)
    plugin = _plugin(config)
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


def serve_site(root: Path, address: str) -> None:
    """Serve the site while it is edited; the sources are watched as well."""
    # MkDocs says through its logger where it serves and what it rebuilds.
    logger = logging.getLogger("mkdocs")
    logger.addHandler(logging.StreamHandler())
    logger.setLevel(logging.INFO)
    serve(str(root / "mkdocs.yml"), dev_addr=address, livereload=True)
