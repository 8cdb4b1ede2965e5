"""While a site is served, a saved law is shown at once and the rest of the site follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from tests.scale.sites import files_of, site_of, write_law

from duizhao import serving
from duizhao.plugin import DuizhaoPlugin


@dataclass
class Server:
    """What the plugin asks of MkDocs's server."""

    builder: Callable[[], object]
    watched: list[str] = field(default_factory=list)

    def watch(self, path: str, **_: bool) -> None:
        self.watched.append(path)


@dataclass
class Serving:
    """A site that is served: its folder, the server, the whole builds that were made."""

    root: Path
    server: Server
    whole: list[int]

    def files(self) -> dict[str, bytes]:
        return files_of(self.root / "served")

    def page(self, law: int) -> str:
        return (self.root / f"served/en/law-{law}/chapter-1/index.html").read_text("utf-8")

    @property
    def marker(self) -> Path:
        return Path(self.server.watched[-1]) / "serving"


def _config(root: Path) -> MkDocsConfig:
    options = root / "mkdocs.yml"
    config = load_config(str(options), site_dir=str(root / "served"))
    config.plugins.on_startup(command="serve", dirty=False)
    return config


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serving:
    monkeypatch.setattr(serving, "QUIET", 10_000.0)
    root = site_of(tmp_path / "mysite", 5)
    options = root / "mkdocs.yml"
    options.write_text(options.read_text("utf-8") + "      pdf: false\n", "utf-8")
    config = _config(root)
    build(config)
    whole: list[int] = []

    def builder() -> None:
        whole.append(1)
        build(_config(root))

    plugin = config.plugins["duizhao"]
    assert isinstance(plugin, DuizhaoPlugin)
    server = Server(builder)
    plugin.on_serve(server, config=config, builder=builder)  # type: ignore[arg-type]
    return Serving(root, server, whole)


def test_a_saved_law_is_shown_and_the_site_follows(served: Serving) -> None:
    before = served.files()
    write_law(served.root, 4, changed="和水鸟")
    served.server.builder()
    assert served.whole == [], "only the law was made"
    assert "和水鸟" in served.page(4)
    changed = {path.split("/")[1] for path, data in served.files().items() if before[path] != data}
    assert changed == {"law-4", "source"}
    served.marker.touch()
    served.server.builder()
    assert served.whole == [1]
    mended = served.files()
    build(_config(served.root))
    assert served.files() == mended


def test_what_cannot_be_read_leaves_its_pages_as_they_are(served: Serving) -> None:
    before = served.files()
    catalog = served.root / "translations/en/LC_MESSAGES/law-2.po"
    sound = catalog.read_text("utf-8")
    catalog.write_text(sound.replace("msgstr", "msgster", 1), "utf-8")
    with pytest.raises(Abort, match=r"law-2\.po:\d+"):
        served.server.builder()
    assert (served.files(), served.whole) == (before, [])
    first, _, last = sound.rpartition('msgstr "')
    catalog.write_text(f'{first}msgstr "Anew: {last}', "utf-8")
    served.server.builder()
    assert served.whole == []
    changed = [path for path, data in served.files().items() if data != before[path]]
    assert changed
    assert all("law-2" in path or "source" in path for path in changed)


@pytest.mark.parametrize("path", ["docs/en/more.md", "seeds/glossary.toml", "theme/main.html"])
def test_what_concerns_more_than_a_law_builds_the_site(served: Serving, path: str) -> None:
    file = served.root / path
    text = file.read_text("utf-8") if file.exists() else "# More\n"
    file.write_text(f"{text}\n", "utf-8")
    served.server.builder()
    assert served.whole == [1]


def test_a_new_law_builds_the_site(served: Serving) -> None:
    write_law(served.root, 6)
    served.server.builder()
    assert served.whole == [1]
    assert (served.root / "served/en/law-6/index.html").exists()
