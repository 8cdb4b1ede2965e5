"""The browser that tests drive, and how it is started."""

from __future__ import annotations

import os
import shutil

import pytest

#: For each window Chromium prepares a second one with a page of its own, for its address bar:
#: half of what a test's window costs.  The others Playwright turns off too, but of two such
#: lists the last counts.
_OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "HttpsUpgrades",
    "OptimizationHints",
    "PaintHolding",
    "NetworkTimeServiceQuerying",
    "MediaRouter",
)
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    f"--disable-features={','.join(_OFF)}",
)


def browser_path() -> str:
    """The browser that DUIZHAO_BROWSER names, or one that is installed; never none."""
    named = os.environ.get("DUIZHAO_BROWSER", "")
    for name in (named, "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    pytest.fail("no browser: let DUIZHAO_BROWSER name a Chromium (Debian: apt install chromium)")
