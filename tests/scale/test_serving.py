"""While a site is served, a saved law is shown at once and the rest of the site follows."""

from __future__ import annotations

import errno
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from tests.scale.sites import files_of, site_of, write_law
from watchdog.events import FileModifiedEvent

from duizhao.building.laws.law_work import task_of
from duizhao.building.mkdocs import mkdocs_server, serving
from duizhao.building.mkdocs.mkdocs_server import Apart
from duizhao.building.mkdocs.plugin import DuizhaoPlugin
from duizhao.building.mkdocs.serving import Editor, Served
from duizhao.ground.problems import DuizhaoError
from duizhao.languages.law import Law
from duizhao.site.pipeline import law_from_folder

CHANGED = "和水鸟"


def _config(root: Path, site: str = "served") -> MkDocsConfig:
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / site))
    config.plugins.on_startup(command="serve", dirty=False)
    return config


def _built(config: MkDocsConfig) -> Served:
    build(config)
    plugin = config.plugins["duizhao"]
    assert isinstance(plugin, DuizhaoPlugin)
    return plugin.served(config)


@dataclass
class Later:
    """Whole builds that the test lets happen: `read` at once, and `end` when it says so."""

    root: Path
    begun: int = 0
    _built: Served | None = None
    _ended: Callable[[Served | None], None] | None = None

    def start(self, folder: Path, ended: Callable[[Served | None], None]) -> None:
        self.begun += 1
        self._built, self._ended = _built(_config(self.root, str(folder))), ended

    def end(self, *, failed: bool = False) -> None:
        assert self._ended
        self._ended(None if failed else self._built)

    def close(self) -> None:
        """Nothing goes on."""


@dataclass
class Serving:
    """A site that is served: its folder, what the server calls, the whole builds."""

    root: Path
    editor: Editor
    whole: Later

    def saved(self, *paths: str) -> None:
        """Tell of files that were written, as the system does, and let the server build."""
        for path in paths:
            self.editor.watcher.on_any_event(FileModifiedEvent(str(self.root / path)))
        self.editor()

    def save_law(self, number: int, changed: str = CHANGED) -> None:
        write_law(self.root, number, changed=changed)
        self.saved(*of_law(number))

    def files(self) -> dict[str, bytes]:
        return files_of(self.root / "served")

    def page(self, law: int) -> str:
        return (self.root / f"served/en/law-{law}/chapter-1/index.html").read_text("utf-8")

    def fresh(self) -> dict[str, bytes]:
        """What a build of now makes."""
        build(_config(self.root, "fresh"))
        return files_of(self.root / "fresh")


def of_law(number: int) -> tuple[str, str, str]:
    return (
        f"seeds/witnesses/law-{number}.txt",
        f"seeds/law-{number}/edition.toml",
        f"translations/en/LC_MESSAGES/law-{number}.po",
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = site_of(tmp_path / "mysite", 5)
    options = root / "mkdocs.yml"
    options.write_text(options.read_text("utf-8") + "      pdf: false\n", "utf-8")
    return root


@pytest.fixture
def served(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    monkeypatch.setattr(serving, "QUIET", 10_000.0)
    whole = Later(root)
    editor = Editor(_built(_config(root)), (), whole)
    yield Serving(root, editor, whole)
    editor.close()


def test_a_build_that_cannot_be_begun_is_begun_again(
    served: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = served.whole.start

    def refused(*_: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr(served.whole, "start", refused)
    with pytest.raises(OSError, match="allocate"):
        served.editor.build()
    monkeypatch.setattr(served.whole, "start", start)
    served.editor.build()
    assert served.whole.begun == 1


@pytest.mark.parametrize("reason", [EOFError(), OSError("got end of file"), ValueError("other")])
def test_an_answer_that_cannot_be_read_ends_the_build(reason: Exception) -> None:
    def recv() -> None:
        raise reason

    came: list[object] = []
    process, answer = (
        SimpleNamespace(join=lambda: None),
        SimpleNamespace(recv=recv, close=lambda: None),
    )
    mkdocs_server._wait(process, answer, came.append)  # type: ignore[arg-type]
    assert came == [None]


def test_a_saved_law_is_shown_and_the_site_follows(served: Serving) -> None:
    before = served.files()
    served.save_law(4)
    assert served.whole.begun == 0, "only the law was made"
    assert CHANGED in served.page(4)
    changed = {path.split("/")[1] for path, data in served.files().items() if before[path] != data}
    assert changed == {"law-4", "source"}
    served.editor.build()
    served.whole.end()
    served.saved()
    assert served.whole.begun == 1
    assert served.files() == served.fresh()


def test_a_law_saved_while_the_server_was_started_is_shown(root: Path) -> None:
    built = _built(_config(root))
    write_law(root, 4, changed=CHANGED)
    whole = Later(root)
    served = Serving(root, Editor(built, (), whole), whole)
    served.saved()
    served.editor.close()
    assert CHANGED in served.page(4)


def test_showing_a_law_takes_no_look_at_others(
    served: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, made = list[str](), list[tuple[str, ...]]()

    def reading(path: Path, *rest: object) -> object:
        read.append(path.parent.name)
        return law_from_folder(path, *rest)  # type: ignore[arg-type]

    def making(site: object, laws: tuple[Law, ...], *rest: object, **more: object) -> object:
        made.append(tuple(law.id for law in laws))
        return task_of(site, laws, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(serving, "law_from_folder", reading)
    monkeypatch.setattr(serving, "task_of", making)
    monkeypatch.setattr(serving, "input_kinds", None)  # no walk through all sources
    served.save_law(4)
    assert (read, made) == (["law-4"], [("law-4",)])
    assert CHANGED in served.page(4)


def test_a_law_saved_while_the_site_is_built_stays(served: Serving) -> None:
    served.editor.build()
    served.save_law(4)
    assert CHANGED in served.page(4), "shown although the whole build has not ended"
    served.editor.build()
    assert served.whole.begun == 1, "one at a time"
    served.whole.end()
    served.saved()
    assert CHANGED in served.page(4), "the whole build read it before it was saved"
    served.editor.build()
    served.whole.end()
    served.saved()
    assert served.files() == served.fresh()


def test_a_law_spoilt_while_the_site_is_built_stays_as_it_was_shown(served: Serving) -> None:
    served.editor.build()
    served.save_law(4)
    catalog = served.root / of_law(4)[2]
    catalog.write_text(catalog.read_text("utf-8").replace("msgstr", "msgster", 1), "utf-8")
    served.whole.end()
    with pytest.raises(DuizhaoError, match=r"law-4\.po:\d+"):
        served.saved(of_law(4)[2])
    assert CHANGED in served.page(4)


def test_what_is_wrong_with_one_law_holds_up_no_other(served: Serving) -> None:
    before = served.page(2)
    catalog = served.root / of_law(2)[2]
    sound = catalog.read_text("utf-8")
    catalog.write_text(sound.replace("msgstr", "msgster", 1), "utf-8")
    write_law(served.root, 4, changed=CHANGED)
    with pytest.raises(DuizhaoError, match=r"law-2\.po:\d+"):
        served.saved(of_law(2)[2], *of_law(4))
    assert CHANGED in served.page(4)
    assert served.page(2) == before
    first, _, last = sound.rpartition('msgstr "')
    catalog.write_text(f'{first}msgstr "Anew: {last}', "utf-8")
    served.saved(of_law(2)[2])
    assert any(b"Anew: " in data for path, data in served.files().items() if "law-2" in path)
    assert served.whole.begun == 0


@pytest.mark.parametrize("path", ["docs/en/more.md", "seeds/glossary.toml", "theme/main.html"])
def test_what_concerns_more_than_a_law_builds_the_site(served: Serving, path: str) -> None:
    def save() -> None:
        file = served.root / path
        text = file.read_text("utf-8") if file.exists() else "# More\n"
        file.write_text(f"{text}\n", "utf-8")
        served.saved(path)

    save()
    assert served.whole.begun == 1
    save()
    served.whole.end()
    served.saved()
    assert served.whole.begun == 2, "it was saved again since the first was begun"
    served.whole.end()
    served.saved()
    assert served.whole.begun == 2
    assert served.files() == served.fresh()


def test_a_new_law_builds_the_site(served: Serving) -> None:
    served.save_law(6)
    assert served.whole.begun == 1
    served.whole.end()
    served.saved()
    assert (served.root / "served/en/law-6/index.html").exists()


def test_what_is_no_source_builds_nothing(served: Serving) -> None:
    names = ("seeds/law-1/.edition.toml.swp", "seeds/law-1/4913", "translations/en/law-1.po~")
    for name in names:
        (served.root / name).write_text("half", "utf-8")
        if name.endswith("4913"):
            (served.root / name).unlink()  # an editor tries whether it may write here
    before = served.files()
    served.saved(*names, *of_law(3))
    assert (served.files(), served.whole.begun) == (before, 0)


def test_a_whole_build_that_fails_is_told_and_nothing_is_lost(served: Serving) -> None:
    before = served.files()
    served.editor.build()
    served.whole.end(failed=True)
    with pytest.raises(serving.NotBuiltError):
        served.saved()
    assert served.files() == before
    served.editor.build()
    served.save_law(4)
    served.whole.end(failed=True)
    served.saved()  # it may have read what was half written: nothing is said yet
    assert CHANGED in served.page(4)


def test_the_site_is_built_in_a_process_of_its_own(root: Path) -> None:
    config = _config(root)
    build(config)
    ended, found = threading.Event(), list[Served | None]()

    def end(built: Served | None) -> None:
        found.append(built)
        ended.set()

    write_law(root, 4, changed=CHANGED)
    apart = Apart(config)
    apart.start(root / "apart", end)
    assert ended.wait(120)
    apart.close()
    (built,) = found
    assert built
    assert [law.id for law in built.site.laws] == [f"law-{n}" for n in range(1, 6)]
    assert built.target == root / "apart"
    build(_config(root))
    assert files_of(root / "apart") == files_of(root / "served")
    found.clear()
    ended.clear()
    (root / "seeds/glossary.toml").write_text("no TOML", "utf-8")
    apart.start(root / "second", end)
    assert ended.wait(120)
    assert found == [None]


def test_a_build_that_goes_on_ends_with_the_server(root: Path) -> None:
    config = _config(root)
    build(config)
    ended = threading.Event()
    apart = Apart(config)
    apart.start(root / "apart", lambda _: ended.set())
    apart.close()
    assert ended.wait(120)


def test_a_server_shows_what_is_saved_and_says_what_is_wrong(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = _config(root)
    build(config)
    plugin = config.plugins["duizhao"]
    assert isinstance(plugin, DuizhaoPlugin)
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(root / "served"))
    server.watch(config.docs_dir)
    plugin.on_serve(server, config=config, builder=lambda: None)
    for path in config.watch:
        server.watch(path)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()

    def shown() -> bool:
        address = f"http://127.0.0.1:{server.server_port}/en/law-4/chapter-1/"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return CHANGED in answer.read().decode("utf-8")

    def told() -> bool:
        return bool(re.search(r"law-4\.po:\d+", caplog.text))

    try:
        _within(lambda: server.serve_thread.is_alive() and not shown())
        write_law(root, 4, changed=CHANGED)
        _within(shown)
        (root / of_law(4)[2]).write_text("no catalog", "utf-8")
        _within(told)
        assert shown(), "what is wrong is said, and the page is still answered"
        write_law(root, 4)
        _within(lambda: not shown())
    finally:
        server.shutdown(wait=True)
        plugin.on_shutdown()


def _within(true: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
