"""Fixtures that all tests share.

`tests/golden/site` is a whole small site: an invented regulation with every kind of
editorial decision.  `tiny` is that site read, `tiny_copy` a copy that a test may break,
`real` the site that is really published.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from tests.browser import FLAGS, browser_path
from tests.complete import Complete

from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "golden" / "site"

# A slow machine is no fault of the code; a failing example can be run again from its blob.
# In CI the same examples are drawn each time: there a change is judged, not luck.
settings.register_profile(
    "project", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("project")

# Commands speak the language of the environment: here English on every machine.
os.environ["LANG"] = "C.UTF-8"
for name in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(name, None)

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write the golden files anew; review the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the one process that hears of every test
        config.pluginmanager.register(Complete())


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project's own mkdocs.yml."""
    return ROOT


@pytest.fixture(scope="session")
def tiny() -> Site:
    """The invented regulation, read."""
    return site_from_options(Options(root=TINY))


@pytest.fixture(scope="session")
def real() -> Site:
    """The site that is published, read."""
    return site_from_options(Options(root=ROOT))


# One for all folders: a process can have one Playwright at a time, in whatever order tests run.
@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        # What a service worker has kept must not stand in for the site; it has tests of its own.
        patched = partial(browser.new_context, service_workers="block")
        browser.new_context = patched  # type: ignore[method-assign]
        yield browser
        browser.close()


@pytest.fixture
def tiny_copy(tmp_path: Path) -> Path:
    """A copy of the invented regulation's site."""
    return Path(shutil.copytree(TINY, tmp_path / "copy"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(name, text)`: the text must be that of `tests/golden/<name>`, byte for byte."""
    update = bool(request.config.getoption("--update"))

    def check(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert text == path.read_bytes().decode("utf-8")

    return check
