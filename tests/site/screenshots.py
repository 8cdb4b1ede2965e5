"""Pictures of every kind of page, three widths, light and dark: `make screenshots`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "build_scripts")]

from playwright.sync_api import sync_playwright  # noqa: E402  # after the path is set
from tests.browser import FLAGS, browser_path  # noqa: E402
from tests.site.kinds import KINDS, WIDTHS  # noqa: E402
from tests.site.serving import served  # noqa: E402

from duizhao.building.mkdocs.site_build import render_site  # noqa: E402

HEIGHTS = {1440: 1000, 768: 1024, 390: 1400}


def pictures(out: Path) -> None:
    """Build the site, and take a picture of each kind of page in each setting."""
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as url,
        sync_playwright() as playwright,
    ):
        os.environ["DUIZHAO_SITE_URL"] = url
        render_site(ROOT, Path(folder))
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        page = browser.new_page(base_url=url)
        for kind, address in KINDS.items():
            page.goto(address)
            page.wait_for_load_state("networkidle")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                    page.screenshot(path=out / f"{kind}-{width}-{scheme}.png")
        browser.close()


if __name__ == "__main__":
    pictures(Path(sys.argv[1]))
