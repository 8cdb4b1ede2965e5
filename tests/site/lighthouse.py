"""Lighthouse's four figures for every kind of page, as a phone on a slow network: `make lighthouse`.

The pages are served compressed, as GitHub Pages does.  Ends with 1 where a figure is below
its target: 100 for accessibility, best practices and search engines; `SPEED` for performance,
whose figure moves by a point or two with the machine it is measured on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "build_scripts")]

from tests.browser import FLAGS, browser_path  # noqa: E402  # after the path is set
from tests.site.kinds import KINDS  # noqa: E402
from tests.site.serving import Network, served  # noqa: E402

from duizhao.building.mkdocs.site_build import render_site  # noqa: E402

FIGURES = ("performance", "accessibility", "best-practices", "seo")
SPEED = 97


def report(program: Path, address: str) -> dict[str, Any]:
    """Lighthouse's report on a page; RuntimeError with its words where it could not make one."""
    done = subprocess.run(
        [
            *("node", str(program), address, "--quiet", "--output=json"),
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ],
        env={**os.environ, "CHROME_PATH": browser_path()},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(f"{address}: {done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def figures(found: dict[str, Any]) -> list[int]:
    """The four figures of a report, of 100 each."""
    scores = (found["categories"][name]["score"] for name in FIGURES)
    return [round(100 * (score or 0)) for score in scores]


def measure(program: Path, kinds: list[str]) -> int:
    """Print the figures of each kind of page; how many are below their targets."""
    below = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Network(Path(folder), compressed=True)) as url,
    ):
        os.environ["DUIZHAO_SITE_URL"] = url
        render_site(ROOT, Path(folder))
        for kind in kinds:
            found = report(program, url + KINDS[kind])
            got = figures(found)
            low = [
                name
                for name, figure in zip(FIGURES, got, strict=True)
                if figure < (SPEED if name == "performance" else 100)
            ]
            below += len(low)
            sys.stdout.write(f"{_line(kind, got, found['audits'])}{'  below: ' if low else ''}")
            sys.stdout.write(f"{', '.join(low)}\n")
            sys.stdout.flush()
    return below


def _line(kind: str, got: list[int], audits: dict[str, Any]) -> str:
    """A row of the table: kind, figures, first and largest paint, shift, blocked, extent."""

    def number(name: str) -> float:
        return float(audits[name]["numericValue"])

    return (
        f"{kind:24}{''.join(f'{figure:5}' for figure in got)}"
        f"{number('first-contentful-paint') / 1000:7.2f} s"
        f"{number('largest-contentful-paint') / 1000:7.2f} s"
        f"{number('cumulative-layout-shift'):7.3f}"
        f"{number('total-blocking-time'):6.0f} ms"
        f"{number('total-byte-weight') / 1000:6.0f} kB"
    )


if __name__ == "__main__":
    sys.exit(1 if measure(Path(sys.argv[1]), sys.argv[2:] or list(KINDS)) else 0)
