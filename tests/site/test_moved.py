"""Old addresses in a browser: the page leads on, with the provision where scripts run."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.site.conftest import watched
from tests.site.serving import served

from duizhao.building.whole.web.moved import moved_files
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

pytestmark = [pytest.mark.site]

RENAMED = '[[renamed]]\nfrom = "parks"\nto = "example-parks"\ndate = 2026-01-02\n'


@pytest.mark.parametrize(("scripts", "fragment"), [(True, "#art_2"), (False, "")])
def test_a_renamed_law_leads_on(
    browser: Browser, tiny_copy: Path, tmp_path: Path, *, scripts: bool, fragment: str
) -> None:
    (tiny_copy / "seeds/redirects.toml").write_text(RENAMED, encoding="utf-8")
    site = site_from_options(Options(root=tiny_copy))
    folder = tmp_path / "built"
    new = "en/example-parks/chapter-1/"
    (folder / new).mkdir(parents=True)
    (folder / new / "index.html").write_text('<title>here</title><p id="art_2">', "utf-8")
    with served(folder) as url:
        for path, text in moved_files(site, {"en/example-parks/chapter-1.md": new}, url):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        context = browser.new_context(java_script_enabled=scripts)
        faults = watched(context, url)
        page = context.new_page()
        page.goto(f"{url}en/parks/chapter-1/#art_2", wait_until="commit")
        page.wait_for_url(f"{url}{new}{fragment}")
        assert page.title() == "here"
        assert faults == []
        context.close()
