"""The MkDocs plugin: with those named `mkdocs_*` and `site_build` alone it imports mkdocs.

It hands MkDocs the generated pages, prints and search records, gives each page
its language, and tells the theme which law the page belongs to.  Everything else
lives in the library, so that another site generator needs only another adapter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from duizhao.building.laws.anew import Printed, explained, summary
from duizhao.building.laws.law_work import laws_kept_in
from duizhao.building.laws.laws_made import SiteMade, site_made
from duizhao.building.mkdocs.mkdocs_files import (
    FilesAndLater,
    add,
    add_front_pages,
    assets_of,
    frame_of,
    listed,
    require_reader,
    sheet_of,
    take_unused,
    told,
)
from duizhao.building.mkdocs.mkdocs_server import Apart, showing
from duizhao.building.mkdocs.serving import Editor, Served, states_of
from duizhao.building.pages.assets import add_filters, versions_of
from duizhao.building.pages.cards import make_cards
from duizhao.building.pages.frame import Frame
from duizhao.building.pages.render import address
from duizhao.building.pages.templates_kept import KeptTemplates
from duizhao.building.pages.theme import context_of, outside_context, variables
from duizhao.building.prints.prints import PrintedFiles, prints
from duizhao.building.whole.finishing import Finishing, Pages
from duizhao.building.whole.guards import require_cache
from duizhao.building.whole.linkcheck import Within
from duizhao.building.whole.manifest import Digests, Folders, folders_of
from duizhao.building.whole.published import Published
from duizhao.building.whole.web.app import app_files
from duizhao.building.whole.web.files import dated
from duizhao.building.whole.wholes import Wholes
from duizhao.ground.pool import Workers
from duizhao.ground.problem_words import all_spoken
from duizhao.ground.problems import DuizhaoError
from duizhao.languages.print_files import LawPrints
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_checks import require_sound
from duizhao.site.site_pages import Page
from duizhao.writers.search.files import INDEX as SEARCH_INDEX
from duizhao.writers.typeset import PrintOptions, options_from_mapping

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
        self._files: PrintedFiles | None = None
        self._prose: dict[str, list[MkDocsPage]] = {}
        self._by_hand: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._downloaded: dict[str, tuple[str, ...]] = {}
        self._frame: Frame | None = None  # what finished the pages of laws, where MkDocs did not
        self.workers = Workers()  # what does the work
        self.published = Published()  # the site whose place the new one takes
        self._states: dict[str, tuple[int, int]] = {}
        self.editor: Editor | None = None
        self._finishing: Finishing | None = None
        self._edited = False  # served while edited: a browser is to keep nothing

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being called lets MkDocs keep this plugin between builds."""
        self._edited = command == "serve"

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let the server show a law that was saved before the whole site is built again."""
        paths = filter(None, (config.docs_dir, config.config_file_path, config.theme.custom_dir))
        self.editor = editor = Editor(self.served(config), paths, Apart(config))
        server.builder = showing(editor)
        server.observer = editor.watcher  # type: ignore[assignment]
        return server

    def served(self, config: MkDocsConfig) -> Served:
        """What the last build left."""
        return Served(
            site=self.site,
            prints=self._prints,
            frame=self._frame,
            base=config.site_url or "",
            offered=self._made.downloads if self._made else {},
            folder=self._cache,
            folders=self._folders(config),
            target=Path(config.site_dir),
            states=self._states,
        )

    def on_shutdown(self) -> None:
        """End what did the work, and forget it: MkDocs may use this plugin for another build."""
        if self.editor:
            self.editor.close()
        self.workers.close()
        if self._finishing:
            self._finishing.wait()  # it still writes where the build has failed
        self.workers, self.published = Workers(), Published()

    @property
    def site(self) -> Site:
        """The site that is being built; RuntimeError before `on_config`."""
        if self._site is None:
            raise RuntimeError("the site has not been read yet")
        return self._site

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything before anything is written."""
        # MkDocs may keep this plugin from an earlier build.
        if self._finishing:
            self._finishing.wait()
        self._prints, self._printed, self._files = {}, [], None
        self._made = self._finishing = None
        options, folders = self.options(config), self._folders(config)
        if self._edited:
            self._states = states_of(options.root, folders)
        try:
            require_cache(self.config.cache, folders)
            kept = laws_kept_in(options.root / self.config.cache)
            self._site = site_from_options(options, kept, self.workers)
            require_sound(self._site, kept, self.workers)
            kept.prune()
        except DuizhaoError as reason:
            raise PluginError(f"\n{all_spoken(reason)}") from reason
        config.watch.extend(
            str(options.root / folder) for folder in (options.seeds, options.translations)
        )
        return config

    def report(self, *, explain: bool) -> Iterator[str]:
        """What had to be made anew for the last build; with `explain` why."""
        work = self._made.work if self._made else ()
        steps = self._finishing.wholes.steps.values() if self._finishing else ()
        yield from (explained(work, self._printed, steps) if explain else ())
        yield from summary(work, self._printed)

    def links(self) -> Iterable[Within]:
        """Where the pages lead that need not be read again; anew each time it is called."""
        return self._made.results.links() if self._made else ()

    @property
    def files(self) -> Digests:
        """Size and SHA-256 of each file of the last build, but the manifest."""
        return self._finishing.known if self._finishing else {}

    def keep(self, target: Path) -> None:
        """Note what the last build made, which is published in `target` now."""
        if self._finishing:
            self._finishing.wholes.keep(target)

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
        take_unused(files, config)
        files = known = FilesAndLater(files, config)
        try:
            require_reader(files, self.site.options.root)
            if self.config.pdf:
                where = self.print_options(config), self._cache, self.workers
                self._prints, self._files, self._printed = prints(self.site, *where)
                pictures = make_cards(self.site, self._cache, self.workers)
                known.later({p: p for p in (*self._files.paths(), *pictures)})
            for path, data in app_files(self.site, self._cache, pictures=self.config.pdf):
                add(files, config, path, data)
            self._frame = self._frame_of(files, config)
            target, base = Path(config.site_dir), config.site_url or ""
            wholes = Wholes(target=target, published=self.published, folder=self._cache)
            downloads = self.config.downloads
            framed, has = self._frame is not None, self._kept() | {"downloads": downloads}
            self._finishing = Finishing(
                wholes=wholes,
                site=self.site,
                url=base,
                framed=framed,
                has=has,
                workers=self.workers,
            )
            self._made = site_made(
                self.site,
                self._prints,
                base=base,
                folder=self._cache,
                frame=self._frame,
                downloads=downloads,
                workers=self.workers,
                told=self._finishing,
                wholes=wholes,
            )
            self._take(known, config, self._made)
        except DuizhaoError as reason:
            raise PluginError(f"\n{all_spoken(reason)}") from reason
        # A large site has gigabytes of the index: they are written now, and MkDocs, which has
        # cleaned the folder, need not know them.  Pages name the version of the first file.
        add(files, config, SEARCH_INDEX, self._finishing.index())
        self.workers.close()  # they have nothing more to do, while served until something changes
        return files

    def _frame_of(self, files: Files, config: MkDocsConfig) -> Frame | None:
        """What finishes the pages of laws without MkDocs, unless it is to render them all."""
        if not self.config.sharded:
            return None
        code = KeptTemplates(self._cache)
        return frame_of(files, config, self._kept(), self._prose_language, code)

    def _take(self, files: FilesAndLater, config: MkDocsConfig, made: SiteMade) -> None:
        """Remember what was made, and tell MkDocs of it."""
        self._downloaded = {k: tuple(f.path for f in some) for k, some in made.downloads.items()}
        self._downloaded[""] = tuple(each.path for each in made.whole)
        self._pages = {page.path: page for one in made.results.made for page in one.pages}
        self._pages |= {page.path: page for page in made.shared.pages}
        self._html = told(files, config, made, framed=self._frame is not None)
        add_front_pages(files, config, self.site.interfaces.values())

    def _folders(self, config: MkDocsConfig) -> Folders:
        return folders_of(self.options(config), Path(config.docs_dir), config.theme.custom_dir)

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
        self._addresses = {path: quote(address(path)) for path in self._pages}
        self._addresses |= {file.src_uri: file.url for file in files.documentation_pages()}
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
        env.bytecode_cache = KeptTemplates(self._cache)
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """When MkDocs is done: the rest of the site, and what all was made of."""
        if self._finishing is None or self._made is None:
            raise RuntimeError("nothing was made yet")
        self._finishing.finish(
            self._made,
            prints=self._files,
            pages=Pages(
                addresses=self._addresses, downloads=self._downloaded, by_hand=self._by_hand
            ),
            folders=self._folders(config),
        )

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
            paths=self._addresses.keys(),
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
