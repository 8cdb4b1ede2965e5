"""A site built with MkDocs by its mkdocs.yml, and what that says of the options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from duizhao.building.laws.law_work import laws_kept_in
from duizhao.building.laws.log import ours_in, warnings_of
from duizhao.building.mkdocs.plugin import DuizhaoPlugin
from duizhao.building.whole.guards import require_cache, steady
from duizhao.building.whole.linkcheck import Known
from duizhao.building.whole.manifest import OPTIONS, Digests, Folders, digest_of, folders_of
from duizhao.building.whole.published import Published
from duizhao.ground.names import address_fault
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError, Position, Problem, error, visible
from duizhao.ground.store import Store, may_write
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.options import Options
from duizhao.writers.typeset import PrintOptions


def _config(root: Path, **values: Any) -> MkDocsConfig:
    """mkdocs.yml of a site; DuizhaoError where MkDocs does not accept it."""
    path = root / "mkdocs.yml"
    with warnings_of("mkdocs") as messages:
        try:
            config = load_config(str(path), **values)
        except OSError:
            raise
        except Exception as reason:
            # MkDocs takes some values for what they are not, and stops with any error.
            known = isinstance(reason, (ConfigurationError, Abort))
            own = [str(reason) if known else f"{type(reason).__name__}: {reason}"]
            place = Position(file="mkdocs.yml")
            raise DuizhaoError(
                error("configuration", place, f"MkDocs refuses it: {message}", "correct mkdocs.yml")
                for message in messages or own
            ) from reason
    url = config.site_url or ""
    if fault := address_fault(url):
        message = f"`site_url: {visible(url)}` cannot be: {fault}."
        hint = "give the address that the site is published at, or none"
        raise DuizhaoError([error("configuration", Position(file="mkdocs.yml"), message, hint)])
    return config


def _plugin(config: MkDocsConfig) -> DuizhaoPlugin:
    plugin = config.plugins.get("duizhao")
    if not isinstance(plugin, DuizhaoPlugin):
        place = Position(file="mkdocs.yml")
        raise DuizhaoError(
            [error("configuration", place, "The plugin is missing.", "add `duizhao` to plugins")]
        )
    for name, value in plugin.config.items():
        if isinstance(value, str) and "\0" in value:  # systems cannot even be asked for it
            message = f"`{name}: {visible(value)}` cannot be: it has a character that no name has."
            place = Position(file="mkdocs.yml")
            raise DuizhaoError([error("configuration", place, message, "correct mkdocs.yml")])
    return plugin


def options_from_config(root: Path) -> Options:
    """The pipeline's options from the mkdocs.yml in `root`."""
    config = _config(root)
    return _plugin(config).options(config)


def inputs_from_config(root: Path) -> tuple[Options, KeptLaws | None]:
    """The same, and the laws that are kept in the cache; None where nothing may be kept in it."""
    config = _config(root)
    plugin = _plugin(config)
    options = plugin.options(config)
    folders = folders_of(options, Path(config.docs_dir), config.theme.custom_dir)
    require_cache(plugin.config.cache, folders)
    cache = options.root / plugin.config.cache
    return options, laws_kept_in(cache) if may_write(cache) else None


def folders_from_config(root: Path) -> Folders:
    """Where the inputs of the site in `root` stand.  Raises DuizhaoError."""
    config = _config(root)
    options = _plugin(config).options(config)
    return folders_of(options, Path(config.docs_dir), config.theme.custom_dir)


def print_options(root: Path) -> PrintOptions:
    """How the PDFs of the site in `root` are set.  Raises DuizhaoError."""
    config = _config(root)
    return _plugin(config).print_options(config)


def site_url(root: Path) -> str:
    """The address that the site in `root` is published at, ending in a slash; "" if none."""
    return _config(root).site_url or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What is known of a site that was built.

    Faults that passed, links of pages that were read, size and SHA-256 of each file but the
    manifest, and what the cache keeps of the last build.  `keep` is to be told where the site
    was published: what was made is noted then.
    """

    faults: tuple[Problem, ...]
    links: Known
    files: Digests
    kept: Store
    keep: Callable[[Path], None]


def render_site(
    root: Path,
    folder: Path,
    *,
    pdf: bool = True,
    faulty: bool = False,
    say: Callable[[str], None] | None = None,
    explain: bool = False,
    workers: Workers | None = None,
    published: Published | None = None,
) -> Built:
    """Render the site of `root` into `folder`, strictly.  Raises DuizhaoError.

    `faulty` lets faults of catalogs pass; those that were found are returned.  `say` is
    told what had to be made anew, with `explain` why.  `workers` do the work; `published` is
    the site whose place this one is to take.
    """
    # It is read before it can be told which the other sources are.
    read = {OPTIONS: digest_of(root / OPTIONS)} if (root / OPTIONS).is_file() else {}
    config = _config(root, site_dir=str(folder), strict=True)
    plugin = _plugin(config)
    plugin.workers = workers or Workers()
    plugin.published = published or Published()
    plugin.config.pdf = plugin.config.pdf and pdf
    plugin.config.faulty = plugin.config.faulty or faulty
    folders = folders_of(plugin.options(config), Path(config.docs_dir), config.theme.custom_dir)
    with steady(plugin.options(config).root, folders, read), warnings_of("mkdocs") as messages:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except (BuildError, Abort) as reason:
            if ours := ours_in(reason):
                raise ours from None
            place = Position(file="mkdocs.yml")
            raise DuizhaoError(
                error("render", place, f"MkDocs stopped: {message}", "correct what it names")
                for message in messages or [str(reason)]
            ) from reason
        finally:
            config.plugins.on_shutdown()
    if say:
        for line in plugin.report(explain=explain):
            say(line)
    kept = Store(plugin.site.options.root / plugin.config.cache / "last")
    return Built(
        faults=plugin.site.faults,
        links=plugin.links,
        files=plugin.files,
        kept=kept,
        keep=plugin.keep,
    )
