"""`duizhao check --release`: one report of everything that should stop a publication."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from duizhao.ui import interface_from_file


def add_release(check: argparse.ArgumentParser) -> None:
    """Hang the options of the release gate into `check`."""
    check.add_argument(
        "--release", action="store_true", help="build too, and report what stops a publication"
    )
    check.add_argument(
        "--format", choices=("text", "json", "html", "sarif"), default="text",
        help="html and sarif: with --release",
    )  # fmt: skip
    check.add_argument("--language", help="of the report of --release: zh or en (default: LANG)")
    check.add_argument("--out", type=Path, help="write the report of --release here")
    check.add_argument(
        "--allow", action="append", default=[], metavar="CODE",
        help="with --release: findings of this code do not stop (may be repeated)",
    )  # fmt: skip


def release_gate(options: argparse.Namespace, root: Path, out: Callable[[str], None]) -> int:
    """Make every check and write the report; exit code 1 where something stops it."""
    from duizhao.plugin import options_from_config  # noqa: PLC0415 - mkdocs is slow to import
    from duizhao.release import allowed, release  # noqa: PLC0415
    from duizhao.release_report import REPORTS, verdict  # noqa: PLC0415

    settings = options_from_config(root)
    wanted = options.language or os.environ.get("LANG", "")[:2]
    language = wanted if wanted in settings.languages else "en"
    ui = interface_from_file(root / settings.translations, language)
    codes = frozenset(options.allow)
    checks = [allowed(check, codes) for check in release(root, settings)]
    report = REPORTS[options.format](ui, checks)
    if options.out:
        options.out.write_text(report + "\n", encoding="utf-8")
    else:
        out(report)
    return 0 if verdict(checks) else 1
