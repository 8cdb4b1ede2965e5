"""The site as an app: a manifest in each language, its icons, the colour of the browser's frame."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.site.conftest import LAW, Site

from duizhao.building.whole.web.app import ICONS, app_files

pytestmark = [pytest.mark.site, pytest.mark.browser]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_browser_reads_the_manifest_and_finds_no_fault(page: Page, language: str) -> None:
    page.goto(f"{language}/{LAW}/chapter-3/")
    session = page.context.new_cdp_session(page)
    read: dict[str, Any] = session.send("Page.getAppManifest")
    assert read["errors"] == []
    manifest = json.loads(read["data"])
    assert manifest["lang"] == page.evaluate("document.documentElement.lang")
    start = urljoin(read["url"], manifest["start_url"])
    assert start.endswith(f"/{language}/")
    assert page.request.get(start).ok
    assert urljoin(read["url"], manifest["scope"]) == page.evaluate(
        "new URL('../../../', location).href"
    )
    for shortcut in manifest["shortcuts"]:
        assert page.request.get(urljoin(read["url"], shortcut["url"])).ok
    purposes = set()
    for icon in manifest["icons"]:
        answer = page.request.get(urljoin(read["url"], icon["src"]))
        assert answer.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            side = Image.open(io.BytesIO(answer.body())).size
            assert icon["sizes"] == "{}x{}".format(*side)
            purposes.add((icon["purpose"], *side))
    assert purposes == {("any", 192, 192), ("any", 512, 512), ("maskable", 512, 512)}


def test_a_browser_would_install_it(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url, service_workers="allow") as context:
        page = context.new_page()
        page.goto("zh/")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        faults = context.new_cdp_session(page).send("Page.getInstallabilityErrors")
        found = {fault["errorId"] for fault in faults["installabilityErrors"]}
    assert found <= {"in-incognito"}  # what a browser that is driven is


def test_the_worker_keeps_manifests_and_icons(site: Site) -> None:
    shell = json.loads(
        next(
            line
            for line in (site.folder / "sw.js").read_text("utf-8").splitlines()
            if line.startswith("const SHELL = ")
        )
        .removeprefix("const SHELL = ")
        .rstrip(";")
    )
    names = {f"{name}.png" for name in ICONS} | {"zh.webmanifest", "en.webmanifest"}
    assert {f"assets/app/{name}" for name in names} <= set(shell)


def test_the_frame_has_the_colour_of_the_page(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("en/")

    def shown() -> str:
        return str(
            page.evaluate(
                "[...document.querySelectorAll('meta[name=theme-color]')]"
                ".find(meta => matchMedia(meta.media).matches).content"
            )
        )

    ground = "getComputedStyle(document.body).backgroundColor"
    for colour, rgb in (("#161513", "rgb(22, 21, 19)"), ("#fcfbf8", "rgb(252, 251, 248)")):
        assert (shown(), page.evaluate(ground)) == (colour, rgb)
        if colour == "#161513":
            page.locator(".scheme").click()  # light, against the system's dark
    page.reload()
    assert shown() == "#fcfbf8"


def test_icons_are_the_same_each_time_and_without_typst_there_is_the_drawing(
    tmp_path_factory: pytest.TempPathFactory, real: Any
) -> None:
    first, second = (
        dict(app_files(real, tmp_path_factory.mktemp("cache"), pictures=True)) for _ in range(2)
    )
    assert first == second
    bare = dict(app_files(real, tmp_path_factory.mktemp("cache"), pictures=False))
    assert set(bare) == {"assets/app/zh.webmanifest", "assets/app/en.webmanifest"}
    icons = json.loads(bare["assets/app/zh.webmanifest"])["icons"]
    assert [icon["type"] for icon in icons] == ["image/svg+xml"]
